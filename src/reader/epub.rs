//! EPUB: the chapters of the spine, in order, with the printed pages where the book marks them.

use super::package::Package;
use super::xml::{self, Node};
use super::{Limits, ReadError, html};
use crate::bibliography::{Date, Name, Work, WorkType};
use crate::document::{Document, Format, Page};
use std::collections::{HashMap, HashSet};
use std::time::Instant;

/// Reads an e-book.
///
/// # Errors
/// [`ReadError`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, "EPUB", limits)?;
    let broken = |what: &str| ReadError::broken("EPUB", what);
    let opf = find_opf(&mut package)?.ok_or_else(|| broken("it names no package file"))?;
    let text = package.text(&opf)?.ok_or_else(|| broken("its package file is missing"))?;
    if package.names().iter().any(|n| n == "META-INF/encryption.xml")
        && package.names().iter().any(|n| n.ends_with("rights.xml"))
    {
        return Err(ReadError::Encrypted("EPUB".into()));
    }
    let book = Book::read(&text);
    let folder = opf.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut document = Document::new(Format::Epub);
    document.stated = book.stated;
    let mut breaks: Vec<(usize, String)> = Vec::new();
    let started = Instant::now();
    for href in &book.spine {
        if started.elapsed().as_secs() > limits.seconds {
            return Err(ReadError::too_slow(limits.seconds));
        }
        let part = join(folder, href);
        match package.text(&part)? {
            Some(chapter) => breaks.extend(html::push_chapter(&mut document, &chapter)),
            None => document.doubts.push(format!("chapter {part} is missing")),
        }
    }
    if document.lines.is_empty() {
        return Err(ReadError::Empty);
    }
    number_pages(&mut document, &breaks);
    Ok(document)
}

/// Gives every line its page, when the book marks where printed pages begin.
fn number_pages(document: &mut Document, breaks: &[(usize, String)]) {
    if breaks.is_empty() {
        return;
    }
    // What stands before the first mark has no printed page.
    document.pages.push(Page { label: None });
    let mut next = breaks.iter().peekable();
    for (i, line) in document.lines.iter_mut().enumerate() {
        while let Some((_, label)) = next.next_if(|(at, _)| *at <= i) {
            document.pages.push(Page { label: Some(label.clone()).filter(|l| !l.is_empty()) });
        }
        line.page = document.pages.len() as u32 - 1;
    }
}

/// The package file that `META-INF/container.xml` names.
fn find_opf(package: &mut Package<'_>) -> Result<Option<String>, ReadError> {
    let Some(container) = package.text("META-INF/container.xml")? else {
        return Ok(package.names().into_iter().find(|n| n.ends_with(".opf")));
    };
    let mut path = None;
    let _ = xml::read(&container, |node| {
        if let Node::Open(element) = node
            && element.name == "rootfile"
            && path.is_none()
        {
            path = element.attribute("full-path").map(str::to_owned);
        }
    });
    Ok(path)
}

#[derive(Default)]
struct Book {
    stated: Work,
    spine: Vec<String>,
}

impl Book {
    fn read(opf: &str) -> Book {
        let mut book = Book::default();
        let mut items: HashMap<String, String> = HashMap::new();
        let mut order: Vec<String> = Vec::new();
        let mut inside = String::new();
        let _ = xml::read(opf, |node| match node {
            Node::Open(element) => {
                match element.name.as_str() {
                    "item" => {
                        if let (Some(id), Some(href)) = (element.attribute("id"), element.attribute("href")) {
                            items.insert(id.to_owned(), href.to_owned());
                        }
                    }
                    "itemref" => order.extend(element.attribute("idref").map(str::to_owned)),
                    _ => {}
                }
                inside = element.name;
            }
            Node::Close(_) => inside.clear(),
            Node::Text(text) => book.state(&inside, text.trim()),
        });
        book.spine = order.iter().filter_map(|id| items.get(id).cloned()).collect();
        // A chapter stands in a book once, however often a hostile spine names it.
        let mut named = HashSet::new();
        book.spine.retain(|href| named.insert(href.clone()));
        book.stated.work_type = WorkType::Book;
        book
    }

    fn state(&mut self, field: &str, text: &str) {
        let work = &mut self.stated;
        match field {
            _ if text.is_empty() => {}
            "title" if work.title.is_none() => work.title = Some(text.to_owned()),
            "creator" => work.authors.extend(Name::parse_list(text)),
            "publisher" => work.publisher = Some(text.to_owned()),
            "language" => work.language = Some(text.to_owned()),
            "date" if work.issued.is_none() => {
                work.issued = text.get(..10).and_then(Date::parse).or_else(|| Date::parse(text));
            }
            "identifier" if text.starts_with("978") || text.to_ascii_lowercase().contains("isbn") => {
                let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == 'X').collect();
                work.isbn = Some(digits).filter(|d| matches!(d.len(), 10 | 13));
            }
            _ => {}
        }
    }
}

/// A path relative to the package file's folder; percent signs decoded, `..` resolved, nothing outside the package.
fn join(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut parts: Vec<String> = folder.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(percent_decoded(part)),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let byte = hex.and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn chapters_come_in_the_order_of_the_spine_with_their_pages() {
        let opf = r#"<package><metadata><dc:title>Roads</dc:title><dc:creator>Anna Kovalenko</dc:creator><dc:date>2019-05-01</dc:date></metadata>
<manifest><item id="b" href="text/two.xhtml"/><item id="a" href="text/one%20a.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="a"/></spine></package>"#;
        let one = r#"<html><body><h1>One</h1><p>First.</p><span epub:type="pagebreak" title="12"></span><p>Second.</p></body></html>"#;
        let two = "<html><body><p>Third.</p></body></html>";
        let container =
            r#"<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>"#;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [
            ("META-INF/container.xml", container),
            ("OPS/book.opf", opf),
            ("OPS/text/one a.xhtml", one),
            ("OPS/text/two.xhtml", two),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let document = read(&zip.finish().unwrap().into_inner(), &Limits::default()).unwrap();
        let text: Vec<&str> = document.lines.iter().map(|l| document.line_text(l)).collect();
        assert_eq!(text, ["One", "First.", "Second.", "Third."]);
        let label = |i: usize| document.pages[document.lines[i].page as usize].label.as_deref();
        assert_eq!((label(1), label(2), label(3)), (None, Some("12"), Some("12")));
        assert_eq!(document.stated.issued.unwrap().to_string(), "2019-05-01");
    }
}
