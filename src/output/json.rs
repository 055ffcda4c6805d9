//! The JSON of the program: field names and meanings are a promise to scripts, see `docs/json-output.md`.

use super::place::cited_locator;
use crate::bibliography::{Name, Work, evidence};
use crate::index::{StoredPassage, StoredSource};
use crate::passage::{InTextCitation, Kind, Ordinal, ParsedReference, fingerprint};
use crate::tag::{self, CountryTag};
use serde::Serialize;
use std::collections::BTreeMap;

/// Raised when a field changes its name or meaning.
pub const VERSION: u32 = 1;

/// A country of a passage or a text.
#[derive(Debug, Serialize)]
pub struct Country<'a> {
    code: &'a str,
    name: &'a str,
    evidence: tag::Evidence,
    about: bool,
    because: &'a [String],
}

/// The countries of a passage.
pub fn countries(tags: &[CountryTag]) -> Vec<Country<'_>> {
    tags.iter()
        .map(|t| Country {
            code: t.code.as_str(),
            name: tag::name(t.code),
            evidence: t.evidence,
            about: t.about,
            because: &t.because,
        })
        .collect()
}

/// A page: 1-based index in the file, and the label printed on it.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    index: u32,
    label: Option<&'a str>,
    /// The last page, where a passage runs over several.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Box<Page<'a>>>,
}

/// Where a passage stands in its source.
#[derive(Debug, Serialize)]
pub struct Locator<'a> {
    section: &'a [String],
    paragraph: Option<u32>,
    page: Option<Page<'a>>,
    lines: Option<(u32, u32)>,
}

/// The locator of a passage.
pub fn locator<'a>(source: &'a StoredSource, passage: &StoredPassage) -> Locator<'a> {
    let (first, last) = passage.pages;
    let page = |index: u32| {
        let page = source.pages.get(index as usize)?;
        Some(Page { index: index + 1, label: page.label.as_deref(), to: None })
    };
    let to = if last == first { None } else { page(last).map(Box::new) };
    Locator {
        section: source.sections.get(passage.section as usize).map_or(&[], Vec::as_slice),
        paragraph: match passage.ordinal {
            Ordinal::Paragraph { number, .. } => Some(number),
            _ => None,
        },
        page: page(first).map(|p| Page { to, ..p }),
        lines: passage.lines,
    }
}

/// A source, as it stands beside a passage.
#[derive(Debug, Serialize)]
pub struct Source<'a> {
    key: &'a str,
    title: Option<&'a str>,
    authors: Vec<String>,
    issued: Option<String>,
    path: String,
    url: Option<&'a str>,
    inferred: Vec<&'static str>,
}

/// A source; `path` is its file as shown to the user.
pub fn source(source: &StoredSource, path: String) -> Source<'_> {
    Source {
        key: source.work_key().as_str(),
        title: source.work.title.as_deref(),
        authors: source.work.authors.iter().map(Name::display).collect(),
        issued: source.work.issued.map(|d| d.to_string()),
        path,
        url: source.work.url.as_deref(),
        inferred: source.work.inferred.iter().map(|f| f.as_str()).collect(),
    }
}

/// A citation in running text that stands in a passage, and where it leads.
#[derive(Debug, Serialize)]
pub struct Cites<'a> {
    in_text: &'a str,
    reference: Option<String>,
    text: Option<String>,
}

/// What a passage cites; `text` gives the text of a reference entry or note.
pub fn cites<'a>(
    key: Option<&str>,
    cites: &'a [InTextCitation],
    text: impl Fn(Ordinal) -> Option<String>,
) -> Vec<Cites<'a>> {
    let id = |ordinal: Ordinal| match key {
        Some(key) => format!("{key}:{ordinal}"),
        None => ordinal.to_string(),
    };
    cites
        .iter()
        .map(|c| Cites {
            in_text: &c.in_text,
            reference: c.reference.map(id),
            text: c.reference.and_then(&text),
        })
        .collect()
}

/// The citation of a hit.
#[derive(Debug, Serialize)]
pub struct Citation<'a> {
    style: &'a str,
    in_text: String,
    reference: &'a str,
}

/// The citation of a passage in the style that the source's citation was rendered in.
pub fn citation<'a>(source: &'a StoredSource, passage: &StoredPassage, style: &'a str) -> Citation<'a> {
    Citation {
        style,
        in_text: cited_locator(&source.citation, source, passage),
        reference: &source.citation.reference,
    }
}

/// A passage: a line of `passages --jsonl`, and the common part of a hit.
#[derive(Debug, Serialize)]
pub struct Passage<'a> {
    /// `None` for a heading.
    pub id: Option<String>,
    /// Hash of the normalised text.
    pub fingerprint: String,
    /// What it is.
    pub kind: Kind,
    /// The text that may be quoted.
    pub text: &'a str,
    /// Where it stands.
    pub locator: Locator<'a>,
    /// Its countries.
    pub countries: Vec<Country<'a>>,
    /// Its source.
    pub source: Source<'a>,
    /// What it cites.
    pub cites: Vec<Cites<'a>>,
    /// What could be read of a reference entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parsed: Option<Parsed<'a>>,
    /// The rules that joined, cut or classified it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<&'a [&'static str]>,
}

