//! A process of its own for a document that may break its parser.
//!
//! The program starts itself once more, hands the bytes over and takes the [`Document`] back. What a parser does
//! there (a crash, an endless loop, all memory, no end of output) ends with that process, and the reason is given for
//! the one file. Used as a library, without the program, documents are read in this process.

use super::{Limits, ReadError, name, read_here};
use crate::document::{Document, Format};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// The first argument of a process that reads one document; nothing that a person types.
const MARK: &str = "--read-one-document";

/// Time that a reader has to say by itself that it takes too long, before it is stopped.
const GRACE: Duration = Duration::from_secs(2);

/// How often the memory of a reader is looked at. It can take some ten megabytes between two looks.
const LOOK: Duration = Duration::from_millis(10);

/// The program that reads documents in processes of their own; unset: they are read here.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on documents are read in processes of this program, whose `main` must call [`serve`] first of all.
pub fn use_this_program() {
    // On Linux this name is the running program itself, even when its file has been replaced meanwhile.
    let own = PathBuf::from("/proc/self/exe");
    let program = if own.exists() { Some(own) } else { std::env::current_exe().ok() };
    if let Some(program) = program {
        // Said twice, it is the same program.
        let _ = PROGRAM.set(program);
    }
}

/// Reads the document on standard input and writes what it is to standard output, when this process was started for
/// that; the code to end with. `None` in every other process.
pub fn serve() -> Option<ExitCode> {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() != Some(MARK) {
        return None;
    }
    let format = args.next().and_then(|f| serde_json::from_value(f.into()).ok());
    let mut number = || args.next().and_then(|n| n.parse::<u64>().ok());
    let (Some(format), Some(inflated_bytes), Some(seconds)) = (format, number(), number()) else {
        return Some(ExitCode::from(2));
    };
    // Should the one who asked be gone, nobody else ends an endless loop.
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(seconds) + 2 * GRACE);
        std::process::exit(2);
    });
    let mut bytes = Vec::new();
    if std::io::stdin().read_to_end(&mut bytes).is_err() {
        return Some(ExitCode::from(2));
    }
    let limits = Limits { inflated_bytes, seconds, ..Limits::default() };
    let answer = serde_json::to_vec(&read_here(format, &bytes, &limits)).unwrap_or_default();
    let mut out = std::io::stdout();
    let written = out.write_all(&answer).and_then(|()| out.flush());
    Some(if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Reads a document in a process of its own, or here when no program was chosen or none can be started.
///
/// # Errors
/// [`ReadError`].
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let Some(program) = PROGRAM.get() else { return read_here(format, bytes, limits) };
    let word = serde_json::to_value(format).ok();
    let word = word.as_ref().and_then(|w| w.as_str()).unwrap_or_default();
    let mut command = Command::new(program);
    command.args([MARK, word, &limits.inflated_bytes.to_string(), &limits.seconds.to_string()]);
    let answer = match supervise(&mut command, bytes, limits) {
        Ok(answer) => answer,
        Err(End::NotStarted) => return read_here(format, bytes, limits),
        Err(End::TooSlow) => return Err(ReadError::too_slow(limits.seconds)),
        Err(End::TooMuchMemory) => {
            let megabytes = limits.memory_bytes >> 20;
            return Err(ReadError::Limit(format!("reading it takes more than {megabytes} MB of memory")));
        }
        Err(End::TooMuchText) => {
            return Err(ReadError::Limit("it unpacks to more than a document has".to_owned()));
        }
        Err(End::Failed(how)) => {
            return Err(ReadError::broken(name(format), format!("its reader crashed on it ({how})")));
        }
    };
    serde_json::from_slice(&answer)
        .unwrap_or_else(|_| Err(ReadError::broken(name(format), "its reader crashed on it")))
}

/// How a reader ended that gave no answer.
#[derive(Debug, PartialEq, Eq)]
enum End {
    NotStarted,
    TooSlow,
    TooMuchMemory,
    TooMuchText,
    Failed(String),
}

