//! The walk over a page: blocks of text, each with the elements it stands in.

use super::super::superscript;
use crate::document::Role;
use dom_query::NodeRef;
use std::collections::HashMap;

/// Elements within each other beyond which structure is no longer looked at.
const DEEPEST: usize = 200;

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
#[derive(Debug)]
pub struct Scope {
    /// The element around it; its own number for the outermost.
    pub parent: usize,
    /// Element name.
    pub name: String,
    /// Class, id and role, lower case.
    pub hints: String,
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

/// Elements whose text is not shown.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "select",
    "button", "input", "textarea", "canvas", "audio", "video", "head", "dialog",
];

/// Elements that stand within a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img", "ruby", "rb",
];

/// Walks a page. `pages` are the labels of printed pages by the id of the element with which they begin.
pub fn collect(dom: &dom_query::Document, pages: &HashMap<String, String>) -> Page {
    let mut page = Page::default();
    page.scopes.push(Scope { parent: 0, name: String::new(), hints: String::new(), is_article_body: false });
    let mut walk = Walk { page, text: String::new(), linked: 0, pages };
    if let Some(label) = pages.get("") {
        walk.break_page(label);
    }
    walk.children(&dom.root(), Place { scope: 0, role: Role::Paragraph, linked: false, depth: 0 });
    walk.flush(Place { scope: 0, role: Role::Paragraph, linked: false, depth: 0 });
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
        for child in node.children_it(false) {
            if child.is_text() {
                self.add(&child.text(), place.linked);
            } else if child.is_element() {
                self.element(&child, Place { depth: place.depth + 1, ..place });
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, place: Place) {
        let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
        let listed = match self.pages.is_empty() {
            true => None,
            false => node.attr("id").and_then(|id| self.pages.get(&*id)),
        };
        if is_page_break(node) {
            let own = || node.attr("title").or_else(|| node.attr("aria-label")).map(|t| t.to_string());
            let label = listed.cloned().or_else(own).filter(|l| !l.is_empty());
            self.break_page(&label.unwrap_or_else(|| node.text().to_string()));
            return;
        }
        if UNSEEN.contains(&name.as_str()) || is_hidden(node) {
            return;
        }
        if name == "br" {
            // Two in a row end a paragraph, as old pages have it.
            if self.text.ends_with('\n') {
                self.flush(place)
            } else {
                self.text.push('\n')
            }
            return;
        }
        if name == "sup"
            && let Some(mark) = mark_of_note(&node.text())
        {
            self.text.push_str(&mark);
            return;
        }
        if INLINE.contains(&name.as_str()) {
            if let Some(label) = listed {
                self.break_page(label);
            }
            self.children(node, Place { linked: place.linked || name == "a", ..place });
            return;
        }
        self.flush(place);
        if let Some(label) = listed {
            self.break_page(label);
        }
        let inner = Place {
            scope: self.open(node, &name, place.scope),
            role: self.role(node, &name, place),
            ..place
        };
        if name == "tr" && !holds_blocks(node) {
            self.row(node, inner);
        } else {
            self.children(node, inner);
        }
        self.flush(inner);
    }

    fn role(&self, node: &NodeRef<'_>, name: &str, place: Place) -> Role {
        match place.role {
            // Paragraphs and lists within a note are the note.
            Role::Footnote => Role::Footnote,
            _ if is_note(node) => Role::Footnote,
            around => role(name, around),
        }
    }

    /// A row of a table of data: its cells in one line.
    fn row(&mut self, node: &NodeRef<'_>, place: Place) {
        let cells = node.element_children();
        let cells = cells.iter().map(|cell| fold(&cell.text())).filter(|c| !c.is_empty());
        let text = cells.collect::<Vec<_>>().join(" | ");
        let role = if text.contains(" | ") { Role::TableRow } else { place.role };
        self.add(&text, place.linked);
        self.flush(Place { role, ..place });
    }

    fn open(&mut self, node: &NodeRef<'_>, name: &str, parent: usize) -> usize {
        let attribute = |key: &str| node.attr(key).map(|v| v.to_string()).unwrap_or_default();
        let hints =
            format!("{} {} {}", attribute("class"), attribute("id"), attribute("role")).to_ascii_lowercase();
        let is_article_body = attribute("itemprop").eq_ignore_ascii_case("articleBody");
        self.page.scopes.push(Scope { parent, name: name.to_owned(), hints, is_article_body });
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
        if !text.is_empty() {
            self.page.blocks.push(Block { text, role: place.role, linked, scope: place.scope });
        }
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|v| &*v == "true")
        || node.attr("style").is_some_and(|s| {
            let style: String = s.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// The mark of a note, or a power, set high so that it is not glued to the word before it.
fn mark_of_note(text: &str) -> Option<String> {
    let digits = text.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.chars().map(superscript).collect())
}

/// `epub:type="pagebreak"` or `role="doc-pagebreak"`.
fn is_page_break(node: &NodeRef<'_>) -> bool {
    node.attr("epub:type").is_some_and(|t| t.contains("pagebreak"))
        || node.attr("role").is_some_and(|r| &*r == "doc-pagebreak")
}

/// `epub:type="footnote"` or `role="doc-footnote"`, and those of endnotes.
fn is_note(node: &NodeRef<'_>) -> bool {
    let is =
        |value: &str| matches!(value, "footnote" | "endnote" | "rearnote" | "doc-footnote" | "doc-endnote");
    node.attr("epub:type").is_some_and(|t| t.split_whitespace().any(is))
        || node.attr("role").is_some_and(|r| is(&r))
}

/// A table cell with paragraphs in it is layout, not data.
fn holds_blocks(row: &NodeRef<'_>) -> bool {
    let is_block =
        |name: &str| matches!(name, "p" | "div" | "table" | "ul" | "ol" | "h1" | "h2" | "h3" | "article");
    row.descendants_it().any(|n| n.node_name().is_some_and(|name| is_block(&name)))
}

fn role(name: &str, around: Role) -> Role {
    match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "li" | "dd" | "dt" => Role::ListItem,
        "blockquote" => Role::Quotation,
        "figcaption" | "caption" => Role::Caption,
        "figure" | "table" | "ul" | "ol" | "section" | "article" | "main" | "body" => Role::Paragraph,
        _ => around,
    }
}
