//! Which variables the processor may suppress: names, or what else stands in for missing names, are not printed again.

use super::facts::Suppressible;
use hayagriva::citationberg::taxonomy::Variable;
use hayagriva::citationberg::{IndependentStyle, LayoutRenderingElement, TextTarget};
use std::collections::HashSet;

/// The variables that occur in any `cs:substitute` of the style, by way of macros too.
pub fn of(style: &IndependentStyle) -> Suppressible {
    let mut search = Search { style, found: HashSet::new(), read: HashSet::new(), dated: false };
    let bibliography = style.bibliography.iter().flat_map(|b| &b.layout.elements);
    let macros = style.macros.iter().flat_map(|m| &m.children);
    for element in style.citation.layout.elements.iter().chain(bibliography).chain(macros) {
        search.find_substitutes(element);
    }
    // To print a date the processor asks for every variable of the layout.
    if search.dated { Suppressible::Any } else { Suppressible::Only(search.found) }
}

struct Search<'a> {
    style: &'a IndependentStyle,
    found: HashSet<Variable>,
    /// Macros whose variables were taken.
    read: HashSet<&'a str>,
    dated: bool,
}

impl<'a> Search<'a> {
    fn find_substitutes(&mut self, element: &'a LayoutRenderingElement) {
        match element {
            LayoutRenderingElement::Names(names) => {
                let substitutes = names.substitute().into_iter();
                substitutes.flat_map(|s| &s.children).for_each(|child| self.take(child));
            }
            other => children(other).into_iter().for_each(|child| self.find_substitutes(child)),
        }
    }

    /// Takes all variables of an element.
    fn take(&mut self, element: &'a LayoutRenderingElement) {
        match element {
            LayoutRenderingElement::Text(text) => match &text.target {
                TextTarget::Variable { var, .. } => {
                    self.found.insert(*var);
                }
                TextTarget::Macro { name } => {
                    let found = self.style.macros.iter().find(|m| m.name == *name);
                    if let Some(found) = found.filter(|m| self.read.insert(&m.name)) {
                        found.children.iter().for_each(|child| self.take(child));
                    }
                }
                TextTarget::Term { .. } | TextTarget::Value { .. } => {}
            },
            LayoutRenderingElement::Date(_) => self.dated = true,
            LayoutRenderingElement::Number(number) => {
                self.found.insert(number.variable.into());
            }
            LayoutRenderingElement::Label(label) => {
                self.found.insert(label.variable.into());
            }
            LayoutRenderingElement::Names(names) => {
                self.found.extend(names.variable.iter().map(|v| Variable::Name(*v)));
                let substitutes = names.substitute().into_iter();
                substitutes.flat_map(|s| &s.children).for_each(|child| self.take(child));
            }
            other => children(other).into_iter().for_each(|child| self.take(child)),
        }
    }
}

/// What groups hold, and all branches of choices.
fn children(element: &LayoutRenderingElement) -> Vec<&LayoutRenderingElement> {
    match element {
        LayoutRenderingElement::Group(group) => group.children.iter().collect(),
        LayoutRenderingElement::Choose(choose) => {
            let branches = choose.branches().flat_map(|b| &b.children);
            branches.chain(choose.otherwise.iter().flat_map(|o| &o.children)).collect()
        }
        _ => Vec::new(),
    }
}
