//! Readers: the bytes of one format -> [`Document`].
//!
//! The format is told by content first and by the file's name second. Every reader has a version; raising it
//! makes a re-read of its documents due.

mod encoding;
mod epub;
mod front_matter;
mod html;
pub mod isolation;
mod jsonl;
mod kazakh;
mod mime;
mod office;
mod opf;
mod package;
mod package_format;
mod page_list;
mod pdf;
mod refused;
mod text;
mod xml;

pub use encoding::{decode, decode_named, foreign_format};
pub use office::{Anchors, NoteId, Target};
pub use refused::NO_DOCUMENTS;

use crate::document::{Document, Format};
use std::borrow::Cow;
use std::path::Path;

/// Why a document cannot be read, in words for the person whose file it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub enum ReadError {
    /// Nothing in it.
    #[error("empty file")]
    Empty,
    /// No text, and no format that has any.
    #[error("not a text document: {0}")]
    NotText(Cow<'static, str>),
    /// A format without a reader.
    #[error("{0}")]
    Unsupported(Cow<'static, str>),
    /// The bytes are not what the format wants.
    #[error("broken {format}: {what}")]
    Broken {
        /// The format's name.
        format: Cow<'static, str>,
        /// What is wrong.
        what: String,
    },
    /// Needs a password.
    #[error("encrypted {0}: save a copy without a password")]
    Encrypted(Cow<'static, str>),
    /// Pictures of text.
    #[error("no text layer in any page: run OCR on it first")]
    NoTextLayer,
    /// Over a limit.
    #[error("over the limit: {0}")]
    Limit(String),
    /// Over the limit of time, in seconds of the processor.
    #[error("over the limit: reading it takes more than {0} seconds")]
    TooSlow(u64),
    /// No fault of the document that is known: its reader was ended from outside, or the machine lacked memory, processes or
    /// time. Trying again may do.
    #[error("{0}")]
    Fault(String),
}

/// What a document may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file that is read, in bytes: of the formats that hold more than text.
    pub file_bytes: u64,
    /// Largest text, web page or message, in bytes: they are in memory several times while they are read.
    pub text_bytes: u64,
    /// Most paragraphs, headings, rows and items of a document.
    pub paragraphs: usize,
    /// Most text that a compressed format may unpack to, in bytes.
    pub inflated_bytes: u64,
    /// Most memory that reading one document may take beyond a few copies of the file, in bytes; kept where the
    /// document is read in a process of its own and the system tells (Linux).
    pub memory_bytes: u64,
    /// Longest time for one document of a format that is read in a process of its own, in seconds.
    pub seconds: u64,
}

/// Bytes of the beginning of a file by which [`most_bytes`] tells how large it may be.
pub const HEAD: usize = 1024;

/// How many bytes a file may have that begins so, so that it is asked before the rest is read.
pub fn most_bytes(head: &[u8], limits: &Limits) -> u64 {
    let head = &head[..head.len().min(HEAD)];
    let is_more_than_text = head.starts_with(b"PK\x03\x04") || memchr::memmem::find(head, b"%PDF-").is_some();
    if is_more_than_text { limits.file_bytes } else { limits.text_bytes }
}

impl ReadError {
    fn broken(format: &'static str, what: impl Into<String>) -> ReadError {
        ReadError::Broken { format: format.into(), what: what.into() }
    }

    /// Returns true if and only if reading the same bytes again may do.
    pub fn may_pass(&self) -> bool {
        matches!(self, ReadError::Fault(_))
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 1 << 30,
            text_bytes: 256 << 20,
            paragraphs: 1_000_000,
            inflated_bytes: 256 << 20,
            memory_bytes: 1 << 30,
            seconds: 30,
        }
    }
}

/// The version of a format's reader.
pub fn version(format: Format) -> u32 {
    match format {
        Format::Jsonl => 1,
        // Saved pages and messages were read as text by its second version.
        Format::Text | Format::Markdown | Format::Odt | Format::Html | Format::Mhtml | Format::Mail => 3,
        Format::Docx => 4,
        Format::Pdf | Format::Epub => 5,
    }
}

/// The highest version of the readers that may take a file of that name: what was read by an older one is read
/// again.
pub fn version_for(path: &Path) -> u32 {
    let extension = extension(path);
    let named = EXTENSIONS.iter().find(|(name, _)| *name == extension);
    version(named.map_or(Format::Text, |(_, format)| *format))
}

/// What of a file's name tells how it is read: the same bytes under another may be another document.
pub fn extension(path: &Path) -> String {
    path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase()
}

