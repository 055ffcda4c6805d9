//! Readers: the bytes of one format -> [`Document`](crate::document::Document).
