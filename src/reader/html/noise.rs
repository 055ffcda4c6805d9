//! Which elements of a page are not its article, by what their names, classes and ids say.
//!
//! A class is judged as a whole: one whose elements together hold much of the page's prose is no noise, whatever it is
//! called (`paywall`, `sidebar-grid__content`, `article-widget-text`).

use super::blocks::{Block, Page, around};
use super::extent;
use super::hints::Hints;
use crate::document::Role;

/// Elements that are not the article unless nearly all of the page is in them.
const ASIDE: &[&str] = &["nav", "aside", "footer", "menu", "address"];

/// Elements that are mostly not the article; one around half of the page's prose is.
const AROUND: &[&str] = &["form", "header"];

/// Share of the page's points from which a class for a place on the page is no noise.
const MUCH: f64 = 0.33;
/// The same for a class for the text of others, and for elements that are aside by name.
const NEARLY_ALL: f64 = 0.9;

/// For each element whether it, or one around it, is noise, by the points of the blocks and of those within each element.
pub fn find(page: &Page, hints: &Hints, points: &[f64], held: &[f64]) -> Vec<bool> {
    let all = held.first().copied().unwrap_or(0.0);
    let titled = holds_main_heading(page);
    let mut apart = vec![false; page.scopes.len()];
    let mut in_article = vec![false; page.scopes.len()];
    for (i, scope) in page.scopes.iter().enumerate() {
        in_article[i] = in_article[scope.parent] || extent::is_region(scope);
        let name = scope.name.as_str();
        // The header of an article has its lead.
        let may_be = AROUND.contains(&name) && !(name == "header" && in_article[i]);
        let by_name = ASIDE.contains(&name) && held[i] < all * NEARLY_ALL || may_be && held[i] < all / 2.0;
        apart[i] = (by_name && !titled[i]) || apart[scope.parent];
    }
    let noisy = noisy_by_class(page, hints, points, held, &apart);
    for (i, scope) in page.scopes.iter().enumerate() {
        let can_be = !matches!(scope.name.as_str(), "body" | "html" | "main" | "article" | "");
        // What holds the main heading is no menu, whatever it says: `page has-sidebar`.
        apart[i] |= (can_be && noisy[i] && !titled[i]) || apart[scope.parent];
    }
    apart
}

/// For each element whether one of its classes is noise. What is `apart` already speaks for no class.
fn noisy_by_class(page: &Page, hints: &Hints, points: &[f64], held: &[f64], apart: &[bool]) -> Vec<bool> {
    let all = held.first().copied().unwrap_or(0.0);
    let has = |scope: usize, label: usize| hints.of[scope].noisy.contains(&label);
    let mut held_by = vec![0.0; hints.of_others.len()];
    for (i, said) in hints.of.iter().enumerate().filter(|(i, _)| !apart[*i]) {
        for label in &said.noisy {
            // An element within another of the same class holds nothing more.
            let within = around(page, i).skip(1).any(|outer| has(outer, *label));
            held_by[*label] += if within { 0.0 } else { held[i] };
        }
    }
    let is_noise: Vec<bool> = (0..held_by.len())
        .map(|label| {
            let holds = |share: f64| all > 0.0 && held_by[label] >= share * all;
            let leaves_article = || has_article_outside(page, points, |scope| has(scope, label));
            if hints.of_others[label] { !holds(NEARLY_ALL) || leaves_article() } else { !holds(MUCH) }
        })
        .collect();
    hints.of.iter().map(|said| !said.article && said.noisy.iter().any(|label| is_noise[*label])).collect()
}

/// Returns true if and only if prose that is outside of the elements `within` is in an element for articles.
fn has_article_outside(page: &Page, points: &[f64], within: impl Fn(usize) -> bool) -> bool {
    let is_outside = |block: &Block| {
        let mut elements = around(page, block.scope);
        !around(page, block.scope).any(&within) && elements.any(|i| extent::is_region(&page.scopes[i]))
    };
    page.blocks.iter().zip(points).any(|(block, points)| *points > 0.0 && is_outside(block))
}

/// For each element whether the first heading of level 1 is in it.
fn holds_main_heading(page: &Page) -> Vec<bool> {
    let mut holds = vec![false; page.scopes.len()];
    if let Some(heading) = page.blocks.iter().find(|b| b.role == Role::Heading(1)) {
        around(page, heading.scope).for_each(|scope| holds[scope] = true);
    }
    holds
}
