//! RIS, as reference managers read it (the tags of the RIS specification of 2011).

use super::Entry;
use super::tex_dates::Dated;
use crate::bibliography::{Date, Name, Work, WorkType};

/// Writes entries one after the other. Lines end with LF, which every reader of RIS takes; the specification has CR LF.
pub fn write(entries: &[Entry<'_>]) -> String {
    let mut text = String::new();
    for (key, work, files) in entries {
        for (tag, value) in lines(key.as_str(), work, files) {
            text.push_str(&format!("{tag}  - {}\n", plain(&value)));
        }
    }
    text
}

/// A value in one line: the format has no escapes, so that what a terminal would obey is left out. White space stays as a
/// space, and so do the marks that set Arabic and Latin words in their order.
fn plain(value: &str) -> String {
    let is_obeyed =
        |c: &char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    value
        .chars()
        .map(|c| if matches!(c, '\r' | '\n' | '\t') { ' ' } else { c })
        .filter(|c| !is_obeyed(c))
        .collect()
}

fn lines(key: &str, work: &Work, files: &[String]) -> Vec<(&'static str, String)> {
    let mut lines = vec![("TY", ris_type(work.work_type).to_owned()), ("ID", key.to_owned())];
    let mut add = |tag: &'static str, value: &Option<String>| {
        if let Some(value) = value {
            lines.push((tag, value.clone()));
        }
    };
    add("TI", &work.title);
    let is_journal = matches!(
        work.work_type,
        WorkType::ArticleJournal | WorkType::ArticleMagazine | WorkType::ArticleNewspaper
    );
    // A paper's conference and proceedings have tags of their own; where the conference has no name, `T2` is what most
    // programs read.
    match (&work.event, is_journal) {
        (_, true) => add("JO", &work.container),
        (Some(_), _) => {
            add("T2", &work.event);
            add("C3", &work.container);
        }
        (None, _) => add("T2", &work.container),
    }
    add("T3", &work.collection_title);
    add("PB", &work.publisher);
    add("CY", &work.publisher_place);
    add("VL", &work.volume);
    add("IS", &work.issue);
    add("M1", &work.number);
    add("ET", &work.edition);
    add("DO", &work.doi);
    add("UR", &work.url);
    add("SN", &work.isbn);
    add("SN", &work.issn);
    add("LA", &work.language);
    add("M3", &work.genre);
    add("DB", &work.archive);
    add("AB", &work.abstract_text);
    add("N1", &work.note);
    lines.extend(work.authors.iter().map(|n| ("AU", name(n))));
    lines.extend(work.editors.iter().map(|n| ("ED", name(n))));
    lines.extend(work.translators.iter().map(|n| ("TA", name(n))));
    lines.extend(work.keywords.iter().map(|k| ("KW", k.clone())));
    let issued = Dated::of(work, "issued");
    if let Some(date) = work.issued {
        lines.push(("PY", date.year.to_string()));
        let beyond = issued.in_words();
        if date.month.is_some() || beyond.is_some() {
            // The fourth part is for what is no number: a season, the years of a range.
            lines.push(("DA", format!("{}{}", slashed(date), beyond.unwrap_or_default())));
        }
    } else if let Some(words) = issued.words() {
        lines.push(("PY", words.to_owned()));
    }
    lines.extend(work.accessed.map(|date| ("Y2", slashed(date))));
    if let Some(pages) = &work.pages {
        // A list of pages has no first and last.
        match pages.split_once(['-', '–']).filter(|_| !pages.contains(',')) {
            Some((first, last)) => {
                lines.push(("SP", first.trim().to_owned()));
                lines.push(("EP", last.trim_matches(['-', '–', ' ']).to_owned()));
            }
            None => lines.push(("SP", pages.clone())),
        }
    }
    lines.extend(files.iter().map(|file| ("L1", file.clone())));
    lines.push(("ER", String::new()));
    lines
}

/// `2021/09/08/`: three slashes, whatever is unknown.
fn slashed(date: Date) -> String {
    let two = |n: Option<u8>| n.map(|n| format!("{n:02}")).unwrap_or_default();
    format!("{:04}/{}/{}/", date.year, two(date.month), two(date.day))
}

/// `Family, Given, Suffix`; a body ends in a comma, so that no program takes its last word for a family name.
fn name(name: &Name) -> String {
    if let Some(literal) = &name.literal {
        return format!("{literal},");
    }
    let part = |p: &Option<String>| p.clone().unwrap_or_default();
    let family = format!("{} {}", part(&name.particle), part(&name.family));
    let parts = [family.trim().to_owned(), part(&name.given), part(&name.suffix)];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}

fn ris_type(work_type: WorkType) -> &'static str {
    match work_type {
        WorkType::ArticleJournal => "JOUR",
        WorkType::ArticleMagazine => "MGZN",
        WorkType::ArticleNewspaper => "NEWS",
        WorkType::Book => "BOOK",
        WorkType::Chapter => "CHAP",
        WorkType::Dataset => "DATA",
        WorkType::Entry => "ENCYC",
        WorkType::Legislation | WorkType::Treaty => "STAT",
        WorkType::Manuscript => "UNPB",
        WorkType::PaperConference => "CPAPER",
        WorkType::PersonalCommunication => "PCOMM",
        WorkType::Post | WorkType::PostWeblog => "BLOG",
        WorkType::Report => "RPRT",
        WorkType::Thesis => "THES",
        WorkType::Webpage => "ELEC",
        WorkType::Document | WorkType::Interview | WorkType::Speech => "GEN",
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_a_terminal_would_obey_is_left_out() {
        assert_eq!(plain("a\u{1b}[2J\u{9b}b\r\nc\td\u{202e}e\u{200f}"), "a[2Jb  c de\u{200f}");
    }
}
