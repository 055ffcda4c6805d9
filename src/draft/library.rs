//! The sources of one run, each read once, and what a draft cites of them.

use super::fold::{bare, fold};
use super::parse::{Citation, Draft};
use super::printed::{self, Cited};
use super::source_text::SourceText;
use super::words::without_joints;
use super::{Corpus, Error};
use crate::index::StoredSource;
use crate::passage::Citekey;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Most sources that are compared with one quotation beside those cited.
const COMPARED: usize = 20;

/// The sources of one run, each read once.
pub struct Library<'a> {
    corpus: &'a dyn Corpus,
    /// By citekey.
    pub sources: BTreeMap<String, StoredSource>,
    texts: BTreeMap<Citekey, Rc<SourceText>>,
}

impl<'a> Library<'a> {
    /// The sources of a corpus.
    pub fn new(corpus: &'a dyn Corpus) -> Result<Self, Error> {
        let sources = corpus.sources()?.into_iter().map(|s| (s.key.as_str().to_owned(), s)).collect();
        Ok(Library { corpus, sources, texts: BTreeMap::new() })
    }

    /// The folded text of a source.
    pub fn text(&mut self, key: &Citekey) -> Result<Rc<SourceText>, Error> {
        if let Some(text) = self.texts.get(key) {
            return Ok(Rc::clone(text));
        }
        let text = Rc::new(SourceText::new(self.corpus.passages_of(key)?));
        self.texts.insert(key.clone(), Rc::clone(&text));
        Ok(text)
    }

    /// The candidates for a quotation, the sources cited first.
    pub fn candidates(&self, quote: &str, cited: &[Citekey]) -> Result<Vec<Citekey>, Error> {
        let folded = fold(&without_joints(quote));
        let mut words: Vec<String> = folded.split([' ', '-']).map(bare).filter(|w| !w.is_empty()).collect();
        words.sort();
        words.dedup();
        let mut keys = cited.to_vec();
        for key in self.corpus.candidates(&words)?.into_iter().take(COMPARED) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    /// All citations of the draft, by key and printed, in order.
    pub fn citations(&self, draft: &Draft) -> Vec<Citation> {
        let mut all = draft.citations.clone();
        let sources: Vec<Cited<'_>> = self.sources.values().map(Cited::new).collect();
        let mut printed = printed::citations(&draft.chars, &draft.brackets, &sources);
        // `@khan2021 (2021)` is one citation.
        printed.retain(|p| !all.iter().any(|c| c.span.start < p.span.end && p.span.start < c.span.end));
        all.append(&mut printed);
        // Entries of its own list of references cite nothing, unless a note's mark leads there.
        let noted = |c: &Citation| draft.notes.iter().any(|n| n.body.contains(&c.at));
        all.retain(|c| !is_reference(&c.key) && (c.printed.is_none() || !draft.entries.hold(c.at) || noted(c)));
        all.sort_by_key(|c| c.at);
        all
    }
}

/// The citations with those in notes a second time, where the mark of the note stands, in the order of their places.
pub fn placed(draft: &Draft, citations: &[Citation]) -> Vec<Citation> {
    let mut placed = citations.to_vec();
    for note in &draft.notes {
        let inside = citations.iter().filter(|c| note.body.contains(&c.at));
        placed.extend(inside.map(|c| Citation { span: note.mark.clone(), narrative: false, ..c.clone() }));
    }
    placed.sort_by_key(|c| (c.span.start, c.at));
    placed
}

/// Typst labels and cross references of pandoc share the sign of citations: those that name figures and the like are none.
fn is_reference(key: &str) -> bool {
    ["fig", "tbl", "tab", "sec", "eq", "lst"]
        .iter()
        .any(|p| key.strip_prefix(p).is_some_and(|r| r.starts_with([':', '-'])))
}

/// The citekeys nearest to one that no source has.
pub fn nearest_keys<'k>(key: &str, keys: impl Iterator<Item = &'k String>) -> Vec<String> {
    let limit = (key.chars().count() / 3).max(2);
    let mut near: Vec<(usize, &String)> =
        keys.map(|k| (distance(key, k), k)).filter(|(d, _)| *d <= limit).collect();
    near.sort();
    near.into_iter().take(3).map(|(_, k)| format!("`{k}`")).collect()
}

/// Levenshtein's distance, over characters of the lower case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.to_lowercase().chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, (cb, pair)) in b.iter().zip(row.windows(2)).enumerate() {
            let (diagonal, above) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            let left = next.get(j).copied().unwrap_or(0);
            next.push((diagonal + usize::from(ca != *cb)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
