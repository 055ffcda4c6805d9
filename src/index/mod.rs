//! The index: schema, writer, reader, integrity. The only state of the program, and one commit changes it.
//!
//! It is a tantivy index of three sorts of documents: passages (searched), sources (one record each: what the work
//! is, its citation, its sections), and one table of the files that ingest has seen. The user's folder may hold a
//! `.gitignore` beside it; nothing that is not the index's own is ever touched.

mod addition;
pub mod analysis;
mod by_source;
mod directory;
pub mod doctor;
mod error;
pub mod fault;
mod files;
mod integrity;
pub mod lock;
mod order;
mod prepared;
mod record;
mod runs;
pub mod schema;
mod stat;
mod store;
mod stored;
mod writer;

pub use error::Error;
pub use files::{Fault, FileEntry, FileSummary, FileTable, Freshness, Lengths, Naming};
pub use prepared::PreparedPassage;
pub use stat::Stat;
pub use stored::{PackedSource, StoredPassage, StoredSource};
pub use writer::{Budget, IndexWriter, clear_leftovers};

use crate::passage::{Citekey, PassageId};
use directory::SharedDirectory;
use integrity::Commit;
pub use order::{DocumentOrder, Place};
pub(crate) use runs::PassagesOf;
use schema::{Fields, INDEX_VERSION};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use store::RecordStore;
use tantivy::columnar::Column;
use tantivy::directory::OwnedBytes;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, ReloadPolicy, Searcher, TERMINATED, Term};
use writer::META;

/// The term of the file table's summary in [`Fields::key`]; no citekey holds a control character.
const FILE_TABLE: &str = "\u{0}files";
/// The term of all parts of the file table; each has one of its own too, [`part_term`].
const FILE_TABLE_PARTS: &str = "\u{0}parts";

/// The term of the order of documents, where there is a record of it.
const ORDER: &str = "\u{0}order";

/// The term of the first passages of documents in the same field.
const FIRST_PASSAGE: &str = "\u{0}first";

/// The term of one part of the file table.
fn part_term(part: usize) -> String {
    format!("{FILE_TABLE_PARTS}{part}")
}

/// An open index: a snapshot of its last commit.
pub struct Index {
    dir: PathBuf,
    inner: tantivy::Index,
    searcher: Searcher,
    records: RecordStore,
    fields: Fields,
    summary: OnceLock<FileSummary>,
    order: OnceLock<DocumentOrder>,
    /// By segment; opened when first asked for, which costs more than reading one.
    documents: Vec<OnceLock<Column<u64>>>,
}

impl Index {
    /// Opens the index in `dir` as of its last commit.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Foreign`], [`Error::OtherVersion`], [`Error::Damaged`].
    pub fn open(dir: &Path) -> Result<Index, Error> {
        match Index::open_once(dir) {
            // Between reading which files there are and opening them, an ingest may have put others in their place.
            Err(Error::Damaged { .. }) => Index::open_once(dir),
            result => result,
        }
    }

    fn open_once(dir: &Path) -> Result<Index, Error> {
        if !dir.join(META).exists() {
            return Err(if holds_foreign_files(dir) {
                Error::Foreign(dir.to_owned())
            } else {
                Error::Missing(dir.to_owned())
            });
        }
        let damaged = |what: String| Error::Damaged { path: dir.to_owned(), what };
        guard(dir, || {
            let directory = SharedDirectory::open(dir).map_err(|e| damaged(e.to_string()))?;
            let inner = tantivy::Index::open(directory).map_err(|e| damaged(e.to_string()))?;
            let commit = Commit::read(&inner).map_err(damaged)?;
            if commit.payload != Some(stamp()) {
                return Err(Error::OtherVersion(dir.to_owned()));
            }
            if inner.schema() != schema::build() {
                return Err(damaged(format!("{META} is not what was written")));
            }
            let _open = commit.check(&inner, integrity::AT_OPEN).map_err(damaged)?;
            Index::of(inner, dir).map_err(|e| damaged(e.to_string()))
        })
    }

    /// An index over an open tantivy index with this crate's schema.
    pub(crate) fn of(inner: tantivy::Index, dir: &Path) -> tantivy::Result<Index> {
        analysis::register(&inner);
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let fields = Fields::of(&inner.schema())?;
        let records = RecordStore::of(&searcher);
        let (summary, order) = Default::default();
        let documents = searcher.segment_readers().iter().map(|_| OnceLock::new()).collect();
        Ok(Index { dir: dir.to_owned(), inner, searcher, records, fields, summary, order, documents })
    }

