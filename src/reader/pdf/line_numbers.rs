//! Numbers of lines, as bills and transcripts have them beside their text.

use unpdf::parser::TextSpan;

/// Lines that are numbered one after another, at least.
const FEWEST: usize = 8;
/// Places that are one. In points.
const SAME_PLACE: f32 = 3.0;

/// Takes the numbers of lines from a page, and returns them.
pub fn take(spans: &mut Vec<TextSpan>) -> Vec<String> {
    let mut numbered: Vec<(usize, u32, f32)> = spans
        .iter()
        .enumerate()
        .filter(|(_, span)| !span.is_rotated())
        .filter_map(|(i, span)| Some((i, leading_number(&span.text)?, span.y)))
        .collect();
    numbered.sort_by(|a, b| b.2.total_cmp(&a.2));
    let run = longest_run(spans, &numbered);
    if run.len() < FEWEST || !is_beside_text(spans, &run) {
        return Vec::new();
    }
    let mut taken = Vec::new();
    for i in &run {
        let span = &mut spans[*i];
        let text = span.text.trim_start();
        let number: String = text.chars().take_while(char::is_ascii_digit).collect();
        let behind = text[number.len()..].trim_start().to_owned();
        let share = 1.0 - behind.chars().count() as f32 / span.text.chars().count().max(1) as f32;
        let moved = span.width * share;
        span.x += moved;
        span.width -= moved;
        span.ink_width = span.ink_width.map(|width| (width - moved).max(0.0));
        span.text = behind;
        taken.push(number);
    }
    let mut i = 0;
    spans.retain(|span| {
        i += 1;
        !(span.text.is_empty() && run.contains(&(i - 1)))
    });
    taken
}

/// The number that is all of the text, or stands before a gap.
fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let behind = &text[end..];
    let apart = behind.trim().is_empty() || behind.starts_with("  ");
    text[..end].parse().ok().filter(|n| apart && *n < 1000)
}

/// The longest run of numbers one below the other, each by one more than the one above.
fn longest_run(spans: &[TextSpan], numbered: &[(usize, u32, f32)]) -> Vec<usize> {
    let place = |i: usize| (spans[i].x, spans[i].x + spans[i].ink_width.unwrap_or(spans[i].width));
    let is_below = |above: usize, i: usize| {
        let ((left, right), (other_left, other_right)) = (place(above), place(i));
        (left - other_left).abs() < SAME_PLACE || (right - other_right).abs() < SAME_PLACE
    };
    let mut runs: Vec<(Vec<usize>, u32)> = Vec::new();
    for (i, number, _) in numbered {
        let may_begin = runs.len() < MOST_RUNS;
        let open = runs
            .iter_mut()
            .find(|(run, last)| *last + 1 == *number && run.last().is_some_and(|above| is_below(*above, *i)));
        match open {
            Some((run, last)) => {
                run.push(*i);
                *last = *number;
            }
            None if may_begin => runs.push((vec![*i], *number)),
            None => {}
        }
    }
    runs.into_iter().map(|(run, _)| run).max_by_key(Vec::len).unwrap_or_default()
}

/// Runs that are looked at; a page with more is a table.
const MOST_RUNS: usize = 100;

/// Returns true if and only if the numbers stand before lines of text, most of them, and no text stands before them.
fn is_beside_text(spans: &[TextSpan], run: &[usize]) -> bool {
    let has_words = |span: &TextSpan| span.text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let (mut behind, mut before) = (0, 0);
    for i in run {
        let number = &spans[*i];
        let on_line = |span: &&TextSpan| (span.y - number.y).abs() < 0.3 * number.font_size;
        let others = || spans.iter().filter(on_line).filter(|span| !span.text.trim().is_empty());
        before += usize::from(others().any(|span| span.x + 1.0 < number.x));
        behind += usize::from(has_words(number) || others().any(|span| span.x > number.x && has_words(span)));
    }
    before == 0 && behind * 10 >= run.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, x: f32, y: f32) -> TextSpan {
        TextSpan {
            width: 5.0 * text.len() as f32,
            ..TextSpan::new(text.to_owned(), x, y, 10.0, String::new())
        }
    }

    fn page(number: impl Fn(usize) -> String, x: f32) -> Vec<TextSpan> {
        let line = |n: usize| {
            let y = 700.0 - 14.0 * n as f32;
            [span(&number(n), x, y), span("the harbour was closed", 100.0, y)]
        };
        (1..=12).flat_map(line).collect()
    }

    #[test]
    fn numbers_of_lines_are_taken_from_the_text() {
        let mut spans = page(|n| n.to_string(), 80.0);
        assert_eq!(take(&mut spans).len(), 12);
        assert!(spans.iter().all(|span| span.text == "the harbour was closed"));
        let mut spans = page(|n| format!("{n:>2}   Q."), 60.0);
        assert_eq!(take(&mut spans).len(), 12);
        assert!(spans.iter().any(|span| span.text == "Q." && span.x > 60.0));
    }

    #[test]
    fn other_numbers_are_left() {
        // A column of figures behind its labels, and numbers that do not follow each other.
        for mut spans in [page(|n| n.to_string(), 300.0), page(|n| (n * 7).to_string(), 80.0)] {
            assert_eq!(take(&mut spans), Vec::<String>::new());
            assert_eq!(spans.len(), 24);
        }
    }
}
