//! A printed line, with what the rules of paragraphs ask of it.

use super::text;
use crate::clean::wording::{self, End, Start};
use unpdf::parser::bidi::contains_rtl;
use unpdf::parser::{TextLine, TextSpan};

/// Sizes of type that are one: they differ by rounding.
const SAME_SIZE: f32 = 0.04;

/// A line as it is set on the page.
#[derive(Debug, Clone)]
pub struct Line {
    /// The pieces that it is made of.
    pub set: TextLine,
    /// Its text, marks set high as superscripts, without white space at its ends.
    pub text: String,
    /// Where it begins. In points; of right-to-left text all places are mirrored.
    pub left: f32,
    /// Where its ink ends.
    pub right: f32,
    /// The height of its base.
    pub y: f32,
    /// The size in which most of it is set.
    pub size: f32,
    /// Bold, italic: all of it.
    pub face: (bool, bool),
    /// How its text ends, marks of notes apart.
    pub end: End,
    /// How its text begins.
    pub start: Start,
}

impl Line {
    /// What the rules ask of a line.
    pub fn new(set: TextLine) -> Line {
        let text = text::line_text(&set).trim().to_owned();
        let ink = |span: &&TextSpan| !span.text.trim().is_empty();
        let letters = |span: &&TextSpan| span.text.trim().chars().count();
        let size = set.spans.iter().max_by_key(letters).map_or(set.font_size, |span| span.font_size);
        let left = set.spans.iter().filter(ink).map(|span| span.x).fold(f32::MAX, f32::min);
        let end = |span: &TextSpan| span.x + span.ink_width.unwrap_or(span.width);
        let right = set.spans.iter().filter(ink).map(end).fold(f32::MIN, f32::max);
        let (left, right) = if left <= right { (left, right) } else { (set.x, set.x) };
        let (left, right) = if contains_rtl(&text) { (-right, -left) } else { (left, right) };
        let bold = set.spans.iter().filter(ink).all(|span| span.is_bold);
        let italic = set.spans.iter().filter(ink).all(|span| span.is_italic);
        let y = set.y;
        let (end, start) = (wording::end_of(&text), wording::start_of(&text));
        Line { text, left, right, y, size, face: (bold, italic), end, start, set }
    }

    /// Returns true if and only if the line runs in another direction than most text.
    pub fn is_rotated(&self) -> bool {
        self.set.spans.iter().any(TextSpan::is_rotated)
    }

    /// Returns true if and only if all of it is set in letters of one width.
    pub fn is_typewritten(&self) -> bool {
        let mut spans = self.set.spans.iter().filter(|span| !span.text.trim().is_empty()).peekable();
        spans.peek().is_some() && spans.all(|span| span.is_monospace)
    }

    /// Returns true if and only if both lines are set in one size.
    pub fn is_sized_as(&self, other: &Line) -> bool {
        (self.size - other.size).abs() <= SAME_SIZE * self.size.max(other.size)
    }

    /// Returns true if and only if a sentence ends with the line.
    pub fn ends_sentence(&self) -> bool {
        matches!(self.end, End::Stop | End::Colon)
    }

    /// Returns true if and only if a sentence may begin with the line.
    pub fn begins_sentence(&self) -> bool {
        self.start != Start::Lower
    }

    /// How wide the first word is, about.
    pub fn first_word(&self) -> f32 {
        let word = self.text.split_whitespace().next().unwrap_or("").chars().count();
        (self.right - self.left) * word as f32 / self.text.chars().count().max(1) as f32
    }
}
