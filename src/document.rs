//! [`Document`]: the text of one source as a reader gives it, with the place each line came from.
//!
//! Plain text and PDF arrive as raw lines whose paragraphs still have to be found ([`Role::Raw`]);
//! formats that know their own structure (HTML, DOCX, EPUB, JSON Lines) arrive as whole blocks with
//! a role. One list serves both, so that everything behind the readers is written once.

use crate::bibliography::Work;
use crate::bibliography::evidence::Candidate;
use std::ops::Range;

/// The format a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text; Markdown mark-up in it is understood too, since text files often carry it.
    Text,
    /// Markdown, with or without YAML front matter.
    Markdown,
    /// A saved web page.
    Html,
    /// A web page that a browser saved in one MIME file; its document is of [`Format::Html`].
    Mhtml,
    /// A message of e-mail.
    Mail,
    /// PDF.
    Pdf,
    /// Office Open XML text.
    Docx,
    /// OpenDocument text.
    Odt,
    /// An e-book.
    Epub,
    /// JSON Lines: one already cut passage a line.
    Jsonl,
}

/// What a reader knows of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Role {
    /// A line of text as it stands in the file or on the page; paragraphs are still to be found.
    Raw,
    /// A whole paragraph.
    Paragraph,
    /// A heading of level 1 (topmost) to 6.
    Heading(u8),
    /// One whole item of a list.
    ListItem,
    /// One row of a table, cells separated by ` | `.
    TableRow,
    /// A caption of a figure or a table.
    Caption,
    /// A whole footnote or endnote.
    Footnote,
    /// A whole block quotation.
    Quotation,
    /// Text that is not the author's: menus, share buttons, cookie notices, running heads.
    Boilerplate,
    /// The document's title, where the format marks it.
    Title,
    /// Author, affiliation or date line, where the format marks it.
    Byline,
}

/// One line (or whole block, see [`Role`]) of a document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// Where its text stands in [`Document::text`], in bytes, without the line end.
    pub range: Range<usize>,
    /// 1-based line number in the source file where it starts; 0 where the format has no lines.
    pub number: u32,
    /// 0-based index into [`Document::pages`]; 0 where the format has no pages.
    pub page: u32,
    /// What the reader knows of it.
    pub role: Role,
}

/// A page of a paged format.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Page {
    /// The label the file gives the page, or the number printed on it; `None` when neither is known.
    pub label: Option<String>,
}

/// A line of a title page, with the type it is set in and its place.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PrintedLine {
    /// Its text, white space folded.
    pub text: String,
    /// 0-based index into [`Document::pages`].
    pub page: u32,
    /// Size of the type in which most of it is set, in points.
    pub size: f32,
    /// Most of it is set in bold type.
    pub is_bold: bool,
    /// Most of it is set in italic type.
    pub is_italic: bool,
    /// Its left end, as a share of the page's width from the left edge.
    pub left: f32,
    /// Its right end, likewise.
    pub right: f32,
    /// The height of its baseline, as a share of the page's height from the upper edge.
    pub top: f32,
    /// [`size`](PrintedLine::size) as a share of the page's height.
    pub height: f32,
}

/// The text of one source as read from one file.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Document {
    /// The format it was read from.
    pub format: Format,
    /// All text, Unicode NFC, `\n` line ends; [`Line::range`] points into it.
    pub text: String,
    /// The lines or blocks in reading order. Blank lines are kept as empty [`Role::Raw`] lines and
    /// a page break inside plain text (form feed) moves the lines behind it to the next page of
    /// `breaks` only; it makes no entry in `pages`.
    pub lines: Vec<Line>,
    /// Indices into `lines` before which a page ends: form feeds in text, page ends in a PDF.
    pub breaks: Vec<usize>,
    /// Places within lines where a page begins: bytes into `text`, and the page's index, in order. A line is on the
    /// page of its beginning.
    pub turns: Vec<(usize, u32)>,
    /// The pages, in order; empty where the format has none.
    pub pages: Vec<Page>,
    /// What the format's own fields state of the work (front matter, XMP, `<meta>`, core.xml, OPF).
    pub stated: Work,
    /// What else was found of the work, each value with the place it was found at; weighed in
    /// [`evidence`](crate::bibliography::evidence).
    pub candidates: Vec<Candidate>,
    /// The lines of the first two pages and of the last, where the format says how they are set (PDF).
    pub printed: Vec<PrintedLine>,
    /// What a user should know of the reading: pages without text, a guessed encoding.
    pub doubts: Vec<String>,
}

/// What a user is told where the labels of a file are other numbers than those printed on its pages.
pub const CONTRADICTING_LABELS: &str =
    "its page labels are other numbers than those printed on the pages: the printed ones are taken";

/// Puts printed numbers, each with its page from 0, in place of labels that contradict them; returns true if and only if
/// they do, on two pages at least and on most. `A-1` or `iv` is no other number than `217`, but another count.
pub fn take_printed(pages: &mut [Page], printed: &[(usize, String)]) -> bool {
    let label = |page: usize| pages.get(page).and_then(|page| page.label.as_ref());
    let compared = || {
        printed.iter().filter_map(|(page, number)| {
            let label = label(*page).filter(|label| label.bytes().all(|b| b.is_ascii_digit()))?;
            Some(label == number)
        })
    };
    let others = compared().filter(|same| !same).count();
    let contradicts = others >= 2 && others * 2 > compared().count();
    if contradicts {
        label_only(pages, printed);
    }
    contradicts
}

/// Labels these pages, by their numbers from 0, and no others.
pub fn label_only(pages: &mut [Page], labels: &[(usize, String)]) {
    pages.iter_mut().for_each(|page| page.label = None);
    for (page, label) in labels {
        if let Some(page) = pages.get_mut(*page) {
            page.label = Some(label.clone());
        }
    }
}

impl Document {
    /// An empty document of `format`.
    pub fn new(format: Format) -> Self {
        Document {
            format,
            text: String::new(),
            lines: Vec::new(),
            breaks: Vec::new(),
            turns: Vec::new(),
            pages: Vec::new(),
            stated: Work::default(),
            candidates: Vec::new(),
            printed: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// Appends a line with its role, its 1-based line number in the file (0: none) and its page index.
    pub fn push(&mut self, text: &str, role: Role, number: u32, page: u32) {
        let start = self.text.len();
        self.text.push_str(text);
        self.lines.push(Line { range: start..self.text.len(), number, page, role });
        self.text.push('\n');
    }

    /// The text of a line of this document.
    pub fn line_text(&self, line: &Line) -> &str {
        &self.text[line.range.clone()]
    }
}
