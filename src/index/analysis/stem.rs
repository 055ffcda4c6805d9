//! Stems: the forms of a word become one term.

use std::borrow::Cow;
use std::cell::RefCell;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

struct Stemmers {
    english: TextAnalyzer,
    russian: TextAnalyzer,
}

thread_local! {
    static STEMMERS: RefCell<Option<Stemmers>> = const { RefCell::new(None) };
}

/// The stem of a folded word, by its script: Snowball's English stemmer for Latin letters, its Russian one for
/// Cyrillic, the word itself for others and for numbers.
pub fn stem(folded: &str) -> Cow<'_, str> {
    let Some(first) = folded.chars().find(|c| c.is_alphabetic()) else { return Cow::Borrowed(folded) };
    let latin = first.is_ascii();
    if !latin && !('\u{400}'..'\u{530}').contains(&first) {
        return Cow::Borrowed(folded);
    }
    STEMMERS.with_borrow_mut(|slot| {
        let stemmers = slot.get_or_insert_with(Stemmers::new);
        let analyser = if latin { &mut stemmers.english } else { &mut stemmers.russian };
        let mut stream = analyser.token_stream(folded);
        let stem = if stream.advance() { stream.token().text.clone() } else { folded.to_owned() };
        Cow::Owned(stem)
    })
}

impl Stemmers {
    fn new() -> Stemmers {
        let analyser =
            |language| TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build();
        Stemmers { english: analyser(Language::English), russian: analyser(Language::Russian) }
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_meet() {
        assert_eq!(stem("agreements"), stem("agreement"));
        assert_eq!(stem("отношения"), stem("отношений"));
        assert_eq!(stem("2021"), "2021");
    }
}
