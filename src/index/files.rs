//! The file table: what ingest remembers of every file it has seen, and how the seeds differ from it.

use super::analysis::Terms;
use super::{DocumentOrder, PreparedPassage, Stat};
use crate::bibliography::library::Identity;
use std::collections::BTreeMap;

/// What ingest remembers of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileEntry {
    /// Path within the seeds folder, `/` between parts.
    pub path: String,
    /// Size and time when it was read.
    pub stat: Stat,
    /// BLAKE3 of its bytes.
    pub hash: [u8; 32],
    /// Digest of all that its passages depend on beside its bytes: versions, reader, gazetteer, library entry.
    pub recipe: u64,
    /// Number of its document in the index; `None` when it was skipped.
    pub document: Option<u64>,
    /// Number of its citable passages.
    pub passages: u32,
    /// Numbers of terms of its passages.
    pub lengths: Lengths,
    /// Why it was skipped: the same bytes are not read again.
    pub skipped: Option<String>,
    /// Why it could not be read just now. All else that is said here is of an earlier reading, if there was one.
    pub fault: Option<Fault>,
    /// What its citekey and year letter are made of; empty when it was skipped.
    pub name: Naming,
    /// What it says of itself, by which a library entry may be found for it.
    pub identity: Identity,
}

/// A fault of the machine, not known to be one of the document: the next ingest tries again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// What happened, for the user.
    pub reason: String,
    /// How often these bytes have been tried; 0 when there were none to be had, which is tried for ever.
    pub tries: u8,
    /// The first eight bytes of their hash.
    pub of: u64,
}

impl Fault {
    /// Tries after which a document that ends its reader each time is refused.
    pub const MOST: u8 = 3;
}

impl FileEntry {
    /// Why it is not read, or not as it is now.
    pub fn reason(&self) -> Option<&str> {
        self.fault.as_ref().map(|fault| fault.reason.as_str()).or(self.skipped.as_deref())
    }

    /// Returns true if and only if the index has passages of an earlier reading in place of what could not be read.
    pub fn is_kept(&self) -> bool {
        self.fault.is_some() && self.document.is_some()
    }
}

/// Numbers of terms of the passages of a document or of all: lengths for BM25, those of deleted passages left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lengths {
    /// In citable passages.
    pub words: u64,
    /// In the others.
    pub aside: u64,
    /// In the section paths above them, passage by passage.
    pub heading: u64,
}

impl Lengths {
    /// The lengths of the passages of one document, and of its sections by number.
    pub fn of(passages: &[PreparedPassage], sections: &[Terms]) -> Lengths {
        let mut lengths = Lengths::default();
        for passage in passages {
            let Some(terms) = &passage.terms else { continue };
            let field = if passage.kind.is_citable() { &mut lengths.words } else { &mut lengths.aside };
            *field += u64::from(terms.length);
            lengths.heading += sections.get(passage.section as usize).map_or(0, |s| u64::from(s.length));
        }
        lengths
    }
}

impl std::ops::AddAssign for Lengths {
    fn add_assign(&mut self, other: Lengths) {
        self.words += other.words;
        self.aside += other.aside;
        self.heading += other.heading;
    }
}

/// What the citekey and the year letter of a document are made of, and what they came to: both depend on all
/// documents together, and are settled anew at each ingest without reading any of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Naming {
    /// The citekey it has.
    pub key: String,
    /// The citekey it would have if it were alone; empty when the library has an entry for it.
    pub claim: String,
    /// The citekey of its library entry; empty when it has none.
    pub entry: String,
    /// Which of the entry's files it is.
    pub place: u32,
    /// The citekeys of the further texts of its work; empty in a further text.
    pub texts: Vec<String>,
    /// Date of issue as `year * 10000 + month * 100 + day`; 0 when unknown.
    pub issued: i64,
    /// Works of equal group need year letters; 0 for one that never does.
    pub group: u64,
    /// Works of equal group get their letters in the order of this: authors, then title.
    pub order: String,
    /// The year letter it has, as in `2020b`; 0 for none.
    pub letter: u8,
}

impl Naming {
    /// Returns true if and only if the document is a further text of a work whose first text has the entry's citekey.
    pub fn is_further_text(&self) -> bool {
        !self.entry.is_empty() && self.entry != self.key
    }
}

