//! The verdict on one quotation.

use super::align::Near;
use super::beside::Beside;
use super::fold::word_count;
use super::grave::{Concealed, concealed, grave};
use super::library::{Library, nearest_keys};
use super::locate::fits;
use super::parse::{Citation, Unread};
use super::source_text::{Place, SourceText};
use super::words::without_joints;
use super::{Error, Verdict};
use crate::passage::{Citekey, Ordinal, PassageId};
use std::rc::Rc;

/// Fewest words of a quotation that can be told from chance.
const SHORTEST: usize = 4;
/// Share of words that must stand together for a quotation to be an altered one.
pub const ALIKE: f64 = 0.6;
/// Most characters of a citation that are shown.
const LONGEST: usize = 60;

/// A verdict, what to say, and the passage or source.
pub type Judgement = (Verdict, String, Option<String>);

/// The verdict on a quotation; `None` when there is nothing to find: a few words that nothing cites.
///
/// # Errors
/// [`Error::Corpus`].
pub fn judge(
    library: &mut Library<'_>,
    quote: &str,
    beside: &Beside<'_>,
) -> Result<Option<Judgement>, Error> {
    if word_count(quote) < SHORTEST {
        return judge_short(library, quote, beside);
    }
    if let Some(key) = library.titled(quote) {
        return Ok(Some((Verdict::Verbatim, format!("the title of {key}"), Some(key.to_owned()))));
    }
    let cited = cited(library, beside);
    let texts = library.texts_of(cited.iter());
    let keys = library.candidates(quote, &texts)?;
    if let Some(found) = verbatim(library, quote, beside, &texts, &keys)? {
        return Ok(Some(found));
    }
    if let Some(found) = recased(library, &keys, quote)? {
        return Ok(Some(found));
    }
    if let Some(found) = nearly(library, &keys, quote)? {
        return Ok(Some(found));
    }
    if let Some(unread) = only_unread(beside) {
        return Ok(Some((Verdict::Unchecked, unread, None)));
    }
    if !beside.citations.is_empty() && cited.is_empty() {
        return Ok(Some((Verdict::Unchecked, "its source is not indexed".to_owned(), None)));
    }
    if let Some(key) = without_text(library, &cited) {
        return Ok(Some((Verdict::Unchecked, format!("the text of {key} is not among the seeds"), None)));
    }
    Ok(Some((Verdict::Missing, "no source says this".to_owned(), None)))
}

/// The first of the works cited whose text the index does not have.
fn without_text<'k>(library: &Library<'_>, cited: &'k [Citekey]) -> Option<&'k Citekey> {
    cited.iter().find(|key| library.sources.get(key.as_str()).is_some_and(|s| !s.has_text()))
}

/// The sources that the citations may mean.
fn cited(library: &Library<'_>, beside: &Beside<'_>) -> Vec<Citekey> {
    let read = beside.citations.iter().filter(|c| c.unread.is_none());
    let known = read.flat_map(|c| c.keys()).filter_map(|k| library.sources.get(k));
    known.map(|s| s.key.clone()).collect()
}

/// What to say when nothing is beside a quotation but what could not be read.
fn only_unread(beside: &Beside<'_>) -> Option<String> {
    let first = beside.citations.first()?;
    if beside.citations.iter().any(|c| c.unread.is_none()) {
        return None;
    }
    let mut shown: String = first.key.chars().take(LONGEST).collect();
    if shown.len() < first.key.len() {
        shown.push('…');
    }
    let shown = if shown.trim().is_empty() { String::new() } else { format!(": {}", shown.trim()) };
    Some(format!("the citation beside it could not be read{shown}"))
}

