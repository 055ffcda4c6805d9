//! The index: schema, writer, reader, integrity. The only state of the program, and one commit changes it.

pub mod schema;
mod stored;

pub use stored::{StoredPassage, StoredSource};
