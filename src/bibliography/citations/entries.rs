//! The entries of a document's reference list, arranged for finding the one that a citation means.

use super::labels::Numbered;
use crate::bibliography::Name;
use crate::bibliography::name::is_et_al;
use crate::bibliography::references::{is_year, repeats_a_work, start_of};
use crate::passage::{Kind, Ordinal, Passage};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What citations of an entry go by.
struct Entry {
    /// `N` of `KEY:refN`.
    number: u32,
    /// Plain family names or whole names of bodies, in order.
    authors: Vec<String>,
    /// Bodies by their initials: `who`.
    initials: Vec<String>,
    /// More authors than are named.
    et_al: bool,
    /// `2020b`, `n.d.`
    year: Option<String>,
    title: String,
    container: String,
    /// Its first words, for entries of which no author could be read.
    start: String,
}

/// A reference list.
#[derive(Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    /// First author's last word, first word of title, container: to the entries they begin.
    by_word: BTreeMap<String, Vec<usize>>,
    /// What numbers in square brackets lead to.
    numbered: Numbered,
}

/// What a citation says of the work it means.
pub(super) struct Cited<'t> {
    /// Names or title, without marks around.
    pub(super) who: &'t str,
    /// The year, with its letter; `None` for `n.d.` or none at all.
    pub(super) year: Option<&'t str>,
    /// The words stood in quotation marks: a title.
    pub(super) quoted: bool,
}

/// Lower-case letters and digits with single spaces, accents off, apostrophes dropped.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for c in letters {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !matches!(c, '\'' | '’' | '‘' | 'ʻ' | '`') && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The plain name a citation would use.
fn citing_name(name: &Name) -> String {
    plain(name.sort_word().unwrap_or_default())
}

/// The initials of a body's capitalised words, at least two: `who` of `World Health Organization`.
fn initials(name: &str) -> Option<String> {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase));
    let letters: String = words.filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect();
    (letters.len() >= 2).then_some(letters)
}

/// The first year that stands alone in a text, with its letter.
pub(super) fn year_in(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| is_year(word))
}

impl Entry {
    fn new(number: u32, passage: &Passage) -> Entry {
        let parsed = match &passage.parsed {
            Some(parsed) => Cow::Borrowed(parsed),
            None => Cow::Owned(crate::bibliography::references::parse(&passage.text)),
        };
        let names: Vec<Name> =
            parsed.authors.iter().filter(|a| !is_et_al(a)).filter_map(|a| Name::parse(a)).collect();
        let bodies = names.iter().filter_map(|n| n.literal.as_deref());
        let issued = parsed.issued.as_deref();
        let year = match issued {
            Some(issued) => year_in(issued).map(str::to_owned),
            None => None,
        };
        Entry {
            number,
            initials: bodies.filter_map(initials).collect(),
            authors: names.iter().map(citing_name).filter(|n| !n.is_empty()).collect(),
            et_al: parsed.authors.iter().any(|a| is_et_al(a)),
            year,
            title: plain(parsed.title.as_deref().unwrap_or_default()),
            container: plain(parsed.container.as_deref().unwrap_or_default()),
            start: plain(start_of(&passage.text, 80).trim_start_matches(|c: char| !c.is_alphabetic())),
        }
    }

    /// Returns true if and only if the year of a citation may be that of the entry, letters aside.
    fn fits_year(&self, year: Option<&str>) -> bool {
        match (year, &self.year) {
            (Some(cited), Some(own)) => cited.get(..4) == own.get(..4),
            (None, None) => true,
            // An undated citation of a dated entry is no sure match, nor the other way round.
            _ => false,
        }
    }

    fn fits_title(&self, who: &str, quoted: bool) -> bool {
        let words = who.split(' ').count();
        let begins =
            self.title.strip_prefix(who).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        begins && (words >= 3 || self.title == who || quoted && words >= 2)
    }

    /// Returns true if and only if those names, in order, are the entry's authors; `et_al`: its first ones.
    fn fits_names(&self, names: &[String], et_al: bool) -> bool {
        let same =
            |a: &String, b: &String| a == b || a.ends_with(&format!(" {b}")) || b.ends_with(&format!(" {a}"));
        let enough = match et_al {
            true => self.authors.len() > names.len() || self.et_al,
            false => self.authors.len() == names.len() && !self.et_al,
        };
        enough && !names.is_empty() && names.iter().zip(&self.authors).all(|(a, b)| same(a, b))
    }
}

