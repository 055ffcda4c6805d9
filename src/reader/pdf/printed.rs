//! The numbers printed on the pages, where the library leaves them out.
//!
//! A number that stands alone at the edge of a page is no text, and the library drops it. It is the number of the page
//! where those of other pages run with it.

use crate::document::{CONTRADICTING_LABELS, Page, label_only, take_printed};
use unpdf::parser::TextSpan;

/// Digits beyond which a number is no page number.
const MOST_DIGITS: usize = 4;

/// The longest text that is a page number: `Page 12 of 240`.
const LONGEST: usize = 20;

/// Labels pages by the numbers that stand alone at their edges; `numbers` has these by page, from 0. Labels of the file
/// itself stay, unless they only count the pages, or are other numbers than are printed: then a doubt is returned.
pub fn set(pages: &mut [Page], numbers: &[(usize, Vec<u32>)]) -> Option<String> {
    let found = running(numbers);
    let says_nothing =
        |(i, page): (usize, &Page)| page.label.as_ref().is_none_or(|l| *l == (i + 1).to_string());
    let counts_pages = pages.iter().enumerate().all(says_nothing);
    let printed: Vec<(usize, String)> = found.iter().map(|(page, n)| (*page, n.to_string())).collect();
    if !counts_pages {
        return take_printed(pages, &printed).then(|| CONTRADICTING_LABELS.to_owned());
    }
    let counts_only = |(page, number): &(usize, u32)| *number as usize == page + 1;
    if found.iter().all(counts_only) && (found.is_empty() || pages.iter().all(|p| p.label.is_some())) {
        return None;
    }
    label_only(pages, &printed);
    None
}

/// The pages whose number runs with that of the numbered page before or behind, with these numbers; none when they are
/// few among the pages that have numbers, as where tables stand at the edges.
fn running(numbers: &[(usize, Vec<u32>)]) -> Vec<(usize, u32)> {
    let shift = |page: usize, number: u32| i64::from(number) - page as i64;
    let has = |at: Option<usize>, wanted: i64| {
        let there = at.and_then(|at| numbers.get(at));
        there.is_some_and(|(page, all)| all.iter().any(|n| shift(*page, *n) == wanted))
    };
    let told = |(at, (page, all)): (usize, &(usize, Vec<u32>))| {
        let runs = |n: &&u32| {
            let own = shift(*page, **n);
            has(at.checked_sub(1), own) || has(Some(at + 1), own)
        };
        Some((*page, *all.iter().find(runs)?))
    };
    let found: Vec<(usize, u32)> = numbers.iter().enumerate().filter_map(told).collect();
    if found.len() * 3 >= numbers.len() * 2 { found } else { Vec::new() }
}

/// The pieces of a page's text that can be its number.
pub fn candidates(spans: &[TextSpan]) -> Vec<TextSpan> {
    spans.iter().filter(|span| may_be_number(&span.text)).cloned().collect()
}

fn may_be_number(text: &str) -> bool {
    text.len() <= LONGEST && text.bytes().any(|b| b.is_ascii_digit())
}

/// The numbers among the candidates that the library has left out of the text that it kept.
pub fn left_out(candidates: Vec<TextSpan>, kept: &[TextSpan]) -> Vec<u32> {
    let mut kept = kept.iter().filter(|span| may_be_number(&span.text)).peekable();
    let is_same = |a: &TextSpan, b: &TextSpan| (a.x, a.y, &a.text) == (b.x, b.y, &b.text);
    let left_out = candidates.into_iter().filter(|span| kept.next_if(|k| is_same(k, span)).is_none());
    runs(left_out.collect()).iter().filter_map(|text| number(text)).collect()
}

/// Texts that stand beside each other, as where each digit is drawn for itself.
fn runs(mut spans: Vec<TextSpan>) -> Vec<String> {
    spans.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut runs: Vec<(TextSpan, String)> = Vec::new();
    for span in spans {
        match runs.last_mut() {
            Some((last, text)) if goes_on(last, &span) => {
                text.push_str(&span.text);
                *last = span;
            }
            _ => runs.push((span.clone(), span.text)),
        }
    }
    runs.into_iter().map(|(_, text)| text).collect()
}

fn goes_on(last: &TextSpan, next: &TextSpan) -> bool {
    let gap = next.x - last.x - last.width;
    (last.y - next.y).abs() < 1.0 && gap.abs() < 0.3 * next.font_size
}

/// The page number in `12`, `- 12 -`, `Page 12`, `12 / 40`.
fn number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end).filter(|d| (1..=MOST_DIGITS).contains(&d.len()))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::super::made::pdf as made;
    use super::super::{Limits, read};
    use super::*;

    fn labels(pages: &[String], catalogue: &str) -> Vec<String> {
        let bytes = made::pages(pages, catalogue, "");
        let document = read(&bytes, &Limits::default()).unwrap();
        assert!(!document.text.contains("217"), "the number is no text");
        document.pages.into_iter().map(|p| p.label.unwrap_or_default()).collect()
    }

    fn page(number: &str) -> String {
        let text: String = (0..20)
            .map(|n| made::show(72, 700 - 14 * n, 10, "The ministers met in Minsk and spoke of it."))
            .collect();
        text + &made::show(300, 30, 10, number)
    }

    #[test]
    fn a_number_alone_at_the_edge_is_the_page() {
        let pages: Vec<String> = (217..=221).map(|n| page(&n.to_string())).collect();
        assert_eq!(labels(&pages, ""), ["217", "218", "219", "220", "221"]);
        // Labels that only count the pages say less.
        let counting = "/PageLabels << /Nums [0 << /S /D >>] >>";
        assert_eq!(labels(&pages, counting), ["217", "218", "219", "220", "221"]);
        // Other numbers than are printed are wrong.
        let other = "/PageLabels << /Nums [0 << /S /D /St 71 >>] >>";
        assert_eq!(labels(&pages, other), ["217", "218", "219", "220", "221"]);
        let own = "/PageLabels << /Nums [0 << /S /D /P (A-) >>] >>";
        assert_eq!(labels(&pages, own), ["A-1", "A-2", "A-3", "A-4", "A-5"]);
    }

    #[test]
    fn a_page_without_a_number_has_none() {
        let pages = [page("5"), page(""), page("7")];
        assert_eq!(labels(&pages, ""), ["5", "", "7"]);
    }

    #[test]
    fn numbers_that_do_not_run_with_the_pages_are_none() {
        assert_eq!(labels(&[page("5"), page("12"), page("3")], ""), ["", "", ""]);
        assert_eq!(labels(&[page("5")], ""), [""]);
    }

    #[test]
    fn numbering_may_change_within_a_book() {
        // Four plates are not counted, two pages have no number, one has another number too.
        let number = |page: usize| if page < 15 { page as u32 + 3 } else { page as u32 - 1 };
        let mut numbers: Vec<(usize, Vec<u32>)> = (0..40).map(|page| (page, vec![number(page)])).collect();
        numbers[20].1.insert(0, 1998);
        numbers.retain(|(page, _)| *page != 7 && *page != 8);
        let found = running(&numbers);
        assert_eq!(found.len(), 38);
        assert!(found.iter().all(|(page, n)| *n == number(*page)));
    }

    #[test]
    fn numbers_are_read_in_all_their_dress() {
        for text in ["12", "- 12 -", "Page 12", "12 / 40", "12 of 40"] {
            assert_eq!(number(text), Some(12), "{text}");
        }
        assert_eq!(number("20191231"), None);
    }
}
