//! Comparing the index with the seeds, without changing either.

use super::{Error, Preview, walk};
use crate::index::doctor::{Problem, examine_index};
use crate::index::{Freshness, Index};
use std::path::Path;

/// How the seeds differ from the index, by sizes and times; reads no file.
///
/// # Errors
/// [`Error::Seeds`], [`Error::Index`].
pub fn freshness(index: &Index, seeds: &Path) -> Result<Freshness, Error> {
    let walked = walk(seeds, index.dir())?;
    Ok(index.file_table()?.compare(&walked.files))
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
    for entry in index.file_table()?.entries.iter().filter(|e| e.document.is_some()) {
        if fresh.changed.contains(&entry.path) || fresh.removed.contains(&entry.path) {
            continue;
        }
        if let Some(what) = differs(&index, &seeds.join(&entry.path), seeds, entry.document.unwrap_or(0))? {
            let what = format!("{}: {what}", entry.path);
            problems.push(Problem { what, mend: "ibid ingest --rebuild".to_owned() });
        }
    }
    Ok(problems)
}

/// How the passages of a document differ from what its file gives now.
fn differs(index: &Index, path: &Path, seeds: &Path, document: u64) -> Result<Option<String>, Error> {
    let now = match Preview::of(path, seeds) {
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
