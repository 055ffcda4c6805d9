//! [`KnownWords`]: the terms of the words a thread met before. Text repeats itself, so that with these about one word in
//! fifty is folded and stemmed anew.

use super::{Terms, fold};
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Slots: with 64 bytes each they fit a core's second-level cache, which is what makes them quick. A hash map of the same
/// words took twice the time.
const SLOTS: usize = 1 << 15;
/// Bytes of a word and its terms in a slot: enough for all but the longest words.
const ROOM: usize = 60;

/// The terms of words, each in the one slot that its hash names; a word that needs another's slot takes it.
pub(super) struct KnownWords {
    slots: Vec<Slot>,
}

/// A word as it is spelt, its exact terms and its stems, one after the other.
#[derive(Clone)]
#[repr(align(64))]
struct Slot {
    word: u8,
    exact: u8,
    stems: u8,
    length: u8,
    bytes: [u8; ROOM],
}

impl Default for KnownWords {
    fn default() -> Self {
        let empty = Slot { word: 0, exact: 0, stems: 0, length: 0, bytes: [0; ROOM] };
        KnownWords { slots: vec![empty; SLOTS] }
    }
}

impl KnownWords {
    /// Adds the terms of a word, as it is spelt, to `terms`.
    pub fn look_up(&mut self, word: &str, terms: &mut Terms) {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        // The high bits are the well-mixed ones.
        let slot = &mut self.slots[(hasher.finish() >> 40) as usize % SLOTS];
        if slot.word() != word.as_bytes() {
            let fresh = Terms::of_word(&fold(word));
            if !slot.keep(word, &fresh) {
                terms.add(&fresh);
                return;
            }
        }
        if let Some((exact, stems)) = slot.terms() {
            terms.exact.push_str(exact);
            terms.stems.push_str(stems);
            terms.length += u32::from(slot.length);
        }
    }
}

impl Slot {
    fn word(&self) -> &[u8] {
        &self.bytes[..usize::from(self.word)]
    }

    /// Its exact terms and its stems.
    fn terms(&self) -> Option<(&str, &str)> {
        let rest = &self.bytes[usize::from(self.word)..];
        let (exact, rest) = rest.split_at(usize::from(self.exact));
        Some((str::from_utf8(exact).ok()?, str::from_utf8(&rest[..usize::from(self.stems)]).ok()?))
    }

    /// Takes the word in; false when there is no room for it.
    fn keep(&mut self, word: &str, terms: &Terms) -> bool {
        let parts = [word, &terms.exact, &terms.stems];
        if parts.iter().map(|part| part.len()).sum::<usize>() > ROOM {
            return false;
        }
        let mut at = 0;
        for part in parts {
            self.bytes[at..at + part.len()].copy_from_slice(part.as_bytes());
            at += part.len();
        }
        // None is longer than the room.
        (self.word, self.exact, self.stems) =
            (parts[0].len() as u8, parts[1].len() as u8, parts[2].len() as u8);
        self.length = terms.length as u8;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_same_terms_whether_known_or_not() {
        let mut known = KnownWords::default();
        let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk";
        for word in ["Agreements", "the", "Лукашенко", "人", long, "Agreements", "the", "Лукашенко", long]
        {
            let mut terms = Terms::default();
            known.look_up(word, &mut terms);
            assert_eq!(terms, Terms::of_word(&fold(word)), "{word}");
        }
    }
}
