//! [`IndexWriter`]: changes an index, or builds one beside and swaps it in, in one atomic commit.

use super::addition::{Addition, Backlog, Datum};
use super::analysis::Terms;
use super::directory::why_not_writable;
use super::files::{Encoded, FileTable};
use super::runs::PassagesOf;
use super::schema::{self, Fields};
use super::{
    Error, FILE_TABLE, FILE_TABLE_PARTS, FIRST_PASSAGE, Index, ORDER, PackedSource, PreparedPassage,
    StoredSource, analysis, fault, part_term, record, stamp,
};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::indexer::UserOperation;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{IndexSettings, Term};

/// The folder, within the index folder, where a new index is built before it is swapped in.
const BUILDING: &str = ".building";
/// The lock file; see [`super::lock`].
pub(super) const LOCK: &str = ".ibid.lock";
/// tantivy's file of files; names what it may delete.
const MANAGED: &str = ".managed.json";
/// tantivy's file of what belongs to the last commit.
pub(super) const META: &str = "meta.json";
/// How the names of the files begin that tantivy writes before it renames them.
const TEMPORARY: &str = ".tmp";
/// Share of deleted documents from which a segment is rewritten without them.
const MOST_DELETED: f32 = 0.2;
/// Segments of like size that are merged into one: fewer segments are faster to open and to search, and
/// merging costs each passage about log8 of the index's growth in rewrites.
const MERGED_AT_ONCE: usize = 8;

/// Bytes of records that are compressed together: twice what is usual takes 4 % less room, and 5 % more time of a search
/// that opens the index (over 1.5 million passages); four times takes another 3 % less and 12 % more.
const STORE_BLOCK: usize = 32 << 10;

/// Passages from which a segment is left as it is. A merge maps all that it reads: with a gigabyte of text an ingest took
/// 1,036 MB of memory when segments up to 500,000 were merged, 393 MB with this; a search that opens the index over its
/// 6.6 million passages takes 13 ms instead of 7.
const MERGED_NO_MORE: usize = 200_000;

/// How many resources writing may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Threads that index.
    pub threads: usize,
    /// Bytes of memory for all of them.
    pub memory: usize,
}

/// Changes an index.
pub struct IndexWriter {
    dir: PathBuf,
    inner: tantivy::IndexWriter<Addition>,
    fields: Fields,
    backlog: Arc<Backlog>,
    /// The folder that is built in and swapped; `None` when the index is changed in place.
    building: Option<PathBuf>,
}

