//! What the index stores and gives back: sources and passages.

use super::Stat;
use super::analysis::Terms;
use crate::bibliography::Work;
use crate::bibliography::library::By;
use crate::citation::{StoredCitation, render_stored};
use crate::document::{Format, Page};
use crate::passage::{Citekey, InTextCitation, Kind, Ordinal, ParsedReference, Repairs};
use crate::tag::CountryTag;
use serde::{Deserialize, Serialize};

/// A source as the index remembers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredSource {
    /// Number of its document in the index; passages carry it.
    pub document: u64,
    /// Its citekey; that of a further text of a work, which passage ids are made of, has a number behind the work's.
    pub key: Citekey,
    /// The citekey of the work that this is a further text of: another file of one library entry. `None` for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_of: Option<Citekey>,
    /// The keys of the further texts of the work; empty in a further text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<Citekey>,
    /// How its library entry was found; `None` when it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<By>,
    /// Its file, relative to the seeds folder, `/` between parts.
    pub path: String,
    /// Size and time of the file when this was written. The table of files knows of a later time when the file was touched
    /// and not changed.
    pub stat: Stat,
    /// The format it was read as.
    pub format: Format,
    /// What is known of the work.
    pub work: Work,
    /// Its citation in the default style.
    pub citation: StoredCitation,
    /// The letter behind its year, as in 2020b, where the library has several works of its authors and year.
    pub year_letter: Option<char>,
    /// Section paths; passages point into it.
    pub sections: Vec<Vec<String>>,
    /// Pages, where the format has them.
    pub pages: Vec<Page>,
    /// How many citable passages it has.
    pub passages: u32,
    /// The countries of the source as a whole.
    pub countries: Vec<CountryTag>,
    /// What was repaired.
    pub repairs: Repairs,
    /// What a user should know of its reading.
    pub doubts: Vec<String>,
}

impl StoredSource {
    /// A work that the library names and whose text is not among the seeds. Its citation is rendered only where it is not
    /// known by names and a year: a library may have thousands of such works, and few are cited.
    pub fn without_text(key: Citekey, work: Work) -> StoredSource {
        let is_known_by_names = !work.authors.is_empty() && work.issued.is_some();
        StoredSource {
            document: u64::MAX,
            key,
            text_of: None,
            texts: Vec::new(),
            attached: None,
            path: String::new(),
            stat: Stat::default(),
            format: Format::Text,
            citation: if is_known_by_names { StoredCitation::default() } else { render_stored(&work, None) },
            work,
            year_letter: None,
            sections: Vec::new(),
            pages: Vec::new(),
            passages: 0,
            countries: Vec::new(),
            repairs: Repairs::default(),
            doubts: Vec::new(),
        }
    }

    /// The citekey of the work, which is what drafts cite.
    pub fn work_key(&self) -> &Citekey {
        self.text_of.as_ref().unwrap_or(&self.key)
    }

    /// Returns true if and only if its text is in the index, so that quotations from it can be checked.
    pub fn has_text(&self) -> bool {
        !self.path.is_empty()
    }
}

/// A source in the form it is stored in, which takes a tenth of the memory: there is one for every document of an ingest
/// until the last is read.
#[derive(Debug)]
pub struct PackedSource {
    pub(super) document: u64,
    /// Its citekey.
    pub key: Citekey,
    pub(super) year: Option<i32>,
    /// The terms of its title.
    pub(super) title: Option<String>,
    pub(super) json: Vec<u8>,
}

impl PackedSource {
    /// Packs a source.
    ///
    /// # Errors
    /// None that a source can cause.
    pub fn pack(source: &StoredSource) -> serde_json::Result<PackedSource> {
        let mut json = serde_json::to_vec(source)?;
        json.shrink_to_fit();
        Ok(PackedSource {
            document: source.document,
            key: source.key.clone(),
            year: source.work.issued.map(|date| date.year),
            title: source.work.title.as_deref().map(|title| Terms::of(title).text),
            json,
        })
    }

    /// The source.
    ///
    /// # Errors
    /// None for what [`PackedSource::pack`] made.
    pub fn unpack(&self) -> serde_json::Result<StoredSource> {
        serde_json::from_slice(&self.json)
    }
}

/// A passage as the index gives it back.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPassage {
    /// Which passage of its source.
    pub ordinal: Ordinal,
    /// What it is.
    pub kind: Kind,
    /// The text that may be quoted.
    pub text: String,
    /// Index into [`StoredSource::sections`].
    pub section: u32,
    /// First and last line in the file; `None` where the format has none.
    pub lines: Option<(u32, u32)>,
    /// First and last index into [`StoredSource::pages`]; meaningless where that is empty.
    pub pages: (u32, u32),
    /// Its countries.
    pub countries: Vec<CountryTag>,
    /// What it cites.
    pub cites: Vec<InTextCitation>,
    /// What could be read of a reference entry.
    pub parsed: Option<ParsedReference>,
}
