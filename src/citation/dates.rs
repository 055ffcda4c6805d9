//! Dates that the processor cannot print: a range of years, and words such as `forthcoming`. A year that the work nowhere
//! has is put in their place before the processor sees them, and is replaced in what it prints.

use crate::bibliography::Work;
use citationberg::json as processor;
use serde_json::Value;

/// The first year that may be put in place of a date; later ones are taken where the work has this number.
const FIRST: i16 = 9643;

/// The date of a work that the processor cannot print, and the year that takes its place.
pub struct Unprintable {
    year: i16,
    text: String,
    /// It is a range of years rather than words.
    is_range: bool,
}

impl Unprintable {
    /// The date of publication, if it is a range of years or words; `None` for any other.
    pub fn of(work: &Work) -> Option<Unprintable> {
        let date = work.more.get("issued")?;
        let text = match years(date).as_slice() {
            [] => date.get("literal").and_then(Value::as_str)?.trim().to_owned(),
            [first, last] if first != last => format!("{first}–{last}"),
            _ => return None,
        };
        let all = serde_json::to_string(work).unwrap_or_default();
        let year = (FIRST..=9999).find(|year| !all.contains(&year.to_string()))?;
        Some(Unprintable { year, text, is_range: !years(date).is_empty() })
    }

    /// The year for the processor.
    pub fn stand_in(&self) -> processor::DateValue {
        date_value(vec![self.year], None, false)
    }

    /// What the processor printed with the date itself; the letter of a year is set off from words, `forthcoming-a`.
    pub fn written_out(&self, printed: &str) -> String {
        let year = self.year.to_string();
        let mut text = printed.to_owned();
        for letter in ('a'..='z').filter(|_| !self.is_range) {
            text = text.replace(&format!("{year}{letter}"), &format!("{}-{letter}", self.text));
        }
        text.replace(&year, &self.text)
    }
}

/// The date for the processor; `None` when it has no year that the processor knows, or more than one.
pub fn processor_date(date: &Value) -> Option<processor::DateValue> {
    if let [first, last] = years(date).as_slice()
        && first != last
    {
        return None;
    }
    let parts = numbers(date.get("date-parts")?.get(0)?);
    let season = match date.get("season") {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let circa = !matches!(date.get("circa"), None | Some(Value::Bool(false) | Value::Null));
    (!parts.is_empty()).then(|| date_value(parts, season, circa))
}

fn date_value(parts: Vec<i16>, season: Option<String>, circa: bool) -> processor::DateValue {
    let date_parts = processor::VecDateRange(vec![processor::VecDate(parts)]);
    processor::DateValue::DateParts { date_parts, literal: None, season, circa }
}

/// The years of a date and, where it is a range, of its end.
fn years(date: &Value) -> Vec<i16> {
    let parts = date.get("date-parts").and_then(Value::as_array);
    parts.into_iter().flatten().filter_map(|parts| numbers(parts).first().copied()).collect()
}

/// The numbers of a date: year, month, day.
fn numbers(parts: &Value) -> Vec<i16> {
    let number = |part: &Value| match part {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64().and_then(|n| i16::try_from(n).ok()),
    };
    parts.as_array().into_iter().flatten().map_while(number).filter(|n| *n != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn work(issued: Value, doi: &str) -> Work {
        Work { doi: Some(doi.to_owned()), more: [("issued".to_owned(), issued)].into(), ..Work::default() }
    }

    #[test]
    fn the_year_in_place_of_a_date_is_none_that_the_work_has() {
        let date = Unprintable::of(&work(json!({"literal": "in press"}), "10.1000/9643")).unwrap();
        assert_eq!(date.year, 9644);
        assert_eq!(date.written_out("(9644) 10.1000/9643; 9644b"), "(in press) 10.1000/9643; in press-b");
        let range = Unprintable::of(&work(json!({"date-parts": [[1984], [1990]]}), "")).unwrap();
        assert_eq!(range.written_out("9643a"), "1984–1990a");
        assert!(Unprintable::of(&work(json!({"date-parts": [[1984, 5], [1984, 6]]}), "")).is_none());
    }

    #[test]
    fn another_date_that_cannot_be_printed_is_left_out() {
        assert!(processor_date(&json!({"date-parts": [[1984], [1990]]})).is_none());
        assert!(processor_date(&json!({"literal": "soon"})).is_none());
        assert!(processor_date(&json!({"date-parts": [[1984]], "circa": true})).is_some());
    }
}
