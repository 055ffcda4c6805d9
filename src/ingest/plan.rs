//! [`Plan`]: what has to be done with each file, by comparing the seeds with what is remembered of them.

use super::Walk;
use super::file_name::has_hash;
use super::prepare::{Kitchen, first_eight};
use crate::index::{Fault, FileEntry, FileTable, Stat};
use std::path::Path;

/// What has to be done with each file.
pub struct Plan {
    /// Files whose passages stay, with their entry as it will be.
    pub kept: Vec<FileEntry>,
    /// Files to read. The passages of an earlier reading leave the index when this one is done, and not before.
    pub reading: Vec<(String, Stat)>,
    /// Entries of files that are gone.
    pub removed: Vec<FileEntry>,
    /// As in [`FileTable`].
    pub follow_links: bool,
    /// As in [`FileTable`].
    pub folders: Vec<(String, i64)>,
    /// As in [`FileTable`].
    pub passed_over: Vec<(String, String)>,
}

impl Plan {
    /// Compares the walk with the table. A file is known by path, size and time; then by its hash: a touched but
    /// equal file stays, and a new path with the content of a path that is gone is a rename, if it is read alike under it.
    pub fn new(walked: &Walk, known: &FileTable, kitchen: &Kitchen, seeds: &Path) -> Plan {
        let mut plan = Plan {
            kept: vec![],
            reading: vec![],
            removed: vec![],
            follow_links: false,
            folders: walked.folders.clone(),
            passed_over: walked.skipped.clone().into_iter().collect(),
        };
        let mut gone: Vec<&FileEntry> = Vec::new();
        for entry in known.entries.iter().filter(|e| !walked.files.contains_key(&e.path)) {
            match walked.hides(&entry.path) {
                // What cannot be seen just now is not gone: it stays as it was, and is read when it is back.
                Some(reason) => plan.kept.push(hidden(entry, reason)),
                None => gone.push(entry),
            }
        }
        for (path, stat) in &walked.files {
            let own = |e: &FileEntry| kitchen.recipe_of(path, Some(&e.identity));
            let reusable = |e: &FileEntry| e.fault.is_none() && e.recipe == own(e);
            match known.entry(path) {
                Some(e) if reusable(e) && e.stat == *stat => plan.kept.push(e.clone()),
                Some(e) if reusable(e) && e.stat.size == stat.size && has_hash(seeds, path, e) => {
                    plan.kept.push(FileEntry { stat: *stat, ..e.clone() });
                }
                Some(_) => plan.reading.push((path.clone(), *stat)),
                None => {
                    let same =
                        |e: &&FileEntry| reusable(e) && e.stat.size == stat.size && has_hash(seeds, path, e);
                    match gone.iter().position(same) {
                        Some(at) => {
                            let e = gone.swap_remove(at);
                            plan.kept.push(FileEntry { path: path.clone(), stat: *stat, ..e.clone() });
                        }
                        None => plan.reading.push((path.clone(), *stat)),
                    }
                }
            }
        }
        plan.kept.sort_by(|a, b| a.path.cmp(&b.path));
        plan.removed = gone.into_iter().cloned().collect();
        plan
    }
}

/// The entry of a file that cannot be seen just now.
fn hidden(entry: &FileEntry, reason: &str) -> FileEntry {
    let fault = Fault { reason: reason.to_owned(), ..Fault::default() };
    FileEntry { fault: Some(fault), skipped: None, ..entry.clone() }
}

/// The entry of a file that met a fault, given as it would be without: that of the earlier reading, marked, where there was
/// one. After [`Fault::MOST`] tries of the same bytes they are refused.
pub fn faulty(fresh: FileEntry, known: Option<&FileEntry>, reason: String) -> FileEntry {
    let before = known.and_then(|e| e.fault.as_ref());
    let of = first_eight(&fresh.hash);
    let tries = match before {
        _ if of == 0 => 0,
        Some(fault) if fault.of == of => fault.tries.saturating_add(1),
        _ => 1,
    };
    if tries >= Fault::MOST {
        let skipped = Some(format!("{reason}; given up after {tries} tries"));
        return FileEntry { skipped, ..fresh };
    }
    let fault = Some(Fault { reason, tries, of });
    match known.filter(|e| e.document.is_some()) {
        Some(earlier) => FileEntry { fault, ..earlier.clone() },
        None => FileEntry { fault, ..fresh },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(document: Option<u64>, hash: u8) -> FileEntry {
        FileEntry { path: "a".into(), document, hash: [hash; 32], ..FileEntry::default() }
    }

    #[test]
    fn the_same_bytes_are_tried_three_times_and_others_anew() {
        let fault = |fresh: u8, known: &FileEntry| faulty(entry(None, fresh), Some(known), "killed".into());
        let mut known = entry(Some(7), 1);
        for tries in 1..3 {
            known = fault(2, &known);
            assert!(known.is_kept() && known.hash == [1; 32], "{known:?}");
            assert_eq!(known.fault.as_ref().map(|f| f.tries), Some(tries));
        }
        let other = fault(3, &known);
        assert_eq!(other.fault.as_ref().map(|f| f.tries), Some(1));
        let refused = fault(2, &known);
        assert!(refused.document.is_none() && refused.fault.is_none() && refused.hash == [2; 32]);
        assert!(refused.skipped.is_some_and(|reason| reason.contains("after 3 tries")));
    }

    #[test]
    fn a_file_whose_bytes_cannot_be_had_is_tried_for_ever() {
        let mut known = entry(Some(7), 1);
        for _ in 0..9 {
            known = faulty(entry(None, 0), Some(&known), "denied".into());
        }
        assert!(known.is_kept());
        let new = faulty(entry(None, 0), None, "denied".into());
        assert_eq!((new.document, new.reason()), (None, Some("denied")));
    }
}
