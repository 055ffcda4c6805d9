//! DOCX and ODT: paragraphs with their styles, lists, tables, footnotes, and the document's own fields.
//!
//! [`body`] walks over the text of either, in the words of its [`vocabulary`]; [`styles`] knows what the names of its
//! styles mean, [`symbols`] what a letter of a symbol font shows, [`raised`] which numbers are marks of notes.
//! [`anchors`] notes what the citations of a draft hang on.
//! [`converted`] gives a document whose paragraphs are lines or pieces of pages to the repair that plain text has.

mod anchors;
mod body;
mod converted;
mod raised;
mod styles;
mod symbols;
mod vocabulary;

use super::package::Package;
use super::xml::{self, Node};
use super::{Limits, ReadError, package};
use crate::bibliography::{Date, Name, Work};
use crate::document::{Document, Format};
pub use anchors::{Anchors, NoteId, Target};

use anchors::Recorder;
use styles::Styles;
use vocabulary::{OPEN_DOCUMENT, WORD, WORD_NOTES};

/// Where the main part of a Word package stands, unless its relations tell.
const WORD_MAIN: &str = "word/document.xml";

/// Reads an Office Open XML text.
///
/// # Errors
/// [`ReadError`].
pub fn read_docx(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let (document, fields) = docx(bytes, limits, &mut Recorder::default())?;
    finish(document, fields.as_deref())
}

/// Reads an OpenDocument text, packed or flat.
///
/// # Errors
/// [`ReadError`].
pub fn read_odt(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let (document, fields) = odt(bytes, limits, &mut Recorder::default())?;
    finish(document, fields.as_deref())
}

/// Reads a draft: an Office Open XML text, or an OpenDocument text, with what its citations hang on.
///
/// # Errors
/// [`ReadError`].
pub fn read_draft(bytes: &[u8], is_docx: bool, limits: &Limits) -> Result<(Document, Anchors), ReadError> {
    let mut recorder = Recorder::for_draft();
    let read = if is_docx { docx } else { odt };
    let (mut document, _) = read(bytes, limits, &mut recorder)?;
    document.lines.retain(|line| !line.range.is_empty());
    document.breaks.clear();
    match document.lines.is_empty() {
        true => Err(ReadError::Empty),
        false => Ok((document, recorder.into_anchors())),
    }
}

/// A document, and the part with its fields.
type Read = Result<(Document, Option<String>), ReadError>;

fn docx(bytes: &[u8], limits: &Limits, recorder: &mut Recorder) -> Read {
    let mut package = Package::open(bytes, "DOCX", limits)?;
    let of_package = relations(&mut package, "")?;
    let main = target(&of_package, "/officeDocument").unwrap_or_else(|| WORD_MAIN.to_owned());
    let (main, text) = match package.text(&main)? {
        Some(text) => (main, text),
        // Relations that lead nowhere.
        None => match package.text(WORD_MAIN)? {
            Some(text) => (WORD_MAIN.to_owned(), text),
            None => return Err(ReadError::broken("DOCX", format!("it has no {main}"))),
        },
    };
    let of_main = relations(&mut package, &main)?;
    let mut part = |kind: &str, usual: &str| -> Result<Option<String>, ReadError> {
        package.text(&target(&of_main, kind).unwrap_or_else(|| usual.to_owned()))
    };
    let styles = part("/styles", "word/styles.xml")?.map(|text| Styles::of_word(&text)).unwrap_or_default();
    let mut document = Document::new(Format::Docx);
    body::read(&mut document, &text, &WORD, &styles, "DOCX", recorder)?;
    for (kind, usual) in [("/footnotes", "word/footnotes.xml"), ("/endnotes", "word/endnotes.xml")] {
        if let Some(notes) = part(kind, usual)? {
            body::read(&mut document, &notes, &WORD_NOTES, &styles, "DOCX", recorder)?;
        }
    }
    let core = target(&of_package, "/core-properties").unwrap_or_else(|| "docProps/core.xml".to_owned());
    Ok((document, package.text(&core)?))
}

fn odt(bytes: &[u8], limits: &Limits, recorder: &mut Recorder) -> Read {
    let mut document = Document::new(Format::Odt);
    if !bytes.starts_with(b"PK") {
        let text = package::decode(bytes);
        let styles = Styles::of_open_document(&[&text]);
        body::read(&mut document, &text, &OPEN_DOCUMENT, &styles, "ODT", recorder)?;
        let fields = text.find("</office:meta>").map(|end| text[..end].to_owned());
        return Ok((document, fields));
    }
    let mut package = Package::open(bytes, "ODT", limits)?;
    if package.text("META-INF/manifest.xml")?.is_some_and(|m| m.contains("encryption-data")) {
        return Err(ReadError::Encrypted("ODT".into()));
    }
    let Some(text) = package.text("content.xml")? else {
        return Err(ReadError::broken("ODT", "it has no content.xml"));
    };
    let common = package.text("styles.xml")?.unwrap_or_default();
    let styles = Styles::of_open_document(&[&common, &text]);
    body::read(&mut document, &text, &OPEN_DOCUMENT, &styles, "ODT", recorder)?;
    Ok((document, package.text("meta.xml")?))
}

fn finish(mut document: Document, fields: Option<&str>) -> Result<Document, ReadError> {
    converted::prepare(&mut document);
    if document.lines.is_empty() {
        return Err(ReadError::Empty);
    }
    // A pasted e-text says itself what it is.
    if let Some(fields) = fields.filter(|_| document.stated == Work::default()) {
        document.stated = stated(fields);
    }
    Ok(document)
}

/// The relations of a part, or of the package for the empty name: kind and target, as a path in the package.
fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<(String, String)>, ReadError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let Some(text) = package.text(&package::join(folder, &format!("_rels/{name}.rels")))? else {
        return Ok(Vec::new());
    };
    let mut relations = Vec::new();
    // What could be read of it is used.
    let _ = xml::read(&text, |node| {
        if let Node::Open(element) = node
            && element.name == "Relationship"
            && element.attribute("TargetMode") != Some("External")
            && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
        {
            let from = if target.starts_with('/') { "" } else { folder };
            relations.push((kind.to_owned(), package::join(from, target)));
        }
    });
    Ok(relations)
}

/// Where the first relation of a kind leads. The kinds of strict and of transitional documents end alike.
fn target(relations: &[(String, String)], kind: &str) -> Option<String> {
    relations.iter().find(|(k, _)| k.ends_with(kind)).map(|(_, target)| target.clone())
}

/// Dublin Core fields of `core.xml` and `meta.xml`. The time of creation is the file's, not the work's.
fn stated(fields: &str) -> Work {
    let mut work = Work::default();
    let (mut text, mut date) = (String::new(), None);
    let _ = xml::read(fields, |node| match node {
        Node::Open(_) => text.clear(),
        Node::Text(part) => text.push_str(&part),
        Node::Close(name) => {
            // A text with references in it comes in parts.
            let text = std::mem::take(&mut text).split_whitespace().collect::<Vec<_>>().join(" ");
            match name.as_str() {
                _ if text.is_empty() => {}
                "title" => work.title = Some(text),
                "creator" | "initial-creator" if work.authors.is_empty() => {
                    work.authors = Name::parse_list(&text)
                }
                "language" => work.language = Some(text),
                "issued" => date = Date::parse(&text),
                _ => {}
            }
        }
    });
    work.issued = date;
    work
}

#[cfg(test)]
mod tests;
