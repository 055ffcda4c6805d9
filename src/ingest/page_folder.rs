//! The folders in which browsers put the pictures, scripts and frames of a page that they save "complete": they are
//! beside the page under its name, and nothing in them is a document of its own.

use std::fs::DirEntry;

/// What browsers and Windows put after the page's name, in their languages.
const ENDINGS: [&str; 21] = [
    "_files",
    ".files",
    "-Dateien",
    "_Dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_ficheiros",
    "_bestanden",
    "_file",
    "-filer",
    "_pliki",
    "_soubory",
    "_elemei",
    "_datoteke",
    "_dosyalar",
    "_tiedostot",
    "_failid",
    "_fails",
    "_bylos",
    "_fitxers",
];

/// Endings of the names of pages.
const PAGES: [&str; 3] = ["html", "htm", "xhtml"];

/// With which the reason for leaving such a folder out begins; the name of the page follows.
pub const REASON: &str = "pictures and scripts of the saved page";

/// The name of the page that the folder `name` belongs to, if that is among the entries beside it.
pub fn page_beside(name: &str, entries: &[DirEntry]) -> Option<String> {
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).filter(|stem| !stem.is_empty())?;
    let names = entries.iter().map(|entry| entry.file_name());
    names.filter_map(|name| name.into_string().ok()).find(|name| {
        let end = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.'));
        end.is_some_and(|end| PAGES.iter().any(|page| page.eq_ignore_ascii_case(end)))
    })
}
