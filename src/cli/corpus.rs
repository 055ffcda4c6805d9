//! [`IndexCorpus`]: the index as what a draft is checked against, with the works that only the library knows.

use ibid::bibliography::library::Library;
use ibid::draft::{Corpus, Error};
use ibid::index::{Index, StoredPassage, StoredSource};
use ibid::passage::Citekey;
use ibid::search::{SearchRequest, search};
use std::cell::OnceCell;
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
        sources.extend(without_text(self.index, self.seeds).map_err(failed)?);
        Ok(self.sources.get_or_init(|| sources))
    }
}

/// The works of the library that no document of the index is.
pub fn without_text(index: &Index, seeds: &Path) -> Result<Vec<StoredSource>, ibid::index::Error> {
    let mut works = Vec::new();
    for entry in Library::read(seeds).entries {
        if index.source(&entry.key)?.is_none() {
            works.push(StoredSource::without_text(entry.key, entry.work));
        }
    }
    Ok(works)
}

/// The source of a citekey, or the work that only the library knows.
pub fn source_or_work(
    index: &Index,
    seeds: &Path,
    key: &Citekey,
) -> Result<Option<StoredSource>, ibid::index::Error> {
    match index.source(key)? {
        Some(source) => Ok(Some(source)),
        None => Ok(without_text(index, seeds)?.into_iter().find(|work| work.key == *key)),
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
