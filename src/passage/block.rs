//! [`Block`]s: the stretches of lines that belong together as they stand, before paragraphs are joined
//! over page breaks.

use super::layout::{INDENT, Layout};
use crate::clean::shape::{GAPS, LOWER, Shape, UPPER};
use crate::clean::wording::{End, Start, bullet, end_of, enumerator, start_of};
use crate::document::{Document, Format, Role};
use std::ops::Range;

/// What a block is by its own looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A paragraph or a part of one, a heading, a label: still to be told.
    Text,
    /// A running head, footer or page number.
    Furniture,
    /// A Markdown heading of that many signs.
    Marked(u8),
    /// An item of a list with its bullet.
    Bullet,
    /// An item of a list with number or letter, set tight below another line.
    Enumerated,
    /// Rows of a table.
    Table,
    /// A line of dashes, stars or the like, without any letter.
    Rule,
    /// A block whose role the reader knew.
    Known(Role),
}

/// A stretch of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its lines; all of them belong to it, and none is blank.
    pub lines: Range<usize>,
    /// What it is by its looks.
    pub form: Form,
    /// Blank lines before it.
    pub gap: u32,
    /// A page ends between the block before and this one.
    pub page_break: bool,
    /// Why it begins where it begins.
    pub rule: &'static str,
}

/// Cuts `document` into blocks. `furniture` marks running heads and the like.
pub fn cut(document: &Document, shapes: &[Shape], furniture: &[bool], layout: &Layout) -> Vec<Block> {
    let cutter = Cutter { document, shapes, furniture, layout };
    let mut blocks = Vec::with_capacity(shapes.len() / 4);
    let mut breaks = document.breaks.iter().copied().peekable();
    let mut at = 0;
    let mut gap = 0;
    let mut page_break = false;
    while at < shapes.len() {
        while breaks.next_if(|&b| b <= at).is_some() {
            page_break = at > 0;
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
        if self.role(at) != Role::Raw || self.furniture[at] {
            return at + 1;
        }
        let goes_on = |&i: &usize| !self.shapes[i].is_blank() && self.sort(i) == (false, true);
        at + (at..limit.max(at + 1).min(self.shapes.len())).take_while(goes_on).count().max(1)
    }

    fn cut_run(&self, run: Range<usize>, blocks: &mut Vec<Block>) {
        let mut start = run.start;
        let mut rule = if self.layout.wrapped { "blank line" } else { "line" };
        let mut i = run.start;
        while i < run.end {
            let next = i + 1;
            if next == run.end {
                blocks.push(self.block(start..next, rule));
                break;
            }
            if let Some(why) = self.cut_before(&run, start, next) {
                blocks.push(self.block(start..next, rule));
                start = next;
                rule = why;
            }
            i = next;
        }
    }

    fn block(&self, lines: Range<usize>, rule: &'static str) -> Block {
        let form = self.form(&lines, rule);
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
        if is_rule(words) {
            return Form::Rule;
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
        let (line, shape) = (&self.shapes[next - 1], &self.shapes[next]);
        let words = self.words(next);
        let closed = matches!(end, End::Stop | End::Colon);
        if self.layout.indented && shape.indent >= self.layout.base + INDENT && line.indent < shape.indent {
            return Some("indent");
        }
        if self.layout.indented
            && line.indent >= self.layout.base + INDENT
            && shape.indent == line.indent
            && start + 1 == next
        {
            return Some("indent");
        }
        let full = self.layout.is_full(line, words);
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

/// A line without any letter or digit, such as `---`, `* * *` or `=====`.
fn is_rule(words: &str) -> bool {
    let ruled = words.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b'~' | b' ' | b'.' | b'#'));
    ruled && words.len() >= 3
        || words.chars().all(|c| !c.is_alphanumeric() && !c.is_ascii()) && !words.is_empty()
}

/// The number of `#` of a Markdown heading.
fn heading_signs(words: &str) -> Option<u8> {
    let signs = words.bytes().take_while(|b| *b == b'#').count();
    let rest = &words[signs..];
    ((1..=6).contains(&signs) && rest.starts_with([' ', '\t']) && rest.chars().any(char::is_alphanumeric))
        .then_some(signs as u8)
}

/// Returns true if and only if the line has capitals and no small letter.
pub fn is_capitals(shape: &Shape) -> bool {
    shape.has(UPPER) && !shape.has(LOWER) && shape.width >= 4
}

/// Returns true if and only if most words of `text` that are not small connecting words begin with a
/// capital.
pub fn is_title_case(text: &str) -> bool {
    let (mut capital, mut small) = (0, 0);
    let mut letters = false;
    for word in text
        .split(|c: char| c.is_whitespace() || c == '-' || c == '/')
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
    {
        let Some(first) = word.chars().next() else { continue };
        letters |= first.is_alphabetic();
        if first.is_uppercase() || !first.is_alphabetic() {
            capital += 1;
        } else if !is_connecting(word) {
            small += 1;
        }
    }
    letters && capital > 0 && small * 5 <= capital
}

fn is_connecting(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "an", "and", "as", "at", "between", "but", "by", "for", "from", "in", "into", "is", "nor", "of",
        "on", "or", "over", "the", "to", "under", "upon", "versus", "via", "vs", "with", "within", "without",
        "de", "del", "des", "du", "et", "la", "le", "und", "der", "die", "das", "von", "zu", "y", "e",
    ];
    WORDS.contains(&word)
}

/// A document with the shapes of its lines: what the rules read from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'d> {
    /// The document.
    pub document: &'d Document,
    /// The shapes of its lines.
    pub shapes: &'d [Shape],
}

impl<'d> Source<'d> {
    /// The text of these lines as it stands in the document, line ends in it.
    pub fn text(&self, lines: &Range<usize>) -> &'d str {
        let (Some(first), Some(last)) =
            (self.shapes.get(lines.start), self.shapes.get(lines.end.wrapping_sub(1)))
        else {
            return "";
        };
        self.document.text.get(first.start..last.end).unwrap_or("")
    }

    /// Returns true if and only if all these lines are in capitals.
    pub fn is_capitals(&self, lines: &Range<usize>) -> bool {
        self.shapes[lines.clone()].iter().all(is_capitals)
    }
}
