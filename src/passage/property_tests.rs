//! Properties of [`segment`] that hold for every document.

use super::segment_tests::plain;
use super::{Segmented, fingerprint, segment};
use crate::document::{Document, Format, Role};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use unicode_normalization::UnicodeNormalization;

fn letters(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

fn joined(segmented: &Segmented) -> String {
    segmented.passages.iter().map(|p| letters(&p.text)).collect()
}

/// A sentence of plain words.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "trade",
        "the",
        "of",
        "Asia",
        "treaty",
        "was",
        "signed",
        "in",
        "1992",
        "and",
        "ministers",
        "met",
        "Pak-Afghan",
        "border",
        "a",
        "region",
        "stability",
        "agreed",
        "on",
        "transit",
        "économie",
        "Совет",
        "U.S.",
    ]);
    prop::collection::vec(word, 4..18).prop_map(|words| format!("The {}.", words.join(" ")))
}

fn paragraph() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 2..7).prop_map(|sentences| sentences.join(" "))
}

/// How a generated document is set.
#[derive(Debug, Clone, Copy)]
enum Setting {
    Lines,
    Blocks,
    Wrapped,
    Indented,
}

fn setting() -> impl Strategy<Value = Setting> {
    prop::sample::select(vec![Setting::Lines, Setting::Blocks, Setting::Wrapped, Setting::Indented])
}

fn wrap(text: &str, indent: &str) -> String {
    let mut lines = vec![indent.to_owned()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("a line");
        if line.chars().count() + word.chars().count() >= 72 {
            lines.push(word.to_owned());
        } else {
            if !line.trim().is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

fn set(paragraphs: &[String], setting: Setting) -> String {
    match setting {
        Setting::Lines => paragraphs.join("\n"),
        Setting::Blocks => paragraphs.join("\n\n"),
        Setting::Wrapped => paragraphs.iter().map(|p| wrap(p, "")).collect::<Vec<_>>().join("\n\n"),
        Setting::Indented => paragraphs.iter().map(|p| wrap(p, "    ")).collect::<Vec<_>>().join("\n"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::with_cases(256) })]

    #[test]
    fn every_layout_gives_the_paragraphs_back(
        paragraphs in prop::collection::vec(paragraph(), 3..12),
        setting in setting(),
    ) {
        let segmented = segment(&plain(&set(&paragraphs, setting)));
        let found: Vec<String> = segmented.passages.iter().map(|p| letters(&p.text)).collect();
        let wanted: Vec<String> = paragraphs.iter().map(|p| letters(p)).collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn no_letter_is_lost_doubled_or_moved(lines in prop::collection::vec("[ \t]{0,4}[A-Za-z0-9 .,:;()|é漢ﬁ-]{0,90}", 0..40)) {
        // Lines that repeat between wide gaps are running heads and numbered ones may be notes; both may
        // follow what they cut.
        let line = |(i, line): (usize, &String)| {
            let numbered = line.trim_start().starts_with(|c: char| c.is_ascii_digit());
            format!("{}{line}{i}\n", if numbered { "n" } else { "" })
        };
        let text: String = lines.iter().enumerate().map(line).collect();
        let segmented = segment(&plain(&text));
        prop_assert_eq!(joined(&segmented), letters(&text));
    }

    #[test]
    fn any_text_is_segmented_and_places_never_run_backwards(text in "(\\PC|[\n\u{C}\t*_<>\\[\\]()#|\\-]){0,300}") {
        for format in [Format::Text, Format::Pdf] {
            let mut document = plain(&text);
            document.format = format;
            check_places(&segment(&document))?;
        }
    }

    #[test]
    fn any_blocks_are_segmented(blocks in prop::collection::vec((0usize..8, "\\PC{0,80}"), 0..20)) {
        let roles = [
            Role::Raw, Role::Paragraph, Role::Heading(2), Role::ListItem, Role::TableRow, Role::Footnote, Role::Boilerplate,
            Role::Title,
        ];
        let mut document = Document::new(Format::Html);
        blocks.iter().for_each(|(role, text)| document.push(text, roles[*role], 0, 0));
        check_places(&segment(&document))?;
    }

    #[test]
    fn an_edit_behind_changes_nothing_before(
        paragraphs in prop::collection::vec(paragraph(), 5..12),
        edit in paragraph(),
        setting in setting(),
    ) {
        let mut edited = paragraphs.clone();
        *edited.last_mut().expect("a paragraph") = edit;
        let keep = paragraphs.len() - 1;
        let names = |paragraphs: &[String]| -> Vec<(String, String)> {
            let segmented = segment(&plain(&set(paragraphs, setting)));
            segmented.passages.iter().take(keep).map(|p| (p.ordinal.to_string(), fingerprint(&p.text))).collect()
        };
        prop_assert_eq!(names(&paragraphs), names(&edited));
    }
}

/// Passages begin in the order of the document, and the runs of each stand in the order of its lines.
fn check_places(segmented: &Segmented) -> Result<(), TestCaseError> {
    let mut last = 0;
    for passage in &segmented.passages {
        prop_assert!(!passage.text.is_empty());
        prop_assert_eq!(passage.origins.first().map(|o| o.at), Some(0));
        let first = passage.origins[0].line;
        prop_assert!(first >= last);
        last = first;
        for pair in passage.origins.windows(2) {
            prop_assert!(
                pair[0].at < pair[1].at && pair[0].line <= pair[1].line && pair[0].page <= pair[1].page
            );
            prop_assert!(passage.text.is_char_boundary(pair[1].at as usize));
        }
        prop_assert!((passage.section as usize) < segmented.sections.len());
    }
    Ok(())
}