/// A few words: looked up in the passage cited, if a citation is beside them.
fn judge_short(
    library: &mut Library<'_>,
    quote: &str,
    beside: &Beside<'_>,
) -> Result<Option<Judgement>, Error> {
    if !quote.contains(char::is_alphabetic) && !quote.contains(char::is_numeric) {
        return Ok(None);
    }
    if let Some(unread) = only_unread(beside) {
        let certain = beside.citations.iter().any(|c| c.unread == Some(Unread::Certain));
        return Ok((certain && beside.is_adjacent).then_some((Verdict::Unchecked, unread, None)));
    }
    let cited = cited(library, beside);
    let texts = library.texts_of(cited.iter());
    let found = verbatim(library, quote, beside, &texts, &texts)?;
    if let Some(found) = found.filter(|(verdict, ..)| beside.is_adjacent || verdict.is_good()) {
        return Ok(Some(found));
    }
    if !beside.is_adjacent {
        return Ok(None);
    }
    if cited.is_empty() {
        return Ok(Some((Verdict::Unchecked, "its source is not indexed".to_owned(), None)));
    }
    if let Some(found) = recased(library, &texts, quote)? {
        return Ok(Some(found));
    }
    if let Some(key) = without_text(library, &cited) {
        return Ok(Some((Verdict::Unchecked, format!("the text of {key} is not among the seeds"), None)));
    }
    let names: Vec<&str> = cited.iter().map(Citekey::as_str).collect();
    Ok(Some((Verdict::Missing, format!("{} does not say this", names.join(" or ")), None)))
}

/// A quotation that one of the sources says word for word: where the citation says, or elsewhere.
fn verbatim(
    library: &mut Library<'_>,
    quote: &str,
    beside: &Beside<'_>,
    cited: &[Citekey],
    keys: &[Citekey],
) -> Result<Option<Judgement>, Error> {
    let mut elsewhere: Option<Judgement> = None;
    let mut hiding: Option<Judgement> = None;
    for key in keys {
        let text = library.text(key)?;
        let (open, concealing) = told_apart(text.verbatim(quote));
        if let (None, Some((place, concealed))) = (open.first(), concealing.first()) {
            let id = id_at(key, &text, place.range.start);
            let message = format!("differs from {id}: {}", concealed.grave.join(", "));
            let judgement = (Verdict::Altered, message, Some(id));
            if cited.contains(key) {
                return Ok(Some(judgement));
            }
            hiding.get_or_insert(judgement);
        }
        if open.is_empty() {
            continue;
        }
        let judgement = stands(library, key, &text, &open, beside);
        if judgement.0.is_good() {
            return Ok(Some(judgement));
        }
        elsewhere.get_or_insert(judgement);
    }
    Ok(elsewhere.or(hiding))
}

/// The verdict on a quotation that a source says at these places, the first of which is there.
fn stands(
    library: &Library<'_>,
    key: &Citekey,
    text: &Rc<SourceText>,
    places: &[(Place, Concealed)],
    beside: &Beside<'_>,
) -> Judgement {
    let found = |(place, concealed): &(Place, Concealed), verdict, say: &dyn Fn(&str) -> String| {
        let id = id_at(key, text, place.range.start);
        (verdict, said(say(&id), concealed), Some(id))
    };
    let Some(first) = places.first() else {
        return (Verdict::Missing, "no source says this".to_owned(), None);
    };
    if beside.citations.is_empty() {
        return found(first, Verdict::Verbatim, &|id| format!("in {id}; no citation beside it"));
    }
    if let Some(unread) = only_unread(beside) {
        return found(first, Verdict::Unchecked, &|id| format!("in {id}, but {unread}"));
    }
    let at = |citations: &[&Citation]| {
        places.iter().find(|(p, _)| citations.iter().any(|c| fits(library, key, text, &p.range, c)))
    };
    let citing: Vec<&Citation> =
        beside.citations.iter().copied().filter(|c| c.is_of(library.work_of(key.as_str()))).collect();
    if let Some(place) = at(&citing) {
        return found(place, Verdict::Verbatim, &|id| format!("in {id}"));
    }
    // A misspelt citekey is a finding of its own.
    let misspelt: Vec<&Citation> =
        beside.citations.iter().copied().filter(|c| is_misspelt(library, c, key)).collect();
    if let (Some(place), Some(citation)) = (at(&misspelt), misspelt.first()) {
        return found(place, Verdict::Verbatim, &|id| {
            format!("in {id}, if `{}` is to be {key}", citation.key)
        });
    }
    found(first, Verdict::Elsewhere, &|id| format!("verbatim, but in {id}, not where the citation says"))
}

/// Returns true if and only if a citation by a key that no source has is likest to this one.
fn is_misspelt(library: &Library<'_>, citation: &Citation, key: &Citekey) -> bool {
    let unknown = citation.printed.is_none()
        && citation.unread.is_none()
        && !library.sources.contains_key(&citation.key);
    unknown && nearest_keys(&citation.key, library.sources.keys()).first() == Some(&format!("`{key}`"))
}

