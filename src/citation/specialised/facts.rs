//! What is known of the works to be cited before a style is rendered, and which of the style's tests that decides.

use hayagriva::citationberg::json::{DateValue, Item, Value};
use hayagriva::citationberg::taxonomy::{Kind, Locator, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{ChooseBranch, ChooseMatch};
use std::collections::{BTreeMap, HashSet};
use std::str::FromStr;

/// What the processor will find for a variable of the works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing, in all of them.
    Absent,
    /// Something that is not blank, in all of them.
    Present,
    /// It depends.
    Unknown,
}

/// What sort of value a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    /// Text that is not blank, or a number.
    Text,
    /// At least one name.
    Names,
    /// One date, not said to be approximate.
    Date,
    /// Anything else, or not the same in all works.
    Other,
}

/// What is known of the works: their type, which fields they have, and the kind of locator they are cited with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Facts {
    /// `Some(None)`: a type that CSL does not know; `None`: not the same in all works.
    kind: Option<Option<Kind>>,
    fields: BTreeMap<String, Sort>,
    locator: Option<Locator>,
}

impl Facts {
    /// What is known of works that are all cited with this kind of locator.
    pub fn of(works: &[Item], locator: Option<Locator>) -> Facts {
        let kind = |work: &Item| work.type_().and_then(|kind| Kind::from_str(&kind).ok());
        let Some((first, others)) = works.split_first() else {
            return Facts { kind: None, fields: BTreeMap::new(), locator };
        };
        let mut facts = Facts { kind: Some(kind(first)), fields: sorts(first), locator };
        for work in others {
            if facts.kind != Some(kind(work)) {
                facts.kind = None;
            }
            let here = sorts(work);
            for (key, sort) in &mut facts.fields {
                if here.get(key) != Some(sort) {
                    *sort = Sort::Other;
                }
            }
            for key in here.into_keys() {
                facts.fields.entry(key).or_insert(Sort::Other);
            }
        }
        facts
    }

    /// What the processor will find for the variable. [`Known::Present`] holds as long as the variable is not
    /// suppressed: names that stood in for others are not printed a second time.
    pub fn of_variable(&self, variable: Variable) -> Known {
        let sort = |key: &str| self.fields.get(key).copied();
        let known = |found: Option<Sort>, wanted: Sort| match found {
            None => Known::Absent,
            Some(sort) if sort == wanted => Known::Present,
            Some(_) => Known::Unknown,
        };
        match variable {
            // What the processor knows and the work does not.
            Variable::Standard(StandardVariable::YearSuffix | StandardVariable::CitationLabel)
            | Variable::Number(NumberVariable::CitationNumber) => Known::Unknown,
            // No note has a number here.
            Variable::Number(NumberVariable::FirstReferenceNoteNumber) => Known::Absent,
            // It is rendered without locator first.
            Variable::Number(NumberVariable::Locator) if self.locator.is_some() => Known::Unknown,
            Variable::Number(NumberVariable::Locator) => Known::Absent,
            Variable::Number(NumberVariable::PageFirst) => match (sort("page-first"), sort("page")) {
                (None, None) => Known::Absent,
                _ => Known::Unknown,
            },
            Variable::Standard(StandardVariable::Title) => match (sort("title"), sort("title-short")) {
                (None, Some(_)) => Known::Unknown,
                (title, _) => known(title, Sort::Text),
            },
            Variable::Standard(_) | Variable::Number(_) | Variable::Page(_) => {
                known(sort(&variable.to_string()), Sort::Text)
            }
            Variable::Name(_) => known(sort(&variable.to_string()), Sort::Names),
            Variable::Date(_) => known(sort(&variable.to_string()), Sort::Date),
        }
    }

    /// Returns true if and only if the works have nothing for the variable.
    pub fn lack(&self, variable: Variable) -> bool {
        self.of_variable(variable) == Known::Absent
    }

    /// What comes of the branch's test, where that is known for all times it is asked. A test that leaves a trace with
    /// the processor is never decided. `suppressible` are the variables that the processor may come to suppress.
    pub fn decide(&self, branch: &ChooseBranch, suppressible: &Suppressible) -> Option<bool> {
        if leaves_trace(branch) {
            return None;
        }
        let mut tests: Vec<Option<bool>> = Vec::new();
        for &variable in branch.is_numeric.iter().flatten() {
            tests.push(self.lack(variable).then_some(false));
        }
        for &date in branch.is_uncertain_date.iter().flatten() {
            let known = self.of_variable(Variable::Date(date));
            tests.push((known != Known::Unknown).then_some(false));
        }
        for &locator in branch.locator.iter().flatten() {
            tests.push((Some(locator) != self.locator).then_some(false));
        }
        tests.extend(branch.position.iter().flatten().map(|_| None));
        for &kind in branch.type_.iter().flatten() {
            tests.push(self.kind.map(|own| own == Some(kind)));
        }
        for &variable in branch.variable.iter().flatten() {
            tests.push(match self.of_variable(variable) {
                Known::Absent => Some(false),
                Known::Present if !suppressible.may_hold(variable) => Some(true),
                _ => None,
            });
        }
        let any = |result: bool| tests.contains(&Some(result));
        let all = |result: bool| tests.iter().all(|t| *t == Some(result));
        match branch.match_ {
            ChooseMatch::All if any(false) => Some(false),
            ChooseMatch::All => all(true).then_some(true),
            ChooseMatch::Any if any(true) => Some(true),
            ChooseMatch::Any => all(false).then_some(false),
            ChooseMatch::None if any(true) => Some(false),
            ChooseMatch::None => all(false).then_some(true),
        }
    }
}

/// Returns true if and only if the processor remembers that it was asked this: it notes tests for ambiguity and uses of
/// numbers and labels.
pub fn leaves_trace(branch: &ChooseBranch) -> bool {
    let variables = branch.is_numeric.iter().chain(&branch.variable).flatten();
    branch.disambiguate.is_some() || variables.copied().any(is_identifier)
}

/// Returns true if and only if the processor remembers that this variable was asked for.
pub fn is_identifier(variable: Variable) -> bool {
    matches!(
        variable,
        Variable::Standard(StandardVariable::CitationLabel)
            | Variable::Number(NumberVariable::CitationNumber)
    )
}

/// The variables that the processor may come to suppress: those that stand in for missing names.
#[derive(Debug, Clone)]
pub enum Suppressible {
    /// Not known: it may be any.
    Any,
    /// These and no other.
    Only(HashSet<Variable>),
}

impl Suppressible {
    /// Returns true if and only if the variable may be suppressed.
    pub fn may_hold(&self, variable: Variable) -> bool {
        match self {
            Suppressible::Any => true,
            Suppressible::Only(these) => these.contains(&variable),
        }
    }
}

fn sorts(work: &Item) -> BTreeMap<String, Sort> {
    let fields = work.0.iter().filter(|(key, _)| !matches!(key.as_str(), "id" | "type"));
    fields.map(|(key, value)| (key.clone(), sort(value))).collect()
}

fn sort(value: &Value) -> Sort {
    match value {
        Value::String(text) if !text.trim().is_empty() => Sort::Text,
        Value::Number(_) => Sort::Text,
        Value::Names(names) if !names.is_empty() => Sort::Names,
        Value::Date(DateValue::DateParts { date_parts, circa: false, .. }) if date_parts.0.len() == 1 => {
            Sort::Date
        }
        _ => Sort::Other,
    }
}
