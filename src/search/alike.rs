//! Near-identical passages: the same text in another source is one hit, not two.

use crate::index::analysis::tokens;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in a row that are compared as one (Broder 1997 calls them shingles).
const SHINGLE: usize = 4;
/// Share of shingles in common from which two passages are the same text. Texts of 30 words that differ in one word
/// share 0.74.
pub const SAME: f64 = 0.7;

/// A passage's shingles.
pub struct Shingles(HashSet<u64>);

impl Shingles {
    /// Of a text.
    pub fn of(text: &str) -> Shingles {
        let words: Vec<_> = tokens(text).map(|t| t.folded).collect();
        let hash = |window: &[std::borrow::Cow<'_, str>]| {
            let mut hasher = DefaultHasher::new();
            window.hash(&mut hasher);
            hasher.finish()
        };
        Shingles(words.windows(SHINGLE.min(words.len().max(1))).map(hash).collect())
    }

    /// Share of shingles in common, of all that either has (Jaccard).
    pub fn similarity(&self, other: &Shingles) -> f64 {
        let common = self.0.intersection(&other.0).count();
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
