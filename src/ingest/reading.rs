//! Reading documents on all cores, and handing on what came of them in the order of their files.

use super::file_name::locate;
use super::pace::Pace;
use super::prepare::{Failure, Kitchen, Prepared};
use super::{Error, Progress};
use crate::index::{FileEntry, Stat};
use crate::reader;
use crate::seed_file;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Documents that wait between the readers and the writer: enough to keep both busy, few enough that memory does
/// not grow with the corpus.
const QUEUE: usize = 16;

/// Bytes of files, for each thread, that may be read ahead of one that is not done: what was made of them waits in memory.
const MOST_AHEAD: u64 = 8 << 20;

/// A document that a reading thread is done with: its entry as far as it is known by now, and what was read or why not.
pub type Outcome = (FileEntry, Result<Prepared, Failure>);

/// What documents are read with.
pub struct Readers<'a> {
    pub kitchen: &'a Kitchen,
    pub seeds: &'a Path,
    /// Threads that read.
    pub jobs: usize,
}

impl Readers<'_> {
    /// Reads the files on all cores and hands each outcome to `take` in the order of the list, so that document
    /// numbers do not depend on which thread was first. Where no thread can be had, this one reads.
    pub fn read_all(
        &self,
        files: &[(String, Stat)],
        progress: &mut dyn Progress,
        take: &mut dyn FnMut(Outcome) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let next = AtomicUsize::new(0);
        let pace =
            Pace::new(4 * QUEUE, self.jobs as u64 * MOST_AHEAD, files.iter().map(|(_, stat)| stat.size));
        let total = files.len() as u64;
        let mut done = 0;
        let mut take = |outcome| {
            done += 1;
            progress.advance(done as u64, total);
            pace.set(done);
            take(outcome)
        };
        let result = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel::<(usize, Outcome)>(QUEUE);
            for _ in 0..self.jobs.clamp(1, files.len().max(1)) {
                let sender = sender.clone();
                let (next, pace) = (&next, &pace);
                // PDF and HTML parsers recurse over what a document nests.
                let builder = std::thread::Builder::new().stack_size(16 << 20);
                let spawned = builder.spawn_scoped(scope, move || self.read_some(files, next, pace, &sender));
                // Those that there are do the work of those that could not be had.
                if spawned.is_err() {
                    break;
                }
            }
            drop(sender);
            // However this ends, readers that wait must go on.
            let _end = pace.release_at_end();
            in_order(&receiver, &mut take)
        });
        let result = result.and_then(|received| {
            let left = files.get(received..).unwrap_or_default();
            left.iter().try_for_each(|(path, stat)| take(self.read_one(path, *stat)))
        });
        progress.finish();
        result
    }

    fn read_some(
        &self,
        files: &[(String, Stat)],
        next: &AtomicUsize,
        pace: &Pace,
        sender: &SyncSender<(usize, Outcome)>,
    ) {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some((path, stat)) = files.get(i) else { return };
            pace.wait_for(i);
            if sender.send((i, self.read_one(path, *stat))).is_err() {
                return;
            }
        }
    }

    fn read_one(&self, path: &str, stat: Stat) -> Outcome {
        let mut entry = FileEntry { path: path.to_owned(), stat, ..FileEntry::default() };
        let prepared = self.prepare(&mut entry, stat);
        if let Ok(prepared) = &prepared {
            entry.identity = prepared.identity.clone();
        }
        entry.recipe = self.kitchen.recipe_of(path, Some(&entry.identity));
        (entry, prepared)
    }

    fn prepare(&self, entry: &mut FileEntry, stat: Stat) -> Result<Prepared, Failure> {
        let path = entry.path.as_str();
        let most = |head: &[u8]| reader::most_bytes(head, &self.kitchen.limits);
        let bytes = match seed_file::read_by_head(&locate(self.seeds, path), reader::HEAD, most) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(most)) => {
                // The rest of it is not looked at; the entry is known by its size.
                entry.hash = *blake3::hash(&stat.size.to_le_bytes()).as_bytes();
                return Err(reader::too_large(most).into());
            }
            Err(error) => return Err(Failure::Fault(error.to_string())),
        };
        entry.hash = *blake3::hash(&bytes).as_bytes();
        entry.stat.size = bytes.len() as u64;
        let prepare = || self.kitchen.prepare(path, bytes, self.seeds);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(prepare))
            .unwrap_or_else(|_| Err(Failure::Refused("its reader failed on it".to_owned())))
    }
}

/// Receives outcomes in any order and passes them on in theirs; how many those were, from the first on without a gap.
fn in_order(
    receiver: &Receiver<(usize, Outcome)>,
    take: &mut impl FnMut(Outcome) -> Result<(), Error>,
) -> Result<usize, Error> {
    let mut early: BTreeMap<usize, Outcome> = BTreeMap::new();
    let mut next = 0;
    for (i, outcome) in receiver {
        early.insert(i, outcome);
        while let Some(outcome) = early.remove(&next) {
            next += 1;
            take(outcome)?;
        }
    }
    Ok(next)
}
