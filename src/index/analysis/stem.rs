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

/// What every word with this stem begins with. Snowball's stemmers change the ends of words only: the stem is what a word
/// begins with, but that the English one writes a last `y` as `i` (`entri`), puts an `e` where `ing` or `ed` was (`rate`), makes
/// `bl` of `bility`, `ie` of the `ying` of short verbs (`dying`), and has `sky` by heart.
pub fn begins_all_forms(stem: &str) -> &str {
    match stem.strip_suffix("ie") {
        Some(verb) if verb.chars().count() == 1 => verb,
        _ => stem.strip_suffix(['e', 'i', 'l', 'y']).filter(|rest| !rest.is_empty()).unwrap_or(stem),
    }
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
    use super::{begins_all_forms, stem};

    #[test]
    fn forms_of_a_word_meet() {
        assert_eq!(stem("agreements"), stem("agreement"));
        assert_eq!(stem("отношения"), stem("отношений"));
        assert_eq!(stem("2021"), "2021");
    }

    #[test]
    fn all_forms_begin_as_said() {
        for word in [
            "dying",
            "lying",
            "tying",
            "skies",
            "aging",
            "entries",
            "early",
            "news",
            "possibility",
            "отношений",
        ] {
            assert!(word.starts_with(begins_all_forms(&stem(word))), "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_form_begins_as_said(
            root in "[a-z]{1,7}",
            ends in proptest::collection::vec(
                proptest::sample::select(vec![
                    "s", "es", "ies", "ed", "eed", "ing", "ly", "li", "y", "e", "ational", "ization", "fulness", "ousness",
                    "iviti", "ability", "ement", "ion", "ical", "ness", "ative", "ogy", "ism", "ers", "ally",
                ]),
                0..4,
            ),
        ) {
            let word = root + &ends.concat();
            proptest::prop_assert!(word.starts_with(begins_all_forms(&stem(&word))), "{}: {}", word, stem(&word));
        }
    }
}
