//! Numbers in square brackets: `[1]`, `[2, 5-7]`, `[3, p. 45]`.

use super::is_locator;

/// The numbers of `1`, `1, 3-5`, `2; 7`, `12, p. 45`; empty when anything else is in it.
pub(super) fn numbers(inner: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    for part in inner.split([',', ';']) {
        let part = part.trim();
        let number = |text: &str| {
            let text = text.trim();
            let plain = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            if plain { text.parse::<u32>().ok().filter(|n| *n > 0) } else { None }
        };
        if let Some(one) = number(part) {
            numbers.push(one);
        } else if let Some((from, to)) = part.split_once(['-', '–', '—']) {
            match (number(from), number(to)) {
                (Some(from), Some(to)) if from < to && to - from < 100 => numbers.extend(from..=to),
                _ => return Vec::new(),
            }
        } else if !numbers.is_empty() && is_locator(part) {
        } else {
            return Vec::new();
        }
    }
    numbers
}

/// So many characters of the word before a bracket are looked at.
const LONGEST_WORD: usize = 60;

/// Returns true if and only if a bracket between these texts may cite: it is no number of a paragraph
/// (`[26] The river rose`), no output of a program (`[1] 0.53`) and no index (`x[1]`, `data$names[2]`).
pub(super) fn may_cite(before: &str, behind: &str) -> bool {
    let first = before.trim_end_matches(['*', '_', '>', ' ']).chars().next_back();
    if first.is_none_or(|c| c == '\n') {
        let next = behind.trim_start_matches(['*', '_', ' ', ',']).chars().next();
        return next.is_some_and(|c| c.is_lowercase() || c == '[');
    }
    let mut word = before.chars().rev().take_while(|c| !c.is_whitespace()).take(LONGEST_WORD).peekable();
    let letter = word.peek().is_some_and(|c| c.is_alphabetic());
    let (mut count, mut code) = (0, false);
    for c in word {
        count += 1;
        code |= matches!(c, '$' | '_' | '=' | '\\' | '{');
    }
    !(code || letter && count == 1)
}

/// The numbers that a text cites in square brackets.
pub(super) fn cited(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for open in memchr::memchr_iter(b'[', text.as_bytes()) {
        let rest = &text[open + 1..];
        let Some(close) = rest.as_bytes().iter().take(60).position(|b| *b == b']') else { continue };
        if may_cite(&text[..open], &rest[close + 1..]) {
            found.extend(numbers(&rest[..close]));
        }
    }
    found
}
