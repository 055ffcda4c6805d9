//! The walk: which files of the seeds are documents.

use super::Error;
use super::file_name::shown;
use super::page_folder::{self, page_beside};
use crate::index::{Freshness, Stat};
use crate::seed_file;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{DirEntry, FileType, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Files that name what is not to be read, the later before the earlier.
const IGNORING: [&str; 2] = [".gitignore", ".ignore"];

/// Bytes and lines of such a file beyond which it is none that a person wrote.
const MOST_IGNORING: u64 = 1 << 20;
const MOST_PATTERNS: usize = 10_000;

/// Files at the top of the seeds that say something about the documents rather than being one.
const ABOUT: [&str; 7] = [
    "library.bib",
    "library.yml",
    "library.yaml",
    "library.json",
    "library.ris",
    "library.nbib",
    "gazetteer.tsv",
];

/// Why a link is not followed.
const LEADS_OUT: &str =
    "a link that leads out of the seeds: `ibid ingest --follow-links` follows it, then and from then on";

/// Returns true if and only if the path within the seeds is that of the library file or of the gazetteer.
pub fn is_about(relative: &str) -> bool {
    ABOUT.contains(&relative)
}

/// How the library file and the gazetteer differ from what was there at the time of `known`, the folders and such files
/// that an earlier walk found.
pub fn about_changes(known: &[(String, i64)], seeds: &Path) -> Freshness {
    let mut freshness = Freshness::default();
    for name in ABOUT {
        let before = known.iter().find(|(path, _)| path == name).map(|(_, modified)| *modified);
        let now = std::fs::metadata(seeds.join(name)).ok().map(|m| Stat::of(&m).modified);
        match (before, now) {
            (None, Some(_)) => freshness.added.push(name.to_owned()),
            (Some(_), None) => freshness.removed.push(name.to_owned()),
            (before, now) if before != now => freshness.changed.push(name.to_owned()),
            _ => {}
        }
    }
    freshness
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Documents, by path within the seeds with `/` between parts.
    pub files: BTreeMap<String, Stat>,
    /// Folders, by path within the seeds, with the time of their last change, and the files at the top that say something
    /// about the documents.
    pub folders: Vec<(String, i64)>,
    /// Entries that are no readable files, by path, with the reason.
    pub skipped: BTreeMap<String, String>,
    /// Those of them of which it is not known what they are or what is in them: folders that cannot be listed, files whose
    /// state cannot be had.
    pub hidden: BTreeSet<String>,
}

impl Walk {
    /// Why a path cannot be seen just now, if so; what is not found although it could be is gone.
    pub fn hides(&self, path: &str) -> Option<&str> {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let above = ends.filter_map(|end| path.get(..end)).find(|above| self.hidden.contains(*above))?;
        self.skipped.get(above).map(String::as_str)
    }
}

/// Walks the seeds: hidden files and what `.gitignore` or `.ignore` names are left out, symbolic links within the seeds
/// are followed, one that leads out of them only where `follow_links`, one that leads round in a loop never. By hand rather than with the `ignore` crate's own
/// walk, which asks the system twice of every file: an ingest without changes is little more than this walk.
///
/// # Errors
/// [`Error::Seeds`] when the folder itself cannot be listed.
pub fn walk(seeds: &Path, index: &Path, follow_links: bool) -> Result<Walk, Error> {
    let failed = |source| Error::Seeds { path: seeds.to_owned(), source };
    std::fs::read_dir(seeds).map_err(failed)?;
    let root = seeds.canonicalize().map_err(failed)?;
    let mut walker = Walker {
        index: index.canonicalize().ok(),
        follow_links,
        files: Vec::new(),
        walk: Walk::default(),
        waiting: vec![Folder {
            path: seeds.to_owned(),
            relative: String::new(),
            real: root.clone(),
            above: None,
        }],
        root,
    };
    while let Some(folder) = walker.waiting.pop() {
        walker.visit(folder);
    }
    let mut walk = walker.walk;
    walk.folders.sort();
    walk.files = walker.files.into_iter().collect();
    Ok(walk)
}

struct Walker {
    root: PathBuf,
    index: Option<PathBuf>,
    follow_links: bool,
    waiting: Vec<Folder>,
    files: Vec<(String, Stat)>,
    walk: Walk,
}

/// A folder to visit.
struct Folder {
    path: PathBuf,
    /// Path within the seeds, empty for these themselves.
    relative: String,
    /// Its path without symbolic links.
    real: PathBuf,
    above: Option<Rc<Above>>,
}

/// What a folder hands on to those in it: what is ignored, and the way it was come to.
struct Above {
    ignored: Option<Gitignore>,
    real: PathBuf,
    above: Option<Rc<Above>>,
}

impl Above {
    /// This folder and those above it, from the inside out.
    fn chain(self: &Rc<Self>) -> impl Iterator<Item = &Above> {
        std::iter::successors(Some(&**self), |folder| folder.above.as_deref())
    }

    fn ignores(self: &Rc<Self>, path: &Path, is_folder: bool) -> bool {
        let verdicts = self.chain().filter_map(|f| f.ignored.as_ref()).map(|i| i.matched(path, is_folder));
        verdicts.into_iter().find(|verdict| !verdict.is_none()).is_some_and(|verdict| verdict.is_ignore())
    }
}

impl Walker {
    fn visit(&mut self, folder: Folder) {
        let listed =
            std::fs::read_dir(&folder.path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let entries = match listed {
            Ok(entries) => entries,
            Err(error) => return self.hide(folder.relative, &error),
        };
        let modified = std::fs::metadata(&folder.path).map_or(0, |m| Stat::of(&m).modified);
        let ignored = self.ignored_in(&folder, &entries);
        self.walk.folders.push((folder.relative.clone(), modified));
        let above = Rc::new(Above { ignored, real: folder.real, above: folder.above });
        let mut relative = folder.relative;
        if !relative.is_empty() {
            relative.push('/');
        }
        for entry in &entries {
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let relative = format!("{relative}{}", shown(&name));
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => match name.to_str().and_then(|n| page_beside(n, &entries)) {
                    Some(page) => self.skip(relative, format!("{} {page}", page_folder::REASON)),
                    None => self.visit_entry(entry, kind, relative, &above),
                },
                Ok(kind) => self.visit_entry(entry, kind, relative, &above),
                Err(error) => self.hide(relative, &error),
            }
        }
    }

    fn visit_entry(&mut self, entry: &DirEntry, kind: FileType, relative: String, above: &Rc<Above>) {
        let is_link = kind.is_symlink();
        let path = entry.path();
        if above.above.is_none() && is_about(&relative) {
            let modified = std::fs::metadata(&path).map_or(0, |m| Stat::of(&m).modified);
            self.walk.folders.push((relative, modified));
            return;
        }
        let metadata = match if is_link { std::fs::metadata(&path) } else { entry.metadata() } {
            Ok(metadata) => metadata,
            Err(error) => return self.hide(relative, &error),
        };
        if above.ignores(&path, metadata.is_dir()) {
            return;
        }
        let real = if is_link {
            match path.canonicalize() {
                Ok(real) if self.follow_links || real.starts_with(&self.root) => real,
                Ok(_) => return self.skip(relative, LEADS_OUT.to_owned()),
                Err(error) => return self.hide(relative, &error),
            }
        } else if metadata.is_dir() {
            above.real.join(entry.file_name())
        } else {
            PathBuf::new()
        };
        self.take(path, relative, real, &metadata, above);
    }

    fn take(
        &mut self,
        path: PathBuf,
        relative: String,
        real: PathBuf,
        metadata: &Metadata,
        above: &Rc<Above>,
    ) {
        if metadata.is_file() {
            self.files.push((relative, Stat::of(metadata)));
        } else if !metadata.is_dir() {
            self.skip(relative, seed_file::NO_FILE.to_owned());
        } else if above.chain().any(|folder| folder.real == real) {
            self.skip(relative, "a link that leads round in a loop".to_owned());
        } else if self.index.as_ref() != Some(&real) {
            self.waiting.push(Folder { path, relative, real, above: Some(Rc::clone(above)) });
        }
    }

    /// Notes what the system does not show. Behind a link to nothing, or round in a loop, no document can be.
    fn hide(&mut self, relative: String, error: &io::Error) {
        /// `ELOOP` of Linux and of the BSDs.
        const LOOP: [i32; 2] = [40, 62];
        let is_nothing = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
            || cfg!(unix) && error.raw_os_error().is_some_and(|code| LOOP.contains(&code));
        if !is_nothing {
            self.walk.hidden.insert(relative.clone());
        }
        self.skip(relative, error.to_string());
    }

    /// What the files of a folder say is to be ignored; a line that cannot be understood is passed over, as git does.
    fn ignored_in(&mut self, folder: &Folder, entries: &[DirEntry]) -> Option<Gitignore> {
        let has = |name: &&str| entries.iter().any(|e| e.file_name() == **name);
        let mut builder: Option<GitignoreBuilder> = None;
        for name in IGNORING.iter().filter(|name| has(name)) {
            match self.lines_of(folder, name) {
                Ok(text) => {
                    let builder = builder.get_or_insert_with(|| GitignoreBuilder::new(&folder.path));
                    for line in text.trim_start_matches('\u{feff}').lines() {
                        // What is no pattern ignores nothing.
                        let _ = builder.add_line(None, line);
                    }
                }
                Err(reason) => {
                    let slash = if folder.relative.is_empty() { "" } else { "/" };
                    self.skip(format!("{}{slash}{name}", folder.relative), reason);
                }
            }
        }
        builder?.build().ok()
    }

    /// The text of a file in a folder that says what is ignored.
    fn lines_of(&self, folder: &Folder, name: &str) -> Result<String, String> {
        let path = folder.path.join(name);
        let said = |error: io::Error| error.to_string();
        if path.symlink_metadata().map_err(said)?.is_symlink()
            && !path.canonicalize().map_err(said)?.starts_with(&self.root)
        {
            return Err(seed_file::LEADS_OUT.to_owned());
        }
        let bytes = seed_file::read(&path, MOST_IGNORING).map_err(said)?;
        let bytes =
            bytes.ok_or_else(|| format!("larger than {} KB, so not honoured", MOST_IGNORING >> 10))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match text.lines().count() > MOST_PATTERNS {
            true => Err(format!("more than {MOST_PATTERNS} lines, so not honoured")),
            false => Ok(text),
        }
    }

    fn skip(&mut self, relative: String, reason: String) {
        self.walk.skipped.insert(relative, reason);
    }
}
