//! Which blocks of a page are the article.
//!
//! After Readability's idea (Arc90, 2010): paragraphs give points to the elements around them, and the article is the
//! smallest element that holds most of the points. Menus and the like are known by their element, by what their class
//! says they are ([`noise`]), and by being mostly links. What belongs to the article outside of that element is added
//! ([`extent`]), and what is left over at its edges is taken away ([`edges`]).

use super::blocks::{Block, Page, around};
use super::hints::Hints;
use super::{edges, extent, links, noise};
use crate::document::Role;

/// Bytes from which a block is prose enough to give points.
pub const PROSE: usize = 60;
/// Share of all points that the article's element must hold: low enough that a page with as much again in comments
/// or teasers does not swallow the article.
const MOST: f64 = 0.6;
/// Blocks of prose below which an article is a brief: the element around it says what belongs to it.
const BRIEF: usize = 3;
/// Share of a page's prose below which a reader should know how little was taken for the article.
const LITTLE: f64 = 0.3;

/// For each block whether it belongs to the article.
pub fn find(page: &Page) -> Vec<bool> {
    let hints = Hints::read(page);
    // When all prose is in elements that say that they are noise, they are not. A page of tables, verses or short
    // notes has no prose: then all unlinked text counts.
    let silent = hints.without_noise();
    let ways: [(&Hints, Points); 3] = [(&hints, points), (&silent, points), (&hints, points_of_any)];
    let mut found = ways.into_iter().map(|(hints, points)| find_by(page, hints, points));
    found.find(|kept| kept.contains(&true)).unwrap_or_else(|| vec![false; page.blocks.len()])
}

/// What a block gives to the elements around it.
type Points = fn(&Block) -> f64;

fn find_by(page: &Page, hints: &Hints, points: Points) -> Vec<bool> {
    let raw: Vec<f64> = page.blocks.iter().map(points).collect();
    let apart = noise::find(page, hints, &raw, &held_points(page, &raw));
    let points: Vec<f64> =
        page.blocks.iter().zip(&raw).map(|(b, p)| if apart[b.scope] { 0.0 } else { *p }).collect();
    let Some(root) = root(page, hints, &points) else {
        return vec![false; page.blocks.len()];
    };
    let inside = extent::of(page, &points, &apart, root);
    let menus = links::menus(page, hints);
    let blocks = page.blocks.iter().zip(&menus);
    let mut kept: Vec<bool> =
        blocks.map(|(b, is_menu)| inside[b.scope] && !apart[b.scope] && !is_menu).collect();
    extent::keep_lead(page, &points, &apart, &mut kept);
    edges::trim(page, &points, &mut kept);
    kept
}

/// What a reader should know of how the article was found, when it was not found well.
pub fn doubt(page: &Page, kept: &[bool]) -> Option<String> {
    if !kept.contains(&true) {
        return Some("no article found among its menus and links".to_owned());
    }
    let prose = |wanted: &dyn Fn(usize) -> bool| {
        let blocks = page.blocks.iter().enumerate().filter(|(i, b)| points(b) > 0.0 && wanted(*i));
        blocks.map(|(_, b)| b.text.len()).sum::<usize>() as f64
    };
    let all = prose(&|_| true);
    if all == 0.0 {
        return Some("it has no prose: what is no menu was taken for its article".to_owned());
    }
    let share = prose(&|i| kept[i]) / all;
    (share < LITTLE).then(|| {
        let percent = (share * 100.0).round();
        format!(
            "only {percent} % of its prose was taken for the article: the rest is boilerplate, not searched"
        )
    })
}

/// The bytes of prose of a page that are no links.
pub fn prose(page: &Page) -> usize {
    page.blocks.iter().filter(|b| points(b) > 0.0).map(|b| b.text.len() - b.linked).sum()
}

/// What a block gives: more for longer prose, less for links.
fn points(block: &Block) -> f64 {
    if block.text.len() < PROSE { 0.0 } else { points_of_any(block) }
}

/// The same for text of any length.
fn points_of_any(block: &Block) -> f64 {
    let prose = matches!(block.role, Role::Paragraph | Role::Quotation | Role::ListItem | Role::TableRow);
    if !prose {
        return 0.0;
    }
    let unlinked = 1.0 - block.linked as f64 / block.text.len().max(1) as f64;
    let commas = block.text.matches([',', '،', '、']).count() as f64;
    let weight = if block.role == Role::ListItem { 0.5 } else { 1.0 };
    weight * unlinked * (1.0 + commas.min(10.0) + (block.text.len() as f64 / 100.0).min(5.0))
}

/// The smallest element with most of the points; one that says it is the article's body wins with a third.
fn root(page: &Page, hints: &Hints, points: &[f64]) -> Option<usize> {
    let held = held_points(page, points);
    let all = held.first().copied().filter(|all| *all > 0.0)?;
    let most = |candidates: &mut dyn Iterator<Item = usize>| {
        candidates.max_by(|a, b| held[*a].total_cmp(&held[*b]).then(b.cmp(a)))
    };
    let mut saying = (0..page.scopes.len()).filter(|i| held[*i] > 0.0 && hints.of[*i].article);
    let body = most(&mut saying).filter(|i| held[*i] >= all / 3.0);
    // An `article` with a third is the page's: comments may hold more.
    let mut articles = (0..page.scopes.len()).filter(|i| page.scopes[*i].name == "article");
    let article = most(&mut articles).filter(|i| held[*i] >= all / 3.0).unwrap_or(0);
    let within = |i: &usize| article == 0 || around(page, *i).any(|outer| outer == article);
    // Elements are numbered outermost first, so the last that holds enough is the innermost.
    let innermost = || (0..page.scopes.len()).rev().find(|i| held[*i] >= MOST * held[article] && within(i));
    let root = body.or_else(innermost)?;
    let root = around(page, root).find(|i| !is_leaf(&page.scopes[*i].name)).unwrap_or(root);
    let prose = |root: usize| {
        let within = |b: &Block| around(page, b.scope).any(|s| s == root);
        page.blocks.iter().zip(points).filter(|(b, p)| **p > 0.0 && within(b)).count()
    };
    if prose(root) >= BRIEF {
        return Some(root);
    }
    Some(around(page, root).find(|i| extent::is_region(&page.scopes[*i])).unwrap_or(root))
}

/// Elements that are a part of a text, never all of it.
fn is_leaf(name: &str) -> bool {
    const LEAVES: [&str; 15] =
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt", "ul", "ol", "dl", "blockquote", "pre"];
    LEAVES.contains(&name) || matches!(name, "figure" | "figcaption" | "caption" | "tr" | "table" | "tbody")
}

/// The points within each element.
fn held_points(page: &Page, points: &[f64]) -> Vec<f64> {
    let mut held = vec![0.0; page.scopes.len()];
    for (block, point) in page.blocks.iter().zip(points) {
        held[block.scope] += point;
    }
    // Elements are numbered after those around them.
    for i in (1..page.scopes.len()).rev() {
        held[page.scopes[i].parent] += held[i];
    }
    held
}
