//! What whole lines of Markdown are: headings with a line drawn below them, comments, definitions of links.

use crate::document::{Document, Format, Role};

/// The longest heading, in bytes.
const LONGEST_HEADING: usize = 150;
/// How much longer or shorter than its heading a drawn line is in plain text.
const SLACK: usize = 3;

/// Gives headings with a line drawn below them, comments and definitions of links their roles. In plain text only the
/// headings are looked for, and only where the line is as long as the heading.
pub fn mark(document: &mut Document) {
    let is_markdown = document.format == Format::Markdown;
    let mut fenced = false;
    let mut comments = is_markdown;
    let mut at = 0;
    while at < document.lines.len() {
        let next = match first_sign(document, at) {
            Some(b'`' | b'~') if is_markdown && is_fence(text(document, at)) => {
                fenced = !fenced;
                at + 1
            }
            _ if fenced => at + 1,
            Some(b'<') if comments && text(document, at).starts_with("<!--") => {
                let end = comment_end(document, at);
                comments = end.is_some();
                end.unwrap_or(at + 1)
            }
            Some(b'[') if is_markdown && is_link_definition(document, at) => {
                document.lines[at].role = Role::Boilerplate;
                at + 1
            }
            Some(b'=' | b'-') => {
                mark_heading(document, at, is_markdown);
                at + 1
            }
            _ => at + 1,
        };
        at = next;
    }
}

/// The first byte of a line that is no blank.
fn first_sign(document: &Document, at: usize) -> Option<u8> {
    let line = document.lines.get(at)?;
    document.text.as_bytes().get(line.range.clone())?.iter().find(|b| **b != b' ').copied()
}

fn is_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

/// The words of a line, with up to three blanks of indent taken off as Markdown has it.
fn text(document: &Document, at: usize) -> &str {
    let line = document.lines.get(at).map_or("", |line| document.line_text(line));
    let words = line.trim_start_matches(' ');
    if line.len() - words.len() <= 3 { words.trim_end() } else { line }
}

/// Sets a comment aside that begins on line `at`; gives the line after it, `None` when the comment is never closed.
fn comment_end(document: &mut Document, at: usize) -> Option<usize> {
    let last = (at..document.lines.len()).find(|&i| text(document, i).contains("-->"))?;
    if text(document, last).ends_with("-->") {
        document.lines[at..=last].iter_mut().for_each(|line| line.role = Role::Boilerplate);
    }
    Some(last + 1)
}

/// `[label]: address "title"`, which cannot stand in the middle of a paragraph.
fn is_link_definition(document: &Document, at: usize) -> bool {
    let Some((label, rest)) = text(document, at).split_once("]:") else { return false };
    let mut words = rest.split_whitespace();
    let address = words.next().unwrap_or_default();
    let is_address = address.contains("://")
        || address.starts_with(['/', '#', '.', '<'])
        || address.starts_with("mailto:");
    let title = words.next().is_none_or(|word| word.starts_with(['"', '\'', '(']));
    let alone =
        at == 0 || text(document, at - 1).is_empty() || document.lines[at - 1].role == Role::Boilerplate;
    label.len() > 1 && !label.starts_with("[^") && !label[1..].contains('[') && is_address && title && alone
}

/// Makes the line above `at` a heading when line `at` is drawn below it.
fn mark_heading(document: &mut Document, at: usize, is_markdown: bool) {
    let line = text(document, at);
    let Some(sign) = line.bytes().next().filter(|sign| line.len() >= 2 && line.bytes().all(|b| b == *sign))
    else {
        return;
    };
    let Some(above) = at.checked_sub(1) else { return };
    let heading = text(document, above);
    let is_blank = |i: usize| text(document, i).is_empty() || document.lines[i].role != Role::Raw;
    let alone = above == 0 || is_blank(above - 1);
    let widths = (heading.chars().count(), line.len());
    let as_long = line.len() >= 3
        && widths.0.abs_diff(widths.1) <= SLACK
        && (at + 1 >= document.lines.len() || is_blank(at + 1));
    if alone
        && document.lines[above].role == Role::Raw
        && is_heading(heading)
        && (is_markdown && (sign == b'=' || line.len() >= 3) || as_long)
    {
        document.lines[above].role = Role::Heading(if sign == b'=' { 1 } else { 2 });
        // The drawn line has no words; the heading ends its paragraph without it.
        document.lines[at].range.end = document.lines[at].range.start;
    }
}

