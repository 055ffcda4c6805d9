//! Headings by their looks, and the section paths they make.

use super::block::{is_capitals, is_title_case};
use super::cue;
use crate::clean::shape::Shape;
use crate::clean::wording::{End, Start, bullet, end_of, ends_hanging, enumerator, start_of};

/// How high a heading stands: smaller ranks hold greater ones.
pub type Rank = u8;

/// What surrounds a line that may be a heading.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    /// It stands apart from its neighbours, or no paragraph of the document does.
    pub apart: bool,
    /// The text before it is complete, or there is none.
    pub after_stop: bool,
    /// A paragraph or another heading follows.
    pub leads: bool,
    /// What follows has small letters.
    pub before_small_letters: bool,
    /// What follows may go on with it: it begins with a small letter, or stands on the next page.
    pub may_go_on: bool,
}

/// The longest heading.
const LONGEST: usize = 150;

/// The rank of the heading `words`, a line of shape `shape`, with the rule that tells it is one.
pub fn rank(words: &str, shape: &Shape, around: Surroundings) -> Option<(Rank, &'static str)> {
    if words.len() > LONGEST || bullet(words).is_some() || words.starts_with(['(', '|', '“', '"', '«']) {
        return None;
    }
    if words.contains("://") || words.contains('@') || words.contains('©') {
        return None;
    }
    let (text, emphasised) = without_emphasis(words);
    let end = end_of(text);
    if end == End::Stop && !text.ends_with(['?', '!']) || start_of(text) == Start::Lower {
        return None;
    }
    if is_capitals(shape)
        && around.before_small_letters
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 4
    {
        return Some((10, "capitals"));
    }
    if !around.leads
        || !around.after_stop
        || end == End::Abbreviation
        || end == End::Hyphen
        || ends_hanging(text)
    {
        return None;
    }
    if let Some(label) = text.strip_suffix(':') {
        let count = label.split_whitespace().count();
        let good =
            count <= 14 && is_title_case(label) && (count > 1 || around.apart) && enumerator(text).is_none();
        return good.then_some((30, "colon"));
    }
    if end != End::Open && !text.ends_with(['?', '!']) || text.ends_with(',') || looks_like_date(text) {
        return None;
    }
    if let Some((depth, title)) = numbered(text) {
        let good = title.len() <= 100 && (is_title_case(title) || depth > 1) && around.apart;
        return good.then_some((19 + depth, "numbered heading"));
    }
    let count = text.split_whitespace().count();
    if !around.apart || count > 14 || end != End::Open {
        return None;
    }
    if emphasised && count <= 14 {
        return Some((20, "emphasised line"));
    }
    if text.bytes().filter(|b| *b == b',').count() > 2 {
        return None;
    }
    if is_title_case(text) {
        return Some((20, "title case"));
    }
    (!around.may_go_on
        && text.len() <= 60
        && count <= 8
        && start_of(text) == Start::Upper
        && !text.contains([',', ';']))
    .then_some((25, "short line before a paragraph"))
}

/// The number of levels and the title of `2.1 Trade`.
fn numbered(text: &str) -> Option<(u8, &str)> {
    let (label, title) = text.split_once(' ')?;
    let label = label.strip_suffix('.').unwrap_or(label);
    let mut depth = 0u8;
    for part in label.split('.') {
        let number = !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        let roman = !part.is_empty() && part.len() <= 5 && part.bytes().all(|b| b"IVXL".contains(&b));
        if !(number || roman) {
            return None;
        }
        depth = depth.saturating_add(1);
    }
    Some((depth, title.trim()))
}

/// `text` without signs of emphasis around the whole, and whether there were any.
pub fn without_emphasis(text: &str) -> (&str, bool) {
    let inner = text.trim_matches(['*', '_']).trim();
    let whole = text.len() >= inner.len() + 2 && text.starts_with(['*', '_']) && text.ends_with(['*', '_']);
    if whole && !inner.contains("**") { (inner, true) } else { (text, false) }
}

