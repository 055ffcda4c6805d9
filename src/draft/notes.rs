//! Footnotes of a draft: where their marks stand and where their words are.
//!
//! A citation in a note belongs to what stands before the note's mark.

use super::parse::Syntax;
use super::scan::{at, closing, find, slice};
use std::ops::Range;

/// Stands where the mark of a note was: no letter, no space, and left out of every quotation.
const MARK: char = '\u{2060}';
/// Longest label of a note, in characters.
const LABEL: usize = 60;

/// A footnote or endnote as one mark leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where its mark stands, in characters.
    pub mark: Range<usize>,
    /// Where its words stand, in characters.
    pub body: Range<usize>,
}

/// The notes of a draft, and its characters without their marks. Of a word processor's document `paragraphs` are those
/// that are notes, in the order of their marks.
pub fn notes(chars: &mut [char], syntax: Syntax, paragraphs: &[Range<usize>]) -> Vec<Note> {
    let mut notes = inline(chars, syntax);
    let apart = if !paragraphs.is_empty() {
        in_order(chars, paragraphs)
    } else if matches!(syntax, Syntax::Markdown | Syntax::Plain) {
        labelled(chars)
    } else {
        Vec::new()
    };
    for note in &apart {
        for c in chars.get_mut(note.mark.clone()).unwrap_or_default() {
            *c = MARK;
        }
    }
    notes.extend(apart);
    notes
}

/// Blanks the marks of notes in the same characters before they were masked.
pub fn copy_marks(chars: &[char], quotable: &mut [char]) {
    for (own, c) in quotable.iter_mut().zip(chars).filter(|(_, c)| **c == MARK) {
        *own = *c;
    }
}

/// Notes whose words stand where their mark will.
fn inline(chars: &[char], syntax: Syntax) -> Vec<Note> {
    let openings: &[&str] = match syntax {
        Syntax::Markdown => &["^["],
        Syntax::Latex => &["\\footnote", "\\endnote", "\\sidenote"],
        Syntax::Typst => &["#footnote["],
        Syntax::Plain => &[],
    };
    let mut notes = Vec::new();
    for opening in openings {
        let mut from = 0;
        while let Some(start) = find(chars, from, opening) {
            from = start + opening.chars().count();
            let mut open = if syntax == Syntax::Latex { from } else { from - 1 };
            if syntax == Syntax::Latex && chars.get(open) == Some(&'[') {
                open = closing(chars, open).map_or(open, |end| end + 1);
            }
            if syntax == Syntax::Latex && chars.get(open) != Some(&'{') {
                continue;
            }
            if let Some(end) = closing(chars, open) {
                notes.push(Note { mark: start..start + 1, body: open + 1..end });
            }
        }
    }
    notes
}

/// Notes under a label at the start of a line, `[^a]: See …`, `[1] See …`, `¹ See …`, which ends at the next one and at
/// an empty line.
fn labelled(chars: &[char]) -> Vec<Note> {
    let mut bodies: Vec<(String, usize, Range<usize>)> = Vec::new();
    let mut start = 0;
    let mut open: Option<(String, usize, usize)> = None;
    let mut close = |open: &mut Option<(String, usize, usize)>, end: usize| {
        bodies.extend(open.take().map(|(label, at, from)| (label, at, from..end)));
    };
    while start <= chars.len() {
        let end = find(chars, start, "\n").unwrap_or(chars.len());
        let first = (start..end).find(|i| chars.get(*i).is_some_and(|c| !c.is_whitespace()));
        match first {
            None => close(&mut open, start),
            Some(first) => {
                if let Some((label, behind)) = label(chars, first)
                    && first < start + 4
                    && opens_note(chars, first, behind)
                {
                    close(&mut open, start);
                    open = Some((label, first, behind));
                }
            }
        }
        start = end + 1;
    }
    close(&mut open, chars.len());
    if bodies.is_empty() {
        return Vec::new();
    }
    let mut notes = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let Some((name, end)) = label(chars, i) else {
            i += 1;
            continue;
        };
        let is_own = bodies.iter().any(|(_, at, _)| *at == i);
        if let Some((_, _, body)) = bodies.iter().find(|(l, ..)| *l == name).filter(|_| !is_own) {
            notes.push(Note { mark: i..end, body: body.clone() });
        }
        i = end;
    }
    notes
}

/// Returns true if and only if a label at the start of a line, which ends at `behind`, opens a note.
fn opens_note(chars: &[char], start: usize, behind: usize) -> bool {
    let next = chars.get(behind).copied().unwrap_or('\n');
    if at(chars, start, "[^") { next == ':' } else { next == ' ' || next == '\u{a0}' }
}

/// The label at `i`, `[^a]`, `[12]` or `¹²`, and where it ends.
fn label(chars: &[char], i: usize) -> Option<(String, usize)> {
    if chars.get(i) == Some(&'[') {
        let end = (i + 1..chars.len().min(i + LABEL)).find(|j| chars.get(*j) == Some(&']'))?;
        let inside = slice(chars, i + 1, end);
        let named =
            inside.strip_prefix('^').is_some_and(|l| !l.is_empty() && !l.contains(char::is_whitespace));
        let numbered = !inside.is_empty() && inside.len() <= 3 && inside.bytes().all(|b| b.is_ascii_digit());
        return (named || numbered).then_some((inside, end + 1));
    }
    let (number, end) = raised(chars, i)?;
    Some((number.to_string(), end))
}

/// The number in superscript digits at `i`, and where it ends.
fn raised(chars: &[char], i: usize) -> Option<(usize, usize)> {
    let mut number = 0usize;
    let mut end = i;
    while let Some(digit) = chars.get(end).and_then(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == *c))
    {
        number = number.checked_mul(10)?.checked_add(digit)?;
        end += 1;
    }
    (end > i).then_some((number, end))
}

/// Notes of a document whose marks are numbered 1, 2, 3 as they come.
fn in_order(chars: &[char], paragraphs: &[Range<usize>]) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let behind = paragraphs.partition_point(|p| p.end <= i);
        if let Some(paragraph) = paragraphs.get(behind).filter(|p| p.contains(&i)) {
            i = paragraph.end;
            continue;
        }
        let Some((number, end)) = raised(chars, i) else {
            i += 1;
            continue;
        };
        if number == notes.len() + 1
            && let Some(body) = paragraphs.get(notes.len())
        {
            notes.push(Note { mark: i..end, body: body.clone() });
        }
        i = end;
    }
    // With foot- and endnotes, which are counted apart, it cannot be told which mark leads where.
    if notes.len() == paragraphs.len() { notes } else { Vec::new() }
}
