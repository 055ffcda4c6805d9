//! The fields of BibLaTeX for which a work has no field of its own, as CSL's variables.

use super::{dates, field, names};
use crate::bibliography::{Name, WorkType};
use biblatex::{Entry, EntryType};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Fields, and CSL's variables for them.
const FIELDS: [(&str, &str); 14] = [
    ("shorttitle", "title-short"),
    ("shortjournal", "container-title-short"),
    ("origtitle", "original-title"),
    ("origpublisher", "original-publisher"),
    ("origlocation", "original-publisher-place"),
    ("volumes", "number-of-volumes"),
    ("pagetotal", "number-of-pages"),
    ("chapter", "chapter-number"),
    ("part", "part-number"),
    ("venue", "event-place"),
    ("version", "version"),
    ("pmid", "PMID"),
    ("pmcid", "PMCID"),
    ("callnumber", "call-number"),
];

/// Of an entry, which is of that type.
pub(super) fn of(
    entry: &Entry,
    kind: WorkType,
    complain: &mut impl FnMut(String),
) -> BTreeMap<String, Value> {
    let mut more = BTreeMap::new();
    for (name, variable) in FIELDS {
        more.extend(field(entry, &[name]).map(|text| (variable.to_owned(), json!(text))));
    }
    let archive = field(entry, &["eprinttype", "archiveprefix"]).unwrap_or_default().to_lowercase();
    if matches!(archive.as_str(), "pubmed" | "pmid") {
        more.extend(field(entry, &["eprint"]).map(|number| ("PMID".to_owned(), json!(number))));
    }
    for (prefix, variable) in [("orig", "original-date"), ("event", "event-date")] {
        let read = dates::date(entry, prefix, complain);
        let whole = read.date.map(|date| {
            let rest =
                [date.month, date.month.and(date.day)].into_iter().map_while(|part| part.map(i32::from));
            json!({ "date-parts": [std::iter::once(date.year).chain(rest).collect::<Vec<_>>()] })
        });
        more.extend(read.more.or(whole).map(|date| (variable.to_owned(), date)));
    }
    let writers = names(entry, &["bookauthor"], complain);
    if !writers.is_empty() {
        more.insert(
            "container-author".to_owned(),
            writers.iter().map(|name| csl_name(name, "non-dropping-particle")).collect(),
        );
    }
    // Better BibTeX says so of names whose particle is dropped: `Humboldt`, not `von Humboldt`.
    let options = field(entry, &["options"]).unwrap_or_default().replace(' ', "");
    for role in ["author", "editor", "translator"] {
        let people = names(entry, &[role], &mut |_| {});
        if options.contains("useprefix=false") && people.iter().any(|name| name.particle.is_some()) {
            more.insert(
                role.to_owned(),
                people.iter().map(|name| csl_name(name, "dropping-particle")).collect(),
            );
        }
    }
    more.extend(csl_type(entry, kind).map(|kind| ("type".to_owned(), json!(kind))));
    more
}

fn csl_name(name: &Name, particle: &str) -> Value {
    let parts = [
        ("family", &name.family),
        ("given", &name.given),
        (particle, &name.particle),
        ("suffix", &name.suffix),
        ("literal", &name.literal),
    ];
    let given = parts.into_iter().filter_map(|(key, part)| Some((key.to_owned(), json!(part.as_ref()?))));
    Value::Object(given.collect::<Map<_, _>>())
}

/// CSL's type of an entry, where the model has only a wider one.
fn csl_type(entry: &Entry, kind: WorkType) -> Option<&'static str> {
    match &entry.entry_type {
        EntryType::InReference => Some("entry-encyclopedia"),
        EntryType::Software => Some("software"),
        EntryType::Patent => Some("patent"),
        EntryType::Unknown(word) => match word.to_lowercase().as_str() {
            "jurisdiction" => Some("legal_case"),
            "movie" | "video" => Some("motion_picture"),
            "audio" | "music" => Some("song"),
            "artwork" | "image" => Some("graphic"),
            "performance" => Some("performance"),
            "standard" => Some("standard"),
            "software" => Some("software"),
            "patent" => Some("patent"),
            _ => None,
        },
        _ if kind == WorkType::Document
            && (entry.get("eprint").is_some()
                || field(entry, &["entrysubtype"]).as_deref() == Some("preprint")) =>
        {
            Some("article")
        }
        _ => None,
    }
}
