//! Which blocks of a page are mostly links: menus, teasers of other pages.

use super::blocks::{Block, Page, around};
use super::edges;
use super::hints::Hints;
use crate::document::Role;
use std::collections::HashMap;

/// Share of a text that may be links.
const LINKED: f64 = 0.5;
/// The same for a sentence, and for a table, whose cells may be names that lead on.
const MOSTLY: f64 = 0.9;
/// Bytes from which a text is none of a menu.
const LONG: usize = 300;

/// For each block whether it is mostly links. Entries of a list of references may be, and so may items of a list and rows
/// of a table that is not as a whole.
pub fn menus(page: &Page, hints: &Hints) -> Vec<bool> {
    let mut in_references = vec![false; page.scopes.len()];
    for (i, scope) in page.scopes.iter().enumerate() {
        in_references[i] = hints.of[i].references || in_references[scope.parent];
    }
    let lists = Lists::of(page);
    let is_menu = |block: &Block| {
        let may_be = match block.role {
            Role::ListItem if lists.share(page, block) <= LINKED => 1.0,
            Role::TableRow if lists.share(page, block) <= MOSTLY => 1.0,
            Role::Paragraph if edges::is_sentence(&block.text) => MOSTLY,
            _ => LINKED,
        };
        let is_linked = block.linked as f64 > may_be * block.text.len() as f64;
        is_linked && block.text.len() < LONG && !in_references[block.scope]
    };
    page.blocks.iter().map(is_menu).collect()
}

/// For each list and table the bytes of its text that are links, and of all.
struct Lists(HashMap<usize, (usize, usize)>);

impl Lists {
    fn of(page: &Page) -> Lists {
        let mut lists = Lists(HashMap::new());
        for block in page.blocks.iter().filter(|b| matches!(b.role, Role::ListItem | Role::TableRow)) {
            let (linked, all) = lists.0.entry(list_of(page, block)).or_default();
            *linked += block.linked;
            *all += block.text.len();
        }
        lists
    }

    /// The share of links in the list that a block is in.
    fn share(&self, page: &Page, block: &Block) -> f64 {
        self.0.get(&list_of(page, block)).map_or(0.0, |(linked, all)| *linked as f64 / (*all).max(1) as f64)
    }
}

/// The list or table that a block is in, or else the element around it.
fn list_of(page: &Page, block: &Block) -> usize {
    let is_list = |i: &usize| matches!(page.scopes[*i].name.as_str(), "ul" | "ol" | "dl" | "table");
    around(page, block.scope).find(is_list).unwrap_or(page.scopes[block.scope].parent)
}
