//! The plan: a query's tree against the index's vocabulary. Words get their stems, near spellings and weights here.

use super::query::{FieldName, Form, Node};
use super::statistics::Statistics;
use super::vocabulary::{forms, near_spellings, with_prefix};
use crate::index::Index;
use crate::index::analysis::{stem, stemmed_term, transliterate};
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::schema::Field;

/// What a near spelling counts beside the word typed: low, so that it comes after. Chosen by hand: the test collections
/// have too few misspelt names to measure it.
const NEAR_WEIGHT: f64 = 0.4;
/// A word is rare, so that near spellings are looked for, when it stands in at most this many passages or this
/// share of them: a common word is spelt right.
const RARE: (u64, f64) = (8, 0.0005);
/// Words that a prefix stands for at most; the most frequent ones.
const MOST_PREFIXED: usize = 64;

/// Words outside quotation marks from which a query is prose, such as a question or a pasted paragraph. Its
/// quotation marks are then the writer's and no demand: what they hold is preferred, not required.
const PROSE: usize = 8;

/// A word of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Folded, as typed.
    pub word: String,
    /// Its stem; `None` for a function word or one that is to be taken exactly.
    pub stem: Option<String>,
    /// The words of the index with that stem.
    pub forms: BTreeSet<String>,
    /// Other words that count for it, folded, with a weight below 1; every form of a prefix with weight 1.
    pub variants: Vec<(String, f64)>,
    /// Its rarity.
    pub idf: f64,
    /// Passages that have it, in any form.
    pub frequency: u64,
    /// How often the query has it.
    pub count: u32,
}

/// A term of the index by which a word of the query is found.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotTerm {
    /// As it stands in the vocabulary.
    pub term: String,
    /// What one occurrence counts.
    pub weight: f64,
    /// It is the very word typed, not another form.
    pub exact: bool,
}

impl Slot {
    /// Returns true if and only if it counts in the section path too: a word that is meant exactly is meant in the text.
    pub fn is_in_headings(&self) -> bool {
        self.stem.is_some()
    }

    /// The terms by which it is found.
    pub fn terms(&self) -> impl Iterator<Item = SlotTerm> {
        let alone = self.stem.is_none() && self.variants.is_empty();
        let forms = self.forms.iter().chain(alone.then_some(&self.word)).map(|form| (form, 1.0));
        let variants = self.variants.iter().map(|(word, weight)| (word, *weight));
        forms.chain(variants).map(|(term, weight)| SlotTerm {
            term: term.clone(),
            weight,
            exact: *term == self.word,
        })
    }
}

/// Words in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseSlot {
    /// Folded.
    pub words: Vec<String>,
    /// Words that may stand between.
    pub slop: u32,
    /// Sum of the rarities of its words.
    pub idf: f64,
}

/// A condition on passages, as tantivy is asked for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The word in `slots` at this place.
    Word(usize),
    /// The phrase in `phrases` at this place.
    Phrase(usize),
    /// Any of these.
    Any(Vec<Condition>),
    /// All of these.
    All(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// Words of the section path, each in any of these forms.
    Section(Vec<BTreeSet<String>>),
    /// Documents by number.
    Documents(Vec<u64>),
    /// A country tag.
    Country(String),
    /// A kind.
    Kind(String),
}

/// A query, ready to run.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The words.
    pub slots: Vec<Slot>,
    /// The phrases.
    pub phrases: Vec<PhraseSlot>,
    /// Each passage must meet all of these.
    pub required: Vec<Condition>,
    /// The more of these a passage meets the better; when there is no required one it must meet one.
    pub optional: Vec<Condition>,
    /// What could not be honoured.
    pub notices: Vec<String>,
}

/// Number of words outside quotation marks.
fn plain_words(node: &Node) -> usize {
    match node {
        Node::Word { .. } => 1,
        Node::Group(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().map(plain_words).sum(),
        Node::Phrase { .. } | Node::Not(_) | Node::Field { .. } => 0,
    }
}

/// Makes plans.
pub struct Planner<'a> {
    /// The index.
    pub index: &'a Index,
    /// Its statistics.
    pub statistics: &'a Statistics<'a>,
    /// Where to look.
    pub field: Field,
    /// Whether near spellings are wanted.
    pub near: bool,
    /// What `field:value` within an alternative or a negation comes to.
    pub resolve: &'a dyn Fn(FieldName, &str) -> Result<Condition, String>,
}

