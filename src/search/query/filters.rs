//! Filters: which passages are looked at, apart from their words. The one place that reads them, as flags and as
//! `field:value`.

use super::FieldName;
use crate::passage::{Citekey, Kind};
use crate::tag::{self, CountryCode};
use std::ops::RangeInclusive;

/// The countries asked for: a passage must have one of each group and none of the excluded.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct CountryFilter {
    /// All of these groups, any country of a group.
    pub groups: Vec<Vec<CountryCode>>,
    /// None of these.
    pub excluded: Vec<CountryCode>,
}

impl CountryFilter {
    /// Returns true if and only if it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.excluded.is_empty()
    }
}

/// What a passage must be, besides having the words.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Filters {
    /// The countries it must and must not have.
    pub countries: CountryFilter,
    /// The sources it may be of; any when empty.
    pub sources: Vec<Citekey>,
    /// The years, inclusive, in one of which its source was issued.
    pub years: Option<RangeInclusive<i32>>,
    /// The kinds it may be of; the citable ones when empty.
    pub kinds: Vec<Kind>,
    /// Words that its source's title must have.
    pub title: Vec<String>,
    /// Words that its section path must have.
    pub section: Vec<String>,
}

/// Why a filter could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// No such country.
    #[error(transparent)]
    Country(#[from] tag::LookupError),
    /// No name at all.
    #[error("give a code, a name or an adjective of a country, such as `KZ` or `Kazakh`")]
    NoCountry,
    /// No citekey.
    #[error("`{0}` is no citekey")]
    Source(String),
    /// No such kind.
    #[error("no kind `{0}`; there are {kinds}", kinds = kind_names())]
    Kind(String),
    /// No year and no range.
    #[error("expected a year or a range such as 2015..2021, found `{0}`")]
    Year(String),
}

impl Filters {
    /// The filter that `value` is for one field.
    ///
    /// # Errors
    /// [`FilterError`], when it cannot be read.
    pub fn of(field: FieldName, value: &str) -> Result<Filters, FilterError> {
        let mut filters = Filters::default();
        match field {
            FieldName::Country => filters.countries = countries(value)?,
            FieldName::Source => filters.sources = all(value, source)?,
            FieldName::Kind => filters.kinds = all(value, kind)?,
            FieldName::Year => filters.years = Some(years(value)?),
            FieldName::Title => filters.title.push(value.to_owned()),
            FieldName::Section => filters.section.push(value.to_owned()),
        }
        Ok(filters)
    }

    /// Returns true if and only if they let everything through.
    pub fn is_empty(&self) -> bool {
        *self == Filters::default()
    }

    /// Adds others. All countries and words that are asked for must be there, and the year be in each range; of
    /// several sources and kinds any will do.
    pub fn add(&mut self, other: Filters) {
        self.countries.groups.extend(other.countries.groups);
        self.countries.excluded.extend(other.countries.excluded);
        self.sources.extend(other.sources);
        self.kinds.extend(other.kinds);
        self.title.extend(other.title);
        self.section.extend(other.section);
        self.years = match (self.years.take(), other.years) {
            (Some(one), Some(two)) => Some(*one.start().max(two.start())..=*one.end().min(two.end())),
            (one, two) => one.or(two),
        };
    }
}

/// Each value of a list with commas, read.
fn all<T>(value: &str, read: impl Fn(&str) -> Result<T, FilterError>) -> Result<Vec<T>, FilterError> {
    let values: Vec<&str> = value.split(',').map(str::trim).filter(|v| !v.is_empty()).collect();
    if values.is_empty() {
        read(value.trim()).map(|one| vec![one])
    } else {
        values.into_iter().map(read).collect()
    }
}

/// A group of alternatives split at commas; `!` before a country excludes it.
fn countries(value: &str) -> Result<CountryFilter, FilterError> {
    let mut filter = CountryFilter::default();
    let mut group = Vec::new();
    for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name.strip_prefix('!') {
            Some(name) => filter.excluded.push(tag::lookup(name.trim())?),
            None => group.push(tag::lookup(name)?),
        }
    }
    filter.groups.extend(Some(group).filter(|group| !group.is_empty()));
    if filter.is_empty() { Err(FilterError::NoCountry) } else { Ok(filter) }
}

