//! Running heads, footers and page numbers, found by where they stand and by repetition.
//!
//! With page breaks (form feeds, pages of a PDF) a line at the edge of a page is furniture when it comes
//! again at the edge of another page, numbers apart, and not as often within pages, or when it has the shape of a page number or of a
//! head with a page number set at one end. Without page breaks a short line between wide gaps is
//! furniture when it repeats and cuts a sentence in two.

use super::shape::{DIGIT, GAPS, LOWER, Shape, UPPER, WIDE};
use super::superscript::is_superscript;
use super::wording::{End, Start, end_of, start_of};
use crate::document::{Document, Format, Line, Role};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How many lines from a page's edge a running head may stand.
const DEPTH: usize = 3;
/// The widest running head looked for where no page break is marked.
const WIDEST: u32 = 100;

/// Words of the notices of rights and use that publishers print as whole sentences at the foot of every page.
const NOTICES: [&str; 9] = [
    "©",
    "copyright",
    "all rights",
    "licen",
    "downloaded",
    "reproduc",
    "distribut",
    "confidential",
    "views expressed",
];

/// What was found of a document's page furniture.
#[derive(Debug, Default)]
pub struct Furniture {
    /// For each line of the document, whether it is a running head, a footer or a page number.
    pub lines: Vec<bool>,
    /// For each of the document's pages the number printed on it; `None` where there is none, and
    /// everywhere when the numbers do not run with the pages.
    pub printed: Vec<Option<String>>,
}

/// Finds the page furniture of `document`.
pub fn find(document: &Document, shapes: &[Shape]) -> Furniture {
    let mut found = Furniture { lines: vec![false; shapes.len()], printed: Vec::new() };
    if document.breaks.is_empty() {
        mark_interruptions(document, shapes, &mut found.lines);
    } else {
        let pages = pages(document, shapes);
        mark_edges(document, shapes, &pages, &mut found.lines);
        found.printed = printed_numbers(document, shapes, &found.lines);
    }
    found
}

/// The lines of each page.
fn pages(document: &Document, shapes: &[Shape]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut pages = Vec::with_capacity(document.breaks.len() + 1);
    for &at in document.breaks.iter().chain([&shapes.len()]) {
        let at = at.clamp(start, shapes.len());
        pages.push(start..at);
        start = at;
    }
    pages
}

/// The lines at the top or at the bottom of a page, the outermost first.
fn edge(document: &Document, shapes: &[Shape], page: &Range<usize>, top: bool) -> Vec<usize> {
    let role = |i: usize| document.lines.get(i).map(|line| line.role);
    let is_text = |i: &usize| {
        shapes.get(*i).is_some_and(|s| !s.is_blank()) && matches!(role(*i), Some(Role::Raw | Role::Footnote))
    };
    let outermost: Vec<usize> = if top {
        page.clone().filter(is_text).take(DEPTH).collect()
    } else {
        page.clone().rev().filter(is_text).take(DEPTH).collect()
    };
    outermost.into_iter().filter(|i| role(*i) == Some(Role::Raw)).collect()
}

fn mark_edges(document: &Document, shapes: &[Shape], pages: &[Range<usize>], marks: &mut [bool]) {
    let mut seen: HashMap<(bool, String), (usize, usize)> = HashMap::new();
    let mut edges: Vec<Edge> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for top in [true, false] {
            for (depth, i) in edge(document, shapes, page, top).into_iter().enumerate() {
                let key = (top, key_of(shapes[i].words(document)));
                let (count, last) = seen.entry(key.clone()).or_insert((0, usize::MAX));
                if *last != number {
                    *count += 1;
                    *last = number;
                }
                edges.push((i, depth, number, key));
            }
        }
    }
    let headings = headings(document, shapes, &edges);
    for (i, depth, number, key) in edges {
        let words = shapes[i].words(document);
        let repeats = key.1 != "#"
            && !is_note(words)
            && !headings.contains(&key.1)
            && seen.get(&key).is_some_and(|(count, _)| *count >= 2)
            && !(number == 0 && key.0 && may_be_title(document, words));
        let inner = (key.0 && number == 0) || (!key.0 && number + 1 == pages.len());
        let outermost = depth == 0 || marks_outside(shapes, &pages[number], i, key.0, marks);
        let shaped =
            outermost && (is_head_with_number(words, &shapes[i]) || is_page_number(words, &shapes[i]));
        // The outer edges of the document are no page breaks unless something repeats there.
        let stands_free = !inner || seen.get(&key).is_some_and(|(count, _)| *count >= 2);
        if (repeats && depth_agrees(depth, &shapes[i], words)) || (shaped && stands_free) {
            marks[i] = true;
        }
    }
}

