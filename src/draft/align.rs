//! Aligning a quotation with the likest place of a source.

use super::fold::{Piece, bare, fold, pieces};
use super::source_text::SourceText;
use super::words::without_joints;
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest quotation, in words, that is aligned as a whole.
const LONGEST: usize = 800;
/// Words of the source that an ellipsis may stand for in an alignment.
const ELIDED: usize = 250;
/// Words of the source that the writer's brackets may stand for.
const INSERTED: usize = 10;
/// Words of the source before and behind the guessed place that an alignment looks at.
const MARGIN: usize = 12;

/// An approximate place of a quotation.
#[derive(Debug, Clone)]
pub struct Near {
    /// Share of the quotation's words that stand there.
    pub similarity: f64,
    /// Byte in the source text where it starts.
    pub at: usize,
    /// Runs that differ: words of the source, words of the quotation.
    pub differences: Vec<(String, String)>,
}

impl SourceText {
    /// The place that is likest to the quotation, if at least three of its words stand together anywhere.
    pub fn nearest(&self, quote: &str) -> Option<Near> {
        let folded = fold(&without_joints(quote));
        let mut words: Vec<&str> = Vec::new();
        let mut gaps = vec![0usize];
        let parts = pieces(&folded);
        for part in &parts {
            match part {
                Piece::Text(text) => {
                    for word in
                        text.split(' ').filter(|w| !w.is_empty()).take(LONGEST.saturating_sub(words.len()))
                    {
                        words.push(word);
                        gaps.push(0);
                    }
                }
                Piece::Gap(gap) => {
                    if let Some(last) = gaps.last_mut() {
                        *last = if gap.ellipsis { ELIDED } else { INSERTED };
                    }
                }
                Piece::Letter(_) => {}
            }
        }
        let mut votes: BTreeMap<i64, f64> = BTreeMap::new();
        for (i, word) in words.iter().enumerate() {
            let Some(places) = self.words().places.get(&bare(word)) else { continue };
            let weight = 1.0 / (places.len() as f64).sqrt();
            for place in places {
                let bucket = (*place as i64 - i as i64).div_euclid(8);
                *votes.entry(bucket).or_default() += weight;
                *votes.entry(bucket + 1).or_default() += weight;
            }
        }
        let mut ranked: Vec<(i64, f64)> = votes.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let slack: usize = gaps.iter().sum::<usize>() + MARGIN;
        let near = ranked.iter().take(3).filter_map(|(bucket, _)| {
            let start = usize::try_from((bucket * 8 - 8 - slack as i64).max(0)).unwrap_or(0);
            let end = (start + words.len() + 2 * slack + 24).min(self.words().ranges.len());
            self.align(&words, &gaps, start.min(end)..end)
        });
        near.fold(None, |best: Option<Near>, n| match best {
            Some(b) if b.similarity >= n.similarity => Some(b),
            _ => Some(n),
        })
    }

    /// Aligns words with a stretch of the source: edit distance over words, free at both ends of the stretch and
    /// at the gaps (Sellers 1980).
    fn align(&self, words: &[&str], gaps: &[usize], stretch: Range<usize>) -> Option<Near> {
        let (n, m) = (words.len(), stretch.len());
        let keys: Vec<String> = words.iter().map(|w| bare(w)).collect();
        let source: Vec<String> = stretch.clone().map(|i| bare(self.word(i))).collect();
        let width = m + 1;
        let mut cost = vec![0u32; (n + 1) * width];
        let get = |cost: &[u32], i: usize, j: usize| cost.get(i * width + j).copied().unwrap_or(u32::MAX / 2);
        let step = |i: usize, j: usize| -> u32 {
            match (keys.get(i), source.get(j)) {
                (Some(a), Some(b)) if a == b => {
                    u32::from(words.get(i) != Some(&self.word(stretch.start + j)))
                }
                _ => 3,
            }
        };
        let skip = |i: usize| if gaps.get(i).is_some_and(|g| *g > 0) { 0 } else { 4 };
        for i in 1..=n {
            for j in 0..=m {
                let mut best = get(&cost, i - 1, j) + 4;
                if j > 0 {
                    best = best.min(get(&cost, i - 1, j - 1) + step(i - 1, j - 1));
                    best = best.min(get(&cost, i, j - 1) + skip(i));
                }
                if let Some(cell) = cost.get_mut(i * width + j) {
                    *cell = best;
                }
            }
        }
        let mut j = (0..=m).min_by_key(|j| get(&cost, n, *j))?;
        let mut i = n;
        // From the end back: pairs of (word of the source, word of the quotation).
        let mut pairs: Vec<(Option<usize>, Option<usize>)> = Vec::new();
        while i > 0 {
            let here = get(&cost, i, j);
            if j > 0 && here == get(&cost, i - 1, j - 1) + step(i - 1, j - 1) {
                pairs.push((Some(j - 1), Some(i - 1)));
                (i, j) = (i - 1, j - 1);
            } else if j > 0 && here == get(&cost, i, j - 1) + skip(i) {
                if skip(i) > 0 {
                    pairs.push((Some(j - 1), None));
                }
                j -= 1;
            } else {
                pairs.push((None, Some(i - 1)));
                i -= 1;
            }
        }
        pairs.reverse();
        let mut differences: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
        let mut same = 0;
        let mut open = false;
        for (there, here) in pairs {
            let old = there.map(|j| self.word(stretch.start + j));
            let new = here.and_then(|i| words.get(i).copied());
            if let (Some(a), Some(b)) = (old, new)
                && bare(a) == bare(b)
            {
                same += 1;
            }
            // Where a quotation begins and ends, the sentence may go on.
            let at_end = here == Some(0) || here == Some(n - 1);
            let bared = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            if old == new || at_end && old.map(bared) == new.map(bared) {
                open = false;
                continue;
            }
            if !open {
                differences.push((Vec::new(), Vec::new()));
                open = true;
            }
            if let Some((a, b)) = differences.last_mut() {
                a.extend(old);
                b.extend(new);
            }
        }
        let at = self.words().ranges.get(stretch.start + j).map_or(0, |r| r.start);
        let differences = differences.into_iter().map(|(a, b)| (a.join(" "), b.join(" "))).collect();
        (same >= 3).then(|| Near { similarity: f64::from(same) / n.max(1) as f64, at, differences })
    }
}
