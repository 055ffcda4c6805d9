//! `library.ris`: RIS, which databases and publishers export, after the tags of Reference Manager and EndNote
//! (<https://en.wikipedia.org/wiki/RIS_(file_format)>).

use serde_json::{Value, json};

use super::csl_json::with_particle;
use super::{Draft, bare_doi, bibtex::language_tag, tidy};
use crate::bibliography::{Date, Name, Work, WorkType};

/// An entry while it is read: its tags with their values, in order, and the line it begins on.
struct Entry<'t> {
    fields: Vec<(&'t str, String)>,
    line: u32,
}

/// Reads all entries of `text`; what is wrong goes to `complaints` with its line.
pub(super) fn read(text: &str, complaints: &mut Vec<(u32, String)>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for entry in entries(text, complaints) {
        let mut draft = entry.draft(complaints);
        // Exports mostly have no keys: those made of name and year get a letter.
        let made = entry.first(&["ID"]).is_none();
        if made && drafts.iter().any(|other| other.key == draft.key) {
            let lettered = ('b'..='z').map(|letter| format!("{}{letter}", draft.key));
            let free = lettered.into_iter().find(|key| drafts.iter().all(|other| other.key != *key));
            draft.key = free.unwrap_or(draft.key);
        }
        drafts.push(draft);
    }
    drafts
}

/// The entries of a file: each begins with `TY  - ` and ends with `ER  - `. A line without a tag goes on with the one above.
fn entries<'t>(text: &'t str, complaints: &mut Vec<(u32, String)>) -> Vec<Entry<'t>> {
    let mut entries = Vec::new();
    let mut open: Option<Entry<'t>> = None;
    for (line, number) in text.lines().zip(1u32..) {
        match (tagged(line), &mut open) {
            (Some(("TY", kind)), _) => {
                if let Some(unended) = open.take() {
                    complaints
                        .push((unended.line, "entry does not end: a line `ER  - ` is missing".to_owned()));
                    entries.push(unended);
                }
                open = Some(Entry { fields: vec![("TY", kind.to_owned())], line: number });
            }
            (Some(("ER", _)), _) => entries.extend(open.take()),
            (Some((tag, value)), Some(entry)) => entry.fields.push((tag, value.to_owned())),
            (None, Some(entry)) if !line.trim().is_empty() => {
                if let Some((_, value)) = entry.fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            (Some((tag, _)), None) => {
                complaints.push((number, format!("`{tag}` belongs to no entry: one begins with `TY  - `")));
            }
            (None, _) => {}
        }
    }
    if let Some(unended) = open {
        complaints.push((unended.line, "entry does not end: a line `ER  - ` is missing".to_owned()));
        entries.push(unended);
    }
    entries
}

/// The tag and value of a line `AU  - Khan, Amina`.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.trim_start().strip_prefix('-').filter(|_| is_tag && rest.starts_with(' '))?;
    Some((tag, value.trim()))
}

