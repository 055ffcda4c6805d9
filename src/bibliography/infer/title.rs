//! The title among the front matter.

use crate::passage::{Passage, Segmented};
use std::collections::BTreeMap;

/// Words that stay small inside a title.
const SMALL: [&str; 24] = [
    "a", "al", "an", "and", "as", "at", "but", "by", "et", "for", "from", "in", "into", "nor", "of", "on",
    "or", "over", "the", "to", "upon", "via", "vs", "with",
];

/// The title lines joined, marks of footnotes off; capitals throughout become those of the running text.
pub(super) fn title<'p>(lines: impl Iterator<Item = &'p Passage>, segmented: &Segmented) -> Option<String> {
    let mut title = String::new();
    for line in lines {
        let text = line.text.trim_end_matches(|c: char| c.is_whitespace() || "*†‡§¶⁎".contains(c));
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || "*†#".contains(c));
        if text.is_empty() || title.eq_ignore_ascii_case(text) {
            continue;
        }
        if !title.is_empty() {
            // A second line is a subtitle, unless the first one runs on into it.
            let runs_on = is_capitals(&title) && is_capitals(text)
                || title.ends_with([':', '-', '–', '—', '?', '!', ',']);
            title.push_str(if runs_on { " " } else { ": " });
        }
        title.push_str(text);
    }
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !title.chars().any(char::is_alphabetic) {
        return None;
    }
    Some(settle_capitals(&title, segmented))
}

/// A title in capitals throughout with those that its words have in the running text; others as they are.
pub(super) fn settle_capitals(title: &str, segmented: &Segmented) -> String {
    if is_capitals(title) { recase(title, segmented) } else { title.to_owned() }
}

/// Returns true if and only if all letters that could be small are capitals, and there are several words.
fn is_capitals(text: &str) -> bool {
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    upper >= 8 && !text.chars().any(char::is_lowercase)
}

/// A title in capitals with the capitals that its words have in the running text, where they stand there (`SCO`
/// stays, `PAKISTAN` becomes `Pakistan`); other words are capitalised as titles are.
fn recase(title: &str, segmented: &Segmented) -> String {
    let shouted = shouted_words(title, segmented);
    let mut out = String::with_capacity(title.len());
    let mut first = true;
    for (at, word) in pieces(title) {
        let lower = word.to_lowercase();
        let before = out.trim_end().chars().last();
        let starts = first || before.is_some_and(|c| ":.?!—–".contains(c));
        if !word.chars().any(char::is_alphabetic) {
            out.push_str(word);
            continue;
        }
        first = false;
        // The `S` of `PAKISTAN'S` is small.
        let hangs = at > 0 && title[..at].ends_with(['\'', '’']) && lower.chars().count() <= 2;
        if hangs || SMALL.contains(&lower.as_str()) && !starts {
            out.push_str(&lower);
        } else if shouted.get(&lower).copied().unwrap_or(false) || is_roman(word) {
            out.push_str(word);
        } else {
            let mut letters = word.chars();
            out.extend(letters.next());
            out.extend(letters.flat_map(char::to_lowercase));
        }
    }
    out
}

/// Returns true if and only if a word is a Roman numeral below 400: `XIV`, not `CIVIL`.
fn is_roman(word: &str) -> bool {
    const PLACES: [&[&str]; 3] = [
        &["CCC", "CC", "C"],
        &["XC", "LXXX", "LXX", "LX", "L", "XL", "XXX", "XX", "X"],
        &["IX", "VIII", "VII", "VI", "V", "IV", "III", "II", "I"],
    ];
    let rest = PLACES.iter().fold(word, |rest, numerals| {
        numerals.iter().find_map(|numeral| rest.strip_prefix(numeral)).unwrap_or(rest)
    });
    word.len() > 1 && rest.is_empty()
}

/// A text as runs of letters and digits and what stands between them, with their places.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let (mut start, mut inside) = (0, None);
    for (at, c) in text.char_indices() {
        if inside.is_some_and(|i| i != c.is_alphanumeric()) {
            pieces.push((start, &text[start..at]));
            start = at;
        }
        inside = Some(c.is_alphanumeric());
    }
    pieces.push((start, &text[start..]));
    pieces
}

/// For each word of the title, whether the running text writes it in capitals at least as often as not.
fn shouted_words(title: &str, segmented: &Segmented) -> BTreeMap<String, bool> {
    let mut counts: BTreeMap<String, (u32, u32)> =
        pieces(title).into_iter().map(|(_, word)| (word.to_lowercase(), (0, 0))).collect();
    let longest = counts.keys().map(String::len).max().unwrap_or(0);
    // A few pages show how the words are written.
    let mut budget = 60_000usize;
    for passage in segmented.passages.iter().filter(|p| p.kind.is_citable()) {
        for word in
            passage.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && w.len() <= longest)
        {
            if !word.starts_with(char::is_uppercase) && word.is_ascii() {
                if let Some(count) = counts.get_mut(word) {
                    count.1 += 1;
                }
            } else if let Some(count) = counts.get_mut(&word.to_lowercase()) {
                let capitals = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
                if capitals { count.0 += 1 } else { count.1 += 1 }
            }
        }
        budget = budget.saturating_sub(passage.text.len());
        if budget == 0 {
            break;
        }
    }
    counts.into_iter().map(|(word, (shouted, plain))| (word, shouted > 0 && shouted >= plain)).collect()
}
