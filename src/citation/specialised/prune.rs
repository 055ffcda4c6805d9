//! Cuts from a style what it never renders of works of which some things are known.
//!
//! Every cut follows from how the processor reads a style (crate hayagriva, `csl/rendering`), so that what it renders
//! stays the same to the last sign. It asks each element for two things before it renders it: whether it will print
//! anything, and whether it refers to variables and finds any of them filled; groups and macros that refer to variables
//! and find none are left out. An element that would print nothing is therefore cut where it refers to nothing, and
//! stands as a [`marker`] where it does.

use super::elements::{always, bare_group, draws_names, holds_group, marker, with_children};
use super::facts::{Facts, Known, Suppressible, is_identifier, leaves_trace};
use hayagriva::citationberg::taxonomy::{StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, CslMacro, ElseBranch, Group, IndependentStyle, LayoutRenderingElement, Names,
    NamesChild, SortKey, Substitute, Text, TextTarget,
};
use std::collections::HashMap;

/// How the processor reads the elements of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a group: only those that will print something are rendered.
    Group,
    /// In the branch of a choice: the same, but the choice does not mind whether a group within prints.
    Branch,
    /// In a macro or the layout: each is rendered.
    Direct,
    /// In the place of missing names: each is rendered until one prints something.
    Substitute,
}

impl Place {
    /// Only what will print something is rendered here.
    fn asks_first(self) -> bool {
        matches!(self, Place::Group | Place::Branch)
    }
}

/// What is left of an element.
enum Cut {
    /// Nothing: it prints nothing and refers to nothing.
    Nothing,
    /// A marker: it prints nothing and refers to variables without finding any.
    Marker,
    /// This.
    Kept(LayoutRenderingElement, Traits),
    /// These: a choice that is always made.
    Chosen(List),
}

/// What the processor will find of an element when it asks.
#[derive(Debug, Clone, Copy)]
struct Traits {
    /// It surely refers to a variable.
    refers: bool,
    /// It may find a variable filled, or use a macro or group that prints.
    finds: bool,
    /// Asking leaves no trace with the processor.
    traceless: bool,
}

/// What is left of a list of elements.
#[derive(Debug)]
struct List {
    elements: Vec<LayoutRenderingElement>,
    /// Nothing but at most a marker is left.
    hollow: bool,
    traits: Traits,
}

impl List {
    /// Nothing is left at all.
    fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// A group or macro of this list is left out: it refers to variables and finds none.
    fn is_left_out(&self) -> bool {
        self.traits.refers && !self.traits.finds
    }
}

/// The style without what it never renders of the works; `None` where nothing can be said.
pub fn prune(
    style: &IndependentStyle,
    facts: &Facts,
    suppressible: &Suppressible,
) -> Option<IndependentStyle> {
    let bodies = style.macros.iter().map(|m| (m.name.as_str(), Body::Unread)).collect();
    let mut pruner = Pruner { style, facts, suppressible, bodies, failed: false };
    let mut citation = style.citation.clone();
    citation.layout.elements = pruner.list(&style.citation.layout.elements, Place::Direct).elements;
    let mut bibliography = style.bibliography.clone();
    if let (Some(bibliography), Some(whole)) = (&mut bibliography, &style.bibliography) {
        bibliography.layout.elements = pruner.list(&whole.layout.elements, Place::Direct).elements;
    }
    let sorts = [&style.citation.sort, style.bibliography.as_ref().map_or(&None, |b| &b.sort)];
    for key in sorts.into_iter().flatten().flat_map(|sort| &sort.keys) {
        if let SortKey::MacroName { name, .. } = key {
            pruner.body(name);
        }
    }
    let mut macros = Vec::new();
    for m in &style.macros {
        let Some(Body::Read(list)) = pruner.bodies.remove(m.name.as_str()) else { continue };
        macros.push(CslMacro { name: m.name.clone(), children: list.elements });
    }
    (!pruner.failed).then(|| IndependentStyle {
        info: style.info.clone(),
        default_locale: style.default_locale.clone(),
        version: style.version.clone(),
        citation,
        bibliography,
        settings: style.settings.clone(),
        macros,
        locale: style.locale.clone(),
    })
}

/// A macro, as far as it was read.
enum Body {
    Unread,
    Reading,
    Read(List),
}

struct Pruner<'a> {
    style: &'a IndependentStyle,
    facts: &'a Facts,
    suppressible: &'a Suppressible,
    bodies: HashMap<&'a str, Body>,
    /// The style has something of which nothing can be said.
    failed: bool,
}

