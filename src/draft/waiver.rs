//! Waivers: what a person has looked at and settled, in `DRAFT.ibid-ok` beside the draft.
//!
//! One quotation or `@key` a line, a reason behind ` # ` if wished; lines that start with `#` and blank lines say nothing.

use super::fold::fold;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The quotations and keys that need no finding.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    entries: BTreeSet<String>,
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
        let entries = lines.map(|l| fold(l.rsplit_once(" # ").map_or(l, |(entry, _)| entry)));
        let entries = entries.map(|e| e.trim_matches('\'').to_owned()).filter(|e| !e.is_empty()).collect();
        Waivers { entries }
    }

    /// Returns true if and only if the quotation is settled.
    pub fn covers_quote(&self, quote: &str) -> bool {
        self.entries.contains(fold(quote).trim_matches('\''))
    }

    /// Returns true if and only if the citation of this key is settled.
    pub fn covers_key(&self, key: &str) -> bool {
        self.entries.contains(&format!("@{key}"))
    }
}
