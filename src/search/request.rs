//! [`SearchRequest`]: what is asked, with filters and limits.

use super::query::Filters;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// As typed.
    pub query: String,
    /// What passages must be besides; `field:value` in the query is added to it.
    pub filters: Filters,
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
            filters: Filters::default(),
            limit: 10,
            offset: 0,
            near: true,
            count: false,
        }
    }
}
