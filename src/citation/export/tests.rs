//! What each export holds is read back by our own library reader and by an independent one.

use super::*;
use crate::bibliography::library::Library;
use crate::bibliography::{Date, Name, WorkType};
use std::collections::BTreeMap;

fn person(particle: &str, family: &str, given: &str, suffix: &str) -> Name {
    let part = |p: &str| (!p.is_empty()).then(|| p.to_owned());
    Name {
        particle: part(particle),
        family: part(family),
        given: part(given),
        suffix: part(suffix),
        literal: None,
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn date(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    Some(Date { year, month, day })
}

/// Works with what is apt to be lost: particles, bodies, dates without day, accents, braces, TeX's signs, dashes.
fn works() -> Vec<(Citekey, Work)> {
    let article = Work {
        work_type: WorkType::ArticleJournal,
        title: some("Trade & Transit: {Wakhan} at 100% – #1_a ~ $5 ^ “NATO” in the USA's eyes"),
        authors: vec![
            person("van der", "Berg", "Jan", ""),
            person("", "Żółć", "Émile", ""),
            person("", "King", "Martin L.", "Jr."),
            Name::literal("Ministry of Trade & Industry"),
        ],
        editors: vec![person("", "Ahmar", "Moonis", "")],
        translators: vec![person("de", "Silva", "João", "")],
        issued: date(2021, Some(9), None),
        container: some("Strategic Studies & Surveys"),
        volume: some("39"),
        issue: some("3"),
        number: some("e105"),
        pages: some("45–62"),
        doi: some("10.1000/xyz_1"),
        issn: some("1234-5678"),
        url: some("https://x.example/a_b?x=1&y=%20z#top"),
        accessed: date(2023, Some(2), Some(7)),
        language: some("en"),
        note: some("50% seen # twice"),
        abstract_text: some("It’s {short} & sweet."),
        keywords: vec!["trade".into(), "R&D".into()],
        ..Work::default()
    };
    let report = Work {
        work_type: WorkType::Report,
        title: some("Political consultations"),
        authors: vec![Name::literal("Embassy of Tajikistan in Pakistan")],
        issued: date(2020, Some(6), Some(11)),
        publisher: some("Ministry of Foreign Affairs"),
        publisher_place: some("Душанбе"),
        number: some("27"),
        genre: some("Working Paper"),
        archive: some("State Archive"),
        url: some("https://mfa.tj/en/a_b?x=1&y=2"),
        ..Work::default()
    };
    let book = Work {
        work_type: WorkType::Book,
        title: some("Roads: 1999"),
        editors: vec![person("", "O’Brien", "Ciara", "")],
        issued: date(1999, None, None),
        publisher: some("Hurst"),
        publisher_place: some("London"),
        collection_title: some("Asia Series"),
        volume: some("2"),
        edition: some("2"),
        isbn: some("978-1-85065-000-0"),
        ..Work::default()
    };
    let paper = Work {
        work_type: WorkType::PaperConference,
        title: some("Rail links"),
        authors: vec![person("", "Mori", "Aiko", "")],
        issued: date(2018, None, None),
        container: some("Proceedings of the Third Conference"),
        event: some("Third Conference on Transport"),
        publisher: some("Academy"),
        pages: some("88–97"),
        ..Work::default()
    };
    let news = Work {
        work_type: WorkType::ArticleNewspaper,
        title: some("Envoys meet"),
        issued: date(2021, None, None),
        container: some("Business Recorder"),
        ..Work::default()
    };
    let thesis = Work {
        work_type: WorkType::Thesis,
        title: some("Cotton } and { tobacco \\ salt"),
        authors: vec![person("", "Ibrahimi", "Leyla", "")],
        issued: date(2011, None, None),
        genre: some("Doctoral dissertation"),
        publisher: some("University of Peshawar"),
        ..Work::default()
    };
    let web = Work {
        work_type: WorkType::Webpage,
        title: some("Visa rules"),
        container: some("Border Guide"),
        url: some("https://b.example/v"),
        accessed: date(2023, Some(2), Some(7)),
        ..Work::default()
    };
    let key = |k: &str| Citekey::new(k).unwrap();
    [
        ("berg2021", article),
        ("embassy2020", report),
        ("obrien1999", book),
        ("mori2018", paper),
        ("recorder2021", news),
        ("ibrahimi2011", thesis),
        ("visa", web),
    ]
    .into_iter()
    .map(|(k, w)| (key(k), w))
    .collect()
}

fn exported(format: Format) -> String {
    let works = works();
    let entries: Vec<Entry<'_>> = works.iter().map(|(k, w)| (k, w, &[][..])).collect();
    export(format, &entries)
}

/// Reads our export with our own reader; `without` takes away what the format cannot hold.
fn round_trip(format: Format, file: &str, without: impl Fn(&mut Work)) {
    let text = exported(format);
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(file), &text).unwrap();
    let library = Library::read(dir.path());
    assert!(library.errors.is_empty(), "{:?}\n{text}", library.errors);
    for (key, mut work) in works() {
        let mut read = library.entry(&key).unwrap_or_else(|| panic!("{key} is lost")).work.clone();
        for work in [&mut read, &mut work] {
            work.pages = work.pages.as_ref().map(|p| p.replace('–', "-"));
            without(work);
        }
        assert_eq!(read, work, "{format:?} {key}\n{text}");
    }
}

#[test]
fn biblatex_reads_back_whole() {
    round_trip(Format::Biblatex, "library.bib", |_| {});
}

#[test]
fn bibtex_reads_back_whole() {
    round_trip(Format::Bibtex, "library.bib", |work| {
        // BibTeX has no type for web pages.
        if work.work_type == WorkType::Webpage {
            work.work_type = WorkType::Document;
        }
    });
}

#[test]
fn csl_json_reads_back_whole() {
    round_trip(Format::CslJson, "library.json", |_| {});
}

#[test]
fn hayagriva_reads_back_whole() {
    round_trip(Format::Hayagriva, "library.yml", |work| {
        // It has no keywords.
        work.keywords.clear();
    });
}

/// The `biblatex` crate by itself, as Typst and others read a `.bib` file.
#[test]
fn the_biblatex_crate_reads_what_we_write() {
    use biblatex::ChunksExt;
    for format in [Format::Bibtex, Format::Biblatex] {
        let text = exported(format);
        let library = biblatex::Bibliography::parse(&text).unwrap();
        assert_eq!(library.len(), works().len());
        let berg = library.get("berg2021").unwrap();
        let title = works()[0].1.title.clone().unwrap();
        assert_eq!(berg.title().unwrap().format_verbatim(), title);
        // Capitals are protected: sentence case leaves the title alone.
        assert_eq!(berg.title().unwrap().format_sentence(), title);
        let authors = berg.author().unwrap();
        let shown: Vec<String> = authors
            .iter()
            .map(|a| format!("{}|{}|{}|{}", a.prefix, a.name, a.given_name, a.suffix))
            .collect();
        let expected =
            ["van der|Berg|Jan|", "|Żółć|Émile|", "|King|Martin L.|Jr.", "|Ministry of Trade & Industry||"];
        assert_eq!(shown, expected);
        assert_eq!(berg.get("number").unwrap().format_verbatim(), "3");
        assert_eq!(berg.get("eid").unwrap().format_verbatim(), "e105");
        assert_eq!(berg.url().unwrap(), "https://x.example/a_b?x=1&y=%20z#top");
        let report = library.get("embassy2020").unwrap();
        assert_eq!(report.get("number").unwrap().format_verbatim(), "27");
        let biblatex::PermissiveType::Typed(date) = report.date().unwrap() else { panic!("date is no date") };
        let biblatex::DateValue::At(day) = date.value else { panic!("date is a range") };
        assert_eq!((day.year, day.month, day.day), (2020, Some(5), Some(10)));
    }
}

/// The `citationberg` crate by itself, as CSL processors read CSL-JSON.
#[test]
fn citationberg_reads_our_csl_json() {
    use hayagriva::citationberg::json::{Item, Value};
    let items: Vec<Item> = serde_json::from_str(&exported(Format::CslJson)).unwrap();
    assert_eq!(items.len(), works().len());
    for (item, (key, work)) in items.iter().zip(works()) {
        assert_eq!(item.id().unwrap(), key.as_str());
        let text = |name: &str| match item.0.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(n)) => Some(n.to_string()),
            _ => None,
        };
        assert_eq!(text("title"), work.title);
        assert_eq!(text("number"), work.number);
        assert_eq!(text("issue"), work.issue);
        assert_eq!(matches!(item.0.get("issued"), Some(Value::Date(_))), work.issued.is_some());
        let names = match item.0.get("author") {
            Some(Value::Names(names)) => names.len(),
            _ => 0,
        };
        assert_eq!(names, work.authors.len());
    }
}