impl<'a> Pruner<'a> {
    fn list(&mut self, elements: &'a [LayoutRenderingElement], place: Place) -> List {
        let mut kept = Vec::with_capacity(elements.len());
        let mut marked = false;
        let mut traits = Traits { refers: false, finds: false, traceless: true };
        for element in elements {
            let its = match self.element(element, place) {
                Cut::Nothing => continue,
                Cut::Marker => {
                    marked = true;
                    continue;
                }
                Cut::Kept(element, its) => {
                    kept.push(element);
                    its
                }
                // Only a single element: where there are several, their nesting tells which spaces and commas are dropped.
                Cut::Chosen(List { elements, traits, .. })
                    if elements.len() == 1
                        && !(place == Place::Group && holds_group(&elements))
                        && place.asks_first() =>
                {
                    kept.extend(elements);
                    traits
                }
                Cut::Chosen(list) => {
                    kept.push(always(list.elements));
                    list.traits
                }
            };
            traits = Traits {
                refers: traits.refers || its.refers,
                finds: traits.finds || its.finds,
                traceless: traits.traceless && its.traceless,
            };
        }
        let hollow = kept.is_empty();
        if marked && !traits.refers {
            kept.push(marker());
            traits.refers = true;
        }
        List { elements: kept, hollow, traits }
    }

    fn element(&mut self, element: &'a LayoutRenderingElement, place: Place) -> Cut {
        let keep = |refers, finds, traceless| Cut::Kept(element.clone(), Traits { refers, finds, traceless });
        match element {
            LayoutRenderingElement::Text(text) => self.text(text, place),
            LayoutRenderingElement::Number(number) => {
                let variable = Variable::from(number.variable);
                match self.facts.lack(variable) {
                    true if place.asks_first() => Cut::Marker,
                    // It leaves an empty element behind.
                    true => keep(true, false, true),
                    false => keep(true, true, !is_identifier(variable)),
                }
            }
            // A label asks for its variable in a way that may suppress it.
            LayoutRenderingElement::Label(label) if self.facts.lack(label.variable.into()) => Cut::Nothing,
            LayoutRenderingElement::Label(_) => keep(false, false, false),
            LayoutRenderingElement::Date(date) => match date.variable {
                Some(variable) if self.facts.lack(variable.into()) => Cut::Marker,
                Some(_) => keep(true, true, false),
                None => keep(false, true, false),
            },
            LayoutRenderingElement::Names(names) => self.names(names, place),
            LayoutRenderingElement::Choose(choose) => self.choose(choose),
            LayoutRenderingElement::Group(group) => self.group(group, place),
        }
    }

    fn text(&mut self, text: &'a Text, place: Place) -> Cut {
        let kept = |refers, finds, traceless| {
            Cut::Kept(LayoutRenderingElement::Text(text.clone()), Traits { refers, finds, traceless })
        };
        match &text.target {
            TextTarget::Variable { var, .. } if self.facts.lack(*var) => Cut::Marker,
            TextTarget::Variable { var, .. } => {
                let counts = *var != Variable::Standard(StandardVariable::YearSuffix);
                kept(counts, true, !is_identifier(*var))
            }
            TextTarget::Macro { name } => {
                // Cutting an element within would shift where periods are no longer stripped.
                self.failed |= text.strip_periods;
                let Some(body) = self.body(name) else { return Cut::Nothing };
                let unseen = place.asks_first() || !text.quotes;
                let traits = body.traits;
                if body.is_empty() && (place.asks_first() || unseen && text.display.is_none()) {
                    Cut::Nothing
                } else if unseen && body.is_left_out() && traits.traceless {
                    Cut::Marker
                } else {
                    kept(traits.refers, true, traits.traceless)
                }
            }
            TextTarget::Term { .. } | TextTarget::Value { .. } => kept(false, false, true),
        }
    }

    /// What is left of a macro; `None` where there is none of that name.
    fn body(&mut self, name: &str) -> Option<&List> {
        let found = self.style.macros.iter().find(|m| m.name == name)?;
        let slot = self.bodies.get_mut(found.name.as_str())?;
        match slot {
            Body::Read(_) => {}
            Body::Reading => {
                self.failed = true;
                return None;
            }
            Body::Unread => {
                *slot = Body::Reading;
                let list = self.list(&found.children, Place::Direct);
                self.bodies.insert(found.name.as_str(), Body::Read(list));
            }
        }
        match self.bodies.get(found.name.as_str()) {
            Some(Body::Read(list)) => Some(list),
            _ => None,
        }
    }

