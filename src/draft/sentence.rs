//! Where sentences of a draft end.

use std::ops::Range;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &str = " al p pp para paras par no nos vol ed eds e.g i.e cf vs dr mr mrs ms prof gen col st fig sec \
    ch art ca approx n.d jr sr u.s u.k inc ltd co rs etc ";

/// Returns true if and only if the full stop, question or exclamation mark at `at` ends a sentence.
fn ends_at(chars: &[char], at: usize) -> bool {
    let stop = matches!(chars.get(at), Some('.' | '!' | '?' | '。' | '！' | '？'));
    // Closing marks and brackets belong to the sentence.
    let mut next = at + 1;
    while chars.get(next).is_some_and(|c| "”’\"')]»".contains(*c)) {
        next += 1;
    }
    if !stop || chars.get(next).is_some_and(|c| !c.is_whitespace()) {
        return false;
    }
    if chars.get(at) != Some(&'.') {
        return true;
    }
    let mut start = at;
    while start > 0 && chars.get(start - 1).is_some_and(|c| c.is_alphanumeric() || *c == '.') {
        start -= 1;
    }
    let word: String = chars.get(start..at).unwrap_or(&[]).iter().flat_map(|c| c.to_lowercase()).collect();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let goes_on = chars.iter().skip(next).find(|c| !c.is_whitespace()).is_some_and(|c| c.is_lowercase());
    !(initial || goes_on || ABBREVIATIONS.contains(&format!(" {word} ")))
}

/// Returns true if and only if an item of a list starts behind the line's end at `at`.
fn starts_item(chars: &[char], at: usize) -> bool {
    if chars.get(at) != Some(&'\n') {
        return false;
    }
    let mut next = at + 1;
    while chars.get(next).is_some_and(|c| *c == ' ' || *c == '\t') {
        next += 1;
    }
    let item: String = chars.iter().skip(next).take(6).collect();
    let number = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < item.len() && (number.starts_with(". ") || number.starts_with(") "));
    numbered || ["- ", "* ", "+ ", "• ", "\\item"].iter().any(|mark| item.starts_with(mark))
}

/// Returns true if and only if a sentence ends within `text`, its first characters included: a full stop there ends the
/// sentence before.
pub fn ends_within(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).any(|at| ends_at(&chars, at) || starts_item(&chars, at)) || text.contains("\n\n")
}

/// The sentences, in characters; no sentence runs over a blank line or into an item of a list.
pub fn sentences(chars: &[char]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut blank = false;
    for (at, c) in chars.iter().enumerate() {
        let parted = *c == '\n' && blank;
        blank = if *c == '\n' { true } else { blank && c.is_whitespace() };
        if parted || ends_at(chars, at) || starts_item(chars, at) {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences.push(start..chars.len());
    sentences
}
