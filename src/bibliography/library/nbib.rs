//! `library.nbib`: what PubMed gives to reference managers, in MEDLINE's tags
//! (<https://www.nlm.nih.gov/bsd/mms/medlineelements.html>).

use super::ris::{made_key, name};
use super::{Draft, bare_doi, tidy};
use crate::bibliography::{Date, Name, Work, WorkType};
use serde_json::json;

/// Reads all records of `text`, which blank lines part; what is wrong goes to `complaints` with its line.
pub(super) fn read(text: &str, complaints: &mut Vec<(u32, String)>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for record in records(text, complaints) {
        let work = record.work();
        let mut key = made_key(&work);
        let lettered = ('b'..='z').map(|letter| format!("{key}{letter}"));
        let is_free = |key: &String| drafts.iter().all(|other| other.key != *key);
        if let Some(free) = std::iter::once(key.clone()).chain(lettered).find(is_free) {
            key = free;
        }
        drafts.push(Draft { key, work, files: Vec::new(), line: record.line });
    }
    drafts
}

/// A record: its tags with their values, in order, and the line it begins on.
struct Record<'t> {
    fields: Vec<(&'t str, String)>,
    line: u32,
}

/// The records of a file: lines `TAG - value`, the tag padded to four signs; a line that begins with a space goes on with the
/// one above. A record begins with its `PMID`, or behind a blank line.
fn records<'t>(text: &'t str, complaints: &mut Vec<(u32, String)>) -> Vec<Record<'t>> {
    let mut records: Vec<Record<'t>> = Vec::new();
    let mut is_open = false;
    for (line, number) in text.lines().zip(1u32..) {
        if line.trim().is_empty() {
            is_open = false;
        } else if line.starts_with(' ') {
            let last = records.last_mut().filter(|_| is_open).and_then(|record| record.fields.last_mut());
            match last {
                Some((_, value)) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                None => complaints.push((number, "this line belongs to no record".to_owned())),
            }
        } else if let Some((tag, value)) = tagged(line) {
            if !is_open || tag == "PMID" {
                records.push(Record { fields: Vec::new(), line: number });
                is_open = true;
            }
            if let Some(record) = records.last_mut() {
                record.fields.push((tag, value.trim().to_owned()));
            }
        } else {
            complaints.push((number, "expected `TAG - value`, such as `TI  - Roads`".to_owned()));
        }
    }
    records
}

fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(4)?;
    let tag = tag.trim_end();
    let is_tag = !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    Some((tag, rest.strip_prefix('-').filter(|_| is_tag)?))
}

