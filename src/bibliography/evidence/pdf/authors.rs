//! Where the authors are printed: after `By`, in the lines below the title, in the notes on the authors or as their
//! signature at the end.

use super::labels::{is_body_name, is_date_line, is_label};
use super::lines::{Group, groups, is_same_type, words};
use super::persons::{is_marked, is_post_line, join_names, names_one_of, persons};
use super::title::PrintedTitle;
use crate::bibliography::Name;
use crate::bibliography::name::is_particle;
use crate::document::PrintedLine;

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
/// How far below the title its authors begin, in sizes of their type.
const BELOW: f32 = 9.0;
/// The distance of lines of names, in sizes of their type.
const PITCH: f32 = 2.5;
/// Lines below the title that are looked at.
const MOST_LINES: usize = 40;

/// The printed authors; empty when no line is surely one. `stated` are the names that the file's fields give, which
/// tell a line of authors where nothing else does.
pub fn find(printed: &[PrintedLine], title: Option<&PrintedTitle>, stated: &[Name]) -> Vec<Name> {
    let ways: [&dyn Fn() -> Vec<Name>; 5] = [
        &|| after_lead(printed),
        &|| title.map(|title| below_title(printed, title)).unwrap_or_default(),
        &|| in_notes(printed),
        &|| signed(printed),
        &|| around_stated(printed, stated),
    ];
    ways.iter().map(|way| way()).find(|names| !names.is_empty()).unwrap_or_default()
}

/// The names after `By` and the like, on the first two pages; they may go on in the next lines.
fn after_lead(printed: &[PrintedLine]) -> Vec<Name> {
    let groups = (0..2).flat_map(|page| groups(printed, page));
    groups.map(|group| led(&group)).find(|names| !names.is_empty()).unwrap_or_default()
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
    persons(text.trim())
}

/// What follows the lead of a line of authors, when that begins like a name.
fn without_lead(line: &str) -> Option<&str> {
    let lead = LEADS
        .iter()
        .find(|lead| line.get(..lead.len()).is_some_and(|start| start.to_lowercase() == **lead))?;
    let rest = line.get(lead.len()..)?.trim_start_matches([':', ' ']);
    rest.starts_with(char::is_uppercase).then_some(rest)
}

/// Returns true if and only if a line is a lead alone: `Prepared by`.
fn is_lead(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    LEADS.iter().any(|lead| line.trim_end_matches(':') == lead.trim_end_matches([':', ' ']))
}

/// The lines right below the title that are names.
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
    block_of_names(&page[at..], false)
}

/// The lines around one that names an author whom the file's fields state.
fn around_stated(printed: &[PrintedLine], stated: &[Name]) -> Vec<Name> {
    let is_stated = |line: &&PrintedLine| names_one_of(&line.text, stated);
    let Some(anchor) = printed.iter().filter(|line| line.page < 2).find(is_stated) else { return Vec::new() };
    let page: Vec<&PrintedLine> =
        printed.iter().filter(|line| line.page == anchor.page && line.top >= anchor.top - 0.001).collect();
    block_of_names(&page, true)
}

/// The names in the lines of one type that begin with the first, and in later ones of that type that are each followed by an
/// affiliation. Unless the block is `known` to be one of names, something must tell that it is.
fn block_of_names(page: &[&PrintedLine], known: bool) -> Vec<Name> {
    let first = page[0];
    let is_alike = |line: &PrintedLine| is_same_type(first, line) && first.is_italic == line.is_italic;
    let mut block = vec![first];
    for line in page.iter().skip(1).take(MOST_LINES) {
        let gap = (line.top - block[block.len() - 1].top) / line.height.max(1e-4);
        // Names in columns may differ a little in type.
        let in_row = (line.top - first.top).abs() < 0.4 * first.height && !persons(&line.text).is_empty();
        if !(is_alike(line) || in_row) || gap > PITCH {
            break;
        }
        block.push(line);
    }
    let in_row = |lines: &[&PrintedLine]| {
        lines.iter().any(|line| (line.top - first.top).abs() < 0.4 * first.height && line.left > first.right)
    };
    let is_sure = |lines: &[&PrintedLine], names: &[Name]| {
        // The heads of columns look like names in columns.
        known
            || names.len() > 1 && !in_row(lines)
            || lines.iter().any(|line| is_marked(&line.text))
            || next_is_affiliation(page, lines.len() - 1)
    };
    // As many of the lines as are all names: those below are of bodies and places.
    for count in (1..=block.len()).rev() {
        let mut names = persons(&join_names(&block[..count]));
        if !names.is_empty() && is_sure(&block[..count], &names) {
            names.extend(later_names(page, count, &is_alike));
            return names;
        }
    }
    Vec::new()
}

