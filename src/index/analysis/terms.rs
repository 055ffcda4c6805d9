//! The terms of a text, made once and on whichever thread read the text, so that the index has only to split them.

use super::tokenizer::{Word, raw_tokens};
use super::{fold, transliterate};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands between terms; no term has one.
const SEPARATOR: char = ' ';
/// Before a term that stands at the same position as the one before it; no word has one.
const SAME_POSITION: char = '\u{1}';

/// The terms of a text, as the index takes them: every word, folded, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    pub(in crate::index) text: String,
    /// Number of terms: the length of the text for BM25.
    pub(in crate::index) length: u32,
}

impl Terms {
    /// The terms of `text`.
    pub fn of(text: &str) -> Terms {
        let mut terms = Terms { text: String::with_capacity(text.len() + text.len() / 8), length: 0 };
        for token in raw_tokens(text) {
            match token.word {
                Word::Spelt(word) => terms.add_spelt(word),
                Word::Folded(folded) => terms.add(&folded),
            }
        }
        terms
    }

    /// Adds a word as it is spelt.
    fn add_spelt(&mut self, word: &str) {
        if word.is_ascii() {
            let start = self.text.len();
            self.text.push_str(word);
            self.text[start..].make_ascii_lowercase();
            self.text.push(SEPARATOR);
            self.length += 1;
        } else {
            self.add(&fold(word));
        }
    }

    /// Adds a folded word, and its Latin spelling where it is Cyrillic.
    fn add(&mut self, folded: &str) {
        self.text.push_str(folded);
        self.text.push(SEPARATOR);
        self.length += 1;
        if let Some(latin) = transliterate(folded) {
            self.text.push(SAME_POSITION);
            self.text.push_str(&latin);
            self.text.push(SEPARATOR);
            self.length += 1;
        }
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
        let split = split(&terms.text);
        let words: Vec<(&str, usize)> = split.iter().map(|(w, p)| (w.as_str(), *p)).collect();
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
        assert_eq!(words.len(), terms.length as usize);
    }

    #[test]
    fn a_text_without_words_has_no_terms() {
        assert_eq!(split(&Terms::of(" … ").text), []);
    }
}
