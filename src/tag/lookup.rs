//! From what a person types to a country, and from a country to its name.

use super::CountryCode;
use super::gazetteer::{rows, short_name};

/// No country of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown country `{typed}`{hint}; give a code, a name or an adjective, such as `KZ` or `Kazakh`")]
pub struct LookupError {
    typed: String,
    hint: String,
}

/// The country of a code, a name, an adjective or any other spelling of the gazetteer; case and diacritics do not
/// matter.
///
/// # Errors
/// [`LookupError`], which suggests near names.
pub fn lookup(typed: &str) -> Result<CountryCode, LookupError> {
    let wanted = plain(typed);
    let code = CountryCode::new(typed.trim());
    if let Some(row) = rows().find(|row| Some(row.code) == code) {
        return Ok(row.code);
    }
    let mut near: Vec<(usize, &str)> = Vec::new();
    for row in rows() {
        let all = [row.name, row.names, row.people, row.capitals, row.cities];
        for name in all.iter().flat_map(|names| names.split(';')).filter(|n| !n.is_empty()) {
            let name_plain = plain(name);
            if name_plain == wanted {
                return Ok(row.code);
            }
            let distance = distance(&wanted, &name_plain);
            if distance <= 1 + wanted.chars().count() / 4 {
                near.push((distance, row.name));
            }
        }
    }
    near.sort();
    near.dedup_by_key(|(_, name)| *name);
    let names: Vec<&str> = near.iter().take(3).map(|(_, name)| *name).collect();
    let hint =
        if names.is_empty() { String::new() } else { format!(": did you mean {}?", names.join(" or ")) };
    Err(LookupError { typed: typed.to_owned(), hint })
}

/// The codes that a person who asks for a country means: its own, and those of former states that are named by it, so
/// that `DE` finds what is about `DE-W`.
pub fn with_former(code: CountryCode) -> impl Iterator<Item = CountryCode> {
    let part =
        move |c: CountryCode| c.as_str().strip_prefix(code.as_str()).is_some_and(|r| r.starts_with('-'));
    std::iter::once(code).chain(rows().map(|row| row.code).filter(move |c| part(*c)))
}

/// The English short name of a country.
pub fn name(code: CountryCode) -> &'static str {
    short_name(code).unwrap_or("unknown country")
}

/// Lower case, without diacritics, points and a leading article.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let lower = text.trim().to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    bare.nfd().filter(|c| !is_combining_mark(*c) && *c != '.').collect()
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_spelling_finds_the_country() {
        for (typed, code) in [
            ("kz", "KZ"),
            ("Kazakh", "KZ"),
            ("kazakhstan", "KZ"),
            ("Byelorussia", "BY"),
            ("USA", "US"),
            ("u.s.", "US"),
            ("Cote d'Ivoire", "CI"),
            ("the Netherlands", "NL"),
            ("Tashkent", "UZ"),
            ("Soviet Union", "SU"),
        ] {
            assert_eq!(lookup(typed).map(|c| c.to_string()), Ok(code.to_owned()), "{typed}");
        }
        let error = lookup("Kazakstann").unwrap_err().to_string();
        assert!(error.contains("Kazakhstan"), "{error}");
        assert!(lookup("").is_err());
    }

    #[test]
    fn every_country_has_its_name() {
        assert_eq!(name(CountryCode::new("TJ").unwrap()), "Tajikistan");
        let german: Vec<String> = with_former(lookup("German").unwrap()).map(|c| c.to_string()).collect();
        assert_eq!(german, ["DE", "DE-W"]);
        assert_eq!(with_former(lookup("west germany").unwrap()).count(), 1);
        assert!(rows().all(|r| name(r.code) == r.name));
    }
}
