//! What depends on all sources together: citekeys and year letters, and the citations made with them.

use super::Error;
use super::prepare::{Kitchen, claims};
use crate::bibliography::citekey;
use crate::citation;
use crate::index::{FileEntry, FileTable, Index, IndexWriter, Naming, PackedSource};
use crate::passage::Citekey;
use std::collections::{BTreeMap, BTreeSet};

/// Settles the citekey and year letter of every document of the table and writes the source records that are new
/// or come out otherwise than before. `fresh` are the records of documents read now, by number.
pub fn settle_names(
    table: &mut FileTable,
    known: &FileTable,
    fresh: &mut BTreeMap<u64, PackedSource>,
    kitchen: &Kitchen,
    old: Option<&Index>,
    writer: &IndexWriter,
) -> Result<(), Error> {
    settle_keys(table, kitchen);
    settle_letters(table);
    let before: BTreeMap<u64, &FileEntry> =
        known.entries.iter().filter_map(|e| e.document.map(|d| (d, e))).collect();
    for entry in &table.entries {
        let Some(document) = entry.document else { continue };
        let mut source = match (fresh.remove(&document), old, before.get(&document)) {
            (Some(source), _, _) if is_as_prepared(&source, &entry.name) => {
                writer.add_packed_source(&source)?;
                continue;
            }
            (Some(source), _, _) => source.unpack().map_err(Error::Record)?,
            (None, Some(index), Some(was)) if was.name != entry.name || was.path != entry.path => {
                writer.delete_source(document);
                index.source_of_document(document)?
            }
            _ => continue,
        };
        let letter = (entry.name.letter > 0).then_some(char::from(entry.name.letter));
        source.path.clone_from(&entry.path);
        source.stat = entry.stat;
        if source.year_letter != letter {
            source.citation = citation::render_stored(&source.work, letter);
            source.year_letter = letter;
        }
        if let Some(key) = Citekey::new(&entry.name.key) {
            source.key = key;
        }
        source.texts = entry.name.texts.iter().filter_map(|key| Citekey::new(key)).collect();
        source.text_of =
            Some(&entry.name).filter(|name| name.is_further_text()).and_then(|n| Citekey::new(&n.entry));
        writer.add_source(&source)?;
    }
    Ok(())
}

/// Returns true if and only if nothing of a source that was read now depends on other sources.
fn is_as_prepared(source: &PackedSource, name: &Naming) -> bool {
    source.key.as_str() == name.key && name.letter == 0 && name.texts.is_empty()
}

fn settle_keys(table: &mut FileTable, kitchen: &Kitchen) {
    let mut taken = kitchen.library.keys();
    settle_texts(table, &mut taken);
    let claiming: Vec<&FileEntry> = table.entries.iter().filter(|e| !e.name.claim.is_empty()).collect();
    let keys = citekey::assign_keys(&claims(&claiming), &taken);
    let claiming = table.entries.iter_mut().filter(|e| !e.name.claim.is_empty());
    for (entry, key) in claiming.zip(keys) {
        entry.name.key = key.to_string();
    }
}

/// The documents of one library entry are texts of one work: the first in the entry's order has its citekey, the others
/// `KEY-2`, `KEY-3`, so that their passages have ids of their own.
fn settle_texts(table: &mut FileTable, taken: &mut BTreeSet<Citekey>) {
    let mut works: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, entry) in table.entries.iter_mut().enumerate() {
        entry.name.texts.clear();
        if !entry.name.entry.is_empty() && entry.document.is_some() {
            works.entry(entry.name.entry.clone()).or_default().push(i);
        }
    }
    for (key, mut texts) in works {
        // Those of the same place, which the entry does not name, keep the order of their paths.
        texts.sort_by_key(|i| table.entries[*i].name.place);
        let Some((first, further)) = texts.split_first() else { continue };
        let numbered = (2..).map(|number| format!("{key}-{number}"));
        let mut free = numbered.filter(|own| Citekey::new(own).is_none_or(|own| taken.insert(own)));
        let keys: Vec<String> = free.by_ref().take(further.len()).collect();
        for (i, own) in further.iter().zip(&keys) {
            table.entries[*i].name.key.clone_from(own);
        }
        table.entries[*first].name.key = key;
        table.entries[*first].name.texts = keys;
    }
}

/// Letters a, b, c to works of the same authors and year, in the order of their authors and titles (APA, 7th ed.,
/// section 9.47), then of their citekeys: the same in every report.
/// More than 26 get none beyond z.
fn settle_letters(table: &mut FileTable) {
    let mut groups: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, entry) in table.entries.iter_mut().enumerate() {
        entry.name.letter = 0;
        if entry.name.group != 0 && entry.document.is_some() && !entry.name.is_further_text() {
            groups.entry(entry.name.group).or_default().push(i);
        }
    }
    for mut group in groups.into_values().filter(|g| g.len() > 1) {
        group.sort_by_key(|i| (&table.entries[*i].name.order, &table.entries[*i].name.key));
        for (i, letter) in group.into_iter().zip(b'a'..=b'z') {
            table.entries[i].name.letter = letter;
        }
    }
    let letters: BTreeMap<String, u8> = table
        .entries
        .iter()
        .filter(|e| e.name.letter != 0)
        .map(|e| (e.name.key.clone(), e.name.letter))
        .collect();
    for entry in table.entries.iter_mut().filter(|e| e.name.is_further_text()) {
        entry.name.letter = letters.get(&entry.name.entry).copied().unwrap_or(0);
    }
}
