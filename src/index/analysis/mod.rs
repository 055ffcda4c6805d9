//! Analysis: from text to the terms that are indexed and searched.
//!
//! A [`Token`] is a word as it stands, folded: NFKC, lower case, Latin diacritics off. Every token is a term, and
//! nothing else is: the forms of a word are looked up in the vocabulary when it is asked for ([`begins_all_forms`]), so
//! that one field serves words, forms and phrases and no stem takes room. A Cyrillic word is indexed in Latin letters
//! too, at the same position, so that both spellings of a name meet.

mod fold;
mod function_words;
mod stem;
mod terms;
mod tokenizer;
mod transliterate;

pub use fold::fold;
pub use function_words::is_function_word;
pub use stem::{begins_all_forms, stem};
pub use terms::Terms;
pub use tokenizer::{Token, tokens};
pub use transliterate::transliterate;

use super::schema::TERMS;

/// Registers the analyser with an index; needed after every open, since tantivy does not store it.
pub fn register(index: &tantivy::Index) {
    index.tokenizers().register(TERMS, terms::Splitter::default());
}

/// The stem of a content word; `None` for function words and single letters, which are noise in ranking (initials,
/// enumeration) and are found only as they are spelt.
pub fn stemmed_term(folded: &str) -> Option<std::borrow::Cow<'_, str>> {
    is_content_word(folded).then(|| stem(folded))
}

/// Returns true if and only if the folded word is found in all its forms.
pub fn is_content_word(folded: &str) -> bool {
    let single = folded.len() == 1 && !folded.as_bytes()[0].is_ascii_digit();
    !single && !is_function_word(folded)
}
