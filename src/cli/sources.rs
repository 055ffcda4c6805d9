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
/// `--new --format biblatex` prints entries for the works that have none, to be appended to your library.bib and corrected
/// there: its keys are the citekeys from then on. Append with `>>`: `>` would empty the library that you have.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid sources
  ibid sources --new --format biblatex >> seeds/library.bib     entries for what has none
  ibid sources --skipped            files that could not be read, and why")]
pub struct SourcesArgs {
    /// Print JSON
    #[arg(long, conflicts_with_all = ["format", "skipped"])]
    json: bool,
    /// Print a library file
    #[arg(long, value_enum, conflicts_with = "skipped")]
    format: Option<LibraryFormat>,
    /// Only works that no library file has an entry for
    #[arg(long, conflicts_with = "skipped")]
    new: bool,
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
    let works = Works::of(index.sources()?);
    let kept = index.kept()?;
    let sources: Vec<&StoredSource> =
        works.first.iter().filter(|s| !args.new || s.attached.is_none()).collect();
    if let Some(format) = args.format {
        write!(out, "{}", works.export(&sources, format.into()))?;
    } else if args.json {
        let rows = sources.iter().map(|source| SourceRow {
            row: json::source_row(
                source,
                workspace.source_path(&source.path),
                works.texts(workspace, source),
            ),
            kept_because: kept.get(&source.path).cloned(),
        });
        let rows = rows.collect();
        write_json(&mut out, &Sources { version: json::VERSION, sources: rows })?;
    } else {
        write_list(workspace, &mut out, &sources, (&works, &kept))?;
    }
    out.flush()?;
    Ok(Exit::found(!sources.is_empty()))
}

/// The works of the index, each with its texts.
struct Works {
    /// The first text of each.
    first: Vec<StoredSource>,
    further: Vec<StoredSource>,
}

impl Works {
    fn of(sources: Vec<StoredSource>) -> Works {
        let (first, further) = sources.into_iter().partition(|s| s.text_of.is_none());
        Works { first, further }
    }

    /// The further texts of a work.
    fn texts_of<'w>(&'w self, work: &'w StoredSource) -> impl Iterator<Item = &'w StoredSource> {
        self.further.iter().filter(|text| text.text_of.as_ref() == Some(&work.key))
    }

    fn texts<'w>(&'w self, workspace: &Workspace, work: &'w StoredSource) -> Vec<json::Text<'w>> {
        let text = |s: &'w StoredSource| json::Text {
            key: s.key.as_str(),
            path: workspace.source_path(&s.path),
            passages: s.passages,
        };
        self.texts_of(work).map(text).collect()
    }

    /// These works as a library file.
    fn export(&self, works: &[&StoredSource], format: Format) -> String {
        let files = |s: &&StoredSource| {
            let texts = std::iter::once(*s).chain(self.texts_of(s));
            texts.map(|text| text.path.clone()).collect::<Vec<String>>()
        };
        let files: Vec<Vec<String>> = works.iter().map(files).collect();
        let entries: Vec<_> =
            works.iter().zip(&files).map(|(s, f)| (&s.key, &s.work, f.as_slice())).collect();
        export(format, &entries)
    }
}

/// A source in a few lines: what it is called, what is known, what is not.
fn write_list(
    workspace: &Workspace,
    out: &mut impl Write,
    sources: &[&StoredSource],
    (works, kept): (&Works, &BTreeMap<String, String>),
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
        for text in works.texts(workspace, source) {
            let facts = format!("also as {}:1 and on · {} passages · {}", text.key, text.passages, text.path);
            writeln!(out, "{}", painter.wrap(&sanitise(&facts), "    "))?;
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
