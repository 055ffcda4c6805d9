//! [`IndexCorpus`]: the index as what a draft is checked against.

use ibid::draft::{Corpus, Error};
use ibid::index::{Index, StoredPassage, StoredSource};
use ibid::passage::Citekey;
use ibid::search::{SearchRequest, search};
use std::cell::OnceCell;

/// Sources up to which all are looked at; beyond, a search tells which.
const FEW: usize = 12;
/// Sources that a search names at most: one that has most of the words in one passage is the first of them.
const NAMED: usize = 8;

/// Passages that a search is asked for.
const ASKED: usize = 20;

/// The index as a corpus.
pub struct IndexCorpus<'a> {
    index: &'a Index,
    /// The sources, read once.
    sources: OnceCell<Vec<StoredSource>>,
}

impl<'a> IndexCorpus<'a> {
    pub fn new(index: &'a Index) -> Self {
        IndexCorpus { index, sources: OnceCell::new() }
    }

    fn read(&self) -> Result<&[StoredSource], Error> {
        if let Some(sources) = self.sources.get() {
            return Ok(sources);
        }
        let sources = self.index.sources().map_err(failed)?;
        Ok(self.sources.get_or_init(|| sources))
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Corpus(error.to_string())
}

impl Corpus for IndexCorpus<'_> {
    fn sources(&self) -> Result<Vec<StoredSource>, Error> {
        Ok(self.read()?.to_vec())
    }

    fn passages_of(&self, key: &Citekey) -> Result<Vec<StoredPassage>, Error> {
        self.index.passages_of(key).map_err(failed)
    }

    fn candidates(&self, words: &[String]) -> Result<Vec<Citekey>, Error> {
        let sources = self.read()?;
        if sources.len() <= FEW {
            return Ok(sources.iter().map(|s| s.key.clone()).collect());
        }
        let request = SearchRequest { limit: ASKED, near: false, ..SearchRequest::new(&words.join(" ")) };
        let found = search(self.index, &request).map_err(failed)?;
        let mut keys: Vec<Citekey> = Vec::new();
        for hit in found.hits {
            if keys.len() < NAMED && !keys.contains(&hit.source.key) {
                keys.push(hit.source.key.clone());
            }
        }
        Ok(keys)
    }
}
