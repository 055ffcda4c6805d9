//! Citations in running text: `Rahman (2007) argues`, `Syed and Khan (2019)`, `Waheed et al. (2020)`.

use super::dated;
use super::entries::{Cited, Entries};

/// How many words before the bracket may belong to the names.
const MOST_WORDS: usize = 9;

/// Lower-case words that may stand inside names.
const INSIDE: [&str; 17] = [
    "and", "&", "et", "al.", "al", "of", "in", "for", "the", "de", "van", "von", "der", "ul", "ur", "bin",
    "du",
];

/// Verbs with which an author is made to speak.
const SPEAKING: [&str; 24] = [
    "argues",
    "argue",
    "argued",
    "notes",
    "note",
    "noted",
    "writes",
    "wrote",
    "claims",
    "claimed",
    "states",
    "stated",
    "finds",
    "found",
    "shows",
    "showed",
    "suggests",
    "suggested",
    "observes",
    "observed",
    "contends",
    "maintains",
    "points",
    "concludes",
];

/// What the years of a bracket belong to: how many bytes before the bracket the citation starts, and for each
/// year the entry it leads to. `None` when the words before are no names that lead anywhere, unless the sentence
/// makes them speak.
pub(super) fn find(
    before: &str,
    years: &[&str],
    behind: &str,
    entries: &Entries,
) -> Option<(usize, Vec<Option<u32>>)> {
    if entries.is_empty() || !before.ends_with(' ') {
        return None;
    }
    let starts = starts(before);
    let cited = |start: usize, year: &str| {
        let who = before.get(start..)?.trim_end().trim_end_matches("'s").trim_end_matches("’s");
        entries.find(&Cited { who, year: dated(year), quoted: false })
    };
    // The longest run of words that leads somewhere holds the name; words before the name itself (`As Rahman`)
    // are those without which it leads to the same.
    let leads = |start: usize| -> Vec<Option<u32>> { years.iter().map(|year| cited(start, year)).collect() };
    if let Some(longest) = starts.iter().position(|start| leads(*start).iter().any(Option::is_some)) {
        let found = starts.get(longest).map(|start| leads(*start))?;
        let start = starts.iter().skip(longest).take_while(|start| leads(**start) == found).last()?;
        return Some((before.len() - start, found));
    }
    let et_al = before.trim_end().ends_with("et al.");
    let speaks =
        behind.split_whitespace().next().is_some_and(|word| SPEAKING.contains(&word.trim_matches(',')));
    let start = starts.last().filter(|_| et_al || speaks)?;
    let start = if et_al {
        starts.iter().rev().find(|s| !before[**s..].starts_with("et")).unwrap_or(start)
    } else {
        start
    };
    Some((before.len() - start, vec![None; years.len()]))
}

/// Where names that end with `before` may start, the farthest first: at capitalised words reached over such
/// words and those that may stand inside names, within the sentence.
fn starts(before: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut end = before.trim_end().len();
    for _ in 0..MOST_WORDS {
        let Some(front) = before.get(..end) else { break };
        let start = front.rfind(char::is_whitespace).map_or(0, |i| i + 1);
        // `rfind` gives where the white space starts; a wide space is longer than a byte.
        let start = (start..=end).find(|s| before.is_char_boundary(*s)).unwrap_or(end);
        let word = &before[start..end];
        let capital = word.trim_start_matches(['(', '“', '"']).chars().next().is_some_and(char::is_uppercase);
        let initial = word.len() <= 3 && word.ends_with('.');
        let ends_sentence = word.ends_with(['.', ';', ':', '?', '!', ')']) && !initial && word != "al.";
        if word.is_empty() || ends_sentence || !(capital || INSIDE.contains(&word)) {
            break;
        }
        if capital || word == "et" {
            starts.push(start);
        }
        end = front[..start].trim_end().len();
    }
    starts.reverse();
    starts
}
