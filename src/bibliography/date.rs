//! Printed dates: `2020, August 19`, `8th September 2021`, `12.04.2021`, ISO 8601.

use super::Date;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Bytes of the longest month name, and some to spare.
const LONGEST_MONTH: usize = 24;

/// Month names by their distinguishing prefix, lower-case: English, Russian, French, German, Spanish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "янв"],
    &["feb", "fév", "fev", "фев"],
    &["mar", "mär", "maerz", "мар"],
    &["apr", "avr", "abr", "апр"],
    &["may", "mai", "мая", "май"],
    &["jun", "juin", "июн"],
    &["jul", "juil", "июл"],
    &["aug", "aoû", "aou", "ago", "авг"],
    &["sep", "сен"],
    &["oct", "okt", "окт"],
    &["nov", "ноя"],
    &["dec", "déc", "dez", "dic", "дек"],
];

/// Whole month names of the same languages, so that `marginal` or `decision` is no month.
const MONTH_NAMES: &str = " january february march april may june july august september october november \
    december jan feb mar apr jun jul aug sep sept oct nov dec января февраля марта апреля мая июня июля \
    августа сентября октября ноября декабря январь февраль март апрель май июнь июль август сентябрь октябрь \
    ноябрь декабрь янв фев апр авг сент окт нояб дек janvier février fevrier mars avril mai juin juillet août \
    aout septembre octobre novembre décembre decembre januar februar märz maerz april juni juli oktober dezember \
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ";

/// The number (1 to 12) of the month that `word` names, in full or abbreviated; any case.
pub(crate) fn month_number(word: &str) -> Option<u8> {
    static NUMBERS: OnceLock<HashMap<&'static str, u8>> = OnceLock::new();
    let word = word.trim_end_matches('.');
    if word.is_empty() || word.len() > LONGEST_MONTH {
        return None;
    }
    NUMBERS.get_or_init(numbers_of_months).get(word.to_lowercase().as_str()).copied()
}

/// The month names with their numbers.
fn numbers_of_months() -> HashMap<&'static str, u8> {
    let number = |name: &str| {
        // `juin`/`juil` before `jun`/`jul` would not matter: no prefix of one is a prefix of the other.
        let at = MONTHS.iter().position(|prefixes| prefixes.iter().any(|p| name.starts_with(p)))?;
        u8::try_from(at + 1).ok()
    };
    MONTH_NAMES.split_whitespace().filter_map(|name| Some((name, number(name)?))).collect()
}

/// A run of digits or of letters in a printed date, and what stands right behind it.
struct Piece<'a> {
    text: &'a str,
    number: Option<u32>,
    /// The characters between this piece and the next.
    behind: &'a str,
}

/// Cuts a printed date into runs of digits and runs of letters.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut runs: Vec<(usize, usize, u8)> = Vec::new();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let this = class(c);
        match runs.last_mut() {
            Some(run) if this != 0 && this == last => run.1 = at + c.len_utf8(),
            _ if this != 0 => runs.push((at, at + c.len_utf8(), this)),
            _ => {}
        }
        last = this;
    }
    let ends = runs.iter().skip(1).map(|r| r.0).chain([text.len()]);
    runs.iter()
        .zip(ends)
        .map(|(&(start, end, class), next)| Piece {
            text: &text[start..end],
            number: if class == 1 { text[start..end].parse().ok() } else { None },
            behind: &text[end..next],
        })
        .collect()
}

impl Piece<'_> {
    fn year(&self) -> Option<i32> {
        let number = self.number.filter(|n| self.text.len() == 4 && (1000..=2199).contains(n))?;
        i32::try_from(number).ok()
    }

    fn small(&self, most: u8) -> Option<u8> {
        let number = self.number.filter(|_| self.text.len() <= 2)?;
        u8::try_from(number).ok().filter(|n| (1..=most).contains(n))
    }

    /// Returns true if and only if this piece and the next are parts of one number date.
    fn joined_by(&self, separators: &str) -> bool {
        let mark = self.behind.trim_end();
        mark.chars().count() == 1 && mark.chars().all(|c| separators.contains(c))
    }
}

