//! Whether a hyphen at a line end is the author's or the typesetter's, decided by the document's own
//! vocabulary.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What becomes of a word cut in two at a line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// The halves are one word: `eco-` / `nomic`.
    Join,
    /// The hyphen is the author's: `Pak-` / `Afghan`.
    KeepHyphen,
}

/// The two halves of a word cut at a line end, as they stand around the hyphen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut<'t> {
    /// The last word before the hyphen, with earlier hyphens in it: `business-to`.
    pub before: &'t str,
    /// The first word behind the line end.
    pub after: &'t str,
}

/// The word cut between `before`, which ends with a hyphen, and `after`; `None` when no word is cut.
pub fn cut_between<'t>(before: &'t str, after: &'t str) -> Option<Cut<'t>> {
    let before = before.trim_end().strip_suffix(super::line_end::HYPHENS)?;
    let is_part = |c: char| c.is_alphabetic() || c == '-' || c == '\'' || c == '’';
    let from = before.char_indices().rev().take_while(|(_, c)| is_part(*c)).last()?.0;
    let after = after.trim_start();
    let until = after.char_indices().find(|(_, c)| !c.is_alphabetic()).map_or(after.len(), |(at, _)| at);
    let cut = Cut { before: &before[from..], after: after.get(..until)? };
    let whole = cut.before.chars().next_back().is_some_and(char::is_alphabetic)
        && !cut.after.is_empty()
        && !begins_with_conjunction(after);
    whole.then_some(cut)
}

/// Returns true if and only if a hyphen before `text` is one that the author left open: `short-` / `and long-term`.
pub fn begins_with_conjunction(text: &str) -> bool {
    CONJUNCTIONS.contains(&text.trim_start().split(char::is_whitespace).next().unwrap_or(""))
}

/// First halves that are written with a hyphen before a whole word.
const HYPHENATED: &[&str] = &["self", "well", "half", "cross", "quasi", "non", "socio"];

/// Tens, which are written with a hyphen before units.
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Words before which a first half may be left open.
const CONJUNCTIONS: &[&str] = &["and", "or", "und", "oder", "et", "ou"];

/// Bits of the sieve: 32 KiB, which stays in a processor's first cache.
const SIEVE: usize = 1 << 18;

/// What of a document's vocabulary bears on its cut words.
///
/// Only words that could decide a cut are looked for, so that a document costs one pass over its bytes
/// and a table as long as its cuts.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Hash of a word in small letters, with its hyphens -> how often it stands inside a line.
    counts: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    /// A bit for the first and last bytes and the length of each word above, to pass over others quickly.
    sieve: Vec<u64>,
}

/// Takes a hash as it is.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = word_hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Vocabulary {
    /// Counts in `lines` the words that decide `cuts`.
    pub fn of<'t>(cuts: &[Cut<'t>], lines: impl Iterator<Item = &'t str>) -> Vocabulary {
        let mut vocabulary = Vocabulary { counts: HashMap::default(), sieve: Vec::new() };
        if cuts.is_empty() {
            return vocabulary;
        }
        vocabulary.sieve = vec![0; SIEVE / 64];
        let mut word = String::new();
        for cut in cuts {
            for (before, sign, after) in [
                (last_part(cut.before), "", cut.after),
                (cut.before, "-", cut.after),
                (cut.before, "-", ""),
                ("", "", cut.after),
            ] {
                word.clear();
                word.extend([before, sign, after]);
                vocabulary.watch(word.as_bytes());
            }
        }
        lines.for_each(|line| vocabulary.count(line));
        vocabulary
    }

    fn watch(&mut self, word: &[u8]) {
        let bit = sieve_bit(word);
        self.sieve[bit >> 6] |= 1 << (bit & 63);
        self.counts.insert(word_hash(word), 0);
    }

    fn count(&mut self, line: &str) {
        let bytes = line.as_bytes();
        let mut start = 0;
        let mut hyphen = 0;
        for (at, &b) in bytes.iter().enumerate() {
            if b == b'-' && hyphen <= start {
                hyphen = at;
            }
            if !IS_PART[b as usize] {
                self.note(bytes, start, at, hyphen);
                start = at + 1;
            }
        }
        // The cut word at the end of the line proves nothing.
        if !line.ends_with('-') {
            self.note(bytes, start, bytes.len(), hyphen);
        }
    }

    fn note(&mut self, line: &[u8], start: usize, end: usize, hyphen: usize) {
        if end > start + 1 {
            self.add_if_watched(&line[start..end]);
            if hyphen > start && hyphen + 1 < end {
                self.add_if_watched(&line[start..hyphen + 1]);
            }
        }
    }

    fn add_if_watched(&mut self, word: &[u8]) {
        let bit = sieve_bit(word);
        if self.sieve[bit >> 6] & (1 << (bit & 63)) != 0
            && let Some(count) = self.counts.get_mut(&word_hash(word))
        {
            *count += 1;
        }
    }

    fn of_word(&self, word: String) -> u32 {
        self.counts.get(&word_hash(word.as_bytes())).copied().unwrap_or(0)
    }

    /// What becomes of a cut word.
    pub fn mend(&self, cut: Cut<'_>) -> Mend {
        let last = last_part(cut.before);
        let joined = self.of_word(format!("{last}{}", cut.after));
        let hyphenated = self.of_word(format!("{}-{}", cut.before, cut.after));
        if joined != hyphenated {
            return if joined > hyphenated { Mend::Join } else { Mend::KeepHyphen };
        }
        let as_prefix = self.of_word(format!("{}-", cut.before)) > 0;
        let capital = cut.after.chars().next().is_some_and(char::is_uppercase);
        // `business-to-` / `business`: what has a hyphen already is likely to get another; the typesetter
        // cuts at one he finds.
        let compound = cut.before.contains('-') && last.len() <= 3;
        let prefix = HYPHENATED.iter().any(|known| known.eq_ignore_ascii_case(cut.before))
            && self.of_word(cut.after.to_owned()) > 0;
        let number = TENS.iter().any(|tens| tens.eq_ignore_ascii_case(cut.before));
        // `EPA-` / `recognized`: nobody writes the one half of a word in capitals.
        let letters = cut.before.chars().filter(|c| c.is_alphabetic());
        let acronym = letters.clone().next().is_some() && !letters.into_iter().any(char::is_lowercase);
        if acronym || as_prefix || capital || compound || prefix || number {
            Mend::KeepHyphen
        } else {
            Mend::Join
        }
    }
}

