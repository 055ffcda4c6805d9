//! Printed citations: `(Khan, 2021)`, `(see Khan 2021, p. 4; Akram, 2020)`, `Khan and Ali (2019, para. 3) write`.
//!
//! What is cited is told by surnames and year. Words that might be a citation count as one when they lead to a source, or
//! when they can hardly be anything else.

mod certain;
mod cited;
mod letters;
mod note;
mod year;

pub use certain::is_shaped;
pub use cited::Cited;
pub use note::{in_entry, in_note, last_place, segments};
pub use year::year;

use super::fold::fold;
use super::parse::{Citation, Draft, locator};
use super::scan::slice;
use certain::{Before, is_certain};
use cited::Who;
use letters::Letters;
use std::ops::Range;
use year::{Year, split};

/// How many words before a bracket may belong to the names in running text.
const MOST_WORDS: usize = 9;
/// Lower-case words that may stand inside names.
const INSIDE: &str =
    " and & et al. al of in for the on de van von der den del di da du la le ul ur bin al- y und ";
/// What leads into a citation and is no part of it.
const LEADS: [&str; 13] = [
    "see also ",
    "see, e.g., ",
    "see e.g. ",
    "see for example ",
    "see ",
    "cf. ",
    "e.g., ",
    "e.g. ",
    "for example, ",
    "for example ",
    "also ",
    "compare ",
    "quoted from ",
];
/// What parts the original from the source it was read in.
const THROUGH: [&str; 4] = ["as cited in ", "cited in ", "quoted in ", "qtd. in "];
/// Verbs with which an author is made to speak.
const SPEAKING: &str = " argues argue argued notes note noted writes write wrote claims claim claimed states state stated \
    finds find found shows show showed suggests suggest suggested observes observe observed contends contend maintains \
    points point concludes conclude concluded says say said reports report reported explains explain explained calls \
    describes describe described adds warns asserts holds puts quotes ";

/// Finds printed citations: those in round brackets, names in running text before one that starts with a year, and
/// those in notes.
pub fn citations(draft: &Draft, sources: &[Cited<'_>]) -> Vec<Citation> {
    let mut found = Vec::new();
    for (content, span) in &draft.brackets {
        let first = content.split([',', ' ', ':']).next().unwrap_or_default();
        if year(first).is_some() {
            found.extend(narrative(&draft.chars, content, span, sources));
        } else {
            found.extend(parts(content, span, sources));
        }
    }
    for note in &draft.notes {
        let inside = |c: &Citation| note.body.contains(&c.at);
        if !found.iter().any(inside) && !draft.citations.iter().any(inside) {
            let text = slice(&draft.chars, note.body.start, note.body.end);
            found.extend(in_note(&text, &note.body, sources));
        }
    }
    let letters = Letters::of(draft, sources);
    found.iter_mut().for_each(|citation| letters.settle(citation));
    found
}

/// The parts of a bracket.
fn parts(content: &str, span: &Range<usize>, sources: &[Cited<'_>]) -> Vec<Citation> {
    let mut found = Vec::new();
    let parts: Vec<&str> = content.split(';').collect();
    let mut offset = 0;
    for part in &parts {
        let at = span.start + content.get(..offset).map_or(0, |t| t.chars().count());
        let lead = part.chars().take_while(|c| c.is_whitespace()).count();
        found.extend(in_brackets(part, span, at + lead, parts.len() > 1, sources));
        offset += part.len() + 1;
    }
    found
}

/// One part of a bracket.
fn in_brackets(
    part: &str,
    span: &Range<usize>,
    at: usize,
    among: bool,
    sources: &[Cited<'_>],
) -> Vec<Citation> {
    // Markdown escapes the brackets of `[News story]`.
    let part = part.replace('\\', "");
    let part = without_lead(part.trim());
    let make = |keys: Vec<&str>, shown: &str, place: &str| {
        let key = keys.first().map_or(shown, |k| *k).to_owned();
        let also = keys.iter().skip(1).map(|k| (*k).to_owned()).collect();
        let printed = Some(shown.to_owned());
        let (locator, span) = (locator(place), span.clone());
        Citation { key, also, printed, locator, span, at, ..Citation::default() }
    };
    // As the default style prints it, whatever that is.
    let folded = fold(part).to_lowercase();
    let exact = sources.iter().filter(|s| !s.bare.is_empty()).filter_map(|s| {
        let rest = folded.strip_prefix(s.bare.as_str())?;
        (rest.is_empty() || rest.starts_with(',')).then_some((s, rest.to_owned()))
    });
    if let Some((source, rest)) = exact.max_by_key(|(s, _)| s.bare.len()) {
        let mut keys = vec![source.key];
        if let Some((who, years, _)) = split(part) {
            // Another program may have given the letter to another of the works that look alike.
            let lettered = years.first().filter(|year| year.letter.is_some());
            keys.extend(lettered.map(|year| keys_of(sources, who, Some(year))).unwrap_or_default());
            let mut seen = std::collections::BTreeSet::new();
            keys.retain(|key| seen.insert(*key));
        }
        return vec![make(keys, part, &rest)];
    }
    let Some((who, years, rest)) = split(part) else {
        // MLA: `(Khan and Zhen 14)`. Only what leads somewhere is a citation.
        let cut = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (who, rest) = part.split_at_checked(cut).unwrap_or((part, ""));
        let who = who.trim_end_matches([' ', ',']).trim_end_matches("para.").trim_end_matches("par.");
        let rest_of = part.get(who.len()..).unwrap_or(rest);
        let keys = keys_of(sources, who.trim_matches([',', ' ']), None);
        return if keys.is_empty() { Vec::new() } else { vec![make(keys, part, rest_of)] };
    };
    let mut found = Vec::new();
    for year in &years {
        let keys = keys_of(sources, who, Some(year));
        let comma = part.get(who.len()..).is_some_and(|r| r.starts_with(','));
        let before = Before { who, comma, among, located: locator(rest).is_some() };
        if !keys.is_empty() || is_certain(&before, sources) {
            found.push(make(keys, part, rest));
        }
    }
    found
}

fn keys_of<'s>(sources: &[Cited<'s>], who: &str, year: Option<&Year>) -> Vec<&'s str> {
    if who.len() < 2 {
        return Vec::new();
    }
    let who = Who::new(who);
    let mut fits: Vec<&Cited<'s>> = sources.iter().filter(|s| s.is(&who, year)).collect();
    let alike = fits.len();
    if alike > 1 {
        fits.retain(|s| s.has_initials(&who));
    }
    if let Some(letter) = year.and_then(|y| y.letter) {
        // The third of two works is neither.
        let beyond = (letter as u32).checked_sub('a' as u32).is_none_or(|n| n as usize >= alike);
        fits.retain(|s| s.has_letter(letter) || !beyond);
        fits.sort_by_key(|s| !s.has_letter(letter));
    }
    fits.into_iter().map(|s| s.key).collect()
}

