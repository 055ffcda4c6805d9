//! Names of files that are not UTF-8, as old archives and other systems leave them: bytes that are no text are shown as
//! `%` and two digits, and are found again by that.

use crate::index::FileEntry;
use crate::reader::Limits;
use crate::seed_file;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The name as it is shown and remembered.
pub fn shown(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        shown.extend(chunk.invalid().iter().map(|byte| format!("%{byte:02X}")));
    }
    shown
}

/// The file at a path within the seeds as [`shown`] gives it.
pub fn locate(seeds: &Path, relative: &str) -> PathBuf {
    let path = seeds.join(relative);
    // A name may have a `%` of its own.
    if !relative.contains('%') || path.symlink_metadata().is_ok() {
        return path;
    }
    let parts = relative.split('/').map(name_of);
    std::iter::once(seeds.to_owned()).chain(parts).collect()
}

/// Returns true if and only if the file at the path has the bytes that the entry remembers.
pub fn has_hash(seeds: &Path, path: &str, entry: &FileEntry) -> bool {
    let hash = || {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(seed_file::open(&locate(seeds, path)).ok()?.0).ok()?;
        Some(hasher.finalize())
    };
    // A larger file has never been read.
    entry.stat.size <= Limits::default().file_bytes && hash().is_some_and(|h| *h.as_bytes() == entry.hash)
}

/// The name that is shown so; on systems whose names are always text the same.
#[cfg(unix)]
fn name_of(shown: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(shown.len());
    let mut rest = shown.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(|byte| first == b'%' && !byte.is_ascii()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn name_of(shown: &str) -> PathBuf {
    PathBuf::from(shown)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn a_name_that_is_no_text_is_found_again() {
        let seeds = tempfile::tempdir().unwrap();
        let name = OsStr::from_bytes(b"\xC4\xEE\xE3 50%.txt");
        std::fs::write(seeds.path().join(name), "words").unwrap();
        assert_eq!(shown(name), "%C4%EE%E3 50%.txt");
        assert_eq!(locate(seeds.path(), &shown(name)), seeds.path().join(name));
        std::fs::write(seeds.path().join("100%C4.txt"), "words").unwrap();
        assert_eq!(locate(seeds.path(), "100%C4.txt"), seeds.path().join("100%C4.txt"));
        assert_eq!(locate(seeds.path(), "a/Отчёт.txt"), seeds.path().join("a/Отчёт.txt"));
    }
}
