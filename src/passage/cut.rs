//! Cuts the lines of a document into [`Block`]s.

use super::block::{Block, Form, heading_signs, is_capitals, is_rule, is_title_case};
use super::cue;
use super::layout::{INDENT, Layout};
use crate::clean::shape::{GAPS, Shape};
use crate::clean::wording::{End, Start, bullet, end_of, enumerator, start_of};
use crate::document::{Document, Format, Role};
use std::ops::Range;

/// How many lines above a note are searched for its mark.
const LONGEST_PAGE: usize = 150;

/// Cuts `document` into blocks. `furniture` marks running heads and the like.
pub fn cut(document: &Document, shapes: &[Shape], furniture: &[bool], layout: &Layout) -> Vec<Block> {
    let title = document.stated.title.as_deref().map(cue::letters).filter(|title| !title.is_empty());
    let mut cutter = Cutter {
        document,
        shapes,
        furniture,
        layout,
        in_references: false,
        title,
        note: 0,
        in_notes: false,
        page: 0,
    };
    let mut blocks = Vec::with_capacity(shapes.len() / 4);
    let mut breaks = document.breaks.iter().copied().peekable();
    let mut at = 0;
    let mut gap = 0;
    let mut page_break = false;
    while at < shapes.len() {
        while breaks.next_if(|&b| b <= at).is_some() {
            page_break = at > 0;
            cutter.page = at;
            cutter.in_notes = false;
        }
        if shapes[at].is_blank() {
            gap += 1;
            at += 1;
            continue;
        }
        let limit = breaks.peek().copied().unwrap_or(shapes.len());
        let end = cutter.run_end(at, limit);
        let first = blocks.len();
        cutter.cut_run(at..end, &mut blocks);
        if let Some(block) = blocks.get_mut(first) {
            block.gap = gap;
            block.page_break = page_break;
        }
        gap = 0;
        page_break = false;
        at = end;
    }
    blocks
}

struct Cutter<'d> {
    document: &'d Document,
    shapes: &'d [Shape],
    furniture: &'d [bool],
    layout: &'d Layout,
    /// The lines stand below the heading of a reference list.
    in_references: bool,
    /// The letters of the title that the file states.
    title: Option<String>,
    /// The number of the last note at the foot of a page.
    note: u32,
    /// The lines stand in the notes of their page.
    in_notes: bool,
    /// The first line of the page.
    page: usize,
}

