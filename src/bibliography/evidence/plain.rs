//! Documents whose format has one set of fields, and text files: the fields, as far as they are credible, then the text.

use super::credible::credible;
use super::{Origin, Work};
use crate::bibliography::{Field, WorkType, fill, infer};
use crate::document::Document;
use crate::passage::Segmented;

pub(super) fn weigh(document: &Document, segmented: &Segmented) -> Work {
    let mut work = credible(&document.stated, Origin::FileFields);
    for field in work.given() {
        work.mark(field, Origin::FileFields);
    }
    let mut inferred = infer(segmented);
    for field in inferred.given() {
        inferred.mark(field, Origin::Text);
    }
    fill(&mut work, &inferred);
    let mut filled = Vec::new();
    let nowhere = work.container.is_none() && work.publisher.is_none();
    for (own, found, field) in [
        (&mut work.container, &inferred.container, Field::Container),
        (&mut work.publisher, &inferred.publisher, Field::Publisher),
    ] {
        if nowhere && found.is_some() {
            own.clone_from(found);
            filled.push(field);
        }
    }
    for field in filled {
        work.mark(field, Origin::Text);
    }
    if work.work_type == WorkType::Document && inferred.work_type != WorkType::Document {
        work.work_type = inferred.work_type;
        work.mark(Field::Type, Origin::Text);
    }
    work
}
