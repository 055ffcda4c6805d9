//! `library.yml`: Hayagriva, an entry at a time so that a broken one costs only itself.

use super::{Draft, TOO_DEEP, bare_doi, nests_too_deeply, tidy};
use crate::bibliography::{Date, Name, Work, WorkType};
use hayagriva::types::{EntryType, MaybeTyped, PersonRole};
use hayagriva::{Entry, io::from_yaml_str};

/// Reads all entries of `text`; what is wrong goes to `complaints` with its line.
pub(super) fn read(text: &str, complaints: &mut Vec<(u32, String)>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (line, block) in blocks(text) {
        if nests_too_deeply(block) {
            let key = block.split(':').next().unwrap_or_default().trim();
            complaints.push((line, format!("entry `{key}` is left out: {TOO_DEEP}")));
            continue;
        }
        let (yaml, files) = without_files(block);
        match from_yaml_str(&yaml) {
            Ok(library) => drafts.extend(library.iter().map(|entry| Draft {
                key: entry.key().to_owned(),
                work: work(entry),
                files: files.clone(),
                line,
            })),
            Err(error) => {
                let inner = error.location().map_or(0, |at| u32::try_from(at.line()).unwrap_or(0));
                let key = block.split(':').next().unwrap_or_default().trim();
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                // The list of all types is in hayagriva's manual.
                let message = message.split(", expected one of ").next().unwrap_or_default();
                let message = message.replace("unknown variant", "unknown value");
                complaints
                    .push((line + inner.saturating_sub(1), format!("entry `{key}` is left out: {message}")));
            }
        }
    }
    drafts
}

/// The entries of the file, each with its 1-based first line: an entry starts at a line without indent.
fn blocks(text: &str) -> Vec<(u32, &str)> {
    let mut starts: Vec<(u32, usize)> = Vec::new();
    let (mut at, mut number) = (0, 0);
    for line in text.split_inclusive('\n') {
        number += 1;
        let plain = !line.starts_with([' ', '\t', '#', '-', '\r', '\n']) && !line.starts_with("...");
        if plain && !line.starts_with('%') {
            starts.push((number, at));
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|s| s.1).chain([text.len()]).collect();
    starts.iter().zip(ends).map(|(&(number, start), end)| (number, &text[start..end])).collect()
}

/// The block with its own `file:` blanked out (so that lines keep their numbers), and the paths it named.
fn without_files(block: &str) -> (String, Vec<String>) {
    let mut yaml = String::with_capacity(block.len());
    let mut files = Vec::new();
    let mut indent = None;
    let mut inside: Option<usize> = None;
    for (number, line) in block.split_inclusive('\n').enumerate() {
        let bare = line.trim();
        let depth = line.len() - line.trim_start().len();
        if number > 0 && indent.is_none() && !bare.is_empty() {
            indent = Some(depth);
        }
        let own = number > 0 && Some(depth) == indent;
        if let Some(value) = bare.strip_prefix("file:").filter(|_| own) {
            inside = Some(depth);
            let value = value.trim();
            match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
                Some(list) => files.extend(list.split(',').filter_map(scalar)),
                None => files.extend(scalar(value)),
            }
            yaml.push('\n');
        } else if let Some(item) = bare.strip_prefix("- ").filter(|_| inside.is_some_and(|d| depth >= d)) {
            files.extend(scalar(item));
            yaml.push('\n');
        } else {
            inside = None;
            yaml.push_str(line);
        }
    }
    (yaml, files)
}

/// A plain or quoted YAML scalar of one line.
fn scalar(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = |mark: char| text.strip_prefix(mark).and_then(|t| t.strip_suffix(mark));
    let plain = match (inner('"'), inner('\'')) {
        (Some(quoted), _) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
        (None, Some(quoted)) => quoted.replace("''", "'"),
        (None, None) => text.split(" #").next().unwrap_or_default().to_owned(),
    };
    tidy(&plain)
}

fn date(date: &hayagriva::types::Date) -> Date {
    let month = date.month.map(|m| m.saturating_add(1));
    Date { year: date.year, month, day: month.and(date.day).map(|d| d.saturating_add(1)) }
}

fn name(person: &hayagriva::types::Person) -> Option<Name> {
    let family = tidy(&person.name)?;
    let part = |p: &Option<String>| p.as_deref().and_then(tidy);
    let (given, particle, suffix) = (part(&person.given_name), part(&person.prefix), part(&person.suffix));
    if given.is_none() && particle.is_none() && suffix.is_none() {
        return Some(Name { literal: Some(family), ..Name::default() });
    }
    Some(Name { family: Some(family), given, particle, suffix, literal: None })
}

fn shown<T: ToString>(value: &MaybeTyped<T>) -> String {
    match value {
        MaybeTyped::Typed(value) => value.to_string(),
        MaybeTyped::String(text) => text.clone(),
    }
}

