//! [`Library`]: what the user's own library file states of the sources, read from the top of the seeds folder.
//!
//! Four formats are understood, each under its one name: `library.bib` (BibLaTeX or BibTeX), `library.yml` or
//! `library.yaml` (Hayagriva), `library.json` (CSL-JSON) and `library.ris` (RIS). Several may stand side by side; an entry in a format
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
//! A path is looked for in the seeds folder as it stands; when it is not there (a Zotero export names places
//! outside), ever shorter tails of it are tried, so that `/home/me/Zotero/storage/AB12/talk.pdf` finds `talk.pdf`.

mod attachment;
mod bibtex;
mod csl_json;
mod hayagriva;
mod ris;

use super::Work;
use crate::passage::Citekey;
use crate::seed_file::read_beside;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The names a library file may have, in the order in which they win.
pub const FILE_NAMES: [&str; 5] =
    ["library.bib", "library.yml", "library.yaml", "library.json", "library.ris"];

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
    /// The files of the seeds it describes, relative to the seeds folder, `/` between parts, in its own order.
    pub files: Vec<String>,
    /// The library file's name.
    pub library: &'static str,
    /// 1-based line in the library file where it starts.
    pub line: u32,
}

impl LibraryEntry {
    /// A hash over all that the entry states: equal exactly when key, work and files are. Stable between runs.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.key.as_str().as_bytes());
        for file in &self.files {
            hasher.update(&[0]);
            hasher.update(file.as_bytes());
        }
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
    /// File of the seeds to its citekey and entry.
    by_file: BTreeMap<String, (Citekey, usize)>,
    by_key: BTreeMap<Citekey, usize>,
}

impl Library {
    /// Reads the library files at the top of `seeds`. Without any the library is empty. Never fails: all that
    /// is wrong is listed in [`Library::errors`].
    pub fn read(seeds: &Path) -> Library {
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
            let text = String::from_utf8_lossy(&bytes);
            if let std::borrow::Cow::Owned(_) = text {
                library.complain(name, bad_line(&bytes), "is not UTF-8 text: save it as UTF-8".to_owned());
            }
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let mut complaints = Vec::new();
            let drafts = match name {
                "library.bib" => bibtex::read(text, &mut complaints),
                "library.json" => csl_json::read(text, &mut complaints),
                "library.ris" => ris::read(text, &mut complaints),
                _ => hayagriva::read(text, &mut complaints),
            };
            for (line, message) in complaints {
                library.complain(name, line, message);
            }
            for draft in drafts {
                library.add(name, draft, seeds);
            }
        }
        library.attach();
        library.errors.sort_by_key(|e| (FILE_NAMES.iter().position(|n| *n == e.file), e.line));
        library
    }

    /// The citekey and entry of the file with that path, relative to the seeds folder. Where an entry names
    /// several files the first has the entry's key and the others `KEY-2`, `KEY-3`.
    pub fn lookup(&self, path: &str) -> Option<(&Citekey, &LibraryEntry)> {
        let (key, entry) = self.by_file.get(path)?;
        Some((key, self.entries.get(*entry)?))
    }

    /// The entry with that key.
    pub fn entry(&self, key: &Citekey) -> Option<&LibraryEntry> {
        self.by_key.get(key).and_then(|i| self.entries.get(*i))
    }

    /// Every citekey the library gives out, those of further files of an entry included.
    pub fn keys(&self) -> BTreeSet<Citekey> {
        self.by_key.keys().cloned().chain(self.by_file.values().map(|(key, _)| key.clone())).collect()
    }

    fn complain(&mut self, file: &'static str, line: u32, message: String) {
        self.errors.push(LibraryError { file, line, message });
    }

    /// Takes a draft in unless its key is bad or already there.
    fn add(&mut self, library: &'static str, draft: Draft, seeds: &Path) {
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
        let mut files = Vec::new();
        for written in &draft.files {
            match attachment::find(seeds, written) {
                Some(path) if files.contains(&path) => {}
                Some(path) => files.push(path),
                None => self.complain(
                    library,
                    line,
                    format!(
                        "file `{written}` of `{key}` is not among the seeds: put it there or mend its path"
                    ),
                ),
            }
        }
        self.by_key.insert(key.clone(), self.entries.len());
        self.entries.push(LibraryEntry { key, work: draft.work, files, library, line });
    }

    /// Gives each file its citekey.
    fn attach(&mut self) {
        let mut complaints = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let mut number = 1;
            for file in &entry.files {
                if let Some((_, other)) = self.by_file.get(file) {
                    let other = self.entries.get(*other).map_or("", |e| e.key.as_str());
                    let message = format!(
                        "file `{file}` of `{}` is already the file of `{other}`: name it in one entry only",
                        entry.key
                    );
                    complaints.push((entry.library, entry.line, message));
                    continue;
                }
                let key = loop {
                    let name = match number {
                        1 => entry.key.as_str().to_owned(),
                        n => format!("{}-{n}", entry.key),
                    };
                    number += 1;
                    match Citekey::new(&name) {
                        Some(key) if number > 2 && self.by_key.contains_key(&key) => continue,
                        Some(key) => break key,
                        None => break entry.key.clone(),
                    }
                };
                self.by_file.insert(file.clone(), (key, index));
            }
        }
        for (file, line, message) in complaints {
            self.complain(file, line, message);
        }
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
