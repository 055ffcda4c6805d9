//! Hayagriva YAML, written by hand: the crate's own writer quotes nothing that YAML would misread.

use super::Entry;
use crate::bibliography::{Name, Work, WorkType};
use std::fmt::Write;

/// Writes entries one after the other. Every text is quoted, so that none is taken for a number, date or key.
pub fn write(entries: &[Entry<'_>]) -> String {
    let mut text = String::new();
    for (key, work, file) in entries {
        let _ = writeln!(text, "{}:", quote(key.as_str()));
        write_entry(&mut text, work, *file);
    }
    text
}

fn write_entry(text: &mut String, work: &Work, file: Option<&str>) {
    let (own, parent) = types(work.work_type);
    let _ = writeln!(text, "  type: {own}");
    let mut field = |indent: &str, name: &str, value: &Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(text, "{indent}{name}: {}", quote(value));
        }
    };
    field("  ", "title", &work.title);
    field("  ", "genre", &work.genre);
    field("  ", "edition", &work.edition);
    field("  ", "language", &work.language);
    field("  ", "note", &work.note);
    field("  ", "abstract", &work.abstract_text);
    field("  ", "page-range", &work.pages.as_ref().map(|p| p.replace('–', "-")));
    field("  ", "file", &file.map(str::to_owned));
    if parent.is_none() {
        field("  ", "volume", &work.volume);
        field("  ", "issue", &work.issue);
    }
    field("  ", "publisher", &work.publisher);
    field("  ", "location", &work.publisher_place);
    field("  ", "archive", &work.archive);
    for (name, people) in [("author", &work.authors), ("editor", &work.editors)] {
        if !people.is_empty() {
            let _ = writeln!(text, "  {name}:");
            people.iter().for_each(|p| write_name(text, p));
        }
    }
    if let Some(date) = work.issued {
        let _ = writeln!(text, "  date: {date}");
    }
    match (&work.url, work.accessed) {
        (Some(url), Some(date)) => {
            let _ = writeln!(text, "  url:\n    value: {}\n    date: {date}", quote(url));
        }
        (Some(url), None) => {
            let _ = writeln!(text, "  url: {}", quote(url));
        }
        _ => {}
    }
    let numbers = [("doi", &work.doi), ("isbn", &work.isbn), ("issn", &work.issn), ("serial", &work.number)];
    if numbers.iter().any(|(_, n)| n.is_some()) {
        text.push_str("  serial-number:\n");
        for (name, value) in numbers {
            if let Some(value) = value {
                let _ = writeln!(text, "    {name}: {}", quote(value));
            }
        }
    }
    if let (Some(parent), Some(container)) = (parent, &work.container) {
        let _ = writeln!(text, "  parent:\n    type: {parent}\n    title: {}", quote(container));
        for (name, value) in [("volume", &work.volume), ("issue", &work.issue)] {
            if let Some(value) = value {
                let _ = writeln!(text, "    {name}: {}", quote(value));
            }
        }
    }
}

fn write_name(text: &mut String, name: &Name) {
    if let Some(literal) = &name.literal {
        let _ = writeln!(text, "    - name: {}", quote(literal));
        return;
    }
    let parts = [
        ("name", &name.family),
        ("given-name", &name.given),
        ("prefix", &name.particle),
        ("suffix", &name.suffix),
    ];
    let mut lead = "    - ";
    for (key, value) in parts {
        if let Some(value) = value {
            let _ = writeln!(text, "{lead}{key}: {}", quote(value));
            lead = "      ";
        }
    }
}

/// The type of a work, and of what holds it.
fn types(work_type: WorkType) -> (&'static str, Option<&'static str>) {
    match work_type {
        WorkType::ArticleJournal => ("article", Some("periodical")),
        WorkType::ArticleMagazine => ("article", Some("periodical")),
        WorkType::ArticleNewspaper => ("article", Some("newspaper")),
        WorkType::Book => ("book", None),
        WorkType::Chapter => ("chapter", Some("anthology")),
        WorkType::Entry => ("entry", Some("reference")),
        WorkType::PaperConference => ("article", Some("proceedings")),
        WorkType::Report => ("report", None),
        WorkType::Thesis => ("thesis", None),
        WorkType::Webpage => ("web", Some("web")),
        WorkType::Post | WorkType::PostWeblog => ("post", Some("blog")),
        WorkType::Legislation | WorkType::Treaty => ("legislation", None),
        WorkType::Manuscript => ("manuscript", None),
        WorkType::Dataset => ("repository", None),
        _ => ("misc", Some("misc")),
    }
}

/// A double-quoted YAML scalar; JSON's escapes are a part of YAML's.
fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}
