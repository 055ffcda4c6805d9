//! Which blocks of a page are the article.
//!
//! After Readability's idea (Arc90, 2010): paragraphs give points to the elements around them, and the article is the
//! smallest element that holds most of the points. Menus and the like are told by their element, by what their class
//! says they are, and by being mostly links. Class words are those in wide use across sites, of no site in particular.

use super::blocks::{Block, Page, Scope};
use crate::document::Role;

/// Bytes from which a block is prose enough to give points.
const PROSE: usize = 60;
/// Share of all points that the article's element must hold: low enough that a page with as much again in comments
/// or teasers does not swallow the article.
const MOST: f64 = 0.6;
/// Share of a block's text that may be links.
const LINKED: f64 = 0.5;

/// Elements that are not the article.
const ASIDE: &[&str] = &["nav", "aside", "footer", "form", "header", "menu", "address"];

/// Words of classes and ids of what is not the article.
const NOISE: &[&str] = &[
    "comment",
    "disqus",
    "sidebar",
    "side-bar",
    "breadcrumb",
    "share",
    "sharing",
    "social",
    "sponsor",
    "promo",
    "related",
    "recommend",
    "newsletter",
    "subscri",
    "signup",
    "sign-up",
    "cookie",
    "consent",
    "banner",
    "advert",
    "popup",
    "modal",
    "widget",
    "outbrain",
    "taboola",
    "footer",
    "masthead",
    "navigation",
    "navbar",
    "topnav",
    "menu",
    "pagination",
    "pager",
    "trending",
    "most-read",
    "mostread",
    "popular",
    "read-more",
    "readmore",
    "more-on",
    "also-read",
    "author-bio",
    "about-author",
    "tag-list",
    "taglist",
    "copyright",
    "disclaimer",
    "login",
    "paywall",
    "toolbar",
    "teaser",
    "tooltip",
    "screen-reader",
    "visually-hidden",
    "sr-only",
    "skip-link",
    "byline",
    "dateline",
    "timestamp",
    "rating",
    "poll",
];

/// Words of classes and ids of articles: they outweigh noise words on the same element (`article-comments-off`).
const ARTICLE: &[&str] = &[
    "article-body",
    "articlebody",
    "story-body",
    "storybody",
    "entry-content",
    "post-content",
    "article-content",
    "article__body",
    "post-body",
    "article-text",
    "story-content",
    "article_body",
];

/// For each block whether it belongs to the article.
pub fn find(page: &Page) -> Vec<bool> {
    let raw: Vec<f64> = page.blocks.iter().map(points).collect();
    let held = held_points(page, &raw);
    // An element around half of the page's prose is no menu, whatever its class says: `page has-sidebar`.
    let half = held.first().copied().unwrap_or(0.0) / 2.0;
    let noise: Vec<bool> = page.scopes.iter().zip(&held).map(|(s, h)| is_noise(s) && *h < half).collect();
    let apart: Vec<bool> = (0..page.scopes.len()).map(|i| around(page, i).any(|s| noise[s])).collect();
    let own = |block: &Block| !apart[block.scope];
    let points: Vec<f64> = page.blocks.iter().map(|b| if own(b) { points(b) } else { 0.0 }).collect();
    let Some(root) = root(page, &points) else {
        return vec![false; page.blocks.len()];
    };
    let first_prose = page
        .blocks
        .iter()
        .zip(&points)
        .position(|(b, p)| *p > 0.0 && is_within(page, b.scope, root))
        .unwrap_or(0);
    let blocks = page.blocks.iter().enumerate();
    blocks
        .map(|(i, block)| {
            let inside = is_within(page, block.scope, root) && own(block);
            // What stands before the first paragraph, other than a heading, is date, author, share count.
            let opened = i >= first_prose || matches!(block.role, Role::Heading(_));
            inside && opened && !is_link_list(block)
        })
        .collect()
}

/// What a block gives: more for longer prose, less for links.
fn points(block: &Block) -> f64 {
    let prose = matches!(block.role, Role::Paragraph | Role::Quotation | Role::ListItem | Role::TableRow);
    if !prose || block.text.len() < PROSE {
        return 0.0;
    }
    let unlinked = 1.0 - block.linked as f64 / block.text.len().max(1) as f64;
    let commas = block.text.matches([',', '،', '、']).count() as f64;
    let weight = if block.role == Role::ListItem { 0.5 } else { 1.0 };
    weight * unlinked * (1.0 + commas.min(10.0) + (block.text.len() as f64 / 100.0).min(5.0))
}

fn is_link_list(block: &Block) -> bool {
    block.linked as f64 > LINKED * block.text.len() as f64 && block.text.len() < 300
}

/// The smallest element with most of the points; one that says it is the article's body wins with a third.
fn root(page: &Page, points: &[f64]) -> Option<usize> {
    let held = held_points(page, points);
    let all = held.first().copied().filter(|all| *all > 0.0)?;
    let says_so = |i: &usize| {
        let scope = &page.scopes[*i];
        scope.is_article_body || ARTICLE.iter().any(|w| scope.hints.contains(w))
    };
    let most = |candidates: &mut dyn Iterator<Item = usize>| {
        candidates.max_by(|a, b| held[*a].total_cmp(&held[*b]).then(b.cmp(a)))
    };
    if let Some(body) = most(&mut (0..page.scopes.len()).filter(says_so)).filter(|i| held[*i] >= all / 3.0) {
        return Some(body);
    }
    // Scopes are numbered outermost first, so the last that holds enough is the innermost.
    (0..page.scopes.len()).rev().find(|i| held[*i] >= MOST * all)
}

/// The elements around a block, innermost first.
fn around(page: &Page, scope: usize) -> impl Iterator<Item = usize> {
    let next = move |at: &usize| {
        let parent = page.scopes[*at].parent;
        (parent != *at).then_some(parent)
    };
    std::iter::successors(Some(scope), next)
}

fn is_within(page: &Page, scope: usize, root: usize) -> bool {
    around(page, scope).any(|s| s == root)
}

/// The points within each element.
fn held_points(page: &Page, points: &[f64]) -> Vec<f64> {
    let mut held = vec![0.0; page.scopes.len()];
    for (block, point) in page.blocks.iter().zip(points) {
        for scope in around(page, block.scope) {
            held[scope] += point;
        }
    }
    held
}

fn is_noise(scope: &Scope) -> bool {
    if matches!(scope.name.as_str(), "body" | "html" | "main" | "article" | "") {
        return false;
    }
    if ASIDE.contains(&scope.name.as_str()) {
        return true;
    }
    let has = |words: &[&str]| words.iter().any(|w| scope.hints.contains(w));
    has(NOISE) && !has(ARTICLE)
}
