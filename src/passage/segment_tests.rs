//! Tests of [`segment`] on whole documents: the seeds against lists made by hand, and small layouts.

use super::{Kind, Ordinal, Passage, Segmented, segment};
use crate::document::{Document, Format, Role};
use std::path::Path;

/// A document of plain text: a raw line for each line, a page break for each form feed.
pub fn plain(text: &str) -> Document {
    let mut document = Document::new(Format::Text);
    for (number, line) in text.split('\n').enumerate() {
        for (i, part) in line.split('\u{C}').enumerate() {
            if i > 0 {
                document.breaks.push(document.lines.len());
            }
            document.push(part, Role::Raw, number as u32 + 1, 0);
        }
    }
    document
}

fn kinds_and_texts(segmented: &Segmented) -> Vec<(Kind, &str)> {
    segmented.passages.iter().map(|p| (p.kind, p.text.as_str())).collect()
}

/// `kind first-last first words … last words`: enough to tell a whole passage, since nothing is lost
/// between its ends.
fn summary(passage: &Passage) -> String {
    let words: Vec<&str> = passage.text.split_whitespace().collect();
    let (first, last) = passage.lines().unwrap_or((0, 0));
    let text = if words.len() <= 16 {
        words.join(" ")
    } else {
        format!("{} … {}", words[..7].join(" "), words[words.len() - 7..].join(" "))
    };
    format!("{} {first}-{last} {text}", passage.kind.as_str())
}

#[test]
fn the_seeds_are_cut_as_their_authors_wrote_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut right, mut right_kinds, mut wanted, mut got) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(root.join("tests/data/segmentation")).unwrap() {
        let list = entry.unwrap().path();
        let seed = root.join("seeds").join(list.file_name().unwrap());
        let text = std::fs::read_to_string(&seed).unwrap();
        let segmented = segment(&plain(&text));
        let found: Vec<String> = segmented.passages.iter().map(summary).collect();
        let bare = |line: &str| line.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned());
        let found_bare: Vec<String> = found.iter().map(|line| bare(line)).collect();
        let list = std::fs::read_to_string(&list).unwrap();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            wanted += 1;
            right += usize::from(found_bare.contains(&bare(line)));
            right_kinds += usize::from(found.iter().any(|f| f == line));
            if !found.iter().any(|f| f == line) {
                wrong.push(line.to_owned());
            }
        }
        got += found.len();
    }
    assert!(wanted > 180, "the lists are read");
    // F1 of whole passages at least 0.99, kinds right in 98 of 100.
    assert!(200 * right >= 99 * (wanted + got), "{right} of {wanted} wanted, {got} found: {wrong:#?}");
    assert!(100 * right_kinds >= 98 * wanted, "{right_kinds} of {wanted}: {wrong:#?}");
}

#[test]
fn numbers_run_by_sort_and_parts_share_theirs() {
    let sentence = "The ministers met in the old town and spoke of trade. ";
    let text = format!("First paragraph of the text, long enough.\n\n{}\n\nLast one.", sentence.repeat(200));
    let segmented = segment(&plain(&text));
    let ordinals: Vec<Ordinal> = segmented.passages.iter().map(|p| p.ordinal).collect();
    assert_eq!(ordinals[0], Ordinal::Paragraph { number: 1, part: 1 });
    assert_eq!(ordinals[2], Ordinal::Paragraph { number: 2, part: 2 });
    assert_eq!(*ordinals.last().unwrap(), Ordinal::Paragraph { number: 3, part: 1 });
    assert!(segmented.passages.iter().all(|p| p.origins.first().is_some_and(|o| o.at == 0)));
}

