//! Rendering by the CSL processor.

use super::cite::Locator;
use super::item::processor_item;
use super::markup::{Markup, write};
use super::style::Style;
use crate::bibliography::Work;
use hayagriva::citationberg::taxonomy;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, LocatorPayload, SpecificLocator,
};

/// A work to be cited.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Its citekey.
    pub key: &'a str,
    /// What is known of it.
    pub work: &'a Work,
    /// Its year letter in the whole library.
    pub letter: Option<char>,
    /// Where in it.
    pub locator: Option<&'a Locator>,
}

/// A citation in running text and the entry of the reference list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// For the running text, or the text of the note in a style of notes.
    pub in_text: String,
    /// For the reference list; `None` in a style without one.
    pub reference: Option<String>,
}

/// Renders each work by itself, so that a citation is the same whatever else is cited. In a numeric style each
/// work is number 1: numbers belong to a whole document.
pub fn render(style: &Style, item: &Item<'_>, markup: Markup) -> Rendered {
    let entry = processor_item(item.key, item.work);
    let mut driver = BibliographyDriver::new();
    let locator = item.locator.map(|l| SpecificLocator(kind(l), LocatorPayload::Str(l.value())));
    let cited = vec![CitationItem::with_locator(&entry, locator)];
    driver.citation(CitationRequest::from_items(cited, &style.csl, &style.locales));
    let rendered =
        driver.finish(BibliographyRequest { style: &style.csl, locale: None, locale_files: &style.locales });
    let in_text = rendered.citations.first().map(|c| write(&c.citation, markup)).unwrap_or_default();
    let reference = rendered.bibliography.and_then(|b| b.items.into_iter().next()).map(|entry| {
        let first = entry.first_field.map(|f| super::markup::write_child(&f, markup)).unwrap_or_default();
        let rest = write(&entry.content, markup);
        if first.is_empty() { rest } else { format!("{first} {rest}") }
    });
    // A description in brackets is no title: it is not quoted.
    let in_text = in_text.replace("“[", "[").replace("]”", "]").replace("],”", "],");
    Rendered {
        in_text: with_letter(&in_text, item),
        reference: reference
            .map(|r| tidy(&r, item.work).replace("“[", "[").replace("].”", "]."))
            .map(|r| with_letter(&r, item)),
    }
}

fn kind(locator: &Locator) -> taxonomy::Locator {
    match locator {
        Locator::Paragraph(_) => taxonomy::Locator::Paragraph,
        Locator::Page(_) => taxonomy::Locator::Page,
        Locator::Section(_) => taxonomy::Locator::Section,
    }
}

/// Puts the library's year letter behind the year. The processor gives letters only to works cited together; ours
/// are the same in every report.
fn with_letter(text: &str, item: &Item<'_>) -> String {
    let (Some(letter), Some(date)) = (item.letter, item.work.issued) else { return text.to_owned() };
    let year = date.year.to_string();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let whole = |at: &usize| {
        !digit(text[..*at].chars().next_back()) && !digit(text[at + year.len()..].chars().next())
    };
    match text.match_indices(&year).map(|(at, _)| at).find(whole) {
        Some(at) => format!("{}{letter}{}", &text[..at + year.len()], &text[at + year.len()..]),
        None => text.to_owned(),
    }
}

/// Mends what the processor leaves: `?.` and `!.` behind a title that asks, `..` behind an initial.
fn tidy(reference: &str, work: &Work) -> String {
    // A comma is left behind a year that has no day: `(2021,)`.
    let year = work.issued.map(|d| d.year.to_string()).unwrap_or_default();
    let reference = &reference.replace(&format!("({year},)"), &format!("({year})"));
    let mut tidy = reference.replace("?.", "?").replace("!.", "!").replace("..", ".");
    if work.url.as_deref().is_some_and(|u| u.contains("..") || u.contains("?.")) {
        reference.clone_into(&mut tidy);
    }
    tidy.trim().to_owned()
}
