//! [`DocumentOrder`]: the order of documents by the paths of their files, which does not depend on when each was read.

use super::FileEntry;

/// Where a document stands among all by the paths of their files: a lesser one for a lesser path.
pub type Place = (u64, u64);

/// The place of each document. Documents are numbered in the order of their paths when an index is built, and their
/// numbers tell their places; those that came later have later numbers wherever their files are, and are
/// remembered with the document they stand behind.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DocumentOrder {
    /// Documents whose numbers tell nothing, ascending, each with its place.
    strays: Vec<(u64, Place)>,
}

impl DocumentOrder {
    /// The place of a document.
    pub fn place(&self, document: u64) -> Place {
        match self.strays.binary_search_by_key(&document, |(stray, _)| *stray) {
            Ok(at) => self.strays[at].1,
            Err(_) => (document.saturating_add(1), 0),
        }
    }

    /// The order of the documents of files, which are ascending by path.
    pub(super) fn of(files: &[FileEntry]) -> DocumentOrder {
        let documents: Vec<u64> = files.iter().filter_map(|file| file.document).collect();
        let in_order = longest_ascending(&documents);
        let (mut in_order, mut behind) = (in_order.into_iter().peekable(), (0, 0));
        let mut strays = Vec::new();
        for document in documents {
            if in_order.next_if_eq(&document).is_some() {
                behind = (document + 1, 0);
            } else {
                behind.1 += 1;
                strays.push((document, behind));
            }
        }
        strays.sort_unstable();
        DocumentOrder { strays }
    }

    /// Returns true if and only if the numbers of all documents tell their places.
    pub(super) fn is_plain(&self) -> bool {
        self.strays.is_empty()
    }

    /// As bytes.
    pub(super) fn encode(&self) -> Vec<u8> {
        let numbers = self.strays.iter().flat_map(|(document, place)| [*document, place.0, place.1]);
        numbers.flat_map(u64::to_le_bytes).collect()
    }

    /// Reads what [`DocumentOrder::encode`] wrote; `None` when it was damaged.
    pub(super) fn decode(bytes: &[u8]) -> Option<DocumentOrder> {
        let (numbers, rest) = bytes.as_chunks::<8>();
        let (strays, odd) = numbers.as_chunks::<3>();
        let stray = |[document, behind, after]: &[[u8; 8]; 3]| {
            let number = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
            (number(document), (number(behind), number(after)))
        };
        (rest.is_empty() && odd.is_empty())
            .then(|| DocumentOrder { strays: strays.iter().map(stray).collect() })
    }
}

/// One of the longest ascending runs of numbers that need not stand side by side (Schensted 1961).
fn longest_ascending(numbers: &[u64]) -> Vec<u64> {
    // The place of the least number that ends an ascending run of each length, and what each number follows.
    let mut ends: Vec<usize> = Vec::new();
    let mut follows: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (i, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        follows.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(i);
        } else {
            ends[length] = i;
        }
    }
    let last = ends.last().copied();
    let mut run: Vec<u64> = std::iter::successors(last, |i| follows[*i]).map(|i| numbers[i]).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn files(documents: &[u64]) -> Vec<FileEntry> {
        let entry = |document: &u64| FileEntry { document: Some(*document), ..FileEntry::default() };
        documents.iter().map(entry).chain([FileEntry::default()]).collect()
    }

    #[test]
    fn only_documents_that_came_later_are_remembered() {
        assert!(DocumentOrder::of(&files(&[0, 1, 300])).is_plain());
        assert_eq!(DocumentOrder::of(&files(&[7, 0, 1, 5, 2, 3])).strays, [(5, (2, 1)), (7, (0, 1))]);
        assert!(DocumentOrder::decode(&[0x80]).is_none());
    }

    proptest! {
        #[test]
        fn documents_come_in_the_order_of_their_files(
            documents in Just((0..40).collect::<Vec<u64>>()).prop_shuffle(),
            changed in prop::collection::vec((0..40usize, 40..90u64), 0..8),
            whole in any::<bool>(),
        ) {
            let mut documents = if whole { documents } else { (0..40).collect() };
            for (at, number) in changed {
                if !documents.contains(&number) {
                    documents[at] = number;
                }
            }
            let order = DocumentOrder::of(&files(&documents));
            let read = DocumentOrder::decode(&order.encode());
            prop_assert_eq!(read.as_ref(), Some(&order));
            let places: Vec<Place> = documents.iter().map(|document| order.place(*document)).collect();
            prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{:?} {:?}", documents, places);
        }
    }
}