impl IndexWriter {
    /// A writer that changes an open index in place; readers see nothing of it before the commit.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn update(index: &Index, budget: Budget) -> Result<IndexWriter, Error> {
        let inner = writer(index.inner(), budget).map_err(|e| cannot_write(index.dir(), e))?;
        let (dir, fields) = (index.dir().to_owned(), *index.fields());
        Ok(IndexWriter { dir, inner, fields, backlog: Arc::default(), building: None })
    }

    /// A writer that builds a new index beside whatever is in `dir`, which the commit swaps.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Write`].
    pub fn build(dir: &Path, budget: Budget) -> Result<IndexWriter, Error> {
        let building = dir.join(BUILDING);
        clear_leftovers(dir)?;
        fs::create_dir_all(&building).map_err(|source| Error::Io { path: building.clone(), source })?;
        let settings = IndexSettings { docstore_blocksize: STORE_BLOCK, ..IndexSettings::default() };
        let builder = tantivy::Index::builder().schema(schema::build()).settings(settings);
        let inner = builder.create_in_dir(&building).map_err(|e| cannot_write(dir, e))?;
        analysis::register(&inner);
        let fields = Fields::of(&inner.schema()).map_err(|e| cannot_write(dir, e))?;
        let inner = writer(&inner, budget).map_err(|e| cannot_write(dir, e))?;
        let dir = dir.to_owned();
        Ok(IndexWriter { dir, inner, fields, backlog: Arc::default(), building: Some(building) })
    }

    /// A writer of an index in memory: for measuring a collection.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn in_memory(budget: Budget) -> Result<IndexWriter, Error> {
        let dir = PathBuf::from("memory");
        let index = tantivy::Index::create_in_ram(schema::build());
        analysis::register(&index);
        let fields = Fields::of(&index.schema()).map_err(|e| cannot_write(&dir, e))?;
        let inner = writer(&index, budget).map_err(|e| cannot_write(&dir, e))?;
        Ok(IndexWriter { dir, inner, fields, backlog: Arc::default(), building: None })
    }

    /// Makes an index in memory searchable.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn into_index(self, files: &FileTable) -> Result<Index, Error> {
        let (inner, dir) = (self.inner.index().clone(), self.dir.clone());
        self.commit(files)?;
        Index::of(inner, &dir).map_err(|e| cannot_write(&dir, e))
    }

    /// Adds the passages of a document, which stand in the sections whose paths have the terms `sections`; waits while much
    /// is waiting already.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn add_passages(
        &self,
        document: u64,
        passages: Vec<PreparedPassage>,
        sections: &[Terms],
    ) -> Result<(), Error> {
        let headings: Vec<Option<Arc<str>>> =
            sections.iter().map(|s| (s.length > 0).then(|| s.text.as_str().into())).collect();
        let addition = |(i, passage): (usize, PreparedPassage)| {
            let heading = headings.get(passage.section as usize).cloned().flatten();
            let mut addition = self.passage(document, passage, heading);
            if i == 0 {
                self.open_fields_of_sources(&mut addition);
                addition.add(self.fields.first, Datum::Number(document));
            }
            addition
        };
        let mut additions: Vec<Addition> = passages.into_iter().enumerate().map(addition).collect();
        let bytes = additions.iter().map(Addition::size).sum();
        if let Some(last) = additions.last_mut() {
            last.hold(self.backlog.enter(bytes));
        }
        // At once, so that a document stands in one segment, in its order.
        let additions = additions.into_iter().map(UserOperation::Add);
        self.inner.run(additions).map(|_| ()).map_err(|e| cannot_write(&self.dir, e))
    }

    /// Gives a passage a term that no source has in the fields by which sources are looked up, so that there is no
    /// segment without these fields: tantivy takes half a millisecond to make an empty one when it is first asked.
    fn open_fields_of_sources(&self, passage: &mut Addition) {
        passage.add(self.fields.source, Datum::Number(u64::MAX));
        passage.add(self.fields.key, Datum::Label(FIRST_PASSAGE));
    }

    fn passage(&self, document: u64, passage: PreparedPassage, heading: Option<Arc<str>>) -> Addition {
        let fields = &self.fields;
        let PreparedPassage { mut record, kind, countries, terms, .. } = passage;
        record::bind(&mut record, document);
        let mut addition = Addition::default();
        addition.add(fields.document, Datum::Number(document));
        addition.add(fields.record, Datum::Bytes(record));
        let Some(terms) = terms else { return addition };
        let words = if kind.is_citable() { fields.words } else { fields.aside };
        addition.add(words, Datum::Text(terms.text));
        if let Some(heading) = heading {
            addition.add(fields.heading, Datum::Shared(heading));
        }
        addition.add(fields.kind, Datum::Label(kind.as_str()));
        countries.into_iter().for_each(|code| addition.add(fields.country, Datum::Code(code)));
        addition
    }

    /// Adds the record of a source.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn add_source(&self, source: &StoredSource) -> Result<(), Error> {
        self.add_packed_source(&PackedSource::pack(source).map_err(|e| cannot_write(&self.dir, e))?)
    }

    /// The same for one that is packed already.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn add_packed_source(&self, source: &PackedSource) -> Result<(), Error> {
        let mut addition = Addition::default();
        addition.add(self.fields.source, Datum::Number(source.document));
        addition.add(self.fields.key, Datum::Text(source.key.to_string()));
        if let Some(year) = source.year {
            addition.add(self.fields.year, Datum::Year(year));
        }
        if let Some(title) = &source.title {
            addition.add(self.fields.title, Datum::Text(title.clone()));
        }
        addition.add(self.fields.record, Datum::Bytes(record::seal(&source.json)));
        self.add(addition)
    }

    /// Takes all passages of some documents out.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn delete_passages(&self, documents: Vec<u64>) -> Result<(), Error> {
        let passages = Box::new(PassagesOf::new(documents, &self.fields));
        self.inner.delete_query(passages).map(|_| ()).map_err(|e| cannot_write(&self.dir, e))
    }

    /// Takes the record of a source out.
    pub fn delete_source(&self, document: u64) {
        self.inner.delete_term(Term::from_field_u64(self.fields.source, document));
    }

    /// Makes all changes visible at once, with the table of files that goes with them.
    ///
    /// # Errors
    /// [`Error::Write`], [`Error::Io`]; the index is then as it was before.
    pub fn commit(mut self, files: &FileTable) -> Result<(), Error> {
        self.replace_file_table(files)?;
        let dir = self.dir.clone();
        let mut prepared = self.inner.prepare_commit().map_err(|e| cannot_write(&dir, e))?;
        prepared.set_payload(&stamp());
        fault::point("before-commit");
        prepared.commit().map_err(|e| cannot_write(&dir, e))?;
        fault::point("after-commit");
        self.inner.wait_merging_threads().map_err(|e| cannot_write(&dir, e))?;
        match self.building {
            Some(building) => swap(&dir, &building),
            None => Ok(()),
        }
    }

    fn replace_file_table(&self, files: &FileTable) -> Result<(), Error> {
        for key in [FILE_TABLE, FILE_TABLE_PARTS, ORDER] {
            self.inner.delete_term(Term::from_field_text(self.fields.key, key));
        }
        let record = |keys: &[&str], content: &[u8]| {
            let mut addition = Addition::default();
            keys.iter().for_each(|key| addition.add(self.fields.key, Datum::Text((*key).to_owned())));
            let mut record = record::seal(content);
            if let Some(name) = keys.last() {
                record::bind(&mut record, record::number_of(name));
            }
            addition.add(self.fields.record, Datum::Bytes(record));
            self.add(addition)
        };
        let Encoded { summary, parts, order } = files.encode();
        record(&[FILE_TABLE], &summary)?;
        for (part, content) in parts.iter().enumerate() {
            record(&[FILE_TABLE_PARTS, &part_term(part)], content)?;
        }
        if let Some(order) = order {
            record(&[ORDER], &order)?;
        }
        Ok(())
    }

    fn add(&self, addition: Addition) -> Result<(), Error> {
        self.inner.add_document(addition).map(|_| ()).map_err(|e| cannot_write(&self.dir, e))
    }
}

