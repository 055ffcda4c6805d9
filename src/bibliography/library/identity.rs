//! What a document says of itself that leads to an entry of the library which does not name its file.
//!
//! The DOI that stands first on the first pages is the document's own, as in pdf2doi and JabRef; those behind it may be of works
//! that it cites. An ISBN that is printed with a price or a number of pages is that of a book under review.

use super::{By, LibraryEntry, bare_doi};
use crate::bibliography::{Name, Work, WorkType};
use crate::document::{Document, Format};
use crate::passage::{Kind, Passage, Segmented};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Bytes of a text without pages that count as its first pages.
const FIRST_BYTES: usize = 6000;
/// Pages on which a DOI is looked for, and on which an ISBN is: the imprint of a book stands on its fourth page.
const DOI_PAGES: u32 = 2;
const ISBN_PAGES: u32 = 8;
/// Words from which a title says enough to need the author or the year only, not both.
const TELLING_TITLE: usize = 4;

/// What a document says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// Its DOI in small letters, without resolver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// The ISBNs of its imprint, thirteen digits each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub isbns: Vec<String>,
    /// The words of its title in small letters, a space between.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The family names of its authors in small letters, names of bodies whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The year in which it came out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

impl Identity {
    /// Of a document, and what was found of its work in it.
    pub fn of(document: &Document, segmented: &Segmented, found: &Work) -> Identity {
        let title = found.title.as_deref().map(folded).unwrap_or_default();
        let authors = surnames(&found.authors);
        let year = found.issued.map(|date| date.year);
        // A message and a file of passages hold what is others'.
        if matches!(document.format, Format::Mail | Format::Jsonl) {
            return Identity { title, authors, year, ..Identity::default() };
        }
        let stated = found.doi.as_deref().and_then(first_doi);
        let doi =
            stated.or_else(|| first_pages(document, segmented, DOI_PAGES).find_map(|p| first_doi(&p.text)));
        let mut isbns: Vec<String> = found.isbn.iter().filter_map(|isbn| isbn_13(isbn)).collect();
        let printed = first_pages(document, segmented, ISBN_PAGES).filter(|p| !is_review(&p.text));
        isbns.extend(printed.flat_map(|p| printed_isbns(&p.text)));
        isbns.dedup();
        Identity { doi, isbns, title, authors, year }
    }
}

/// The passages of the first pages that are the document's own words: no references, no notes.
fn first_pages<'s>(
    document: &Document,
    segmented: &'s Segmented,
    pages: u32,
) -> impl Iterator<Item = &'s Passage> {
    let has_pages = !document.pages.is_empty();
    let mut bytes = 0;
    let passages = segmented.passages.iter().take_while(move |passage| {
        let is_near = if has_pages { passage.pages().0 < pages } else { bytes < FIRST_BYTES };
        bytes += passage.text.len();
        is_near
    });
    passages.filter(|passage| !matches!(passage.kind, Kind::Reference | Kind::Footnote))
}

/// The first DOI in a text, in small letters: `10.`, four to nine digits, a slash and what follows
/// (ISO 26324; <https://www.crossref.org/blog/dois-and-matching-regular-expressions/>).
fn first_doi(text: &str) -> Option<String> {
    text.match_indices("10.").find_map(|(at, _)| {
        let rest = text.get(at + 3..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let suffix = rest.get(digits..)?.strip_prefix('/').filter(|_| (4..=9).contains(&digits))?;
        let end = suffix.find(|c: char| c.is_whitespace() || "\"<>{}|“”‘’".contains(c));
        let mut suffix = suffix.get(..end.unwrap_or(suffix.len()))?;
        loop {
            let bare = suffix.trim_end_matches(['.', ',', ';', ':', '\'']);
            let open = |bracket: char| bare.matches(bracket).count();
            let bare = match bare.chars().last() {
                Some(')') if open('(') < open(')') => &bare[..bare.len() - 1],
                Some(']') if open('[') < open(']') => &bare[..bare.len() - 1],
                _ => bare,
            };
            if bare.len() == suffix.len() {
                break;
            }
            suffix = bare;
        }
        (!suffix.is_empty()).then(|| format!("10.{}/{}", &rest[..digits], suffix.to_lowercase()))
    })
}

/// Returns true if and only if a text names a book as a reviewer does, with its price or its number of pages.
fn is_review(text: &str) -> bool {
    ["pp.", "£", "$", "€", "Reviewed by"].iter().any(|mark| text.contains(mark))
}

/// The numbers behind each `ISBN` of a text.
fn printed_isbns(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("ISBN").filter_map(|(at, word)| {
        let rest = text.get(at + word.len()..)?.trim_start_matches(|c: char| !c.is_ascii_digit());
        // `ISBN-13: 978-…` and `ISBN-10: …`.
        let rest =
            ["13:", "10:", "13 ", "10 "].iter().find_map(|sort| rest.strip_prefix(sort)).unwrap_or(rest);
        let number: String = rest
            .trim_start()
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '‐' | '‑' | '–' | 'X' | 'x'))
            .collect();
        isbn_13(&number)
    })
}

