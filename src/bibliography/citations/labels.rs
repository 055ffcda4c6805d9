//! The numbers of the entries of a reference list: printed in front of them, or their place.

use crate::bibliography::references::label_of;
use std::collections::{BTreeMap, BTreeSet};

/// The numbers printed in front of entries may leave out as many; those in square brackets more, since several entries
/// may be printed as one paragraph.
const MOST_LEFT_OUT: u32 = 3;
const MOST_LEFT_OUT_IN_BRACKETS: u32 = 40;

/// Which number leads to which entry.
#[derive(Default)]
pub(super) struct Numbered {
    by_number: BTreeMap<u32, Option<u32>>,
}

/// An entry: its number `N` of `KEY:refN`, its section, its text.
pub(super) type Listed<'t> = (u32, u32, &'t str);

impl Numbered {
    /// The numbers of a list; `cited` are those that the text cites.
    pub(super) fn of(entries: &[Listed<'_>], cited: &BTreeSet<u32>) -> Numbered {
        let printed = printed(entries);
        if printed.len() * 2 >= entries.len().max(1) {
            return Numbered { by_number: printed };
        }
        if !printed.is_empty() {
            return Numbered::default();
        }
        by_place(entries, cited).unwrap_or_default()
    }

    /// The entry that the number leads to.
    pub(super) fn get(&self, number: u32) -> Option<u32> {
        self.by_number.get(&number).copied().flatten()
    }

    /// Returns true if and only if entries have numbers, so that a number that leads to none is a citation all the same.
    pub(super) fn is_empty(&self) -> bool {
        self.by_number.is_empty()
    }
}

/// Numbers printed in front of entries, when they count up: one that is out of order belongs to the entry's text. A
/// number used twice leads nowhere.
fn printed(entries: &[Listed<'_>]) -> BTreeMap<u32, Option<u32>> {
    let labels: Vec<Option<u32>> = entries.iter().map(|(_, _, text)| label_of(text)).collect();
    let mut numbers = BTreeMap::new();
    let mut last: Option<u32> = None;
    for (at, label) in labels.iter().enumerate() {
        let Some(label) = *label else { continue };
        let next = labels.iter().skip(at + 1).flatten().next();
        let begins = label == 1 || last.is_none() && next.is_some_and(|next| *next == label + 1);
        let bracketed = entries[at].2.trim_start().starts_with('[');
        let most = if bracketed { MOST_LEFT_OUT_IN_BRACKETS } else { MOST_LEFT_OUT };
        let follows = last.is_some_and(|last| (last + 1..=last + 1 + most).contains(&label));
        if begins || follows {
            numbers.entry(label).and_modify(|entry| *entry = None).or_insert(Some(entries[at].0));
            last = Some(label);
        }
    }
    numbers
}

/// Entries without printed numbers count by their place in their section (the first whose entries the text cites by
/// half, none beyond the last) or else in the whole list.
fn by_place(entries: &[Listed<'_>], cited: &BTreeSet<u32>) -> Option<Numbered> {
    let last = usize::try_from(*cited.last()?).ok()?;
    let fits = |list: &&[Listed<'_>]| last <= list.len() && cited.len() * 2 >= list.len();
    let mut sections = entries.chunk_by(|a, b| a.1 == b.1);
    let list = sections.find(fits).or_else(|| Some(entries).filter(fits))?;
    Some(Numbered { by_number: (1..).zip(list).map(|(place, entry)| (place, Some(entry.0))).collect() })
}
