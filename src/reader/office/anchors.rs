//! What citations hang on in a word processor's document: the marks of notes with the ids that bind them to their words,
//! and the fields of reference managers.
//!
//! They are noted only when a draft is read. While a paragraph grows, two characters that are no text (Unicode
//! noncharacters) enclose what is anchored; they are taken out when the paragraph is finished.

use super::super::xml::Element;
use mail_parser::decoders::base64::base64_decode;
use std::collections::BTreeSet;
use std::ops::Range;

/// Opens an anchor; the next character is its number.
const OPEN: char = '\u{FDD0}';
/// Closes the anchor opened last.
const CLOSE: char = '\u{FDD1}';
/// The number 0, in a plane for private use.
const ZERO: u32 = 0x10_0000;
/// Numbers in that plane.
const MOST: usize = 0xFFFE;

/// A note of a document: its class and the id that the file gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId {
    /// An endnote rather than a footnote.
    pub is_endnote: bool,
    /// The file's name for it.
    pub id: String,
}

/// What a place of the text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The mark of a note.
    Mark(NoteId),
    /// What a citation field shows; with its instruction, as the file has it.
    Field(String),
}

/// The anchors of a document, in bytes of its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchors {
    /// Marks and fields.
    pub places: Vec<(Range<usize>, Target)>,
    /// The lines that are the words of a note.
    pub notes: Vec<(Range<usize>, NoteId)>,
    /// Notes whose mark is in deleted, hidden or repeated text.
    pub removed: BTreeSet<NoteId>,
}

/// A field of Word while it is read.
#[derive(Default)]
struct Field {
    instruction: String,
    is_open: bool,
    is_shown: bool,
}

/// Notes anchors while a document is read.
#[derive(Default)]
pub struct Recorder {
    on: bool,
    targets: Vec<Target>,
    /// Complex fields that are open.
    fields: Vec<Field>,
    /// For each simple field or content control that is open: it is anchored.
    wrapped: Vec<bool>,
    /// The citation that the properties of a content control name.
    control: Option<String>,
    /// The notes whose words are being read.
    within: Vec<NoteId>,
    /// Notes of OpenDocument that came so far, to name those that have no id.
    notes: usize,
    /// The mark that is being read is the text of the run.
    is_custom: bool,
    anchors: Anchors,
}

impl Recorder {
    /// A recorder for a draft; the default one notes nothing and leaves every text as it is.
    pub fn for_draft() -> Recorder {
        Recorder { on: true, ..Recorder::default() }
    }

    /// Returns true if and only if anchors are noted.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// What was noted.
    pub fn into_anchors(self) -> Anchors {
        self.anchors
    }

    /// Opens an anchor at the end of `out`.
    fn open(&mut self, out: &mut String, target: Target) {
        let number = u32::try_from(self.targets.len()).ok().filter(|n| (*n as usize) < MOST);
        if let Some(sign) = number.and_then(|n| char::from_u32(ZERO + n)).filter(|_| self.on) {
            out.push(OPEN);
            out.push(sign);
            self.targets.push(target);
        }
    }

    fn close(&self, out: &mut String) {
        if self.on {
            out.push(CLOSE);
        }
    }

    /// The mark of a note is put at the end of `out` by `put`.
    pub fn mark(&mut self, out: &mut String, note: NoteId, put: impl FnOnce(&mut String)) {
        self.open(out, Target::Mark(note));
        put(out);
        self.close(out);
    }

    /// The text of the run that follows is the mark of a note.
    pub fn open_custom_mark(&mut self, out: &mut String, note: NoteId) {
        self.open(out, Target::Mark(note));
        self.is_custom = self.on;
    }

    /// A run ends.
    fn end_run(&mut self, out: Option<&mut String>) {
        if std::mem::take(&mut self.is_custom)
            && let Some(out) = out
        {
            self.close(out);
        }
    }

    /// Notes what an element is that begins; `out` is the paragraph that is open.
    pub fn begin(&mut self, element: &Element, out: Option<&mut String>) {
        if !self.on {
            return;
        }
        match element.name.as_str() {
            "footnote" | "endnote" => self.within.extend(word_note(element)),
            "note" => {
                self.notes += 1;
                let id = element.attribute("id").map_or_else(|| format!("#{}", self.notes), str::to_owned);
                let is_endnote = element.attribute("note-class") == Some("endnote");
                self.within.push(NoteId { is_endnote, id });
            }
            "note-citation" => {
                if let (Some(out), Some(note)) = (out, self.note().cloned()) {
                    self.open_custom_mark(out, note);
                }
            }
            "fldChar" => self.field_sign(element.attribute("fldCharType").unwrap_or_default(), out),
            "fldSimple" => self.begin_wrapped(element.attribute("instr").map(str::to_owned), out),
            "sdtContent" => {
                let instruction = self.control.take();
                self.begin_wrapped(instruction, out);
            }
            "reference-mark-start" | "bibliography-mark" => {
                self.begin_wrapped(open_document_citation(element), out);
            }
            _ => {}
        }
    }

    /// The same for one that ends.
    pub fn end(&mut self, name: &str, out: Option<&mut String>) {
        match name {
            _ if !self.on => {}
            "footnote" | "endnote" | "note" => drop(self.within.pop()),
            "r" | "note-citation" => self.end_run(out),
            "fldSimple" | "sdtContent" | "bibliography-mark" | "reference-mark-end" => self.end_wrapped(out),
            _ => {}
        }
    }

    /// The note whose words are being read.
    pub fn note(&self) -> Option<&NoteId> {
        self.within.last()
    }

