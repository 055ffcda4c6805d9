//! Country codes.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Bytes of the longest code, `DE-W`; shorter ones are filled with zeros.
const LONGEST: usize = 4;

/// An ISO 3166-1 alpha-2 code, or the former code of a state that no longer is; where such a state never had one, its
/// successor's with a letter behind: `DE-W`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; LONGEST]);

impl CountryCode {
    /// The code of two ASCII letters, or of two, a hyphen and one, in either case; `None` for anything else.
    pub fn new(text: &str) -> Option<CountryCode> {
        let mut code = [0; LONGEST];
        match text.as_bytes() {
            [a, b] | [a, b, b'-', _] if !a.is_ascii_alphabetic() || !b.is_ascii_alphabetic() => return None,
            [_, _, _, c] if !c.is_ascii_alphabetic() => return None,
            bytes @ ([_, _] | [_, _, b'-', _]) => code[..bytes.len()].copy_from_slice(bytes),
            _ => return None,
        }
        code.make_ascii_uppercase();
        Some(CountryCode(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(LONGEST);
        // Always ASCII, see `new`.
        std::str::from_utf8(&self.0[..length]).unwrap_or("??")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        CountryCode::new(&text).ok_or_else(|| serde::de::Error::custom("not a country code"))
    }
}

#[cfg(test)]
mod tests {
    use super::CountryCode;

    #[test]
    fn codes_are_of_two_letters_or_of_two_and_one() {
        let code = |text: &str| CountryCode::new(text).map(|c| c.to_string());
        assert_eq!(code("kz").as_deref(), Some("KZ"));
        assert_eq!(code("De-w").as_deref(), Some("DE-W"));
        for text in ["", "K", "K1", "KAZ", "DE-", "DE-1", "DE_W", "D--W", "é", "DE-WW"] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
