//! PDF, through `unpdf`: blocks in reading order, page by page.
//!
//! The library is fast and careful, but a PDF is a program of sorts: it runs on a thread of its own with a large
//! stack and a deadline, and a panic in it fails the document alone.

use super::{Limits, ReadError};
use crate::bibliography::{Name, Work};
use crate::document::{Document, Format, Page, Role};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;
use unpdf::{Block, InlineContent, ParseOptions};

/// Bytes of stack: nested arrays, page trees and forms are read by recursion. Only what is used is ever taken
/// from memory.
const STACK: usize = 512 << 20;

/// Arrays and dictionaries within each other beyond which a file is hostile: its parser goes down as deep.
const DEEPEST: usize = 10_000;

/// Reads a PDF.
///
/// # Errors
/// [`ReadError::Encrypted`], [`ReadError::NoTextLayer`], [`ReadError::Broken`], [`ReadError::Limit`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if nests_too_deeply(bytes) {
        return Err(ReadError::Limit("arrays or dictionaries nest too deeply".to_owned()));
    }
    let (sender, receiver) = sync_channel(1);
    let bytes = bytes.to_vec();
    let work = move || {
        let result = std::panic::catch_unwind(|| parse(&bytes)).unwrap_or_else(|_| {
            Err(ReadError::Broken { format: "PDF", what: "its reader failed on it".into() })
        });
        // Nobody listens any more when the deadline has passed.
        let _ = sender.send(result);
    };
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .map_err(|e| ReadError::Limit(format!("no thread to read it on: {e}")))?;
    match receiver.recv_timeout(Duration::from_secs(limits.seconds)) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => {
            Err(ReadError::Limit(format!("reading it takes more than {} seconds", limits.seconds)))
        }
        Err(RecvTimeoutError::Disconnected) => {
            Err(ReadError::Broken { format: "PDF", what: "its reader failed on it".into() })
        }
    }
}

/// Returns true if and only if arrays and dictionaries that stand open in the file's bytes go deeper than
/// [`DEEPEST`]. Compressed streams look like noise here, in which opening and closing bytes are as frequent; every
/// `endobj` begins anew.
fn nests_too_deeply(bytes: &[u8]) -> bool {
    let mut depth = 0usize;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' | b'>' => depth = depth.saturating_sub(1),
            b'e' if bytes[at..].starts_with(b"endobj") => depth = 0,
            _ => continue,
        }
        if depth > 2 * DEEPEST {
            return true;
        }
    }
    false
}

fn parse(bytes: &[u8]) -> Result<Document, ReadError> {
    let options = ParseOptions::new().lenient().sequential();
    let parsed = unpdf::parse_bytes_with_options(bytes, options).map_err(|e| reason(&e))?;
    let mut document = Document::new(Format::Pdf);
    let mut empty = Vec::new();
    for (index, page) in parsed.pages.iter().enumerate() {
        if index > 0 {
            document.breaks.push(document.lines.len());
        }
        document.pages.push(Page::default());
        let before = document.lines.len();
        for block in &page.elements {
            push_block(&mut document, block, index as u32);
        }
        if document.lines.len() == before {
            empty.push(index + 1);
        }
    }
    if document.lines.is_empty() {
        return Err(ReadError::NoTextLayer);
    }
    if !empty.is_empty() {
        document.doubts.push(format!("pages without text: {}", ranges(&empty)));
    }
    document.stated = stated(&parsed.metadata);
    Ok(document)
}

fn reason(error: &unpdf::Error) -> ReadError {
    match error {
        unpdf::Error::Encrypted | unpdf::Error::InvalidPassword => ReadError::Encrypted("PDF"),
        other => ReadError::Broken { format: "PDF", what: other.to_string() },
    }
}

fn push_block(document: &mut Document, block: &Block, page: u32) {
    match block {
        Block::Paragraph(paragraph) => {
            for line in paragraph_text(&paragraph.content).lines() {
                let line = line.trim();
                if !line.is_empty() {
                    let text: String = line.nfc().collect();
                    document.push(&text, Role::Raw, 0, page);
                }
            }
            document.push("", Role::Raw, 0, page);
        }
        Block::Table(table) => {
            for row in &table.rows {
                let cells: Vec<String> =
                    row.cells.iter().map(|c| one_line(&c.plain_text())).filter(|c| !c.is_empty()).collect();
                if !cells.is_empty() {
                    document.push(&cells.join(" | "), Role::TableRow, 0, page);
                }
            }
            document.push("", Role::Raw, 0, page);
        }
        Block::Code { content } | Block::Raw { content } => {
            for line in content.lines().filter(|l| !l.trim().is_empty()) {
                document.push(line.trim(), Role::Raw, 0, page);
            }
            document.push("", Role::Raw, 0, page);
        }
        _ => {}
    }
}

