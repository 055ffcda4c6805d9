//! Analysis: from text to the terms that are indexed and searched.
//!
//! A [`Token`] is a word as it stands, folded: NFKC, lower case, Latin diacritics off. The `exact` field indexes
//! every token; the `body` and `heading` fields index the stems of the content words. A Cyrillic word is indexed in
//! Latin letters too, at the same position, so that both spellings of a name meet.

mod fold;
mod function_words;
mod stem;
mod tokenizer;
mod transliterate;

pub use fold::fold;
pub use function_words::is_function_word;
pub use stem::stem;
pub use tokenizer::{Token, tokens};
pub use transliterate::transliterate;

use super::schema::{EXACT, STEMMED};
use tantivy::tokenizer::{TokenStream, Tokenizer};

/// Registers the analysers with an index; needed after every open, since tantivy does not store them.
pub fn register(index: &tantivy::Index) {
    index.tokenizers().register(EXACT, Analyser { stemmed: false, stream: Stream::default() });
    index.tokenizers().register(STEMMED, Analyser { stemmed: true, stream: Stream::default() });
}

/// The term of a content word in the stemmed fields; `None` for a word that these leave out: function words and
/// single letters, which are noise in ranking (initials, enumeration) though findable in `exact`.
pub fn stemmed_term(folded: &str) -> Option<std::borrow::Cow<'_, str>> {
    is_content_word(folded).then(|| stem(folded))
}

/// Number of terms that the stemmed analysis of `text` gives.
pub fn content_length(text: &str) -> u64 {
    tokens(text).filter(|t| is_content_word(&t.folded)).count() as u64
}

/// Returns true if and only if the stemmed fields have the folded word.
pub fn is_content_word(folded: &str) -> bool {
    let single = folded.len() == 1 && !folded.as_bytes()[0].is_ascii_digit();
    !single && !is_function_word(folded)
}

#[derive(Clone)]
struct Analyser {
    stemmed: bool,
    stream: Stream,
}

/// The terms of one text, one after the other.
#[derive(Clone, Default)]
struct Stream {
    terms: Vec<tantivy::tokenizer::Token>,
    next: usize,
    used: usize,
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = &'a mut Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> &'a mut Stream {
        let stream = &mut self.stream;
        stream.used = 0;
        stream.next = 0;
        for (position, token) in tokens(text).enumerate() {
            let latin = transliterate(&token.folded);
            for word in std::iter::once(&*token.folded).chain(latin.as_deref()) {
                if !self.stemmed {
                    stream.push(word, position, &token);
                } else if let Some(term) = stemmed_term(word) {
                    stream.push(&term, position, &token);
                }
            }
        }
        stream
    }
}

impl Stream {
    /// Adds a term, in the buffers of an earlier text where there are any.
    fn push(&mut self, term: &str, position: usize, token: &Token<'_>) {
        if self.used == self.terms.len() {
            self.terms.push(tantivy::tokenizer::Token::default());
        }
        let slot = &mut self.terms[self.used];
        slot.text.clear();
        slot.text.push_str(term);
        slot.position = position;
        slot.position_length = 1;
        (slot.offset_from, slot.offset_to) = (token.start, token.end);
        self.used += 1;
    }
}

impl TokenStream for &mut Stream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.used
    }

    fn token(&self) -> &tantivy::tokenizer::Token {
        &self.terms[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut tantivy::tokenizer::Token {
        &mut self.terms[self.next - 1]
    }
}
