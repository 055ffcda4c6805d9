//! `ibid ingest`: brings the index in step with the seeds.

use super::Exit;
use super::exit::say_line;
use super::progress::Bar;
use super::workspace::{Workspace, write_json};
use clap::Args;
use ibid::ingest::{Attachment, Error, Options, Report, ingest, watch};
use ibid::output::{json, sanitise};
use serde::Serialize;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Bring the index in step with the seeds
///
/// Reads what is new or changed, drops what is gone, keeps the rest. A document that cannot be read is named with
/// the reason and stops nothing; the exit code is then 2. What belongs to a saved page (the folder beside it, style
/// sheets, scripts) is named too, and is no failure.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid ingest
  ibid ingest ~/papers         another seeds folder
  ibid ingest --watch          keep up with changes until Ctrl-C
  ibid ingest --rebuild        from nothing")]
pub struct IngestArgs {
    /// The seeds folder, in place of --seeds
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// Build the index from nothing
    #[arg(long)]
    rebuild: bool,
    /// Check all of the index first, and build it anew when it is damaged
    #[arg(long, conflicts_with = "rebuild")]
    verify: bool,
    /// Keep going: ingest again whenever the seeds change
    #[arg(long, conflicts_with = "json")]
    watch: bool,
    /// Fail at once when another ingest is at work, with exit code 75
    #[arg(long)]
    no_wait: bool,
    /// An empty seeds folder is meant: empty the index
    #[arg(long)]
    allow_empty: bool,
    /// Read what symbolic links out of the seeds lead to; remembered until `--follow-links=false`
    #[arg(long, num_args = 0..=1, default_missing_value = "true", require_equals = true, value_name = "BOOL")]
    follow_links: Option<bool>,
    /// Doubts are errors too
    #[arg(long)]
    strict: bool,
    /// Threads that read and index [default: all cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Megabytes of memory for writing [default: 64 a core, 256 at most]
    #[arg(long, value_name = "MB")]
    memory: Option<usize>,
    /// Print a report as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(workspace: &Workspace, args: &IngestArgs) -> anyhow::Result<Exit> {
    let options = options(workspace, args);
    let mut bar = Bar::new(workspace.quiet);
    if args.watch {
        watch(&options, &mut bar, &mut |result| {
            match result {
                Ok(report) => tell(workspace, &report),
                Err(error) => workspace.say(&error.to_string()),
            }
            ControlFlow::Continue(())
        })?;
        return Ok(Exit::Success);
    }
    let report = ingest(&options, &mut bar)?;
    if args.json {
        let mut out = workspace.stdout();
        write_json(&mut out, &Versioned { version: json::VERSION, report: &report })?;
        out.flush()?;
    } else {
        tell(workspace, &report);
    }
    let failed =
        report.skipped.iter().any(|file| !file.on_purpose) || (args.strict && !report.doubts.is_empty());
    Ok(if failed { Exit::Error } else { Exit::Success })
}

/// Ingests with the usual options, for commands that need an index in step.
///
/// # Errors
/// Those of [`ingest`].
pub fn bring_in_step(workspace: &Workspace) -> Result<Report, Error> {
    let options = Options::new(workspace.seeds.clone(), workspace.index.clone());
    let report = ingest(&options, &mut Bar::new(workspace.quiet))?;
    for skipped in &report.skipped {
        workspace.say(&format!("{}: {}", workspace.source_path(&skipped.path), skipped.describe()));
    }
    Ok(report)
}

fn options(workspace: &Workspace, args: &IngestArgs) -> Options {
    let seeds = args.path.clone().unwrap_or_else(|| workspace.seeds.clone());
    let mut options = Options::new(seeds, workspace.index.clone());
    options.rebuild = args.rebuild;
    options.verify = args.verify;
    options.allow_empty = args.allow_empty;
    options.wait = !args.no_wait;
    options.follow_links = args.follow_links;
    if let Some(jobs) = args.jobs {
        options.jobs = jobs.max(1);
    }
    if let Some(megabytes) = args.memory {
        options.memory = megabytes.saturating_mul(1_000_000);
    }
    options
}

#[derive(Serialize)]
struct Versioned<'a> {
    version: u32,
    #[serde(flatten)]
    report: &'a Report,
}

/// The report on stderr: what was done, what was skipped and why, what is doubtful.
fn tell(workspace: &Workspace, report: &Report) {
    if let Some(what) = &report.damage {
        workspace.say(&format!("the index was damaged ({what}): it was built anew"));
    }
    for skipped in &report.skipped {
        say_line(&format!("ibid: {}: {}", sanitise(&skipped.path), sanitise(&skipped.describe())));
    }
    if !workspace.quiet {
        for Attachment { path, key, library, by } in &report.attached {
            workspace.say(&format!("{path}: is `{key}` of {library}, by {}", by.as_str()));
        }
        for doubt in &report.doubts {
            workspace.say(&format!("{}: {}", doubt.path, doubt.what));
        }
        let kept =
            if report.kept > 0 { format!("{} kept from earlier, ", report.kept) } else { String::new() };
        workspace.say(&format!(
            "{} read, {} unchanged, {kept}{} removed, {} skipped; {} passages in the index",
            report.read,
            report.unchanged,
            report.removed,
            report.skipped.len(),
            report.passages
        ));
    }
}
