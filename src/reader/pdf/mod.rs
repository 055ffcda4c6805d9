//! PDF, through `unpdf`: blocks in reading order, page by page.
//!
//! The library is fast and careful, but a PDF is a program of sorts. It is read in a process of its own
//! ([`super::isolation`]), there on a thread with a large stack and a deadline; a panic in it fails the document alone.

mod labels;
mod mend;
mod text;

use super::{Limits, ReadError};
use crate::bibliography::{Name, Work};
use crate::document::{Document, Format, Page, Role};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;
use unpdf::{Block, ParseOptions};

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
        let result = std::panic::catch_unwind(|| parse(&bytes))
            .unwrap_or_else(|_| Err(ReadError::broken("PDF", "its reader failed on it")));
        // Nobody listens any more when the deadline has passed.
        let _ = sender.send(result);
    };
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .map_err(|e| ReadError::Limit(format!("no thread to read it on: {e}")))?;
    match receiver.recv_timeout(Duration::from_secs(limits.seconds)) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(ReadError::too_slow(limits.seconds)),
        Err(RecvTimeoutError::Disconnected) => Err(ReadError::broken("PDF", "its reader failed on it")),
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
    // What stands before the header, as mail programs and scanners leave it, is not part of the file.
    let bytes = &bytes[memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0)..];
    let options = ParseOptions::new().lenient().sequential();
    let parsed = unpdf::parse_bytes_with_options(bytes, options.clone()).map_err(|e| reason(&e))?;
    if parsed.extraction_quality.pages_incomplete
        && let Some(mended) = mend::page_tree(bytes)
    {
        let again = unpdf::parse_bytes_with_options(&mended, options).map_err(|e| reason(&e))?;
        let document = document(again, &mended);
        // Its own fields stand in the trailer of the file.
        return document.map(|document| Document { stated: stated(&parsed.metadata), ..document });
    }
    document(parsed, bytes)
}

fn document(parsed: unpdf::Document, bytes: &[u8]) -> Result<Document, ReadError> {
    let quality = &parsed.extraction_quality;
    let mut document = Document::new(Format::Pdf);
    let (mut empty, mut unreadable) = (Vec::new(), Vec::new());
    for page in &parsed.pages {
        // A page that failed is left out by the library; those behind it keep their numbers.
        while document.pages.len() < page.number as usize {
            if !document.pages.is_empty() {
                document.breaks.push(document.lines.len());
            }
            document.pages.push(Page::default());
            empty.push(document.pages.len());
        }
        let before = document.lines.len();
        for block in &page.elements {
            push_block(&mut document, block, page.number.saturating_sub(1));
        }
        if document.lines.len() > before {
            empty.pop();
        }
        if page.suppressed_text_runs > 0 {
            unreadable.push(page.number as usize);
        }
    }
    if document.lines.is_empty() {
        return Err(match unreadable.is_empty() {
            true => ReadError::NoTextLayer,
            false => ReadError::Unsupported(
                "its fonts do not tell which letters they show: run OCR on it first".into(),
            ),
        });
    }
    if !empty.is_empty() {
        document.doubts.push(format!("pages without text: {}", ranges(&empty)));
    }
    if !unreadable.is_empty() {
        let pages = ranges(&unreadable);
        document.doubts.push(format!("pages with text in fonts that cannot be decoded: {pages}"));
    }
    match quality.declared_page_count {
        Some(declared) if quality.pages_incomplete => {
            document
                .doubts
                .push(format!("it says that it has {declared} pages; {} are found", document.pages.len()));
        }
        _ if quality.pages_incomplete => document.doubts.push("pages are missing".to_owned()),
        _ => {}
    }
    if quality.undecodable_content_streams > 0 {
        document.doubts.push("parts of pages are damaged and left out".to_owned());
    }
    labels::set(&mut document.pages, bytes);
    document.stated = stated(&parsed.metadata);
    Ok(document)
}

fn reason(error: &unpdf::Error) -> ReadError {
    match error {
        unpdf::Error::Encrypted | unpdf::Error::InvalidPassword => ReadError::Encrypted("PDF".into()),
        other => ReadError::broken("PDF", other.to_string()),
    }
}

fn push_block(document: &mut Document, block: &Block, page: u32) {
    match block {
        Block::Paragraph(paragraph) => {
            for line in text::paragraph_text(&paragraph.content).lines() {
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
    use super::super::made::pdf as made;
    use super::*;

    fn tiny(text: &str) -> Vec<u8> {
        made::pages(&[made::show(72, 720, 12, text)], "", "")
    }

    /// The labels of a file of six pages.
    fn labels(tree: &str) -> Vec<Option<String>> {
        let contents: Vec<String> = (1..=6).map(|n| made::show(72, 720, 12, &format!("Page {n}."))).collect();
        let bytes = made::pages(&contents, tree, "");
        let document = read(&bytes, &Limits::default()).unwrap();
        document.pages.into_iter().map(|p| p.label).collect()
    }

    #[test]
    fn pages_have_the_labels_of_the_file() {
        let tree = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 217 >> 4 << /S /A /P (App. ) >>] >>";
        let expected = ["i", "ii", "217", "218", "App. A", "App. B"].map(|l| Some(l.to_owned()));
        assert_eq!(labels(tree), expected);
    }

    #[test]
    fn no_label_is_invented() {
        assert_eq!(labels(""), vec![None; 6]);
        // Nothing is said of the first pages; a range without style has no numbers.
        let partly = labels("/PageLabels << /Nums [2 << /S /D >> 3 << >> 99 << /S /D >>] >>");
        assert_eq!(partly, [None, None, Some("1".to_owned()), None, None, None]);
        for odd in ["7", "[]", "<< >>", "<< /Nums 3 >>", "<< /Nums [0] >>", "<< /Nums [-1 << /S /D >>] >>"] {
            assert_eq!(labels(&format!("/PageLabels {odd}")), vec![None; 6], "{odd}");
        }
    }

    #[test]
    fn a_label_tree_that_names_itself_ends() {
        let mut bytes = made::pages(&[made::show(72, 720, 12, "Text.")], "/PageLabels 99 0 R", "");
        let tree = b"99 0 obj << /Kids [99 0 R 99 0 R] /Nums [0 << /S /r >>] >> endobj\n";
        // Without its table the file is read object by object.
        bytes.truncate(memchr::memmem::rfind(&bytes, b"xref\n0").unwrap());
        bytes.extend(tree);
        let document = read(&bytes, &Limits::default()).unwrap();
        assert_eq!(document.pages[0].label.as_deref(), Some("i"));
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
    fn ranges_are_short() {
        assert_eq!(ranges(&[1, 3, 4, 5]), "1, 3–5");
    }
}
