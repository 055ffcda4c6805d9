//! The index follows the seeds, whatever happens: histories, kills, faults, damage, locks, refusals.

use super::harness::{Desk, walk};
use std::process::Stdio;
use std::time::Duration;

/// Searches whose answers stand for the whole index.
const QUESTIONS: [&[&str]; 4] = [
    &["search", "corridor trade", "--json", "-n", "40"],
    &["search", "\"treaty\"", "--json", "-n", "40"],
    &["search", "wheat", "--json", "-n", "40", "-c", "KZ"],
    &["sources", "--json"],
];

fn answers(desk: &Desk) -> Vec<String> {
    QUESTIONS.iter().map(|q| desk.run(q.iter()).stdout).collect()
}

/// A document made of a number: five short paragraphs of changing words.
fn document(seed: u64) -> String {
    const WORDS: [&str; 16] = [
        "corridor",
        "trade",
        "treaty",
        "wheat",
        "Kazakhstan",
        "Minsk",
        "railway",
        "cotton",
        "agreement",
        "summit",
        "border",
        "Islamabad",
        "energy",
        "pipeline",
        "visit",
        "transit",
    ];
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut paragraph = || {
        let words: Vec<&str> = (0..18 + next() % 20).map(|_| WORDS[next() % WORDS.len()]).collect();
        format!("The {}.", words.join(" "))
    };
    (0..5).map(|_| paragraph()).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn any_history_gives_the_index_of_one_built_from_nothing() {
    for history in 0..4u64 {
        let desk = Desk::new();
        let mut state = history * 977 + 13;
        let mut next = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        desk.write("seeds/always.txt", document(1));
        for step in 0..12 {
            let path =
                |n: u64| format!("seeds/{}/d{n}.txt", if n.is_multiple_of(2) { "even" } else { "odd" });
            let (a, b) = (next(6), next(6));
            let there = desk.path().join(path(a)).exists();
            match next(4) {
                0 | 1 => desk.write(&path(a), document(next(9))),
                2 if there => std::fs::remove_file(desk.path().join(path(a))).unwrap(),
                _ if there => {
                    std::fs::create_dir_all(desk.path().join(path(b)).parent().unwrap()).unwrap();
                    std::fs::rename(desk.path().join(path(a)), desk.path().join(path(b))).unwrap();
                }
                _ => desk.write(&path(b), document(next(9))),
            }
            if step % 3 != 0 {
                desk.run(["-q", "ingest"]).expect_code(0);
            }
        }
        desk.run(["-q", "ingest"]).expect_code(0);
        let grown = answers(&desk);
        std::fs::remove_dir_all(desk.path().join("index")).unwrap();
        desk.run(["-q", "ingest"]).expect_code(0);
        assert_eq!(grown, answers(&desk), "history {history}");
    }
}

#[test]
fn passages_that_are_worth_the_same_come_in_the_order_of_their_files() {
    let text = |n: usize| {
        let places = ["Astana", "Almaty", "Aktau"];
        let report = format!("The report n{n} of Kazakhstan m{n} tells of trade.");
        let delegation = format!("The delegation n{n} went to {} by m{n} train.", places[n % 3]);
        format!("{report}\n\n{delegation}\n\nTrade n{n} and transit of m{n} Kazakhstan grew k{n}.\n")
    };
    let write = |desk: &Desk, n: usize| desk.write(&format!("seeds/n{n:03}.txt"), text(n));
    let built = Desk::new();
    (0..120).for_each(|n| write(&built, n));
    let grown = Desk::new();
    // From the last to the first, so that the numbers of documents go against their paths; some are read twice.
    for part in (0..6).rev() {
        grown.write("seeds/n003.txt", format!("Something else about trade, {part}.\n"));
        (0..120).filter(|n| n % 6 == part && *n != 3).for_each(|n| write(&grown, n));
        grown.run(["-q", "ingest"]).expect_code(0);
    }
    write(&grown, 3);
    grown.run(["-q", "ingest"]).expect_code(0);
    for query in [
        &["trade", "-n", "30"] as &[&str],
        &["trade transit Kazakhstan grew", "-n", "50"],
        &["country:KZ", "-n", "50"],
        &["\"of trade\" OR train", "-n", "20", "--offset", "30"],
        &["Astana~ -report", "-n", "3"],
    ] {
        let search = |desk: &Desk| {
            desk.run(["search", "--json"].iter().chain(query)).expect_code(0).stdout.replace("\r", "")
        };
        assert_eq!(search(&built), search(&grown), "{query:?}");
    }
    let found = built.json(["search", "trade", "--json", "-n", "3"]);
    let paths: Vec<_> =
        found["hits"].as_array().unwrap().iter().map(|h| h["source"]["path"].clone()).collect();
    assert_eq!(paths, ["n000.txt", "n000.txt", "n001.txt"].map(|path| format!("seeds/{path}")));
}

#[test]
fn what_did_not_change_is_not_read_again() {
    let desk = Desk::with_project_seeds();
    let read = |report: &serde_json::Value| {
        (report["read"].as_u64(), report["unchanged"].as_u64(), report["removed"].as_u64())
    };
    assert_eq!(read(&desk.json(["ingest", "--json"])), (Some(5), Some(0), Some(0)));
    assert_eq!(read(&desk.json(["ingest", "--json"])), (Some(0), Some(5), Some(0)));
    // Touched but equal, and moved: still the same document with the same ids.
    let before = desk.json(["search", "Dostarym", "--json"])["hits"][0]["id"].clone();
    let path = |p: &str| desk.path().join("seeds").join(p);
    let file = std::fs::File::options().append(true).open(path("003_ba11e397face5f67.txt")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000)).unwrap();
    std::fs::create_dir(path("moved")).unwrap();
    std::fs::remove_file(path("library.bib")).unwrap();
    desk.run(["-q", "ingest"]).expect_code(0);
    std::fs::rename(path("000_4b9742454827f352.txt"), path("moved/renamed.txt")).unwrap();
    assert_eq!(read(&desk.json(["ingest", "--json"])), (Some(0), Some(5), Some(0)));
    assert!(!before.is_null());
    desk.run(["doctor"]).expect_code(0);
}

