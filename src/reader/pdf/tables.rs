//! What the library finds on a page: columns of lines, and the tables among them.

use super::columns::{self, Column};
use super::gutters;
use super::heads::letters;
use super::lines::Line;
use super::pages::Content;
use super::{one_line, text};
use crate::clean::wording::{End, Start, end_of, start_of};
use std::collections::HashMap;
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
        Content::Text(blocks) => of_lines(blocks.iter()),
        Content::Mixed(blocks, text) => mixed(blocks, text),
    }
}

fn of_lines<'b>(blocks: impl Iterator<Item = &'b TextBlock>) -> Vec<Element> {
    let lines: Vec<TextLine> = blocks.flat_map(|block| &block.lines).cloned().collect();
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
        return of_lines(text.iter());
    }
    // The library leaves marks of notes as digits.
    let key = |text: &str| letters(&text.nfkc().collect::<String>());
    let known: HashMap<String, &TextBlock> = text.iter().map(|block| (key(&block.text()), block)).collect();
    let mut elements = Vec::new();
    let mut run: Vec<&TextBlock> = Vec::new();
    for block in blocks {
        let place = match block {
            Block::Paragraph(paragraph) => known.get(&key(&paragraph.plain_text())),
            _ => None,
        };
        match place {
            Some(text) => run.push(text),
            None => {
                elements.extend(of_lines(run.drain(..)));
                push_block(&mut elements, block);
            }
        }
    }
    elements.extend(of_lines(run.drain(..)));
    elements
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
