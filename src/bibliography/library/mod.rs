//! [`Library`]: what the user's own library file states of the sources, read from the top of the seeds folder.
//!
//! Five formats are understood, each under its one name: `library.bib` (BibLaTeX or BibTeX), `library.yml` or
//! `library.yaml` (Hayagriva), `library.json` (CSL-JSON), `library.ris` (RIS) and `library.nbib` (PubMed). Several may stand side by side; an entry in a format
//! named earlier here wins over one with the same key in a later one. An entry says which of the seeds it
//! describes by a `file` field:
//!
//! - BibLaTeX: `file` as written by Better BibTeX (`path`, `path;path`, `description:path:mime`) and JabRef
//!   (`:path:PDF`), with `\:`, `\;` and `\\` read as the bare sign.
//! - Hayagriva: a key `file:` beside `title:`, one path or a list of paths; Hayagriva itself ignores it.
//! - CSL-JSON: `file` (a string, several separated by `;`, or an array), `custom.file`, the `path` of each of
//!   `attachments`, or a line `file: path` in `note`, as in Zotero's “Extra” field.
//! - RIS: `L1`, `L4` or `LK`.
//!
//! A Zotero export names places outside the seeds, and other programs name none: how a file comes to its entry then is said
//! at [`Library::attach`] and [`Library::recognise`].

mod attachment;
mod bibtex;
mod csl_json;
mod hayagriva;
mod identity;
mod nbib;
mod ris;

pub use attachment::By;
pub use identity::Identity;

use super::Work;
use crate::passage::Citekey;
use crate::seed_file::read_beside;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The names a library file may have, in the order in which they win.
pub const FILE_NAMES: [&str; 6] =
    ["library.bib", "library.yml", "library.yaml", "library.json", "library.ris", "library.nbib"];

/// Bytes of a library file beyond which it is not read: ten times the largest that people keep.
const MOST_BYTES: u64 = 64 << 20;

/// A mistake in a library file. It never stops the reading: what it is about is left out, the rest is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct LibraryError {
    /// The library file's name.
    pub file: &'static str,
    /// 1-based line in it.
    pub line: u32,
    /// What is wrong and what to do, lower-case.
    pub message: String,
}

/// One entry of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct LibraryEntry {
    /// Its key, which is the citekey of the source.
    pub key: Citekey,
    /// What it states.
    pub work: Work,
    /// The files of the seeds it describes, relative to the seeds folder, `/` between parts, in its own order; none before
    /// [`Library::attach`].
    pub files: Vec<String>,
    /// The files it names, as written.
    written: Vec<String>,
    /// The library file's name.
    pub library: &'static str,
    /// 1-based line in the library file where it starts.
    pub line: u32,
}

impl LibraryEntry {
    /// A hash over all that the entry states of its work: equal exactly when key and work are. Stable between runs.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.key.as_str().as_bytes());
        hasher.update(&[0]);
        // A `Work` has string keys and finite values only, so that writing it cannot fail.
        hasher.update(&serde_json::to_vec(&self.work).unwrap_or_default());
        *hasher.finalize().as_bytes()
    }
}

/// An entry as a format's reader gives it: files as written, not yet looked for.
struct Draft {
    key: String,
    work: Work,
    files: Vec<String>,
    line: u32,
}

/// Everything the library files of a seeds folder state.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The entries, in the order of the files.
    pub entries: Vec<LibraryEntry>,
    /// Everything that is wrong with them, in the same order.
    pub errors: Vec<LibraryError>,
    by_file: BTreeMap<String, Attached>,
    by_key: BTreeMap<Citekey, usize>,
    known: identity::Known,
}

/// The entry that a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Attached {
    entry: usize,
    place: u32,
    by: By,
}

/// A document's place in the library.
#[derive(Debug, Clone, Copy)]
pub struct Found<'l> {
    /// The entry that it belongs to.
    pub entry: &'l LibraryEntry,
    /// Which of the entry's files it is, from 0; [`u32::MAX`] for one that the entry does not name.
    pub place: u32,
    /// How it was found.
    pub by: By,
}

/// Gives the text of bytes that are no UTF-8; it is told the encoding that the file names.
pub type Decode<'a> = &'a dyn Fn(&[u8], Option<&str>) -> Option<String>;

impl Library {
    /// Reads the library files at the top of `seeds`, which are UTF-8. Without any the library is empty. Never fails: all
    /// that is wrong is listed in [`Library::errors`].
    pub fn read(seeds: &Path) -> Library {
        Library::read_as(seeds, &|_, _| None)
    }

