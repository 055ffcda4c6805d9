//! Runs the real program in a private folder and shows everything when an expectation fails.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_ibid");

/// A private folder with `seeds/`, removed at the end.
pub struct Desk {
    dir: TempDir,
}

/// What a run printed and how it ended.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
    shown: String,
}

impl Desk {
    /// An empty folder with an empty `seeds/` in it.
    pub fn new() -> Desk {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("seeds")).unwrap();
        Desk { dir }
    }

    /// A folder with the project's own seeds.
    pub fn with_project_seeds() -> Desk {
        let desk = Desk::new();
        for entry in fs::read_dir(project().join("seeds")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, desk.path().join("seeds").join(path.file_name().unwrap())).unwrap();
        }
        desk
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file below the folder.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The program, ready to run here, with nothing of the surroundings that could change what it prints.
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.path()).args(args).stdin(Stdio::null());
        for variable in ["IBID_SEEDS", "IBID_INDEX", "NO_COLOR", "COLUMNS", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the program here.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        let mut command = self.command(args);
        let output = command.output().unwrap();
        Run::of(&command, output, self.path())
    }

    /// Runs a command to its end.
    pub fn finish(&self, mut command: Command) -> Run {
        let output = command.output().unwrap();
        Run::of(&command, output, self.path())
    }

    /// Runs the program with a text on stdin.
    pub fn run_with_input<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>, input: &str) -> Run {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Run::of(&command, output, self.path())
    }

    /// Runs the program and reads its stdout as JSON; it must exit with 0.
    pub fn json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> serde_json::Value {
        let run = self.run(args).expect_code(0);
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("not JSON: {e}\n{}", run.shown))
    }

    /// Runs the program and reads its stdout as JSON Lines; it must exit with 0.
    pub fn jsonl<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Vec<serde_json::Value> {
        let run = self.run(args).expect_code(0);
        run.stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }
}

impl Run {
    fn of(command: &Command, output: Output, dir: &Path) -> Run {
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        let files: Vec<String> = walk(dir);
        let shown = format!(
            "command: {command:?}\nstatus: {}\nfiles: {files:?}\nstdout:\n{stdout}\nstderr:\n{stderr}",
            output.status
        );
        assert!(!stderr.contains("panicked at"), "the program panicked\n{shown}");
        Run { stdout, stderr, code, shown }
    }

    /// Fails unless the program ended with `code`.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "{}", self.shown);
        self
    }

    /// Fails unless stdout has `text`.
    #[track_caller]
    pub fn expect_stdout(self, text: &str) -> Run {
        assert!(self.stdout.contains(text), "stdout lacks {text:?}\n{}", self.shown);
        self
    }

    /// Fails unless stderr has `text`.
    #[track_caller]
    pub fn expect_stderr(self, text: &str) -> Run {
        assert!(self.stderr.contains(text), "stderr lacks {text:?}\n{}", self.shown);
        self
    }
}

/// The root of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, sorted.
pub fn walk(dir: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(dir).unwrap().display().to_string());
            }
        }
    }
    files.sort();
    files
}