/// The text of a paragraph: lines broken within it joined, words hyphenated at their ends too, and the marks of
/// footnotes set as superscripts so that they are not glued to the word.
fn paragraph_text(content: &[InlineContent]) -> String {
    let mut text = String::new();
    for piece in content {
        match piece {
            InlineContent::Text(run) if run.style.superscript && is_mark(&run.text) => {
                text.extend(run.text.trim().chars().map(superscript));
                if run.text.ends_with(' ') {
                    text.push(' ');
                }
            }
            InlineContent::Text(run) => text.push_str(&run.text),
            InlineContent::Link { text: label, .. } => text.push_str(label),
            InlineContent::LineBreak => text.push('\n'),
            InlineContent::Image { .. } => {}
        }
    }
    rejoin(&text.replace('\u{AD}', ""))
}

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}

fn superscript(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + digit as u32 - '0' as u32).unwrap_or(digit),
        other => other,
    }
}

/// Joins words that a line end cut within a paragraph, left by the library as `under- standing`. A hyphen before
/// `and` or `or` is the author's: `short- and long-term`.
fn rejoin(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("- ") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let word: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
        let cut = before.ends_with(|c: char| c.is_lowercase())
            && word.chars().next().is_some_and(char::is_lowercase)
            && !matches!(word.as_str(), "and" | "or" | "to" | "und" | "et");
        joined.push_str(before);
        joined.push_str(if cut { "" } else { "- " });
        rest = after;
    }
    joined.push_str(rest);
    joined
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// `1, 3–5`.
fn ranges(numbers: &[usize]) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for n in numbers {
        match spans.last_mut() {
            Some(last) if last.1 + 1 == *n => last.1 = *n,
            _ => spans.push((*n, *n)),
        }
    }
    let show = |(a, b): &(usize, usize)| if a == b { a.to_string() } else { format!("{a}–{b}") };
    spans.iter().map(show).collect::<Vec<_>>().join(", ")
}

/// What the file's own fields state. The time of creation is the file's, not the work's: it is no date of issue.
fn stated(metadata: &unpdf::Metadata) -> Work {
    let text = |t: &Option<String>| t.as_deref().map(one_line).filter(|t| !t.is_empty());
    Work {
        title: text(&metadata.title),
        authors: text(&metadata.author).map(|a| Name::parse_list(&a)).unwrap_or_default(),
        keywords: text(&metadata.keywords)
            .map(|k| k.split([',', ';']).map(one_line).collect())
            .unwrap_or_default(),
        ..Work::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of one page with a line of text, small enough to write by hand.
    fn tiny(text: &str) -> Vec<u8> {
        let stream = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        ];
        let mut pdf = String::from("%PDF-1.4\n");
        let mut offsets = Vec::new();
        for (i, object) in objects.iter().enumerate() {
            offsets.push(pdf.len());
            pdf += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
        }
        let xref = pdf.len();
        pdf += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for offset in offsets {
            pdf += &format!("{offset:010} 00000 n \n");
        }
        pdf += &format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1);
        pdf.into_bytes()
    }

    #[test]
    fn a_page_has_its_text_and_its_index() {
        let document = read(&tiny("The treaty was signed in Minsk."), &Limits::default()).unwrap();
        assert_eq!(document.line_text(&document.lines[0]), "The treaty was signed in Minsk.");
        assert_eq!(document.pages.len(), 1);
    }

    #[test]
    fn what_cannot_be_read_has_a_reason() {
        let whole = tiny("Text.");
        for bytes in [&b"%PDF-1.7\ngarbage"[..], &whole[..80]] {
            assert!(read(bytes, &Limits::default()).is_err());
        }
        assert_eq!(read(&tiny(""), &Limits::default()).unwrap_err(), ReadError::NoTextLayer);
    }

    #[test]
    fn hostile_nesting_fails_alone() {
        let stream = "[".repeat(100_000);
        for hostile in [stream.clone(), "<</A ".repeat(100_000)] {
            let mut bytes = tiny("Text.");
            bytes.splice(9..9, format!("9 0 obj\n{hostile}\nendobj\n").into_bytes());
            let error = read(&bytes, &Limits::default()).unwrap_err();
            assert!(matches!(error, ReadError::Limit(_)), "{error}");
        }
        let many = "[1 0 R] endobj ".repeat(50_000);
        assert!(!nests_too_deeply(many.as_bytes()));
    }

    #[test]
    fn cut_words_are_joined_and_hanging_hyphens_stay() {
        assert_eq!(
            rejoin("under- standing of short- and long-term trade"),
            "understanding of short- and long-term trade"
        );
        assert_eq!(ranges(&[1, 3, 4, 5]), "1, 3–5");
    }
}