impl Entries {
    /// The reference entries among the passages; `cited` are the numbers in square brackets in the text.
    pub(super) fn of(passages: &[Passage], cited: &BTreeSet<u32>) -> Entries {
        let mut list = Entries::default();
        let mut listed = Vec::new();
        for passage in passages.iter().filter(|p| p.kind == Kind::Reference) {
            let Ordinal::Reference(number) = passage.ordinal else { continue };
            listed.push((number, passage.section, passage.text.as_str()));
            // `Ibid.` has a number, but the work it stands for is found by its own entry.
            if repeats_a_work(&passage.text) {
                continue;
            }
            let entry = Entry::new(number, passage);
            let index = list.entries.len();
            let first = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
            let author = entry.authors.first().map(String::as_str).unwrap_or_default();
            let last = author.rsplit(' ').next().unwrap_or_default().to_owned();
            let mut words =
                vec![first(author), last, first(&entry.title), first(&entry.container), first(&entry.start)];
            words.extend(entry.initials.first().cloned());
            words.sort();
            words.dedup();
            for word in words.into_iter().filter(|w| !w.is_empty()) {
                list.by_word.entry(word).or_default().push(index);
            }
            list.entries.push(entry);
        }
        list.numbered = Numbered::of(&listed, cited);
        list
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry that the number in square brackets leads to.
    pub(super) fn numbered(&self, number: u32) -> Option<u32> {
        self.numbered.get(number)
    }

    /// Returns true if and only if numbers in square brackets may cite.
    pub(super) fn are_numbered(&self) -> bool {
        !self.numbered.is_empty()
    }

    /// The one entry that the citation fits; `None` when none or more than one does.
    pub(super) fn find(&self, cited: &Cited<'_>) -> Option<u32> {
        let whole = plain(cited.who);
        if whole.is_empty() {
            return None;
        }
        let names = Name::parse_list(cited.who);
        let et_al = names.iter().any(|n| n.literal.as_deref().is_some_and(is_et_al));
        let persons = names.iter().filter(|n| !n.literal.as_deref().is_some_and(is_et_al));
        let persons: Vec<String> = persons.map(citing_name).collect();
        let near = self.near(&whole, &persons);
        let fitting = |test: &dyn Fn(&Entry) -> bool| -> Vec<&Entry> {
            near.iter().copied().filter(|e| e.fits_year(cited.year) && test(e)).collect()
        };
        let begins = |e: &Entry| {
            let mut names = persons.iter();
            let first = names.next().and_then(|name| e.start.strip_prefix(name.as_str()));
            first.is_some_and(|rest| rest.starts_with(' ') && names.all(|name| rest.contains(name.as_str())))
        };
        let ways: [&dyn Fn(&Entry) -> bool; 6] = [
            &|e| !cited.quoted && e.fits_names(&persons, et_al),
            &|e| !cited.quoted && e.authors.first() == Some(&whole) && (e.authors.len() == 1),
            &|e| e.fits_title(&whole, cited.quoted),
            &|e| !cited.quoted && e.authors.is_empty() && e.container == whole,
            &|e| !cited.quoted && e.authors.is_empty() && begins(e),
            &|e| {
                !cited.quoted
                    && e.initials.first() == Some(&whole)
                    && cited.who.chars().all(|c| !c.is_lowercase())
            },
        ];
        let found = ways.iter().map(|way| fitting(*way)).find(|found| !found.is_empty())?;
        single(&found, cited.year)
    }

    /// Entries worth comparing: those that begin with a word of the citation's beginning.
    fn near(&self, whole: &str, persons: &[String]) -> Vec<&Entry> {
        let first = whole.split(' ').next().unwrap_or_default();
        let person = persons.first().map(String::as_str).unwrap_or_default();
        let words = [
            first,
            person.split(' ').next().unwrap_or_default(),
            person.rsplit(' ').next().unwrap_or_default(),
        ];
        let mut indices: Vec<usize> =
            words.iter().filter_map(|w| self.by_word.get(*w)).flatten().copied().collect();
        indices.sort_unstable();
        indices.dedup();
        indices.iter().filter_map(|i| self.entries.get(*i)).collect()
    }
}

/// The only one, or the only one whose year has the citation's letter.
fn single(found: &[&Entry], year: Option<&str>) -> Option<u32> {
    match found {
        [only] => {
            // `2020b` is not the entry that says `2020a`.
            let letter = |y: &str| y.get(4..).filter(|l| !l.is_empty()).map(str::to_owned);
            let (cited, own) = (year.and_then(letter), only.year.as_deref().and_then(letter));
            let contrary = cited.is_some() && own.is_some() && cited != own;
            (!contrary).then_some(only.number)
        }
        several => {
            let mut same = several.iter().filter(|e| e.year.as_deref() == year && year.is_some());
            let first = same.next()?;
            same.next().is_none().then_some(first.number)
        }
    }
}
