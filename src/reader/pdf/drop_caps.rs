//! Initials that reach over several lines.
//!
//! Their base is that of a lower line, which they would begin; they belong to the first of the lines beside them.

use unpdf::parser::TextSpan;

/// The least size of such an initial, in that of the text.
const LARGE: f32 = 1.8;
/// How far the text beside it may stand, in its size.
const BESIDE: f32 = 1.5;
/// The height of a capital, in the size of its type.
const CAPITAL: f32 = 0.85;
/// Letters that are words, too.
const WORDS: [&str; 3] = ["A", "I", "O"];

/// Puts each initial before the first line beside it.
pub fn put_down(spans: &mut Vec<TextSpan>) {
    let usual = usual_size(spans);
    let is_initial = |span: &TextSpan| {
        let letters = span.text.trim().trim_start_matches(['“', '"', '‘', '«', '„']);
        let mut letters = letters.chars();
        span.font_size >= LARGE * usual
            && !span.is_rotated()
            && letters.next().is_some_and(|c| c.is_uppercase())
            && letters.next().is_none()
    };
    let initials: Vec<usize> = (0..spans.len()).filter(|i| is_initial(&spans[*i])).collect();
    for at in initials.into_iter().rev() {
        let beside = lines_beside(spans, at, usual);
        // Its own line and one above, or else it is the first letter of a title.
        let (Some(&first), true) = (beside.first(), beside.len() > 1) else { continue };
        let initial = spans[at].text.trim().to_owned();
        let blank = if is_word(spans, &initial, &spans[first].text) { " " } else { "" };
        spans[first].text = format!("{initial}{blank}{}", spans[first].text.trim_start());
        let left = spans[at].x;
        for line in beside {
            let span = &mut spans[line];
            let wider = span.x - left;
            span.x = left;
            span.width += wider;
            span.ink_width = span.ink_width.map(|width| width + wider);
        }
        spans.remove(at);
    }
}

/// The first pieces of the lines beside an initial, from the top.
fn lines_beside(spans: &[TextSpan], initial: usize, usual: f32) -> Vec<usize> {
    let cap = &spans[initial];
    let right = cap.x + cap.ink_width.unwrap_or(cap.width);
    let is_beside = |i: &usize| {
        let span = &spans[*i];
        *i != initial
            && span.font_size <= usual * 1.3
            && !span.text.trim().is_empty()
            && (right - 0.3 * usual..right + BESIDE * usual).contains(&span.x)
            && (cap.y - 0.3 * usual..cap.y + CAPITAL * cap.font_size).contains(&span.y)
    };
    let mut beside: Vec<usize> = (0..spans.len()).filter(is_beside).collect();
    beside.sort_by(|a, b| spans[*b].y.total_cmp(&spans[*a].y).then(spans[*a].x.total_cmp(&spans[*b].x)));
    beside.dedup_by(|b, a| (spans[*a].y - spans[*b].y).abs() < 0.3 * usual);
    beside
}

/// Returns true if and only if the initial is a word: what stands behind it is one, elsewhere on the page.
fn is_word(spans: &[TextSpan], initial: &str, behind: &str) -> bool {
    let word = behind.split_whitespace().next().unwrap_or("");
    let has = |wanted: &str| {
        let words = spans.iter().flat_map(|span| span.text.split_whitespace());
        words.filter(|word| *word == wanted).count()
    };
    WORDS.contains(&initial) && has(word) > 1 && has(&format!("{initial}{word}").to_lowercase()) == 0
}

/// The size in which half of the text, or more, is set at most.
fn usual_size(spans: &[TextSpan]) -> f32 {
    let mut sizes: Vec<(f32, usize)> =
        spans.iter().map(|span| (span.font_size, span.text.trim().len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = sizes.iter().map(|(_, letters)| letters).sum();
    let mut below = 0;
    let middle = sizes.iter().find(|(_, letters)| {
        below += letters;
        below * 2 >= all
    });
    middle.map_or(0.0, |(size, _)| *size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, x: f32, y: f32, size: f32) -> TextSpan {
        let width = if size > 20.0 { 20.0 } else { 0.5 * size * text.len() as f32 };
        TextSpan { width, ..TextSpan::new(text.to_owned(), x, y, size, String::new()) }
    }

    fn read(initial: &str, first: &str) -> Vec<String> {
        let mut spans = vec![
            span(initial, 72.0, 674.0, 40.0),
            span(first, 95.0, 700.0, 10.0),
            span("the ferry on the new river", 95.0, 687.0, 10.0),
            span("and waited for the", 95.0, 674.0, 10.0),
            span("rain to end.", 72.0, 661.0, 10.0),
        ];
        put_down(&mut spans);
        spans.into_iter().map(|span| span.text).collect()
    }

    #[test]
    fn an_initial_stands_before_the_first_line() {
        assert_eq!(read("T", "he traders took")[0], "The traders took");
        assert_eq!(read("“W", "e took")[0], "“We took");
        assert_eq!(read("A", "new trader took")[0], "A new trader took");
    }

    #[test]
    fn a_large_letter_without_lines_beside_it_is_left() {
        let mut spans =
            vec![span("T", 72.0, 674.0, 40.0), span("he traders took it home", 95.0, 674.0, 10.0)];
        put_down(&mut spans);
        assert_eq!(spans.len(), 2);
    }
}
