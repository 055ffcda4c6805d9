//! Citations in notes and in entries of a list of references, which stand without brackets: `See Khan, 2021, para. 3.`,
//! `Khan and Zhen, “Historical Overview,” para. 9`, `Business Recorder, November 16, 2024, para. 13`.

use super::super::fold::fold;
use super::super::parse::{Citation, Locator, locator};
use super::cited::Cited;
use super::parts;
use crate::bibliography::month_number;
use std::ops::Range;

/// Words before the number of a place.
const PLACES: [&str; 22] = [
    " para. ",
    " paras. ",
    " par. ",
    " para ",
    " paras ",
    " paragraph ",
    "¶",
    " p. ",
    " pp. ",
    " p ",
    " pp ",
    " page ",
    " pages ",
    "§",
    " sec. ",
    " section ",
    " chap. ",
    " chapter ",
    " с. ",
    " стр. ",
    " s. ",
    " at ",
];

/// The citations of the words at `span`. Of its parts, which semicolons separate, each cites what it names.
pub fn in_note(text: &str, span: &Range<usize>, sources: &[Cited<'_>]) -> Vec<Citation> {
    let mut found = Vec::new();
    for (at, part) in segments(text) {
        let at = span.start + text.get(..at).map_or(0, |t| t.chars().count());
        let trimmed = part.trim_end().trim_end_matches('.');
        let mut cited: Vec<Citation> = parts(trimmed, span, sources);
        cited.retain(|c| sources.iter().any(|s| s.key == c.key));
        if cited.is_empty() {
            let keys = named(part, sources);
            cited.extend(keys.into_iter().map(|(key, place)| Citation {
                key: key.to_owned(),
                printed: Some(part.trim().to_owned()),
                locator: place,
                span: span.clone(),
                ..Citation::default()
            }));
        }
        found.extend(cited.into_iter().map(|c| Citation { at, ..c }));
    }
    if found.is_empty() {
        // A semicolon within a title.
        let keys = named(text, sources);
        found.extend(keys.into_iter().map(|(key, place)| Citation {
            key: key.to_owned(),
            printed: Some(text.trim().to_owned()),
            locator: place,
            span: span.clone(),
            at: span.start,
            ..Citation::default()
        }));
    }
    found
}

/// The works that an entry of a list of references is: those that it names by their titles, else those that it names
/// otherwise.
pub fn in_entry(text: &str, span: &Range<usize>, sources: &[Cited<'_>]) -> Vec<Citation> {
    let folded = fold(text).to_lowercase();
    let cite =
        |(key, _): (&str, _)| Citation { key: key.to_owned(), span: span.clone(), ..Citation::default() };
    let titled = sources.iter().filter_map(|s| s.entry_in(&folded).map(|(words, _)| (s.key, words)));
    let mut titled: Vec<(&str, usize)> = titled.collect();
    let most = titled.iter().map(|(_, words)| *words).max().unwrap_or(0);
    titled.retain(|(_, words)| *words == most);
    if titled.is_empty() {
        return in_note(text.trim().trim_matches(['(', ')']), span, sources);
    }
    titled.into_iter().map(cite).collect()
}

/// The parts of a note between semicolons outside of quotation marks and brackets, each with its byte.
pub fn segments(text: &str) -> Vec<(usize, &str)> {
    let (mut segments, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '“' => depth += 1,
            ')' | ']' | '”' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                segments.extend(text.get(start..at).map(|part| (start, part)));
                start = at + 1;
            }
            _ => {}
        }
    }
    segments.extend(text.get(start..).map(|part| (start, part)));
    segments
}

/// The sources that a part of a note names by author and title, by title, by newspaper and day, or that have nothing by
/// which they could be named; each with the place in it.
fn named<'s>(part: &str, sources: &[Cited<'s>]) -> Vec<(&'s str, Option<Locator>)> {
    let folded = fold(part).to_lowercase();
    let mut titled: Vec<(usize, &Cited<'_>, &str)> =
        sources.iter().filter_map(|s| s.entry_in(&folded).map(|(words, rest)| (words, s, rest))).collect();
    // Of titles that begin alike the longest is meant.
    let most = titled.iter().map(|(words, ..)| *words).max().unwrap_or(0);
    titled.retain(|(words, ..)| *words == most);
    if !titled.is_empty() {
        return titled.into_iter().map(|(_, s, rest)| (s.key, last_place(rest))).collect();
    }
    let dated = sources.iter().filter_map(|s| s.container_in(&folded).map(|rest| (s, rest)));
    let dated: Vec<_> =
        dated.filter(|(s, rest)| is_day_of(s, rest)).map(|(s, rest)| (s.key, last_place(rest))).collect();
    if !dated.is_empty() {
        return dated;
    }
    nameless(&folded, sources).into_iter().map(|key| (key, last_place(&format!(" {folded}")))).collect()
}

/// The only source without author, title and container, for words that name none: `n.d., para. 7`, `Para. 99.`, or
/// nothing, as the processors print it.
fn nameless<'s>(folded: &str, sources: &[Cited<'s>]) -> Option<&'s str> {
    let text = folded.trim().trim_start_matches("n.d.").trim_start_matches([',', ' ']);
    let text = text.trim_end_matches('.');
    let only_place = text.is_empty()
        || (locator(text).is_some()
            && !text.starts_with(|c: char| c.is_ascii_digit())
            && !text.contains(", "));
    let mut nameless = sources.iter().filter(|s| s.is_nameless());
    let only = nameless.next().filter(|_| nameless.next().is_none() && only_place)?;
    Some(only.key)
}

/// Returns true if and only if the date behind the name of a newspaper is that of the work; no date may be any.
fn is_day_of(source: &Cited<'_>, rest: &str) -> bool {
    let words: Vec<&str> =
        rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(3).collect();
    let number = |w: &&str| w.parse::<i32>().ok();
    let year = words.iter().find(|w| w.len() == 4).and_then(number);
    let month = words.iter().find_map(|w| month_number(w));
    let date = source.issued();
    let Some(date) = date else { return year.is_none() };
    let same_year = year.is_none_or(|y| y == date.year);
    let same_month = month.is_none_or(|m| date.month.is_none_or(|own| own == m));
    let day = month.and_then(|_| words.iter().find(|w| w.len() < 3).and_then(number));
    let same_day = day.is_none_or(|d| date.day.is_none_or(|own| i32::from(own) == d));
    same_year && same_month && same_day
}

/// The page or paragraph at the end of a note.
pub fn last_place(text: &str) -> Option<Locator> {
    let end = text.trim_end_matches(['.', ' ', ')', '*']);
    let marked = PLACES.iter().filter_map(|w| end.rfind(w)).max().and_then(|at| end.get(at..));
    // Chicago prints the bare number of the page.
    let bare =
        || end.rsplit(", ").next().filter(|l| l.len() < 8 && l.starts_with(|c: char| c.is_ascii_digit()));
    locator(marked.and_then(|m| m.strip_prefix(" at ").or(Some(m))).or_else(bare)?)
}
