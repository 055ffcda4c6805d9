//! `ibid check`: the quotations and citations of a draft.

use super::Exit;
use super::corpus::IndexCorpus;
use super::workspace::{Workspace, write_json};
use anyhow::Context;
use clap::Args;
use ibid::document::Format;
use ibid::draft::{Draft, Finding, Syntax, Waivers, check};
use ibid::output::{Role, json, sanitise};
use ibid::reader::{self, Limits};
use serde::Serialize;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Verify every quotation and citation of a report draft
///
/// Markdown, LaTeX, Typst and plain text, by the file's ending, and DOCX and ODT, whose paragraphs count as lines. A line
/// a finding, which editors can jump to; the good ones too, so that you see what was checked. Exit code 1 when any
/// quotation is not verbatim in the source cited, or any citation leads nowhere.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid check report.md
  ibid check report.tex -q          only what is not in order
What you have settled goes into report.md.ibid-ok, see docs/drafts.md.")]
pub struct CheckArgs {
    /// The draft; `-` for standard input, read as Markdown
    draft: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Findings<'a> {
    version: u32,
    findings: &'a [Finding],
    /// Lines of the waiver file that waive nothing.
    idle_waivers: &'a [String],
}

pub fn run(workspace: &Workspace, args: &CheckArgs) -> anyhow::Result<Exit> {
    let draft = read_draft(workspace, &args.draft)?;
    let waivers = std::fs::read_to_string(Waivers::path_for(&args.draft)).unwrap_or_default();
    let index = workspace.open_or_build_index()?;
    let waivers = Waivers::parse(&waivers);
    let findings = check(&draft, &IndexCorpus::new(&index, &workspace.seeds), &waivers)?;
    let idle = waivers.idle();
    let good = findings.iter().all(|f| f.verdict.is_good());
    let mut out = workspace.stdout();
    if args.json {
        write_json(&mut out, &Findings { version: json::VERSION, findings: &findings, idle_waivers: &idle })?;
    } else {
        let painter = workspace.painter();
        for finding in findings.iter().filter(|f| !workspace.quiet || !f.verdict.is_good()) {
            let role = if finding.verdict.is_good() { Role::Aside } else { Role::Warning };
            let verdict = painter.paint(role, finding.verdict.as_str());
            let place = format!("{}:{}:{}", args.draft.display(), finding.line, finding.column);
            writeln!(out, "{}: {verdict}: {}", sanitise(&place), sanitise(&finding.message))?;
        }
    }
    out.flush()?;
    for line in &idle {
        workspace.say(&format!(
            "{}: waives nothing: {}",
            Waivers::path_for(&args.draft).display(),
            sanitise(line)
        ));
    }
    let wrong = findings.iter().filter(|f| !f.verdict.is_good()).count();
    workspace.say(&format!("{} quotations and citations checked, {wrong} to look at", findings.len()));
    Ok(Exit::found(good))
}

/// Reads and parses a draft; `-` is standard input, read as Markdown. What had to be guessed is said.
///
/// # Errors
/// When it cannot be read, with what to do.
pub fn read_draft(workspace: &Workspace, path: &Path) -> anyhow::Result<Draft> {
    let shown = path.display();
    let (bytes, syntax) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        (bytes, Syntax::Markdown)
    } else {
        (std::fs::read(path).with_context(|| format!("cannot read {shown}"))?, Syntax::of(path))
    };
    let format = reader::detect(path, &bytes);
    if let Ok(kind @ (Format::Docx | Format::Odt)) = format {
        let read = reader::read_draft(&bytes, kind == Format::Docx, &Limits::default());
        let (document, anchors) = read.with_context(|| format!("cannot read {shown}"))?;
        let draft = Draft::of_document(&document, &anchors);
        if let Some(unbound) = draft.unbound() {
            workspace.say(&format!("{shown}: {unbound}: what they cite could not be read"));
        }
        return Ok(draft);
    }
    let readable =
        reader::foreign_format(&bytes).is_none() && !matches!(format, Ok(Format::Pdf | Format::Epub));
    let decoded = if readable { reader::decode(&bytes).ok() } else { None };
    let (text, guessed) = decoded.with_context(|| {
        format!("{shown}: not plain text; save the draft as Markdown, LaTeX, Typst, DOCX, ODT or UTF-8 text")
    })?;
    if let Some(encoding) = guessed {
        workspace.say(&format!("{shown}: read as {encoding}, since it is not UTF-8"));
    }
    Ok(Draft::parse(&text, syntax))
}
