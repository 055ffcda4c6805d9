//! Joins blocks to [`Piece`]s, the coming passages, and gives each its kind.

mod notes;
mod references;

use super::block::{Block, Form, Source};
use super::cue;
use super::front::{self, Mark};
use super::heading::{self, Rank, Surroundings};
use super::join::{self, Gap, Side};
use super::kind::{FrontRole, Kind};
use super::layout::Layout;
use super::reference_cue::{ends_reference_list, is_entry};
use super::reference_list;
use crate::clean::shape::LOWER;
use crate::clean::wording::{End, Start, end_of, ends_hanging, enumerator, is_prose, start_of};
use crate::document::{Format, Role};
use std::ops::Range;

/// What stands between two parts of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seam {
    /// A blank, or what the words around it call for.
    Blank,
    /// A line end: items of a list, rows of a table.
    Line,
    /// Nothing: an address that was cut.
    Nothing,
}

/// A passage or heading in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The lines it is made of, each stretch with what joins it to the one before.
    pub parts: Vec<(Seam, Range<usize>)>,
    /// Its kind.
    pub kind: Kind,
    /// Its part in the front matter.
    pub front: Option<FrontRole>,
    /// The rank of a heading.
    pub rank: Rank,
    /// Why it is what it is.
    pub rules: Vec<&'static str>,
}

/// How many running heads, notes and captions a paragraph may go on behind.
const WIDEST_GAP: usize = 40;

/// The pieces of a document, in the order in which they begin.
pub fn assemble(source: Source<'_>, blocks: &[Block], layout: &Layout) -> Vec<Piece> {
    let marks = front::find(&source, blocks);
    let mut assembly = Assembly {
        source,
        blocks,
        layout,
        marks,
        pieces: Vec::with_capacity(blocks.len()),
        open: None,
        in_references: false,
        in_abstract: false,
        in_endnotes: false,
        note: 0,
    };
    for at in 0..blocks.len() {
        assembly.take(at);
    }
    reference_list::settle(source, assembly.pieces)
}

struct Assembly<'d> {
    source: Source<'d>,
    blocks: &'d [Block],
    layout: &'d Layout,
    marks: Vec<Option<Mark>>,
    pieces: Vec<Piece>,
    /// The piece that the next text may go on with.
    open: Option<usize>,
    in_references: bool,
    in_abstract: bool,
    /// Notes are under the last heading.
    in_endnotes: bool,
    /// The number of the last numbered note at the foot of a page.
    note: u32,
}

impl<'d> Assembly<'d> {
    fn take(&mut self, at: usize) {
        let text = self.source.text(&self.blocks[at].lines);
        if let Some(Some(mark)) = self.marks.get(at).copied() {
            return self.take_front(at, mark);
        }
        match self.blocks[at].form {
            Form::Text | Form::Bullet | Form::Enumerated if self.is_in_note(at) => {
                self.append(self.pieces.len() - 1, at, Seam::Blank, "indented below its note");
            }
            Form::Rule => {}
            Form::Furniture => {
                self.push(at, Kind::Boilerplate, "running head");
            }
            Form::Known(role) => self.take_known(at, role, text),
            Form::Marked(level) => {
                let name = text.trim_start_matches('#').trim();
                self.push_heading(at, name, level * 2, "heading mark");
            }
            Form::Table => self.take_row(at),
            Form::Note => {
                self.push(at, Kind::Footnote, "note number");
            }
            Form::Contents => {
                let piece = self.push(at, Kind::Front, "contents");
                self.pieces[piece].front = Some(FrontRole::Other);
                self.open = None;
            }
            Form::Bullet if self.in_references => self.take_reference(at, text),
            Form::Bullet => self.take_item(at, text),
            Form::Text | Form::Enumerated if self.in_references => self.take_in_references(at, text),
            Form::Enumerated => self.take_enumerated(at, text),
            Form::Text => self.take_text(at, text),
        }
    }

    fn push(&mut self, at: usize, kind: Kind, rule: &'static str) -> usize {
        let block = &self.blocks[at];
        let rules = if block.rule == rule { vec![rule] } else { vec![block.rule, rule] };
        let is_note = self.in_endnotes && matches!(kind, Kind::Body | Kind::List);
        let kind = if is_note { Kind::Footnote } else { kind };
        self.pieces.push(Piece {
            parts: vec![(Seam::Blank, block.lines.clone())],
            kind,
            front: None,
            rank: 0,
            rules,
        });
        self.pieces.len() - 1
    }

    fn append(&mut self, piece: usize, at: usize, seam: Seam, rule: &'static str) {
        let piece = &mut self.pieces[piece];
        piece.parts.push((seam, self.blocks[at].lines.clone()));
        if !piece.rules.contains(&rule) {
            piece.rules.push(rule);
        }
    }

