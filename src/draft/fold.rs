//! What counts as the same text: Unicode NFKC, all quotation marks and apostrophes alike, all dashes alike
//! (`--` and `---` too), every run of white space one space. Nothing else: capitals and punctuation count.

use unicode_normalization::UnicodeNormalization;

/// The folded text, without white space at its ends.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc() {
        let c = match c {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛' | '`' | '´' | '′'
            | '″' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let doubled = matches!(c, ' ' | '-' | '\'') && out.ends_with(c);
        if !(doubled || c == ' ' && out.is_empty()) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The word without punctuation, in lower case: what an alignment compares first.
pub fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A piece of a folded quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words that must stand in the source.
    Text(String),
    /// Left out or put in by the writer: at most so many bytes of the source stand here.
    Gap(usize),
    /// A letter whose case the writer changed.
    Letter(char),
}

/// How far the parts that an ellipsis joins may stand from each other, in bytes.
const ELISION: usize = 1500;
/// How much of the source the writer's `[words]` may stand for, in bytes.
const INSERTION: usize = 60;

/// A folded quotation in pieces at its ellipses and square brackets.
pub fn pieces(folded: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let (piece, length) = if let Some((inside, length)) = bracket(rest) {
            let after_is_letter =
                rest.get(length..).and_then(|r| r.chars().next()).is_some_and(char::is_alphabetic);
            let mut inner = inside.chars();
            match (inner.next(), inner.next()) {
                (Some(letter), None) if letter.is_alphabetic() && after_is_letter => {
                    (Some(Piece::Letter(letter)), length)
                }
                _ if inside.chars().all(|c| c == '.' || c == ' ') => (Some(Piece::Gap(ELISION)), length),
                _ => (Some(Piece::Gap(INSERTION)), length),
            }
        } else if rest.starts_with("...") || rest.starts_with(". . .") {
            let length = rest.find(|c| c != '.' && c != ' ').unwrap_or(rest.len());
            (Some(Piece::Gap(ELISION)), length)
        } else {
            (None, c.len_utf8())
        };
        match piece {
            Some(piece) => {
                flush(&mut text, &mut pieces);
                pieces.push(piece);
            }
            None => text.push(c),
        }
        rest = rest.get(length..).unwrap_or("");
    }
    flush(&mut text, &mut pieces);
    pieces
}

fn flush(text: &mut String, pieces: &mut Vec<Piece>) {
    let words = std::mem::take(text);
    let trimmed = words.trim();
    if !trimmed.is_empty() {
        pieces.push(Piece::Text(trimmed.to_owned()));
    }
}

/// What stands in the square brackets at the start of `text`, and the length with them.
fn bracket(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(']')?;
    Some((inside.get(..end)?, end + 2))
}
