//! The findings: each quotation and citation of a draft held against the sources.

use super::beside::beside;
use super::figures::{figures, values};
use super::judge::judge;
use super::library::Library;
use super::locate::judge_citation;
use super::own::placed;
use super::parse::{Citation, Draft, Quotation};
use super::scan::slice;
use super::titles::Titles;
use super::words::without_joints;
use super::{Corpus, Error, Finding, Verdict, Waivers};
use crate::passage::Citekey;
use std::collections::{BTreeMap, BTreeSet};

/// Checks every quotation and citation of a draft. Findings stand in the order of the draft.
///
/// # Errors
/// [`Error::Corpus`].
pub fn check(draft: &Draft, corpus: &dyn Corpus, waivers: &Waivers) -> Result<Vec<Finding>, Error> {
    let mut library = Library::new(corpus)?;
    let citations = library.citations(draft)?;
    let placed = placed(draft, &citations, &library.sources);
    let mut findings: Vec<(usize, Finding)> = Vec::new();
    let mut add =
        |at: usize, verdict: Verdict, message: String, quote: Option<String>, source: Option<String>| {
            let (line, column) = draft.place(at);
            findings.push((at, Finding { line, column, verdict, message, quote, source }));
        };
    let titles = Titles::new(draft, &citations, &library);
    for (index, quotation) in draft.quotations.iter().enumerate() {
        let quote = own_words(draft, quotation, &citations);
        if waivers.covers_quote(quote) || titles.hold(quotation) {
            continue;
        }
        let beside = beside(draft, index, quotation, &placed);
        let Some((verdict, message, source)) = judge(&mut library, quote, &beside)? else { continue };
        if verdict == Verdict::Missing && titles.name_a_work(quotation, &beside) {
            continue;
        }
        add(quotation.span.start, verdict, message, Some(without_joints(quote)), source);
    }
    let read = citations.iter().filter(|c| c.unread.is_none());
    for citation in read.filter(|c| !waivers.covers_key(&c.key)) {
        let (verdict, message) = judge_citation(&mut library, citation)?;
        add(citation.at, verdict, message, None, Some(citation.key.clone()));
    }
    for mark in &draft.lost.marks {
        add(
            mark.start,
            Verdict::Unchecked,
            "the note of this mark could not be found".to_owned(),
            None,
            None,
        );
    }
    for note in &draft.lost.notes {
        let message = "no mark in the text leads to this note".to_owned();
        add(note.start, Verdict::Unchecked, message, None, None);
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
        for key in &library.texts_of(keys.iter()) {
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

/// The words of a quotation, without the bracket at the end of a block when that is a citation. A bracket of a block
/// that cites nothing, `(2015 and 2016)`, belongs to the words.
fn own_words<'q>(draft: &Draft, quotation: &'q Quotation, citations: &[Citation]) -> &'q str {
    let Some(uncited) = &quotation.uncited else { return &quotation.text };
    let bracket = quotation.text.rsplit_once(['(', '[']).map_or("", |(_, inside)| inside);
    if ["n.d.", "no date", "par. ", "para. ", " p. ", " pp. ", "ibid", "Ibid"]
        .iter()
        .any(|mark| bracket.contains(mark))
    {
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
