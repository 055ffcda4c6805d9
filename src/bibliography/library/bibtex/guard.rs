//! What the parser of BibLaTeX cannot be trusted with: it follows `@string`s and what entries inherit by recursion, as far as
//! they lead, so that a circle would end the program and a few short lines fill the memory.

use biblatex::{Pair, RawChunk, RawEntry, Spanned};
use std::collections::BTreeMap;

/// Bytes of the longest text that a `@string` may stand for, and of all that an entry may take from them.
const LONGEST_STRING: usize = 1 << 16;
/// How many entries an entry may inherit from, those that these inherit from counted as often as they are reached.
const MOST_PARENTS: usize = 100;

/// The lengths of the texts that `@string`s stand for, by their names in small letters.
#[derive(Default)]
pub(super) struct Strings(BTreeMap<String, usize>);

impl Strings {
    /// Takes in a `@string`.
    ///
    /// # Errors
    /// Why it is left out: it uses what is not defined before it, as BibTeX has it, or stands for too long a text.
    pub(super) fn define(&mut self, string: &Pair<'_>) -> Result<(), String> {
        let name = string.key.v;
        let undefined = string.value.v.iter().find_map(|chunk| match chunk.v {
            RawChunk::Abbreviation(used) if !self.0.contains_key(&used.to_lowercase()) && !is_month(used) => {
                Some(used)
            }
            _ => None,
        });
        if let Some(used) = undefined {
            return Err(format!("@string `{name}` is left out: `{used}` is not defined above it"));
        }
        let length = string.value.v.iter().map(|chunk| self.length(chunk)).fold(0, usize::saturating_add);
        if length > LONGEST_STRING {
            return Err(format!("@string `{name}` is left out: it stands for {length} bytes"));
        }
        self.0.insert(name.to_lowercase(), length);
        Ok(())
    }

    /// Returns true if and only if an entry takes no more from `@string`s than a library has.
    pub(super) fn fit(&self, entry: &RawEntry<'_>) -> bool {
        let chunks = entry.fields.iter().flat_map(|field| &field.value.v);
        let used = chunks.filter(|chunk| matches!(chunk.v, RawChunk::Abbreviation(_)));
        used.map(|chunk| self.length(chunk)).fold(0, usize::saturating_add) <= LONGEST_STRING
    }

    fn length(&self, chunk: &Spanned<RawChunk<'_>>) -> usize {
        match chunk.v {
            RawChunk::Normal(text) => text.len(),
            RawChunk::Abbreviation(name) => self.0.get(&name.to_lowercase()).copied().unwrap_or(name.len()),
        }
    }
}

/// The months that need no definition.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.contains(&word.to_lowercase().as_str())
}

/// For each entry why it may not inherit: it would do so from itself, or from more entries than a library has; `None` where
/// all is well.
pub(super) fn inheritance(entries: &[Spanned<RawEntry<'_>>]) -> Vec<Option<String>> {
    let numbers: BTreeMap<&str, usize> =
        entries.iter().enumerate().rev().map(|(i, e)| (e.v.key.v, i)).collect();
    let parents: Vec<Vec<usize>> = entries
        .iter()
        .map(|entry| parents(&entry.v).iter().filter_map(|key| numbers.get(key.as_str()).copied()).collect())
        .collect();
    (0..entries.len()).map(|start| why_not(start, &parents)).collect()
}

fn why_not(start: usize, parents: &[Vec<usize>]) -> Option<String> {
    let mut waiting = parents.get(start)?.clone();
    let mut reached = 0;
    while let Some(at) = waiting.pop() {
        reached += 1;
        if at == start {
            return Some("it inherits from itself".to_owned());
        }
        if reached > MOST_PARENTS {
            return Some(
                "what it inherits from leads in a circle, or to more entries than a library has".to_owned(),
            );
        }
        waiting.extend(&parents[at]);
    }
    None
}

/// The keys of the entries that one inherits from.
fn parents(entry: &RawEntry<'_>) -> Vec<String> {
    let fields = entry.fields.iter().filter(|field| is_inheritance(field));
    let text = fields.flat_map(|field| field.value.v.iter().chain([&COMMA])).map(|chunk| match chunk.v {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    });
    let keys: String = text.collect();
    keys.split(',')
        .map(|key| key.trim_matches(|c: char| c.is_whitespace() || "{}\"".contains(c)).to_owned())
        .collect()
}

/// What parts the keys of two fields.
const COMMA: Spanned<RawChunk<'static>> = Spanned { v: RawChunk::Normal(","), span: 0..0 };

/// Returns true if and only if a field names entries to inherit from.
pub(super) fn is_inheritance(field: &Pair<'_>) -> bool {
    ["crossref", "xdata"].iter().any(|name| field.key.v.eq_ignore_ascii_case(name))
}
