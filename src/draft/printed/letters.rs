//! Year letters as the draft's own list of references gives them: the program that made the list may letter the works
//! otherwise than the library does.

use super::{Cited, in_entry, year};
use crate::draft::parse::{Citation, Draft};
use crate::draft::scan::slice;
use std::collections::{BTreeMap, BTreeSet};

/// The citekeys of the entries with a year and a letter, `2017a` (no year: `n.d.-a`).
pub struct Letters(BTreeMap<(Option<i32>, char), BTreeSet<String>>);

impl Letters {
    /// Reads the entries of the draft's list; empty where it has none, or none with letters.
    pub fn of(draft: &Draft, sources: &[Cited<'_>]) -> Letters {
        let mut letters: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for entry in draft.entries.ranges() {
            let text = slice(&draft.chars, entry.start, entry.end);
            for lettered in lettered(&text) {
                let works = in_entry(&text, entry, sources).into_iter().map(|citation| citation.key);
                letters.entry(lettered).or_default().extend(works);
            }
        }
        Letters(letters)
    }

    /// Of the works that a citation may mean, leaves those that the list gives its letter to.
    pub fn settle(&self, citation: &mut Citation) {
        let Some(printed) = &citation.printed else { return };
        let mut listed =
            lettered(printed).into_iter().filter_map(|one| self.0.get(&one)).flatten().peekable();
        if citation.also.is_empty() || listed.peek().is_none() {
            return;
        }
        let listed: BTreeSet<&String> = listed.collect();
        let mut keys: Vec<String> =
            citation.keys().filter(|key| listed.contains(&(*key).to_owned())).map(str::to_owned).collect();
        if !keys.is_empty() {
            citation.key = keys.remove(0);
            citation.also = keys;
        }
    }
}

/// The years with letters in a text.
fn lettered(text: &str) -> Vec<(Option<i32>, char)> {
    let years = text.split(|c: char| c.is_whitespace() || "(),;[]".contains(c)).filter_map(|word| {
        let year = year(word.trim_end_matches(['.', ':']))?;
        Some((year.number, year.letter?))
    });
    years.collect()
}
