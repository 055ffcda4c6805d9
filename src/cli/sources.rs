//! `ibid sources`: the works in the index.

use super::Exit;
use super::workspace::{Workspace, write_json};
use clap::{Args, ValueEnum};
use ibid::bibliography::Name;
use ibid::citation::export::{Format, export};
use ibid::index::StoredSource;
use ibid::output::hits::describe_countries;
use ibid::output::{Role, json, sanitise};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// List the works in the index, and what is missing or inferred
///
/// `--format` writes them as a library file: correct it, keep it in the seeds as library.bib, and its keys
/// are the citekeys from then on.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid sources
  ibid sources --format biblatex > seeds/library.bib
  ibid sources --skipped            files that could not be read, and why")]
pub struct SourcesArgs {
    /// Print JSON
    #[arg(long, conflicts_with_all = ["format", "skipped"])]
    json: bool,
    /// Print a library file
    #[arg(long, value_enum, conflicts_with = "skipped")]
    format: Option<LibraryFormat>,
    /// List the files that could not be read
    #[arg(long)]
    skipped: bool,
}

/// The formats of a whole library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LibraryFormat {
    /// BibTeX
    Bibtex,
    /// BibLaTeX: what library.bib is best written in
    Biblatex,
    /// RIS
    Ris,
    /// CSL-JSON: library.json
    CslJson,
    /// Hayagriva YAML: library.yml
    Hayagriva,
}

impl From<LibraryFormat> for Format {
    fn from(format: LibraryFormat) -> Format {
        match format {
            LibraryFormat::Bibtex => Format::Bibtex,
            LibraryFormat::Biblatex => Format::Biblatex,
            LibraryFormat::Ris => Format::Ris,
            LibraryFormat::CslJson => Format::CslJson,
            LibraryFormat::Hayagriva => Format::Hayagriva,
        }
    }
}

/// Letters that are shown of a value that was set aside.
const SHOWN_OF_VALUE: usize = 80;

#[derive(Serialize)]
struct Sources<'a> {
    version: u32,
    sources: Vec<SourceRow<'a>>,
}

/// A source, with the reason why the index has an earlier reading of it, if so.
#[derive(Serialize)]
struct SourceRow<'a> {
    #[serde(flatten)]
    row: json::SourceRow<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_because: Option<String>,
}

pub fn run(workspace: &Workspace, args: &SourcesArgs) -> anyhow::Result<Exit> {
    let index = workspace.open_or_build_index()?;
    let mut out = workspace.stdout();
    if args.skipped {
        let skipped = index.skipped()?;
        for (path, reason) in &skipped {
            writeln!(out, "{}: {}", sanitise(&workspace.source_path(path)), sanitise(reason))?;
        }
        out.flush()?;
        return Ok(Exit::found(!skipped.is_empty()));
    }
    let sources = index.sources()?;
    let kept = index.kept()?;
    if let Some(format) = args.format {
        let entries: Vec<_> = sources.iter().map(|s| (&s.key, &s.work, Some(s.path.as_str()))).collect();
        write!(out, "{}", export(format.into(), &entries))?;
    } else if args.json {
        let rows = sources
            .iter()
            .map(|s| SourceRow {
                row: json::source_row(s, workspace.source_path(&s.path)),
                kept_because: kept.get(&s.path).cloned(),
            })
            .collect();
        write_json(&mut out, &Sources { version: json::VERSION, sources: rows })?;
    } else {
        write_list(workspace, &mut out, &sources, &kept)?;
    }
    out.flush()?;
    Ok(Exit::found(!sources.is_empty()))
}

/// A source in a few lines: what it is called, what is known, what is not.
fn write_list(
    workspace: &Workspace,
    out: &mut impl Write,
    sources: &[StoredSource],
    kept: &BTreeMap<String, String>,
) -> anyhow::Result<()> {
    let painter = workspace.painter();
    for (i, source) in sources.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        let work = &source.work;
        let title = work.title.clone().unwrap_or_else(|| "[no title]".to_owned());
        let key = painter.paint(Role::Id, source.key.as_str());
        writeln!(out, "{}", painter.wrap(&format!("{key}  {}", painter.paint(Role::Title, &title)), ""))?;
        let authors: Vec<String> = work.authors.iter().map(Name::display).collect();
        let facts = [
            authors.join(", "),
            work.container.clone().or(work.publisher.clone()).unwrap_or_default(),
            work.issued.map_or("n.d.".to_owned(), |d| d.to_string()),
            format!("{} passages", source.passages),
            workspace.source_path(&source.path),
        ];
        let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|f| !f.is_empty()).collect();
        writeln!(out, "{}", painter.wrap(&sanitise(&facts.join(" · ")), "    "))?;
        if let Some(reason) = kept.get(&source.path) {
            let line = format!("of an earlier reading: the file could not be read ({reason})");
            writeln!(out, "{}", painter.wrap(&painter.paint(Role::Warning, &sanitise(&line)), "    "))?;
        }
        let about = describe_countries(&source.countries);
        if !about.is_empty() {
            writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &about), "    "))?;
        }
        let inferred: Vec<&str> = work.inferred.iter().map(|f| f.as_str()).collect();
        for (what, fields) in [("inferred", inferred), ("missing", json::missing(work))] {
            if !fields.is_empty() {
                let line = format!("{what}: {}", fields.join(", "));
                writeln!(out, "{}", painter.wrap(&painter.paint(Role::Warning, &line), "    "))?;
            }
        }
        for aside in &work.set_aside {
            let value: String = aside.value.chars().take(SHOWN_OF_VALUE).collect();
            let line = format!("set aside: {} “{value}” ({})", aside.field.as_str(), aside.why);
            writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &sanitise(&line)), "    "))?;
        }
    }
    Ok(())
}