/// All files that ingest has seen, by path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileTable {
    /// Symbolic links that lead out of the seeds are followed.
    pub follow_links: bool,
    /// The number that the next new document gets.
    pub next_document: u64,
    /// The files, ascending by path.
    pub entries: Vec<FileEntry>,
    /// The folders of the seeds, by path within them, with the time of their last change: a file that was added to a
    /// folder or removed from it changes that, so that looking at the folders alone tells. The library file and the
    /// gazetteer, which are no documents, are remembered here too.
    pub folders: Vec<(String, i64)>,
    /// Entries of the seeds that are no readable files, by path, with the reason: links that lead out, pipes.
    pub passed_over: Vec<(String, String)>,
}

/// Files of which each part of the stored table tells: a search over many documents reads the parts of those it shows.
const PART: usize = 64;

/// What the table of files comes to, read by every search; the files themselves are stored in parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileSummary {
    next_document: u64,
    /// As in [`FileTable`].
    pub follow_links: bool,
    /// Number of files, those that could not be read among them.
    pub files: u32,
    /// Number of documents.
    pub documents: u64,
    /// Number of their citable passages.
    pub passages: u64,
    /// The numbers of the documents tell the order of their paths.
    pub(super) is_in_order: bool,
    /// Numbers of terms of their passages.
    pub lengths: Lengths,
    /// As in [`FileTable`].
    pub folders: Vec<(String, i64)>,
    passed_over: Vec<(String, String)>,
    /// The first path of each part.
    pub(super) parts: Vec<String>,
}

/// A table of files as it is stored.
pub(super) struct Encoded {
    pub(super) summary: Vec<u8>,
    pub(super) parts: Vec<Vec<u8>>,
    pub(super) order: Option<Vec<u8>>,
}

/// How the seeds differ from the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Freshness {
    /// Files whose size or time is not as remembered.
    pub changed: Vec<String>,
    /// Files the index does not know.
    pub added: Vec<String>,
    /// Files that are gone.
    pub removed: Vec<String>,
}

impl Freshness {
    /// Returns true if and only if index and seeds agree.
    pub fn is_fresh(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }

    /// These differences and others.
    pub fn and(mut self, other: Freshness) -> Freshness {
        self.changed.extend(other.changed);
        self.added.extend(other.added);
        self.removed.extend(other.removed);
        self
    }

    /// The files, with what happened to each, in one line: `new a.txt, changed b.txt`; at most `most` of them.
    pub fn describe(&self, most: usize) -> String {
        let sorts = [("new", &self.added), ("changed", &self.changed), ("removed", &self.removed)];
        let all: Vec<String> =
            sorts.iter().flat_map(|(what, paths)| paths.iter().map(move |p| format!("{what} {p}"))).collect();
        let more = all.len().saturating_sub(most);
        let shown = all[..all.len().min(most)].join(", ");
        if more > 0 { format!("{shown} and {more} more") } else { shown }
    }
}

impl FileTable {
    /// Compares with the files that are there now; `is_hidden` is asked whether one that is not among them cannot be seen just
    /// now, `is_same` of those that only their state has changed of.
    pub fn compare(
        &self,
        now: &BTreeMap<String, Stat>,
        is_hidden: impl Fn(&str) -> bool,
        is_same: impl Fn(&FileEntry) -> bool,
    ) -> Freshness {
        let mut freshness = Freshness::default();
        for entry in &self.entries {
            match now.get(&entry.path) {
                None if is_hidden(&entry.path) => {}
                None => freshness.removed.push(entry.path.clone()),
                Some(stat) if *stat == entry.stat || stat.is_like(&entry.stat) && is_same(entry) => {}
                Some(_) => freshness.changed.push(entry.path.clone()),
            }
        }
        let known = |path: &String| self.entry(path).is_some();
        freshness.added.extend(now.keys().filter(|p| !known(p)).cloned());
        freshness
    }

    /// The entry of a path.
    pub fn entry(&self, path: &str) -> Option<&FileEntry> {
        self.entries.binary_search_by(|e| e.path.as_str().cmp(path)).ok().map(|i| &self.entries[i])
    }

