//! Notes at the foot of a column.
//!
//! They are set smaller than the text above, down to the end of their column, and begin with the mark that a word above
//! has, or with the number behind that of the last note. A note that is not whole at the end of its page goes on at the
//! foot of the next.

use super::columns::Column;
use super::lines::Line;
use crate::clean::superscript::{is_superscript, superscript_value};
use crate::clean::wording::End;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The largest type of a note, in that of the text.
const SMALLER: f32 = 0.94;
/// Lines at the edge of a page that may stand below its notes.
const BELOW: usize = 2;
/// The distance of these from the notes, in sizes of type.
const APART: f32 = 1.6;
/// Numbers that may be left out between two notes, where marks were lost.
const LEFT_OUT: u32 = 3;
/// Share of a page's letters, in hundredths, from which a size of type is one of its text.
const OF_TEXT: usize = 20;

/// The notes of a document, page by page.
#[derive(Debug, Default)]
pub struct Notes {
    /// The number of the last note.
    last: u32,
    /// The last note was not whole, and the page after it has not been seen.
    is_open: bool,
}

/// What a note begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Number { n: u32, is_raised: bool },
    Sign(char),
}

/// A note, or the rest of the last one.
#[derive(Debug)]
pub struct Note {
    /// Its lines.
    pub lines: Vec<Line>,
    /// It is the rest of the note before.
    pub goes_on: bool,
}

impl Notes {
    /// For each column of a page the lines that are notes, if any.
    pub fn find(&mut self, columns: &[Column]) -> Vec<Option<Range<usize>>> {
        let body = size_of_text(columns);
        let lines = || columns.iter().flat_map(|column| &column.lines);
        let mut marks = HashSet::new();
        let mut signs = HashSet::new();
        for line in lines().filter(|line| line.size >= body * SMALLER) {
            marks.extend(marks_in(&line.text));
            signs.extend(line.text.chars().filter(|c| is_sign(*c)));
        }
        let is_known = |mark: Mark, last: u32| match mark {
            Mark::Number { n, .. } => {
                marks.contains(&n) || last > 0 && (last + 1..=last + LEFT_OUT).contains(&n)
            }
            Mark::Sign(sign) => signs.contains(&sign),
        };
        let found = columns.iter().map(|column| self.in_column(column, body, &is_known)).collect();
        self.is_open = false;
        found
    }

    fn in_column(
        &self,
        column: &Column,
        body: f32,
        is_known: &dyn Fn(Mark, u32) -> bool,
    ) -> Option<Range<usize>> {
        let lines = &column.lines;
        let is_small = |line: &Line| line.size < body * SMALLER && !line.is_rotated();
        let below = |end: usize| {
            end.checked_sub(2).is_some_and(|i| lines[i].y - lines[i + 1].y > APART * lines[i + 1].size)
        };
        let mut end = lines.len();
        while end > 0 && end + BELOW > lines.len() && below(end) && mark_of(&lines[end - 1]).is_none() {
            end -= 1;
        }
        let start = end - lines[..end].iter().rev().take_while(|line| is_small(line)).count();
        if start == end || start.checked_sub(1).is_some_and(|above| is_heading(&lines[above])) {
            return None;
        }
        let first = (start..end).find(|i| mark_of(&lines[*i]).is_some_and(|mark| is_known(mark, self.last)));
        match first {
            Some(first) if !self.is_open => Some(first..end),
            Some(_) => Some(start..end),
            None => (self.is_open && start > 0).then_some(start..end),
        }
    }

    /// Takes the notes of a column apart.
    pub fn split(&mut self, lines: &[Line]) -> Vec<Note> {
        let mut notes: Vec<Note> = Vec::new();
        for line in lines {
            let begins = match mark_of(line) {
                Some(Mark::Number { n, is_raised }) => {
                    let follows = (self.last + 1..=self.last + LEFT_OUT).contains(&n);
                    (is_raised || follows || notes.is_empty()).then_some(n)
                }
                Some(Mark::Sign(_)) => Some(self.last),
                None => None,
            };
            match (begins, notes.last_mut()) {
                (None, Some(note)) => note.lines.push(line.clone()),
                _ => notes.push(Note { lines: vec![line.clone()], goes_on: begins.is_none() }),
            }
            self.last = begins.unwrap_or(self.last);
        }
        self.is_open = lines.last().is_some_and(|line| matches!(line.end, End::Open | End::Hyphen));
        notes
    }
}

/// The largest of the sizes in which much of the page is set.
fn size_of_text(columns: &[Column]) -> f32 {
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    for line in columns.iter().flat_map(|column| &column.lines).filter(|line| !line.is_rotated()) {
        *letters.entry((line.size * 4.0).round() as i32).or_default() += line.text.len();
    }
    let all: usize = letters.values().sum();
    let of_text = letters.iter().rev().find(|(_, count)| **count * 100 >= all * OF_TEXT);
    of_text.map_or(0.0, |(size, _)| *size as f32 / 4.0)
}

