//! Headers at the start of plain texts: lines of `Title: …`, `Author: …`, those of Project Gutenberg with the licence
//! around the work, and those of RFCs.

use super::super::front_matter::{self, Entry};
use crate::bibliography::{Date, Name, Work, WorkType};
use crate::document::{Document, Line, Role};
use std::ops::Range;

/// A header has that many lines at most; that of an e-text tells of its rights too.
const LONGEST: usize = 16;
const LONGEST_OF_ETEXT: usize = 400;

/// Reads the header of a text, if there is one: what it states, and the roles of its lines.
pub fn read(document: &mut Document) {
    let Some(first) = (0..document.lines.len()).find(|&i| !text(document, i).trim().is_empty()) else {
        return;
    };
    let stated =
        of_etext(document, first).or_else(|| of_rfc(document, first)).or_else(|| of_labels(document, first));
    if let Some(stated) = stated {
        document.stated = stated;
    }
}

fn text(document: &Document, i: usize) -> &str {
    document.lines.get(i).map_or("", |line| document.line_text(line))
}

/// The lines from `from` on up to a blank one.
fn paragraph(document: &Document, from: usize) -> Range<usize> {
    let count = (from..document.lines.len()).take_while(|&i| !text(document, i).trim().is_empty()).count();
    from..from + count
}

fn give_role(document: &mut Document, lines: Range<usize>, role: Role) {
    document.lines[lines].iter_mut().for_each(|line| line.role = role);
}

/// `Label: value` with a label of up to three words.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_label = !label.is_empty()
        && label.split(' ').count() <= 3
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '(' | ')'));
    (is_label && value.starts_with([' ', '\t'])).then(|| (label, value.trim()))
}

/// The labelled lines among these; an indented line goes on with the one before.
fn entries(document: &Document, lines: Range<usize>) -> Vec<Entry> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in lines.map(|i| text(document, i)) {
        match (labelled(line), found.last_mut()) {
            (Some((label, value)), _) => found.push((label.to_lowercase(), value.to_owned())),
            (None, Some((_, value))) if line.starts_with([' ', '\t']) && !line.trim().is_empty() => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {}
        }
    }
    found.into_iter().map(|(label, value)| entry(&label, value)).collect()
}

/// A label in the words of front matter, and its value.
fn entry(label: &str, value: String) -> Entry {
    match label {
        // `Ada Linden <ada@example.org>`
        "from" => Entry::new(
            "author",
            vec![value.split('<').next().unwrap_or_default().trim_matches([' ', '"']).to_owned()],
        ),
        "subject" => Entry::new("title", vec![value]),
        "author(s)" | "written by" => Entry::new("byline", vec![value]),
        _ => Entry::new(label, vec![value]),
    }
}

/// A block of labelled lines in front of the text, two of which say what the text is.
fn of_labels(document: &mut Document, first: usize) -> Option<Work> {
    let lines = paragraph(document, first);
    if !(2..=LONGEST).contains(&lines.len()) || lines.end == document.lines.len() {
        return None;
    }
    let is_header = lines.clone().all(|i| {
        let line = text(document, i);
        labelled(line).is_some() || i > first && line.starts_with([' ', '\t'])
    });
    let entries = entries(document, lines.clone());
    let (stated, _) = front_matter::stated(&entries);
    let given =
        [stated.title.is_some(), !stated.authors.is_empty(), stated.issued.is_some(), stated.url.is_some()];
    if !is_header || given.iter().filter(|g| **g).count() < 2 {
        return None;
    }
    give_role(document, lines, Role::Byline);
    Some(stated)
}