/// An ISBN as thirteen digits; `None` when its check digit is wrong (ISO 2108, annex C).
fn isbn_13(text: &str) -> Option<String> {
    let signs: Vec<char> = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x')).collect();
    let value = |c: &char| c.to_digit(10).unwrap_or(10);
    let check = |digits: &[char]| {
        let weighted = digits.iter().zip([1, 3].iter().cycle());
        (10 - weighted.map(|(c, w)| value(c) * w).sum::<u32>() % 10) % 10
    };
    match signs.len() {
        13.. => {
            let digits = &signs[..13];
            (check(&digits[..12]) == value(&digits[12])).then(|| digits.iter().collect())
        }
        10..=12 => {
            let sum: u32 = signs[..10].iter().zip((1..=10).rev()).map(|(c, w)| value(c) * w).sum();
            let mut digits: Vec<char> = "978".chars().chain(signs[..9].iter().copied()).collect();
            digits.extend(char::from_digit(check(&digits), 10));
            sum.is_multiple_of(11).then(|| digits.iter().collect())
        }
        _ => None,
    }
}

/// The words of a text in small letters, a space between.
fn folded(text: &str) -> String {
    let text: String =
        text.nfkc().flat_map(char::to_lowercase).filter(|c| !matches!(c, '’' | '\'')).collect();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn surnames(people: &[Name]) -> Vec<String> {
    let surname = |name: &Name| name.family.as_deref().or(name.literal.as_deref()).map(folded);
    people.iter().filter_map(surname).filter(|name| !name.is_empty()).collect()
}

/// The entries of a library by what documents say of themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    by_doi: BTreeMap<String, Vec<usize>>,
    by_isbn: BTreeMap<String, Vec<usize>>,
    by_title: BTreeMap<String, Vec<usize>>,
    entries: Vec<Identity>,
}

impl Known {
    pub(super) fn of(entries: &[LibraryEntry]) -> Known {
        let mut known = Known::default();
        for (index, LibraryEntry { work, .. }) in entries.iter().enumerate() {
            let doi = work.doi.as_deref().and_then(bare_doi).as_deref().and_then(first_doi);
            let title = work.title.as_deref().unwrap_or_default();
            let identity = Identity {
                doi,
                title: folded(title),
                authors: surnames(&[&work.authors[..], &work.editors].concat()),
                year: work.issued.map(|date| date.year),
                isbns: work
                    .isbn
                    .iter()
                    .flat_map(|isbns| isbns.split([' ', ',']))
                    .filter_map(isbn_13)
                    .collect(),
            };
            if let Some(doi) = &identity.doi {
                known.by_doi.entry(doi.clone()).or_default().push(index);
            }
            // What is in a book has the book's number.
            let is_part =
                matches!(work.work_type, WorkType::Chapter | WorkType::Entry | WorkType::PaperConference);
            for isbn in identity.isbns.iter().filter(|_| !is_part) {
                known.by_isbn.entry(isbn.clone()).or_default().push(index);
            }
            let main = title.split_once(": ").map(|(main, _)| folded(main));
            let main = main.filter(|main| main.split(' ').count() >= TELLING_TITLE);
            for title in main.into_iter().chain([identity.title.clone()]).filter(|title| !title.is_empty()) {
                known.by_title.entry(title).or_default().push(index);
            }
            known.entries.push(identity);
        }
        known
    }

    /// The only entry that a document leads to.
    pub(super) fn find(&self, document: &Identity) -> Option<(usize, By)> {
        let only = |entries: Option<&Vec<usize>>| match entries.map(Vec::as_slice) {
            Some([entry]) => Some(*entry),
            _ => None,
        };
        if let Some(entry) = document.doi.as_ref().and_then(|doi| only(self.by_doi.get(doi))) {
            return Some((entry, By::Doi));
        }
        let mut by_isbn: Vec<usize> =
            document.isbns.iter().filter_map(|isbn| self.by_isbn.get(isbn)).flatten().copied().collect();
        by_isbn.sort_unstable();
        by_isbn.dedup();
        if let [entry] = by_isbn.as_slice() {
            return Some((*entry, By::Isbn));
        }
        let mut likest: Vec<(bool, usize)> = Vec::new();
        for entry in self.by_title.get(&document.title).into_iter().flatten() {
            let Some(known) = self.entries.get(*entry) else { continue };
            let same_author = document.authors.iter().any(|author| known.authors.contains(author));
            let same_year = document.year.is_some() && document.year == known.year;
            let other_doi = document.doi.is_some() && known.doi.is_some() && document.doi != known.doi;
            let is_telling = document.title.split(' ').count() >= TELLING_TITLE;
            if !other_doi && (same_author && same_year || is_telling && (same_author || same_year)) {
                likest.push((same_author && same_year, *entry));
            }
        }
        let most = likest.iter().map(|(both, _)| *both).max()?;
        let mut best = likest.iter().filter(|(both, _)| *both == most);
        match (best.next(), best.next()) {
            (Some((_, entry)), None) => Some((*entry, By::Title)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois_and_isbns_are_found_in_print() {
        for (text, doi) in [
            ("https://doi.org/10.1080/02634937.2021.1234567.", Some("10.1080/02634937.2021.1234567")),
            ("(doi:10.1016/S0140-6736(05)67889-X)", Some("10.1016/s0140-6736(05)67889-x")),
            ("DOI 10.1000/AbC, then 10.2000/def", Some("10.1000/abc")),
            ("version 10.4 of 10.12/x", None),
            ("10.1000/", None),
        ] {
            assert_eq!(first_doi(text).as_deref(), doi, "{text}");
        }
        for (text, isbn) in [
            ("ISBN 978-3-16-148410-0 (hbk)", Some("9783161484100")),
            ("ISBN-10: 0-306-40615-2", Some("9780306406157")),
            ("ISBN-13: 978-0-306-40615-7", Some("9780306406157")),
            ("ISBN: 0306406153", None),
        ] {
            assert_eq!(printed_isbns(text).next().as_deref(), isbn, "{text}");
        }
    }
}
