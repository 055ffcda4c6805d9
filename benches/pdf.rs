//! How fast PDF files are read, against `pdftotext` on the same files in the same run.
//!
//! `cargo bench --bench pdf [-- FOLDER]`: the PDF files of the folder, or files made here. Both use all cores, and start a
//! process a file.

#[path = "../tests/made/mod.rs"]
mod made;

use ibid::reader::{self, Limits, isolation};
use made::pdf;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Runs of each, of which the fastest counts: the least disturbed.
const RUNS: usize = 5;

fn main() -> ExitCode {
    if let Some(exit) = isolation::serve() {
        return exit;
    }
    isolation::use_this_program();
    let folder = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let Ok(made_here) = tempfile::tempdir() else { return ExitCode::from(2) };
    let files = match &folder {
        Some(folder) => of_folder(Path::new(folder)),
        None => made_files(made_here.path()),
    };
    let bytes: u64 = files.iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
    println!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    let ours = fastest(&files, |file| {
        let read = |bytes: Vec<u8>| reader::read(file, &bytes, &Limits::default()).is_ok();
        std::fs::read(file).is_ok_and(read)
    });
    println!("ibid       {:7.1} ms", ours.as_secs_f64() * 1e3);
    let present = Command::new("pdftotext").arg("-v").stderr(Stdio::null()).stdout(Stdio::null()).status();
    if present.is_err() {
        println!("pdftotext  is not there: nothing to compare with");
        return ExitCode::SUCCESS;
    }
    let theirs = fastest(&files, |file| Command::new("pdftotext").arg(file).arg("-").output().is_ok());
    println!("pdftotext  {:7.1} ms", theirs.as_secs_f64() * 1e3);
    println!("ibid has {:.2} times the speed of pdftotext", theirs.as_secs_f64() / ours.as_secs_f64());
    ExitCode::SUCCESS
}

/// The shortest time in which all files are read on all cores.
fn fastest(files: &[PathBuf], read: impl Fn(&Path) -> bool + Sync) -> Duration {
    let once = || {
        let (next, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let started = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if !read(file) {
                            failed.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        if failed.load(Ordering::Relaxed) > 0 {
            println!("{} files cannot be read", failed.load(Ordering::Relaxed));
        }
        started.elapsed()
    };
    (0..RUNS).map(|_| once()).min().unwrap_or_default()
}

fn of_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")));
    files.sort();
    files
}

/// Sixteen reports of twenty pages in two columns.
fn made_files(folder: &Path) -> Vec<PathBuf> {
    let line = "The ministers met in Minsk and spoke of transit and";
    let column = |x: u32| -> String { (0..50).map(|n| pdf::show(x, 740 - 14 * n, 10, line)).collect() };
    let page = column(50) + &column(320);
    let report = pdf::pages(&vec![page; 20], "", "");
    let write = |n: usize| {
        let path = folder.join(format!("{n}.pdf"));
        std::fs::write(&path, &report).ok().map(|()| path)
    };
    (0..16).filter_map(write).collect()
}
