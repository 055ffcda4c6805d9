//! The process that reads one document.

use super::super::{Limits, ReadError, read_here};
use super::spent;
use crate::document::Format;
use std::io::{Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Ended without an answer by a fault of the machine, as far as it can tell.
const FAULT: u8 = 2;

/// Ended over its limit of memory.
pub const TOO_MUCH_MEMORY: u8 = 3;

/// How often the process looks at itself and whether the one who asked is still there.
const LOOK: Duration = Duration::from_millis(20);

/// What a process is asked to do, as the arguments that say so.
pub struct Errand {
    pub format: Format,
    /// Bytes of the document, so that one which was cut short on its way is not taken for whole.
    pub length: u64,
    pub limits: Limits,
    /// Bytes of memory from which the process ends itself.
    pub memory: u64,
}

impl Errand {
    /// As arguments.
    pub fn arguments(&self) -> Vec<String> {
        let word = serde_json::to_value(self.format).ok();
        let word = word.as_ref().and_then(|w| w.as_str()).unwrap_or_default().to_owned();
        let numbers = [self.length, self.limits.inflated_bytes, self.limits.seconds, self.memory];
        std::iter::once(word).chain(numbers.map(|n| n.to_string())).collect()
    }

    /// From arguments.
    pub fn of(mut arguments: impl Iterator<Item = String>) -> Option<Errand> {
        let format = serde_json::from_value(arguments.next()?.into()).ok()?;
        let mut number = || arguments.next()?.parse::<u64>().ok();
        let (length, inflated_bytes, seconds, memory) = (number()?, number()?, number()?, number()?);
        let limits = Limits { inflated_bytes, seconds, ..Limits::default() };
        Some(Errand { format, length, limits, memory })
    }

    /// Reads the document on standard input and writes what it is to standard output; the code to end with.
    pub fn run(self, grace: Duration) -> ExitCode {
        if watch_self(self.memory, Duration::from_secs(self.limits.seconds) + 2 * grace).is_err() {
            return ExitCode::from(FAULT);
        }
        let mut bytes = Vec::new();
        let read = std::io::stdin().read_to_end(&mut bytes);
        if read.is_err() || bytes.len() as u64 != self.length {
            return ExitCode::from(FAULT);
        }
        let mut result = read_here(self.format, &bytes, &self.limits);
        let seconds = self.limits.seconds;
        if matches!(result, Err(ReadError::TooSlow(_))) && !spent::has_worked("self", seconds) {
            result = Err(super::starved(seconds));
        }
        let answer = serde_json::to_vec(&result).unwrap_or_default();
        let mut out = std::io::stdout();
        let written = out.write_all(&answer).and_then(|()| out.flush());
        if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(FAULT) }
    }
}

/// Ends this process when it takes too much memory or time, or when the one who asked is gone: nobody else would then end
/// an endless loop.
fn watch_self(memory: u64, time: Duration) -> std::io::Result<()> {
    let (parent, started) = (parent(), Instant::now());
    let watch = move || {
        loop {
            std::thread::sleep(LOOK);
            if spent::memory("self").is_some_and(|bytes| bytes > memory) {
                std::process::exit(TOO_MUCH_MEMORY.into());
            }
            if started.elapsed() > time || self::parent() != parent {
                std::process::exit(FAULT.into());
            }
        }
    };
    std::thread::Builder::new().spawn(watch).map(|_| ())
}

/// The process that started this one, or that has taken it over since.
#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_errand_is_understood_as_it_was_given() {
        let limits = Limits { seconds: 7, inflated_bytes: 9, ..Limits::default() };
        let errand = Errand { format: Format::Pdf, length: 5, limits, memory: 11 };
        let read = Errand::of(errand.arguments().into_iter()).unwrap();
        assert_eq!(read.arguments(), errand.arguments());
        assert!(Errand::of(["pdf".to_owned()].into_iter()).is_none());
    }
}
