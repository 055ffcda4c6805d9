//! Words of a text, folded, with their places.
//!
//! A word is a run of letters, marks and digits (UAX #29 in spirit, by hand for speed), with these readings of a
//! person's spelling: a possessive `'s` is left off; points within an acronym go (`U.S.` is `usa`'s neighbour `us.`,
//! see below); an apostrophe within a word of Cyrillic letters, or behind the o or g of one, belongs to the letter before it
//! (`O'zbekiston`, `аб'ява`); a comma or point between digits belongs to the number (`1,000` is `1000`, `50.2`); a hyphen parts
//! words, save behind a prefix that is no word (`co-operation`). Han, Kana and Hangul runs give overlapping pairs of characters.

use super::fold;
use crate::clean::script::is_unspaced;
use std::borrow::Cow;

/// The term for the United States' abbreviation, kept apart from the pronoun `us`.
const US: &str = "u.s";

/// Prefixes that are no words of their own. With a hyphen or without, what they begin is one word: `co-operation` is
/// `cooperation`, `bi-lateral` is `bilateral`. Prefixes before words that are looked for alone (`anti-terrorism`,
/// `inter-regional`) are not among them.
const BOUND: [&str; 7] = ["bi", "co", "multi", "non", "pre", "re", "sub"];
/// Letters from which what stands behind such a prefix is the rest of a word.
const SHORTEST_REST: usize = 4;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word, folded.
    pub folded: Cow<'a, str>,
    /// Byte offset of its first letter in the text.
    pub start: usize,
    /// Byte offset behind its last letter.
    pub end: usize,
}

/// The words of `text`, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    raw_tokens(text).map(|raw| {
        let folded = match raw.word {
            Word::Spelt(word) => fold(word),
            Word::Folded(folded) => folded,
        };
        Token { folded, start: raw.start, end: raw.end }
    })
}

/// The words of `text`, in order, not yet folded: for a caller that knows most of them already.
pub(super) fn raw_tokens(text: &str) -> impl Iterator<Item = RawToken<'_>> {
    Tokens { text, at: 0, pair: None }
}

/// A word of a text before folding.
pub(super) struct RawToken<'a> {
    pub word: Word<'a>,
    /// Byte offset of its first letter in the text.
    pub start: usize,
    /// Byte offset behind its last letter.
    pub end: usize,
}

/// How a word is known.
pub(super) enum Word<'a> {
    /// As it is spelt in the text.
    Spelt(&'a str),
    /// Folded already, because it is read otherwise than it is spelt.
    Folded(Cow<'a, str>),
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// End of the run of Han, Kana or Hangul that is being given in pairs.
    pair: Option<usize>,
}

/// Whether each byte is an ASCII letter or digit: one look instead of several comparisons, for every letter of a text.
const IS_ALPHANUMERIC: [bool; 256] = {
    let mut is = [false; 256];
    let mut byte = 0;
    while byte < is.len() {
        is[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    is
};

/// Returns true if and only if `c` belongs to a word.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || c == '\u{200C}'
    }
}

/// The signs that are written for an apostrophe.
const APOSTROPHES: [char; 5] = ['\'', '‘', '’', '`', '´'];

/// What follows the apostrophe of a shortened English word; `who'd` and `Chicago's` are no Uzbek.
const SHORTENED: [&str; 7] = ["s", "d", "t", "m", "ll", "ve", "re"];

/// Where a word goes on behind the apostrophe at `end`: between two Cyrillic letters, as Ukrainian and Belarusian have
/// it, and behind `o` or `g`, which with it are letters of the Uzbek alphabet.
fn apostrophe_within(text: &str, end: usize) -> Option<usize> {
    if !matches!(text.as_bytes().get(end), Some(b'\'' | b'`' | 0xC2 | 0xE2)) {
        return None;
    }
    let mark = text[end..].chars().next().filter(|c| APOSTROPHES.contains(c))?;
    let next = end + mark.len_utf8();
    let before = text[..end].chars().next_back()?;
    let after = text[next..].chars().next()?;
    let is_cyrillic = |c: char| ('\u{400}'..='\u{52F}').contains(&c);
    if is_cyrillic(before) && is_cyrillic(after) {
        return Some(next);
    }
    let rest = &text[next..];
    let letters = &rest[..rest.len() - rest.trim_start_matches(char::is_alphabetic).len()];
    let is_short = SHORTENED.iter().any(|short| short.eq_ignore_ascii_case(letters));
    (matches!(before, 'o' | 'O' | 'g' | 'G') && after.is_alphabetic() && !is_short).then_some(next)
}

impl<'a> Iterator for Tokens<'a> {
    type Item = RawToken<'a>;

    fn next(&mut self) -> Option<RawToken<'a>> {
        if let Some(end) = self.pair.take()
            && let Some(token) = self.next_pair(end)
        {
            return Some(token);
        }
        let start = self.find_start()?;
        let first = self.text[start..].chars().next()?;
        if !first.is_ascii() && is_unspaced(first) {
            let run = self.text[start..].char_indices().find(|&(_, c)| !is_unspaced(c));
            let end = run.map_or(self.text.len(), |(i, _)| start + i);
            self.at = start;
            let second = start + first.len_utf8();
            if second == end {
                self.at = end;
                return Some(self.token(start, end));
            }
            return self.next_pair(end);
        }
        Some(self.word(start))
    }
}

