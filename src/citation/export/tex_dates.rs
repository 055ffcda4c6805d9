//! Dates for BibTeX, BibLaTeX and RIS.

use crate::bibliography::{Date, Work};
use serde_json::Value;

/// A date of a work with what its [`Date`] cannot hold: the end of a range, a season, that it is about then, or words.
pub struct Dated<'w> {
    date: Option<Date>,
    more: Option<&'w Value>,
}

impl<'w> Dated<'w> {
    /// The date of that variable of CSL.
    pub fn of(work: &'w Work, variable: &str) -> Dated<'w> {
        let date = match variable {
            "issued" => work.issued,
            "accessed" => work.accessed,
            _ => None,
        };
        let more = work.more.get(variable).filter(|value| value.is_object());
        Dated { date: date.or_else(|| more.and_then(|more| part(more, 0))), more }
    }

    /// `2021-09-08`, `1984/1990`, `1998~`, `2003-21` (the biblatex package, section 2.3.8).
    pub fn iso(&self) -> Option<String> {
        let mut text = self.date?.to_string();
        let Some(more) = self.more else { return Some(text) };
        let season = more.get("season").and_then(|s| s.as_u64().or_else(|| s.as_str()?.parse().ok()));
        if let Some(season) = season.filter(|season| (1..=4).contains(season)) {
            text = format!("{:04}-{}", self.date?.year, 20 + season);
        }
        if more.get("circa").is_some_and(|circa| !matches!(circa, Value::Bool(false) | Value::Null)) {
            text.push('~');
        }
        if let Some(last) = self.last() {
            text.push_str(&format!("/{last}"));
        }
        Some(text)
    }

    /// The end of a range.
    pub fn last(&self) -> Option<Date> {
        part(self.more?, 1).filter(|last| Some(*last) != self.date)
    }

    /// What of the date is no year, month and day: `1984–1990`, `Spring`, `ca. 1998`.
    pub fn in_words(&self) -> Option<String> {
        if let (Some(first), Some(last)) = (self.date, self.last()) {
            return Some(if first.year == last.year {
                format!("{first}–{last}")
            } else {
                format!("{}–{}", first.year, last.year)
            });
        }
        let iso = self.iso()?;
        let season = ["Spring", "Summer", "Autumn", "Winter"]
            .into_iter()
            .zip(21..)
            .find(|(_, n)| iso.ends_with(&format!("-{n}")));
        let about = || iso.strip_suffix('~').map(|date| format!("ca. {date}"));
        season.filter(|_| iso.len() == 7).map(|(word, _)| word.to_owned()).or_else(about)
    }

    /// The year, those of a range, or the words that stand for it.
    pub fn year(&self) -> Option<String> {
        match (self.date, self.last()) {
            (Some(first), Some(last)) if first.year != last.year => {
                Some(format!("{}--{}", first.year, last.year))
            }
            (Some(first), _) => Some(first.year.to_string()),
            (None, _) => self.words().map(str::to_owned),
        }
    }

    /// Words in place of a date: `forthcoming`.
    pub fn words(&self) -> Option<&'w str> {
        self.more.filter(|_| self.date.is_none())?.get("literal")?.as_str()
    }
}

/// The first or last date of CSL's `date-parts`.
fn part(value: &Value, at: usize) -> Option<Date> {
    let parts = value.get("date-parts")?.get(at)?;
    let number = |i: usize| {
        let part = parts.get(i)?;
        part.as_i64().or_else(|| part.as_str()?.trim().parse().ok()).filter(|n| *n != 0)
    };
    let small = |i: usize| number(i).and_then(|n| u8::try_from(n).ok());
    Some(Date { year: i32::try_from(number(0)?).ok()?, month: small(1), day: small(1).and(small(2)) })
}
