//! The write pipeline: brings an index in step with the seeds, and reports.
//!
//! ```text
//! walk -> compare with the file table -> read what is new or changed (all cores) -> writer
//!      -> citekeys, year letters and citations over all sources -> one commit
//! ```

mod error;
mod file_name;
mod inspect;
mod pace;
mod page_folder;
mod plan;
mod prepare;
mod preview;
mod publish;
mod reading;
mod report;
mod run;
mod walk;
mod watch;

pub use error::Error;
pub use inspect::{examine, freshness, quick_freshness};
pub use prepare::read_library;
pub use preview::Preview;
pub use report::{Attachment, Doubt, Report, Skipped};
pub use run::ingest;
pub use walk::{Walk, walk};
pub use watch::watch;

use std::path::PathBuf;

/// What an ingest is to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder with the documents.
    pub seeds: PathBuf,
    /// Folder of the index.
    pub index: PathBuf,
    /// Build from nothing.
    pub rebuild: bool,
    /// Check all of the index first, and build it anew when it is damaged; else what can be checked soon is.
    pub verify: bool,
    /// Take a seeds folder without documents as meant: the index becomes empty.
    pub allow_empty: bool,
    /// Follow symbolic links out of the seeds; `None` for what an earlier ingest was told, at first not.
    pub follow_links: Option<bool>,
    /// Wait for another ingest to end; else [`Error::Locked`].
    pub wait: bool,
    /// Threads that read, and that index.
    pub jobs: usize,
    /// Bytes of memory for the index writer.
    pub memory: usize,
}

impl Options {
    /// The usual options for these folders: all cores, 64 MB of writing memory a core.
    pub fn new(seeds: PathBuf, index: PathBuf) -> Options {
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        let memory = 64_000_000 * jobs.min(4);
        Options {
            seeds,
            index,
            rebuild: false,
            verify: false,
            allow_empty: false,
            follow_links: None,
            wait: true,
            jobs,
            memory,
        }
    }
}

/// Is told how an ingest goes.
pub trait Progress {
    /// `done` of `total` documents are read.
    fn advance(&mut self, done: u64, total: u64);
    /// Reading is over.
    fn finish(&mut self);
    /// Another process holds the lock; this one waits.
    fn wait(&mut self, holder: &str) {
        let _ = holder;
    }
}

/// Progress for nobody.
pub struct Silent;

impl Progress for Silent {
    fn advance(&mut self, _done: u64, _total: u64) {}
    fn finish(&mut self) {}
}
