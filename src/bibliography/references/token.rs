//! The tokens of a reference entry and what can be seen of each.

use super::keyword;
use crate::bibliography::date::month_number;

/// One token: the characters between white space, with punctuation; numbers run together (`12;45(3):1–9`) are
/// cut apart behind their marks.
#[derive(Debug, Clone)]
pub struct Token<'a> {
    /// The characters as they stand.
    pub text: &'a str,
    /// The characters without marks around them, lower-case.
    pub word: String,
    /// What it looks like.
    pub shape: Shape,
    /// The mark that closes it, most telling one first.
    pub end: Mark,
    /// The mark that opens it.
    pub start: Mark,
    /// What sort of telling word it is; 0: none.
    pub key: u8,
}

/// What a token looks like, marks around it aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Shape {
    Empty,
    Lower,
    Capital,
    Upper,
    Initial,
    Mixed,
    Year,
    Number,
    LongNumber,
    Range,
    VolumeIssue,
    Roman,
    Month,
    Url,
    Doi,
    WithDigit,
    Other,
}

/// A mark at the edge of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Mark {
    None,
    Stop,
    Comma,
    Semicolon,
    Colon,
    Question,
    Quote,
    StopQuote,
    CommaQuote,
    Bracket,
    BracketStop,
    BracketComma,
    Dash,
    Slashes,
    Other,
}

/// How many sorts of marks there are.
pub(super) const MARKS: usize = 15;
/// How many shapes there are.
pub(super) const SHAPES: usize = 17;

pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '\'' | '`' | '‹' | '›')
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '>')
}

/// Cuts an entry into tokens.
pub fn tokenize(entry: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for word in entry.split_whitespace() {
        let mut rest = word;
        while let Some(at) = cut_point(rest) {
            tokens.push(Token::new(&rest[..at]));
            rest = &rest[at..];
        }
        tokens.push(Token::new(rest));
    }
    tokens
}

/// Where to cut a token in two: before `//` at its end, and behind `;`, `:` or `)` between numbers.
fn cut_point(word: &str) -> Option<usize> {
    if word.len() < 3 || word.len() > 40 {
        return None;
    }
    if let Some(front) = word.strip_suffix("//") {
        return (!front.is_empty() && !front.ends_with(':')).then_some(front.len());
    }
    if !word.bytes().all(|b| b.is_ascii_digit() || b";:(),.-".contains(&b) || b >= 0x80) {
        return None;
    }
    let bytes = word.as_bytes();
    (1..bytes.len().saturating_sub(1)).find_map(|i| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mark = matches!(bytes[i], b';' | b':') && digit(i + 1) && (digit(i - 1) || bytes[i - 1] == b')');
        mark.then_some(i + 1)
    })
}

impl<'a> Token<'a> {
    fn new(text: &'a str) -> Token<'a> {
        let trimmed = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let core = trimmed.trim_end_matches(|c: char| !c.is_alphanumeric());
        let word: String = core.chars().flat_map(char::to_lowercase).collect();
        let start = opening(&text[..text.len() - trimmed.len()]);
        let end = if core.is_empty() { closing(text) } else { closing(&trimmed[core.len()..]) };
        let key = keyword::sort(&word);
        let mut token = Token { text, word, shape: Shape::Empty, end, start, key };
        token.shape = shape(text, core, &token.word);
        token
    }

    /// Returns true if and only if the characters with their marks end a name's initial: `M.`, `J.-P.`
    pub(super) fn is_initial(&self) -> bool {
        self.shape == Shape::Initial
    }
}

fn opening(marks: &str) -> Mark {
    match marks.chars().find(|c| is_quote(*c) || is_open(*c) || *c == '-' || *c == '/') {
        _ if marks.is_empty() => Mark::None,
        Some(c) if is_quote(c) => Mark::Quote,
        Some('-') => Mark::Dash,
        Some('/') => Mark::Slashes,
        Some(_) => Mark::Bracket,
        None => Mark::Other,
    }
}

fn closing(marks: &str) -> Mark {
    let has = |f: fn(char) -> bool| marks.chars().any(f);
    let (stop, comma) = (marks.contains('.'), marks.contains(','));
    if marks.is_empty() {
        Mark::None
    } else if has(is_close) {
        match (stop, comma || marks.contains(';')) {
            (true, _) => Mark::BracketStop,
            (false, true) => Mark::BracketComma,
            _ if marks.contains(':') => Mark::Colon,
            _ => Mark::Bracket,
        }
    } else if has(is_quote) {
        match (stop, comma) {
            (true, _) => Mark::StopQuote,
            (false, true) => Mark::CommaQuote,
            _ => Mark::Quote,
        }
    } else if marks.contains("//") {
        Mark::Slashes
    } else if comma {
        Mark::Comma
    } else if marks.contains(';') {
        Mark::Semicolon
    } else if marks.contains(':') {
        Mark::Colon
    } else if marks.contains(['?', '!']) {
        Mark::Question
    } else if stop {
        Mark::Stop
    } else if has(|c| matches!(c, '-' | '–' | '—')) {
        Mark::Dash
    } else {
        Mark::Other
    }
}

/// Returns true if and only if `text` is a year, perhaps with a letter: `2020`, `2020b`.
pub(crate) fn is_year(text: &str) -> bool {
    let digits = text.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(text);
    let known = ["14", "15", "16", "17", "18", "19", "20"];
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && known.iter().any(|k| digits.starts_with(k))
}

fn shape(text: &str, core: &str, word: &str) -> Shape {
    if core.is_empty() {
        return Shape::Empty;
    }
    if word.starts_with("http") || word.starts_with("www.") || word.contains("://") {
        return if word.contains("doi.org/10.") { Shape::Doi } else { Shape::Url };
    }
    if word.starts_with("10.") && word.contains('/') || word.starts_with("doi:10.") {
        return Shape::Doi;
    }
    if is_year(core) {
        return Shape::Year;
    }
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    if digits > 0 && letters == 0 {
        let dashed = core.contains(['-', '–', '—', '‐', '−']);
        return match core {
            _ if core.contains('(') => Shape::VolumeIssue,
            _ if dashed => Shape::Range,
            _ if digits > 4 => Shape::LongNumber,
            _ => Shape::Number,
        };
    }
    if digits > 0 {
        return Shape::WithDigit;
    }
    if month_number(core).is_some() {
        return Shape::Month;
    }
    word_shape(text, core, letters)
}

fn word_shape(text: &str, core: &str, letters: usize) -> Shape {
    let upper = core.chars().filter(|c| c.is_uppercase()).count();
    let first = core.chars().next().is_some_and(char::is_uppercase);
    let roman = core.chars().all(|c| "IVXLC".contains(c)) || core.chars().all(|c| "ivxlc".contains(c));
    match upper {
        0 if roman && letters > 1 => Shape::Roman,
        0 if letters > 0 => Shape::Lower,
        n if n == letters && letters <= 3 && (text.contains('.') || letters == 1) => Shape::Initial,
        n if n == letters && roman && letters > 1 => Shape::Roman,
        n if n == letters => Shape::Upper,
        1 if first => Shape::Capital,
        0 => Shape::Other,
        _ => Shape::Mixed,
    }
}
