//! What a source is: title, authors, date, publisher; stated by the user's library file or by the
//! document's own format, or inferred from its text, and marked as such.

mod work;

pub use work::{Date, Field, Name, Work, WorkType};
