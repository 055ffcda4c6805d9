//! The `file` field of an entry, and which of the seeds it means.

use super::{Attached, Library};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// How a document was found to belong to an entry, the surer before the less sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The entry names its path.
    Path,
    /// The entry names a file elsewhere, and this is the only one among the seeds that is called so.
    Name,
    /// It is called after the citekey.
    Stem,
    /// It has the entry's DOI on its first pages.
    Doi,
    /// It has the entry's ISBN on its first pages.
    Isbn,
    /// It has the entry's title, and its author or year.
    Title,
}

impl By {
    /// What it is known by, in a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Path => "its path",
            By::Name => "its name",
            By::Stem => "its name, which is the citekey",
            By::Doi => "its DOI",
            By::Isbn => "its ISBN",
            By::Title => "its title and author or year",
        }
    }
}

/// Cuts `text` at each `mark` that has no backslash before it.
fn cut(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == mark && !escaped {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

/// Takes the backslash from escaped signs; a backslash before a letter stays (`C:\docs`).
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match signs.peek() {
            Some(next) if c == '\\' && !next.is_alphanumeric() && !next.is_whitespace() => {
                out.push(*next);
                signs.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// The paths that a `file` field names, as written: `path`, `path;path`, `description:path:mime`, `:path:PDF`.
pub(super) fn paths(field: &str) -> Vec<String> {
    let mut found = Vec::new();
    for one in cut(field, ';') {
        let parts = cut(one.trim(), ':');
        let drive = |p: &str| p.len() == 1 && p.chars().all(|c| c.is_ascii_alphabetic());
        let path = match parts.as_slice() {
            // `C:\docs\a.pdf` is a path, not a description of one.
            [letter, rest] if drive(letter) => format!("{letter}:{}", unescape(rest)),
            [path] => unescape(path),
            [_, path] => unescape(path),
            [_, letter, path, _] if drive(letter) => format!("{letter}:{}", unescape(path)),
            [_, middle @ .., _] => unescape(&middle.join(":")),
            [] => String::new(),
        };
        let path = path.trim();
        if !path.is_empty() {
            found.push(path.to_owned());
        }
    }
    found
}

/// The parts of a path, in one normal form: systems write the same accented letter in several.
fn parts(path: &str) -> Vec<String> {
    let path = path.replace('\\', "/");
    let path = path.split_once("://").map_or(path.as_str(), |(_, rest)| rest);
    let is_part = |part: &&str| !matches!(*part, "" | "." | "..");
    path.split('/').filter(is_part).map(|part| part.nfc().collect()).collect()
}

/// The files of the seeds by the last parts of their paths.
struct Seeds<'f>(BTreeMap<String, Vec<(&'f str, Vec<String>)>>);

/// Which of the seeds a written path means.
#[derive(Debug, PartialEq, Eq)]
enum Meant<'f> {
    None,
    /// This one, with the number of parts that agree, and whether these are all parts of one of the two paths.
    One(&'f str, usize, bool),
    Several(Vec<&'f str>),
}

impl<'f> Seeds<'f> {
    fn of(files: impl Iterator<Item = &'f str>) -> Seeds<'f> {
        let mut seeds: BTreeMap<String, Vec<(&str, Vec<String>)>> = BTreeMap::new();
        for file in files {
            let parts = parts(file);
            if let Some(name) = parts.last() {
                seeds.entry(name.clone()).or_default().push((file, parts));
            }
        }
        Seeds(seeds)
    }

    /// The file whose path agrees with the written one in most parts from the end; of those that agree in as many, the one
    /// that agrees whole.
    fn meant(&self, written: &str) -> Meant<'f> {
        let written = parts(written);
        let called_so = written.last().and_then(|name| self.0.get(name)).map_or(&[][..], Vec::as_slice);
        let agree =
            |file: &[String]| file.iter().rev().zip(written.iter().rev()).take_while(|(a, b)| a == b).count();
        let Some(most) = called_so.iter().map(|(_, parts)| agree(parts)).max() else { return Meant::None };
        let best: Vec<&(&str, Vec<String>)> =
            called_so.iter().filter(|(_, parts)| agree(parts) == most).collect();
        let is_whole = |parts: &[String]| most == parts.len() || most == written.len();
        let whole: Vec<&&(&str, Vec<String>)> =
            best.iter().filter(|(_, parts)| most == parts.len()).collect();
        match (best.as_slice(), whole.as_slice()) {
            ([(file, parts)], _) => Meant::One(file, most, is_whole(parts)),
            (_, [(file, parts)]) => Meant::One(file, most, is_whole(parts)),
            _ => Meant::Several(best.iter().map(|(file, _)| *file).collect()),
        }
    }
}

/// A file that an entry names.
struct Claim {
    entry: usize,
    place: u32,
    agreeing: usize,
    is_whole: bool,
}

impl Library {
    /// Gives the files of the seeds, by their paths within them, to the entries that name them: by the path or a tail of it
    /// (`/home/me/Zotero/storage/AB12/talk.pdf` is `storage/AB12/talk.pdf`), else by a name that only one of the seeds has and
    /// only one entry names, else by a name that is the citekey. What cannot be found is added to [`Library::errors`].
    pub fn attach<'f>(&mut self, files: impl Iterator<Item = &'f str>) {
        let files: Vec<&str> = files.collect();
        let seeds = Seeds::of(files.iter().copied());
        let mut claims: BTreeMap<&str, Vec<Claim>> = BTreeMap::new();
        let mut complaints = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            for (place, written) in (0..).zip(&entry.written) {
                match seeds.meant(written) {
                    Meant::One(file, agreeing, is_whole) => {
                        claims.entry(file).or_default().push(Claim {
                            entry: index,
                            place,
                            agreeing,
                            is_whole,
                        });
                    }
                    Meant::None => complaints.push((
                        index,
                        format!(
                            "file `{written}` of `{}` is not among the seeds: put it there or mend its path",
                            entry.key
                        ),
                    )),
                    Meant::Several(found) => complaints.push((
                        index,
                        format!(
                            "file `{written}` of `{}` may be any of {}: mend its path",
                            entry.key,
                            found.join(", ")
                        ),
                    )),
                }
            }
        }
        for (file, claims) in claims {
            self.settle(file, &claims, &mut complaints);
        }
        for file in files {
            self.attach_by_stem(file);
        }
        for entry in &mut self.entries {
            let place = |file: &String| self.by_file.get(file).map(|attached| attached.place);
            entry.files.sort_by_key(place);
        }
        for (entry, message) in complaints {
            if let Some(entry) = self.entries.get(entry) {
                let (library, line) = (entry.library, entry.line);
                self.complain(library, line, message);
            }
        }
        self.sort_errors();
    }

    /// Gives a file to the entry whose written path agrees with its own most; where several agree as much, to the first that
    /// names the whole path, and to none where it is only the name.
    fn settle(&mut self, file: &str, claims: &[Claim], complaints: &mut Vec<(usize, String)>) {
        let most = claims.iter().map(|c| c.agreeing).max();
        let best: Vec<&Claim> = claims.iter().filter(|c| Some(c.agreeing) == most).collect();
        let Some(first) = best.first() else { return };
        let others = best.iter().any(|c| c.entry != first.entry);
        let owner = (!others || first.is_whole && first.agreeing == parts(file).len()).then_some(*first);
        let key = |claim: &Claim| self.entries.get(claim.entry).map_or(String::new(), |e| e.key.to_string());
        for claim in claims.iter().filter(|c| owner.is_none_or(|owner| owner.entry != c.entry)) {
            let message = match owner {
                Some(owner) => format!(
                    "file `{file}` of `{}` is already the file of `{}`: name it in one entry only",
                    key(claim),
                    key(owner)
                ),
                None => format!(
                    "file `{file}` may be that of `{}` or of another entry that names a file so: mend its path",
                    key(claim)
                ),
            };
            complaints.push((claim.entry, message));
        }
        if let Some(owner) = owner {
            let by = if owner.is_whole { By::Path } else { By::Name };
            self.give(file, Attached { entry: owner.entry, place: owner.place, by });
        }
    }

    fn attach_by_stem(&mut self, file: &str) {
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem: String = name.rsplit_once('.').map_or(name, |(stem, _)| stem).nfc().collect();
        let entry = crate::passage::Citekey::new(&stem).and_then(|key| self.by_key.get(&key).copied());
        if let Some(entry) = entry.filter(|_| !self.by_file.contains_key(file)) {
            self.give(file, Attached { entry, place: u32::MAX, by: By::Stem });
        }
    }

    fn give(&mut self, file: &str, attached: Attached) {
        if let Some(entry) = self.entries.get_mut(attached.entry) {
            entry.files.push(file.to_owned());
            self.by_file.insert(file.to_owned(), attached);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_fields_of_zotero_and_jabref_are_read() {
        for (field, expected) in [
            ("a.pdf", vec!["a.pdf"]),
            ("files/12/a b.pdf;notes/b.html", vec!["files/12/a b.pdf", "notes/b.html"]),
            (":papers/a.pdf:PDF", vec!["papers/a.pdf"]),
            ("Full Text:papers/a.pdf:application/pdf", vec!["papers/a.pdf"]),
            ("A\\: B:x\\;y.pdf:PDF;:c.txt:Text", vec!["x;y.pdf", "c.txt"]),
            ("Snapshot:C\\:\\\\Users\\\\me\\\\a.pdf:application/pdf", vec!["C:\\Users\\me\\a.pdf"]),
            ("C:\\docs\\a.pdf", vec!["C:\\docs\\a.pdf"]),
            ("d:with\\:colon.txt:", vec!["with:colon.txt"]),
            ("my\\_file.txt", vec!["my_file.txt"]),
            (" ; ", vec![]),
        ] {
            assert_eq!(paths(field), expected, "{field}");
        }
    }

    #[test]
    fn a_path_outside_is_found_by_its_tail() {
        let seeds =
            Seeds::of(["sub/a.txt", "b.txt", "x/b.txt", "x/c.txt", "y/c.txt", "z/de\u{301}.txt"].into_iter());
        for (written, meant) in [
            ("sub/a.txt", Meant::One("sub/a.txt", 2, true)),
            ("./sub/a.txt", Meant::One("sub/a.txt", 2, true)),
            ("/home/me/sub/a.txt", Meant::One("sub/a.txt", 2, true)),
            ("C:\\me\\sub\\a.txt", Meant::One("sub/a.txt", 2, true)),
            ("../sub/a.txt", Meant::One("sub/a.txt", 2, true)),
            ("/elsewhere/a.txt", Meant::One("sub/a.txt", 1, false)),
            ("/elsewhere/b.txt", Meant::One("b.txt", 1, true)),
            ("x/b.txt", Meant::One("x/b.txt", 2, true)),
            ("/elsewhere/c.txt", Meant::Several(vec!["x/c.txt", "y/c.txt"])),
            ("internal-pdf://12/d\u{e9}.txt", Meant::One("z/de\u{301}.txt", 1, false)),
            ("/etc/passwd", Meant::None),
            ("", Meant::None),
        ] {
            assert_eq!(seeds.meant(written), meant, "{written}");
        }
    }
}
