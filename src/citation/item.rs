//! A work as a CSL-JSON item: the variables that styles ask for.

use super::dates::{self, Unprintable};
use crate::bibliography::{Date, Name, Work, WorkType};
use citationberg::json as processor;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The work as a CSL-JSON object with the given id, in the order of the schema. What is unknown is left out.
pub fn csl_json(id: &str, work: &Work) -> Map<String, Value> {
    let mut item = Map::new();
    item.insert("id".into(), json!(id));
    item.insert("type".into(), json!(csl_type(work.work_type)));
    for (key, value) in texts(work) {
        if let Some(value) = value {
            item.insert(key.into(), json!(value));
        }
    }
    for (key, people) in
        [("author", &work.authors), ("editor", &work.editors), ("translator", &work.translators)]
    {
        if !people.is_empty() {
            item.insert(key.into(), people.iter().map(name).collect());
        }
    }
    for (key, value) in [("issued", work.issued), ("accessed", work.accessed)] {
        if let Some(value) = value {
            item.insert(key.into(), date(value));
        }
    }
    if !work.keywords.is_empty() {
        item.insert("keyword".into(), json!(work.keywords.join(", ")));
    }
    item.extend(work.more.clone());
    item
}

/// The variables that are text, in the order of the schema.
fn texts(work: &Work) -> [(&'static str, &Option<String>); 20] {
    [
        ("title", &work.title),
        ("container-title", &work.container),
        ("collection-title", &work.collection_title),
        ("publisher", &work.publisher),
        ("publisher-place", &work.publisher_place),
        ("event-title", &work.event),
        ("volume", &work.volume),
        ("issue", &work.issue),
        ("number", &work.number),
        ("edition", &work.edition),
        ("page", &work.pages),
        ("URL", &work.url),
        ("DOI", &work.doi),
        ("ISBN", &work.isbn),
        ("ISSN", &work.issn),
        ("language", &work.language),
        ("genre", &work.genre),
        ("archive", &work.archive),
        ("note", &work.note),
        ("abstract", &work.abstract_text),
    ]
}

/// The same for the CSL processor, which knows the types of CSL 1.0.1 and takes notes for instructions.
pub fn processor_item(id: &str, work: &Work) -> processor::Item {
    // The processor knows no years beyond 16 bits, and then nothing of the work.
    processor_fields(id, work).map_or_else(|| processor::Item(BTreeMap::new()), processor::Item)
}

fn processor_fields(id: &str, work: &Work) -> Option<BTreeMap<String, processor::Value>> {
    let text = |value: &str| processor::Value::String(value.to_owned());
    let mut item = BTreeMap::new();
    item.insert("id".to_owned(), text(id));
    item.insert("type".to_owned(), text(csl_type(work.work_type)));
    for (key, value) in texts(work) {
        if let Some(value) = value.as_ref().filter(|_| is_wanted(key, work)) {
            item.insert(key.to_owned(), text(value));
        }
    }
    // Only English titles are put in capitals.
    if is_foreign(work) {
        item.insert("language".to_owned(), text("und"));
    }
    // The processor capitalises nothing and cuts nothing from a title that ends in its own stop.
    let title = work.title.as_deref().unwrap_or_else(|| description(work.work_type));
    item.insert("title".to_owned(), text(title.trim_end_matches('.')));
    for (key, people) in
        [("author", &work.authors), ("editor", &work.editors), ("translator", &work.translators)]
    {
        if !people.is_empty() {
            let people = people.iter().map(processor_name).collect();
            item.insert(key.to_owned(), processor::Value::Names(people));
        }
    }
    for (key, value) in [("issued", work.issued), ("accessed", work.accessed)] {
        if let Some(value) = value {
            item.insert(key.to_owned(), processor::Value::Date(processor_date(value)?));
        }
    }
    // Of a title with mark-up the processor gets the words.
    for (key, value) in work.more.iter().filter(|(key, _)| *key != "title") {
        if let Some(value) = processor_value(value).filter(|_| is_wanted(key, work)) {
            item.insert(key.clone(), value);
        }
    }
    if let Some(date) = Unprintable::of(work) {
        item.insert("issued".to_owned(), processor::Value::Date(date.stand_in()));
    }
    Some(item)
}

/// A variable of an item for the processor; `None` for what it cannot take.
fn processor_value(value: &Value) -> Option<processor::Value> {
    match value {
        Value::String(text) => Some(processor::Value::String(text.clone())),
        Value::Number(number) => Some(processor::Value::String(number.to_string())),
        Value::Array(_) => serde_json::from_value(value.clone()).ok().map(processor::Value::Names),
        Value::Object(_) => dates::processor_date(value).map(processor::Value::Date),
        _ => None,
    }
}

/// Returns true if and only if the processor is to see a variable: not what it takes for instructions, or prints where no
/// manual asks for it. An archive is where a manuscript is; the event of a paper is named where no volume holds it (APA 7th
/// ed., section 10.5).
fn is_wanted(variable: &str, work: &Work) -> bool {
    match variable {
        "note" | "abstract" | "language" => false,
        "archive" | "archive_location" | "archive-location" | "archive-place" => {
            matches!(work.work_type, WorkType::Manuscript | WorkType::PersonalCommunication)
        }
        "event-title" | "event-place" => {
            work.work_type != WorkType::PaperConference || work.container.is_none()
        }
        _ => true,
    }
}

/// Returns true if and only if the work is not in English, by what is said of it or by the script of its title.
fn is_foreign(work: &Work) -> bool {
    let other = work.language.as_ref().is_some_and(|l| !l.to_lowercase().starts_with("en"));
    let latin = |title: &str| {
        title.chars().any(|c| c.is_ascii_alphabetic()) || !title.chars().any(char::is_alphabetic)
    };
    other || work.title.as_deref().is_some_and(|title| !latin(title))
}

/// What stands for the title of a work without one: what it is, in brackets (APA 7th ed., section 9.22).
fn description(work_type: WorkType) -> &'static str {
    match work_type {
        WorkType::ArticleNewspaper => "[News story]",
        WorkType::ArticleJournal | WorkType::ArticleMagazine => "[Article]",
        WorkType::Webpage | WorkType::Post | WorkType::PostWeblog => "[Web page]",
        WorkType::Report => "[Report]",
        WorkType::Speech => "[Speech]",
        WorkType::Interview => "[Interview]",
        WorkType::Treaty => "[Treaty]",
        WorkType::Legislation => "[Law]",
        _ => "[Untitled document]",
    }
}

