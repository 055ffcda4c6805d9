//! What the library finds on a page, as lines of the document.

use super::heads::letters;
use super::pages::Content;
use super::paragraphs::{self, Part};
use super::{one_line, text};
use crate::document::{Document, Role};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unpdf::parser::{TextBlock, TextLine};
use unpdf::{Block, Paragraph};

/// Appends what stands on a page to the document.
pub fn push(document: &mut Document, content: &Content, page: u32) {
    match content {
        Content::Text(blocks) => blocks.iter().for_each(|block| push_text(document, block, page)),
        Content::Mixed(blocks, text) => push_mixed(document, blocks, text, page),
    }
}

/// Appends blocks of the library's own reading; those that it has found in the text too, by the places of their lines.
fn push_mixed(document: &mut Document, blocks: &[Block], text: &[TextBlock], page: u32) {
    // The library leaves marks of notes as digits.
    let key = |text: &str| letters(&text.nfkc().collect::<String>());
    let known: HashMap<String, &TextBlock> = text.iter().map(|block| (key(&block.text()), block)).collect();
    for block in blocks {
        let place = match block {
            Block::Paragraph(paragraph) => known.get(&key(&paragraph.plain_text())),
            _ => None,
        };
        match place {
            Some(text) => push_text(document, text, page),
            None => push_block(document, block, page),
        }
    }
}

/// Appends a block of text, paragraph by paragraph, with blank lines between.
fn push_text(document: &mut Document, block: &TextBlock, page: u32) {
    if block.lines.iter().all(is_typewritten) {
        for line in &block.lines {
            push_line(document, &line.text(), page);
        }
        document.push("", Role::Raw, 0, page);
        return;
    }
    let mut in_rows = false;
    for part in paragraphs::parts(block) {
        let is_row = matches!(part, Part::Row(_));
        if in_rows && !is_row {
            document.push("", Role::Raw, 0, page);
        }
        in_rows = is_row;
        match part {
            Part::Row(cells) => {
                document.push(&cells.join(" | ").nfc().collect::<String>(), Role::TableRow, 0, page)
            }
            Part::Text(block) => {
                push_line(document, &text::block_text(&block), page);
                document.push("", Role::Raw, 0, page);
            }
        }
    }
    if in_rows {
        document.push("", Role::Raw, 0, page);
    }
}

fn push_line(document: &mut Document, line: &str, page: u32) {
    let line: String = line.trim().nfc().collect();
    if !line.is_empty() {
        document.push(&line, Role::Raw, 0, page);
    }
}

/// All of it is set in letters of one width, as programs are: its line ends are the author's.
fn is_typewritten(line: &TextLine) -> bool {
    let mut spans = line.spans.iter().filter(|span| !span.text.trim().is_empty()).peekable();
    spans.peek().is_some() && spans.all(|span| span.is_monospace)
}

/// Appends a block of the library's own reading, and a blank line behind it.
fn push_block(document: &mut Document, block: &Block, page: u32) {
    match block {
        Block::Paragraph(paragraph) => push_paragraph(document, paragraph, page),
        Block::Table(table) => {
            for row in &table.rows {
                let cells: Vec<String> =
                    row.cells.iter().map(|c| one_line(&c.plain_text())).filter(|c| !c.is_empty()).collect();
                if !cells.is_empty() {
                    document.push(&cells.join(" | "), Role::TableRow, 0, page);
                }
            }
        }
        Block::Code { content } | Block::Raw { content } => {
            for line in content.lines().filter(|l| !l.trim().is_empty()) {
                document.push(line.trim(), Role::Raw, 0, page);
            }
        }
        _ => return,
    }
    document.push("", Role::Raw, 0, page);
}

fn push_paragraph(document: &mut Document, paragraph: &Paragraph, page: u32) {
    let text = text::paragraph_text(&paragraph.content);
    // The library takes the sign of an item off its text.
    let sign = paragraph.style.list_info.as_ref().map(|item| match item.item_number {
        Some(number) => format!("{number}. "),
        None => "• ".to_owned(),
    });
    for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let sign = sign.as_deref().filter(|_| at == 0).unwrap_or_default();
        let line: String = sign.chars().chain(line.chars()).nfc().collect();
        document.push(&line, Role::Raw, 0, page);
    }
}
