//! Where the words of a plan stand in a text.

use super::plan::{PhraseSlot, Plan};
use crate::index::analysis::{Token, is_content_word, stemmed_term, tokens, transliterate};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A word of the text that counts for a word of the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Index of the query's word.
    pub slot: usize,
    /// Index of the word in the text, function words included.
    pub position: usize,
    /// Bytes of the text.
    pub start: usize,
    /// Bytes of the text.
    pub end: usize,
    /// 1 for the word or a form of it, less for a near spelling.
    pub weight: f64,
    /// It is the very word typed, not another form.
    pub exact: bool,
}

/// A phrase of the query found in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhraseMatch {
    /// Index of the query's phrase.
    pub phrase: usize,
    /// Bytes of the text.
    pub start: usize,
    /// Bytes of the text.
    pub end: usize,
}

/// A text with the places where the query's words stand.
#[derive(Debug, Clone, Default)]
pub struct Matched {
    /// Words, in the order of the text.
    pub words: Vec<Match>,
    /// Phrases, in the order of the text.
    pub phrases: Vec<PhraseMatch>,
    /// Number of content words in the text: its length for BM25.
    pub length: usize,
}

/// Looks for the words of a plan; made once a query.
pub struct Matcher<'p> {
    plan: &'p Plan,
    /// Stem or exact word to slots and weights.
    stems: HashMap<&'p str, Vec<usize>>,
    words: HashMap<&'p str, Vec<(usize, f64)>>,
    /// What the words of the texts read so far are to the plan: texts repeat their words, and to stem them is what
    /// reading costs.
    known: RefCell<HashMap<Box<str>, Known, BuildHasherDefault<WordHasher>>>,
}

/// What a word of a text is to a plan.
#[derive(Clone)]
struct Known {
    /// It counts for the text's length.
    content: bool,
    /// Slot, weight, and whether it is the very word typed.
    slots: Box<[(usize, f64, bool)]>,
}

/// FNV-1a (Fowler, Noll and Vo): quick for short words; no one gains by choosing colliding words in his own sources.
struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        WordHasher(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl<'p> Matcher<'p> {
    /// A matcher for a plan.
    pub fn new(plan: &'p Plan) -> Matcher<'p> {
        let mut matcher =
            Matcher { plan, stems: HashMap::new(), words: HashMap::new(), known: RefCell::default() };
        for (i, slot) in plan.slots.iter().enumerate().filter(|(_, s)| s.count > 0) {
            match &slot.stem {
                Some(stem) => matcher.stems.entry(stem).or_default().push(i),
                None if slot.variants.is_empty() => {
                    matcher.words.entry(&slot.word).or_default().push((i, 1.0))
                }
                None => {}
            }
            for (word, weight) in &slot.variants {
                matcher.words.entry(word).or_default().push((i, *weight));
            }
        }
        matcher
    }

    /// The places in a text.
    pub fn find(&self, text: &str) -> Matched {
        let mut found = Matched::default();
        let mut folded: Vec<Token<'_>> = Vec::new();
        let phrases = !self.plan.phrases.is_empty();
        for (position, token) in tokens(text).enumerate() {
            let latin = transliterate(&token.folded);
            for word in std::iter::once(&*token.folded).chain(latin.as_deref()) {
                self.find_word(word, position, &token, &mut found);
            }
            if phrases {
                folded.push(token);
            }
        }
        for (i, phrase) in self.plan.phrases.iter().enumerate().filter(|(_, p)| p.idf > 0.0) {
            find_phrase(i, phrase, &folded, &mut found.phrases);
        }
        found
    }

    fn find_word(&self, word: &str, position: usize, token: &Token<'_>, found: &mut Matched) {
        let mut known = self.known.borrow_mut();
        if !known.contains_key(word) {
            known.insert(word.into(), self.look_up(word));
        }
        let Some(known) = known.get(word) else { return };
        found.length += usize::from(known.content);
        for &(slot, weight, exact) in &known.slots {
            let (start, end) = (token.start, token.end);
            found.words.push(Match { slot, position, start, end, weight, exact });
        }
    }

    fn look_up(&self, word: &str) -> Known {
        let content = is_content_word(word);
        // Snowball's stemmers change the ends of words only, so a word that begins otherwise than every stem asked for
        // need not be stemmed: that spares a cold search most of its stemming.
        let initial = word.chars().next();
        let may_match = content && self.stems.keys().any(|s| s.chars().next() == initial);
        let stem = if may_match { stemmed_term(word) } else { None };
        let by_stem = stem.as_deref().and_then(|s| self.stems.get(s)).into_iter().flatten();
        let by_word = self.words.get(word).into_iter().flatten();
        let is_typed = |slot: usize| self.plan.slots[slot].word == word;
        Known {
            content,
            slots: by_stem
                .map(|slot| (*slot, 1.0, is_typed(*slot)))
                .chain(by_word.map(|(slot, weight)| (*slot, *weight, is_typed(*slot))))
                .collect(),
        }
    }
}

/// The places of a phrase: its words in order and next to each other or, with slop, all of them within that many
/// further words, in any order.
fn find_phrase(i: usize, phrase: &PhraseSlot, tokens: &[Token<'_>], found: &mut Vec<PhraseMatch>) {
    let wanted = phrase.words.len();
    if phrase.slop == 0 {
        for window in tokens.windows(wanted) {
            if window.iter().zip(&phrase.words).all(|(token, word)| token.folded == word.as_str()) {
                found.push(PhraseMatch { phrase: i, start: window[0].start, end: window[wanted - 1].end });
            }
        }
        return;
    }
    let span = wanted + phrase.slop as usize;
    let mut from = 0;
    while from < tokens.len() {
        let window = &tokens[from..tokens.len().min(from + span)];
        let starts = phrase.words.iter().any(|w| window[0].folded == w.as_str());
        let last = |word: &String| window.iter().position(|t| t.folded == word.as_str());
        let ends: Option<Vec<usize>> = if starts { phrase.words.iter().map(last).collect() } else { None };
        match ends.and_then(|e| e.into_iter().max()) {
            Some(end) => {
                found.push(PhraseMatch { phrase: i, start: window[0].start, end: window[end].end });
                from += end + 1;
            }
            None => from += 1,
        }
    }
}
