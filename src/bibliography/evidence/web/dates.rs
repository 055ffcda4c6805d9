//! The day of publication.

use super::from;
use crate::bibliography::evidence::{Candidate, Origin, Value};
use crate::bibliography::{Date, Work};

/// Places of dates, the most reliable first; the address of a page holds the day for many papers and blogs.
const ORDER: [Origin; 7] = [
    Origin::BibliographicTag,
    Origin::JsonLd,
    Origin::MetaTag,
    Origin::MarkedElement,
    Origin::SharingTag,
    Origin::FileName,
    Origin::Text,
];

/// Believes the best date of publication; that of the last change only where there is nothing else.
pub(super) fn weigh(work: &mut Work, candidates: &[Candidate]) {
    let in_order = || ORDER.iter().flat_map(|origin| from(candidates, *origin));
    for candidate in in_order() {
        let (Value::Issued(date) | Value::Changed(date)) = &candidate.value else { continue };
        if let Some(why) = fault(*date) {
            work.set_aside(&candidate.value, candidate.origin, why);
        }
    }
    let credible = |candidate: &&Candidate| match candidate.value {
        Value::Issued(date) | Value::Changed(date) => fault(date).is_none(),
        _ => false,
    };
    let published = in_order().filter(credible).find(|c| matches!(c.value, Value::Issued(_)));
    let Some(best) = published.or_else(|| in_order().find(credible)) else { return };
    work.believe(best.value.clone(), best.origin);
    let Some(issued) = work.issued else { return };
    for other in in_order().filter(credible) {
        match other.value {
            Value::Issued(date) if !agree(date, issued) => {
                work.set_aside(&other.value, other.origin, "another date of publication");
            }
            Value::Changed(date) if published.is_some() && !agree(date, issued) => {
                work.set_aside(&other.value, other.origin, "the date of the last change");
            }
            _ => {}
        }
    }
}

/// Why a date is not credible. No clock is asked: the same page gives the same date on any day.
fn fault(date: Date) -> Option<&'static str> {
    let clock_start =
        matches!((date.year, date.month, date.day), (1970 | 1980 | 1601 | 1904, Some(1), Some(1)));
    match date.year {
        _ if clock_start => Some("a clock that was not set"),
        ..1500 => Some("before there was print"),
        2100.. => Some("in the future"),
        _ => None,
    }
}

/// Returns true if and only if two dates are the same as far as both say, or a day apart, as local days and those of
/// Greenwich are.
fn agree(one: Date, other: Date) -> bool {
    match (one.month.zip(one.day), other.month.zip(other.day)) {
        (Some(_), Some(_)) => (one.days() - other.days()).abs() <= 1,
        _ => {
            one.year == other.year
                && (one.month.is_none() || other.month.is_none() || one.month == other.month)
        }
    }
}
