//! [`Passage`]: the paragraph-level unit that is indexed, ranked, quoted and cited.

mod assemble;
mod block;
mod cue;
mod cut;
mod fingerprint;
mod front;
mod heading;
mod id;
mod join;
mod kind;
mod layout;
#[cfg(test)]
mod layout_tests;
mod note_label;
#[cfg(test)]
mod property_tests;
mod reference_cue;
mod reference_list;
mod render;
mod segment;
#[cfg(test)]
pub(crate) mod segment_tests;
mod sentence;
mod split;

pub use fingerprint::fingerprint;
pub use id::{Citekey, Ordinal, PassageId};
pub use kind::{FrontRole, Kind};
pub use segment::{segment, segment_within};
pub use sentence::sentences;

/// Where a run of a passage's text came from: the text from byte `at` on (to the next origin's
/// `at`) stands on `line` of the file and on page index `page`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Byte offset into [`Passage::text`].
    pub at: u32,
    /// 1-based line in the source file; 0 where the format has no lines.
    pub line: u32,
    /// 0-based page index; 0 where the format has no pages.
    pub page: u32,
}

/// A citation in running text, such as `(Kazakova and Komissina, 2001)` or `[1]`, or the mark of a note, `¹²`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct InTextCitation {
    /// The words as they stand in the passage; a note mark as it stands in the document, for it is taken out of the text.
    pub in_text: String,
    /// The reference entry or the note of the same document that it leads to; `None` when no single one fits.
    pub reference: Option<Ordinal>,
}

/// What could be read of an entry of a reference list; `None` or empty for what could not.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct ParsedReference {
    /// Authors as printed, one element each.
    pub authors: Vec<String>,
    /// The date as printed, such as `2020, August 19`.
    pub issued: Option<String>,
    /// The title, without quotation marks and final stop.
    pub title: Option<String>,
    /// Journal, newspaper, site, or book that holds the work.
    pub container: Option<String>,
    /// Publisher, where one is named.
    pub publisher: Option<String>,
    /// Volume, as printed.
    pub volume: Option<String>,
    /// Issue, as printed.
    pub issue: Option<String>,
    /// Pages, as printed.
    pub pages: Option<String>,
    /// URL.
    pub url: Option<String>,
    /// DOI without resolver.
    pub doi: Option<String>,
    /// The entry of the same document (`N` of `KEY:refN`) that this one stands for, such as `Ibid.`; the other fields
    /// are then those of that entry.
    #[serde(default)]
    pub same_as: Option<u32>,
}

/// A paragraph-level unit of a document, or a heading between two of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Its number among the passages of its sort in the document.
    pub ordinal: Ordinal,
    /// What it is.
    pub kind: Kind,
    /// What part of the front matter it is; only with [`Kind::Front`].
    pub front: Option<FrontRole>,
    /// The repaired text: exactly what may be quoted. Never empty.
    pub text: String,
    /// Index into [`Segmented::sections`]: the headings it stands under.
    pub section: u32,
    /// Where each run of `text` came from, ascending by `at`, the first at 0; lines never run backwards.
    pub origins: Vec<Origin>,
    /// The rules that joined, cut or classified it, in the order they applied.
    pub rules: Vec<&'static str>,
    /// What the passage cites; filled in by the bibliography.
    pub cites: Vec<InTextCitation>,
    /// What could be read of it; only with [`Kind::Reference`], filled in by the bibliography.
    pub parsed: Option<ParsedReference>,
}

/// A document cut into passages.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    /// Passages and headings in document order: joined, they hold every word of the document once.
    pub passages: Vec<Passage>,
    /// The section paths, outermost heading first; `sections[0]` is the empty path.
    pub sections: Vec<Vec<String>>,
    /// What was repaired, for the report: lines removed as running heads, words rejoined.
    pub repairs: Repairs,
    /// For each page the number printed in its running head or foot, where the numbers run with the
    /// pages; empty where the format has no pages.
    pub printed_pages: Vec<Option<String>>,
}

/// How much had to be repaired in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Repairs {
    /// Lines set apart as running heads, footers or page numbers.
    pub boilerplate_lines: u32,
    /// Words rejoined at a line or page end.
    pub words_rejoined: u32,
    /// Paragraphs joined across a page break.
    pub paragraphs_joined: u32,
}

impl Passage {
    /// First and last line in the source file, 1-based inclusive; `None` where the format has no lines.
    pub fn lines(&self) -> Option<(u32, u32)> {
        let first = self.origins.first()?.line;
        let last = self.origins.iter().map(|o| o.line).max()?;
        (first > 0).then_some((first, last))
    }

    /// First and last page index.
    pub fn pages(&self) -> (u32, u32) {
        let first = self.origins.first().map_or(0, |o| o.page);
        let last = self.origins.iter().map(|o| o.page).max().unwrap_or(first);
        (first, last)
    }
}
