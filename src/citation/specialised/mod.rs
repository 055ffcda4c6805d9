//! Styles cut down to what they render of works of one kind, so that the CSL processor is quick.
//!
//! A style such as APA's asks every work for everything any work may have: the processor walks hundreds of nested
//! choices, several times over, for a work that has a title and a date. Which of them are taken is known from the work's
//! type and the fields it has. A style is therefore cut down once for each such set of [`Facts`] and kept; rendering
//! with what is left takes a fraction of the time, and gives the same text to the last sign.

mod elements;
mod facts;
mod prune;
mod suppressible;
#[cfg(test)]
mod tests;

use facts::Facts;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many cut styles are kept: a library has works of some dozens of kinds.
const KEPT: usize = 64;

/// The styles that were cut from one style.
#[derive(Debug, Default)]
pub struct Specialised {
    /// By what is known of the works.
    styles: Mutex<HashMap<Facts, Arc<IndependentStyle>>>,
}

impl Specialised {
    /// The style as far as it concerns these works, cited with this kind of locator: what the processor makes of them by
    /// it is what it makes of them by the whole style.
    pub fn get(
        &self,
        whole: &IndependentStyle,
        works: &[Item],
        locator: Option<Locator>,
    ) -> Option<Arc<IndependentStyle>> {
        let facts = Facts::of(works, locator);
        let mut styles = self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(style) = styles.get(&facts) {
            return Some(style.clone());
        }
        let cut = Arc::new(cut(whole, &facts)?);
        if styles.len() >= KEPT {
            styles.clear();
        }
        styles.insert(facts, cut.clone());
        Some(cut)
    }
}

fn cut(whole: &IndependentStyle, facts: &Facts) -> Option<IndependentStyle> {
    // Names that stand in for others are not printed again, which leaves it open whether a work's names are found; of
    // the style cut for the first time it is known which names ever do.
    let once = prune::prune(whole, facts, &facts::Suppressible::Any)?;
    prune::prune(&once, facts, &suppressible::of(&once))
}
