//! Dates of a CSL item for the processor, which can print neither a range of years nor words such as `forthcoming`: a year
//! that stands in for them is put before it, and is replaced in what it prints.

use crate::bibliography::Work;
use citationberg::json as processor;
use serde_json::Value;

/// The year that stands in. No work is of it.
const STAND_IN: i16 = 9643;

/// What is printed in place of the year of a work whose date the processor cannot print: `1984–1990`, `in press`; `None` for
/// any other.
pub fn unprintable(work: &Work) -> Option<String> {
    let date = work.more.get("issued")?;
    let years = years(date);
    match years.as_slice() {
        [] => date.get("literal").and_then(Value::as_str).map(|words| words.trim().to_owned()),
        [first, last] if first != last => Some(format!("{first}–{last}")),
        _ => None,
    }
}

/// The year of an [`unprintable`] date replaced by what is to be printed.
pub fn written_out(text: &str, date: &str) -> String {
    text.replace(&STAND_IN.to_string(), date)
}

/// The date for the processor; `None` when it has no year that the processor knows.
pub fn processor_date(date: &Value) -> Option<processor::DateValue> {
    let years = years(date);
    let parts = match years.as_slice() {
        [first, last] if first != last => vec![STAND_IN],
        [] => vec![STAND_IN],
        _ => numbers(date.get("date-parts")?.get(0)?),
    };
    let text = |name: &str| match date.get(name) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let circa = !matches!(date.get("circa"), None | Some(Value::Bool(false) | Value::Null));
    let date_parts = processor::VecDateRange(vec![processor::VecDate(parts)]);
    Some(processor::DateValue::DateParts { date_parts, literal: None, season: text("season"), circa })
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