    fn push_heading(&mut self, at: usize, name: &str, rank: Rank, rule: &'static str) {
        let piece = self.push(at, Kind::Heading, rule);
        self.pieces[piece].rank = rank;
        let next = self.next(at).map_or("", |i| self.source.text(&self.blocks[i].lines));
        self.in_endnotes = notes::names_endnotes(name, next);
        // `Books`, `Articles`: parts of a list.
        let part = self.in_references && !ends_reference_list(name) && is_entry(next);
        self.in_references = !self.in_endnotes
            && (cue::names_reference_list(name) || cue::may_name_reference_list(name, next) || part);
        self.in_abstract = cue::names_abstract(name);
        self.open = None;
    }

    fn take_front(&mut self, at: usize, mark: Mark) {
        let repeated = match (mark, self.pieces.last()) {
            (Mark::Front(FrontRole::Title), Some(last)) => last.front == Some(FrontRole::Title),
            _ => false,
        };
        match mark {
            Mark::Front(_) if repeated => {
                self.append(self.pieces.len() - 1, at, Seam::Blank, "title goes on")
            }
            Mark::Front(role) => {
                let piece = self.push(at, Kind::Front, "front matter");
                self.pieces[piece].front = Some(role);
                // The title of a document that is a list.
                let text = self.source.text(&self.blocks[at].lines);
                self.in_references |= role == FrontRole::Title && cue::names_reference_list(text);
            }
            Mark::Foreign => {
                self.push(at, Kind::Boilerplate, "another work's text before the title");
            }
            Mark::Abstract => self.open = Some(self.push(at, Kind::Abstract, "before the keywords")),
        }
        if mark != Mark::Abstract {
            self.open = None;
        }
    }

    fn take_known(&mut self, at: usize, role: Role, text: &str) {
        let kind = match role {
            Role::Heading(level) => {
                return self.push_heading(at, text, level.saturating_mul(2), "heading in the file");
            }
            Role::ListItem if !self.in_references => return self.take_item(at, text),
            Role::TableRow => return self.take_row(at),
            Role::Caption => Kind::Caption,
            Role::Footnote => Kind::Footnote,
            Role::Boilerplate => Kind::Boilerplate,
            Role::Title | Role::Byline => Kind::Front,
            // One passage a line, as the file has it.
            Role::Paragraph if self.source.document.format == Format::Jsonl => Kind::Body,
            Role::Paragraph if self.names_list(at, text) => {
                return self.push_heading(at, text, 10, "name of a section");
            }
            _ if self.in_references && self.ends_list(at, text) => {
                return self.push_heading(at, text, 10, "end of a list");
            }
            _ if self.in_references => Kind::Reference,
            _ if cue::is_keywords(text) => Kind::Front,
            _ if self.in_abstract || cue::begins_abstract(text) => Kind::Abstract,
            _ => Kind::Body,
        };
        let piece = self.push(at, kind, "role in the file");
        if kind == Kind::Front {
            self.pieces[piece].front = Some(match (role, cue::front_role(text)) {
                (Role::Title, _) => FrontRole::Title,
                (Role::Byline, FrontRole::Other) => FrontRole::Author,
                (_, role) => role,
            });
        }
        if matches!(kind, Kind::Body | Kind::Abstract) {
            self.open = Some(piece);
        }
    }

    fn take_row(&mut self, at: usize) {
        let follows = self.follows_directly(at);
        match self.pieces.last() {
            Some(last) if follows && last.kind == Kind::Table => {
                self.append(self.pieces.len() - 1, at, Seam::Line, "table goes on");
            }
            _ => {
                self.push(at, Kind::Table, "table row");
            }
        }
        self.open = None;
    }

