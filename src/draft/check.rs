//! The verdicts: each quotation and citation of a draft held against the sources.

use super::align::Near;
use super::beside::beside;
use super::figures::{figures, values};
use super::fold::word_count;
use super::grave::{Concealed, concealed, grave};
use super::library::Library;
use super::locate::{fits, judge_citation};
use super::own::placed;
use super::parse::{Citation, Draft, Quotation};
use super::scan::slice;
use super::source_text::{Place, SourceText};
use super::words::without_joints;
use super::{Corpus, Error, Finding, Verdict, Waivers};
use crate::passage::{Citekey, Ordinal, PassageId};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest words of a quotation that can be told from chance.
const SHORTEST: usize = 4;
/// Share of words that must stand together for a quotation to be an altered one.
pub const ALIKE: f64 = 0.6;

/// Checks every quotation and citation of a draft. Findings stand in the order of the draft.
///
/// # Errors
/// [`Error::Corpus`].
pub fn check(draft: &Draft, corpus: &dyn Corpus, waivers: &Waivers) -> Result<Vec<Finding>, Error> {
    let mut library = Library::new(corpus)?;
    let citations = library.citations(draft)?;
    let placed = placed(draft, &citations);
    let mut findings: Vec<(usize, Finding)> = Vec::new();
    let mut add =
        |at: usize, verdict: Verdict, message: String, quote: Option<String>, source: Option<String>| {
            let (line, column) = draft.place(at);
            findings.push((at, Finding { line, column, verdict, message, quote, source }));
        };
    for (index, quotation) in draft.quotations.iter().enumerate() {
        let quote = own_words(draft, quotation, &citations);
        if waivers.covers_quote(quote) {
            continue;
        }
        let beside = beside(draft, index, quotation, &placed);
        let (verdict, message, source) = judge(&mut library, quote, &beside)?;
        add(quotation.span.start, verdict, message, Some(without_joints(quote)), source);
    }
    for citation in citations.iter().filter(|c| !waivers.covers_key(&c.key)) {
        let (verdict, message) = judge_citation(&mut library, citation)?;
        add(citation.at, verdict, message, None, Some(citation.key.clone()));
    }
    for (at, message, source) in strange_figures(&mut library, draft, &placed, waivers)? {
        add(at, Verdict::Missing, message, None, Some(source));
    }
    findings.sort_by_key(|(at, _)| *at);
    Ok(findings.into_iter().map(|(_, f)| f).collect())
}

/// The figures that none of the sources cited beside them has: where, what to say, and the first of these sources.
fn strange_figures(
    library: &mut Library<'_>,
    draft: &Draft,
    citations: &[Citation],
    waivers: &Waivers,
) -> Result<Vec<(usize, String, String)>, Error> {
    let mut known: BTreeMap<Citekey, BTreeSet<String>> = BTreeMap::new();
    let mut strange = Vec::new();
    for figure in figures(draft, citations) {
        let cited: Vec<&Citation> = figure.citations.iter().filter_map(|i| citations.get(*i)).collect();
        let keys: Vec<Option<Citekey>> = cited
            .iter()
            .flat_map(|c| c.keys())
            .map(|k| library.sources.get(k).map(|s| s.key.clone()))
            .collect();
        // A source that is not at hand may have it.
        let Some(keys) = keys.into_iter().collect::<Option<BTreeSet<Citekey>>>() else { continue };
        let mut found = waivers.covers_quote(&figure.shown);
        for key in &keys {
            if !known.contains_key(key) {
                let text = library.text(key)?;
                known.insert(key.clone(), values(text.folded()));
            }
            found |= known.get(key).is_some_and(|values| figure.is_in(values));
        }
        if let (false, Some(first)) = (found, keys.iter().next()) {
            let names: Vec<&str> = keys.iter().map(Citekey::as_str).collect();
            let message = format!("the figure {} is not in {}", figure.shown, names.join(" or "));
            strange.push((figure.at, message, first.to_string()));
        }
    }
    Ok(strange)
}

type Judgement = (Verdict, String, Option<String>);

