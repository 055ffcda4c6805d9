//! The countries of every passage of the seeds against the list in `tests/data/countries.tsv`.

use super::harness::{Desk, project};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_countries_of_the_seeds_are_as_read() {
    let gold = std::fs::read_to_string(project().join("tests/data/countries.tsv")).unwrap();
    let gold: BTreeMap<&str, BTreeSet<&str>> = gold
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .map(|(id, codes)| (id, codes.split(' ').filter(|c| !c.is_empty()).collect()))
        .collect();
    let desk = Desk::with_project_seeds();
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    let mut wrong = Vec::new();
    for key in ["razanawaz", "akram2021", "businessrecorder2024", "kazakhstan", "khanzhen"] {
        desk.run(["-q", "ingest"]).expect_code(0);
        for passage in desk.jsonl(["passages", key, "--jsonl"]) {
            let Some(expected) = passage["id"].as_str().and_then(|id| gold.get(id)) else { continue };
            let tags = passage["countries"].as_array().unwrap();
            let codes: BTreeSet<&str> = tags.iter().map(|c| c["code"].as_str().unwrap()).collect();
            right += codes.intersection(expected).count();
            found += codes.len();
            wanted += expected.len();
            if codes != *expected {
                wrong.push(format!("{}: {codes:?}, expected {expected:?}", passage["id"]));
            }
        }
    }
    let f1 = 2.0 * right as f64 / (found + wanted) as f64;
    assert!(wanted > 200, "the list and the seeds have drifted apart: {wanted}");
    assert!(f1 >= 0.98, "micro-F1 {f1:.3}: {wrong:#?}");
}
