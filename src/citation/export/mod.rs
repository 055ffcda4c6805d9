//! Libraries of works in the formats other programs read.

mod bibtex;
mod hayagriva_yaml;
mod ris;
mod tex;
mod tex_dates;

use super::item::csl_json;
use crate::bibliography::Work;
use crate::passage::Citekey;

/// A work to export: its citekey, what is known of it, and its files.
pub type Entry<'a> = (&'a Citekey, &'a Work, &'a [String]);

/// A format for whole libraries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// BibTeX.
    Bibtex,
    /// BibLaTeX: what `library.bib` is best written in.
    Biblatex,
    /// RIS.
    Ris,
    /// CSL-JSON: `library.json`.
    CslJson,
    /// Hayagriva YAML: `library.yml`.
    Hayagriva,
}

/// Writes entries, in their order, with a line end at the end.
pub fn export(format: Format, entries: &[Entry<'_>]) -> String {
    match format {
        Format::Bibtex => bibtex::write(entries, bibtex::Dialect::Bibtex),
        Format::Biblatex => bibtex::write(entries, bibtex::Dialect::Biblatex),
        Format::Ris => ris::write(entries),
        Format::CslJson => write_csl_json(entries),
        Format::Hayagriva => hayagriva_yaml::write(entries),
    }
}

/// CSL-JSON, with the files as a custom field where there are any.
fn write_csl_json(entries: &[Entry<'_>]) -> String {
    let items: Vec<serde_json::Value> = entries
        .iter()
        .map(|(key, work, files)| {
            let mut item = csl_json(key.as_str(), work);
            if !files.is_empty() {
                item.insert("custom".into(), serde_json::json!({ "file": files }));
            }
            serde_json::Value::Object(item)
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests;
