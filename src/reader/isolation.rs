//! A process of its own for a document that may break its parser.
//!
//! The program starts itself once more, hands the bytes over and takes the [`Document`] back. What a parser does
//! there (a crash, an endless loop, all memory, no end of output) ends with that process, and the reason is given for
//! the one file. Used as a library, without the program, documents are read in this process.

mod serve;
mod spent;

use super::{Limits, ReadError, name, read_here};
use crate::document::{Document, Format};
use serve::Errand;
use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
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
    let mut args = std::env::args_os().skip(1);
    if args.next().is_none_or(|mark| mark != MARK) {
        return None;
    }
    let args = args.map(|arg| arg.to_string_lossy().into_owned());
    Some(Errand::of(args).map_or(ExitCode::from(2), |errand| errand.run(GRACE)))
}

/// Reads a document in a process of its own, or here when no program was chosen or it is no longer there.
///
/// # Errors
/// [`ReadError`].
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let Some(program) = PROGRAM.get() else { return read_here(format, bytes, limits) };
    let length = bytes.len() as u64;
    let errand = Errand { format, length, limits: *limits, memory: most_memory(bytes, limits) };
    let mut command = Command::new(program);
    command.arg(MARK).args(errand.arguments());
    let answer = match supervise(&mut command, bytes, limits) {
        Ok(answer) => answer,
        Err(End::NotThere) => return read_here(format, bytes, limits),
        Err(End::TooSlow) => return Err(ReadError::TooSlow(limits.seconds)),
        Err(End::TooMuchMemory) => {
            let megabytes = limits.memory_bytes >> 20;
            return Err(ReadError::Limit(format!("reading it takes more than {megabytes} MB of memory")));
        }
        Err(End::TooMuchText) => {
            return Err(ReadError::Limit("it unpacks to more than a document has".to_owned()));
        }
        Err(End::Crashed(how)) => {
            return Err(ReadError::broken(name(format), format!("its reader crashed on it ({how})")));
        }
        Err(End::Starved) => return Err(starved(limits.seconds)),
        Err(End::Fault(what)) => return Err(ReadError::Fault(what)),
    };
    serde_json::from_slice(&answer)
        .unwrap_or_else(|_| Err(ReadError::Fault("the answer of its reader was lost".to_owned())))
}

/// Bytes that the process may hold.
fn most_memory(input: &[u8], limits: &Limits) -> u64 {
    limits.memory_bytes.saturating_add(4 * input.len() as u64)
}

/// The reason for a reader that was given too little of the processor to be called slow.
fn starved(seconds: u64) -> ReadError {
    ReadError::Fault(format!(
        "not read within {seconds} seconds: the machine gave its reader too little time"
    ))
}

/// How a reader ended that gave no answer.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// There is no such program.
    NotThere,
    TooSlow,
    TooMuchMemory,
    TooMuchText,
    /// By itself, on what it read.
    Crashed(String),
    /// Out of time, most of which it did not have.
    Starved,
    /// By what may not come again.
    Fault(String),
}

impl End {
    fn fault(what: &str, error: &std::io::Error) -> End {
        End::Fault(format!("{what}: {error}"))
    }
}

/// Runs the command with `input`; its whole output. It is killed over any limit.
fn supervise(command: &mut Command, input: &[u8], limits: &Limits) -> Result<Vec<u8>, End> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::PermissionDenied => End::NotThere,
        _ => End::fault("its reader cannot be started", &error),
    })?;
    let pipes = child.stdin.take().zip(child.stdout.take());
    let lost = || End::Fault("its reader cannot be spoken to".to_owned());
    let outcome = pipes.ok_or_else(lost).and_then(|pipes| converse(&mut child, pipes, input, limits));
    if outcome.is_err() {
        stop(&mut child);
    }
    let output = outcome?;
    // It has closed its output and has nothing more to say.
    match child.wait() {
        Ok(status) if status.success() => Ok(output),
        Ok(status) => Err(ended(status)),
        Err(error) => Err(End::fault("how its reader ended is not known", &error)),
    }
}

