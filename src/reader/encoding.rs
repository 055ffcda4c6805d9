//! Encodings: bytes to text, and the signs that bytes are no text at all.

use super::{ReadError, kazakh};
use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};
use std::borrow::Cow;

/// Bytes that are looked at to tell text from data.
const SAMPLE: usize = 4096;

/// The beginnings of formats that a person may drop into the seeds but that hold no text.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"\x7FELF", "a program"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"SQLite format 3\0", "a database"),
];

/// What the bytes are when they begin like a format that holds no text.
pub fn foreign_format(bytes: &[u8]) -> Option<&'static str> {
    FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

/// The text of the bytes, and the encoding's name when it was guessed rather than told by a byte order mark or
/// by being valid UTF-8.
///
/// # Errors
/// [`ReadError::NotText`] for bytes that no encoding makes text of.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), ReadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
        return Ok((text, None));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok((encoding.decode_without_bom_handling(bytes).0, Some(encoding.name())));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return if bytes[..bytes.len().min(SAMPLE)].contains(&0) {
            Err(ReadError::NotText("it holds NUL bytes".into()))
        } else {
            Ok((Cow::Borrowed(text), None))
        };
    }
    if bytes[..bytes.len().min(SAMPLE)].contains(&0) {
        return Err(ReadError::NotText("it holds NUL bytes".into()));
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    // A UTF-8 file with a few broken bytes is still taken for UTF-8: the broken ones show as U+FFFD.
    let encoding = if mostly_utf8(bytes) { UTF_8 } else { encoding };
    if encoding == WINDOWS_1251
        && let Some((text, name)) = kazakh::decode(bytes)
    {
        return Ok((text.into(), Some(name)));
    }
    Ok((encoding.decode_without_bom_handling(bytes).0, Some(encoding.name())))
}

/// The text of bytes in the encoding of that name (`Cp1252`, `ISO8859_1`, `windows-1251`), or else in the one they are likeliest
/// in; `None` for bytes that no encoding makes text of.
pub fn decode_named(bytes: &[u8], name: Option<&str>) -> Option<String> {
    let named = name.map(|name| name.replace('_', "-")).and_then(|name| Encoding::for_label(name.as_bytes()));
    if let Some(encoding) = named.filter(|encoding| *encoding != UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Some(text.into_owned());
    }
    decode(bytes).ok().map(|(text, _)| text.into_owned()).filter(|text| !text.contains('\u{fffd}'))
}

/// UTF-16 without a byte order mark. Of Latin text every other byte of the sample is mostly NUL; of other scripts the
/// spaces, digits and line ends have such a byte, and read so it is letters, not data.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if sample.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    match (even * 10, odd * 10) {
        (e, o) if o > half * 4 && e < half => return Some(UTF_16LE),
        (e, o) if e > half * 4 && o < half => return Some(UTF_16BE),
        _ => {}
    }
    // Text in other encodings holds no NUL; of single letters the low byte is one, such as the Chinese for `one`.
    if bytes.len() % 2 == 1 || even == odd {
        return None;
    }
    let encoding = if odd > even { UTF_16LE } else { UTF_16BE };
    let (text, broken) = encoding.decode_without_bom_handling(sample);
    let is_text = |c: &char| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation();
    let letters = text.chars().filter(is_text).count();
    let is_data = text.contains(|c: char| c.is_control() && !c.is_whitespace());
    (!broken && !is_data && letters * 10 >= text.chars().count() * 8).then_some(encoding)
}

