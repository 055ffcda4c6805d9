//! The verdicts: each quotation and citation of a draft held against the sources.

use super::compare::{Near, SourceText, grave};
use super::fold::{bare, fold};
use super::parse::{Citation, Draft, Locator, Quotation, locator};
use super::{Corpus, Error, Finding, Verdict, Waivers};
use crate::index::StoredSource;
use crate::passage::{Citekey, Ordinal, PassageId};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Fewest words of a quotation that can be told from chance.
const SHORTEST: usize = 4;
/// Share of words that must stand together for a quotation to be an altered one.
const ALIKE: f64 = 0.6;
/// Most sources that are compared with one quotation beside those cited.
const COMPARED: usize = 20;

/// A place that says a text.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Found {
    /// The passage's id, or the citekey where it has none.
    pub id: String,
    /// Share of the words that stand there, 0 to 1.
    pub similarity: f64,
    /// Says it word for word.
    pub verbatim: bool,
    /// Where not: runs of words of the source and of the text.
    pub differences: Vec<(String, String)>,
}

/// The sources of one run, each read once.
struct Library<'a> {
    corpus: &'a dyn Corpus,
    sources: BTreeMap<String, StoredSource>,
    texts: BTreeMap<Citekey, Rc<SourceText>>,
}

impl<'a> Library<'a> {
    fn new(corpus: &'a dyn Corpus) -> Result<Self, Error> {
        let sources = corpus.sources()?.into_iter().map(|s| (s.key.as_str().to_owned(), s)).collect();
        Ok(Library { corpus, sources, texts: BTreeMap::new() })
    }

    fn text(&mut self, key: &Citekey) -> Result<Rc<SourceText>, Error> {
        if let Some(text) = self.texts.get(key) {
            return Ok(Rc::clone(text));
        }
        let text = Rc::new(SourceText::new(self.corpus.passages_of(key)?));
        self.texts.insert(key.clone(), Rc::clone(&text));
        Ok(text)
    }

    /// The candidates for a quotation, the sources cited first.
    fn candidates(&self, quote: &str, cited: &[Citekey]) -> Result<Vec<Citekey>, Error> {
        let folded = fold(quote);
        let mut words: Vec<String> = folded.split([' ', '-']).map(bare).filter(|w| !w.is_empty()).collect();
        words.sort();
        words.dedup();
        let mut keys = cited.to_vec();
        for key in self.corpus.candidates(&words)?.into_iter().take(COMPARED) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    /// All citations of the draft: by key, and as the sources' own style prints them.
    fn citations(&self, draft: &Draft) -> Vec<Citation> {
        let mut all = draft.citations.clone();
        let inner = |form: &str| form.trim_start_matches('(').trim_end_matches(')').to_owned();
        let forms: Vec<(String, &str)> =
            self.sources.iter().map(|(key, s)| (fold(&inner(&s.citation.bare)), key.as_str())).collect();
        for (content, span) in &draft.brackets {
            for part in content.split(';') {
                let part = fold(part);
                let hit = forms.iter().filter(|(form, _)| !form.is_empty()).filter_map(|(form, key)| {
                    let rest = part.strip_prefix(form.as_str())?;
                    (rest.is_empty() || rest.starts_with(',')).then_some((form.len(), *key, rest.to_owned()))
                });
                if let Some((_, key, rest)) = hit.max_by_key(|(length, ..)| *length) {
                    let place = locator(&rest);
                    all.push(Citation {
                        key: key.to_owned(),
                        locator: place,
                        span: span.clone(),
                        at: span.start,
                    });
                }
            }
        }
        all.sort_by_key(|c| c.at);
        all
    }

    /// Typst labels and cross references of pandoc share the sign of citations: those that name figures and the like are none.
    fn is_reference(key: &str) -> bool {
        ["fig", "tbl", "tab", "sec", "eq", "lst"]
            .iter()
            .any(|p| key.strip_prefix(p).is_some_and(|r| r.starts_with([':', '-'])))
    }
}

/// Checks every quotation and citation of a draft. Findings stand in the order of the draft.
///
/// # Errors
/// [`Error::Corpus`].
pub fn check(draft: &Draft, corpus: &dyn Corpus, waivers: &Waivers) -> Result<Vec<Finding>, Error> {
    let mut library = Library::new(corpus)?;
    let citations = library.citations(draft);
    let mut findings: Vec<(usize, Finding)> = Vec::new();
    for (index, quotation) in draft.quotations.iter().enumerate() {
        if waivers.covers_quote(&quotation.text) {
            continue;
        }
        let beside = beside(draft, index, quotation, &citations);
        let (verdict, message, source) = judge(&mut library, quotation, &beside)?;
        let (line, column) = draft.place(quotation.span.start);
        let quote = Some(quotation.text.clone());
        findings.push((quotation.span.start, Finding { line, column, verdict, message, quote, source }));
    }
    for citation in citations.iter().filter(|c| !waivers.covers_key(&c.key) && !Library::is_reference(&c.key))
    {
        let (verdict, message) = judge_citation(&mut library, citation)?;
        let (line, column) = draft.place(citation.at);
        let source = Some(citation.key.clone());
        findings.push((citation.at, Finding { line, column, verdict, message, quote: None, source }));
    }
    findings.sort_by_key(|(at, _)| *at);
    Ok(findings.into_iter().map(|(_, f)| f).collect())
}

/// The citations a quotation belongs to: those inside or behind it in its sentence, else before it in its
/// paragraph, else behind it in its paragraph.
fn beside<'c>(draft: &Draft, index: usize, quotation: &Quotation, all: &'c [Citation]) -> Vec<&'c Citation> {
    let span = &quotation.span;
    let next = draft.quotations.get(index + 1).map_or(usize::MAX, |q| q.span.start);
    let last = index.checked_sub(1).and_then(|i| draft.quotations.get(i)).map_or(0, |q| q.span.end);
    let between =
        |from: usize, to: usize| draft.chars.get(from..to).unwrap_or(&[]).iter().collect::<String>();
    let paragraphs = |text: &str| text.matches("\n\n").count();
    let group = |c: &Citation| all.iter().filter(|o| o.span == c.span).collect::<Vec<_>>();
    if let Some(inside) = all.iter().find(|c| quotation.block && span.contains(&c.at)) {
        return group(inside);
    }
    let allowed = usize::from(quotation.block);
    let after = all.iter().find(|c| c.span.start >= span.end).filter(|c| {
        let text = between(span.end, c.span.start);
        c.span.start < next && text.len() < 600 && paragraphs(&text) <= allowed
    });
    let near = after.filter(|c| {
        let text = between(span.end, c.span.start);
        !text.contains(". ") && !text.contains(".\n") && !text.trim_start().starts_with(['.', '!', '?'])
            || text.trim().chars().count() <= 2
    });
    let before = all.iter().rev().find(|c| c.span.end <= span.start).filter(|c| {
        let text = between(c.span.end, span.start);
        c.span.start >= last && text.len() < 600 && paragraphs(&text) <= allowed
    });
    near.or(before).or(after).map(group).unwrap_or_default()
}

