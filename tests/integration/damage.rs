//! An index that is not what was written is no answer: that is said, with the one command that mends it, and a plain ingest
//! mends what it meets.

use super::harness::{Desk, walk};
use std::path::PathBuf;

/// Documents of several sources, one of which has changed since, so that there is a file of deletions.
fn desk() -> Desk {
    let desk = Desk::new();
    for i in 0..30 {
        desk.write(
            &format!("seeds/{i}.txt"),
            format!(
                "Report number {i}\n\nThe harbour of strait {i} was closed in the winter of {}.",
                1950 + i
            ),
        );
    }
    desk.run(["-q", "ingest"]).expect_code(0);
    desk.write("seeds/7.txt", "Report number 7\n\nThe harbour of strait 7 was open in that summer.");
    desk.run(["-q", "ingest"]).expect_code(0);
    desk
}

fn files(desk: &Desk, ending: &str) -> Vec<PathBuf> {
    let index = desk.path().join("index");
    walk(&index).into_iter().filter(|f| f.ends_with(ending)).map(|f| index.join(f)).collect()
}

#[test]
fn no_bit_of_the_small_files_may_change_an_answer() {
    let desk = desk();
    let search = ["-q", "search", "harbour", "--jsonl", "-n", "50"];
    let sound = desk.run(search).expect_code(0).stdout;
    for ending in [".del", ".fast", ".fieldnorm", ".term"] {
        let files = files(&desk, ending);
        assert!(!files.is_empty(), "{ending}");
        for file in files {
            let whole = std::fs::read(&file).unwrap();
            for bit in (0..whole.len() * 8).step_by(1 + whole.len() * 8 / 12) {
                let mut bytes = whole.clone();
                bytes[bit / 8] ^= 1 << (bit % 8);
                std::fs::write(&file, &bytes).unwrap();
                let run = desk.run(search);
                let is_said = run.code == Some(2) && run.stderr.contains("run `ibid ingest --rebuild`");
                assert!(is_said || run.stdout == sound, "{} bit {bit}", file.display());
            }
            std::fs::write(&file, &whole).unwrap();
        }
    }
}

#[test]
fn a_plain_ingest_mends_a_damaged_index() {
    let desk = desk();
    let sound = desk.run(["-q", "search", "harbour", "--jsonl"]).expect_code(0).stdout;
    for ending in [".del", ".fast", ".store", ".term", ".idx", ".pos", "meta.json"] {
        let Some(file) = files(&desk, ending).into_iter().next() else { continue };
        let mut bytes = std::fs::read(&file).unwrap();
        match ending {
            // Bytes that were put in move all that is behind them.
            ".store" => drop(bytes.splice(20..20, [7; 9])),
            _ => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 0x10;
            }
        }
        std::fs::write(&file, &bytes).unwrap();
        desk.run(["-q", "search", "harbour"]).expect_code(2).expect_stderr("ibid ingest --rebuild");
        let report = desk.json(["ingest", "--json"]);
        assert!(report["damage"].is_string() && report["read"] == 30, "{ending}: {report}");
        assert_eq!(desk.run(["-q", "search", "harbour", "--jsonl"]).stdout, sound, "{ending}");
        desk.run(["doctor"]).expect_code(0);
    }
    desk.run(["ingest", "--verify"]).expect_code(0).expect_stderr("0 read, 30 unchanged");
}
