//! [`DocumentOrder`]: the order of documents by the paths of their files, which does not depend on when each was read.

use super::FileEntry;
use std::collections::HashMap;

/// The place of each document among all by path. Documents are numbered in the order of their paths when an index is built; later
/// ones get later numbers wherever their files are.
#[derive(Debug, Default)]
pub struct DocumentOrder {
    /// Document to place; empty when the numbers are in order.
    places: HashMap<u64, u64>,
}

impl DocumentOrder {
    /// The place of a document: a lesser one for a lesser path.
    pub fn place(&self, document: u64) -> u64 {
        if self.places.is_empty() {
            document
        } else {
            self.places.get(&document).copied().unwrap_or(u64::MAX)
        }
    }

    /// The order of the documents of files, which are ascending by path, as bytes: the differences between their numbers. `None`
    /// when the numbers are in order.
    pub(super) fn encode(files: &[FileEntry]) -> Option<Vec<u8>> {
        let documents = || files.iter().filter_map(|file| file.document);
        if documents().is_sorted() {
            return None;
        }
        let mut bytes = Vec::new();
        let mut last = 0;
        for document in documents() {
            let difference = document.wrapping_sub(last) as i64;
            let mut zigzag = (difference << 1 ^ difference >> 63) as u64;
            while zigzag >= 0x80 {
                bytes.push(zigzag as u8 | 0x80);
                zigzag >>= 7;
            }
            bytes.push(zigzag as u8);
            last = document;
        }
        Some(bytes)
    }

    /// Reads what [`DocumentOrder::encode`] wrote; `None` when it was damaged.
    pub(super) fn decode(bytes: &[u8]) -> Option<DocumentOrder> {
        let (mut places, mut last) = (HashMap::new(), 0u64);
        let mut bytes = bytes.iter();
        while !bytes.as_slice().is_empty() {
            let (mut zigzag, mut shift) = (0u64, 0);
            loop {
                let byte = *bytes.next()?;
                zigzag |= u64::from(byte & 0x7F).checked_shl(shift)?;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            last = last.wrapping_add(zigzag >> 1 ^ (zigzag & 1).wrapping_neg());
            places.insert(last, places.len() as u64);
        }
        Some(DocumentOrder { places })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(documents: &[Option<u64>]) -> Vec<FileEntry> {
        let entry = |document: &Option<u64>| FileEntry { document: *document, ..FileEntry::default() };
        documents.iter().map(entry).collect()
    }

    #[test]
    fn documents_come_in_the_order_of_their_files() {
        assert_eq!(DocumentOrder::encode(&files(&[Some(0), None, Some(1), Some(300)])), None);
        assert_eq!(DocumentOrder::default().place(7), 7);
        let documents = [Some(5), Some(0), None, Some(70_000), Some(1)];
        let order = DocumentOrder::decode(&DocumentOrder::encode(&files(&documents)).unwrap()).unwrap();
        let places: Vec<u64> = documents.iter().flatten().map(|d| order.place(*d)).collect();
        assert_eq!(places, [0, 1, 2, 3]);
        assert_eq!(order.place(9), u64::MAX);
        assert!(DocumentOrder::decode(&[0x80]).is_none());
    }
}
