//! What a source is: title, authors, date, publisher; stated by the user's library file or by the
//! document's own format, or inferred from its text, and marked as such.
//!
//! [`library`] reads the library file, [`evidence`] weighs what the document's format states and what its text shows
//! (which [`infer()`] reads), [`describe`] joins the two, [`citekey`] names the source. [`references`] reads the entries of a reference list and
//! [`citations`] leads the in-text citations to them; [`complete`] does both for a segmented document.

mod capitals;
pub mod citations;
pub mod citekey;
mod credit;
pub(crate) mod date;
pub mod evidence;
mod infer;
pub mod library;
mod name;
pub mod references;
mod work;

pub(crate) use date::month_number;
pub(crate) use infer::byline_names;
pub use infer::infer;
pub use work::{Date, Field, Name, Work, WorkType};

use crate::document::Document;
use crate::passage::{Kind, Segmented};
use evidence::Origin;

/// What is known of the work in `document`: [`complement`] of the library's entry by all that the document shows
/// ([`evidence::weigh`]).
pub fn describe(library: Option<&Work>, document: &Document, segmented: &Segmented) -> Work {
    complement(library, evidence::weigh(document, segmented))
}

/// What is known of a work: the library's entry whole, where there is one, its gaps in title, authors, date, URL, DOI and
/// language filled from what was found in its document; without an entry, all of that. What nothing says stays absent.
///
/// An entry's silence on container, publisher and the like is kept: it says what sort of work this is.
pub fn complement(library: Option<&Work>, found: Work) -> Work {
    let Some(entry) = library else { return found };
    let mut work = entry.clone();
    for field in work.given() {
        work.mark(field, Origin::Library);
    }
    fill(&mut work, &found);
    work.set_aside = found.set_aside;
    work
}

/// Fills the gaps of `work` in the fields that any work may have, each with its origin.
fn fill(work: &mut Work, from: &Work) {
    let mut filled = Vec::new();
    if work.authors.is_empty() && work.editors.is_empty() && !from.authors.is_empty() {
        work.authors.clone_from(&from.authors);
        filled.push(Field::Authors);
    }
    if work.issued.is_none() && from.issued.is_some() {
        work.issued = from.issued;
        filled.push(Field::Issued);
    }
    for (own, found, field) in [
        (&mut work.title, &from.title, Field::Title),
        (&mut work.url, &from.url, Field::Url),
        (&mut work.doi, &from.doi, Field::Doi),
        (&mut work.language, &from.language, Field::Language),
    ] {
        if own.is_none() && found.is_some() {
            own.clone_from(found);
            filled.push(field);
        }
    }
    for field in filled {
        if let Some(origin) = from.origins.get(&field) {
            work.mark(field, *origin);
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
    references::follow(&mut segmented.passages);
    citations::resolve(&mut segmented.passages);
}

#[cfg(test)]
mod tests;
