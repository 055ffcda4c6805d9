//! The schema: the only place with field names.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever the schema or the analysis changes, so that an older index is rebuilt.
pub const INDEX_VERSION: u32 = 5;

/// The name under which the analyser of all text fields is registered.
pub const TERMS: &str = "ibid_terms";

/// The fields of a passage document and of a source document.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Passage: stems of its content words, function words left out; frequencies, no positions. What
    /// BM25 ranks by.
    pub body: Field,
    /// Passage: every word, case and diacritics folded, with positions: phrases, `=word`, prefixes.
    pub exact: Field,
    /// Like `body`, of passages that are searched only when asked for: reference entries, front matter,
    /// boilerplate. Apart, so that an ordinary search needs no filter, which would switch off block-max pruning,
    /// and so that these do not count in its statistics.
    pub aside: Field,
    /// Like `exact`, of the same passages as `aside`.
    pub aside_exact: Field,
    /// Passage: stems of its section path and of its source's title.
    pub heading: Field,
    /// Passage: number of the document it belongs to; deletions go by it.
    pub document: Field,
    /// Source: number of its document.
    pub source: Field,
    /// Passage: its kind, as in `Kind::as_str`.
    pub kind: Field,
    /// Passage: country codes, one term each.
    pub country: Field,
    /// Passage: number of tokens in `body`, exact, for BM25 statistics over live documents.
    pub length: Field,
    /// Passage: number of tokens in `heading`, likewise.
    pub heading_length: Field,
    /// Source: its citekey; the file table has a name of its own here.
    pub key: Field,
    /// Passage or source: the stored record.
    pub record: Field,
}

/// Builds the schema.
pub fn build() -> Schema {
    let mut schema = Schema::builder();
    let text = |option| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(option))
    };
    // No field norms: nothing is scored by these.
    let label = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        )
    };
    schema.add_text_field("body", text(IndexRecordOption::WithFreqs));
    schema.add_text_field("exact", text(IndexRecordOption::WithFreqsAndPositions));
    schema.add_text_field("aside", text(IndexRecordOption::WithFreqs));
    schema.add_text_field("aside_exact", text(IndexRecordOption::WithFreqsAndPositions));
    schema.add_text_field("heading", text(IndexRecordOption::WithFreqs));
    schema.add_u64_field("document", INDEXED | FAST);
    schema.add_u64_field("source", INDEXED);
    schema.add_text_field("kind", label());
    schema.add_text_field("country", label());
    schema.add_u64_field("length", FAST);
    schema.add_u64_field("heading_length", FAST);
    schema.add_text_field("key", label());
    schema.add_bytes_field("record", STORED);
    schema.build()
}

impl Fields {
    /// The fields of a schema made by [`build`].
    ///
    /// # Errors
    /// When one of them is missing.
    pub fn of(schema: &Schema) -> tantivy::Result<Fields> {
        Ok(Fields {
            body: schema.get_field("body")?,
            exact: schema.get_field("exact")?,
            aside: schema.get_field("aside")?,
            aside_exact: schema.get_field("aside_exact")?,
            heading: schema.get_field("heading")?,
            document: schema.get_field("document")?,
            source: schema.get_field("source")?,
            kind: schema.get_field("kind")?,
            country: schema.get_field("country")?,
            length: schema.get_field("length")?,
            heading_length: schema.get_field("heading_length")?,
            key: schema.get_field("key")?,
            record: schema.get_field("record")?,
        })
    }
}
