//! The shape of a line: where its words stand and what sorts of characters it holds.
//!
//! One pass over the bytes answers most later questions, so that the rules need not look again.

use crate::document::Document;

/// A small letter is in the line.
pub const LOWER: u8 = 1;
/// A capital letter is in the line.
pub const UPPER: u8 = 2;
/// A digit is in the line.
pub const DIGIT: u8 = 4;
/// A character that may be mark-up is in the line.
pub const MARKUP: u8 = 8;
/// A character outside ASCII is in the line.
pub const WIDE: u8 = 16;
/// Something is in the line that print does not have so: tabs, control and invisible characters, odd
/// blanks or two in a row, ligatures.
pub const GAPS: u8 = 32;

const CLASS: [u8; 256] = {
    let mut table = [0u8; 256];
    let mut b = 0usize;
    while b < 256 {
        table[b] = match b as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'\\' | b'*' | b'_' | b'<' | b'[' | b'&' => MARKUP,
            0x80..=0xFF => WIDE,
            0..=31 | 127 => GAPS,
            _ => 0,
        };
        b += 1;
    }
    table
};

/// What sorts of ASCII characters are among `bytes`, and whether two blanks stand side by side.
fn ascii_flags(bytes: &[u8]) -> u8 {
    let mut flags = 0u8;
    let mut before = 0u8;
    for &b in bytes {
        flags |= CLASS[b as usize] | (u8::from((b == b' ') & (before == b' ')) << 5);
        before = b;
    }
    flags
}

/// The shape of one line of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// First byte of the words in [`Document::text`].
    pub start: usize,
    /// Byte behind the last word; equal to `start` on a blank line.
    pub end: usize,
    /// Columns of white space before the words; a tab counts eight.
    pub indent: u32,
    /// Characters from the first word to the end of the last.
    pub width: u32,
    /// What sorts of characters it holds: [`LOWER`], [`UPPER`], …
    pub flags: u8,
}

impl Shape {
    /// Returns true if and only if the line holds no visible character.
    pub fn is_blank(&self) -> bool {
        self.start == self.end
    }

    /// Returns true if and only if one of `flags` is in the line.
    pub fn has(&self, flags: u8) -> bool {
        self.flags & flags != 0
    }

    /// The words of the line.
    pub fn words<'d>(&self, document: &'d Document) -> &'d str {
        document.text.get(self.start..self.end).unwrap_or("")
    }
}

/// The shapes of all lines of `document`, in order.
pub fn shapes(document: &Document) -> Vec<Shape> {
    document.lines.iter().map(|line| shape(&document.text, line.range.start, line.range.end)).collect()
}

fn shape(text: &str, start: usize, end: usize) -> Shape {
    let whole = text.get(start..end).unwrap_or("");
    let left = whole.trim_start();
    let words = left.trim_end();
    let lead = &whole[..whole.len() - left.len()];
    let indent = lead.bytes().fold(0u32, |n, b| match b {
        b' ' => n + 1,
        b'\t' => n + 8,
        0xC2 => n + 1,
        _ => n,
    });
    let bytes = words.as_bytes();
    let mut flags = ascii_flags(bytes);
    let mut within = 0;
    if flags & WIDE != 0 {
        flags |= wide_flags(words);
        within = bytes.iter().filter(|b| (**b & 0xC0) == 0x80).count();
    }
    let from = start + lead.len();
    Shape { start: from, end: from + words.len(), indent, width: (words.len() - within) as u32, flags }
}

/// The flags that the characters outside ASCII add, which one pass over bytes cannot tell.
fn wide_flags(words: &str) -> u8 {
    let bytes = words.as_bytes();
    let mut flags = 0;
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(|b| *b >= 0x80) {
        at += offset;
        let Some(c) = words[at..].chars().next() else { break };
        flags |= wide_flag(c);
        at += c.len_utf8();
    }
    flags
}

fn wide_flag(c: char) -> u8 {
    match c {
        '\u{2010}'..='\u{2027}' => 0,
        '\u{FB00}'..='\u{FB06}' => GAPS | LOWER,
        _ if super::wording::is_small(c) => LOWER,
        _ if c.is_uppercase() => UPPER,
        _ if c.is_whitespace() || c.is_control() || super::markup::is_invisible(c) => GAPS,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Role};

    #[test]
    fn a_shape_tells_indent_width_and_letters() {
        let mut document = Document::new(Format::Text);
        for line in ["  \tÉTAT 5", "", "plain  text", "don*t"] {
            document.push(line, Role::Raw, 1, 0);
        }
        let found = shapes(&document);
        assert_eq!((found[0].indent, found[0].width, found[0].words(&document)), (10, 6, "ÉTAT 5"));
        assert!(found[0].has(UPPER) && found[0].has(DIGIT) && !found[0].has(LOWER));
        assert!(found[1].is_blank());
        assert!(found[2].has(GAPS) && !found[3].has(GAPS) && found[3].has(MARKUP));
    }
}
