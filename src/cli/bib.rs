//! `ibid bib`: the bibliography of a draft.

use super::Exit;
use super::check::read_draft;
use super::corpus::{IndexCorpus, source_or_work};
use super::sources::LibraryFormat;
use super::workspace::Workspace;
use clap::Args;
use ibid::citation::export::export;
use ibid::draft::cited_keys;
use std::io::Write;
use std::path::PathBuf;

/// Print the bibliography of exactly the works a draft cites
///
/// For pandoc, LaTeX and Typst. Keys that no source has are named, and the exit code is then 1.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid bib report.md > references.bib
  ibid bib report.typ --format hayagriva > references.yml")]
pub struct BibArgs {
    /// The draft; `-` for standard input, read as Markdown
    draft: PathBuf,
    /// The bibliography's format
    #[arg(long, value_enum, default_value_t = LibraryFormat::Biblatex)]
    format: LibraryFormat,
}

pub fn run(workspace: &Workspace, args: &BibArgs) -> anyhow::Result<Exit> {
    let draft = read_draft(workspace, &args.draft)?;
    let index = workspace.open_or_build_index()?;
    let (known, unknown) = cited_keys(&draft, &IndexCorpus::new(&index, &workspace.seeds))?;
    let mut sources = Vec::new();
    for key in &known {
        sources.extend(source_or_work(&index, &workspace.seeds, key)?);
    }
    let entries: Vec<_> = sources.iter().map(|s| (&s.key, &s.work, &[][..])).collect();
    let mut out = workspace.stdout();
    write!(out, "{}", export(args.format.into(), &entries))?;
    out.flush()?;
    for (key, line, column) in &unknown {
        workspace.say(&format!(
            "{}:{line}:{column}: no source `{key}` in the index and no work in the library",
            args.draft.display()
        ));
    }
    Ok(Exit::found(unknown.is_empty()))
}
