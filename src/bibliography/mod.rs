//! What a source is: title, authors, date, publisher; stated by the user's library file or by the
//! document's own format, or inferred from its text, and marked as such.
//!
//! [`library`] reads the library file, [`infer()`] the text, [`describe`] joins the two with what the format
//! states, [`citekey`] names the source. [`references`] reads the entries of a reference list and
//! [`citations`] leads the in-text citations to them; [`complete`] does both for a segmented document.

pub mod citations;
pub mod citekey;
pub(crate) mod date;
mod infer;
pub mod library;
mod name;
pub mod references;
mod work;

pub(crate) use date::month_number;
pub use infer::infer;
pub use work::{Date, Field, Name, Work, WorkType};

use crate::document::Document;
use crate::passage::{Kind, Segmented};

/// What is known of the work in `document`: the library's entry whole, where there is one; its gaps in title,
/// authors, date, URL, DOI and language filled from what the document's format states, then from what its text
/// shows. Without an entry all fields are filled that way. What comes from the text is listed in
/// [`Work::inferred`]; what nothing says stays absent.
///
/// An entry's silence on container, publisher and the like is kept: it says what sort of work this is.
pub fn describe(library: Option<&Work>, document: &Document, segmented: &Segmented) -> Work {
    let stated = infer::credible(&document.stated);
    let mut work = match library {
        Some(entry) => entry.clone(),
        None => stated.clone(),
    };
    if library.is_some() {
        fill(&mut work, &stated, &mut |_| {});
    }
    let inferred = infer(document, segmented);
    let mut marks = std::collections::BTreeSet::new();
    fill(&mut work, &inferred, &mut |field| {
        marks.insert(field);
    });
    if library.is_none() {
        let nowhere = work.container.is_none() && work.publisher.is_none();
        for (own, found, field) in [
            (&mut work.container, &inferred.container, Field::Container),
            (&mut work.publisher, &inferred.publisher, Field::Publisher),
        ] {
            if nowhere && found.is_some() {
                own.clone_from(found);
                marks.insert(field);
            }
        }
        if work.work_type == WorkType::Document && inferred.work_type != WorkType::Document {
            work.work_type = inferred.work_type;
            marks.insert(Field::Type);
        }
    }
    work.inferred = marks;
    work
}

/// Fills the gaps of `work` in the fields that any work may have; `filled` is told of each.
fn fill(work: &mut Work, from: &Work, filled: &mut impl FnMut(Field)) {
    if work.authors.is_empty() && work.editors.is_empty() && !from.authors.is_empty() {
        work.authors.clone_from(&from.authors);
        filled(Field::Authors);
    }
    if work.issued.is_none() && from.issued.is_some() {
        work.issued = from.issued;
        filled(Field::Issued);
    }
    for (own, found, field) in [
        (&mut work.title, &from.title, Field::Title),
        (&mut work.url, &from.url, Field::Url),
        (&mut work.doi, &from.doi, Field::Doi),
        (&mut work.language, &from.language, Field::Language),
    ] {
        if own.is_none() && found.is_some() {
            own.clone_from(found);
            filled(field);
        }
    }
}

/// Reads the reference entries of a document and leads its in-text citations to them: fills
/// [`Passage::parsed`](crate::passage::Passage::parsed) and [`Passage::cites`](crate::passage::Passage::cites).
pub fn complete(segmented: &mut Segmented) {
    for passage in &mut segmented.passages {
        if passage.kind == Kind::Reference {
            passage.parsed = Some(references::parse(&passage.text));
        }
    }
    citations::resolve(&mut segmented.passages);
}

#[cfg(test)]
mod tests;
