//! Waivers: what a person has looked at and settled, in `DRAFT.ibid-ok` beside the draft.
//!
//! One quotation or `@key` a line, a reason behind ` # ` if wished; lines that start with `#` and blank lines say nothing.

use super::fold::fold;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The quotations and keys that need no finding.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    entries: BTreeSet<String>,
    /// The lines as they are written, each with its entry.
    lines: Vec<(String, String)>,
    /// The entries that covered something.
    used: RefCell<BTreeSet<String>>,
}

impl Waivers {
    /// The waiver file of a draft: its path with `.ibid-ok` behind it.
    pub fn path_for(draft: &Path) -> PathBuf {
        let mut name = draft.as_os_str().to_owned();
        name.push(".ibid-ok");
        PathBuf::from(name)
    }

    /// Reads the text of a waiver file.
    pub fn parse(text: &str) -> Waivers {
        let lines = text.lines().filter(|l| !l.trim_start().starts_with('#'));
        let entry = |line: &str| {
            let folded = fold(line.rsplit_once(" # ").map_or(line, |(entry, _)| entry));
            folded.trim_matches('\'').to_owned()
        };
        let lines: Vec<(String, String)> = lines.map(|l| (l.trim().to_owned(), entry(l))).collect();
        let entries = lines.iter().map(|(_, e)| e.clone()).filter(|e| !e.is_empty()).collect();
        Waivers { entries, lines, used: RefCell::default() }
    }

    fn covers(&self, entry: &str) -> bool {
        let covers = self.entries.contains(entry);
        if covers {
            self.used.borrow_mut().insert(entry.to_owned());
        }
        covers
    }

    /// The lines that covered nothing in the check that was made with them.
    pub fn idle(&self) -> Vec<String> {
        let used = self.used.borrow();
        let idle = self.lines.iter().filter(|(_, entry)| !entry.is_empty() && !used.contains(entry));
        idle.map(|(line, _)| line.clone()).collect()
    }

    /// Returns true if and only if the quotation is settled.
    pub fn covers_quote(&self, quote: &str) -> bool {
        self.covers(fold(quote).trim_matches('\''))
    }

    /// Returns true if and only if the citation of this key is settled.
    pub fn covers_key(&self, key: &str) -> bool {
        self.covers(&format!("@{key}"))
    }
}