#[test]
fn wrapped_lines_page_breaks_and_heads_make_one_paragraph() {
    let text = "\
The two governments agreed in the spring of that year to build a road, a rail-
way and a gas pipeline from the northern plains to the southern sea, and the
railway was to be the first of them. The ministers of transport met in

                                   11
\u{C}12          Roads of the North

Peshawar in order to sign the treaty, which they did after a long debate on
tariffs.

A second paragraph of the same text follows here, which also goes on to a
second line.";
    let segmented = segment(&plain(text));
    let passages = kinds_and_texts(&segmented);
    assert_eq!(passages[0].0, Kind::Body);
    assert!(passages[0].1.contains("a railway and") && passages[0].1.contains("met in Peshawar in order"));
    assert_eq!(passages[1], (Kind::Boilerplate, "11"));
    assert_eq!(passages[2], (Kind::Boilerplate, "12 Roads of the North"));
    assert!(passages[3].1.starts_with("A second") && passages.len() == 4);
    assert_eq!(segmented.passages[0].lines(), Some((1, 9)));
}

#[test]
fn indents_alone_part_paragraphs() {
    let text = "    The first paragraph begins with an indented line and goes on over
two lines of the column.
    The second one does so too, and it likewise fills two lines of the
column before it ends.
    The third is short.";
    let segmented = segment(&plain(text));
    assert_eq!(segmented.passages.len(), 3);
    assert!(
        segmented.passages[1].text.starts_with("The second") && segmented.passages[1].text.ends_with("ends.")
    );
}

#[test]
fn a_list_keeps_with_its_introduction_and_a_table_stays_whole() {
    let text = "The fields of cooperation named in the memorandum are these:\n\n- Training of pilots.\n- Exercises.\n\n\
                The commission has met since then.\n\n| Year | Trade |\n|---|---|\n| 2019 | 50 |\n";
    let segmented = segment(&plain(text));
    let passages = kinds_and_texts(&segmented);
    assert_eq!(passages[0].0, Kind::List);
    assert!(passages[0].1.ends_with("these:\n- Training of pilots.\n- Exercises."));
    assert_eq!(passages[1].0, Kind::Body);
    assert_eq!(passages[2].0, Kind::Table);
    assert!(passages[2].1.lines().count() >= 2 && passages.len() == 3);
}

#[test]
fn whole_blocks_of_a_format_keep_their_roles() {
    let mut document = Document::new(Format::Docx);
    for (text, role) in [
        ("On Roads", Role::Title),
        ("A. Writer", Role::Byline),
        ("Trade", Role::Heading(1)),
        ("It is said that", Role::Paragraph),
        ("roads are built of *stone*:", Role::Paragraph),
        ("granite", Role::ListItem),
        ("Works Cited", Role::Heading(1)),
        ("Writer, A. (1990). Stones.", Role::Paragraph),
    ] {
        document.push(text, role, 0, 0);
    }
    let segmented = segment(&document);
    let kinds: Vec<Kind> = segmented.passages.iter().map(|p| p.kind).collect();
    use Kind::*;
    assert_eq!(kinds, [Front, Front, Heading, Body, List, Heading, Reference]);
    assert_eq!(segmented.passages[4].text, "roads are built of *stone*:\ngranite");
    assert_eq!(segmented.sections[segmented.passages[6].section as usize], ["Works Cited"]);
}

#[test]
fn a_document_of_references_alone_has_an_entry_a_block() {
    let text = "References\n\n[1] Ties. https://x.org/a?page=00.\n\nvan Dam, P. (1990) Ties of trade\n\nNoor, M. https://n.pk/25-\n\nyears-of-ties\n";
    let segmented = segment(&plain(text));
    let entries: Vec<&str> =
        segmented.passages.iter().filter(|p| p.kind == Kind::Reference).map(|p| p.text.as_str()).collect();
    assert_eq!(
        entries,
        [
            "[1] Ties. https://x.org/a?page=00.",
            "van Dam, P. (1990) Ties of trade",
            "Noor, M. https://n.pk/25-years-of-ties"
        ]
    );
}

#[test]
fn headings_in_rows_are_no_titles() {
    let text = "The text of a paragraph is long enough here to be told from a heading or a label.";
    let kinds = |text: &str| segment(&plain(text)).passages.iter().map(|p| p.kind).collect::<Vec<_>>();
    let (title, sections) =
        (format!("# Roads\n\n{text}\n"), format!("# Roads\n\n{text}\n\n# Rails\n\n{text}\n"));
    assert_eq!(kinds(&title)[0], Kind::Front);
    assert_eq!(kinds(&sections)[0], Kind::Heading);
}

