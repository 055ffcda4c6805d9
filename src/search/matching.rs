//! Where the words of a plan stand in a text: for highlights and extracts.

use super::plan::{PhraseSlot, Plan};
use crate::index::analysis::{Token, tokens, transliterate};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A word of the text that counts for a word of the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Index of the query's word.
    pub slot: usize,
    /// Bytes of the text.
    pub start: usize,
    /// Bytes of the text.
    pub end: usize,
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
}

/// Looks for the words of a plan in texts that are shown; made once a query.
pub struct Matcher<'p> {
    plan: &'p Plan,
    /// The words of the query that a word counts for, ascending.
    words: FxHashMap<String, Vec<usize>>,
}

impl<'p> Matcher<'p> {
    /// A matcher for a plan.
    pub fn new(plan: &'p Plan) -> Matcher<'p> {
        let mut matcher = Matcher { plan, words: FxHashMap::default() };
        for (i, slot) in plan.slots.iter().enumerate().filter(|(_, s)| s.count > 0) {
            for term in slot.terms() {
                let slots = matcher.words.entry(term.term).or_default();
                if slots.last() != Some(&i) {
                    slots.push(i);
                }
            }
        }
        matcher
    }

    /// The places in a text.
    pub fn find(&self, text: &str) -> Matched {
        let mut found = Matched::default();
        let mut spellings: Vec<Spelling<'_>> = Vec::new();
        for token in tokens(text) {
            let latin = transliterate(&token.folded);
            let slots = self.slots(&token.folded, latin.as_deref());
            let (start, end) = (token.start, token.end);
            found.words.extend(slots.iter().map(|slot| Match { slot: *slot, start, end }));
            if !self.plan.phrases.is_empty() {
                spellings.push(Spelling { token, latin });
            }
        }
        for (i, phrase) in self.plan.phrases.iter().enumerate().filter(|(_, p)| p.idf > 0.0) {
            find_phrase(i, phrase, &spellings, &mut found.phrases);
        }
        found
    }

    /// The words of the query that a word counts for, ascending.
    fn slots(&self, folded: &str, latin: Option<&str>) -> Cow<'_, [usize]> {
        let slots = |word| self.words.get(word).map_or(&[][..], Vec::as_slice);
        let Some(latin) = latin else { return Cow::Borrowed(slots(folded)) };
        let mut both = [slots(folded), slots(latin)].concat();
        both.sort_unstable();
        both.dedup();
        Cow::Owned(both)
    }
}

/// A word of a text, with its Latin spelling where it is Cyrillic.
struct Spelling<'a> {
    token: Token<'a>,
    latin: Option<String>,
}

impl Spelling<'_> {
    fn is(&self, word: &str) -> bool {
        self.token.folded == word || self.latin.as_deref() == Some(word)
    }
}

/// The places of a phrase: its words in order and next to each other or, with slop, all of them within that many
/// further words, in any order.
fn find_phrase(i: usize, phrase: &PhraseSlot, text: &[Spelling<'_>], found: &mut Vec<PhraseMatch>) {
    let wanted = phrase.words.len();
    let phrase_match = |first: &Spelling<'_>, last: &Spelling<'_>| PhraseMatch {
        phrase: i,
        start: first.token.start,
        end: last.token.end,
    };
    if phrase.slop == 0 {
        for window in text.windows(wanted) {
            if window.iter().zip(&phrase.words).all(|(spelling, word)| spelling.is(word)) {
                found.push(phrase_match(&window[0], &window[wanted - 1]));
            }
        }
        return;
    }
    let span = wanted + phrase.slop as usize;
    let mut from = 0;
    while from < text.len() {
        let window = &text[from..text.len().min(from + span)];
        let starts = phrase.words.iter().any(|w| window[0].is(w));
        let first = |word: &String| window.iter().position(|s| s.is(word));
        let ends: Option<Vec<usize>> = if starts { phrase.words.iter().map(first).collect() } else { None };
        match ends.and_then(|e| e.into_iter().max()) {
            Some(end) => {
                found.push(phrase_match(&window[0], &window[end]));
                from += end + 1;
            }
            None => from += 1,
        }
    }
}