impl Planner<'_> {
    /// Plans a query.
    pub fn plan(&self, root: &Node) -> tantivy::Result<Plan> {
        let mut plan = Plan::default();
        let top = match root {
            Node::Group(nodes) => nodes.as_slice(),
            node => std::slice::from_ref(node),
        };
        let prose = plain_words(root) >= PROSE;
        self.add_all(&mut plan, top, prose)?;
        self.drop_function_words(&mut plan);
        Ok(plan)
    }

    fn add_all(&self, plan: &mut Plan, nodes: &[Node], prose: bool) -> tantivy::Result<()> {
        for node in nodes {
            match node {
                Node::Group(inner) => self.add_all(plan, inner, prose)?,
                Node::Phrase { words, .. } if prose => {
                    let said = "in a query this long, quoted words are preferred, not required";
                    if !plan.notices.iter().any(|n| n == said) {
                        plan.notices.push(said.to_owned());
                    }
                    let condition = self.condition(plan, node)?;
                    plan.optional.extend(condition);
                    for word in words {
                        let slot = self.slot(plan, word, Form::Any)?;
                        plan.optional.push(Condition::Word(slot));
                    }
                }
                Node::Word { form: Form::Any | Form::Fuzzy | Form::Prefix, .. } => {
                    let condition = self.condition(plan, node)?;
                    plan.optional.extend(condition);
                }
                _ => {
                    let condition = self.condition(plan, node)?;
                    plan.required.extend(condition);
                }
            }
        }
        Ok(())
    }

    fn condition(&self, plan: &mut Plan, node: &Node) -> tantivy::Result<Option<Condition>> {
        Ok(match node {
            Node::Word { text, form } => Some(Condition::Word(self.slot(plan, text, *form)?)),
            Node::Phrase { words, slop } => match words.as_slice() {
                [word] => Some(Condition::Word(self.slot(plan, word, Form::Exact)?)),
                words => {
                    let mut idf = 0.0;
                    for word in words {
                        idf += self.statistics.idf(&Term::from_field_text(self.field, word))?;
                    }
                    plan.phrases.push(PhraseSlot { words: words.to_vec(), slop: *slop, idf });
                    Some(Condition::Phrase(plan.phrases.len() - 1))
                }
            },
            Node::Not(inner) => {
                // What is excluded must not add to the score.
                let mut apart = Plan {
                    slots: std::mem::take(&mut plan.slots),
                    phrases: std::mem::take(&mut plan.phrases),
                    ..Plan::default()
                };
                let (slots, phrases) = (apart.slots.len(), apart.phrases.len());
                let condition = self.condition(&mut apart, inner)?;
                for slot in &mut apart.slots[slots..] {
                    slot.count = 0;
                }
                for phrase in &mut apart.phrases[phrases..] {
                    phrase.idf = 0.0;
                }
                (plan.slots, plan.phrases) = (apart.slots, apart.phrases);
                plan.notices.append(&mut apart.notices);
                condition.map(|c| Condition::Not(Box::new(c)))
            }
            Node::Or(nodes) => Some(Condition::Any(self.conditions(plan, nodes)?)),
            Node::And(nodes) => Some(Condition::All(self.conditions(plan, nodes)?)),
            // Within `OR` and `-(…)` the words of a bracket are alternatives.
            Node::Group(nodes) => Some(Condition::Any(self.conditions(plan, nodes)?)),
            Node::Field { field, value } => match (self.resolve)(*field, value) {
                Ok(condition) => Some(condition),
                Err(notice) => {
                    plan.notices.push(notice);
                    None
                }
            },
        })
    }

    fn conditions(&self, plan: &mut Plan, nodes: &[Node]) -> tantivy::Result<Vec<Condition>> {
        let mut conditions = Vec::new();
        for node in nodes {
            conditions.extend(self.condition(plan, node)?);
        }
        Ok(conditions)
    }

    /// The place of a word's slot; a word that comes again counts again.
    fn slot(&self, plan: &mut Plan, word: &str, form: Form) -> tantivy::Result<usize> {
        let mut slot = Slot {
            word: word.to_owned(),
            stem: None,
            forms: BTreeSet::new(),
            variants: Vec::new(),
            idf: 0.0,
            frequency: 0,
            count: 1,
        };
        let exact = |word: &str| Term::from_field_text(self.field, word);
        match form {
            Form::Any | Form::Fuzzy => {
                slot.stem = stemmed_term(word).map(|s| s.into_owned());
                slot.frequency = match &slot.stem {
                    Some(stem) => {
                        slot.forms = self.forms(stem)?;
                        self.statistics.frequency_of_any(self.field, &slot.forms)?
                    }
                    None => self.statistics.frequency(&exact(word))?,
                };
                self.add_variants(&mut slot, word, form)?;
            }
            Form::Exact => slot.frequency = self.statistics.frequency(&exact(word))?,
            Form::Prefix => {
                let (words, more) = with_prefix(self.statistics, self.field, word, MOST_PREFIXED)?;
                if more {
                    plan.notices
                        .push(format!("`{word}*` stands for its {MOST_PREFIXED} most frequent words only"));
                }
                slot.frequency = self.statistics.frequency_of_any(self.field, &words)?;
                slot.variants = words.into_iter().map(|word| (word, 1.0)).collect();
            }
        }
        slot.idf = self.statistics.idf_of(slot.frequency.max(1));
        let same = |s: &Slot| s.word == slot.word && s.stem == slot.stem && s.variants == slot.variants;
        if let Some(at) = plan.slots.iter().position(same) {
            plan.slots[at].count += 1;
            return Ok(at);
        }
        plan.slots.push(slot);
        Ok(plan.slots.len() - 1)
    }

    /// The words of texts and section paths with the stem.
    fn forms(&self, stem: &str) -> tantivy::Result<BTreeSet<String>> {
        let fields = [self.field, self.index.fields().heading];
        forms(self.statistics, if self.statistics.has_headings() { &fields } else { &fields[..1] }, stem)
    }

    /// Near spellings of a rare word, and the Latin spelling of a Cyrillic one.
    fn add_variants(&self, slot: &mut Slot, word: &str, form: Form) -> tantivy::Result<()> {
        if let Some(latin) = transliterate(word) {
            slot.frequency += self.statistics.frequency(&Term::from_field_text(self.field, &latin))?;
            slot.variants.push((latin, 1.0));
        }
        let rare = slot.frequency <= RARE.0.max((self.statistics.passages() * RARE.1) as u64);
        if form != Form::Fuzzy && !(self.near && rare && slot.stem.is_some()) {
            return Ok(());
        }
        for near in near_spellings(self.statistics, self.field, word)? {
            if slot.stem.as_deref() != Some(&stem(&near)) && stemmed_term(&near).is_some() {
                slot.variants.push((near, NEAR_WEIGHT));
            }
        }
        Ok(())
    }

    /// Function words are worth nothing beside content words, and everything where they are alone.
    fn drop_function_words(&self, plan: &mut Plan) {
        let tells = |slot: &Slot| slot.stem.is_some() || !slot.variants.is_empty();
        let is_function_word =
            |c: &Condition| matches!(c, Condition::Word(i) if !plan.slots.get(*i).is_some_and(tells));
        if plan.optional.iter().all(is_function_word) && plan.required.is_empty() {
            return;
        }
        let dropped: Vec<usize> = plan
            .optional
            .iter()
            .filter(|c| is_function_word(c))
            .filter_map(|c| if let Condition::Word(i) = c { Some(*i) } else { None })
            .collect();
        plan.optional.retain(|c| !matches!(c, Condition::Word(i) if dropped.contains(i)));
        for i in dropped {
            plan.slots[i].count = 0;
        }
    }
}
