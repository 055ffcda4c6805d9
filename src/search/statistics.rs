//! Statistics for BM25 over live passages only, so that scores do not depend on how often an index was updated.

use crate::index::schema::Fields;
use crate::index::{Error, Index, Lengths};
use std::cell::RefCell;
use std::collections::HashMap;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, TERMINATED, Term};

/// Occurrences of a word's forms up to which the passages that have any of them are counted: a tenth of a millisecond.
const COUNTED: u64 = 20_000;

/// Document frequencies and lengths of an index.
pub struct Statistics<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    /// Number of live citable passages, at least 1.
    passages: u64,
    lengths: Lengths,
    frequencies: RefCell<HashMap<Term, u64>>,
}

impl<'a> Statistics<'a> {
    /// The statistics of an index.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn of(index: &'a Index) -> Result<Statistics<'a>, Error> {
        let summary = index.file_summary()?;
        Ok(Statistics {
            searcher: index.searcher(),
            fields: index.fields(),
            passages: summary.passages.max(1),
            lengths: summary.lengths,
            frequencies: RefCell::default(),
        })
    }

    /// The snapshot that they are of.
    pub(super) fn searcher(&self) -> &Searcher {
        self.searcher
    }

    /// Number of live citable passages, at least 1.
    pub fn passages(&self) -> f64 {
        self.passages as f64
    }

    /// Number of live passages that have the term. Segments without deleted documents know it; in the others the
    /// term's postings are counted.
    pub fn frequency(&self, term: &Term) -> tantivy::Result<u64> {
        if let Some(known) = self.frequencies.borrow().get(term) {
            return Ok(*known);
        }
        let mut live = 0;
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(term.field())?;
            match segment.alive_bitset() {
                None => live += u64::from(inverted.doc_freq(term)?),
                Some(alive) => {
                    let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                        continue;
                    };
                    while postings.doc() != TERMINATED {
                        live += u64::from(alive.is_alive(postings.doc()));
                        postings.advance();
                    }
                }
            }
        }
        self.frequencies.borrow_mut().insert(term.clone(), live);
        Ok(live)
    }

    /// Number of passages that have the words asked for so far, one counted for each word.
    pub fn postings(&self) -> u64 {
        self.frequencies.borrow().values().sum()
    }

    /// Number of live passages that have any of the words. When these stand in many passages it is the sum of their
    /// frequencies, in which a passage with two of them counts twice: common words are worth little either way.
    pub fn frequency_of_any<'w>(
        &self,
        field: Field,
        words: impl IntoIterator<Item = &'w String>,
    ) -> tantivy::Result<u64> {
        let mut terms: Vec<Term> = words.into_iter().map(|word| Term::from_field_text(field, word)).collect();
        let mut sum = 0;
        for term in &terms {
            sum += self.frequency(term)?;
        }
        if sum > COUNTED {
            return Ok(sum);
        }
        terms.retain(|term| self.frequencies.borrow().get(term).is_some_and(|n| *n > 0));
        if terms.len() < 2 {
            return Ok(sum);
        }
        let mut all = 0;
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut passages: Vec<DocId> = Vec::new();
            for term in &terms {
                let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    passages.push(postings.doc());
                    postings.advance();
                }
            }
            passages.retain(|passage| !segment.is_deleted(*passage));
            // Each word's are in order already, which a stable sort makes use of.
            passages.sort();
            passages.dedup();
            all += passages.len() as u64;
        }
        Ok(all)
    }

    /// Inverse document frequency as Lucene and tantivy have it: `ln(1 + (N - n + 0.5) / (n + 0.5))`.
    pub fn idf(&self, term: &Term) -> tantivy::Result<f64> {
        Ok(self.idf_of(self.frequency(term)?))
    }

    /// The same for a known number of passages.
    pub fn idf_of(&self, frequency: u64) -> f64 {
        let (all, found) = (self.passages as f64, (frequency as f64).min(self.passages as f64));
        (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
    }

    /// What tantivy multiplies the saturated frequency of a term with.
    pub(super) fn idf_of_term(&self, term: &Term) -> tantivy::Result<f64> {
        let (all, found) = (self.total_num_docs()? as f64, self.frequency(term)? as f64);
        Ok((1.0 + (all - found + 0.5) / (found + 0.5)).ln())
    }

    /// Returns true if and only if some passage stands under a heading. Where none does the field is not looked at: tantivy
    /// takes half a millisecond to make the vocabulary of a field that has no term.
    pub fn has_headings(&self) -> bool {
        self.lengths.heading > 0
    }

    /// Mean number of terms of a text field in live passages.
    pub fn mean_length(&self, field: Field) -> f64 {
        (self.terms(field) as f64 / self.passages as f64).max(1.0)
    }

    /// Number of terms of a text field in live passages.
    fn terms(&self, field: Field) -> u64 {
        match field {
            f if f == self.fields.heading => self.lengths.heading,
            f if f == self.fields.aside => self.lengths.aside,
            _ => self.lengths.words,
        }
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.terms(field).max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        // tantivy asserts that no term is more frequent than this, in any field.
        Ok(self.searcher.num_docs().max(self.passages))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.frequency(term)
    }
}