/// The header of Project Gutenberg. Its release date is that of the e-text; header and licence are not the author's.
fn of_etext(document: &mut Document, first: usize) -> Option<Work> {
    let opens = |line: &str| {
        let line = line.to_lowercase();
        line.contains("project gutenberg")
            && ["ebook", "etext", "e-text", "start of"].iter().any(|w| line.contains(w))
    };
    if !(first..first + 5).any(|i| opens(text(document, i))) {
        return None;
    }
    let edge = |i: &usize, words: &[&str]| {
        let line = text(document, *i).trim_start();
        let marked = line.starts_with(['*', 'E', 'e']) && line.to_lowercase().contains("gutenberg")
            || line.starts_with("*END*");
        marked && words.iter().any(|w| line.to_lowercase().contains(w))
    };
    let reach = first..document.lines.len().min(first + LONGEST_OF_ETEXT);
    let start = reach.clone().find(|i| edge(i, &["start of", "*end*the small print"]));
    let header = match start {
        Some(start) => first..start + 1,
        // Without the line that closes it, the header ends with its last label.
        None => first..reach.take(40).rfind(|&i| labelled(text(document, i)).is_some()).unwrap_or(first) + 1,
    };
    let mut entries = entries(document, header.clone());
    entries.retain(|e| !["release-date", "date", "posting-date", "last-updated"].contains(&e.key.as_str()));
    let mut stated = front_matter::stated(&entries).0;
    if stated.title.is_none() {
        name_by_first_line(&mut stated, text(document, first));
    }
    stated.work_type = WorkType::Book;
    let end =
        (header.end..document.lines.len()).find(|i| edge(i, &["end of"])).unwrap_or(document.lines.len());
    set_aside(document, header, end);
    Some(stated)
}

/// `The Project Gutenberg EBook of A Ride, by Ann Writer`.
fn name_by_first_line(stated: &mut Work, line: &str) {
    let Some((_, rest)) =
        [" EBook of ", " eBook of ", " Etext of ", " eBook, "].iter().find_map(|mark| line.split_once(mark))
    else {
        return;
    };
    let (title, author) = rest.split_once(", by ").unwrap_or((rest, ""));
    stated.title = Some(title.trim().to_owned()).filter(|t| !t.is_empty());
    if stated.authors.is_empty() {
        stated.authors = Name::parse_list(author);
    }
}

/// Gives the paragraphs of the header, and what stands from `end` on, as one line each that is not the author's.
fn set_aside(document: &mut Document, header: Range<usize>, end: usize) {
    let lines = std::mem::take(&mut document.lines);
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut breaks = document.breaks.iter().copied().peekable();
    let mut moved = Vec::with_capacity(document.breaks.len());
    for (i, line) in lines.into_iter().enumerate() {
        while breaks.next_if(|at| *at <= i).is_some() {
            moved.push(kept.len());
        }
        let is_blank = document.text[line.range.clone()].trim().is_empty();
        if is_blank || !(header.contains(&i) || i >= end) {
            kept.push(line);
            continue;
        }
        match kept.last_mut().filter(|last| last.role == Role::Boilerplate) {
            Some(last) => last.range.end = line.range.end,
            None => kept.push(Line { role: Role::Boilerplate, ..line }),
        }
    }
    moved.extend(breaks.map(|_| kept.len()));
    document.lines = kept;
    document.breaks = moved;
}

/// The header of an RFC (RFC 7322, 4.1): what the series is on the left, authors and date on the right, the title below.
fn of_rfc(document: &mut Document, first: usize) -> Option<Work> {
    // Some copies have a line with the number above the header.
    let (at, number) = (first..document.lines.len().min(first + LONGEST)).find_map(|i| {
        let rest = text(document, i).strip_prefix("Request for Comments:")?;
        Some((i, rest.split_whitespace().next()?.parse::<u32>().ok()?))
    })?;
    let blank = (first..at).rfind(|&i| text(document, i).trim().is_empty());
    let header = paragraph(document, blank.map_or(first, |blank| blank + 1));
    let right: Vec<&str> = header
        .clone()
        .filter_map(|i| text(document, i).trim_end().rsplit_once("   ").map(|(_, right)| right.trim()))
        .collect();
    let title_from = (header.end..document.lines.len()).find(|&i| !text(document, i).trim().is_empty())?;
    let title = paragraph(document, title_from);
    let words: Vec<&str> = title.clone().flat_map(|i| text(document, i).split_whitespace()).collect();
    let dated = |part: &&&str| part.split(' ').count() <= 3 && part.ends_with(|c: char| c.is_ascii_digit());
    let work = Work {
        work_type: WorkType::Report,
        title: Some(words.join(" ")).filter(|t| (4..=250).contains(&t.len())),
        authors: right.iter().filter_map(|part| rfc_author(part)).collect(),
        issued: right.iter().filter(dated).find_map(|part| Date::parse(part)),
        number: Some(format!("RFC {number}")),
        ..Work::default()
    };
    give_role(document, first..header.end, Role::Byline);
    give_role(document, title, Role::Title);
    Some(work)
}

