//! [`Gazetteer`]: which names name which country, read from the tables beside this file and from the user's own.

use super::CountryCode;
use crate::seed_file::read_beside;
use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

const COUNTRIES: &str = include_str!("data/countries.tsv");
const PHRASES: &str = include_str!("data/phrases.tsv");

/// Bytes and lines of the user's own table beyond which it is none that a person wrote.
const MOST_BYTES: u64 = 16 << 20;
const MOST_LINES: usize = 200_000;

/// The user's own table, at the top of the seeds.
const OWN: &str = "gazetteer.tsv";

/// What sort of name it is: how surely it speaks of the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameSort {
    /// A name of the country.
    Name,
    /// An adjective or a people.
    People,
    /// A capital, or another word for the government.
    Capital,
    /// A city or region.
    City,
}

/// A mistake in the user's table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GazetteerError {
    /// In one of its lines.
    #[error(
        "{file}: line {line}: {what}; a line is NAME, a tab, and a country code or name, such as `Wakhan<TAB>AF`"
    )]
    Line {
        /// Its name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// It cannot be read at all.
    #[error("{file} cannot be read: {what}; put a file of your own in its place, or remove it")]
    File {
        /// Its name.
        file: String,
        /// Why.
        what: String,
    },
}

/// Names and what they name.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// Name, country, sort; a country of `None` is a phrase that names none.
    pub(super) names: Vec<(String, Option<CountryCode>, NameSort)>,
}

impl Gazetteer {
    /// The built-in tables and the user's own names.
    pub fn with_own(own: &[(String, CountryCode)]) -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        for row in rows() {
            for (sort, names) in [
                (NameSort::Name, row.names),
                (NameSort::People, row.people),
                (NameSort::Capital, row.capitals),
                (NameSort::City, row.cities),
            ] {
                let names = names.split(';').map(str::trim).filter(|n| !n.is_empty());
                gazetteer.names.extend(names.map(|n| (n.to_owned(), Some(row.code), sort)));
            }
            gazetteer.names.push((row.name.to_owned(), Some(row.code), NameSort::Name));
        }
        let inflected = super::inflection::forms();
        gazetteer.names.extend(inflected.map(|(name, code, sort)| (name, Some(code), sort)));
        let phrases = PHRASES.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        gazetteer.names.extend(phrases.map(|p| (p.trim().to_owned(), None, NameSort::Name)));
        gazetteer.names.extend(own.iter().map(|(name, code)| (name.clone(), Some(*code), NameSort::City)));
        gazetteer
    }
}

/// The user's own names, when there is a `gazetteer.tsv` in `seeds`.
///
/// # Errors
/// [`GazetteerError`] for the first line that cannot be read, and when the file cannot be.
pub fn read_own(seeds: &Path) -> Result<Vec<(String, CountryCode)>, GazetteerError> {
    let error = |what: String| GazetteerError::File { file: OWN.to_owned(), what };
    let bytes = read_beside(seeds, OWN, MOST_BYTES).map_err(error)?.unwrap_or_default();
    let text =
        String::from_utf8(bytes).map_err(|_| error("is not UTF-8 text: save it as UTF-8".to_owned()))?;
    if text.lines().count() > MOST_LINES {
        return Err(error(format!("more than {MOST_LINES} lines")));
    }
    parse_own(text.trim_start_matches('\u{feff}'))
}

/// A table of the user's: a name, a tab, a country by code or name; `#` begins a remark.
fn parse_own(text: &str) -> Result<Vec<(String, CountryCode)>, GazetteerError> {
    let mut own = Vec::new();
    // The countries of a table are few, and to look one up costs more than all else about a line.
    let mut countries: HashMap<&str, CountryCode> = HashMap::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let error = |what: String| GazetteerError::Line { file: OWN.to_owned(), line: i + 1, what };
        let (name, country) = line.split_once('\t').ok_or_else(|| error("no tab in it".to_owned()))?;
        let country = country.trim();
        let code = match countries.get(country) {
            Some(code) => *code,
            None => super::lookup(country).map_err(|e| error(e.to_string()))?,
        };
        countries.insert(country, code);
        own.push((name.trim().to_owned(), code));
    }
    Ok(own)
}

/// Hash of the tables and of the user's own names.
pub fn digest(own: &[(String, CountryCode)]) -> u64 {
    let (inflected, unspaced) = (super::inflection::table(), super::unspaced::table());
    let hash = blake3::hash(format!("{COUNTRIES}{PHRASES}{inflected}{unspaced}{own:?}").as_bytes());
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(eight)
}

/// A line of the table of countries.
pub(super) struct Row {
    pub code: CountryCode,
    pub name: &'static str,
    pub names: &'static str,
    pub people: &'static str,
    pub capitals: &'static str,
    pub cities: &'static str,
}

/// The lines of the table of countries.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    let lines = COUNTRIES.lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t').map(str::trim);
        let (code, name) = (CountryCode::new(cells.next()?)?, cells.next()?);
        let mut next = || cells.next().unwrap_or_default();
        Some(Row { code, name, names: next(), people: next(), capitals: next(), cities: next() })
    })
}

/// The English short name of a country.
pub(super) fn short_name(code: CountryCode) -> Option<&'static str> {
    // Every hit of a search asks for a few: it is only found out where the lines begin, which are in the order of
    // their codes.
    static LINES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let starts = memchr::memchr_iter(b'\n', COUNTRIES.as_bytes()).map(|end| end + 1);
        let lines = starts.filter_map(|start| COUNTRIES.get(start..));
        lines.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase())).collect()
    });
    let code = code.as_str();
    let found = LINES.binary_search_by(|line| line.split('\t').next().unwrap_or_default().cmp(code)).ok()?;
    // The text of a line goes on to the end of the table.
    LINES.get(found)?.split(['\t', '\n']).nth(1).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let rows: Vec<Row> = rows().collect();
        // 249 countries of ISO 3166-1, five former ones, and Kosovo's user-assigned code.
        assert_eq!(rows.len(), 249 + 5 + 1);
        let mut codes: Vec<CountryCode> = rows.iter().map(|r| r.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), rows.len());
        for row in rows {
            assert_eq!(short_name(row.code), Some(row.name));
        }
    }

    #[test]
    fn the_users_names_are_added_and_mistakes_have_their_line() {
        let own = parse_own("# mine\nWakhan\tAF\nKhunjerab\tPakistan\n").unwrap();
        let gazetteer = Gazetteer::with_own(&own);
        let is_wakhan =
            |n: &str, c: Option<CountryCode>| n == "Wakhan" && c.is_some_and(|c| c.as_str() == "AF");
        assert!(gazetteer.names.iter().any(|(n, c, _)| is_wakhan(n, *c)));
        assert_ne!(digest(&own), digest(&[]));
        let error = parse_own("\nWakhan AF\n").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
