//! The best passages of a segment by BM25, the same whatever segments there are: which passages stand in which
//! depends on the order in which threads came to them and on all that the index went through.

use crate::index::{DocumentOrder, Index, Place};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

/// A passage with what it is ranked by: its score, and of equal scores the place of its document among all by their paths,
/// then its own place in the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    score: Score,
    place: Place,
    /// The number of its document.
    pub document: u64,
    /// Where it is in the index.
    pub address: DocAddress,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    /// The better first.
    fn cmp(&self, other: &Ranked) -> Ordering {
        let by_place = || self.by_place(other);
        other.score.total_cmp(&self.score).then_with(by_place)
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ranked {
    /// The order of passages that are worth the same. A document is whole in one segment, in its order.
    pub fn by_place(&self, other: &Ranked) -> Ordering {
        (self.place, self.address.doc_id).cmp(&(other.place, other.address.doc_id))
    }
}

/// A score without its last ten bits of 23: sums of the same numbers in another order differ in the last two or three.
fn rounded(score: Score) -> Score {
    Score::from_bits((score.to_bits() + (1 << 9)) >> 10 << 10)
}

/// A score below all that [`rounded`] makes `score` of, and below what a block of postings may be worth more than tantivy
/// thinks: it measures its best passage by the mean length in the segment at the time.
fn below(score: Score) -> Score {
    score * 0.995
}

/// What a passage has to be worth to be among the best, as far as the segments looked at tell: all threads raise it.
#[derive(Debug, Default)]
pub struct Threshold(AtomicU32);

impl Threshold {
    /// Scores that are no greater are not among the best. The bits of positive numbers are in the order of the numbers.
    fn get(&self) -> Score {
        match self.0.load(Relaxed) {
            0 => Score::MIN,
            bits => Score::from_bits(bits),
        }
    }

    /// Raises it to just below a score that enough passages have.
    fn raise(&self, score: Score) {
        if score > 0.0 {
            self.0.fetch_max(below(score).to_bits(), Relaxed);
        }
    }
}

/// The `most` best live passages of a segment, in no order; those that others leave behind may be missing.
pub fn best_of_segment(
    index: &Index,
    order: &DocumentOrder,
    weight: &dyn Weight,
    (ord, segment): (u32, &SegmentReader),
    (most, threshold): (usize, &Threshold),
) -> tantivy::Result<Vec<Ranked>> {
    let mut found: BinaryHeap<Ranked> = BinaryHeap::with_capacity(most.min(1000) + 1);
    let mut failed = None;
    let mut last = (u64::MAX, Place::default());
    let mut ranked = |doc: DocId, score: Score| -> tantivy::Result<Ranked> {
        let document = index.documents_of(ord)?.first(doc).unwrap_or(u64::MAX);
        if document != last.0 {
            last = (document, order.place(document));
        }
        Ok(Ranked { score, place: last.1, document, address: DocAddress::new(ord, doc) })
    };
    let alive = segment.alive_bitset();
    weight.for_each_pruning(threshold.get(), segment, &mut |doc, score| {
        let score = rounded(score);
        let full = found.len() >= most;
        let worst = found.peek().map_or(Score::MIN, |worst| worst.score);
        let is_alive = alive.is_none_or(|alive| alive.is_alive(doc));
        if is_alive && (!full || score >= worst) && failed.is_none() {
            match ranked(doc, score) {
                Ok(passage) if !full => found.push(passage),
                Ok(passage) => {
                    if let Some(mut worst) = found.peek_mut().filter(|worst| passage < **worst) {
                        *worst = passage;
                    }
                }
                Err(error) => failed = Some(error),
            }
        }
        if let Some(worst) = found.peek().filter(|_| found.len() >= most) {
            threshold.raise(worst.score);
        }
        threshold.get()
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(found.into_vec()),
    }
}
