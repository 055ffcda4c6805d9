//! [`Workspace`]: the folders and the streams a command works with.

use super::exit::say_line;
use super::{Color, Global};
use anyhow::Context;
use ibid::index::Index;
use ibid::output::Painter;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The narrowest and the widest text block; wider lines are hard to read.
const WIDTH: std::ops::RangeInclusive<usize> = 20..=100;

/// What every command needs to know of its surroundings.
pub struct Workspace {
    /// Folder with the documents.
    pub seeds: PathBuf,
    /// Folder of the index.
    pub index: PathBuf,
    /// Say less on stderr.
    pub quiet: bool,
    /// Say more on stderr.
    pub verbose: bool,
    color: Color,
}

impl Workspace {
    /// From the options that every command takes.
    pub fn new(global: &Global) -> Workspace {
        Workspace {
            seeds: global.seeds.clone(),
            index: global.index.clone(),
            quiet: global.quiet,
            verbose: global.verbose,
            color: global.color,
        }
    }

    /// The open index, as it is.
    pub fn open_index(&self) -> anyhow::Result<Index> {
        let index = Index::open(&self.index)?;
        if self.verbose {
            let (documents, passages) = index.counts()?;
            let dir = self.index.display();
            self.say(&format!("index {dir}: {passages} passages of {documents} documents"));
        }
        Ok(index)
    }

    /// The open index; when there is none yet it is built first, and stderr says so.
    pub fn open_or_build_index(&self) -> anyhow::Result<Index> {
        match self.open_index() {
            Err(error) if error.downcast_ref::<ibid::index::Error>().is_some_and(|e| e.is_missing()) => {
                self.say(&format!(
                    "no index in {} yet: building it from {}",
                    self.index.display(),
                    self.seeds.display()
                ));
                super::ingest::bring_in_step(self)?;
                self.open_index()
            }
            other => other,
        }
    }

    /// A line on stderr, unless `--quiet`.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            say_line(&format!("ibid: {}", ibid::output::sanitise(message)));
        }
    }

    /// Buffered stdout, locked.
    pub fn stdout(&self) -> BufWriter<io::StdoutLock<'static>> {
        BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// How to paint on stdout: colour and escaping by what stdout is, width by the terminal.
    pub fn painter(&self) -> Painter {
        let terminal = io::stdout().is_terminal();
        let color = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
                terminal && !no_color && !dumb
            }
        };
        Painter::new(color, self.width(terminal))
    }

    /// Columns to fill: the terminal's, `COLUMNS` when it is set, or 80.
    fn width(&self, terminal: bool) -> usize {
        let asked = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let measured = || terminal_size::terminal_size().filter(|_| terminal).map(|(w, _)| usize::from(w.0));
        asked.or_else(measured).unwrap_or(80).clamp(*WIDTH.start(), *WIDTH.end())
    }

    /// The path of a source as it is shown: the seeds folder and the path within it.
    pub fn source_path(&self, relative: &str) -> String {
        shown_path(&self.seeds, relative)
    }
}

/// A path within the seeds folder, with that folder before it, `/` between parts.
fn shown_path(seeds: &Path, relative: &str) -> String {
    format!("{}/{relative}", seeds.display().to_string().trim_end_matches('/'))
}

/// Reads a file, or stdin for `-`.
pub fn read_input(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes).context("cannot read stdin")?;
        return Ok(bytes);
    }
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a value as pretty JSON and a line end.
pub fn write_json(out: &mut impl Write, value: &impl serde::Serialize) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Writes a value as one line of JSON.
pub fn write_jsonl(out: &mut impl Write, value: &impl serde::Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
