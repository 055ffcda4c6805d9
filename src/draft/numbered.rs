//! Numeric citations: `[1]`, `[1, p. 3]`, `[2], [4–6]`, raised numbers, by the draft's own numbered list of references.

use super::notes::{Note, is_power, raised};
use super::parse::{Locator, locator};
use super::scan::{at, closing, find, slice};
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest bracket that is one, in characters.
const LONGEST: usize = 60;
/// Most numbers that a range stands for.
const MOST: u32 = 30;

/// A citation by numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// Where it stands, in characters.
    pub span: Range<usize>,
    /// The numbers of the works, each with the place in it.
    pub works: Vec<(u32, Option<Locator>)>,
}

/// The numbered list of references of a draft.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// Where the words of each entry stand, behind the number.
    pub entries: BTreeMap<u32, Range<usize>>,
}

impl List {
    /// Reads the list: lines that begin with `[1]`, or else the entries under the heading of such a list, by the number
    /// they begin with or by their order.
    pub fn read(chars: &[char], listed: &[Range<usize>]) -> List {
        let mut entries = BTreeMap::new();
        let mut start = 0;
        while start < chars.len() {
            let end = find(chars, start, "\n").unwrap_or(chars.len());
            let first = (start..end).find(|i| chars.get(*i).is_some_and(|c| !c.is_whitespace()));
            if let Some((number, behind)) = first.and_then(|first| bracketed(chars, first)) {
                entries.entry(number).or_insert(behind..entry_end(chars, end));
            }
            start = end + 1;
        }
        if entries.is_empty() {
            entries = in_order(chars, listed);
        }
        List { entries }
    }
}

/// `[1]` at the start of a line, and where it ends.
fn bracketed(chars: &[char], open: usize) -> Option<(u32, usize)> {
    let open = if at(chars, open, "\\[") { open + 1 } else { open };
    let close = (chars.get(open) == Some(&'[')).then(|| closing(chars, open)).flatten()?;
    let number = slice(chars, open + 1, close);
    let is_number = number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    let apart = chars.get(close + 1).is_none_or(|c| c.is_whitespace());
    let number = number.parse().ok().filter(|_| is_number && apart)?;
    Some((number, close + 1))
}

/// Where an entry ends whose first line ends at `end`: before a blank line and before the next entry.
fn entry_end(chars: &[char], end: usize) -> usize {
    let mut end = end;
    loop {
        let next = find(chars, end + 1, "\n").unwrap_or(chars.len());
        let first = (end + 1..next).find(|i| chars.get(*i).is_some_and(|c| !c.is_whitespace()));
        match first {
            Some(first) if bracketed(chars, first).is_none() => end = next,
            _ => return end,
        }
    }
}

/// The entries under a heading by the number that each begins with; by their order when none has any.
fn in_order(chars: &[char], listed: &[Range<usize>]) -> BTreeMap<u32, Range<usize>> {
    let labelled = listed.iter().filter_map(|entry| {
        let text = slice(chars, entry.start, entry.end);
        let digits = text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
        let lead = text.len() - text.trim_start().len();
        let number: u32 = text.get(lead..lead + digits)?.parse().ok()?;
        let sign = text.get(lead + digits..)?.starts_with(['.', ')', ' ', '\t']);
        (digits < 4 && sign).then(|| (number, entry.start + lead + digits + 1..entry.end))
    });
    let labelled: BTreeMap<u32, Range<usize>> = labelled.collect();
    if labelled.is_empty() { (1..).zip(listed.iter().cloned()).collect() } else { labelled }
}

/// The numeric citations of a draft; those of its own list and marks of notes are none.
pub fn numbered(chars: &[char], list: &List, notes: &[Note]) -> Vec<Numbered> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let next = match chars.get(i) {
            Some('[') => in_brackets(chars, i),
            _ => high(chars, i),
        };
        let Some(citation) = next else {
            i += 1;
            continue;
        };
        i = citation.span.end;
        let is_label =
            list.entries.values().any(|e| e.start == citation.span.end || e.contains(&citation.span.start));
        if !is_label && !notes.iter().any(|n| n.mark.contains(&citation.span.start)) {
            found.push(citation);
        }
    }
    found
}

/// `[1, p. 3]` at `open`; a link of Markdown is none.
fn in_brackets(chars: &[char], open: usize) -> Option<Numbered> {
    let close = closing(chars, open).filter(|close| close - open < LONGEST)?;
    let before = open.checked_sub(1).and_then(|b| chars.get(b));
    let escaped = before == Some(&'\\');
    let linked = before == Some(&']') && !at(chars, open - 1, "][")
        || matches!(chars.get(close + 1), Some('(' | ':' | '{'));
    let inside = slice(chars, open + 1, close).replace('\\', "");
    let works = works(&inside).filter(|_| !linked)?;
    let start = if escaped { open - 1 } else { open };
    Some(Numbered { span: start..close + 1, works })
}

/// Raised numbers at `i`: `¹`, `¹,³`, `²⁻⁴`.
fn high(chars: &[char], i: usize) -> Option<Numbered> {
    let (first, mut end) = raised(chars, i)?;
    if is_power(chars, i, first) {
        return None;
    }
    let mut works = vec![(u32::try_from(first).ok()?, None)];
    while let Some(sign) = chars.get(end).filter(|c| ",⁻–-⁃".contains(**c)) {
        let Some((number, behind)) = raised(chars, end + 1) else { break };
        let number = u32::try_from(number).ok()?;
        let last = works.last().map_or(0, |(n, _)| *n);
        match *sign {
            ',' => works.push((number, None)),
            _ => works.extend((last + 1..=number).take(MOST as usize).map(|n| (n, None))),
        }
        end = behind;
    }
    Some(Numbered { span: i..end, works })
}

/// The numbers in a bracket, each with the place behind it.
fn works(inside: &str) -> Option<Vec<(u32, Option<Locator>)>> {
    let mut works: Vec<(u32, Option<Locator>)> = Vec::new();
    let lead = inside.trim().trim_start_matches("see ").trim_start_matches("See ").trim_start_matches("cf. ");
    for group in lead.split(';') {
        let mut placed = false;
        for part in group.split(',').map(str::trim) {
            let range = part.split_once(['-', '–', '—']).map(|(a, b)| (a.trim(), b.trim()));
            let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 3);
            let place = || locator(part).filter(|_| !part.starts_with(|c: char| c.is_ascii_digit()));
            if placed {
                // `[1, pp. 3, 5]`: a further page.
            } else if let Some(number) = number(part) {
                works.push((number, None));
            } else if let Some((first, last)) = range.and_then(|(a, b)| Some((number(a)?, number(b)?))) {
                works.extend((first..=last).take(MOST as usize).map(|n| (n, None)));
            } else {
                works.last_mut()?.1 = Some(place()?);
                placed = true;
            }
        }
    }
    (!works.is_empty()).then_some(works)
}
