//! The paragraphs of a column, by where its lines stand.
//!
//! Where the first line of a paragraph is set in, where type or distance changes, where the line above ends before its
//! column does though the next word had room, where a note or an item has its number, a new paragraph begins; lines of
//! cells are rows of a table.

use super::columns::Column;
use super::lines::Line;
use super::spacing::{Look, Spacing, look};
use super::text;
use crate::clean::wording::{End, Start, bullet, ends_hanging, enumerator, last_word};
use unpdf::parser::TextSpan;

/// How far a line is set in at least, in sizes of its type.
const INDENT: f32 = 0.6;
/// A change of the size of type that is no chance.
const OTHER_SIZE: f32 = 0.06;
/// The same, in points, where no word says that a paragraph ends.
const MUCH_OTHER_SIZE: f32 = 2.0;
/// A distance between lines, in those of their neighbours, that parts paragraphs.
const WIDE: f32 = 1.6;
/// A gap between words, in sizes of type, that parts cells: wider than the words of a justified line.
const CELL_GAP: f32 = 1.5;
/// Rows below which lines with gaps are no table.
const FEWEST_ROWS: usize = 3;
/// The part of a column that a line leaves free when it was not broken by the typesetter.
const VERY_SHORT: f32 = 0.4;
/// Room that the last line of a justified paragraph leaves, in sizes of type; that which is slack.
const ROOM: f32 = 1.5;
const SLACK: f32 = 1.0;
/// How much wider a word may be than its letters let expect.
const WORD: f32 = 1.25;

/// A part of a column.
pub enum Part {
    /// A paragraph, or a part of one.
    Text(Vec<Line>),
    /// A row of a table: its cells.
    Row(Vec<String>),
}

/// Takes a column apart.
pub fn parts(column: &Column, spacing: &Spacing) -> Vec<Part> {
    let setting = Setting::of(column, spacing);
    let rows = rows(&column.lines);
    let mut first = true;
    let mut parts: Vec<Part> = Vec::new();
    for (at, line) in column.lines.iter().enumerate() {
        if let Some(cells) = &rows[at] {
            parts.push(Part::Row(cells.clone()));
            first = true;
            continue;
        }
        let begins = at == 0 || rows[at - 1].is_some() || setting.begins(at, first);
        match parts.last_mut() {
            Some(Part::Text(lines)) if !begins => lines.push(line.clone()),
            _ => parts.push(Part::Text(vec![line.clone()])),
        }
        first = begins;
    }
    parts
}

/// How a column is set.
pub struct Setting<'c> {
    lines: &'c [Line],
    spacing: &'c Spacing,
    left: f32,
    right: f32,
    /// All lines of a paragraph but its first are set in, as in a list of references.
    hangs: bool,
    /// Most lines end where the column does.
    is_justified: bool,
    /// Lines are broken where the column ends, and not by the author.
    is_filled: bool,
}

