//! HTML: saved articles, and the chapters of e-books.
//!
//! A page is walked once into [`Block`]s ([`blocks`]), the article among them is found ([`article`]), and its metadata
//! read ([`metadata`]). What is not the article stays, as boilerplate.

mod article;
mod blocks;
mod edges;
mod elements;
mod entities;
mod extent;
mod hints;
mod json_ld;
mod links;
mod marked;
mod marks;
mod metadata;
#[cfg(test)]
mod metadata_tests;
mod nesting;
mod noise;
mod page_date;
mod saved;
mod tags;
mod xhtml;

use super::{ReadError, encoding};
use crate::bibliography::evidence;
use crate::document::{Document, Format, Role};
pub use blocks::PageBreak;
use blocks::{Page, Shown, collect};
pub use saved::Saved;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Bytes of a page up to which what it costs is bounded well enough to read it in this process.
pub const SMALL: usize = 32 << 10;

/// Bytes of prose below which a page is looked at for text that it shows only later.
const FEW: usize = 160;
/// How many times as much prose it must show then.
const MANY_TIMES: usize = 4;

/// Reads a saved web page.
///
/// # Errors
/// [`ReadError::Empty`] when it has no text, [`ReadError::NotText`].
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_saved(bytes, Saved::default())
}

/// Reads a web page of which it is known where and when it was saved.
///
/// # Errors
/// Those of [`read`].
pub fn read_saved(bytes: &[u8], saved: Saved) -> Result<Document, ReadError> {
    let text = decode(bytes)?;
    let dom = dom_query::Document::from(&*nesting::shallow(&text));
    let mut document = Document::new(Format::Html);
    metadata::read(&dom, saved.or(Saved::noted_in(&text)), &mut document);
    let page = shown(&dom);
    let is_article = article::find(&page);
    let headline = evidence::of_page(&document).title;
    push(&mut document, &page, |i| is_article[i], headline.as_deref());
    if document.lines.is_empty() {
        return Err(ReadError::Empty);
    }
    document.doubts.extend(article::doubt(&page, &is_article));
    Ok(document)
}

/// The page as it opens; or with what it shows only later, where that is by far the most of its prose.
fn shown(dom: &dom_query::Document) -> Page {
    let page = collect(dom, &HashMap::new(), Shown::AtOnce);
    let prose = article::prose(&page);
    if prose >= FEW {
        return page;
    }
    let later = collect(dom, &HashMap::new(), Shown::Later);
    if article::prose(&later) > MANY_TIMES * prose { later } else { page }
}

/// Appends all of a page of an e-book, on page `page` of the document. Gives the labels of page breaks within it,
/// with the line each stands before.
pub fn push_chapter(document: &mut Document, text: &str, pages: &HashMap<String, String>) -> Vec<PageBreak> {
    let dom = dom_query::Document::from(&*nesting::shallow(&xhtml::as_html(text)));
    let page = collect(&dom, pages, Shown::AtOnce);
    let mut breaks = Vec::new();
    for found in page.page_breaks.iter() {
        let skipped = page.blocks[..found.block].iter().filter(|b| b.text.is_empty()).count();
        let text = page.blocks.get(found.block).map_or("", |block| &block.text);
        // Nothing of the paragraph stands behind it.
        let is_behind = found.at >= text.trim_end().len() && found.at > 0;
        let before: String = text.get(..found.at).unwrap_or_default().nfc().collect();
        breaks.push(PageBreak {
            block: document.lines.len() + found.block - skipped + usize::from(is_behind),
            at: if is_behind { 0 } else { before.len() },
            label: found.label.clone(),
        });
    }
    let title = document.stated.title.clone();
    push(document, &page, |_| true, title.as_deref());
    breaks
}

