//! The walk over a page: blocks of text, each with the elements it stands in.

use super::edges::is_sentence;
use super::elements::{self, Flow};
use super::marks::{self, Mark};
use crate::clean::superscript::superscript;
use crate::document::Role;
use dom_query::NodeRef;
use std::collections::HashMap;

/// Elements within each other beyond which structure is no longer looked at.
const DEEPEST: usize = 200;

/// Bytes from which a sentence is no heading, whatever its element says.
const LONGEST_HEADING: usize = 100;

/// A block of text.
#[derive(Debug)]
pub struct Block {
    /// Its text, white space folded.
    pub text: String,
    /// What its element says it is.
    pub role: Role,
    /// Bytes of its text that are links.
    pub linked: usize,
    /// The innermost element it stands in.
    pub scope: usize,
}

/// An element that holds blocks.
#[derive(Debug, Default)]
pub struct Scope {
    /// The element around it; its own number for the outermost.
    pub parent: usize,
    /// Element name.
    pub name: String,
    /// Class and role, as they are written, with a blank between.
    pub hints: String,
    /// Its id.
    pub id: String,
    /// `itemprop` says it is the article.
    pub is_article_body: bool,
}

/// A page as blocks.
#[derive(Debug, Default)]
pub struct Page {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The elements.
    pub scopes: Vec<Scope>,
    /// Page breaks of an e-book.
    pub page_breaks: Vec<PageBreak>,
}

/// Where a printed page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBreak {
    /// The block before which it begins, or within which.
    pub block: usize,
    /// Bytes of the block's text before it.
    pub at: usize,
    /// What is printed on the page.
    pub label: String,
}

/// The elements around one, innermost first, itself among them.
pub fn around(page: &Page, scope: usize) -> impl Iterator<Item = usize> {
    let next = move |at: &usize| {
        let parent = page.scopes[*at].parent;
        (parent != *at).then_some(parent)
    };
    std::iter::successors(Some(scope), next)
}

/// What of a page is taken to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// What a browser shows when it opens the page.
    AtOnce,
    /// Also what scripts show later, and what is there for browsers without scripts.
    Later,
}

/// Walks a page. `pages` are the labels of printed pages by the id of the element with which they begin.
pub fn collect(dom: &dom_query::Document, pages: &HashMap<String, String>, shown: Shown) -> Page {
    let mut page = Page::default();
    page.scopes.push(Scope::default());
    let mut walk = Walk { page, text: String::new(), linked: 0, pages, shown, without_scripts: false };
    if let Some(label) = pages.get("") {
        walk.break_page(label);
    }
    let top = Place { scope: 0, role: Role::Paragraph, linked: false, depth: 0 };
    walk.children(&dom.root(), top);
    walk.flush(top);
    walk.page
}

#[derive(Clone, Copy)]
struct Place {
    scope: usize,
    role: Role,
    linked: bool,
    depth: usize,
}

struct Walk<'p> {
    page: Page,
    text: String,
    linked: usize,
    pages: &'p HashMap<String, String>,
    shown: Shown,
    /// It is within what is there for browsers without scripts.
    without_scripts: bool,
}

