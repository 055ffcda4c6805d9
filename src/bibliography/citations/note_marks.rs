//! Marks of notes in running text (`signed.¹²`), led to their notes and taken out of the text.
//!
//! A note mark is no word of the author's: guides to style leave it out of a quotation (Chicago Manual of Style, 17th edition,
//! 13.7), and in a report it would look like a mark of the report's own notes. What it leads to is kept as a citation of the
//! passage. A raised number stays where it is unless exactly one note fits it: `km²` and `10⁶` are words of the text.

use crate::clean::superscript::{is_superscript, superscript_value};
use crate::passage::{InTextCitation, Kind, Ordinal, Passage};
use std::collections::BTreeMap;
use std::ops::Range;

/// The rule that [`Passage::rules`] names for a passage that lost marks.
const RULE: &str = "note marks";
/// Raised numbers of more digits are no mark, or two that run together.
const MOST_DIGITS: usize = 3;
/// Up to this number a raised figure behind a short word may be an exponent: `km²`, `m³`, `R²`.
const HIGHEST_EXPONENT: u32 = 3;
/// Letters of the longest sign of a unit or quantity.
const LONGEST_SIGN: usize = 3;

/// A raised number in a passage that can be the mark of a note.
struct Mark {
    passage: usize,
    range: Range<usize>,
}

/// Takes the marks out of the passages, with their notes as [`Passage::cites`].
///
/// A note follows its mark. It fits when no other raised number since the last note of that number is the same: notes are
/// counted anew on each page in some documents, and one of two equal marks is something else.
pub(super) fn take_out(passages: &mut [Passage]) {
    let mut waiting: BTreeMap<u32, Vec<Mark>> = BTreeMap::new();
    let mut led: Vec<(Mark, Ordinal)> = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        if passage.kind == Kind::Footnote {
            let marks =
                number_of(&passage.text).and_then(|number| waiting.remove(&number)).unwrap_or_default();
            if let Ok([mark]) = <[Mark; 1]>::try_from(marks) {
                led.push((mark, passage.ordinal));
            }
        } else if matches!(passage.kind, Kind::Body | Kind::Abstract | Kind::List) {
            for (number, range) in marks_in(&passage.text) {
                waiting.entry(number).or_default().push(Mark { passage: at, range });
            }
        }
    }
    led.sort_by_key(|(mark, _)| (mark.passage, mark.range.start));
    for marks in led.chunk_by(|(a, _), (b, _)| a.passage == b.passage) {
        let Some(passage) = marks.first().and_then(|(mark, _)| passages.get_mut(mark.passage)) else {
            continue;
        };
        passage.cites = marks.iter().map(|(mark, note)| citation(&passage.text, mark, *note)).collect();
        cut_out(passage, marks.iter().map(|(mark, _)| mark.range.clone()));
        passage.rules.push(RULE);
    }
}

fn citation(text: &str, mark: &Mark, note: Ordinal) -> InTextCitation {
    InTextCitation { in_text: text[mark.range.clone()].to_owned(), reference: Some(note) }
}

/// The number a note begins with, raised or not.
fn number_of(note: &str) -> Option<u32> {
    let value = |c: char| superscript_value(c).or_else(|| c.to_digit(10));
    let digits: Vec<u32> = note.chars().map_while(value).take(MOST_DIGITS + 1).collect();
    (1..=MOST_DIGITS).contains(&digits.len()).then(|| digits.iter().fold(0, |n, digit| n * 10 + digit))
}

/// The raised numbers of a text that can be marks, each with its place in bytes.
fn marks_in(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_superscript).map(|i| at + i) {
        let end = text[start..].find(|c| !is_superscript(c)).map_or(text.len(), |i| start + i);
        at = end;
        let digits: Vec<u32> = text[start..end].chars().filter_map(superscript_value).collect();
        let number = digits.iter().fold(0u32, |n, digit| n.saturating_mul(10).saturating_add(*digit));
        if digits.len() <= MOST_DIGITS && !is_exponent(&text[..start], number) {
            found.push((number, start..end));
        }
    }
    found
}

/// Returns true if and only if a raised number behind `before` may belong to a quantity, or to nothing.
fn is_exponent(before: &str, number: u32) -> bool {
    let before = before.trim_end_matches(|c| c == ' ' || is_superscript(c));
    let Some(last) = before.chars().next_back() else { return true };
    if last.is_numeric() {
        let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
        let year = before.get(before.len() - digits..).unwrap_or_default();
        return !(digits == 4 && (year.starts_with("19") || year.starts_with("20")));
    }
    if last.is_alphabetic() {
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).take(LONGEST_SIGN + 1).count();
        return letters <= LONGEST_SIGN && number <= HIGHEST_EXPONENT;
    }
    // A sign before it, or what lost one: `10⁻²²`, `ha -1`.
    !matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '…' | '%') && !is_closing_quote(last)
}

fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '›')
}

/// Cuts ranges out of a passage, with what they would leave behind: one of two spaces, the comma between two marks.
fn cut_out(passage: &mut Passage, ranges: impl Iterator<Item = Range<usize>>) {
    let old = std::mem::take(&mut passage.text);
    let mut text = String::with_capacity(old.len());
    // Where in the old text a cut ends, and the length of the new text there.
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for range in ranges {
        let from = cuts.last().map_or(0, |(end, _)| *end);
        let between = &old[from..range.start];
        if from == 0 || !between.trim_matches([' ', ',', ';']).is_empty() {
            text.push_str(between);
        }
        let next = old[range.end..].chars().next();
        if next.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation()) {
            text.truncate(text.trim_end_matches(' ').len());
        } else if next.is_some_and(char::is_alphanumeric) && !text.ends_with(' ') {
            text.push(' ');
        }
        cuts.push((range.end, text.len()));
    }
    let from = cuts.last().map_or(0, |(end, _)| *end);
    text.push_str(&old[from..]);
    for origin in &mut passage.origins {
        let at = origin.at as usize;
        let behind = cuts.partition_point(|(end, _)| *end <= at);
        let next = cuts.get(behind).map_or(text.len(), |(_, len)| *len);
        let moved = match behind.checked_sub(1).and_then(|i| cuts.get(i)) {
            Some((end, len)) => len + at - end,
            None => at,
        };
        origin.at = moved.min(next) as u32;
    }
    passage.text = text;
}

#[cfg(test)]
mod tests;
