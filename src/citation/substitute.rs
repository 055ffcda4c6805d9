//! Names that stand in for missing ones take over how these are printed.
//!
//! A bare `cs:names` within `cs:substitute` is printed like the names it stands in for (CSL 1.0.2, "Substitute"). The
//! processor holds to that for those right below `cs:substitute`, but not for those in a `cs:choose` there, as
//! Chicago's style has its editors; the rules are therefore written out before it sees them.
//!
//! In the styles of the NLM (Vancouver) the processor drops authors whose names come with a label and a substitute:
//! there the names of a work with authors are parted from what stands in for them.

use hayagriva::citationberg::taxonomy::{NameVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, ElseBranch, IndependentStyle, LayoutRenderingElement, Names,
    NamesChild,
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
    match element {
        LayoutRenderingElement::Group(group) => group.children.iter_mut().for_each(visit),
        LayoutRenderingElement::Choose(choose) => each(choose, &mut visit),
        LayoutRenderingElement::Names(names) => hand_down(names),
        _ => {}
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
