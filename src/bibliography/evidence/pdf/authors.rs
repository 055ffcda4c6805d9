//! The authors as they are printed: `By …`, the lines below the title in a type of their own, the notes on the authors
//! or their signature at the end.

use super::labels::{is_body_name, is_date_line, is_label};
use super::lines::{Group, groups, is_capitals, is_same_type, words};
use super::title::PrintedTitle;
use crate::bibliography::Name;
use crate::bibliography::infer::only_names;
use crate::bibliography::name::{is_initials, is_particle};
use crate::document::PrintedLine;
use crate::passage::Passage;
use std::collections::HashSet;

/// Words in front of the names of authors.
const LEADS: &[&str] = &[
    "by ",
    "by:",
    "authors:",
    "author:",
    "author(s):",
    "written by",
    "prepared by:",
    "prepared by",
    "автор:",
    "авторы:",
];
/// Headings of the notes on the authors, in lower case.
const NOTES: &[&str] = &[
    "author information",
    "about the author",
    "about the authors",
    "author contact information",
    "author details",
];
/// How far below the title its authors begin, in sizes of the title's type.
const BELOW: f32 = 9.0;
/// Lines of authors at most.
const MOST_LINES: usize = 24;

/// The printed authors; empty when no line is surely one.
pub fn find(printed: &[PrintedLine], title: Option<&PrintedTitle>) -> Vec<Name> {
    let by = after_lead(printed);
    if !by.is_empty() {
        return by;
    }
    let below = title.map(|title| below_title(printed, title)).unwrap_or_default();
    if !below.is_empty() {
        return below;
    }
    let noted = in_notes(printed);
    if noted.is_empty() { signed(printed) } else { noted }
}

