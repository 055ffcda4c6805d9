//! Hayagriva YAML, written by hand: the crate's own writer quotes nothing that YAML would misread.

use super::Entry;
use crate::bibliography::{Name, Work, WorkType};
use std::fmt::Write;

/// Writes entries one after the other. Every text is quoted, so that none is taken for a number, date or key.
pub fn write(entries: &[Entry<'_>]) -> String {
    let mut text = String::new();
    for (key, work, files) in entries {
        let _ = writeln!(text, "{}:", quote(key.as_str()));
        write_entry(&mut text, work, files);
    }
    text
}

fn write_entry(text: &mut String, work: &Work, files: &[String]) {
    let (own, parent) = types(work.work_type);
    let _ = writeln!(text, "  type: {own}");
    for (name, value) in [
        ("title", &work.title),
        ("genre", &work.genre),
        ("note", &work.note),
        ("abstract", &work.abstract_text),
        ("publisher", &work.publisher),
        ("location", &work.publisher_place),
        ("archive", &work.archive),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "  {name}: {}", quote(&literally(value)));
        }
    }
    let pages = work.pages.as_ref().map(|p| p.replace('–', "-"));
    let (volume, issue) = if parent.is_none() { (&work.volume, &work.issue) } else { (&None, &None) };
    for (name, value) in [
        ("edition", &work.edition),
        ("language", &work.language),
        ("page-range", &pages),
        ("volume", volume),
        ("issue", issue),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "  {name}: {}", quote(value));
        }
    }
    match files {
        [] => {}
        [file] => {
            let _ = writeln!(text, "  file: {}", quote(file));
        }
        files => {
            text.push_str("  file:\n");
            for file in files {
                let _ = writeln!(text, "    - {}", quote(file));
            }
        }
    }
    for (name, people) in [("author", &work.authors), ("editor", &work.editors)] {
        if !people.is_empty() {
            let _ = writeln!(text, "  {name}:");
            people.iter().for_each(|p| write_name(text, "    ", p));
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
    if !work.translators.is_empty() {
        text.push_str("  affiliated:\n    - role: translator\n      names:\n");
        work.translators.iter().for_each(|p| write_name(text, "        ", p));
    }
    write_parents(text, work, parent);
}

/// What holds the work, with its volume and issue, its series and its conference.
fn write_parents(text: &mut String, work: &Work, container: Option<&str>) {
    let mut parents: Vec<(&str, Option<&String>)> = Vec::new();
    let numbers = [("volume", &work.volume), ("issue", &work.issue)];
    let numbered = numbers.iter().any(|(_, n)| n.is_some());
    if let Some(kind) = container.filter(|_| work.container.is_some() || numbered) {
        parents.push((kind, work.container.as_ref()));
    }
    parents.extend(work.collection_title.iter().map(|title| ("anthos", Some(title))));
    parents.extend(work.event.iter().map(|title| ("conference", Some(title))));
    if parents.is_empty() {
        return;
    }
    text.push_str("  parent:\n");
    for (i, (kind, title)) in parents.iter().enumerate() {
        let _ = writeln!(text, "    - type: {kind}");
        if let Some(title) = title {
            let _ = writeln!(text, "      title: {}", quote(&literally(title)));
        }
        for (name, value) in numbers.iter().filter(|_| i == 0 && container.is_some()) {
            if let Some(value) = value {
                let _ = writeln!(text, "      {name}: {}", quote(value));
            }
        }
    }
}

fn write_name(text: &mut String, indent: &str, name: &Name) {
    if let Some(literal) = &name.literal {
        let _ = writeln!(text, "{indent}- name: {}", quote(literal));
        return;
    }
    let parts = [
        ("name", &name.family),
        ("given-name", &name.given),
        ("prefix", &name.particle),
        ("suffix", &name.suffix),
    ];
    let mut lead = format!("{indent}- ");
    for (key, value) in parts {
        if let Some(value) = value {
            let _ = writeln!(text, "{lead}{key}: {}", quote(value));
            lead = format!("{indent}  ");
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

/// The text with a backslash before the signs that begin mathematics and kept capitals.
fn literally(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '{' | '}' | '$') {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}

/// A double-quoted YAML scalar; JSON's escapes are a part of YAML's.
fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}