    /// Text of a field's instruction.
    pub fn instruct(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut().filter(|f| !f.is_shown) {
            field.instruction.push_str(text);
        }
    }

    /// `fldChar` of Word: a field begins, shows its result, or ends.
    fn field_sign(&mut self, kind: &str, out: Option<&mut String>) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                let Some(mut field) = self.fields.pop() else { return };
                field.is_shown = true;
                if let Some(out) = out.filter(|_| is_citation(&field.instruction)) {
                    self.open(out, Target::Field(std::mem::take(&mut field.instruction)));
                    field.is_open = true;
                }
                self.fields.push(field);
            }
            "end" => {
                let (Some(field), Some(out)) = (self.fields.pop(), out) else { return };
                if !field.is_shown && is_citation(&field.instruction) {
                    self.open(out, Target::Field(field.instruction));
                    self.close(out);
                } else if field.is_open {
                    self.close(out);
                }
            }
            _ => {}
        }
    }

    /// A simple field, a reference mark or the content of a control begins; `instruction` is what it cites, if anything.
    fn begin_wrapped(&mut self, instruction: Option<String>, out: Option<&mut String>) {
        let instruction = instruction.filter(|i| is_citation(i));
        let anchored = match (instruction, out) {
            (Some(instruction), Some(out)) => {
                self.open(out, Target::Field(instruction));
                true
            }
            _ => false,
        };
        self.wrapped.push(anchored);
    }

    /// It ends.
    fn end_wrapped(&mut self, out: Option<&mut String>) {
        if let (Some(true), Some(out)) = (self.wrapped.pop(), out) {
            self.close(out);
        }
    }

    /// Looks at an element that is passed over.
    pub fn pass(&mut self, element: &Element) {
        match element.name.as_str() {
            "footnoteReference" | "endnoteReference" => {
                self.anchors.removed.extend(word_note(element));
            }
            "tag" => self.control = element.attribute("val").and_then(control),
            _ => {}
        }
    }

    /// The text without the signs of anchors.
    pub fn shown(&self, text: &str) -> String {
        self.parted(text).0
    }

    /// Notes the anchors of a finished line that will start at the byte `start`; returns its text.
    pub fn finish(&mut self, text: &str, start: usize, note: Option<&NoteId>) -> String {
        let (shown, anchored) = self.parted(text);
        for (range, number) in anchored {
            let range = start + range.start..start + range.end;
            self.anchors.places.extend(self.targets.get(number).map(|t| (range, t.clone())));
        }
        if let Some(note) = note.filter(|_| self.on) {
            self.anchors.notes.push((start..start + shown.len(), note.clone()));
        }
        shown
    }

    /// The text and its anchors: their bytes in it and their numbers.
    fn parted(&self, text: &str) -> (String, Vec<(Range<usize>, usize)>) {
        if !self.on {
            return (text.to_owned(), Vec::new());
        }
        let mut shown = String::with_capacity(text.len());
        let (mut open, mut anchored) = (Vec::new(), Vec::new());
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                OPEN => {
                    let number = chars.next().and_then(|sign| u32::from(sign).checked_sub(ZERO));
                    open.extend(number.map(|n| (shown.len(), n as usize)));
                }
                CLOSE => anchored.extend(open.pop().map(|(from, n)| (from..shown.len(), n))),
                // The white space on both sides of a sign was one.
                ' ' if shown.is_empty() || shown.ends_with(' ') => {}
                c => shown.push(c),
            }
        }
        anchored.extend(open.into_iter().map(|(from, n)| (from..shown.len(), n)));
        let length = shown.trim_end().len();
        shown.truncate(length);
        for (range, _) in &mut anchored {
            *range = range.start.min(length)..range.end.min(length);
        }
        anchored.sort_by_key(|(range, _)| range.start);
        (shown, anchored)
    }
}

/// Returns true if and only if the character is a sign of this module, which a file's own text must not have.
pub fn is_sign(c: char) -> bool {
    c == OPEN || c == CLOSE
}

/// The note that a `footnoteReference` or `endnoteReference` of Word leads to, or a `footnote` or `endnote` is.
pub fn word_note(element: &Element) -> Option<NoteId> {
    let is_endnote = element.name.starts_with("endnote");
    element.attribute("id").map(|id| NoteId { is_endnote, id: id.to_owned() })
}

/// The citation that an element of OpenDocument is: a reference mark that Zotero names by its data, or a mark of the
/// program's own bibliography.
pub fn open_document_citation(element: &Element) -> Option<String> {
    match element.name.as_str() {
        "reference-mark-start" => element.attribute("name").map(str::to_owned),
        "bibliography-mark" => element.attribute("identifier").map(|key| format!("CITATION {key}")),
        _ => None,
    }
}

/// The citation in the tag of a content control, in which Mendeley keeps its JSON in base64.
fn control(tag: &str) -> Option<String> {
    let json = base64_decode(tag.strip_prefix("MENDELEY_CITATION_v3_")?.as_bytes())?;
    Some(format!("CSL_CITATION {}", String::from_utf8(json).ok()?))
}

/// Returns true if and only if a field's instruction cites something: Zotero, Mendeley, Citavi and EndNote say
/// `ADDIN` and their name, Word `CITATION`.
fn is_citation(instruction: &str) -> bool {
    let text = instruction.trim_start();
    let text = text.strip_prefix("ADDIN").map_or(text, str::trim_start);
    ["ZOTERO_ITEM", "CSL_CITATION", "Mendeley Citation", "CITATION ", "EN.CITE", "CitaviPlaceholder"]
        .iter()
        .any(|name| text.starts_with(name))
}
