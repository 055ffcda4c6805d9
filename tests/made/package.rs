//! Zip packages made by code: DOCX, ODT and EPUB files.

#![allow(dead_code)] // Each of the crates that include this file uses a part of it.

use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A package of these parts, compressed.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    of_bytes(&parts)
}

/// The same with parts of any bytes.
pub fn of_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // The media type of an e-book or an OpenDocument file is not compressed.
        let method =
            if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this in its body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

/// A paragraph of one run of Word.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// An OpenDocument text with this in its body.
pub fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

/// An e-book of these chapters, whose spine names all of them.
pub fn epub(chapters: &[&str]) -> Vec<u8> {
    let item =
        |n: usize| format!(r#"<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>"#);
    let manifest: String = (0..chapters.len()).map(item).collect();
    let spine: String = (0..chapters.len()).map(|n| format!(r#"<itemref idref="c{n}"/>"#)).collect();
    let opf = format!("<package><metadata/><manifest>{manifest}</manifest><spine>{spine}</spine></package>");
    let names: Vec<String> = (0..chapters.len()).map(|n| format!("OPS/c{n}.xhtml")).collect();
    let container = r#"<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>"#;
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OPS/book.opf", opf.as_str()),
    ];
    parts.extend(names.iter().map(String::as_str).zip(chapters.iter().copied()));
    package(&parts)
}
