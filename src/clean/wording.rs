//! How a stretch of text begins and ends: in mid-sentence, with a stop, with a list mark.

use super::markup::is_invisible;
use super::superscript::is_superscript;

/// How a stretch of text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A full stop, question or exclamation mark, maybe inside closing quotes or brackets.
    Stop,
    /// A stop that belongs to an abbreviation or an initial, so that the sentence goes on.
    Abbreviation,
    /// A colon or a semicolon.
    Colon,
    /// A hyphen behind a letter.
    Hyphen,
    /// Anything else: the sentence is open.
    Open,
}

/// How a stretch of text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// A small letter, maybe inside opening quotes or brackets.
    Lower,
    /// A capital letter, or a letter of a script without case.
    Upper,
    /// A digit.
    Digit,
    /// Something else.
    Other,
}

const CLOSERS: &[char] = &['"', '\'', '”', '’', '»', ')', ']', '*', '_', '>', '“', '）', '」'];
const OPENERS: &[char] = &['"', '\'', '“', '‘', '«', '(', '[', '*', '_', '<', '„', '…', '（'];

/// Titles and other short forms behind which a sentence always goes on.
const NEVER_LAST: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "lt", "col", "gov", "rev", "hon", "amb", "messrs", "st",
    "capt", "sgt", "maj", "vs", "cf", "e.g", "i.e", "pp", "fig", "vol", "viz",
];

/// How `text` ends.
pub fn end_of(text: &str) -> End {
    if text.as_bytes().last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b',') {
        return if ends_with_note_mark(text) { End::Stop } else { End::Open };
    }
    let mut bare =
        text.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c)).trim_end_matches(CLOSERS);
    // So does one set high, or several: `trade.¹² ¹³`.
    bare = bare.trim_end_matches(|c| is_superscript(c) || c == ' ').trim_end_matches(CLOSERS);
    // A note mark behind the stop: `trade.[12]`.
    if text.ends_with(']')
        && let Some(open) = bare.rfind('[')
    {
        let mark = &bare[open + 1..];
        let is_number = mark.len() <= 9 && mark.bytes().all(|b| b.is_ascii_digit() || b", -".contains(&b));
        // Markdown names its notes: `trade.[^12]`, `trade.[^khan2020]`.
        let is_name = mark.len() <= 32 && mark.starts_with('^') && !mark.contains(' ');
        if !mark.is_empty() && (is_number || is_name) {
            bare = bare[..open].trim_end().trim_end_matches(CLOSERS);
        }
    }
    let mut back = bare.chars().rev();
    match back.next() {
        Some('.') if ends_in_abbreviation(bare) => End::Abbreviation,
        Some(stop) if is_full_stop(stop) => End::Stop,
        // A picture sign closes what it stands behind.
        Some('\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}') => End::Stop,
        Some(':' | ';' | '：' | '；') => End::Colon,
        Some('-' | '–' | '—') if bare.trim_end_matches(['-', '–', '—']).ends_with(':') => End::Colon,
        Some('-' | '\u{2010}' | '\u{AD}' | '\u{AC}') if back.next().is_some_and(char::is_alphabetic) => {
            End::Hyphen
        }
        _ => End::Open,
    }
}

/// Returns true if and only if `c` ends sentences in some script: Latin, Greek and Cyrillic; Arabic and Urdu; Chinese
/// and Japanese; Indic scripts; Armenian, Ethiopic, Burmese, Khmer, Tibetan, Mongolian.
pub fn is_full_stop(c: char) -> bool {
    const STOPS: &str = ".!?…؟۔。！？｡।॥։።፧၊။។༎᠃⁇⁈⁉‼";
    if c.is_ascii() { matches!(c, '.' | '!' | '?') } else { STOPS.contains(c) }
}

/// Returns true if and only if `c` is a small letter of a script that writes sentences with capitals. Georgian letters
/// are small ones by Unicode, but Georgian text has no capitals.
pub fn is_small(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10D0}'..='\u{10FF}' | '\u{2D00}'..='\u{2D2F}')
}

