//! Candidates: the plan as a tantivy query, and the best passages by plain BM25.

use super::plan::{Condition, Plan, Slot, Target};
use super::statistics::Statistics;
use crate::index::Index;
use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery,
    TermSetQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

/// What a word in the section path counts beside one in the passage. Measured over five collections (titles as
/// section), mean nDCG@10: 0 gives .4767, 0.1 .4791, 0.2 .4795, 0.4 .4800; the most of it comes early.
pub const HEADING_WEIGHT: f64 = 0.3;

/// A plan as a query of tantivy.
pub struct Compiled {
    query: Box<dyn Query>,
}

/// Compiles plans for one target.
pub struct Compiler<'a> {
    /// The index.
    pub index: &'a Index,
    /// Where to look.
    pub target: Target,
}

impl Compiler<'_> {
    /// The query of a plan and of filters; `None` when it asks for nothing.
    pub fn compile(&self, plan: &Plan, filters: &[Condition]) -> Option<Compiled> {
        if plan.optional.is_empty() && plan.required.is_empty() {
            return None;
        }
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut positive = false;
        for condition in &plan.required {
            let (occur, query) = self.clause(plan, condition, Occur::Must);
            positive |= occur == Occur::Must;
            clauses.push((occur, query));
        }
        for condition in filters {
            let (occur, query) = self.clause(plan, condition, Occur::Must);
            clauses.push((occur, query));
        }
        let mut optional: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for condition in &plan.optional {
            match condition {
                Condition::Word(slot) => optional.extend(self.word(&plan.slots[*slot])),
                other => optional.push(self.clause(plan, other, Occur::Should)),
            }
        }
        if clauses.is_empty() {
            return Some(Compiled { query: Box::new(BooleanQuery::new(optional)) });
        }
        if !optional.is_empty() {
            let some: Box<dyn Query> = Box::new(BooleanQuery::new(optional));
            clauses.push((if positive { Occur::Should } else { Occur::Must }, some));
        } else if !positive {
            // Only exclusions and filters: everything else matches.
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        }
        Some(Compiled { query: Box::new(BooleanQuery::new(clauses)) })
    }

    /// A word's clauses: its stem, its variants, and both in the section path.
    fn word(&self, slot: &Slot) -> Vec<(Occur, Box<dyn Query>)> {
        let mut terms: Vec<(Term, f64)> = Vec::new();
        let heading = self.index.fields().heading;
        match &slot.stem {
            Some(stem) => {
                terms.push((Term::from_field_text(self.target.body, stem), 1.0));
                terms.push((Term::from_field_text(heading, stem), HEADING_WEIGHT));
            }
            None if slot.variants.is_empty() => {
                terms.push((Term::from_field_text(self.target.exact, &slot.word), 1.0));
            }
            None => {}
        }
        for (word, weight) in &slot.variants {
            terms.push((Term::from_field_text(self.target.exact, word), *weight));
        }
        let weight = |w: f64| (w * f64::from(slot.count.max(1))) as f32;
        terms.into_iter().map(|(term, w)| (Occur::Should, scored(term, weight(w)))).collect()
    }

    fn clause(&self, plan: &Plan, condition: &Condition, occur: Occur) -> (Occur, Box<dyn Query>) {
        if let Condition::Not(inner) = condition {
            return (Occur::MustNot, self.condition(plan, inner));
        }
        (occur, self.condition(plan, condition))
    }

    fn condition(&self, plan: &Plan, condition: &Condition) -> Box<dyn Query> {
        let fields = self.index.fields();
        match condition {
            Condition::Word(slot) => Box::new(BooleanQuery::new(self.word(&plan.slots[*slot]))),
            Condition::Phrase(phrase) => {
                let phrase = &plan.phrases[*phrase];
                let terms =
                    phrase.words.iter().map(|w| Term::from_field_text(self.target.exact, w)).collect();
                let mut query = PhraseQuery::new(terms);
                query.set_slop(phrase.slop);
                Box::new(query)
            }
            Condition::Any(some) => {
                let clauses = some.iter().map(|c| self.clause(plan, c, Occur::Should)).collect();
                Box::new(BooleanQuery::new(clauses))
            }
            Condition::All(all) => {
                let clauses = all.iter().map(|c| self.clause(plan, c, Occur::Must)).collect();
                Box::new(BooleanQuery::new(clauses))
            }
            Condition::Not(inner) => {
                let clauses: Vec<(Occur, Box<dyn Query>)> =
                    vec![(Occur::MustNot, self.condition(plan, inner)), (Occur::Must, Box::new(AllQuery))];
                unscored(Box::new(BooleanQuery::new(clauses)))
            }
            Condition::Section(stems) => {
                let clauses = stems.iter().map(|stem| {
                    let term = Term::from_field_text(fields.heading, stem);
                    (Occur::Must, scored(term, HEADING_WEIGHT as f32))
                });
                Box::new(BooleanQuery::new(clauses.collect()))
            }
            Condition::Documents(documents) => {
                let terms = documents.iter().map(|d| Term::from_field_u64(fields.document, *d));
                unscored(Box::new(TermSetQuery::new(terms.collect::<Vec<_>>())))
            }
            Condition::Country(code) => unscored(plain(Term::from_field_text(fields.country, code))),
            Condition::Kind(kind) => unscored(plain(Term::from_field_text(fields.kind, kind))),
        }
    }
}

fn plain(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn scored(term: Term, weight: f32) -> Box<dyn Query> {
    let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
    if weight == 1.0 { query } else { Box::new(BoostQuery::new(query, weight)) }
}

impl Compiled {
    /// The `most` best passages by BM25.
    pub fn best(
        &self,
        index: &Index,
        statistics: &Statistics<'_>,
        most: usize,
    ) -> tantivy::Result<Vec<DocAddress>> {
        let searcher = index.searcher();
        let collector = TopDocs::with_limit(most).order_by_score();
        let found = searcher.search_with_statistics_provider(&*self.query, &collector, statistics)?;
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    /// Number of passages that match.
    pub fn count(&self, index: &Index) -> tantivy::Result<u64> {
        let searcher = index.searcher();
        let scoring = EnableScoring::disabled_from_searcher(searcher);
        let weight = self.query.weight(scoring)?;
        let mut count = 0;
        for segment in searcher.segment_readers() {
            count += u64::from(weight.count(segment)?);
        }
        Ok(count)
    }
}