/// Names in lines further down, each above or before its own affiliation, up to the running text.
fn later_names(page: &[&PrintedLine], from: usize, is_alike: &impl Fn(&PrintedLine) -> bool) -> Vec<Name> {
    let mut names = Vec::new();
    for (at, line) in page.iter().enumerate().skip(from).take(MOST_LINES) {
        if is_running_text(&line.text) || begins_text(&line.text) {
            break;
        }
        if is_alike(line) && next_is_affiliation(page, at) {
            names.extend(persons(&line.text));
        }
    }
    names
}

/// Returns true if and only if a line opens the text of a paper.
fn begins_text(text: &str) -> bool {
    let first = words(text).first().cloned().unwrap_or_default();
    matches!(first.as_str(), "abstract" | "summary" | "introduction" | "резюме" | "аннотация" | "contents")
}

/// Returns true if and only if the line below, in the same column, names a body, an address, or what begins a paper.
fn next_is_affiliation(page: &[&PrintedLine], at: usize) -> bool {
    let line = page[at];
    let below = |other: &&&PrintedLine| {
        other.left < line.right && other.right > line.left && other.top > line.top + 0.001
    };
    let Some(next) = page.iter().skip(at + 1).find(below) else { return false };
    let text = next.text.as_str();
    let first = words(text).first().cloned().unwrap_or_default();
    let place = text.contains('@') || text.split(',').any(|part| is_body_name(part.trim()));
    let begins =
        begins_text(text) || matches!(first.as_str(), "received" | "department" | "faculty" | "school");
    place || begins || is_post_line(text) || is_date_line(text)
}

/// Returns true if and only if a line is a sentence or a part of one.
fn is_running_text(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = words.iter().filter(|w| w.starts_with(char::is_lowercase) && !is_particle(w)).count();
    words.len() >= 8 && 2 * small > words.len()
}

/// The names under the heading of the notes on the authors, each above a line that says what the person is.
fn in_notes(printed: &[PrintedLine]) -> Vec<Name> {
    let is_heading = |line: &PrintedLine| NOTES.contains(&line.text.trim().to_lowercase().as_str());
    let Some(at) = printed.iter().rposition(is_heading) else { return Vec::new() };
    let heading = &printed[at];
    let notes = printed.iter().skip(at + 1);
    let notes: Vec<&PrintedLine> =
        notes.take_while(|line| line.page == heading.page && !is_same_type(line, heading)).take(60).collect();
    let is_above_post = |line: &PrintedLine| {
        let below =
            |other: &&&PrintedLine| (other.left - line.left).abs() < 0.02 && other.top > line.top + 0.001;
        notes.iter().find(below).is_some_and(|next| is_post_line(&next.text))
    };
    notes.iter().filter(|line| is_above_post(line)).flat_map(|line| persons(&line.text)).collect()
}

/// `Ada Linden, Analyst in Foreign Affairs`, each on a line of its own after the text.
fn signed(printed: &[PrintedLine]) -> Vec<Name> {
    let mut names = Vec::new();
    for (at, line) in printed.iter().enumerate() {
        let Some((name, post)) = line.text.split_once(", ") else { continue };
        let begins = post.split_whitespace().next().is_some_and(is_post_line);
        let column = |other: &&PrintedLine| (other.left - line.left).abs() < 0.02 && other.page == line.page;
        let above = printed[..at].iter().rev().find(column).map_or(".", |above| above.text.as_str());
        let after_text =
            above.ends_with(['.', '!', '?', '”', ')']) || is_signature(above) || is_post_line(above);
        let found = persons(name);
        if begins && after_text && found.len() == 1 && words(post).len() <= 9 && !post.ends_with('.') {
            names.extend(found);
        }
    }
    if names.len() <= 8 { names } else { Vec::new() }
}

fn is_signature(text: &str) -> bool {
    text.split_once(", ").is_some_and(|(name, post)| is_post_line(post) && !persons(name).is_empty())
}

/// Whether a stated author is printed on the pages kept: all words of the name in a row.
pub fn is_printed(name: &Name, printed: &[PrintedLine]) -> bool {
    let wanted = words(&name.display());
    let all: Vec<String> = printed.iter().flat_map(|line| words(&line.text)).collect();
    wanted.len() >= 2 && all.windows(wanted.len()).any(|found| found == wanted.as_slice())
}
