//! Who issued the work: the journal of a running head, the letterhead, the body named at the foot of a cover.

use super::dates::{is_meeting, is_periodical};
use super::labels::{is_body_name, is_label, is_volume_line};
use super::lines::{groups, has_cover, is_capitals, is_isolated, is_title_case, join, words};
use super::persons::persons;
use super::title::PrintedTitle;
use crate::document::PrintedLine;

/// The distance to the authors, in sizes of type, from which a body below them is not their affiliation.
const APART: f32 = 3.5;

/// The journal or series whose volume a line at an edge of the first pages gives, or the meeting it names.
pub fn journal(printed: &[PrintedLine]) -> Option<String> {
    let edge = |line: &&PrintedLine| line.page < 2 && (line.top < 0.15 || line.top > 0.85);
    printed
        .iter()
        .filter(edge)
        .find_map(|line| before_volume(&line.text).or_else(|| above_volume(line, printed)))
        .or_else(|| printed.iter().filter(|line| line.page == 0).find_map(|line| before_numbers(&line.text)))
        .or_else(|| {
            let mut heads = printed.iter().filter(|line| line.page == 0 && line.top < 0.1);
            heads.find(|line| is_whole_meeting(&line.text)).map(|line| line.text.clone())
        })
}

/// Returns true if and only if a line names a meeting and nothing else: `2010 International Conference on Ports`.
fn is_whole_meeting(text: &str) -> bool {
    let first = words(text).first().cloned().unwrap_or_default();
    let opens = !matches!(
        first.as_str(),
        "to" | "submission" | "submitted" | "accepted" | "presented" | "in" | "appears"
    );
    let last = text.split_whitespace().last().unwrap_or_default();
    is_meeting(text) && opens && !text.contains([';', '(']) && last.starts_with(|c: char| !c.is_lowercase())
}

