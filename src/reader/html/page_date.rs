//! Dates as pages write them for programs.

use crate::bibliography::Date;

/// The date of a tag, an attribute or a structured field: ISO 8601 with or without time, `20160915`, seconds or
/// milliseconds since 1970, `Sun Jan 5 2020 10:00:00 GMT`, `2019年2月22日`, or any printed form. Of a time with its zone
/// the local day is taken.
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() || text.len() > 120 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return of_digits(text);
    }
    if let Some(day) = text.get(..10).filter(|d| is_iso(d)) {
        return Date::parse(day);
    }
    let folded = text.replace(['年', '月'], "-").replace('日', " ").replace(['년', '월'], "-");
    let folded = folded.replace("- ", "-").replace('일', " ");
    if folded != text {
        return padded(&folded).or_else(|| Date::parse(&folded));
    }
    // `2016 12 22 14:00:00`.
    let spaced: Vec<&str> = text.split_whitespace().take(3).collect();
    if let [year, month, day] = spaced.as_slice()
        && [year, month, day].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
        && year.len() == 4
    {
        return Date::parse(&format!("{year}-{month}-{day}"));
    }
    padded(text).or_else(|| Date::parse(text))
}

/// The date that a text shows to its day, where it holds little else; its year alone where day and month may be either
/// (`06/01/2026`).
pub fn shown(text: &str) -> Option<Date> {
    let date = (text.chars().count() <= 80).then(|| read(text)).flatten()?;
    (date.day.is_some() || has_number_day(text)).then_some(date)
}

/// Returns true if and only if a day, a month and a year are written as numbers: `06/01/2026`.
fn has_number_day(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let parts: Vec<&str> = word.split(['/', '-']).collect();
        let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        matches!(parts.as_slice(), [a, b, year] if a.len() <= 2 && b.len() <= 2 && year.len() == 4)
            && parts.iter().all(is_digits)
    })
}

/// The day in an address: `/2016/12/22/`, `/2016-12-22-`; a month, `/2016/12/`, is no day of publication.
pub fn in_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let bytes = path.as_bytes();
    (0..bytes.len().min(400)).find_map(|at| {
        let (open, day, close) =
            (path.get(at..at + 1)?, path.get(at + 1..at + 11)?, path.get(at + 11..at + 12)?);
        let mark = day.as_bytes()[4];
        let framed = open == "/" && matches!(close, "/" | "-" | "_");
        let cut = matches!(mark, b'/' | b'-') && day.as_bytes()[7] == mark;
        (framed && cut).then(|| Date::parse(&day.replace('/', "-"))).flatten().filter(|d| d.day.is_some())
    })
}

fn is_iso(day: &str) -> bool {
    let bytes = day.as_bytes();
    bytes.iter().enumerate().all(|(at, b)| match at {
        4 | 7 => *b == b'-',
        _ => b.is_ascii_digit(),
    })
}

/// `2019/2/4`, `2019-2-4 10:00`, `2019.2.4`.
fn padded(text: &str) -> Option<Date> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text[start..]
        .find(|c: char| !c.is_ascii_digit() && !"-/.".contains(c))
        .map_or(text.len(), |n| start + n);
    let parts: Vec<&str> = text.get(start..end)?.split(['-', '/', '.']).filter(|p| !p.is_empty()).collect();
    let [year, month, day] = parts.get(..3)? else { return None };
    let small = |p: &&str| p.len() <= 2;
    if year.len() != 4 || ![month, day].into_iter().all(small) {
        return None;
    }
    Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")).filter(|date| date.day.is_some())
}

fn of_digits(text: &str) -> Option<Date> {
    let seconds = |digits: &str| digits.parse::<i64>().ok().and_then(|s| Date::of_days(s / 86_400));
    match text.len() {
        4 => Date::parse(text),
        8 => {
            Date::parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])).filter(|d| d.day.is_some())
        }
        // `20160915143000`.
        14 => of_digits(&text[..8]),
        9 | 10 => seconds(text),
        13 => seconds(&text[..10]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_for_programs_are_read() {
        for (text, iso) in [
            ("2016-12-22T19:27:41+00:00", "2016-12-22"),
            ("2018-10-29T10:15-500", "2018-10-29"),
            ("20160915", "2016-09-15"),
            ("20160915143000", "2016-09-15"),
            ("1482364800", "2016-12-22"),
            ("1482364800000", "2016-12-22"),
            ("Sun Jan 5 2020 10:00:00 GMT+0100", "2020-01-05"),
            ("Mon, 19 Dec 2016 12:55:00 PST", "2016-12-19"),
            ("Thursday, December 22, 2016, 06:47 PM", "2016-12-22"),
            ("2016 12 12 14:00:00", "2016-12-12"),
            ("2019年2月4日 14時30分", "2019-02-04"),
            ("2019/2/4", "2019-02-04"),
            ("12-15-2016", "2016-12-15"),
            ("2019", "2019"),
        ] {
            assert_eq!(read(text).map(|d| d.to_string()).as_deref(), Some(iso), "{text}");
        }
        for text in ["", "12345", "yesterday", "99999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}", path in "[/0-9á-]{0,40}") {
            let _ = (read(&text), shown(&text), in_address(&path), read(&path));
        }
    }

    #[test]
    fn of_a_day_that_may_be_a_month_the_year_is_known() {
        for (text, iso) in [
            ("By Ann Lind Published on 06/01/2026", Some("2026")),
            ("Published 26/01/2026 - 10:00", Some("2026-01-26")),
            ("06-01-2026", Some("2026")),
            ("Copyright 2026", None),
            ("pages 6/7 of 2026", None),
        ] {
            assert_eq!(shown(text).map(|d| d.to_string()).as_deref(), iso, "{text}");
        }
    }

    #[test]
    fn addresses_hold_days() {
        for (url, iso) in [
            ("https://paper.example/2016/12/22/a-day.html", Some("2016-12-22")),
            ("https://paper.example/news/2025-11-07-a-day/", Some("2025-11-07")),
            ("https://paper.example/2016/12/a-day", None),
            ("https://paper.example/a-day-2016", None),
            ("https://paper.example/periodistas-vá-lidos/2016", None),
        ] {
            assert_eq!(in_address(url).map(|d| d.to_string()).as_deref(), iso, "{url}");
        }
    }
}
