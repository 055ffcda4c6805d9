//! [`RecordStore`]: the stored record of a document, straight from tantivy's document store.
//!
//! tantivy itself makes a document of what is stored, and copies its bytes one by one: that took longer than all that is
//! done with a passage's record afterwards.

use std::sync::OnceLock;
use tantivy::directory::OwnedBytes;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher};

/// Decompressed blocks that are kept for each segment.
const KEPT_BLOCKS: usize = 100;

/// The stored records of a snapshot.
pub(super) struct RecordStore {
    /// By segment; opened when something is read of it.
    segments: Vec<OnceLock<StoreReader>>,
}

impl RecordStore {
    /// Of the documents of a snapshot.
    pub fn of(searcher: &Searcher) -> RecordStore {
        RecordStore { segments: searcher.segment_readers().iter().map(|_| OnceLock::new()).collect() }
    }

    /// The record of a document; `None` when it has none.
    ///
    /// # Errors
    /// Those of tantivy and of reading.
    pub fn record(&self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<Option<OwnedBytes>> {
        let Some(segment) = self.segments.get(address.segment_ord as usize) else { return Ok(None) };
        let store = match segment.get() {
            Some(open) => open,
            None => {
                let store = searcher.segment_reader(address.segment_ord).get_store_reader(KEPT_BLOCKS)?;
                segment.get_or_init(|| store)
            }
        };
        let document = store.get_document_bytes(address.doc_id)?;
        Ok(value(&document).map(|range| document.slice(range)))
    }
}

/// Where the bytes of a document's only stored value are. tantivy stores the number of values and of each its field, its
/// type, its length and itself, numbers seven bits a byte, the last byte with its highest bit set.
fn value(document: &[u8]) -> Option<std::ops::Range<usize>> {
    const ONE: u8 = 0x81;
    const BYTES: u8 = 4;
    let [ONE, _, _, _, _, BYTES, rest @ ..] = document else { return None };
    let digits = rest.iter().take(5).position(|byte| byte & 0x80 != 0)? + 1;
    let length = rest[..digits].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
    let start = document.len() - rest.len() + digits;
    (document.len() == start + length).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::schema::{self, Fields};
    use tantivy::TantivyDocument;
    use tantivy::schema::Value;

    #[test]
    fn records_are_what_was_stored() {
        let schema = schema::build();
        let fields = Fields::of(&schema).unwrap();
        let index = tantivy::Index::create_in_ram(schema);
        crate::index::analysis::register(&index);
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
        let records = [0, 1, 127, 128, 300, 20_000].map(|length| vec![7u8; length]);
        for record in &records {
            let mut document = TantivyDocument::new();
            document.add_bytes(fields.record, record);
            document.add_text(fields.kind, "body");
            writer.add_document(document).unwrap();
        }
        writer.add_document(TantivyDocument::new()).unwrap();
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let store = RecordStore::of(&searcher);
        for (doc, record) in (0..).zip(&records) {
            let address = DocAddress::new(0, doc);
            let read = store.record(&searcher, address).unwrap().unwrap();
            let document: TantivyDocument = searcher.doc(address).unwrap();
            let stored = document.get_first(fields.record).and_then(|value| value.as_bytes());
            assert_eq!((&read[..], stored), (&record[..], Some(&record[..])));
        }
        assert!(store.record(&searcher, DocAddress::new(0, records.len() as u32)).unwrap().is_none());
        assert!(store.record(&searcher, DocAddress::new(1, 0)).unwrap().is_none());
    }

    #[test]
    fn what_is_no_document_of_ours_has_no_record() {
        for bytes in
            [&[][..], &[0x81, 9, 0, 0, 0, 4], &[0x81, 9, 0, 0, 0, 4, 0x83, 1], &[0x81, 9, 0, 0, 0, 0, 0x80]]
        {
            assert_eq!(value(bytes), None);
        }
    }
}