#[test]
fn a_word_that_only_a_removed_source_had_is_not_suggested() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", "The Wakan strip is narrow and high, as travellers of old have said of it.\n");
    let long: Vec<String> = (0..50)
        .map(|i| format!("Paragraph {i} speaks of cotton and of trade between two neighbours.\n"))
        .collect();
    desk.write("seeds/b.txt", long.join("\n"));
    desk.run(["-q", "ingest"]).expect_code(0);
    desk.run(["search", "Wakhan"]).expect_code(0).expect_stdout("Wakan");
    std::fs::remove_file(desk.path().join("seeds/a.txt")).unwrap();
    desk.run(["-q", "ingest"]).expect_code(0);
    for query in [["search", "Wakhan"], ["search", "waka*"]] {
        let run = desk.run(query).expect_code(1);
        assert!(!run.stderr.contains("wakan"), "{}", run.stderr);
    }
    let explained = desk.run(["search", "--explain", "Wakhan cotton"]).expect_code(0);
    assert!(!explained.stdout.contains("wakan"), "{}", explained.stdout);
}

#[test]
fn empty_seeds_are_an_error_not_a_deletion() {
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    std::fs::remove_dir_all(desk.path().join("seeds")).unwrap();
    desk.run(["ingest"]).expect_code(2).expect_stderr("seeds");
    std::fs::create_dir(desk.path().join("seeds")).unwrap();
    desk.run(["ingest"]).expect_code(2).expect_stderr("--allow-empty");
    desk.run(["search", "Dostarym"]).expect_code(0);
    desk.run(["ingest", "--allow-empty"]).expect_code(0);
    desk.run(["search", "Dostarym"]).expect_code(1);
}

#[test]
fn killed_at_any_moment_the_index_is_the_old_or_the_new_one() {
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    let extra = |round: u64| desk.write("seeds/extra.txt", document(round % 7));
    for round in 0..200u64 {
        extra(round);
        let args: &[&str] =
            if round.is_multiple_of(5) { &["-q", "ingest", "--rebuild"] } else { &["-q", "ingest"] };
        let mut command = desk.command(args);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(round * 300 % 40_000));
        let _ = child.kill();
        child.wait().unwrap();
        let run = desk.run(["-q", "search", "Dostarym", "--json"]).expect_code(0);
        assert!(run.stdout.contains("Dostarym-2017"));
    }
    desk.run(["-q", "ingest"]).expect_code(0);
    desk.run(["doctor"]).expect_code(0);
    let files = walk(&desk.path().join("index"));
    assert!(files.len() < 60, "leftovers grow: {files:#?}");
}

#[cfg(feature = "fault-points")]
#[test]
fn fault_points_leave_the_old_or_the_new_index() {
    for point in ibid::index::fault::POINTS {
        for rebuild in [false, true] {
            let desk = Desk::with_project_seeds();
            desk.run(["-q", "ingest"]).expect_code(0);
            desk.write("seeds/extra.txt", document(3));
            let mut command =
                desk.command(if rebuild { vec!["-q", "ingest", "--rebuild"] } else { vec!["-q", "ingest"] });
            command.env("IBID_FAULT", point).stderr(Stdio::null());
            let status = command.status().unwrap();
            desk.run(["-q", "search", "Dostarym"]).expect_code(0);
            desk.run(["-q", "ingest"]).expect_code(0);
            desk.run(["doctor"]).expect_code(0);
            if rebuild {
                assert!(!status.success(), "{point} was not met");
            }
        }
    }
}