    fn group(&mut self, group: &'a Group, place: Place) -> Cut {
        let list = self.list(&group.children, Place::Group);
        let delimited = place.asks_first();
        if list.is_empty() && (delimited || group.display.is_none()) {
            return Cut::Nothing;
        }
        if list.is_left_out() && (list.hollow || delimited && list.traits.traceless) {
            return Cut::Marker;
        }
        // A group that prints counts as found in the group around it.
        let traits = Traits { finds: !list.is_left_out(), ..list.traits };
        let mut cut = bare_group(group);
        cut.children = list.elements;
        Cut::Kept(LayoutRenderingElement::Group(cut), traits)
    }

    fn choose(&mut self, choose: &'a Choose) -> Cut {
        let mut branches: Vec<(&ChooseBranch, List)> = Vec::new();
        let mut otherwise: Option<&[LayoutRenderingElement]> =
            choose.otherwise.as_ref().map(|o| &o.children[..]);
        for branch in choose.branches() {
            match self.facts.decide(branch, self.suppressible) {
                Some(false) => {}
                Some(true) => {
                    otherwise = Some(&branch.children);
                    break;
                }
                None => branches.push((branch, self.list(&branch.children, Place::Branch))),
            }
        }
        let otherwise = self.list(otherwise.unwrap_or_default(), Place::Branch);
        if otherwise.is_empty() {
            while branches.last().is_some_and(|(branch, list)| list.is_empty() && !leaves_trace(branch)) {
                branches.pop();
            }
        }
        if branches.is_empty() {
            if otherwise.is_empty() {
                return Cut::Nothing;
            } else if otherwise.hollow {
                return Cut::Marker;
            }
            return Cut::Chosen(otherwise);
        }
        let lists = || branches.iter().map(|(_, list)| list).chain([&otherwise]);
        let traits = Traits {
            refers: lists().all(|l| l.traits.refers),
            finds: lists().any(|l| l.traits.finds),
            traceless: lists().all(|l| l.traits.traceless) && !branches.iter().any(|(b, _)| leaves_trace(b)),
        };
        let mut branches = branches.into_iter().map(|(branch, list)| with_children(branch, list.elements));
        let Some(if_) = branches.next() else { return Cut::Nothing };
        let else_if = branches.collect();
        let otherwise = (!otherwise.is_empty()).then_some(ElseBranch { children: otherwise.elements });
        let cut = Choose { if_, else_if, otherwise };
        Cut::Kept(LayoutRenderingElement::Choose(cut), traits)
    }

    fn names(&mut self, names: &'a Names, place: Place) -> Cut {
        let known = |v: &_| self.facts.of_variable(Variable::Name(*v));
        let certain = names
            .variable
            .iter()
            .any(|v| known(v) == Known::Present && !self.suppressible.may_hold(Variable::Name(*v)));
        let lacking = !names.variable.is_empty() && names.variable.iter().all(|v| known(v) == Known::Absent);
        let mut cut = names.clone();
        let Some(substitute) = names.substitute() else {
            if lacking {
                return Cut::Nothing;
            }
            let traits = Traits { refers: certain && draws_names(names), finds: true, traceless: false };
            return Cut::Kept(LayoutRenderingElement::Names(cut), traits);
        };
        // Not for names that stand in for others, which are never certain: those take over the form of the others.
        if certain && draws_names(names) {
            cut.children.retain(|c| !matches!(c, NamesChild::Substitute(_)));
            let traits = Traits { refers: true, finds: true, traceless: false };
            return Cut::Kept(LayoutRenderingElement::Names(cut), traits);
        }
        let list = self.list(&substitute.children, Place::Substitute);
        if lacking && place.asks_first() && list.hollow {
            return if list.is_empty() { Cut::Nothing } else { Cut::Marker };
        }
        let traits = Traits {
            refers: lacking && list.traits.refers,
            finds: !lacking || list.traits.finds,
            traceless: false,
        };
        let first = cut.children.iter_mut().find(|c| matches!(c, NamesChild::Substitute(_)));
        if let Some(slot) = first {
            *slot = NamesChild::Substitute(Substitute { children: list.elements });
        }
        Cut::Kept(LayoutRenderingElement::Names(cut), traits)
    }
}
