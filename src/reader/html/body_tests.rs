//! What of a page is its article: pages of many kinds, with invented texts.

use super::read;
use crate::document::Role;

const ONE: &str =
    "The ferry crossed the strait on Monday, for the first time since the storm, with forty lorries.";
const TWO: &str =
    "The harbour master, who had waited for a year, said that the pier would hold, and that he was glad.";
const THREE: &str =
    "Fishermen doubted it, since the piles are of wood, and asked the county for a survey by a diver.";
const FOUR: &str =
    "The county, which owns the pier, promised one by the autumn, when the water is clear and cold.";

/// The blocks of a page with the part that each has.
fn blocks(page: &str) -> Vec<(Role, String)> {
    let document = read(page.as_bytes()).unwrap();
    document.lines.iter().map(|l| (l.role, document.line_text(l).to_owned())).collect()
}

/// The texts of a page that have that part.
fn with(page: &str, role: Role) -> Vec<String> {
    blocks(page).into_iter().filter(|(r, _)| *r == role).map(|(_, text)| text).collect()
}

fn body(page: &str) -> Vec<String> {
    with(page, Role::Paragraph)
}

#[test]
fn a_noise_word_on_the_paragraphs_loses_none() {
    for class in ["paywall", "sidebar-grid__content", "article-widget-text", "shareable promoText"] {
        let page = format!(
            "<div class=page><p>{ONE}</p><p class='{class}'>{TWO}</p><p class='{class}'>{THREE}</p>\
             <p class='{class}'>{FOUR}</p></div>"
        );
        assert_eq!(body(&page), [ONE, TWO, THREE, FOUR], "{class}");
    }
}

