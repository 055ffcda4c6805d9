//! What the library finds on a page: columns of lines, and the tables among them.

use super::columns::{self, Column};
use super::gutters;
use super::heads::letters;
use super::lines::Line;
use super::pages::Content;
use super::{one_line, text};
use crate::clean::wording::{End, Start, end_of, start_of};
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unpdf::parser::{TextBlock, TextLine, TextSpan};
use unpdf::{Block, Paragraph, Table};

/// A piece of a page.
pub enum Element {
    /// Lines with their places.
    Column(Column),
    /// A row of a table.
    Row(String),
    /// A paragraph that the library has read, cut where a line may have ended with a hyphen.
    Text(Vec<String>),
    /// A line of a program.
    Line(String),
}

/// What stands on a page, in reading order.
pub fn elements(content: &Content) -> Vec<Element> {
    match content {
        Content::Text(blocks) => of_blocks(blocks),
        Content::Mixed(blocks, text) => mixed(blocks, text),
    }
}

fn of_blocks(blocks: &[TextBlock]) -> Vec<Element> {
    of_lines(blocks.iter().flat_map(|block| &block.lines).cloned().collect())
}

fn of_lines(lines: Vec<TextLine>) -> Vec<Element> {
    // What is turned stands beside the text, and cuts it nowhere.
    let (turned, upright): (Vec<TextLine>, Vec<TextLine>) =
        lines.into_iter().partition(|line| line.spans.iter().any(TextSpan::is_rotated));
    let lines = text::attach_marks(gutters::part(upright)).into_iter().chain(turned).map(Line::new);
    let lines = lines.filter(|line| !line.text.is_empty()).collect();
    columns::of(lines).into_iter().map(Element::Column).collect()
}

/// Blocks of the library's own reading; those that it has found in the text too, by the places of their lines.
fn mixed(blocks: &[Block], text: &[TextBlock]) -> Vec<Element> {
    let mut tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    if !text.is_empty() && tables.any(is_prose_in_columns) {
        return of_blocks(text);
    }
    let mut known = Known::new(text);
    let mut elements = Vec::new();
    let mut run: Vec<TextLine> = Vec::new();
    for block in blocks {
        let lines = match block {
            Block::Paragraph(paragraph) => known.take(paragraph),
            _ => None,
        };
        match lines {
            Some(lines) => run.extend(lines.iter().map(|line| (*line).clone())),
            None => {
                elements.extend(of_lines(std::mem::take(&mut run)));
                push_block(&mut elements, block);
            }
        }
    }
    elements.extend(of_lines(run));
    elements
}

/// The lines of a page with their places, found by their letters.
struct Known<'t> {
    lines: Vec<(String, &'t TextLine)>,
    /// Where lines with the same first letters are.
    starts: HashMap<String, Vec<usize>>,
}

/// Letters by which lines are looked up, and lines with the same that are tried.
const FIRST: usize = 6;
const MOST: usize = 30;

impl<'t> Known<'t> {
    fn new(text: &'t [TextBlock]) -> Known<'t> {
        let lines = text.iter().flat_map(|block| &block.lines);
        let lines: Vec<(String, &TextLine)> =
            lines.map(|line| (key(&line.text()), line)).filter(|(key, _)| !key.is_empty()).collect();
        let mut starts: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (key, _)) in lines.iter().enumerate() {
            starts.entry(key.chars().take(FIRST).collect()).or_default().push(at);
        }
        Known { lines, starts }
    }