impl<'a> Tokens<'a> {
    /// The place of the next letter or digit.
    fn find_start(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while at < bytes.len() && bytes[at].is_ascii() && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        if at >= bytes.len() {
            return None;
        }
        if bytes[at].is_ascii() {
            return Some(at);
        }
        self.text[at..].char_indices().find(|&(_, c)| is_word(c)).map(|(i, _)| at + i)
    }

    /// The next two characters of an unspaced run that ends at `end`.
    fn next_pair(&mut self, end: usize) -> Option<RawToken<'a>> {
        let start = self.at;
        let mut chars = self.text[start..end].chars();
        let first = chars.next()?;
        let second = chars.next()?;
        let stop = start + first.len_utf8() + second.len_utf8();
        if stop == end {
            self.at = end;
        } else {
            self.at = start + first.len_utf8();
            self.pair = Some(end);
        }
        Some(self.token(start, stop))
    }

    fn token(&self, start: usize, end: usize) -> RawToken<'a> {
        RawToken { word: Word::Spelt(&self.text[start..end]), start, end }
    }

    /// The word that starts at `start`; moves on behind it.
    fn word(&mut self, start: usize) -> RawToken<'a> {
        let mut end = self.run_end(start);
        // Most words: what else is to be seen to stands behind a single letter or before another sign.
        if end > start + 1 && self.text.as_bytes().get(end) == Some(&b' ') && &self.text[start..end] != "US" {
            self.at = end;
            return self.token(start, end);
        }
        if let Some(token) = self.acronym(start, end) {
            return token;
        }
        if let Some(rest) = self.bound_prefix(start, end) {
            let stop = self.run_end(rest);
            self.at = self.skip_possessive(stop);
            let folded = fold(&self.text[start..end]).into_owned() + &fold(&self.text[rest..stop]);
            return RawToken { word: Word::Folded(Cow::Owned(folded)), start, end: stop };
        }
        if let Some(token) = self.with_apostrophes(start, end) {
            return token;
        }
        let mut joined = false;
        while let Some(next) = self.number_goes_on(end) {
            end = next;
            joined = true;
        }
        self.at = self.skip_possessive(end);
        let word = &self.text[start..end];
        let word = match word {
            "US" => Word::Folded(Cow::Borrowed(US)),
            _ if joined => Word::Folded(Cow::Owned(word.replace(',', ""))),
            _ => Word::Spelt(word),
        };
        // `US$50` parts into a currency, which says nothing beside the number, and the number.
        RawToken { word, start, end }
    }

    /// The word with what follows its apostrophes, when these are parts of letters.
    fn with_apostrophes(&mut self, start: usize, mut end: usize) -> Option<RawToken<'a>> {
        let mut folded = String::new();
        let mut from = start;
        while let Some(next) = apostrophe_within(self.text, end) {
            folded.push_str(&fold(&self.text[from..end]));
            (from, end) = (next, self.run_end(next));
        }
        if from == start {
            return None;
        }
        folded.push_str(&fold(&self.text[from..end]));
        self.at = self.skip_possessive(end);
        Some(RawToken { word: Word::Folded(Cow::Owned(folded)), start, end })
    }

    /// Where the rest of the word starts, when `start..end` is a prefix that a hyphen binds to it.
    fn bound_prefix(&self, start: usize, end: usize) -> Option<usize> {
        let rest = match self.text.as_bytes().get(end)? {
            b'-' => end + 1,
            0xE2 => end + ["\u{2010}", "\u{2011}"].iter().find(|h| self.text[end..].starts_with(**h))?.len(),
            _ => return None,
        };
        let prefix = &self.text[start..end];
        let is_bound = BOUND.iter().any(|b| b.eq_ignore_ascii_case(prefix));
        let letters = self.text[rest..].chars().take_while(|c| c.is_alphabetic()).take(SHORTEST_REST);
        (is_bound && letters.count() == SHORTEST_REST && self.text.is_char_boundary(rest)).then_some(rest)
    }

    /// The end of the run of letters, marks and digits from `start`.
    fn run_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while bytes.get(end).is_some_and(|byte| IS_ALPHANUMERIC[usize::from(*byte)]) {
            end += 1;
        }
        if bytes.get(end).is_none_or(u8::is_ascii) {
            return end;
        }
        let run = self.text[end..].char_indices().find(|&(_, c)| !is_word(c) || is_unspaced(c));
        run.map_or(self.text.len(), |(i, _)| end + i)
    }

    /// `U.S.`, `U.N`: single letters with points between.
    fn acronym(&mut self, start: usize, end: usize) -> Option<RawToken<'a>> {
        let bytes = self.text.as_bytes();
        if end != start + 1 || !bytes[start].is_ascii_uppercase() {
            return None;
        }
        let mut letters = String::new();
        let mut at = start;
        while at + 1 < bytes.len() && bytes[at].is_ascii_uppercase() && bytes[at + 1] == b'.' {
            letters.push(bytes[at].to_ascii_lowercase() as char);
            at += 2;
        }
        let open = bytes.get(at).is_some_and(u8::is_ascii_uppercase)
            && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if open && !letters.is_empty() {
            letters.push(bytes[at].to_ascii_lowercase() as char);
            at += 1;
        }
        if letters.len() < 2 {
            return None;
        }
        let end = if bytes[at - 1] == b'.' { at - 1 } else { at };
        self.at = self.skip_possessive(at);
        let folded = if letters == "us" { Cow::Borrowed(US) } else { Cow::Owned(letters) };
        Some(RawToken { word: Word::Folded(folded), start, end })
    }

    /// The end of the digits behind a comma or point that stands between digits.
    fn number_goes_on(&self, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mark = *bytes.get(end).filter(|mark| matches!(mark, b',' | b'.'))?;
        let before = end.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        let after = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(before && after) {
            return None;
        }
        let digits = || bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        (mark == b'.' || digits() == 3).then(|| self.run_end(end + 1))
    }

    /// Behind `'s`, where one stands at `end`.
    fn skip_possessive(&self, end: usize) -> usize {
        // The first bytes of the marks: most words are followed by a space.
        if !matches!(self.text.as_bytes().get(end), Some(b'\'' | 0xE2 | 0xCA)) {
            return end;
        }
        let rest = &self.text[end..];
        for mark in ["'", "’", "ʼ"] {
            if let Some(tail) = rest.strip_prefix(mark)
                && tail.starts_with(['s', 'S'])
                && !tail[1..].chars().next().is_some_and(is_word)
            {
                return end + mark.len() + 1;
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).map(|t| t.folded.into_owned()).collect()
    }

    #[test]
    fn spellings_meet() {
        for (text, expected) in [
            ("Pakistan's “new” friend", vec!["pakistan", "new", "friend"]),
            ("the U.S. and the US, not us", vec!["the", "u.s", "and", "the", "u.s", "not", "us"]),
            (
                "US$50.2 million; $1,000 in 1992,1994",
                vec!["u.s", "50.2", "million", "1000", "in", "1992", "1994"],
            ),
            (
                "Co-operation, co\u{2011}ordinates, co-op re-up",
                vec!["cooperation", "coordinates", "co", "op", "re", "up"],
            ),
            ("trade-turnover CPEC (J. Smith)", vec!["trade", "turnover", "cpec", "j", "smith"]),
            ("中国传媒大学", vec!["中国", "国传", "传媒", "媒大", "大学"]),
            ("Лукашенко’s визит 人", vec!["лукашенко", "визит", "人"]),
            (
                "O'zbekiston O‘zbekiston O’zbekiston Oʻzbekiston Oʼzbekiston to'g'ri",
                vec!["ozbekiston", "ozbekiston", "ozbekiston", "ozbekiston", "ozbekiston", "togri"],
            ),
            ("аб'ява об’єкт", vec!["абява", "обєкт"]),
            ("Chicago's who'd l'or 'go'", vec!["chicago", "who", "d", "l", "or", "go"]),
            ("", vec![]),
            ("’s …!", vec!["s"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_words() {
        let text = "“Dostarym-2017” in Pakistan’s";
        let found: Vec<&str> = tokens(text).map(|t| &text[t.start..t.end]).collect();
        assert_eq!(found, ["Dostarym", "2017", "in", "Pakistan"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_tokens_in_order(text in "\\PC*") {
            let mut end = 0;
            for token in tokens(&text) {
                proptest::prop_assert!(token.start < token.end && token.end <= text.len());
                proptest::prop_assert!(text.get(token.start..token.end).is_some());
                proptest::prop_assert!(token.end > end);
                end = token.end;
            }
        }
    }
}
