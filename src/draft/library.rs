//! The sources of one run, each read once.

use super::fold::{bare, fold};
use super::source_text::SourceText;
use super::words::without_joints;
use super::{Corpus, Error};
use crate::index::StoredSource;
use crate::passage::Citekey;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// The sources of one run, each read once.
pub struct Library<'a> {
    corpus: &'a dyn Corpus,
    /// The works, by citekey, each with its first text.
    pub sources: BTreeMap<String, StoredSource>,
    /// The further texts of these works, by the keys of their own.
    further: BTreeMap<String, StoredSource>,
    /// Citekeys by title, see [`bare_title`].
    titles: HashMap<String, String>,
    texts: BTreeMap<Citekey, Rc<SourceText>>,
}

impl<'a> Library<'a> {
    /// The sources of a corpus.
    pub fn new(corpus: &'a dyn Corpus) -> Result<Self, Error> {
        let all = corpus.sources()?.into_iter().map(|s| (s.key.as_str().to_owned(), s));
        let (sources, further): (BTreeMap<_, _>, BTreeMap<_, _>) =
            all.partition(|(_, s)| s.text_of.is_none());
        let mut titles = HashMap::new();
        for (key, source) in &sources {
            let title = source.work.title.as_deref().map(bare_title).unwrap_or_default();
            let main = title.split_once(':').map(|(main, _)| main.to_owned());
            for title in main.into_iter().chain([title]).filter(|t| !t.is_empty()) {
                titles.entry(title).or_insert_with(|| key.clone());
            }
        }
        Ok(Library { corpus, sources, further, titles, texts: BTreeMap::new() })
    }

    /// The source of a text, the first or a further one of a work.
    pub fn source_of(&self, key: &str) -> Option<&StoredSource> {
        self.sources.get(key).or_else(|| self.further.get(key))
    }

    /// The citekey of the work that has the text with this key.
    pub fn work_of<'k>(&'k self, key: &'k str) -> &'k str {
        self.further.get(key).map_or(key, |text| text.work_key().as_str())
    }

    /// The keys of these works and of the further texts of theirs.
    pub fn texts_of<'k>(&self, works: impl Iterator<Item = &'k Citekey>) -> Vec<Citekey> {
        let texts = |key: &Citekey| self.sources.get(key.as_str()).map_or(Vec::new(), |s| s.texts.clone());
        works.flat_map(|key| std::iter::once(key.clone()).chain(texts(key))).collect()
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

    /// The source whose title the words are, whole or up to its colon; capitals do not matter, since styles change them.
    pub fn titled(&self, quote: &str) -> Option<&str> {
        self.titles.get(&bare_title(quote)).map(String::as_str)
    }

    /// The candidates for a quotation, the sources cited first.
    pub fn candidates(&self, quote: &str, cited: &[Citekey]) -> Result<Vec<Citekey>, Error> {
        let folded = fold(&without_joints(quote));
        let mut words: Vec<String> = folded.split([' ', '-']).map(bare).filter(|w| !w.is_empty()).collect();
        words.sort();
        words.dedup();
        let mut keys = cited.to_vec();
        for key in self.corpus.candidates(&words)? {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Ok(keys)
    }
}

fn bare_title(text: &str) -> String {
    let folded = fold(&without_joints(text)).to_lowercase();
    folded.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The citekeys nearest to one that no source has.
pub fn nearest_keys<'k>(key: &str, keys: impl Iterator<Item = &'k String>) -> Vec<String> {
    let length = key.chars().count();
    let limit = (length / 3).max(2);
    let mut near: Vec<(usize, &String)> = keys
        .filter(|k| k.chars().count().abs_diff(length) <= limit)
        .map(|k| (distance(key, k), k))
        .filter(|(d, _)| *d <= limit)
        .collect();
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
