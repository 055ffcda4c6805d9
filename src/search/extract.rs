//! The best sentences of a long passage, and places in characters.

use super::matching::Matched;
use super::plan::Plan;
use crate::passage::sentences;

/// Characters from which a passage is shown in extract.
const LONG: usize = 700;
/// Characters that an extract has about.
const SHOWN: usize = 480;

/// Half-open ranges of Unicode scalar values: the whole sentences of a long passage that hold the most of the query;
/// empty when the passage is short enough to be shown whole.
pub fn extract(plan: &Plan, text: &str, matched: &Matched) -> Vec<(usize, usize)> {
    let length = text.chars().count();
    if length <= LONG {
        return Vec::new();
    }
    let sentences: Vec<(usize, &str)> = sentences(text).collect();
    let worth: Vec<f64> = sentences
        .iter()
        .map(|(start, sentence)| {
            let inside = |s: usize| s >= *start && s < start + sentence.len();
            let slots = plan.slots.iter().enumerate();
            let words = slots.filter(|(i, _)| matched.words.iter().any(|m| m.slot == *i && inside(m.start)));
            let phrases = matched.phrases.iter().filter(|m| inside(m.start));
            words.map(|(_, slot)| slot.idf).sum::<f64>()
                + phrases.map(|m| plan.phrases[m.phrase].idf).sum::<f64>()
        })
        .collect();
    let mut chosen: Vec<usize> = Vec::new();
    let mut shown = 0;
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by(|a, b| worth[*b].total_cmp(&worth[*a]).then(a.cmp(b)));
    for i in order {
        let size = sentences[i].1.chars().count();
        if chosen.is_empty() || (worth[i] > 0.0 && shown + size <= SHOWN) {
            chosen.push(i);
            shown += size;
        }
    }
    chosen.sort_unstable();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for i in chosen {
        let (start, sentence) = sentences[i];
        let from = text[..start].chars().count();
        let to = from + sentence.chars().count();
        match ranges.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ => ranges.push((from, to)),
        }
    }
    ranges
}

/// Ranges of bytes as ranges of Unicode scalar values, ascending and joined where they overlap or where only a space
/// or hyphen stands between words of one phrase.
pub fn highlights(text: &str, matched: &Matched) -> Vec<(usize, usize)> {
    let words = matched.words.iter().map(|m| (m.start, m.end));
    let phrases = matched.phrases.iter().map(|m| (m.start, m.end));
    let mut bytes: Vec<(usize, usize)> = words.chain(phrases).collect();
    bytes.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (start, end) in bytes {
        match joined.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    let mut at = (0, 0);
    let mut to_chars = |byte: usize| {
        at.1 += text[at.0..byte].chars().count();
        at.0 = byte;
        at.1
    };
    joined.into_iter().map(|(start, end)| (to_chars(start), to_chars(end))).collect()
}
