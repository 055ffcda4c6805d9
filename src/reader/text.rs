//! Plain text and Markdown: lines as they stand. Mark-up and broken paragraphs are repaired after the readers.
//!
//! [`header`] reads what texts say of themselves in front, [`markdown`] knows what whole lines of Markdown are,
//! [`line_numbers`] sets numbers of lines apart.

mod header;
mod line_numbers;
mod markdown;

pub use header::read as read_header;

use super::{ReadError, encoding, front_matter};
use crate::document::{Document, Format, Line, Role};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Lines that a text may have: one costs some sixty bytes of memory, also when it is empty.
const MOST_LINES: usize = 10_000_000;

/// Reads text in any encoding.
///
/// # Errors
/// [`ReadError::NotText`], [`ReadError::Empty`], [`ReadError::Limit`].
pub fn read(bytes: &[u8], format: Format) -> Result<Document, ReadError> {
    if memchr::memchr2_iter(b'\n', b'\r', bytes).nth(MOST_LINES).is_some() {
        return Err(ReadError::Limit(format!("the text has more than {MOST_LINES} lines")));
    }
    let (text, guessed) = encoding::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut document = Document::new(format);
    if let Some(name) = guessed {
        document.doubts.push(format!("encoding guessed: {name}"));
    }
    document.text = if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into_owned()
    } else {
        text.nfc().collect()
    };
    let matter = front_matter::read(&document.text);
    let body = matter.as_ref().map_or(0, |m| m.end);
    push_lines(&mut document, body);
    if let Some(matter) = matter {
        document.stated = matter.stated;
        document.doubts.extend(matter.doubts);
        document.format = Format::Markdown;
    } else {
        header::read(&mut document);
    }
    markdown::mark(&mut document);
    line_numbers::set_apart(&mut document);
    Ok(document)
}

/// Makes a line of each line of the text from byte `body` on; a form feed ends a page.
fn push_lines(document: &mut Document, body: usize) {
    let mut number = 1 + document.text[..body].bytes().filter(|b| *b == b'\n').count() as u32;
    let bytes = document.text.as_bytes();
    let mut start = body;
    let mut lines = Vec::with_capacity(bytes.len() / 60);
    while start < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        push_line(&mut lines, &mut document.breaks, &document.text, start, end, number);
        let is_crlf = bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n');
        start = end + if is_crlf { 2 } else { 1 };
        number += 1;
    }
    document.lines = lines;
}

/// Pushes one line, in pieces where form feeds stand in it.
fn push_line(
    lines: &mut Vec<Line>,
    breaks: &mut Vec<usize>,
    text: &str,
    mut start: usize,
    end: usize,
    number: u32,
) {
    while let Some(at) = memchr::memchr(b'\x0C', &text.as_bytes()[start..end]) {
        if at > 0 {
            lines.push(Line { range: start..start + at, number, page: 0, role: Role::Raw });
        }
        breaks.push(lines.len());
        start += at + 1;
    }
    lines.push(Line { range: start..end, number, page: 0, role: Role::Raw });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, String)> {
        let document = read(text.as_bytes(), Format::Text).unwrap();
        document.lines.iter().map(|l| (l.number, document.line_text(l).to_owned())).collect()
    }

    #[test]
    fn lines_keep_their_numbers_under_any_line_end() {
        let expected = vec![(1, "a".to_owned()), (2, String::new()), (3, "b".to_owned())];
        for text in ["a\n\nb\n", "a\r\n\r\nb", "a\r\rb\r"] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn form_feeds_end_pages() {
        let document = read(b"one\n\x0Ctwo\nthree\x0Cfour", Format::Text).unwrap();
        let text: Vec<&str> = document.lines.iter().map(|l| document.line_text(l)).collect();
        assert_eq!(text, ["one", "two", "three", "four"]);
        assert_eq!(document.breaks, [1, 3]);
    }

    #[test]
    fn text_is_normalised() {
        assert_eq!(lines("Attache\u{301}")[0].1, "Attach\u{e9}");
        assert_eq!(read(b" \n ", Format::Text).unwrap_err(), ReadError::Empty);
    }
}
