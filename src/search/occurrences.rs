//! Where a plan's words stand in the candidates, read from the postings: scoring needs no text.

use super::plan::{PhraseSlot, Plan};
use crate::index::schema::Fields;
use std::collections::BTreeMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// A word of a passage that counts for a word of the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Occurrence {
    /// Index of the query's word.
    pub slot: usize,
    /// Index of the word in the text, function words included.
    pub position: u32,
    /// 1 for the word or a form of it, less for a near spelling.
    pub weight: f64,
    /// It is the very word typed, not another form.
    pub exact: bool,
}

/// What a passage has of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrences {
    /// Words of the text, in its order; one for each of the query's words at a place.
    pub words: Vec<Occurrence>,
    /// How often each of the query's phrases stands in the text.
    pub phrases: Vec<u32>,
    /// Weighted frequencies of the query's words in the section path.
    pub headings: Vec<f64>,
    /// Number of terms of the text: exact up to 40, then to an eighth, as the index keeps it.
    pub length: u32,
    /// Number of terms of the section path, likewise.
    pub heading_length: u32,
}

/// What a term counts for a word of the query.
struct Use {
    slot: usize,
    weight: f64,
    exact: bool,
}

/// Reads the occurrences of a plan's words.
pub struct OccurrenceReader<'p> {
    plan: &'p Plan,
    field: Field,
    heading: Field,
    /// Terms of the text, and what they count for which slots.
    words: BTreeMap<String, Vec<Use>>,
    /// Terms of section paths: slots and weights.
    headings: BTreeMap<String, Vec<(usize, f64)>>,
}

