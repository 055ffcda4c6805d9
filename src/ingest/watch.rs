//! Watching: ingest again whenever the seeds change, until the process is ended.

use super::{Error, Options, Progress, Report, ingest};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How long the seeds must be quiet before an ingest: an editor saves by several renames, a copy brings many files.
const QUIET: Duration = Duration::from_millis(400);

/// How often it is looked whether the seeds are still the folder that is watched: the system watches a folder, and tells
/// nothing of another that is put in its place under its name.
const LOOK: Duration = Duration::from_secs(1);

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
    let (sender, events) = channel();
    let mut watched = Watched::of(options, &sender)?;
    loop {
        if told(ingest(options, progress)).is_break() {
            return Ok(());
        }
        while let Err(RecvTimeoutError::Timeout) = events.recv_timeout(LOOK) {
            if watched.is_other(&options.seeds) {
                // While there is none, or it cannot be watched yet, this goes on looking.
                if let Ok(other) = Watched::of(options, &sender) {
                    watched = other;
                    break;
                }
            }
        }
        while !matches!(events.recv_timeout(QUIET), Err(RecvTimeoutError::Timeout)) {}
    }
}

/// A folder that is watched.
struct Watched {
    /// Watches as long as it is there.
    _watcher: RecommendedWatcher,
    identity: Option<(u64, u64)>,
    /// It has not been where it was for a while.
    was_away: bool,
}

impl Watched {
    fn of(options: &Options, sender: &Sender<()>) -> Result<Watched, Error> {
        let failed = |what: String| Error::Watch { path: options.seeds.clone(), what };
        let identity = identity(&options.seeds);
        // Without links, so that what the system tells of can be compared with where the index is.
        let seeds = options.seeds.canonicalize().map_err(|e| failed(e.to_string()))?;
        let (index, sender) = (real(&options.index), sender.clone());
        let tell = move |event: notify::Result<Event>| {
            if event.map_or(true, |event| is_change(&event, &index)) {
                let _ = sender.send(());
            }
        };
        let mut watcher = notify::recommended_watcher(tell).map_err(|e| failed(e.to_string()))?;
        watcher.watch(&seeds, RecursiveMode::Recursive).map_err(|e| failed(e.to_string()))?;
        Ok(Watched { _watcher: watcher, identity, was_away: false })
    }

    /// Returns true if and only if there is a folder in its place that it is not, or that was taken away meanwhile.
    fn is_other(&mut self, seeds: &Path) -> bool {
        let now = identity(seeds);
        self.was_away |= now.is_none();
        now.is_some() && (self.was_away || now != self.identity)
    }
}

/// Reading a file is an event too, and the index may be among the seeds: only what changes something else matters.
fn is_change(event: &Event, index: &Path) -> bool {
    let is_own = !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(index));
    !event.kind.is_access() && !is_own
}

/// A path without links, also of what is not there yet.
fn real(path: &Path) -> PathBuf {
    let above = || {
        let (above, name) = (path.parent()?, path.file_name()?);
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        Some(above.canonicalize().ok()?.join(name))
    };
    path.canonicalize().ok().or_else(above).unwrap_or_else(|| path.to_owned())
}

/// What tells a folder from another of its name.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().filter(|m| m.is_dir()).map(|m| (m.dev(), m.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<(u64, u64)> {
    let metadata = std::fs::metadata(path).ok().filter(|m| m.is_dir())?;
    let since = metadata.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((since.as_secs(), since.subsec_nanos().into()))
}
