//! What a passage is.

use serde::{Deserialize, Serialize};

/// The kind of a passage; the words are those of the JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Running text.
    Body,
    /// The author's abstract.
    Abstract,
    /// A list, with the sentence that introduces it.
    List,
    /// A table.
    Table,
    /// A caption of a figure or table.
    Caption,
    /// A footnote or endnote.
    Footnote,
    /// An entry of a reference list.
    Reference,
    /// Title, author, affiliation, keywords, date line.
    Front,
    /// Running heads, copyright lines, web-page leftovers, text of another work.
    Boilerplate,
    /// A section heading: not a passage of its own, but part of the section path.
    Heading,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Kind; 10] = [
        Kind::Body,
        Kind::Abstract,
        Kind::List,
        Kind::Table,
        Kind::Caption,
        Kind::Footnote,
        Kind::Reference,
        Kind::Front,
        Kind::Boilerplate,
        Kind::Heading,
    ];

    /// Returns true if and only if a passage of this kind counts as a citable paragraph, and is
    /// searched without being asked for.
    pub fn is_citable(self) -> bool {
        !matches!(self, Kind::Reference | Kind::Front | Kind::Boilerplate | Kind::Heading)
    }

    /// The word for it in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Body => "body",
            Kind::Abstract => "abstract",
            Kind::List => "list",
            Kind::Table => "table",
            Kind::Caption => "caption",
            Kind::Footnote => "footnote",
            Kind::Reference => "reference",
            Kind::Front => "front",
            Kind::Boilerplate => "boilerplate",
            Kind::Heading => "heading",
        }
    }

    /// The kind of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.as_str().eq_ignore_ascii_case(name))
    }
}

/// What part of the front matter a [`Kind::Front`] passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FrontRole {
    /// The document's title.
    Title,
    /// Author names.
    Author,
    /// Affiliation or address.
    Affiliation,
    /// Keywords.
    Keywords,
    /// Date of publication, dateline.
    Date,
    /// Something else before the text: series, DOI line, masthead.
    Other,
}