#[test]
fn searches_never_fail_while_an_ingest_runs() {
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    let mut writer = desk.command(["-q", "ingest", "--rebuild"]);
    writer.stdout(Stdio::null()).stderr(Stdio::null());
    for _ in 0..12 {
        let mut child = writer.spawn().unwrap();
        for _ in 0..4 {
            desk.run(["-q", "search", "Dostarym"]).expect_code(0);
        }
        child.wait().unwrap();
    }
}

#[test]
fn a_second_ingest_waits_or_says_who_holds_the_lock() {
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    let lock = std::fs::File::options().write(true).open(desk.path().join("index/.ibid.lock")).unwrap();
    lock.lock().unwrap();
    desk.run(["ingest", "--no-wait"]).expect_code(75).expect_stderr("process");
    desk.run(["search", "Dostarym"]).expect_code(0);
    drop(lock);
    desk.run(["ingest", "--no-wait"]).expect_code(0);
}

#[test]
fn damage_anywhere_is_found_and_mended() {
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    let sound = desk.run(["-q", "search", "Wakhan corridor", "--json"]).stdout;
    let files = walk(&desk.path().join("index"));
    for file in files.iter().filter(|f| !f.starts_with('.') && !f.ends_with(".json")) {
        let path = desk.path().join("index").join(file);
        let whole = std::fs::read(&path).unwrap();
        for damage in ["flipped", "truncated"] {
            let mut bytes = whole.clone();
            match damage {
                "flipped" => {
                    let middle = bytes.len() / 2;
                    bytes[middle] ^= 0x40;
                }
                _ => bytes.truncate(whole.len() / 2),
            }
            std::fs::write(&path, &bytes).unwrap();
            let run = desk.run(["-q", "search", "Wakhan corridor", "--json"]);
            assert!(matches!(run.code, Some(0..=2)), "{file} {damage}");
            desk.run(["doctor"]).expect_code(1);
        }
        std::fs::write(&path, &whole).unwrap();
    }
    let path = desk.path().join("index").join(files.iter().find(|f| f.ends_with(".store")).unwrap());
    std::fs::write(&path, b"nonsense").unwrap();
    desk.run(["-q", "ingest", "--rebuild"]).expect_code(0);
    assert_eq!(desk.run(["-q", "search", "Wakhan corridor", "--json"]).stdout, sound);
}

