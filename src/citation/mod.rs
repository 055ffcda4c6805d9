//! Citations and references in CSL styles, and exports to other formats.
//!
//! A [`Work`](crate::bibliography::Work) becomes a CSL-JSON item, which a CSL processor renders in a [`Style`]. The
//! default style is rendered at ingest and stored ([`StoredCitation`]), so that a search pays for no processor.

mod as_cited_in;
mod card;
mod cite;
mod clipboard;
mod dates;
#[cfg(test)]
mod expected_tests;
pub mod export;
mod house;
mod item;
mod markup;
mod refs;
mod render;
mod rich;
mod shown;
mod specialised;
mod stored;
mod style;
mod style_limits;
mod substitute;

pub use as_cited_in::{AsCitedIn, as_cited_in};
pub use card::card;
pub use cite::{Cited, Format, Locator, cite, id_of_pandoc};
pub use clipboard::clipboard_sequence;
pub use refs::{CitedWork, cited_works};
pub use shown::{letter_order, year_group};
pub use stored::{StoredCitation, render_stored, render_styled};
pub use style::{Style, StyleError};