    /// Checks what can be checked soon, beyond what is whenever it is opened: its files as far as they are small, and the
    /// table of files.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn check_soon(&self) -> Result<FileTable, Error> {
        guard(&self.dir, || {
            let check = |commit: Commit| commit.check(&self.inner, integrity::AT_INGEST);
            Commit::read(&self.inner).and_then(check).map_err(|what| self.damaged(what))?;
            self.file_table()
        })
    }

    /// The folder it is in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The snapshot to search.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The fields.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The tantivy index itself, for the doctor.
    pub(crate) fn inner(&self) -> &tantivy::Index {
        &self.inner
    }

    /// The source of a citekey.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn source(&self, key: &Citekey) -> Result<Option<StoredSource>, Error> {
        let term = Term::from_field_text(self.fields.key, key.as_str());
        let source = self.first(&term)?.map(|address| self.source_at(address)).transpose()?;
        match source {
            Some(source) if source.key != *key => Err(self.damaged(format!("the source of {key}"))),
            source => Ok(source),
        }
    }

    /// The source with that document number.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn source_of_document(&self, document: u64) -> Result<StoredSource, Error> {
        let term = Term::from_field_u64(self.fields.source, document);
        match self.first(&term)? {
            Some(address) => {
                let source = self.source_at(address)?;
                let is_its = source.document == document;
                is_its
                    .then_some(source)
                    .ok_or_else(|| self.damaged(format!("the source of document {document}")))
            }
            None => Err(self.damaged(format!("no source record of document {document}"))),
        }
    }

    /// All sources, by citekey.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn sources(&self) -> Result<Vec<StoredSource>, Error> {
        let table = self.file_table()?;
        let mut sources = table
            .entries
            .iter()
            .filter_map(|e| e.document)
            .map(|document| self.source_of_document(document))
            .collect::<Result<Vec<_>, Error>>()?;
        sources.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(sources)
    }

    /// A passage by its id.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn passage(&self, id: &PassageId) -> Result<Option<(StoredSource, StoredPassage)>, Error> {
        let Some(source) = self.source(&id.key)? else { return Ok(None) };
        let passages = self.passages_of(&id.key)?;
        Ok(passages.into_iter().find(|p| p.ordinal == id.ordinal).map(|p| (source, p)))
    }

    /// All passages of a source and the headings between them, in document order; empty when there is no such
    /// source.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn passages_of(&self, key: &Citekey) -> Result<Vec<StoredPassage>, Error> {
        match self.source(key)? {
            Some(source) => self.passages_of_document(source.document),
            None => Ok(Vec::new()),
        }
    }

    /// All passages of a document and the headings between them, in document order.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn passages_of_document(&self, document: u64) -> Result<Vec<StoredPassage>, Error> {
        guard(&self.dir, || {
            let query = PassagesOf::new(vec![document], &self.fields);
            let mut passages = Vec::new();
            for (ord, segment) in self.searcher.segment_readers().iter().enumerate() {
                let runs = query.runs(segment).map_err(|e| self.damaged(e.to_string()))?;
                for doc in runs.into_iter().flatten().filter(|doc| !segment.is_deleted(*doc)) {
                    passages.push(self.passage_at(DocAddress::new(ord as u32, doc), document)?);
                }
            }
            passages.sort_by_key(|(sequence, _)| *sequence);
            Ok(passages.into_iter().map(|(_, passage)| passage).collect())
        })
    }

    /// What ingest remembers of the files it has seen.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn file_table(&self) -> Result<FileTable, Error> {
        let summary = self.file_summary()?;
        let mut entries = Vec::with_capacity(summary.files as usize);
        for part in 0..summary.parts.len() {
            entries.append(&mut self.files_of_part(part)?);
        }
        Ok(FileTable::of(summary, entries))
    }

    /// What the table of files comes to, without reading all of it.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn file_summary(&self) -> Result<&FileSummary, Error> {
        if let Some(summary) = self.summary.get() {
            return Ok(summary);
        }
        let content = self.content_of_key(FILE_TABLE)?;
        let summary = FileSummary::decode(&content).ok_or_else(|| self.damaged("the file table".into()))?;
        Ok(self.summary.get_or_init(|| summary))
    }

    /// What ingest remembers of the file with that path, without reading the whole table.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn file_entry(&self, path: &str) -> Result<Option<FileEntry>, Error> {
        let Some(part) = self.file_summary()?.part_of(path) else { return Ok(None) };
        Ok(self.files_of_part(part)?.into_iter().find(|e| e.path == path))
    }

    fn files_of_part(&self, part: usize) -> Result<Vec<FileEntry>, Error> {
        let content = self.content_of_key(&part_term(part))?;
        files::decode_entries(&content).ok_or_else(|| self.damaged("the file table".into()))
    }

    /// The content of the record that has the key.
    fn content_of_key(&self, key: &str) -> Result<Vec<u8>, Error> {
        let missing = || self.damaged("no file table".into());
        let address = self.first(&Term::from_field_text(self.fields.key, key))?.ok_or_else(missing)?;
        let record = self.record_at(address)?;
        let content = record::unseal(&record, record::number_of(key)).map(<[u8]>::to_vec);
        content.ok_or_else(|| self.damaged("the file table".into()))
    }

    /// The sources of which the index has an earlier reading, because their files could not be read, with the reason, by path.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn kept(&self) -> Result<BTreeMap<String, String>, Error> {
        let entries = self.file_table()?.entries.into_iter().filter(FileEntry::is_kept);
        Ok(entries.filter_map(|e| e.fault.map(|fault| (e.path, fault.reason))).collect())
    }

    /// The files that could not be read, with the reason, by path.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn skipped(&self) -> Result<Vec<(String, String)>, Error> {
        let table = self.file_table()?;
        let reason = |e: &FileEntry| e.reason().map(|reason| (e.path.clone(), reason.to_owned()));
        let unread = table.entries.iter().filter_map(reason);
        let mut skipped: Vec<(String, String)> = unread.chain(table.passed_over).collect();
        skipped.sort();
        Ok(skipped)
    }

    /// Numbers of documents and of citable passages.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn counts(&self) -> Result<(u64, u64), Error> {
        let summary = self.file_summary()?;
        Ok((summary.documents, summary.passages))
    }

    /// Number of citable passages.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn passage_count(&self) -> Result<u64, Error> {
        Ok(self.counts()?.1)
    }

    /// The order of the documents by path.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn document_order(&self) -> Result<&DocumentOrder, Error> {
        if let Some(order) = self.order.get() {
            return Ok(order);
        }
        let order = match self.file_summary()?.is_in_order {
            true => DocumentOrder::default(),
            false => {
                let content = self.content_of_key(ORDER)?;
                let damaged = || self.damaged("the order of documents".into());
                DocumentOrder::decode(&content).ok_or_else(damaged)?
            }
        };
        Ok(self.order.get_or_init(|| order))
    }

    /// The numbers of the documents of a segment's passages.
    pub(crate) fn documents_of(&self, segment: u32) -> tantivy::Result<&Column<u64>> {
        let slot = &self.documents[segment as usize];
        if let Some(column) = slot.get() {
            return Ok(column);
        }
        let column = runs::documents(self.searcher.segment_reader(segment), &self.fields)?;
        Ok(slot.get_or_init(|| column))
    }

    /// The passage record at an address, which is one of that document, with its number in the document's sequence.
    pub(crate) fn passage_at(
        &self,
        address: DocAddress,
        document: u64,
    ) -> Result<(u32, StoredPassage), Error> {
        let record = self.record_at(address)?;
        record::decode(&record, document).ok_or_else(|| self.damaged("a passage's record".into()))
    }

    fn source_at(&self, address: DocAddress) -> Result<StoredSource, Error> {
        let record = self.record_at(address)?;
        let source = record::unseal(&record, 0).and_then(|json| serde_json::from_slice(json).ok());
        source.ok_or_else(|| self.damaged("a source's record".into()))
    }

    fn record_at(&self, address: DocAddress) -> Result<OwnedBytes, Error> {
        guard(&self.dir, || {
            let record =
                self.records.record(&self.searcher, address).map_err(|e| self.damaged(e.to_string()))?;
            record.ok_or_else(|| self.damaged("a document without a record".into()))
        })
    }

    /// The first live document with a term.
    fn first(&self, term: &Term) -> Result<Option<DocAddress>, Error> {
        guard(&self.dir, || {
            let damaged = |e: &dyn std::fmt::Display| self.damaged(e.to_string());
            for (ord, segment) in self.searcher.segment_readers().iter().enumerate() {
                let inverted = segment.inverted_index(term.field()).map_err(|e| damaged(&e))?;
                let postings =
                    inverted.read_postings(term, IndexRecordOption::Basic).map_err(|e| damaged(&e))?;
                let Some(mut postings) = postings else { continue };
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc()) {
                        return Ok(Some(DocAddress::new(ord as u32, postings.doc())));
                    }
                    postings.advance();
                }
            }
            Ok(None)
        })
    }

    /// The error for damage that shows in `what`.
    pub(crate) fn damaged(&self, what: String) -> Error {
        Error::Damaged { path: self.dir.clone(), what }
    }
}

/// What the commit's payload must say for the index to be used.
fn stamp() -> String {
    format!("ibid index {INDEX_VERSION}")
}

/// Runs `read` and turns a panic of tantivy over damaged files into an error: a flipped bit must not end the
/// program.
pub(crate) fn guard<T>(dir: &Path, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    thread_local! {
        static GUARDED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    static QUIET: std::sync::Once = std::sync::Once::new();
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    GUARDED.set(outer);
    result.unwrap_or_else(|_| Err(Error::Damaged { path: dir.to_owned(), what: "unreadable".into() }))
}

/// Returns true if and only if the folder holds something that is not ours.
pub fn holds_foreign_files(dir: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    entries.flatten().any(|e| !writer::is_own_file(&e.file_name().to_string_lossy()))
}
