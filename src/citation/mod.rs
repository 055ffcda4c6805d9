//! Citations and references in CSL styles, and exports to other formats.

mod interim;

pub use interim::{render_stored, year_group};

use serde::{Deserialize, Serialize};

/// A source's citation in the default style (APA 7), rendered at ingest so that a search never pays for
/// a CSL processor. `{}` stands where the locator goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoredCitation {
    /// The entry of the reference list, plain text.
    pub reference: String,
    /// Without locator: `(Khan & Zhen, 2021)`.
    pub bare: String,
    /// With a paragraph: `(Khan & Zhen, 2021, para. {})`.
    pub paragraph: String,
    /// With one page: `(Khan & Zhen, 2021, p. {})`.
    pub page: String,
    /// With a range of pages: `(Khan & Zhen, 2021, pp. {})`.
    pub pages: String,
}
