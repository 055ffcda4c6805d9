//! Quotations and citations of a draft, by the syntax it is written in.

use super::document::Bound;
use super::fields::{Item, items};
use super::keys::citations;
use super::notes::{Note, copy_marks, hide, is_high, notes};
use super::numbered::{List, Numbered, numbered};
use super::quotes::{blocks, marked};
use super::reference_list::{Entries, entries};
use super::scan::{closing, masked, slice};
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
    /// The number of a section or chapter.
    Section(String),
}

/// A citation of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Something that cites and could not be read, so that nobody knows what.
    pub unread: Option<Unread>,
}

/// How sure it is that something that was not understood cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It has the shape of a citation.
    Certain,
    /// A note that may only explain.
    Note,
}

impl Citation {
    /// Its citekey and the others it may mean.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.key).chain(&self.also).map(String::as_str)
    }

    /// Returns true if and only if it may mean this source.
    pub fn is_of(&self, key: &str) -> bool {
        self.unread.is_none() && self.keys().any(|k| k == key)
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
    /// Where the whole of it stands when it is one of several paragraphs that are quoted together; else as `span`.
    pub whole: Range<usize>,
}

/// What of a document's notes could not be bound together, in characters.
#[derive(Debug, Clone, Default)]
pub(super) struct Lost {
    pub marks: Vec<Range<usize>>,
    pub notes: Vec<Range<usize>>,
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
    /// Marks of notes that the document does not have, and notes without mark.
    pub(super) lost: Lost,
    /// Citation fields of a word processor: where what they show is, and the works.
    pub(super) fields: Vec<(Range<usize>, Vec<Item>)>,
    /// Its numbered list of references, and the citations by number.
    pub(super) list: List,
    pub(super) numbered: Vec<Numbered>,
    /// Its own list of references.
    pub(super) entries: Entries,
    pub(super) syntax: Syntax,
    pub(super) chars: Vec<char>,
    lines: Vec<usize>,
}

impl Draft {
    /// Finds quotations and citations; takes any text.
    pub fn parse(text: &str, syntax: Syntax) -> Draft {
        Draft::of(text, syntax, Bound::default())
    }

    /// With what a document says of its notes and citations.
    pub(super) fn of(text: &str, syntax: Syntax, bound: Bound) -> Draft {
        let text = text.replace("\r\n", "\n");
        let (mut quotable, mut chars) = masked(&text, syntax);
        let mut lines = vec![0];
        lines.extend(chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(i, _)| i + 1));
        for (shown, _) in &bound.fields {
            if is_high(&chars, shown) {
                hide(&mut chars, shown);
            }
        }
        let notes = notes(&mut chars, syntax, &bound.marks);
        copy_marks(&chars, &mut quotable);
        let entries = entries(&chars, syntax);
        let citations = citations(&chars, syntax);
        let by_number = matches!(syntax, Syntax::Markdown | Syntax::Plain);
        let list = if by_number { List::read(&chars, entries.ranges()) } else { List::default() };
        let numbered = if by_number { numbered(&chars, &list, &notes) } else { Vec::new() };
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
        let fields = bound.fields.iter().map(|(shown, instruction)| (shown.clone(), items(instruction)));
        let marks = bound.marks.iter().filter(|(_, note)| note.is_none()).map(|(mark, _)| mark.clone());
        let lost = Lost { marks: marks.collect(), notes: bound.orphans };
        let fields = fields.collect();
        Draft {
            quotations,
            citations,
            brackets,
            notes,
            lost,
            fields,
            list,
            numbered,
            entries,
            syntax,
            chars,
            lines,
        }
    }

    /// Leaves out the empty lines that stand between those of a document.
    pub(super) fn keep_every_second_line(&mut self) {
        self.lines = std::mem::take(&mut self.lines).into_iter().step_by(2).collect();
    }

    /// The notes that could not be bound to their marks, in words; nothing when all are.
    pub fn unbound(&self) -> Option<String> {
        let of = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let (marks, notes) = (self.lost.marks.len(), self.lost.notes.len());
        match (marks, notes) {
            (0, 0) => None,
            (_, 0) => Some(format!("{} without a note", of(marks, "note mark"))),
            (0, _) => Some(format!("{} without a mark", of(notes, "note"))),
            _ => Some(format!(
                "{} without a note, {} without a mark",
                of(marks, "note mark"),
                of(notes, "note")
            )),
        }
    }

    /// 1-based line and column, in characters, of a character.
    pub fn place(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(at - start + 1).unwrap_or(u32::MAX))
    }
}

/// Reads a locator such as `p. 3`, `pp. 3-4`, `para. 14`, `§ 3`; a bare number is a page.
pub(super) fn locator(text: &str) -> Option<Locator> {
    let text = text.trim().trim_start_matches([',', ' ', '~', '\u{a0}', '{', '[', ':']).trim();
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
        "§" | "§§" | "sec" | "secs" | "sect" | "section" | "sections" | "chap" | "ch" | "chapter"
        | "chapters" => {
            let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
            Some(Locator::Section(label.trim_end_matches('.').to_owned()))
        }
        "" | "p" | "pp" | "pg" | "page" | "pages" | "с" | "стр" | "s" | "at" => {
            Some(Locator::Page(label))
        }
        _ => None,
    }
}
