//! Running heads, by their place.
//!
//! The name of a chapter at the head of its pages may come once or twice only, and then no repetition tells it from text.
//! Its place does: on most pages something short stands alone, at the same height, above the text.

use super::pages::Sheet;
use std::collections::{BTreeMap, HashSet};
use unpdf::parser::TextSpan;
use unpdf::parser::backend::PageBox;

/// The part of a page that heads stand in.
const MARGIN: f32 = 0.12;
/// The distance of a head from the text, in sizes of type.
const APART: f32 = 1.8;
/// Heights that are the same. In points.
const SAME: f32 = 2.0;
/// Pages with a head below which its place tells nothing.
const FEWEST: usize = 3;
/// Digits beyond which a number is no page number.
const MOST_DIGITS: usize = 4;
/// The longest head, in letters.
const LONGEST: usize = 100;

/// What stands alone above the text of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Its letters, without white space.
    letters: String,
    height: f32,
}

impl Head {
    /// The numbers at its ends: `56 Author`, `Report – 2`, `Page 1 of 17`.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        let of_page = self.letters.strip_prefix("Page").or(self.letters.strip_prefix("page"));
        let head = of_page.unwrap_or(&self.letters);
        let first = head.find(|c: char| !c.is_ascii_digit()).unwrap_or(head.len());
        let last = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let number = |digits: &str| digits.parse().ok().filter(|_| digits.len() <= MOST_DIGITS);
        [number(&head[..first]), number(&head[last..])].into_iter().flatten()
    }
}

/// What stands alone above the text of a page and is set no larger than it.
pub fn of_page(spans: &[TextSpan], page: PageBox) -> Option<Head> {
    let texts = || spans.iter().filter(|span| !span.text.trim().is_empty() && !span.is_rotated());
    let height = texts().map(|span| span.y).fold(f32::MIN, f32::max);
    let mut line: Vec<&TextSpan> = texts().filter(|span| height - span.y <= SAME).collect();
    let next = texts().filter(|span| height - span.y > SAME).max_by(|a, b| a.y.total_cmp(&b.y))?;
    let size = line.iter().map(|span| span.font_size).fold(0.0, f32::max);
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let letters = letters(&line.iter().map(|span| span.text.as_str()).collect::<String>());
    let is_head = height > page.ury - MARGIN * page.height()
        && height - next.y > APART * size.max(next.font_size)
        && size <= usual_size(spans) * 1.02
        && letters.chars().count() <= LONGEST
        && !is_sentence(&letters);
    is_head.then_some(Head { letters, height })
}

/// Returns true if and only if these letters are those of a short paragraph: heads have a stop after an abbreviation only,
/// and longer ones a number.
fn is_sentence(letters: &str) -> bool {
    const SHORTEST: usize = 40;
    letters.ends_with('.')
        && letters.chars().count() >= SHORTEST
        && letters.starts_with(char::is_uppercase)
        && !letters.contains(|c: char| c.is_ascii_digit())
}

/// The size in which most letters of the page are set.
fn usual_size(spans: &[TextSpan]) -> f32 {
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    for span in spans {
        *letters.entry((span.font_size * 10.0) as i32).or_default() += span.text.trim().len();
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size as f32 / 10.0)
}

/// The letters of the running heads, by page: most pages have one at that height.
pub fn running(pages: &BTreeMap<u32, Sheet>) -> HashSet<(u32, String)> {
    let heads: Vec<(u32, &Head)> =
        pages.iter().filter_map(|(n, sheet)| Some((*n, sheet.head.as_ref()?))).collect();
    let beside = |height: f32| heads.iter().filter(move |(_, head)| (head.height - height).abs() <= SAME);
    let Some(usual) = heads.iter().map(|(_, head)| head.height).max_by_key(|height| beside(*height).count())
    else {
        return HashSet::new();
    };
    // The first page of a paper or a chapter has none.
    let enough = beside(usual).count() >= FEWEST.max(pages.len() * 6 / 10);
    beside(usual).filter(|_| enough).map(|(page, head)| (*page, head.letters.clone())).collect()
}

/// A text without its white space.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
