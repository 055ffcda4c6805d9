//! In-text citations, led to the entries of the document's own reference list.
//!
//! Three forms are looked for: names or a title with a year in round brackets, several parted by semicolons;
//! numbers in square brackets; and names in running text with the year behind them in round brackets. A citation
//! leads to an entry when exactly one entry fits it; one that no single entry fits is kept as unresolved. Words
//! that only might be a citation (`(Minsk 2015)`) count as one only when they lead to an entry. Numbers in square
//! brackets count only in a document whose list is numbered or whose text cites most of the list by number. Marks of notes lead to the notes ([`note_marks`]).

mod entries;
mod labels;
mod narrative;
mod note_marks;
mod numbers;

use crate::bibliography::date::month_number;
use crate::bibliography::references::{is_quote, is_year};
use crate::passage::{InTextCitation, Kind, Ordinal, Passage};
use entries::{Cited, Entries};

/// A bracket longer than this is no citation.
const LONGEST: usize = 600;

/// Fills [`Passage::cites`] of every passage that may cite, in the order of the text, with the notes that marks lead to
/// last; the marks are taken out of the text.
pub fn resolve(passages: &mut [Passage]) {
    note_marks::take_out(passages);
    let may_cite =
        |kind: Kind| !matches!(kind, Kind::Reference | Kind::Boilerplate | Kind::Heading | Kind::Front);
    let numbers =
        passages.iter().filter(|p| may_cite(p.kind)).flat_map(|p| numbers::cited(&p.text)).collect();
    let entries = Entries::of(passages, &numbers);
    for passage in passages.iter_mut().filter(|p| may_cite(p.kind)) {
        passage.cites.splice(..0, citations(&passage.text, &entries));
    }
}

/// All citations of a text, each once.
fn citations(text: &str, entries: &Entries) -> Vec<InTextCitation> {
    let mut found: Vec<InTextCitation> = Vec::new();
    let mut add = |in_text: &str, reference: Option<u32>| {
        let reference = reference.map(Ordinal::Reference);
        let citation = InTextCitation { in_text: in_text.to_owned(), reference };
        if !found.contains(&citation) {
            found.push(citation);
        }
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(open) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'(', b'[', rest)).map(|i| at + i)
    {
        at = open + 1;
        let Some(close) = closing(bytes, open) else { continue };
        let inner = &text[open + 1..close];
        let whole = &text[open..=close];
        if bytes[open] == b'[' {
            if !entries.is_empty() {
                let may_cite = entries.are_numbered() && numbers::may_cite(&text[..open], &text[close + 1..]);
                let numbers = if may_cite { numbers::numbers(inner) } else { Vec::new() };
                numbers.into_iter().for_each(|number| add(whole, entries.numbered(number)));
                // Words in square brackets are mostly the editor's: only what leads somewhere is a citation.
                let parts = inner.split(';').filter(|part| split_years(part).is_some());
                let found = parts.flat_map(|part| in_brackets(part, entries, false)).filter(Option::is_some);
                found.for_each(|reference| add(whole, reference));
            }
            continue;
        }
        if let Some(years) = bare_years(inner) {
            if let Some((words, references)) =
                narrative::find(&text[..open], &years, &text[close + 1..], entries)
            {
                let start = open - words;
                references.into_iter().for_each(|reference| add(&text[start..=close], reference));
            }
            continue;
        }
        if is_abbreviation(&text[..open], inner) {
            continue;
        }
        let parts: Vec<&str> = inner.split(';').filter(|p| !p.trim().is_empty()).collect();
        for part in &parts {
            let shown = if parts.len() == 1 { whole } else { part.trim() };
            in_brackets(part, entries, parts.len() > 1)
                .into_iter()
                .for_each(|reference| add(shown, reference));
        }
    }
    found
}

/// Where the bracket that opens at `open` closes; inner brackets of the same sort are passed over.
fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let (start, end) = if bytes[open] == b'(' { (b'(', b')') } else { (b'[', b']') };
    let mut depth = 0usize;
    for (offset, byte) in bytes.get(open..)?.iter().enumerate().take(LONGEST) {
        if *byte == start {
            depth += 1;
        } else if *byte == end {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(open + offset);
            }
        }
    }
    None
}

/// `p. 45`, `pp. 3–9`, `с. 12`, `para. 4`, `12-14`.
fn is_locator(text: &str) -> bool {
    let text = text.trim().trim_start_matches([',', ':', ';']).trim();
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let known = [
        "", "p", "pp", "page", "pages", "с", "s", "para", "paras", "par", "ch", "chap", "chapter", "sec",
        "section", "vol", "fig", "table", "n", "note",
    ];
    let rest = text.get(word.len()..).unwrap_or_default();
    let numeric = rest.chars().all(|c| c.is_ascii_digit() || " .-–—,ivxlc".contains(c));
    known.contains(&word.to_lowercase().as_str()) && numeric && rest.chars().any(|c| c.is_alphanumeric())
}

/// The years of a bracket that holds nothing else, a locator aside: `2007`, `2007, p. 12`, `2007a, 2009`.
fn bare_years(inner: &str) -> Option<Vec<&str>> {
    let mut years = Vec::new();
    for part in inner.split([',', ';', ':']).map(str::trim) {
        if is_year(part) || is_undated(part.trim_end_matches('.')) {
            years.push(part);
        } else if years.is_empty() || !is_locator(part) {
            return None;
        }
    }
    Some(years)
}

