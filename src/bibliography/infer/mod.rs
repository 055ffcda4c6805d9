//! [`infer`]: what a document's text shows of the work, for what nothing states. Only what stands in the text is
//! taken, and only from where a document says such things: its front matter and its dateline.

mod byline;
mod labelled;
mod language;
mod person;
mod title;

pub(crate) use self::byline::names as byline_names;
use self::labelled::{Label, labelled};
use super::library::bare_doi;
use super::{Date, Name, Work, WorkType};
use crate::passage::{FrontRole, Kind, Passage, Segmented};

/// Front matter reaches this far at most.
const REACH: usize = 40;

/// The names of a line that holds nothing but names with their posts, degrees and marks; empty for any other line.
pub(super) fn only_names(line: &str) -> Vec<Name> {
    byline::only_names(line)
}

/// A title printed in capitals throughout with the capitals that its words have in the running text; others as they are.
pub(super) fn settle_capitals(title: &str, segmented: &Segmented) -> String {
    title::settle_capitals(title, segmented)
}

/// Title, authors, date, publisher, address, DOI and language as the text shows them; what it does not show is
/// absent. See [`evidence`](super::evidence) for how it is used.
pub fn infer(segmented: &Segmented) -> Work {
    let front = || segmented.passages.iter().take(REACH).filter(|p| p.kind == Kind::Front);
    let with = |role: FrontRole| front().filter(move |p| p.front == Some(role));
    let first_text = segmented.passages.iter().find(|p| p.kind.is_citable());
    let dateline = first_text.and_then(|p| dateline(&p.text));
    let dated = issued(with(FrontRole::Date));
    // `date 2024-11-16` on a line of its own, `ISLAMABAD: …` on the next.
    let place = first_text.and_then(|p| lead(&p.text)).is_some_and(opens_with_place);
    let news = dateline.is_some_and(|d| d.place) || place && dated.is_some_and(|d| d.day.is_some());
    let announced = |label: Label| {
        let lines = front().filter_map(|p| labelled(&p.text));
        lines.filter(move |(found, _)| *found == label).map(|(_, value)| value)
    };
    let named: Vec<Name> = announced(Label::Authors).flat_map(byline::names).collect();
    let authors = match named.is_empty() {
        true => person::authors(with(FrontRole::Author), segmented),
        false => named,
    };
    let title = title::title(with(FrontRole::Title), segmented)
        .filter(|title| !person::is_letterhead(title, with(FrontRole::Author), segmented));
    Work {
        work_type: if news { WorkType::ArticleNewspaper } else { WorkType::Document },
        title,
        authors,
        issued: dated
            .or_else(|| announced(Label::Date).find_map(Date::parse))
            .or(dateline.map(|d| d.date))
            .or_else(|| with(FrontRole::Author).find_map(|p| full_date(&p.text)))
            .or_else(|| front().find_map(|p| copyright(&p.text)).map(|c| c.0)),
        publisher: announced(Label::Publisher)
            .find_map(|value| publisher(&format!("Publisher: {value}")))
            .or_else(|| front().find_map(|p| publisher(&p.text))),
        url: front().find_map(|p| address(&p.text)),
        doi: segmented.passages.iter().take(REACH).find_map(doi),
        language: language::language(segmented),
        ..Work::default()
    }
}

/// The date of the best date line: a day of publication before one of receipt or change.
fn issued<'p>(lines: impl Iterator<Item = &'p Passage>) -> Option<Date> {
    let rank = |text: &str| {
        let text = text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        match () {
            () if has(&["accessed", "retrieved", "received", "submitted", "printed"]) => 3,
            // The life of a person.
            () if has(&["born", "birth", "died", "dob"]) => 3,
            () if has(&["accepted", "revised", "updated", "modified"]) => 2,
            () if has(&["published", "posted", "date", "issued"]) => 0,
            () => 1,
        }
    };
    let dated = lines.filter_map(|p| Date::parse(&p.text).map(|date| (rank(&p.text), date)));
    // What is only known of the writing or reading says nothing of the publication.
    dated.filter(|(rank, _)| *rank < 3).min_by_key(|(rank, _)| *rank).map(|(_, date)| date)
}

/// A date that says its day, in a text that holds little besides.
fn full_date(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let of_life = ["born", "birth", "died"].iter().any(|word| lower.contains(word));
    Date::parse(text).filter(|date| date.day.is_some() && text.len() < 160 && !of_life)
}

