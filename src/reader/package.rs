//! Zip packages: the parts of DOCX, ODT and EPUB files, within limits.

use super::{Limits, ReadError};
use std::io::{Cursor, Read};

/// Parts of a package beyond which it is no document: a long book has some hundreds.
const MOST_PARTS: usize = 20_000;

/// An open package.
pub struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
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
        Ok(Package { archive, format, left: limits.inflated_bytes })
    }

    /// The text of a part; `None` when there is no such part.
    ///
    /// # Errors
    /// [`ReadError::Limit`] when all parts together unpack to too much, [`ReadError::Broken`].
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let format = self.format;
        let broken = |what: String| ReadError::broken(format, what);
        let mut part = match self.archive.by_name(name) {
            Ok(part) if part.encrypted() => return Err(ReadError::Encrypted(format.into())),
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
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
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(|name| name.into_owned()).collect()
    }
}

/// XML is UTF-8 or, with a byte order mark, UTF-16.
fn decode(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}