/// The CSL type of a work.
pub fn csl_type(work_type: WorkType) -> &'static str {
    match work_type {
        WorkType::ArticleJournal => "article-journal",
        WorkType::ArticleMagazine => "article-magazine",
        WorkType::ArticleNewspaper => "article-newspaper",
        WorkType::Book => "book",
        WorkType::Chapter => "chapter",
        WorkType::Dataset => "dataset",
        WorkType::Document => "document",
        WorkType::Entry => "entry",
        WorkType::Interview => "interview",
        WorkType::Legislation => "legislation",
        WorkType::Manuscript => "manuscript",
        WorkType::PaperConference => "paper-conference",
        WorkType::PersonalCommunication => "personal_communication",
        WorkType::Post => "post",
        WorkType::PostWeblog => "post-weblog",
        WorkType::Report => "report",
        WorkType::Speech => "speech",
        WorkType::Thesis => "thesis",
        WorkType::Treaty => "treaty",
        WorkType::Webpage => "webpage",
    }
}

fn name(name: &Name) -> Value {
    if let Some(literal) = &name.literal {
        return json!({ "literal": literal });
    }
    let mut parts = Map::new();
    let fields = [
        ("family", &name.family),
        ("given", &name.given),
        ("non-dropping-particle", &name.particle),
        ("suffix", &name.suffix),
    ];
    for (key, value) in fields {
        if let Some(value) = value {
            parts.insert(key.into(), json!(value));
        }
    }
    Value::Object(parts)
}

fn date(date: Date) -> Value {
    let mut parts = vec![json!(date.year)];
    parts.extend(date.month.map(|m| json!(m)));
    parts.extend(date.month.and(date.day).map(|d| json!(d)));
    json!({ "date-parts": [parts] })
}

fn processor_name(name: &Name) -> processor::NameValue {
    if let Some(literal) = &name.literal {
        return processor::NameValue::Literal(processor::LiteralName { literal: literal.clone() });
    }
    let family = name.family.clone().unwrap_or_default();
    // The processor takes small words out of a family name that comes without a particle: `Вейсал оглы`.
    let (particle, family) = match (&name.particle, family.split_once(' ')) {
        (None, Some((first, rest))) if family.split(' ').any(|w| w.starts_with(char::is_lowercase)) => {
            (Some(first.to_owned()), rest.to_owned())
        }
        (particle, _) => (particle.clone(), family),
    };
    processor::NameValue::Item(processor::NameItem {
        family,
        given: name.given.as_deref().map(spaced_initials),
        non_dropping_particle: particle,
        dropping_particle: None,
        suffix: name.suffix.clone(),
        comma_suffix: None,
    })
}

/// `B.H.` as `B. H.`, which the processor takes for two initials.
fn spaced_initials(given: &str) -> String {
    let mut spaced = String::with_capacity(given.len() + 4);
    let mut letters = given.chars().peekable();
    while let Some(letter) = letters.next() {
        spaced.push(letter);
        if letter == '.' && letters.peek().is_some_and(|next| next.is_uppercase()) {
            spaced.push(' ');
        }
    }
    spaced
}

fn processor_date(date: Date) -> Option<processor::DateValue> {
    let mut parts = vec![i16::try_from(date.year).ok()?];
    parts.extend(date.month.map(i16::from));
    parts.extend(date.month.and(date.day).map(i16::from));
    let date_parts = processor::VecDateRange(vec![processor::VecDate(parts)]);
    Some(processor::DateValue::DateParts { date_parts, literal: None, season: None, circa: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_gets_what_it_would_read_from_json() {
        let person = Name {
            family: Some("Beethoven".into()),
            given: Some("Ludwig".into()),
            particle: Some("van".into()),
            suffix: Some("Jr.".into()),
            literal: None,
        };
        let body = Name { literal: Some("Ministry of Trade".into()), ..Name::default() };
        let date = |year, month, day| Some(Date { year, month, day });
        let mut work = Work {
            work_type: WorkType::Report,
            title: Some("Roads".into()),
            authors: vec![person, body, Name::default()],
            issued: date(2021, Some(3), Some(4)),
            accessed: date(-44, Some(3), None),
            volume: Some("12".into()),
            pages: Some("1-16".into()),
            url: Some("http://x.org/".into()),
            ..Work::default()
        };
        let read = |work: &Work| -> processor::Item {
            serde_json::from_value(Value::Object(csl_json("k", work)))
                .unwrap_or_else(|_| processor::Item(BTreeMap::new()))
        };
        assert_eq!(processor_item("k", &work), read(&work));
        work.issued = date(40_000, None, None);
        assert_eq!(processor_item("k", &work), read(&work));
    }
}
