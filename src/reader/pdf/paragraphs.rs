//! The paragraphs of a block of lines, by where the lines stand.
//!
//! The library joins lines that stand close together. Where the first line of a paragraph is set in, where type or
//! distance changes, where a note has its number, a new paragraph begins; lines of cells are rows of a table.

use super::text;
use unpdf::parser::{TextBlock, TextLine, TextSpan};

/// How far a line is set in at least, and at most, in sizes of its type.
const INDENT: std::ops::RangeInclusive<f32> = 0.6..=6.0;
/// A change of the size of type that is no chance.
const OTHER_SIZE: f32 = 0.06;
/// A distance between lines, in usual distances, that parts paragraphs.
const WIDE: f32 = 1.6;
/// The same in sizes of type, where too few lines tell what is usual.
const VERY_WIDE: f32 = 2.4;
/// A gap between words, in sizes of type, that parts cells: wider than the words of a justified line.
const CELL_GAP: f32 = 1.5;
/// Rows below which lines with gaps are no table.
const FEWEST_ROWS: usize = 3;

/// A part of a block.
pub enum Part {
    /// A paragraph, or a part of one.
    Text(TextBlock),
    /// A row of a table: its cells.
    Row(Vec<String>),
}

/// Takes a block apart.
pub fn parts(block: &TextBlock) -> Vec<Part> {
    if block.lines.len() < 2 || block.lines.iter().any(|line| line.spans.iter().any(TextSpan::is_rotated)) {
        return vec![Part::Text(block.clone())];
    }
    let rows = rows(&block.lines);
    let first = first_lines(&block.lines);
    let mut parts = Vec::new();
    let mut from = 0;
    // Behind the last line ends the last part.
    for (at, begins) in first.into_iter().chain([true]).enumerate() {
        if !begins && !rows.get(at).is_some_and(Option::is_some) {
            continue;
        }
        if from < at {
            let mut part = block.clone();
            part.lines = block.lines[from..at].to_vec();
            parts.push(Part::Text(part));
        }
        from = at;
        if let Some(Some(cells)) = rows.get(at) {
            parts.push(Part::Row(cells.clone()));
            from = at + 1;
        }
    }
    parts
}

/// For each line its cells, when it is a row of a table.
fn rows(lines: &[TextLine]) -> Vec<Option<Vec<String>>> {
    let mut rows: Vec<Option<Vec<String>>> =
        lines.iter().map(cells).map(|cells| Some(cells).filter(|c| c.len() > 1)).collect();
    let count = |row: &Option<Vec<String>>| row.as_ref().map_or(0, Vec::len);
    let mut at = 0;
    while at < rows.len() {
        let alike = rows[at..].iter().take_while(|row| count(row) == count(&rows[at])).count();
        if alike < FEWEST_ROWS {
            rows[at..at + alike].fill(None);
        }
        at += alike;
    }
    rows
}

/// The pieces of a line between wide gaps.
fn cells(line: &TextLine) -> Vec<String> {
    let mut cells: Vec<Vec<TextSpan>> = Vec::new();
    for span in &line.spans {
        let end = |last: &TextSpan| last.x + last.ink_width.unwrap_or(last.width);
        match cells.last_mut() {
            Some(cell) if cell.last().is_some_and(|l| span.x - end(l) < CELL_GAP * line.font_size) => {
                cell.push(span.clone());
            }
            _ => cells.push(vec![span.clone()]),
        }
    }
    let text = |spans| {
        let mut cell = line.clone();
        cell.spans = spans;
        cell.text().trim().to_owned()
    };
    cells.into_iter().map(text).filter(|cell| !cell.is_empty()).collect()
}

/// For each line, whether a paragraph begins with it.
fn first_lines(lines: &[TextLine]) -> Vec<bool> {
    let texts: Vec<String> = lines.iter().map(|line| line.text().trim().to_owned()).collect();
    let usual = usual_distance(lines);
    let by_indent = by_indent(lines, &texts);
    let mut number = leading_number(&texts[0]);
    let mut first = vec![true];
    for at in 1..lines.len() {
        let (above, line) = (&lines[at - 1], &lines[at]);
        let distance = above.y - line.y;
        let apart = match usual {
            Some(usual) => distance > WIDE * usual,
            None => distance > VERY_WIDE * line.font_size.max(above.font_size),
        };
        // A word of another type within a paragraph may begin a line.
        let other_size = (size_of(above) - size_of(line)).abs()
            > OTHER_SIZE * size_of(above).max(size_of(line))
            && (ends_sentence(&texts[at - 1])
                || texts[at].starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase()));
        let next = leading_number(&texts[at]);
        let follows = next.is_some() && number.is_some_and(|n| next == Some(n + 1));
        if follows {
            number = next;
        }
        first.push(apart || other_size || follows || by_indent[at] || text::begins_with_mark(line));
    }
    first
}

/// The size in which most of the line is set.
fn size_of(line: &TextLine) -> f32 {
    let letters = |span: &&TextSpan| span.text.trim().chars().count();
    line.spans.iter().max_by_key(letters).map_or(line.font_size, |span| span.font_size)
}

/// The distance between lines that is usual in the block.
fn usual_distance(lines: &[TextLine]) -> Option<f32> {
    let mut distances: Vec<f32> =
        lines.windows(2).map(|pair| pair[0].y - pair[1].y).filter(|d| *d > 0.0).collect();
    distances.sort_by(f32::total_cmp);
    (distances.len() >= 2).then(|| distances[(distances.len() - 1) / 2])
}

