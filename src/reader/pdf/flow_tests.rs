//! Files made by code, and the paragraphs that are read of them.

use super::super::made::pdf as made;
use super::{Limits, read};
use crate::document::{Document, Role};

/// Sentences of about the width of a column at ten points.
const LINES: [&str; 6] = [
    "The ministers met in the old town and spoke of roads,",
    "of bridges and of the price that carriers pay for both,",
    "and they agreed to meet again before the winter comes.",
    "Traders from both banks had waited for that since the",
    "spring, when the ferry was sold and nobody could cross",
    "without a boat of his own, which few of them ever had.",
];

/// Lines one below the other, `pitch` points apart.
fn lines(x: u32, top: u32, size: u32, pitch: u32, texts: &[&str]) -> String {
    texts.iter().zip(0..).map(|(text, n)| made::show(x, top - pitch * n, size, text)).collect()
}

fn document(pages: &[String]) -> Document {
    read(&made::pages(pages, "", ""), &Limits::default()).unwrap()
}

/// The paragraphs with their role.
fn paragraphs(document: &Document) -> Vec<(Role, &str)> {
    let texts = document.lines.iter().map(|line| (line.role, document.line_text(line)));
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

#[test]
fn paragraphs_set_a_little_apart_are_told_apart() {
    let page: String =
        (0..8).map(|n| lines(72, 720 - 46 * n, 10, 13, &LINES[3 * (n as usize % 2)..][..3])).collect();
    assert_eq!(paragraphs(&document(&[page])).len(), 8);
}

#[test]
fn double_spaced_paragraphs_begin_where_their_first_line_is_set_in() {
    let paragraph = |top: u32| {
        made::show(108, top, 12, LINES[0]) + &lines(72, top - 28, 12, 28, &[LINES[1], LINES[4], LINES[2]])
    };
    let page = paragraph(720) + &paragraph(608) + &paragraph(496);
    let document = document(&[page]);
    let found = paragraphs(&document);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].1.starts_with("The ministers") && found[1].1.ends_with("winter comes."));
}

/// A page whose text is cut at its end, with a note; and the page behind it.
fn cut_pages(second: &str) -> [String; 2] {
    let body = |top: u32, texts: &[&str]| lines(72, top, 10, 13, texts);
    let first = body(720, &LINES)
        + &body(620, &LINES)
        + &body(520, &LINES[..2])
        + &made::show(126, 511, 6, "7")
        + &lines(
            72,
            100,
            8,
            10,
            &["7 Noor, Rivers (Hill, 2003), tells how the ferry was sold and what the town"],
        );
    let second = body(720, &["and they crossed the river.", "What was paid for it is not known to anybody."])
        + &body(680, &LINES)
        + second;
    [first, second]
}

#[test]
fn what_a_page_end_cuts_is_joined_with_its_own_other_half() {
    let note = lines(72, 110, 8, 10, &["got for it in the end."]) + &made::show(72, 90, 8, "8 Noor, p. 12.");
    let [first, second] = cut_pages(&note);
    let first =
        first.replace("(of bridges and of the price that carriers pay for both,) Tj", "(of the price,) Tj");
    let document = document(&[first, second]);
    let found = paragraphs(&document);
    let notes: Vec<&str> =
        found.iter().filter(|(role, _)| *role == Role::Footnote).map(|(_, text)| *text).collect();
    assert_eq!(notes.len(), 2, "{found:?}");
    assert!(notes[0].ends_with("what the town got for it in the end."), "{notes:?}");
    let cut = found.iter().find(|(_, text)| text.contains("and they crossed")).unwrap();
    assert!(cut.1.starts_with("The ministers"), "{cut:?}");
    // The second page begins within it.
    let (place, page) = document.turns.iter().find(|(_, page)| *page == 1).unwrap();
    assert!(document.text[*place..].starts_with("and they crossed") || *page == 1);
}

#[test]
fn columns_are_read_one_behind_the_other() {
    let left = lines(60, 720, 10, 13, &[LINES[0], LINES[1], LINES[3], LINES[4]]);
    let right = lines(
        340,
        720,
        10,
        13,
        &["without a boat of his own.", "Nobody complained of it, for", "the price was fair."],
    );
    let page = left + &right;
    let document = document(&[page]);
    let text = document.text.replace('\n', " ");
    assert!(text.contains("nobody could cross without a boat of his own."), "{text}");
}

#[test]
fn words_cut_at_line_ends_are_joined() {
    let cut = [
        "They signed an agree-",
        "ment on the Pak-",
        "Afghan road, twenty-",
        "five years ago, in the presence of many.",
    ];
    let document = document(&[lines(72, 720, 10, 13, &cut)]);
    let found = paragraphs(&document);
    let expected =
        "They signed an agreement on the Pak-Afghan road, twenty-five years ago, in the presence of many.";
    assert_eq!(found, [(Role::Raw, expected)]);
}

#[test]
fn numbers_of_lines_are_no_text() {
    let line = |n: u32| {
        let y = 720 - 20 * n;
        made::show(90, y, 10, &n.to_string()) + &made::show(120, y, 10, LINES[n as usize % 6])
    };
    let document = document(&[(0..18).map(|n| line(n + 1)).collect::<String>()]);
    let found = paragraphs(&document);
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ' ');
    assert!(found.iter().all(|(role, text)| (*role == Role::Boilerplate) == is_number(text)), "{found:?}");
    assert!(found.iter().any(|(role, _)| *role == Role::Boilerplate));
}

#[test]
fn a_running_head_above_its_text_ends_no_paragraph() {
    let head = made::show(72, 740, 9, "Annals of the River, volume 3");
    let first = head.clone() + &lines(72, 720, 10, 13, &LINES) + &lines(72, 630, 10, 13, &LINES[3..5]);
    let second = head
        + &lines(72, 720, 10, 13, &["without a boat of his own, as most of them", "had been used to do."]);
    let document = document(&[first, second]);
    let found = paragraphs(&document);
    assert!(found.iter().any(|(_, text)| text.contains("could cross without a boat")), "{found:?}");
}