impl<'d> Cutter<'d> {
    fn words(&self, i: usize) -> &'d str {
        self.shapes[i].words(self.document)
    }

    fn role(&self, i: usize) -> Role {
        self.document.lines[i].role
    }

    fn sort(&self, i: usize) -> (bool, bool) {
        (self.furniture[i], self.role(i) == Role::Raw)
    }

    /// The end of the run of lines from `at` on that stand together without a blank line.
    fn run_end(&self, at: usize, limit: usize) -> usize {
        if self.role(at) != Role::Raw {
            return at + 1;
        }
        let sort = (self.furniture[at], true);
        let goes_on = |&i: &usize| !self.shapes[i].is_blank() && self.sort(i) == sort;
        at + (at..limit.max(at + 1).min(self.shapes.len())).take_while(goes_on).count().max(1)
    }

    fn cut_run(&mut self, run: Range<usize>, blocks: &mut Vec<Block>) {
        if self.furniture[run.start] {
            return blocks.push(self.block(run, "running head"));
        }
        let mut start = run.start;
        let mut rule = if self.layout.wrapped { "blank line" } else { "line" };
        if self.begins_note(run.start) {
            rule = "note number";
        }
        let mut i = run.start;
        while i < run.end {
            let next = i + 1;
            if next == run.end {
                blocks.push(self.block(start..next, rule));
                break;
            }
            let note = self.begins_note(next).then_some("note number");
            if let Some(why) = note.or_else(|| self.cut_before(&run, start, next)) {
                blocks.push(self.block(start..next, rule));
                start = next;
                rule = why;
            }
            i = next;
        }
    }

    fn block(&mut self, lines: Range<usize>, rule: &'static str) -> Block {
        let form = self.form(&lines, rule);
        if lines.len() == 1 && (matches!(form, Form::Marked(_)) || self.names_section(lines.start)) {
            self.in_references = cue::names_reference_list(self.words(lines.start));
        }
        Block { lines, form, gap: 0, page_break: false, rule }
    }

    fn form(&self, lines: &Range<usize>, rule: &'static str) -> Form {
        let first = lines.start;
        let words = self.words(first);
        if self.furniture[first] {
            return Form::Furniture;
        }
        if self.role(first) != Role::Raw {
            return Form::Known(self.role(first));
        }
        if rule == "note number" {
            return Form::Note;
        }
        if is_rule(words) {
            return Form::Rule;
        }
        if is_contents(words) {
            return Form::Contents;
        }
        if let Some(level) = heading_signs(words) {
            return Form::Marked(level);
        }
        if self.is_row(first) {
            return Form::Table;
        }
        if bullet(words).is_some() && !is_rule(words) {
            return Form::Bullet;
        }
        if rule == "list item" && enumerator(words).is_some() {
            return Form::Enumerated;
        }
        Form::Text
    }

    /// Returns true if and only if line `i` begins the next note at the foot of its page: it has the number
    /// that follows the last note's, and a word above has that number for a mark.
    fn begins_note(&mut self, i: usize) -> bool {
        if self.document.breaks.is_empty() || !self.words(i).starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let Some(number) = cue::note_number(self.words(i)) else { return false };
        // Some marks are lost in print or in reading, so that numbers may be left out.
        let follows = number > self.note && number <= self.note + 5 || (self.note == 0 && number < 1000);
        let marked =
            || (self.page.max(i.saturating_sub(LONGEST_PAGE))..i).any(|k| has_mark(self.words(k), number));
        let is_next = self.in_notes && number == self.note + 1;
        let is_note = !self.furniture[i] && (is_next || follows && marked());
        if is_note {
            self.note = number;
            self.in_notes = true;
        }
        is_note
    }

    /// Returns true if and only if line `i` is the name of a section that every paper may have.
    fn names_section(&self, i: usize) -> bool {
        let words = self.words(i);
        self.shapes[i].width <= 40
            && start_of(words) != Start::Lower
            && (cue::names_usual_section(words)
                || cue::names_abstract(words)
                || cue::names_reference_list(words))
    }

    /// Returns true if and only if line `i` is the whole title that the file states.
    fn is_title(&self, i: usize) -> bool {
        let title = self.title.as_ref();
        title.is_some_and(|title| {
            title.len() <= 2 * self.words(i).len() && *title == cue::letters(self.words(i))
        })
    }

    /// Cuts around names of sections, keywords and captions, which stand for themselves.
    fn cut_at_label(&self, start: usize, next: usize, full: bool, closed: bool) -> Option<&'static str> {
        let words = self.words(next);
        let may_begin = closed || !full;
        if self.is_title(next) || self.is_title(next - 1) {
            return Some("title stated by the file");
        }
        if self.names_section(next) && may_begin || self.names_section(start) && start + 1 == next {
            return Some("name of a section");
        }
        let capital = words.starts_with(|c: char| c.is_uppercase() || c == '*');
        if capital && may_begin && (cue::is_keywords(words) || cue::is_caption(words)) {
            return Some("label");
        }
        let first = self.words(start);
        (may_begin && !full && (cue::is_keywords(first) || cue::is_caption(first)))
            .then_some("behind a label")
    }

    /// Returns true if and only if line `next` is indented as the first line of a paragraph is.
    fn is_indented(&self, start: usize, next: usize) -> bool {
        let (line, shape) = (&self.shapes[next - 1], &self.shapes[next]);
        let deep = shape.indent >= self.layout.base + INDENT;
        let steps_in = line.indent < shape.indent || start + 1 == next && line.indent == shape.indent;
        // In a reference list the other lines of an entry may be the indented ones.
        deep && steps_in && (!self.in_references || cue::begins_entry(self.words(next)))
    }

    /// Returns true if and only if line `i` stands further left than the line before, as the first line of
    /// an entry with a hanging indent does.
    fn is_hanging(&self, i: usize) -> bool {
        self.shapes[i].indent + INDENT <= self.shapes[i - 1].indent
    }

    /// `| a | b |`, or cells set apart by tabs.
    fn is_row(&self, i: usize) -> bool {
        let words = self.words(i);
        let barred = words.len() > 1 && words.starts_with('|') && words[1..].contains('|');
        barred || (self.shapes[i].has(GAPS) && words.bytes().filter(|b| *b == b'\t').count() >= 2)
    }

    /// Why a block begins at line `next` of `run`, the present block having begun at `start`;
    /// `None` when `next` goes on with the line before.
    fn cut_before(&self, run: &Range<usize>, start: usize, next: usize) -> Option<&'static str> {
        let (last, words) = (self.words(next - 1), self.words(next));
        if self.in_notes && self.layout.wrapped {
            return None;
        }
        if is_contents(words) || is_contents(last) {
            return Some("contents");
        }
        // The indented lines below `[^1]: …` belong to the note.
        if cue::defines_note(self.words(start))
            && self.shapes[next].indent >= self.shapes[start].indent + INDENT
        {
            return None;
        }
        if heading_signs(words).is_some() || heading_signs(last).is_some() {
            return Some("heading mark");
        }
        if is_rule(words) || is_rule(last) {
            return Some("rule");
        }
        let (row, after_row) = (self.is_row(next), self.is_row(next - 1));
        if row || after_row {
            return (row != after_row).then_some("table");
        }
        let end = end_of(last);
        let closed = matches!(end, End::Stop | End::Colon);
        if bullet(words).is_some() && (closed || bullet(self.words(start)).is_some() || !self.layout.wrapped)
        {
            return Some("list item");
        }
        if !self.layout.wrapped {
            // A line is a paragraph, unless the sentence plainly goes on.
            let goes_on = matches!(end, End::Open | End::Hyphen) && start_of(words) == Start::Lower;
            let hangs = self.shapes[next].indent >= self.shapes[start].indent + INDENT;
            if self.in_references && hangs && !cue::begins_entry(words) {
                return None;
            }
            let tight = enumerator(words).is_some() && self.layout.spaced;
            return (!goes_on || enumerator(words).is_some()).then_some(if tight {
                "list item"
            } else {
                "line"
            });
        }
        self.cut_wrapped(run, start, next, end)
    }

    fn cut_wrapped(&self, run: &Range<usize>, start: usize, next: usize, end: End) -> Option<&'static str> {
        let line = &self.shapes[next - 1];
        let words = self.words(next);
        let closed = matches!(end, End::Stop | End::Colon);
        if self.layout.indented && self.is_indented(start, next) {
            return Some("indent");
        }
        let full = self.layout.is_full(line, words);
        if let Some(why) = self.cut_at_label(start, next, full, closed) {
            return Some(why);
        }
        let may_begin = closed || self.is_hanging(next) && cue::begins_entry(words);
        if self.in_references && may_begin && (self.is_hanging(next) || cue::begins_entry(words)) {
            return Some("entry");
        }
        let in_list = enumerator(self.words(start)).is_some();
        if enumerator(words).is_some() && (closed || in_list) && (!full || in_list && closed) {
            return Some("list item");
        }
        let headline = |i: usize| is_capitals(&self.shapes[i]) && end_of(self.words(i)) != End::Stop;
        if headline(next) && !headline(next - 1) && end != End::Hyphen && (!full || closed) {
            return Some("capitals");
        }
        if headline(next - 1)
            && !headline(next)
            && !full
            && headline(start)
            && start_of(words) != Start::Lower
        {
            return Some("capitals");
        }
        let starts_anew = start_of(words) != Start::Lower;
        if next == run.start + 1
            && starts_anew
            && end == End::Open
            && !full
            && is_title_case(self.words(next - 1))
        {
            return Some("title above");
        }
        if self.layout.is_short(line, words) && starts_anew && end != End::Hyphen {
            return Some("short line");
        }
        let loose = self.document.format == Format::Pdf || !self.layout.spaced;
        (loose && !self.layout.indented && closed && !full && starts_anew).then_some("short line")
    }
}

/// Returns true if and only if `number` stands in `words` as the mark of a note: close behind a word or a
/// stop, and in front of a blank.
fn has_mark(words: &str, number: u32) -> bool {
    let digits = number.to_string();
    memchr::memmem::find_iter(words.as_bytes(), digits.as_bytes()).any(|at| {
        let before = words[..at].chars().next_back();
        let behind = words[at + digits.len()..].chars().next();
        let close = before
            .is_some_and(|c| c.is_alphabetic() || matches!(c, '.' | ',' | ';' | ':' | ')' | '”' | '’' | '"'));
        let figure = before.is_some_and(|c| matches!(c, '.' | ','))
            && words[..at - 1].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        close && !figure && behind.is_none_or(char::is_whitespace)
    })
}

/// Returns true if and only if `words` is a line of a table of contents: dots lead to a page number.
fn is_contents(words: &str) -> bool {
    words.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric)
        && memchr::memmem::find(words.as_bytes(), b".....").is_some_and(|at| at > 0)
        && words.rsplit(['.', ' ']).next().is_some_and(|n| n.len() <= 5)
}
