//! What was found of a work, where it was found, and what of it is believed.
//!
//! Readers hand over [`Candidate`]s: a value of a field with its [`Origin`]. This module is the one place that weighs
//! them, with a file for each kind of document: [`weigh`] gives the values that can be trusted, says for each where
//! it came from ([`Work::origins`]), and keeps what was not believed with the reason ([`Work::set_aside`]), so that a
//! person can see and correct it. A value that is not certain is left out.

mod credible;
mod pdf;
mod plain;
mod web;

use super::{Date, Field, Name, Work};
use crate::document::{Document, Format};
use crate::passage::Segmented;
use serde::{Deserialize, Serialize};

/// Where a value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The user's library file.
    Library,
    /// The fields of the file's format: document properties, the package file of an e-book, front matter, a record.
    FileFields,
    /// The Info dictionary or the XMP packet of a PDF.
    PdfFields,
    /// Meta tags made for bibliographies: `citation_*`, Dublin Core.
    BibliographicTag,
    /// JSON-LD of schema.org.
    JsonLd,
    /// Other meta tags: `author`, `parsely-*`, `sailthru.*`, `article:*`, `date`.
    MetaTag,
    /// Meta tags made for sharing: `og:*`, `twitter:*`.
    SharingTag,
    /// An element that the page marks by class, `rel` or `itemprop`: a byline, a headline, `<time>`.
    MarkedElement,
    /// The main heading of a web page.
    Heading,
    /// The `<title>` of a web page.
    PageTitle,
    /// Lines of the first pages of a PDF, told by their type and place.
    Printed,
    /// The front of the text: title lines, bylines, date lines, datelines.
    Text,
    /// The file's name or address.
    FileName,
}

impl Origin {
    /// The word for it in the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Library => "library",
            Origin::FileFields => "file-fields",
            Origin::PdfFields => "pdf-fields",
            Origin::BibliographicTag => "bibliographic-tag",
            Origin::JsonLd => "json-ld",
            Origin::MetaTag => "meta-tag",
            Origin::SharingTag => "sharing-tag",
            Origin::MarkedElement => "marked-element",
            Origin::Heading => "heading",
            Origin::PageTitle => "page-title",
            Origin::Printed => "printed",
            Origin::Text => "text",
            Origin::FileName => "file-name",
        }
    }

    /// Returns true if and only if a value from there was read from the text rather than stated.
    pub fn is_inferred(self) -> bool {
        matches!(self, Origin::Heading | Origin::Printed | Origin::Text | Origin::FileName)
    }
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Value {
    Title(String),
    Authors(Vec<Name>),
    /// Authors as one place of a page gives them; the names are not read yet.
    Credits(Vec<Credit>),
    Issued(Date),
    /// The day of the last change, which is not that of the publication.
    Changed(Date),
    Container(String),
    Publisher(String),
}

/// A credit as a web page gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Its text; what the page sets apart is on lines of its own.
    pub text: String,
    /// The page says that it is a body's and no person's.
    pub is_body: bool,
}

impl Value {
    /// The field that it is a value of.
    pub fn field(&self) -> Field {
        match self {
            Value::Title(_) => Field::Title,
            Value::Authors(_) | Value::Credits(_) => Field::Authors,
            Value::Issued(_) | Value::Changed(_) => Field::Issued,
            Value::Container(_) => Field::Container,
            Value::Publisher(_) => Field::Publisher,
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Title(text) | Value::Container(text) | Value::Publisher(text) => f.write_str(text),
            Value::Authors(names) => {
                f.write_str(&names.iter().map(Name::display).collect::<Vec<_>>().join("; "))
            }
            Value::Credits(credits) => {
                let texts: Vec<String> = credits.iter().map(|c| c.text.replace('\n', " ")).collect();
                f.write_str(&texts.join("; "))
            }
            Value::Issued(date) | Value::Changed(date) => write!(f, "{date}"),
        }
    }
}

/// A value that a reader found, not yet believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// What was found.
    pub value: Value,
    /// Where.
    pub origin: Origin,
}

/// A value that was found and not believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The field it was found for.
    pub field: Field,
    /// The value, as it would be shown.
    pub value: String,
    /// Where it was found.
    pub origin: Origin,
    /// Why it is not given, in a few words.
    pub why: String,
}

/// What is known of the work from the document alone: the values that can be trusted, with their origins.
pub fn weigh(document: &Document, segmented: &Segmented) -> Work {
    match document.format {
        Format::Pdf => pdf::weigh(document, segmented),
        Format::Html => web::weigh(document, segmented),
        _ => plain::weigh(document, segmented),
    }
}

/// What a web page says of itself, without its text: what of the document's candidates is believed.
pub fn of_page(document: &Document) -> Work {
    web::of_page(document)
}

impl Work {
    /// Gives a field its value, in place of what it had, and remembers where that was found.
    pub(super) fn believe(&mut self, value: Value, origin: Origin) {
        self.mark(value.field(), origin);
        match value {
            Value::Title(title) => self.title = Some(title),
            Value::Authors(names) => self.authors = names,
            Value::Credits(credits) => {
                self.authors = credits.iter().map(|credit| Name::literal(&credit.text)).collect();
            }
            Value::Issued(date) | Value::Changed(date) => self.issued = Some(date),
            Value::Container(name) => self.container = Some(name),
            Value::Publisher(name) => self.publisher = Some(name),
        }
    }

    /// Remembers where the value of a field was found.
    pub(super) fn mark(&mut self, field: Field, origin: Origin) {
        self.origins.insert(field, origin);
        if origin.is_inferred() {
            self.inferred.insert(field);
        } else {
            self.inferred.remove(&field);
        }
    }

    /// Keeps a value that is not believed, with the reason.
    pub(super) fn set_aside(&mut self, value: &Value, origin: Origin, why: impl Into<String>) {
        let aside = SetAside { field: value.field(), value: value.to_string(), origin, why: why.into() };
        // A bare number or a sign is nothing that a person would put right.
        let is_trifle = aside.field != Field::Issued && !aside.value.chars().any(char::is_alphabetic);
        if !is_trifle && !aside.value.is_empty() && !self.set_aside.contains(&aside) {
            self.set_aside.push(aside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_signs_are_no_values_to_show() {
        let mut work = Work::default();
        for value in [
            Value::Authors(vec![Name::literal("2026")]),
            Value::Title("—".to_owned()),
            Value::Title("Ports".to_owned()),
            Value::Issued(Date::parse("2026").unwrap()),
        ] {
            work.set_aside(&value, Origin::Text, "no reason");
        }
        let values: Vec<&str> = work.set_aside.iter().map(|aside| aside.value.as_str()).collect();
        assert_eq!(values, ["Ports", "2026"]);
    }
}