impl<'c> Setting<'c> {
    /// Reads how a column is set.
    pub fn of(column: &'c Column, spacing: &'c Spacing) -> Setting<'c> {
        let lines = &column.lines;
        let right = spacing.right_of(column);
        let reach = |share: f32, slack: f32| {
            let least = column.left + (right - column.left) * share - slack;
            lines.iter().filter(|line| line.right >= least).count()
        };
        let mut setting = Setting {
            lines,
            spacing,
            left: column.left,
            right,
            hangs: false,
            is_justified: reach(1.0, 1.5) * 10 >= lines.len() * 6 && lines.len() >= 4,
            is_filled: reach(0.8, 0.0) * 2 >= lines.len() && lines.len() >= 4,
        };
        setting.hangs = setting.hangs();
        setting
    }

    /// Returns true if and only if no paragraph begins where the column steps in, and one wherever it steps out.
    fn hangs(&self) -> bool {
        let (mut steps_in, mut steps_out) = ((0, 0), (0, 0));
        for pair in self.lines.windows(2) {
            let step = step(&pair[0], &pair[1]);
            let count = match step {
                Step::In => &mut steps_in,
                Step::Out => &mut steps_out,
                Step::None => continue,
            };
            match look(&pair[0], &pair[1]) {
                Look::Between => count.0 += 1,
                _ => count.1 += 1,
            }
        }
        steps_in.1 > steps_in.0 && steps_out.0 > 0 && steps_out.1 <= steps_out.0 / 4
    }

    /// Returns true if and only if the first word of `line` had room behind `above`.
    fn has_room(&self, above: &Line, line: &Line) -> bool {
        let room = self.right - above.right;
        self.is_justified && room > ROOM * line.size || room > WORD * line.first_word() + SLACK * line.size
    }

    /// Returns true if and only if the line ends where its column does, or nearly so.
    pub fn is_full(&self, line: &Line) -> bool {
        self.right - line.right < (self.right - self.left) * 0.2
    }

    /// How wide the column is. In points.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Returns true if and only if the line is set in from the edge of its column.
    pub fn is_set_in(&self, line: &Line) -> bool {
        line.left - self.left > INDENT * line.size
    }

    /// Returns true if and only if a paragraph begins with line `at`; `first`, whether the one above is a first line.
    fn begins(&self, at: usize, first: bool) -> bool {
        let (above, line) = (&self.lines[at - 1], &self.lines[at]);
        if above.set.is_heading || line.set.is_heading {
            return !is_one_heading(above, line);
        }
        self.changes_type(above, line)
            || self.stands_apart(at)
            || self.begins_item(above, line)
            || text::begins_with_mark(&line.set)
            || self.begins_note(at)
            || self.is_broken_by_author(above, line, first)
    }

    /// A change of size or face that no word within a sentence has.
    fn changes_type(&self, above: &Line, line: &Line) -> bool {
        let change = (above.size - line.size).abs();
        let may_begin = above.ends_sentence()
            || line.text.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
        if change > OTHER_SIZE * above.size.max(line.size) && may_begin || change >= MUCH_OTHER_SIZE {
            return true;
        }
        // A line in another face is a heading when it was not broken by the typesetter.
        above.face != line.face
            && line.begins_sentence()
            && !is_in_address(&above.text)
            && (above.ends_sentence() || self.has_room(above, line))
            && (above.face == (false, false) || self.has_room(above, line))
    }

    /// A distance that parts paragraphs: in this document, or among these lines.
    fn stands_apart(&self, at: usize) -> bool {
        let (above, line) = (&self.lines[at - 1], &self.lines[at]);
        let distance = above.y - line.y;
        let runs_on = look(above, line) == Look::Within;
        if self.spacing.parts(above, line) {
            let usual = self.spacing.usual(line.size).or(self.spacing.usual(above.size)).unwrap_or(line.size);
            return !runs_on || distance > WIDE * usual;
        }
        let gap = |pair: &[Line]| pair[0].y - pair[1].y;
        let before = at.checked_sub(2).map(|i| gap(&self.lines[i..i + 2]));
        let behind = (at + 1 < self.lines.len()).then(|| gap(&self.lines[at..at + 2]));
        let near = before.into_iter().chain(behind).filter(|gap| *gap > 0.7 * line.size);
        !runs_on && near.fold(f32::MAX, f32::min) * WIDE < distance
    }

    /// An item of a list with its sign.
    fn begins_item(&self, above: &Line, line: &Line) -> bool {
        let text = line.text.as_str();
        let is_set_apart = above.ends_sentence()
            || above.text.ends_with([';', ','])
            || self.has_room(above, line)
            || step(above, line) != Step::None
            || bullet(&above.text).is_some();
        if bullet(text).is_some() {
            // A dash may be one between words.
            return !text.starts_with(['-', '–', '·', '*', '+']) || is_set_apart;
        }
        let ends = above.ends_sentence() || above.text.ends_with(';') || ends_in_conjunction(&above.text);
        enumerator(text).is_some()
            && (self.has_room(above, line)
                || ends && (step(above, line) != Step::None || follows(above, line)))
    }

    /// The number of a note follows the one before: `12 See`, `12. See`.
    fn begins_note(&self, at: usize) -> bool {
        let (above, line) = (&self.lines[at - 1], &self.lines[at]);
        let Some(number) = leading_number(&line.text) else { return false };
        (above.ends_sentence() || self.has_room(above, line))
            && self.lines[..at].iter().rev().take(LONGEST_NOTE).filter_map(|l| leading_number(&l.text)).next()
                == number.checked_sub(1)
    }

    /// The line above was not broken where the column ends, or this one is set in.
    fn is_broken_by_author(&self, above: &Line, line: &Line, first: bool) -> bool {
        if !line.begins_sentence() || above.end == End::Hyphen || is_in_address(&above.text) {
            return false;
        }
        let (room, step) = (self.has_room(above, line), step(above, line));
        let ends = above.ends_sentence();
        let steps = match step {
            Step::In => !self.hangs,
            Step::Out => !first || room,
            Step::None => false,
        };
        if steps && (ends || room && above.end != End::Abbreviation && self.is_filled) || room && ends {
            return true;
        }
        let is_centred = self.is_set_in(above) && self.is_set_in(line);
        self.is_filled
            && !is_centred
            && above.face == (false, false)
            && above.end == End::Open
            && line.start == Start::Upper
            && self.right - above.right > VERY_SHORT * (self.right - self.left)
            && !ends_hanging(&above.text)
    }
}

