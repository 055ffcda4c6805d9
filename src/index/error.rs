//! What can go wrong with an index, in words that say what to do.

use std::path::PathBuf;

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none yet.
    #[error("no index in {0}: run `ibid ingest`")]
    Missing(PathBuf),
    /// The folder holds something else; nothing in it is touched.
    #[error(
        "{0} is not empty and holds no index of ibid: name another folder with --index, or move what is in it"
    )]
    Foreign(PathBuf),
    /// It was written by another version of the program.
    #[error("the index in {0} was written by another version of ibid: run `ibid ingest` to build it anew")]
    OtherVersion(PathBuf),
    /// A file of it is not what was written.
    #[error("the index in {path} is damaged ({what}): run `ibid ingest --rebuild`")]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// Where the damage shows.
        what: String,
    },
    /// The operating system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// tantivy could not write.
    #[error("cannot write the index in {path}: {what}; what was indexed before is as it was")]
    Write {
        /// The index folder.
        path: PathBuf,
        /// What it said.
        what: String,
    },
}

impl Error {
    /// Returns true if and only if there is no index yet, so that building one is the thing to do.
    pub fn is_missing(&self) -> bool {
        matches!(self, Error::Missing(_))
    }

    /// Returns true if and only if building the index anew mends it.
    pub fn wants_rebuild(&self) -> bool {
        matches!(self, Error::Missing(_) | Error::OtherVersion(_) | Error::Damaged { .. })
    }
}
