//! Web pages: their tags, structured data, marked elements and headings, weighed against each other.
//!
//! A page gives the same fact in many places, each with faults of its own kind: titles with the site's name after
//! them, accounts and profile addresses as authors, the day of the last change as the date. What is printed above the
//! article decides where it agrees with what is stated; what is only stated is taken in the order of how often such a
//! place is right; menus are never read.

mod authors;
mod dates;
mod site;
mod title;

use super::{Candidate, Origin, Work};
use crate::bibliography::{Field, infer};
use crate::document::Document;
use crate::passage::Segmented;

/// The believed values of the page; its text adds the language and the DOI where the page does not state them.
pub(super) fn weigh(document: &Document, segmented: &Segmented) -> Work {
    let mut work = of_page(document);
    let shown = infer(segmented);
    for (own, found, field) in
        [(&mut work.language, &shown.language, Field::Language), (&mut work.doi, &shown.doi, Field::Doi)]
    {
        if own.is_none() && found.is_some() {
            own.clone_from(found);
            work.origins.insert(field, Origin::Text);
            work.inferred.insert(field);
        }
    }
    work
}

/// What the page says of itself.
pub(super) fn of_page(document: &Document) -> Work {
    let mut work = document.stated.clone();
    for field in work.given() {
        work.mark(field, Origin::MetaTag);
    }
    let candidates = &document.candidates;
    let site = site::Site::of(candidates);
    title::weigh(&mut work, candidates, &site);
    site.weigh(&mut work, candidates);
    authors::weigh(&mut work, candidates, &site);
    dates::weigh(&mut work, candidates);
    work
}

/// Letters and digits of a text, small and without accents: what two writings of a name or title have in common.
fn key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    plain.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The candidates that came from one kind of place.
fn from(candidates: &[Candidate], origin: Origin) -> impl Iterator<Item = &Candidate> {
    candidates.iter().filter(move |c| c.origin == origin)
}

#[cfg(test)]
mod tests;
