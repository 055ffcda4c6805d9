//! Libraries of works in the formats other programs read.

mod bibtex;
mod hayagriva_yaml;
mod ris;

use super::item::csl_json;
use crate::bibliography::Work;
use crate::passage::Citekey;

/// A work to export: its citekey, what is known of it, and its file where it has one.
pub type Entry<'a> = (&'a Citekey, &'a Work, Option<&'a str>);

/// A format for whole libraries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// BibTeX.
    Bibtex,
    /// BibLaTeX: what `library.bib` is best written in.
    Biblatex,
    /// RIS.
    Ris,
    /// CSL-JSON: `library.json`.
    CslJson,
    /// Hayagriva YAML: `library.yml`.
    Hayagriva,
}

/// Writes entries, in their order, with a line end at the end.
pub fn export(format: Format, entries: &[Entry<'_>]) -> String {
    match format {
        Format::Bibtex => bibtex::write(entries, bibtex::Dialect::Bibtex),
        Format::Biblatex => bibtex::write(entries, bibtex::Dialect::Biblatex),
        Format::Ris => ris::write(entries),
        Format::CslJson => write_csl_json(entries),
        Format::Hayagriva => hayagriva_yaml::write(entries),
    }
}

/// CSL-JSON, with `file` as a custom field where there is one.
fn write_csl_json(entries: &[Entry<'_>]) -> String {
    let items: Vec<serde_json::Value> = entries
        .iter()
        .map(|(key, work, file)| {
            let mut item = csl_json(key.as_str(), work);
            if let Some(file) = file {
                item.insert("custom".into(), serde_json::json!({ "file": file }));
            }
            serde_json::Value::Object(item)
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::library::Library;
    use crate::bibliography::{Date, Name, WorkType};

    /// Works with what is apt to be lost: particles, bodies, dates without day, accents, braces, ampersands.
    fn works() -> Vec<(Citekey, Work)> {
        let article = Work {
            work_type: WorkType::ArticleJournal,
            title: Some("Trade & Transit: {Wakhan} at 100%".into()),
            authors: vec![
                Name {
                    family: Some("Beethoven".into()),
                    given: Some("Ludwig".into()),
                    particle: Some("van".into()),
                    ..Name::default()
                },
                Name { family: Some("Żółć".into()), given: Some("Émile".into()), ..Name::default() },
            ],
            issued: Some(Date { year: 2021, month: Some(9), day: None }),
            container: Some("Strategic Studies".into()),
            volume: Some("39".into()),
            issue: Some("3".into()),
            pages: Some("45-62".into()),
            doi: Some("10.1000/xyz_1".into()),
            ..Work::default()
        };
        let report = Work {
            work_type: WorkType::Report,
            title: Some("Political consultations".into()),
            authors: vec![Name::literal("Embassy of Tajikistan in Pakistan")],
            issued: Some(Date { year: 2020, month: Some(6), day: Some(11) }),
            publisher: Some("Ministry of Foreign Affairs".into()),
            url: Some("https://mfa.tj/en/a_b?x=1&y=2".into()),
            ..Work::default()
        };
        let key = |k: &str| Citekey::new(k).unwrap();
        vec![(key("beethoven2021"), article), (key("embassy2020"), report)]
    }

    fn round_trip(format: Format, file: &str) {
        let works = works();
        let entries: Vec<Entry<'_>> = works.iter().map(|(k, w)| (k, w, None)).collect();
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(file), export(format, &entries)).unwrap();
        let library = Library::read(dir.path());
        assert!(library.errors.is_empty(), "{:?}\n{}", library.errors, export(format, &entries));
        for (key, work) in &works {
            // Braces are Hayagriva's sign for "keep as it is": the one thing its titles cannot hold.
            let title = |w: &Work| {
                let title = w.title.clone().unwrap_or_default();
                if format == Format::Hayagriva { title.replace(['{', '}'], "") } else { title }
            };
            let read = &library.entry(key).unwrap_or_else(|| panic!("{key} is lost")).work;
            assert_eq!(title(read), title(work), "{format:?}");
            assert_eq!(read.authors, work.authors, "{format:?}");
            assert_eq!(read.issued, work.issued, "{format:?}");
            assert_eq!((&read.doi, &read.url), (&work.doi, &work.url), "{format:?}");
            assert_eq!((&read.container, &read.publisher), (&work.container, &work.publisher), "{format:?}");
            assert_eq!((&read.volume, &read.issue), (&work.volume, &work.issue), "{format:?}");
            let pages = |w: &Work| w.pages.as_ref().map(|p| p.replace("--", "-").replace('–', "-"));
            assert_eq!(pages(read), pages(work), "{format:?}");
        }
    }

    #[test]
    fn biblatex_reads_back_whole() {
        round_trip(Format::Biblatex, "library.bib");
    }

    #[test]
    fn csl_json_reads_back_whole() {
        round_trip(Format::CslJson, "library.json");
    }

    #[test]
    fn hayagriva_reads_back_whole() {
        round_trip(Format::Hayagriva, "library.yml");
    }

    #[test]
    fn bibtex_reads_back_whole() {
        round_trip(Format::Bibtex, "library.bib");
    }

    #[test]
    fn ris_has_a_line_a_fact() {
        let works = works();
        let entries: Vec<Entry<'_>> = works.iter().map(|(k, w)| (k, w, None)).collect();
        let text = export(Format::Ris, &entries);
        for line in [
            "TY  - JOUR",
            "AU  - van Beethoven, Ludwig",
            "PY  - 2021",
            "DA  - 2021/09//",
            "SP  - 45",
            "EP  - 62",
            "AU  - Embassy of Tajikistan in Pakistan,",
            "TY  - RPRT",
            "ER  - ",
        ] {
            assert!(text.lines().any(|l| l.trim_end() == line.trim_end()), "{line}\n{text}");
        }
    }
}