/// A quotation most of whose words stand together in a source.
fn nearly(library: &mut Library<'_>, keys: &[Citekey], quote: &str) -> Result<Option<Judgement>, Error> {
    let mut best: Option<(Citekey, Near)> = None;
    for key in keys {
        if let Some(near) = library.text(key)?.nearest(quote)
            && best.as_ref().is_none_or(|(_, b)| near.similarity > b.similarity)
        {
            best = Some((key.clone(), near));
        }
    }
    let Some((key, near)) = best.filter(|(_, n)| n.similarity >= ALIKE) else { return Ok(None) };
    let text = library.text(&key)?;
    let id = id_at(&key, &text, near.at);
    Ok(Some((Verdict::Altered, altered(&id, &near.differences), Some(id))))
}

/// Places that hide nothing of weight, and those that do.
#[allow(clippy::type_complexity)]
fn told_apart(places: Vec<Place>) -> (Vec<(Place, Concealed)>, Vec<(Place, Concealed)>) {
    let told = places.into_iter().map(|place| {
        let concealed = concealed(&place.hidden);
        (place, concealed)
    });
    told.partition(|(_, concealed)| concealed.grave.is_empty())
}

fn said(mut message: String, concealed: &Concealed) -> String {
    for note in &concealed.notes {
        message.push_str("; ");
        message.push_str(note);
    }
    message
}

/// A quotation of which only the first letter's case differs: altered, but easily mended.
fn recased(library: &mut Library<'_>, keys: &[Citekey], quote: &str) -> Result<Option<Judgement>, Error> {
    let quote = &without_joints(quote);
    let Some(first) = quote.chars().next().filter(|c| c.is_alphabetic()) else { return Ok(None) };
    let rest = quote.get(first.len_utf8()..).unwrap_or_default();
    let bracketed = format!("[{first}]{rest}");
    // `[A]` alone is no changed letter of a word.
    if !rest.starts_with(char::is_alphabetic) {
        return Ok(None);
    }
    for key in keys {
        let text = library.text(key)?;
        let (open, _) = told_apart(text.verbatim(&bracketed));
        if let Some((place, _)) = open.first() {
            let id = id_at(key, &text, place.range.start);
            let word = bracketed.split_whitespace().next().unwrap_or(&bracketed);
            let message = format!("only the capital differs from {id}: `{word}` would be exact");
            return Ok(Some((Verdict::Altered, message, Some(id))));
        }
    }
    Ok(None)
}

/// Most differences that are shown.
const SHOWN: usize = 6;

/// Both without the punctuation behind them, if that is not what differs.
fn without_stops<'t>(source: &'t str, yours: &'t str) -> (&'t str, &'t str) {
    let bare = |text: &'t str| text.trim_end_matches([',', '.', ';', ':']);
    let shown = (bare(source), bare(yours));
    if shown.0 == shown.1 || shown.0.is_empty() || shown.1.is_empty() { (source, yours) } else { shown }
}

fn altered(id: &str, differences: &[(String, String)]) -> String {
    let mut message = format!("differs from {id}");
    let grave = grave(differences);
    if !grave.is_empty() {
        message.push_str(": ");
        message.push_str(&grave.join(", "));
    }
    for (source, yours) in differences.iter().take(SHOWN) {
        let (source, yours) = without_stops(source, yours);
        let said = match (source, yours) {
            (source, "") => format!("; the source has “{source}”, which you leave out"),
            ("", yours) => format!("; you have “{yours}”, which the source does not"),
            (source, yours) => format!("; the source has “{source}”, you have “{yours}”"),
        };
        message.push_str(&said);
    }
    if differences.len() > SHOWN {
        message.push_str(&format!("; and {} more differences", differences.len() - SHOWN));
    }
    message
}

/// The id of the passage at a byte, or the citekey where it has none.
pub fn id_at(key: &Citekey, text: &SourceText, at: usize) -> String {
    match text.passage_at(at) {
        Some(p) if p.ordinal != Ordinal::Heading => {
            PassageId { key: key.clone(), ordinal: p.ordinal }.to_string()
        }
        _ => key.to_string(),
    }
}
