//! The lines of the first two pages and of the last, with the type they are set in and their place.
//!
//! A person tells a title from a letterhead by its type and its place on the page; so does
//! [`evidence`](crate::bibliography::evidence), from these lines.

use super::one_line;
use crate::document::PrintedLine;
use unicode_normalization::UnicodeNormalization;
use unpdf::parser::backend::PageBox;
use unpdf::parser::{TextLine, TextSpan};

/// Pages from the first on whose lines are kept.
const PAGES: u32 = 2;
/// Lines of a page that are kept: a title page is rarely longer, and a page of a thousand cells is none.
const MOST_LINES: usize = 240;
/// A gap between words, in sizes of type, that parts columns: wider than the words of a justified line.
const CELL_GAP: f32 = 1.5;

/// Returns true if and only if the lines of that page (from 1, of so many) are kept.
pub fn is_kept(page: u32, count: u32) -> bool {
    page <= PAGES || page == count
}

/// The lines of a page as they are printed, from top to bottom, cut at gaps that are wider than those between words.
/// Turned text is left out.
pub fn lines(lines: &[TextLine], page: u32, sheet: PageBox) -> Vec<PrintedLine> {
    let mut printed: Vec<PrintedLine> =
        lines.iter().flat_map(cells).filter_map(|cell| printed_line(&cell, page, sheet)).collect();
    printed.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    printed.truncate(MOST_LINES);
    printed
}

/// The pieces of a line between wide gaps.
fn cells(line: &TextLine) -> Vec<TextLine> {
    let mut cells: Vec<Vec<TextSpan>> = Vec::new();
    for span in line.spans.iter().filter(|s| !s.is_rotated() && !s.text.trim().is_empty()) {
        let near = cells
            .last()
            .and_then(|cell| cell.last())
            .is_some_and(|last| span.x - right_end(last) < CELL_GAP * line.font_size);
        match cells.last_mut() {
            Some(cell) if near => cell.push(span.clone()),
            _ => cells.push(vec![span.clone()]),
        }
    }
    cells.into_iter().map(TextLine::from_spans).collect()
}

fn right_end(span: &TextSpan) -> f32 {
    span.x + span.ink_width.unwrap_or(span.width)
}

fn printed_line(line: &TextLine, page: u32, sheet: PageBox) -> Option<PrintedLine> {
    let letters = |span: &TextSpan| span.text.trim().chars().count();
    let most = line.spans.iter().max_by_key(|span| letters(span))?;
    let all: usize = line.spans.iter().map(letters).sum();
    let half =
        |is: fn(&TextSpan) -> bool| 2 * line.spans.iter().filter(|s| is(s)).map(letters).sum::<usize>() > all;
    let right = line.spans.iter().map(right_end).fold(f32::MIN, f32::max);
    let (width, height) = (sheet.width().max(1.0), sheet.height().max(1.0));
    Some(PrintedLine {
        text: compose_accents(&one_line(&line.text())),
        page: page - 1,
        size: most.font_size,
        is_bold: half(|span| span.is_bold),
        is_italic: half(|span| span.is_italic),
        left: (line.x - sheet.llx) / width,
        right: (right - sheet.llx) / width,
        top: (sheet.ury - most.y) / height,
        height: most.font_size / height,
    })
}

/// Puts accents that are printed after their letter, as old TeX fonts do (`Seppa¨la¨`), onto it (`Seppälä`).
fn compose_accents(text: &str) -> String {
    const ACCENTS: [(char, char); 6] = [
        ('¨', '\u{308}'),
        ('´', '\u{301}'),
        ('ˆ', '\u{302}'),
        ('˜', '\u{303}'),
        ('ˇ', '\u{30C}'),
        ('¸', '\u{327}'),
    ];
    if !text.contains(ACCENTS.map(|(sign, _)| sign)) {
        return text.to_owned();
    }
    let mut composed = String::with_capacity(text.len());
    for c in text.chars() {
        let mark = ACCENTS.iter().find(|(sign, _)| *sign == c).map(|(_, mark)| *mark);
        let on_letter = composed.ends_with(char::is_alphabetic);
        composed.push(mark.filter(|_| on_letter).unwrap_or(c));
    }
    composed.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_after_their_letters_are_put_onto_them() {
        assert_eq!(compose_accents("Annika Seppa¨la¨ ¨ x"), "Annika Seppälä ¨ x");
    }

    #[test]
    fn a_line_is_cut_where_columns_meet() {
        let span = |x: f32, text: &str| TextSpan {
            width: text.len() as f32 * 5.0,
            ..TextSpan::new(text.to_owned(), x, 700.0, 10.0, String::new())
        };
        let line = TextLine::from_spans(vec![span(50.0, "Ada"), span(68.0, "Linden"), span(300.0, "Tomas")]);
        let texts: Vec<String> = lines(&[line], 1, PageBox::LETTER).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["Ada Linden", "Tomas"]);
    }
}
