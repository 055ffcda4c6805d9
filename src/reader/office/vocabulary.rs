//! What the formats call the things that a text is made of.

use crate::document::Role;

/// The names that a format gives to what both have, all without prefix.
pub struct Vocabulary {
    /// Elements that are paragraphs.
    pub paragraph: &'static [&'static str],
    /// Elements that hold the text; none: all text within paragraphs is text.
    pub text: &'static [&'static str],
    /// Elements whose text is not the author's, or stands twice: deleted text, fields, earlier properties.
    pub skipped: &'static [&'static str],
    /// A row of a table.
    pub row: &'static str,
    /// Its cells.
    pub cell: &'static [&'static str],
    /// An item of a list, or what makes a paragraph one.
    pub list_item: &'static str,
    /// The text of a note within that of its paragraph.
    pub note: &'static str,
    /// Role of the paragraphs when nothing else tells.
    pub role: Role,
}

/// WordprocessingML, ISO/IEC 29500-1, 17.
pub const WORD: Vocabulary = Vocabulary {
    paragraph: &["p"],
    text: &["t"],
    skipped: &[
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "pPrChange",
        "rPrChange",
        "sectPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "numberingChange",
        "sdtPr",
    ],
    row: "tr",
    cell: &["tc"],
    list_item: "numPr",
    note: "",
    role: Role::Paragraph,
};

/// The same in the parts that hold the notes.
pub const WORD_NOTES: Vocabulary = Vocabulary { role: Role::Footnote, ..WORD };

/// OpenDocument 1.3, part 3.
pub const OPEN_DOCUMENT: Vocabulary = Vocabulary {
    paragraph: &["p", "h"],
    text: &[],
    skipped: &[
        "tracked-changes",
        "annotation",
        "sequence-decls",
        "forms",
        "table-of-content-source",
        "alphabetical-index-source",
        "bibliography-source",
        "binary-data",
        "meta",
        "styles",
        "automatic-styles",
        "master-styles",
        "scripts",
        "script",
        "desc",
        "ruby-text",
    ],
    row: "table-row",
    cell: &["table-cell", "covered-table-cell"],
    list_item: "list-item",
    note: "note-body",
    role: Role::Paragraph,
};
