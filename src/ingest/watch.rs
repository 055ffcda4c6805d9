//! Watching: ingest again whenever the seeds change, until the process is ended.

use super::{Error, Options, Progress, Report, ingest};
use notify::{RecursiveMode, Watcher};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long the seeds must be quiet before an ingest: an editor saves by several renames, a copy brings many files.
const QUIET: Duration = Duration::from_millis(400);

/// Ingests, then again after every change of the seeds. `told` gets each result; watching ends when it says so, or
/// with an error that is no longer about single documents.
///
/// # Errors
/// [`Error::Watch`] when the system cannot watch the folder.
pub fn watch(
    options: &Options,
    progress: &mut dyn Progress,
    told: &mut dyn FnMut(Result<Report, Error>) -> std::ops::ControlFlow<()>,
) -> Result<(), Error> {
    let failed = |e: notify::Error| Error::Watch { path: options.seeds.clone(), what: e.to_string() };
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event too; only what changes one matters.
        if event.as_ref().map_or(true, |e| !e.kind.is_access()) {
            let _ = sender.send(());
        }
    })
    .map_err(failed)?;
    watcher.watch(&options.seeds, RecursiveMode::Recursive).map_err(failed)?;
    loop {
        if told(ingest(options, progress)).is_break() || events.recv().is_err() {
            return Ok(());
        }
        while !matches!(events.recv_timeout(QUIET), Err(RecvTimeoutError::Timeout)) {}
    }
}
