//! `ibid` finds passages in a researcher's own sources and cites them.
//!
//! Two flows run through this crate, each stage taking one type and giving the next:
//!
//! ```text
//! ingest: walk seeds -> reader -> Document -> clean -> passage::segment -> Passage
//!         -> bibliography, tag -> TaggedPassage -> index writer -> one atomic commit
//! search: args -> SearchRequest -> query -> searcher -> Vec<Hit> -> citation -> output
//! ```
//!
//! Dependencies run one way: `cli -> ingest | search | draft | output -> citation | index -> tag |
//! bibliography -> passage -> clean -> document`.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
// The documentation is read by those who change the crate, with private items: links to these are meant.
#![allow(rustdoc::private_intra_doc_links)]

pub mod bibliography;
pub mod citation;
pub mod clean;
pub mod document;
pub mod draft;
pub mod index;
pub mod ingest;
pub mod output;
pub mod passage;
pub mod reader;
pub mod search;
pub mod seed_file;
pub mod tag;
