//! One ingest, from the lock to the commit.

use super::file_name::{has_hash, locate};
use super::pace::Pace;
use super::prepare::{self, Kitchen, Prepared};
use super::publish::settle_names;
use super::report::{Attachment, is_on_purpose};
use super::{Doubt, Error, Options, Progress, Report, Skipped, Walk, walk};
use crate::bibliography::library::{By, LibraryError};
use crate::index::lock::{Lock, LockError};
use crate::index::{
    self, Budget, FileEntry, FileTable, Index, IndexWriter, Lengths, PackedSource, Stat, StoredSource,
    clear_leftovers,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Documents that wait between the readers and the writer: enough to keep both busy, few enough that memory does
/// not grow with the corpus.
const QUEUE: usize = 16;

/// Bytes of documents up to which one thread indexes them all: it makes one segment, which is quicker to search than two.
const ONE_SEGMENT: u64 = 8 << 20;

/// Brings the index in step with the seeds: reads what is new or changed, drops what is gone, keeps the rest.
///
/// # Errors
/// [`Error`]; the index is then as it was. A document that cannot be read is in the report instead.
pub fn ingest(options: &Options, progress: &mut dyn Progress) -> Result<Report, Error> {
    // The seeds are walked while the index is opened: a run without changes is these two and little else.
    let (walked, prepared) = std::thread::scope(|scope| {
        let follow = options.follow_links.unwrap_or_default();
        let walking = scope.spawn(move || walk(&options.seeds, &options.index, follow));
        let prepared = start(options, progress);
        (walking.join(), prepared)
    });
    let mut walked = walked.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let (_lock, mut kitchen, old) = prepared?;
    let told = old.as_ref().is_some_and(|(_, table)| table.follow_links);
    let follow_links = options.follow_links.unwrap_or(told);
    if follow_links && options.follow_links.is_none() {
        walked = walk(&options.seeds, &options.index, true)?;
    }
    kitchen.library.attach(walked.files.keys().map(String::as_str));
    if walked.files.is_empty() && !options.allow_empty {
        let passed_over = walked.skipped.into_iter().next();
        return Err(Error::NoDocuments { path: options.seeds.clone(), passed_over });
    }
    clear_leftovers(&options.index)?;
    let (old, known) = old.unzip();
    let known = known.unwrap_or_default();
    let mut report = Report { doubts: mistakes(&kitchen), ..Report::default() };
    if old.is_some() && known.follow_links == follow_links && is_in_step(&walked, &known, &kitchen) {
        report.unchanged = known.entries.len() as u64;
        finish_report(&mut report, &known, &walked);
        return Ok(report);
    }
    let plan = Plan::new(&walked, &known, &kitchen, &options.seeds);
    let plan = Plan { follow_links, ..plan };
    report.unchanged = plan.kept.len() as u64;
    report.removed = plan.removed.len() as u64;
    let bytes: u64 = plan.reading.iter().map(|(_, stat)| stat.size).sum();
    let threads = options.jobs.min(1 + usize::try_from(bytes / ONE_SEGMENT).unwrap_or(usize::MAX - 1));
    let budget = Budget { threads, memory: options.memory };
    let writer = match &old {
        Some(index) => IndexWriter::update(index, budget)?,
        None => IndexWriter::build(&options.index, budget)?,
    };
    let ingest = Ingest { options, kitchen: &kitchen, writer: &writer, old: old.as_ref(), known: &known };
    let table = ingest.carry_out(plan, &mut report, progress)?;
    writer.commit(&table)?;
    finish_report(&mut report, &table, &walked);
    Ok(report)
}

fn take_lock(options: &Options, progress: &mut dyn Progress) -> Result<Lock, Error> {
    Lock::take(&options.index, options.wait, &mut |holder| progress.wait(holder)).map_err(|error| match error
    {
        LockError::Held(holder) => Error::Locked { path: options.index.clone(), holder },
        LockError::Index(error) => Error::Index(error),
    })
}

/// What an ingest starts from: its lock, what documents are prepared with, and the index as it is with its table of
/// files, unless it has to be built.
type Start = (Lock, Kitchen, Option<(Index, FileTable)>);

fn start(options: &Options, progress: &mut dyn Progress) -> Result<Start, Error> {
    if index::holds_foreign_files(&options.index) {
        return Err(index::Error::Foreign(options.index.clone()).into());
    }
    let lock = take_lock(options, progress)?;
    let kitchen = Kitchen::open(&options.seeds)?;
    let old = if options.rebuild { None } else { usable_index(&options.index)? };
    Ok((lock, kitchen, old))
}

/// The index as it is; `None` when it has to be built.
fn usable_index(dir: &Path) -> Result<Option<(Index, FileTable)>, Error> {
    match Index::open(dir) {
        Ok(index) => Ok(index.file_table().ok().map(|table| (index, table))),
        Err(error) if error.wants_rebuild() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The mistakes of the library file.
fn mistakes(kitchen: &Kitchen) -> Vec<Doubt> {
    let doubt =
        |e: &LibraryError| Doubt { path: e.file.to_owned(), what: format!("line {}: {}", e.line, e.message) };
    kitchen.library.errors.iter().map(doubt).collect()
}

/// Returns true if and only if there is nothing to do: every file is as remembered, and none could not be read.
fn is_in_step(walked: &Walk, known: &FileTable, kitchen: &Kitchen) -> bool {
    let is_kept = |(entry, (path, stat)): (&FileEntry, (&String, &Stat))| {
        entry.path == *path
            && entry.stat == *stat
            && !entry.was_unreadable()
            && entry.recipe == kitchen.recipe_of(path, Some(&entry.identity))
    };
    let passed_over = walked.skipped.iter().map(|(path, reason)| (path.as_str(), reason.as_str()));
    known.recipe == kitchen.recipe()
        && known.entries.len() == walked.files.len()
        && known.folders == walked.folders
        && known.passed_over.iter().map(|(path, reason)| (path.as_str(), reason.as_str())).eq(passed_over)
        && known.entries.iter().zip(&walked.files).all(is_kept)
}

fn finish_report(report: &mut Report, table: &FileTable, walked: &Walk) {
    report.passages = table.entries.iter().map(|e| u64::from(e.passages)).sum();
    let failed =
        table.entries.iter().filter_map(|e| e.skipped.clone().map(|reason| (e.path.clone(), reason)));
    let mut skipped: BTreeMap<String, String> = walked.skipped.clone();
    skipped.extend(failed);
    report.skipped = skipped
        .into_iter()
        .map(|(path, reason)| Skipped { on_purpose: is_on_purpose(&reason), path, reason })
        .collect();
}

/// What has to be done with each file.
struct Plan {
    /// Files whose passages stay, with their entry as it will be.
    kept: Vec<FileEntry>,
    /// Files to read.
    reading: Vec<(String, Stat)>,
    /// Entries whose documents leave the index: removed files, and the old form of files that are read anew.
    removed: Vec<FileEntry>,
    stale: Vec<FileEntry>,
    recipe: u64,
    follow_links: bool,
    folders: Vec<(String, i64)>,
    passed_over: Vec<(String, String)>,
}

impl Plan {
    /// Compares the walk with the table. A file is known by path, size and time; then by its hash: a touched but
    /// equal file stays, and a new path with the content of a path that is gone is a rename.
    fn new(walked: &Walk, known: &FileTable, kitchen: &Kitchen, seeds: &Path) -> Plan {
        let recipe = kitchen.recipe();
        let same_recipe = known.recipe == recipe;
        let mut plan = Plan {
            kept: vec![],
            reading: vec![],
            removed: vec![],
            stale: vec![],
            recipe,
            follow_links: false,
            folders: walked.folders.clone(),
            passed_over: walked.skipped.clone().into_iter().collect(),
        };
        // What lies in a folder that cannot be listed just now is not gone: it stays as it was.
        let is_hidden = |path: &str| {
            walked
                .skipped
                .keys()
                .any(|s| path.strip_prefix(s.as_str()).is_some_and(|rest| rest.starts_with('/')))
        };
        let absent = known.entries.iter().filter(|e| !walked.files.contains_key(&e.path));
        let (hidden, mut gone): (Vec<&FileEntry>, Vec<&FileEntry>) = absent.partition(|e| is_hidden(&e.path));
        plan.kept.extend(hidden.into_iter().cloned());
        for (path, stat) in &walked.files {
            let entry = known.entry(path);
            let own = |e: &FileEntry| kitchen.recipe_of(path, Some(&e.identity));
            let reusable = |e: &FileEntry| same_recipe && e.recipe == own(e) && !e.was_unreadable();
            match entry {
                Some(e) if reusable(e) && e.stat == *stat => plan.kept.push(e.clone()),
                Some(e) if reusable(e) && e.stat.size == stat.size && has_hash(seeds, path, e) => {
                    plan.kept.push(FileEntry { stat: *stat, ..e.clone() });
                }
                Some(e) => {
                    plan.stale.push(e.clone());
                    plan.reading.push((path.clone(), *stat));
                }
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

struct Ingest<'a> {
    options: &'a Options,
    kitchen: &'a Kitchen,
    writer: &'a IndexWriter,
    old: Option<&'a Index>,
    known: &'a FileTable,
}

/// A document that a reading thread is done with.
type Outcome = (FileEntry, Result<Prepared, String>);

impl Ingest<'_> {
    /// Does what the plan says and gives the table for the commit.
    fn carry_out(
        &self,
        plan: Plan,
        report: &mut Report,
        progress: &mut dyn Progress,
    ) -> Result<FileTable, Error> {
        let gone: Vec<u64> = plan.removed.iter().chain(&plan.stale).filter_map(|e| e.document).collect();
        gone.iter().for_each(|document| self.writer.delete_source(*document));
        if !gone.is_empty() {
            self.writer.delete_passages(gone)?;
        }
        let mut table = FileTable {
            recipe: plan.recipe,
            follow_links: plan.follow_links,
            next_document: self.known.next_document,
            entries: plan.kept,
            folders: plan.folders,
            passed_over: plan.passed_over,
        };
        let mut fresh: BTreeMap<u64, PackedSource> = BTreeMap::new();
        self.read_all(&plan.reading, progress, &mut |outcome| {
            let (mut entry, prepared) = outcome;
            match prepared {
                Ok(prepared) => {
                    let document = table.next_document;
                    table.next_document += 1;
                    entry.document = Some(document);
                    entry.passages = prepared.source.passages;
                    entry.lengths = Lengths::of(&prepared.passages, &prepared.sections);
                    entry.name = prepared.naming();
                    report.read += 1;
                    report.attached.extend(attachment(&entry.path, prepared.attached.as_ref()));
                    let doubts = doubts(&prepared.source);
                    report.doubts.extend(doubts.map(|what| Doubt { path: entry.path.clone(), what }));
                    fresh.insert(document, self.write(prepared, document, entry.stat)?);
                }
                Err(reason) => entry.skipped = Some(reason),
            }
            table.entries.push(entry);
            Ok(())
        })?;
        table.entries.sort_by(|a, b| a.path.cmp(&b.path));
        report.attached.sort();
        report.doubts.sort_by(|a, b| (&a.path, &a.what).cmp(&(&b.path, &b.what)));
        settle_names(&mut table, self.known, &mut fresh, self.kitchen, self.old, self.writer)?;
        Ok(table)
    }

    /// Writes the passages of a document; gives back its source record, which is written when names are settled.
    fn write(&self, prepared: Prepared, document: u64, stat: Stat) -> Result<PackedSource, Error> {
        let mut source = prepared.source;
        (source.document, source.stat) = (document, stat);
        self.writer.add_passages(document, prepared.passages, &prepared.sections)?;
        PackedSource::pack(&source).map_err(Error::Record)
    }

    /// Reads the files on all cores and hands each outcome to `take` in the order of the list, so that document
    /// numbers do not depend on which thread was first.
    fn read_all(
        &self,
        files: &[(String, Stat)],
        progress: &mut dyn Progress,
        take: &mut dyn FnMut(Outcome) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let next = AtomicUsize::new(0);
        let pace = Pace::new(4 * QUEUE);
        let total = files.len() as u64;
        let result = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel::<(usize, Outcome)>(QUEUE);
            for _ in 0..self.options.jobs.clamp(1, files.len().max(1)) {
                let sender = sender.clone();
                let (next, pace) = (&next, &pace);
                // PDF and HTML parsers recurse over what a document nests.
                let builder = std::thread::Builder::new().stack_size(16 << 20);
                let spawned = builder.spawn_scoped(scope, move || self.read_some(files, next, pace, &sender));
                if spawned.is_err() && next.load(Ordering::Relaxed) == 0 {
                    continue;
                }
            }
            drop(sender);
            // However this ends, readers that wait must go on.
            let _end = pace.release_at_end();
            in_order(&receiver, |done, outcome| {
                progress.advance(done, total);
                pace.set(done as usize);
                take(outcome)
            })
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
        let bytes = match std::fs::read(locate(&self.options.seeds, path)) {
            Ok(bytes) => bytes,
            Err(error) => return (entry, Err(error.to_string())),
        };
        entry.hash = *blake3::hash(&bytes).as_bytes();
        entry.stat.size = bytes.len() as u64;
        let prepare = || self.kitchen.prepare(path, &bytes, &self.options.seeds);
        let prepared = std::panic::catch_unwind(std::panic::AssertUnwindSafe(prepare))
            .unwrap_or_else(|_| Err("its reader failed on it".to_owned()));
        if let Ok(prepared) = &prepared {
            entry.identity = prepared.identity.clone();
        }
        entry.recipe = self.kitchen.recipe_of(path, Some(&entry.identity));
        (entry, prepared)
    }
}

/// Receives outcomes in any order and passes them on in theirs.
fn in_order(
    receiver: &Receiver<(usize, Outcome)>,
    mut take: impl FnMut(u64, Outcome) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut early: BTreeMap<usize, Outcome> = BTreeMap::new();
    let mut next = 0;
    for (i, outcome) in receiver {
        early.insert(i, outcome);
        while let Some(outcome) = early.remove(&next) {
            next += 1;
            take(next as u64, outcome)?;
        }
    }
    Ok(())
}

/// That a document belongs to an entry which does not name it.
fn attachment(path: &str, attached: Option<&prepare::Attached>) -> Option<Attachment> {
    let attached = attached.filter(|attached| attached.by != By::Path)?;
    let key = attached.key.to_string();
    Some(Attachment { path: path.to_owned(), key, library: attached.library, by: attached.by })
}

/// What a person should look at in a document.
fn doubts(source: &StoredSource) -> impl Iterator<Item = String> {
    let repairs = source.repairs;
    let counted = [
        (repairs.boilerplate_lines, "lines set apart as running heads"),
        (repairs.words_rejoined, "words rejoined at line ends"),
    ];
    let own = source.doubts.clone();
    let counted = counted.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    own.into_iter().chain(counted)
}
