//! What the classes, roles and ids of a page's elements say, word by word. The words are in wide use across sites, of no
//! site in particular.

use super::blocks::{Page, Scope};
use std::collections::HashMap;

/// Words for places and pieces of a page that are mostly not the article; the article may be in them all the same.
const PLACES: &[&str] = &[
    "sidebar",
    "side-bar",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "sharebar",
    "sharebuttons",
    "sharetools",
    "sharing",
    "social",
    "sponsor",
    "sponsored",
    "promo",
    "promotion",
    "newsletter*",
    "subscribe",
    "subscription",
    "signup",
    "sign-up",
    "banner",
    "advert*",
    "popup",
    "modal",
    "widget",
    "widgets",
    "footer",
    "masthead",
    "hide",
    "hidden",
    "print",
    "gallery",
    "slideshow",
    "carousel",
    "lightbox",
    "navigation",
    "navbar",
    "navbox",
    "catlinks",
    "hatnote",
    "nav",
    "topnav",
    "menu",
    "pagination",
    "pager",
    "read-more",
    "readmore",
    "more-on",
    "author",
    "authors",
    "bio",
    "disclosure",
    "entry-meta",
    "post-meta",
    "postmeta",
    "postmetadata",
    "tag-list",
    "taglist",
    "tags",
    "copyright",
    "disclaimer",
    "login",
    "toc",
    "table-of-contents",
    "toolbar",
    "teaser",
    "teasers",
    "tooltip",
    "screen-reader",
    "visually-hidden",
    "sr-only",
    "noprint",
    "skip-link",
    "byline",
    "dateline",
    "timestamp",
    "rating",
    "poll",
];

/// Words for the text of others: readers' comments, other articles, notices of law. The article is not in them unless
/// nearly all of the page is, and nothing else that says that it is an article.
const OF_OTHERS: &[&str] = &[
    "comment",
    "comments",
    "commentlist",
    "disqus",
    "related*",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "outbrain",
    "taboola",
    "trending",
    "most-read",
    "mostread",
    "popular",
    "also-read",
];

/// Words of classes and ids of articles: they outweigh noise words on the same element (`article-body-sidebar`).
const ARTICLE: &[&str] = &[
    "article-body",
    "articlebody",
    "story-body",
    "storybody",
    "entry-content",
    "post-content",
    "article-content",
    "articlecontent",
    "post-body",
    "article-text",
    "articletext",
    "story-content",
    "story-text",
    "field-name-body",
    "mw-parser-output",
];

/// Words of classes and ids of lists of references and notes.
const REFERENCES: &[&str] =
    &["references", "reflist", "footnotes", "endnotes", "citations", "bibliography", "works-cited"];

/// Classes and ids of one element beyond which no more are looked at.
const MOST_LABELS: usize = 24;

/// What an element says of itself.
#[derive(Debug, Default)]
pub struct Said {
    /// It is the body of an article.
    pub article: bool,
    /// It is a list of references or notes.
    pub references: bool,
    /// Its classes and ids with words of noise, by number.
    pub noisy: Vec<usize>,
}

/// What the elements of a page say of themselves.
#[derive(Debug, Default)]
pub struct Hints {
    /// For each element.
    pub of: Vec<Said>,
    /// For each class or id with words of noise, whether it is one for the text of others.
    pub of_others: Vec<bool>,
}

impl Hints {
    /// Reads the classes, roles and ids of a page.
    pub fn read(page: &Page) -> Hints {
        let mut hints = Hints::default();
        let mut known = HashMap::new();
        for scope in &page.scopes {
            let mut said = Said { article: scope.is_article_body, ..Said::default() };
            for label in labels(scope).take(MOST_LABELS) {
                let meaning = *known.entry(label).or_insert_with(|| Meaning::of(label, &mut hints.of_others));
                said.article |= meaning.article;
                said.references |= meaning.references;
                // An id of many words, or that of a heading, is made of the heading's words: `sharing-with-others`.
                let is_name = label != scope.id || !(is_heading(&scope.name) || is_long(label));
                said.noisy.extend(meaning.noisy.filter(|_| is_name));
            }
            hints.of.push(said);
        }
        hints
    }
}

impl Hints {
    /// The same without words of noise.
    pub fn without_noise(&self) -> Hints {
        let quiet = |said: &Said| Said { noisy: Vec::new(), ..*said };
        Hints { of: self.of.iter().map(quiet).collect(), of_others: Vec::new() }
    }
}

/// What a class or id means.
#[derive(Clone, Copy)]
struct Meaning {
    article: bool,
    references: bool,
    noisy: Option<usize>,
}

impl Meaning {
    fn of(label: &str, of_others: &mut Vec<bool>) -> Meaning {
        let words = words_of(label);
        let others = has_any(&words, OF_OTHERS);
        let is_noise = (others || has_any(&words, PLACES)) && !names_subject(&words);
        let noisy = is_noise.then(|| {
            of_others.push(others);
            of_others.len() - 1
        });
        Meaning { article: has_any(&words, ARTICLE), references: has_any(&words, REFERENCES), noisy }
    }
}

/// A class made of the name of a category or keyword of the article: `category-polls`.
fn names_subject(words: &str) -> bool {
    words.starts_with("-category-") || words.starts_with("-tag-") && !words.starts_with("-tag-list-")
}

/// The classes, role and id of an element.
fn labels(scope: &Scope) -> impl Iterator<Item = &str> {
    scope.hints.split_whitespace().chain(Some(scope.id.as_str()).filter(|id| !id.is_empty()))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// More than two words.
fn is_long(id: &str) -> bool {
    words_of(id).matches('-').count() > 3
}

/// The words of a class or id, small, with a hyphen before, between and after: `articleWidget__text` is
/// `-article-widget-text-`.
fn words_of(label: &str) -> String {
    let mut words = String::with_capacity(label.len() + 6);
    words.push('-');
    let mut after_small = false;
    for c in label.chars() {
        let is_word = c.is_alphanumeric();
        if (!is_word || (after_small && c.is_uppercase())) && !words.ends_with('-') {
            words.push('-');
        }
        if is_word {
            words.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase() || c.is_numeric();
    }
    if !words.ends_with('-') {
        words.push('-');
    }
    words
}

/// Returns true if and only if one of `sought` is among the words that [`words_of`] gave; with a star at its end it may
/// be the beginning of one.
fn has_any(words: &str, sought: &[&str]) -> bool {
    sought.iter().any(|sought| {
        let word = sought.trim_end_matches('*');
        let whole = word.len() == sought.len();
        words.match_indices(word).any(|(at, _)| {
            words[..at].ends_with('-') && (!whole || words[at + word.len()..].starts_with('-'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_word_by_word() {
        assert_eq!(words_of("articleWidget__text"), "-article-widget-text-");
        assert_eq!(words_of("--"), "-");
        assert!(has_any("-read-more-link-", &["read-more"]));
        assert!(has_any("-jp-relatedposts-", &["related*"]));
        assert!(!has_any("-shared-", &["share"]) && !has_any("-unrelated-", &["related*"]));
    }
}
