//! Whether the files of a commit are what was written, by the checksums that tantivy puts behind each (CRC-32), and whether
//! a store of records can be opened: a size that damage has changed would be asked of memory, which ends the program.

use std::path::{Path, PathBuf};
use tantivy::directory::FileSlice;
use tantivy::{Directory, HasLen};

/// Bytes of files that are checked whenever an index is opened, chosen by hand: a cold search is to stay quick. Files that
/// are few bytes and tell most come first: deletions, then which passage is whose.
pub const AT_OPEN: usize = 1 << 20;

/// The same for an ingest that begins.
pub const AT_INGEST: usize = 16 << 20;

/// Endings of the names of a segment's files, the most telling first; deletions, whose name has a number, come before.
const ENDINGS: [&str; 6] = ["fast", "fieldnorm", "term", "idx", "pos", "store"];

/// What `meta.json` says of a commit.
#[derive(Debug, serde::Deserialize)]
pub struct Commit {
    /// What the program said of it.
    pub payload: Option<String>,
    segments: Vec<Segment>,
}

#[derive(Debug, serde::Deserialize)]
struct Segment {
    segment_id: String,
    deletes: Option<Deletes>,
}

#[derive(Debug, serde::Deserialize)]
struct Deletes {
    opstamp: u64,
}

impl Commit {
    /// Reads the last commit.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(index: &tantivy::Index) -> Result<Commit, String> {
        let json =
            index.directory().atomic_read(Path::new(super::writer::META)).map_err(|e| e.to_string())?;
        serde_json::from_slice(&json).map_err(|e| e.to_string())
    }

    /// The names of its files, the most telling first.
    fn files(&self) -> Vec<PathBuf> {
        let id = |segment: &Segment| segment.segment_id.replace('-', "");
        let deleted = |s: &Segment| s.deletes.as_ref().map(|d| format!("{}.{}.del", id(s), d.opstamp));
        let others =
            ENDINGS.iter().flat_map(|end| self.segments.iter().map(move |s| format!("{}.{end}", id(s))));
        self.segments.iter().filter_map(deleted).chain(others).map(PathBuf::from).collect()
    }

    /// Checks its files as long as they are no more than `most` bytes together; larger ones are passed over, but that of
    /// every store it is known that it can be opened. What it gives keeps the files open for whoever opens them next.
    ///
    /// # Errors
    /// The first that is not what was written.
    pub fn check(&self, index: &tantivy::Index, most: usize) -> Result<Vec<FileSlice>, String> {
        let directory = index.directory();
        let mut left = most;
        let mut open = Vec::new();
        for path in self.files() {
            let damaged = || format!("{} is not what was written", path.display());
            let file = directory.open_read(&path).map_err(|e| e.to_string())?;
            if let Some(rest) = left.checked_sub(file.len()) {
                left = rest;
                if !directory.validate_checksum(&path).map_err(|e| e.to_string())? {
                    return Err(damaged());
                }
            } else if path.extension().is_some_and(|end| end == "store") && !is_sound_store(&file) {
                return Err(damaged());
            }
            open.push(file);
        }
        Ok(open)
    }
}

/// Returns true if and only if the end of a store of records is as tantivy 0.27 writes it: blocks; the number of
/// layers of the index over them, where each ends, and they; the version (4 bytes), where the blocks end (8), the compression
/// (1) and 15 bytes that mean nothing. Bytes that were put in or taken out anywhere do not leave it so.
fn is_sound_store(file: &FileSlice) -> bool {
    const END: usize = 28;
    const MOST_LAYERS: u64 = 16;
    let sound = || {
        let length = file.len().checked_sub(END)?;
        let end = file.read_bytes_slice(length..file.len()).ok()?;
        let blocks = usize::try_from(u64::from_le_bytes(end.get(4..12)?.try_into().ok()?)).ok()?;
        if blocks > length {
            return None;
        }
        let head = file.read_bytes_slice(blocks..length.min(blocks + 256)).ok()?;
        let mut rest = head.as_slice();
        let layers = number(&mut rest)?;
        let mut last = 0;
        for _ in 0..layers {
            let layer = number(&mut rest)?;
            if layer < last {
                return None;
            }
            last = layer;
        }
        let head = (head.len() - rest.len()) as u64;
        (layers <= MOST_LAYERS && blocks as u64 + head + last == length as u64).then_some(())
    };
    sound().is_some()
}

/// A number in sevens of bits, the last byte with its highest bit set.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let length = bytes.iter().take(10).position(|byte| byte & 0x80 != 0)? + 1;
    let (number, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    number.iter().rev().try_fold(0u64, |sum, byte| sum.checked_mul(128)?.checked_add(u64::from(byte & 0x7F)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::schema::{self, Fields};
    use tantivy::TantivyDocument;
    use tantivy::directory::RamDirectory;

    /// An index of many records, in two blocks and more.
    fn index() -> tantivy::Index {
        let schema = schema::build();
        let fields = Fields::of(&schema).unwrap();
        let settings = tantivy::IndexSettings::default();
        let index = tantivy::Index::create(RamDirectory::create(), schema, settings).unwrap();
        crate::index::analysis::register(&index);
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
        for i in 0..2000u32 {
            let mut document = TantivyDocument::new();
            let noise = blake3::hash(&i.to_le_bytes());
            document.add_bytes(fields.record, &noise.as_bytes().repeat(3));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        index
    }

    #[test]
    fn stores_as_tantivy_writes_them_are_sound_and_others_are_not() {
        let index = index();
        let commit = Commit::read(&index).unwrap();
        assert!(commit.check(&index, 0).is_ok() && commit.check(&index, usize::MAX).is_ok());
        let path = commit.files().into_iter().find(|p| p.extension().is_some_and(|e| e == "store")).unwrap();
        let whole = index.directory().open_read(&path).unwrap().read_bytes().unwrap().to_vec();
        assert!(whole.len() > 40_000 && is_sound_store(&FileSlice::from(whole.clone())));
        for at in (0..whole.len()).step_by(1009) {
            let mut longer = whole.clone();
            longer.splice(at..at, whole[..7].iter().copied());
            let mut shorter = whole.clone();
            shorter.drain(at..(at + 5).min(whole.len()));
            for bytes in [longer, shorter, whole[..at].to_vec()] {
                assert!(!is_sound_store(&FileSlice::from(bytes)), "{at}");
            }
        }
    }

    #[test]
    fn a_number_of_sevens_is_read() {
        for (bytes, expected) in
            [(&[0x85][..], Some(5)), (&[0x05, 0x81], Some(133)), (&[0x05], None), (&[], None)]
        {
            assert_eq!(number(&mut &bytes[..]), expected);
        }
    }
}
