//! A work as a CSL-JSON item: the variables that styles ask for.

use crate::bibliography::{Date, Name, Work, WorkType};
use serde_json::{Map, Value, json};

/// The work as a CSL-JSON object with the given id, in the order of the schema. What is unknown is left out.
pub fn csl_json(id: &str, work: &Work) -> Map<String, Value> {
    let mut item = Map::new();
    item.insert("id".into(), json!(id));
    item.insert("type".into(), json!(csl_type(work.work_type)));
    let texts = [
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
    ];
    for (key, value) in texts {
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
    item
}

/// The same for the CSL processor, which knows the types of CSL 1.0.1 and takes notes for instructions.
pub fn processor_item(id: &str, work: &Work) -> citationberg::json::Item {
    let mut item = csl_json(id, work);
    for unwanted in ["note", "abstract", "keyword", "language", "archive"] {
        item.remove(unwanted);
    }
    // Only English titles are put in capitals.
    if is_foreign(work) {
        item.insert("language".into(), json!("und"));
    }
    if work.title.is_none() {
        item.insert("title".into(), json!(description(work.work_type)));
    }
    // The processor capitalises nothing and cuts nothing from a title that ends in its own stop.
    if let Some(Value::String(title)) = item.get_mut("title") {
        let kept = title.trim_end_matches('.').len();
        title.truncate(kept);
    }
    serde_json::from_value(Value::Object(item))
        .unwrap_or_else(|_| citationberg::json::Item(Default::default()))
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