/// The words of a quotation, without the bracket at the end of a block when that is a citation. A bracket of a block
/// that cites nothing, `(2015 and 2016)`, belongs to the words.
fn own_words<'q>(draft: &Draft, quotation: &'q Quotation, citations: &[Citation]) -> &'q str {
    let Some(uncited) = &quotation.uncited else { return &quotation.text };
    let bracket = quotation.text.rsplit_once(['(', '[']).map_or("", |(_, inside)| inside);
    if ["n.d.", "no date", "par. ", "para. ", " p. ", " pp. "].iter().any(|mark| bracket.contains(mark)) {
        return uncited;
    }
    let span = &quotation.span;
    let by_key = |c: &Citation| draft.citations.iter().any(|k| k.at == c.at);
    let inside = |c: &&Citation| span.contains(&c.at) && c.span.start >= span.start;
    // The words end where a citation by key follows them.
    let keys = draft.citations.iter().filter(inside).map(|k| k.span.start);
    let end = keys.filter(|start| *start > span.start).max().unwrap_or(span.end);
    let closes = |c: &Citation| {
        c.span.end <= end + 1 && !slice(&draft.chars, c.span.end, end).contains(char::is_alphanumeric)
    };
    let cited = citations.iter().filter(inside).any(|c| !by_key(c) && closes(c));
    if cited { uncited } else { &quotation.text }
}

fn judge(library: &mut Library<'_>, quote: &str, beside: &[&Citation]) -> Result<Judgement, Error> {
    if word_count(quote) < SHORTEST {
        return Ok((Verdict::Unchecked, format!("fewer than {SHORTEST} words"), None));
    }
    if let Some(key) = library.titled(quote) {
        return Ok((Verdict::Verbatim, format!("the title of {key}"), Some(key.to_owned())));
    }
    let known = beside.iter().flat_map(|c| c.keys()).filter_map(|k| library.sources.get(k));
    let cited: Vec<Citekey> = known.map(|s| s.key.clone()).collect();
    let keys = library.candidates(quote, &cited)?;
    let mut elsewhere: Option<Judgement> = None;
    let mut hiding: Option<Judgement> = None;
    for key in &keys {
        let text = library.text(key)?;
        let (open, concealing) = told_apart(text.verbatim(quote));
        if let (None, Some((place, concealed))) = (open.first(), concealing.first()) {
            let id = id_at(key, &text, place.range.start);
            let message = format!("differs from {id}: {}", concealed.grave.join(", "));
            let judgement = (Verdict::Altered, message, Some(id));
            if cited.contains(key) {
                return Ok(judgement);
            }
            hiding.get_or_insert(judgement);
        }
        let Some((first, concealed)) = open.first() else { continue };
        let id = id_at(key, &text, first.range.start);
        if beside.is_empty() {
            let message = said(format!("in {id}; no citation beside it"), concealed);
            return Ok((Verdict::Verbatim, message, Some(id)));
        }
        let citing: Vec<&&Citation> = beside.iter().filter(|c| c.is_of(key.as_str())).collect();
        let fitting =
            open.iter().find(|(p, _)| citing.iter().any(|c| fits(library, key, &text, &p.range, c)));
        if let Some((place, concealed)) = fitting {
            let id = id_at(key, &text, place.range.start);
            return Ok((Verdict::Verbatim, said(format!("in {id}"), concealed), Some(id)));
        }
        let message = said(format!("verbatim, but in {id}, not where the citation says"), concealed);
        elsewhere.get_or_insert((Verdict::Elsewhere, message, Some(id)));
    }
    if let Some(found) = elsewhere.or(hiding) {
        return Ok(found);
    }
    if let Some(found) = recased(library, &keys, quote)? {
        return Ok(found);
    }
    let mut best: Option<(Citekey, Near)> = None;
    for key in &keys {
        if let Some(near) = library.text(key)?.nearest(quote)
            && best.as_ref().is_none_or(|(_, b)| near.similarity > b.similarity)
        {
            best = Some((key.clone(), near));
        }
    }
    if let Some((key, near)) = best.filter(|(_, n)| n.similarity >= ALIKE) {
        let text = library.text(&key)?;
        let id = id_at(&key, &text, near.at);
        return Ok((Verdict::Altered, altered(&id, &near.differences), Some(id)));
    }
    if !beside.is_empty() && cited.is_empty() {
        return Ok((Verdict::Unchecked, "its source is not indexed".to_owned(), None));
    }
    Ok((Verdict::Missing, "no source says this".to_owned(), None))
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

fn altered(id: &str, differences: &[(String, String)]) -> String {
    let mut message = format!("differs from {id}");
    let grave = grave(differences);
    if !grave.is_empty() {
        message.push_str(": ");
        message.push_str(&grave.join(", "));
    }
    let shown = differences.iter().take(6).map(|(old, new)| match (old.as_str(), new.as_str()) {
        (old, "") => format!("[-{old}-]"),
        ("", new) => format!("{{+{new}+}}"),
        (old, new) => format!("[-{old}-]{{+{new}+}}"),
    });
    let shown: Vec<String> = shown.collect();
    if !shown.is_empty() {
        message.push_str("; source [-so-], draft {+so+}: ");
        message.push_str(&shown.join(" … "));
    }
    if differences.len() > 6 {
        message.push_str(" …");
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
