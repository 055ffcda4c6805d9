//! Candidates: the plan as a tantivy query, and the best passages by plain BM25.

use super::best::{Ranked, Threshold, best_of_segment};
use super::plan::{Condition, PhraseSlot, Plan, Slot};
use super::segments::for_each_segment;
use super::statistics::Statistics;
use crate::index::{Error, Index, PassagesOf};
use crate::passage::Kind;
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// What a word in the section path counts beside one in the passage. Measured over five collections (titles as
/// section), mean nDCG@10: 0 gives .4767, 0.1 .4791, 0.2 .4795, 0.4 .4800; the most of it comes early.
pub const HEADING_WEIGHT: f64 = 0.3;

type Clause = (Occur, Box<dyn Query>);

/// A plan as a query of tantivy.
pub struct Compiled {
    query: Box<dyn Query>,
}

/// Compiles plans for one target.
pub struct Compiler<'a> {
    /// The index.
    pub index: &'a Index,
    /// Its statistics.
    pub statistics: &'a Statistics<'a>,
    /// Where to look.
    pub field: Field,
}

impl Compiler<'_> {
    /// The query of a plan and of filters, which without a plan let all through that they fit; `None` when it asks for
    /// nothing.
    ///
    /// # Errors
    /// Those of reading the vocabulary.
    pub fn compile(&self, plan: &Plan, filters: &[Condition]) -> tantivy::Result<Option<Compiled>> {
        if plan.optional.is_empty() && plan.required.is_empty() && filters.is_empty() {
            return Ok(None);
        }
        let mut clauses = self.clauses(plan, &plan.required, Occur::Must)?;
        let positive = clauses.iter().any(|(occur, _)| *occur == Occur::Must);
        clauses.extend(self.clauses(plan, filters, Occur::Must)?);
        let mut optional: Vec<Clause> = Vec::new();
        for condition in &plan.optional {
            match condition {
                Condition::Word(slot) => optional.extend(self.word(&plan.slots[*slot])?),
                other => optional.push(self.clause(plan, other, Occur::Should)?),
            }
        }
        if optional.is_empty() && !plan.optional.is_empty() && !positive {
            // Words that are in no passage, whatever else is asked for.
            return Ok(None);
        }
        if clauses.is_empty() {
            return Ok(Some(Compiled { query: Box::new(BooleanQuery::new(optional)) }));
        }
        if !optional.is_empty() {
            let some: Box<dyn Query> = Box::new(BooleanQuery::new(optional));
            clauses.push((if positive { Occur::Should } else { Occur::Must }, some));
        } else if !positive {
            // Only exclusions and filters: everything else matches.
            clauses.push((Occur::Must, self.everything()));
        }
        Ok(Some(Compiled { query: Box::new(BooleanQuery::new(clauses)) }))
    }

    /// A word's clauses: each of its terms in the text and, save for a word that is meant exactly, in the section path,
    /// worth the rarity of the word as a whole.
    fn word(&self, slot: &Slot) -> tantivy::Result<Vec<Clause>> {
        let mut clauses = Vec::new();
        let fields = [(self.field, 1.0), (self.index.fields().heading, HEADING_WEIGHT)];
        let headed = slot.is_in_headings() && self.statistics.has_headings();
        let fields = if headed { &fields[..] } else { &fields[..1] };
        for slot_term in slot.terms() {
            for (field, of_field) in fields.iter().copied() {
                let term = Term::from_field_text(field, &slot_term.term);
                if self.statistics.frequency(&term)? == 0 {
                    continue;
                }
                let rarity = slot.idf / self.statistics.idf_of_term(&term)?;
                let weight = slot_term.weight * of_field * rarity * f64::from(slot.count.max(1));
                clauses.push((Occur::Should, scored(term, weight as f32)));
            }
        }
        Ok(clauses)
    }

    /// A phrase; near words in each order they can have, since tantivy counts two words more for a pair the other way
    /// round. Of more than three there are too many orders: those of the phrase and what tantivy finds near it.
    fn phrase(&self, phrase: &PhraseSlot) -> Box<dyn Query> {
        let query = |words: Vec<&String>| -> Box<dyn Query> {
            let terms = words.into_iter().map(|w| Term::from_field_text(self.field, w)).collect();
            let mut query = PhraseQuery::new(terms);
            query.set_slop(phrase.slop);
            Box::new(query)
        };
        let orders: &[&[usize]] = match (phrase.slop, phrase.words.len()) {
            (1.., 2) => &[&[0, 1], &[1, 0]],
            (1.., 3) => &[&[0, 1, 2], &[0, 2, 1], &[1, 0, 2], &[1, 2, 0], &[2, 0, 1], &[2, 1, 0]],
            _ => return query(phrase.words.iter().collect()),
        };
        let words = |order: &&[usize]| order.iter().map(|i| &phrase.words[*i]).collect();
        Box::new(BooleanQuery::union(orders.iter().map(words).map(query).collect()))
    }

    /// All passages that the field has; sources and the file table, which are records too, are none.
    fn everything(&self) -> Box<dyn Query> {
        let is_citable = self.field == self.index.fields().words;
        let kinds = Kind::ALL.iter().filter(|kind| kind.is_citable() == is_citable);
        let terms = kinds.map(|kind| Term::from_field_text(self.index.fields().kind, kind.as_str()));
        unscored(Box::new(TermSetQuery::new(terms)))
    }

    fn clause(&self, plan: &Plan, condition: &Condition, occur: Occur) -> tantivy::Result<Clause> {
        Ok(match condition {
            Condition::Not(inner) => (Occur::MustNot, self.excluded(plan, inner)?),
            condition => (occur, self.condition(plan, condition)?),
        })
    }

    /// What is not wanted. tantivy (0.27) asks an excluded phrase for places before the one it stands at, which its phrases
    /// take for a mistake of the program; a union does not mind.
    fn excluded(&self, plan: &Plan, condition: &Condition) -> tantivy::Result<Box<dyn Query>> {
        let query = self.condition(plan, condition)?;
        Ok(match condition {
            Condition::Phrase(_) => Box::new(BooleanQuery::union(vec![query.box_clone(), query])),
            _ => query,
        })
    }

    fn clauses(&self, plan: &Plan, conditions: &[Condition], occur: Occur) -> tantivy::Result<Vec<Clause>> {
        conditions.iter().map(|condition| self.clause(plan, condition, occur)).collect()
    }

    fn condition(&self, plan: &Plan, condition: &Condition) -> tantivy::Result<Box<dyn Query>> {
        let fields = self.index.fields();
        Ok(match condition {
            Condition::Word(slot) => Box::new(BooleanQuery::new(self.word(&plan.slots[*slot])?)),
            Condition::Phrase(phrase) => self.phrase(&plan.phrases[*phrase]),
            Condition::Any(some) => Box::new(BooleanQuery::new(self.clauses(plan, some, Occur::Should)?)),
            Condition::All(all) => Box::new(BooleanQuery::new(self.clauses(plan, all, Occur::Must)?)),
            Condition::Not(inner) => {
                let clauses: Vec<Clause> =
                    vec![(Occur::MustNot, self.excluded(plan, inner)?), (Occur::Must, self.everything())];
                unscored(Box::new(BooleanQuery::new(clauses)))
            }
            Condition::Section(words) => {
                let any_form = |forms: &BTreeSet<String>| -> Clause {
                    let terms = forms.iter().map(|form| Term::from_field_text(fields.heading, form));
                    let forms = terms.map(|term| (Occur::Should, scored(term, HEADING_WEIGHT as f32)));
                    (Occur::Must, Box::new(BooleanQuery::new(forms.collect())))
                };
                Box::new(BooleanQuery::new(words.iter().map(any_form).collect()))
            }
            Condition::Documents(documents) => unscored(Box::new(PassagesOf::new(documents.clone(), fields))),
            Condition::Country(code) => unscored(plain(Term::from_field_text(fields.country, code))),
            Condition::Kind(kind) => unscored(plain(Term::from_field_text(fields.kind, kind))),
        })
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
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn best(
        &self,
        index: &Index,
        statistics: &Statistics<'_>,
        most: usize,
    ) -> Result<Vec<Ranked>, Error> {
        let damaged = |e: tantivy::TantivyError| index.damaged(e.to_string());
        let scoring = EnableScoring::enabled_from_statistics_provider(statistics, index.searcher());
        let weight = self.query.weight(scoring).map_err(damaged)?;
        let order = index.document_order()?;
        let threshold = Threshold::default();
        let found = for_each_segment(index, statistics, |ord, segment| {
            best_of_segment(index, order, &*weight, (ord, segment), (most, &threshold))
        })?;
        let mut found: Vec<Ranked> = found.into_iter().flatten().collect();
        found.sort_unstable();
        found.truncate(most);
        Ok(found)
    }

    /// Number of passages that match.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn count(&self, index: &Index, statistics: &Statistics<'_>) -> Result<u64, Error> {
        let scoring = EnableScoring::disabled_from_searcher(index.searcher());
        let weight = self.query.weight(scoring).map_err(|e| index.damaged(e.to_string()))?;
        let counts = for_each_segment(index, statistics, |_, segment| weight.count(segment))?;
        Ok(counts.into_iter().map(u64::from).sum())
    }
}