/// hayagriva by itself, as Typst reads YAML.
#[test]
fn hayagriva_itself_reads_our_yaml() {
    let library = hayagriva::io::from_yaml_str(&exported(Format::Hayagriva)).unwrap();
    assert_eq!(library.len(), works().len());
    let berg = library.get("berg2021").unwrap();
    let authors: Vec<String> = berg.authors().unwrap().iter().map(|p| p.name_first(false, false)).collect();
    assert_eq!(authors[0], "van der Berg, Jan");
    assert_eq!(authors[3], "Ministry of Trade & Industry");
    assert_eq!(berg.affiliated().unwrap().len(), 1);
    assert_eq!(berg.parents()[0].title().unwrap().value.to_string(), "Strategic Studies & Surveys");
    assert_eq!(berg.date().unwrap().to_string(), "2021-09");
    let report = library.get("embassy2020").unwrap();
    assert_eq!(report.date().unwrap().to_string(), "2020-06-11");
}

/// The tags of the RIS specification (Research Information Systems, 2011) that a record may have.
const RIS_TAGS: &str =
    "TY ID TI T2 T3 C3 JO PB CY VL IS M1 M3 ET DO UR SN LA AB N1 DB AU ED TA KW PY DA Y2 SP EP ER";

/// A strict reader: `XX  - value` lines, a record from `TY` to `ER`, known tags, dates in slashes.
fn read_ris(text: &str) -> Vec<BTreeMap<String, Vec<String>>> {
    let mut records = Vec::new();
    let mut open: Option<BTreeMap<String, Vec<String>>> = None;
    for line in text.lines() {
        let (tag, rest) = line.split_at_checked(2).unwrap_or_else(|| panic!("no tag: {line}"));
        let value = rest.strip_prefix("  - ").unwrap_or_else(|| panic!("no separator: {line:?}"));
        assert!(RIS_TAGS.split(' ').any(|t| t == tag), "{tag} is no tag");
        match (tag, open.as_mut()) {
            ("TY", None) => open = Some(BTreeMap::from([("TY".to_owned(), vec![value.to_owned()])])),
            ("ER", Some(_)) => {
                assert!(value.is_empty());
                records.extend(open.take());
            }
            (_, Some(record)) => {
                assert!(!value.trim().is_empty(), "{tag} is empty");
                if matches!(tag, "DA" | "Y2") {
                    assert_eq!(value.matches('/').count(), 3, "{value}");
                }
                record.entry(tag.to_owned()).or_default().push(value.to_owned());
            }
            _ => panic!("{tag} out of a record"),
        }
    }
    assert!(open.is_none(), "the last record is open");
    records
}