fn push(document: &mut Document, page: &Page, is_article: impl Fn(usize) -> bool, title: Option<&str>) {
    let title = title.map(letters);
    let mut titled = false;
    for (i, block) in page.blocks.iter().enumerate().filter(|(_, b)| !b.text.is_empty()) {
        let is_title = !titled
            && matches!(block.role, Role::Heading(_))
            && title.as_ref().is_some_and(|t| !t.is_empty() && t.starts_with(&letters(&block.text)));
        let role = if is_title {
            titled = true;
            Role::Title
        } else if is_article(i) {
            block.role
        } else {
            Role::Boilerplate
        };
        let text: String = block.text.nfc().collect();
        document.push(&text, role, 0, 0);
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text, in the encoding that the page declares unless it is valid UTF-8.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if std::str::from_utf8(bytes).is_err()
        && let Some(label) = declared_charset(bytes)
        && let Some(encoding) = encoding_rs::Encoding::for_label(label.as_bytes())
        && encoding != encoding_rs::UTF_8
    {
        return Ok(encoding.decode(bytes).0.into_owned());
    }
    Ok(encoding::decode(bytes)?.0.into_owned())
}

/// Bytes of a page in which its encoding is looked for: archives and browsers put scripts before what declares it.
const HEAD: usize = 16 << 10;

/// `charset=…` in a `<meta>` tag, not that of a script, or `encoding=…` of an XML declaration.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let tags = |opening: &'static str| {
        head.match_indices(opening).map(|(at, _)| head[at..].split('>').next().unwrap_or_default())
    };
    let meta = tags("<meta").filter_map(|tag| Some(&tag[tag.find("charset=")? + 8..]));
    let xml = tags("<?xml").filter_map(|tag| Some(&tag[tag.find("encoding=")? + 9..]));
    let value = meta.chain(xml).next()?.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(value.len());
    Some(value[..end].to_owned())
}

#[cfg(test)]
mod body_tests;

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html lang="en"><head><title>Corridor reopens - The Daily</title>
<meta property="og:title" content="Corridor reopens"><meta name="author" content="Anna Kovalenko">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Corridor reopens","datePublished":"2021-06-02T10:00:00Z","publisher":{"name":"The Daily"}}</script>
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div class="main"><h1>Corridor reopens</h1>
<p>The corridor between the two valleys was opened again on Tuesday, after a winter of repairs, officials said.</p>
<h2>What changes</h2>
<p>Lorries may pass by day, carriers said, and the price of wheat, which had doubled, is expected to fall.</p>
<ul><li>Customs posts open at eight.</li><li>Permits are sold at the bridge.</li></ul>
<div class="related-links"><a href="/a">Ten bridges to see</a> <a href="/b">Wheat in pictures</a></div></div>
<footer>Copyright The Daily</footer></body></html>"#;

    #[test]
    fn the_article_is_told_from_the_page_around_it() {
        let document = read(PAGE.as_bytes()).unwrap();
        let lines: Vec<(Role, &str)> =
            document.lines.iter().map(|l| (l.role, document.line_text(l))).collect();
        let with = |role: Role| lines.iter().filter(|(r, _)| *r == role).map(|(_, t)| *t).collect::<Vec<_>>();
        assert_eq!(with(Role::Paragraph).len(), 2, "{lines:#?}");
        assert_eq!(with(Role::Heading(2)), ["What changes"]);
        assert_eq!(with(Role::ListItem).len(), 2);
        assert_eq!(with(Role::Title), ["Corridor reopens"]);
        assert!(with(Role::Boilerplate).iter().any(|t| t.contains("Copyright")));
        assert!(with(Role::Boilerplate).iter().any(|t| t.contains("Ten bridges")));
    }

    #[test]
    fn metadata_comes_from_the_page() {
        let stated = evidence::of_page(&read(PAGE.as_bytes()).unwrap());
        assert_eq!(stated.title.as_deref(), Some("Corridor reopens"));
        assert_eq!(stated.issued.unwrap().to_string(), "2021-06-02");
        assert_eq!(stated.authors[0].display(), "Anna Kovalenko");
        assert_eq!(stated.container.as_deref(), Some("The Daily"));
        assert_eq!(stated.language.as_deref(), Some("en"));
    }

    #[test]
    fn hostile_nesting_is_no_trouble() {
        let deep = format!(
            "{}text that is long enough to be kept{}",
            "<div>".repeat(200_000),
            "</div>".repeat(200_000)
        );
        assert!(read(deep.as_bytes()).is_ok());
        assert!(read(b"<html><body></body></html>").is_err());
    }
}