impl Record<'_> {
    fn all<'r>(&'r self, tag: &'r str) -> impl Iterator<Item = &'r str> {
        self.fields.iter().filter(move |(own, _)| *own == tag).map(|(_, value)| value.as_str())
    }

    fn first(&self, tags: &[&str]) -> Option<String> {
        tags.iter().find_map(|tag| self.all(tag).next().and_then(tidy))
    }

    /// The names of these tags: the whole names where they are given, else those with initials.
    fn names(&self, whole: &str, short: &str) -> Vec<Name> {
        let names: Vec<Name> = self.all(whole).filter_map(name).collect();
        if !names.is_empty() {
            return names;
        }
        // `Khan HU`: the initials stand last and have no comma.
        let short = self.all(short).filter_map(|text| match text.rsplit_once(' ') {
            Some((family, initials)) if initials.chars().all(char::is_uppercase) => {
                let given: Vec<String> = initials.chars().map(|letter| format!("{letter}.")).collect();
                name(&format!("{family}, {}", given.join(" ")))
            }
            _ => name(text),
        });
        short.collect()
    }

    /// The number that is marked as a DOI: `10.1000/182 [doi]`.
    fn doi(&self) -> Option<String> {
        let ids = self.all("AID").chain(self.all("LID"));
        ids.filter_map(|id| id.strip_suffix("[doi]")).find_map(bare_doi)
    }

    fn work(&self) -> Work {
        let types: Vec<&str> = self.all("PT").collect();
        let has = |kind: &str| types.contains(&kind);
        let book = self.first(&["BTI"]);
        let title = self.first(&["TI", "CTI"]).filter(|title| Some(title) != book.as_ref());
        let work_type = match (&title, &book) {
            (Some(_), Some(_)) => WorkType::Chapter,
            (None, Some(_)) => WorkType::Book,
            _ if has("Preprint") => WorkType::Document,
            _ if has("Technical Report") && self.first(&["JT"]).is_none() => WorkType::Report,
            _ => WorkType::ArticleJournal,
        };
        let mut authors = self.names("FAU", "AU");
        authors.extend(self.all("CN").filter_map(tidy).map(|body| Name::literal(&body)));
        let mut work = Work {
            work_type,
            title: title.clone().or_else(|| book.clone()).map(|title| title.trim_end_matches('.').to_owned()),
            authors,
            editors: self.names("FED", "ED"),
            issued: self.first(&["DP"]).as_deref().and_then(Date::parse),
            container: self.first(&["JT", "TA"]).or_else(|| book.filter(|_| title.is_some())),
            publisher: self.first(&["PB"]),
            publisher_place: self.first(&["PL"]).filter(|_| work_type != WorkType::ArticleJournal),
            volume: self.first(&["VI"]),
            issue: self.first(&["IP"]),
            pages: self.first(&["PG"]).map(|pages| pages.replace('-', "–")),
            doi: self.doi(),
            isbn: self.first(&["ISBN"]).map(|isbn| isbn.split(" (").next().unwrap_or_default().to_owned()),
            issn: self.first(&["IS"]).map(|issn| issn.split(" (").next().unwrap_or_default().to_owned()),
            language: self.first(&["LA"]).and_then(|tag| language(&tag)),
            abstract_text: self.first(&["AB"]),
            keywords: self.all("OT").chain(self.all("MH")).filter_map(tidy).collect(),
            ..Work::default()
        };
        let more = [("PMID", "PMID"), ("PMC", "PMCID"), ("TA", "container-title-short")];
        for (tag, variable) in more {
            work.more.extend(self.first(&[tag]).map(|value| (variable.to_owned(), json!(value))));
        }
        work
    }
}

/// The tag of a language that MEDLINE writes in three letters.
fn language(word: &str) -> Option<String> {
    const TAGS: [(&str, &str); 12] = [
        ("eng", "en"),
        ("rus", "ru"),
        ("ger", "de"),
        ("fre", "fr"),
        ("spa", "es"),
        ("tur", "tr"),
        ("chi", "zh"),
        ("ukr", "uk"),
        ("per", "fa"),
        ("ara", "ar"),
        ("por", "pt"),
        ("ita", "it"),
    ];
    TAGS.iter().find(|(three, _)| *three == word).map(|(_, tag)| (*tag).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_pubmed_are_read() {
        let text = "\nPMID- 12345\nDP  - 2019 May 3\nTI  - Trade through the northern\n      valley.\nPG  - 12-20\n\
            LID - 10.1000/182 [doi]\nAB  - Wheat.\nFAU - Khan, Amina\nAU  - Khan A\nFAU - Lind, Anna\nCN  - Institute of Ports\n\
            LA  - eng\nPT  - Journal Article\nTA  - Nord Stud\nJT  - Nordic studies\nVI  - 4\nIP  - 2\nIS  - 1234-5678 (Print)\n\
            OT  - wheat\n\nPMID- 12346\nTI  - Salt.\nAU  - Khan HU\nDP  - 2019\nodd line\n";
        let mut complaints = Vec::new();
        let drafts = read(text, &mut complaints);
        assert_eq!(complaints.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [26]);
        let keys: Vec<(&str, u32)> = drafts.iter().map(|d| (d.key.as_str(), d.line)).collect();
        assert_eq!(keys, [("khan2019", 2), ("khan2019b", 22)]);
        let work = &drafts[0].work;
        assert_eq!(work.title.as_deref(), Some("Trade through the northern valley"));
        let names: Vec<String> = work.authors.iter().map(Name::display).collect();
        assert_eq!(names, ["Amina Khan", "Anna Lind", "Institute of Ports"]);
        assert_eq!(work.issued.unwrap().to_string(), "2019-05-03");
        assert_eq!(
            (work.container.as_deref(), work.pages.as_deref()),
            (Some("Nordic studies"), Some("12–20"))
        );
        assert_eq!((work.doi.as_deref(), work.issn.as_deref()), (Some("10.1000/182"), Some("1234-5678")));
        assert_eq!(work.more["PMID"], "12345");
        assert_eq!(drafts[1].work.authors[0].display(), "H. U. Khan");
    }
}
