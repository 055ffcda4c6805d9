//! Documents by facts of their sources, without reading their records: the year of issue and the words of the title.

use super::{Error, Index};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

impl Index {
    /// The numbers of the documents whose source was issued in these years.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn documents_issued(&self, years: &RangeInclusive<i32>) -> Result<Vec<u64>, Error> {
        // By the vocabulary, whose terms are in the order of the numbers. A column's search by range (tantivy 0.27) finds 2001
        // for 1999 where all years of a segment are even steps apart.
        let term = |year: &i32| Term::from_field_i64(self.fields.year, i64::from(*year));
        let (from, to) = (term(years.start()), term(years.end()));
        self.documents_with(|segment| {
            let inverted = segment.inverted_index(self.fields.year)?;
            let range = inverted.terms().range();
            let mut terms =
                range.ge(from.serialized_value_bytes()).le(to.serialized_value_bytes()).into_stream()?;
            let mut found = Vec::new();
            while terms.advance() {
                let records =
                    inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                push_all(records, &mut found);
            }
            Ok(found)
        })
    }

    /// The numbers of the documents whose source's title has all of some words, each given by the forms in which it may
    /// be spelt, as they are indexed; none when there are no words.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn documents_titled(&self, words: &[BTreeSet<String>]) -> Result<Vec<u64>, Error> {
        self.documents_with(|segment| {
            let inverted = segment.inverted_index(self.fields.title)?;
            let mut found: Option<BTreeSet<DocId>> = None;
            for forms in words {
                let mut with_word = Vec::new();
                for form in forms {
                    let term = Term::from_field_text(self.fields.title, form);
                    if let Some(records) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
                        push_all(records, &mut with_word);
                    }
                }
                let with_word: BTreeSet<DocId> = with_word.into_iter().collect();
                found = Some(match found {
                    Some(found) => found.intersection(&with_word).copied().collect(),
                    None => with_word,
                });
            }
            Ok(found.into_iter().flatten().collect())
        })
    }

    /// The numbers of the documents of the live source records that `records` finds in each segment, ascending.
    fn documents_with(
        &self,
        records: impl Fn(&SegmentReader) -> tantivy::Result<Vec<DocId>>,
    ) -> Result<Vec<u64>, Error> {
        super::guard(&self.dir, || {
            let mut documents = Vec::new();
            for segment in self.searcher.segment_readers() {
                let found = records(segment).map_err(|e| self.damaged(e.to_string()))?;
                if found.is_empty() {
                    continue;
                }
                let name = segment.schema().get_field_name(self.fields.source);
                let numbers: Column<u64> =
                    segment.fast_fields().u64(name).map_err(|e| self.damaged(e.to_string()))?;
                let live = found.into_iter().filter(|doc| !segment.is_deleted(*doc));
                documents.extend(live.filter_map(|doc| numbers.first(doc)));
            }
            documents.sort_unstable();
            Ok(documents)
        })
    }
}

fn push_all(mut records: impl DocSet, found: &mut Vec<DocId>) {
    while records.doc() != TERMINATED {
        found.push(records.doc());
        records.advance();
    }
}