/// Returns true if and only if the words may be a heading: no other mark-up begins with them, and they are few.
fn is_heading(words: &str) -> bool {
    let other =
        words.starts_with(['#', '>', '|', '-', '*', '+', ' ', '\t', '=', '<', '[']) || words.contains('|');
    words.len() <= LONGEST_HEADING && words.chars().any(char::is_alphanumeric) && !other
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::passage::{Kind, segment};

    fn kinds(text: &str, format: Format) -> Vec<(Kind, String)> {
        let segmented = segment(&read(text.as_bytes(), format).unwrap());
        segmented.passages.iter().map(|p| (p.kind, p.text.clone())).collect()
    }

    const TEXT: &str = "Ports of the North\n==================\n\nThe ports of the north are open to all ships in summer.\n\nTrade in winter\n---------------\n\nThe ports of the north are closed to most ships in winter.\n";

    #[test]
    fn lines_drawn_below_make_headings() {
        for format in [Format::Markdown, Format::Text] {
            let found = kinds(TEXT, format);
            assert_eq!(found.len(), 4, "{found:?}");
            assert_eq!(found[2], (Kind::Heading, "Trade in winter".to_owned()));
            assert_eq!(found[3].0, Kind::Body);
        }
        let rule = "The ports of the north are open to all ships.\nThe roads are not.\n---\n\nAnother paragraph follows the rule here.\n";
        assert!(kinds(rule, Format::Markdown).iter().all(|(kind, _)| *kind != Kind::Heading));
    }

    #[test]
    fn comments_and_definitions_of_links_are_no_text() {
        let text = "<!-- A note\nto the editor -->\n\nThe ports of the north are [open][1] to all ships.\n\n[1]: https://example.org/ports \"Ports\"\n[roads]: <https://example.org/roads>\n\nThe roads are <!-- not --> open.\n\n<!-- never closed\n";
        let found = kinds(text, Format::Markdown);
        let aside: Vec<&str> = found
            .iter()
            .filter(|(kind, _)| *kind == Kind::Boilerplate)
            .map(|(_, text)| text.as_str())
            .collect();
        assert_eq!(aside.len(), 4, "{found:?}");
        assert!(aside[2].starts_with("[1]:"), "{found:?}");
        let fenced = "```\n[1]: https://example.org\n<!-- kept -->\n```\n";
        assert!(kinds(fenced, Format::Markdown).iter().all(|(kind, _)| *kind != Kind::Boilerplate));
    }

    #[test]
    fn paragraphs_around_a_definition_stay_apart() {
        let text = "The [ports] of the north are open to all ships in the summer of\nthe year, and the roads that lead to them are open as well.\n\n[ports]: https://example.org/ports\n\nThe ships of the north sail on to the islands in the winter of\nthe year, with these goods aboard:\n\n- timber of the inner towns, and grain\n  of the islands\n- ore\n";
        let found = kinds(text, Format::Markdown);
        assert_eq!(found.iter().filter(|(kind, _)| *kind == Kind::Body).count(), 1, "{found:?}");
        assert!(
            found.iter().any(|(kind, text)| *kind == Kind::List && text.starts_with("The ships")),
            "{found:?}"
        );
    }

    #[test]
    fn a_footnote_holds_its_indented_lines() {
        let text = "The ports of the north are open.[^1] The roads are not.\n\n[^1]: Linden, Ports of the North.\n    So says Reyes too.\n\n    In another paragraph of the note he doubts it.\n\nThe last paragraph of the text ends here, and nothing follows.\n";
        let found = kinds(text, Format::Markdown);
        let notes: Vec<&str> =
            found.iter().filter(|(kind, _)| *kind == Kind::Footnote).map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            notes,
            [
                "[1]: Linden, Ports of the North. So says Reyes too. In another paragraph of the note he doubts it."
            ]
        );
        assert_eq!(found.iter().filter(|(kind, _)| *kind == Kind::Body).count(), 2);
    }
}
