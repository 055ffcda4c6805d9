//! The pages of a file, read one after another.
//!
//! Most pages have no tables: their text is analysed once, here, with what the library offers for it. Pages that may have
//! tables are left to the library as a whole, which looks at them a second time.

use super::super::ReadError;
use super::heads::{self, Head};
use super::source::Source;
use super::text;
use super::{direction, drop_caps, garbage, line_numbers, printed, title_page};
use crate::document::PrintedLine;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use unpdf::parser::backend::{DocumentIntegrity, PdfBackend, PdfMetadataRaw};
use unpdf::parser::{LayoutAnalyzer, TableDetector, TextBlock, TextSpan};
use unpdf::{Block, PageSelection, PageStreamOptions, ParseEvent, ParseOptions, PdfParser};

/// A file that was read.
pub struct Pages {
    /// The pages that could be read, by their numbers, from 1.
    pub read: BTreeMap<u32, Sheet>,
    /// The numbers of those that could not, from 1.
    pub failed: Vec<u32>,
    /// What the file's own fields say.
    pub metadata: PdfMetadataRaw,
    /// What is wrong with the file.
    pub integrity: DocumentIntegrity,
    /// All that the library holds of the file. Giving it back to the system takes a while, for which nobody has to wait.
    _source: Source,
}

/// A page that was read.
#[derive(Default)]
pub struct Sheet {
    /// What stands on it, in reading order.
    pub content: Content,
    /// Numbers that stand alone at its edges, and are no text.
    pub numbers: Vec<u32>,
    /// Numbers of lines that stand beside its text.
    pub line_numbers: Vec<String>,
    /// What stands alone above its text.
    pub head: Option<Head>,
    /// Its lines as they are printed, where the page may say what the work is.
    pub printed: Vec<PrintedLine>,
    /// Pieces of text in fonts that do not tell their letters.
    pub unreadable: usize,
    /// Parts of it that are damaged.
    pub damaged: usize,
    /// It is a picture, with no more text than a stamp or a running head.
    pub is_scan: bool,
}

/// What stands on a page.
pub enum Content {
    /// Text, with the place of each line.
    Text(Vec<TextBlock>),
    /// Text and tables, and the text as it is without looking for tables.
    Mixed(Vec<Block>, Vec<TextBlock>),
}

impl Default for Content {
    fn default() -> Self {
        Content::Text(Vec::new())
    }
}

/// Reads all pages. One that makes the library panic is left out.
///
/// # Errors
/// When the file as a whole cannot be read.
pub fn read(bytes: &[u8]) -> Result<Pages, ReadError> {
    let source = Source::open(bytes).map_err(|e| reason(&e))?;
    let mut read = BTreeMap::new();
    let (mut failed, mut unclear) = (Vec::new(), Vec::new());
    for page in 1..=source.page_count() {
        match catch_unwind(AssertUnwindSafe(|| analysed(&source, page))) {
            Ok((sheet, is_whole)) => {
                read.insert(page, sheet);
                if !is_whole {
                    unclear.push(page);
                }
            }
            Err(_) => failed.push(page),
        }
    }
    if !unclear.is_empty() {
        failed.extend(read_with_tables(bytes, unclear, &mut read)?);
        failed.sort_unstable();
    }
    read.retain(|page, _| !failed.contains(page));
    Ok(Pages { read, failed, metadata: source.metadata(), integrity: source.integrity(), _source: source })
}

/// A page, and whether that is all: false when it may have tables.
fn analysed(source: &Source, page: u32) -> (Sheet, bool) {
    source.turn_to(page);
    let mut analyzer = LayoutAnalyzer::new(source);
    let Ok(mut spans) = analyzer.extract_page_spans(page) else { return (Sheet::default(), false) };
    let is_damaged = garbage::leave_out(&mut spans, source.box_of(page));
    text::drop_overprints(&mut spans);
    let edges = printed::candidates(&spans);
    analyzer.filter_spans_for_page(&mut spans, page);
    let mut sheet = Sheet {
        content: Content::default(),
        numbers: printed::left_out(edges, &spans),
        line_numbers: Vec::new(),
        head: heads::of_page(&spans, source.box_of(page)),
        printed: Vec::new(),
        unreadable: analyzer.suppressed_text_runs(),
        damaged: analyzer.undecodable_content_streams() + usize::from(is_damaged),
        is_scan: is_scan(&analyzer, &spans),
    };
    sheet.numbers.extend(sheet.head.iter().flat_map(Head::numbers));
    text::put_down_marks(&mut spans);
    if title_page::is_kept(page, source.page_count()) {
        let lines = analyzer.group_spans_into_lines_pub(spans.clone());
        sheet.printed = title_page::lines(&lines, page, source.box_of(page));
    }
    drop_caps::put_down(&mut spans);
    sheet.line_numbers = line_numbers::take(&mut spans);
    let is_turned = direction::to_printed_order(&mut spans);
    let (blocks, may_have_tables) = text_blocks(source, &mut analyzer, spans);
    sheet.content = Content::Text(blocks);
    // The library would read what was changed as it was.
    let is_changed = is_turned || is_damaged || !sheet.line_numbers.is_empty();
    (sheet, is_changed || !may_have_tables)
}

