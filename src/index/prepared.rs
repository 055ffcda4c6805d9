//! [`PreparedPassage`]: a passage as the writer takes it.

use super::analysis::Terms;
use super::{StoredPassage, record};
use crate::passage::Kind;
use crate::tag::CountryCode;

/// A passage made ready for the index: analysed and encoded on whichever thread read its document, so that the writer
/// has little left to do.
#[derive(Debug)]
pub struct PreparedPassage {
    pub(super) record: Vec<u8>,
    pub(super) kind: Kind,
    pub(super) countries: Vec<CountryCode>,
    pub(super) section: u32,
    /// None for headings, which are stored and not searched.
    pub(super) terms: Option<Terms>,
}

impl PreparedPassage {
    /// Prepares the passage with this place in the document's sequence of passages and headings.
    pub fn new(sequence: u32, passage: &StoredPassage) -> PreparedPassage {
        PreparedPassage {
            record: record::encode(sequence, passage),
            kind: passage.kind,
            countries: passage.countries.iter().map(|tag| tag.code).collect(),
            section: passage.section,
            terms: (passage.kind != Kind::Heading).then(|| Terms::of(&passage.text)),
        }
    }
}
