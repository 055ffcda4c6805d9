//! `ibid doctor`: checks the index.

use super::Exit;
use super::workspace::{Workspace, write_json};
use clap::Args;
use ibid::index::doctor::Problem;
use ibid::output::{Role, json, sanitise};
use serde::Serialize;
use std::io::Write;

/// Check the index: checksums, counts, agreement with the seeds
///
/// Says for each problem what is wrong and the command that mends it. Exit code 0 when all is well, 1 when
/// there are problems.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ibid doctor")]
pub struct DoctorArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Diagnosis<'a> {
    version: u32,
    ok: bool,
    problems: &'a [Problem],
}

pub fn run(workspace: &Workspace, args: &DoctorArgs) -> anyhow::Result<Exit> {
    let problems = ibid::ingest::examine(&workspace.index, &workspace.seeds)?;
    let mut out = workspace.stdout();
    if args.json {
        let ok = problems.is_empty();
        write_json(&mut out, &Diagnosis { version: json::VERSION, ok, problems: &problems })?;
    } else if problems.is_empty() {
        writeln!(out, "the index is sound and in step with the seeds")?;
    }
    if !args.json {
        let painter = workspace.painter();
        for problem in &problems {
            writeln!(out, "{} {}", painter.paint(Role::Warning, "problem:"), sanitise(&problem.what))?;
            writeln!(out, "    mend: {}", sanitise(&problem.mend))?;
        }
    }
    out.flush()?;
    Ok(Exit::found(problems.is_empty()))
}