/// `A. Writer`, `J. van Dyke, Ed.`: initials, then a family name.
fn rfc_author(part: &str) -> Option<Name> {
    let name = [", Editor", ", Ed.", ", Editors", " (ed)"].iter().find_map(|post| part.strip_suffix(post));
    let name = name.unwrap_or(part);
    let mut words = name.split_whitespace();
    let initial = |w: &str| w.len() <= 5 && w.ends_with('.') && w.starts_with(|c: char| c.is_uppercase());
    let is_name = words.next().is_some_and(initial) && words.next().is_some();
    Name::parse(name).filter(|_| is_name && !name.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::bibliography::{Field, describe};
    use crate::document::Format;
    use crate::passage::{Kind, segment};

    const BODY: &str = "He rode to the pass in the morning, and the pass was closed, and he\nrode back again in the evening and said nothing of it to anyone there.\n";

    fn described(text: &str) -> (Work, Vec<(Kind, String)>) {
        let document = read(text.as_bytes(), Format::Text).unwrap();
        let segmented = segment(&document);
        let passages = segmented.passages.iter().map(|p| (p.kind, p.text.clone())).collect();
        (describe(None, &document, &segmented), passages)
    }

    fn body(passages: &[(Kind, String)]) -> Vec<&str> {
        passages.iter().filter(|(kind, _)| *kind == Kind::Body).map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn an_etext_is_the_work_and_not_its_licence() {
        let text = format!(
            "The Project Gutenberg EBook of The Long Ride, by Ada Linden\n\nThis eBook is for the use of anyone anywhere at no cost and with\nalmost no restrictions whatsoever.\n\nTitle: The Long Ride\n       A Tale\n\nAuthor: Ada Linden\n\nRelease Date: June, 2000\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE LONG RIDE ***\n\n{BODY}\n*** END OF THIS PROJECT GUTENBERG EBOOK THE LONG RIDE ***\n\nUpdated editions will replace the previous one, and the old editions will be renamed.\nNobody owns a copyright in them.\n"
        );
        let (work, passages) = described(&text);
        assert_eq!(work.title.as_deref(), Some("The Long Ride A Tale"));
        assert_eq!(work.authors.iter().map(Name::display).collect::<Vec<_>>(), ["Ada Linden"]);
        assert_eq!(work.issued, None);
        assert_eq!(body(&passages).len(), 1, "{passages:#?}");
        assert!(passages.iter().any(|(kind, text)| *kind == Kind::Boilerplate && text.ends_with("in them.")));
    }

    #[test]
    fn labelled_lines_in_front_are_a_header() {
        let (work, passages) =
            described(&format!("Title: Ports of the North\nAuthor: Ada Linden\nDate: 8 May 2020\n\n{BODY}"));
        assert_eq!(work.title.as_deref(), Some("Ports of the North"));
        assert_eq!(work.authors[0].display(), "Ada Linden");
        assert_eq!(work.issued.unwrap().to_string(), "2020-05-08");
        assert_eq!(body(&passages).len(), 1);
        let mail = "From: Ada Linden <ada@example.org>\nTo: Tomas Reyes <t@example.org>\nSubject: Ports in winter\nDate: Fri, 8 May 2020 10:00:00 +0200\n\n";
        let (work, _) = described(&format!("{mail}{BODY}"));
        assert_eq!((work.title.as_deref(), work.authors.len()), (Some("Ports in winter"), 1));
        let talk = format!("Ada: Where is the port?\nTomas: There it is.\n\n{BODY}");
        assert!(read(talk.as_bytes(), Format::Text).unwrap().stated == Work::default());
    }

    #[test]
    fn an_rfc_is_known_by_its_header() {
        let text = format!(
            "\nRFC 9999\n\nHarbour Working Group                                   A. Linden, Editor\nRequest for Comments: 9999                               Port Authority\nCategory: Informational                                    T. van Reyes\n                                                               May 2020\n\n\n                      A Protocol for Ports\n                           and Roads\n\nStatus of This Memo\n\n{BODY}"
        );
        let (work, _) = described(&text);
        assert_eq!(work.title.as_deref(), Some("A Protocol for Ports and Roads"));
        assert_eq!(work.authors.iter().map(Name::display).collect::<Vec<_>>(), ["A. Linden", "T. van Reyes"]);
        assert_eq!(work.issued.unwrap().to_string(), "2020-05");
        assert!(!work.inferred.contains(&Field::Issued));
    }
}
