//! `ibid whence`: which source says this.

use super::Exit;
use super::corpus::IndexCorpus;
use super::show;
use super::workspace::{Workspace, write_json};
use clap::Args;
use ibid::draft::{Found, whence};
use ibid::output::{Role, cited_locator, json, sanitise};
use serde::Serialize;
use std::io::Write;

/// Find which source says a text, word for word or nearly
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ibid whence 'a narrow strip called the Wakan corridor'")]
pub struct WhenceArgs {
    /// The text
    #[arg(required = true)]
    text: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Places<'a> {
    version: u32,
    found: &'a [Found],
}

pub fn run(workspace: &Workspace, args: &WhenceArgs) -> anyhow::Result<Exit> {
    let index = workspace.open_or_build_index()?;
    let found = whence(&args.text.join(" "), &IndexCorpus::new(&index, &workspace.seeds))?;
    let mut out = workspace.stdout();
    if args.json {
        write_json(&mut out, &Places { version: json::VERSION, found: &found })?;
    } else {
        let painter = workspace.painter();
        for place in &found {
            let how = match place.verbatim {
                true => "word for word".to_owned(),
                false => format!("{:.0} % of the words", place.similarity * 100.0),
            };
            let cited = show::find(&index, &place.id)
                .map(|f| cited_locator(&f.source.citation, &f.source, f.passage()))
                .unwrap_or_default();
            let id = painter.paint(Role::Id, &place.id);
            writeln!(out, "{id}  {how}  {}", painter.paint(Role::Citation, &cited))?;
            for (source, yours) in &place.differences {
                writeln!(out, "    the source has “{}”, you have “{}”", sanitise(source), sanitise(yours))?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::found(!found.is_empty()))
}