fn writer(index: &tantivy::Index, budget: Budget) -> tantivy::Result<tantivy::IndexWriter<Addition>> {
    /// tantivy refuses less than 15 MB a thread.
    const LEAST: usize = 15_000_000;
    let threads = budget.threads.clamp(1, 8).min((budget.memory / LEAST).max(1));
    let writer = index.writer_with_num_threads(threads, budget.memory.max(LEAST * threads))?;
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_AT_ONCE);
    policy.set_max_docs_before_merge(MERGED_NO_MORE);
    policy.set_del_docs_ratio_before_merge(MOST_DELETED);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}

/// The error, with the reason where the folder tells: the disk is full, or it is read-only.
fn cannot_write(dir: &Path, error: impl std::fmt::Display) -> Error {
    let what = why_not_writable(dir).map_or_else(|| error.to_string(), |reason| reason.to_string());
    Error::Write { path: dir.to_owned(), what }
}

/// Returns true if and only if a file or folder of that name within the index folder is the index's own.
pub(super) fn is_own_file(name: &str) -> bool {
    let segment = || {
        let id = name.split('.').next().unwrap_or_default();
        id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())
    };
    matches!(name, META | MANAGED | ".managed.new" | LOCK | BUILDING | ".gitignore")
        || name.starts_with(".tantivy-")
        || name.starts_with(TEMPORARY)
        || segment()
}

/// Removes what a run that was killed left behind: a half-built index, and segment files that no commit names. Only an
/// ingest that holds the lock may call this.
///
/// # Errors
/// [`Error::Io`].
pub fn clear_leftovers(dir: &Path) -> Result<(), Error> {
    let building = dir.join(BUILDING);
    if building.exists() {
        fs::remove_dir_all(&building).map_err(|source| Error::Io { path: building, source })?;
    }
    let names = fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.file_name());
    for name in names.filter(|n| n.to_string_lossy().starts_with(TEMPORARY)) {
        let _ = fs::remove_file(dir.join(name));
    }
    let Some(living) = living_segments(dir) else { return Ok(()) };
    for name in old_files(dir, &BTreeSet::new()) {
        if !living.iter().any(|segment| segment.has(&name)) {
            // What cannot be removed now is tried again by the next ingest.
            let _ = fs::remove_file(dir.join(&name));
        }
    }
    Ok(())
}