fn last_part(word: &str) -> &str {
    word.rsplit('-').next().unwrap_or(word)
}

/// Bytes that words are made of, hyphens and letters outside ASCII among them.
const IS_PART: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0usize;
    while b < 256 {
        table[b] = b >= 0x80 || b == b'-' as usize || (b as u8).is_ascii_alphabetic();
        b += 1;
    }
    table
};

/// A hash of `word` that capitals do not change. Two words of one hash would at worst leave a hyphen in a
/// word or take one out.
fn word_hash(word: &[u8]) -> u64 {
    let mut hash = word.len() as u64;
    for chunk in word.chunks(8) {
        let bytes = chunk.iter().fold(0u64, |bytes, b| bytes << 8 | u64::from(b | 32));
        hash = (hash.rotate_left(5) ^ bytes).wrapping_mul(0x517C_C1B7_2722_0A95);
    }
    hash
}

/// Where in the sieve a word of two bytes or more stands. Setting bit 5 lower-cases ASCII roughly, which
/// is all a sieve needs.
fn sieve_bit(word: &[u8]) -> usize {
    let byte = |at: usize| usize::from(word.get(at).copied().unwrap_or(0) | 32);
    let len = word.len();
    let mixed = byte(0) | byte(1) << 8 | byte(len.wrapping_sub(1)) << 16 | byte(len.wrapping_sub(2)) << 24;
    let mixed = (mixed as u64 | (len as u64) << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 46) as usize % SIEVE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mend(before: &str, after: &str, document: &str) -> Mend {
        let cut = cut_between(before, after).expect("a cut word");
        Vocabulary::of(&[cut], document.lines()).mend(cut)
    }

    #[test]
    fn the_document_decides_where_it_can() {
        let document = "Economic ties and the socio-economic order of the Pak-Belarus forum.";
        assert_eq!(mend("the eco-", "nomic order", document), Mend::Join);
        assert_eq!(mend("the socio-", "economic order", document), Mend::KeepHyphen);
        assert_eq!(mend("the Pak-", "uzbek ties", document), Mend::KeepHyphen);
    }

    #[test]
    fn without_evidence_words_are_joined_and_names_are_not() {
        assert_eq!(mend("non-", "sense", ""), Mend::Join);
        assert_eq!(mend("non-", "member", "a member"), Mend::KeepHyphen);
        assert_eq!(mend("terri-", "torial", ""), Mend::Join);
        assert_eq!(mend("Pak-Afghan terri-", "torial", ""), Mend::Join);
        assert_eq!(mend("the Indo-", "Soviet treaty", ""), Mend::KeepHyphen);
        assert_eq!(mend("an EPA-", "recognized test", ""), Mend::KeepHyphen);
        assert_eq!(mend("twenty-", "five years", ""), Mend::KeepHyphen);
        assert!(cut_between("short-", "and long-term").is_none());
        assert_eq!(mend("business-to-", "business", ""), Mend::KeepHyphen);
        assert!(cut_between("1955-", "57").is_none());
    }
}
