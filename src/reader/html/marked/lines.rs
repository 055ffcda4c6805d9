//! The text of an element as lines: what the page sets apart is on lines of its own.

use dom_query::NodeRef;

/// Elements whose text is not of the article.
pub(super) const UNSEEN: [&str; 14] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "select",
    "textarea", "head", "audio", "video",
];

/// Elements within a line.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "dfn", "em", "font", "i", "label", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u", "wbr", "ruby", "nobr",
];

/// Marks an edge of an element within a line, until it is known whether there is a space at it.
const EDGE: char = '\u{1}';

/// The text of an element, a line for each part; times are left out. `None` when it has more than `most` bytes.
pub(super) fn lines(node: &NodeRef<'_>, most: usize) -> Option<String> {
    let mut text = String::new();
    collect(node, most, 0, &mut text).then_some(())?;
    let mut out: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = at_edges(line);
        out.extend(
            line.split('\n')
                .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|l| !l.is_empty()),
        );
    }
    Some(out.join("\n"))
}

/// `By|Anna Lind|, Minsk`: where words meet at an edge without a space the page sets them apart.
fn at_edges(line: &str) -> String {
    let signs: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    for (at, sign) in signs.iter().enumerate() {
        if *sign != EDGE {
            out.push(*sign);
            continue;
        }
        let before = signs[..at].iter().rev().take(8).find(|c| **c != EDGE);
        let after = signs[at..].iter().take(8).find(|c| **c != EDGE);
        let apart = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
        if apart(before) && apart(after) {
            out.push('\n');
        }
    }
    out
}

/// Returns false if there is more text than `most` bytes.
fn collect(node: &NodeRef<'_>, most: usize, depth: usize, text: &mut String) -> bool {
    for child in node.children_it(false) {
        if text.len() > most * 2 || depth > 40 {
            return false;
        }
        if child.is_text() {
            let own = child.text();
            // Indentation of the source is no text.
            let folded = own.split_whitespace().collect::<Vec<_>>().join(" ");
            if own.starts_with(char::is_whitespace) {
                text.push(' ');
            }
            text.push_str(&folded);
            if own.ends_with(char::is_whitespace) && !folded.is_empty() {
                text.push(' ');
            }
        } else if child.is_element() {
            let name = child.node_name().map(|n| n.to_string()).unwrap_or_default();
            if UNSEEN.contains(&name.as_str()) {
                continue;
            }
            let edge = if INLINE.contains(&name.as_str()) { EDGE } else { '\n' };
            text.push(edge);
            if name != "time" && !collect(&child, most, depth + 1, text) {
                return false;
            }
            text.push(edge);
        }
    }
    text.chars().filter(|c| *c != EDGE && *c != '\n').map(char::len_utf8).sum::<usize>() <= most
}

/// Words with which a line of credit begins.
const STARTS: [&str; 16] = [
    "By",
    "BY",
    "by",
    "Von",
    "Par",
    "Por",
    "Door",
    "Автор:",
    "Авторы:",
    "Autor:",
    "Autorin:",
    "Author:",
    "Authors:",
    "Written by",
    "Oleh",
    "Penulis:",
];

/// Returns true if and only if a text begins as a line of credit does.
pub(super) fn starts_credit(text: &str) -> bool {
    STARTS.iter().any(|start| {
        let rest = text.strip_prefix(start);
        rest.is_some_and(|rest| {
            let space =
                rest.is_empty() || rest.starts_with([' ', '\u{a0}', ':', '\n']) || start.ends_with(':');
            let next = rest.trim_start_matches([' ', '\u{a0}', ':', '\n']).chars().next();
            space && next.is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit())
        })
    })
}