/// The part of a page that a picture covers from which it is a scan; and letters that a stamp has at most.
const SCAN: f32 = 0.5;
const STAMP: usize = 150;

fn is_scan(analyzer: &LayoutAnalyzer, spans: &[TextSpan]) -> bool {
    let letters = spans.iter().flat_map(|span| span.text.chars()).filter(|c| c.is_alphanumeric()).count();
    analyzer.page_facts().image_coverage >= SCAN && letters <= STAMP
}

/// The blocks of a page as the library makes them where there are no tables, and whether there may be some.
fn text_blocks(
    source: &Source,
    analyzer: &mut LayoutAnalyzer,
    spans: Vec<TextSpan>,
) -> (Vec<TextBlock>, bool) {
    for span in &spans {
        analyzer.font_stats_mut().add_text(span.font_size, &span.text);
    }
    analyzer.font_stats_mut().analyze();
    let lines = analyzer.group_spans_into_lines_pub(spans);
    let mut runs: Vec<TextSpan> = lines.iter().flat_map(|line| line.spans.iter().cloned()).collect();
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let may_have_tables = analyzer.page_facts().ruled_grids > 0
        || source.has_rules_around(&runs)
        || !TableDetector::new().detect(runs).0.is_empty();
    let lines = analyzer.detect_headings_pub(lines);
    let mut blocks = analyzer.group_lines_into_blocks_pub(lines);
    blocks.retain(|block| !block.is_empty());
    (blocks, may_have_tables)
}

/// Lets the library read pages as a whole; those that fail.
fn read_with_tables(
    bytes: &[u8],
    pages: Vec<u32>,
    read: &mut BTreeMap<u32, Sheet>,
) -> Result<Vec<u32>, ReadError> {
    let parser =
        PdfParser::from_bytes_with_options(bytes, ParseOptions::new().lenient()).map_err(|e| reason(&e))?;
    let mut failed = Vec::new();
    let mut take = |pages: Vec<u32>, failed: &mut Vec<u32>| {
        let pages = PageSelection::Pages(pages);
        let options = PageStreamOptions { parallel: false, pages, ..PageStreamOptions::default() };
        let taken = parser.for_each_page(options, |event| {
            match event {
                ParseEvent::PageParsed(page) => {
                    let sheet = read.entry(page.number).or_default();
                    let text = match &mut sheet.content {
                        Content::Text(text) | Content::Mixed(_, text) => std::mem::take(text),
                    };
                    // Without tables, the text is better known with the places of its lines.
                    let has_tables = page.elements.iter().any(|block| matches!(block, Block::Table(_)));
                    sheet.content = match has_tables || text.is_empty() {
                        true => Content::Mixed(page.elements, text),
                        false => Content::Text(text),
                    };
                    sheet.unreadable = page.suppressed_text_runs;
                    sheet.damaged = sheet.damaged.max(page.undecodable_content_streams);
                }
                ParseEvent::PageFailed { page, .. } => failed.push(page),
                _ => {}
            }
            ControlFlow::Continue(())
        });
        taken.is_ok()
    };
    let all = catch_unwind(AssertUnwindSafe(|| take(pages.clone(), &mut failed)));
    if matches!(all, Ok(true)) {
        return Ok(failed);
    }
    // One of them makes it panic: each for itself, so that it takes no other with it.
    failed.clear();
    for page in pages {
        let one = catch_unwind(AssertUnwindSafe(|| take(vec![page], &mut failed)));
        if !matches!(one, Ok(true)) {
            failed.push(page);
        }
    }
    Ok(failed)
}

fn reason(error: &unpdf::Error) -> ReadError {
    match error {
        unpdf::Error::Encrypted | unpdf::Error::InvalidPassword => ReadError::Encrypted("PDF".into()),
        other => ReadError::broken("PDF", other.to_string()),
    }
}