fn source(name: &str) -> Result<Citekey, FilterError> {
    Citekey::new(name).ok_or_else(|| FilterError::Source(name.to_owned()))
}

/// Headings are no passages to be found.
fn kind(name: &str) -> Result<Kind, FilterError> {
    let kind = Kind::from_name(name).filter(|kind| *kind != Kind::Heading);
    kind.ok_or_else(|| FilterError::Kind(name.to_owned()))
}

fn kind_names() -> String {
    let names: Vec<&str> =
        Kind::ALL.iter().filter(|kind| **kind != Kind::Heading).map(|kind| kind.as_str()).collect();
    names.join(", ")
}

/// `2019`, `2015..2021`, `2015..`, `..2021`, inclusive, also as `2015..=2021`.
fn years(value: &str) -> Result<RangeInclusive<i32>, FilterError> {
    let wrong = || FilterError::Year(value.to_owned());
    let year = |text: &str| text.trim().parse::<i32>().map_err(|_| wrong());
    let open = |text: &str, end: i32| if text.trim().is_empty() { Ok(end) } else { year(text) };
    let Some((from, to)) = value.split_once("..") else {
        let one = year(value)?;
        return Ok(one..=one);
    };
    let years = open(from, i32::MIN)?..=open(to.strip_prefix('=').unwrap_or(to), i32::MAX)?;
    if years.is_empty() || years == (i32::MIN..=i32::MAX) { Err(wrong()) } else { Ok(years) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(field: FieldName, value: &str) -> Filters {
        Filters::of(field, value).unwrap()
    }

    #[test]
    fn years_are_one_or_a_range() {
        let years = |value: &str| of(FieldName::Year, value).years.unwrap();
        assert_eq!(years("2019"), 2019..=2019);
        assert_eq!(years("2015..2021"), 2015..=2021);
        assert_eq!(years("2015..=2021"), 2015..=2021);
        assert_eq!(years("..2021"), i32::MIN..=2021);
        assert_eq!(years("2015.. "), 2015..=i32::MAX);
        for bad in ["", "..", "2021..2015", "soon", "2015..x", "2015-2021"] {
            assert!(Filters::of(FieldName::Year, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn countries_group_and_exclude() {
        let filter = of(FieldName::Country, "KZ, belarus,!pk").countries;
        let codes = |codes: &[CountryCode]| codes.iter().map(|c| c.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(filter.groups.iter().map(|g| codes(g)).collect::<Vec<_>>(), [["KZ", "BY"]]);
        assert_eq!(codes(&filter.excluded), ["PK"]);
        for bad in ["Kazakstann", "", "!", ","] {
            assert!(Filters::of(FieldName::Country, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn kinds_and_sources_are_lists_of_what_there_is() {
        assert_eq!(of(FieldName::Kind, "body, list").kinds, [Kind::Body, Kind::List]);
        assert_eq!(of(FieldName::Source, "a,b").sources.len(), 2);
        for (field, bad) in [
            (FieldName::Kind, "heading"),
            (FieldName::Kind, "poem"),
            (FieldName::Kind, ","),
            (FieldName::Source, "a b"),
            (FieldName::Source, ""),
        ] {
            assert!(Filters::of(field, bad).is_err(), "{bad}");
        }
        let message = Filters::of(FieldName::Kind, "poem").unwrap_err().to_string();
        assert!(message.starts_with("no kind `poem`; there are body, ") && !message.contains("heading"));
    }

    #[test]
    fn several_filters_narrow_but_sources_and_kinds_widen() {
        let mut filters = of(FieldName::Country, "KZ");
        for (field, value) in [
            (FieldName::Country, "PK,BY"),
            (FieldName::Year, "2015.."),
            (FieldName::Year, "..2019"),
            (FieldName::Source, "a"),
            (FieldName::Source, "b"),
        ] {
            filters.add(of(field, value));
        }
        assert_eq!(filters.countries.groups.len(), 2);
        assert_eq!(filters.years, Some(2015..=2019));
        assert_eq!(filters.sources.len(), 2);
        assert!(!filters.is_empty() && Filters::default().is_empty());
    }
}
