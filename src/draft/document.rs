//! The draft in a word processor's document: its paragraphs as lines, its notes and citation fields by the file's ids.

use super::notes::{Note, NotePlace};
use super::parse::{Draft, Syntax};
use crate::document::{Document, Role};
use crate::reader::{Anchors, NoteId, Target};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a document says of its citations, in characters of the draft.
#[derive(Debug, Clone, Default)]
pub struct Bound {
    /// Marks of notes, each with its note when the document has that.
    pub marks: Vec<(Range<usize>, Option<Note>)>,
    /// Citation fields: what each shows, and its instruction.
    pub fields: Vec<(Range<usize>, String)>,
    /// Notes that no mark leads to, though none was deleted.
    pub orphans: Vec<Range<usize>>,
}

impl Draft {
    /// The draft in a document: each paragraph is a line, and set-off quotations are block quotations. Citations may be by
    /// citekey, as pandoc writes them, printed, or fields of a reference manager; notes are bound to their marks by the
    /// ids of the file.
    pub fn of_document(document: &Document, anchors: &Anchors) -> Draft {
        let mut text = String::new();
        let mut lines = Vec::new();
        let mut at = 0;
        for line in &document.lines {
            let lead = match line.role {
                Role::Quotation => "> ",
                Role::Heading(_) => "# ",
                _ => "",
            };
            let words = document.line_text(line).replace(['\r', '\n'], " ");
            lines.push((line.range.clone(), at + lead.len()));
            at += lead.len() + words.chars().count() + 2;
            text.push_str(lead);
            text.push_str(&words);
            text.push_str("\n\n");
        }
        text.truncate(text.len().saturating_sub(2));
        let mut draft = Draft::of(&text, Syntax::Markdown, Map { document, lines }.bound(anchors));
        // The empty lines between are not the document's.
        draft.keep_every_second_line();
        draft
    }
}

/// The lines of a document, by their bytes, and the characters of the draft where they start.
struct Map<'d> {
    document: &'d Document,
    lines: Vec<(Range<usize>, usize)>,
}

impl Map<'_> {
    /// The characters of the draft that bytes of the document are.
    fn chars(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let next = self.lines.partition_point(|(line, _)| line.start <= bytes.start);
        let (line, at) = self.lines.get(next.checked_sub(1)?)?;
        let count = |end: usize| {
            let text = self.document.text.get(line.start..end.min(line.end));
            text.map(|t| t.chars().count())
        };
        Some(at + count(bytes.start)?..at + count(bytes.end)?)
    }

    fn bound(&self, anchors: &Anchors) -> Bound {
        // All paragraphs of a note are its words.
        let mut bodies: BTreeMap<&NoteId, Range<usize>> = BTreeMap::new();
        for (bytes, note) in &anchors.notes {
            let Some(chars) = self.chars(bytes) else { continue };
            let body = bodies.entry(note).or_insert_with(|| chars.clone());
            *body = body.start.min(chars.start)..body.end.max(chars.end);
        }
        let mut bound = Bound::default();
        for (bytes, target) in &anchors.places {
            match (self.chars(bytes), target) {
                (Some(place), Target::Field(instruction)) => bound.fields.push((place, instruction.clone())),
                (Some(mark), Target::Mark(id)) => {
                    let place = NotePlace { is_endnote: id.is_endnote, label: None };
                    let note = bodies.get(id).map(|body| Note::new(mark.clone(), body.clone(), place));
                    bound.marks.push((mark, note));
                }
                (None, _) => {}
            }
        }
        let marked =
            |id: &NoteId| anchors.places.iter().any(|(_, t)| matches!(t, Target::Mark(n) if n == id));
        let lost = bodies.iter().filter(|(id, _)| !anchors.removed.contains(id) && !marked(id));
        bound.orphans = lost.map(|(_, body)| body.clone()).collect();
        bound.marks.sort_by_key(|(mark, _)| mark.start);
        bound
    }
}
