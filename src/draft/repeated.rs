//! Citations that repeat another: `Ibid.`, `Loc. cit.`, `Khan, op. cit.`, `Khan (n 5)`, `supra note 5`, and the same in
//! other languages.

use super::parse::{Locator, locator};

/// Words that mean the work cited last, in lower case.
const SAME: [&str; 12] = [
    "ibid",
    "ibidem",
    "ib.",
    "id.",
    "idem",
    "loc. cit",
    "loc cit",
    "там же",
    "тамсама",
    "ebd",
    "ebenda",
    "ibíd",
];
/// Words that mean the work of this author that was cited before.
const WORK: [&str; 11] = [
    "op. cit",
    "op cit",
    "op.cit",
    "loc. cit",
    "loc cit",
    "a.a.o",
    "a. a. o",
    "указ. соч",
    "указ.соч",
    "цит. соч",
    "supra",
];
/// What leads to a note by its number.
const NOTE: [&str; 16] = [
    "supra note ",
    "supra notes ",
    "supra, note ",
    "supra n ",
    "supra n. ",
    "supra fn ",
    "above note ",
    "above n ",
    "above n. ",
    "(n ",
    "(n. ",
    "(fn ",
    "(fn. ",
    "(note ",
    "see note ",
    "above, note ",
];
/// What may stand before such words.
const LEADS: [&str; 8] = ["see also ", "see ", "cf. ", "cf ", "quoted in ", "cited in ", "но ср. ", "см. "];

/// What a citation repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeats {
    /// What was cited last.
    Last,
    /// What the note with this number cites.
    Note(u32),
    /// What was cited before under a name.
    Named,
}

/// A citation that repeats another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// What it repeats.
    pub what: Repeats,
    /// The names before it.
    pub who: String,
    /// The place that it gives itself.
    pub locator: Option<Locator>,
}

/// Reads a part of a note or a bracket; `None` when it repeats nothing.
pub fn repeated(part: &str) -> Option<Repeated> {
    let lower = part.to_lowercase();
    // Places in both are the same unless a letter changes its length.
    let same_length = lower.len() == part.len();
    let mut text = lower.trim().trim_start_matches(['*', '_', '(', '[', '\\']);
    while let Some(rest) = LEADS.iter().find_map(|lead| text.strip_prefix(lead)) {
        text = rest.trim_start().trim_start_matches(['*', '_']);
    }
    let text = text.strip_prefix("emph{").or(text.strip_prefix("textit{")).unwrap_or(text);
    if let Some(word) = SAME.iter().find(|word| begins_with(text, word)) {
        let rest = text.get(word.len()..).unwrap_or_default();
        return Some(Repeated { what: Repeats::Last, who: String::new(), locator: place(rest) });
    }
    let before = |at: usize| match same_length {
        true => part.get(..at).unwrap_or_default().to_owned(),
        false => lower.get(..at).unwrap_or_default().to_owned(),
    };
    for lead in NOTE {
        let Some(at) = lower.find(lead) else { continue };
        let rest = lower.get(at + lead.len()..).unwrap_or_default();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(number) = rest.get(..digits).and_then(|d| d.parse().ok()) {
            let locator = rest.get(digits..).and_then(place);
            return Some(Repeated { what: Repeats::Note(number), who: before(at), locator });
        }
    }
    let (at, word) = WORK.iter().filter_map(|word| word_at(&lower, word).map(|at| (at, word))).min()?;
    let locator = lower.get(at + word.len()..).and_then(place);
    Some(Repeated { what: Repeats::Named, who: before(at), locator })
}

/// Returns true if and only if the word begins the text and is a whole one.
fn begins_with(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Where a word starts that is not a part of another.
fn word_at(text: &str, word: &str) -> Option<usize> {
    let edge = |at: usize| !text.get(..at).is_some_and(|t| t.ends_with(char::is_alphanumeric));
    text.match_indices(word).map(|(at, _)| at).find(|at| edge(*at))
}

/// The page or paragraph behind: `., para. 19`, ` at 5`, `, 14`.
fn place(rest: &str) -> Option<Locator> {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '§' && c != '¶');
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    locator(rest.split([';', '\n']).next()?)
}

/// Returns true if and only if a note says where something is from, though what it says may not be understood: it has a
/// number, a title in marks, an address.
pub fn is_shaped(text: &str) -> bool {
    text.contains(|c: char| c.is_numeric() || "“”\"«»‘*_".contains(c))
        || ["http", "\\emph", "\\textit", "#emph"].iter().any(|sign| text.contains(sign))
        || repeated(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_repeat_a_citation_are_read() {
        let page = |label: &str| Some(Locator::Page(label.to_owned()));
        for (text, what, who, locator) in [
            ("Ibid.", Repeats::Last, "", None),
            ("See *ibid.*, para. 19.", Repeats::Last, "", Some(Locator::Paragraph(19, 19))),
            ("Id. at 5", Repeats::Last, "", page("5")),
            ("Там же. С. 12.", Repeats::Last, "", page("12")),
            (
                "Raza and Nawaz (n 5) para 19",
                Repeats::Note(5),
                "Raza and Nawaz ",
                Some(Locator::Paragraph(19, 19)),
            ),
            ("Raza, supra note 12, at 3.", Repeats::Note(12), "Raza, ", page("3")),
            ("Khan, op. cit., p. 7", Repeats::Named, "Khan, ", page("7")),
            ("Хан, указ. соч., с. 7", Repeats::Named, "Хан, ", page("7")),
        ] {
            assert_eq!(repeated(text), Some(Repeated { what, who: who.to_owned(), locator }), "{text}");
        }
        for text in ["Identity (2020)", "See the embassy's page.", "Khan, 2021, p. 4", "Ibidapo, 2019"] {
            assert_eq!(repeated(text), None, "{text}");
        }
    }
}
