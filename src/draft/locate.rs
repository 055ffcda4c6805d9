//! Whether a locator leads somewhere, and whether a quotation stands there.

use super::Error;
use super::Verdict;
use super::library::{Library, nearest_keys};
use super::parse::{Citation, Locator};
use super::source_text::SourceText;
use crate::index::StoredSource;
use crate::passage::{Citekey, Ordinal};

/// Returns true if and only if a quotation found there stands where the citation says.
pub fn fits(
    library: &Library<'_>,
    key: &Citekey,
    text: &SourceText,
    place: &std::ops::Range<usize>,
    citation: &Citation,
) -> bool {
    match &citation.locator {
        None => true,
        Some(Locator::Paragraph(first, last)) => {
            let from = text.paragraph_at(place.start);
            let to = text.paragraph_at(place.end.saturating_sub(1)).or(from);
            match (from, to) {
                (Some(from), Some(to)) => from <= *last && to >= *first,
                _ => false,
            }
        }
        Some(Locator::Page(label)) => {
            let Some(source) = library.source_of(key.as_str()) else { return false };
            let (Some(a), Some(b)) =
                (text.passage_at(place.start), text.passage_at(place.end.saturating_sub(1)))
            else {
                return false;
            };
            source.pages.is_empty() || (a.pages.0..=b.pages.1).any(|i| page_is(source, i, label))
        }
        Some(Locator::Section(label)) => {
            let Some(source) = library.source_of(key.as_str()) else { return false };
            let within = |at: usize| {
                let path =
                    text.passage_at(at).and_then(|p| source.sections.get(usize::try_from(p.section).ok()?));
                path.is_some_and(|path| path.iter().any(|heading| is_numbered(heading, label)))
            };
            !has_numbers(source) || within(place.start) || within(place.end.saturating_sub(1))
        }
    }
}

/// The number with which a heading begins, `3.1` or `III`, in Arabic numerals.
fn number_of(heading: &str) -> Option<String> {
    let lower = heading.trim().to_lowercase();
    let named = ["section ", "chapter ", "part ", "§"].iter().find_map(|word| lower.strip_prefix(word));
    let first = named.unwrap_or(&lower).split_whitespace().next()?.trim_end_matches(['.', ')', ':']);
    if first.starts_with(|c: char| c.is_ascii_digit())
        && first.chars().all(|c| c.is_ascii_digit() || c == '.')
    {
        return Some(first.to_owned());
    }
    let romans =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];
    let number = romans.iter().position(|r| *r == first)? + 1;
    (first != lower || named.is_some()).then(|| number.to_string())
}

/// Returns true if and only if the heading is that of the section, or of one that holds it.
fn is_numbered(heading: &str, label: &str) -> bool {
    number_of(heading).is_some_and(|number| number == label)
}

/// Returns true if and only if the headings of a source are numbered.
fn has_numbers(source: &StoredSource) -> bool {
    let numbers = source.sections.iter().flatten().filter_map(|heading| number_of(heading));
    numbers.collect::<std::collections::BTreeSet<String>>().len() > 1
}

/// The first and last page of the work itself, where the library gives numbers.
fn own_pages(source: &StoredSource) -> Option<(u32, u32)> {
    let pages = source.work.pages.as_deref()?;
    let (first, last) = pages.split_once(['-', '–', '—']).unwrap_or((pages, pages));
    let (first, last) =
        (first.trim().parse().ok()?, last.trim_start_matches(['-', '–']).trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

/// The label of a page; the number from 1 on where the source's pages have no labels.
fn page_is(source: &StoredSource, index: u32, label: &str) -> bool {
    let Some(page) = usize::try_from(index).ok().and_then(|i| source.pages.get(i)) else { return false };
    match &page.label {
        Some(own) => own.eq_ignore_ascii_case(label),
        None => label.parse() == Ok(u64::from(index) + 1),
    }
}

/// Why a locator leads nowhere in a source; `None` where it does, or may.
fn nowhere(
    library: &mut Library<'_>,
    source: &StoredSource,
    locator: Option<&Locator>,
) -> Result<Option<String>, Error> {
    Ok(match locator {
        _ if !source.has_text() => None,
        Some(Locator::Paragraph(first, last)) => {
            let text = library.text(&source.key)?;
            let numbers = text.passages.iter().filter_map(|p| match p.ordinal {
                Ordinal::Paragraph { number, .. } => Some(number),
                _ => None,
            });
            let highest = numbers.max().unwrap_or(0);
            (*first == 0 || *last > highest).then(|| format!("{} has {highest} paragraphs", source.key))
        }
        Some(Locator::Page(label)) if !source.pages.is_empty() => {
            let count = u32::try_from(source.pages.len()).unwrap_or(u32::MAX);
            let has = (0..count).any(|i| page_is(source, i, label));
            (!has).then(|| format!("{} has no page {label}", source.key))
        }
        Some(Locator::Page(label)) => own_pages(source).and_then(|(first, last)| {
            let outside = label.parse::<u32>().is_ok_and(|page| !(first..=last).contains(&page));
            outside.then(|| format!("{} is on pages {first} to {last}, so not on {label}", source.key))
        }),
        Some(Locator::Section(label)) => {
            let mut headings = source.sections.iter().flatten();
            let missing = has_numbers(source) && !headings.any(|heading| is_numbered(heading, label));
            missing.then(|| format!("{} has no section {label}", source.key))
        }
        None => None,
    })
}

/// The verdict on a citation.
pub fn judge_citation(library: &mut Library<'_>, citation: &Citation) -> Result<(Verdict, String), Error> {
    let Some(source) = library.sources.get(&citation.key).cloned() else {
        let near = nearest_keys(&citation.key, library.sources.keys());
        let hint =
            if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
        let what = if citation.printed.is_some() { "is cited as" } else { "has the citekey" };
        return Ok((Verdict::Unknown, format!("no source {what} `{}`{hint}", citation.key)));
    };
    // The further texts of a work may have the place.
    let mut bad = nowhere(library, &source, citation.locator.as_ref())?;
    for key in &source.texts {
        if let (Some(_), Some(text)) = (&bad, library.source_of(key.as_str()).cloned()) {
            bad = bad.and(nowhere(library, &text, citation.locator.as_ref())?);
        }
    }
    let unseen = match &citation.locator {
        _ if !source.has_text() => "; its text is not among the seeds",
        Some(Locator::Page(_)) if source.pages.is_empty() => "; its page cannot be checked",
        Some(Locator::Section(_)) if !has_numbers(&source) => "; its section cannot be checked",
        _ => "",
    };
    Ok(match bad {
        Some(message) => (Verdict::BadLocator, message),
        None => {
            let name = if source.has_text() { source.path.clone() } else { source.key.to_string() };
            let mut message = source.work.title.unwrap_or(name);
            if !citation.also.is_empty() {
                let keys = citation.keys().collect::<Vec<_>>().join(" or ");
                message = format!("{message}; may be {keys}: a year letter would tell");
            }
            message.push_str(unseen);
            (Verdict::Known, message)
        }
    })
}
