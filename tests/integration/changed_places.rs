//! Folders and files of the seeds that become something else: links, pipes, other names.

use super::harness::Desk;
use std::process::Command;

const TREATY: &str = "The lighthouse of Minsk is in the treaty about corridors.";

fn pipe(path: &std::path::Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// What a desk's index says must be what an index from nothing says.
fn assert_as_from_nothing(desk: &Desk) {
    for args in [&["sources", "--json"][..], &["search", "--jsonl", "lighthouse"], &["sources", "--skipped"]]
    {
        let fresh = || [&["--index", "fresh"], args].concat();
        desk.run(["--index", "fresh", "ingest", "--rebuild", "-q", "--allow-empty"]);
        assert_eq!(desk.run(args).stdout, desk.run(fresh()).stdout, "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn documents_of_a_folder_that_is_none_any_more_leave_the_index() {
    use std::os::unix::fs::symlink;
    for becomes in ["link out", "link to nothing", "pipe", "file", "loop"] {
        let desk = Desk::new();
        desk.write("seeds/b.txt", "The harbour of Tashkent is in another treaty.");
        desk.write("seeds/sub/a.txt", TREATY);
        desk.run(["ingest"]).expect_code(0);
        let (sub, away) = (desk.path().join("seeds/sub"), desk.path().join("away"));
        std::fs::rename(&sub, &away).unwrap();
        match becomes {
            "link out" => symlink(&away, &sub).unwrap(),
            "link to nothing" => symlink("nowhere", &sub).unwrap(),
            "loop" => symlink("sub", &sub).unwrap(),
            "pipe" => pipe(&sub),
            _ => desk.write("seeds/sub", "The lake of Bishkek."),
        }
        desk.run(["ingest"]).expect_stderr("1 removed");
        desk.run(["search", "--count", "-q", "lighthouse"]).expect_code(1).expect_stdout("0");
        assert_as_from_nothing(&desk);
    }
}

#[test]
fn a_file_whose_name_says_another_format_is_read_again() {
    let desk = Desk::new();
    desk.write(
        "seeds/a.md",
        "---\ntitle: The Front Matter\nauthor: Ali Khan\ndate: 2016\n---\n\n# Trade with Minsk\n\nThe lighthouse treaty of railways was signed in Minsk.\n",
    );
    desk.run(["ingest"]).expect_code(0);
    std::fs::rename(desk.path().join("seeds/a.md"), desk.path().join("seeds/a.html")).unwrap();
    desk.run(["ingest"]).expect_stderr("1 read");
    assert_as_from_nothing(&desk);
    desk.run(["doctor"]).expect_code(0);
    // Under another name of the same kind it is only renamed.
    std::fs::rename(desk.path().join("seeds/a.html"), desk.path().join("seeds/b.html")).unwrap();
    desk.run(["ingest"]).expect_stderr("0 read, 1 unchanged");
}

/// Files that say something about the documents are opened as carefully as these.
#[cfg(unix)]
#[test]
fn pipes_devices_and_links_out_are_no_library_gazetteer_or_list_of_what_is_ignored() {
    let desk = Desk::new();
    desk.write("seeds/a.txt", TREATY);
    desk.write("outside.bib", "@misc{leak, title={From outside}, file={a.txt}}");
    desk.write("outside.tsv", "lighthouse\tKZ\n");
    desk.write("outside.ignore", "*.txt\n");
    let names = [
        "library.bib",
        "library.yml",
        "library.json",
        "library.ris",
        "gazetteer.tsv",
        ".gitignore",
        ".ignore",
    ];
    for name in names {
        let path = desk.path().join("seeds").join(name);
        let outside = ["outside.bib", "outside.tsv", "outside.ignore"]
            [usize::from(name.contains("gaz")) + 2 * usize::from(name.contains("ignore"))];
        for target in ["pipe", "/dev/zero", &format!("../{outside}")] {
            match target {
                "pipe" => pipe(&path),
                _ => std::os::unix::fs::symlink(target, &path).unwrap(),
            }
            let mut command = Command::new("timeout");
            command.args(["20", super::harness::PROGRAM, "ingest"]).current_dir(desk.path());
            let output = command.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(matches!(output.status.code(), Some(0 | 2)), "{name} {target}: {said}");
            assert!(said.contains(name), "{name} {target}: {said}");
            assert!(said.contains("regular file") || said.contains("leads out"), "{name} {target}: {said}");
            std::fs::remove_file(&path).unwrap();
            desk.run(["ingest"]).expect_code(0);
            let sources = desk.run(["sources", "--json"]);
            assert!(
                !sources.stdout.contains("leak") && sources.stdout.contains("a.txt"),
                "{}",
                sources.stdout
            );
        }
    }
}