#[test]
fn passages_cut_before_stay_as_they_are() {
    let mut document = Document::new(Format::Jsonl);
    for text in ["Keywords: trade", "which begins small", &"A sentence. ".repeat(900)] {
        document.push(text, Role::Paragraph, document.lines.len() as u32 + 1, 0);
    }
    let kinds: Vec<Kind> = segment(&document).passages.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [Kind::Body, Kind::Body, Kind::Body]);
}

#[test]
fn endnotes_are_notes_and_numbered_paragraphs_are_none() {
    let mut document = Document::new(Format::Epub);
    let (heading, item) = (Role::Heading(2), Role::ListItem);
    let notes = ["The speaker is the old king of the north.", "A ship of that name sailed in summer."];
    for (text, role) in [("Endnotes", heading), (notes[0], item), (notes[1], item)] {
        document.push(text, role, 0, 0);
    }
    let segmented = segment(&document);
    assert_eq!(kinds_and_texts(&segmented)[1..], [(Kind::Footnote, notes[0]), (Kind::Footnote, notes[1])]);

    let list = "Endnotes\n\n1. Linden, A. Ports of the North. Oslo, 1990.\n\n2. Reyes, T. Roads of the North. Lima, 1991.\n";
    assert!(segment(&plain(list)).passages.iter().skip(1).all(|p| p.kind == Kind::Reference));

    let first = "The ships of all nations call at the ports of the north in summer, and pay no fee for it.";
    let second =
        "2. The Appellants own the ports and say that the fee was asked of nobody at all in that year.";
    let text = format!(
        "{first}\n\n---\n\n1. POLICY CONTEXT\n\n{first}\n\n1. {first}\n\n[^1]: A note.\n\n{second}\n"
    );
    let segmented = segment(&plain(&text));
    let kind = |start: &str| segmented.passages.iter().find(|p| p.text.starts_with(start)).map(|p| p.kind);
    assert_ne!(kind("1. POLICY"), Some(Kind::Footnote));
    assert_eq!(kind("2. The"), Some(Kind::Body), "{:#?}", kinds_and_texts(&segmented));
}

#[test]
fn a_web_page_that_is_named_again_below_keeps_its_article() {
    let mut document = Document::new(Format::Html);
    document.stated.title = Some("Piers of the North".to_owned());
    let text =
        "The pier was built in a year, of oak from the hills, and nobody has repaired it since that time.";
    for (text, role) in [
        (text, Role::Paragraph),
        (text, Role::Paragraph),
        ("Piers of the North", Role::Boilerplate),
        ("Lakes of the South", Role::Boilerplate),
    ] {
        document.push(text, role, 0, 0);
    }
    let kinds: Vec<Kind> = segment(&document).passages.iter().map(|p| p.kind).collect();
    assert_eq!(kinds[..2], [Kind::Body, Kind::Body]);
    let mut brief = Document::new(Format::Html);
    for (text, role) in
        [("Pier", Role::Title), ("The pier was sold on Monday.", Role::Paragraph), (text, Role::Paragraph)]
    {
        brief.push(text, role, 0, 0);
    }
    let kinds: Vec<Kind> = segment(&brief).passages.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [Kind::Front, Kind::Body, Kind::Body]);
}

#[test]
fn text_before_a_heading_of_a_pdf_is_no_other_work() {
    let text = "We, the people of the valley,\n\nunited by a common river and a road that leads through it,\n\n\
        General Provisions\n\n1. The valley is one. Nobody may part it, and all who live in it are free to go through it.";
    let mut document = Document { format: Format::Pdf, ..plain(text) };
    document.pages.push(crate::document::Page::default());
    let segmented = segment(&document);
    let foreign: Vec<_> = segmented.passages.iter().filter(|p| p.kind == Kind::Boilerplate).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}
