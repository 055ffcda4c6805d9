//! The command line: what can be typed, and one file a command. Only here do clap and anyhow appear.

mod bib;
mod check;
mod cite;
mod completions;
mod corpus;
mod countries;
mod doctor;
mod eval;
mod exit;
mod ingest;
mod negation;
mod passages;
mod progress;
mod refs;
mod search;
mod show;
mod sources;
mod tag;
mod whence;
mod workspace;

pub use exit::{Exit, exit_of, is_broken_pipe, report_error};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use workspace::Workspace;

/// Search your own sources and cite what you find
///
/// ibid splits the documents in a folder (`seeds/`) into passages, tags each with its source and the
/// countries it is about, and answers a search with ranked passages, each with the citation that goes
/// into the report.
#[derive(Debug, Parser)]
#[command(name = "ibid", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  ibid search Wakhan corridor              ranked passages, each with its citation
  ibid search -c KZ 'military training'    only passages about Kazakhstan
  ibid show khan:14                        a whole passage with its place
  ibid cite khan:14 --style harvard        its citation in another style
  ibid check report.md                     are all quotations verbatim, all citations right?

Words used: a source is a cited work and has a citekey (khan); a passage is a paragraph of it (khan:14).")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// Folder with your documents
    #[arg(long, global = true, value_name = "DIR", env = "IBID_SEEDS", default_value = "seeds")]
    pub seeds: PathBuf,
    /// Folder of the index; it can always be built again from the seeds
    #[arg(long, global = true, value_name = "DIR", env = "IBID_INDEX", default_value = "index")]
    pub index: PathBuf,
    /// When to colour the output
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// Say less on stderr
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more on stderr
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// When to colour the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Also into a pipe or file
    Always,
    /// Not at all
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Search(search::SearchArgs),
    Show(show::ShowArgs),
    Cite(cite::CiteArgs),
    Check(check::CheckArgs),
    Whence(whence::WhenceArgs),
    Bib(bib::BibArgs),
    Refs(refs::RefsArgs),
    Sources(sources::SourcesArgs),
    Countries(countries::CountriesArgs),
    Passages(passages::PassagesArgs),
    Tag(tag::TagArgs),
    Ingest(ingest::IngestArgs),
    Doctor(doctor::DoctorArgs),
    Eval(eval::EvalArgs),
    Completions(completions::CompletionsArgs),
}

/// The command line of a search. A search is over sooner than the arguments of all commands are made known to clap.
#[derive(Debug, Parser)]
#[command(name = "ibid")]
struct Searching {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: SearchOnly,
}

#[derive(Debug, Subcommand)]
enum SearchOnly {
    Search(search::SearchArgs),
}

impl Cli {
    /// Reads the command line. Help and version are printed here and end the program with code 0, a
    /// mistake with code 2.
    pub fn read() -> anyhow::Result<Cli> {
        if let Some(at) = std::env::args_os().position(|arg| arg == "search") {
            let searched = Searching::try_parse().or_else(|error| {
                negation::moved(std::env::args_os(), at).map_or(Err(error), Searching::try_parse_from)
            });
            if let Ok(Searching { global, command: SearchOnly::Search(args) }) = searched {
                return Ok(Cli { global, command: Command::Search(args) });
            }
        }
        // What is no search, or no faultless one, is for the whole command line to read.
        Ok(Cli::parse())
    }
}

/// Runs the command.
pub fn run(cli: Cli) -> anyhow::Result<Exit> {
    let workspace = Workspace::new(&cli.global);
    match cli.command {
        Command::Search(args) => search::run(&workspace, &args),
        Command::Show(args) => show::run(&workspace, &args),
        Command::Cite(args) => cite::run(&workspace, &args),
        Command::Check(args) => check::run(&workspace, &args),
        Command::Whence(args) => whence::run(&workspace, &args),
        Command::Bib(args) => bib::run(&workspace, &args),
        Command::Refs(args) => refs::run(&workspace, &args),
        Command::Sources(args) => sources::run(&workspace, &args),
        Command::Countries(args) => countries::run(&workspace, &args),
        Command::Passages(args) => passages::run(&workspace, &args),
        Command::Tag(args) => tag::run(&workspace, &args),
        Command::Ingest(args) => ingest::run(&workspace, &args),
        Command::Doctor(args) => doctor::run(&workspace, &args),
        Command::Eval(args) => eval::run(&workspace, &args),
        Command::Completions(args) => completions::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_read_as_the_whole_command_line_reads_it() {
        for line in [
            "search a b",
            "--seeds search -q search a --json --index i -n 3",
            "search -c KZ -- --help",
            "search search --color never",
            "show search:1",
            "--seeds search show a:1",
            "search",
            "search --help",
            "search a --jso",
            "help search",
        ] {
            let args = || ["ibid"].into_iter().chain(line.split(' '));
            let whole = Cli::try_parse_from(args()).ok().and_then(|cli| match cli.command {
                Command::Search(args) => Some(format!("{:?} {args:?}", cli.global)),
                _ => None,
            });
            let alone = Searching::try_parse_from(args()).ok();
            let alone = alone.map(|Searching { global, command: SearchOnly::Search(args) }| {
                format!("{global:?} {args:?}")
            });
            assert_eq!(alone, whole, "{line}");
        }
    }
}
