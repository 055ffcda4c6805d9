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
            (Tag::Italic, true) => "<i>".to_owned(),
            (Tag::Italic, false) => "</i>".to_owned(),
            (Tag::Bold, true) => "<b>".to_owned(),
            (Tag::Bold, false) => "</b>".to_owned(),
            (Tag::Link(href), true) => format!("<a href=\"{href}\">"),
            (Tag::Link(_), false) => "</a>".to_owned(),
            (Tag::Other, _) => String::new(),
        },
        str::to_owned,
    )
}

fn markdown(html: &str) -> String {
    convert(
        html,
        |tag, open| match (tag, open) {
            (Tag::Italic, _) => "*".to_owned(),
            (Tag::Bold, _) => "**".to_owned(),
            (Tag::Link(_), true) => "<".to_owned(),
            (Tag::Link(_), false) => ">".to_owned(),
            (Tag::Other, _) => String::new(),
        },
        |text| escape_markdown(&unescape(text)),
    )
}

#[derive(Clone, Debug)]
enum Tag {
    Italic,
    Bold,
    Link(String),
    Other,
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
    if inside.starts_with("i>") || inside == "i" || inside == "em" || inside.contains("italic") {
        Tag::Italic
    } else if inside == "b" || inside.contains("bold") {
        Tag::Bold
    } else {
        Tag::Other
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
