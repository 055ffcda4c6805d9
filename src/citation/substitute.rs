//! Names that stand in for missing ones take over how these are printed.
//!
//! A bare `cs:names` within `cs:substitute` is printed like the names it stands in for (CSL 1.0.2, "Substitute"). The
//! processor holds to that for those right below `cs:substitute`, but not for those in a `cs:choose` there, as
//! Chicago's style has its editors; the rules are therefore written out before it sees them.
//!
//! Likewise it forgets that a style may ask for one number of the label of pages (`plural="never"`: `p. 12–20`), and puts the
//! label of names before them where the style does not say how the names are printed.
//!
//! In the styles of the NLM (Vancouver) the processor drops authors whose names come with a label and a substitute:
//! there the names of a work with authors are parted from what stands in for them.

use hayagriva::citationberg::taxonomy::{NameVariable, NumberOrPageVariable, PageVariable, Term, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, ElseBranch, IndependentStyle, LabelPluralize, LayoutRenderingElement,
    Name, Names, NamesChild, Text, TextTarget, VariablelessLabel,
};

/// Writes out, in the whole style, what names in a `cs:choose` of a substitute inherit.
pub fn inherit(style: &mut IndependentStyle) {
    if style.info.id.contains("/nlm-citation-sequence") {
        style.macros.iter_mut().flat_map(|m| &mut m.children).for_each(part_authors);
    }
    style.macros.iter_mut().flat_map(|m| &mut m.children).for_each(visit);
    style.citation.layout.elements.iter_mut().for_each(visit);
    if let Some(bibliography) = &mut style.bibliography {
        bibliography.layout.elements.iter_mut().for_each(visit);
    }
}

fn visit(element: &mut LayoutRenderingElement) {
    if let LayoutRenderingElement::Label(label) = element
        && let NumberOrPageVariable::Page(page) = label.variable
        && label.label.plural != LabelPluralize::Contextual
    {
        *element = page_label(page, &label.label);
        return;
    }
    match element {
        LayoutRenderingElement::Group(group) => group.children.iter_mut().for_each(visit),
        LayoutRenderingElement::Choose(choose) => each(choose, &mut visit),
        LayoutRenderingElement::Names(names) => {
            name_before_label(names);
            hand_down(names);
        }
        _ => {}
    }
}

/// The label of pages in the number that the style asks for, where there are pages.
fn page_label(page: PageVariable, label: &VariablelessLabel) -> LayoutRenderingElement {
    let plural = label.plural == LabelPluralize::Always;
    let text = LayoutRenderingElement::Text(Text {
        target: TextTarget::Term { term: Term::PageVariable, form: label.form, plural },
        formatting: label.formatting,
        affixes: label.affixes.clone(),
        display: None,
        quotes: false,
        strip_periods: label.strip_periods,
        text_case: label.text_case,
    });
    let given = ChooseBranch { variable: Some(vec![Variable::Page(page)]), ..untested(vec![text]) };
    LayoutRenderingElement::Choose(Choose { if_: given, else_if: Vec::new(), otherwise: None })
}

/// A label stands after the names unless the style names them after it.
fn name_before_label(names: &mut Names) {
    let has = |what: fn(&NamesChild) -> bool| names.children.iter().any(what);
    if has(|c| matches!(c, NamesChild::Label(_))) && !has(|c| matches!(c, NamesChild::Name(_))) {
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
}

/// Authors by themselves where a work has some; else what the style says, which is then what stands in for them.
fn part_authors(element: &mut LayoutRenderingElement) {
    let LayoutRenderingElement::Names(names) = element else { return };
    if names.variable != [NameVariable::Author] {
        return;
    }
    let mut bare = names.clone();
    bare.children.retain(|c| matches!(c, NamesChild::Name(_) | NamesChild::EtAl(_)));
    let otherwise = ElseBranch { children: vec![element.clone()] };
    let given = ChooseBranch {
        variable: Some(vec![Variable::Name(NameVariable::Author)]),
        ..untested(vec![LayoutRenderingElement::Names(bare)])
    };
    *element = LayoutRenderingElement::Choose(Choose {
        if_: given,
        else_if: Vec::new(),
        otherwise: Some(otherwise),
    });
}

/// A branch that is taken in any case.
pub(super) fn untested(children: Vec<LayoutRenderingElement>) -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_: ChooseMatch::All,
        children,
    }
}

/// Applies `to` to what all branches hold.
fn each(choose: &mut Choose, to: &mut impl FnMut(&mut LayoutRenderingElement)) {
    choose.if_.children.iter_mut().for_each(&mut *to);
    choose.else_if.iter_mut().flat_map(|b| &mut b.children).for_each(&mut *to);
    if let Some(otherwise) = &mut choose.otherwise {
        otherwise.children.iter_mut().for_each(to);
    }
}

fn hand_down(names: &mut Names) {
    let own: Vec<NamesChild> =
        names.children.iter().filter(|c| !matches!(c, NamesChild::Substitute(_))).cloned().collect();
    let substitutes = names.children.iter_mut().filter_map(|c| match c {
        NamesChild::Substitute(substitute) => Some(substitute),
        _ => None,
    });
    for element in substitutes.flat_map(|s| &mut s.children) {
        if let LayoutRenderingElement::Choose(choose) = element {
            fill(choose, &own);
        }
    }
}

fn fill(choose: &mut Choose, own: &[NamesChild]) {
    each(choose, &mut |element| match element {
        LayoutRenderingElement::Names(names) if names.children.is_empty() => {
            names.children = own.to_vec();
        }
        LayoutRenderingElement::Choose(inner) => fill(inner, own),
        _ => {}
    });
}
