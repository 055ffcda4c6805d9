//! BibTeX and BibLaTeX, through the `biblatex` crate, which knows what to escape.

use super::Entry;
use crate::bibliography::{Date, Name, Work, WorkType};
use biblatex::{Chunk, Chunks, Spanned};
use std::fmt::Write;

/// The two dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `journal`, `year`, `month`; no type for web pages.
    Bibtex,
    /// `journaltitle`, `date`.
    Biblatex,
}

/// Writes entries one after the other, a blank line between.
pub fn write(entries: &[Entry<'_>], dialect: Dialect) -> String {
    let mut text = String::new();
    for (i, (key, work, file)) in entries.iter().enumerate() {
        if i > 0 {
            text.push('\n');
        }
        write_entry(&mut text, key.as_str(), work, *file, dialect);
    }
    text
}

/// Writes one entry. Fields stand in the order in which a person reads them.
fn write_entry(text: &mut String, key: &str, work: &Work, file: Option<&str>, dialect: Dialect) {
    let _ = writeln!(text, "@{}{{{key},", entry_type(work, dialect));
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = writeln!(text, "  {name} = {{{value}}},");
        }
    };
    let plain = |value: &Option<String>| value.as_deref().map(escape);
    let bibtex = dialect == Dialect::Bibtex;
    field("title", work.title.as_deref().map(title));
    field("author", people(&work.authors));
    field("editor", people(&work.editors));
    field("translator", people(&work.translators));
    if bibtex {
        field("year", work.issued.map(|d| d.year.to_string()));
        field("month", work.issued.and_then(|d| d.month).map(|m| m.to_string()));
        field("day", work.issued.and_then(|d| d.month.and(d.day)).map(|d| d.to_string()));
    } else {
        field("date", work.issued.map(|d: Date| d.to_string()));
    }
    let (container, publisher) = names_of_places(work, dialect);
    field(container, plain(&work.container));
    field("series", plain(&work.collection_title));
    field("eventtitle", plain(&work.event));
    field(publisher, plain(&work.publisher));
    field(if bibtex { "address" } else { "location" }, plain(&work.publisher_place));
    field("volume", plain(&work.volume));
    field("number", plain(if work.issue.is_some() { &work.issue } else { &work.number }));
    field("edition", plain(&work.edition));
    field("pages", work.pages.as_ref().map(|p| escape(p).replace('–', "-").replace('-', "--")));
    field("doi", work.doi.clone());
    field("url", work.url.clone());
    field("urldate", work.accessed.map(|d| d.to_string()));
    field("isbn", plain(&work.isbn));
    field("issn", plain(&work.issn));
    field("type", plain(&work.genre));
    field("langid", plain(&work.language));
    field("keywords", Some(work.keywords.iter().map(|k| escape(k)).collect::<Vec<_>>().join(", ")));
    field("note", plain(&work.note));
    field("abstract", plain(&work.abstract_text));
    field("file", file.map(|f| f.replace('\\', "\\\\").replace(':', "\\:").replace(';', "\\;")));
    text.push_str("}\n");
}

/// The fields for what holds a work and for who brought it out.
fn names_of_places(work: &Work, dialect: Dialect) -> (&'static str, &'static str) {
    let container = match (work.work_type, dialect) {
        (WorkType::Chapter | WorkType::PaperConference | WorkType::Entry, _) => "booktitle",
        (
            WorkType::ArticleJournal | WorkType::ArticleMagazine | WorkType::ArticleNewspaper,
            Dialect::Bibtex,
        ) => "journal",
        (
            WorkType::ArticleJournal | WorkType::ArticleMagazine | WorkType::ArticleNewspaper,
            Dialect::Biblatex,
        ) => "journaltitle",
        (_, Dialect::Bibtex) => "howpublished",
        (_, Dialect::Biblatex) => "maintitle",
    };
    let publisher = match work.work_type {
        WorkType::Thesis => "school",
        WorkType::Report => "institution",
        _ => "publisher",
    };
    (container, publisher)
}

fn entry_type(work: &Work, dialect: Dialect) -> &'static str {
    let biblatex = dialect == Dialect::Biblatex;
    match work.work_type {
        WorkType::ArticleJournal | WorkType::ArticleMagazine | WorkType::ArticleNewspaper => "article",
        WorkType::Book => "book",
        WorkType::Chapter => "incollection",
        WorkType::Entry if biblatex => "inreference",
        WorkType::PaperConference => "inproceedings",
        WorkType::Report if biblatex => "report",
        WorkType::Report => "techreport",
        WorkType::Thesis if biblatex => "thesis",
        WorkType::Thesis => "phdthesis",
        WorkType::Webpage | WorkType::Post | WorkType::PostWeblog if biblatex => "online",
        WorkType::Dataset if biblatex => "dataset",
        WorkType::Manuscript => "unpublished",
        _ => "misc",
    }
}

/// A title with its capitals protected, since styles of BibTeX put titles in lower case.
fn title(text: &str) -> String {
    format!("{{{}}}", escape(text))
}

/// Names joined by `and`; a body stands in braces of its own.
fn people(names: &[Name]) -> Option<String> {
    let write = |name: &Name| {
        if let Some(literal) = &name.literal {
            return if literal == "et al." {
                "others".to_owned()
            } else {
                format!("{{{}}}", escape(literal))
            };
        }
        let part = |p: &Option<String>| p.as_deref().map(escape).unwrap_or_default();
        let family = [part(&name.particle), part(&name.family)].join(" ");
        let parts = [family.trim().to_owned(), part(&name.suffix), part(&name.given)];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
    };
    (!names.is_empty()).then(|| names.iter().map(write).collect::<Vec<_>>().join(" and "))
}

/// The text with TeX's signs escaped by the crate.
fn escape(text: &str) -> String {
    let chunks: Chunks = vec![Spanned::detached(Chunk::Normal(text.to_owned()))];
    let mut entry = biblatex::Entry::new("k".to_owned(), biblatex::EntryType::Misc);
    entry.set("note", chunks);
    let written = entry.to_biblatex_string();
    let inside = written.split_once("note = {").and_then(|(_, rest)| rest.rsplit_once("},"));
    inside.map_or_else(|| text.to_owned(), |(value, _)| value.to_owned())
}