#[test]
fn noise_is_a_word_of_a_class_and_its_text_is_boilerplate() {
    let page = format!(
        "<div class=downloadsharedPage><h1>Pier</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>\
         <div class=relatedStories><p>Ten piers to walk on, and where to eat fish afterwards, by our own staff.</p></div></div>\
         <div id=comments><p>I do not believe a word of it, since my uncle, who is a diver, saw the piles last year.</p></div>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE]);
    assert_eq!(with(&page, Role::Boilerplate).len(), 2);
}

#[test]
fn comments_are_not_the_article_however_long_they_are() {
    let comments = format!("<p>{TWO} {THREE} {FOUR}</p>").repeat(6);
    let page =
        format!("<div><h1>Pier</h1><p>{ONE}</p><p>{TWO}</p></div><div class=comment-list>{comments}</div>");
    assert_eq!(body(&page), [ONE, TWO]);
}

#[test]
fn elements_that_nobody_knows_do_not_cut_a_line() {
    let page = format!(
        "<div><p>The pier of <st1:place>Ulm</st1:place> and its <nobr>US$ 40</nobr> toll are, <my-term>so to speak</my-term>, \
         an <o:p>old</o:p> story.</p><p>{ONE}</p><p>{TWO}</p></div>"
    );
    assert_eq!(body(&page)[0], "The pier of Ulm and its US$ 40 toll are, so to speak, an old story.");
}

#[test]
fn elements_of_a_page_builder_hold_blocks() {
    let page = format!(
        "<my-layout><my-menu class=menu><my-item>Home</my-item><my-item>World</my-item></my-menu>\
         <my-text><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></my-text></my-layout>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE]);
    assert_eq!(with(&page, Role::Boilerplate), ["Home", "World"]);
}

#[test]
fn line_breaks_in_a_row_part_paragraphs() {
    for between in
        ["<br><br>", "<br>\n<br>", "<br>&nbsp;<br/>", "<br>\r\n <br>", "<br><!-- x --><br>", "<br> <br> <br>"]
    {
        let page = format!("<div>{ONE}{between}{TWO}{between}{THREE}</div>");
        assert_eq!(body(&page), [ONE, TWO, THREE], "{between}");
    }
    assert_eq!(body(&format!("<div>{ONE}<br>\n{TWO}</div>")), [format!("{ONE} {TWO}")]);
}

#[test]
fn a_brief_keeps_what_its_article_holds() {
    let page = format!(
        "<nav><a href=/>Home</a></nav><article><h2>Pier opens</h2><p>The pier opens on Monday.</p><p>{ONE}</p>\
         <ul><li>tolls by the hour</li><li>fish by the pound</li></ul><table><tr><td>Car</td><td>4</td></tr></table>\
         <p>No lorry was seen.</p></article><footer>Since 1901</footer>"
    );
    assert_eq!(body(&page), ["The pier opens on Monday.", ONE, "No lorry was seen."]);
    assert_eq!(with(&page, Role::ListItem).len(), 2);
    assert_eq!(with(&page, Role::TableRow), ["Car | 4"]);
    assert_eq!(with(&page, Role::Heading(2)), ["Pier opens"]);
    assert_eq!(with(&page, Role::Boilerplate), ["Home", "Since 1901"]);
}

#[test]
fn a_lead_before_the_container_belongs_to_the_article() {
    let page = format!(
        "<main><header><h1>Pier</h1><p class=lead>{ONE}</p><p>By Ada Linden</p></header>\
         <div class=article-body><p>{TWO}</p><p>{THREE}</p><p>{FOUR}</p></div></main>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE, FOUR]);
    assert_eq!(with(&page, Role::Boilerplate), ["By Ada Linden"]);
}

#[test]
fn a_lead_far_from_the_container_or_set_as_a_heading_belongs_too() {
    let page = format!(
        "<div class=top><div><h1>Pier</h1></div><h2>{ONE} {TWO}</h2><span>Monday</span></div>\
         <div class=columns><div class=story-text><p>{TWO}</p><p>{THREE}</p><p>{FOUR}</p></div></div>"
    );
    assert_eq!(body(&page), [&format!("{ONE} {TWO}"), TWO, THREE, FOUR]);
}

#[test]
fn the_header_of_an_article_has_its_lead() {
    let page = format!(
        "<header><p>{FOUR}</p></header><article><header><p>{ONE}</p><p>Monday</p></header><div><p>{TWO}</p><p>{THREE}</p></div></article>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE]);
}

#[test]
fn an_article_cut_by_adverts_is_whole() {
    let page = format!(
        "<div id=page><div class=wrap><div class=text><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>\
         <div class=ad>Advertisement</div><div class=text><p>{FOUR}</p></div></div></div>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE, FOUR]);
}

#[test]
fn what_a_page_shows_later_is_read_when_it_shows_nothing_else() {
    let hidden = format!("<p>Loading</p><div hidden id='S:0'><p>{ONE}</p><p>{TWO}</p></div>");
    assert_eq!(body(&hidden), [ONE, TWO]);
    let noscript = format!("<div id=app></div><noscript><div><p>{ONE}</p><p>{TWO}</p></div></noscript>");
    assert_eq!(body(&noscript), [ONE, TWO]);
    let shown = format!("<p>{ONE}</p>").repeat(8);
    let page = format!("<div>{shown}</div><div hidden><p>{TWO}</p></div><noscript><p>{THREE}</p></noscript>");
    assert!(blocks(&page).iter().all(|(_, text)| text == ONE));
}

#[test]
fn little_prose_is_said() {
    let others = format!("<p>{TWO} {THREE} {FOUR}</p>").repeat(4);
    let page = format!("<article><p>{ONE}</p></article><div class=related>{others}</div>");
    let doubts = read(page.as_bytes()).unwrap().doubts;
    assert!(doubts.iter().any(|doubt| doubt.contains("of its prose")), "{doubts:?}");
    let page = format!("<article><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article>");
    assert!(read(page.as_bytes()).unwrap().doubts.is_empty());
}

#[test]
fn headings_without_text_and_announced_adverts_are_no_part() {
    let page = format!(
        "<div><h2>First</h2><p>{ONE}</p><p>ADVERTISEMENT</p><p>{TWO}</p><p>{THREE}</p>\
         <h2>Ten piers in pictures</h2><h2>Fish for all</h2><p>Share</p></div>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE]);
    assert_eq!(with(&page, Role::Heading(2)), ["First"]);
}

#[test]
fn a_line_that_the_page_repeats_between_paragraphs_is_no_part() {
    let line = "<p>Remove adverts</p>";
    let page = format!("<div><p>{ONE}</p>{line}<p>{TWO}</p>{line}<p>{THREE}</p>{line}<p>{FOUR}</p></div>");
    assert_eq!(body(&page), [ONE, TWO, THREE, FOUR]);
    let meal = format!("<h3>Noon</h3><p>At the pier</p><p>{ONE}</p>");
    assert_eq!(body(&format!("<div><p>{TWO}</p>{}</div>", meal.repeat(3))).len(), 7);
}

#[test]
fn captions_are_captions() {
    let page = format!(
        "<div><p>{ONE}</p><figure><img src=a.png><div>The pier. Photo: Ada Linden</div></figure><p>{TWO}</p>\
         <p class=wp-caption-text>The strait</p><p>{THREE}</p></div>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE]);
    assert_eq!(with(&page, Role::Caption), ["The pier. Photo: Ada Linden", "The strait"]);
}

#[test]
fn an_encyclopedia_page_reads_as_a_person_reads_it() {
    let page = format!(
        "<div class=mw-parser-output><table class=infobox><tr><th colspan=2>Pier</th></tr>\
         <tr><th>Built</th><td><ul><li>1901</li><li>1954</li></ul></td></tr></table>\
         <p>{ONE}<sup>[59]</sup><sup>[60]</sup></p><h2><span>Use</span><span class=mw-editsection>[<a href=e>edit</a>]</span></h2>\
         <p>{TWO}</p><p>{THREE}</p><h2>References</h2><ol class=references>\
         <li><span class=mw-cite-backlink><a href=#a>^</a></span> <cite><a href=x>Linden, Ada (1999). Piers of the North. Harbour Press.</a></cite></li>\
         </ol></div>"
    );
    assert_eq!(with(&page, Role::TableRow), ["Pier", "Built | 1901 1954"]);
    assert_eq!(body(&page)[0], format!("{ONE}⁵⁹ ⁶⁰"));
    assert_eq!(with(&page, Role::Heading(2)), ["Use", "References"]);
    assert_eq!(with(&page, Role::ListItem), ["Linden, Ada (1999). Piers of the North. Harbour Press."]);
}

#[test]
fn what_holds_many_links_is_not_always_a_menu() {
    let page = format!(
        "<div><p>{ONE}</p><ul><li>The <a href=a>pier at the end of the long road</a></li><li>its toll, which nobody pays</li>\
         <li>a lighthouse that was sold for scrap in spring</li></ul><table><tr><th>Owner</th><td><a href=o>County</a></td></tr></table>\
         <p>{TWO}</p><ul><li><a href=b>Ten piers</a></li><li><a href=c>Nine boats</a></li></ul><p>{THREE}</p></div>"
    );
    assert_eq!(with(&page, Role::ListItem).len(), 3);
    assert_eq!(with(&page, Role::TableRow), ["Owner | County"]);
    assert_eq!(with(&page, Role::Boilerplate), ["Ten piers", "Nine boats"]);
}

#[test]
fn ids_made_of_headings_are_no_noise() {
    let page = format!(
        "<div><section id=sharing-with-others><h2 id=social>Social</h2><p>{ONE}</p></section>\
         <section id=a-menu-of-tolls><p>{TWO}</p></section><section><p>{THREE}</p></section></div>"
    );
    assert_eq!(body(&page), [ONE, TWO, THREE]);
    assert_eq!(with(&page, Role::Heading(2)), ["Social"]);
}

#[test]
fn a_page_without_prose_is_read_and_said_to_have_none() {
    let page = "<nav><a href=/>Home</a></nav><div><p>The pier is open.</p><p>Tolls are due.</p></div>";
    assert_eq!(body(page), ["The pier is open.", "Tolls are due."]);
    assert!(read(page.as_bytes()).unwrap().doubts[0].contains("no prose"));
}

#[test]
fn readings_above_a_word_are_in_brackets() {
    let page = format!(
        "<p>{ONE} <ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>です。<link rel=x></p><p>{TWO}</p>"
    );
    assert_eq!(body(&page)[0], format!("{ONE} 港(みなと)です。"));
}

#[test]
fn the_encoding_is_that_of_the_page_and_not_of_a_script() {
    for head in [
        "<head><script charset='utf-8'></script><meta http-equiv=Content-Type content='text/html; charset=windows-1251'></head>",
        "<?xml version='1.0' encoding='windows-1251'?><html>",
    ] {
        let mut page = head.as_bytes().to_vec();
        // `Паром.` in the encoding of the page.
        page.extend(b"<p>\xCF\xE0\xF0\xEE\xEC.</p>");
        let document = read(&page).unwrap();
        assert_eq!(document.text.trim(), "Паром.", "{head}");
    }
}
