//! Text and JSON on any `io::Write`. Text from documents is hostile: it is sanitised here.

pub mod hits;
pub mod json;
mod painter;
mod place;
mod sanitise;
pub mod table;

pub use painter::{Painter, Role};
pub use place::{cited_locator, describe_place};
pub use sanitise::sanitise;