impl Walk<'_> {
    /// A printed page begins here.
    fn break_page(&mut self, label: &str) {
        // A paragraph that runs over two pages stays one.
        let at = fold(&self.text).len();
        let label = label.trim().to_owned();
        self.page.page_breaks.push(PageBreak { block: self.page.blocks.len(), at, label });
    }

    fn children(&mut self, node: &NodeRef<'_>, place: Place) {
        if place.depth > DEEPEST {
            self.add(&node.text(), place.linked);
            return;
        }
        // Whether text is beside the elements: asked once, and only where it matters.
        let mut in_line = None;
        for child in node.children_it(false) {
            if child.is_text() {
                self.add(&child.text(), place.linked);
            } else if child.is_element() {
                let name = child.node_name().map(|n| n.to_string()).unwrap_or_default();
                let flow = match elements::flow(&name) {
                    Flow::Own if !*in_line.get_or_insert_with(|| has_own_text(node)) => Flow::Block,
                    flow => flow,
                };
                self.element(&child, &name, flow, Place { depth: place.depth + 1, ..place });
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, flow: Flow, place: Place) {
        let listed = match self.pages.is_empty() {
            true => None,
            false => node.attr("id").and_then(|id| self.pages.get(&*id)),
        };
        if elements::is_page_break(node) {
            let own = || node.attr("title").or_else(|| node.attr("aria-label")).map(|t| t.to_string());
            let label = listed.cloned().or_else(own).filter(|l| !l.is_empty());
            self.break_page(&label.unwrap_or_else(|| node.text().to_string()));
            return;
        }
        if flow == Flow::Unseen || elements::is_hidden(node, self.shown == Shown::Later) {
            return;
        }
        match name {
            "br" => return self.break_line(place),
            "noscript" => return self.scriptless(node, place),
            "rt" => return self.reading(node, place),
            _ => {}
        }
        match marks::of(node, name) {
            Some(Mark::High(mark)) => return self.set_high(&mark),
            Some(Mark::Silent) => return,
            None => {}
        }
        if flow != Flow::Block {
            if let Some(label) = listed {
                self.break_page(label);
            }
            // Blocks may be within an element that nobody knows, and its class says what they are.
            let scope = if flow == Flow::Own { self.open(node, name, place.scope) } else { place.scope };
            let leads_away = marks::leads_away(node, name, matches!(place.role, Role::Heading(_)));
            return self.children(node, Place { scope, linked: place.linked || leads_away, ..place });
        }
        self.flush(place);
        if let Some(label) = listed {
            self.break_page(label);
        }
        self.block(node, name, place);
    }

    fn block(&mut self, node: &NodeRef<'_>, name: &str, place: Place) {
        let inner = Place {
            scope: self.open(node, name, place.scope),
            role: elements::role(node, name, place.role),
            ..place
        };
        if name == "tr" && elements::is_row_of_data(node) {
            self.row(node, inner);
        } else {
            self.children(node, inner);
        }
        self.flush(inner);
    }

    /// Two line breaks with nothing but white space between end a paragraph, as old pages have it.
    fn break_line(&mut self, place: Place) {
        let end = self.text.trim_end_matches(|c: char| c.is_whitespace() && c != '\n').len();
        self.text.truncate(end);
        if self.text.ends_with('\n') {
            self.flush(place);
        } else {
            self.text.push('\n');
        }
    }

    /// How a word is read aloud, which is printed above it: in brackets, as browsers do that cannot print it there.
    fn reading(&mut self, node: &NodeRef<'_>, place: Place) {
        self.text.push('(');
        self.children(node, place);
        self.text.push(')');
    }

    /// The mark of a note; a second one directly after it is held apart, so that 59 and 60 are not 5960.
    fn set_high(&mut self, mark: &str) {
        let is_high = |c: char| ('0'..='9').any(|digit| superscript(digit) == c);
        if self.text.ends_with(is_high) {
            self.text.push(' ');
        }
        self.text.push_str(mark);
    }

    /// What is there for browsers without scripts: the parser gives it as text when scripts are on.
    fn scriptless(&mut self, node: &NodeRef<'_>, place: Place) {
        // One within another is nobody's way to write, and each level would be parsed again.
        if self.shown == Shown::AtOnce || self.without_scripts {
            return;
        }
        self.without_scripts = true;
        self.flush(place);
        let source = node.text();
        if source.contains('<') {
            let inner = dom_query::Document::from(&*super::nesting::shallow(&source));
            self.children(&inner.root(), place);
        } else {
            self.children(node, place);
        }
        self.flush(place);
        self.without_scripts = false;
    }

    /// A row of a table of data: its cells in one line.
    fn row(&mut self, node: &NodeRef<'_>, place: Place) {
        let first = self.page.blocks.len();
        let mut cells: Vec<String> = Vec::new();
        let mut linked = 0;
        let mut is_heading = false;
        for cell in node.element_children() {
            let name = cell.node_name().map(|n| n.to_string()).unwrap_or_default();
            let depth = place.depth + 1;
            self.element(&cell, &name, Flow::Block, Place { depth, role: Role::Paragraph, ..place });
            let blocks = self.page.blocks.drain(first..);
            let texts: Vec<String> = blocks.inspect(|b| linked += b.linked).map(|b| b.text).collect();
            is_heading |= name == "th";
            cells.extend(Some(texts.join(" ")).filter(|text| !text.is_empty()));
        }
        let role = match place.role {
            Role::Footnote => Role::Footnote,
            _ if cells.len() > 1 || is_heading => Role::TableRow,
            role => role,
        };
        for within in self.page.page_breaks.iter_mut().rev().take_while(|b| b.block > first) {
            within.block = first;
        }
        self.text = cells.join(" | ");
        self.linked = linked;
        self.flush(Place { role, ..place });
    }

    fn open(&mut self, node: &NodeRef<'_>, name: &str, parent: usize) -> usize {
        let attribute = |key: &str| node.attr(key).map(|v| v.to_string()).unwrap_or_default();
        let hints = format!("{} {}", attribute("class"), attribute("role"));
        let id = attribute("id");
        let is_article_body = attribute("itemprop").eq_ignore_ascii_case("articleBody");
        self.page.scopes.push(Scope { parent, name: name.to_owned(), hints, id, is_article_body });
        self.page.scopes.len() - 1
    }

    fn add(&mut self, text: &str, linked: bool) {
        self.text.push_str(&text.replace('\n', " "));
        if linked {
            self.linked += text.trim().len();
        }
    }

    fn flush(&mut self, place: Place) {
        let text = fold(&self.text);
        let linked = std::mem::take(&mut self.linked).min(text.len());
        self.text.clear();
        let role = match place.role {
            // A lead that is set as a heading.
            Role::Heading(2..) if text.len() > LONGEST_HEADING && is_sentence(&text) => Role::Paragraph,
            role => role,
        };
        if !text.is_empty() {
            self.page.blocks.push(Block { text, role, linked, scope: place.scope });
        }
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns true if and only if text is directly in the element, beside the elements in it.
fn has_own_text(node: &NodeRef<'_>) -> bool {
    node.children_it(false).any(|child| child.is_text() && !child.text().trim().is_empty())
}
