//! Right-to-left text whose letters come in reading order.
//!
//! Most files show such text from left to right, letter by letter, and the library turns it round. Layers of text behind
//! scans, and some programs, show each word in reading order: these are turned first. Which it is, is read from letters
//! that only end a word, and from the article.

use unpdf::parser::TextSpan;
use unpdf::parser::bidi::{contains_rtl, reorder_bidi};

/// Letters with which words end, and no word begins.
const LAST: [char; 7] = ['ة', 'ى', 'ך', 'ם', 'ן', 'ף', 'ץ'];
/// The Arabic article, and what it is from left to right.
const ARTICLE: (&str, &str) = ("ال", "لا");
/// Words that must speak for reading order, at least.
const FEWEST: usize = 2;

/// Turns text that comes in reading order; returns true if and only if there was such text.
pub fn to_printed_order(spans: &mut [TextSpan]) -> bool {
    if !comes_in_reading_order(spans) {
        return false;
    }
    for span in spans {
        if contains_rtl(&span.text) {
            span.text = reorder_bidi(&span.text);
        } else if let Some(number) = span.text.strip_suffix(['.', '،', ','])
            && number.chars().all(|c| c.is_numeric())
        {
            // What ends a sentence stands left of its last number.
            span.text = format!("{}{number}", &span.text[number.len()..]);
        }
    }
    true
}

fn comes_in_reading_order(spans: &[TextSpan]) -> bool {
    let (mut reading, mut printed) = (0, 0);
    let words = spans.iter().filter(|span| contains_rtl(&span.text));
    for word in words.flat_map(|span| span.text.split_whitespace()) {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        if word.chars().count() < 3 {
            continue;
        }
        reading += usize::from(word.ends_with(LAST)) + usize::from(word.starts_with(ARTICLE.0));
        printed += usize::from(word.starts_with(LAST)) + usize::from(word.ends_with(ARTICLE.1));
    }
    reading >= FEWEST && reading > 2 * printed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(words: &[&str]) -> Vec<TextSpan> {
        words.iter().map(|word| TextSpan::new((*word).to_owned(), 0.0, 0.0, 10.0, String::new())).collect()
    }

    #[test]
    fn words_in_reading_order_are_turned() {
        let mut read = spans(&["التجارة", "مدينة", "نهر", "2019."]);
        assert!(to_printed_order(&mut read));
        assert_eq!(read[2].text, "رهن");
        assert_eq!(read[3].text, ".2019");
        let mut hebrew = spans(&["שלום", "מלכים", "בית"]);
        assert!(to_printed_order(&mut hebrew));
    }

    #[test]
    fn words_as_they_are_printed_are_left() {
        let printed = ["ةراجتلا", "ةنيدم", "رهن", "رحبلا"];
        let mut spans = spans(&printed);
        assert!(!to_printed_order(&mut spans));
        assert_eq!(spans[0].text, printed[0]);
    }
}