    /// The bytes of the table's summary, those of its parts, and those of the order of documents where that needs any.
    pub(super) fn encode(&self) -> Encoded {
        let parts = self.entries.chunks(PART).map(encode_entries).collect();
        let order = DocumentOrder::of(&self.entries);
        let read = self.entries.iter().filter(|e| e.document.is_some());
        let mut lengths = Lengths::default();
        read.clone().for_each(|e| lengths += e.lengths);
        let summary = FileSummary {
            follow_links: self.follow_links,
            next_document: self.next_document,
            files: self.entries.len() as u32,
            documents: read.clone().count() as u64,
            passages: read.map(|e| u64::from(e.passages)).sum(),
            is_in_order: order.is_plain(),
            lengths,
            folders: self.folders.clone(),
            passed_over: self.passed_over.clone(),
            parts: self.entries.chunks(PART).map(|part| part[0].path.clone()).collect(),
        };
        let order = (!order.is_plain()).then(|| order.encode());
        Encoded { summary: summary.encode(), parts, order }
    }

    /// The table that has this summary and these files.
    pub(super) fn of(summary: &FileSummary, entries: Vec<FileEntry>) -> FileTable {
        FileTable {
            follow_links: summary.follow_links,
            next_document: summary.next_document,
            entries,
            folders: summary.folders.clone(),
            passed_over: summary.passed_over.clone(),
        }
    }
}

impl FileSummary {
    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let Lengths { words, aside, heading } = self.lengths;
        for n in [self.next_document, self.documents, self.passages, words, aside, heading] {
            out.extend(n.to_le_bytes());
        }
        out.extend(self.files.to_le_bytes());
        out.push(self.is_in_order.into());
        out.push(self.follow_links.into());
        out.extend((self.folders.len() as u32).to_le_bytes());
        for (path, modified) in &self.folders {
            out.extend(modified.to_le_bytes());
            push_text(&mut out, path);
        }
        out.extend((self.passed_over.len() as u32).to_le_bytes());
        for text in self.passed_over.iter().flat_map(|(path, reason)| [path, reason]) {
            push_text(&mut out, text);
        }
        for path in &self.parts {
            push_text(&mut out, path);
        }
        out
    }

    /// Reads what [`FileTable::encode`] wrote; `None` when it was damaged.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<FileSummary> {
        let input = &mut bytes;
        let mut summary = FileSummary {
            next_document: number(input)?,
            documents: number(input)?,
            passages: number(input)?,
            lengths: lengths(input)?,
            files: short(input)?,
            is_in_order: *take(input, 1)?.first()? == 1,
            follow_links: *take(input, 1)?.first()? == 1,
            ..FileSummary::default()
        };
        for _ in 0..short(input)? {
            let modified = number(input)? as i64;
            summary.folders.push((text(input)?, modified));
        }
        for _ in 0..short(input)? {
            summary.passed_over.push((text(input)?, text(input)?));
        }
        while !input.is_empty() {
            summary.parts.push(text(input)?);
        }
        Some(summary)
    }

    /// The number of the part that has the path, if any has.
    pub(super) fn part_of(&self, path: &str) -> Option<usize> {
        self.parts.partition_point(|first| first.as_str() <= path).checked_sub(1)
    }
}