    /// The lines of a paragraph of the library's own reading, which are then used up.
    fn take(&mut self, paragraph: &Paragraph) -> Option<Vec<&'t TextLine>> {
        let text = key(&paragraph.plain_text());
        // The library takes the sign of an item off its text.
        let signs = match paragraph.style.list_info.as_ref().map(|item| item.item_number) {
            None => vec![String::new()],
            Some(None) => ["•", "-", "–", "·", "▪", "◦"].map(str::to_owned).to_vec(),
            Some(Some(number)) => vec![format!("{number}."), format!("{number})"), format!("({number})")],
        };
        let found = signs.iter().find_map(|sign| self.find(&format!("{sign}{text}")))?;
        let lines = self.lines[found.clone()].iter().map(|(_, line)| *line).collect();
        self.lines[found].iter_mut().for_each(|(key, _)| key.clear());
        Some(lines)
    }

    /// Where lines stand whose letters are these.
    fn find(&self, letters: &str) -> Option<Range<usize>> {
        // The first line may be shorter than what lines are looked up by.
        let first: Vec<char> = letters.chars().take(FIRST).collect();
        let starts = (1..=first.len()).rev().filter_map(|n| {
            let start: String = first[..n].iter().collect();
            self.starts.get(&start)
        });
        starts.flatten().take(MOST).find_map(|start| {
            let (mut rest, mut at) = (letters, *start);
            while let Some((key, _)) = self.lines.get(at).filter(|(key, _)| !key.is_empty()) {
                rest = rest.strip_prefix(key.as_str())?;
                at += 1;
                if rest.is_empty() {
                    return Some(*start..at);
                }
            }
            None
        })
    }
}

/// The letters of a text; the library leaves marks of notes as digits.
fn key(text: &str) -> String {
    letters(&text.nfkc().collect::<String>())
}

/// Returns true if and only if the rows of a table are lines of text in columns: most cells go on in the one below.
fn is_prose_in_columns(table: &Table) -> bool {
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| one_line(&cell.plain_text())).collect())
        .collect();
    let (mut pairs, mut going_on, mut length) = (0, 0, 0);
    for pair in rows.windows(2) {
        for (above, cell) in pair[0].iter().zip(&pair[1]).filter(|(a, b)| !a.is_empty() && !b.is_empty()) {
            let runs_on = matches!(end_of(above), End::Open | End::Hyphen) && start_of(cell) == Start::Lower;
            pairs += 1;
            going_on += usize::from(runs_on);
            length += above.chars().count();
        }
    }
    pairs >= 2 && going_on * 2 >= pairs && length >= LINE * pairs
}

/// Letters that a line of a column has, about, and most cells have not.
const LINE: usize = 25;

/// Appends a block of the library's own reading.
fn push_block(elements: &mut Vec<Element>, block: &Block) {
    match block {
        Block::Paragraph(paragraph) => elements.extend(paragraph_text(paragraph).map(Element::Text)),
        Block::Table(table) => {
            for row in &table.rows {
                let cells: Vec<String> =
                    row.cells.iter().map(|c| one_line(&c.plain_text())).filter(|c| !c.is_empty()).collect();
                if !cells.is_empty() {
                    elements.push(Element::Row(cells.join(" | ")));
                }
            }
        }
        Block::Code { content } | Block::Raw { content } => {
            let lines = content.lines().map(str::trim).filter(|line| !line.is_empty());
            elements.extend(lines.map(|line| Element::Line(line.to_owned())));
        }
        _ => {}
    }
}

fn paragraph_text(paragraph: &Paragraph) -> impl Iterator<Item = Vec<String>> {
    let text = text::paragraph_text(&paragraph.content);
    // The library takes the sign of an item off its text.
    let sign = paragraph.style.list_info.as_ref().map(|item| match item.item_number {
        Some(number) => format!("{number}. "),
        None => "• ".to_owned(),
    });
    let lines: Vec<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    lines.into_iter().enumerate().map(move |(at, line)| match &sign {
        Some(sign) if at == 0 => at_hyphens(&(sign.clone() + &line)),
        _ => at_hyphens(&line),
    })
}

/// A text cut behind the hyphens that may have been at the end of a line.
fn at_hyphens(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut from = 0;
    for (at, hyphen) in text.match_indices(['-', '\u{2010}', '\u{AD}']) {
        let end = at + hyphen.len();
        let is_cut = text[from..at].ends_with(char::is_alphabetic) && text[end..].starts_with(' ');
        if is_cut {
            lines.push(text[from..end].to_owned());
            from = end + 1;
        }
    }
    lines.push(text[from..].to_owned());
    lines
}
