//! What counts as the same text: Unicode NFKC, all quotation marks and apostrophes alike, all dashes alike
//! (`--` and `---` too), every run of white space one space, and without the characters that no one sees: soft hyphens,
//! zero-width spaces, joiners of words. Nothing else: capitals and punctuation count.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The folded text, without white space at its ends.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc() {
        let c = match c {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛' | '`' | '´' | '′'
            | '″' | '「' | '」' | '『' | '』' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c if c.is_whitespace() => ' ',
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => continue,
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

/// The number of words; signs of scripts without spaces between words count as one each.
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}

/// Returns true if and only if `c` belongs to a script that puts no spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x0E00..=0x0EFF)
}

/// A piece of a folded quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words that must stand in the source.
    Text(String),
    /// What the writer left out or put in.
    Gap(Gap),
    /// A letter whose case the writer changed.
    Letter(char),
}

/// Where a quotation departs from its source with notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// `…`: words left out; else `[words]` of the writer.
    pub ellipsis: bool,
    /// The writer's words.
    pub words: String,
    /// It begins within a word: `govern[ment]`.
    pub cuts_before: bool,
    /// It ends within a word: `[un]known`.
    pub cuts_behind: bool,
}

/// A folded quotation in pieces at its ellipses and square brackets.
pub fn pieces(folded: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let cuts_before = text.ends_with(char::is_alphanumeric);
        let behind = |length: usize| rest.get(length..).and_then(|r| r.chars().next());
        let (piece, length) = if let Some((inside, length)) = bracket(rest) {
            let cuts_behind = behind(length).is_some_and(char::is_alphanumeric);
            let mut inner = inside.chars();
            let ellipsis = inside.chars().all(|c| c == '.' || c == ' ');
            match (inner.next(), inner.next()) {
                (Some(letter), None) if letter.is_alphabetic() && cuts_behind && !cuts_before => {
                    (Some(Piece::Letter(letter)), length)
                }
                _ => {
                    let words = if ellipsis { String::new() } else { inside.to_owned() };
                    let cuts = !ellipsis;
                    let gap = Gap {
                        ellipsis,
                        words,
                        cuts_before: cuts && cuts_before,
                        cuts_behind: cuts && cuts_behind,
                    };
                    (Some(Piece::Gap(gap)), length)
                }
            }
        } else if rest.starts_with("...") || rest.starts_with(". . .") {
            let length = rest.find(|c| c != '.' && c != ' ').unwrap_or(rest.len());
            let gap = Gap { ellipsis: true, words: String::new(), cuts_before: false, cuts_behind: false };
            (Some(Piece::Gap(gap)), length)
        } else {
            (None, c.len_utf8())
        };
        match piece {
            Some(piece) => {
                flush(&mut text, &mut pieces);
                push(&mut pieces, piece);
            }
            None => text.push(c),
        }
        rest = rest.get(length..).unwrap_or("");
    }
    flush(&mut text, &mut pieces);
    pieces
}

/// Two gaps with nothing between are one.
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Gap(last)), Piece::Gap(next)) => {
            last.ellipsis |= next.ellipsis;
            last.words = [last.words.as_str(), next.words.as_str()].join(" ").trim().to_owned();
            last.cuts_behind = next.cuts_behind;
        }
        (_, piece) => pieces.push(piece),
    }
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
