//! One search, from the request to the hits.

use super::advice::Advice;
use super::best::Ranked;
use super::candidates::{Compiled, Compiler};
use super::extract::{extract, highlights};
use super::folding::Folding;
use super::matching::Matcher;
use super::occurrences::OccurrenceReader;
use super::plan::{Plan, Planner};
use super::query::{FieldName, Filters, Query, parse};
use super::request::SearchRequest;
use super::score::{Lengths, Parts, score};
use super::statistics::Statistics;
use crate::index::{Error, Index, StoredPassage, StoredSource};
use crate::passage::PassageId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use tantivy::DocId;
use tantivy::schema::Field;

/// Candidates that are scored again, at least: chosen by hand, not measured. A request for more hits
/// looks at twice as many as it wants.
const CANDIDATES: usize = 80;

/// Candidates that are scored again, at most.
const MOST_CANDIDATES: usize = 100_000;

/// A near-identical passage of another source.
#[derive(Debug, Clone, PartialEq)]
pub struct AlsoIn {
    /// Its id.
    pub id: PassageId,
    /// Share of shingles in common, 0 to 1.
    pub similarity: f64,
}

/// A passage that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its source.
    pub source: Rc<StoredSource>,
    /// The passage.
    pub passage: StoredPassage,
    /// What it is worth; comparable within one answer.
    pub score: f64,
    /// The score's parts.
    pub parts: Parts,
    /// Half-open ranges of Unicode scalar values of its text that matched, ascending.
    pub highlights: Vec<(usize, usize)>,
    /// Half-open ranges of Unicode scalar values of its text to show; all when empty.
    pub extract: Vec<(usize, usize)>,
    /// Near-identical passages of other sources, folded into this hit.
    pub also_in: Vec<AlsoIn>,
}

impl Hit {
    /// Its id.
    pub fn id(&self) -> PassageId {
        PassageId { key: self.source.key.clone(), ordinal: self.passage.ordinal }
    }
}

