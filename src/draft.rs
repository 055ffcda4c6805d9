//! Report drafts: their quotations and citations, checked against the index.
