//! Lines that the library has set across two columns of text.
//!
//! Where the lines of a page share a gap at one place, and on both sides of it each line goes on in the one below, what is
//! left of the gap is read before what is right of it. Rows of tables share gaps, too, but their cells do not go on.

use super::lines::Line;
use super::spacing::{Look, look};
use unpdf::parser::{TextLine, TextSpan};

/// The least width of a gap between columns, in sizes of type.
const GAP: f32 = 0.7;
/// Lines that are set across, at least.
const FEWEST: usize = 5;
/// Letters that a line of a column has, about.
const LETTERS: usize = 20;

/// A stretch of lines with one gap: its lines, and where the gap begins and ends.
struct Run {
    from: usize,
    to: usize,
    left: f32,
    right: f32,
    across: usize,
}

/// The lines, those of columns one column after the other.
pub fn part(lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut parted = Vec::with_capacity(lines.len());
    let mut done = 0;
    for run in runs(&lines).into_iter().filter(|run| run.across >= FEWEST) {
        let middle = run.left.midpoint(run.right);
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for line in &lines[run.from..run.to] {
            let (before, behind): (Vec<TextSpan>, Vec<TextSpan>) =
                line.spans.iter().cloned().partition(|span| span.x < middle);
            left.extend(half(line, before));
            right.extend(half(line, behind));
        }
        if is_prose(&left) && is_prose(&right) {
            parted.extend_from_slice(&lines[done..run.from]);
            parted.extend(left);
            parted.extend(right);
            done = run.to;
        }
    }
    parted.extend_from_slice(&lines[done..]);
    parted
}

fn half(line: &TextLine, spans: Vec<TextSpan>) -> Option<TextLine> {
    let has_text = spans.iter().any(|span| !span.text.trim().is_empty());
    has_text.then(|| TextLine {
        is_heading: line.is_heading,
        heading_level: line.heading_level,
        ..TextLine::from_spans(spans)
    })
}

/// The stretches of lines that share a gap, or end before it, or begin behind it.
fn runs(lines: &[TextLine]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let open = runs.last_mut().filter(|run| run.to == at);
        match (widest_gap(line), open) {
            (Some((left, right)), Some(run))
                if right.min(run.right) - left.max(run.left) >= GAP * line.font_size =>
            {
                (run.left, run.right) = (left.max(run.left), right.min(run.right));
                run.across += 1;
                run.to = at + 1;
            }
            (None, Some(run)) if end_of(line) <= run.left + 1.0 || line.x >= run.right - 1.0 => {
                run.to = at + 1
            }
            (Some((left, right)), _) => runs.push(Run { from: at, to: at + 1, left, right, across: 1 }),
            (None, _) => {}
        }
    }
    runs
}

fn end_of(line: &TextLine) -> f32 {
    line.spans.iter().map(|span| span.x + span.ink_width.unwrap_or(span.width)).fold(line.x, f32::max)
}

/// The widest gap within a line that may be one between columns.
fn widest_gap(line: &TextLine) -> Option<(f32, f32)> {
    let gap = |pair: &[TextSpan]| (pair[0].x + pair[0].ink_width.unwrap_or(pair[0].width), pair[1].x);
    let gaps = line.spans.windows(2).map(gap).filter(|(left, right)| right - left >= GAP * line.font_size);
    gaps.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
}

/// Returns true if and only if most of the lines go on in the line below.
fn is_prose(lines: &[TextLine]) -> bool {
    let lines: Vec<Line> = lines.iter().cloned().map(Line::new).collect();
    let letters: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    let going_on = lines.windows(2).filter(|pair| look(&pair[0], &pair[1]) == Look::Within).count();
    lines.len() >= FEWEST && letters >= LETTERS * lines.len() && going_on * 2 >= lines.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: usize, cells: [&str; 2]) -> TextLine {
        let span = |(text, x): (&str, f32)| TextSpan {
            width: text.len() as f32 * 5.0,
            ..TextSpan::new(text.to_owned(), x, 700.0 - 12.0 * n as f32, 10.0, String::new())
        };
        TextLine::from_spans(cells.into_iter().zip([60.0, 320.0]).map(span).collect())
    }

    #[test]
    fn columns_of_text_are_read_one_after_the_other() {
        let cells = ["when the ferry was sold in the spring and", "nobody could cross without a boat of his"];
        let lines: Vec<TextLine> = (0..6).map(|n| line(n, cells)).collect();
        let parted = part(lines);
        assert_eq!(parted.len(), 12);
        assert!(parted[..6].iter().all(|line| line.x == 60.0));
    }

    #[test]
    fn rows_of_a_table_stay_rows() {
        let cells = ["Lorries over the old bridge", "1,204 in the first half of it"];
        let lines: Vec<TextLine> = (0..6).map(|n| line(n, cells)).collect();
        assert_eq!(part(lines).len(), 6);
    }
}
