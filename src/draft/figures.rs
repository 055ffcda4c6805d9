//! Figures in sentences that carry a citation: percentages, sums of money, quantities.
//!
//! Only what is surely a quantity is looked at, and only whether the source cited has the number anywhere. Years, dates,
//! pages, sections, plain counts and what is said to be about so much are passed over: a false alarm costs more here
//! than a figure missed.

use super::parse::{Citation, Draft};
use super::scan::slice;
use super::sentence::sentences;
use std::collections::BTreeSet;

/// Words behind a number that make it a quantity.
const UNITS: &str = " % percent per km kms kilometre kilometres kilometer kilometers mile miles metre metres meters tonne \
    tonnes ton tons hectare hectares acres barrels mw gw kwh megawatt megawatts gigawatts dollars rupees euros pounds \
    roubles rubles yuan somoni tenge people persons soldiers troops workers households refugees million billion trillion \
    thousand lakh crore bn mn ";
/// Words before a number that make it a name: `section 3.5`.
const LABELS: &str = " section sections chapter table figure fig fig. article articles no no. nos. p. pp. page pages para \
    para. paragraph vol vol. volume version resolution protocol route highway step item appendix annex level ";
/// Words before a number that make it a rough one.
const ROUGH: &str = " about around roughly nearly almost approximately some over under circa ca. than least most ~ between \
    ";
/// Words before a number that are a currency.
const CURRENCIES: &str = " usd eur gbp pkr rs rs. us$ rub kzt inr cny ";

/// A number as a text has it.
#[derive(Debug, Clone, PartialEq)]
struct Number {
    /// As printed.
    shown: String,
    /// In characters.
    start: usize,
    end: usize,
    value: f64,
    /// It has a decimal part or groups of thousands.
    parted: bool,
}

/// A figure of the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// As printed, with its unit.
    pub shown: String,
    /// Where it starts, in characters.
    pub at: usize,
    /// What it may be in a source.
    values: Vec<String>,
    /// The citations of its sentence, as places in the list of all.
    pub citations: Vec<usize>,
}

/// The figures of all sentences that carry citations.
pub fn figures(draft: &Draft, citations: &[Citation]) -> Vec<Figure> {
    let mut chars = draft.chars.clone();
    let taken = draft.quotations.iter().map(|q| &q.span).chain(citations.iter().map(|c| &c.span));
    for span in taken {
        for c in chars.get_mut(span.start..span.end.min(draft.chars.len())).unwrap_or_default() {
            // A letter keeps what stands before and behind apart.
            *c = if *c == '\n' { '\n' } else { ' ' };
        }
    }
    let sentences = sentences(&draft.chars);
    let mut carried: Vec<Vec<usize>> = vec![Vec::new(); sentences.len()];
    for (index, citation) in citations.iter().enumerate() {
        let mut home = sentences.partition_point(|s| s.end <= citation.span.start);
        // A citation behind the full stop belongs to the sentence before.
        let opens = sentences.get(home).is_some_and(|s| {
            slice(&draft.chars, s.start, citation.span.start).trim().trim_matches(['(', '[']).is_empty()
        });
        if opens && !citation.narrative && home > 0 {
            home -= 1;
        }
        if let Some(list) = carried.get_mut(home) {
            list.push(index);
        }
    }
    let mut found = Vec::new();
    for (sentence, citations) in sentences.iter().zip(carried).filter(|(_, c)| !c.is_empty()) {
        let words = chars.get(sentence.clone()).unwrap_or_default();
        for number in numbers(words) {
            if let Some((shown, values)) = quantity(words, &number) {
                let at = sentence.start + number.start;
                found.push(Figure { shown, at, values, citations: citations.clone() });
            }
        }
    }
    found
}

impl Figure {
    /// Returns true if and only if a source with these numbers has the figure.
    pub fn is_in(&self, values: &BTreeSet<String>) -> bool {
        self.values.iter().any(|v| values.contains(v))
    }
}

/// All numbers of a text, in figures and in words, as values.
pub fn values(text: &str) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut values = BTreeSet::new();
    for number in numbers(&chars) {
        values.extend(readings(&chars, &number));
    }
    for word in text.split(|c: char| !c.is_alphabetic()) {
        values.extend(in_words(&word.to_lowercase()).map(|n| canonical(f64::from(n))));
    }
    values
}

/// Runs of digits with their groups and decimals, by themselves: no `A4`, `12.04.2021`, `10:30`.
fn numbers(chars: &[char]) -> Vec<Number> {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !digit(i) {
            i += 1;
            continue;
        }
        let start = i;
        while digit(i) {
            i += 1;
        }
        let mut plain: String = slice(chars, start, i);
        let mut parted = false;
        let three = |at: usize| (1..=3).all(|k| digit(at + k)) && !digit(at + 4);
        while chars.get(i).is_some_and(|c| matches!(c, ',' | '\u{202f}' | '\u{a0}' | '’' | '\'')) && three(i)
        {
            plain.push_str(&slice(chars, i + 1, i + 4));
            parted = true;
            i += 4;
        }
        if chars.get(i) == Some(&'.') && digit(i + 1) {
            let from = i;
            i += 1;
            while digit(i) {
                i += 1;
            }
            plain.push_str(&slice(chars, from, i));
            parted = true;
        }
        let joined =
            |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | ':' | '_' | '#'));
        let before = start.checked_sub(1).and_then(|b| chars.get(b));
        let dotted = before == Some(&'.') && start >= 2 && digit(start - 2);
        let goes_on = matches!(chars.get(i), Some('.' | ',' | ':' | '/')) && digit(i + 1);
        let alone =
            !joined(before) && !dotted && !goes_on && !chars.get(i).is_some_and(|c| c.is_alphanumeric());
        if let (true, Ok(value)) = (alone, plain.parse::<f64>()) {
            found.push(Number { shown: slice(chars, start, i), start, end: i, value, parted });
        }
        i = i.max(start + 1);
    }
    found
}

