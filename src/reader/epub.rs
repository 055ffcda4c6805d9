//! EPUB: the chapters of the spine, in order, with the printed pages where the book marks them.

use super::html::{self, PageBreak};
use super::opf;
use super::package::{Package, join};
use super::page_list::{self, PageList};
use super::xml::{self, Node};
use super::{Limits, ReadError};
use crate::bibliography::Work;
use crate::document::{Document, Format, Page};
use std::collections::{HashMap, HashSet};
use std::time::Instant;

/// Reads an e-book.
///
/// # Errors
/// [`ReadError`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, "EPUB", limits)?;
    let (opf, text) = find_opf(&mut package)?
        .ok_or_else(|| ReadError::broken("EPUB", "its package file (OPF) is missing"))?;
    let book = Book::read(&text);
    let folder = opf.rsplit_once('/').map_or("", |(folder, _)| folder);
    let encrypted = encrypted_parts(&mut package)?;
    let mut document = Document::new(Format::Epub);
    document.stated = book.stated;
    let chapters = if book.spine.is_empty() {
        document.doubts.push("its spine is empty: chapters in the order of its manifest".to_owned());
        &book.documents
    } else {
        &book.spine
    };
    let mut pages = PageList::new();
    for href in &book.lists {
        let part = join(folder, href);
        // A list that cannot be read tells no pages.
        if let Ok(Some(text)) = package.text(&part) {
            page_list::read(&mut pages, &part, &text);
        }
    }
    let mut breaks = Vec::new();
    let started = Instant::now();
    for href in chapters {
        if started.elapsed().as_secs() > limits.seconds {
            return Err(ReadError::TooSlow(limits.seconds));
        }
        let part = join(folder, href);
        if encrypted.contains(&part) {
            return Err(ReadError::Encrypted("EPUB".into()));
        }
        match package.text(&part) {
            Ok(Some(chapter)) => {
                let pages = pages.remove(&part).unwrap_or_default();
                let first = document.lines.len();
                breaks.extend(html::push_chapter(&mut document, &chapter, &pages));
                leave_out_backlinks(&mut document, first);
            }
            Ok(None) => document.doubts.push(format!("chapter {part} is missing")),
            Err(ReadError::Broken { what, .. }) => {
                document.doubts.push(format!("chapter {part} cannot be read: {what}"))
            }
            Err(other) => return Err(other),
        }
    }
    if document.lines.is_empty() {
        return Err(match document.doubts.first() {
            Some(doubt) => ReadError::broken("EPUB", doubt),
            None => ReadError::Empty,
        });
    }
    number_pages(&mut document, &breaks);
    Ok(document)
}

/// Takes the sign at the end of a note that leads back to its mark out of the lines from `first` on.
fn leave_out_backlinks(document: &mut Document, first: usize) {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '↩' | '\u{FE0E}' | '\u{FE0F}');
    for i in first..document.lines.len() {
        let text = document.line_text(&document.lines[i]);
        let bare = text.trim_end_matches(is_sign);
        if text[bare.len()..].contains('↩') {
            let end = document.lines[i].range.start + bare.len();
            document.lines[i].range.end = end;
        }
    }
}

/// The parts whose text is locked, by `META-INF/encryption.xml`. Fonts that are only disguised lock nothing.
fn encrypted_parts(package: &mut Package<'_>) -> Result<HashSet<String>, ReadError> {
    const DISGUISES: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
    let mut parts = HashSet::new();
    let Some(text) = package.text("META-INF/encryption.xml")? else { return Ok(parts) };
    let mut disguised = false;
    let _ = xml::read(&text, |node| {
        let Node::Open(element) = node else { return };
        match element.name.as_str() {
            "EncryptedData" => disguised = false,
            "EncryptionMethod" => {
                disguised |= element.attribute("Algorithm").is_some_and(|a| DISGUISES.contains(&a));
            }
            "CipherReference" if !disguised => parts.extend(element.attribute("URI").map(|u| join("", u))),
            _ => {}
        }
    });
    Ok(parts)
}

/// Gives every line its page, when the book marks where printed pages begin.
fn number_pages(document: &mut Document, breaks: &[PageBreak]) {
    if breaks.is_empty() {
        return;
    }
    // What stands before the first mark has no printed page.
    document.pages.push(Page { label: None });
    let mut next = breaks.iter().peekable();
    let page_of = |found: &PageBreak| Page { label: Some(found.label.clone()).filter(|l| !l.is_empty()) };
    for (i, line) in document.lines.iter_mut().enumerate() {
        while let Some(found) = next.next_if(|b| (b.block, b.at) <= (i, 0)) {
            document.pages.push(page_of(found));
        }
        line.page = document.pages.len() as u32 - 1;
        while let Some(found) = next.next_if(|b| b.block == i) {
            document.pages.push(page_of(found));
            document.turns.push((line.range.start + found.at, document.pages.len() as u32 - 1));
        }
    }
}

