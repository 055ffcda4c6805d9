//! PDF, through `unpdf`: blocks in reading order, page by page.
//!
//! The library is fast and careful, but a PDF is a program of sorts. It is read in a process of its own
//! ([`super::isolation`]), there on a thread with a large stack and a deadline; a panic in it fails the document alone.

mod columns;
mod direction;
mod drop_caps;
mod edges;
mod flow;
#[cfg(test)]
mod flow_tests;
mod garbage;
mod gutters;
mod heads;
mod labels;
mod line_numbers;
mod lines;
mod mend;
mod notes;
mod objects;
mod pages;
mod paragraphs;
mod printed;
mod rules;
mod source;
mod spacing;
mod tables;
mod text;
mod title_page;
mod xmp;

use super::{Limits, ReadError};
use crate::bibliography::{Name, Work};
use crate::document::{Document, Format, Page};
use objects::Objects;
use pages::Pages;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;
use unpdf::parser::backend::PdfMetadataRaw;

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
        let mut spent = Vec::new();
        let result = catch_unwind(AssertUnwindSafe(|| parse(&bytes, &mut spent)))
            .unwrap_or_else(|_| Err(ReadError::broken("PDF", "its reader failed on it")));
        // Nobody listens any more when the deadline has passed.
        let _ = sender.send(result);
        drop(spent);
    };
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .map_err(|e| ReadError::Fault(format!("no thread to read it on: {e}")))?;
    match receiver.recv_timeout(Duration::from_secs(limits.seconds)) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(ReadError::TooSlow(limits.seconds)),
        Err(RecvTimeoutError::Disconnected) => Err(ReadError::broken("PDF", "its reader failed on it")),
    }
}

/// Returns true if and only if arrays and dictionaries that stand open in the file's bytes go deeper than
/// [`DEEPEST`]. Compressed streams look like noise here, in which opening and closing bytes are as frequent; every
/// `endobj` begins anew.
fn nests_too_deeply(bytes: &[u8]) -> bool {
    // Of most files the opening bytes are too few.
    if memchr::memchr2_iter(b'[', b'<', bytes).count() <= 2 * DEEPEST {
        return false;
    }
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

/// Reads the file. What the library leaves behind is put into `spent`, for the caller to drop when there is time.
fn parse(bytes: &[u8], spent: &mut Vec<Pages>) -> Result<Document, ReadError> {
    // What stands before the header, as mail programs and scanners leave it, is not part of the file.
    let bytes = &bytes[memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0)..];
    let parsed = pages::read(bytes)?;
    let objects = Objects::open(bytes);
    let mended = parsed.integrity.pages_incomplete().then(|| mend::page_tree(bytes)).flatten();
    let document = match mended {
        Some(mended) => {
            let again = pages::read(&mended)?;
            let document = document(&again, Objects::open(&mended).as_ref());
            spent.push(again);
            document
        }
        None => document(&parsed, objects.as_ref()),
    };
    // Its fields stand in the file as it came.
    let xmp = objects.as_ref().map(xmp::read).unwrap_or_default();
    let stated = stated(&parsed.metadata, xmp);
    spent.push(parsed);
    document.map(|document| Document { stated, ..document })
}

fn document(parsed: &Pages, objects: Option<&Objects>) -> Result<Document, ReadError> {
    let mut document = Document::new(Format::Pdf);
    let (mut empty, mut unreadable, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    let count = parsed.read.keys().chain(&parsed.failed).max().copied().unwrap_or(0);
    document.pages = vec![Page::default(); count as usize];
    flow::push(&mut document, &parsed.read, count);
    let has_text: HashSet<u32> = document.lines.iter().map(|line| line.page + 1).collect();
    for (page, sheet) in &parsed.read {
        if !has_text.contains(page) && !document.turns.iter().any(|(_, turn)| turn + 1 == *page) {
            empty.push(*page);
        }
        if sheet.unreadable > 0 {
            unreadable.push(*page);
        }
        document.printed.extend(sheet.printed.iter().cloned());
        if !sheet.numbers.is_empty() {
            numbers.push((*page as usize - 1, sheet.numbers.clone()));
        }
    }
    if document.lines.is_empty() {
        return Err(match (parsed.failed.is_empty(), unreadable.is_empty()) {
            (false, _) => ReadError::broken("PDF", "none of its pages can be read"),
            (true, true) => ReadError::NoTextLayer,
            (true, false) => ReadError::Unsupported(
                "its fonts do not tell which letters they show: run OCR on it first".into(),
            ),
        });
    }
    document.doubts = doubts(parsed, document.pages.len(), [&parsed.failed, &empty, &unreadable]);
    if let Some(objects) = objects {
        labels::set(&mut document.pages, objects);
    }
    document.doubts.extend(printed::set(&mut document.pages, &numbers));
    Ok(document)
}

/// What a user should know of the pages: those that failed, are empty, or cannot be decoded; pages and parts missing.
fn doubts(parsed: &Pages, count: usize, [failed, empty, unreadable]: [&[u32]; 3]) -> Vec<String> {
    let incomplete = parsed.integrity.pages_incomplete();
    let pages = [
        (failed, "pages that cannot be read"),
        (empty, "pages without text"),
        (unreadable, "pages with text in fonts that cannot be decoded"),
    ];
    let of_pages = pages.into_iter().filter(|(pages, _)| !pages.is_empty());
    let mut doubts: Vec<String> =
        of_pages.map(|(pages, what)| format!("{what}: {}", ranges(pages))).collect();
    match parsed.integrity.declared_page_count {
        Some(declared) if incomplete => {
            doubts.push(format!("it says that it has {declared} pages; {count} are found"));
        }
        _ if incomplete => doubts.push("pages are missing".to_owned()),
        _ => {}
    }
    let scans: Vec<u32> =
        parsed.read.iter().filter(|(_, sheet)| sheet.is_scan).map(|(page, _)| *page).collect();
    if !scans.is_empty() {
        doubts.push(format!("scanned pages with hardly any text, run OCR on them first: {}", ranges(&scans)));
    }
    if parsed.read.values().any(|sheet| sheet.damaged > 0) {
        doubts.push("parts of pages are damaged and left out".to_owned());
    }
    doubts
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// `1, 3–5`.
fn ranges(numbers: &[u32]) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for n in numbers {
        match spans.last_mut() {
            Some(last) if last.1 + 1 == *n => last.1 = *n,
            _ => spans.push((*n, *n)),
        }
    }
    let show = |(a, b): &(u32, u32)| if a == b { a.to_string() } else { format!("{a}–{b}") };
    spans.iter().map(show).collect::<Vec<_>>().join(", ")
}

/// What the file's own fields state. Where both speak, XMP goes before Info (ISO 32000-2, 14.3.3). The time of creation
/// is the file's, not the work's: it is no date of issue.
fn stated(info: &PdfMetadataRaw, xmp: Work) -> Work {
    let text = |t: &Option<String>| t.as_deref().map(one_line).filter(|t| !t.is_empty());
    let mut work = Work { title: xmp.title.clone().or_else(|| text(&info.title)), ..xmp };
    if work.authors.is_empty() {
        work.authors = text(&info.author).map(|a| Name::parse_list(&a)).unwrap_or_default();
    }
    if work.keywords.is_empty() {
        let keywords = text(&info.keywords).unwrap_or_default();
        work.keywords = keywords.split([',', ';']).map(one_line).filter(|k| !k.is_empty()).collect();
    }
    work
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
