//! The walk: which files of the seeds are documents.

use super::Error;
use crate::index::Stat;
use ignore::WalkBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files at the top of the seeds that say something about the documents rather than being one.
const ABOUT: [&str; 5] = ["library.bib", "library.yml", "library.yaml", "library.json", "gazetteer.tsv"];

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Documents, by path within the seeds with `/` between parts.
    pub files: BTreeMap<String, Stat>,
    /// Folders, by path within the seeds, with the time of their last change.
    pub folders: Vec<(String, i64)>,
    /// Entries that are no readable files, by path, with the reason.
    pub skipped: BTreeMap<String, String>,
}

/// Walks the seeds: hidden files and what `.gitignore` names are left out, symbolic links within the seeds are
/// followed, one that leads out of them or round in a loop is not.
///
/// # Errors
/// [`Error::Seeds`] when the folder itself cannot be listed.
pub fn walk(seeds: &Path, index: &Path) -> Result<Walk, Error> {
    let failed = |source| Error::Seeds { path: seeds.to_owned(), source };
    std::fs::read_dir(seeds).map_err(failed)?;
    let root = seeds.canonicalize().map_err(failed)?;
    let index = index.canonicalize().ok();
    let mut walk = Walk::default();
    let entries = WalkBuilder::new(seeds)
        .follow_links(true)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .parents(false)
        .filter_entry(move |e| index.is_none() || !is_same(e.path(), index.as_deref()))
        .build();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_dir()) => {
                let modified = entry.metadata().map_or(0, |m| Stat::of(&m).modified);
                walk.folders.push((relative(entry.path(), seeds), modified));
            }
            Ok(entry) => visit(&mut walk, &entry, seeds, &root),
            Err(error) => {
                let path = error_path(&error).unwrap_or_else(|| seeds.to_owned());
                walk.skipped.insert(relative(&path, seeds), plain_reason(&error));
            }
        }
    }
    walk.folders.sort();
    Ok(walk)
}

fn is_same(path: &Path, index: Option<&Path>) -> bool {
    // Only folders can be the index; asking the system of each file would double the cost of the walk.
    path.extension().is_none() && path.is_dir() && path.canonicalize().ok().as_deref() == index
}

fn visit(walk: &mut Walk, entry: &ignore::DirEntry, seeds: &Path, root: &Path) {
    let Some(kind) = entry.file_type() else { return };
    let path = relative(entry.path(), seeds);
    if entry.depth() == 1 && ABOUT.contains(&path.as_str()) {
        return;
    }
    if !kind.is_file() {
        walk.skipped.insert(path, "not a regular file".to_owned());
        return;
    }
    if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|p| p.starts_with(root)) {
        walk.skipped.insert(path, "a link that leads out of the seeds".to_owned());
        return;
    }
    match entry.metadata() {
        Ok(metadata) => {
            walk.files.insert(path, Stat::of(&metadata));
        }
        Err(error) => {
            walk.skipped.insert(path, plain_reason(&error));
        }
    }
}

/// The path within the seeds, `/` between parts.
fn relative(path: &Path, seeds: &Path) -> String {
    let path = path.strip_prefix(seeds).unwrap_or(path);
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn error_path(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

fn plain_reason(error: &ignore::Error) -> String {
    match (error.io_error(), error) {
        (Some(io), _) => io.to_string(),
        (None, e) if format!("{e:?}").contains("Loop") => "a link that leads round in a loop".to_owned(),
        (None, e) => e.to_string(),
    }
}
