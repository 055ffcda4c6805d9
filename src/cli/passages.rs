//! `ibid passages`: every passage of a document, without needing an index.

use super::Exit;
use super::show;
use super::workspace::{Workspace, write_jsonl};
use anyhow::bail;
use clap::Args;
use ibid::index::{StoredPassage, StoredSource};
use ibid::ingest::Preview;
use ibid::output::hits::describe_countries;
use ibid::output::{Role, describe_place, json, sanitise};
use ibid::passage::{Citekey, Kind, Ordinal};
use std::io::Write;
use std::path::Path;

/// Show every passage of a file or a source, in document order
///
/// For a file: what ingest would make of it. Headings and boilerplate are shown too, so that every word of
/// the document stands there once.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid passages seeds/report.pdf
  ibid passages khan --jsonl
  ibid passages seeds/report.txt --explain     which rule joined, cut or classified each piece")]
pub struct PassagesArgs {
    /// A file, or the citekey of a source in the index
    #[arg(value_name = "FILE-or-CITEKEY")]
    what: String,
    /// Print one JSON object a passage
    #[arg(long)]
    jsonl: bool,
    /// Name the rules that joined, cut or classified each passage of a file
    #[arg(long)]
    explain: bool,
}

pub fn run(workspace: &Workspace, args: &PassagesArgs) -> anyhow::Result<Exit> {
    let path = Path::new(&args.what);
    let (source, passages, rules, shown) = if path.exists() {
        let preview = Preview::of(path, &workspace.seeds)?;
        for doubt in &preview.source.doubts {
            workspace.say(&format!("{}: {doubt}", path.display()));
        }
        (preview.source, preview.passages, preview.rules, path.display().to_string())
    } else {
        let Some(key) = Citekey::new(&args.what) else { bail!("no file or source `{}`", args.what) };
        if args.explain {
            bail!("--explain needs a file: the index does not keep the rules");
        }
        let index = workspace.open_index()?;
        let source = show::source(&index, &key)?;
        let passages = index.passages_of(&key)?;
        let shown = workspace.source_path(&source.path);
        (source, passages, Vec::new(), shown)
    };
    let mut out = workspace.stdout();
    for (i, passage) in passages.iter().enumerate() {
        let rules = rules.get(i).filter(|_| args.explain).map(Vec::as_slice);
        if args.jsonl {
            let text = |ordinal| text_of(&passages, ordinal);
            let line = json::passage(&source, shown.clone(), passage, text);
            write_jsonl(&mut out, &json::Passage { rules, ..line })?;
        } else {
            write_passage(workspace, &mut out, &source, passage, rules)?;
        }
    }
    out.flush()?;
    Ok(Exit::found(!passages.is_empty()))
}

fn text_of(passages: &[StoredPassage], ordinal: Ordinal) -> Option<String> {
    passages.iter().find(|p| p.ordinal == ordinal).map(|p| p.text.clone())
}

fn write_passage(
    workspace: &Workspace,
    out: &mut impl Write,
    source: &StoredSource,
    passage: &StoredPassage,
    rules: Option<&[&'static str]>,
) -> anyhow::Result<()> {
    let painter = workspace.painter();
    if passage.kind == Kind::Heading {
        writeln!(out, "{}", painter.wrap(&painter.paint(Role::Title, &passage.text), ""))?;
    } else {
        let id = painter.paint(Role::Id, &format!("{}:{}", source.key, passage.ordinal));
        let place = painter.paint(Role::Aside, &describe_place(source, passage));
        writeln!(out, "{}", painter.wrap(&format!("{id}  {}  {place}", passage.kind.as_str()), ""))?;
        for line in passage.text.lines() {
            writeln!(out, "{}", painter.wrap(&sanitise(line), "    "))?;
        }
        let countries = describe_countries(&passage.countries);
        if !countries.is_empty() {
            writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &countries), "    "))?;
        }
    }
    if let Some(rules) = rules {
        let line = format!("rules: {}", rules.join(", "));
        writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &line), "    "))?;
    }
    writeln!(out)?;
    Ok(())
}