/// A line at the edge of a page: its number, how many lines stand outside it, its page, and whether it is at the top and
/// what it has in common with others.
type Edge = (usize, usize, usize, (bool, String));

/// What lines at the edges of pages have in common that come within pages about as often, with other numbers: headings such
/// as `Article 5`.
fn headings(document: &Document, shapes: &[Shape], edges: &[Edge]) -> HashSet<String> {
    let mut texts: HashMap<&str, Vec<&str>> = HashMap::new();
    for (i, _, _, (_, key)) in edges.iter().filter(|(_, _, _, (_, key))| key.len() > 1 && key.contains('#')) {
        texts.entry(key).or_default().push(shapes[*i].words(document));
    }
    // How often a line comes within pages, and at their edges.
    let varying = texts.into_iter().filter(|(_, texts)| texts.iter().any(|text| *text != texts[0]));
    let mut counts: HashMap<&str, (usize, usize)> =
        varying.map(|(key, texts)| (key, (0, texts.len()))).collect();
    let at_edges: HashSet<usize> = edges.iter().map(|(i, ..)| *i).collect();
    let within = |i: &usize| shapes[*i].width <= WIDEST && !at_edges.contains(i);
    if !counts.is_empty() {
        for i in (0..shapes.len()).filter(within) {
            if let Some((count, _)) = counts.get_mut(key_of(shapes[i].words(document)).as_str()) {
                *count += 1;
            }
        }
    }
    let often = counts.into_iter().filter(|(_, (within, at_edges))| *within >= 3 && within * 2 >= *at_edges);
    often.map(|(key, _)| key.to_owned()).collect()
}

/// On the first page a line that comes again as the head of later pages is likely to be the title itself.
fn may_be_title(document: &Document, words: &str) -> bool {
    let stated = document.stated.title.as_deref().map(key_of);
    let is_stated = stated.is_some_and(|title| title.starts_with(&key_of(words)));
    let long = words.split(' ').count() >= 5 || words.contains(": ");
    is_stated || (long && !words.bytes().any(|b| b.is_ascii_digit()))
}

/// A repeated line may be at any depth when it is short; a longer one only at the very edge, and not when it is a whole
/// sentence: what repeats there is then a paragraph of the text, such as a clause or a refrain.
fn depth_agrees(depth: usize, shape: &Shape, words: &str) -> bool {
    shape.width <= WIDEST || depth == 0 && shape.width <= 2 * WIDEST && !is_sentence(words)
}

/// Returns true if and only if the words begin and end as a sentence of prose does and are no notice of rights or use.
fn is_sentence(words: &str) -> bool {
    let small = words.to_lowercase();
    end_of(words) == End::Stop
        && matches!(start_of(words), Start::Upper | Start::Lower)
        && !NOTICES.iter().any(|word| small.contains(word))
}

/// Notes at the foot of several pages may have the same words: `12 Ibid.`
fn is_note(words: &str) -> bool {
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit() || is_superscript(c));
    behind.len() < words.len() && words.ends_with('.') && behind.contains(char::is_alphabetic)
}

