//! XHTML as the chapters of e-books are written in it, for a parser of HTML: `<title/>` would swallow all text behind
//! it, `<a id="p1"/>` make a link of it, and a CDATA section be a comment.

use std::borrow::Cow;

/// Elements that have no end tag in HTML either.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// The same page in HTML: empty elements get their end tags, CDATA sections are escaped.
pub fn as_html(page: &str) -> Cow<'_, str> {
    const CDATA: &str = "<![CDATA[";
    let mut html: Option<String> = None;
    let mut from = 0;
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &page.as_bytes()[at..]).map(|i| at + i) {
        if page[open..].starts_with("<!--") {
            at = page[open..].find("-->").map_or(page.len(), |i| open + i + 3);
            continue;
        }
        if page[open..].starts_with(CDATA) {
            let end = page[open..].find("]]>").map_or(page.len(), |i| open + i);
            let text = page[open + CDATA.len()..end.max(open + CDATA.len())].replace('&', "&amp;");
            let html = html.get_or_insert_default();
            html.push_str(&page[from..open]);
            html.push_str(&text.replace('<', "&lt;"));
            at = (end + 3).min(page.len());
            from = at;
            continue;
        }
        let Some(end) = tag_end(page.as_bytes(), open) else { break };
        at = end;
        if !page[..end].ends_with("/>") {
            continue;
        }
        let name = &page[open + 1..end - 2];
        let name = name.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        // Drawings and formulas are XML to the parser too; their names that text has too are harmless.
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_name && !VOID.iter().any(|v| v.eq_ignore_ascii_case(name)) {
            let html = html.get_or_insert_default();
            html.push_str(&page[from..end - 2]);
            html.push_str("></");
            html.push_str(name);
            html.push('>');
            from = end;
        }
    }
    match html {
        None => Cow::Borrowed(page),
        Some(mut html) => {
            html.push_str(&page[from..]);
            Cow::Owned(html)
        }
    }
}

/// Behind the `>` of the tag at `open`, which is not one within a quoted attribute.
fn tag_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut quote = None;
    for (i, byte) in bytes.iter().enumerate().skip(open) {
        match (quote, byte) {
            (None, b'>') => return Some(i + 1),
            // A quote that never ends is a slip: the tag ends where the next begins.
            (_, b'<') if i > open => return Some(i),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(q), b) if q == *b => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_elements_get_their_end_tags() {
        let page = r#"<head><title/><script src="a>b"/></head><p>One<br/><a id="x" />two</p>"#;
        let html =
            r#"<head><title></title><script src="a>b"></script></head><p>One<br/><a id="x" ></a>two</p>"#;
        assert_eq!(as_html(page), html);
        assert!(matches!(as_html("<p>1 < 2 and <b>bold</b>"), Cow::Borrowed(_)));
    }

    #[test]
    fn sections_of_plain_text_are_text() {
        assert_eq!(as_html("<p><![CDATA[a < b & c]]> d</p>"), "<p>a &lt; b &amp; c d</p>");
        assert_eq!(as_html("<p><![CDATA[open"), "<p>open");
        assert_eq!(as_html("<!-- <b/> -->é<i"), "<!-- <b/> -->é<i");
    }
}
