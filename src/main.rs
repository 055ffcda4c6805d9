//! The `ibid` program: parse, dispatch, print the error chain, exit code.

#![forbid(unsafe_code)]

mod cli;

use ibid::reader::isolation;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(exit) = isolation::serve() {
        return exit;
    }
    isolation::use_this_program();
    let result = cli::Cli::read().and_then(cli::run);
    match result {
        Ok(exit) => exit.into(),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::report_error(&error);
            cli::exit_of(&error).into()
        }
    }
}