#[cfg(unix)]
#[test]
fn odd_entries_of_the_seeds_are_named_and_passed_over() {
    let desk = Desk::with_project_seeds();
    let seeds = desk.path().join("seeds");
    std::os::unix::fs::symlink(".", seeds.join("loop")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", seeds.join("outside.txt")).unwrap();
    desk.write("private/diary.txt", "Nobody is to find this diary.");
    std::os::unix::fs::symlink("../private", seeds.join("away")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(seeds.join("pipe")).status().unwrap();
    assert!(made.success());
    desk.write("seeds/.hidden.txt", "not mine");
    desk.write("seeds/.gitignore", "drafts/\n");
    desk.write("seeds/drafts/notes.txt", "not to be indexed");
    let run = desk.run(["ingest", "--json"]).expect_code(2);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["read"], 5);
    let skipped: Vec<&str> =
        report["skipped"].as_array().unwrap().iter().map(|s| s["path"].as_str().unwrap()).collect();
    assert!(["pipe", "outside.txt", "away", "loop"].iter().all(|s| skipped.contains(s)), "{skipped:?}");
    desk.run(["sources", "--skipped"]).expect_stdout("outside.txt");
}

#[test]
fn what_a_browser_saves_beside_a_page_is_left_out_and_named() {
    let desk = Desk::with_project_seeds();
    let page = "<p>The ferry crossed the strait on Monday, for the first time since the storm, with forty lorries.</p>";
    desk.write("seeds/ferry.html", page);
    desk.write(
        "seeds/ferry_files/frame.html",
        "<p>Buy a boat, a sail and a compass, and be at home on every sea of the world.</p>",
    );
    desk.write("seeds/lake.htm", page);
    desk.write("seeds/lake-Dateien/a.js", "let boat = 1;");
    desk.write(
        "seeds/old_files/letter.txt",
        "The pier is old, and nobody has looked at its piles since the storm of that year.",
    );
    desk.write("seeds/style.css", "p { margin: 0 }");
    let run = desk.run(["ingest", "--json"]).expect_code(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let skipped = report["skipped"].as_array().unwrap();
    let reason = |path: &str| skipped.iter().find(|s| s["path"] == path).map(|s| s["reason"].to_string());
    assert!(reason("ferry_files").unwrap().contains("ferry.html"), "{skipped:?}");
    assert!(reason("lake-Dateien").unwrap().contains("lake.htm"), "{skipped:?}");
    assert!(reason("style.css").unwrap().contains("style sheet"), "{skipped:?}");
    assert_eq!(skipped.len(), 3);
    desk.run(["sources"]).expect_stdout("old_files/letter.txt");
    // What cannot be read for another reason is a failure beside them, too.
    desk.write("seeds/page.ps", "%!PS-Adobe-3.0");
    desk.run(["ingest"]).expect_code(2).expect_stderr("PostScript");
    assert_eq!(desk.run(["ingest"]).code, Some(2));
}

#[cfg(unix)]
#[test]
fn an_index_that_cannot_be_written_is_searched_and_kept() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    let answer = desk.run(["-q", "search", "Wakhan corridor", "--json"]).expect_code(0).stdout;
    let index = desk.path().join("index");
    let allow = |mode| std::fs::set_permissions(&index, std::fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    let is_obeyed = std::fs::write(index.join(".tmp-try"), "").is_err();
    let found = desk.run(["-q", "search", "Wakhan corridor", "--json"]);
    // The superuser writes where nobody may: then there is nothing to see.
    desk.write("seeds/new.txt", "A new document on the trade of Kazakhstan.");
    let refused = is_obeyed.then(|| desk.run(["ingest", "--rebuild"]));
    allow(0o755);
    assert_eq!(found.expect_code(0).stdout, answer);
    if let Some(refused) = refused {
        let refused = refused.expect_code(2);
        assert!(refused.stderr.contains("ermission denied"), "{}", refused.stderr);
        desk.run(["doctor"]).expect_code(1);
    }
    desk.run(["-q", "ingest"]).expect_code(0);
    desk.run(["doctor"]).expect_code(0);
}

#[test]
fn a_clock_that_goes_backwards_hides_no_change() {
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    let set_time = |seconds: u64| {
        let path = desk.path().join("seeds/new.txt");
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        std::fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    for (text, seconds) in [("first zebra", 2_000_000_000), ("other heron", 86_400), ("third otter", 0)] {
        desk.write("seeds/new.txt", format!("It tells of a {text} and nothing more."));
        set_time(seconds);
        desk.run(["-q", "ingest"]).expect_code(0);
        desk.run(["-q", "search", text]).expect_stdout(text);
    }
    desk.run(["-q", "search", "\"first zebra\""]).expect_code(1);
}

#[test]
fn a_search_says_that_the_library_file_changed() {
    let desk = Desk::with_project_seeds();
    desk.run(["-q", "ingest"]).expect_code(0);
    let stale = || desk.json(["search", "Wakhan corridor", "--json"])["index"]["stale"].clone();
    assert_eq!(stale(), false);
    let path = desk.path().join("seeds/library.bib");
    let text = std::fs::read_to_string(&path).unwrap();
    desk.write("seeds/library.bib", text + "\n% settled\n");
    std::fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000))
        .unwrap();
    desk.run(["search", "Wakhan corridor"]).expect_stderr("library.bib");
    assert_eq!(stale(), true);
    desk.run(["-q", "ingest"]).expect_code(0);
    assert_eq!(stale(), false);
    desk.write("seeds/gazetteer.tsv", "Khunjerab\tPK\n");
    assert_eq!(stale(), true);
    desk.run(["-q", "ingest"]).expect_code(0);
    assert_eq!(stale(), false);
}

#[test]
fn a_search_over_many_documents_says_what_changed_of_what_it_shows() {
    let desk = Desk::new();
    for n in 0..1030 {
        desk.write(
            &format!("seeds/f{}/n{n:04}.txt", n % 7),
            format!("The report number{n} is about trade.\n"),
        );
    }
    desk.run(["-q", "ingest"]).expect_code(0);
    let index = |query: &str| desk.json(["search", query, "--json"])["index"].clone();
    assert_eq!(index("number700")["stale"], false);
    desk.write("seeds/f0/n0700.txt", "The report number700 is about something else by now.\n");
    assert_eq!(index("number700")["changed"][0], "f0/n0700.txt");
    desk.write("seeds/f0/new.txt", "A new one.");
    assert!(index("number3")["changed"].as_array().unwrap().iter().any(|f| f == "f0/new.txt"));
    desk.run(["-q", "ingest"]).expect_code(0);
    assert_eq!(index("number700")["stale"], false);
    // Touched, not changed: its source is not written again, the table of files knows the new time.
    let touched = std::fs::File::options().write(true).open(desk.path().join("seeds/f1/n0701.txt")).unwrap();
    touched.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000)).unwrap();
    assert_eq!(index("number701")["changed"][0], "f1/n0701.txt");
    desk.run(["ingest"]).expect_stderr("0 read");
    assert_eq!(index("number701")["stale"], false);
    desk.run(["doctor"]).expect_code(0);
}
