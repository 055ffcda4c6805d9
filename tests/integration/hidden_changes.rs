//! Files that are not what their names or times say.

use super::harness::Desk;

/// Words in the same number of letters.
const BEFORE: &str =
    "The ferries of the northern strait carried wheat for the mills of the old town in that winter.";

/// Programs that copy files set the time of the last change back to what it was.
#[cfg(unix)]
#[test]
fn a_change_that_leaves_size_and_time_as_they_were_is_seen() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", BEFORE);
    desk.write("draft.md", "\u{201c}carried wheat for the mills of the old town\u{201d}\n");
    desk.run(["ingest"]).expect_code(0);
    let path = desk.path().join("seeds/a.txt");
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    desk.write("seeds/a.txt", BEFORE.replace("wheat", "maize"));
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(time).unwrap();
    desk.run(["search", "wheat"]).expect_stderr("changed a.txt");
    desk.run(["ingest"]).expect_stderr("1 read");
    assert!(desk.run(["check", "draft.md"]).code != Some(0));
    desk.run(["search", "--count", "--no-near", "maize"]).expect_stdout("1");
}

/// A copy with the rights changed is no other text.
#[cfg(unix)]
#[test]
fn other_rights_of_a_file_are_no_change_of_its_words() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write("seeds/a.txt", BEFORE);
    desk.run(["ingest"]).expect_code(0);
    let path = desk.path().join("seeds/a.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let run = desk.run(["search", "wheat"]).expect_code(0);
    assert!(!run.stderr.contains("changed"), "{}", run.stderr);
    desk.run(["doctor"]).expect_code(0);
    desk.run(["ingest"]).expect_stderr("0 read, 1 unchanged");
}

/// Names in the encodings of old archives are no UTF-8.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_read_and_shown() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    let name = std::ffi::OsStr::from_bytes(b"\xC4\xEE\xE3\xEE\xE2\xEE\xF0.txt");
    std::fs::write(desk.path().join("seeds").join(name), BEFORE).unwrap();
    desk.run(["ingest"]).expect_code(0).expect_stderr("1 read");
    desk.run(["sources"]).expect_stdout("%C4%EE%E3%EE%E2%EE%F0.txt");
    desk.run(["search", "wheat"]).expect_code(0).expect_stdout("northern strait");
    desk.run(["doctor"]).expect_code(0);
    desk.run(["ingest"]).expect_stderr("0 read, 1 unchanged");
}
