//! `ibid refs`: what the sources cite.

use super::Exit;
use super::workspace::{Workspace, write_json};
use clap::Args;
use ibid::bibliography::{Name, Work};
use ibid::citation::{CitedWork, cited_works};
use ibid::index::Index;
use ibid::output::{Role, json};
use ibid::passage::{Citekey, Ordinal};
use serde::Serialize;
use std::io::Write;

/// List the works that your sources cite, and which of them you have
///
/// Brings the reference lists of all sources together: the works cited most first, with the entries that name them
/// and, where a cited work is itself among the seeds, its citekey.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid refs
  ibid refs khan                 what one source cites
  ibid refs --json")]
pub struct RefsArgs {
    /// Only what these sources cite
    #[arg(value_name = "CITEKEY")]
    sources: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Refs<'a> {
    version: u32,
    works: Vec<RefJson<'a>>,
}

#[derive(Serialize)]
struct RefJson<'a> {
    text: &'a str,
    title: Option<&'a str>,
    authors: Vec<String>,
    issued: Option<String>,
    cited_by: Vec<String>,
    source: Option<&'a str>,
}

pub fn run(workspace: &Workspace, args: &RefsArgs) -> anyhow::Result<Exit> {
    let index = workspace.open_or_build_index()?;
    let works = collect(&index, &args.sources)?;
    let mut out = workspace.stdout();
    if args.json {
        let works = works.iter().map(row).collect();
        write_json(&mut out, &Refs { version: json::VERSION, works })?;
    } else {
        let painter = workspace.painter();
        for work in &works {
            writeln!(out, "{}", painter.wrap(&painter.paint(Role::Title, &work.text), ""))?;
            let mut line = format!("cited by {}", cited_by(work).join(", "));
            if let Some(key) = &work.source {
                line += &format!("; among your sources as {key}");
            }
            writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &line), "    "))?;
        }
    }
    out.flush()?;
    Ok(Exit::found(!works.is_empty()))
}

fn collect(index: &Index, only: &[String]) -> anyhow::Result<Vec<CitedWork>> {
    let sources = index.sources()?;
    for key in only {
        if let Some(key) = Citekey::new(key) {
            super::show::source(index, &key)?;
        }
    }
    let mut entries = Vec::new();
    for source in sources
        .iter()
        .filter(|s| only.is_empty() || only.iter().any(|k| k == s.key.as_str() || k == s.work_key().as_str()))
    {
        for passage in index.passages_of(&source.key)? {
            if let (Ordinal::Reference(n), Some(parsed)) = (passage.ordinal, passage.parsed) {
                entries.push((source.key.clone(), n, passage.text, parsed));
            }
        }
    }
    let known: Vec<(Citekey, Work)> =
        sources.into_iter().filter(|s| s.text_of.is_none()).map(|s| (s.key, s.work)).collect();
    Ok(cited_works(&entries, &known))
}

fn cited_by(work: &CitedWork) -> Vec<String> {
    work.cited_by.iter().map(|(key, n)| format!("{key}:{}", Ordinal::Reference(*n))).collect()
}

fn row(work: &CitedWork) -> RefJson<'_> {
    RefJson {
        text: &work.text,
        title: work.work.title.as_deref(),
        authors: work.work.authors.iter().map(Name::display).collect(),
        issued: work.work.issued.map(|d| d.to_string()),
        cited_by: cited_by(work),
        source: work.source.as_ref().map(Citekey::as_str),
    }
}
