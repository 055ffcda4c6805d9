//! Very long paragraphs are split at sentence ends into parts that stay one paragraph for citing.

use super::sentence::sentences;
use crate::clean::wording::{End, end_of};

/// The longest passage in bytes. The longest paragraphs of academic prose have some 3,000.
pub const LONGEST: usize = 6000;
/// About how long the parts of a longer one become.
const TARGET: usize = 3000;

/// Where to split `text`: the byte offsets at which the second and later parts begin. Empty for all but
/// very long texts.
pub fn split_points(text: &str) -> Vec<usize> {
    if text.len() <= LONGEST {
        return Vec::new();
    }
    let mut points = Vec::new();
    let mut start = 0;
    // The end of the last sentence that still fits the part.
    let mut fits = 0;
    for (at, sentence) in pieces(text) {
        let end = at + sentence.len();
        if end - start > TARGET && fits > start {
            points.push(fits);
            start = fits;
        }
        while end - start > LONGEST {
            let cut = word_end(text, start + TARGET);
            points.push(cut);
            start = cut;
        }
        if is_sentence_end(sentence) {
            fits = end;
        }
    }
    points
}

/// Lines where there are several, and the sentences of each.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    text.split_inclusive('\n').flat_map(move |line| {
        let start = offset;
        offset += line.len();
        sentences(line).map(move |(at, sentence)| (start + at, sentence))
    })
}

fn is_sentence_end(sentence: &str) -> bool {
    let last = sentence.trim_end().rsplit(' ').next().unwrap_or("");
    let initial = last.len() == 2 && last.as_bytes()[0].is_ascii_uppercase() && last.ends_with('.');
    sentence.ends_with('\n') || (end_of(sentence) == End::Stop && !initial)
}

/// The first place from `from` on where a word begins, or at worst a character.
fn word_end(text: &str, from: usize) -> usize {
    let from = (from..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let limit = (from + 1000).min(text.len());
    text[from..]
        .char_indices()
        .map(|(at, c)| (from + at, c))
        .take_while(|(at, _)| *at < limit)
        .find(|(_, c)| c.is_whitespace())
        .map_or(from, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let points = split_points(text);
        let starts = [0].into_iter().chain(points.iter().copied());
        starts.zip(points.iter().copied().chain([text.len()])).map(|(a, b)| &text[a..b]).collect()
    }

    #[test]
    fn parts_end_with_sentences() {
        let text = "He met Mr. A. Khan of the U.N. mission in the old town. ".repeat(200);
        let parts = parts(&text);
        assert!(parts.len() > 2 && parts.concat() == text);
        assert!(parts.iter().all(|p| p.len() <= LONGEST && p.starts_with("He met") && p.ends_with("town. ")));
    }

    #[test]
    fn text_without_sentences_is_split_too() {
        for text in ["word ".repeat(3000), "語".repeat(9000)] {
            assert!(parts(&text).iter().all(|p| p.len() <= LONGEST && !p.is_empty()));
            assert_eq!(parts(&text).concat(), text);
        }
        assert!(split_points("short").is_empty());
    }
}
