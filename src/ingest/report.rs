//! What an ingest did.

use super::page_folder;
use crate::bibliography::library::By;
use crate::index::Fault;
use crate::reader::NO_DOCUMENTS;
use serde::Serialize;

/// A file that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Path within the seeds.
    pub path: String,
    /// Why.
    pub reason: String,
    /// It belongs to another document or is none, so that leaving it out is no failure: a saved page's pictures, a style
    /// sheet, a script.
    pub on_purpose: bool,
    /// The passages of an earlier reading stay in the index.
    pub kept: bool,
    /// It may be no fault of the document: the next ingest tries again.
    pub again: bool,
    /// How often the same bytes have been tried, where they could be had and it is tried again.
    pub tries: u8,
}

impl Skipped {
    /// A file that was not read, without more to say of it than the reason.
    pub(super) fn new(path: String, reason: String) -> Skipped {
        Skipped { path, reason, on_purpose: false, kept: false, again: false, tries: 0 }
    }

    /// The reason, with what follows from it.
    pub fn describe(&self) -> String {
        let mut text = self.reason.clone();
        if self.kept {
            text += "; what was read of it earlier stays in the index";
        }
        if self.again {
            text += "; the next ingest tries again";
        }
        if self.again && self.tries > 0 {
            text += &format!(" (tried {} of {} times)", self.tries, Fault::MOST);
        }
        text
    }
}

/// Returns true if and only if what is left out for that reason belongs to another document or is none.
pub(super) fn is_on_purpose(reason: &str) -> bool {
    reason.starts_with(page_folder::REASON) || NO_DOCUMENTS.contains(&reason)
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Path within the seeds.
    pub path: String,
    /// What.
    pub what: String,
}

/// A document that belongs to a library entry which does not name its path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Attachment {
    /// Path within the seeds.
    pub path: String,
    /// The citekey of the entry.
    pub key: String,
    /// The library file.
    pub library: &'static str,
    /// How it was found.
    pub by: By,
}

/// What an ingest did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// What was damaged in the index, so that it was built anew.
    pub damage: Option<String>,
    /// Documents read.
    pub read: u64,
    /// Documents that needed no reading.
    pub unchanged: u64,
    /// Documents whose files could not be read now, so that the index has what was read of them earlier.
    pub kept: u64,
    /// Documents that left the index.
    pub removed: u64,
    /// Citable passages in the index now.
    pub passages: u64,
    /// Documents read now that belong to a library entry which does not name their path, by path.
    pub attached: Vec<Attachment>,
    /// Files that could not be read, by path: those met now and those known from before.
    pub skipped: Vec<Skipped>,
    /// What was doubtful in the documents read now, and in the library file.
    pub doubts: Vec<Doubt>,
}
