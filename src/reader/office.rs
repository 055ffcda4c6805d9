//! DOCX and ODT: paragraphs with their styles, lists, tables, footnotes, and the document's own fields.

use super::package::Package;
use super::xml::{self, Element, Node};
use super::{Limits, ReadError};
use crate::bibliography::{Date, Name, Work};
use crate::document::{Document, Format, Role};
use unicode_normalization::UnicodeNormalization;

/// Reads an Office Open XML text.
///
/// # Errors
/// [`ReadError`].
pub fn read_docx(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, "DOCX", limits)?;
    let body = package.text("word/document.xml")?;
    let Some(body) = body else {
        return Err(ReadError::broken("DOCX", "it has no word/document.xml"));
    };
    let mut document = Document::new(Format::Docx);
    read_body(&mut document, &body, &WORD, "DOCX")?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = package.text(notes)? {
            read_body(&mut document, &notes, &WORD_NOTES, "DOCX")?;
        }
    }
    finish(document, package.text("docProps/core.xml")?)
}

/// Reads an OpenDocument text.
///
/// # Errors
/// [`ReadError`].
pub fn read_odt(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, "ODT", limits)?;
    let Some(body) = package.text("content.xml")? else {
        return Err(ReadError::broken("ODT", "it has no content.xml"));
    };
    let mut document = Document::new(Format::Odt);
    read_body(&mut document, &body, &OPEN_DOCUMENT, "ODT")?;
    finish(document, package.text("meta.xml")?)
}

fn finish(mut document: Document, fields: Option<String>) -> Result<Document, ReadError> {
    if document.lines.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(fields) = fields {
        document.stated = stated(&fields);
    }
    Ok(document)
}

/// The names that a format gives to what both have, all without prefix.
struct Vocabulary {
    paragraph: &'static [&'static str],
    /// Elements whose text is not the author's, or stands twice: deleted text, fields, the fallback of a text box.
    skipped: &'static [&'static str],
    row: &'static str,
    cell: &'static [&'static str],
    list_item: &'static str,
    note: &'static str,
    /// Role of the paragraphs when nothing else tells.
    role: Role,
}

const WORD: Vocabulary = Vocabulary {
    paragraph: &["p"],
    skipped: &["del", "moveFrom", "Fallback", "instrText", "delText", "rubyText", "rt"],
    row: "tr",
    cell: &["tc"],
    list_item: "numPr",
    note: "",
    role: Role::Paragraph,
};

const WORD_NOTES: Vocabulary = Vocabulary { role: Role::Footnote, ..WORD };

const OPEN_DOCUMENT: Vocabulary = Vocabulary {
    paragraph: &["p", "h"],
    skipped: &[
        "tracked-changes",
        "annotation",
        "note-citation",
        "sequence-decls",
        "forms",
        "table-of-content-source",
    ],
    row: "table-row",
    cell: &["table-cell", "covered-table-cell"],
    list_item: "list-item",
    note: "note-body",
    role: Role::Paragraph,
};

/// A paragraph that is open, and what its style says.
struct Paragraph {
    text: String,
    role: Role,
}

struct Body<'d, 'v> {
    document: &'d mut Document,
    words: &'v Vocabulary,
    open: Vec<Paragraph>,
    skipping: Vec<String>,
    /// Cells of the rows that are open.
    rows: Vec<Vec<String>>,
    cells: usize,
    items: usize,
    notes: usize,
    /// Notes are put behind the paragraph that has their mark.
    behind: Vec<String>,
}

