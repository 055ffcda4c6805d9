//! Sentences of a text, as UAX #29 bounds them.

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of `text` with their byte offsets, white space behind a sentence belonging to it: what
/// `split_sentence_bound_indices` of unicode-segmentation gives, which looks up and weighs every character. A sentence
/// ends only behind a terminator or a line end (rules SB4 and SB11), so that it is asked about these alone.
pub fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let doubtful = doubtful_from(rest);
        let end = doubtful + rest[doubtful..].split_sentence_bounds().next().map_or(0, str::len);
        let found = (start, &rest[..end]);
        start += end;
        Some(found)
    })
}

/// Where to begin to look for the end of the sentence that begins `text`: at the last ASCII character before what may
/// end it. That tells as much as all before it: it is no mark or format character, which count for what they follow (SB5).
fn doubtful_from(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut ascii) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'.' | b'!' | b'?' | b'\n' | b'\r' => break,
            0..0x80 => (ascii, at) = (at, at + 1),
            _ => match text[at..].chars().next().filter(|c| ends_nothing(*c)) {
                Some(c) => at += c.len_utf8(),
                None => break,
            },
        }
    }
    ascii
}

/// Returns true only if the character, which is not an ASCII one, is neither a sentence terminator nor a line end: those
/// of Latin, Greek and Cyrillic text. U+2024 is a full stop.
fn ends_nothing(c: char) -> bool {
    matches!(c, '\u{A0}'..='\u{588}' | '\u{2010}'..='\u{2023}' | '\u{2025}'..='\u{2027}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_same(text: &str) {
        let expected: Vec<_> = text.split_sentence_bound_indices().collect();
        assert_eq!(sentences(text).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn no_character_that_is_passed_over_ends_a_sentence() {
        for c in ('\0'..='\u{3FFFF}').chain('\u{E0000}'..='\u{E01FF}') {
            assert_same(&format!("a{c} B{c}b{c}"));
        }
    }

    #[test]
    fn sentences_end_where_they_should() {
        for text in [
            "",
            "He met Mr. Khan, i.e. “the guest.” (He was late!) So it was.\r\nA U.S.-led visit…? 3.5 per cent. no",
            "Café\u{301}.\u{301} B. Он сказал: «Да.» Потом ушёл.\u{2028}¿Qué? 中文。中文！ ۔ab\u{AD}.\u{AD}C",
        ] {
            assert_same(text);
        }
        assert_eq!(sentences("One. Two.").map(|s| s.1).collect::<Vec<_>>(), ["One. ", "Two."]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn any_text_is_split_as_the_library_splits_it(
            pieces in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec![
                        ".", "!", "?", "\n", "\r", " ", "a", "B", "1", "”", "\"", "(", ")", ",", ":", "-", "–", "é", "Я",
                        "я", "\u{301}", "\u{AD}", "\u{A0}", "\u{85}", "\u{2028}", "\u{2024}", "…", "。", "中", "۔", "\t",
                    ]).prop_map(str::to_owned),
                    "\\PC",
                ],
                0..40,
            )
        ) {
            let text = pieces.concat();
            let expected: Vec<_> = text.split_sentence_bound_indices().collect();
            prop_assert_eq!(sentences(&text).collect::<Vec<_>>(), expected);
        }
    }
}