impl Entry<'_> {
    /// The value of the first of these tags that the entry has.
    fn first(&self, tags: &[&str]) -> Option<String> {
        tags.iter().find_map(|tag| self.all(&[tag]).next().and_then(tidy))
    }

    /// The values of these tags, in order.
    fn all<'e>(&'e self, tags: &'e [&str]) -> impl Iterator<Item = &'e str> {
        self.fields.iter().filter(|(tag, _)| tags.contains(tag)).map(|(_, value)| value.as_str())
    }

    fn names(&self, tags: &[&str]) -> Vec<Name> {
        self.all(tags).filter_map(name).collect()
    }

    fn draft(&self, complaints: &mut Vec<(u32, String)>) -> Draft {
        let work = self.work(complaints);
        let key = self.first(&["ID"]).unwrap_or_else(|| made_key(&work));
        let files =
            self.all(&["L1", "L4", "LK"]).filter(|path| !path.contains("://") || path.starts_with("file:"));
        let files = files.map(|path| path.trim_start_matches("file://").to_owned()).collect();
        Draft { key, work, files, line: self.line }
    }

    fn work(&self, complaints: &mut Vec<(u32, String)>) -> Work {
        let kind = self.first(&["TY"]).unwrap_or_default().to_uppercase();
        let work_type = work_type(&kind);
        let written = self.first(&["DA", "PY", "Y1"]);
        let issued =
            written.as_deref().and_then(date).or_else(|| self.first(&["PY", "Y1"]).as_deref().and_then(date));
        let more = written.as_deref().and_then(date_in_words);
        if let (Some(written), None, None) = (&written, issued, &more) {
            complaints.push((self.line, format!("date `{written}` cannot be read: write it as 2021/09/08")));
        }
        let is_part = matches!(
            work_type,
            WorkType::ArticleJournal
                | WorkType::ArticleMagazine
                | WorkType::ArticleNewspaper
                | WorkType::Chapter
                | WorkType::PaperConference
                | WorkType::Entry
                | WorkType::Webpage
                | WorkType::PostWeblog
                | WorkType::Legislation
        );
        let pages = match (self.first(&["SP"]), self.first(&["EP"])) {
            (Some(first), Some(last)) if !first.contains(['-', '–']) && first != last => {
                Some(format!("{first}–{last}"))
            }
            (first, last) => first.or(last),
        };
        let doi = self.first(&["DO"]);
        let number = self.first(&["SN"]);
        let is_serial =
            number.as_ref().is_some_and(|n| n.chars().filter(char::is_ascii_alphanumeric).count() == 8);
        let mut work = Work {
            work_type,
            title: self.first(&["TI", "T1", "CT"]).or_else(|| self.first(&["BT"]).filter(|_| !is_part)),
            authors: self.names(&["AU", "A1"]),
            editors: self.names(if is_part { &["ED", "A2"] } else { &["ED"] }),
            issued,
            container: match self.first(&["C3"]).filter(|_| work_type == WorkType::PaperConference) {
                Some(proceedings) => Some(proceedings),
                None => self.first(&["JF", "T2", "JO", "BT", "J2", "JA"]).filter(|_| is_part),
            },
            event: self
                .first(&["T2"])
                .filter(|_| work_type == WorkType::PaperConference && self.first(&["C3"]).is_some()),
            publisher: self.first(&["PB"]),
            publisher_place: self.first(&["CY", "PP"]),
            collection_title: self.first(&["T3"]).or_else(|| self.first(&["T2"]).filter(|_| !is_part)),
            volume: self.first(&["VL"]),
            issue: self.first(&["IS"]).filter(|_| is_part),
            number: match work_type {
                WorkType::Report => self.first(&["IS", "M1"]),
                _ => self.first(&["M1"]),
            },
            edition: self.first(&["ET"]),
            pages,
            url: self.all(&["UR"]).next().and_then(tidy),
            doi: doi.as_deref().and_then(bare_doi).or(doi),
            isbn: number.clone().filter(|_| !is_serial),
            issn: number.filter(|_| is_serial),
            accessed: self.first(&["Y2"]).as_deref().and_then(date),
            language: self.first(&["LA"]).map(|l| language_tag(&l)),
            genre: self.first(&["M3"]).filter(|_| work_type != WorkType::ArticleJournal),
            note: self.first(&["N1"]),
            abstract_text: self.first(&["AB", "N2"]),
            keywords: self.all(&["KW"]).filter_map(tidy).collect(),
            translators: self.names(&["TA"]),
            archive: self.first(&["DB"]).filter(|_| work_type == WorkType::Manuscript),
            ..Work::default()
        };
        let status = more.as_ref().and_then(|date| date.get("literal")).cloned();
        work.more.extend(status.map(|status| ("status".to_owned(), status)));
        work.more.extend(more.map(|date| ("issued".to_owned(), date)));
        work
    }
}

/// `Khan, Amina, Jr.`; without a comma a body, or a person's name as people write it.
pub(super) fn name(text: &str) -> Option<Name> {
    // A body ends in a comma, so that no program takes its last word for a family name.
    if let Some(body) = text.trim().strip_suffix(',').and_then(tidy) {
        return Some(Name { literal: Some(body), ..Name::default() });
    }
    let parts: Vec<Option<String>> = text.split(',').map(tidy).collect();
    match parts.as_slice() {
        [Some(family), given, suffix @ ..] => {
            let (particle, family) = with_particle(family.clone());
            let suffix = suffix.first().cloned().flatten();
            Some(Name { family, given: given.clone(), particle, suffix, literal: None })
        }
        _ => tidy(text).map(|body| Name::literal(&body)),
    }
}

/// `2021/09/08/`, `2021///Spring`, `2021`; any other date as it is printed.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(str::trim);
    let Some(year) = parts.next().filter(|year| year.len() == 4).and_then(|year| year.parse().ok()) else {
        return Date::parse(text);
    };
    let mut small = |most: u8| parts.next().and_then(|p| p.parse().ok()).filter(|n| (1..=most).contains(n));
    let month = small(12);
    let day = small(31).filter(|_| month.is_some());
    Some(Date { year, month, day })
}

/// What of a date is no year, month and day, as CSL has it: `forthcoming`, `1984///1984–1990`, `2003///Spring`, `1998///ca. 1998`.
fn date_in_words(text: &str) -> Option<Value> {
    if let Some(state) = super::bibtex::state(text) {
        return Some(json!({ "literal": state }));
    }
    let words = text.splitn(4, '/').nth(3)?.trim();
    let year: i32 = text.split('/').next()?.trim().parse().ok()?;
    let season = ["spring", "summer", "autumn", "winter"]
        .into_iter()
        .zip(1..)
        .find(|(word, _)| *word == words.to_lowercase());
    if let Some((_, season)) = season {
        return Some(json!({ "date-parts": [[year]], "season": season }));
    }
    if words.starts_with("ca.") {
        return Some(json!({ "date-parts": [[year]], "circa": true }));
    }
    let last: i32 = words.strip_prefix(&format!("{year}–"))?.parse().ok()?;
    Some(json!({ "date-parts": [[year], [last]] }))
}