/// The package file that `META-INF/container.xml` names, or else the one there is, and its text.
fn find_opf(package: &mut Package<'_>) -> Result<Option<(String, String)>, ReadError> {
    let mut path = None;
    if let Some(container) = package.text("META-INF/container.xml")? {
        let _ = xml::read(&container, |node| {
            if let Node::Open(element) = node
                && element.name == "rootfile"
                && path.is_none()
            {
                path = element.attribute("full-path").map(|p| join("", p));
            }
        });
    }
    let other = package.names().find(|n| n.ends_with(".opf")).map(str::to_owned);
    for path in [path, other].into_iter().flatten() {
        if let Some(text) = package.text(&path)? {
            return Ok(Some((path, text)));
        }
    }
    Ok(None)
}

#[derive(Default)]
struct Book {
    stated: Work,
    /// The chapters, in order: those that stand aside of it last.
    spine: Vec<String>,
    /// All documents of the manifest.
    documents: Vec<String>,
    /// Those that may list the printed pages.
    lists: Vec<String>,
}

/// An entry of the manifest.
struct Item {
    href: String,
    is_document: bool,
    is_contents: bool,
}

impl Book {
    fn read(opf: &str) -> Book {
        let mut book = Book { stated: opf::stated(opf), ..Book::default() };
        let mut items: HashMap<String, Item> = HashMap::new();
        let (mut order, mut aside): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let mut contents = HashSet::new();
        let _ = xml::read(opf, |node| match node {
            Node::Open(element) => {
                let value = |name: &str| element.attribute(name).unwrap_or_default();
                match element.name.as_str() {
                    "item" if !value("href").is_empty() => {
                        let is_contents = value("properties").split_whitespace().any(|p| p == "nav");
                        let kind = value("media-type");
                        let is_document = kind.is_empty() || kind.contains("html") || kind.contains("dtbook");
                        let item = Item { href: value("href").to_owned(), is_document, is_contents };
                        if is_document && !is_contents {
                            book.documents.push(item.href.clone());
                        }
                        if is_contents || kind.contains("dtbncx") {
                            book.lists.push(item.href.clone());
                        }
                        items.insert(value("id").to_owned(), item);
                    }
                    "itemref" if value("linear") == "no" => aside.push(value("idref").to_owned()),
                    "itemref" => order.push(value("idref").to_owned()),
                    "reference" if value("type") == "toc" => {
                        contents.insert(value("href").split('#').next().unwrap_or_default().to_owned());
                    }
                    _ => {}
                }
            }
            Node::Close(_) | Node::Text(_) => {}
        });
        // A table of contents repeats the headings; pictures have no text.
        let in_spine = order.iter().chain(&aside).filter_map(|id| items.get(id));
        let chapters = in_spine.filter(|i| i.is_document && !i.is_contents && !contents.contains(&i.href));
        book.spine = chapters.map(|i| i.href.clone()).collect();
        // A chapter stands in a book once, however often a hostile spine names it.
        let mut named = HashSet::new();
        book.spine.retain(|href| named.insert(href.clone()));
        book
    }
}

#[cfg(test)]
mod tests {
    use super::super::made::package::{epub, package};
    use super::*;

    #[test]
    fn chapters_come_in_the_order_of_the_spine_with_their_pages() {
        let opf = r#"<package><metadata><dc:title>Roads</dc:title><dc:creator>Anna Kovalenko</dc:creator><dc:date>2019-05-01</dc:date></metadata>
<manifest><item id="b" href="text/two.xhtml"/><item id="a" href="text/one%20a.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="a"/></spine></package>"#;
        let one = r#"<html><body><h1>One</h1><p>First.</p><span epub:type="pagebreak" title="12"></span><p>Second.</p></body></html>"#;
        let two = "<html><body><p>Third.</p></body></html>";
        let container =
            r#"<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>"#;
        let bytes = package(&[
            ("META-INF/container.xml", container),
            ("OPS/book.opf", opf),
            ("OPS/text/one a.xhtml", one),
            ("OPS/text/two.xhtml", two),
        ]);
        let document = read(&bytes, &Limits::default()).unwrap();
        let text: Vec<&str> = document.lines.iter().map(|l| document.line_text(l)).collect();
        assert_eq!(text, ["One", "First.", "Second.", "Third."]);
        let label = |i: usize| document.pages[document.lines[i].page as usize].label.as_deref();
        assert_eq!((label(1), label(2), label(3)), (None, Some("12"), Some("12")));
        assert_eq!(document.stated.issued.unwrap().to_string(), "2019-05-01");
    }

    fn text_of(bytes: &[u8]) -> Vec<String> {
        let document = read(bytes, &Limits::default()).unwrap();
        document.lines.iter().map(|l| document.line_text(l).to_owned()).collect()
    }

