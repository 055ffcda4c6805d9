//! Near-identical passages: the same text in another source is one hit, not two.

use crate::index::analysis::tokens;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Words in a row that are compared as one (Broder 1997 calls them shingles).
const SHINGLE: usize = 4;
/// Share of shingles in common from which two passages are the same text. Texts of 30 words that differ in one word
/// share 0.74.
pub const SAME: f64 = 0.7;

/// A passage's shingles: their hashes, ascending.
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Of a text.
    pub fn of(text: &str) -> Shingles {
        let hash = |parts: &mut dyn Iterator<Item = u64>| {
            let mut hasher = FxHasher::default();
            parts.for_each(|part| hasher.write_u64(part));
            hasher.finish()
        };
        let word = |word: &str| {
            let mut hasher = FxHasher::default();
            hasher.write(word.as_bytes());
            hasher.finish()
        };
        let words: Vec<u64> = tokens(text).map(|token| word(&token.folded)).collect();
        let windows = words.windows(SHINGLE.min(words.len().max(1)));
        let mut shingles: Vec<u64> = windows.map(|window| hash(&mut window.iter().copied())).collect();
        shingles.sort_unstable();
        shingles.dedup();
        Shingles(shingles)
    }

    /// Share of shingles in common, of all that either has (Jaccard).
    pub fn similarity(&self, other: &Shingles) -> f64 {
        let (mut a, mut b, mut common) = (&self.0[..], &other.0[..], 0);
        while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
            common += usize::from(x == y);
            (a, b) = (if x <= y { rest_a } else { a }, if y <= x { rest_b } else { b });
        }
        let all = self.0.len() + other.0.len() - common;
        if all == 0 { 0.0 } else { common as f64 / all as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sentence_is_alike_and_another_is_not() {
        let a = Shingles::of(
            "Regional integration helps countries to overcome gaps, division, and challenges in trade.",
        );
        let b = Shingles::of(
            "Regional integration helps countries to overcome gaps, divisions and challenges in trade.",
        );
        let c = Shingles::of("The two sides agreed to open a road through the corridor next year.");
        assert!(a.similarity(&b) > 0.3 && a.similarity(&a) == 1.0);
        assert_eq!(a.similarity(&c), 0.0);
    }
}