/// The words that lead into a citation and are no part of it.
fn without_lead(text: &str) -> &str {
    let mut text = text.trim();
    const LEADS: [&str; 14] = [
        "see also",
        "see e.g.",
        "see for example",
        "see",
        "cf.",
        "e.g.,",
        "e.g.",
        "as cited in",
        "cited in",
        "quoted in",
        "for example",
        "also",
        "in",
        "and",
    ];
    let lead = |text: &str| {
        LEADS.iter().find_map(|lead| {
            let front = text.get(..lead.len())?;
            let rest = text.get(lead.len()..)?;
            (front.eq_ignore_ascii_case(lead) && rest.starts_with([' ', ',', ':'])).then_some(lead.len())
        })
    };
    while let Some(length) = lead(text) {
        text = text.get(length..).unwrap_or_default().trim_start_matches([' ', ',', ':']);
    }
    text
}

/// One part of a bracket in words: to which entries it leads, each `None` when to no single one. Empty when it
/// is no citation; `among` says that it stands beside others, which makes it surer to be one.
fn in_brackets(part: &str, entries: &Entries, among: bool) -> Vec<Option<u32>> {
    let part = without_lead(part);
    let Some((who, years, rest)) = split_years(part) else {
        // Without a year only the exact name or title of an undated entry counts.
        let (who, quoted) = unquote(part);
        let named = quoted || may_name(who);
        let reference = if named { entries.find(&Cited { who, year: None, quoted }) } else { None };
        return reference.map(Some).into_iter().collect();
    };
    let comma = who.trim_end().ends_with([',', ':']) || who.trim_end().ends_with(|c: char| is_quote(c));
    let (who, quoted) = unquote(who);
    if who.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Option<u32>> =
        years.iter().map(|year| entries.find(&Cited { who, year: dated(year), quoted })).collect();
    if found.iter().all(Option::is_none) && !is_sure(who, quoted, comma, among) {
        found.clear();
    }
    if !rest.is_empty() && !found.is_empty() {
        found.extend(in_brackets(rest, entries, true));
    }
    found
}

/// Returns true if and only if the word stands for the year of a work without one.
fn is_undated(word: &str) -> bool {
    matches!(word, "n.d" | "forthcoming" | "s.d" | "s.a" | "o.J" | "б.г")
}

/// The year; `None` for what stands for the lack of one.
fn dated(year: &str) -> Option<&str> {
    Some(year).filter(|year| is_year(year))
}

/// Returns true if and only if words without a year may name a work or who made it: `(a)`, `(tm, λ1)` and `(ibid.)` name
/// none.
fn may_name(who: &str) -> bool {
    let letters = who.chars().filter(|c| c.is_alphabetic()).count();
    let capital = who.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let roman = who.chars().all(|c| "IVXLC".contains(c));
    let repeats = ["ibid", "idem", "op. cit", "там же"].iter().any(|w| who.to_lowercase().starts_with(w));
    letters >= 3 && capital && !roman && !repeats && !is_undated(who.to_lowercase().trim_end_matches('.'))
}

/// Returns true if and only if the bracket gives the initials of the words before it: `World Health Organization (WHO)`.
fn is_abbreviation(before: &str, inner: &str) -> bool {
    let capitals = inner.chars().filter(|c| c.is_uppercase()).count();
    if inner.len() > 12 || capitals < 2 || inner.contains(' ') {
        return false;
    }
    let before = before.get(before.len().saturating_sub(120)..).unwrap_or(before);
    let words = before.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with(char::is_uppercase));
    let initials: String = words.filter_map(|w| w.chars().next()).collect();
    let wanted: String = inner.chars().filter(|c| c.is_uppercase()).collect();
    initials.ends_with(&wanted)
}

/// Words, the years behind them, and what follows when it is neither a year nor a locator.
fn split_years(part: &str) -> Option<(&str, Vec<&str>, &str)> {
    let mut who = None;
    let mut years = Vec::new();
    let mut end = 0;
    for (start, word) in words(part) {
        let bare = word.trim_matches(|c: char| ",.;:()[]".contains(c));
        let undated = is_undated(bare) && who.is_none() && start > 0;
        if is_year(bare) || undated {
            if start == 0 {
                return None;
            }
            who.get_or_insert(start);
            years.push(bare);
            end = start + word.len();
        } else if who.is_some() && !matches!(bare, "and" | "&") {
            break;
        }
    }
    let who = part.get(..who?)?;
    let rest = part.get(end..)?.trim().trim_start_matches([',', ':', ';']).trim();
    let rest = if is_locator(rest) { "" } else { rest };
    Some((who, years, rest))
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Without the marks around; and whether quotation marks were among them.
fn unquote(text: &str) -> (&str, bool) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",:;*_".contains(c));
    let quoted = text.starts_with(is_quote);
    (text.trim_matches(|c: char| is_quote(c) || c.is_whitespace() || ",:;*_".contains(c)), quoted)
}

/// Returns true if and only if words before a year are a citation even when they lead to no entry.
fn is_sure(who: &str, quoted: bool, comma: bool, among: bool) -> bool {
    let first = who.split_whitespace().next().unwrap_or_default();
    let capital = who.chars().next().is_some_and(char::is_uppercase);
    let dated = who.split_whitespace().any(|w| month_number(w.trim_matches(',')).is_some());
    let digits = who.chars().any(|c| c.is_ascii_digit());
    let numbered = ["no.", "nr.", "№", "art."].iter().any(|sign| who.to_lowercase().ends_with(sign));
    let joined = who.contains("et al") || who.contains(" & ") || who.contains(" and ");
    if quoted {
        return comma && who.split_whitespace().count() >= 2;
    }
    capital
        && !dated
        && !digits
        && !numbered
        && month_number(first).is_none()
        && (comma && (who.len() > 1) || joined || among)
}

#[cfg(test)]
pub(super) mod tests;
