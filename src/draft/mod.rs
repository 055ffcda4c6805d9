//! Report drafts: their quotations and citations, checked against the index.
//!
//! [`Draft::parse`] finds quotations and citations, [`check`] gives each its verdict, [`whence`] tells which source
//! says a text, [`cited_keys`] lists what a draft cites. What counts as verbatim stands in [`fold`].

mod align;
mod beside;
mod check;
mod document;
mod earlier;
mod fields;
mod figures;
mod fold;
mod grave;
mod judge;
mod keys;
mod latex_code;
mod library;
mod locate;
mod notes;
mod numbered;
mod own;
mod parse;
mod printed;
mod quotes;
mod reference_list;
mod repeated;
mod scan;
mod sentence;
mod source_text;
#[cfg(test)]
mod tests;
mod titles;
mod waiver;
mod whence;
mod words;

pub use check::check;
pub use parse::{Citation, Draft, Locator, Quotation, Syntax};
pub use waiver::Waivers;
pub use whence::{Found, cited_keys, whence};

use crate::index::{StoredPassage, StoredSource};
use crate::passage::Citekey;

/// Why a draft could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The corpus could not be read.
    #[error("cannot read the sources: {0}")]
    Corpus(String),
}

/// The sources a draft is checked against.
pub trait Corpus {
    /// All sources, by citekey.
    ///
    /// # Errors
    /// [`Error::Corpus`].
    fn sources(&self) -> Result<Vec<StoredSource>, Error>;

    /// All passages of a source and the headings between them, in document order.
    ///
    /// # Errors
    /// [`Error::Corpus`].
    fn passages_of(&self, key: &Citekey) -> Result<Vec<StoredPassage>, Error>;

    /// Sources that may hold most of `words`, likeliest first; all of them is a good answer of a small corpus. Each is
    /// compared with the quotation.
    ///
    /// # Errors
    /// [`Error::Corpus`].
    fn candidates(&self, words: &[String]) -> Result<Vec<Citekey>, Error>;
}

/// What is true of a quotation or a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The quotation stands so in the source cited.
    Verbatim,
    /// It stands so in another source or place than cited.
    Elsewhere,
    /// It stands nearly so.
    Altered,
    /// No source says it.
    Missing,
    /// Too short to tell, or its source is not indexed.
    Unchecked,
    /// The citation leads to a source.
    Known,
    /// No source has this citekey.
    Unknown,
    /// The source has no such paragraph or page.
    BadLocator,
}

impl Verdict {
    /// The word for it, as in the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::Elsewhere => "elsewhere",
            Verdict::Altered => "altered",
            Verdict::Missing => "missing",
            Verdict::Unchecked => "unchecked",
            Verdict::Known => "known",
            Verdict::Unknown => "unknown",
            Verdict::BadLocator => "bad-locator",
        }
    }

    /// Returns true if and only if nothing is left to do about it.
    pub fn is_good(self) -> bool {
        matches!(self, Verdict::Verbatim | Verdict::Known)
    }
}

/// A quotation or a citation of a draft with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// 1-based line in the draft.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
    /// The verdict.
    pub verdict: Verdict,
    /// What a person should know.
    pub message: String,
    /// The quotation as it stands in the draft; `None` for a citation.
    pub quote: Option<String>,
    /// The passage or source it was found in, or the citekey cited.
    pub source: Option<String>,
}
