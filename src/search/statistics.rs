//! Statistics for BM25 over live passages only, so that scores do not depend on how often an index was updated.

use crate::index::{Error, Index};
use std::cell::RefCell;
use std::collections::HashMap;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// Document frequencies and lengths of an index.
pub struct Statistics<'a> {
    searcher: &'a Searcher,
    length: Field,
    /// Number of live citable passages, at least 1.
    passages: u64,
    frequencies: RefCell<HashMap<Term, u64>>,
    tokens: RefCell<HashMap<u32, u64>>,
}

impl<'a> Statistics<'a> {
    /// The statistics of an index.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn of(index: &'a Index) -> Result<Statistics<'a>, Error> {
        Ok(Statistics {
            searcher: index.searcher(),
            length: index.fields().length,
            passages: index.passage_count()?.max(1),
            frequencies: RefCell::default(),
            tokens: RefCell::default(),
        })
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

    /// Inverse document frequency as Lucene and tantivy have it: `ln(1 + (N - n + 0.5) / (n + 0.5))`.
    pub fn idf(&self, term: &Term) -> tantivy::Result<f64> {
        Ok(self.idf_of(self.frequency(term)?))
    }

    /// The same for a known number of passages.
    pub fn idf_of(&self, frequency: u64) -> f64 {
        let (all, found) = (self.passages as f64, (frequency as f64).min(self.passages as f64));
        (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
    }

    /// Mean number of tokens of a field in live passages. For the body the deleted ones are taken off by their exact
    /// lengths; for headings they are not, which moves the mean by little and only until their segment is merged.
    pub fn mean_length(&self, field: Field, is_body: bool) -> tantivy::Result<f64> {
        let mut tokens = self.all_tokens(field)?;
        if is_body {
            for segment in self.searcher.segment_readers().iter().filter(|s| s.has_deletes()) {
                let lengths = segment.fast_fields().u64(self.name_of_length())?;
                let deleted = (0..segment.max_doc()).filter(|doc| segment.is_deleted(*doc));
                tokens = tokens.saturating_sub(deleted.filter_map(|doc| lengths.first(doc)).sum());
            }
        }
        Ok((tokens as f64 / self.passages as f64).max(1.0))
    }

    fn all_tokens(&self, field: Field) -> tantivy::Result<u64> {
        if let Some(known) = self.tokens.borrow().get(&field.field_id()) {
            return Ok(*known);
        }
        let mut tokens = 0;
        for segment in self.searcher.segment_readers() {
            tokens += segment.inverted_index(field)?.total_num_tokens();
        }
        self.tokens.borrow_mut().insert(field.field_id(), tokens);
        Ok(tokens)
    }

    fn name_of_length(&self) -> &str {
        self.searcher.schema().get_field_name(self.length)
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.all_tokens(field)?.max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        // tantivy asserts that no term is more frequent than this, in any field.
        Ok(self.searcher.num_docs().max(self.passages))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.frequency(term)
    }
}