/// The names after `By` and the like, on the first two pages; they may go on in the next lines.
fn after_lead(printed: &[PrintedLine]) -> Vec<Name> {
    (0..2)
        .flat_map(|page| groups(printed, page))
        .map(|group| led(&group))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The names of a group after a lead in one of its lines.
fn led(group: &Group<'_>) -> Vec<Name> {
    let lines = group.lines();
    let Some(at) = lines.iter().position(|line| without_lead(&line.text).is_some() || is_lead(&line.text))
    else {
        return Vec::new();
    };
    let mut text = without_lead(&lines[at].text).unwrap_or_default().to_owned();
    for line in lines.iter().skip(at + 1).take(4) {
        let goes_on = text.is_empty()
            || text.trim_end().ends_with(',')
            || text.ends_with(" and")
            || text.ends_with('&');
        if !goes_on {
            break;
        }
        text = format!("{text} {}", line.text);
    }
    persons(&text)
}

/// Returns true if and only if a line is a lead alone: `Prepared by`.
fn is_lead(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    LEADS.iter().any(|lead| line.trim_end_matches(':') == lead.trim_end_matches([':', ' ']))
}

/// What follows the lead of a line of authors, when that begins like a name.
fn without_lead(line: &str) -> Option<&str> {
    let lead = LEADS
        .iter()
        .find(|lead| line.get(..lead.len()).is_some_and(|start| start.to_lowercase() == **lead))?;
    let rest = line.get(lead.len()..)?.trim_start_matches([':', ' ']);
    rest.starts_with(char::is_uppercase).then_some(rest)
}

/// The lines right below the title that are names in a type of their own.
fn below_title(printed: &[PrintedLine], title: &PrintedTitle) -> Vec<Name> {
    let page: Vec<&PrintedLine> =
        printed.iter().filter(|line| line.page == title.end.0 && line.top > title.end.1 + 0.001).collect();
    let between = |line: &PrintedLine| is_label(&line.text) || is_date_line(&line.text);
    let Some(at) = page.iter().take(MOST_LINES).position(|line| !between(line)) else { return Vec::new() };
    let first = page[at];
    let is_far = (first.top - title.end.1) / first.height.max(1e-4) > BELOW;
    if is_far || is_running_text(&first.text) || title.is_type_of(first) {
        return Vec::new();
    }
    // Lines of one type below each other, and beside each other in columns.
    let mut block = vec![first];
    for line in page.iter().skip(at + 1).take(MOST_LINES) {
        let last = block[block.len() - 1];
        let gap = (line.top - last.top) / line.height.max(1e-4);
        if !is_same_type(first, line) || first.is_italic != line.is_italic || gap > 2.5 {
            break;
        }
        block.push(line);
    }
    let in_row = |lines: &[&PrintedLine]| {
        lines.iter().any(|line| (line.top - first.top).abs() < 0.002 && line.left > first.right)
    };
    let sure = |lines: &[&PrintedLine], names: &[Name]| {
        // The heads of columns look like names in columns.
        names.len() > 1 && !in_row(lines)
            || lines.iter().any(|line| is_marked(&line.text))
            || next_is_affiliation(&page, at + lines.len() - 1)
    };
    // As many of the lines as are all names: those below are of bodies and places.
    (1..=block.len())
        .rev()
        .find_map(|count| {
            let lines = &block[..count];
            let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>();
            let names = persons(&text.join(if in_row(lines) { "; " } else { " " }));
            (!names.is_empty() && sure(lines, &names)).then_some(names)
        })
        .unwrap_or_default()
}

/// Returns true if and only if a line names persons and carries what only lines of authors carry.
pub fn is_surely_author_line(line: &str) -> bool {
    is_marked(line) && !persons(line).is_empty()
}

/// Returns true if and only if a line carries what only lines of authors carry: marks of affiliations, initials,
/// degrees, a place behind a dash.
fn is_marked(line: &str) -> bool {
    let glued = |word: &str| {
        let bare = word.trim_end_matches([',', ';']);
        let marks = bare.trim_end_matches(|c: char| c.is_numeric() || "*†‡§¶#∗".contains(c));
        marks.len() < bare.len() && marks.ends_with(char::is_alphabetic)
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let degree = words.iter().any(|w| {
        let w = w.trim_matches([',', '.']).replace('.', "").to_lowercase();
        matches!(w.as_str(), "phd" | "md" | "msc" | "mphil" | "jd" | "dphil" | "dr" | "prof" | "professor")
    });
    let initials = words.iter().any(|w| w.contains('.') && is_initials(w.trim_end_matches(',')));
    degree || initials || words.iter().any(|w| glued(w)) || name_and_place(line).is_some()
}

/// `NURAY BABACAN – ANKARA`: the name.
fn name_and_place(line: &str) -> Option<&str> {
    let (name, place) = [" – ", " — ", " - "].iter().find_map(|dash| line.split_once(dash))?;
    let capitals =
        |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    (capitals(place) && words(place).len() <= 2 && words(name).len() >= 2).then_some(name)
}

/// Returns true if and only if the line below, in the same column, names a body, an address, or what begins a paper.
fn next_is_affiliation(page: &[&PrintedLine], at: usize) -> bool {
    let line = page[at];
    let overlaps = |other: &&&PrintedLine| {
        other.left < line.right && other.right > line.left && other.top > line.top + 0.001
    };
    let Some(next) = page.iter().skip(at + 1).find(overlaps) else { return false };
    let text = next.text.as_str();
    let first = words(text).first().cloned().unwrap_or_default();
    let place = text.contains('@') || text.split(',').any(|part| is_body_name(part.trim()));
    let begins = matches!(
        first.as_str(),
        "abstract" | "summary" | "резюме" | "аннотация" | "received" | "department" | "faculty"
    );
    place || begins || is_post_line(text) || is_date_line(text)
}

/// Returns true if and only if a line is a sentence or a part of one.
fn is_running_text(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = words.iter().filter(|w| w.starts_with(char::is_lowercase) && !is_particle(w)).count();
    words.len() >= 8 && 2 * small > words.len()
}

/// Returns true if and only if a line says what someone is: `Analyst in Foreign Affairs`, `Reference Librarian`.
pub fn is_post_line(text: &str) -> bool {
    const POSTS: &str = "analyst|specialist|attorney|coordinator|professor|lecturer|fellow|director|librarian|researcher|scientist|\
        economist|associate|assistant|editor|correspondent|reporter|adviser|advisor|consultant|expert|counsel|chair|head|\
        scholar|student|candidate|ambassador|intern|officer|manager|engineer";
    let words = words(text);
    words.len() <= 10 && words.iter().take(5).any(|word| POSTS.split('|').any(|post| post == word))
}

/// The names under the heading of the notes on the authors, each above a line that says what the person is.
fn in_notes(printed: &[PrintedLine]) -> Vec<Name> {
    let is_heading = |line: &PrintedLine| NOTES.contains(&line.text.trim().to_lowercase().as_str());
    let Some(at) = printed.iter().rposition(is_heading) else { return Vec::new() };
    let heading = &printed[at];
    let notes = printed.iter().skip(at + 1);
    let notes: Vec<&PrintedLine> =
        notes.take_while(|line| line.page == heading.page && !is_same_type(line, heading)).take(60).collect();
    let below = |line: &PrintedLine| {
        let same =
            |other: &&&PrintedLine| (other.left - line.left).abs() < 0.02 && other.top > line.top + 0.001;
        notes.iter().find(same).is_some_and(|next| is_post_line(&next.text))
    };
    notes.iter().filter(|line| below(line)).flat_map(|line| persons(&line.text)).collect()
}

/// `Jared G. Tupuola, Analyst in Foreign Affairs`, a line of its own after the text.
fn signed(printed: &[PrintedLine]) -> Vec<Name> {
    let mut names = Vec::new();
    for (at, line) in printed.iter().enumerate() {
        let Some((name, post)) = line.text.split_once(", ") else { continue };
        let begins = post.split_whitespace().next().is_some_and(is_post_line);
        let column = |other: &&PrintedLine| (other.left - line.left).abs() < 0.02 && other.page == line.page;
        let above = printed[..at].iter().rev().find(column);
        let after_sentence = above.is_none_or(|above| {
            above.text.ends_with(['.', '!', '?', '”', ')'])
                || is_signature(&above.text)
                || is_post_line(&above.text)
        });
        let found = persons(name);
        if begins && after_sentence && found.len() == 1 && words(post).len() <= 9 && !post.ends_with('.') {
            names.extend(found);
        }
    }
    if names.len() <= 8 { names } else { Vec::new() }
}

fn is_signature(text: &str) -> bool {
    text.split_once(", ").is_some_and(|(name, post)| is_post_line(post) && !persons(name).is_empty())
}

/// The persons that a line names; empty when anything in it is no name of one, marks, degrees and posts apart.
pub fn persons(line: &str) -> Vec<Name> {
    let line = name_and_place(line).unwrap_or(line);
    if is_label(line) || line.chars().count() > 300 {
        return Vec::new();
    }
    let mut line = spaced(line);
    if is_capitals(&line) {
        line = line.replace(" AND ", " and ");
    }
    let names = only_names(&line);
    let is_person = |name: &Name| {
        let parts = [&name.given, &name.family];
        let whole = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        name.literal.is_none()
            && name.given.is_some()
            && name
                .family
                .as_ref()
                .is_some_and(|family| family.chars().filter(|c| c.is_alphabetic()).count() >= 2)
            && words(&whole).len() <= 6
            && !is_body_name(&whole)
    };
    if names.iter().all(is_person) { names } else { Vec::new() }
}

/// A line of names with the spaces that its setting lost or put in: `D.Temple -Smith` is `D. Temple-Smith`.
fn spaced(line: &str) -> String {
    let line = line.replace(" -", "-");
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '.' && chars.peek().is_some_and(|next| next.is_uppercase()) {
            let mut ahead = chars.clone();
            ahead.next();
            if ahead.next().is_some_and(char::is_lowercase) {
                out.push(' ');
            }
        }
    }
    out
}

/// The words that the pages write in small letters.
pub fn small_words(printed: &[PrintedLine], passages: &[Passage]) -> HashSet<String> {
    let lines = printed.iter().map(|line| line.text.as_str());
    let texts = passages.iter().filter(|p| p.kind.is_citable()).map(|p| p.text.as_str()).take(200);
    let words = lines.chain(texts).flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect()
}

/// Returns true if and only if more than half of the words of a name are written in small letters elsewhere, as those of
/// `Human Rights` are.
pub fn reads_as_words(name: &Name, small_words: &HashSet<String>) -> bool {
    let words: Vec<String> = words(&name.display()).into_iter().filter(|w| w.chars().count() > 2).collect();
    let small = words.iter().filter(|word| small_words.contains(*word)).count();
    !words.is_empty() && 2 * small > words.len()
}

/// Whether a stated author is printed on the pages kept: all words of the name in a row.
pub fn is_printed(name: &Name, printed: &[PrintedLine]) -> bool {
    let wanted = words(&name.display());
    let all: Vec<String> = printed.iter().flat_map(|line| words(&line.text)).collect();
    wanted.len() >= 2 && all.windows(wanted.len()).any(|found| found == wanted.as_slice())
}
