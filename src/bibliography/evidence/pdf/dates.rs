//! The date of issue as it is printed on the first two pages.

use super::labels::{is_body_name, is_date_line, is_label, is_volume_line};
use super::lines::{has_cover, is_isolated, words};
use super::persons::is_post_line;
use super::title::PrintedTitle;
use crate::bibliography::Date;
use crate::document::PrintedLine;

/// Years between which a printed number is taken for one: of works that are printed with a date, as PDF.
const FIRST_YEAR: i32 = 1700;
const LAST_YEAR: i32 = 2099;

/// What precedes a date of publication, and what one of less weight.
const PUBLISHED: &[&str] = &[
    "published online",
    "published on",
    "published",
    "publication date",
    "date of publication",
    "date published",
    "release date",
    "date of issue",
    "issued on",
    "issued",
];
/// What precedes a date that is not the date of issue.
const OTHERS: &[&str] = &[
    "received",
    "accepted",
    "submitted",
    "accessed",
    "retrieved",
    "printed",
    "downloaded",
    "expires",
    "expiration",
    "born",
    "deadline",
    "effective",
];

/// The printed date, of the most certain kind there is: a date of publication, a line that is a date, the volume
/// of a journal with its year, a copyright.
pub fn find(printed: &[PrintedLine], title: Option<&PrintedTitle>) -> Option<Date> {
    let page = Page { printed, title, is_cover: has_cover(printed) };
    let ranked = printed.iter().filter_map(|line| page.ranked(line));
    let usual = |(_, date): &(u8, Date)| (FIRST_YEAR..=LAST_YEAR).contains(&date.year);
    ranked.filter(usual).min_by_key(|(rank, _)| *rank).map(|(_, date)| date)
}

/// What the weight of a date depends on beside its line.
struct Page<'d> {
    printed: &'d [PrintedLine],
    title: Option<&'d PrintedTitle>,
    is_cover: bool,
}

impl Page<'_> {
    /// The date of a line, and its rank: the lowest counts.
    fn ranked(&self, line: &PrintedLine) -> Option<(u8, Date)> {
        let text = line.text.as_str();
        let lower = text.to_lowercase();
        let later = if line.page > 0 { 4 } else { 0 };
        if line.page < 2
            && let Some(date) = after_label(text, &lower)
        {
            return Some((later, date));
        }
        let date = Date::parse(text).filter(|_| !OTHERS.iter().any(|word| lower.starts_with(word)))?;
        if is_date_line(text) {
            return self.date_line(line, &lower, date).map(|rank| (rank + later, date));
        }
        let edge = line.top < 0.15 || line.top > 0.85;
        if line.page < 2 && edge && (is_volume_line(text) || is_meeting(text))
            || line.page == 0 && is_periodical(text)
        {
            return volume_date(text).map(|date| (3, date));
        }
        let copyright =
            text.find('©').or_else(|| text.find("Copyright")).filter(|_| words(text).len() <= 16)?;
        Date::parse(text.get(copyright..)?).filter(|_| line.page < 2).map(|date| (8, date))
    }

    /// The rank of a line that is a date; `None` where it may be anything: within a text or among other dates.
    fn date_line(&self, line: &PrintedLine, lower: &str, date: Date) -> Option<u8> {
        let near = self.title.is_some_and(|t| t.end.0 == line.page && (line.top - t.end.1).abs() < 0.25);
        let edge = line.top < 0.2 || line.top > 0.85;
        let cover = self.is_cover && line.page == 0;
        let labelled = ["updated", "revised", "dated", "date"].iter().any(|word| lower.starts_with(word));
        let beside = |other: &&PrintedLine| {
            other.page == line.page && *other != line && (other.top - line.top).abs() < 0.3 * line.height
        };
        let in_row = self.printed.iter().filter(beside).any(|other| is_date_line(&other.text));
        let may_be_above = |above: &PrintedLine| {
            let of_title = self
                .title
                .is_some_and(|t| above.page == t.end.0 && above.top >= t.top && above.top <= t.end.1);
            of_title || is_label(&above.text) || is_body_name(&above.text) || is_post_line(&above.text)
        };
        if in_row || !is_isolated(line, self.printed, may_be_above) {
            return None;
        }
        match date {
            Date { day: Some(_), .. } if labelled || near || edge || cover => Some(1),
            Date { month: Some(_), .. } if near || edge || cover => Some(2),
            Date { month: Some(_), .. } if line.page > 1 => Some(4),
            Date { month: None, .. } if labelled => Some(2),
            Date { month: None, .. } if cover && line.top > 0.6 => Some(3),
            _ => None,
        }
    }
}

/// Returns true if and only if a line names a meeting at which papers are read.
pub fn is_meeting(text: &str) -> bool {
    const MEETINGS: [&str; 6] = ["conference", "symposium", "workshop", "congress", "colloquium", "meeting"];
    let words = words(text);
    words.len() >= 4 && words.iter().any(|word| MEETINGS.contains(&word.as_str()))
}

/// The date after `published` and the like: of `Received 3 May 2004; published 22 July 2005` the second.
fn after_label(text: &str, lower: &str) -> Option<Date> {
    if lower.len() != text.len() || words(text).len() > 24 {
        return None;
    }
    let (at, label) = PUBLISHED.iter().find_map(|label| lower.rfind(label).map(|at| (at, label)))?;
    let starts = at == 0 || lower.get(..at).is_some_and(|before| before.ends_with([' ', ';', '(', ',']));
    let value = text.get(at + label.len()..)?;
    let close = words(value).iter().take(5).any(|w| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit()));
    let leads = value.trim_start_matches([':', ' ', '.']).chars().next().is_some_and(|c| c.is_alphanumeric());
    let month_or_day = Date::parse(value).filter(|date| date.month.is_some());
    (starts && close && leads).then_some(month_or_day).flatten()
}

/// `Z. Naturforsch. 54 a, 272-273 (1999)`, `J. Environ. Qual. 33:2192–2200 (2004).`
pub fn is_periodical(text: &str) -> bool {
    let words = words(text);
    let numbers = words.iter().filter(|w| w.chars().all(|c| c.is_ascii_digit())).count();
    words.len() <= 12 && numbers >= 3 && year_in_brackets(text).is_some()
}

fn year_in_brackets(text: &str) -> Option<Date> {
    let open = text.rfind('(')?;
    let inside = text.get(open + 1..)?.split(')').next()?;
    (inside.len() == 4).then(|| Date::parse(inside)).flatten()
}

/// The date in a line with a volume: a date, the numbers of volume and issue apart, else the year in brackets, else the
/// last year named.
fn volume_date(text: &str) -> Option<Date> {
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let number = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() < 4;
        let counted = kept.last().is_some_and(|last| {
            let last = last.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
            matches!(
                last.as_str(),
                "vol" | "volume" | "no" | "nr" | "number" | "issue" | "num" | "том" | "выпуск"
            )
        });
        if !(number && counted) {
            kept.push(word);
        }
    }
    let whole = Date::parse(&kept.join(" ")).filter(|date| date.month.is_some());
    let year = |word: &String| {
        let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        is_year.then(|| Date::parse(word)).flatten()
    };
    whole.or_else(|| year_in_brackets(text)).or_else(|| words(text).iter().rev().find_map(year))
}
