//! [`infer`]: what a document's text shows of the work, for what nothing states.

use super::{Date, Name, Work};
use crate::document::Document;
use crate::passage::{FrontRole, Kind, Segmented};

/// What the text shows; see [`super::describe`] for how it is used.
pub fn infer(_document: &Document, segmented: &Segmented) -> Work {
    let mut work = Work::default();
    for passage in segmented.passages.iter().filter(|p| p.kind == Kind::Front) {
        match passage.front {
            Some(FrontRole::Title) if work.title.is_none() => work.title = Some(passage.text.clone()),
            Some(FrontRole::Author) => work.authors.extend(Name::parse_list(&passage.text)),
            Some(FrontRole::Date) if work.issued.is_none() => work.issued = Date::parse(&passage.text),
            _ => {}
        }
    }
    work
}

/// What the format states, without what cannot be true.
pub(super) fn credible(stated: &Work, _document: &Document, _segmented: &Segmented) -> Work {
    stated.clone()
}
