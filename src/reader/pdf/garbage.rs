//! What a damaged content stream leaves: its operators as text, and coordinates far off the page.

use unpdf::parser::TextSpan;
use unpdf::parser::backend::PageBox;

/// How far off the page text may be, in its widths or heights: what is farther costs the library its memory.
const FAR: f32 = 3.0;
/// Operators among the text of a page from which it is damaged.
const FEWEST: usize = 3;

/// Leaves out what a damaged stream has left; returns true if and only if there was any.
pub fn leave_out(spans: &mut Vec<TextSpan>, page: PageBox) -> bool {
    let before = spans.len();
    let (wide, high) = (FAR * page.width().abs().max(100.0), FAR * page.height().abs().max(100.0));
    spans.retain(|span| {
        let right = span.x + span.width;
        let is_near = |place: f32, edge: f32, far: f32| (edge - far..edge + far).contains(&place);
        is_near(span.x, page.llx, wide) && is_near(right, page.urx, wide) && is_near(span.y, page.lly, high)
    });
    let operators = |span: &TextSpan| if span.is_monospace { 0 } else { operators(&span.text) };
    if spans.iter().map(operators).sum::<usize>() >= FEWEST {
        // What is drawn between two pieces of debris comes from the same damage.
        let first = spans.iter().position(|span| operators(span) > 0).unwrap_or(0);
        let last = spans.iter().rposition(|span| operators(span) > 0).unwrap_or(0);
        spans.drain(first..=last);
    }
    spans.len() < before
}

/// How many operators of a content stream, with what stands before them there, are in a text: `)Tj`, `0.0000 TD`.
fn operators(text: &str) -> usize {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'T', bytes)
        .filter(|at| {
            let (before, name) = (&bytes[..*at], bytes.get(at + 1).copied().unwrap_or(0));
            let shows = matches!(name, b'j' | b'J') && (before.ends_with(b")") || before.ends_with(b"]"));
            let bare = before.strip_suffix(b" ").unwrap_or(before);
            let number = bare.iter().rev().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
            let is_decimal = number.clone().any(|b| *b == b'.') && number.count() >= 3;
            shows || is_decimal && matches!(name, b'd' | b'D' | b'c' | b'w' | b'f' | b'm')
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, x: f32) -> TextSpan {
        TextSpan { width: 100.0, ..TextSpan::new(text.to_owned(), x, 700.0, 10.0, String::new()) }
    }

    fn kept(spans: &[(&str, f32)]) -> Vec<String> {
        let mut spans: Vec<TextSpan> = spans.iter().map(|(text, x)| span(text, *x)).collect();
        leave_out(&mut spans, PageBox::LETTER);
        spans.into_iter().map(|span| span.text).collect()
    }

    #[test]
    fn operators_in_the_text_are_left_out() {
        let damaged = [
            ("The plan was to", 72.0),
            ("0.00accus0.0000 TD29i)Tj14.5200", 72.0),
            ("rw ag", 90.0),
            ("0.0000 24.5200 0.0000 TDs(e,)Tj5.0400", 72.0),
            ("whole again.", 72.0),
        ];
        assert_eq!(kept(&damaged), ["The plan was to", "whole again."]);
        let sound =
            [("He threw 3 TDs, and 2.5 Tons (T) of [T] were sold", 72.0), ("show it with (a)Tj", 72.0)];
        assert_eq!(kept(&sound).len(), 2);
    }

    #[test]
    fn text_far_off_the_page_is_left_out() {
        assert_eq!(kept(&[("here", 72.0), ("there", -215_000.0), ("nowhere", f32::NAN)]), ["here"]);
    }
}