fn read_body(
    document: &mut Document,
    xml_text: &str,
    words: &Vocabulary,
    format: &'static str,
) -> Result<(), ReadError> {
    let mut body = Body {
        document,
        words,
        open: Vec::new(),
        skipping: Vec::new(),
        rows: Vec::new(),
        cells: 0,
        items: 0,
        notes: 0,
        behind: Vec::new(),
    };
    let result = xml::read(xml_text, |node| body.take(node));
    let some = !body.document.lines.is_empty();
    match result {
        Err(what) if !some => Err(ReadError::broken(format, what)),
        Err(what) => {
            document.doubts.push(format!("its end could not be read: {what}"));
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

impl Body<'_, '_> {
    fn take(&mut self, node: Node) {
        match node {
            Node::Open(element) if !self.skipping.is_empty() => self.skipping.push(element.name),
            Node::Close(_) if !self.skipping.is_empty() => {
                self.skipping.pop();
            }
            Node::Text(_) if !self.skipping.is_empty() => {}
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(&name),
            Node::Text(text) => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.text.push_str(&text);
                }
            }
        }
    }

    fn open(&mut self, element: &Element) {
        let name = element.name.as_str();
        let words = self.words;
        if words.skipped.contains(&name) {
            self.skipping.push(name.to_owned());
        } else if words.paragraph.contains(&name) {
            let role = if self.notes > 0 { Role::Footnote } else { self.role(element) };
            self.open.push(Paragraph { text: String::new(), role });
        } else if name == words.row {
            self.rows.push(Vec::new());
        } else if words.cell.contains(&name) {
            self.cells += 1;
            if let Some(row) = self.rows.last_mut() {
                row.push(String::new());
            }
        } else if name == words.note {
            self.notes += 1;
        } else if name == words.list_item {
            self.items += 1;
            // In Word the list is a property of the paragraph, which is open already.
            if let Some(paragraph) = self.open.last_mut()
                && paragraph.role == Role::Paragraph
            {
                paragraph.role = Role::ListItem;
            }
        } else if matches!(name, "tab" | "br" | "s" | "line-break" | "cr") {
            if let Some(paragraph) = self.open.last_mut() {
                paragraph.text.push(' ');
            }
        } else if matches!(name, "pStyle" | "outlineLvl") {
            self.restyle(element);
        } else if matches!(name, "footnoteReference" | "endnoteReference")
            && let (Some(paragraph), Some(id)) = (self.open.last_mut(), element.attribute("id"))
        {
            paragraph.text.extend(id.chars().filter(char::is_ascii_digit).map(superscript));
        }
    }

    /// The role of an OpenDocument paragraph, which its own attributes tell.
    fn role(&self, element: &Element) -> Role {
        if element.name == "h" {
            let level = element.attribute("outline-level").and_then(|l| l.parse().ok()).unwrap_or(1u8);
            return Role::Heading(level.clamp(1, 6));
        }
        let style = element.attribute("style-name").unwrap_or_default();
        match style_role(style) {
            Some(role) => role,
            None if self.items > 0 && self.words.list_item == "list-item" => Role::ListItem,
            None => self.words.role,
        }
    }

    /// `pStyle` and `outlineLvl` of a Word paragraph.
    fn restyle(&mut self, element: &Element) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let value = element.attribute("val").unwrap_or_default();
        if element.name == "outlineLvl" {
            if let Some(level) = value.parse::<u8>().ok().filter(|l| *l < 6) {
                paragraph.role = Role::Heading(level + 1);
            }
        } else if let Some(role) = style_role(value) {
            paragraph.role = role;
        }
    }

    fn close(&mut self, name: &str) {
        let words = self.words;
        if words.paragraph.contains(&name) {
            self.close_paragraph();
        } else if name == words.row {
            if let Some(row) = self.rows.pop() {
                let cells: Vec<&str> = row.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
                if !cells.is_empty() {
                    self.document.push(&cells.join(" | "), Role::TableRow, 0, 0);
                }
            }
        } else if words.cell.contains(&name) {
            self.cells = self.cells.saturating_sub(1);
        } else if name == words.note {
            self.notes = self.notes.saturating_sub(1);
        } else if name == words.list_item && words.list_item == "list-item" {
            self.items = self.items.saturating_sub(1);
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        let text: String = paragraph.text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        if text.is_empty() {
            return;
        }
        let in_note = self.notes > 0 && !self.open.is_empty();
        if in_note {
            self.behind.push(text);
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&text);
            return;
        }
        self.document.push(&text, paragraph.role, 0, 0);
        for note in std::mem::take(&mut self.behind) {
            self.document.push(&note, Role::Footnote, 0, 0);
        }
    }
}

