//! Dates of BibLaTeX: a day, a range, a season, about a year, or words such as `forthcoming`.
//! (The biblatex package, section 2.3.8, after ISO 8601-2.)

use super::field;
use crate::bibliography::Date;
use biblatex::Entry;
use serde_json::{Value, json};

/// A date, and what of it a [`Date`] cannot hold, as CSL has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Dated {
    pub(super) date: Option<Date>,
    pub(super) more: Option<Value>,
}

/// Words that stand for a date (`pubstate` of BibLaTeX).
const STATES: [&str; 6] =
    ["forthcoming", "in press", "inpress", "inpreparation", "submitted", "prepublished"];

/// A state as it is printed.
pub(in crate::bibliography::library) fn state(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    let at = STATES.iter().position(|state| *state == word)?;
    ["forthcoming", "in press", "in press", "in preparation", "submitted", "prepublished"].get(at).copied()
}

/// A date field, or `year`, `month` and `day`; one that cannot be read is complained of.
pub(super) fn date(entry: &Entry, prefix: &str, complain: &mut impl FnMut(String)) -> Dated {
    let Some(written) = written(entry, prefix) else { return Dated::default() };
    if let Some(state) = state(&written) {
        return Dated { date: None, more: Some(json!({ "literal": state })) };
    }
    if matches!(written.to_lowercase().as_str(), "n.d." | "nd" | "n. d.") {
        return Dated::default();
    }
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let years = written.split_once(['–', '-']).filter(|(first, last)| is_year(first) && is_year(last));
    let (start, end) = written.split_once('/').or(years).unwrap_or((&written, ""));
    let first = one(start);
    let about = start.ends_with(['~', '%', 'u', 'X'])
        || ["ca.", "c.", "circa"].iter().any(|word| lower_starts(start, word));
    let last = one(end).filter(|last| first.as_ref().is_some_and(|first| first.date < last.date));
    match first {
        Some(first) => {
            let mut more = json!({ "date-parts": [parts(first.date)] });
            if let Some(last) = &last {
                more = json!({ "date-parts": [parts(first.date), parts(last.date)] });
            }
            if let Some(season) = first.season {
                more["season"] = json!(season);
            }
            if about {
                more["circa"] = json!(true);
            }
            let is_more = last.is_some() || first.season.is_some() || about;
            Dated { date: Some(first.date), more: is_more.then_some(more) }
        }
        None => {
            let year = year_of(&written);
            let what = if year.is_some() { "is read for its year only" } else { "cannot be read" };
            complain(format!("date `{written}` {what}: write it as 2021, 2021-09 or 2021-09-08"));
            Dated { date: year, more: None }
        }
    }
}

fn lower_starts(text: &str, word: &str) -> bool {
    text.trim().to_lowercase().starts_with(word)
}

fn written(entry: &Entry, prefix: &str) -> Option<String> {
    field(entry, &[&format!("{prefix}date")]).or_else(|| {
        let year = field(entry, &[&format!("{prefix}year")])?;
        let month = field(entry, &[&format!("{prefix}month")]).unwrap_or_default();
        let day = field(entry, &[&format!("{prefix}day")]).unwrap_or_default();
        let written = match month.parse::<u8>() {
            Ok(month) if day.is_empty() => format!("{year}-{month:02}"),
            Ok(month) => format!("{year}-{month:02}-{day:0>2}"),
            Err(_) => format!("{day} {month} {year}"),
        };
        super::tidy(&written)
    })
}

/// A date and its season, 1 for spring to 4 for winter, as CSL counts them.
struct One {
    date: Date,
    season: Option<u8>,
}

/// One date; `None` when it is none, or has a month or day that there is not.
fn one(written: &str) -> Option<One> {
    let bare = written.trim().trim_end_matches(['~', '?', '%']);
    // A year before our era, which BibLaTeX counts as astronomers do.
    if let Some(year) =
        bare.strip_prefix('-').filter(|year| !year.is_empty() && year.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(One {
            date: Date { year: -year.parse::<i32>().ok()?, month: None, day: None },
            season: None,
        });
    }
    // A decade or a century: `199u`, `19XX`.
    let known = bare.trim_end_matches(['u', 'X']);
    if bare.len() == 4 && matches!(known.len(), 2 | 3) && known.bytes().all(|b| b.is_ascii_digit()) {
        let year = format!("{known:0<4}").parse().ok()?;
        return Some(One { date: Date { year, month: None, day: None }, season: None });
    }
    let first =
        padded(bare.split('T').next().filter(|date| date.len() >= 4 && bare.contains('-')).unwrap_or(bare));
    if let [year, season] = first.split('-').collect::<Vec<_>>().as_slice()
        && let Ok(season @ 21..=24) = season.parse::<u8>()
    {
        return Some(One {
            date: Date { year: year.parse().ok()?, month: None, day: None },
            season: Some(season - 20),
        });
    }
    // A month of 00 is none.
    let first = first.trim_end_matches("-00");
    let iso_like = first.chars().all(|c| c.is_ascii_digit() || c == '-') && first.contains('-');
    let date = Date::parse(first).filter(|date| !iso_like || date.to_string() == first)?;
    Some(One { date, season: None })
}

fn parts(date: Date) -> Vec<i32> {
    let rest = [date.month, date.month.and(date.day)].into_iter().map_while(|part| part.map(i32::from));
    std::iter::once(date.year).chain(rest).collect()
}

/// `1995-10-4` with two digits for months and days.
fn padded(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [year, rest @ ..] if year.len() == 4 && !rest.is_empty() && parts.iter().all(digits) => {
            rest.iter().fold((*year).to_owned(), |date, part| format!("{date}-{part:0>2}"))
        }
        _ => date.to_owned(),
    }
}

/// The only number of four digits in a date that cannot be read, as its year.
fn year_of(written: &str) -> Option<Date> {
    let numbers = written.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    let years: Vec<i32> = numbers.filter_map(|n| n.parse().ok()).collect();
    match years.as_slice() {
        [year] => Some(Date { year: *year, month: None, day: None }),
        _ => None,
    }
}
