//! Bad input of every sort: a clear message, the right exit code, never a panic.

use super::harness::Desk;

#[test]
fn unknown_flags_are_errors() {
    let desk = Desk::new();
    desk.run(["search", "--frobnicate", "x"]).expect_code(2).expect_stderr("--frobnicate");
}

#[test]
fn a_missing_seeds_folder_is_named() {
    let desk = Desk::new();
    let run = desk.run(["--seeds", "nowhere", "search", "x"]).expect_code(2);
    assert_eq!(run.stdout, "");
    run.expect_stderr("nowhere");
}

#[test]
fn an_empty_seeds_folder_is_said() {
    let desk = Desk::new();
    desk.run(["search", "x"]).expect_code(2).expect_stderr("seeds");
}

#[test]
fn a_foreign_index_folder_is_not_touched() {
    let desk = Desk::with_project_seeds();
    desk.write("index/letters.txt", "mine");
    desk.run(["search", "x"]).expect_code(2).expect_stderr("index");
    assert_eq!(std::fs::read_to_string(desk.path().join("index/letters.txt")).unwrap(), "mine");
}

#[test]
fn a_corrupt_index_says_what_mends_it() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest"]).expect_code(0);
    desk.write("index/meta.json", "{");
    for args in [["search", "trade"], ["show", "x:1"]] {
        desk.run(args).expect_code(2).expect_stderr("ibid ingest");
    }
    desk.run(["ingest"]).expect_code(0);
    desk.run(["search", "trade"]).expect_code(0);
}

#[test]
fn one_bad_file_never_stops_the_run() {
    let desk = Desk::with_project_seeds();
    desk.write("seeds/broken.pdf", b"%PDF-1.7\ngarbage");
    desk.write("seeds/empty.txt", "");
    desk.write("seeds/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\0");
    let run = desk.run(["ingest", "--json"]).expect_code(2);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["read"], 5);
    let skipped: Vec<&str> =
        report["skipped"].as_array().unwrap().iter().map(|s| s["path"].as_str().unwrap()).collect();
    assert!(skipped.iter().any(|p| p.ends_with("broken.pdf")), "{skipped:?}");
    desk.run(["search", "Dostarym"]).expect_code(0);
}

#[test]
fn queries_of_any_sort_get_an_answer() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest"]).expect_code(0);
    let long = "trade ".repeat(2_000);
    let odd = [
        "?!…",
        "\"",
        "((((",
        "AND",
        "NOT",
        "*",
        "~",
        "field:",
        "Pakistan's",
        "trade: 2021",
        "http://a.b/c?d=e",
    ];
    for query in odd.into_iter().chain([long.as_str()]) {
        let run = desk.run(["search", "--", query]);
        assert!(matches!(run.code, Some(0 | 1)), "{query}: {:?} {}", run.code, run.stderr);
    }
}

#[test]
fn unknown_names_are_errors_that_suggest() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest"]).expect_code(0);
    desk.run(["search", "-c", "Kazakstann", "x"]).expect_code(2).expect_stderr("Kazakhstan");
    desk.run(["search", "-k", "bodyy", "x"]).expect_code(2).expect_stderr("body");
    desk.run(["cite", "nobody2020"]).expect_code(2).expect_stderr("nobody2020");
    desk.run(["show", "nobody2020:3"]).expect_code(2).expect_stderr("nobody2020");
}

#[test]
fn terminal_escapes_in_a_document_are_shown_not_obeyed() {
    let desk = Desk::new();
    desk.write("seeds/hostile.txt", "The treaty\u{1b}[2J\u{1b}]0;owned\u{7} was signed in Minsk in 2015.\n");
    let run = desk.run(["search", "treaty"]).expect_code(0);
    assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{7}'), "{:?}", run.stdout);
}