/// The number with which a note or an item begins: `12 See`, `12. See`.
fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let behind = text[end..].strip_prefix('.').unwrap_or(&text[end..]);
    text[..end].parse().ok().filter(|n| *n < 1000 && behind.starts_with(' '))
}

/// For each line, whether its indent tells that a paragraph begins with it. All indents of the block must agree: set in
/// are either the first lines, or all but the first, as in a list of references.
fn by_indent(lines: &[TextLine], texts: &[String]) -> Vec<bool> {
    let left = lines.iter().map(|line| line.x).fold(f32::MAX, f32::min);
    let is_in: Vec<bool> =
        lines.iter().map(|line| INDENT.contains(&((line.x - left) / line.font_size.max(1.0)))).collect();
    let begins = |at: usize| ends_sentence(&texts[at - 1]) && begins_sentence(&texts[at]);
    let starts: Vec<usize> = (1..lines.len()).filter(|at| is_in[*at] && !is_in[at - 1]).collect();
    let outs: Vec<usize> = (1..lines.len()).filter(|at| !is_in[*at] && is_in[at - 1]).collect();
    let in_a_row = is_in.windows(2).any(|pair| pair[0] && pair[1]);
    let mut first = vec![false; lines.len()];
    if !in_a_row && starts.iter().all(|at| begins(*at)) {
        starts.into_iter().for_each(|at| first[at] = true);
    } else if !is_in[0] && !outs.is_empty() && outs.iter().all(|at| begins(*at)) {
        outs.into_iter().for_each(|at| first[at] = true);
    }
    first
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_numeric() || "”’\"')]»".contains(c));
    text.ends_with(['.', '?', '!', ':', '…', '。'])
}

fn begins_sentence(text: &str) -> bool {
    let first = text.trim_start_matches(['“', '‘', '"', '\'', '(', '[', '«']).chars().next();
    first.is_some_and(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unpdf::parser::BlockType;

    /// A line at a place: left edge, height, size of type.
    fn line(x: f32, y: f32, size: f32, text: &str) -> TextLine {
        let span = |(n, word): (usize, &str)| TextSpan {
            width: word.len() as f32 * size / 2.0,
            ..TextSpan::new(word.to_owned(), x + n as f32 * 100.0, y, size, String::new())
        };
        TextLine::from_spans(text.split(" | ").enumerate().map(span).collect())
    }

    fn read(lines: Vec<TextLine>) -> Vec<String> {
        let show = |part: &Part| match part {
            Part::Text(block) => block.text(),
            Part::Row(cells) => cells.join(" | "),
        };
        parts(&TextBlock::new(lines, BlockType::Paragraph)).iter().map(show).collect()
    }

    #[test]
    fn a_paragraph_begins_where_its_first_line_is_set_in() {
        let parts = read(vec![
            line(60.0, 700.0, 10.0, "The crossing was opened to"),
            line(50.0, 688.0, 10.0, "traders on market days."),
            line(60.0, 676.0, 10.0, "They came from both sides and"),
            line(50.0, 664.0, 10.0, "sold what they had."),
        ]);
        assert_eq!(parts.len(), 2, "{parts:?}");
        assert_eq!(parts[1], "They came from both sides and sold what they had.");
    }

    #[test]
    fn entries_with_hanging_indents_stand_for_themselves() {
        let parts = read(vec![
            line(50.0, 700.0, 10.0, "Khan, A. (2012) Trade on the"),
            line(65.0, 688.0, 10.0, "river. London: Hill."),
            line(50.0, 676.0, 10.0, "Petrova, I. (2015) Roads and"),
            line(65.0, 664.0, 10.0, "bridges of the north."),
        ]);
        assert_eq!(
            parts,
            [
                "Khan, A. (2012) Trade on the river. London: Hill.",
                "Petrova, I. (2015) Roads and bridges of the north."
            ]
        );
    }

    #[test]
    fn lines_set_in_by_chance_part_nothing() {
        let lines = ["The crossing was", "opened to traders", "on market days in", "May of that year."];
        let at = |(n, text): (usize, &&str)| {
            line(if n == 2 { 60.0 } else { 50.0 }, 700.0 - 12.0 * n as f32, 10.0, text)
        };
        assert_eq!(read(lines.iter().enumerate().map(at).collect()).len(), 1);
    }

    #[test]
    fn notes_captions_and_distances_part() {
        let notes = ["1 See Wong (2003),", "who was there.", "2 Interview, May 2010.", "3 Ibid."];
        let at = |(n, text): (usize, &&str)| line(50.0, 100.0 - 9.0 * n as f32, 8.0, text);
        assert_eq!(read(notes.iter().enumerate().map(at).collect()).len(), 3);
        let caption =
            [line(50.0, 700.0, 10.0, "They gave up."), line(50.0, 690.0, 8.5, "Figure 1. The bridge.")];
        assert_eq!(read(caption.to_vec()).len(), 2);
        let apart = [700.0, 688.0, 676.0, 640.0].map(|y| line(50.0, y, 10.0, "and so on"));
        assert_eq!(read(apart.to_vec()).len(), 2);
    }

    #[test]
    fn lines_of_cells_are_rows() {
        let rows = ["Year | Lorries | Cars", "1998 | 1,204 | 310", "2009 | 8,755 | 2,114"];
        let at = |(n, text): (usize, &&str)| line(50.0, 700.0 - 12.0 * n as f32, 9.0, text);
        assert_eq!(read(rows.iter().enumerate().map(at).collect()), rows);
        // Two lines of a justified paragraph are none.
        assert_eq!(read(rows.iter().take(2).enumerate().map(at).collect()).len(), 1);
    }
}
