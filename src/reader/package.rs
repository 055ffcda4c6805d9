//! Zip packages: the parts of DOCX, ODT and EPUB files, within limits.

use super::{Limits, ReadError};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{Cursor, Read};
use zip::result::ZipError;

/// Parts of a package beyond which it is no document: a long book has some hundreds.
pub const MOST_PARTS: usize = 20_000;

/// An open package.
pub struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// The name of each part, with `/` between folders.
    names: Vec<String>,
    format: &'static str,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// [`ReadError::Broken`], [`ReadError::Limit`].
    pub fn open(bytes: &'a [u8], format: &'static str, limits: &Limits) -> Result<Package<'a>, ReadError> {
        let archive =
            zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| ReadError::broken(format, e.to_string()))?;
        if archive.len() > MOST_PARTS {
            return Err(ReadError::Limit(format!("it has more than {MOST_PARTS} parts")));
        }
        let name = |i| match archive.name_for_index(i) {
            Some(Ok(name)) => name.replace('\\', "/"),
            _ => String::new(),
        };
        let names = (0..archive.len()).map(name).collect();
        Ok(Package { archive, names, format, left: limits.inflated_bytes })
    }

    /// The text of a part; `None` when there is no such part.
    ///
    /// # Errors
    /// [`ReadError::Limit`] when all parts together unpack to too much, [`ReadError::Broken`].
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let format = self.format;
        let broken = |what: String| ReadError::broken(format, what);
        let Some(index) = self.index(name) else { return Ok(None) };
        let mut part = match self.archive.by_index(index) {
            Ok(part) if part.encrypted() => return Err(ReadError::Encrypted(format.into())),
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => {
                return Err(ReadError::Encrypted(format.into()));
            }
            Err(error) => return Err(broken(format!("{name}: {error}"))),
        };
        let mut bytes = Vec::new();
        // Not what the package says of the size, but what comes out.
        let read = part.by_ref().take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|e| broken(format!("{name}: {e}")))?;
        self.left = match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => left,
            None => return Err(ReadError::Limit("it unpacks to more than a document has".to_owned())),
        };
        Ok(Some(decode(&bytes)))
    }

    /// The names of all parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The part of that name; some programs write other letters in another case, or `\\` for `/`.
    fn index(&self, name: &str) -> Option<usize> {
        let like = |n: &String| n.eq_ignore_ascii_case(name);
        self.names.iter().position(|n| n == name).or_else(|| self.names.iter().position(like))
    }
}

/// The text of XML: UTF-8, UTF-16, or what its declaration says.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => return text.to_owned(),
            Err(_) => declared(bytes).unwrap_or(UTF_8),
        },
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start_matches([' ', '=', '"', '\'']);
    let label = value.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// A path relative to a folder of the package; percent signs decoded, `..` resolved, nothing outside the package.
pub fn join(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut parts: Vec<String> = folder.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect();
    // From the root of the package.
    if href.starts_with('/') {
        parts.clear();
    }
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(percent_decoded(part)),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let byte = hex.and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