/// The word before or behind, lower-case.
fn word_before(chars: &[char], at: usize) -> String {
    let text = slice(chars, at.saturating_sub(24), at);
    text.split_whitespace().next_back().unwrap_or_default().trim_start_matches('(').to_lowercase()
}

fn word_behind(chars: &[char], at: usize) -> String {
    let text = slice(chars, at, at + 24);
    let word = text.trim_start_matches(['-', '‑']).split_whitespace().next().unwrap_or_default();
    word.trim_end_matches([',', '.', ';', ')', ':']).to_lowercase()
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.contains(&format!(" {word} "))
}

/// The number with its unit and what it may be in a source, when it is surely a quantity.
fn quantity(chars: &[char], number: &Number) -> Option<(String, Vec<String>)> {
    let sign = number.start.checked_sub(1).and_then(|b| chars.get(b)).copied();
    let money = sign.is_some_and(|c| "$€£¥₹₽".contains(c));
    let lead = if money { number.start - 1 } else { number.start };
    let before = word_before(chars, lead);
    let behind = word_behind(chars, number.end);
    let unit = if behind.starts_with('%') { "%".to_owned() } else { behind };
    let per_cent =
        unit == "per" && slice(chars, number.end, number.end + 14).trim_start().starts_with("per cent");
    let known = listed(UNITS, &unit) && (unit != "per" || per_cent);
    let year = !number.parted && (1000.0..2200.0).contains(&number.value) && number.shown.len() == 4;
    // The first line of a list item, a range, a label, a rough number.
    let listed_item = slice(chars, 0, number.start).trim().is_empty();
    let ranged =
        sign.is_some_and(|c| "-–—".contains(c)) || matches!(chars.get(number.end), Some('-' | '–' | '—'));
    let named = listed(LABELS, &before) || listed(ROUGH, &before);
    let currency = money || listed(CURRENCIES, &before);
    if listed_item && !known
        || ranged
        || named
        || !(known || currency || number.parted)
        || (year && !known && !currency)
    {
        return None;
    }
    let unit = match (per_cent, known) {
        (true, _) => " per cent".to_owned(),
        (_, true) if unit == "%" => " %".to_owned(),
        (_, true) => format!(" {unit}"),
        _ => String::new(),
    };
    let sign = if money { sign.map(String::from).unwrap_or_default() } else { String::new() };
    Some((format!("{sign}{}{unit}", number.shown), readings(chars, number)))
}

/// What a number may mean: itself, and with the `million` behind it.
fn readings(chars: &[char], number: &Number) -> Vec<String> {
    let times = match word_behind(chars, number.end).as_str() {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "lakh" | "lakhs" => 1e5,
        "million" | "mn" | "millions" => 1e6,
        "crore" | "crores" => 1e7,
        "billion" | "bn" | "billions" => 1e9,
        "trillion" => 1e12,
        _ => return vec![canonical(number.value)],
    };
    vec![canonical(number.value), canonical(number.value * times)]
}

fn canonical(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn in_words(word: &str) -> Option<u32> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let ones = (0..).zip(ONES).find(|(_, w)| *w == word).map(|(n, _)| n);
    let tens = || (2..).zip(TENS).find(|(_, w)| *w == word).map(|(n, _)| n * 10);
    ones.or_else(tens).or(if word == "hundred" { Some(100) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        numbers(&chars).iter().filter_map(|n| quantity(&chars, n)).map(|(s, _)| s).collect()
    }

    #[test]
    fn only_sure_quantities_are_figures() {
        for (text, figures) in [
            ("It grew by 40 per cent to $3.5 billion.", vec!["40 per cent", "$3.5 billion"]),
            ("It grew by 40% along 1,200 km for 7.25 hours.", vec!["40 %", "1,200 km", "7.25"]),
            ("In 1994, on 12.04.2021 at 10:30, see section 3.5, Table 2, p. 14 and 15 states.", vec![]),
            ("About 40 per cent, nearly $5 million and more than 3,000 people.", vec![]),
            ("1. The first of 3 points in the A4 format, 2019–2021.", vec![]),
        ] {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    #[test]
    fn magnitudes_and_words_are_the_same_number() {
        let source = values("It cost 1.2 million; forty per cent; 3,000 men.");
        for value in ["1200000", "1.2", "40", "3000"] {
            assert!(source.contains(value), "{value}: {source:?}");
        }
    }
}
