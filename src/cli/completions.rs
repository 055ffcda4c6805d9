//! `ibid completions`: completion scripts for the shell.

use super::{Cli, Exit};
use clap::{Args, CommandFactory};
use std::io::Write;

/// Print a completion script for your shell
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ibid completions bash > ~/.local/share/bash-completion/completions/ibid")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub fn run(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    // The generator takes it for granted that everything can be written.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "ibid", &mut script);
    let mut out = std::io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Success)
}
