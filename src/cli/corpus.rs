//! [`IndexCorpus`]: the index as what a draft is checked against.

use ibid::draft::{Corpus, Error};
use ibid::index::{Index, StoredPassage, StoredSource};
use ibid::passage::Citekey;
use ibid::search::{SearchRequest, search};

/// Sources up to which all are looked at; beyond, a search tells which.
const FEW: usize = 50;

/// The index as a corpus.
pub struct IndexCorpus<'a>(pub &'a Index);

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Corpus(error.to_string())
}

impl Corpus for IndexCorpus<'_> {
    fn sources(&self) -> Result<Vec<StoredSource>, Error> {
        self.0.sources().map_err(failed)
    }

    fn passages_of(&self, key: &Citekey) -> Result<Vec<StoredPassage>, Error> {
        self.0.passages_of(key).map_err(failed)
    }

    fn candidates(&self, words: &[String]) -> Result<Vec<Citekey>, Error> {
        let sources = self.sources()?;
        if sources.len() <= FEW {
            return Ok(sources.into_iter().map(|s| s.key).collect());
        }
        let request = SearchRequest { limit: FEW, near: false, ..SearchRequest::new(&words.join(" ")) };
        let found = search(self.0, &request).map_err(failed)?;
        let mut keys: Vec<Citekey> = Vec::new();
        for hit in found.hits {
            if !keys.contains(&hit.source.key) {
                keys.push(hit.source.key.clone());
            }
        }
        Ok(keys)
    }
}
