//! Entries of reference lists, read into their fields: a small sequence model labels the tokens, and what it
//! labelled is put together.
//!
//! The weights in `weights.bin` were trained by `examples/train_reference_model.rs` on the 1,514 labelled entries
//! of AnyStyle's `core.xml` (<https://github.com/inukshuk/anystyle>, BSD-2-Clause, see `weights.LICENSE`) and on
//! entries made from the trainer's own templates. The data itself is not part of this package.

mod access;
mod bodies;
mod commas;
pub mod features;
mod fields;
mod gost;
mod keyword;
mod label;
pub mod model;
mod repeat;
pub mod token;
mod work;

pub use label::{LABELS, Label};
pub use repeat::{follow, repeats_a_work};
pub(crate) use token::{is_quote, is_year};

use crate::passage::ParsedReference;
use std::sync::OnceLock;

static WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// An entry is labelled up to this many bytes; longer ones are not entries.
const LONGEST: usize = 4000;

/// The first `most` bytes of a text, fewer where that would cut a character.
pub(crate) fn start_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Where the first year that stands alone in `text` is.
pub(crate) fn year_at(text: &str) -> Option<std::ops::Range<usize>> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| is_year(word))
        .map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            start..start + word.len()
        })
        .next()
}

/// The number printed in front of an entry: `1.`, `[1]`, `1)`, `(1)`, and what follows it.
fn numbered(text: &str) -> Option<(u32, &str)> {
    let bare = text.trim_start().trim_start_matches(['[', '(']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = bare.get(digits..)?;
    let marked = rest.starts_with(['.', ']', ')']) && !rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let number = bare.get(..digits).filter(|d| marked && d.len() <= 3)?.parse().ok()?;
    let rest = rest.trim_start_matches(['.', ']', ')', ' ']);
    // `21. Issue 2, 2004` is the middle of an entry.
    let first: String = rest.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let middle =
        matches!(first.as_str(), "issue" | "no" | "nr" | "vol" | "volume" | "pp" | "p" | "с" | "т" | "вып");
    (!middle).then_some((number, rest))
}

/// The number printed in front of an entry.
pub(crate) fn label_of(entry: &str) -> Option<u32> {
    numbered(without_backlinks(entry)).map(|(number, _)| number)
}

/// Without the links that lead from an entry back to the text: `^ a b c `, `↑ `.
fn without_backlinks(entry: &str) -> &str {
    let Some(mut rest) = entry.trim_start().strip_prefix(['^', '↑']) else { return entry };
    while let Some((word, after)) = rest.trim_start().split_once(' ') {
        if !(word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase())) {
            break;
        }
        rest = after;
    }
    rest.trim_start()
}

/// An entry without its number and what leads back to the text.
fn bare(entry: &str) -> &str {
    let entry = without_backlinks(entry);
    numbered(entry).map_or(entry, |(_, rest)| rest)
}

/// Reads one entry; what cannot be read stays empty. Total over all text.
pub fn parse(entry: &str) -> ParsedReference {
    static MODEL: OnceLock<model::Model> = OnceLock::new();
    parse_with(MODEL.get_or_init(|| model::Model::read(WEIGHTS).unwrap_or_default()), entry)
}

/// Reads one entry with other weights than the package's own: for training.
pub fn parse_with(model: &model::Model, entry: &str) -> ParsedReference {
    let entry = without_backlinks(start_of(entry, LONGEST));
    if let Some(parsed) = gost::parse(entry) {
        return parsed;
    }
    let tokens = token::tokenize(entry);
    let mut labels = model.label(&tokens);
    commas::mark(&tokens, &mut labels);
    bodies::mark(&tokens, &mut labels);
    access::mark(&tokens, &mut labels);
    fields::assemble(&tokens, &labels)
}

#[cfg(test)]
mod tests;