/// The fields of a reference entry; `None` for what could not be read.
#[derive(Debug, Serialize)]
pub struct Parsed<'a> {
    authors: Option<&'a [String]>,
    issued: Option<&'a str>,
    title: Option<&'a str>,
    container: Option<&'a str>,
    publisher: Option<&'a str>,
    volume: Option<&'a str>,
    issue: Option<&'a str>,
    pages: Option<&'a str>,
    url: Option<&'a str>,
    doi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<String>,
}

/// The fields of a reference entry.
pub fn parsed(entry: &ParsedReference) -> Parsed<'_> {
    Parsed {
        authors: (!entry.authors.is_empty()).then_some(&entry.authors),
        issued: entry.issued.as_deref(),
        title: entry.title.as_deref(),
        container: entry.container.as_deref(),
        publisher: entry.publisher.as_deref(),
        volume: entry.volume.as_deref(),
        issue: entry.issue.as_deref(),
        pages: entry.pages.as_deref(),
        url: entry.url.as_deref(),
        doi: entry.doi.as_deref(),
        same_as: entry.same_as.map(|number| Ordinal::Reference(number).to_string()),
    }
}

/// A passage of a source; `text` gives the text of another passage of the source.
pub fn passage<'a>(
    stored_source: &'a StoredSource,
    path: String,
    passage: &'a StoredPassage,
    text: impl Fn(Ordinal) -> Option<String>,
) -> Passage<'a> {
    let key = stored_source.key.as_str();
    Passage {
        id: (passage.kind != Kind::Heading).then(|| format!("{key}:{}", passage.ordinal)),
        fingerprint: fingerprint(&passage.text),
        kind: passage.kind,
        text: &passage.text,
        locator: locator(stored_source, passage),
        countries: countries(&passage.countries),
        source: source(stored_source, path),
        cites: cites(Some(key), &passage.cites, text),
        parsed: passage.parsed.as_ref().map(parsed),
        rules: None,
    }
}

/// A source of `sources --json`.
#[derive(Debug, Serialize)]
pub struct SourceRow<'a> {
    key: &'a str,
    title: Option<&'a str>,
    authors: Vec<String>,
    issued: Option<String>,
    container: Option<&'a str>,
    publisher: Option<&'a str>,
    url: Option<&'a str>,
    path: String,
    passages: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: Vec<Text<'a>>,
    countries: Vec<Country<'a>>,
    inferred: Vec<&'static str>,
    missing: Vec<&'static str>,
    origins: BTreeMap<&'static str, &'static str>,
    set_aside: Vec<SetAside<'a>>,
}

/// A further text of a work: another file of its library entry, whose passages have ids of their own.
#[derive(Debug, Serialize)]
pub struct Text<'a> {
    /// What the ids of its passages begin with.
    pub key: &'a str,
    /// Its file, as shown to the user.
    pub path: String,
    /// How many citable passages it has.
    pub passages: u32,
}

/// A value that was found in a document and not believed.
#[derive(Debug, Serialize)]
pub struct SetAside<'a> {
    field: &'static str,
    value: &'a str,
    origin: &'static str,
    why: &'a str,
}

/// A source with what is known, inferred and missing.
pub fn source_row<'a>(source: &'a StoredSource, path: String, texts: Vec<Text<'a>>) -> SourceRow<'a> {
    let work = &source.work;
    SourceRow {
        key: source.key.as_str(),
        title: work.title.as_deref(),
        authors: work.authors.iter().map(Name::display).collect(),
        issued: work.issued.map(|d| d.to_string()),
        container: work.container.as_deref(),
        publisher: work.publisher.as_deref(),
        url: work.url.as_deref(),
        path,
        passages: source.passages,
        texts,
        countries: countries(&source.countries),
        inferred: work.inferred.iter().map(|f| f.as_str()).collect(),
        missing: missing(work),
        origins: work.origins.iter().map(|(field, origin)| (field.as_str(), origin.as_str())).collect(),
        set_aside: work.set_aside.iter().map(set_aside).collect(),
    }
}

fn set_aside(aside: &evidence::SetAside) -> SetAside<'_> {
    SetAside {
        field: aside.field.as_str(),
        value: &aside.value,
        origin: aside.origin.as_str(),
        why: &aside.why,
    }
}

/// The fields that a citation wants and nobody gave.
pub fn missing(work: &Work) -> Vec<&'static str> {
    let fields = [
        ("title", work.title.is_none()),
        ("authors", work.authors.is_empty() && work.editors.is_empty()),
        ("issued", work.issued.is_none()),
        ("publisher", work.publisher.is_none() && work.container.is_none()),
    ];
    fields.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect()
}
