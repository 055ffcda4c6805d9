//! Footnotes of a draft: where their marks stand and where their words are.
//!
//! A citation in a note belongs to what stands before the note's mark.

use super::parse::Syntax;
use super::scan::{at, closing, find, slice};
use crate::clean::superscript::{is_superscript, superscript_value};
use std::collections::HashMap;
use std::ops::Range;

/// Stands where the mark of a note was: no letter, no space, and left out of every quotation.
const MARK: char = '\u{2060}';
/// Units that are raised to a power.
const UNITS: &str = " m km cm mm dm nm ft mi м км см мм ";
/// Longest label of a note, in characters.
const LABEL: usize = 60;

/// How a note is counted and called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotePlace {
    /// An endnote rather than a footnote: the two are counted apart.
    pub is_endnote: bool,
    /// The label that the draft gives it.
    pub label: Option<String>,
}

/// A footnote or endnote as one mark leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where its mark stands, in characters.
    pub mark: Range<usize>,
    /// Where its words stand, in characters.
    pub body: Range<usize>,
    /// How it is counted.
    pub place: NotePlace,
    /// Its number from 1 on, in the order of the marks.
    pub number: u32,
}

impl Note {
    /// A note that is not numbered yet.
    pub fn new(mark: Range<usize>, body: Range<usize>, place: NotePlace) -> Note {
        Note { mark, body, place, number: 0 }
    }
}

/// The notes of a draft, in the order of their marks, and its characters without these.
pub fn notes(chars: &mut [char], syntax: Syntax, bound: &[(Range<usize>, Option<Note>)]) -> Vec<Note> {
    for (mark, _) in bound {
        hide(chars, mark);
    }
    let mut notes = inline(chars, syntax);
    if matches!(syntax, Syntax::Markdown | Syntax::Plain) {
        let labelled = labelled(chars, syntax);
        labelled.iter().for_each(|note| hide(chars, &note.mark));
        notes.extend(labelled);
    }
    notes.extend(bound.iter().filter_map(|(_, note)| note.clone()));
    notes.sort_by_key(|note| note.mark.start);
    number(&mut notes);
    notes
}

/// Numbers the notes as a reader sees them: in order, foot- and endnotes apart, a note with two marks once.
fn number(notes: &mut [Note]) {
    let mut counts = [0u32; 2];
    let mut numbers: HashMap<usize, u32> = HashMap::new();
    for note in notes {
        note.number = *numbers.entry(note.body.start).or_insert_with(|| {
            let count = &mut counts[usize::from(note.place.is_endnote)];
            *count += 1;
            *count
        });
    }
}

/// Returns true if and only if all that stands there is set high.
pub fn is_high(chars: &[char], place: &Range<usize>) -> bool {
    let shown = chars.get(place.clone()).unwrap_or_default();
    let high = |c: &char| is_superscript(*c) || "⁻,–-".contains(*c);
    shown.iter().any(|c| !",–-".contains(*c)) && shown.iter().all(high)
}

/// Puts [`MARK`] where the mark of a note or of a citation is.
pub fn hide(chars: &mut [char], mark: &Range<usize>) {
    for c in chars.get_mut(mark.clone()).unwrap_or_default() {
        *c = MARK;
    }
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
        Syntax::Latex => &["\\footnote", "\\endnote", "\\sidenote", "\\footcite", "\\footfullcite"],
        Syntax::Typst => &["#footnote["],
        Syntax::Plain => &[],
    };
    let mut notes = Vec::new();
    for opening in openings {
        let mut from = 0;
        while let Some(start) = find(chars, from, opening) {
            from = start + opening.chars().count();
            let mut open = if syntax == Syntax::Latex { from } else { from - 1 };
            while syntax == Syntax::Latex && chars.get(open) == Some(&'[') && closing(chars, open).is_some() {
                open = closing(chars, open).map_or(open, |end| end + 1);
            }
            if syntax == Syntax::Latex && chars.get(open) != Some(&'{') {
                continue;
            }
            if let Some(end) = closing(chars, open) {
                let place = NotePlace { is_endnote: *opening == "\\endnote", label: None };
                // What is cited is a part of the words of the note.
                let body = if opening.ends_with("cite") { start + 1..end } else { open + 1..end };
                notes.push(Note::new(start..start + 1, body, place));
            }
        }
    }
    notes
}

/// A note under its label: where that stands, and the words.
struct Labelled {
    label: String,
    at: usize,
    body: Range<usize>,
}