/// Returns true if and only if `text` begins with a letter of a script without case: nothing shows whether it begins a
/// sentence.
pub fn begins_caseless(text: &str) -> bool {
    let first = text.trim_start().trim_start_matches(OPENERS).chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !is_small(c) && !c.is_uppercase())
}

/// Returns true if and only if `text` ends with a stop behind a word and the number of a note, which was
/// raised in print: `trade.12`.
fn ends_with_note_mark(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - bare.len();
    let word = bare.strip_suffix(['.', '!', '?']).or(bare.strip_suffix(".”")).or(bare.strip_suffix(".\""));
    (1..=3).contains(&digits)
        && word.is_some_and(|w| {
            w.chars().next_back().is_some_and(|c| c.is_alphabetic() || matches!(c, ')' | '”' | '"'))
        })
}

/// Returns true if and only if the last word of `text`, which ends with a stop, is a title before a
/// name or another short form that ends no sentence.
fn ends_in_abbreviation(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_start_matches(OPENERS);
    let Some(word) = word.strip_suffix('.') else { return false };
    word.len() <= 6 && NEVER_LAST.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// How `text` begins.
pub fn start_of(text: &str) -> Start {
    match text.as_bytes().first() {
        Some(b'a'..=b'z') => return Start::Lower,
        Some(b'A'..=b'Z') => return Start::Upper,
        _ => {}
    }
    match text.trim_start().trim_start_matches(OPENERS).chars().next() {
        Some(c) if is_small(c) => Start::Lower,
        Some(c) if c.is_alphabetic() => Start::Upper,
        Some(c) if c.is_numeric() => Start::Digit,
        _ => Start::Other,
    }
}

/// The length of the bullet with its blank that `text` begins with. A long dash is none: it begins the lines
/// of a dialogue in many languages.
pub fn bullet(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mark = chars.next()?;
    if !matches!(
        mark,
        '-' | '*' | '+' | '•' | '◦' | '▪' | '■' | '●' | '‣' | '–' | '·' | '\u{F0B7}' | '✓' | '➢'
    ) {
        return None;
    }
    let rest = chars.as_str();
    let words = rest.trim_start();
    (rest.len() > words.len() && !words.is_empty()).then(|| text.len() - words.len())
}

/// The length of the enumerator with its blank that `text` begins with: `1.`, `(2)`, `b)`, `iv.`, `[3]`.
pub fn enumerator(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(['“', '"', '(', '[']);
    let opened = text.len() - bare.len();
    let mark = bare.bytes().take(6).position(|b| matches!(b, b'.' | b')' | b']'))?;
    let label = &bare[..mark];
    let number = !label.is_empty() && label.len() <= 3 && label.bytes().all(|b| b.is_ascii_digit());
    let letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = (1..=5).contains(&label.len()) && label.bytes().all(|b| b"ivxlIVXL".contains(&b));
    // A capital and a stop is an initial, as in `A. Khan`.
    let initial = opened == 0
        && letter
        && label.bytes().all(|b| b.is_ascii_uppercase())
        && bare[mark..].starts_with('.');
    if !(number || letter || roman) || initial {
        return None;
    }
    let rest = &bare[mark + 1..];
    let words = rest.trim_start();
    (rest.len() > words.len() && !words.is_empty()).then(|| text.len() - words.len())
}

/// The first `bytes` bytes of `text`, or up to three more where a character would be cut.
pub fn head(text: &str, bytes: usize) -> &str {
    (bytes..bytes + 4).find_map(|at| text.get(..at)).unwrap_or(text)
}

/// The last `bytes` bytes of `text`, or up to three more where a character would be cut.
pub fn tail(text: &str, bytes: usize) -> &str {
    (bytes..bytes + 4).find_map(|len| text.get(text.len().checked_sub(len)?..)).unwrap_or(text)
}

/// Returns true if and only if a bracket that opens near the end of `before` closes near the
/// beginning of `after`: a citation or an aside was cut in two.
pub fn bracket_spans(before: &str, after: &str) -> bool {
    let (tail, head) = (tail(before, 160), head(after, 160));
    for (open, close) in [('(', ')'), ('[', ']')] {
        let is_open = tail.rfind(open).is_some_and(|at| !tail[at..].contains(close));
        let closes = head.find(close).is_some_and(|at| !head[..at].contains(open));
        // `(2) …` and `1) …` close nothing that was opened before.
        if is_open && closes && enumerator(after).is_none() {
            return true;
        }
    }
    false
}

/// Returns true if and only if `text` ends with a word or sign that cannot end a sentence or a
/// heading: a preposition, an article, a conjunction, a comma.
pub fn ends_hanging(text: &str) -> bool {
    const HANGING: &[&str] = &[
        "a", "an", "and", "as", "at", "between", "but", "by", "for", "from", "his", "in", "into", "is",
        "its", "of", "on", "or", "our", "than", "that", "the", "their", "this", "to", "under", "was", "were",
        "which", "with", "are", "has", "have", "had", "will", "would", "be", "been", "de", "la", "und",
        "der", "die", "et", "и", "в",
    ];
    let bare = text.trim_end();
    if bare.ends_with([',', '(', '–', '—']) {
        return true;
    }
    let word = bare.rsplit(char::is_whitespace).next().unwrap_or("");
    HANGING.contains(&word)
}

/// The last word of `text`.
pub fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(char::is_whitespace).next().unwrap_or("")
}