/// A segment that `meta.json` names.
struct Living {
    id: String,
    /// The commit whose deletions it has, if any: a file of deletions by another commit, killed before it was done,
    /// would stand in the way of the next.
    deletes: Option<u64>,
}

impl Living {
    /// Returns true if and only if the file is the segment's.
    fn has(&self, name: &str) -> bool {
        match name.strip_prefix(self.id.as_str()).and_then(|rest| rest.strip_suffix(".del")) {
            Some(opstamp) => self.deletes.is_some_and(|d| opstamp == format!(".{d}")),
            None => name.starts_with(self.id.as_str()),
        }
    }
}

/// The segments that `meta.json` names; `None` when it cannot be read, so that nothing is removed.
fn living_segments(dir: &Path) -> Option<Vec<Living>> {
    let meta: serde_json::Value = serde_json::from_slice(&fs::read(dir.join(META)).ok()?).ok()?;
    let living = |segment: &serde_json::Value| {
        let id = segment.get("segment_id")?.as_str()?.replace('-', "");
        let deletes =
            segment.get("deletes").and_then(|d| d.get("opstamp")).and_then(serde_json::Value::as_u64);
        Some(Living { id, deletes })
    };
    meta.get("segments")?.as_array()?.iter().map(living).collect()
}

/// Moves a finished index from `building` into `dir`. Its segment files have names of their own, so they stand
/// beside the old ones until `meta.json` is renamed over the old one: before that readers see the old index,
/// from then on the new.
fn swap(dir: &Path, building: &Path) -> Result<(), Error> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Io { path, source }
    };
    let mut moved: BTreeSet<String> = BTreeSet::new();
    for entry in fs::read_dir(building).map_err(io(building))? {
        let name = entry.map_err(io(building))?.file_name().to_string_lossy().into_owned();
        if name == META || name == MANAGED || name.ends_with(".lock") {
            continue;
        }
        fault::point("before-move");
        fs::rename(building.join(&name), dir.join(&name)).map_err(io(dir))?;
        moved.insert(name);
    }
    let mut managed: BTreeSet<String> = moved.iter().cloned().chain([META.to_owned()]).collect();
    managed.extend(old_files(dir, &moved));
    let list = serde_json::to_vec(&managed).map_err(|e| cannot_write(dir, e))?;
    replace(&dir.join(MANAGED), &list)?;
    sync(dir)?;
    fault::point("before-swap");
    fs::rename(building.join(META), dir.join(META)).map_err(io(dir))?;
    fault::point("after-swap");
    sync(dir)?;
    for name in old_files(dir, &moved) {
        // A file that cannot be removed now is on tantivy's list, which removes it at a later commit.
        let _ = fs::remove_file(dir.join(name));
    }
    fs::remove_dir_all(building).map_err(io(building))
}

/// The segment files in `dir` that are not among the new ones.
fn old_files(dir: &Path, new: &BTreeSet<String>) -> Vec<String> {
    let names = fs::read_dir(dir).into_iter().flatten().flatten();
    let names = names.map(|e| e.file_name().to_string_lossy().into_owned());
    names.filter(|n| is_own_file(n) && !n.starts_with('.') && n != META && !new.contains(n)).collect()
}

/// Writes a file beside and renames it over `path`.
fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let beside = path.with_extension("new");
    fs::write(&beside, content).map_err(io)?;
    File::open(&beside).and_then(|f| f.sync_all()).map_err(io)?;
    fault::point("before-managed");
    fs::rename(&beside, path).map_err(io)
}

/// Makes the renames in a folder durable, where the system can.
fn sync(dir: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        let folder = File::open(dir).and_then(|f| f.sync_all());
        folder.map_err(|source| Error::Io { path: dir.to_owned(), source })?;
    }
    Ok(())
}