/// Without what leads into a citation; of an original and the source it was read in, the source.
fn without_lead(part: &str) -> &str {
    let mut text = part;
    for through in THROUGH {
        if let Some(at) = text.find(through) {
            text = text.get(at + through.len()..).unwrap_or_default();
        }
    }
    while let Some(lead) =
        LEADS.iter().find(|lead| text.get(..lead.len()).is_some_and(|front| front.eq_ignore_ascii_case(lead)))
    {
        text = text.get(lead.len()..).unwrap_or_default().trim_start();
    }
    text
}

/// Names in running text with the year in a bracket behind them.
fn narrative(chars: &[char], content: &str, span: &Range<usize>, sources: &[Cited<'_>]) -> Vec<Citation> {
    let open = span.start.saturating_sub(1);
    let Some((_, years, rest)) = split(&format!("x {content}")).map(|(w, y, r)| (w, y, r.to_owned())) else {
        return Vec::new();
    };
    let starts = starts(chars, open);
    let make = |start: usize, keys: Vec<&str>, who: &str| {
        let shown = format!("{who} ({content})");
        let key = keys.first().map_or(shown.as_str(), |k| *k).to_owned();
        let also = keys.iter().skip(1).map(|k| (*k).to_owned()).collect();
        let span = start..span.end + 1;
        let locator = locator(&rest);
        let printed = Some(shown);
        Citation { key, also, printed, locator, span, at: start, narrative: true, ..Citation::default() }
    };
    let who_at = |start: usize| slice(chars, start, open).trim().to_owned();
    let mut found = Vec::new();
    for year in &years {
        let hit = starts.iter().find_map(|start| {
            let who = who_at(*start);
            let bare = who.trim_end_matches("'s").trim_end_matches("’s").to_owned();
            let keys = keys_of(sources, &bare, Some(year));
            (!keys.is_empty()).then_some((*start, keys, who))
        });
        if let Some((start, keys, who)) = hit {
            found.push(make(start, keys, &who));
            continue;
        }
        let Some(first) = starts.first() else { continue };
        let who = who_at(*first);
        let behind = slice(chars, span.end + 1, span.end + 30);
        let located = locator(&rest).is_some();
        let next = behind.split_whitespace().next().unwrap_or_default();
        let speaks = SPEAKING.contains(&format!(" {} ", next.trim_matches(',')));
        let several = who.ends_with("et al.");
        let before = Before { who: &who, comma: false, among: true, located: located || speaks };
        if (speaks || several || located) && is_certain(&before, sources) {
            found.push(make(*first, Vec::new(), &who));
        }
    }
    found
}

/// Where names that end before the bracket may start, in characters, the farthest first.
fn starts(chars: &[char], open: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut end = open;
    for _ in 0..MOST_WORDS {
        while end > 0 && chars.get(end - 1).is_some_and(|c| c.is_whitespace()) {
            end -= 1;
        }
        let mut start = end;
        while start > 0 && chars.get(start - 1).is_some_and(|c| !c.is_whitespace() && !"(“\"‘".contains(*c))
        {
            start -= 1;
        }
        let word = slice(chars, start, end);
        let capital = word.starts_with(char::is_uppercase);
        let initial = word.chars().count() <= 3 && word.ends_with('.');
        let ends = word.ends_with(['.', ';', ':', '?', '!', ')', '”', '"']) && !initial && word != "al.";
        let inside = INSIDE.contains(&format!(" {} ", word.trim_end_matches(',')));
        if word.is_empty() || ends || !(capital || inside) {
            break;
        }
        if capital {
            starts.push(start);
        }
        end = start;
    }
    starts.reverse();
    starts
}
