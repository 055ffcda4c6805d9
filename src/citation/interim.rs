//! Placeholder with the final signatures, until the styles land.
#![allow(missing_docs)]

use super::StoredCitation;
use crate::bibliography::Work;

pub fn year_group(_work: &Work) -> Option<u64> {
    None
}

pub fn render_stored(work: &Work, _letter: Option<char>) -> StoredCitation {
    let title = work.title.clone().unwrap_or_default();
    StoredCitation {
        reference: title.clone(),
        bare: format!("({title})"),
        paragraph: format!("({title}, para. {{}})"),
        page: format!("({title}, p. {{}})"),
        pages: format!("({title}, pp. {{}})"),
    }
}