type Judgement = (Verdict, String, Option<String>);

fn judge(library: &mut Library<'_>, quotation: &Quotation, beside: &[&Citation]) -> Result<Judgement, Error> {
    let quote = &quotation.text;
    if fold(quote).split([' ', '-']).map(bare).filter(|w| !w.is_empty()).count() < SHORTEST {
        return Ok((Verdict::Unchecked, format!("fewer than {SHORTEST} words"), None));
    }
    let known = beside.iter().filter_map(|c| library.sources.get(&c.key)).map(|s| s.key.clone());
    let cited: Vec<Citekey> = known.collect();
    let keys = library.candidates(quote, &cited)?;
    let mut elsewhere = None;
    let mut best: Option<(Citekey, Near)> = None;
    for key in &keys {
        let text = library.text(key)?;
        let places = text.verbatim(quote);
        if let Some(first) = places.first() {
            let id = id_at(key, &text, first.start);
            let citing: Vec<&&Citation> = beside.iter().filter(|c| c.key == key.as_str()).collect();
            if beside.is_empty() {
                return Ok((Verdict::Verbatim, format!("in {id}; no citation beside it"), Some(id)));
            }
            let place_fits =
                |c: &&&Citation| places.iter().any(|p| fits(library, key, &text, (p.start, p.end), c));
            if citing.iter().any(place_fits) {
                return Ok((Verdict::Verbatim, format!("in {id}"), Some(id)));
            }
            let message = format!("verbatim, but in {id}, not where the citation says");
            elsewhere.get_or_insert((Verdict::Elsewhere, message, Some(id)));
        }
    }
    if let Some(found) = elsewhere {
        return Ok(found);
    }
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

fn id_at(key: &Citekey, text: &SourceText, at: usize) -> String {
    match text.passage_at(at) {
        Some(p) if p.ordinal != Ordinal::Heading => {
            PassageId { key: key.clone(), ordinal: p.ordinal }.to_string()
        }
        _ => key.to_string(),
    }
}

/// Returns true if and only if a quotation found there stands where the citation says.
fn fits(
    library: &Library<'_>,
    key: &Citekey,
    text: &SourceText,
    place: (usize, usize),
    citation: &Citation,
) -> bool {
    match &citation.locator {
        None => true,
        Some(Locator::Paragraph(first, last)) => {
            let from = text.paragraph_at(place.0);
            let to = text.paragraph_at(place.1.saturating_sub(1)).or(from);
            match (from, to) {
                (Some(from), Some(to)) => from <= *last && to >= *first,
                _ => false,
            }
        }
        Some(Locator::Page(label)) => {
            let Some(source) = library.sources.get(key.as_str()) else { return false };
            let (Some(a), Some(b)) = (text.passage_at(place.0), text.passage_at(place.1.saturating_sub(1)))
            else {
                return false;
            };
            source.pages.is_empty() || (a.pages.0..=b.pages.1).any(|i| page_is(source, i, label))
        }
    }
}

/// The label of a page; the number from 1 on where the source's pages have no labels.
fn page_is(source: &StoredSource, index: u32, label: &str) -> bool {
    let Some(page) = usize::try_from(index).ok().and_then(|i| source.pages.get(i)) else { return false };
    match &page.label {
        Some(own) => own.eq_ignore_ascii_case(label),
        None => label.parse() == Ok(u64::from(index) + 1),
    }
}

fn judge_citation(library: &mut Library<'_>, citation: &Citation) -> Result<(Verdict, String), Error> {
    let Some(source) = library.sources.get(&citation.key).cloned() else {
        let near = nearest_keys(&citation.key, library.sources.keys());
        let hint =
            if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
        return Ok((Verdict::Unknown, format!("no source has the citekey `{}`{hint}", citation.key)));
    };
    let bad = match &citation.locator {
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
            let has = (0..count).any(|i| page_is(&source, i, label));
            (!has).then(|| format!("{} has no page {label}", source.key))
        }
        Some(Locator::Page(label)) => Some(format!("{} has no pages, so no page {label}", source.key)),
        None => None,
    };
    Ok(match bad {
        Some(message) => (Verdict::BadLocator, message),
        None => (Verdict::Known, source.work.title.unwrap_or_else(|| source.path.clone())),
    })
}

