//! The edges of the article: what is before its first paragraph and after its last, and headings with nothing below.

use super::blocks::{Block, Page};
use crate::document::Role;
use std::collections::{HashMap, HashSet};

/// Times that a line must come to be the page's and not the author's.
const OFTEN: usize = 3;

/// Lines of their own that announce an advert, in the languages of newspapers.
const ADVERT: &[&str] = &[
    "advertisement",
    "advertisment",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "publicidade",
    "pubblicità",
    "advertentie",
    "annons",
    "annonse",
    "annonce",
    "reklama",
    "reklam",
    "реклама",
    "إعلان",
    "اشتہار",
];

/// Takes from the blocks of the article what is only at its edges: date, author and share count before the first
/// paragraph or after a lead, short lines after the last, announcements of adverts, and headings without text.
pub fn trim(page: &Page, points: &[f64], kept: &mut [bool]) {
    let mut prose = (0..kept.len()).filter(|i| kept[*i] && points[*i] > 0.0);
    let first = prose.next().unwrap_or(0);
    let around = |i: usize| page.scopes[page.blocks[i].scope].parent;
    // A lead is in an element of its own.
    let second = prose.next().filter(|second| around(*second) != around(first)).unwrap_or(first);
    let repeated = repeated_lines(page, points);
    for (i, block) in page.blocks.iter().enumerate() {
        let is_line = block.role == Role::Paragraph && points[i] == 0.0;
        let heads = matches!(block.role, Role::Heading(_) | Role::TableRow);
        let opened = if i < first { heads } else { i >= second || !is_line };
        kept[i] &= (opened || begins_text(block)) && !(is_line && is_announced(&block.text, &repeated));
    }
    for i in (first..kept.len()).rev() {
        let block = &page.blocks[i];
        let is_line = block.role == Role::Paragraph && points[i] == 0.0 && !is_sentence(&block.text);
        if kept[i] && !is_line && !matches!(block.role, Role::Heading(_)) {
            break;
        }
        kept[i] = false;
    }
    empty_headings(page, kept);
}

/// The short lines, no sentences, that come three times and more between two paragraphs of prose: the page repeats them,
/// not the author.
fn repeated_lines<'p>(page: &'p Page, points: &[f64]) -> HashSet<&'p str> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (blocks, points) in page.blocks.windows(3).zip(points.windows(3)) {
        let is_line = blocks[1].role == Role::Paragraph && points[1] == 0.0 && !is_sentence(&blocks[1].text);
        if is_line && points[0] > 0.0 && points[2] > 0.0 {
            *times.entry(&blocks[1].text).or_default() += 1;
        }
    }
    times.into_iter().filter(|(_, times)| *times >= OFTEN).map(|(text, _)| text).collect()
}

/// A line that announces an advert, or that the page repeats.
fn is_announced(text: &str, repeated: &HashSet<&str>) -> bool {
    let word = || text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    repeated.contains(text) || text.len() < 40 && ADVERT.contains(&word().as_str())
}

/// Takes away the headings below which nothing of the article is: titles of other articles.
fn empty_headings(page: &Page, kept: &mut [bool]) {
    // For each level, whether text comes before the next heading of that level or above.
    let mut filled = [false; 7];
    for (i, block) in page.blocks.iter().enumerate().rev() {
        if !kept[i] {
            continue;
        }
        match block.role {
            Role::Heading(level) if !is_sentence(&block.text) => {
                let level = usize::from(level.min(6));
                kept[i] = filled[level];
                filled[level..].fill(false);
            }
            _ => filled.fill(true),
        }
    }
}

/// A short sentence with which an article begins, rather than its date or its author.
fn begins_text(block: &Block) -> bool {
    let text = &block.text;
    let words = text.split_whitespace().count();
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
    // Chinese and Japanese have no blanks between words.
    let signs = text.chars().filter(|c| *c >= '\u{2E80}').count();
    let has_words = words >= 5 && numbers * 5 <= words * 2 || signs >= 8 && numbers < 2;
    let role = matches!(block.role, Role::Paragraph | Role::Quotation);
    role && has_words && block.linked * 2 < text.len() && is_sentence(text)
}

/// Returns true if and only if a text ends as a sentence does, with a stop, maybe before quotation marks.
pub fn is_sentence(text: &str) -> bool {
    let closers = ['"', '\'', '”', '’', '»', ')', ']', '“', '）', '」', '›'];
    let high = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let bare = text.trim_end_matches(|c: char| closers.contains(&c) || high(c) || c.is_whitespace());
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', ':'])
}
