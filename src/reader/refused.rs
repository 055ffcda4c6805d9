//! Files that are named rather than read: programs and page descriptions that are text to the eye, and Office files in
//! the binary formats of before 2007.

use super::ReadError;
use memchr::memmem;

/// The reasons for which a file is left out that nobody would cite: it serves the look or the working of pages, or lists the
/// works of others.
pub const NO_DOCUMENTS: [&str; 5] = [
    "a style sheet, no document",
    "a script, no document",
    "a bibliography, no document: at the top of the seeds and called library.bib it says what they are",
    "a bibliography, no document: at the top of the seeds and called library.ris it says what they are",
    "a bibliography, no document: export it as RIS or BibTeX to have it say what the seeds are",
];

/// Why a file with that extension (in small letters) and those bytes is not read; `None` when it may be.
pub fn reason(extension: &str, bytes: &[u8]) -> Option<ReadError> {
    let what = if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        compound_file(bytes)
    } else if bytes.starts_with(b"{\\rtf") {
        "RTF is not read: save it as DOCX or ODT"
    } else if bytes.starts_with(b"%!PS") || bytes.starts_with(b"\xC5\xD0\xD3\xC6") {
        "PostScript is not read: convert it to PDF"
    } else {
        match extension {
            "css" => NO_DOCUMENTS[0],
            "js" | "mjs" => NO_DOCUMENTS[1],
            "bib" => NO_DOCUMENTS[2],
            "ris" => NO_DOCUMENTS[3],
            "nbib" | "enw" => NO_DOCUMENTS[4],
            _ => return None,
        }
    };
    Some(ReadError::Unsupported(what.into()))
}

/// What an OLE compound file holds, by the names in its directory, which are UTF-16 (MS-CFB 2.6.1).
fn compound_file(bytes: &[u8]) -> &'static str {
    const KINDS: [(&str, &str); 6] = [
        ("EncryptedPackage", "an encrypted Office file: save a copy without a password"),
        ("__substg1.0_", "an Outlook message (MSG) is not read: save it as EML or as text"),
        ("PowerPoint Document", "an old presentation (PPT) is not read: save it as PDF"),
        ("WordDocument", "an old Word file (DOC) is not read: save it as DOCX"),
        ("Workbook", "an old spreadsheet (XLS) is not read: save it as PDF or CSV"),
        ("Book", "an old spreadsheet (XLS) is not read: save it as PDF or CSV"),
    ];
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    let known = KINDS.iter().find(|(name, _)| holds(name));
    known.map_or("an old Office file is not read: save it as PDF", |(_, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compound(name: &str) -> Vec<u8> {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend("Root Entry".encode_utf16().chain(name.encode_utf16()).flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn old_office_files_are_called_what_they_are() {
        for (name, word) in [
            ("WordDocument", "Word"),
            ("Workbook", "spreadsheet"),
            ("Book", "spreadsheet"),
            ("PowerPoint Document", "presentation"),
            ("__substg1.0_0037001F", "Outlook"),
            ("EncryptedPackage", "encrypted"),
            ("VisioDocument", "Office"),
        ] {
            let error = reason("doc", &compound(name)).unwrap().to_string();
            assert!(error.contains(word), "{name}: {error}");
        }
    }

    #[test]
    fn programs_and_page_descriptions_are_named() {
        let of = |extension: &str, bytes: &[u8]| reason(extension, bytes).map(|error| error.to_string());
        assert!(of("ps", b"%!PS-Adobe-3.0\n").unwrap().contains("PostScript"));
        assert!(of("css", b"p { margin: 0 }").unwrap().contains("style sheet"));
        assert!(of("js", b"let a = 1;").unwrap().contains("script"));
        assert!(of("bib", b"@book{a, title={A}}").unwrap().contains("library.bib"));
        assert!(of("ris", b"TY  - BOOK").unwrap().contains("library.ris"));
        assert_eq!(of("txt", b"A note on scripts."), None);
    }
}
