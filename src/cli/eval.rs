//! `ibid eval`: a self-test of retrieval.

use super::Exit;
use super::workspace::{Workspace, write_json};
use anyhow::Context;
use clap::Args;
use ibid::search::evaluate;
use serde::Serialize;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Measure retrieval on a collection in BEIR layout
///
/// Indexes `corpus.jsonl` of the folder in memory, answers `queries.jsonl` and compares with `qrels.tsv`,
/// through the same analysis and ranking as `search`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ibid eval collections/scifact --run scifact.run")]
pub struct EvalArgs {
    /// Folder with corpus.jsonl, queries.jsonl and qrels.tsv
    dir: PathBuf,
    /// Write the first 1000 hits of each query as a TREC run
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Figures {
    version: u32,
    queries: usize,
    #[serde(rename = "ndcg@10")]
    ndcg_at_10: f64,
    #[serde(rename = "recall@100")]
    recall_at_100: f64,
    map: f64,
    mrr: f64,
}

pub fn run(workspace: &Workspace, args: &EvalArgs) -> anyhow::Result<Exit> {
    let report = evaluate(&args.dir)?;
    if let Some(path) = &args.run {
        let file = std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut file = BufWriter::new(file);
        report.write_run(&mut file)?;
        file.flush().with_context(|| format!("cannot write {}", path.display()))?;
    }
    let mut out = workspace.stdout();
    if args.json {
        let figures = Figures {
            version: ibid::output::json::VERSION,
            queries: report.queries,
            ndcg_at_10: report.ndcg_at_10,
            recall_at_100: report.recall_at_100,
            map: report.map,
            mrr: report.mrr,
        };
        write_json(&mut out, &figures)?;
    } else {
        writeln!(out, "queries     {}", report.queries)?;
        writeln!(out, "nDCG@10     {:.4}", report.ndcg_at_10)?;
        writeln!(out, "recall@100  {:.4}", report.recall_at_100)?;
        writeln!(out, "MAP         {:.4}", report.map)?;
        writeln!(out, "MRR         {:.4}", report.mrr)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}