    const ONE: &str = "<html><head><title/></head><body><p>One&nbsp;word<sup>3</sup> and <a id='x'/>more.</p></body></html>";
    const TWO: &str = "<html><body><p>Two.</p></body></html>";

    #[test]
    fn chapters_are_read_as_xhtml() {
        assert_eq!(text_of(&epub(&[ONE, TWO])), ["One word³ and more.", "Two."]);
    }

    #[test]
    fn contents_are_left_out_and_what_stands_aside_comes_last() {
        let opf = r#"<package><manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="p" href="pic.svg" media-type="image/svg+xml"/><item id="x" href="notes.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="../text/one%20a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="x" linear="no"/><itemref idref="p"/><itemref idref="a"/><itemref idref="gone"/></spine></package>"#;
        let nav = "<html><body><nav><ol><li><a href='x'>One</a></li></ol></nav></body></html>";
        let bytes = package(&[
            ("OPS/deep/book.opf", opf),
            ("OPS/deep/nav.xhtml", nav),
            ("OPS/deep/pic.svg", "<svg><text>No</text></svg>"),
            ("OPS/deep/notes.xhtml", TWO),
            ("OPS/text/one a.xhtml", ONE),
        ]);
        assert_eq!(text_of(&bytes), ["One word³ and more.", "Two."]);
    }

    #[test]
    fn a_book_without_spine_is_read_and_one_without_package_file_named() {
        let opf = r#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest></package>"#;
        assert_eq!(text_of(&package(&[("book.opf", opf), ("a.xhtml", TWO)])), ["Two."]);
        let container = r#"<container><rootfile full-path="nowhere.opf"/></container>"#;
        let error = read(&package(&[("META-INF/container.xml", container)]), &Limits::default()).unwrap_err();
        assert!(error.to_string().contains("OPF"), "{error}");
        let error = read(&epub(&["<html/>"]), &Limits::default()).unwrap_err();
        assert_eq!(error, ReadError::Empty);
    }

    #[test]
    fn disguised_fonts_lock_nothing_and_locked_chapters_are_named() {
        let locked = |algorithm: &str, part: &str| {
            let encryption = format!(
                r#"<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData><enc:CipherReference URI="{part}"/></enc:CipherData></enc:EncryptedData></encryption>"#
            );
            let opf = r#"<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>"#;
            package(&[("META-INF/encryption.xml", &encryption), ("book.opf", opf), ("a.xhtml", TWO)])
        };
        assert_eq!(text_of(&locked("http://www.idpf.org/2008/embedding", "font.otf")), ["Two."]);
        let error =
            read(&locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "a.xhtml"), &Limits::default());
        assert_eq!(error.unwrap_err(), ReadError::Encrypted("EPUB".into()));
    }

    #[test]
    fn a_paragraph_over_two_pages_stays_one_and_notes_are_notes() {
        let chapter = r#"<html><body><span epub:type="pagebreak" title="11"/><p>It runs <span epub:type="pagebreak" title="12"/>on.</p><p>Next.</p><aside epub:type="footnote"><p>A note.</p></aside></body></html>"#;
        let document = read(&epub(&[chapter]), &Limits::default()).unwrap();
        let lines: Vec<(&str, Option<&str>)> = document
            .lines
            .iter()
            .map(|l| (document.line_text(l), document.pages[l.page as usize].label.as_deref()))
            .collect();
        assert_eq!(lines, [("It runs on.", Some("11")), ("Next.", Some("12")), ("A note.", Some("12"))]);
        assert_eq!(document.lines[2].role, crate::document::Role::Footnote);
        assert_eq!(document.turns, [(7, 2)]);
    }

    #[test]
    fn marks_of_notes_are_set_high_and_endnotes_are_notes() {
        use crate::document::Role::{Footnote, Heading, Paragraph};
        let chapter = r##"<html><body><p>After three days<a epub:type="noteref" href="#n1">1</a> of talks,<a role="doc-noteref" href="#n2"><sup>2</sup></a>
they met<a epub:type="noteref" href="#n3">A4.3</a> again.</p><section epub:type="endnotes" role="doc-endnotes"><h2>Endnotes</h2>
<ol><li><p>On the talks. <a role="doc-backlink" href="#r1">back</a></p></li><li><p>On the weather.&#160;<a href="#r2">↩︎</a></p></li></ol></section></body></html>"##;
        let document = read(&epub(&[chapter]), &Limits::default()).unwrap();
        let lines: Vec<_> = document.lines.iter().map(|l| (l.role, document.line_text(l))).collect();
        let expected = [
            (Paragraph, "After three days¹ of talks,² they met again."),
            (Heading(2), "Endnotes"),
            (Footnote, "On the talks."),
            (Footnote, "On the weather."),
        ];
        assert_eq!(lines, expected);
    }
}
