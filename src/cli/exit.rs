//! How a run ends: exit codes in one place, and the error chain as one line.

use std::io::{self, Write};
use std::process::ExitCode;

/// The exit codes of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Found, done.
    Success,
    /// Nothing found, or `check` has findings.
    Nothing,
    /// An error, also when only some documents failed.
    Error,
    /// Another process holds the index lock: try again (sysexits' `EX_TEMPFAIL`).
    Locked,
}

impl Exit {
    /// [`Exit::Success`] when something was found.
    pub fn found(found: bool) -> Exit {
        if found { Exit::Success } else { Exit::Nothing }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Success => 0,
            Exit::Nothing => 1,
            Exit::Error => 2,
            Exit::Locked => 75,
        })
    }
}

/// Returns true if and only if the reader of our output went away, which is no error: `ibid … | head`.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes a line to stderr. Where that cannot be written, nobody is left to be told, and what was to be done is done all the
/// same.
pub fn say_line(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// The exit code for an error.
pub fn exit_of(error: &anyhow::Error) -> Exit {
    let locked = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<ibid::ingest::Error>().is_some_and(ibid::ingest::Error::is_locked)
    };
    if error.chain().any(locked) { Exit::Locked } else { Exit::Error }
}

/// Prints the whole chain on one line of stderr; control characters in file names and texts are escaped.
pub fn report_error(error: &anyhow::Error) {
    let mut message = String::new();
    // Some errors name their cause in their own words.
    for cause in error.chain().map(ToString::to_string).filter(|c| !c.is_empty()) {
        if !message.contains(&cause) {
            message = if message.is_empty() { cause } else { format!("{message}: {cause}") };
        }
    }
    say_line(&format!("ibid: {}", ibid::output::sanitise(&message)));
}
