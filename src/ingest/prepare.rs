//! From one file to tagged passages: what is done on all cores at once.

use super::Error;
use super::file_name::locate;
use crate::bibliography::library::{By, Found, Identity, Library};
use crate::bibliography::{self, citekey, evidence};
use crate::citation;
use crate::document::{CONTRADICTING_LABELS, Document, Page, take_printed};
use crate::index::analysis::Terms;
use crate::index::{FileEntry, Naming, PreparedPassage, Stat, StoredPassage, StoredSource};
use crate::passage::{self, Citekey, Passage, Segmented};
use crate::reader::{self, Limits, ReadError};
use crate::tag::{TaggedPassage, Tagger};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Raised when segmentation, metadata or in-text citations come out otherwise than before for the same document,
/// so that every document is read again.
const PIPELINE_VERSION: u64 = 6;

/// Bytes of text from which one document is prepared at a time: it takes a multiple of that in memory.
const LARGE: usize = 8 << 20;

/// The library of the seeds, its files in any encoding.
pub fn read_library(seeds: &Path) -> Library {
    Library::read_as(seeds, &|bytes, stated| reader::decode_named(bytes, stated))
}

/// What every document is prepared with.
pub struct Kitchen {
    /// The user's library file.
    pub library: Library,
    /// The country tagger.
    pub tagger: Tagger,
    /// What a document may cost.
    pub limits: Limits,
    /// Held while a large document is cut and tagged.
    large: Mutex<()>,
}

impl Kitchen {
    /// Reads the library file and the gazetteer of the seeds.
    ///
    /// # Errors
    /// [`Error::Gazetteer`]. Mistakes in the library file are doubts, not errors.
    pub fn open(seeds: &Path) -> Result<Kitchen, Error> {
        let tagger = Tagger::for_seeds(seeds).map_err(|e| Error::Gazetteer(e.to_string()))?;
        Ok(Kitchen {
            library: read_library(seeds),
            tagger,
            limits: Limits::default(),
            large: Mutex::default(),
        })
    }

    /// The library entry of a document: by its path, else by what it says of itself, where that is known.
    pub fn entry_of(&self, path: &str, identity: Option<&Identity>) -> Option<Found<'_>> {
        self.library.lookup(path).or_else(|| identity.and_then(|identity| self.library.recognise(identity)))
    }

    /// Digest of what the passages of one document depend on beside its bytes: the versions of all stages, the gazetteer, what
    /// its name says of its format, and its library entry.
    pub fn recipe_of(&self, path: &str, identity: Option<&Identity>) -> u64 {
        let name = Path::new(path);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&PIPELINE_VERSION.to_le_bytes());
        hasher.update(&self.tagger.digest().to_le_bytes());
        hasher.update(&reader::version_for(name).to_le_bytes());
        hasher.update(reader::extension(name).as_bytes());
        if let Some(found) = self.entry_of(path, identity) {
            hasher.update(&[0]);
            hasher.update(&found.place.to_le_bytes());
            hasher.update(found.entry.key.as_str().as_bytes());
            hasher.update(&found.entry.digest());
        }
        first_eight(hasher.finalize().as_bytes())
    }

    /// Reads a document and makes of it all that goes into the index; the citekey, and a year letter in the citation,
    /// are settled later.
    ///
    /// # Errors
    /// The reason, for the report.
    pub fn prepare(&self, path: &str, bytes: Vec<u8>, seeds: &Path) -> Result<Prepared, Failure> {
        let Tagged { source, passages, identity, attached } = self.tag(path, bytes, seeds)?;
        let sections = source.sections.iter().map(|path| Terms::of(&path.join(" "))).collect();
        let passages = passages.into_iter().enumerate();
        let prepared = passages.map(|(i, tagged)| PreparedPassage::new(i as u32, &stored(tagged)));
        Ok(Prepared { source, passages: prepared.collect(), sections, identity, attached })
    }

    /// Reads a document, cuts it into passages and tags them.
    ///
    /// # Errors
    /// The reason, for the report.
    pub fn tag(&self, path: &str, bytes: Vec<u8>, seeds: &Path) -> Result<Tagged, Failure> {
        let document = reader::read(&locate(seeds, path), &bytes, &self.limits)?;
        drop(bytes);
        let most = self.limits.paragraphs;
        // One that is large for its file, as packages may be, waits for others of the kind.
        let _alone = (document.text.len() > LARGE || document.lines.len() > LARGE / 64)
            .then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        let too_many = || Failure::Refused(format!("over the limit: it has more than {most} paragraphs"));
        let mut segmented = passage::segment_within(&document, most).ok_or_else(too_many)?;
        bibliography::complete(&mut segmented);
        if segmented.passages.is_empty() {
            return Err(Failure::Refused("no text in it".to_owned()));
        }
        let shown = evidence::weigh(&document, &segmented);
        let identity = Identity::of(&document, &segmented, &shown);
        let entry = self.entry_of(path, Some(&identity));
        let work = bibliography::complement(entry.map(|found| &found.entry.work), shown);
        let tags = self.tagger.tag_document(&work, &segmented);
        let key = match entry {
            Some(found) => found.entry.key.clone(),
            None => citekey::derive(&work, &segmented),
        };
        let attached = entry.map(|found| Attached {
            key: found.entry.key.clone(),
            place: found.place,
            by: found.by,
            library: found.entry.library,
        });
        let (pages, doubt) = labelled_pages(&document, &segmented);
        let passages_in_all = segmented.passages.iter().filter(|p| p.kind.is_citable()).count() as u32;
        let source = StoredSource {
            document: 0,
            key,
            text_of: None,
            texts: Vec::new(),
            attached: entry.map(|found| found.by),
            path: path.to_owned(),
            stat: Stat::default(),
            format: document.format,
            citation: citation::render_stored(&work, None),
            year_letter: None,
            sections: std::mem::take(&mut segmented.sections),
            pages,
            passages: passages_in_all,
            countries: tags.source,
            repairs: segmented.repairs,
            doubts: document.doubts.into_iter().chain(doubt).collect(),
            work,
        };
        let passages = segmented.passages.into_iter().zip(tags.passages);
        let passages = passages.map(|(passage, countries)| TaggedPassage { passage, countries }).collect();
        Ok(Tagged { source, passages, identity, attached })
    }
}

