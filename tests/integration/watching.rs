//! `ingest --watch` keeps up with the seeds, and rests when they do.

use super::harness::Desk;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A process that is ended with the test.
struct Watch(Child);

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn watch(desk: &Desk, seeds: &str) -> Watch {
    let said = std::fs::File::create(desk.path().join("said")).unwrap();
    let mut command = desk.command(["--seeds", seeds, "ingest", "--watch"]);
    let watch = Watch(command.stdout(Stdio::null()).stderr(said).spawn().unwrap());
    until(|| said_lines(desk) > 0);
    watch
}

fn said_lines(desk: &Desk) -> usize {
    std::fs::read_to_string(desk.path().join("said")).unwrap().lines().count()
}

#[track_caller]
fn until(done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(30), "in vain");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_index_among_the_seeds_is_no_change_of_them() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    let index = desk.path().join("seeds/index");
    let said = std::fs::File::create(desk.path().join("said")).unwrap();
    let mut command = desk.command(["--seeds", "seeds", "ingest", "--watch", "--index"]);
    command.arg(&index).stdout(Stdio::null()).stderr(said);
    let _watch = Watch(command.spawn().unwrap());
    until(|| said_lines(&desk) > 0);
    std::thread::sleep(Duration::from_secs(2));
    // One more for the folder of the index, which is new among the seeds.
    assert!(said_lines(&desk) <= 2, "{}", said_lines(&desk));
    let before = said_lines(&desk);
    desk.write("seeds/b.txt", "The ferries of the northern strait carried wheat.");
    until(|| said_lines(&desk) > before);
}

#[test]
fn seeds_in_whose_place_another_folder_is_put_are_watched_on() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The harbour of the southern strait was closed in that winter.");
    let _watch = watch(&desk, "seeds");
    let seeds = desk.path().join("seeds");
    std::fs::rename(&seeds, desk.path().join("old")).unwrap();
    desk.write("seeds/a.txt", "The lake of the northern plain was frozen in that winter.");
    let finds = |word: &str| desk.run(["search", "--count", "-q", "--no-near", word]).stdout.trim() == "1";
    until(|| finds("frozen"));
    desk.write("seeds/b.txt", "The ferries of the northern strait carried wheat.");
    until(|| finds("ferries"));
}
