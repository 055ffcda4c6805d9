//! From the processor's output to plain text, Markdown and HTML.

use hayagriva::{BufWriteFormat, ElemChild, ElemChildren};

/// How italics, links and signs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Not at all.
    Plain,
    /// CommonMark.
    Markdown,
    /// HTML, escaped.
    Html,
}

/// Writes rendered text.
pub fn write(content: &ElemChildren, markup: Markup) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = content.write_buf(&mut text, format(markup));
    finish(&text, markup)
}

/// Writes a part of rendered text.
pub fn write_child(content: &ElemChild, markup: Markup) -> String {
    let mut text = String::new();
    let _ = content.write_buf(&mut text, format(markup));
    finish(&text, markup)
}

fn format(markup: Markup) -> BufWriteFormat {
    match markup {
        Markup::Plain => BufWriteFormat::Plain,
        Markup::Markdown | Markup::Html => BufWriteFormat::Html,
    }
}

fn finish(text: &str, markup: Markup) -> String {
    match markup {
        Markup::Plain => text.to_owned(),
        Markup::Html => without_styles(text),
        Markup::Markdown => markdown(text),
    }
}

/// The processor writes italics as `<span style="font-style: italic;">`; `<i>` is what a person expects.
fn without_styles(html: &str) -> String {
    convert(
        html,
        |tag, open| match (tag, open) {
            (Tag::Styled(elements), true) => elements.iter().map(|e| format!("<{e}>")).collect(),
            (Tag::Styled(elements), false) => elements.iter().rev().map(|e| format!("</{e}>")).collect(),
            (Tag::Link(href), true) => format!("<a href=\"{href}\">"),
            (Tag::Link(_), false) => "</a>".to_owned(),
        },
        str::to_owned,
    )
}

fn markdown(html: &str) -> String {
    let text = convert(
        html,
        |tag, open| match (tag, open) {
            (Tag::Styled(elements), open) => {
                let mark = |element: &&str| match (*element, open) {
                    ("i", _) => "*".to_owned(),
                    ("b", _) => "**".to_owned(),
                    (other, true) => format!("<{other}>"),
                    (other, false) => format!("</{other}>"),
                };
                if open {
                    elements.iter().map(mark).collect()
                } else {
                    elements.iter().rev().map(mark).collect()
                }
            }
            (Tag::Link(_), true) => "<".to_owned(),
            (Tag::Link(_), false) => ">".to_owned(),
        },
        |text| escape_markdown(&unescape(text)),
    );
    escape_start(&text)
}

#[derive(Clone, Debug)]
enum Tag {
    /// The elements that a style stands for, from the outside in.
    Styled(Vec<&'static str>),
    Link(String),
}

/// Rewrites tags and text of the processor's HTML.
fn convert(html: &str, tag: impl Fn(&Tag, bool) -> String, text: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<Tag> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let in_link = open.iter().any(|t| matches!(t, Tag::Link(_)));
        let before = &rest[..at];
        out.push_str(&if in_link { unescape(before) } else { text(before) });
        let Some(end) = rest[at..].find('>') else { break };
        let inside = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if inside.starts_with('/') {
            if let Some(closed) = open.pop() {
                out.push_str(&tag(&closed, false));
            }
        } else {
            let opened = read_tag(inside);
            out.push_str(&tag(&opened, true));
            open.push(opened);
        }
    }
    out.push_str(&text(rest));
    out
}

fn read_tag(inside: &str) -> Tag {
    if let Some(at) = inside.find("href=\"") {
        let href = &inside[at + 6..];
        return Tag::Link(href[..href.find('"').unwrap_or(href.len())].to_owned());
    }
    let styles = [
        ("b", inside == "b" || inside.contains("font-weight: bold")),
        ("i", matches!(inside, "i" | "em") || inside.contains("italic")),
        ("sup", inside.contains("vertical-align: super")),
        ("sub", inside.contains("vertical-align: sub")),
    ];
    Tag::Styled(styles.into_iter().filter(|(_, is_so)| *is_so).map(|(element, _)| element).collect())
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The text with a backslash before what CommonMark or pandoc's Markdown would take for mark-up: emphasis, links, tags,
/// code, sub- and superscripts, mathematics, tables, entities and, before a letter, citations.
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let next = signs.peek().copied();
        let markup = match c {
            '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\' | '~' | '^' | '$' | '|' => true,
            '@' => !word(before) && (word(next) || next == Some('{')),
            '&' => {
                let name = |c: &char| c.is_ascii_alphanumeric() || *c == '#';
                let length = signs.clone().take_while(name).count();
                length > 0 && signs.clone().nth(length) == Some(';')
            }
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

/// The text with a backslash before what would make its first line a heading or an item of a list.
pub fn escape_start(markdown: &str) -> String {
    let signs = markdown.len() - markdown.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = markdown.split_at_checked(signs).unwrap_or((markdown, ""));
    let listed = rest.starts_with(". ") || rest.starts_with(") ");
    let begins =
        number.is_empty() && (rest.starts_with('#') || rest.starts_with("- ") || rest.starts_with("+ "));
    let numbered = (1..=9).contains(&number.len()) && listed;
    if begins || numbered { format!("{number}\\{rest}") } else { markdown.to_owned() }
}

/// The text with the signs of HTML escaped.
pub fn html_escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_keeps_signs_that_would_be_markup() {
        let signs = "a*b _c_ [d] <e> `f` \\g ~h~ ^i^ $j$ |k| @l m@n.o #p &amp; R&D 50% x!";
        let expected = "a\\*b \\_c\\_ \\[d\\] \\<e\\> \\`f\\` \\\\g \\~h\\~ \\^i\\^ \\$j\\$ \\|k\\| \\@l m@n.o #p \\&amp; R&D 50% x!";
        assert_eq!(escape_markdown(signs), expected);
        for (text, start) in [
            ("# hits", "\\# hits"),
            ("1984. (1949).", "1984\\. (1949)."),
            ("- dash", "\\- dash"),
            ("#hash", "\\#hash"),
            ("2021 was", "2021 was"),
            ("", ""),
        ] {
            assert_eq!(escape_start(text), start);
        }
    }

    #[test]
    fn markup_of_the_processor_becomes_markdown() {
        let html = "A &amp; B. <span style=\"font-style: italic;\">C_d</span>. <a href=\"http://x.org/a_b\">http://x.org/a_b</a>";
        assert_eq!(markdown(html), "A & B. *C\\_d*. <http://x.org/a_b>");
    }
}
