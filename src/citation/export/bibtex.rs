//! BibTeX and BibLaTeX.

use super::Entry;
use crate::bibliography::{Date, Name, Work, WorkType};
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
    for (i, (key, work, files)) in entries.iter().enumerate() {
        if i > 0 {
            text.push('\n');
        }
        write_entry(&mut text, key.as_str(), work, files, dialect);
    }
    text
}

/// Writes one entry. Fields stand in the order in which a person reads them.
fn write_entry(text: &mut String, key: &str, work: &Work, files: &[String], dialect: Dialect) {
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
    field(container, work.container.as_deref().map(title));
    field("series", work.collection_title.as_deref().map(title));
    field("eventtitle", work.event.as_deref().map(title));
    field(publisher, plain(&work.publisher));
    field(if bibtex { "address" } else { "location" }, plain(&work.publisher_place));
    field("volume", plain(&work.volume));
    // `number` is the issue of an article and the number of anything else; `eid` is the number of an article.
    let article = is_article(work.work_type);
    field("number", plain(if article { &work.issue } else { &work.number }));
    field(if article { "eid" } else { "issue" }, plain(if article { &work.number } else { &work.issue }));
    field("edition", plain(&work.edition));
    field("pages", work.pages.as_ref().map(|p| escape(p).replace('–', "-").replace('-', "--")));
    field("doi", work.doi.clone());
    // Braces would end the field, and stand for themselves in no address.
    field("url", work.url.as_ref().map(|u| u.replace('{', "%7B").replace('}', "%7D")));
    field("urldate", work.accessed.map(|d| d.to_string()));
    field("isbn", plain(&work.isbn));
    field("issn", plain(&work.issn));
    field("type", plain(&work.genre));
    field("entrysubtype", subtype(work.work_type).map(str::to_owned));
    field("library", plain(&work.archive));
    field("langid", plain(&work.language));
    field("keywords", Some(work.keywords.iter().map(|k| escape(k)).collect::<Vec<_>>().join(", ")));
    field("note", plain(&work.note));
    field("abstract", plain(&work.abstract_text));
    let escaped = |f: &String| f.replace('\\', "\\\\").replace(':', "\\:").replace(';', "\\;");
    field("file", Some(files.iter().map(escaped).collect::<Vec<_>>().join(";")));
    text.push_str("}\n");
}

fn is_article(work_type: WorkType) -> bool {
    matches!(work_type, WorkType::ArticleJournal | WorkType::ArticleMagazine | WorkType::ArticleNewspaper)
}

/// What sort of article it is, as biblatex-chicago and Zotero say it.
fn subtype(work_type: WorkType) -> Option<&'static str> {
    match work_type {
        WorkType::ArticleMagazine => Some("magazine"),
        WorkType::ArticleNewspaper => Some("newspaper"),
        _ => None,
    }
}

/// The fields for what holds a work and for who brought it out.
fn names_of_places(work: &Work, dialect: Dialect) -> (&'static str, &'static str) {
    let container = match (work.work_type, dialect) {
        (WorkType::Chapter | WorkType::PaperConference | WorkType::Entry, _) => "booktitle",
        (sort, Dialect::Bibtex) if is_article(sort) => "journal",
        (sort, Dialect::Biblatex) if is_article(sort) => "journaltitle",
        (WorkType::Book | WorkType::Report | WorkType::Thesis, _) => "booktitle",
        _ => "howpublished",
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
        sort if is_article(sort) => "article",
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
        WorkType::Legislation | WorkType::Treaty if biblatex => "legislation",
        WorkType::PersonalCommunication if biblatex => "letter",
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
        // A surname of several words that starts small would be read as one with a particle.
        let small =
            name.family.as_ref().is_some_and(|f| f.contains(' ') && f.starts_with(char::is_lowercase));
        let own = if small { format!("{{{}}}", part(&name.family)) } else { part(&name.family) };
        let family = [part(&name.particle), own].join(" ");
        let parts = [family.trim().to_owned(), part(&name.suffix), part(&name.given)];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
    };
    (!names.is_empty()).then(|| names.iter().map(write).collect::<Vec<_>>().join(" and "))
}

/// The text with TeX's signs written out. Signs that are accents or begin commands with a backslash before them have
/// names; so have braces without a partner, since BibTeX counts those with a backslash too.
fn escape(text: &str) -> String {
    let paired = pairs_up(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' if paired => escaped.extend(['\\', c]),
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Returns true if and only if every brace has its partner.
fn pairs_up(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