fn work(entry: &Entry) -> Work {
    // What an entry leaves to its parent (journal, book, newspaper) is read from there.
    let parents = || entry.parents().iter().flat_map(|p| std::iter::once(p).chain(p.parents()));
    let own_or = |get: &dyn Fn(&Entry) -> Option<String>| get(entry).or_else(|| parents().find_map(get));
    let names = |people: Option<&[hayagriva::types::Person]>| -> Vec<Name> {
        people.unwrap_or_default().iter().filter_map(name).collect()
    };
    let translators = entry.affiliated().unwrap_or_default().iter();
    let translators = translators.filter(|p| p.role == PersonRole::Translator);
    let kinds: Vec<EntryType> = entry.parents().iter().map(|p| *p.entry_type()).collect();
    let event = parents().find(|p| matches!(p.entry_type(), EntryType::Conference | EntryType::Exhibition));
    // A series is a second parent, or the only one of a book.
    let own_kind = *entry.entry_type();
    let in_series = entry.parents().len() > 1 || own_kind == EntryType::Book;
    let is_series = |p: &Entry| in_series && p.parents().is_empty() && *p.entry_type() == EntryType::Anthos;
    let series = parents().find(|p| is_series(p));
    let issue = own_or(&|e| e.issue().map(shown));
    Work {
        work_type: work_type(*entry.entry_type(), &kinds),
        title: entry.title().and_then(|t| tidy(&t.value.to_string())),
        authors: names(entry.authors()),
        editors: names(entry.editors().or_else(|| parents().find_map(|p| p.editors()))),
        translators: translators.flat_map(|p| p.names.iter().filter_map(name)).collect(),
        issued: entry.date().or_else(|| parents().find_map(|p| p.date())).map(date),
        container: entry
            .parents()
            .iter()
            .filter(|p| !matches!(p.entry_type(), EntryType::Conference | EntryType::Exhibition))
            .filter(|p| !is_series(p))
            .find_map(|p| p.title())
            .and_then(|t| tidy(&t.value.to_string())),
        publisher: own_or(&|e| e.publisher().and_then(|p| p.name()).and_then(|n| tidy(&n.value.to_string())))
            .or_else(|| own_or(&|e| e.organization().and_then(|o| tidy(&o.value.to_string())))),
        publisher_place: own_or(&|e| {
            e.publisher().and_then(|p| p.location()).and_then(|l| tidy(&l.value.to_string()))
        })
        .or_else(|| own_or(&|e| e.location().and_then(|l| tidy(&l.value.to_string())))),
        event: event.and_then(|e| e.title()).and_then(|t| tidy(&t.value.to_string())),
        collection_title: series.and_then(|s| s.title()).and_then(|t| tidy(&t.value.to_string())),
        volume: own_or(&|e| e.volume().map(shown)),
        issue: issue.filter(|_| !kinds.is_empty()),
        number: entry.serial_number().and_then(|s| s.0.get("serial")).cloned(),
        edition: own_or(&|e| e.edition().map(shown)),
        pages: entry.page_range().map(shown),
        url: entry.url().map(|u| u.value.to_string()),
        doi: entry.keyed_serial_number("doi").map(|d| bare_doi(d).unwrap_or_else(|| d.to_owned())),
        isbn: own_or(&|e| e.keyed_serial_number("isbn").map(str::to_owned)),
        issn: own_or(&|e| e.keyed_serial_number("issn").map(str::to_owned)),
        accessed: entry.url().and_then(|u| u.visit_date.as_ref()).map(date),
        language: entry.language().map(|l| l.to_string()),
        genre: entry.genre().and_then(|g| tidy(&g.value.to_string())),
        archive: entry.archive().and_then(|a| tidy(&a.value.to_string())),
        note: entry.note().and_then(|n| tidy(&n.value.to_string())),
        abstract_text: entry.abstract_().and_then(|a| tidy(&a.value.to_string())),
        keywords: Vec::new(),
        more: Default::default(),
        inferred: Default::default(),
        origins: Default::default(),
        set_aside: Vec::new(),
    }
}

fn work_type(kind: EntryType, parents: &[EntryType]) -> WorkType {
    let has = |kind| parents.contains(&kind);
    match kind {
        EntryType::Article if has(EntryType::Newspaper) => WorkType::ArticleNewspaper,
        EntryType::Article if has(EntryType::Blog) => WorkType::PostWeblog,
        EntryType::Article if has(EntryType::Web) => WorkType::Webpage,
        EntryType::Article if has(EntryType::Proceedings) || has(EntryType::Conference) => {
            WorkType::PaperConference
        }
        EntryType::Article => WorkType::ArticleJournal,
        EntryType::Chapter | EntryType::Anthos => WorkType::Chapter,
        EntryType::Entry => WorkType::Entry,
        EntryType::Book | EntryType::Anthology | EntryType::Proceedings | EntryType::Reference => {
            WorkType::Book
        }
        EntryType::Report => WorkType::Report,
        EntryType::Thesis => WorkType::Thesis,
        EntryType::Web => WorkType::Webpage,
        EntryType::Blog => WorkType::PostWeblog,
        EntryType::Thread | EntryType::Post => WorkType::Post,
        EntryType::Manuscript => WorkType::Manuscript,
        EntryType::Legislation => WorkType::Legislation,
        EntryType::Newspaper => WorkType::ArticleNewspaper,
        EntryType::Repository => WorkType::Dataset,
        _ => WorkType::Document,
    }
}