/// Lines above that are searched for the number of the note before.
const LONGEST_NOTE: usize = 40;

/// Where a line begins, seen from the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    In,
    Out,
    None,
}

fn step(above: &Line, line: &Line) -> Step {
    let least = INDENT * line.size.max(1.0);
    match line.left - above.left {
        step if step > least => Step::In,
        step if step < -least => Step::Out,
        _ => Step::None,
    }
}

/// Lines of one heading: set alike, and close.
fn is_one_heading(above: &Line, line: &Line) -> bool {
    let is_close = above.y - line.y <= 2.0 * line.size.max(above.size);
    above.set.is_heading
        && line.set.is_heading
        && is_close
        && above.is_sized_as(line)
        && above.face == line.face
}

/// The line has the first number or letter of a list, or the one above is an item too.
fn follows(above: &Line, line: &Line) -> bool {
    let sign = line.text.trim_start_matches(['(', '[']);
    enumerator(&above.text).is_some() || line.text.starts_with('(') || sign.starts_with(['1', 'a', 'i'])
}

/// The line ends within an address.
fn is_in_address(text: &str) -> bool {
    let word = last_word(text);
    (word.contains("://") || word.contains('%') || word.contains('/') && !text.contains(' '))
        && !text.ends_with(['.', '>', ')'])
}

fn ends_in_conjunction(text: &str) -> bool {
    matches!(last_word(text), "and" | "or" | "und" | "oder" | "et" | "ou" | "и" | "или")
}

/// For each line its cells, when it is a row of a table.
fn rows(lines: &[Line]) -> Vec<Option<Vec<String>>> {
    let mut rows: Vec<Option<Vec<String>>> =
        lines.iter().map(cells).map(|cells| Some(cells).filter(|cells| is_row(cells))).collect();
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

/// Cells, and not the sign of an item with its text.
fn is_row(cells: &[String]) -> bool {
    let is_sign = |text: &str| text.chars().count() <= 3 || enumerator(&format!("{text} a")).is_some();
    cells.len() > 2 || cells.len() == 2 && !is_sign(&cells[0])
}

/// The pieces of a line between wide gaps.
fn cells(line: &Line) -> Vec<String> {
    let mut cells: Vec<Vec<TextSpan>> = Vec::new();
    for span in &line.set.spans {
        let end = |last: &TextSpan| last.x + last.ink_width.unwrap_or(last.width);
        match cells.last_mut() {
            Some(cell) if cell.last().is_some_and(|l| span.x - end(l) < CELL_GAP * line.set.font_size) => {
                cell.push(span.clone());
            }
            _ => cells.push(vec![span.clone()]),
        }
    }
    if cells.len() < 2 {
        return Vec::new();
    }
    let text = |spans| {
        let mut cell = line.set.clone();
        cell.spans = spans;
        cell.text().trim().to_owned()
    };
    cells.into_iter().map(text).filter(|cell| !cell.is_empty()).collect()
}

/// The number with which a note or an item begins: `12 See`, `12. See`.
fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let behind = text[end..].strip_prefix('.').unwrap_or(&text[end..]);
    text[..end].parse().ok().filter(|n| *n < 1000 && behind.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unpdf::parser::TextLine;

    /// A line at a place: left edge, height, size of type.
    fn line(x: f32, y: f32, size: f32, text: &str) -> TextLine {
        let span = |(n, word): (usize, &str)| TextSpan {
            width: word.len() as f32 * size / 2.0,
            ..TextSpan::new(word.to_owned(), x + n as f32 * 100.0, y, size, String::new())
        };
        TextLine::from_spans(text.split(" | ").enumerate().map(span).collect())
    }

    fn read(lines: Vec<TextLine>) -> Vec<String> {
        let columns = super::super::columns::of(lines.into_iter().map(Line::new).collect());
        let spacing = Spacing::of(columns.iter());
        let show = |part: &Part| match part {
            Part::Text(lines) => lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "),
            Part::Row(cells) => cells.join(" | "),
        };
        columns.iter().flat_map(|column| parts(column, &spacing)).map(|part| show(&part)).collect()
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
