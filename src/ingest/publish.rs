//! What depends on all sources together: citekeys and year letters, and the citations made with them.

use super::Error;
use super::prepare::{Kitchen, claims};
use crate::bibliography::citekey;
use crate::citation;
use crate::index::{FileEntry, FileTable, Index, IndexWriter, PackedSource};
use crate::passage::Citekey;
use std::collections::BTreeMap;

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
            (Some(source), _, _) if source.key.as_str() == entry.name.key && entry.name.letter == 0 => {
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
        writer.add_source(&source)?;
    }
    Ok(())
}

fn settle_keys(table: &mut FileTable, kitchen: &Kitchen) {
    let claiming: Vec<&FileEntry> = table.entries.iter().filter(|e| !e.name.claim.is_empty()).collect();
    let keys = citekey::assign_keys(&claims(&claiming), &kitchen.library.keys());
    let claiming = table.entries.iter_mut().filter(|e| !e.name.claim.is_empty());
    for (entry, key) in claiming.zip(keys) {
        entry.name.key = key.to_string();
    }
}

/// Letters a, b, c to works of the same authors and year, in the order of their authors and titles (APA, 7th ed.,
/// section 9.47), then of their citekeys: the same in every report.
/// More than 26 get none beyond z.
fn settle_letters(table: &mut FileTable) {
    let mut groups: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, entry) in table.entries.iter_mut().enumerate() {
        entry.name.letter = 0;
        if entry.name.group != 0 && entry.document.is_some() {
            groups.entry(entry.name.group).or_default().push(i);
        }
    }
    for mut group in groups.into_values().filter(|g| g.len() > 1) {
        group.sort_by_key(|i| (&table.entries[*i].name.order, &table.entries[*i].name.key));
        for (i, letter) in group.into_iter().zip(b'a'..=b'z') {
            table.entries[i].name.letter = letter;
        }
    }
}
