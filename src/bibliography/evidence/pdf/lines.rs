//! The printed lines of a title page, grouped by their type: a title of three lines is one group.

use crate::document::PrintedLine;
use std::collections::BTreeMap;

/// Sizes of type that are the same, as a share.
const SAME_SIZE: f32 = 0.04;
/// The distance of two baselines, in sizes of type, up to which lines of one type belong together.
const PITCH: f32 = 1.9;
/// Ends or middles of lines that are aligned, as a share of the page's width.
const ALIGNED: f32 = 0.035;
/// Letters on later pages from which they tell the size of the running text.
const ENOUGH: usize = 500;
/// Letters on a first page from which it is no cover.
const COVER_LETTERS: usize = 1_500;

/// Lines set in one type, one under the other.
#[derive(Debug, Clone)]
pub struct Group<'d> {
    lines: Vec<&'d PrintedLine>,
}

impl<'d> Group<'d> {
    /// A group of one line.
    pub fn of(line: &'d PrintedLine) -> Group<'d> {
        Group { lines: vec![line] }
    }

    /// The same with one more line.
    pub fn with(mut self, line: &'d PrintedLine) -> Group<'d> {
        self.lines.push(line);
        self
    }

    /// Its lines, from top to bottom.
    pub fn lines(&self) -> &[&'d PrintedLine] {
        &self.lines
    }

    /// The first line; a group has at least one.
    pub fn first(&self) -> &'d PrintedLine {
        self.lines[0]
    }

    /// The last line.
    pub fn last(&self) -> &'d PrintedLine {
        self.lines[self.lines.len() - 1]
    }

    /// The lines joined, words cut at their ends too.
    pub fn text(&self) -> String {
        join(self.lines.iter().map(|line| line.text.as_str()))
    }

    /// The same without the first lines that `opens` names and the last ones that `closes` names; `None` when nothing stays.
    pub fn trimmed(&self, opens: impl Fn(&str) -> bool, closes: impl Fn(&str) -> bool) -> Option<Group<'d>> {
        let from = self.lines.iter().position(|line| !opens(&line.text))?;
        let to = self.lines.iter().rposition(|line| !closes(&line.text)).filter(|to| *to >= from)?;
        Some(Group { lines: self.lines[from..=to].to_vec() })
    }

    fn takes(&self, line: &PrintedLine) -> bool {
        let last = self.last();
        let same = |a: f32, b: f32| (a - b).abs() <= ALIGNED;
        let gap = (line.top - last.top) / line.height.max(1e-4);
        let aligned = same(last.left, line.left)
            || same(last.left + last.right, line.left + line.right)
            || same(last.right, line.right);
        is_same_type(last, line) && (0.3..=PITCH).contains(&gap) && aligned
    }
}

/// Returns true if and only if two lines are set in one type, italics apart.
pub fn is_same_type(a: &PrintedLine, b: &PrintedLine) -> bool {
    (a.size - b.size).abs() <= SAME_SIZE * a.size.max(b.size) && a.is_bold == b.is_bold
}

/// Returns true if and only if no text in the same type is close above a line, other than lines that `may_be_above`.
pub fn is_isolated(
    line: &PrintedLine,
    printed: &[PrintedLine],
    may_be_above: impl Fn(&PrintedLine) -> bool,
) -> bool {
    let close = |other: &&PrintedLine| {
        let gap = (line.top - other.top) / line.height.max(1e-4);
        let overlaps = other.left < line.right && other.right > line.left;
        other.page == line.page && overlaps && (0.3..1.6).contains(&gap)
    };
    !printed
        .iter()
        .filter(close)
        .any(|other| (other.size - line.size).abs() <= SAME_SIZE * line.size && !may_be_above(other))
}

/// The lines of a page at one height, joined: what a wide gap parts (`Date of hearing:   3 May 2020`) belongs together.
pub fn rows(printed: &[PrintedLine], page: u32) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = Vec::new();
    for line in printed.iter().filter(|line| line.page == page) {
        match rows.last_mut() {
            Some((top, row)) if (line.top - *top).abs() < 0.3 * line.height => {
                row.push(' ');
                row.push_str(&line.text);
            }
            _ => rows.push((line.top, line.text.clone())),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Returns true if and only if the first page holds little text, as a cover does.
pub fn has_cover(printed: &[PrintedLine]) -> bool {
    printed.iter().filter(|line| line.page == 0).map(|line| line.text.chars().count()).sum::<usize>()
        < COVER_LETTERS
}

/// Joins the lines of a title: a hyphen at a line end that cuts a word goes.
pub fn join<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let mut text = String::new();
    for line in lines.map(str::trim).filter(|line| line.contains(char::is_alphanumeric)) {
        let cut = text.strip_suffix(['-', '\u{AD}', '‐']).filter(|before| {
            let (before, after) = (before.chars().last(), line.chars().next());
            let both = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
            both(char::is_lowercase) || both(char::is_uppercase)
        });
        match cut {
            Some(before) => text.truncate(before.len()),
            None if text.ends_with(['-', '–', '—', '/']) || text.is_empty() => {}
            None => text.push(' '),
        }
        text.push_str(line);
    }
    text
}

/// The groups of a page, from top to bottom.
pub fn groups<'d>(printed: &'d [PrintedLine], page: u32) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    for line in printed.iter().filter(|line| line.page == page) {
        match groups.iter_mut().rev().find(|group| group.takes(line)) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group::of(line)),
        }
    }
    groups
}

/// The size of the running text in points: that in which most letters are set, on the later pages where they have
/// enough of it, for a cover has none.
pub fn body_size(printed: &[PrintedLine]) -> f32 {
    let letters = |page: fn(u32) -> bool| {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        for line in printed.iter().filter(|line| page(line.page)) {
            *sizes.entry((line.size * 4.0).round() as i32).or_default() += line.text.chars().count();
        }
        sizes
    };
    let later = letters(|page| page > 0);
    let sizes = if later.values().sum::<usize>() >= ENOUGH { later } else { letters(|page| page == 0) };
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(10.0, |(size, _)| size as f32 / 4.0)
}

/// Letters and digits in lower case: what is compared when one text is looked for in another.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a text, letters and digits only, in lower case.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Returns true if and only if all letters are capitals, and there are several.
pub fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 3 && !text.chars().any(char::is_lowercase)
}

/// Returns true if and only if most longer words have capitals.
pub fn is_title_case(text: &str) -> bool {
    let long: Vec<&str> = text.split_whitespace().filter(|w| w.chars().count() > 3).collect();
    let capital = long.iter().filter(|w| w.contains(char::is_uppercase)).count();
    10 * capital >= 6 * long.len()
}
