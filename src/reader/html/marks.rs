//! Marks of notes in the text of a page, and the links that lead back from the notes.

use crate::clean::superscript::superscript;
use dom_query::NodeRef;

/// Most letters of the mark of a note.
const LONGEST_MARK: usize = 8;

/// What an element within a line is besides its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The number of a note, or a power, in digits set high so that they are not glued to the word before.
    High(String),
    /// The mark of a note that is no number, or what serves to move about in the page: no part of the text.
    Silent,
}

/// What the element named `name` marks; `None` when it is text.
pub fn of(node: &NodeRef<'_>, name: &str) -> Option<Mark> {
    match name {
        "sup" => high(&node.text()).map(Mark::High),
        "a" if has_type(node, "noteref") => {
            let text = node.text();
            let short = text.trim().chars().count() <= LONGEST_MARK;
            high(&text).map(Mark::High).or(short.then_some(Mark::Silent))
        }
        "a" if has_type(node, "backlink") || is_sign(&node.text()) => Some(Mark::Silent),
        "span" if serves_to_move(node) => Some(Mark::Silent),
        _ => None,
    }
}

/// The number in digits set high: `12`, `[12]`.
fn high(text: &str) -> Option<String> {
    let digits = text.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.chars().map(superscript).collect())
}

/// `epub:type="…"` or `role="doc-…"`.
fn has_type(node: &NodeRef<'_>, kind: &str) -> bool {
    node.attr("epub:type").is_some_and(|t| t.split_whitespace().any(|t| t == kind))
        || node.attr("role").is_some_and(|r| r.strip_prefix("doc-") == Some(kind))
}

/// A link of nothing but a sign: an arrow back, or the mark of a link to a heading.
fn is_sign(text: &str) -> bool {
    let sign = |c: char| {
        matches!(c, '↩' | '↵' | '⏎' | '⮌' | '↑' | '^' | '¶' | '§' | '#' | '🔗' | '\u{FE0E}' | '\u{FE0F}')
    };
    let text = text.trim();
    !text.is_empty() && text.chars().all(sign)
}

/// Returns true if and only if the element `name` is a link that leads elsewhere: one of a heading may lead to the page
/// itself, from the contents and back.
pub fn leads_away(node: &NodeRef<'_>, name: &str, in_heading: bool) -> bool {
    name == "a" && !(in_heading && node.attr("href").is_some_and(|href| href.starts_with('#')))
}

/// The links to edit a section and the links back from a note, as MediaWiki and others write them.
fn serves_to_move(node: &NodeRef<'_>) -> bool {
    let Some(class) = node.attr("class") else { return false };
    class
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "editsection" | "backlink" | "backlinks"))
}