/// A line that stands above a list rather than above notes.
fn is_heading(line: &Line) -> bool {
    line.set.is_heading || line.face.0 && line.text.len() <= 80
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '∗')
}

/// The mark with which a line begins.
fn mark_of(line: &Line) -> Option<Mark> {
    let text = line.text.as_str();
    let first = text.chars().next()?;
    if is_sign(first) {
        return Some(Mark::Sign(first));
    }
    let is_raised = is_superscript(first);
    let digit = |c: char| if is_raised { superscript_value(c) } else { c.to_digit(10) };
    let digits: Vec<u32> = text.chars().map_while(digit).collect();
    let behind: String = text.chars().skip(digits.len()).take(3).collect();
    let is_number = (1..=4).contains(&digits.len())
        && (is_raised || behind.starts_with([' ', '.', ')', '\t']) && !behind.trim().is_empty());
    is_number.then(|| Mark::Number { n: digits.iter().fold(0, |n, digit| n * 10 + digit), is_raised })
}

/// The numbers in a text that can be marks of notes: set high, or close behind a word or a stop.
fn marks_in(text: &str) -> impl Iterator<Item = u32> {
    let chars: Vec<char> = text.chars().collect();
    let value = |c: char| c.to_digit(10).or_else(|| superscript_value(c));
    let is_mark = move |run: &Range<usize>, chars: &[char]| {
        let before = |n: usize| run.start.checked_sub(n).and_then(|i| chars.get(i)).copied().unwrap_or(' ');
        let is_figure = before(2).is_ascii_digit() && matches!(before(1), '.' | ',' | ':');
        let close =
            before(1).is_alphabetic() || matches!(before(1), '.' | ',' | ';' | ':' | ')' | '”' | '’' | '"');
        run.len() <= 4 && (is_superscript(chars[run.start]) || close && !is_figure)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let run = at..at + chars[at..].iter().take_while(|c| value(**c).is_some()).count();
        if !run.is_empty() && is_mark(&run, &chars) {
            found
                .push(chars[run.clone()].iter().filter_map(|c| value(*c)).fold(0, |n, digit| n * 10 + digit));
        }
        at = run.end + 1;
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unpdf::parser::{TextLine, TextSpan};

    fn column(lines: &[(f32, f32, &str)]) -> Column {
        let line = |(y, size, text): &(f32, f32, &str)| {
            let width = text.len() as f32 * size / 2.0;
            let span =
                TextSpan { width, ..TextSpan::new((*text).to_owned(), 72.0, *y, *size, String::new()) };
            Line::new(TextLine::from_spans(vec![span]))
        };
        Column::new(lines.iter().map(line).collect())
    }

    const BODY: [(f32, f32, &str); 3] = [
        (700.0, 11.0, "The ferry was sold in the spring.12 Traders had waited for"),
        (687.0, 11.0, "that since the last summer, and nobody could cross without"),
        (674.0, 11.0, "a boat of his own, which few of them ever had.13"),
    ];

    fn page(below: &[(f32, f32, &str)]) -> Column {
        column(&BODY.iter().chain(below).copied().collect::<Vec<_>>())
    }

    #[test]
    fn smaller_lines_with_known_numbers_are_notes() {
        let mut notes = Notes::default();
        let page = page(&[
            (120.0, 9.0, "12 Noor, Rivers."),
            (110.0, 9.0, "13 Ibid."),
            (40.0, 9.0, "Annals of the River"),
        ]);
        let found = notes.find(std::slice::from_ref(&page));
        assert_eq!(found, [Some(3..5)]);
        let split = notes.split(&page.lines[3..5]);
        assert_eq!(split.len(), 2);
        assert!(!notes.is_open);
    }

    #[test]
    fn lists_captions_and_smaller_tables_are_none() {
        let list =
            [(650.0, 11.0, "References"), (120.0, 9.0, "1. Noor, Rivers."), (110.0, 9.0, "2. Ali, Hills.")];
        for below in [&list[..], &[(120.0, 9.0, "Source: the town")], &[(120.0, 11.0, "12 Noor, Rivers.")]] {
            assert_eq!(Notes::default().find(&[page(below)]), [None], "{below:?}");
        }
    }

    #[test]
    fn marks_stand_close_behind_words() {
        let found: Vec<u32> =
            marks_in("It rose by 3.5 to 40 in May.12 Then¹³ they met, as said.”14").collect();
        assert_eq!(found, [12, 13, 14]);
    }
}