/// Returns true if and only if all lines between `i` and its page's edge are furniture.
fn marks_outside(shapes: &[Shape], page: &Range<usize>, i: usize, top: bool, marks: &[bool]) -> bool {
    let mut outside = if top { page.start..i } else { i + 1..page.end };
    outside.all(|k| marks[k] || shapes[k].is_blank())
}

/// What a line has in common with the same running head on another page: its words in small letters,
/// numbers and white space apart.
fn key_of(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    let mut in_number = false;
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        if c.is_ascii_digit() {
            if !in_number {
                key.push('#');
            }
            in_number = true;
        } else {
            in_number = false;
            key.extend(c.to_lowercase());
        }
    }
    key
}

/// `62`, `- 62 -`, `Page 3 of 10`, `xiv` set apart.
fn is_page_number(words: &str, shape: &Shape) -> bool {
    if shape.width > 20 || shape.has(WIDE) && words.chars().any(char::is_alphabetic) {
        return false;
    }
    let mut numbers = 0;
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 4 {
            numbers += 1;
        } else if !["page", "p", "of", "pg"].iter().any(|known| known.eq_ignore_ascii_case(word)) {
            let roman = word.bytes().all(|b| b"ivxl".contains(&b));
            if !roman {
                return false;
            }
            numbers += 1;
        }
    }
    (1..=2).contains(&numbers) && !words.ends_with('.') && !words.starts_with('(')
}

/// `62      Foreign Trade` or `Foreign Trade      63`: a number at one end, set off by a gap.
fn is_head_with_number(words: &str, shape: &Shape) -> bool {
    if !shape.has(DIGIT) || !shape.has(GAPS) || !shape.has(LOWER | UPPER | WIDE) || shape.width > 2 * WIDEST {
        return false;
    }
    let is_number = |w: &str| !w.is_empty() && w.len() <= 5 && w.bytes().all(|b| b.is_ascii_digit());
    let is_gap = |between: &str| between.contains('\t') || between.len() >= 3;
    let left = words.split(char::is_whitespace).next().unwrap_or("");
    let right = words.rsplit(char::is_whitespace).next().unwrap_or("");
    let behind = &words[left.len()..];
    let before = &words[..words.len() - right.len()];
    (is_number(left) && is_gap(&behind[..behind.len() - behind.trim_start().len()]))
        || (is_number(right) && is_gap(&before[before.trim_end().len()..]))
}

/// A run of lines between blank lines, with the length of the gap before and behind it.
struct Island {
    lines: Range<usize>,
    gap_before: usize,
    gap_behind: usize,
}

fn mark_interruptions(document: &Document, shapes: &[Shape], marks: &mut [bool]) {
    let islands = islands(shapes);
    let small = |island: &Island| {
        island.lines.len() <= 5 && island.lines.clone().all(|i| is_small(document, shapes, i))
    };
    let mut counts: HashMap<String, u32> = HashMap::new();
    let wide = |island: &Island| island.gap_before.max(island.gap_behind) >= 2;
    for island in islands.iter().filter(|island| wide(island) && small(island)) {
        for i in island.lines.clone() {
            *counts.entry(key_of(shapes[i].words(document))).or_insert(0) += 1;
        }
    }
    let repeats = |island: &Island| {
        wide(island)
            && small(island)
            && island
                .lines
                .clone()
                .all(|i| counts.get(&key_of(shapes[i].words(document))).is_some_and(|n| *n >= 2))
    };
    let shaped = |island: &Island| {
        island.lines.len() == 1 && {
            let shape = &shapes[island.lines.start];
            let words = shape.words(document);
            is_page_number(words, shape) || is_head_with_number(words, shape)
        }
    };
    let mut proven: HashSet<String> = HashSet::new();
    let mut at = 0;
    while at < islands.len() {
        let run = islands[at..].iter().take_while(|island| shaped(island) || repeats(island)).count();
        if run > 0 && at > 0 && cuts_sentence(document, shapes, &islands[at - 1], islands.get(at + run)) {
            for i in islands[at..at + run].iter().flat_map(|island| island.lines.clone()) {
                marks[i] = true;
                let key = key_of(shapes[i].words(document));
                if key != "#" {
                    proven.insert(key);
                }
            }
        }
        at += run.max(1);
    }
    if proven.is_empty() {
        return;
    }
    for island in islands.iter().filter(|island| repeats(island)) {
        for i in island.lines.clone() {
            marks[i] |= proven.contains(&key_of(shapes[i].words(document)));
        }
    }
}

