//! [`Folding`]: near-identical passages of several sources are one hit.

use super::alike::{SAME, Shingles};
use super::run::{AlsoIn, Hit};
use crate::passage::Ordinal;

/// Hits at the top among which near-identical ones are folded: what a person looks at. Each is compared with each.
const FOLDED: usize = 40;

/// Hits that are looked at in any case, so that who wants one hit learns where else it stands. What stands elsewhere too
/// scores alike and is near.
const LOOKED_AT: usize = 10;

/// Similarity from which passages of two texts of one work are the same: they may be cut otherwise, and have other
/// hyphens and notes.
const SAME_WORK: f64 = 0.6;

/// Hits of which those that say the same as a better one of another source are folded into it.
pub(super) struct Folding {
    wanted: usize,
    looked_at: usize,
    kept: Vec<(Hit, Option<Shingles>)>,
}

impl Folding {
    /// Takes hits until it has as many as are wanted.
    pub(super) fn new(wanted: usize) -> Folding {
        Folding { wanted, looked_at: 0, kept: Vec::new() }
    }

    pub(super) fn is_full(&self) -> bool {
        self.has_enough() && self.looked_at >= LOOKED_AT
    }

    fn has_enough(&self) -> bool {
        self.kept.len() >= self.wanted
    }

    /// Takes the next best hit.
    pub(super) fn add(&mut self, hit: Hit) {
        self.looked_at += 1;
        let is_paragraph = matches!(hit.passage.ordinal, Ordinal::Paragraph { .. });
        if !is_paragraph || self.kept.len() >= FOLDED {
            if !self.has_enough() {
                self.kept.push((hit, None));
            }
            return;
        }
        let shingles = Shingles::of(&hit.passage.text);
        let same = self.kept.iter().enumerate().find_map(|(i, (other, theirs))| {
            let theirs = theirs.as_ref().filter(|_| other.source.key != hit.source.key)?;
            let similarity = shingles.similarity(theirs);
            let enough = if other.source.work_key() == hit.source.work_key() { SAME_WORK } else { SAME };
            (similarity >= enough).then_some((i, similarity))
        });
        match same {
            Some((i, similarity)) => self.kept[i].0.also_in.push(AlsoIn { id: hit.id(), similarity }),
            None if self.has_enough() => {}
            None => self.kept.push((hit, Some(shingles))),
        }
    }

    /// The hits, best first.
    pub(super) fn into_hits(self) -> Vec<Hit> {
        self.kept.into_iter().map(|(hit, _)| hit).collect()
    }
}