/// Formats by the extension of a file's name.
const EXTENSIONS: [(&str, Format); 14] = [
    ("pdf", Format::Pdf),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("mhtml", Format::Mhtml),
    ("mht", Format::Mhtml),
    ("eml", Format::Mail),
    ("docx", Format::Docx),
    ("odt", Format::Odt),
    ("epub", Format::Epub),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
];

/// The format of a file, by its content, then by its name.
///
/// # Errors
/// When no reader takes it.
pub fn detect(path: &Path, bytes: &[u8]) -> Result<Format, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let extension = extension(path);
    if let Some(what) = encoding::foreign_format(bytes) {
        return Err(ReadError::NotText(what.into()));
    }
    if bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return package_format::package_format(bytes);
    }
    if let Some(error) = refused::reason(&extension, bytes) {
        return Err(error);
    }
    if let Some(format) = mime::detect(&extension, bytes) {
        return Ok(format);
    }
    if is_flat_open_document(bytes) {
        return Ok(Format::Odt);
    }
    if looks_like_html(bytes) || matches!(extension.as_str(), "html" | "htm" | "xhtml") {
        return Ok(Format::Html);
    }
    Ok(match extension.as_str() {
        "md" | "markdown" | "mkd" | "qmd" | "rmd" => Format::Markdown,
        "jsonl" | "ndjson" => Format::Jsonl,
        _ => Format::Text,
    })
}

/// Returns true if and only if the bytes begin as a web page does.
fn looks_like_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_ascii_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<?xml") && head.contains("<html")
}

/// An OpenDocument text in one XML file rather than in a package.
fn is_flat_open_document(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let has = |needle: &str| memchr::memmem::find(head, needle.as_bytes()).is_some();
    has("<office:document") && has("opendocument.text")
}

/// The error for a file of more than `most` bytes.
pub fn too_large(most: u64) -> ReadError {
    ReadError::Limit(format!("the file has more than {} MB", most >> 20))
}

/// Reads a document: in a process of its own where a parser may not survive it and the program has chosen so
/// ([`isolation::use_this_program`]), or else here.
///
/// # Errors
/// [`ReadError`], with a reason to show.
pub fn read(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let most = most_bytes(bytes, limits);
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    let format = detect(path, bytes)?;
    if wants_isolation(format, bytes) {
        return isolation::read(format, bytes, limits);
    }
    read_here(format, bytes, limits)
}

/// Reads a draft of a word processor, with what its citations hang on; `is_docx`: else OpenDocument. In this process: it is
/// the user's own file.
///
/// # Errors
/// [`ReadError`], with a reason to show.
pub fn read_draft(bytes: &[u8], is_docx: bool, limits: &Limits) -> Result<(Document, Anchors), ReadError> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large(limits.file_bytes));
    }
    let format = if is_docx { Format::Docx } else { Format::Odt };
    std::panic::catch_unwind(|| office::read_draft(bytes, is_docx, limits))
        .unwrap_or_else(|_| Err(ReadError::broken(name(format), "its reader failed on it")))
}

/// Returns true if and only if a file of that format and size can make its parser take more time, memory or stack
/// than it may have. Texts are read in one pass. A small web page cannot: [`html`] bounds what costs.
fn wants_isolation(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Pdf | Format::Docx | Format::Odt | Format::Epub | Format::Mhtml | Format::Mail => true,
        Format::Html => bytes.len() > html::SMALL,
        Format::Text | Format::Markdown | Format::Jsonl => false,
    }
}

/// Reads a document in this process. What makes a parser panic fails alone.
fn read_here(format: Format, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    std::panic::catch_unwind(|| read_as(format, bytes, limits))
        .unwrap_or_else(|_| Err(ReadError::broken(name(format), "its reader failed on it")))
}

/// The name of a format in a message.
fn name(format: Format) -> &'static str {
    match format {
        Format::Pdf => "PDF",
        Format::Html => "web page",
        Format::Mhtml => "MHTML",
        Format::Mail => "message",
        Format::Docx => "DOCX",
        Format::Odt => "ODT",
        Format::Epub => "EPUB",
        Format::Jsonl => "JSON Lines",
        Format::Text | Format::Markdown => "text",
    }
}

fn read_as(format: Format, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    match format {
        Format::Pdf => pdf::read(bytes, limits),
        Format::Html => html::read(bytes),
        Format::Mhtml | Format::Mail => mime::read(bytes, format, limits),
        Format::Docx => office::read_docx(bytes, limits),
        Format::Odt => office::read_odt(bytes, limits),
        Format::Epub => epub::read(bytes, limits),
        Format::Jsonl => jsonl::read(bytes),
        Format::Markdown => text::read(bytes, Format::Markdown),
        _ => text::read(bytes, Format::Text),
    }
}

#[cfg(test)]
#[path = "../../tests/made/mod.rs"]
pub(crate) mod made;
