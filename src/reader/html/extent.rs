//! How far the article reaches beyond the element that holds most of it: the other halves of one that is cut by
//! adverts, a lead paragraph before it.

use super::article::PROSE;
use super::blocks::{Block, Page, Scope, around};
use super::edges;
use crate::document::Role;

/// Share of the text of an element outside that must be unlinked prose.
const SOLID: f64 = 0.6;
/// Share of that prose that may be links.
const LINKED: f64 = 0.25;
/// Elements up from the article's in which others of the same class are looked for where no element says how far an
/// article reaches.
const NEAR: usize = 3;

/// Returns true if and only if an element says that it holds one article and what belongs to it.
pub fn is_region(scope: &Scope) -> bool {
    let says = |role: &str| scope.hints.split_whitespace().any(|word| word == role);
    matches!(scope.name.as_str(), "article" | "main")
        || says("main") && scope.name != "div"
        || says("article")
}

/// For each element whether the article is in it.
pub fn of(page: &Page, points: &[f64], apart: &[bool], root: usize) -> Vec<bool> {
    let mut inside = vec![false; page.scopes.len()];
    inside[root] = true;
    let path: Vec<usize> = around(page, root).collect();
    let region = path.iter().position(|i| is_region(&page.scopes[*i]));
    let near = region.unwrap_or(NEAR).min(path.len() - 1);
    let texts = Texts::of(page, points, apart);
    for i in 1..page.scopes.len() {
        let parent = page.scopes[i].parent;
        let beside = path[1..=near].contains(&parent) && !path.contains(&i);
        let belongs = || {
            if is_alike(&page.scopes[i], &page.scopes[root]) {
                return texts.is_solid(i);
            }
            region.is_some()
                && texts.is_solid(i)
                && (i < root && texts.blocks[i] > 0 || texts.is_large(i, root))
        };
        inside[i] |= inside[parent] || (beside && !apart[i] && belongs());
    }
    inside
}

/// Keeps the lead: prose between the main heading and the article's first paragraph, wherever it is.
pub fn keep_lead(page: &Page, points: &[f64], apart: &[bool], kept: &mut [bool]) {
    let Some(first) = (0..kept.len()).find(|i| kept[*i] && points[*i] > 0.0) else { return };
    let at = |level: u8| page.blocks[..first].iter().rposition(|b| b.role == Role::Heading(level));
    let heading = at(1).or_else(|| at(2));
    let between = heading.map_or(first, |at| at + 1)..first;
    for (block, kept) in page.blocks[between.clone()].iter().zip(&mut kept[between]) {
        *kept |= is_prose(block) && block.role != Role::ListItem && !apart[block.scope];
    }
}

/// The same element with the same class.
fn is_alike(one: &Scope, other: &Scope) -> bool {
    one.name == other.name && one.hints == other.hints && !one.hints.trim().is_empty()
}

/// How much text each element holds.
struct Texts {
    /// Bytes of all text that is no noise.
    all: Vec<usize>,
    /// Bytes of prose that is hardly linked.
    prose: Vec<usize>,
    /// Blocks of such prose.
    blocks: Vec<usize>,
    /// Whether an `article` of its own is in it.
    has_article: Vec<bool>,
}

impl Texts {
    fn of(page: &Page, points: &[f64], apart: &[bool]) -> Texts {
        let zeros = vec![0; page.scopes.len()];
        let has_article = page.scopes.iter().map(|s| s.name == "article").collect();
        let mut texts = Texts { all: zeros.clone(), prose: zeros.clone(), blocks: zeros, has_article };
        for (block, points) in page.blocks.iter().zip(points).filter(|(block, _)| !apart[block.scope]) {
            texts.all[block.scope] += if matches!(block.role, Role::Caption) { 0 } else { block.text.len() };
            if *points > 0.0 && is_prose(block) {
                texts.prose[block.scope] += block.text.len();
                texts.blocks[block.scope] += 1;
            }
        }
        for i in (1..page.scopes.len()).rev() {
            let parent = page.scopes[i].parent;
            texts.all[parent] += texts.all[i];
            texts.prose[parent] += texts.prose[i];
            texts.blocks[parent] += texts.blocks[i];
            texts.has_article[parent] |= texts.has_article[i];
        }
        texts
    }

    fn is_solid(&self, i: usize) -> bool {
        !self.has_article[i] && self.prose[i] as f64 > SOLID * self.all[i] as f64
    }

    /// After the article come the words of others: a note on the author, on the law. Only more than a note belongs.
    fn is_large(&self, i: usize, root: usize) -> bool {
        self.blocks[i] >= 2 && self.prose[i] * 6 >= self.prose[root]
    }
}

fn is_prose(block: &Block) -> bool {
    let linked = block.linked as f64 / block.text.len().max(1) as f64;
    let role = matches!(block.role, Role::Paragraph | Role::Quotation | Role::ListItem);
    role && block.text.len() >= PROSE && linked < LINKED && edges::is_sentence(&block.text)
}