/// What a news text begins with.
#[derive(Clone, Copy)]
struct Dateline {
    date: Date,
    /// A place in capitals stands beside the date.
    place: bool,
}

/// What stands before the colon or dash of a first paragraph, when that is little.
fn lead(text: &str) -> Option<&str> {
    let ends = [": ", " – ", " — ", " - ", " -- "];
    let end = ends.iter().filter_map(|mark| text.find(mark)).min()?;
    text.get(..end).filter(|lead| lead.len() <= 70)
}

fn is_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 4 && letters.clone().all(char::is_uppercase)
}

/// Returns true if and only if a lead begins as datelines do: `ISLAMABAD`, `NEW DELHI`.
fn opens_with_place(lead: &str) -> bool {
    lead.split(|c: char| !c.is_alphanumeric()).find(|w| w.len() > 3).is_some_and(is_capitals)
}

/// The dateline in front of a first paragraph: `date 2024-11-16 ISLAMABAD: …`, `MINSK, 3 May 2019 (BelTA) – …`.
fn dateline(text: &str) -> Option<Dateline> {
    let line = lead(text)?;
    let date = Date::parse(line).filter(|date| date.day.is_some())?;
    let place = line.split(|c: char| !c.is_alphanumeric()).any(is_capitals);
    let first = line.split_whitespace().next().unwrap_or_default();
    let begins = first.starts_with(|c: char| c.is_ascii_digit())
        || ["date", "dated", "published", "posted"].contains(&first.to_lowercase().trim_end_matches(':'))
        || super::date::month_number(first).is_some();
    (place || begins).then_some(Dateline { date, place })
}

/// Year and holder of `© 2021 Institute of X`, `Copyright 2019 by Y`.
fn copyright(text: &str) -> Option<(Date, String)> {
    let at = text.find('©').or_else(|| text.find("Copyright"))?;
    let rest = text.get(at..)?;
    let year = super::references::year_at(rest)?;
    let date = Date::parse(rest.get(year.clone())?)?;
    let holder =
        rest.get(year.end..)?.trim_start_matches(|c: char| c.is_whitespace() || ",.;:-–".contains(c));
    let holder = holder.strip_prefix("by ").unwrap_or(holder);
    let holder = holder.split(". ").next().unwrap_or_default().trim().trim_end_matches('.');
    Some((date, holder.to_owned()))
}

/// `Published by X`, `Publisher: X`, or the holder of the copyright when it is a body.
fn publisher(text: &str) -> Option<String> {
    let named = ["Published by", "Publisher:", "PUBLISHED BY"].iter().find_map(|words| {
        let at = text.find(words)?;
        let rest = text.get(at + words.len()..)?.trim_start_matches([':', ' ']);
        let name = rest.split([',', ';', '|', '\n']).next()?.split(". ").next()?.trim().trim_end_matches('.');
        (2..=120).contains(&name.len()).then(|| name.to_owned())
    });
    named.or_else(|| copyright(text).map(|c| c.1).filter(|h| h.len() <= 120 && super::name::is_body(h)))
}

/// The address of a front line that holds nothing else: `https://…`, `Source: https://…`, `Available at …`.
fn address(text: &str) -> Option<String> {
    let at = text.find("http://").or_else(|| text.find("https://"))?;
    let (lead, rest) = text.split_at_checked(at)?;
    let mut words = rest.split_whitespace();
    let address = words.next()?.trim_end_matches(['.', ',', ')', '>', ']']);
    let lead = lead.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let own = ["", "url", "source", "available at", "available from", "permalink", "link", "retrieved from"];
    let alone = own.contains(&lead.as_str()) && words.next().is_none();
    (alone && !address.contains("doi.org/")).then(|| address.to_owned())
}

/// The DOI of a front line, or of a running head or foot that is one.
fn doi(passage: &Passage) -> Option<String> {
    let text = passage.text.trim_start_matches(['<', '(', '[']);
    let starts =
        ["doi", "DOI", "https://doi.org/", "http://doi.org/", "http://dx.doi.org/", "https://dx.doi.org/"];
    let own = match passage.kind {
        Kind::Front => text.contains("doi") || text.contains("DOI"),
        Kind::Boilerplate => starts.iter().any(|start| text.starts_with(start)),
        _ => false,
    };
    let doi = own.then(|| bare_doi(text)).flatten()?;
    let doi = doi.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ')', '>', ']']);
    doi.contains('/').then(|| doi.to_owned())
}

#[cfg(test)]
mod tests;