fn nearest_keys<'k>(key: &str, keys: impl Iterator<Item = &'k String>) -> Vec<String> {
    let limit = (key.chars().count() / 3).max(2);
    let mut near: Vec<(usize, &String)> =
        keys.map(|k| (distance(key, k), k)).filter(|(d, _)| *d <= limit).collect();
    near.sort();
    near.into_iter().take(3).map(|(_, k)| format!("`{k}`")).collect()
}

/// Levenshtein's distance, over characters of the lower case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.to_lowercase().chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, (cb, pair)) in b.iter().zip(row.windows(2)).enumerate() {
            let (diagonal, above) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            let left = next.get(j).copied().unwrap_or(0);
            next.push((diagonal + usize::from(ca != *cb)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// Which sources say a text, and where; word for word first, then by likeness.
///
/// # Errors
/// [`Error::Corpus`].
pub fn whence(text: &str, corpus: &dyn Corpus) -> Result<Vec<Found>, Error> {
    let mut library = Library::new(corpus)?;
    let mut found = Vec::new();
    for key in library.candidates(text, &[])? {
        let source = library.text(&key)?;
        let places = source.verbatim(text);
        let exact = places.iter().map(|p| id_at(&key, &source, p.start)).collect::<BTreeSet<_>>();
        if exact.is_empty()
            && let Some(near) = source.nearest(text).filter(|n| n.similarity >= ALIKE)
        {
            let id = id_at(&key, &source, near.at);
            found.push(Found {
                id,
                similarity: near.similarity,
                verbatim: false,
                differences: near.differences,
            });
        }
        found.extend(exact.into_iter().map(|id| Found {
            id,
            similarity: 1.0,
            verbatim: true,
            differences: Vec::new(),
        }));
    }
    found.sort_by(|a, b| {
        (b.verbatim.cmp(&a.verbatim)).then(b.similarity.total_cmp(&a.similarity)).then(a.id.cmp(&b.id))
    });
    Ok(found)
}

/// The sources a draft cites in the order of their first citation, and the keys that no source has, with line and
/// column.
///
/// # Errors
/// [`Error::Corpus`].
#[allow(clippy::type_complexity)]
pub fn cited_keys(
    draft: &Draft,
    corpus: &dyn Corpus,
) -> Result<(Vec<Citekey>, Vec<(String, u32, u32)>), Error> {
    let library = Library::new(corpus)?;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for citation in library.citations(draft).iter().filter(|c| !Library::is_reference(&c.key)) {
        match library.sources.get(&citation.key) {
            Some(source) if known.contains(&source.key) => {}
            Some(source) => known.push(source.key.clone()),
            None => {
                let (line, column) = draft.place(citation.at);
                unknown.push((citation.key.clone(), line, column));
            }
        }
    }
    Ok((known, unknown))
}
