//! Whole pages: what is handed over, and what of it is believed.

use super::read;
use crate::bibliography::evidence;
use crate::bibliography::{Name, Work};

const PROSE: &str = "<p>The corridor between the two valleys was opened again on Tuesday, after a winter of repairs, said the \
    officials who had closed it.</p><p>Lorries may pass by day, carriers said, and the price of wheat, which had doubled, is \
    expected to fall.</p>";

fn page(head: &str, body: &str) -> Work {
    let page = format!("<html lang=en><head>{head}</head><body>{body}{PROSE}</body></html>");
    evidence::of_page(&read(page.as_bytes()).unwrap())
}

fn authors(head: &str, body: &str) -> Vec<String> {
    page(head, body).authors.iter().map(Name::display).collect()
}

#[test]
fn names_in_tags_of_all_usual_kinds_are_read() {
    for tag in [
        "property=article:author content='Laura Lind'",
        "name=byl content='By LAURA LIND'",
        "name=parsely-author content='Laura Lind'",
        "name=sailthru.author content='Laura Lind'",
        "name=author content='By LAURA LIND, Staff Reporter'",
        "name=author value='Laura Lind'",
        "name=DC.creator content='Laura Lind'",
        "name=citation_author content='Lind, Laura'",
    ] {
        assert_eq!(authors(&format!("<meta {tag}>"), ""), ["Laura Lind"], "{tag}");
    }
    assert!(authors("<meta property=article:author content='https://networks.example/lind'>", "").is_empty());
}

#[test]
fn bylines_that_the_page_marks_are_read() {
    for mark in [
        "<p class=byline>By Laura Lind</p>",
        "<a rel=author href=/x>Laura Lind</a>",
        "<span itemprop=author>Laura Lind</span>",
        "<div class=ArticleAuthor-name><span>By</span><a href=/x>Laura Lind</a></div><div class=author-title>Editor</div>",
        "<a href=/authors/laura-lind>Laura Lind</a>",
        "<p>By <b>Laura Lind</b></p>",
        "<aside><a rel=author href=/x>Laura Lind</a></aside>",
    ] {
        assert_eq!(authors("", &format!("<h1>The corridor reopens</h1>{mark}")), ["Laura Lind"], "{mark}");
    }
    let two =
        "<h1>The corridor</h1><span class=by-author>Laura Lind</span> <span class=by-author>Jo Berg</span>";
    assert_eq!(authors("", two), ["Laura Lind", "Jo Berg"]);
}

#[test]
fn menus_teasers_comments_and_captions_name_no_authors() {
    for body in [
        "<nav><a class=author href=/x>Laura Lind</a></nav><h1>The corridor</h1>",
        "<table><tr><td><a href=/>Home</a><br><a href=/a>Archive</a></td></tr></table><h1>The corridor</h1>",
        "<ul><li><a href=/n>Newsletters Events</a></li><li><a href=/d>Donald Lind</a></li></ul><h1>The corridor</h1>",
        "<h1>The corridor</h1><div class=related-stories><span class=author>Laura Lind</span></div>",
        "<h1>The corridor</h1><div class=comment-author>Laura Lind</div>",
        "<h1>The corridor</h1><figure><span class=author>Laura Lind</span></figure>",
    ] {
        assert!(authors("", body).is_empty(), "{body}");
    }
}

#[test]
fn bylines_of_teasers_are_not_one_byline() {
    let teaser = |name: &str| {
        format!("<div><h3><a href=/x>Wheat falls</a></h3><span class=author>{name}</span></div>")
    };
    let names = ["Laura Lind", "Jo Berg", "Ali Noor"].map(teaser).concat();
    let head = "<title>The corridor opens</title><meta name=author content='Laura Lind'>";
    assert_eq!(authors(head, &format!("<h1>The corridor opens</h1>{names}")), ["Laura Lind"]);
    let together =
        "<h1>The corridor opens</h1><span class=author>Laura Lind</span> <span class=author>Jo Berg</span>";
    assert_eq!(authors(head, together), ["Laura Lind", "Jo Berg"]);
}