/// Returns true if and only if `text` holds a year or a day and a month's name: a date line, not a heading.
pub fn looks_like_date(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (mut month, mut number, mut count) = (false, false, 0);
    for word in words {
        count += 1;
        month |= is_month(word);
        number |= word.bytes().next().is_some_and(|b| b.is_ascii_digit());
    }
    let iso = text.len() >= 8 && text.bytes().all(|b| b.is_ascii_digit() || b"-/. :".contains(&b));
    iso || (month && number && count <= 9)
}

/// Returns true if and only if `word` is the name of a month, whole or cut to three letters.
pub fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_capital = word.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    let is_short = |month: &str| word.len() == 3 && month[..3].eq_ignore_ascii_case(word);
    is_capital && MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word) || is_short(month))
}

/// The sections a document opens, as paths.
#[derive(Debug)]
pub struct Sections {
    /// Every path, the empty one first.
    pub paths: Vec<Vec<String>>,
    open: Vec<(Rank, String)>,
}

impl Sections {
    /// No section is open.
    pub fn new() -> Sections {
        Sections { paths: vec![Vec::new()], open: Vec::new() }
    }

    /// Opens the section `title`, closing those of the same and lower rank.
    ///
    /// A heading that says all that the open one of its rank says, and more, is taken for a section of
    /// that: `Ties with Iran`, `Economic Ties with Iran`. Ranks between neighbours are left free for it.
    pub fn open(&mut self, rank: Rank, title: String) {
        let holder = self.open.iter().find(|(open, _)| *open == rank);
        let rank = if holder.is_some_and(|(_, held)| elaborates(&title, held)) {
            rank.saturating_add(1)
        } else {
            rank
        };
        // Nothing stands below an abstract or a reference list.
        self.open.retain(|(open, held)| {
            *open < rank && !cue::names_abstract(held) && !cue::names_reference_list(held)
        });
        self.open.push((rank, title));
        self.paths.push(self.open.iter().map(|(_, title)| title.clone()).collect());
    }

    /// The index of the present path.
    pub fn current(&self) -> u32 {
        (self.paths.len() - 1) as u32
    }
}

/// Returns true if and only if `title` has all the words of `held`, two at least, and more.
fn elaborates(title: &str, held: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let (title, held) = (words(title), words(held));
    held.len() >= 2 && title.len() > held.len() && held.iter().all(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::shape::shapes;
    use crate::document::{Document, Format, Role};

    fn rank_of(words: &str) -> Option<Rank> {
        let mut document = Document::new(Format::Text);
        document.push(words, Role::Raw, 1, 0);
        let around = Surroundings {
            apart: true,
            after_stop: true,
            leads: true,
            before_small_letters: true,
            may_go_on: false,
        };
        rank(words, &shapes(&document)[0], around).map(|(rank, _)| rank)
    }

    #[test]
    fn headings_are_told_from_sentences() {
        for (words, expected) in [
            ("ECONOMIC TIES", Some(10)),
            ("Ties of Trade and of Transit", Some(20)),
            ("2.1 Ties", Some(21)),
            ("Trade and Transit:", Some(30)),
            ("**Trade**", Some(20)),
            ("Economic ties", Some(25)),
            ("Main points made by the envoy were:", None),
            ("New Delhi, 5 March 1957", None),
            ("They met again.", None),
            ("(3) Trade", None),
        ] {
            assert_eq!(rank_of(words), expected, "{words}");
        }
    }

    #[test]
    fn sections_nest_by_rank() {
        let mut sections = Sections::new();
        for (rank, title) in [(10, "A"), (20, "B"), (20, "C"), (10, "D")] {
            sections.open(rank, title.to_owned());
        }
        assert_eq!(sections.paths[3], ["A", "C"]);
        assert_eq!(sections.paths[4], ["D"]);
        for title in ["Ties with Iran", "Economic Ties with Iran", "Ties with China"] {
            sections.open(20, title.to_owned());
        }
        assert_eq!(sections.paths[6], ["D", "Ties with Iran", "Economic Ties with Iran"]);
        assert_eq!(sections.paths[7], ["D", "Ties with China"]);
    }
}