impl<'p> OccurrenceReader<'p> {
    /// For a plan over `field`.
    pub fn new(plan: &'p Plan, field: Field, fields: &Fields) -> OccurrenceReader<'p> {
        let (mut words, mut headings) = (BTreeMap::<_, Vec<Use>>::new(), BTreeMap::<_, Vec<_>>::new());
        for (i, slot) in plan.slots.iter().enumerate().filter(|(_, slot)| slot.count > 0) {
            for term in slot.terms() {
                if slot.is_in_headings() {
                    headings.entry(term.term.clone()).or_default().push((i, term.weight));
                }
                let used = Use { slot: i, weight: term.weight, exact: term.exact };
                words.entry(term.term).or_default().push(used);
            }
        }
        OccurrenceReader { plan, field, heading: fields.heading, words, headings }
    }

    /// What each of these passages of a segment has, which are in ascending order.
    ///
    /// # Errors
    /// Those of reading the postings.
    pub fn read(&self, segment: &SegmentReader, passages: &[DocId]) -> tantivy::Result<Vec<Occurrences>> {
        let lengths = segment.get_fieldnorms_reader(self.field)?;
        let heading_lengths = segment.get_fieldnorms_reader(self.heading)?;
        let mut found: Vec<Occurrences> =
            passages.iter().map(|passage| self.nothing(*passage, &lengths, &heading_lengths)).collect();
        self.read_words(segment, passages, &mut found)?;
        self.read_phrases(segment, passages, &mut found)?;
        self.read_headings(segment, passages, &mut found)?;
        Ok(found)
    }

    fn nothing(&self, passage: DocId, lengths: &FieldNormReader, headings: &FieldNormReader) -> Occurrences {
        Occurrences {
            words: Vec::new(),
            phrases: vec![0; self.plan.phrases.len()],
            headings: vec![0.0; self.plan.slots.len()],
            length: lengths.fieldnorm(passage),
            heading_length: headings.fieldnorm(passage),
        }
    }

    fn read_words(
        &self,
        segment: &SegmentReader,
        passages: &[DocId],
        found: &mut [Occurrences],
    ) -> tantivy::Result<()> {
        for (term, uses) in &self.words {
            visit_positions(segment, self.field, term, passages, |i, positions| {
                for used in uses {
                    let occurrence = |position: &u32| Occurrence {
                        slot: used.slot,
                        position: *position,
                        weight: used.weight,
                        exact: used.exact,
                    };
                    found[i].words.extend(positions.iter().map(occurrence));
                }
            })?;
        }
        for passage in found {
            passage.words.sort_by_key(|o| (o.position, o.slot));
            // The two spellings of a name stand at one place.
            passage.words.dedup_by(|next, kept| {
                let same = (next.position, next.slot) == (kept.position, kept.slot);
                if same {
                    kept.weight = kept.weight.max(next.weight);
                    kept.exact |= next.exact;
                }
                same
            });
        }
        Ok(())
    }

    fn read_phrases(
        &self,
        segment: &SegmentReader,
        passages: &[DocId],
        found: &mut [Occurrences],
    ) -> tantivy::Result<()> {
        for (p, phrase) in self.plan.phrases.iter().enumerate().filter(|(_, phrase)| phrase.idf > 0.0) {
            let mut places: Vec<Vec<Vec<u32>>> = vec![vec![Vec::new(); phrase.words.len()]; passages.len()];
            for (w, word) in phrase.words.iter().enumerate() {
                visit_positions(segment, self.field, word, passages, |i, positions| {
                    places[i][w] = positions.to_vec();
                })?;
            }
            for (passage, words) in found.iter_mut().zip(&places) {
                passage.phrases[p] = count_phrase(phrase, words);
            }
        }
        Ok(())
    }

    fn read_headings(
        &self,
        segment: &SegmentReader,
        passages: &[DocId],
        found: &mut [Occurrences],
    ) -> tantivy::Result<()> {
        if found.iter().all(|passage| passage.heading_length == 0) {
            return Ok(());
        }
        for (term, slots) in &self.headings {
            let Some(mut postings) = postings(segment, self.heading, term, IndexRecordOption::WithFreqs)?
            else {
                continue;
            };
            visit(&mut postings, passages, |i, postings| {
                for (slot, weight) in slots {
                    found[i].headings[*slot] += weight * f64::from(postings.term_freq());
                }
            });
        }
        Ok(())
    }
}

/// How often a phrase stands where its words do: next to each other in order or, with slop, all of them within that many
/// further words, in any order.
fn count_phrase(phrase: &PhraseSlot, places: &[Vec<u32>]) -> u32 {
    let [first, rest @ ..] = places else { return 0 };
    if phrase.slop == 0 {
        let follows = |start: &&u32| {
            rest.iter().zip(1..).all(|(places, offset)| places.binary_search(&(**start + offset)).is_ok())
        };
        return first.iter().filter(follows).count() as u32;
    }
    let span = phrase.words.len() as u32 + phrase.slop;
    let mut starts: Vec<u32> = places.iter().flatten().copied().collect();
    starts.sort_unstable();
    let (mut count, mut free) = (0, 0);
    for start in starts.into_iter().filter(|start| !places.is_empty() && *start < u32::MAX - span) {
        if start < free {
            continue;
        }
        let within = |places: &Vec<u32>| {
            let from = places.partition_point(|p| *p < start);
            places.get(from).copied().filter(|p| *p < start + span)
        };
        if let Some(end) = places.iter().map(within).try_fold(0, |end, p| Some(end.max(p?))) {
            count += 1;
            free = end + 1;
        }
    }
    count
}

fn postings(
    segment: &SegmentReader,
    field: Field,
    term: &str,
    option: IndexRecordOption,
) -> tantivy::Result<Option<SegmentPostings>> {
    Ok(segment.inverted_index(field)?.read_postings(&Term::from_field_text(field, term), option)?)
}

/// Calls `take` with the index of each passage that has the term and with its places there.
fn visit_positions(
    segment: &SegmentReader,
    field: Field,
    term: &str,
    passages: &[DocId],
    mut take: impl FnMut(usize, &[u32]),
) -> tantivy::Result<()> {
    let option = IndexRecordOption::WithFreqsAndPositions;
    let Some(mut postings) = postings(segment, field, term, option)? else { return Ok(()) };
    let mut positions = Vec::new();
    visit(&mut postings, passages, |i, postings| {
        postings.positions(&mut positions);
        take(i, &positions);
    });
    Ok(())
}

/// Calls `take` with the index of each passage that the postings have, the postings standing there.
fn visit(
    postings: &mut SegmentPostings,
    passages: &[DocId],
    mut take: impl FnMut(usize, &mut SegmentPostings),
) {
    for (i, passage) in passages.iter().enumerate() {
        if postings.doc() < *passage {
            postings.seek(*passage);
        }
        if postings.doc() == TERMINATED {
            return;
        }
        if postings.doc() == *passage {
            take(i, postings);
        }
    }
}
