//! How a document sets its paragraphs apart, read from the document itself.

use crate::clean::shape::Shape;
use crate::clean::wording::{End, Start, end_of, start_of};
use crate::document::{Document, Format, Role};

/// Pairs of neighbouring lines looked at; what stands further behind changes no decision.
const SAMPLE: usize = 4000;
/// The longest line that can be a wrapped one.
const WIDEST_WRAP: u32 = 200;
/// The widest column that is sure to be one.
const WIDEST_COLUMN: u32 = 110;
/// The shortest line that can be full.
const NARROWEST_WRAP: u32 = 30;
/// How much deeper than the others the first line of an indented paragraph starts.
pub const INDENT: u32 = 2;

/// How a document sets its paragraphs apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Lines end where the column ends, not where the paragraph does.
    pub wrapped: bool,
    /// The width at which lines are wrapped, indent included; of use only with `wrapped`.
    pub width: u32,
    /// Paragraphs begin with an indented line; of use only with `wrapped`.
    pub indented: bool,
    /// The usual indent of a line.
    pub base: u32,
    /// Blank lines stand between paragraphs.
    pub spaced: bool,
}

impl Layout {
    /// Returns true if and only if `line` leaves no room for the first word of `next`, or nearly so.
    pub fn is_full(&self, line: &Shape, next: &str) -> bool {
        self.reach(line, next) * 20 > self.width * 17
    }

    /// Returns true if and only if `line` ends far before the column does.
    pub fn is_short(&self, line: &Shape, next: &str) -> bool {
        self.reach(line, next) * 10 < self.width * 6
    }

    fn reach(&self, line: &Shape, next: &str) -> u32 {
        line.indent + line.width + 1 + first_word_width(next)
    }
}

fn first_word_width(text: &str) -> u32 {
    let word = text.bytes().take_while(|b| *b != b' ');
    word.filter(|b| (b & 0xC0) != 0x80).count() as u32
}

/// Reads the layout of the raw lines of `document` for which `is_text` holds.
pub fn detect(document: &Document, shapes: &[Shape], is_text: impl Fn(usize) -> bool) -> Layout {
    let usable = |i: usize| {
        shapes.get(i).is_some_and(|s| !s.is_blank())
            && document.lines.get(i).is_some_and(|l| l.role == Role::Raw)
            && is_text(i)
    };
    let mut pairs = Vec::new();
    let (mut lines, mut gaps) = (0usize, 0usize);
    for i in 0..shapes.len() {
        if usable(i) {
            lines += 1;
            gaps += usize::from(i > 0 && shapes[i - 1].is_blank());
            if usable(i + 1) {
                pairs.push(i);
                if pairs.len() == SAMPLE {
                    break;
                }
            }
        }
    }
    let base = usual_indent(shapes, &pairs);
    let mut layout = Layout {
        wrapped: false,
        width: usual_width(shapes, &pairs),
        indented: false,
        base,
        spaced: gaps * 30 >= lines,
    };
    let (full, going_on) = full_lines(document, shapes, &pairs, &layout);
    let enough = if document.format == Format::Pdf { 5 } else { 2 };
    let leads = |&&i: &&usize| shapes[i].indent >= base + INDENT && shapes[i + 1].indent <= base;
    let leading = pairs.iter().filter(leads).count();
    layout.wrapped = going_on > 0
        && (going_on * enough >= pairs.len()
            || full * 10 >= pairs.len() * 9
            || (leading >= 2 && layout.width <= WIDEST_COLUMN));
    layout.indented = layout.wrapped && leading > 0 && leading * 50 >= pairs.len();
    layout
}

/// How many lines fill the column, and in how many of those the sentence goes on in the next line.
fn full_lines(document: &Document, shapes: &[Shape], pairs: &[usize], layout: &Layout) -> (usize, usize) {
    let (mut full, mut going_on) = (0, 0);
    for &i in pairs {
        let (words, next) = (shapes[i].words(document), shapes[i + 1].words(document));
        if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&shapes[i].width) || !layout.is_full(&shapes[i], next) {
            continue;
        }
        full += 1;
        let open = matches!(end_of(words), End::Open | End::Hyphen) || start_of(next) == Start::Lower;
        going_on += usize::from(open);
    }
    (full, going_on)
}

/// The most common indent of the lines that are followed by another line.
fn usual_indent(shapes: &[Shape], pairs: &[usize]) -> u32 {
    let mut counts = [0u32; 64];
    for &i in pairs {
        counts[shapes[i + 1].indent.min(63) as usize] += 1;
    }
    (0..64u32).rev().max_by_key(|&indent| counts[indent as usize]).filter(|_| !pairs.is_empty()).unwrap_or(0)
}

/// The width that nine of ten lines followed by another line do not exceed, indent included.
fn usual_width(shapes: &[Shape], pairs: &[usize]) -> u32 {
    let mut widths: Vec<u32> = pairs.iter().map(|&i| shapes[i].width + shapes[i].indent).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).or(widths.last()).copied().unwrap_or(0)
}