#[test]
fn a_strict_reader_of_ris_finds_every_fact() {
    let records = read_ris(&exported(Format::Ris));
    assert_eq!(records.len(), works().len());
    for (record, (key, work)) in records.iter().zip(works()) {
        let first = |tag: &str| record.get(tag).and_then(|v| v.first()).cloned();
        let all = |tag: &str| record.get(tag).cloned().unwrap_or_default();
        assert_eq!(first("ID").as_deref(), Some(key.as_str()));
        let periodical = matches!(work.work_type, WorkType::ArticleJournal | WorkType::ArticleNewspaper);
        let container = if periodical {
            "JO"
        } else if work.event.is_some() {
            "C3"
        } else {
            "T2"
        };
        for (tag, value) in [
            ("TI", &work.title),
            (container, &work.container),
            ("T3", &work.collection_title),
            ("PB", &work.publisher),
            ("CY", &work.publisher_place),
            ("VL", &work.volume),
            ("IS", &work.issue),
            ("M1", &work.number),
            ("M3", &work.genre),
            ("DB", &work.archive),
            ("ET", &work.edition),
            ("DO", &work.doi),
            ("UR", &work.url),
            ("LA", &work.language),
            ("AB", &work.abstract_text),
            ("N1", &work.note),
        ] {
            assert_eq!(&first(tag), value, "{key} {tag}");
        }
        assert_eq!(work.event, first("T2").filter(|_| work.event.is_some()));
        assert_eq!(all("KW"), work.keywords);
        assert_eq!(all("SN"), work.isbn.iter().chain(&work.issn).cloned().collect::<Vec<_>>());
        assert_eq!(first("PY"), work.issued.map(|d| d.year.to_string()));
        let pages = first("SP").map(|s| first("EP").map_or(s.clone(), |e| format!("{s}–{e}")));
        assert_eq!(pages, work.pages);
        let read = |text: String| {
            let mut parts = text.split(',').map(str::trim);
            let family = parts.next().unwrap_or_default().to_owned();
            (
                family,
                parts.next().filter(|p| !p.is_empty()).map(str::to_owned),
                parts.next().map(str::to_owned),
            )
        };
        let written = |n: &Name| match &n.literal {
            Some(body) => (body.clone(), None, None),
            None => {
                let family = [n.particle.clone().unwrap_or_default(), n.family.clone().unwrap_or_default()];
                (family.join(" ").trim().to_owned(), n.given.clone(), n.suffix.clone())
            }
        };
        for (tag, people) in [("AU", &work.authors), ("ED", &work.editors), ("TA", &work.translators)] {
            let names: Vec<_> = all(tag).into_iter().map(read).collect();
            assert_eq!(names, people.iter().map(written).collect::<Vec<_>>(), "{key} {tag}");
        }
    }
    let text = exported(Format::Ris);
    assert!(text.contains("DA  - 2021/09//\n") && text.contains("Y2  - 2023/02/07/\n"), "{text}");
}
