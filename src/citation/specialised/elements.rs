//! Elements of styles, made anew and looked at.

use super::super::substitute::untested;
use hayagriva::citationberg::taxonomy::{NumberVariable, Variable};
use hayagriva::citationberg::{Choose, ChooseBranch, Group, LayoutRenderingElement, Names, NamesChild, Text};

/// Refers to a variable that no work here has, and that is asked for at no cost.
pub fn marker() -> LayoutRenderingElement {
    let variable = Variable::Number(NumberVariable::FirstReferenceNoteNumber);
    LayoutRenderingElement::Text(Text::with_target(variable))
}

/// Returns true if and only if the processor takes these names as filled when there are some: it does not where they
/// have a form without names, or are always cut down to `et al.`.
pub fn draws_names(names: &Names) -> bool {
    let options = names.options();
    names.children.iter().any(|child| match child {
        NamesChild::Name(name) => name.options(&options).et_al_use_first != Some(0),
        _ => false,
    })
}

/// Returns true if and only if a group is among the elements.
pub fn holds_group(elements: &[LayoutRenderingElement]) -> bool {
    elements.iter().any(|e| matches!(e, LayoutRenderingElement::Group(_)))
}

/// A choice that is always made: it delimits what it holds by itself.
pub fn always(children: Vec<LayoutRenderingElement>) -> LayoutRenderingElement {
    LayoutRenderingElement::Choose(Choose { if_: untested(children), else_if: Vec::new(), otherwise: None })
}

/// The branch with its test and other children.
pub fn with_children(branch: &ChooseBranch, children: Vec<LayoutRenderingElement>) -> ChooseBranch {
    ChooseBranch {
        disambiguate: branch.disambiguate,
        is_numeric: branch.is_numeric.clone(),
        is_uncertain_date: branch.is_uncertain_date.clone(),
        locator: branch.locator.clone(),
        position: branch.position.clone(),
        type_: branch.type_.clone(),
        variable: branch.variable.clone(),
        match_: branch.match_,
        children,
    }
}

/// The group without its children.
pub fn bare_group(group: &Group) -> Group {
    Group {
        children: Vec::new(),
        font_style: group.font_style,
        font_variant: group.font_variant,
        font_weight: group.font_weight,
        text_decoration: group.text_decoration,
        vertical_align: group.vertical_align,
        prefix: group.prefix.clone(),
        suffix: group.suffix.clone(),
        delimiter: group.delimiter.clone(),
        display: group.display,
    }
}
