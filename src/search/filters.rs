//! Filters of a request and `field:value` of a query, as conditions on passages.

use super::plan::Condition;
use super::query::FieldName;
use super::run::Search;
use crate::index::{Error, StoredSource};
use crate::passage::{Citekey, Kind};
use crate::tag;

impl Search<'_> {
    /// The request's filters as conditions.
    pub(super) fn filters(&self, notices: &mut Vec<String>) -> Result<Vec<Condition>, Error> {
        let request = self.request;
        let mut filters = Vec::new();
        let country = |code: &tag::CountryCode| country(*code);
        for group in &request.countries.groups {
            filters.push(Condition::Any(group.iter().map(country).collect()));
        }
        for code in &request.countries.excluded {
            filters.push(Condition::Not(Box::new(country(code))));
        }
        if !request.kinds.is_empty() {
            let kinds = request.kinds.iter().map(|k| Condition::Kind(k.as_str().to_owned()));
            filters.push(Condition::Any(kinds.collect()));
        }
        if !request.sources.is_empty() {
            let mut documents = Vec::new();
            for key in &request.sources {
                match self.index.source(key)? {
                    Some(source) => documents.extend(self.texts_of(&source)?),
                    None => notices.push(format!("no source `{key}` in the index")),
                }
            }
            filters.push(Condition::Documents(documents));
        }
        if let Some((from, to)) = request.years {
            filters.push(Condition::Documents(
                self.documents(|s| s.work.issued.is_some_and(|d| (from..=to).contains(&d.year)))?,
            ));
        }
        Ok(filters)
    }

    /// The documents of a source: its own and those of the further texts of its work.
    fn texts_of(&self, source: &StoredSource) -> Result<Vec<u64>, Error> {
        let mut documents = vec![source.document];
        for key in &source.texts {
            documents.extend(self.index.source(key)?.map(|text| text.document));
        }
        Ok(documents)
    }

    fn documents(&self, wanted: impl Fn(&StoredSource) -> bool) -> Result<Vec<u64>, Error> {
        Ok(self.index.sources()?.iter().filter(|s| wanted(s)).map(|s| s.document).collect())
    }

    /// `field:value` as a condition, or why it cannot be one.
    pub(super) fn resolve(&self, field: FieldName, value: &str) -> Result<Condition, String> {
        let broken = |e: Error| e.to_string();
        match field {
            FieldName::Country => {
                let any: Result<Vec<Condition>, String> = value
                    .split(',')
                    .filter(|v| !v.is_empty())
                    .map(|v| tag::lookup(v).map(country).map_err(|e| e.to_string()))
                    .collect();
                Ok(Condition::Any(any?))
            }
            FieldName::Source => {
                let key = Citekey::new(value).ok_or_else(|| format!("`{value}` is no citekey"))?;
                match self.index.source(&key).map_err(broken)? {
                    Some(source) => self.texts_of(&source).map(Condition::Documents).map_err(broken),
                    None => Err(format!("no source `{key}` in the index: `source:{value}` was left out")),
                }
            }
            FieldName::Kind => match Kind::from_name(value) {
                Some(kind) => Ok(Condition::Kind(kind.as_str().to_owned())),
                None => Err(format!("no kind `{value}`: `kind:{value}` was left out")),
            },
            FieldName::Year => {
                let years = years(value)
                    .ok_or_else(|| format!("`{value}` is no year: `year:{value}` was left out"))?;
                let issued = |s: &StoredSource| s.work.issued.is_some_and(|d| years.contains(&d.year));
                self.documents(issued).map(Condition::Documents).map_err(broken)
            }
            FieldName::Title => {
                let words = |t: &str| -> Vec<String> {
                    crate::index::analysis::tokens(t)
                        .map(|t| crate::index::analysis::stem(&t.folded).into_owned())
                        .collect()
                };
                let wanted = words(value);
                let has = |s: &StoredSource| {
                    let title = words(s.work.title.as_deref().unwrap_or_default());
                    wanted.iter().all(|w| title.contains(w))
                };
                self.documents(has).map(Condition::Documents).map_err(broken)
            }
            FieldName::Section => Ok(Condition::Section(Vec::new())),
        }
    }
}

/// That a passage has the country, or a former state that is found with it.
fn country(code: tag::CountryCode) -> Condition {
    let codes: Vec<Condition> = tag::with_former(code).map(|c| Condition::Country(c.to_string())).collect();
    Condition::Any(codes)
}

/// `2019`, `2015..2021`, `2015..`, `..2021`.
fn years(value: &str) -> Option<std::ops::RangeInclusive<i32>> {
    match value.split_once("..") {
        None => value.parse().ok().map(|y| y..=y),
        Some(("", to)) => to.parse().ok().map(|to| i32::MIN..=to),
        Some((from, "")) => from.parse().ok().map(|from| from..=i32::MAX),
        Some((from, to)) => Some(from.parse().ok()?..=to.parse().ok()?),
    }
}