/// Notes under a label at the start of a line, `[^a]: See …`, `¹ See …`.
fn labelled(chars: &[char], syntax: Syntax) -> Vec<Note> {
    let bodies = bodies(chars, syntax);
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
        let is_own = bodies.iter().any(|b| b.at == i);
        if let Some(note) = bodies.iter().find(|b| b.label == name).filter(|_| !is_own) {
            let place = NotePlace { is_endnote: false, label: Some(name.trim_start_matches('^').to_owned()) };
            notes.push(Note::new(i..end, note.body.clone(), place));
        }
        i = end;
    }
    notes
}

/// The labelled notes: each ends at the next one and at an empty line, behind which, in Markdown, an indented paragraph
/// goes on with it.
fn bodies(chars: &[char], syntax: Syntax) -> Vec<Labelled> {
    let mut bodies: Vec<Labelled> = Vec::new();
    let mut start = 0;
    let mut open: Option<(String, usize, usize)> = None;
    let mut close = |open: &mut Option<(String, usize, usize)>, end: usize| {
        bodies.extend(open.take().map(|(label, at, from)| Labelled { label, at, body: from..end }));
    };
    while start <= chars.len() {
        let end = find(chars, start, "\n").unwrap_or(chars.len());
        let first = (start..end).find(|i| chars.get(*i).is_some_and(|c| !c.is_whitespace()));
        match first {
            None if syntax == Syntax::Markdown && is_indented(chars, end + 1) => {}
            None => close(&mut open, start),
            Some(first) => {
                if let Some((label, behind)) = label(chars, first)
                    && first < start + 4
                    && opens_note(chars, first, behind)
                {
                    close(&mut open, start);
                    let colon = usize::from(chars.get(behind) == Some(&':'));
                    open = Some((label, first, behind + colon));
                }
            }
        }
        start = end + 1;
    }
    close(&mut open, chars.len());
    bodies
}

/// Returns true if and only if the line that starts at `from` has words and is set in as a part of what is above it.
fn is_indented(chars: &[char], from: usize) -> bool {
    let line = || chars.iter().skip(from).take_while(|c| **c != '\n');
    (at(chars, from, "    ") || at(chars, from, "\t")) && line().any(|c| !c.is_whitespace())
}

/// The marks `[^a]` that are left: no note has their label.
pub fn lost_marks(chars: &[char]) -> Vec<Range<usize>> {
    let opens = (0..chars.len()).filter(|i| at(chars, *i, "[^"));
    let marks = opens.filter_map(|i| label(chars, i).map(|(_, end)| i..end));
    marks.filter(|mark| chars.get(mark.end) != Some(&':')).collect()
}

/// Returns true if and only if a label at the start of a line, which ends at `behind`, opens a note.
fn opens_note(chars: &[char], start: usize, behind: usize) -> bool {
    let next = chars.get(behind).copied().unwrap_or('\n');
    if at(chars, start, "[^") { next == ':' } else { next == ' ' || next == '\u{a0}' }
}

/// The label at `i`, `[^a]` or `¹²`, and where it ends.
fn label(chars: &[char], i: usize) -> Option<(String, usize)> {
    if chars.get(i) == Some(&'[') {
        let end = (i + 1..chars.len().min(i + LABEL)).find(|j| chars.get(*j) == Some(&']'))?;
        let inside = slice(chars, i + 1, end);
        let named =
            inside.strip_prefix('^').is_some_and(|l| !l.is_empty() && !l.contains(char::is_whitespace));
        return named.then_some((inside, end + 1));
    }
    let (number, end) = raised(chars, i)?;
    (!is_power(chars, i, number)).then(|| (number.to_string(), end))
}

/// Returns true if and only if the raised number at `i` is a power of a unit: `km²`.
pub fn is_power(chars: &[char], i: usize, number: usize) -> bool {
    let start =
        (0..i).rev().take_while(|k| chars.get(*k).is_some_and(|c| c.is_alphabetic())).last().unwrap_or(i);
    (2..=3).contains(&number) && UNITS.contains(&format!(" {} ", slice(chars, start, i)))
}

/// The number in superscript digits at `i`, and where it ends.
pub fn raised(chars: &[char], i: usize) -> Option<(usize, usize)> {
    let mut number = 0usize;
    let mut end = i;
    while let Some(digit) = chars.get(end).and_then(|c| superscript_value(*c)) {
        number = number.checked_mul(10)?.checked_add(digit as usize)?;
        end += 1;
    }
    (end > i).then_some((number, end))
}
