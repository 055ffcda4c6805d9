//! Rendering by the CSL processor.

use super::cite::Locator;
use super::item::processor_item;
use super::markup::{Markup, write};
use super::style::Style;
use crate::bibliography::{Date, Work};
use hayagriva::citationberg::{self, taxonomy};
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
    let entries = twins(style, item);
    let own = ordinal(style, item);
    let mut driver = BibliographyDriver::new();
    for entry in &entries {
        let locator = item.locator.map(|l| SpecificLocator(kind(l), LocatorPayload::Str(l.value())));
        let cited = vec![CitationItem::with_locator(entry, locator)];
        driver.citation(CitationRequest::from_items(cited, &style.csl, &style.locales));
    }
    let rendered =
        driver.finish(BibliographyRequest { style: &style.csl, locale: None, locale_files: &style.locales });
    let in_text = rendered.citations.get(own).map(|c| write(&c.citation, markup)).unwrap_or_default();
    let listed = rendered.bibliography.and_then(|b| b.items.into_iter().find(|i| i.key == item.key));
    let reference = listed.map(|entry| {
        let first = entry.first_field.map(|f| super::markup::write_child(&f, markup)).unwrap_or_default();
        let rest = write(&entry.content, markup);
        if first.is_empty() { rest } else { format!("{first} {rest}") }
    });
    // A description in brackets is no title: it is not quoted.
    let in_text = in_text.replace("“[", "[").replace("]”", "]").replace("],”", "],");
    Rendered {
        in_text,
        reference: reference.map(|r| tidy(&r, item.work).replace("“[", "[").replace("].”", "].")),
    }
}

/// The work among others that look like it. The processor gives year letters, with the style's punctuation and where
/// the style has any, to works cited together that cannot be told apart, in their order; ours are the same in every
/// report, so that the work is cited as the one of its letter.
fn twins(style: &Style, item: &Item<'_>) -> Vec<citationberg::json::Item> {
    if letter(style, item).is_none() {
        return vec![processor_item(item.key, item.work)];
    }
    let own = ordinal(style, item);
    let id = |i: usize| if i == own { item.key.to_owned() } else { format!("{} twin {i}", item.key) };
    let mut entries: Vec<_> = (0..=own.max(1)).map(|i| processor_item(&id(i), item.work)).collect();
    if item.work.issued.is_none() {
        // The processor gives letters only when some work cited has a date.
        let issued = Some(Date { year: 2000, month: None, day: None });
        entries.push(processor_item("dated", &Work { issued, ..Work::default() }));
    }
    entries
}

/// The place of the work among its twins.
fn ordinal(style: &Style, item: &Item<'_>) -> usize {
    letter(style, item).map_or(0, |l| usize::from(l as u8 - b'a'))
}

/// The work's year letter, where the style has letters.
fn letter(style: &Style, item: &Item<'_>) -> Option<char> {
    item.letter.filter(|l| l.is_ascii_lowercase() && style.csl.citation.disambiguate_add_year_suffix)
}

fn kind(locator: &Locator) -> taxonomy::Locator {
    match locator {
        Locator::Paragraph(_) => taxonomy::Locator::Paragraph,
        Locator::Page(_) => taxonomy::Locator::Page,
        Locator::Section(_) => taxonomy::Locator::Section,
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