/// Why a document is not read.
#[derive(Debug)]
pub enum Failure {
    /// It cannot be: the reason.
    Refused(String),
    /// It could not be just now.
    Fault(String),
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Failure {
        if error.may_pass() { Failure::Fault(error.to_string()) } else { Failure::Refused(error.to_string()) }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Failure::Refused(reason) | Failure::Fault(reason)) = self;
        f.write_str(reason)
    }
}

/// A document that is read, cut and tagged.
pub struct Tagged {
    /// Its record, still without document number, time of its file and final citekey, its citation without a year letter.
    pub source: StoredSource,
    /// Its passages and headings, in order.
    pub passages: Vec<TaggedPassage>,
    /// What it says of itself.
    pub identity: Identity,
    /// Its library entry, if it has one.
    pub attached: Option<Attached>,
}

/// The library entry that a document belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The citekey of the entry.
    pub key: Citekey,
    /// Which of its files it is, see [`Found::place`].
    pub place: u32,
    /// How it was found.
    pub by: By,
    /// The library file's name.
    pub library: &'static str,
}

/// A document on its way into the index.
pub struct Prepared {
    /// Its record, as in [`Tagged`].
    pub source: StoredSource,
    /// Its passages and headings, in order.
    pub passages: Vec<PreparedPassage>,
    /// The terms of its section paths.
    pub sections: Vec<Terms>,
    /// What it says of itself.
    pub identity: Identity,
    /// Its library entry, if it has one.
    pub attached: Option<Attached>,
}

impl Prepared {
    /// What its citekey and year letter are made of.
    pub fn naming(&self) -> Naming {
        let date = |d: bibliography::Date| {
            i64::from(d.year) * 10_000 + i64::from(d.month.unwrap_or(0)) * 100 + i64::from(d.day.unwrap_or(0))
        };
        let key = self.source.key.to_string();
        let entry = self.attached.as_ref();
        Naming {
            claim: if entry.is_some() { String::new() } else { key.clone() },
            entry: entry.map(|entry| entry.key.to_string()).unwrap_or_default(),
            place: entry.map_or(0, |entry| entry.place),
            texts: Vec::new(),
            key,
            issued: self.source.work.issued.map_or(0, date),
            group: citation::year_group(&self.source.work),
            order: citation::letter_order(&self.source.work),
            letter: 0,
        }
    }
}

/// The pages with the labels that their reader gives them, or else the numbers printed in their running heads. Labels
/// that only count the pages from 1, as many programs write them unasked, give way to what is printed, and so do those that
/// contradict it, with a doubt.
fn labelled_pages(document: &Document, segmented: &Segmented) -> (Vec<Page>, Option<String>) {
    let mut pages = document.pages.clone();
    let numbers = segmented.printed_pages.iter().cloned().enumerate();
    let numbers: Vec<(usize, String)> = numbers.filter_map(|(page, n)| Some((page, n?))).collect();
    let counts_only = pages
        .iter()
        .enumerate()
        .all(|(i, page)| page.label.as_ref().is_none_or(|label| *label == (i + 1).to_string()));
    if !counts_only && take_printed(&mut pages, &numbers) {
        return (pages, Some(CONTRADICTING_LABELS.to_owned()));
    }
    let printed = || pages.iter().map(|page| page.label.as_ref()).zip(&segmented.printed_pages);
    let agree =
        printed().all(|(label, printed)| label.is_none() || printed.is_none() || label == printed.as_ref());
    if (counts_only || agree) && segmented.printed_pages.iter().any(Option::is_some) {
        for (page, printed) in pages.iter_mut().zip(&segmented.printed_pages) {
            if printed.is_some() || !agree {
                page.label.clone_from(printed);
            }
        }
    }
    (pages, None)
}

/// A tagged passage as it is stored.
pub fn stored(tagged: TaggedPassage) -> StoredPassage {
    let TaggedPassage { passage, countries } = tagged;
    let (lines, pages) = (passage.lines(), passage.pages());
    let Passage { ordinal, kind, text, section, cites, parsed, .. } = passage;
    StoredPassage { ordinal, kind, text, section, lines, pages, countries, cites, parsed }
}

/// The citekey claims of all documents that the library does not name.
pub fn claims(entries: &[&FileEntry]) -> Vec<citekey::Claim> {
    let date = |n: i64| bibliography::Date {
        year: (n / 10_000) as i32,
        month: Some((n / 100 % 100) as u8).filter(|m| *m > 0),
        day: Some((n % 100) as u8).filter(|d| *d > 0),
    };
    let claim = |e: &&FileEntry| {
        Some(citekey::Claim {
            key: Citekey::new(&e.name.claim)?,
            issued: Some(e.name.issued).filter(|n| *n != 0).map(date),
            digest: e.hash,
            path: e.path.clone(),
        })
    };
    entries.iter().filter_map(claim).collect()
}

/// The first eight bytes of a hash as a number.
pub fn first_eight(hash: &[u8; 32]) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash[..8]);
    u64::from_le_bytes(eight)
}
