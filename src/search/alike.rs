//! Near-identical passages: the same text in another source is one hit, not two, also where one of them goes on.

use crate::index::analysis::tokens;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Words in a row that are compared as one (Broder 1997, "On the resemblance and containment of documents", calls them
/// shingles).
const SHINGLE: usize = 3;
/// Similarity from which two passages are the same text: of 30 words two may differ.
pub const SAME: f64 = 0.8;
/// Shingles from which a passage says enough to be found again within a longer one.
const ENOUGH: usize = 8;

/// A passage's shingles: their hashes, ascending.
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Of a text.
    pub fn of(text: &str) -> Shingles {
        let word = |word: &str| {
            let mut hasher = FxHasher::default();
            hasher.write(word.as_bytes());
            hasher.finish()
        };
        let shingle = |words: &[u64]| {
            let mut hasher = FxHasher::default();
            words.iter().for_each(|word| hasher.write_u64(*word));
            hasher.finish()
        };
        let words: Vec<u64> = tokens(text).map(|token| word(&token.folded)).collect();
        let mut shingles: Vec<u64> = words.windows(SHINGLE.min(words.len().max(1))).map(shingle).collect();
        shingles.sort_unstable();
        shingles.dedup();
        Shingles(shingles)
    }

    /// Share of the shorter text's shingles that the longer has too: Broder's containment. Of texts of a few words, the
    /// share of those that either has: his resemblance.
    pub fn similarity(&self, other: &Shingles) -> f64 {
        let (mut a, mut b, mut common) = (&self.0[..], &other.0[..], 0);
        while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
            common += usize::from(x == y);
            (a, b) = (if x <= y { rest_a } else { a }, if y <= x { rest_b } else { b });
        }
        let shorter = self.0.len().min(other.0.len());
        let all = self.0.len() + other.0.len() - common;
        match (shorter, all) {
            (_, 0) => 0.0,
            (..ENOUGH, all) => common as f64 / all as f64,
            (shorter, _) => common as f64 / shorter as f64,
        }
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
        let longer = Shingles::of(
            "It was said before. Regional integration helps countries to overcome gaps, division, and challenges \
             in trade. It can make a decisive contribution to strengthening cohesion among them.",
        );
        assert_eq!((longer.similarity(&a), a.similarity(&longer)), (1.0, 1.0));
        // A few words that another says too are not the same text.
        let few = Shingles::of("Regional integration helps countries.");
        assert!(few.similarity(&longer) < 0.2 && few.similarity(&few) == 1.0);
    }
}