/// A key for an entry without one: the first author's family name and the year.
pub(super) fn made_key(work: &Work) -> String {
    let author = work.authors.first().or(work.editors.first());
    let name = author.and_then(|name| name.family.as_deref().or(name.literal.as_deref()));
    let name = name.or(work.title.as_deref()).unwrap_or_default();
    let word = name.split_whitespace().next_back().unwrap_or_default();
    let word: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    work.issued.map_or(word.clone(), |date| format!("{word}{}", date.year))
}

fn work_type(kind: &str) -> WorkType {
    match kind {
        "JOUR" | "JFULL" | "EJOUR" | "INPR" => WorkType::ArticleJournal,
        "MGZN" => WorkType::ArticleMagazine,
        "NEWS" => WorkType::ArticleNewspaper,
        "BOOK" | "EBOOK" | "EDBOOK" | "WHOLE" | "CONF" => WorkType::Book,
        "CHAP" | "ECHAP" => WorkType::Chapter,
        "CPAPER" => WorkType::PaperConference,
        "ENCYC" | "DICT" => WorkType::Entry,
        "RPRT" | "GOVDOC" => WorkType::Report,
        "THES" => WorkType::Thesis,
        "ELEC" | "WEB" | "ICOMM" => WorkType::Webpage,
        "BLOG" => WorkType::PostWeblog,
        "DATA" | "DSET" => WorkType::Dataset,
        "UNPB" | "MANSCPT" => WorkType::Manuscript,
        "STAT" | "BILL" | "UNBILL" | "LEGAL" | "CASE" => WorkType::Legislation,
        "PCOMM" => WorkType::PersonalCommunication,
        "HEAR" | "SLIDE" => WorkType::Speech,
        _ => WorkType::Document,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_of_a_database_is_read() {
        let text = "TY  - JOUR\nAU  - Khan, Amina\nAU  - Institute of Ports\nT1  - Trade through the\n  northern valley\n\
            JF  - Nordic Studies\nVL  - 4\nIS  - 2\nSP  - 12\nEP  - 20\nPY  - 2019\nDA  - 2019/05/03/\n\
            DO  - https://doi.org/10.1000/182\nSN  - 1234-5678\nKW  - trade\nKW  - wheat\nL1  - a.txt\nER  - \n\n\
            TY  - BOOK\nA1  - Khan, Amina\nTI  - Valleys\nY1  - 2019///\nPB  - Brill\nCY  - Oslo\nSN  - 978-3-16-148410-0\nER  -";
        let mut complaints = Vec::new();
        let drafts = read(text, &mut complaints);
        assert_eq!(complaints, []);
        let keys: Vec<(&str, u32)> = drafts.iter().map(|d| (d.key.as_str(), d.line)).collect();
        assert_eq!(keys, [("khan2019", 1), ("khan2019b", 20)]);
        let (article, book) = (&drafts[0].work, &drafts[1].work);
        assert_eq!(article.title.as_deref(), Some("Trade through the northern valley"));
        assert_eq!(article.authors[0].given.as_deref(), Some("Amina"));
        assert_eq!(article.authors[1].literal.as_deref(), Some("Institute of Ports"));
        assert_eq!(article.container.as_deref(), Some("Nordic Studies"));
        assert_eq!((article.pages.as_deref(), article.issue.as_deref()), (Some("12–20"), Some("2")));
        assert_eq!(article.issued.unwrap().to_string(), "2019-05-03");
        assert_eq!(
            (article.doi.as_deref(), article.issn.as_deref()),
            (Some("10.1000/182"), Some("1234-5678"))
        );
        assert_eq!(article.keywords, ["trade", "wheat"]);
        assert_eq!(drafts[0].files, ["a.txt"]);
        assert_eq!((book.work_type, book.isbn.is_some()), (WorkType::Book, true));
        assert_eq!(book.issued.unwrap().to_string(), "2019");
    }

    #[test]
    fn dates_of_all_exports_are_read() {
        for (text, iso) in
            [("2019/05/03/", "2019-05-03"), ("2019///Spring", "2019"), ("2019-05-03", "2019-05-03")]
        {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), Some(iso), "{text}");
        }
        assert_eq!(date("soon"), None);
    }

    #[test]
    fn what_is_wrong_is_said_and_the_rest_kept() {
        let mut complaints = Vec::new();
        let drafts =
            read("AU  - Khan, A.\nTY  - JOUR\nTI  - One\nPY  - soon\nTY  - BOOK\nTI  - Two", &mut complaints);
        assert_eq!(drafts.len(), 2);
        let lines: Vec<u32> = complaints.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 5, 2], "{complaints:?}");
    }
}
