//! Tags: the countries a passage is about, with the evidence for each.

mod about;
mod code;
mod context;
mod gazetteer;
mod inflection;
mod lookup;
mod matcher;
mod tagger;
mod unspaced;

pub use code::CountryCode;
pub use gazetteer::{Gazetteer, GazetteerError, NameSort};
pub use lookup::{LookupError, lookup, name, with_former};
pub use tagger::{DocumentTags, Tagger};

use serde::{Deserialize, Serialize};

/// Where the evidence for a country stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Named in the passage.
    Named,
    /// Inherited from a heading the passage stands under.
    Section,
    /// Inherited from the source's own subject.
    Source,
}

/// A country a passage (or a whole source) speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryTag {
    /// ISO 3166-1 alpha-2, or `SU`, `YU`, `CS`, `DD`, `DE-W` for states that no longer are.
    pub code: CountryCode,
    /// Where the evidence stands.
    pub evidence: Evidence,
    /// True when the text is about the country, false when it only mentions it.
    pub about: bool,
    /// The words that named it, as they stand in the text, each once, in order.
    pub because: Vec<String>,
}

/// A passage with its countries: the only thing the index writer takes.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedPassage {
    /// The passage.
    pub passage: crate::passage::Passage,
    /// Its countries, by first evidence, strongest evidence first.
    pub countries: Vec<CountryTag>,
}