/// Hands the input over and takes the output, each on a thread of its own, while this one watches the limits. The child
/// is killed over any of them, so that both threads end.
fn converse(
    child: &mut Child,
    (stdin, stdout): (ChildStdin, ChildStdout),
    input: &[u8],
    limits: &Limits,
) -> Result<Vec<u8>, End> {
    // An answer is the text once more, escaped, and the places of its lines.
    let most_output = limits.inflated_bytes.saturating_mul(2);
    let (sender, receiver) = sync_channel(1);
    std::thread::scope(|scope| {
        let hand_over = move || {
            let mut stdin = stdin;
            // A reader that ends early does not want the rest, and one that got less than it was told of says so.
            let _ = stdin.write_all(input);
        };
        let take = move || {
            let mut output = Vec::new();
            let read = stdout.take(most_output + 1).read_to_end(&mut output);
            // Nobody listens any more when a limit was passed.
            let _ = sender.send(read.map(|_| output));
        };
        let spawned = std::thread::Builder::new()
            .spawn_scoped(scope, hand_over)
            .and_then(|_| std::thread::Builder::new().spawn_scoped(scope, take));
        let outcome = match spawned {
            Ok(_) => {
                await_answer(child, &receiver, most_output, (most_memory(input, limits), limits.seconds))
            }
            Err(error) => Err(End::fault("no thread to read it with", &error)),
        };
        if outcome.is_err() {
            let _ = child.kill();
        }
        outcome
    })
}

/// Waits for the whole output within the limits of bytes, memory and seconds.
fn await_answer(
    child: &Child,
    receiver: &Receiver<std::io::Result<Vec<u8>>>,
    most_output: u64,
    (most_memory, seconds): (u64, u64),
) -> Result<Vec<u8>, End> {
    let process = child.id().to_string();
    let deadline = Instant::now() + Duration::from_secs(seconds) + GRACE;
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(Ok(output)) if output.len() as u64 > most_output => return Err(End::TooMuchText),
            Ok(Ok(output)) => return Ok(output),
            Ok(Err(error)) => return Err(End::fault("the answer of its reader was lost", &error)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(End::Fault("the answer of its reader was lost".to_owned()));
            }
            Err(RecvTimeoutError::Timeout) if Instant::now() > deadline => {
                return Err(if spent::has_worked(&process, seconds) { End::TooSlow } else { End::Starved });
            }
            Err(RecvTimeoutError::Timeout) => {
                if spent::memory(&process).is_some_and(|bytes| bytes > most_memory) {
                    return Err(End::TooMuchMemory);
                }
            }
        }
    }
}

/// Ends a process for good. It may be gone already.
fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// What a status says that is no success. A parser that reads or calculates wrongly ends by a signal of its own; the others
/// come from outside, and an abort may be want of memory.
fn ended(status: ExitStatus) -> End {
    /// Signals of POSIX for what a program itself does wrong: SIGILL, SIGBUS here and elsewhere, SIGFPE, SIGSEGV.
    const OWN: [i32; 5] = [4, 7, 8, 10, 11];
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let how = format!("signal {signal}");
        return if OWN.contains(&signal) {
            End::Crashed(how)
        } else {
            End::Fault(format!("its reader was ended ({how})"))
        };
    }
    match status.code() {
        Some(code) if code == i32::from(serve::TOO_MUCH_MEMORY) => End::TooMuchMemory,
        Some(code) => End::Fault(format!("its reader gave up (exit code {code})")),
        None => End::Fault("its reader ended without a code".to_owned()),
    }
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
    fn a_crash_is_told_from_what_comes_from_outside() {
        let end = |script: &str| shell(script, b"", &Limits::default()).unwrap_err();
        assert_eq!(end("kill -SEGV $$"), End::Crashed("signal 11".to_owned()));
        for (script, how) in
            [("kill -KILL $$", "signal 9"), ("kill -ABRT $$", "signal 6"), ("exit 2", "code 2")]
        {
            assert!(matches!(end(script), End::Fault(what) if what.contains(how)), "{script}");
        }
        assert_eq!(end("exit 3"), End::TooMuchMemory);
    }

    #[test]
    fn a_reader_over_a_limit_is_stopped() {
        let limits = Limits { seconds: 1, ..Limits::default() };
        assert_eq!(shell("exec sleep 60", b"", &limits), Err(End::Starved));
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
        assert_eq!(missing, Err(End::NotThere));
    }
}
