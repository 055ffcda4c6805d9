//! Filters as typed: countries, years.

use anyhow::{Context, bail};
use ibid::search::CountryFilter;
use ibid::tag::{self, CountryCode};

/// Reads the values of `--country`: each value a group of alternatives split at commas, `!` before a country
/// excludes it.
pub fn countries(values: &[String]) -> anyhow::Result<CountryFilter> {
    let mut filter = CountryFilter::default();
    for value in values {
        let mut group = Vec::new();
        for name in value.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            match name.strip_prefix('!') {
                Some(name) => filter.excluded.push(country(name.trim())?),
                None => group.push(country(name)?),
            }
        }
        if !group.is_empty() {
            filter.groups.push(group);
        }
    }
    if filter.is_empty() && !values.is_empty() {
        bail!("--country is empty: give a code, a name or an adjective, such as `KZ` or `Kazakh`");
    }
    Ok(filter)
}

/// The country of a code, name or adjective; an unknown one is an error that suggests the near ones.
fn country(name: &str) -> anyhow::Result<CountryCode> {
    tag::lookup(name).with_context(|| "--country")
}

/// Reads `--year`: `2019`, `2015..2021`, `2015..`, `..2021`; inclusive.
pub fn years(text: &str) -> Result<(i32, i32), String> {
    let year = |t: &str, open: i32| match t.trim() {
        "" => Ok(open),
        t => t.parse().map_err(|_| format!("expected a year or a range such as 2015..2021, found `{text}`")),
    };
    let (from, to) = match text.split_once("..") {
        Some((from, to)) => (year(from, i32::MIN)?, year(to.trim_start_matches('='), i32::MAX)?),
        None => {
            let one = year(text, i32::MAX)?;
            (one, one)
        }
    };
    if from > to || (from, to) == (i32::MAX, i32::MAX) {
        return Err(format!("expected a year or a range such as 2015..2021, found `{text}`"));
    }
    Ok((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_one_or_a_range() {
        assert_eq!(years("2019"), Ok((2019, 2019)));
        assert_eq!(years("2015..2021"), Ok((2015, 2021)));
        assert_eq!(years("..2021"), Ok((i32::MIN, 2021)));
        for bad in ["", "2021..2015", "soon", "2015..x"] {
            assert!(years(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn countries_group_and_exclude() {
        let filter = countries(&["KZ,belarus".into(), "!pk".into()]).unwrap();
        assert_eq!(filter.groups.len(), 1);
        assert_eq!(filter.groups[0].len(), 2);
        assert_eq!(filter.excluded[0].as_str(), "PK");
        assert!(countries(&["Kazakstann".into()]).is_err());
    }
}