#[test]
fn json_ld_is_read_through_graphs_references_and_faults() {
    let graph = r##"<script type="application/ld+json">{"@graph":[
        {"@type":"WebSite","@id":"#site","name":"Valley Post"},
        {"@type":["NewsArticle"],"headline":"The mayor&#8217;s bridge &quot;opens&quot;","datePublished":"2021-06-02T10:00:00Z",
         "author":[{"@id":"#anna"},{"@type":"Organization","name":"Press Agency"}],"isPartOf":{"@id":"#site"},},
        {"@type":"Person","@id":"#anna","name":"Jos&eacute; P&eacute;rez"}]}</script>"##;
    let work = page(graph, "");
    assert_eq!(work.title.as_deref(), Some("The mayor’s bridge \"opens\""));
    assert_eq!(work.authors.iter().map(Name::display).collect::<Vec<_>>(), ["José Pérez"]);
    assert_eq!(work.container.as_deref(), Some("Valley Post"));
    assert_eq!(work.issued.unwrap().to_string(), "2021-06-02");
    let body = r#"<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Valley Watch"}}</script>"#;
    assert_eq!(page(body, "").authors, [Name::literal("Valley Watch")]);
}

#[test]
fn dates_that_the_page_marks_are_read() {
    for mark in [
        "<time datetime='2019-03-04T10:00:00Z'>yesterday</time>",
        "<time pubdate>4 March 2019</time>",
        "<span itemprop=datePublished content=2019-03-04>Monday</span>",
        "<span class=post-date>March 4, 2019</span>",
        "<p>March 4, 2019</p>",
        "<span class=date>2019年3月4日</span>",
    ] {
        let work = page("", &format!("<h1>The corridor</h1>{mark}"));
        assert_eq!(work.issued.map(|d| d.to_string()).as_deref(), Some("2019-03-04"), "{mark}");
    }
    for body in [
        "<h1>The corridor</h1><table><tr><td>Born</td><td>March 4, 1941</td></tr></table>",
        "<h1>The corridor</h1><span class='bday date'>1941-03-04</span>",
        "<h1>The corridor</h1><footer>Copyright 2019</footer>",
    ] {
        assert_eq!(page("", body).issued, None, "{body}");
    }
}

#[test]
fn a_change_long_after_the_publication_is_said() {
    let doubts = |tags: &str| {
        let page = format!("<html><head>{tags}</head><body>{PROSE}</body></html>");
        read(page.as_bytes()).unwrap().doubts
    };
    let published = "<meta property=article:published_time content=2012-05-10>";
    let changed = "<meta property=article:modified_time content=2026-01-03>";
    assert_eq!(doubts(&format!("{published}{changed}")), ["changed on 2026-01-03, cited as of 2012-05-10"]);
    assert!(doubts(changed)[0].contains("last change"));
    assert!(doubts(published).is_empty());
}

#[test]
fn a_logo_is_no_headline() {
    let title = "<title>The corridor reopens - Valley Post</title>";
    let work = page(title, "<h1><a href=/>Valley Post</a></h1><h2>The corridor reopens</h2>");
    assert_eq!(work.title.as_deref(), Some("The corridor reopens"));
}

#[test]
fn a_saved_page_knows_where_it_was_saved_from() {
    let saved = "<!-- saved from url=(0034)https://www.valleyphone.example/a -->";
    let page = |tag: &str| {
        let page = format!(
            "<!DOCTYPE html>{saved}<html><head><title>A day - Valleyphone</title>{tag}</head><body>{PROSE}</body></html>"
        );
        evidence::of_page(&read(page.as_bytes()).unwrap())
    };
    let work = page("");
    assert_eq!(work.url.as_deref(), Some("https://www.valleyphone.example/a"));
    assert_eq!(work.container.as_deref(), Some("Valleyphone"));
    let own = page("<link rel=canonical href='https://www.valleyphone.example/day'>");
    assert_eq!(own.url.as_deref(), Some("https://www.valleyphone.example/day"));
}

#[test]
fn an_account_confirms_the_name_of_a_site_without_address() {
    let head = "<title>A day - Valleyphone</title><meta name=twitter:site content=@valleyphone>";
    assert_eq!(page(head, "").container.as_deref(), Some("Valleyphone"));
}

#[test]
fn a_paper_of_a_conference_is_no_article_of_a_journal() {
    use crate::bibliography::WorkType;
    let of = |tag: &str| page(&format!("<meta name={tag} content='Ports and Valleys'>"), "").work_type;
    assert_eq!(of("citation_conference_title"), WorkType::PaperConference);
    assert_eq!(of("citation_journal_title"), WorkType::ArticleJournal);
}
