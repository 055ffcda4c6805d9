//! Scoring: what a candidate is worth for the query, part by part, in `f64` and in a fixed order, so that equal indexes
//! give equal bytes.
//!
//! Measured over five test collections, in a prototype (mean nDCG@10 and what each part adds): BM25 over stems .4734; with exact
//! forms .4767; with headings .4800; with the best stretch .4857; with pairs .4879; with coverage .4884.

use super::candidates::HEADING_WEIGHT;
use super::occurrences::{Occurrence, Occurrences};
use super::plan::Plan;

/// BM25's saturation. Robertson and Zaragoza (2009) give 1.2 to 2; on five collections 1.2 gives .4708, 1.5 .4734.
const K1: f64 = 1.5;
/// BM25's length normalisation, over all words. Robertson and Zaragoza (2009) give 0.5 to 0.8; 0.5 gives .4832, 0.6 .4834,
/// 0.7 .4855, 0.8 .4836.
const B: f64 = 0.7;
/// What the very form typed counts beside the stem: 0 gives .4734, 0.1 .4753, 0.2 .4767, 0.4 .4770.
const EXACT_WEIGHT: f64 = 0.2;
/// Words of text that the best stretch spans: 16 gives .4848, 32 .4824, 64 .4806 (at weight 0.4).
const STRETCH: u32 = 16;
/// What the rarities met within the best stretch count: 0.3 gives .4857, 0.5 .4857, 0.8 .4860.
const STRETCH_WEIGHT: f64 = 0.5;
/// Words within which two words that follow each other in the query make a pair, in either order.
const PAIR_SPAN: u32 = 8;
/// What a pair counts, times the lesser rarity of the two: 0 gives .4857, 0.2 .4879.
const PAIR_WEIGHT: f64 = 0.2;
/// Queries of this many words want all of them; longer ones lose by it.
const COVERED: std::ops::RangeInclusive<usize> = 2..=4;

/// Mean lengths for BM25.
#[derive(Debug, Clone, Copy)]
pub struct Lengths {
    /// Terms of a passage.
    pub body: f64,
    /// Terms of a section path.
    pub heading: f64,
}

/// What a passage is worth, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parts {
    /// BM25 over stems.
    pub stems: f64,
    /// BM25 over exact forms, weighted.
    pub exact: f64,
    /// BM25 over the section path, weighted.
    pub heading: f64,
    /// BM25 over phrases.
    pub phrases: f64,
    /// The best stretch, weighted.
    pub stretch: f64,
    /// Pairs, weighted.
    pub pairs: f64,
    /// Factor for the share of the query that was met.
    pub coverage: f64,
}

impl Parts {
    /// The score.
    pub fn total(&self) -> f64 {
        (self.stems + self.exact + self.heading + self.phrases + self.stretch + self.pairs) * self.coverage
    }

    /// The parts by name, for people.
    pub fn named(&self) -> [(&'static str, f64); 7] {
        [
            ("stems", self.stems),
            ("exact", self.exact),
            ("heading", self.heading),
            ("phrases", self.phrases),
            ("stretch", self.stretch),
            ("pairs", self.pairs),
            ("coverage", self.coverage),
        ]
    }
}

/// Scores a passage by where the query's words stand in its text and in its section path.
pub fn score(plan: &Plan, found: &Occurrences, lengths: Lengths) -> Parts {
    let tf = term_frequencies(plan, &found.words, |o| o.weight);
    let exact = term_frequencies(plan, &found.words, |o| if o.exact { 1.0 } else { 0.0 });
    let mut parts = Parts { coverage: 1.0, ..Parts::default() };
    for (i, slot) in plan.slots.iter().enumerate() {
        let weight = slot.idf * f64::from(slot.count);
        parts.stems += weight * saturate(tf[i], found.length, lengths.body);
        parts.exact += EXACT_WEIGHT * weight * saturate(exact[i], found.length, lengths.body);
        let headed = saturate(found.headings[i], found.heading_length, lengths.heading);
        parts.heading += HEADING_WEIGHT * weight * headed;
    }
    for (phrase, count) in plan.phrases.iter().zip(&found.phrases) {
        parts.phrases += phrase.idf * saturate(f64::from(*count), found.length, lengths.body);
    }
    parts.stretch = STRETCH_WEIGHT * best_stretch(plan, &found.words);
    parts.pairs = PAIR_WEIGHT * pairs(plan, &found.words);
    parts.coverage = coverage(plan, &tf, &found.headings);
    parts
}

fn term_frequencies(
    plan: &Plan,
    occurrences: &[Occurrence],
    weight: impl Fn(&Occurrence) -> f64,
) -> Vec<f64> {
    let mut frequencies = vec![0.0; plan.slots.len()];
    for occurrence in occurrences {
        frequencies[occurrence.slot] += weight(occurrence);
    }
    frequencies
}

fn saturate(frequency: f64, length: u32, mean: f64) -> f64 {
    frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * f64::from(length) / mean))
}

/// The largest sum of rarities of different words of the query within one stretch of text.
fn best_stretch(plan: &Plan, words: &[Occurrence]) -> f64 {
    let mut inside = vec![0u32; plan.slots.len()];
    let (mut best, mut from) = (0.0, 0);
    for word in words {
        inside[word.slot] += 1;
        while word.position - words[from].position >= STRETCH {
            inside[words[from].slot] -= 1;
            from += 1;
        }
        // Summed anew in the order of the query: a running sum would depend on the order of the text.
        let sum = plan.slots.iter().zip(&inside).filter(|(_, n)| **n > 0).map(|(s, _)| s.idf).sum();
        if sum > best {
            best = sum;
        }
    }
    best
}

/// Words that follow each other in the query and stand near each other in the text.
fn pairs(plan: &Plan, words: &[Occurrence]) -> f64 {
    let slots: Vec<usize> = (0..plan.slots.len()).filter(|i| plan.slots[*i].count > 0).collect();
    let mut sum = 0.0;
    for pair in slots.windows(2) {
        let (mut last_a, mut last_b) = (None::<u32>, None::<u32>);
        let near = words.iter().any(|word| {
            if word.slot == pair[0] {
                last_a = Some(word.position);
            } else if word.slot == pair[1] {
                last_b = Some(word.position);
            } else {
                return false;
            }
            last_a.zip(last_b).is_some_and(|(a, b)| a.abs_diff(b) <= PAIR_SPAN)
        });
        if near {
            sum += plan.slots[pair[0]].idf.min(plan.slots[pair[1]].idf);
        }
    }
    sum
}

/// Square root of the share of the query's rarity that passage or section path have, for short queries. A near
/// spelling counts as the word.
fn coverage(plan: &Plan, tf: &[f64], headed: &[f64]) -> f64 {
    let counting: Vec<usize> = (0..plan.slots.len()).filter(|i| plan.slots[*i].count > 0).collect();
    if !COVERED.contains(&counting.len()) {
        return 1.0;
    }
    let all: f64 = counting.iter().map(|i| plan.slots[*i].idf).sum();
    let met: f64 = counting.iter().filter(|i| tf[**i] + headed[**i] > 0.0).map(|i| plan.slots[*i].idf).sum();
    if all > 0.0 { (met / all).sqrt() } else { 1.0 }
}