fn is_small(document: &Document, shapes: &[Shape], i: usize) -> bool {
    let heading = shapes[i].words(document).starts_with('#');
    shapes[i].width <= WIDEST && !heading && document.lines.get(i).is_some_and(|l| l.role == Role::Raw)
}

fn islands(shapes: &[Shape]) -> Vec<Island> {
    let mut islands: Vec<Island> = Vec::new();
    let mut gap = 0;
    for (i, shape) in shapes.iter().enumerate() {
        if shape.is_blank() {
            gap += 1;
            continue;
        }
        match islands.last_mut() {
            Some(last) if last.lines.end == i => last.lines.end = i + 1,
            last => {
                if let Some(last) = last {
                    last.gap_behind = gap;
                }
                islands.push(Island { lines: i..i + 1, gap_before: gap, gap_behind: 0 });
            }
        }
        gap = 0;
    }
    islands
}

/// Returns true if and only if the text before is in mid-sentence and the text behind goes on with it.
fn cuts_sentence(document: &Document, shapes: &[Shape], before: &Island, behind: Option<&Island>) -> bool {
    let Some(behind) = behind else { return false };
    let before = shapes[before.lines.end - 1].words(document);
    let behind = shapes[behind.lines.start].words(document);
    matches!(end_of(before), End::Open | End::Hyphen) && start_of(behind) == Start::Lower
}

