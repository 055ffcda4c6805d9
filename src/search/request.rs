//! [`SearchRequest`]: what is asked, with filters and limits.

use crate::passage::{Citekey, Kind};
use crate::tag::CountryCode;

/// The countries asked for: a passage must have one of each group and none of the excluded.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct CountryFilter {
    /// All of these groups, any country of a group.
    pub groups: Vec<Vec<CountryCode>>,
    /// None of these.
    pub excluded: Vec<CountryCode>,
}

impl CountryFilter {
    /// Returns true if and only if it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.excluded.is_empty()
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// As typed.
    pub query: String,
    /// Countries a passage must and must not have.
    pub countries: CountryFilter,
    /// Only these sources; all when empty.
    pub sources: Vec<Citekey>,
    /// Only sources issued in these years, inclusive.
    pub years: Option<(i32, i32)>,
    /// Only these kinds; the citable ones when empty.
    pub kinds: Vec<Kind>,
    /// Number of hits.
    pub limit: usize,
    /// Hits to leave out at the top.
    pub offset: usize,
    /// Also look for words of the index that are spelt nearly like a rare word of the query.
    pub near: bool,
    /// Count all passages that match: costs a pass over all of them.
    pub count: bool,
}

impl SearchRequest {
    /// The ten best passages for a query, without filters.
    pub fn new(query: &str) -> SearchRequest {
        SearchRequest {
            query: query.to_owned(),
            countries: CountryFilter::default(),
            sources: Vec::new(),
            years: None,
            kinds: Vec::new(),
            limit: 10,
            offset: 0,
            near: true,
            count: false,
        }
    }

    /// Returns true if and only if it has filters.
    pub fn is_filtered(&self) -> bool {
        !self.countries.is_empty()
            || !self.sources.is_empty()
            || self.years.is_some()
            || !self.kinds.is_empty()
    }
}