/// The name above a line that has the volume only: `Federal Register` above `Vol. 85, No. 152`.
fn above_volume(line: &PrintedLine, printed: &[PrintedLine]) -> Option<String> {
    let first = words(&line.text);
    let counts = first.get(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    if !is_volume_line(&line.text) || !counts || !matches!(first[0].as_str(), "vol" | "volume") {
        return None;
    }
    let close = |other: &&PrintedLine| {
        let gap = (line.top - other.top) / line.height.max(1e-4);
        other.page == line.page && (other.left - line.left).abs() < 0.02 && (0.3..3.0).contains(&gap)
    };
    let above = printed.iter().rfind(close)?;
    // The last line of a longer name is not the name.
    if !is_isolated(above, printed, |_| false) {
        return None;
    }
    let name = above.text.trim();
    let plain = name.chars().all(|c| c.is_alphabetic() || " &-–’'.".contains(c));
    (plain && is_title_case(name) && (2..=8).contains(&words(name).len()) && !is_label(name))
        .then(|| name.to_owned())
}

/// `Z. Naturforsch. 54 a, 272-273 (1999)`, `Published in J. Environ. Qual. 33:2192–2200 (2004).`: what precedes the numbers.
fn before_numbers(text: &str) -> Option<String> {
    let text = text.strip_prefix("Published in ").unwrap_or(text);
    let name = text.get(..text.find(|c: char| c.is_ascii_digit())?)?.trim().trim_end_matches(',');
    let short =
        (2..=8).contains(&words(name).len()) && name.contains('.') && name.starts_with(char::is_uppercase);
    (is_periodical(text) && short && !name.contains([':', ';', '('])).then(|| name.to_owned())
}

/// `JOURNAL OF GEOPHYSICAL RESEARCH, VOL. 110, …` -> `JOURNAL OF GEOPHYSICAL RESEARCH`.
fn before_volume(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let at = [" vol.", " vol ", " volume ", ",vol."].iter().filter_map(|word| lower.find(word)).min()?;
    let name = text.get(..at)?.trim().trim_end_matches([',', ';', '.', '—', '–', '-', '|']).trim();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let plain = !name.contains(|c: char| c.is_ascii_digit()) && letters >= 8 && words(name).len() >= 2;
    (plain && is_title_case(name) && words(name).len() <= 10).then(|| name.to_owned())
}

/// The body that issued the work: a letterhead above the title, or on a cover the body named below title and
/// authors. Below the title of a paper it is the affiliation of an author.
pub fn body(printed: &[PrintedLine], title: Option<&PrintedTitle>) -> Option<String> {
    stated(printed).or_else(|| {
        let title = title.filter(|title| title.end.0 == 0)?;
        let groups = groups(printed, 0);
        let named = |line: &&PrintedLine| is_body_name(&line.text) && !is_part(&line.text);
        let lines = || groups.iter().flat_map(|group| group.lines()).copied();
        let above = lines().filter(|line| line.top < title.top - 0.5 * line.height).find(named);
        let is_cover = has_cover(printed);
        // Several lines in small type are the affiliations of authors.
        let alone =
            groups.iter().filter(|group| group.lines().len() <= 2).flat_map(|group| group.lines()).copied();
        let is_affiliation = |line: &PrintedLine| {
            let near = |other: &&PrintedLine| (0.001..APART * line.height).contains(&(line.top - other.top));
            lines().filter(near).any(|other| !persons(&other.text).is_empty())
        };
        let mut below = alone.filter(|line| is_cover && line.top > title.end.1 && !is_affiliation(line));
        let found = above.or_else(|| below.find(named))?;
        Some(clean(&found.text))
    })
}

/// `This report was prepared by the Northern Research Service (NRS).`, on the first two pages and the last.
fn stated(printed: &[PrintedLine]) -> Option<String> {
    const LEADS: [&str; 4] =
        [" prepared by the ", " published by the ", " issued by the ", " produced by the "];
    const WORKS: [&str; 6] = ["document", "report", "paper", "publication", "study", "brief"];
    let text = join(printed.iter().map(|line| line.text.as_str()));
    let named = |lead: &&str| {
        text.match_indices(*lead).find_map(|(at, _)| {
            // `This report was`, `the present study has been`
            let subject = words(text.get(..at)?);
            let is_work = subject.iter().rev().take(4).any(|word| WORKS.contains(&word.as_str()));
            let rest = text.get(at + lead.len()..)?;
            let end = rest.find(['(', ',', ';']).or_else(|| rest.find(". ")).filter(|end| *end <= 80)?;
            let name = rest.get(..end)?.trim();
            (is_work && is_body_name(name)).then(|| clean(name))
        })
    };
    LEADS.iter().find_map(named)
}

/// Returns true if and only if a name is that of a part of a body, which issues nothing by itself.
fn is_part(name: &str) -> bool {
    let words = words(name);
    let of_university = words.windows(2).any(|pair| {
        matches!(pair[0].as_str(), "department" | "faculty" | "school" | "college") && pair[1] == "of"
    }) && !matches!(words.first().map(String::as_str), Some("u" | "us" | "united"));
    let last = words.last().map(String::as_str).unwrap_or_default();
    matches!(last, "division" | "department" | "faculty" | "school" | "section" | "branch")
        || of_university && words.iter().any(|word| is_discipline(word))
}

/// Returns true if and only if a word names a branch of learning, as the departments of universities are called after.
fn is_discipline(word: &str) -> bool {
    const DISCIPLINES: &str = "computer|computing|physics|mathematics|economics|political|history|chemistry|engineering|\
        electrical|biology|statistics|sociology|law|medicine|philosophy|psychology|linguistics|geography|sciences|science|\
        informatics|business|arts|humanities|education";
    DISCIPLINES.split('|').any(|discipline| discipline == word)
}

fn clean(name: &str) -> String {
    let name = name.split('(').next().unwrap_or_default();
    let name = if is_capitals(name) { name } else { name.split(',').next().unwrap_or_default() };
    name.trim().trim_end_matches(['*', '†', ',', '.']).trim().to_owned()
}
