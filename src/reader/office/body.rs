//! The walk over the text of a document: its paragraphs, the tables and lists they stand in, and their notes.

use super::super::ReadError;
use super::super::xml::{self, Element, Node};
use super::anchors::{self, NoteId, Recorder};
use super::raised::{self, RaisedMarks};
use super::styles::{Styles, outline};
use super::symbols;
use super::vocabulary::Vocabulary;
use crate::clean::superscript::is_superscript;
use crate::clean::wording::{End, Start, end_of, start_of};
use crate::document::{Document, Role};
use unicode_normalization::UnicodeNormalization;

/// Appends the text of a part to the document; `recorder` notes what citations hang on.
///
/// # Errors
/// [`ReadError::Broken`] when nothing of it can be read; what stands before a mistake is kept, with a doubt.
pub fn read(
    document: &mut Document,
    xml_text: &str,
    words: &Vocabulary,
    styles: &Styles,
    format: &'static str,
    recorder: &mut Recorder,
) -> Result<(), ReadError> {
    let mut body = Body {
        document,
        recorder,
        words,
        styles,
        open: Vec::new(),
        skipping: 0,
        within: Vec::new(),
        rows: Vec::new(),
        choices: Vec::new(),
        items: 0,
        notes: 0,
        marks: [0; 2],
        carried: String::new(),
        behind: Vec::new(),
        hidden: false,
        raised: false,
        raised_spans: Vec::new(),
        raised_marks: RaisedMarks::default(),
    };
    let result = xml::read(xml_text, |node| body.take(node));
    body.end();
    match result {
        Err(what) if document.lines.is_empty() => Err(ReadError::broken(format, what)),
        Err(what) => {
            document.doubts.push(format!("its end could not be read: {what}"));
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// A paragraph that is open, and what its style says.
struct Paragraph {
    text: String,
    role: Role,
    /// Its end was deleted: it runs on into the next.
    runs_on: bool,
}

/// A row that is open: the paragraphs of its cells.
#[derive(Default)]
struct Row {
    cells: Vec<Vec<(Role, String)>>,
    deleted: bool,
}

struct Body<'d, 'v> {
    document: &'d mut Document,
    recorder: &'d mut Recorder,
    words: &'v Vocabulary,
    styles: &'v Styles,
    open: Vec<Paragraph>,
    /// Elements that are open within one that is skipped, and that one.
    skipping: usize,
    /// The names of the elements that are open, outside of what is skipped.
    within: Vec<String>,
    rows: Vec<Row>,
    /// For each set of alternatives that is open: one of them was read.
    choices: Vec<bool>,
    items: usize,
    notes: usize,
    /// Footnotes and endnotes whose marks have come so far.
    marks: [usize; 2],
    /// The text of a paragraph that runs on into the next.
    carried: String,
    /// Notes are put behind the paragraph that has their mark.
    behind: Vec<(String, Option<NoteId>)>,
    /// The text of the run is hidden.
    hidden: bool,
    /// The text of the run is set high.
    raised: bool,
    /// How many elements are open around each span that is set high.
    raised_spans: Vec<usize>,
    raised_marks: RaisedMarks,
}

impl Body<'_, '_> {
    fn take(&mut self, node: Node) {
        match node {
            Node::Open(element) if self.skipping > 0 => {
                self.recorder.pass(&element);
                self.skipping += 1;
            }
            Node::Close(_) if self.skipping > 0 => self.skipping -= 1,
            Node::Text(_) if self.skipping > 0 => {}
            Node::Open(element) => self.open(element),
            Node::Close(name) => {
                // An end tag closes what was left open in its element; without its start tag it closes nothing.
                let above = self.within.iter().rev().take(64).position(|open| *open == name);
                for _ in 0..above.map_or(0, |n| n + 1) {
                    if let Some(name) = self.within.pop() {
                        self.close(&name);
                    }
                }
            }
            Node::Text(text) => self.text(&text),
        }
    }

    fn text(&mut self, text: &str) {
        let inside = self.within.last().map_or("", String::as_str);
        if inside == "instrText" {
            return self.recorder.instruct(text);
        }
        if !self.words.text.is_empty() && !self.words.text.contains(&inside) {
            return;
        }
        let raised = self.raised || !self.raised_spans.is_empty();
        if let Some(paragraph) = self.open.last_mut() {
            match inside {
                "note-citation" => raised::push_note_mark(&mut paragraph.text, text.trim()),
                _ if raised => self.raised_marks.push(&mut paragraph.text, text),
                _ => {
                    let own = self.recorder.is_on();
                    let is_text = |c: &char| *c != '\u{AD}' && !(own && anchors::is_sign(*c));
                    paragraph.text.extend(text.chars().filter(is_text));
                }
            }
        }
    }

    fn open(&mut self, element: Element) {
        let name = element.name.as_str();
        let words = self.words;
        let is_read = self.recorder.is_on() && name == "instrText";
        let is_unseen =
            words.skipped.contains(&name) && !is_read || is_separator(&element) || self.hidden && name == "t";
        if is_unseen || self.is_deletion(name) || self.is_other_choice(name) {
            self.recorder.pass(&element);
            self.skipping = 1;
            return;
        }
        self.recorder.begin(&element, self.open.last_mut().map(|paragraph| &mut paragraph.text));
        if words.paragraph.contains(&name) {
            let role = if self.notes > 0 { Role::Footnote } else { self.role(&element) };
            let text = std::mem::take(&mut self.carried);
            self.open.push(Paragraph { text, role, runs_on: false });
        } else if name == words.row {
            self.rows.push(Row::default());
        } else if words.cell.contains(&name) {
            if let Some(row) = self.rows.last_mut() {
                row.cells.push(Vec::new());
            }
        } else if name == words.note {
            self.notes += 1;
        } else if name == words.list_item {
            self.items += 1;
            // In Word the list is a property of the paragraph, which is open already.
            if let Some(paragraph) = self.open.last_mut()
                && paragraph.role == Role::Paragraph
                && element.name == "numPr"
            {
                paragraph.role = Role::ListItem;
            }
        } else if name == "AlternateContent" {
            self.choices.push(false);
        } else if name == "r" {
            self.hidden = false;
            self.raised = false;
        } else if name == "vanish" {
            self.hidden |= is_on(&element) && self.within.iter().rev().nth(1).is_some_and(|w| w == "r");
        } else if matches!(name, "vertAlign" | "rStyle" | "span") {
            self.raise(&element);
        } else if name == "altChunk" {
            self.document.doubts.push("a file that was put into it as a whole is left out".to_owned());
        } else if matches!(name, "pStyle" | "outlineLvl") {
            self.restyle(&element);
        } else if is_page_break(&element) {
            self.break_page(name == "br");
        } else if let Some(paragraph) = self.open.last_mut() {
            inline(paragraph, &element, &mut self.marks, self.recorder);
        }
        self.within.push(element.name);
    }

    /// Appends a finished line; `note`: it is the words of this note.
    fn push(&mut self, text: &str, role: Role, note: Option<&NoteId>) {
        if !self.recorder.is_on() {
            return self.document.push(text, role, 0, 0);
        }
        let note = note.cloned().or_else(|| self.recorder.note().cloned());
        let shown = self.recorder.finish(text, self.document.text.len(), note.as_ref());
        self.document.push(&shown, role, 0, 0);
    }

    /// The run or span is set high, by itself or by its style.
    fn raise(&mut self, element: &Element) {
        let of_run = self.within.iter().rev().nth(1).is_some_and(|w| w == "r");
        let style = |name: &str| element.attribute(name).is_some_and(|id| self.styles.is_raised(id));
        match element.name.as_str() {
            "span" if style("style-name") => self.raised_spans.push(self.within.len()),
            "vertAlign" if of_run => self.raised = element.attribute("val") == Some("superscript"),
            "rStyle" if of_run => self.raised |= style("val"),
            _ => {}
        }
    }

    /// Remembers that a page ends: before the paragraph that is open, or after it when it has words already.
    fn break_page(&mut self, is_line_end: bool) {
        let has_words = self.open.last().is_some_and(|paragraph| !paragraph.text.trim().is_empty());
        if let Some(paragraph) = self.open.last_mut().filter(|_| is_line_end) {
            paragraph.text.push(' ');
        }
        self.document.breaks.push(self.document.lines.len() + usize::from(has_words));
    }

    /// Deleted text is skipped. Within properties the deletion is of what they belong to: the end of a paragraph, a
    /// row.
    fn is_deletion(&mut self, name: &str) -> bool {
        if name != "del" {
            return false;
        }
        let inside = |properties: &str| self.within.iter().rev().take(2).any(|w| w == properties);
        if inside("pPr") {
            if let Some(paragraph) = self.open.last_mut() {
                paragraph.runs_on = true;
            }
        } else if inside("trPr")
            && let Some(row) = self.rows.last_mut()
        {
            row.deleted = true;
        }
        true
    }

    /// Of alternatives the first is read: they show the same.
    fn is_other_choice(&mut self, name: &str) -> bool {
        let Some(chosen) = self.choices.last_mut().filter(|_| matches!(name, "Choice" | "Fallback")) else {
            return false;
        };
        std::mem::replace(chosen, true)
    }

    /// The role of an OpenDocument paragraph, which its own attributes tell.
    fn role(&self, element: &Element) -> Role {
        if element.name == "h" {
            let level = element.attribute("outline-level").and_then(|l| l.parse().ok()).unwrap_or(1u8);
            return Role::Heading(level.clamp(1, 6));
        }
        let style = element.attribute("style-name").and_then(|style| self.styles.role(style));
        match style {
            Some(role) => role,
            None if self.items > 0 && self.words.list_item == "list-item" => Role::ListItem,
            None => self.words.role,
        }
    }

    /// `pStyle` and `outlineLvl` of a Word paragraph.
    fn restyle(&mut self, element: &Element) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let value = element.attribute("val").unwrap_or_default();
        let role = if element.name == "outlineLvl" { outline(value) } else { self.styles.role(value) };
        if let Some(role) = role {
            paragraph.role = role;
        }
    }

    fn close(&mut self, name: &str) {
        let words = self.words;
        self.recorder.end(name, self.open.last_mut().map(|paragraph| &mut paragraph.text));
        self.raised_spans.pop_if(|depth| *depth >= self.within.len());
        if words.paragraph.contains(&name) {
            self.close_paragraph();
        } else if name == words.row {
            self.close_row();
        } else if name == words.note {
            self.notes = self.notes.saturating_sub(1);
        } else if name == words.list_item {
            self.items = self.items.saturating_sub(1);
        } else if name == "AlternateContent" {
            self.choices.pop();
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if paragraph.runs_on {
            self.carried = paragraph.text;
            return;
        }
        let text: String = paragraph.text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        let shown = if self.recorder.is_on() { &self.recorder.shown(&text) } else { &text };
        let role = by_words(paragraph.role, shown);
        let is_empty = shown.is_empty();
        let in_note = self.notes > 0 && !self.open.is_empty();
        let cell = self.rows.last_mut().and_then(|row| row.cells.last_mut());
        match cell {
            _ if in_note && !is_empty => self.behind.push((text, self.recorder.note().cloned())),
            Some(cell) if !is_empty => cell.push((role, text)),
            None if !is_empty => self.push(&text, role, None),
            // An empty paragraph is a gap, which counts in a document that was converted from pages.
            None if !in_note => self.document.push("", Role::Raw, 0, 0),
            _ => {}
        }
        if self.open.is_empty() && self.rows.is_empty() {
            self.push_notes();
        }
    }

    /// A row with one cell only is layout: what stands in it are paragraphs.
    fn close_row(&mut self) {
        let Some(row) = self.rows.pop().filter(|row| !row.deleted) else { return };
        if let [cell] = row.cells.as_slice() {
            for (role, text) in cell {
                self.push(text, *role, None);
            }
        } else {
            let text = |cell: &Vec<(Role, String)>| {
                cell.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
            };
            let cells: Vec<String> = row.cells.iter().map(text).filter(|c| !c.is_empty()).collect();
            if !cells.is_empty() {
                self.push(&cells.join(" | "), Role::TableRow, None);
            }
        }
        if self.rows.is_empty() {
            self.push_notes();
        }
    }

    fn push_notes(&mut self) {
        for (text, note) in std::mem::take(&mut self.behind) {
            self.push(&text, Role::Footnote, note.as_ref());
        }
    }

    /// What is still open at the end of a part that breaks off.
    fn end(&mut self) {
        while !self.open.is_empty() {
            self.close_paragraph();
        }
        while !self.rows.is_empty() {
            self.close_row();
        }
        let rest = std::mem::take(&mut self.carried);
        if !rest.trim().is_empty() {
            self.push(rest.trim(), self.words.role, None);
        }
        self.push_notes();
    }
}

/// The longest heading, in characters.
const LONGEST_HEADING: usize = 150;
/// A paragraph of that many characters that ends with a full stop is a sentence rather than a heading.
const SENTENCE: usize = 60;

/// The role of a paragraph whose words contradict its style: clauses in heading style, and notes of a converted page,
/// which begin with their mark.
fn by_words(role: Role, text: &str) -> Role {
    let length = || text.chars().count();
    let is_clause = || {
        text.len() > SENTENCE
            && (length() > LONGEST_HEADING
                || length() > SENTENCE && text.ends_with('.') && end_of(text) == End::Stop)
    };
    match role {
        Role::Heading(_) if is_clause() => Role::Paragraph,
        Role::Paragraph if begins_with_mark(text) => Role::Footnote,
        role => role,
    }
}

/// Returns true if and only if `text` begins with a number of up to three digits set high and words that begin anew.
fn begins_with_mark(text: &str) -> bool {
    let words = text.trim_start_matches(is_superscript);
    let digits = (text.len() - words.len()) / '²'.len_utf8();
    (1..=4).contains(&digits)
        && words.contains(' ')
        && !matches!(start_of(words), Start::Lower | Start::Digit)
}

/// A property that may say of itself that it is off.
fn is_on(element: &Element) -> bool {
    !matches!(element.attribute("val"), Some("0" | "false" | "off"))
}

/// A page ends here: by the author's will, or as the program last laid it out.
fn is_page_break(element: &Element) -> bool {
    match element.name.as_str() {
        "lastRenderedPageBreak" | "soft-page-break" | "sectPr" => true,
        "br" => element.attribute("type") == Some("page"),
        _ => false,
    }
}

/// The lines between text and notes, which Word keeps among the notes.
fn is_separator(element: &Element) -> bool {
    matches!(element.name.as_str(), "footnote" | "endnote")
        && element.attribute("type").is_some_and(|kind| kind != "normal")
}

/// Elements within a line that stand for a character or a mark.
fn inline(paragraph: &mut Paragraph, element: &Element, marks: &mut [usize; 2], recorder: &mut Recorder) {
    match element.name.as_str() {
        "tab" | "ptab" | "br" | "s" | "line-break" | "cr" => paragraph.text.push(' '),
        "noBreakHyphen" => paragraph.text.push('-'),
        "sym" => {
            let value = |name: &str| element.attribute(name).unwrap_or_default();
            paragraph.text.extend(symbols::character(value("font"), value("char")));
        }
        // Notes are numbered as their marks come; the numbers in the file are names only.
        kind @ ("footnoteReference" | "endnoteReference") => {
            let note = anchors::word_note(element).unwrap_or_default();
            if matches!(element.attribute("customMarkFollows"), Some("1" | "true" | "on")) {
                return recorder.open_custom_mark(&mut paragraph.text, note);
            }
            let mark = &mut marks[usize::from(kind == "endnoteReference")];
            *mark += 1;
            let put = |out: &mut String| raised::push_note_mark(out, &mark.to_string());
            recorder.mark(&mut paragraph.text, note, put);
        }
        _ => {}
    }
}
