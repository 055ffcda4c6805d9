//! The schema: the only place with field names.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever the schema or the analysis changes, so that an older index is rebuilt.
pub const INDEX_VERSION: u32 = 1;

/// The name under which the analyser of [`Fields::body`] and [`Fields::heading`] is registered.
pub const STEMMED: &str = "ibid_stemmed";
/// The name under which the analyser of [`Fields::exact`] is registered.
pub const EXACT: &str = "ibid_exact";

/// The fields of a passage document and of a source document.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Passage: stems of its content words, function words left out; frequencies, no positions. What
    /// BM25 ranks by.
    pub body: Field,
    /// Passage: every word, case and diacritics folded, with positions: phrases, `=word`, prefixes.
    pub exact: Field,
    /// Passage: stems of its section path and of its source's title.
    pub heading: Field,
    /// Passage and source: number of the document it belongs to; deletions go by it.
    pub document: Field,
    /// Passage: its kind, as in `Kind::as_str`.
    pub kind: Field,
    /// Passage: country codes, one term each.
    pub country: Field,
    /// Passage: number of tokens in `body`, exact, for BM25 statistics over live documents.
    pub length: Field,
    /// Source: its citekey.
    pub key: Field,
    /// Passage or source: the stored record.
    pub record: Field,
}

/// Builds the schema.
pub fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |analyser: &str, option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(option),
        )
    };
    let fields = Fields {
        body: schema.add_text_field("body", text(STEMMED, IndexRecordOption::WithFreqs)),
        exact: schema.add_text_field("exact", text(EXACT, IndexRecordOption::WithFreqsAndPositions)),
        heading: schema.add_text_field("heading", text(STEMMED, IndexRecordOption::WithFreqs)),
        document: schema.add_u64_field("document", INDEXED | FAST),
        kind: schema.add_text_field("kind", STRING),
        country: schema.add_text_field("country", STRING),
        length: schema.add_u64_field("length", FAST),
        key: schema.add_text_field("key", STRING),
        record: schema.add_bytes_field("record", STORED),
    };
    (schema.build(), fields)
}
