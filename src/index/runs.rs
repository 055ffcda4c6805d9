//! The passages of a document stand together in one segment, in their order: they are added at once, and merges keep the
//! order. So only the first is indexed, under the number of its document, and the others are found by walking on from
//! it. To index every passage took 300 bytes a document (tantivy packs the first 128 numbers of a list as
//! wide as the first one), 1 % of an index.

use super::FIRST_PASSAGE;
use super::schema::Fields;
use rustc_hash::FxHashSet;
use std::ops::Range;
use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Documents up to which each is looked up by its number.
const FEW: usize = 32;

/// All passages of some documents, and the headings between them.
#[derive(Debug, Clone)]
pub struct PassagesOf {
    documents: Vec<u64>,
    fields: Fields,
}

impl PassagesOf {
    /// Those of the documents with these numbers.
    pub fn new(documents: Vec<u64>, fields: &Fields) -> PassagesOf {
        PassagesOf { documents, fields: *fields }
    }

    /// Where they stand in a segment: in order, apart from each other; deleted ones are among them.
    pub fn runs(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Range<DocId>>> {
        if self.documents.len() > FEW {
            return self.runs_of_many(segment);
        }
        let firsts = segment.inverted_index(self.fields.first)?;
        let mut column: Option<Column<u64>> = None;
        let mut runs = Vec::new();
        for document in &self.documents {
            let term = Term::from_field_u64(self.fields.first, *document);
            let Some(mut postings) = firsts.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let documents = match &column {
                Some(column) => column,
                None => column.insert(documents(segment, &self.fields)?),
            };
            while postings.doc() != TERMINATED {
                let first = postings.doc();
                let end = (first + 1..segment.max_doc()).find(|doc| documents.first(*doc) != Some(*document));
                runs.push(first..end.unwrap_or(segment.max_doc()));
                postings.advance();
            }
        }
        runs.sort_unstable_by_key(|run: &Range<DocId>| run.start);
        Ok(runs)
    }

    /// The same, from the first passages of all documents: their numbers are read one after the other, where each
    /// document that is looked up costs a search of the vocabulary.
    fn runs_of_many(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Range<DocId>>> {
        let first = Term::from_field_text(self.fields.key, FIRST_PASSAGE);
        let firsts =
            segment.inverted_index(self.fields.key)?.read_postings(&first, IndexRecordOption::Basic)?;
        let Some(mut firsts) = firsts else { return Ok(Vec::new()) };
        let numbers = documents(segment, &self.fields)?;
        let wanted: FxHashSet<u64> = self.documents.iter().copied().collect();
        let mut runs = Vec::new();
        while firsts.doc() != TERMINATED {
            let start = firsts.doc();
            let next = firsts.advance().min(segment.max_doc());
            let Some(number) = numbers.first(start).filter(|number| wanted.contains(number)) else {
                continue;
            };
            // What is behind the last passage of a document and before the next document are no passages.
            let is_own = |doc: DocId| numbers.first(doc) == Some(number);
            let end = if is_own(next - 1) { next } else { partition_point(start..next, is_own) };
            runs.push(start..end);
        }
        Ok(runs)
    }
}

/// The first number of a range for which `is_before` does not hold; it holds for all up to it.
fn partition_point(range: Range<DocId>, is_before: impl Fn(DocId) -> bool) -> DocId {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// The numbers of the documents of a segment's passages; opening them costs more than reading one.
pub fn documents(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Column<u64>> {
    segment.fast_fields().u64(segment.schema().get_field_name(fields.document))
}

impl Query for PassagesOf {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for PassagesOf {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(Runs::new(self.runs(segment)?), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let among = self.runs(segment)?.iter().any(|run| run.contains(&doc));
        Ok(Explanation::new("passage of a document", f32::from(u8::from(among))))
    }
}

/// Ranges of documents in tantivy's sense, in order.
struct Runs {
    runs: Vec<Range<DocId>>,
    /// The range that `doc` is in.
    at: usize,
    doc: DocId,
}

impl Runs {
    fn new(runs: Vec<Range<DocId>>) -> Runs {
        let doc = runs.first().map_or(TERMINATED, |run| run.start);
        Runs { runs, at: 0, doc }
    }
}

impl DocSet for Runs {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1).min(TERMINATED))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let left = self.runs.get(self.at..).unwrap_or_default();
        self.at += match left.first() {
            Some(run) if target < run.end => 0,
            _ => left.partition_point(|run| run.end <= target),
        };
        self.doc = self.runs.get(self.at).map_or(TERMINATED, |run| run.start.max(target));
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.runs.iter().map(|run| run.end - run.start).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_walked_and_sought_as_the_numbers_in_them() {
        let runs = vec![2..4, 7..8, 8..11, 300..301];
        let numbers: Vec<DocId> = runs.iter().cloned().flatten().collect();
        let mut walked = Runs::new(runs.clone());
        for number in &numbers {
            assert_eq!(walked.doc(), *number);
            walked.advance();
        }
        assert_eq!((walked.doc(), walked.advance()), (TERMINATED, TERMINATED));
        assert_eq!(Runs::new(runs.clone()).size_hint() as usize, numbers.len());
        for first in 0..302 {
            for second in first..302 {
                let mut sought = Runs::new(runs.clone());
                for target in [first, second] {
                    let next = numbers.iter().copied().find(|n| *n >= target).unwrap_or(TERMINATED);
                    if sought.doc() <= target {
                        assert_eq!(sought.seek(target), next);
                    }
                }
            }
        }
        assert_eq!(Runs::new(Vec::new()).doc(), TERMINATED);
    }
}