fn encode_entries(entries: &[FileEntry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(entries.len() * 160);
    for e in entries {
        out.extend(e.stat.size.to_le_bytes());
        out.extend(e.stat.modified.to_le_bytes());
        out.extend(e.stat.changed.to_le_bytes());
        out.extend(e.hash);
        out.extend(e.recipe.to_le_bytes());
        out.extend(e.document.unwrap_or(u64::MAX).to_le_bytes());
        out.extend(e.passages.to_le_bytes());
        for n in [e.lengths.words, e.lengths.aside, e.lengths.heading] {
            out.extend(n.to_le_bytes());
        }
        out.extend(e.name.issued.to_le_bytes());
        out.extend(e.name.group.to_le_bytes());
        out.push(e.name.letter);
        let fault = e.fault.clone().unwrap_or_default();
        out.push(fault.tries);
        out.extend(fault.of.to_le_bytes());
        let reason = e.skipped.as_deref().unwrap_or_default();
        out.extend(e.name.place.to_le_bytes());
        let identity = serde_json::to_string(&e.identity).unwrap_or_default();
        for text in [
            e.path.as_str(),
            reason,
            &fault.reason,
            &e.name.key,
            &e.name.claim,
            &e.name.order,
            &e.name.entry,
            &e.name.texts.join(" "),
            &identity,
        ] {
            push_text(&mut out, text);
        }
    }
    out
}

/// Reads what [`FileTable::encode`] wrote of a part; `None` when it was damaged.
pub(super) fn decode_entries(mut bytes: &[u8]) -> Option<Vec<FileEntry>> {
    let input = &mut bytes;
    let mut entries = Vec::new();
    while !input.is_empty() {
        let stat =
            Stat { size: number(input)?, modified: number(input)? as i64, changed: number(input)? as i64 };
        let hash = take(input, 32)?.try_into().ok()?;
        let recipe = number(input)?;
        let document = Some(number(input)?).filter(|d| *d != u64::MAX);
        let passages = short(input)?;
        let lengths = lengths(input)?;
        let issued = number(input)? as i64;
        let group = number(input)?;
        let letter = *take(input, 1)?.first()?;
        let (tries, of) = (*take(input, 1)?.first()?, number(input)?);
        let place = short(input)?;
        let path = text(input)?;
        let skipped = Some(text(input)?).filter(|r| !r.is_empty());
        let fault = Some(Fault { reason: text(input)?, tries, of }).filter(|f| !f.reason.is_empty());
        let (key, claim, order, entry) = (text(input)?, text(input)?, text(input)?, text(input)?);
        let texts = text(input)?.split(' ').filter(|key| !key.is_empty()).map(str::to_owned).collect();
        let identity = serde_json::from_str(&text(input)?).ok()?;
        let name = Naming { key, claim, entry, place, texts, issued, group, order, letter };
        entries.push(FileEntry {
            path,
            stat,
            hash,
            recipe,
            document,
            passages,
            lengths,
            skipped,
            fault,
            name,
            identity,
        });
    }
    Some(entries)
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

fn take<'a>(input: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(taken)
}

fn number(input: &mut &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(take(input, 8)?.try_into().ok()?))
}

fn short(input: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(take(input, 4)?.try_into().ok()?))
}

fn lengths(input: &mut &[u8]) -> Option<Lengths> {
    Some(Lengths { words: number(input)?, aside: number(input)?, heading: number(input)? })
}

fn text(input: &mut &[u8]) -> Option<String> {
    let length = short(input)?;
    String::from_utf8(take(input, length as usize)?.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> FileTable {
        let entry = |path: &str, modified| FileEntry {
            path: path.into(),
            stat: Stat { size: 3, modified, changed: 9 },
            document: Some(7),
            fault: Some(Fault { reason: "no thread".into(), tries: 2, of: 6 }),
            ..FileEntry::default()
        };
        FileTable {
            follow_links: true,
            next_document: 8,
            folders: vec![("b".into(), 4)],
            passed_over: vec![("pipe".into(), "not a regular file".into())],
            entries: vec![entry("a.txt", 1), entry("b/c.txt", -2)],
        }
    }

    fn files(now: [(&str, i64, i64); 2]) -> BTreeMap<String, Stat> {
        let stat = |(p, modified, changed): (&str, _, _)| (p.to_owned(), Stat { size: 3, modified, changed });
        now.into_iter().map(stat).collect()
    }

    #[test]
    fn the_table_reads_back() {
        let Encoded { summary, parts, .. } = table().encode();
        let read = FileSummary::decode(&summary).unwrap();
        assert_eq!((read.files, read.documents), (2, 2));
        assert_eq!((read.part_of("a"), read.part_of("a.txt"), read.part_of("z")), (None, Some(0), Some(0)));
        assert_eq!(FileTable::of(&read, decode_entries(&parts[0]).unwrap()), table());
        assert_eq!(FileSummary::decode(&summary[..40]), None);
        assert_eq!(decode_entries(&parts[0][..40]), None);
    }

    #[test]
    fn differences_are_named() {
        let freshness = table().compare(&files([("b/c.txt", 9, 9), ("d.txt", 1, 9)]), |_| false, |_| true);
        assert_eq!(freshness.describe(2), "new d.txt, changed b/c.txt and 1 more");
        assert_eq!(freshness.removed, ["a.txt"]);
    }

    #[test]
    fn a_file_whose_state_alone_has_changed_is_looked_into() {
        let now = files([("a.txt", 1, 10), ("b/c.txt", -2, 9)]);
        assert!(table().compare(&now, |_| false, |_| true).is_fresh());
        assert_eq!(table().compare(&now, |_| false, |_| false).changed, ["a.txt"]);
    }
}