    /// The same of files in any encoding: `decode` gives the text of bytes that are no UTF-8, and is told the encoding that
    /// the file names, as JabRef does in its first lines (`% Encoding: Cp1252`).
    pub fn read_as(seeds: &Path, decode: Decode<'_>) -> Library {
        let mut library = Library::default();
        for name in FILE_NAMES {
            let bytes = match read_beside(seeds, name, MOST_BYTES) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(reason) => {
                    library.complain(name, 1, format!("cannot be read: {reason}"));
                    continue;
                }
            };
            let text = match std::str::from_utf8(&bytes) {
                Ok(text) => std::borrow::Cow::Borrowed(text),
                Err(_) => match decode(&bytes, stated_encoding(&bytes).as_deref()) {
                    Some(text) => text.into(),
                    None => {
                        let message = "is not UTF-8 text: save it as UTF-8".to_owned();
                        library.complain(name, bad_line(&bytes), message);
                        String::from_utf8_lossy(&bytes)
                    }
                },
            };
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let mut complaints = Vec::new();
            let drafts = match name {
                "library.bib" => bibtex::read(text, &mut complaints),
                "library.json" => csl_json::read(text, &mut complaints),
                "library.ris" => ris::read(text, &mut complaints),
                "library.nbib" => nbib::read(text, &mut complaints),
                _ => hayagriva::read(text, &mut complaints),
            };
            for (line, message) in complaints {
                library.complain(name, line, message);
            }
            for draft in drafts {
                library.add(name, draft);
            }
        }
        library.known = identity::Known::of(&library.entries);
        library.sort_errors();
        library
    }

    fn sort_errors(&mut self) {
        self.errors.sort_by_key(|e| (FILE_NAMES.iter().position(|n| *n == e.file), e.line));
    }

    /// The entry that the file with that path, relative to the seeds folder, was attached to.
    pub fn lookup(&self, path: &str) -> Option<Found<'_>> {
        let Attached { entry, place, by } = *self.by_file.get(path)?;
        Some(Found { entry: self.entries.get(entry)?, place, by })
    }

    /// The entry that a document belongs to by what it says of itself, for those that no entry names: by its DOI or ISBN, or
    /// by its title with an author or the year. `None` where that leads to no entry or to several.
    pub fn recognise(&self, identity: &Identity) -> Option<Found<'_>> {
        let (entry, by) = self.known.find(identity)?;
        Some(Found { entry: self.entries.get(entry)?, place: u32::MAX, by })
    }

    /// The entry with that key.
    pub fn entry(&self, key: &Citekey) -> Option<&LibraryEntry> {
        self.by_key.get(key).and_then(|i| self.entries.get(*i))
    }

    /// Every citekey of the library.
    pub fn keys(&self) -> BTreeSet<Citekey> {
        self.by_key.keys().cloned().collect()
    }

    fn complain(&mut self, file: &'static str, line: u32, message: String) {
        self.errors.push(LibraryError { file, line, message });
    }

    /// Takes a draft in unless its key is bad or already there.
    fn add(&mut self, library: &'static str, draft: Draft) {
        let line = draft.line;
        let Some(key) = Citekey::new(&draft.key) else {
            let message = match draft.key.is_empty() {
                true => "entry without a key: give it one, such as `khan2021`".to_owned(),
                false => format!("key `{}` holds white space: write it without", draft.key),
            };
            return self.complain(library, line, message);
        };
        if let Some(first) = self.entry(&key) {
            let message = format!(
                "key `{key}` is already used at {}:{}: this entry is left out, give it another key",
                first.library, first.line
            );
            return self.complain(library, line, message);
        }
        self.by_key.insert(key.clone(), self.entries.len());
        let Draft { work, files: written, .. } = draft;
        self.entries.push(LibraryEntry { key, work, files: Vec::new(), written, library, line });
    }
}

/// Where the lines of a text end, so that a large library finds its line numbers at once.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(memchr::memchr_iter(b'\n', text.as_bytes()).collect())
    }

    /// The 1-based line of the byte offset `at`.
    fn at(&self, at: usize) -> u32 {
        u32::try_from(self.0.partition_point(|end| *end < at)).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// Brackets within each other beyond which no person wrote them: parsers go down as deep, or take a time that grows with
/// the square.
const DEEPEST: usize = 200;

/// The reason for leaving an entry out that nests deeper.
const TOO_DEEP: &str = "its brackets nest too deeply";

/// Returns true if and only if brackets of a sort stand more than [`DEEPEST`] within each other.
fn nests_too_deeply(entry: &str) -> bool {
    let mut depths = [0usize; 2];
    for byte in entry.bytes() {
        match byte {
            b'{' => depths[0] += 1,
            b'[' => depths[1] += 1,
            b'}' => depths[0] = depths[0].saturating_sub(1),
            b']' => depths[1] = depths[1].saturating_sub(1),
            _ => continue,
        }
        if depths.iter().any(|depth| *depth > DEEPEST) {
            return true;
        }
    }
    false
}

/// The encoding that the first lines of a file name: `% Encoding: Cp1252`.
fn stated_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..400).unwrap_or(bytes)).to_lowercase();
    let named = start.lines().take(5).find_map(|line| {
        let line = line.trim_start_matches(['%', ' ', '@']);
        line.strip_prefix("encoding:").map(|name| name.trim().to_owned())
    });
    named.filter(|name| !name.is_empty())
}

/// The 1-based line of the first byte that is not UTF-8.
fn bad_line(bytes: &[u8]) -> u32 {
    let good = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    let before = bytes.get(..good).unwrap_or_default();
    u32::try_from(before.iter().filter(|b| **b == b'\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Text without surrounding white space and with each run of it inside as one space; `None` when empty.
fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A DOI without resolver or `doi:`.
pub(crate) fn bare_doi(text: &str) -> Option<String> {
    let start = text.find("10.")?;
    text.get(start..).and_then(tidy)
}

#[cfg(test)]
mod tests;
