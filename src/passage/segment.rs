//! [`segment`]: a document -> its passages.

use super::assemble::{self, Piece};
use super::block::Source;
use super::heading::Sections;
use super::kind::Kind;
use super::render::{Rendered, Renderer};
use super::{Ordinal, Origin, Passage, Repairs, Segmented, cut, layout, split};
use crate::clean::{dateline, furniture, shape};
use crate::document::{Document, Format};

/// Repairs `document` and cuts it into passages.
///
/// The passages come in the order in which they begin. Their texts joined hold every letter and digit of
/// the document once and in order, but that a running head or a footnote that cuts a paragraph in two
/// follows the paragraph, and that mark-up (names of HTML elements, addresses behind the words of a
/// link) is left out. `cites` and `parsed` are left empty.
pub fn segment(document: &Document) -> Segmented {
    segment_within(document, usize::MAX).unwrap_or_default()
}

/// The same for a document of at most `most` paragraphs, headings, rows and items; `None` for one that has more, before much
/// memory is taken for them: each costs about a kilobyte on its way into the index, however short it is.
pub fn segment_within(document: &Document, most: usize) -> Option<Segmented> {
    match dateline::split(document) {
        Some(dated) => segment_lines(&dated, most),
        None => segment_lines(document, most),
    }
}

fn segment_lines(document: &Document, most: usize) -> Option<Segmented> {
    let shapes = shape::shapes(document);
    let furniture = furniture::find(document, &shapes);
    let layout = layout::detect(document, &shapes, |i| !furniture.lines.get(i).is_some_and(|f| *f));
    let blocks = cut::cut(document, &shapes, &furniture.lines, &layout);
    if blocks.len() > most {
        return None;
    }
    let source = Source { document, shapes: &shapes };
    let pieces = assemble::assemble(source, &blocks, &layout);
    let mut renderer = Renderer::new(source, &pieces);
    let mut numbering = Numbering::new(pieces.len(), document.format != Format::Jsonl);
    for piece in &pieces {
        let rendered = renderer.render(piece);
        if !rendered.text.is_empty() {
            numbering.take(piece, rendered);
        }
    }
    let repairs = Repairs {
        boilerplate_lines: furniture.lines.iter().filter(|f| **f).count() as u32,
        words_rejoined: renderer.rejoined,
        paragraphs_joined: pieces.iter().map(joins).sum(),
    };
    Some(Segmented {
        passages: numbering.passages,
        sections: numbering.sections.paths,
        repairs,
        printed_pages: furniture.printed,
    })
}

/// How often a paragraph was joined over a gap.
fn joins(piece: &Piece) -> u32 {
    let over_gaps = piece.parts.iter().skip(1).filter(|(seam, _)| *seam != assemble::Seam::Line);
    over_gaps.count() as u32
}

/// Numbers passages and keeps the sections they stand in.
struct Numbering {
    /// Very long paragraphs may be split.
    may_split: bool,
    passages: Vec<Passage>,
    sections: Sections,
    paragraphs: u32,
    references: u32,
    fronts: u32,
    boilerplate: u32,
}

impl Numbering {
    fn new(capacity: usize, may_split: bool) -> Numbering {
        Numbering {
            may_split,
            passages: Vec::with_capacity(capacity),
            sections: Sections::new(),
            paragraphs: 0,
            references: 0,
            fronts: 0,
            boilerplate: 0,
        }
    }

    fn next(&mut self, kind: Kind) -> Ordinal {
        let count = match kind {
            Kind::Heading => return Ordinal::Heading,
            Kind::Reference => &mut self.references,
            Kind::Front => &mut self.fronts,
            Kind::Boilerplate => &mut self.boilerplate,
            _ => &mut self.paragraphs,
        };
        *count += 1;
        match kind {
            Kind::Reference => Ordinal::Reference(*count),
            Kind::Front => Ordinal::Front(*count),
            Kind::Boilerplate => Ordinal::Boilerplate(*count),
            _ => Ordinal::Paragraph { number: *count, part: 1 },
        }
    }

    fn take(&mut self, piece: &Piece, rendered: Rendered) {
        if piece.kind == Kind::Heading {
            let title = rendered.text.trim_end_matches(':').trim_end();
            self.sections.open(piece.rank, title.to_owned());
        }
        let ordinal = self.next(piece.kind);
        let may_split = self.may_split && piece.kind.is_citable();
        let points = if may_split { split::split_points(&rendered.text) } else { Vec::new() };
        let passage = Passage {
            ordinal,
            kind: piece.kind,
            front: piece.front,
            text: rendered.text,
            section: self.sections.current(),
            origins: rendered.origins,
            rules: piece.rules.clone(),
            cites: Vec::new(),
            parsed: None,
        };
        if points.is_empty() {
            self.passages.push(passage);
        } else {
            self.passages.extend(parts(passage, &points));
        }
    }
}

/// The parts of a very long passage, split at `points`.
fn parts(whole: Passage, points: &[usize]) -> Vec<Passage> {
    let number = match whole.ordinal {
        Ordinal::Paragraph { number, .. } => number,
        _ => 0,
    };
    let starts: Vec<usize> = [0].into_iter().chain(points.iter().copied()).collect();
    let mut parts = Vec::with_capacity(starts.len());
    for (i, &start) in starts.iter().enumerate() {
        // Each part is made for itself: copying the whole for each would cost the square of its length.
        let end = starts.get(i + 1).copied().unwrap_or(whole.text.len());
        let text = whole.text.get(start..end).unwrap_or("").trim_end();
        if text.is_empty() {
            continue;
        }
        let part = u16::try_from(parts.len() + 1).unwrap_or(u16::MAX);
        let mut rules = whole.rules.clone();
        rules.push("very long paragraph");
        parts.push(Passage {
            ordinal: Ordinal::Paragraph { number, part },
            kind: whole.kind,
            front: whole.front,
            text: text.to_owned(),
            section: whole.section,
            origins: origins_of_part(&whole.origins, start as u32, end as u32),
            rules,
            cites: Vec::new(),
            parsed: None,
        });
    }
    parts
}

fn origins_of_part(origins: &[Origin], start: u32, end: u32) -> Vec<Origin> {
    let first = origins.partition_point(|o| o.at <= start).saturating_sub(1);
    let inside = origins.iter().skip(first).take_while(|o| o.at < end);
    inside.map(|o| Origin { at: o.at.saturating_sub(start), ..*o }).collect()
}
