//! The text of a [`Piece`], repaired, with the place each run of it came from.

use super::Origin;
use super::assemble::{Piece, Seam};
use super::block::Source;
use super::kind::Kind;
use crate::clean::hyphen::{Cut, Vocabulary};
use crate::clean::line_end::{close, cut_word};
use crate::clean::markup::{Addresses, push_folded, resolve};
use crate::clean::shape::{GAPS, MARKUP, Shape};
use crate::clean::wording::bullet;
use crate::document::Format;

/// A document's way to write its pieces.
pub struct Renderer<'d> {
    source: Source<'d>,
    vocabulary: Vocabulary,
    has_markup: bool,
    /// How many words cut at a line end were made whole.
    pub rejoined: u32,
}

/// A rendered piece.
pub struct Rendered {
    /// The text; empty when the piece holds nothing but signs.
    pub text: String,
    /// Where its runs came from.
    pub origins: Vec<Origin>,
}

impl<'d> Renderer<'d> {
    /// Prepares to write `pieces` of the document.
    pub fn new(source: Source<'d>, pieces: &[Piece]) -> Renderer<'d> {
        let mut cuts = Vec::new();
        for piece in pieces {
            let mut before: Option<usize> = None;
            for i in piece.parts.iter().flat_map(|(_, lines)| lines.clone()) {
                cuts.extend(before.and_then(|b| cut_at(source, b, i)));
                before = Some(i);
            }
        }
        let lines = source.shapes.iter().map(|shape| shape.words(source.document));
        let vocabulary = Vocabulary::of(&cuts, lines);
        let has_markup = matches!(source.document.format, Format::Text | Format::Markdown);
        Renderer { source, vocabulary, has_markup, rejoined: 0 }
    }

    /// The text of `piece`.
    pub fn render(&mut self, piece: &Piece) -> Rendered {
        let mut rendered = Rendered {
            text: String::with_capacity(self.length(piece) + piece.parts.len()),
            origins: Vec::with_capacity(piece.parts.iter().map(|(_, lines)| lines.len()).sum()),
        };
        let mut flags = 0;
        let mut before: Option<usize> = None;
        // An address cut inside `<…>` is closed behind its second half.
        let mut reopened = false;
        for (seam, lines) in &piece.parts {
            for i in lines.clone() {
                let shape = &self.source.shapes[i];
                let seam = if i == lines.start { *seam } else { inner_seam(piece.kind) };
                let words = self.words(piece.kind, i, before.is_none());
                if piece.kind == Kind::Table && !words.contains(char::is_alphanumeric) {
                    continue;
                }
                if let Some(last) = before {
                    reopened |= seam == Seam::Nothing && rendered.text.ends_with('>');
                    self.join(&mut rendered.text, last, i, seam);
                }
                self.note_origin(&mut rendered, i);
                if shape.has(GAPS) {
                    push_folded(&mut rendered.text, words);
                } else {
                    rendered.text.push_str(words);
                }
                flags |= shape.flags;
                before = Some(i);
            }
        }
        if reopened && !rendered.text.ends_with('>') {
            rendered.text.push('>');
        }
        self.resolve_markup(piece.kind, flags, &mut rendered);
        trim(&mut rendered);
        rendered
    }

    fn length(&self, piece: &Piece) -> usize {
        piece.parts.iter().map(|(_, lines)| self.source.text(lines).len()).sum()
    }

    /// The words of line `i`, without the signs that only say what the line is.
    fn words(&self, kind: Kind, i: usize, is_first: bool) -> &'d str {
        let words = self.source.shapes[i].words(self.source.document);
        match kind {
            Kind::Heading | Kind::Front if words.starts_with('#') && self.has_markup => {
                words.trim_start_matches('#').trim_start().trim_end_matches('#').trim_end()
            }
            Kind::Reference if is_first => {
                &words[bullet(words).filter(|_| is_list_sign(words)).unwrap_or(0)..]
            }
            Kind::Table => words.trim_matches(['|', ' ']),
            _ if self.has_markup && words.starts_with("> ") => words[2..].trim_start(),
            _ => words,
        }
    }

    /// Puts between two lines what belongs there.
    fn join(&mut self, text: &mut String, last: usize, next: usize, seam: Seam) {
        match seam {
            Seam::Line => text.push('\n'),
            Seam::Nothing => text.truncate(text.trim_end_matches('>').len()),
            Seam::Blank => {
                let words = |i: usize| self.source.shapes[i].words(self.source.document);
                self.rejoined += u32::from(close(text, words(last), words(next), &self.vocabulary));
            }
        }
    }

    fn note_origin(&self, rendered: &mut Rendered, i: usize) {
        let Some(line) = self.source.document.lines.get(i) else { return };
        let at = rendered.text.len() as u32;
        let origin = Origin { at, line: line.number, page: line.page };
        match rendered.origins.last_mut() {
            Some(last) if (last.line, last.page) == (origin.line, origin.page) => {}
            Some(last) if last.at == at => *last = origin,
            _ => rendered.origins.push(origin),
        }
        let turns = &self.source.document.turns;
        let first = turns.partition_point(|(place, _)| *place <= line.range.start);
        for (place, page) in turns.iter().skip(first).take_while(|(place, _)| *place < line.range.end) {
            let at = at + (place - line.range.start) as u32;
            rendered.origins.push(Origin { at, line: line.number, page: *page });
        }
    }

    fn resolve_markup(&self, kind: Kind, flags: u8, rendered: &mut Rendered) {
        if !self.has_markup || flags & MARKUP == 0 {
            return;
        }
        let addresses = if kind == Kind::Reference { Addresses::Keep } else { Addresses::Drop };
        let mut positions: Vec<u32> = rendered.origins.iter().map(|o| o.at).collect();
        rendered.text = resolve(&rendered.text, &mut positions, addresses);
        for (origin, at) in rendered.origins.iter_mut().zip(positions) {
            origin.at = at;
        }
    }
}

fn inner_seam(kind: Kind) -> Seam {
    if kind == Kind::Table { Seam::Line } else { Seam::Blank }
}

/// In a reference list a dash stands for the author of the entry before and is no bullet.
fn is_list_sign(words: &str) -> bool {
    !words.starts_with(['–', '—'])
}

/// The word cut between the lines `last` and `next`.
fn cut_at<'d>(source: Source<'d>, last: usize, next: usize) -> Option<Cut<'d>> {
    let shapes: &'d [Shape] = source.shapes;
    cut_word(shapes.get(last)?.words(source.document), shapes.get(next)?.words(source.document))
}

/// Takes white space off both ends.
fn trim(rendered: &mut Rendered) {
    rendered.text.truncate(rendered.text.trim_end().len());
    let lead = rendered.text.len() - rendered.text.trim_start().len();
    if lead > 0 {
        rendered.text.drain(..lead);
    }
    let len = rendered.text.len() as u32;
    for origin in &mut rendered.origins {
        origin.at = origin.at.saturating_sub(lead as u32).min(len);
    }
    // Where mark-up was all that a line had, the next line takes its place.
    let mut kept: Vec<Origin> = Vec::with_capacity(rendered.origins.len());
    for &origin in rendered.origins.iter().filter(|o| o.at < len) {
        match kept.last_mut() {
            Some(last) if last.at == origin.at => *last = origin,
            _ => kept.push(origin),
        }
    }
    rendered.origins = kept;
}
