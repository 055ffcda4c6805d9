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
/// The size of a mark, as a share of that of its line, up to which it is one.
const MARK_SIZE: f32 = 0.8;
/// The rise of a mark over its line, in sizes of the line's type, from which it is one.
const MARK_RISE: f32 = 0.1;

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
    let line = &with_signs_for_marks(line);
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

/// A line in which marks of notes and affiliations, letters and digits set smaller and higher at the end of a word, are
/// asterisks: glued to a name they would be read as part of it.
fn with_signs_for_marks(line: &TextLine) -> TextLine {
    let mut line = line.clone();
    let base =
        line.spans.iter().max_by_key(|span| span.text.trim().chars().count()).map_or(line.y, |span| span.y);
    for at in 1..line.spans.len() {
        let (span, next) = (&line.spans[at], line.spans.get(at + 1));
        let text = span.text.trim();
        let short =
            text.chars().count() <= 4 && text.chars().all(|c| c.is_alphanumeric() || ",*†‡§".contains(c));
        let small = span.font_size < MARK_SIZE * line.font_size && span.y > base + MARK_RISE * line.font_size;
        let ends_word = line.spans[at - 1].text.ends_with(char::is_alphabetic)
            && (span.text.ends_with(' ')
                || next.is_none_or(|next| !next.text.starts_with(|c: char| c.is_alphanumeric() || c == '-')));
        if short && small && ends_word {
            line.spans[at].text = if span.text.ends_with(' ') { "* ".to_owned() } else { "*".to_owned() };
        }
    }
    line
}

/// Puts accents that a font draws apart from their letters onto these, as far as it is certain which letter is meant
/// (`Seppa¨la¨`, `Mart´ın`), and takes ligatures apart. Other accents stay as they are.
fn compose_accents(text: &str) -> String {
    const ACCENTS: [(char, char); 6] = [
        ('¨', '\u{308}'),
        ('´', '\u{301}'),
        ('ˆ', '\u{302}'),
        ('˜', '\u{303}'),
        ('ˇ', '\u{30C}'),
        ('¸', '\u{327}'),
    ];
    let mark_of = |c: char| ACCENTS.iter().find(|(sign, _)| *sign == c).map(|(_, mark)| *mark);
    let all: Vec<char> = text.chars().collect();
    // Where one accent follows its letter within a word, those at the ends of words do so too; else they may belong to
    // any letter of the word.
    let in_place = all
        .windows(3)
        .any(|c| mark_of(c[1]).is_some_and(|mark| accented(c[0], mark).is_some()) && c[2].is_alphabetic());
    let mut composed = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(mark) = mark_of(c) else {
            composed.push_str(&ligature(c).map_or(c.to_string(), str::to_owned));
            continue;
        };
        let before = composed.chars().last().filter(|_| in_place);
        if let Some(whole) = before.and_then(|before| accented(before, mark)) {
            composed.pop();
            composed.push(whole);
        } else if let Some(whole) = chars.peek().and_then(|next| accented(*next, mark)) {
            composed.push(whole);
            chars.next();
        } else {
            composed.push(c);
        }
    }
    composed
}

/// The letter with the accent; `None` where the two make no letter in wide use.
fn accented(letter: char, mark: char) -> Option<char> {
    let letter = if letter == 'ı' { 'i' } else { letter };
    let vowel = "aeiouyAEIOUY".contains(letter);
    let usual = match mark {
        '\u{308}' | '\u{301}' | '\u{302}' => vowel,
        '\u{303}' => "anoANO".contains(letter),
        '\u{30C}' => "cesrznCESRZN".contains(letter),
        _ => "csCS".contains(letter),
    };
    let mut whole = [letter, mark].into_iter().nfc();
    let first = whole.next().filter(|_| usual)?;
    whole.next().is_none().then_some(first)
}

/// The letters of a ligature.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_put_onto_their_letters() {
        for (text, composed) in [
            ("Annika Seppa¨la¨ ¨ x", "Annika Seppälä ¨ x"),
            ("Mart´ın G¨un", "Martín Gün"),
            ("Pereira´ da", "Pereira´ da"),
            ("Eﬃcient", "Efficient"),
        ] {
            assert_eq!(compose_accents(text), composed);
        }
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
