//! [`Block`]s: the stretches of lines that belong together as they stand, before paragraphs are joined
//! over page breaks.

use crate::clean::shape::{LOWER, Shape, UPPER};
use crate::document::{Document, Role};
use std::ops::Range;

/// What a block is by its own looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A paragraph or a part of one, a heading, a label: still to be told.
    Text,
    /// A running head, footer or page number.
    Furniture,
    /// A Markdown heading of that many signs.
    Marked(u8),
    /// An item of a list with its bullet.
    Bullet,
    /// An item of a list with number or letter, set tight below another line.
    Enumerated,
    /// Rows of a table.
    Table,
    /// A note at the foot of a page, known by its number and the mark in the text above.
    Note,
    /// A line of a table of contents.
    Contents,
    /// A line of dashes, stars or the like, without any letter.
    Rule,
    /// A block whose role the reader knew.
    Known(Role),
}

/// A stretch of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its lines; all of them belong to it, and none is blank.
    pub lines: Range<usize>,
    /// What it is by its looks.
    pub form: Form,
    /// Blank lines before it.
    pub gap: u32,
    /// A page ends between the block before and this one.
    pub page_break: bool,
    /// Why it begins where it begins.
    pub rule: &'static str,
}

/// A line without any letter or digit, such as `---`, `* * *` or `=====`.
pub fn is_rule(words: &str) -> bool {
    let ruled = words.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b'~' | b' ' | b'.' | b'#'));
    ruled && words.len() >= 3
        || words.chars().all(|c| !c.is_alphanumeric() && !c.is_ascii()) && !words.is_empty()
}

/// The number of `#` of a Markdown heading.
pub fn heading_signs(words: &str) -> Option<u8> {
    let signs = words.bytes().take_while(|b| *b == b'#').count();
    let rest = &words[signs..];
    ((1..=6).contains(&signs) && rest.starts_with([' ', '\t']) && rest.chars().any(char::is_alphanumeric))
        .then_some(signs as u8)
}

/// Returns true if and only if the line has capitals and no small letter.
pub fn is_capitals(shape: &Shape) -> bool {
    shape.has(UPPER) && !shape.has(LOWER) && shape.width >= 4
}

/// Returns true if and only if most words of `text` that are not small connecting words begin with a
/// capital.
pub fn is_title_case(text: &str) -> bool {
    let (mut capital, mut small) = (0, 0);
    let mut letters = false;
    for word in text
        .split(|c: char| c.is_whitespace() || c == '-' || c == '/')
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
    {
        let Some(first) = word.chars().next() else { continue };
        letters |= first.is_alphabetic();
        if first.is_uppercase() || !first.is_alphabetic() {
            capital += 1;
        } else if !is_connecting(word) {
            small += 1;
        }
    }
    letters && capital > 0 && small * 5 <= capital
}

fn is_connecting(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "an", "and", "as", "at", "between", "but", "by", "for", "from", "in", "into", "is", "nor", "of",
        "on", "or", "over", "the", "to", "under", "upon", "versus", "via", "vs", "with", "within", "without",
        "de", "del", "des", "du", "et", "la", "le", "und", "der", "die", "das", "von", "zu", "y", "e",
    ];
    WORDS.contains(&word)
}

/// A document with the shapes of its lines: what the rules read from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'d> {
    /// The document.
    pub document: &'d Document,
    /// The shapes of its lines.
    pub shapes: &'d [Shape],
}

impl<'d> Source<'d> {
    /// The text of these lines as it stands in the document, line ends in it.
    pub fn text(&self, lines: &Range<usize>) -> &'d str {
        let (Some(first), Some(last)) =
            (self.shapes.get(lines.start), self.shapes.get(lines.end.wrapping_sub(1)))
        else {
            return "";
        };
        self.document.text.get(first.start..last.end).unwrap_or("")
    }

    /// Returns true if and only if all these lines are in capitals.
    pub fn is_capitals(&self, lines: &Range<usize>) -> bool {
        self.shapes[lines.clone()].iter().all(is_capitals)
    }
}
