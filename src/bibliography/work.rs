//! [`Work`]: the bibliographic model, whose fields are CSL's variables.

use super::evidence::{Origin, SetAside};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The type of a work, in CSL 1.0.2 terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum WorkType {
    ArticleJournal,
    ArticleMagazine,
    ArticleNewspaper,
    Book,
    Chapter,
    Dataset,
    #[default]
    Document,
    Entry,
    Interview,
    Legislation,
    Manuscript,
    PaperConference,
    PersonalCommunication,
    Post,
    PostWeblog,
    Report,
    Speech,
    Thesis,
    Treaty,
    Webpage,
}

/// A person or body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Name {
    /// Family name, or the whole name of a body when there is no `given`: see `literal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Given names or initials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// Particle kept with the family name (`van`, `de`, `ul`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub particle: Option<String>,
    /// `Jr.`, `III`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// The name of a body, or of a person whose name has no parts; then all else is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
}

impl Name {
    /// The name in reading order: `Ludwig van Beethoven`, `Embassy of Pakistan`.
    pub fn display(&self) -> String {
        let parts = [&self.literal, &self.given, &self.particle, &self.family, &self.suffix];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A date of which the year is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// Astronomical year.
    pub year: i32,
    /// 1 to 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// 1 to 31; only with a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
}

impl std::fmt::Display for Date {
    /// ISO 8601: `2021`, `2021-09`, `2021-09-08`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// The fields of a work that may be inferred or missing; the words are those of the JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Field {
    Title,
    Authors,
    Issued,
    Container,
    Publisher,
    Url,
    Doi,
    Language,
    Type,
}

impl Field {
    /// The word for it in the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Authors => "authors",
            Field::Issued => "issued",
            Field::Container => "container",
            Field::Publisher => "publisher",
            Field::Url => "url",
            Field::Doi => "doi",
            Field::Language => "language",
            Field::Type => "type",
        }
    }
}

/// What is known of a source; `None` or empty for what is not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Work {
    #[serde(rename = "type")]
    pub work_type: WorkType,
    pub title: Option<String>,
    pub authors: Vec<Name>,
    pub editors: Vec<Name>,
    pub translators: Vec<Name>,
    pub issued: Option<Date>,
    /// Journal, newspaper, site or book that holds the work.
    pub container: Option<String>,
    pub publisher: Option<String>,
    pub publisher_place: Option<String>,
    pub event: Option<String>,
    pub collection_title: Option<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub number: Option<String>,
    pub edition: Option<String>,
    pub pages: Option<String>,
    pub url: Option<String>,
    /// Without resolver: `10.1000/182`.
    pub doi: Option<String>,
    pub isbn: Option<String>,
    pub issn: Option<String>,
    pub accessed: Option<Date>,
    /// BCP 47 tag: `en`, `ru`, `en-GB`.
    pub language: Option<String>,
    /// What sort of report, thesis or paper it is.
    pub genre: Option<String>,
    pub archive: Option<String>,
    pub note: Option<String>,
    pub abstract_text: Option<String>,
    pub keywords: Vec<String>,
    /// CSL variables that the fields above cannot hold, as the library gives them: `version`, a range of dates, a particle
    /// that sorting drops, a type beyond [`WorkType`]. They count before the fields.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, serde_json::Value>,
    /// The fields that were inferred from the text rather than stated.
    pub inferred: BTreeSet<Field>,
    /// Where each field that is given was found, as far as that is known.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub origins: BTreeMap<Field, Origin>,
    /// Values that were found and not believed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
}

impl Work {
    /// The fields that may be inferred or missing and are given here; the type counts when it says anything.
    pub fn given(&self) -> Vec<Field> {
        let fields = [
            (Field::Title, self.title.is_some()),
            (Field::Authors, !self.authors.is_empty()),
            (Field::Issued, self.issued.is_some()),
            (Field::Container, self.container.is_some()),
            (Field::Publisher, self.publisher.is_some()),
            (Field::Url, self.url.is_some()),
            (Field::Doi, self.doi.is_some()),
            (Field::Language, self.language.is_some()),
            (Field::Type, self.work_type != WorkType::Document),
        ];
        fields.into_iter().filter(|(_, is_given)| *is_given).map(|(field, _)| field).collect()
    }
}
