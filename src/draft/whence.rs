//! Which source says a text, and what a draft cites.

use super::judge::{ALIKE, id_at};
use super::library::Library;
use super::parse::Draft;
use super::{Corpus, Error};
use crate::passage::Citekey;
use std::collections::BTreeSet;

/// A place that says a text.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Found {
    /// The passage's id, or the citekey where it has none.
    pub id: String,
    /// Share of the words that stand there, 0 to 1.
    pub similarity: f64,
    /// Says it word for word.
    pub verbatim: bool,
    /// Where not: runs of words of the source and of the text.
    pub differences: Vec<(String, String)>,
}

/// Which sources say a text, and where; word for word first, then by likeness.
///
/// # Errors
/// [`Error::Corpus`].
pub fn whence(text: &str, corpus: &dyn Corpus) -> Result<Vec<Found>, Error> {
    let mut library = Library::new(corpus)?;
    let mut found = Vec::new();
    for key in library.candidates(text, &[])? {
        let source = library.text(&key)?;
        let places = source.verbatim(text);
        let exact = places.iter().map(|p| id_at(&key, &source, p.range.start)).collect::<BTreeSet<_>>();
        if exact.is_empty()
            && let Some(near) = source.nearest(text).filter(|n| n.similarity >= ALIKE)
        {
            let id = id_at(&key, &source, near.at);
            found.push(Found {
                id,
                similarity: near.similarity,
                verbatim: false,
                differences: near.differences,
            });
        }
        found.extend(exact.into_iter().map(|id| Found {
            id,
            similarity: 1.0,
            verbatim: true,
            differences: Vec::new(),
        }));
    }
    found.sort_by(|a, b| {
        (b.verbatim.cmp(&a.verbatim)).then(b.similarity.total_cmp(&a.similarity)).then(a.id.cmp(&b.id))
    });
    Ok(found)
}

/// The sources a draft cites in the order of their first citation, and the keys that no source has, with line and
/// column.
///
/// # Errors
/// [`Error::Corpus`].
#[allow(clippy::type_complexity)]
pub fn cited_keys(
    draft: &Draft,
    corpus: &dyn Corpus,
) -> Result<(Vec<Citekey>, Vec<(String, u32, u32)>), Error> {
    let mut library = Library::new(corpus)?;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for citation in library.citations(draft)?.iter().filter(|c| c.unread.is_none()) {
        match library.sources.get(&citation.key) {
            Some(source) if known.contains(&source.key) => {}
            Some(source) => known.push(source.key.clone()),
            None => {
                let (line, column) = draft.place(citation.at);
                unknown.push((citation.key.clone(), line, column));
            }
        }
    }
    Ok((known, unknown))
}