/// The role that a style's name tells, in the names that the programs ship: `Heading1`, `Title`, `Caption`.
fn style_role(style: &str) -> Option<Role> {
    let name: String = style.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if let Some(level) = name.strip_prefix("heading").and_then(|l| l.parse::<u8>().ok()) {
        return Some(Role::Heading(level.clamp(1, 6)));
    }
    match name.as_str() {
        "title" => Some(Role::Title),
        "subtitle" | "author" | "date" => Some(Role::Byline),
        "caption" | "figure" | "table" | "imagecaption" | "tablecaption" => Some(Role::Caption),
        "quote" | "intensequote" | "quotations" | "blocktext" => Some(Role::Quotation),
        "listparagraph" | "listbullet" | "listnumber" => Some(Role::ListItem),
        "footnotetext" | "endnotetext" | "footnote" | "endnote" => Some(Role::Footnote),
        "header" | "footer" => Some(Role::Boilerplate),
        _ => None,
    }
}

fn superscript(digit: char) -> char {
    ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit.to_digit(10).unwrap_or(0) as usize]
}

/// Dublin Core fields of `core.xml` and `meta.xml`. The time of creation is the file's, not the work's.
fn stated(fields: &str) -> Work {
    let mut work = Work::default();
    let mut inside = String::new();
    let mut date = None;
    let _ = xml::read(fields, |node| match node {
        Node::Open(element) => inside = element.name,
        Node::Close(_) => inside.clear(),
        Node::Text(text) => {
            let text = text.trim();
            match inside.as_str() {
                _ if text.is_empty() => {}
                "title" => work.title = Some(text.to_owned()),
                "creator" | "initial-creator" if work.authors.is_empty() => {
                    work.authors = Name::parse_list(text)
                }
                "language" => work.language = Some(text.to_owned()),
                "issued" => date = Date::parse(text),
                _ => {}
            }
        }
    });
    work.issued = date;
    work
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn lines(document: &Document) -> Vec<(Role, &str)> {
        document.lines.iter().map(|l| (l.role, document.line_text(l))).collect()
    }

    #[test]
    fn word_paragraphs_have_their_roles() {
        let body = r#"<w:document><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Transit &amp; Trade</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Routes</w:t></w:r></w:p>
<w:p><w:r><w:t>The road </w:t></w:r><w:del><w:r><w:delText>was</w:delText></w:r></w:del><w:r><w:t>is open.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Wheat</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Trade</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;
        let notes = r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>See the annex.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
        let core = "<c><dc:title>Transit</dc:title><dc:creator>Anna Kovalenko</dc:creator></c>";
        let bytes = package(&[
            ("word/document.xml", body),
            ("word/footnotes.xml", notes),
            ("docProps/core.xml", core),
        ]);
        let document = read_docx(&bytes, &Limits::default()).unwrap();
        assert_eq!(
            lines(&document),
            [
                (Role::Title, "Transit & Trade"),
                (Role::Heading(1), "Routes"),
                (Role::Paragraph, "The road is open.²"),
                (Role::ListItem, "Wheat"),
                (Role::TableRow, "Year | Trade"),
                (Role::Footnote, "See the annex."),
            ]
        );
        assert_eq!(document.stated.authors[0].display(), "Anna Kovalenko");
    }

    #[test]
    fn open_document_paragraphs_have_their_roles() {
        let body = r#"<office:text><text:h text:outline-level="2">Routes</text:h>
<text:p>The road<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See the annex.</text:p></text:note-body></text:note> is<text:s/>open.</text:p>
<text:list><text:list-item><text:p>Wheat</text:p></text:list-item></text:list></office:text>"#;
        let document = read_odt(&package(&[("content.xml", body)]), &Limits::default()).unwrap();
        assert_eq!(
            lines(&document),
            [
                (Role::Heading(2), "Routes"),
                (Role::Paragraph, "The road is open."),
                (Role::Footnote, "See the annex."),
                (Role::ListItem, "Wheat"),
            ]
        );
    }

    #[test]
    fn a_bomb_is_refused_and_a_broken_package_named() {
        let big = format!("<w:p><w:t>{}</w:t></w:p>", "a".repeat(100_000));
        let limits = Limits { inflated_bytes: 50_000, ..Limits::default() };
        let error = read_docx(&package(&[("word/document.xml", &big)]), &limits).unwrap_err();
        assert!(matches!(error, ReadError::Limit(_)));
        assert!(read_docx(b"PK\x03\x04nonsense", &Limits::default()).is_err());
    }
}