/// Returns true if and only if `text` has a whole sentence or is as long as one, so that it cannot be
/// a heading, a name or a label.
pub fn is_prose(text: &str) -> bool {
    text.len() >= 160 || (text.len() >= 60 && end_of(text) == End::Stop && start_of(text) != Start::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told_apart() {
        for (text, end) in [
            ("It was signed.", End::Stop),
            ("It was “signed.”", End::Stop),
            ("It was signed.[12]", End::Stop),
            ("It was signed.12", End::Stop),
            ("It was signed.¹² ¹³", End::Stop),
            ("It was signed.[^12]", End::Stop),
            ("It was signed[^12]", End::Open),
            ("It rose to 3.5", End::Open),
            ("He met Mr.", End::Abbreviation),
            ("the following:", End::Colon),
            ("It was signed. ¹²", End::Stop),
            ("as follows:-", End::Colon),
            ("the eco-", End::Hyphen),
            ("the eco\u{AC}", End::Hyphen),
            ("1955-", End::Open),
            ("between", End::Open),
            ("اتفاق کیا۔", End::Stop),
            ("ماذا قال؟", End::Stop),
            ("Նա գնաց։", End::Stop),
            ("他走了。", End::Stop),
            ("उसने कहा॥", End::Stop),
            ("", End::Open),
        ] {
            assert_eq!(end_of(text), end, "{text}");
        }
    }

    #[test]
    fn scripts_without_case_have_no_small_letters() {
        assert_eq!(start_of("საქართველო და"), Start::Upper);
        assert!(begins_caseless("საქართველო") && begins_caseless("«وزیر") && begins_caseless("他"));
        assert!(!begins_caseless("Minister") && !begins_caseless("министр") && !begins_caseless("12"));
        assert_eq!(start_of("министр"), Start::Lower);
    }

    #[test]
    fn list_marks_are_told_from_names_and_numbers() {
        for good in ["1. One", "(2) Two", "b) three", "iv. four", "[3] five", "“53. six"] {
            assert!(enumerator(good).is_some(), "{good}");
        }
        for bad in ["A. Khan wrote", "1955. The", "3.5 per cent", "word", "(and so)"] {
            assert!(enumerator(bad).is_none(), "{bad}");
        }
        assert_eq!(bullet("- Training"), Some(2));
        assert_eq!(bullet("-5 degrees"), None);
    }

    #[test]
    fn a_cut_bracket_is_seen() {
        assert!(bracket_spans("was signed (Khan et al.", "2020). Later"));
        assert!(!bracket_spans("was signed (Khan 2020).", "Later (2021)"));
        assert!(!bracket_spans("the ( was lost", "(2) Second"));
    }
}