/// The numbers printed on the pages, when most of them run with the pages.
fn printed_numbers(document: &Document, shapes: &[Shape], marks: &[bool]) -> Vec<Option<String>> {
    let mut found: Vec<Option<i64>> = vec![None; document.pages.len()];
    // The reader may know heads by their place.
    let is_head = |line: &Line| document.format == Format::Pdf && line.role == Role::Boilerplate;
    let heads = document.lines.iter().enumerate();
    for (i, line) in heads.filter(|(i, line)| marks.get(*i) == Some(&true) || is_head(line)) {
        let words = shapes[i].words(document);
        let mut ends =
            [words.split(char::is_whitespace).next(), words.rsplit(char::is_whitespace).next()].into_iter();
        let number = ends.find_map(|word| word?.trim_matches(['-', '–', '|']).parse::<u16>().ok());
        if let (Some(slot @ None), Some(number)) = (found.get_mut(line.page as usize), number) {
            *slot = Some(i64::from(number));
        }
    }
    let shift = |(page, number): (usize, &Option<i64>)| number.map(|n| n - page as i64);
    let mut shifts: Vec<i64> = found.iter().enumerate().filter_map(shift).collect();
    shifts.sort_unstable();
    let Some(&usual) = shifts.get(shifts.len() / 2) else { return vec![None; found.len()] };
    let agreeing = shifts.iter().filter(|&&s| s == usual).count();
    let trusted = agreeing >= 2 && agreeing * 3 >= shifts.len() * 2;
    let label = |(page, number): (usize, &Option<i64>)| {
        number.filter(|n| trusted && n - page as i64 == usual).map(|n| n.to_string())
    };
    found.iter().enumerate().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::shape::shapes;
    use crate::document::Page;

    fn document(pages: &[&str]) -> Document {
        let mut document = Document::new(Format::Pdf);
        for (number, page) in pages.iter().enumerate() {
            if number > 0 {
                document.breaks.push(document.lines.len());
            }
            document.pages.push(Page::default());
            for line in page.lines() {
                document.push(line, Role::Raw, 0, number as u32);
            }
        }
        document
    }

    fn furniture(document: &Document) -> Vec<&str> {
        let shapes = shapes(document);
        let found = find(document, &shapes);
        let marked = shapes.iter().zip(&found.lines).filter(|(_, m)| **m);
        marked.map(|(s, _)| s.words(document)).collect()
    }

    #[test]
    fn heads_that_repeat_are_furniture_and_numbers_are_read() {
        let pages = [
            "Ties of Asia 41\nThe trade grew and",
            "Ties of Asia 42\nfell again in 1990",
            "Ties of Asia 43\nand so on",
        ];
        let document = document(&pages);
        assert_eq!(furniture(&document), ["Ties of Asia 41", "Ties of Asia 42", "Ties of Asia 43"]);
        let printed = find(&document, &shapes(&document)).printed;
        assert_eq!(printed, [Some("41".into()), Some("42".into()), Some("43".into())]);
    }

    #[test]
    fn notes_with_the_same_words_and_long_lines_are_no_furniture() {
        let long = "The trade grew and ".repeat(20);
        let pages = ["a\n\n4 Ibid.", "b\n\n5 Ibid.", "c\n\n⁶ Ibid."].map(|page| format!("{long}\n\n{page}"));
        assert_eq!(furniture(&document(&[&pages[0], &pages[1], &pages[2]])), Vec::<&str>::new());
    }

    #[test]
    fn headings_that_count_through_the_pages_are_no_furniture() {
        let words = ["harbour", "river", "market", "mountain"];
        let page = |n: usize| {
            let word = words[n / 2];
            let text = format!("The {word} grew.\nThe ships left the {word}.\nNobody saw the {word} again.");
            format!("Article {n}\n{text}\nArticle {}\n{}", n + 1, text.to_uppercase())
        };
        let pages = [1, 3, 5, 7].map(page);
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        assert_eq!(furniture(&document(&pages)), Vec::<&str>::new());
    }

    #[test]
    fn a_whole_sentence_that_repeats_at_the_edge_is_text_and_a_notice_of_rights_is_not() {
        let clause = "The parties have agreed that the ferry of the northern port is open to the ships of both sides from May to October.";
        let pages = ["One", "Two", "Three"].map(|page| format!("{page} of the ports.\n\n{clause}"));
        assert_eq!(furniture(&document(&[&pages[0], &pages[1], &pages[2]])), Vec::<&str>::new());
        let notice = "Copyright of the Northern Ports Press: no part of this book may be sent to others without the written leave of the press.";
        let pages = ["One", "Two", "Three"].map(|page| format!("{page} of the ports.\n\n{notice}"));
        assert_eq!(furniture(&document(&[&pages[0], &pages[1], &pages[2]])), [notice; 3]);
    }

    #[test]
    fn a_head_with_a_number_set_apart_needs_no_repetition() {
        let document =
            document(&["The trade grew and\n\n          61", "62       Ties of Asia\n\nfell again."]);
        assert_eq!(furniture(&document), ["61", "62       Ties of Asia"]);
    }

    #[test]
    fn numbers_that_do_not_run_with_the_pages_are_no_page_numbers() {
        let document = document(&["Report 7\na", "Report 3\nb", "Report 99\nc"]);
        assert_eq!(find(&document, &shapes(&document)).printed, [None, None, None]);
    }

    #[test]
    fn without_breaks_only_what_cuts_a_sentence_is_furniture() {
        let text = "UNIVERSITY\n\n\nThe trade grew and the\n\n\nUNIVERSITY\n\n\nports were full.\n\n\nRefrain\n\n\nOne.\n\n\nRefrain";
        let mut document = Document::new(Format::Text);
        text.lines().enumerate().for_each(|(i, l)| document.push(l, Role::Raw, i as u32 + 1, 0));
        assert_eq!(furniture(&document), ["UNIVERSITY", "UNIVERSITY"]);
    }
}