/// Runs the command with `input`; its whole output. It is killed over any limit.
fn supervise(command: &mut Command, input: &[u8], limits: &Limits) -> Result<Vec<u8>, End> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|_| End::NotStarted)?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        stop(&mut child);
        return Err(End::NotStarted);
    };
    // An answer is the text once more, escaped, and the places of its lines.
    let most_output = limits.inflated_bytes.saturating_mul(2);
    let most_memory = limits.memory_bytes.saturating_add(4 * input.len() as u64);
    let deadline = Instant::now() + Duration::from_secs(limits.seconds) + GRACE;
    let (sender, receiver) = sync_channel(1);
    let outcome = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A reader that ends early does not want the rest.
            let _ = stdin.write_all(input);
        });
        scope.spawn(move || {
            let mut output = Vec::new();
            let read = stdout.take(most_output + 1).read_to_end(&mut output);
            // Nobody listens any more when a limit was passed.
            let _ = sender.send(read.map(|_| output));
        });
        let outcome = loop {
            match receiver.recv_timeout(LOOK) {
                Ok(Ok(output)) if output.len() as u64 > most_output => break Err(End::TooMuchText),
                Ok(Ok(output)) => break Ok(output),
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                    break Err(End::Failed("its answer was lost".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() > deadline => break Err(End::TooSlow),
                Err(RecvTimeoutError::Timeout) if memory_of(&child) > most_memory => {
                    break Err(End::TooMuchMemory);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        if outcome.is_err() {
            stop(&mut child);
        }
        outcome
    });
    let output = outcome?;
    // It has closed its output and has nothing more to say.
    match child.wait() {
        Ok(status) if status.success() => Ok(output),
        Ok(status) => Err(End::Failed(described(status))),
        Err(error) => Err(End::Failed(error.to_string())),
    }
}

/// Ends a process for good. It may be gone already.
fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Bytes of memory that a process holds; 0 where the system does not tell.
fn memory_of(child: &Child) -> u64 {
    /// Of every system that tells so.
    const PAGE: u64 = 4096;
    let pages = std::fs::read_to_string(format!("/proc/{}/statm", child.id())).ok();
    let pages = pages.as_deref().and_then(|t| t.split(' ').nth(1)).and_then(|n| n.parse::<u64>().ok());
    pages.unwrap_or(0).saturating_mul(PAGE)
}

fn described(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("signal {signal}");
    }
    status.code().map_or_else(|| "no exit code".to_owned(), |code| format!("exit code {code}"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, input: &[u8], limits: &Limits) -> Result<Vec<u8>, End> {
        supervise(Command::new("sh").args(["-c", script]), input, limits)
    }

    #[test]
    fn an_answer_comes_back_whatever_the_size_of_the_input() {
        let input = vec![b'x'; 1 << 20];
        assert_eq!(shell("cat", &input, &Limits::default()), Ok(input.clone()));
        assert_eq!(shell("echo done", &input, &Limits::default()), Ok(b"done\n".to_vec()));
    }

    #[test]
    fn a_crash_is_told_by_its_signal() {
        let crash = shell("kill -SEGV $$", b"", &Limits::default());
        assert_eq!(crash, Err(End::Failed("signal 11".to_owned())));
        let failure = shell("exit 3", b"", &Limits::default());
        assert_eq!(failure, Err(End::Failed("exit code 3".to_owned())));
    }

    #[test]
    fn a_reader_over_a_limit_is_stopped() {
        let limits = Limits { seconds: 0, ..Limits::default() };
        assert_eq!(shell("exec sleep 60", b"", &limits), Err(End::TooSlow));
        let limits = Limits { inflated_bytes: 1000, ..Limits::default() };
        assert_eq!(shell("exec yes", b"", &limits), Err(End::TooMuchText));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_reader_that_takes_all_memory_is_stopped() {
        let limits = Limits { memory_bytes: 20 << 20, ..Limits::default() };
        // `tail` keeps all of a line that does not end.
        let result = shell("exec tail -n 1 /dev/zero", b"", &limits);
        assert_eq!(result, Err(End::TooMuchMemory));
    }

    #[test]
    fn a_program_that_is_not_there_is_no_answer() {
        let missing = supervise(&mut Command::new("/nowhere/ibid"), b"", &Limits::default());
        assert_eq!(missing, Err(End::NotStarted));
    }
}
