//! The schema: the only place with field names.

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever the schema or the analysis changes, so that an older index is rebuilt.
pub const INDEX_VERSION: u32 = 11;

/// The name under which the analyser of all text fields is registered.
pub const TERMS: &str = "ibid_terms";

/// The fields of a passage document and of a source document.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Passage: its words, as `analysis` has them, with positions: ranking, phrases, prefixes.
    pub words: Field,
    /// Like `words`, of passages that are searched only when asked for: reference entries, front matter,
    /// boilerplate. Apart, so that an ordinary search needs no filter, which would switch off block-max pruning,
    /// and so that these do not count in its statistics.
    pub aside: Field,
    /// Passage: the terms of its section path.
    pub heading: Field,
    /// Passage: number of the document it belongs to.
    pub document: Field,
    /// First passage: the number of its document; see [`super::runs`].
    pub first: Field,
    /// Source: number of its document.
    pub source: Field,
    /// Source: the year of issue, where it is known.
    pub year: Field,
    /// Source: the words of its title.
    pub title: Field,
    /// Passage: its kind, as in `Kind::as_str`.
    pub kind: Field,
    /// Passage: country codes, one term each.
    pub country: Field,
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
    let unscored = |tokenizer: &str| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        )
    };
    let label = || unscored("raw");
    let number = NumericOptions::default().set_indexed();
    schema.add_text_field("words", text(IndexRecordOption::WithFreqsAndPositions));
    schema.add_text_field("aside", text(IndexRecordOption::WithFreqsAndPositions));
    schema.add_text_field("heading", text(IndexRecordOption::WithFreqs));
    schema.add_u64_field("document", NumericOptions::default().set_fast());
    schema.add_u64_field("first", number.clone());
    schema.add_u64_field("source", number.clone().set_fast());
    schema.add_i64_field("year", number);
    schema.add_text_field("title", unscored(TERMS));
    schema.add_text_field("kind", label());
    schema.add_text_field("country", label());
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
            words: schema.get_field("words")?,
            aside: schema.get_field("aside")?,
            heading: schema.get_field("heading")?,
            document: schema.get_field("document")?,
            first: schema.get_field("first")?,
            source: schema.get_field("source")?,
            year: schema.get_field("year")?,
            title: schema.get_field("title")?,
            kind: schema.get_field("kind")?,
            country: schema.get_field("country")?,
            key: schema.get_field("key")?,
            record: schema.get_field("record")?,
        })
    }
}
