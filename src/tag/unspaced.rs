//! Names in Chinese, Japanese and Korean, which are met within a run of letters.

use super::CountryCode;
use std::collections::HashMap;

const TABLE: &str = include_str!("data/unspaced.tsv");

/// The names, by their first letter, the longest first.
#[derive(Debug)]
pub(super) struct Unspaced {
    names: HashMap<char, Vec<Name>>,
}

#[derive(Debug)]
struct Name {
    text: &'static str,
    /// More than one for the abbreviation of a pair; `None` for a name that only looks like a country's.
    codes: Vec<Option<CountryCode>>,
}

impl Unspaced {
    /// The names of the built-in table.
    pub(super) fn new() -> Unspaced {
        let mut names: HashMap<char, Vec<Name>> = HashMap::new();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for (code, text) in lines.filter_map(|line| line.split_once('\t')) {
            for text in text.split(';') {
                let Some(first) = text.chars().next() else { continue };
                let same = names.entry(first).or_default();
                match same.iter_mut().find(|name| name.text == text) {
                    Some(name) => name.codes.push(CountryCode::new(code)),
                    None => same.push(Name { text, codes: vec![CountryCode::new(code)] }),
                }
            }
        }
        for same in names.values_mut() {
            same.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
        }
        Unspaced { names }
    }

    /// The longest name with which `text` begins: its length in bytes, and the countries.
    pub(super) fn begins(&self, text: &str) -> Option<(usize, &[Option<CountryCode>])> {
        let same = self.names.get(&text.chars().next()?)?;
        let name = same.iter().find(|name| text.starts_with(name.text))?;
        Some((name.text.len(), &name.codes))
    }
}

/// The table, for the digest of all tables.
pub(super) fn table() -> &'static str {
    TABLE
}