/// A passage that is scored, before it and its source are read.
struct Candidate {
    passage: Ranked,
    score: f64,
    parts: Parts,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct SearchResponse {
    /// How the query was understood.
    pub interpreted: String,
    /// What could not be honoured.
    pub notices: Vec<String>,
    /// Passages that match, when the request wanted them counted.
    pub total: Option<u64>,
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// What the query's words came to: for `--explain`.
    pub expansions: Vec<String>,
    /// Why nothing was found.
    pub advice: Option<Advice>,
}

/// Searches.
///
/// # Errors
/// [`Error::Damaged`]: every query is a good one.
pub fn search(index: &Index, request: &SearchRequest) -> Result<SearchResponse, Error> {
    crate::index::guard(index.dir(), || {
        let search = Search::new(index, request)?;
        search.run()
    })
}

/// A search at work.
pub(super) struct Search<'a> {
    pub(super) index: &'a Index,
    pub(super) request: &'a SearchRequest,
    pub(super) query: Query,
    /// Those of the request and of the query.
    pub(super) filters: Filters,
    pub(super) statistics: Statistics<'a>,
    sources: RefCell<HashMap<u64, Rc<StoredSource>>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(index: &'a Index, request: &'a SearchRequest) -> Result<Search<'a>, Error> {
        let query = parse(&request.query);
        let mut filters = request.filters.clone();
        filters.add(query.filters.clone());
        let statistics = Statistics::of(index)?;
        Ok(Search { index, request, query, filters, statistics, sources: RefCell::default() })
    }

    fn run(&self) -> Result<SearchResponse, Error> {
        let mut response = SearchResponse {
            interpreted: self.query.to_string(),
            notices: self.query.notices.clone(),
            ..Default::default()
        };
        let filters = self.conditions(&self.filters, &mut response.notices)?;
        let mut compiled_plans: Vec<(Field, Plan, Compiled)> = Vec::new();
        let wanted = self.request.limit.saturating_add(self.request.offset);
        for field in self.fields() {
            let plan = self.plan(field)?;
            for notice in &plan.notices {
                if !response.notices.contains(notice) {
                    response.notices.push(notice.clone());
                }
            }
            response.expansions.extend(describe(&plan));
            let compiled = self.compiler(field).compile(&plan, &filters).map_err(|e| self.damaged(&e))?;
            let Some(compiled) = compiled else { continue };
            if self.request.count {
                let count = compiled.count(self.index, &self.statistics)?;
                *response.total.get_or_insert(0) += count;
            }
            compiled_plans.push((field, plan, compiled));
        }
        let best = if wanted > 0 { self.best_hits(&compiled_plans, wanted)? } else { Vec::new() };
        response.hits = best.into_iter().skip(self.request.offset).take(self.request.limit).collect();
        for (field, plan, _) in &compiled_plans {
            let matcher = Matcher::new(plan);
            let usual = *field == self.index.fields().words;
            for hit in response.hits.iter_mut().filter(|h| h.passage.kind.is_citable() == usual) {
                let matched = matcher.find(&hit.passage.text);
                hit.highlights = highlights(&hit.passage.text, &matched);
                hit.extract = extract(plan, &hit.passage.text, &matched);
            }
        }
        if response.hits.is_empty() && self.request.offset == 0 && wanted > 0 {
            response.advice = Some(Advice::find(self)?);
        }
        Ok(response)
    }

    /// Where to look: the citable passages, or those that are only searched when asked for, or both.
    pub(super) fn fields(&self) -> Vec<Field> {
        let fields = self.index.fields();
        let mut kinds = self.filters.kinds.clone();
        self.query.root.kinds(&mut kinds);
        let mut wanted = Vec::new();
        if kinds.is_empty() || kinds.iter().any(|k| k.is_citable()) {
            wanted.push(fields.words);
        }
        if kinds.iter().any(|k| !k.is_citable()) {
            wanted.push(fields.aside);
        }
        wanted
    }

    pub(super) fn compiler(&self, field: Field) -> Compiler<'_> {
        Compiler { index: self.index, statistics: &self.statistics, field }
    }

    pub(super) fn plan(&self, field: Field) -> Result<Plan, Error> {
        let resolve = |field: FieldName, value: &str| self.resolve(field, value);
        let planner = Planner {
            index: self.index,
            statistics: &self.statistics,
            field,
            near: self.request.near,
            resolve: &resolve,
        };
        planner.plan(&self.query.root).map_err(|e| self.damaged(&e))
    }

    /// The best hits, as many as are wanted if so many differ: where candidates were folded away there may be others behind.
    fn best_hits(&self, plans: &[(Field, Plan, Compiled)], wanted: usize) -> Result<Vec<Hit>, Error> {
        let mut most = CANDIDATES.max(wanted.saturating_mul(2)).min(MOST_CANDIDATES);
        loop {
            let (mut found, mut is_all) = (Vec::new(), true);
            for (field, plan, compiled) in plans {
                let candidates = self.score_candidates(compiled, plan, *field, most)?;
                is_all &= candidates.len() < most;
                found.extend(candidates);
            }
            let hits = self.fold(found, wanted)?;
            if hits.len() >= wanted || is_all || most >= MOST_CANDIDATES {
                return Ok(hits);
            }
            most = most.saturating_mul(8).min(MOST_CANDIDATES);
        }
    }

    /// Scores the best candidates again by where the words stand in them.
    fn score_candidates(
        &self,
        compiled: &Compiled,
        plan: &Plan,
        field: Field,
        most: usize,
    ) -> Result<Vec<Candidate>, Error> {
        let damaged = |e| self.damaged(&e);
        let mut best = compiled.best(self.index, &self.statistics, most)?;
        best.sort_unstable_by_key(|ranked| ranked.address);
        let fields = self.index.fields();
        let lengths = Lengths {
            body: self.statistics.mean_length(field),
            heading: self.statistics.mean_length(fields.heading),
        };
        let reader = OccurrenceReader::new(plan, field, fields);
        let mut candidates = Vec::with_capacity(best.len());
        for of_segment in best.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
            let segment = self.index.searcher().segment_reader(of_segment[0].address.segment_ord);
            let passages: Vec<DocId> = of_segment.iter().map(|ranked| ranked.address.doc_id).collect();
            let found = reader.read(segment, &passages).map_err(damaged)?;
            candidates.extend(of_segment.iter().zip(found).map(|(ranked, found)| {
                let parts = score(plan, &found, lengths);
                Candidate { passage: *ranked, score: parts.total(), parts }
            }));
        }
        Ok(candidates)
    }

    /// The candidates as hits, the best first and of equal ones that of the lesser path, near-identical ones folded;
    /// as many as are wanted. Sources are read of these only.
    fn fold(&self, mut candidates: Vec<Candidate>, wanted: usize) -> Result<Vec<Hit>, Error> {
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.passage.by_place(&b.passage)));
        let mut folding = Folding::new(wanted);
        for candidate in candidates {
            if folding.is_full() {
                break;
            }
            folding.add(self.hit(candidate)?);
        }
        Ok(folding.into_hits())
    }

    fn hit(&self, candidate: Candidate) -> Result<Hit, Error> {
        let Candidate { passage: Ranked { document, address, .. }, score, parts } = candidate;
        let (_, passage) = self.index.passage_at(address, document)?;
        let (highlights, extract, also_in) = Default::default();
        Ok(Hit { source: self.source(document)?, passage, score, parts, highlights, extract, also_in })
    }

    fn source(&self, document: u64) -> Result<Rc<StoredSource>, Error> {
        if let Some(source) = self.sources.borrow().get(&document) {
            return Ok(Rc::clone(source));
        }
        let source = Rc::new(self.index.source_of_document(document)?);
        self.sources.borrow_mut().insert(document, Rc::clone(&source));
        Ok(source)
    }

    pub(super) fn damaged(&self, error: &tantivy::TantivyError) -> Error {
        self.index.damaged(error.to_string())
    }
}

/// What the words of a plan came to, a line each.
fn describe(plan: &Plan) -> Vec<String> {
    let slots = plan.slots.iter().filter(|s| s.count > 0).map(|slot| {
        let mut line = format!("{}: in {} passages, rarity {:.2}", slot.word, slot.frequency, slot.idf);
        if slot.forms.iter().any(|form| *form != slot.word) {
            let forms: Vec<&str> = slot.forms.iter().take(8).map(String::as_str).collect();
            line += &format!(", forms {}", forms.join(", "));
        }
        if !slot.variants.is_empty() {
            let variants = slot.variants.iter().take(8).map(|(w, weight)| format!("{w} ({weight})"));
            line += &format!(", also {}", variants.collect::<Vec<_>>().join(", "));
        }
        line
    });
    let phrases = plan.phrases.iter().map(|p| format!("\"{}\": rarity {:.2}", p.words.join(" "), p.idf));
    slots.chain(phrases).collect()
}
