//! What the elements of a page are by their names and attributes: blocks or parts of a line, seen or unseen, and the
//! role of their text.

use crate::document::Role;
use dom_query::NodeRef;

/// Elements whose text is not shown.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "svg", "math", "iframe", "object", "embed", "select", "button", "input",
    "textarea", "canvas", "audio", "video", "head", "dialog", "area", "base", "link", "meta", "param",
    "source", "track", "rp",
];

/// Elements that begin and end a block, by the rendering rules of the HTML standard. All others, those that nobody
/// knows among them, are parts of a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "noframes",
    "noscript",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "xmp",
];

/// Elements of formatting, which hold no blocks that matter.
const FORMATTING: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "picture", "q", "rb", "rt", "rtc", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// How an element takes part in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It begins and ends a block.
    Block,
    /// It is part of a line.
    Line,
    /// It has a name of its own: within a line where text is beside it, as is the rule, and else a container.
    Own,
    /// Nothing of it is shown.
    Unseen,
}

/// How the element of that name takes part in the text.
pub fn flow(name: &str) -> Flow {
    if FORMATTING.contains(&name) {
        Flow::Line
    } else if BLOCKS.contains(&name) {
        Flow::Block
    } else if UNSEEN.contains(&name) {
        Flow::Unseen
    } else {
        Flow::Own
    }
}

/// The role of the text of a block, within one of the role `around`.
pub fn role(node: &NodeRef<'_>, name: &str, around: Role) -> Role {
    match around {
        // Paragraphs and lists within a note are the note; a section of notes has its heading.
        Role::Footnote => match named(name, around) {
            heading @ Role::Heading(_) => heading,
            _ => Role::Footnote,
        },
        _ if is_note(node) => Role::Footnote,
        _ => match named(name, around) {
            Role::Paragraph if is_caption(node) => Role::Caption,
            role => role,
        },
    }
}

fn named(name: &str, around: Role) -> Role {
    match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "li" | "dd" | "dt" => Role::ListItem,
        "blockquote" => Role::Quotation,
        "figure" | "figcaption" | "caption" => Role::Caption,
        "table" | "ul" | "ol" | "pre" | "section" | "article" | "main" | "body" => Role::Paragraph,
        _ => around,
    }
}

/// `hidden`, `aria-hidden` or a style that shows nothing. A page that is sent in pieces has its text in `hidden`
/// elements until a script moves it: `with_hidden` shows those.
pub fn is_hidden(node: &NodeRef<'_>, with_hidden: bool) -> bool {
    (node.has_attr("hidden") && !with_hidden)
        || node.attr("aria-hidden").is_some_and(|v| &*v == "true")
        || node.attr("style").is_some_and(|s| {
            let style: String = s.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// `epub:type="pagebreak"` or `role="doc-pagebreak"`.
pub fn is_page_break(node: &NodeRef<'_>) -> bool {
    node.attr("epub:type").is_some_and(|t| t.contains("pagebreak"))
        || node.attr("role").is_some_and(|r| &*r == "doc-pagebreak")
}

/// `epub:type="footnote"` or `role="doc-footnote"`, those of endnotes, and the sections that hold them.
fn is_note(node: &NodeRef<'_>) -> bool {
    const NOTES: [&str; 6] = ["footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"];
    let is = |value: &str| NOTES.contains(&value.strip_prefix("doc-").unwrap_or(value));
    node.attr("epub:type").is_some_and(|t| t.split_whitespace().any(is))
        || node.attr("role").is_some_and(|r| is(&r))
        || node.attr("class").is_some_and(|c| c.split_whitespace().any(|word| word == "footnotes"))
}

/// A class that says `caption`, `thumbcaption`.
fn is_caption(node: &NodeRef<'_>) -> bool {
    node.attr("class").is_some_and(|class| {
        class
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word.to_ascii_lowercase().ends_with("caption"))
    })
}

/// Returns true if and only if a row of a table is data: its cells hold no paragraphs, headings or tables, as those
/// of a layout do. A row with a heading cell may have lists and the like in the others.
pub fn is_row_of_data(row: &NodeRef<'_>) -> bool {
    let layout = |name: &str| matches!(name, "table" | "h1" | "h2" | "h3" | "article" | "section");
    let blocks = |name: &str| matches!(name, "p" | "div" | "ul" | "ol");
    let named = |row: &NodeRef<'_>, is: &dyn Fn(&str) -> bool| {
        row.descendants_it().any(|n| n.node_name().is_some_and(|name| is(&name)))
    };
    let cells = row.element_children();
    let is_headed = cells.iter().any(|cell| cell.node_name().is_some_and(|name| &*name == "th"));
    !named(row, &layout) && (is_headed || !named(row, &blocks))
}
