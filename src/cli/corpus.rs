//! [`IndexCorpus`]: the index as what a draft is checked against, with the works that only the library knows.

use ibid::draft::{Corpus, Error};
use ibid::index::{Error as IndexError, Index, StoredPassage, StoredSource};
use ibid::ingest::read_library;
use ibid::passage::Citekey;
use ibid::search::{SearchRequest, search};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

/// Sources up to which all are looked at; beyond, a search tells which.
const FEW: usize = 12;
/// Sources that a search names at most: one that has most of the words in one passage is the first of them.
const NAMED: usize = 8;

/// Passages that a search is asked for.
const ASKED: usize = 20;

/// The index as a corpus.
pub struct IndexCorpus<'a> {
    index: &'a Index,
    seeds: &'a Path,
    /// The sources and the works without text, read once.
    sources: OnceCell<Vec<StoredSource>>,
}

impl<'a> IndexCorpus<'a> {
    pub fn new(index: &'a Index, seeds: &'a Path) -> Self {
        IndexCorpus { index, seeds, sources: OnceCell::new() }
    }

    fn read(&self) -> Result<&[StoredSource], Error> {
        if let Some(sources) = self.sources.get() {
            return Ok(sources);
        }
        let mut sources = self.index.sources().map_err(failed)?;
        let known: BTreeSet<&Citekey> = sources.iter().map(|source| &source.key).collect();
        let others = read_library(self.seeds).entries.into_iter().filter(|entry| !known.contains(&entry.key));
        let others: Vec<StoredSource> =
            others.map(|entry| StoredSource::without_text(entry.key, entry.work)).collect();
        sources.extend(others);
        Ok(self.sources.get_or_init(|| sources))
    }
}

/// The source of a citekey, or the work that only the library knows.
pub fn source_or_work(
    index: &Index,
    seeds: &Path,
    key: &Citekey,
) -> Result<Option<StoredSource>, IndexError> {
    if let Some(source) = index.source(key)? {
        return Ok(Some(source));
    }
    let library = read_library(seeds);
    Ok(library.entry(key).map(|entry| StoredSource::without_text(key.clone(), entry.work.clone())))
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
        let readable = || Ok::<_, Error>(self.read()?.iter().filter(|s| s.has_text()));
        if readable()?.count() <= FEW {
            return Ok(readable()?.map(|s| s.key.clone()).collect());
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
