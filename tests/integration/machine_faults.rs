//! A fault of the machine is none of the document: what was read of it stays, marked, and the next ingest tries again.

use super::harness::{Desk, Run};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A web page so large that it is read in a process of its own, which takes a while.
fn page(word: &str) -> String {
    let paragraph =
        format!("<p>The {word} of the northern strait carried wheat for the mills of the town.</p>\n");
    format!("<html><head><title>Ferries</title></head><body>{}</body></html>", paragraph.repeat(30_000))
}

/// Processes that a process started, by any of its threads.
#[cfg(target_os = "linux")]
fn children(process: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let lists = threads.filter_map(|t| std::fs::read_to_string(t.path().join("children")).ok());
    lists.flat_map(|l| l.split_whitespace().filter_map(|n| n.parse().ok()).collect::<Vec<_>>()).collect()
}

/// Starts an ingest and waits for its reader.
#[cfg(target_os = "linux")]
fn ingest_with_reader(desk: &Desk) -> (Child, u32) {
    let mut command = desk.command(["ingest", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        if let [reader, ..] = children(child.id())[..] {
            return (child, reader);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let _ = child.kill();
    let _ = child.wait();
    panic!("no reader was started");
}

/// Ingests, and kills the reader; the report.
#[cfg(target_os = "linux")]
fn ingest_with_killed_reader(desk: &Desk) -> serde_json::Value {
    let (child, reader) = ingest_with_reader(desk);
    assert!(
        std::process::Command::new("kill").args(["-KILL", &reader.to_string()]).status().unwrap().success()
    );
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn count(desk: &Desk, word: &str) -> String {
    desk.run(["search", "--count", "--no-near", "-q", word]).stdout.trim().to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_whose_reader_is_killed_keeps_its_passages_and_is_read_by_the_next_ingest() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    desk.write("seeds/page.html", page("ferries"));
    desk.run(["ingest"]).expect_code(0);
    let before = count(&desk, "ferries");
    assert_ne!(before, "0");
    desk.write("seeds/page.html", page("barges"));
    let report = ingest_with_killed_reader(&desk);
    assert_eq!((&report["kept"], &report["unchanged"]), (&1.into(), &1.into()), "{report}");
    let skipped = &report["skipped"][0];
    assert_eq!(
        (&skipped["path"], &skipped["kept"], &skipped["again"]),
        (&"page.html".into(), &true.into(), &true.into())
    );
    assert!(skipped["reason"].as_str().unwrap().contains("signal 9"), "{report}");
    assert_eq!((count(&desk, "ferries"), count(&desk, "barges")), (before, "0".to_owned()));
    desk.run(["sources"]).expect_stdout("of an earlier reading");
    let sources = desk.json(["sources", "--json"]);
    let row = sources["sources"].as_array().unwrap().iter().find(|s| s["path"] == "seeds/page.html").unwrap();
    assert!(row["kept_because"].as_str().unwrap().contains("signal 9"), "{row}");
    desk.run(["doctor"])
        .expect_code(1)
        .expect_stdout("could not be read")
        .expect_stdout("mend: ibid ingest\n");
    desk.run(["ingest"]).expect_code(0).expect_stderr("1 read, 1 unchanged");
    assert_eq!(count(&desk, "ferries"), "0");
    assert_ne!(count(&desk, "barges"), "0");
    desk.run(["doctor"]).expect_code(0);
    let row = desk.json(["sources", "--json"]);
    assert!(!row.to_string().contains("kept_because"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_ends_its_reader_three_times_is_refused_until_it_changes() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    desk.write("seeds/page.html", page("ferries"));
    for tries in 1..=2 {
        let report = ingest_with_killed_reader(&desk);
        assert_eq!((&report["skipped"][0]["tries"], &report["kept"]), (&tries.into(), &0.into()), "{report}");
    }
    let report = ingest_with_killed_reader(&desk);
    assert!(report["skipped"][0]["reason"].as_str().unwrap().contains("given up after 3 tries"), "{report}");
    desk.run(["ingest"]).expect_code(2).expect_stderr("0 read, 2 unchanged").expect_stderr("given up");
    desk.write("seeds/page.html", page("barges"));
    desk.run(["ingest"]).expect_code(0).expect_stderr("1 read");
    assert_ne!(count(&desk, "barges"), "0");
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_ends_with_the_ingest_that_started_it() {
    let desk = Desk::new();
    desk.write("seeds/page.html", page("ferries").repeat(20));
    let (mut child, reader) = ingest_with_reader(&desk);
    child.kill().unwrap();
    child.wait().unwrap();
    let is_there =
        || std::fs::read_to_string(format!("/proc/{reader}/stat")).is_ok_and(|s| !s.contains(") Z "));
    let start = Instant::now();
    while is_there() && start.elapsed() < Duration::from_millis(1500) {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!is_there(), "the reader goes on");
}

/// A limit of processes, as of a machine that has no room for more.
#[cfg(target_os = "linux")]
#[test]
fn where_no_thread_can_be_had_documents_are_read_all_the_same() {
    let desk = Desk::new();
    for i in 0..5 {
        desk.write(&format!("seeds/{i}.txt"), format!("The harbour number {i} was closed in that winter."));
    }
    let mut command = std::process::Command::new("prlimit");
    command.args(["--nproc=1", super::harness::PROGRAM, "ingest"]).current_dir(desk.path());
    let Ok(output) = command.output() else { return };
    // The limit does not hold for the superuser, and tantivy cannot write without threads; nothing is lost in either case.
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!stderr.contains("panicked"), "{stderr}");
    if output.status.success() {
        assert_eq!(count(&desk, "harbour"), "5");
    }
    desk.run(["ingest"]).expect_code(0);
    assert_eq!(count(&desk, "harbour"), "5");
}

#[cfg(unix)]
fn is_superuser(desk: &Desk) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let path = desk.path().join("closed");
    std::fs::write(&path, "x").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
    std::fs::read(path).is_ok()
}

/// Runs the program as somebody whom the rights of files hold back: nobody, for the superuser.
#[cfg(unix)]
fn run_held_back(desk: &Desk, args: &[&str]) -> Run {
    use std::os::unix::process::CommandExt;
    let mut command = desk.command(args);
    if is_superuser(desk) {
        command.uid(65534).gid(65534);
    }
    desk.finish(command)
}

#[cfg(target_os = "linux")]
#[test]
fn what_may_not_be_read_just_now_keeps_its_passages() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    desk.write("seeds/sub/b.txt", "The Frobnitz ferries of the northern strait carried wheat.");
    desk.write("seeds/gazetteer.tsv", "Frobnitz\tKZ\n");
    let mode = |path: &str, mode| {
        std::fs::set_permissions(desk.path().join(path), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("", 0o777);
    if is_superuser(&desk) && desk.command(["--version"]).uid(65534).gid(65534).output().is_err() {
        // The program lies where nobody else may go.
        return;
    }
    run_held_back(&desk, &["ingest"]).expect_code(0);
    // A file that has changed and may not be read.
    desk.write("seeds/a.txt", "The harbour of the southern strait was open in that summer.");
    mode("seeds/a.txt", 0o0);
    run_held_back(&desk, &["ingest"])
        .expect_code(2)
        .expect_stderr("stays in the index")
        .expect_stderr("kept");
    run_held_back(&desk, &["search", "--count", "winter"]).expect_stdout("1");
    mode("seeds/a.txt", 0o644);
    run_held_back(&desk, &["ingest"]).expect_code(0).expect_stderr("1 read");
    run_held_back(&desk, &["search", "--count", "-q", "winter"]).expect_stdout("0");
    // A folder that may not be listed, while what its documents depend on changes.
    mode("seeds/sub", 0o0);
    desk.write("seeds/gazetteer.tsv", "Frobnitz\tTJ\n");
    run_held_back(&desk, &["ingest"])
        .expect_code(2)
        .expect_stderr("sub: ")
        .expect_stderr("stays in the index");
    let found = run_held_back(&desk, &["search", "--count", "ferries"]).expect_stdout("1");
    assert!(!found.stderr.contains("removed"), "{}", found.stderr);
    mode("seeds/sub", 0o755);
    run_held_back(&desk, &["ingest"]).expect_code(0);
    run_held_back(&desk, &["search", "--count", "-c", "TJ", "ferries"]).expect_stdout("1");
    run_held_back(&desk, &["doctor"]).expect_code(0);
}

/// A kilobyte of memory is spent on each paragraph, however short: tables of numbers would take all there is.
#[test]
fn a_document_of_more_paragraphs_than_memory_may_hold_is_refused_with_the_reason() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    desk.write("seeds/numbers.csv", "1,2\n".repeat(1_000_001));
    desk.run(["ingest"])
        .expect_code(2)
        .expect_stderr("numbers.csv: over the limit")
        .expect_stderr("paragraphs");
    assert_eq!(count(&desk, "harbour"), "1");
    desk.run(["ingest"]).expect_stderr("0 read, 2 unchanged");
}

/// What is too large is asked before it is read: the file here takes no room on the disk.
#[test]
fn a_file_that_is_too_large_is_not_read() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    let film = std::fs::File::create(desk.path().join("seeds/film.mp4")).unwrap();
    film.set_len(40 << 30).unwrap();
    let start = Instant::now();
    desk.run(["ingest"])
        .expect_code(2)
        .expect_stderr("film.mp4: over the limit: the file has more than 256 MB");
    desk.run(["ingest"]).expect_stderr("0 read, 2 unchanged");
    desk.run(["doctor"]).expect_code(0);
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// Each line of the gazetteer is looked up at each ingest.
#[test]
fn a_large_gazetteer_is_read_at_once() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of Frobnitz 777 was closed in that winter.");
    let line = |i: u32| format!("Frobnitz {i}\t{}\n", ["Zimbabwe", "ZW", "Kazakhstan"][i as usize % 3]);
    desk.write("seeds/gazetteer.tsv", (0..60_000).map(line).collect::<String>());
    let start = Instant::now();
    desk.run(["ingest"]).expect_code(0);
    desk.run(["ingest"]).expect_code(0);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    desk.run(["search", "--count", "-c", "ZW", "harbour"]).expect_stdout("1");
}

/// `2>/dev/full`: the disk that takes the messages is full.
#[cfg(target_os = "linux")]
#[test]
fn messages_that_cannot_be_written_end_nothing() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    desk.write("seeds/b.bin", b"\x89PNG\r\n\x1a\n...");
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    for (args, code) in [(&["ingest"][..], 2), (&["search", "nowhere"], 1), (&["show", "nothing:1"], 2)] {
        let output = desk.command(args).stderr(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
    }
    let output = desk.command(["completions", "bash"]).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

/// The library names the file, and not the link to it.
#[cfg(unix)]
#[test]
fn a_link_within_the_seeds_is_in_step_with_what_was_read_of_it() {
    let desk = Desk::new();
    desk.write("seeds/p.txt", "Treaty of the harbour\n\nThe harbour treaty was signed by one and all.\n");
    std::os::unix::fs::symlink("p.txt", desk.path().join("seeds/link.txt")).unwrap();
    desk.write("seeds/library.bib", "@article{a2016, title={Relations with Kazakhstan}, author={Ahmed, Ali}, year={2016}, file={p.txt}}\n");
    desk.run(["ingest"]).expect_code(0);
    desk.run(["doctor"]).expect_code(0);
}