/// Days in a month, February always counted as 29.
fn days_in(month: u8) -> u8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A date all of numbers, most significant first or last: `2021-09-08`, `12.04.2021`, `25/12/2021`.
fn number_date(pieces: &[Piece<'_>]) -> Option<Date> {
    for (i, piece) in pieces.iter().enumerate() {
        let (second, third) = (pieces.get(i + 1), pieces.get(i + 2));
        if let (Some(year), Some(second)) = (piece.year(), second)
            && piece.joined_by("-/.‑–")
            && !(piece.behind.contains('–') && second.text.len() != 2)
            && let Some(month) = second.small(12)
        {
            // `2019-20` is a range of years, `2019-10` a month.
            let day = third.filter(|_| second.joined_by("-/.‑")).and_then(|d| d.small(days_in(month)));
            let plain = piece.behind == "-" && second.text.len() == 2;
            if day.is_some() || plain {
                return Some(Date { year, month: Some(month), day });
            }
        }
        if let (Some(second), Some(third)) = (second, third)
            && piece.joined_by("./-")
            && second.joined_by("./-")
            && let (Some(a), Some(b), Some(year)) = (piece.small(31), second.small(31), third.year())
        {
            return Some(day_and_month(a, b, year, piece.behind.starts_with('.')));
        }
    }
    None
}

/// Which of `a` and `b` is the day: by their size, by the full stop of day-first countries, or unknown
/// (`04/05/2021`), and then only the year is known.
fn day_and_month(a: u8, b: u8, year: i32, stops: bool) -> Date {
    let known = |month: u8, day: u8| Date { year, month: Some(month), day: Some(day) };
    match (a, b) {
        (a, b) if b <= 12 && (a > 12 || a == b || stops) && a <= days_in(b) => known(b, a),
        (a, b) if a <= 12 && b > 12 && b <= days_in(a) => known(a, b),
        _ => Date { year, month: None, day: None },
    }
}

impl Date {
    /// The date that `text` states, in any of the printed forms; `None` when it has no year of four digits.
    /// A range gives its first date. A day or month that cannot be told for certain is left out.
    pub fn parse(text: &str) -> Option<Date> {
        let pieces = pieces(text);
        if let Some(date) = number_date(&pieces) {
            return Some(date);
        }
        let year = pieces.iter().find_map(Piece::year)?;
        let month_at = pieces.iter().position(|p| p.number.is_none() && month_number(p.text).is_some());
        let Some(at) = month_at else {
            return Some(Date { year, month: None, day: None });
        };
        let month = month_number(pieces[at].text);
        let most = month.map_or(31, days_in);
        let ordinal = |p: &Piece<'_>| matches!(p.text.to_lowercase().as_str(), "st" | "nd" | "rd" | "th");
        let before = match at.checked_sub(1).and_then(|i| pieces.get(i)) {
            Some(p) if ordinal(p) || p.text == "of" => at.checked_sub(2),
            _ => at.checked_sub(1),
        };
        let before = match before.and_then(|i| pieces.get(i).map(|p| (i, p))) {
            Some((i, p)) if ordinal(p) => i.checked_sub(1),
            Some((i, _)) => Some(i),
            None => None,
        };
        let day_before = before.and_then(|i| pieces.get(i)).and_then(|p| p.small(most));
        let day = day_before.or_else(|| pieces.get(at + 1).and_then(|p| p.small(most)));
        Some(Date { year, month, day })
    }
}

/// The calendar as a count of days, after Howard Hinnant, "chrono-compatible low-level date algorithms" (2013).
impl Date {
    /// Days from the first of January 1970 to this date, its first day where month or day are not known.
    pub fn days(self) -> i64 {
        let month = i64::from(self.month.unwrap_or(1));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year =
            (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(self.day.unwrap_or(1)) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The date so many days after the first of January 1970; `None` beyond the years that a date can hold.
    pub fn of_days(days: i64) -> Option<Date> {
        let days = days.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = u8::try_from(if shifted < 10 { shifted + 3 } else { shifted - 9 }).ok()?;
        let day = u8::try_from(of_year - (153 * shifted + 2) / 5 + 1).ok()?;
        let year = i32::try_from(year_of_era + era * 400 + i64::from(month <= 2)).ok()?;
        Some(Date { year, month: Some(month), day: Some(day) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970_and_back() {
        for (text, days) in
            [("1970-01-01", 0), ("2000-02-29", 11_016), ("2016-12-22", 17_157), ("1969-12-31", -1)]
        {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.days(), days, "{text}");
            assert_eq!(Date::of_days(days), Some(date));
        }
        assert_eq!(Date::of_days(i64::MAX), None);
    }

    #[test]
    fn printed_dates_are_read() {
        for (text, iso) in [
            ("2020, August 19", "2020-08-19"),
            ("(January 31, 2011).", "2011-01-31"),
            ("8th September 2021", "2021-09-08"),
            ("3rd of February 1994", "1994-02-03"),
            ("12.04. 2021", "2021-04-12"),
            ("23.04.2021", "2021-04-23"),
            ("2024-11-16", "2024-11-16"),
            ("2024-11-16T09:00:00Z", "2024-11-16"),
            ("2021-09", "2021-09"),
            ("25/12/2021", "2021-12-25"),
            ("12/25/2021", "2021-12-25"),
            ("04/05/2021", "2021"),
            ("Japan, 2019, Sept. 11", "2019-09-11"),
            ("12 апреля 2021 г.", "2021-04-12"),
            ("septembre 2014", "2014-09"),
            ("(2020b)", "2020"),
            ("2019–20", "2019"),
            ("2019-2020", "2019"),
            ("Spring 2003", "2003"),
            ("May 2023", "2023-05"),
            ("30 February 2020", "2020-02"),
        ] {
            assert_eq!(Date::parse(text).map(|d| d.to_string()).as_deref(), Some(iso), "{text}");
        }
        for text in ["", "n.d.", "forthcoming", "12 May", "99999", "123"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn words_that_begin_like_months_are_none() {
        assert_eq!(month_number("Sept."), Some(9));
        assert_eq!(month_number("marginal"), None);
        assert_eq!(month_number("decision"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = Date::parse(&text);
        }

        #[test]
        fn iso_dates_read_back(year in 1000i32..2200, month in 1u8..=12, day in 1u8..=28) {
            let date = Date { year, month: Some(month), day: Some(day) };
            proptest::prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        }
    }
}
