//! Search: request, query grammar, ranking, highlights, hits.
//!
//! A query is parsed to our own tree ([`query`]), planned against the index's vocabulary ([`plan`]), run in tantivy
//! for candidates ([`candidates`]), and the candidates are scored again on their text ([`score`]).

mod advice;
mod alike;
mod candidates;
mod eval;
mod extract;
mod matching;
mod near;
mod plan;
pub mod query;
mod request;
mod run;
mod score;
mod statistics;

pub use advice::Advice;
pub use eval::{EvalError, EvalReport, evaluate};
pub use request::{CountryFilter, SearchRequest};
pub use run::{AlsoIn, Hit, SearchResponse, search};
