//! Why an ingest could not be done; single documents that fail are in the report instead.

use crate::index;
use std::path::PathBuf;

/// Why an ingest could not be done. The index is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such folder, or it cannot be listed.
    #[error("cannot read the seeds folder {path}: {source}; name it with --seeds or IBID_SEEDS")]
    Seeds {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No document in it, though the index has some or should get some.
    #[error(
        "no documents in {path}: put some in, or name another folder with --seeds (--allow-empty if it is meant to be \
         empty){}",
        passed_over.as_ref().map_or(String::new(), |(path, reason)| format!("; {path}: {reason}"))
    )]
    NoDocuments {
        /// The folder.
        path: PathBuf,
        /// The first entry of it that is no readable file, with the reason.
        passed_over: Option<(String, String)>,
    },
    /// Another ingest is at work.
    #[error("{holder} is ingesting into {path}: try again when it is done")]
    Locked {
        /// The index folder.
        path: PathBuf,
        /// Who holds the lock.
        holder: String,
    },
    /// The index cannot be written or read.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// The record of a source cannot be made.
    #[error("the record of a source cannot be made: {0}")]
    Record(serde_json::Error),
    /// The user's gazetteer has mistakes.
    #[error("{0}")]
    Gazetteer(String),
    /// A single file that was asked for cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The seeds cannot be watched.
    #[error("cannot watch {path}: {what}")]
    Watch {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
}

impl Error {
    /// Returns true if and only if another process holds the lock, so that trying again later may do.
    pub fn is_locked(&self) -> bool {
        matches!(self, Error::Locked { .. })
    }
}
