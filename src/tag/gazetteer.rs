//! The gazetteer: the embedded table of names, and the lines a user adds to it.

use super::CountryCode;
use std::path::Path;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const TABLE: &str = include_str!("data/countries.tsv");

/// What sort of name it is; the earlier, the more it says about the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameKind {
    Name,
    Adjective,
    Capital,
    Place,
    Body,
    /// A phrase that holds the name of a country and means none.
    Blocker,
}

/// One name of a country, or of two at once (`Korean Peninsula`).
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    pub name: std::borrow::Cow<'a, str>,
    pub codes: [Option<CountryCode>; 2],
    pub kind: NameKind,
}

/// A user's gazetteer that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct GazetteerError(String);

/// A country that no name of the gazetteer fits.
#[derive(Debug, thiserror::Error)]
#[error("unknown country `{name}`{}", suggestion(.near))]
pub struct LookupError {
    /// The name as given.
    pub name: String,
    /// The names most like it.
    pub near: Vec<&'static str>,
}

fn suggestion(near: &[&str]) -> String {
    if near.is_empty() {
        return ": give a code, a name or an adjective, such as `KZ` or `Kazakh`".to_owned();
    }
    format!(": did you mean {}?", near.join(" or "))
}

/// The letters of a name, without case and diacritics; hyphens and white space are one space.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            c if c.is_whitespace() || is_hyphen(c) => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '’' | 'ʼ' | 'ʻ' | '‘' => out.push('\''),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The rows of the embedded table: codes and the six columns of names.
fn rows() -> impl Iterator<Item = (&'static str, std::str::Split<'static, char>)> {
    TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|l| {
        let (code, rest) = l.split_once('\t')?;
        Some((code, rest.split('\t')))
    })
}

/// All names of the embedded table.
pub(super) fn entries() -> Vec<Entry<'static>> {
    use NameKind::*;
    const KINDS: [NameKind; 6] = [Name, Name, Adjective, Capital, Place, Body];
    let mut out = Vec::with_capacity(6000);
    for (code, columns) in rows() {
        let mut codes = code.split('+').map(CountryCode::new);
        let codes = [codes.next().flatten(), codes.next().flatten()];
        for (column, kind) in columns.zip(KINDS) {
            let kind = if codes[0].is_none() { Blocker } else { kind };
            let names = column.split("; ").map(str::trim).filter(|n| !n.is_empty());
            out.extend(names.map(|n| Entry { name: n.into(), codes, kind }));
        }
    }
    out
}

/// The user's own names: `seeds/gazetteer.tsv`, lines of name, country and, if wanted, kind; `#` begins a comment.
pub(super) fn read_own(seeds: &Path) -> Result<Vec<Entry<'static>>, GazetteerError> {
    let path = seeds.join("gazetteer.tsv");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(e) => return Err(GazetteerError(format!("{}: {e}", path.display()))),
    };
    let mut own = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        own.push(
            own_entry(line)
                .map_err(|why| GazetteerError(format!("{}: line {}: {why}", path.display(), at + 1)))?,
        );
    }
    Ok(own)
}

fn own_entry(line: &str) -> Result<Entry<'static>, String> {
    let mut cells = line.split('\t').map(str::trim);
    let (Some(name), Some(country)) = (cells.next().filter(|n| !n.is_empty()), cells.next()) else {
        return Err("expected a name, a tab and a country".to_owned());
    };
    if !name.starts_with(char::is_alphanumeric) {
        return Err(format!("the name `{name}` must begin with a letter or digit"));
    }
    let (codes, blocks) = if country == "-" {
        ([None, None], true)
    } else {
        ([Some(lookup(country).map_err(|e| e.to_string())?), None], false)
    };
    let kind = match cells.next().unwrap_or("name") {
        _ if blocks => NameKind::Blocker,
        "" | "name" => NameKind::Name,
        "adjective" => NameKind::Adjective,
        "capital" => NameKind::Capital,
        "place" => NameKind::Place,
        "body" | "person" => NameKind::Body,
        other => {
            return Err(format!(
                "unknown kind `{other}`: give name, adjective, capital, place, body or person"
            ));
        }
    };
    Ok(Entry { name: name.to_owned().into(), codes, kind })
}

/// The country of a code, a name, an adjective or any other spelling the gazetteer knows; case and diacritics
/// make no difference.
///
/// # Errors
/// [`LookupError`] with the names most like it.
pub fn lookup(name: &str) -> Result<CountryCode, LookupError> {
    let wanted = fold(name.trim());
    let code = CountryCode::new(name.trim());
    let mut found: Option<(NameKind, CountryCode)> = None;
    let mut near: Vec<(usize, &'static str)> = Vec::new();
    let limit = (wanted.chars().count() / 4).clamp(1, 3);
    let entries = entries();
    for entry in &entries {
        let Some(of) = entry.codes[0].filter(|_| entry.codes[1].is_none()) else { continue };
        if code == Some(of) {
            return Ok(of);
        }
        let folded = fold(&entry.name);
        let folded = folded.trim_end();
        if folded == wanted && found.is_none_or(|(kind, _)| entry.kind < kind) {
            found = Some((entry.kind, of));
        }
        if entry.kind <= NameKind::Adjective && folded.len().abs_diff(wanted.len()) <= 2 * limit {
            let far = distance(folded, &wanted);
            if far <= limit {
                near.push((far, self::name(of)));
            }
        }
    }
    if let Some((_, code)) = found {
        return Ok(code);
    }
    near.sort();
    let mut names: Vec<&'static str> = Vec::new();
    for (_, name) in near {
        if !names.contains(&name) && names.len() < 3 {
            names.push(name);
        }
    }
    Err(LookupError { name: name.to_owned(), near: names })
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The English short name of a country; `?` for a code that is none.
pub fn name(code: CountryCode) -> &'static str {
    let row = rows().find(|(c, _)| *c == code.as_str());
    row.and_then(|(_, mut columns)| columns.next()).unwrap_or("?")
}

/// The embedded table as it stands, for the digest.
pub(super) fn table() -> &'static str {
    TABLE
}
