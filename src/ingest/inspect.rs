//! Comparing the index with the seeds, without changing either.

use super::file_name::{has_hash, locate};
use super::prepare::Kitchen;
use super::walk::about_changes;
use super::{Error, Preview, walk};
use crate::index::doctor::{Problem, examine_index};
use crate::index::{FileEntry, Freshness, Index, Stat, StoredSource};
use std::path::Path;

/// Files from which a search no longer asks the system for the state of each: each costs a call to it.
const MANY: u32 = 1000;

/// How the seeds differ from the index, by sizes and times; reads only files that these leave in doubt.
///
/// # Errors
/// [`Error::Seeds`], [`Error::Index`].
pub fn freshness(index: &Index, seeds: &Path) -> Result<Freshness, Error> {
    let table = index.file_table()?;
    let walked = walk(seeds, index.dir(), table.follow_links)?;
    Ok(table
        .compare(
            &walked.files,
            |path| walked.hides(path).is_some(),
            |entry| has_hash(seeds, &entry.path, entry),
        )
        .and(about_changes(&table.folders, seeds)))
}

/// The same, cheap enough for every search: beyond a thousand files only the folders are asked, which tells of files
/// that were added, removed or renamed, and the files of the sources in `shown`, which tells of changes in what the user sees. A
/// seeds folder that is not there at all makes no difference: the index answers without it.
///
/// # Errors
/// [`Error::Index`].
pub fn quick_freshness(index: &Index, seeds: &Path, shown: &[&StoredSource]) -> Result<Freshness, Error> {
    if !seeds.is_dir() {
        return Ok(Freshness::default());
    }
    let summary = index.file_summary()?;
    let about = about_changes(&summary.folders, seeds);
    let modified = |path: &str| std::fs::metadata(locate(seeds, path)).ok().map(|m| Stat::of(&m).modified);
    let is_moved = |(path, time): &(String, i64)| modified(path) != Some(*time);
    if summary.files <= MANY || summary.folders.iter().any(is_moved) {
        // A folder that cannot be walked tells nothing.
        return match walk(seeds, index.dir(), summary.follow_links) {
            Ok(walked) => {
                let is_same = |entry: &FileEntry| has_hash(seeds, &entry.path, entry);
                Ok(index
                    .file_table()?
                    .compare(&walked.files, |path| walked.hides(path).is_some(), is_same)
                    .and(about))
            }
            Err(_) => Ok(Freshness::default()),
        };
    }
    let mut changed = Vec::new();
    for source in shown {
        let now = std::fs::metadata(locate(seeds, &source.path)).ok().map(|m| Stat::of(&m));
        let is_remembered = || {
            let entry = index.file_entry(&source.path)?;
            let same = |entry: &FileEntry| {
                now.is_some_and(|now| {
                    entry.stat == now || entry.stat.is_like(&now) && has_hash(seeds, &entry.path, entry)
                })
            };
            Ok::<bool, Error>(entry.as_ref().is_some_and(same))
        };
        if now != Some(source.stat) && !is_remembered()? {
            changed.push(source.path.clone());
        }
    }
    changed.sort();
    changed.dedup();
    Ok(Freshness { changed, ..Freshness::default() }.and(about))
}

/// The doctor's whole examination: the index itself, and every source against its file.
///
/// # Errors
/// When there is no index to examine.
pub fn examine(index_dir: &Path, seeds: &Path) -> Result<Vec<Problem>, Error> {
    let mut problems = examine_index(index_dir)?;
    if !problems.is_empty() {
        return Ok(problems);
    }
    let index = Index::open(index_dir)?;
    let fresh = match freshness(&index, seeds) {
        Ok(fresh) => fresh,
        Err(error) => {
            problems
                .push(Problem { what: error.to_string(), mend: "name the folder with --seeds".to_owned() });
            return Ok(problems);
        }
    };
    if !fresh.is_fresh() {
        let what = format!("the seeds have changed since: {}", fresh.describe(5));
        problems.push(Problem { what, mend: "ibid ingest".to_owned() });
    }
    let mut kitchen = Kitchen::open(seeds)?;
    let table = index.file_table()?;
    kitchen.library.attach(table.entries.iter().map(|entry| entry.path.as_str()));
    for entry in &table.entries {
        if let Some(fault) = &entry.fault {
            let kept = if entry.is_kept() { "; the index has what was read of it earlier" } else { "" };
            let what = format!("{}: could not be read: {}{kept}", entry.path, fault.reason);
            problems.push(Problem { what, mend: "ibid ingest".to_owned() });
        }
        if entry.document.is_none() || entry.fault.is_some() {
            continue;
        }
        if fresh.changed.contains(&entry.path) || fresh.removed.contains(&entry.path) {
            continue;
        }
        if let Some(what) = differs(&index, &kitchen, entry, seeds)? {
            let now = std::fs::metadata(locate(seeds, &entry.path)).ok().map(|m| Stat::of(&m));
            if now != Some(entry.stat) {
                // It has changed while this looked.
                let what = format!("the seeds have changed since: changed {}", entry.path);
                problems.push(Problem { what, mend: "ibid ingest".to_owned() });
                continue;
            }
            let what = format!("{}: {what}", entry.path);
            problems.push(Problem { what, mend: "ibid ingest --rebuild".to_owned() });
        }
    }
    Ok(problems)
}

/// How the passages of a document differ from what its file gives now.
fn differs(
    index: &Index,
    kitchen: &Kitchen,
    entry: &FileEntry,
    seeds: &Path,
) -> Result<Option<String>, Error> {
    let document = entry.document.unwrap_or(0);
    let now = match Preview::of_seed(kitchen, &entry.path, seeds) {
        Ok(preview) => preview,
        Err(error) => return Ok(Some(format!("cannot be read again: {error}"))),
    };
    let source = index.source_of_document(document)?;
    let stored = index.passages_of_document(document)?;
    if stored.len() != now.passages.len() {
        let (has, wants) = (stored.len(), now.passages.len());
        return Ok(Some(format!("the index has {has} passages and headings of it, the file gives {wants}")));
    }
    let other = stored.iter().zip(&now.passages).find(|(a, b)| a != b);
    Ok(other.map(|(a, _)| format!("passage {}:{} is not what the file says", source.key, a.ordinal)))
}