    /// Returns true if and only if the block before `at` is the end of the last piece.
    fn follows_directly(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.blocks.get(i));
        let last = self.pieces.last().and_then(|piece| piece.parts.last());
        matches!((before, last), (Some(block), Some((_, lines))) if block.lines == *lines)
    }

    /// A numbered line may be an item of a list or a heading.
    fn take_enumerated(&mut self, at: usize, text: &str) {
        let alone = self.next(at).is_none_or(|i| self.blocks[i].form == Form::Text);
        let in_list = self.follows_directly(at) && self.pieces.last().is_some_and(|p| p.kind == Kind::List);
        match self.heading(at, text) {
            Some((rank, rule)) if alone && !in_list => self.push_heading(at, text, rank, rule),
            _ => self.take_item(at, text),
        }
    }

    fn take_item(&mut self, at: usize, text: &str) {
        let block = &self.blocks[at];
        let tight = block.gap == 0 || block.form != Form::Enumerated;
        if self.follows_directly(at) && tight && block.gap <= 1 {
            let last = self.pieces.len() - 1;
            let before = self.tail(last);
            // `… in the event that` / `• a beneficiary dies`: the sentence runs on into the items.
            let runs_on = block.form == Form::Bullet && end_of(before) == End::Open && ends_hanging(before);
            let colon = end_of(before) == End::Colon;
            let introduced = (colon || runs_on) && self.pieces[last].kind == Kind::Body;
            let numbered = block.form == Form::Enumerated && enumerator(before).is_some();
            if introduced || self.pieces[last].kind == Kind::List || numbered {
                self.pieces[last].kind = Kind::List;
                self.append(
                    last,
                    at,
                    Seam::Line,
                    if introduced { "list with its introduction" } else { "list goes on" },
                );
                self.open = Some(last);
                return;
            }
        }
        let rule = if text.is_empty() { "line" } else { "list item" };
        self.open = Some(self.push(at, Kind::List, rule));
    }

    /// The text of the last part of a piece.
    fn tail(&self, piece: usize) -> &'d str {
        self.pieces.get(piece).and_then(|p| p.parts.last()).map_or("", |(_, lines)| self.source.text(lines))
    }

    fn take_text(&mut self, at: usize, text: &str) {
        let block = &self.blocks[at];
        if cue::begins_note(text) || self.is_numbered_note(at, text) {
            self.push(at, Kind::Footnote, "note mark");
            return;
        }
        if cue::is_keywords(text) {
            let piece = self.push(at, Kind::Front, "keywords");
            self.pieces[piece].front = Some(FrontRole::Keywords);
            self.in_abstract = false;
            self.open = None;
            return;
        }
        let next_is_item = self.blocks.get(at + 1).is_some_and(|b| b.form == Form::Enumerated && b.gap == 0);
        if next_is_item && enumerator(text).is_some() {
            return self.take_item(at, text);
        }
        let heading = self.heading(at, text).filter(|_| !cue::is_caption(text));
        if let Some(last) = self.behind_notes(text) {
            return self.append(last, at, Seam::Blank, "sentence cut by notes");
        }
        if heading.is_none_or(|(rank, _)| rank > 10)
            && let Some((last, seam, rule)) = self.goes_on(at, text)
        {
            return self.append(last, at, seam, rule);
        }
        if let Some((rank, rule)) = heading.filter(|_| !cue::is_leftover(text)) {
            return self.push_heading(at, text, rank, rule);
        }
        let (kind, rule) = if cue::is_leftover(text) {
            (Kind::Boilerplate, "notice")
        } else if self.is_behind_notice(at, text) {
            (Kind::Boilerplate, "behind a notice")
        } else if cue::is_caption(text) {
            (Kind::Caption, "caption")
        } else if cue::begins_abstract(text) || self.in_abstract {
            (Kind::Abstract, "abstract")
        } else {
            (Kind::Body, block.rule)
        };
        let piece = self.push(at, kind, rule);
        if matches!(kind, Kind::Body | Kind::Abstract) {
            self.open = Some(piece);
        }
    }

    /// A short line below what a web page left over, such as the title of another article.
    fn is_behind_notice(&self, at: usize, text: &str) -> bool {
        let notice = self.pieces.last().is_some_and(|p| {
            p.kind == Kind::Boilerplate && p.rules.iter().any(|r| *r == "notice" || *r == "behind a notice")
        });
        notice
            && self.blocks[at].gap <= 1
            && text.len() <= 100
            && !is_prose(text)
            && end_of(text) != End::Stop
    }

    /// The piece that block `at` goes on with.
    fn goes_on(&self, at: usize, text: &str) -> Option<(usize, Seam, &'static str)> {
        // A note that stops in mid-sentence goes on before the text above it does.
        let note = self.pieces.len().checked_sub(1).filter(|&last| {
            let complete = self.open.is_none_or(|open| end_of(self.tail(open)) == End::Stop);
            // A reader that knows its notes gives them whole.
            let piece = &self.pieces[last];
            complete
                && piece.kind == Kind::Footnote
                && !piece.rules.contains(&"role in the file")
                && end_of(self.tail(last)) == End::Open
        });
        let open = note.or(self.open)?;
        let (_, lines) = self.pieces[open].parts.last()?;
        // No paragraph goes on behind that many other things.
        let far = at.checked_sub(WIDEST_GAP).and_then(|i| self.blocks.get(i));
        if far.is_some_and(|block| block.lines.start >= lines.end) {
            return None;
        }
        let gap = self.gap(lines.end, at);
        let before = Side { text: self.source.text(lines), indent: self.source.shapes[lines.start].indent };
        let block = &self.blocks[at];
        let after = Side { text, indent: self.source.shapes[block.lines.start].indent };
        let rule = join::why_goes_on(before, after, gap, self.layout)?;
        Some((open, Seam::Blank, rule))
    }

    /// The paragraph that goes on with `text` behind numbered notes at the foot of its page, which were taken
    /// for paragraphs as long as nothing showed that they cut a sentence in two.
    fn behind_notes(&mut self, text: &str) -> Option<usize> {
        let last = self.pieces.len().checked_sub(1)?;
        if start_of(text) != Start::Lower
            || enumerator(text).is_some()
            || end_of(self.tail(last)) != End::Stop
        {
            return None;
        }
        let is_note = |piece: &Piece| {
            let number = piece.parts.first().and_then(|(_, lines)| cue::note_number(self.source.text(lines)));
            piece.kind == Kind::Body && number.is_some()
        };
        let set_aside = |piece: &Piece| matches!(piece.kind, Kind::Boilerplate | Kind::Footnote);
        let between = self.pieces.iter().rev().take(8).take_while(|p| is_note(p) || set_aside(p)).count();
        let cut = self.pieces.len().checked_sub(between + 1)?;
        let body = self.pieces[cut].kind == Kind::Body && self.tail(cut).len() >= 40;
        if between == 0 || !body || !matches!(end_of(self.tail(cut)), End::Open) {
            return None;
        }
        for note in self.pieces[cut + 1..].iter_mut().filter(|p| p.kind == Kind::Body) {
            note.kind = Kind::Footnote;
            note.rules.push("note in mid-sentence");
        }
        self.open = Some(cut);
        Some(cut)
    }

    /// What lies between the line `from` and block `at`.
    fn gap(&self, from: usize, at: usize) -> Gap {
        let between = self.blocks[..at].iter().rev().take_while(|b| b.lines.start >= from);
        let mut gap =
            Gap { blank: self.blocks[at].gap, page_break: self.blocks[at].page_break, interrupted: false };
        for block in between {
            gap.blank += block.gap;
            gap.page_break |= block.page_break;
            // Comments and definitions of links, which print does not have, interrupt nothing.
            let unseen = self.source.document.format == Format::Markdown
                && block.form == Form::Known(Role::Boilerplate);
            gap.interrupted |= block.form != Form::Rule && !unseen;
        }
        gap
    }

    /// The block behind `at` that is no running head.
    fn next(&self, at: usize) -> Option<usize> {
        (at + 1..self.blocks.len()).find(|&i| !matches!(self.blocks[i].form, Form::Furniture | Form::Rule))
    }

    fn heading(&self, at: usize, text: &str) -> Option<(Rank, &'static str)> {
        let block = &self.blocks[at];
        if block.lines.len() > 2 || text.len() > 150 {
            return None;
        }
        let next = self.next(at);
        let next_text = next.map_or("", |i| self.source.text(&self.blocks[i].lines));
        let next_is_long = |text: &str| is_prose(text) || text.len() >= 60;
        let leads = next.is_some_and(|i| match self.blocks[i].form {
            Form::Text => {
                let behind = self.next(i).map_or("", |k| self.source.text(&self.blocks[k].lines));
                next_is_long(next_text) || next_is_long(behind) || cue::is_caption(next_text)
            }
            _ => true,
        });
        let gap_behind = next.map_or(1, |i| self.blocks[i].gap + u32::from(self.blocks[i].page_break));
        let set_above = next.is_some_and(|i| self.blocks[i].rule == "title above");
        let apart = (block.gap > 0 || at == 0 || block.page_break) && (gap_behind > 0 || set_above);
        let before = self.open.map_or("", |piece| self.tail(piece));
        let around = Surroundings {
            apart: apart || !self.layout.spaced,
            after_stop: before.is_empty()
                || !matches!(end_of(before), End::Open | End::Hyphen | End::Abbreviation),
            leads: leads && start_of(next_text) != Start::Lower,
            may_go_on: next.is_some_and(|i| self.gap(block.lines.end, i).page_break),
            before_small_letters: next.is_some_and(|i| {
                self.source.shapes[self.blocks[i].lines.clone()].iter().any(|s| s.has(LOWER))
                    || next_text.len() < 100
            }),
        };
        if cue::names_reference_list(text)
            || cue::names_abstract(text)
            || cue::may_name_reference_list(text, next_text)
        {
            return next.is_some().then_some((10, "name of a section"));
        }
        heading::rank(text, &self.source.shapes[block.lines.start], around)
    }

    /// A note with the next number below a rule.
    fn is_numbered_note(&mut self, at: usize, text: &str) -> bool {
        let Some(number) = cue::note_number(text).filter(|&n| n == self.note + 1 || n == 1) else {
            return false;
        };
        if self.counts_text(text, number) {
            return false;
        }
        let behind_rule = at > 0 && self.blocks[at - 1].form == Form::Rule;
        let behind_note =
            self.follows_directly(at) && self.pieces.last().is_some_and(|p| p.kind == Kind::Footnote);
        if behind_rule || behind_note {
            self.note = number;
        }
        behind_rule || behind_note
    }
}
