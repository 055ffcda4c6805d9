//! Search: request, query grammar, ranking, highlights, hits.
//!
//! A query is parsed to our own tree ([`query`]), planned against the index's vocabulary ([`plan`]), run in tantivy
//! for candidates ([`candidates`]), and the candidates are scored again by where the words stand in them
//! ([`occurrences`], [`score`]). Texts are read of the hits that are shown only.

mod advice;
mod alike;
mod best;
mod candidates;
mod eval;
mod extract;
mod filters;
mod folding;
mod matching;
mod occurrences;
mod plan;
pub mod query;
mod request;
mod run;
mod score;
mod segments;
mod slip;
mod statistics;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use advice::Advice;
pub use eval::{EvalError, EvalReport, evaluate};
pub use request::SearchRequest;
pub use run::{AlsoIn, Hit, SearchResponse, search};
