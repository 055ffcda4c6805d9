//! Quotations and citations of a draft, by the syntax it is written in.

use super::keys::citations;
use super::notes::{Note, copy_marks, notes};
use super::quotes::{blocks, marked};
use super::reference_list::{Entries, entries};
use super::scan::{closing, masked, slice};
use crate::document::{Document, Role};
use std::ops::Range;
use std::path::Path;

/// What a draft is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Markdown with pandoc's citations.
    Markdown,
    /// LaTeX.
    Latex,
    /// Typst.
    Typst,
    /// Plain text, with citations as the sources' own style prints them.
    Plain,
}

impl Syntax {
    /// The syntax that a file's ending tells; plain text when it tells none.
    pub fn of(path: &Path) -> Syntax {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "md" | "markdown" | "qmd" | "rmd" => Syntax::Markdown,
            "tex" | "latex" | "ltx" => Syntax::Latex,
            "typ" => Syntax::Typst,
            _ => Syntax::Plain,
        }
    }
}

/// A place within a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// First and last paragraph.
    Paragraph(u32, u32),
    /// A page label or number, the first of a range.
    Page(String),
}

/// A citation of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The citekey; of a printed citation that leads nowhere, what is printed.
    pub key: String,
    /// Further citekeys that a printed citation fits.
    pub also: Vec<String>,
    /// The citation as it is printed, where it is not one by citekey.
    pub printed: Option<String>,
    /// Where in the source.
    pub locator: Option<Locator>,
    /// Where it stands in the draft, in characters: the whole bracket, where several stand in one.
    pub span: Range<usize>,
    /// Where its key stands, in characters.
    pub at: usize,
    /// Part of the sentence, `Khan (2021) writes`, rather than put behind what it supports.
    pub narrative: bool,
}

impl Citation {
    /// Its citekey and the others it may mean.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.key).chain(&self.also).map(String::as_str)
    }

    /// Returns true if and only if it may mean this source.
    pub fn is_of(&self, key: &str) -> bool {
        self.keys().any(|k| k == key)
    }
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without quotation marks and mark-up.
    pub text: String,
    /// The same without the bracket at the end of a block that may be its citation.
    pub uncited: Option<String>,
    /// Where it stands in the draft, in characters, marks included.
    pub span: Range<usize>,
    /// Set off as a block.
    pub block: bool,
}

/// A parsed draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The quotations in order.
    pub quotations: Vec<Quotation>,
    /// The citations by key in order.
    pub citations: Vec<Citation>,
    /// Round brackets that may be printed citations: their content and where it starts.
    pub(super) brackets: Vec<(String, Range<usize>)>,
    pub(super) notes: Vec<Note>,
    /// Its own list of references.
    pub(super) entries: Entries,
    pub(super) syntax: Syntax,
    pub(super) chars: Vec<char>,
    lines: Vec<usize>,
}

impl Draft {
    /// Finds quotations and citations; takes any text.
    pub fn parse(text: &str, syntax: Syntax) -> Draft {
        Draft::of(text, syntax, &[])
    }

    /// With the lines, from 0 on, that are notes.
    fn of(text: &str, syntax: Syntax, noted: &[usize]) -> Draft {
        let text = text.replace("\r\n", "\n");
        let (mut quotable, mut chars) = masked(&text, syntax);
        let mut lines = vec![0];
        lines.extend(chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(i, _)| i + 1));
        let line = |n: &usize| {
            let start = *lines.get(*n)?;
            Some(start..lines.get(n + 1).map_or(chars.len(), |next| next - 1))
        };
        let noted: Vec<Range<usize>> = noted.iter().filter_map(line).collect();
        let notes = notes(&mut chars, syntax, &noted);
        copy_marks(&chars, &mut quotable);
        let entries = entries(&chars, syntax);
        let citations = citations(&chars, syntax);
        let mut quotations = blocks(&chars, &quotable, syntax, &citations, &notes);
        let taken: Vec<Range<usize>> = quotations.iter().map(|q| q.span.clone()).collect();
        quotations.extend(marked(&chars, &quotable, syntax, &taken));
        quotations.retain(|q| !entries.hold(q.span.start));
        quotations.sort_by_key(|q| q.span.start);
        let opens = chars.iter().enumerate().filter(|(_, c)| **c == '(').map(|(i, _)| i);
        let brackets = opens
            .filter_map(|open| closing(&chars, open).filter(|end| end - open < 400).map(|end| (open, end)))
            .map(|(open, end)| (slice(&chars, open + 1, end), open + 1..end))
            .collect();
        Draft { quotations, citations, brackets, notes, entries, syntax, chars, lines }
    }

    /// The same of a word processor's document: each paragraph is a line, and set-off quotations are block quotations.
    /// Citations may be by citekey, as pandoc writes them, or printed.
    pub fn of_document(document: &Document) -> Draft {
        let paragraphs = document.lines.iter().map(|line| {
            let text = document.line_text(line).replace(['\r', '\n'], " ");
            match line.role {
                Role::Quotation => format!("> {text}"),
                Role::Heading(_) => format!("# {text}"),
                _ => text,
            }
        });
        let noted = document.lines.iter().enumerate().filter(|(_, line)| line.role == Role::Footnote);
        let noted: Vec<usize> = noted.map(|(n, _)| 2 * n).collect();
        let mut draft = Draft::of(&paragraphs.collect::<Vec<_>>().join("\n\n"), Syntax::Markdown, &noted);
        // The empty lines between are not the document's.
        draft.lines = draft.lines.into_iter().step_by(2).collect();
        draft
    }

    /// 1-based line and column, in characters, of a character.
    pub fn place(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(at - start + 1).unwrap_or(u32::MAX))
    }
}

/// Reads a locator such as `p. 3`, `pp. 3-4`, `para. 14`; a bare number is a page.
pub(super) fn locator(text: &str) -> Option<Locator> {
    let text = text.trim().trim_start_matches([',', ' ', '~', '\u{a0}', '{']).trim();
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (word, rest) = text.split_at_checked(split)?;
    let word = word.trim().trim_end_matches(['.', '~', '\u{a0}', ' ', '\\', ',']).to_lowercase();
    let label: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    match word.as_str() {
        "para" | "paras" | "paragraph" | "paragraphs" | "par" | "¶" | "¶¶" => {
            let first: u32 = label.parse().ok()?;
            let behind = rest.get(label.len()..)?.trim_start_matches(|c: char| "-–—".contains(c) || c == ' ');
            let last: String = behind.chars().take_while(char::is_ascii_digit).collect();
            let ranged = rest.get(label.len()..)?.trim_start().starts_with(['-', '–', '—']);
            let last = if ranged { last.parse().unwrap_or(first) } else { first };
            Some(Locator::Paragraph(first, last.max(first)))
        }
        "" | "p" | "pp" | "page" | "pages" => Some(Locator::Page(label)),
        _ => None,
    }
}