/// Returns true if and only if at least nine in ten bytes beyond ASCII are part of valid UTF-8 characters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let beyond = bytes.iter().filter(|b| !b.is_ascii()).count();
    let good: usize =
        bytes.utf8_chunks().map(|chunk| chunk.valid().bytes().filter(|b| !b.is_ascii()).count()).sum();
    good * 10 >= beyond * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str =
        "Республика Беларусь и Исламская Республика Пакистан установили отношения в 1994 году.";

    #[test]
    fn bytes_are_read_in_the_encoding_that_is_named() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("Müller, Café – Handel");
        assert_eq!(decode_named(&bytes, Some("Cp1252")).as_deref(), Some("Müller, Café – Handel"));
        let (bytes, _, _) = WINDOWS_1251.encode(RUSSIAN);
        assert_eq!(decode_named(&bytes, None).as_deref(), Some(RUSSIAN));
        assert_eq!(decode_named(&bytes, Some("nonsense")).as_deref(), Some(RUSSIAN));
    }

    #[test]
    fn the_same_text_in_many_encodings_is_the_same() {
        for name in ["UTF-8", "windows-1251", "KOI8-R"] {
            let encoding = Encoding::for_label(name.as_bytes()).unwrap();
            let text = RUSSIAN.repeat(4);
            let (bytes, _, _) = encoding.encode(&text);
            assert_eq!(decode(&bytes).unwrap().0, text, "{name}");
        }
        let chinese = "中国传媒大学人类命运共同体研究院。巴基斯坦与白俄罗斯的合作。".repeat(4);
        let (bytes, _, _) = encoding_rs::GB18030.encode(&chinese);
        assert_eq!(decode(&bytes).unwrap().0, chinese);
        let western = "Attaché militaire à Islamabad, l’été dernier; “coopération” renforcée. ".repeat(4);
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&western);
        assert_eq!(decode(&bytes).unwrap().0, western);
        let utf16: Vec<u8> = "Trade with Minsk".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16).unwrap().0, "Trade with Minsk");
    }

    #[test]
    fn data_is_no_text() {
        assert!(decode(b"\x00\x01\x02\x03abc\xFF\xFE").is_err());
        assert_eq!(foreign_format(b"\x89PNG\r\n\x1a\n..."), Some("a PNG picture"));
    }

    /// Texts of three languages, each with the encodings that can hold it.
    const TEXTS: [(&str, &[&str]); 3] = [
        (
            "Министры обеих стран встретились в Минске и обсудили транзит, пшеницу и цену на газ. Соглашение не \
             было подписано: стороны договорились продолжить переговоры осенью.\n\nПосол отметил, что торговля выросла \
             вдвое за пять лет, хотя железная дорога ещё не достроена. \"Мы ждём решения\", - сказал он.\n",
            &["windows-1251", "KOI8-R"],
        ),
        (
            "Les ministres se sont rencontrés à Minsk et ont évoqué le transit, le blé et le prix du gaz. Rien n’a été \
             signé : les négociations reprendront à l’automne.\n\nL’ambassadeur a précisé que le commerce avait doublé \
             en cinq ans, bien que la voie ferrée ne soit pas encore achevée.\n",
            &["windows-1252"],
        ),
        (
            "两国部长在明斯克会晤，讨论了过境运输、小麦和天然气价格。双方没有签署协议，将于秋季继续谈判。\n\n大使表示，\
             尽管铁路尚未建成，但五年来贸易额翻了一番。中国与巴基斯坦的合作不断加强。\n",
            &["GB18030"],
        ),
    ];

    #[test]
    fn texts_of_a_few_paragraphs_are_the_same_in_every_encoding() {
        for (text, encodings) in TEXTS {
            for name in encodings {
                let (bytes, _, unmappable) = Encoding::for_label(name.as_bytes()).unwrap().encode(text);
                assert!(!unmappable, "{name}");
                assert_eq!(decode(&bytes).unwrap().0, text, "{name}");
            }
            for mark in ["", "\u{feff}"] {
                let marked = format!("{mark}{text}");
                assert_eq!(decode(marked.as_bytes()).unwrap().0, text, "UTF-8");
                let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
                assert_eq!(decode(&little).unwrap().0, text, "UTF-16LE, mark {mark:?}");
                let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
                assert_eq!(decode(&big).unwrap().0, text, "UTF-16BE, mark {mark:?}");
            }
        }
    }

    #[test]
    fn short_texts_are_told_too() {
        for (text, name) in [
            ("Договор о дружбе подписан в Минске.", "windows-1251"),
            ("Договор о дружбе подписан в Минске.", "KOI8-R"),
            ("Le traité a été signé à Minsk.", "windows-1252"),
            ("两国在明斯克签署了友好条约。", "GB18030"),
        ] {
            let (bytes, _, _) = Encoding::for_label(name.as_bytes()).unwrap().encode(text);
            assert_eq!(decode(&bytes).unwrap().0, text, "{name}");
        }
    }
}
