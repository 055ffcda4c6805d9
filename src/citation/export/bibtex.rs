//! BibTeX and BibLaTeX.

use super::Entry;
use super::tex::{escape, title};
use super::tex_dates::Dated;
use crate::bibliography::{Name, Work, WorkType};
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
    let variable = |name: &str| match work.more.get(name)? {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let title_of = |text: &Option<String>| text.as_deref().map(|text| title(text, None));
    field("title", work.title.as_deref().map(|plain| title(plain, variable("title").as_deref())));
    field("shorttitle", variable("title-short").map(|text| title(&text, None)));
    field("author", people(&work.authors));
    field("editor", people(&work.editors));
    field("translator", people(&work.translators));
    // Without it LaTeX and pandoc drop the particle where only the family name is printed.
    let with_particle =
        [&work.authors, &work.editors].into_iter().flatten().any(|name| name.particle.is_some());
    let use_prefix = if drops_particles(work) { "useprefix=false" } else { "useprefix=true" };
    field("options", Some(use_prefix.to_owned()).filter(|_| with_particle && !bibtex));
    let issued = Dated::of(work, "issued");
    if bibtex {
        field("year", issued.year());
        field("month", work.issued.and_then(|d| d.month).map(|m| m.to_string()));
        field("day", work.issued.and_then(|d| d.month.and(d.day)).map(|d| d.to_string()));
    } else {
        field("date", issued.iso());
        field(
            "pubstate",
            variable("status").or_else(|| issued.words().map(str::to_owned)).map(|s| escape(&s)),
        );
        field("origdate", Dated::of(work, "original-date").iso());
        field("eventdate", Dated::of(work, "event-date").iso());
    }
    for (variable_of_csl, name) in FIELDS {
        field(name, variable(variable_of_csl).map(|text| escape(&text)));
    }
    let (container, publisher) = names_of_places(work, dialect);
    field(container, title_of(&work.container));
    field("series", title_of(&work.collection_title));
    field("eventtitle", title_of(&work.event));
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
    field("urldate", Dated::of(work, "accessed").iso());
    field("isbn", plain(&work.isbn));
    field("issn", plain(&work.issn));
    field("type", plain(&work.genre));
    field("entrysubtype", subtype(work, dialect).map(str::to_owned));
    field("library", plain(&work.archive));
    field(
        "langid",
        work.language.as_deref().map(|tag| if bibtex { tag.to_owned() } else { babel_name(tag) }),
    );
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

/// CSL's variables that a work has no field for, and BibLaTeX's fields.
const FIELDS: [(&str, &str); 13] = [
    ("container-title-short", "shortjournal"),
    ("original-title", "origtitle"),
    ("original-publisher", "origpublisher"),
    ("original-publisher-place", "origlocation"),
    ("number-of-volumes", "volumes"),
    ("number-of-pages", "pagetotal"),
    ("chapter-number", "chapter"),
    ("part-number", "part"),
    ("event-place", "venue"),
    ("version", "version"),
    ("PMID", "pmid"),
    ("PMCID", "pmcid"),
    ("call-number", "callnumber"),
];

/// Returns true if and only if the library says that particles of this work's names are dropped: `Humboldt`, not `von
/// Humboldt`.
fn drops_particles(work: &Work) -> bool {
    let names = ["author", "editor"].iter().filter_map(|role| work.more.get(*role)?.as_array());
    names.flatten().any(|name| name.get("dropping-particle").is_some())
}

/// What sort of article it is, as biblatex-chicago and Zotero say it; what sort of law.
fn subtype(work: &Work, dialect: Dialect) -> Option<&'static str> {
    if work.more.get("type").is_some_and(|kind| kind == "article") {
        return Some("preprint");
    }
    match work.work_type {
        WorkType::ArticleMagazine => Some("magazine"),
        WorkType::ArticleNewspaper => Some("newspaper"),
        WorkType::Treaty if dialect == Dialect::Biblatex => Some("treaty"),
        WorkType::PostWeblog if dialect == Dialect::Biblatex => Some("blog"),
        WorkType::Post if dialect == Dialect::Biblatex => Some("post"),
        WorkType::Interview => Some("interview"),
        WorkType::Speech => Some("speech"),
        _ => None,
    }
}

/// The name that babel and polyglossia give a language (the biblatex package, table 2).
fn babel_name(tag: &str) -> String {
    let lower = tag.to_lowercase();
    let name = match lower.as_str() {
        "en-gb" => "british",
        "en-us" => "american",
        _ => match lower.split('-').next().unwrap_or_default() {
            "en" => "english",
            "ru" => "russian",
            "de" => "german",
            "fr" => "french",
            "es" => "spanish",
            "ar" => "arabic",
            "fa" => "persian",
            "ur" => "urdu",
            "tr" => "turkish",
            "zh" => "chinese",
            "kk" => "kazakh",
            "ky" => "kyrgyz",
            "tg" => "tajik",
            "uz" => "uzbek",
            "tk" => "turkmen",
            "be" => "belarusian",
            "uk" => "ukrainian",
            "it" => "italian",
            "pl" => "polish",
            "pt" => "portuguese",
            "ja" => "japanese",
            "nl" => "dutch",
            _ => tag,
        },
    };
    name.to_owned()
}

/// The fields for what holds a work and for who brought it out.
fn names_of_places(work: &Work, dialect: Dialect) -> (&'static str, &'static str) {
    let container = match (work.work_type, dialect) {
        (WorkType::Chapter | WorkType::PaperConference | WorkType::Entry, _) => "booktitle",
        (sort, Dialect::Bibtex) if is_article(sort) => "journal",
        (sort, Dialect::Biblatex) if is_article(sort) => "journaltitle",
        (WorkType::Legislation | WorkType::Treaty, Dialect::Biblatex) => "journaltitle",
        // What styles and pandoc print of a page.
        (WorkType::Webpage | WorkType::Post | WorkType::PostWeblog, Dialect::Biblatex) => "organization",
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
    let own = work.more.get("type").and_then(serde_json::Value::as_str).filter(|_| biblatex);
    let own = own.and_then(|kind| match kind {
        "legal_case" => Some("jurisdiction"),
        "software" => Some("software"),
        "patent" => Some("patent"),
        "motion_picture" => Some("movie"),
        "song" => Some("audio"),
        "graphic" => Some("artwork"),
        "performance" => Some("performance"),
        "standard" => Some("standard"),
        _ => None,
    });
    if let Some(own) = own {
        return own;
    }
    match work.work_type {
        sort if is_article(sort) => "article",
        WorkType::Book => "book",
        WorkType::Chapter => "incollection",
        WorkType::Entry if biblatex => "inreference",
        WorkType::Entry => "incollection",
        WorkType::PaperConference => "inproceedings",
        WorkType::Report if biblatex => "report",
        WorkType::Report => "techreport",
        WorkType::Thesis if biblatex => "thesis",
        WorkType::Thesis => "phdthesis",
        WorkType::Webpage | WorkType::Post | WorkType::PostWeblog if biblatex => "online",
        WorkType::Dataset if biblatex => "dataset",
        WorkType::Legislation | WorkType::Treaty if biblatex => "legislation",
        WorkType::PersonalCommunication if biblatex => "letter",
        WorkType::Manuscript | WorkType::Speech => "unpublished",
        _ => "misc",
    }
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
