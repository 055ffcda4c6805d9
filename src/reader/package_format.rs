//! Which format a zip package holds, by the names in its central directory.
//!
//! A document may have whole packages embedded in it (a workbook for a chart), stored as they are: only the names of
//! its own parts say what it is.

use super::ReadError;
use super::package::MOST_PARTS;
use crate::document::Format;

/// Length of the record at the end of a package without its comment, and the longest comment (APPNOTE 6.3.10, 4.3.16).
const END: usize = 22;
const LONGEST_COMMENT: usize = 0xFFFF;

/// The format of a zip package, by the media type that its first part states and the names of its parts.
///
/// # Errors
/// [`ReadError::Unsupported`] for packages of formats that are not read, [`ReadError::NotText`] for other archives.
pub fn package_format(bytes: &[u8]) -> Result<Format, ReadError> {
    let refused = |what: &'static str| Err(ReadError::Unsupported(what.into()));
    match media_type(bytes) {
        Some("application/epub+zip") => return Ok(Format::Epub),
        Some("application/vnd.oasis.opendocument.text") => return Ok(Format::Odt),
        Some("application/vnd.oasis.opendocument.spreadsheet") => {
            return refused("a spreadsheet is not read: save it as PDF or CSV");
        }
        Some("application/vnd.oasis.opendocument.presentation") => {
            return refused("a presentation is not read: save it as PDF");
        }
        _ => {}
    }
    let names = names(bytes).unwrap_or_else(|| names_before_parts(bytes));
    let has = |wanted: &dyn Fn(&str) -> bool| names.iter().any(|name| wanted(name));
    if has(&|name| name == "word/document.xml") {
        Ok(Format::Docx)
    } else if has(&|name| name == "meta-inf/container.xml" || name.ends_with(".opf")) {
        Ok(Format::Epub)
    } else if has(&|name| name.starts_with("xl/workbook")) {
        refused("a spreadsheet is not read: save it as PDF or CSV")
    } else if has(&|name| name.starts_with("ppt/presentation")) {
        refused("a presentation is not read: save it as PDF")
    } else if has(&|name| name == "[content_types].xml") {
        Ok(Format::Docx)
    } else if has(&|name| name == "content.xml") {
        Ok(Format::Odt)
    } else {
        Err(ReadError::NotText("a zip archive: unpack it first".into()))
    }
}

/// What the part `mimetype` says, which EPUB and OpenDocument put first and do not compress.
fn media_type(bytes: &[u8]) -> Option<&str> {
    let name_len = usize::from(u16_at(bytes, 26)?);
    let extra_len = usize::from(u16_at(bytes, 28)?);
    if bytes.get(30..30 + name_len)? != b"mimetype" {
        return None;
    }
    let start = 30 + name_len + extra_len;
    let text = bytes.get(start..bytes.len().min(start + 100))?;
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"/.+-".contains(b);
    let end = text.iter().position(|b| !is_part(b)).unwrap_or(text.len());
    // The signature of the next part follows without a blank.
    std::str::from_utf8(&text[..end]).ok().map(|kind| kind.strip_suffix("PK").unwrap_or(kind))
}

/// The names in the central directory, in small letters and with `/` between folders; `None` when it is missing or
/// broken.
fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let tail = bytes.len().saturating_sub(END + LONGEST_COMMENT);
    let end = tail + memchr::memmem::rfind(bytes.get(tail..)?, b"PK\x05\x06")?;
    let mut at = u32_at(bytes, end + 16)? as usize;
    let mut names = Vec::new();
    while bytes.get(at..at + 4) == Some(b"PK\x01\x02") && names.len() < MOST_PARTS {
        let length = |place: usize| u16_at(bytes, at + place).map(usize::from);
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        names.push(plain(bytes.get(at + 46..at + 46 + name)?));
        at += 46 + name + extra + comment;
    }
    (!names.is_empty()).then_some(names)
}

/// The names that stand before the parts themselves: all there is in a package that breaks off.
fn names_before_parts(bytes: &[u8]) -> Vec<String> {
    let name = |at: usize| {
        let len = usize::from(u16_at(bytes, at + 26)?);
        bytes.get(at + 30..at + 30 + len).map(plain)
    };
    memchr::memmem::find_iter(bytes, b"PK\x03\x04").take(MOST_PARTS).filter_map(name).collect()
}

/// Some programs write names in another case, or `\` for `/`.
fn plain(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::made::package::{docx, epub, odt, of_bytes, package, paragraph};
    use super::*;

    /// `outer` with the file `inner` stored in it as it is.
    fn holding(outer: &[(&str, &str)], inner: &[u8]) -> Vec<u8> {
        let mut parts: Vec<(&str, &[u8])> =
            outer.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        parts.push(("word/embeddings/object.bin", inner));
        of_bytes(&parts)
    }

    #[test]
    fn a_document_with_another_in_it_is_what_its_own_parts_say() {
        let workbook = package(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]);
        let slides = package(&[("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")]);
        let word = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")];
        let book = epub(&["<html><body><p>One.</p></body></html>"]);
        let text = odt("<text:p>One.</text:p>");
        for inner in [&workbook, &slides, &book, &text] {
            assert_eq!(package_format(&holding(&word, inner)).unwrap(), Format::Docx);
        }
        let own = docx(&paragraph("One."));
        for outer in ["application/epub+zip", "application/vnd.oasis.opendocument.text"] {
            let found = package_format(&holding(&[("mimetype", outer)], &own)).unwrap();
            assert_eq!(found, if outer.contains("epub") { Format::Epub } else { Format::Odt });
        }
        assert!(matches!(package_format(&workbook), Err(ReadError::Unsupported(_))));
        assert!(matches!(package_format(&slides), Err(ReadError::Unsupported(_))));
        assert!(matches!(package_format(&package(&[("a.txt", "a")])), Err(ReadError::NotText(_))));
    }

    #[test]
    fn a_package_that_breaks_off_is_known_by_its_parts() {
        let whole = docx(&paragraph("One."));
        assert_eq!(package_format(&whole[..whole.len() / 2]).unwrap(), Format::Docx);
        assert!(package_format(b"PK\x03\x04").is_err());
    }
}
