//! One ingest, from the lock to the commit.

use super::plan::{Plan, faulty};
use super::prepare::{self, Failure, Kitchen, Prepared};
use super::publish::settle_names;
use super::reading::Readers;
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

/// Bytes of documents up to which one thread indexes them all: it makes one segment, which is quicker to search than two.
const ONE_SEGMENT: u64 = 8 << 20;

/// Brings the index in step with the seeds: reads what is new or changed, drops what is gone, keeps the rest.
///
/// # Errors
/// [`Error`]; the index is then as it was. A document that cannot be read is in the report instead.
pub fn ingest(options: &Options, progress: &mut dyn Progress) -> Result<Report, Error> {
    // The seeds are walked while the index is opened: a run without changes is these two and little else.
    let follow = options.follow_links.unwrap_or_default();
    let look = || walk(&options.seeds, &options.index, follow);
    let (walked, prepared) = std::thread::scope(|scope| {
        let walking = std::thread::Builder::new().spawn_scoped(scope, look);
        let prepared = start(options, progress);
        let walked = walking.map(|walking| walking.join()).unwrap_or_else(|_| Ok(look()));
        (walked, prepared)
    });
    let mut walked = walked.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let Start { _lock, mut kitchen, old, damage } = prepared?;
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
    let mut report = Report { doubts: mistakes(&kitchen), damage, ..Report::default() };
    if old.is_some() && known.follow_links == follow_links && is_in_step(&walked, &known, &kitchen) {
        report.unchanged = known.entries.len() as u64;
        finish_report(&mut report, &known, &walked);
        return Ok(report);
    }
    let plan = Plan::new(&walked, &known, &kitchen, &options.seeds);
    let plan = Plan { follow_links, ..plan };
    report.unchanged = plan.kept.iter().filter(|e| e.fault.is_none()).count() as u64;
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
struct Start {
    _lock: Lock,
    kitchen: Kitchen,
    old: Option<(Index, FileTable)>,
    /// Why it is built anew, when it was damaged.
    damage: Option<String>,
}

fn start(options: &Options, progress: &mut dyn Progress) -> Result<Start, Error> {
    if index::holds_foreign_files(&options.index) {
        return Err(index::Error::Foreign(options.index.clone()).into());
    }
    let _lock = take_lock(options, progress)?;
    let kitchen = Kitchen::open(&options.seeds)?;
    if options.rebuild {
        return Ok(Start { _lock, kitchen, old: None, damage: None });
    }
    let usable = || {
        if options.verify {
            verify(&options.index)?;
        }
        let index = Index::open(&options.index)?;
        let table = index.check_soon()?;
        Ok::<_, index::Error>((index, table))
    };
    match usable() {
        Ok(old) => Ok(Start { _lock, kitchen, old: Some(old), damage: None }),
        Err(error) if error.wants_rebuild() => {
            let damage = match error {
                index::Error::Damaged { what, .. } => Some(what),
                _ => None,
            };
            Ok(Start { _lock, kitchen, old: None, damage })
        }
        Err(error) => Err(error.into()),
    }
}

/// Checks every file and every record of the index.
fn verify(dir: &Path) -> Result<(), index::Error> {
    match index::doctor::examine_index(dir)?.into_iter().next() {
        Some(problem) => Err(index::Error::Damaged { path: dir.to_owned(), what: problem.what }),
        None => Ok(()),
    }
}

/// The mistakes of the library file.
fn mistakes(kitchen: &Kitchen) -> Vec<Doubt> {
    let doubt =
        |e: &LibraryError| Doubt { path: e.file.to_owned(), what: format!("line {}: {}", e.line, e.message) };
    kitchen.library.errors.iter().map(doubt).collect()
}

/// Returns true if and only if there is nothing to do: every file is as remembered, and none has to be tried again.
fn is_in_step(walked: &Walk, known: &FileTable, kitchen: &Kitchen) -> bool {
    let is_kept = |(entry, (path, stat)): (&FileEntry, (&String, &Stat))| {
        entry.path == *path
            && entry.stat == *stat
            && entry.fault.is_none()
            && entry.recipe == kitchen.recipe_of(path, Some(&entry.identity))
    };
    let passed_over = walked.skipped.iter().map(|(path, reason)| (path.as_str(), reason.as_str()));
    known.entries.len() == walked.files.len()
        && known.folders == walked.folders
        && known.passed_over.iter().map(|(path, reason)| (path.as_str(), reason.as_str())).eq(passed_over)
        && known.entries.iter().zip(&walked.files).all(is_kept)
}

fn finish_report(report: &mut Report, table: &FileTable, walked: &Walk) {
    report.passages = table.entries.iter().map(|e| u64::from(e.passages)).sum();
    report.kept = table.entries.iter().filter(|e| e.is_kept()).count() as u64;
    // A folder that cannot be listed stands for all that is in it.
    let of_walk = walked.skipped.iter().map(|(path, reason)| {
        let again = walked.hidden.contains(path);
        let is_within = |e: &FileEntry| {
            e.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let kept = again && table.entries.iter().any(|e| e.is_kept() && is_within(e));
        let skipped = Skipped::new(path.clone(), reason.clone());
        Skipped { on_purpose: is_on_purpose(reason), again, kept, ..skipped }
    });
    let of_table = table.entries.iter().filter(|e| walked.hides(&e.path).is_none()).filter_map(|e| {
        let skipped = Skipped::new(e.path.clone(), e.reason()?.to_owned());
        let tries = e.fault.as_ref().map_or(0, |fault| fault.tries);
        let on_purpose = is_on_purpose(&skipped.reason);
        Some(Skipped { on_purpose, kept: e.is_kept(), again: e.fault.is_some(), tries, ..skipped })
    });
    let skipped: BTreeMap<String, Skipped> =
        of_walk.chain(of_table).map(|skipped| (skipped.path.clone(), skipped)).collect();
    report.skipped = skipped.into_values().collect();
}

struct Ingest<'a> {
    options: &'a Options,
    kitchen: &'a Kitchen,
    writer: &'a IndexWriter,
    old: Option<&'a Index>,
    known: &'a FileTable,
}

impl Ingest<'_> {
    /// Does what the plan says and gives the table for the commit.
    fn carry_out(
        &self,
        plan: Plan,
        report: &mut Report,
        progress: &mut dyn Progress,
    ) -> Result<FileTable, Error> {
        let mut gone: Vec<u64> = plan.removed.iter().filter_map(|e| e.document).collect();
        let mut table = FileTable {
            follow_links: plan.follow_links,
            next_document: self.known.next_document,
            entries: plan.kept,
            folders: plan.folders,
            passed_over: plan.passed_over,
        };
        let mut fresh: BTreeMap<u64, PackedSource> = BTreeMap::new();
        let Ingest { options, kitchen, .. } = self;
        let readers = Readers { kitchen, seeds: &options.seeds, jobs: options.jobs };
        readers.read_all(&plan.reading, progress, &mut |(mut entry, prepared)| {
            let known = self.known.entry(&entry.path);
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
                Err(Failure::Refused(reason)) => entry.skipped = Some(reason),
                Err(Failure::Fault(reason)) => entry = faulty(entry, known, reason),
            }
            gone.extend(known.filter(|_| !entry.is_kept()).and_then(|known| known.document));
            table.entries.push(entry);
            Ok(())
        })?;
        gone.iter().for_each(|document| self.writer.delete_source(*document));
        if !gone.is_empty() {
            self.writer.delete_passages(gone)?;
        }
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
