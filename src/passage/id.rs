//! Names of passages: `khan2021:14`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The short name of a source, such as `khan2021`. Never empty, without white space.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Citekey(String);

impl Citekey {
    /// The citekey of that text; `None` when it is empty or holds white space or a control character.
    /// `doe:2020` is a good citekey: whoever reads a citekey or a passage id looks for the citekey first.
    pub fn new(text: &str) -> Option<Citekey> {
        let bad = text.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control());
        (!bad).then(|| Citekey(text.to_owned()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Citekey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a passage among those of its sort in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ordinal {
    /// Citable paragraph `number` (from 1), and which `part` (from 1) of it when a very long
    /// paragraph was split: `14`, `14.2`.
    Paragraph {
        /// 1-based paragraph number: the CSL `paragraph` locator.
        number: u32,
        /// 1-based part.
        part: u16,
    },
    /// Entry of a reference list: `ref7`.
    Reference(u32),
    /// Front matter: `front2`.
    Front(u32),
    /// Boilerplate: `boiler1`.
    Boilerplate(u32),
    /// A heading, which has no id.
    Heading,
}

impl fmt::Display for Ordinal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ordinal::Paragraph { number, part: 1 } => write!(f, "{number}"),
            Ordinal::Paragraph { number, part } => write!(f, "{number}.{part}"),
            Ordinal::Reference(n) => write!(f, "ref{n}"),
            Ordinal::Front(n) => write!(f, "front{n}"),
            Ordinal::Boilerplate(n) => write!(f, "boiler{n}"),
            Ordinal::Heading => f.write_str("heading"),
        }
    }
}

/// A text that is no passage id; holds the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no passage id: expected a citekey and a number, such as `khan2021:14`")]
pub struct IdError(pub String);

/// A 1-based decimal number without sign or leading zero.
fn number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().ok() } else { None }
}

impl FromStr for Ordinal {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Ordinal, IdError> {
        let prefixed = |p: &str| text.strip_prefix(p).and_then(number);
        let paragraph = || match text.split_once('.') {
            Some((n, p)) => {
                Some(Ordinal::Paragraph { number: number(n)?, part: number(p)?.try_into().ok()? })
            }
            None => number(text).map(|number| Ordinal::Paragraph { number, part: 1 }),
        };
        prefixed("ref")
            .map(Ordinal::Reference)
            .or_else(|| prefixed("front").map(Ordinal::Front))
            .or_else(|| prefixed("boiler").map(Ordinal::Boilerplate))
            .or_else(paragraph)
            .ok_or_else(|| IdError(text.to_owned()))
    }
}

/// The name of a passage: citekey and ordinal, `khan2021:14`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageId {
    /// The source.
    pub key: Citekey,
    /// Which passage of it.
    pub ordinal: Ordinal,
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.key, self.ordinal)
    }
}

impl FromStr for PassageId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<PassageId, IdError> {
        let error = || IdError(text.to_owned());
        let (key, ordinal) = text.rsplit_once(':').ok_or_else(error)?;
        let key = Citekey::new(key).ok_or_else(error)?;
        let ordinal = ordinal.parse().map_err(|_| error())?;
        Ok(PassageId { key, ordinal })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_as_written() {
        for id in ["khan2021:14", "khan2021:14.2", "khan2021:ref7", "doe:2020:front1", "x:boiler3"] {
            assert_eq!(id.parse::<PassageId>().unwrap().to_string(), id);
        }
        for bad in ["", "khan2021", "khan2021:", "khan2021:0", "khan2021:+4", "a b:3", ":4", "k:014"] {
            assert!(bad.parse::<PassageId>().is_err(), "{bad}");
        }
    }
}
