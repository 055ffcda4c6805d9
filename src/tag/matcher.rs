//! The matcher: every name of the gazetteer in one pass over the text, the longest first.

use super::CountryCode;
use super::gazetteer::{Entry, NameKind, fold, is_hyphen};
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name found in a text.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub at: Range<usize>,
    pub codes: [Option<CountryCode>; 2],
    pub kind: NameKind,
}

struct Pattern {
    folded: String,
    /// Which of the characters must be capitals.
    capitals: u64,
    /// Only before a hyphen: `Sino-`.
    prefix: bool,
    codes: [Option<CountryCode>; 2],
    kind: NameKind,
}

/// All names, by their first word.
pub(super) struct Matcher {
    patterns: Vec<Pattern>,
    by_first_word: HashMap<String, Vec<u32>>,
    /// Bit per pair of the first two bytes of a folded first word: turns most words away at once.
    begins: Vec<bool>,
}

impl Matcher {
    /// Of several entries with one name the later counts, so that a user's own names come last.
    pub fn new(entries: &[Entry<'_>]) -> Matcher {
        let mut patterns: Vec<Pattern> = Vec::with_capacity(entries.len());
        let mut by_first_word: HashMap<String, Vec<u32>> = HashMap::with_capacity(entries.len());
        let mut begins = vec![false; 1 << 16];
        for entry in entries {
            let prefix = entry.name.ends_with('-');
            let name = entry.name.trim_end_matches('-');
            let plain = name.nfd().filter(|c| !is_combining_mark(*c));
            let capitals = plain.take(64).enumerate().filter(|(_, c)| c.is_uppercase());
            let capitals = capitals.fold(0, |bits, (i, _)| bits | 1 << i);
            let folded = fold(name);
            let first = first_word(&folded).to_owned();
            if let [a, rest @ ..] = first.as_bytes() {
                begins[pair(*a, rest.first().copied().unwrap_or(0))] = true;
            } else {
                continue;
            }
            by_first_word.entry(first).or_default().push(patterns.len() as u32);
            patterns.push(Pattern { folded, capitals, prefix, codes: entry.codes, kind: entry.kind });
        }
        for list in by_first_word.values_mut() {
            list.sort_by_key(|i| {
                let p = &patterns[*i as usize];
                (std::cmp::Reverse(p.folded.len()), std::cmp::Reverse(p.prefix), std::cmp::Reverse(*i))
            });
        }
        Matcher { patterns, by_first_word, begins }
    }

    /// The names in a text, in order, none within another.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut word = String::new();
        let mut at = 0;
        while at < bytes.len() {
            let b = bytes[at];
            if !(b.is_ascii_alphanumeric() || b >= 0x80) {
                at += 1;
                continue;
            }
            if b.is_ascii() {
                let next = bytes.get(at + 1).copied().unwrap_or(0);
                let next = if next.is_ascii_alphanumeric() { next.to_ascii_lowercase() } else { 0 };
                let known = self.begins[pair(b.to_ascii_lowercase(), next)]
                    || bytes.get(at + 1).is_some_and(|b| *b >= 0x80);
                if !b.is_ascii_uppercase() || !known {
                    at = skip_word(bytes, at);
                    continue;
                }
            }
            let end = word_end(text, at);
            if end == at {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            word.clear();
            word.push_str(&fold(&text[at..end]));
            match self.longest(text, at, &word) {
                Some(mention) => {
                    at = mention.at.end;
                    found.push(mention);
                }
                None => at = end,
            }
        }
        found
    }

    fn longest(&self, text: &str, at: usize, word: &str) -> Option<Mention> {
        let list = self.by_first_word.get(word)?;
        list.iter().filter_map(|i| self.patterns.get(*i as usize)).find_map(|pattern| {
            let end = pattern.end_in(text, at)?;
            Some(Mention { at: at..end, codes: pattern.codes, kind: pattern.kind })
        })
    }
}

impl Pattern {
    /// Where the pattern ends in the text, when it stands at `at` as whole words.
    fn end_in(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let mut chars = rest.char_indices().peekable();
        let mut end = 0;
        for (i, wanted) in self.folded.chars().enumerate() {
            if wanted == ' ' {
                let mut any = false;
                while let Some((_, c)) = chars.peek().copied() {
                    if !(c.is_whitespace() || is_hyphen(c)) {
                        break;
                    }
                    any = true;
                    chars.next();
                }
                if !any {
                    return None;
                }
                continue;
            }
            let (j, c) = chars.next()?;
            let plain = unaccented(c);
            if i < 64 && self.capitals >> i & 1 == 1 && !plain.is_uppercase() {
                return None;
            }
            if plain.to_lowercase().next() != Some(wanted) {
                return None;
            }
            end = j + c.len_utf8();
            while let Some((j, c)) = chars.peek().copied().filter(|(_, c)| is_combining_mark(*c)) {
                end = j + c.len_utf8();
                chars.next();
            }
        }
        let after = chars.peek().map(|(_, c)| *c);
        if after.is_some_and(char::is_alphanumeric) {
            return None;
        }
        if self.prefix && !after.is_some_and(is_hyphen) {
            return None;
        }
        // `US` in a line of capitals is the pronoun as likely as not.
        if self.folded == "us" && in_capitals(text, at, at + end) {
            return None;
        }
        Some(at + end)
    }
}

/// The letter without its accent, an apostrophe as `'`.
fn unaccented(c: char) -> char {
    match c {
        c if c.is_ascii() => c,
        '’' | 'ʼ' | 'ʻ' | '‘' => '\'',
        c => std::iter::once(c).nfd().next().unwrap_or(c),
    }
}

/// Whether the line around a place holds no small letter.
fn in_capitals(text: &str, from: usize, to: usize) -> bool {
    let start = text[..from].rfind('\n').map_or(0, |n| n + 1);
    let end = text[to..].find('\n').map_or(text.len(), |n| to + n);
    let line = &text[start..end];
    line.chars().filter(|c| c.is_alphabetic()).count() > 4 && !line.chars().any(char::is_lowercase)
}

fn pair(a: u8, b: u8) -> usize {
    usize::from(a) << 8 | usize::from(b)
}

fn skip_word(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    at
}

/// The end of the word that begins at `at`; `at` itself when no letter or digit stands there.
fn word_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let inner = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    rest.find(|c| !inner(c)).map_or(text.len(), |n| at + n)
}

fn first_word(folded: &str) -> &str {
    folded.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}
