//! `ibid completions`: completion scripts for the shell.

use super::{Cli, Exit};
use clap::{Args, CommandFactory};

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
    clap_complete::generate(args.shell, &mut Cli::command(), "ibid", &mut std::io::stdout());
    Ok(Exit::Success)
}
