//! The terms of a text, made once and on whichever thread read the text, so that the index has only to split them.

use super::known_words::KnownWords;
use super::tokenizer::{Word, raw_tokens};
use super::{stemmed_term, transliterate};
use std::cell::RefCell;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands between terms; no term has one.
const SEPARATOR: char = ' ';
/// Before a term that stands at the same position as the one before it; no term has one.
const SAME_POSITION: char = '\u{1}';
/// The terms of a text, as the index takes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Every word, folded, for the exact fields.
    pub(in crate::index) exact: String,
    /// The stems of the content words, for the stemmed fields.
    pub(in crate::index) stems: String,
    /// Number of terms in `stems`: the length of the text for BM25.
    pub(in crate::index) length: u32,
}

thread_local! {
    static KNOWN: RefCell<KnownWords> = RefCell::default();
}

impl Terms {
    /// The terms of `text`.
    pub fn of(text: &str) -> Terms {
        let mut terms = Terms {
            exact: String::with_capacity(text.len() + text.len() / 8),
            stems: String::with_capacity(text.len()),
            length: 0,
        };
        KNOWN.with_borrow_mut(|known| {
            for token in raw_tokens(text) {
                match token.word {
                    Word::Spelt(word) => known.look_up(word, &mut terms),
                    Word::Folded(folded) => terms.add(&Terms::of_word(&folded)),
                }
            }
        });
        terms
    }

    /// The terms of one folded word.
    pub(super) fn of_word(folded: &str) -> Terms {
        let mut terms = Terms::default();
        let latin = transliterate(folded);
        for (i, word) in std::iter::once(folded).chain(latin.as_deref()).enumerate() {
            if i > 0 {
                terms.exact.push(SAME_POSITION);
            }
            terms.exact.push_str(word);
            terms.exact.push(SEPARATOR);
            if let Some(stem) = stemmed_term(word) {
                terms.stems.push_str(&stem);
                terms.stems.push(SEPARATOR);
                terms.length += 1;
            }
        }
        terms
    }

    pub(super) fn add(&mut self, other: &Terms) {
        self.exact.push_str(&other.exact);
        self.stems.push_str(&other.stems);
        self.length += other.length;
    }
}

/// Splits what [`Terms`] holds into the terms.
#[derive(Clone, Default)]
pub(super) struct Splitter {
    token: Token,
}

/// The terms not yet given.
pub(super) struct Split<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Splitter {
    type TokenStream<'a> = Split<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Split<'a> {
        self.token.reset();
        Split { rest: text, token: &mut self.token }
    }
}

impl TokenStream for Split<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = memchr::memchr(SEPARATOR as u8, self.rest.as_bytes()) else { return false };
        let term = &self.rest[..end];
        self.rest = &self.rest[end + 1..];
        let (term, step) = match term.strip_prefix(SAME_POSITION) {
            Some(term) => (term, 0),
            None => (term, 1),
        };
        // A new stream's position is one before the first.
        self.token.position = self.token.position.wrapping_add(step);
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(terms: &str) -> Vec<(String, usize)> {
        let mut splitter = Splitter::default();
        let mut stream = splitter.token_stream(terms);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        found
    }

    #[test]
    fn both_spellings_of_a_cyrillic_word_stand_at_one_position() {
        let terms = Terms::of("The U.S. met Лукашенко twice in 1,000 agreements");
        let exact = split(&terms.exact);
        let words: Vec<(&str, usize)> = exact.iter().map(|(w, p)| (w.as_str(), *p)).collect();
        let expected = [
            ("the", 0),
            ("u.s", 1),
            ("met", 2),
            ("лукашенко", 3),
            ("lukashenko", 3),
            ("twice", 4),
            ("in", 5),
            ("1000", 6),
            ("agreements", 7),
        ];
        assert_eq!(words, expected);
        let stems: Vec<String> = split(&terms.stems).into_iter().map(|(stem, _)| stem).collect();
        assert!(stems.contains(&"agreement".to_owned()) && !stems.contains(&"the".to_owned()), "{stems:?}");
        assert_eq!(stems.len(), terms.length as usize);
    }

    #[test]
    fn a_text_without_words_has_no_terms() {
        assert_eq!(split(&Terms::of(" … ").exact), []);
    }
}
