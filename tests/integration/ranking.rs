//! The ranking on the project's seeds, under version control: what a report writer asks, the passage that answers it
//! and the rank it has. A change of ranking shows in review. `IBID_BLESS=1 cargo test ranking` writes the file anew.

use super::harness::{Desk, project};

/// Hits that are looked through; a passage below has rank 0.
const DEPTH: usize = 10;

/// Where a passage of the source whose file begins with `source` and that has `words` stands among the hits.
fn rank(desk: &Desk, question: &str, source: &str, words: &str) -> usize {
    let depth = DEPTH.to_string();
    let found = desk.json(["search", "--json", "-n", &depth, "--", question]);
    let is_wanted = |hit: &serde_json::Value| {
        let path = hit["source"]["path"].as_str().unwrap();
        path.starts_with(&format!("seeds/{source}_")) && hit["text"].as_str().unwrap().contains(words)
    };
    found["hits"].as_array().unwrap().iter().position(is_wanted).map_or(0, |i| i + 1)
}

#[test]
fn the_ranking_is_as_reviewed() {
    let file = project().join("tests/golden/ranking.tsv");
    let reviewed = std::fs::read_to_string(&file).unwrap();
    let desk = Desk::with_project_seeds();
    let (mut rows, mut first, mut reciprocal, mut asked) = (String::new(), 0, 0.0, 0);
    for line in reviewed.lines().filter(|l| !l.starts_with('#')) {
        let [question, source, words, _] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a row of the golden file has four columns: {line}");
        };
        let rank = rank(&desk, question, source, words);
        asked += 1;
        first += usize::from(rank == 1);
        reciprocal += if rank > 0 { 1.0 / rank as f64 } else { 0.0 };
        rows += &format!("{question}\t{source}\t{words}\t{rank}\n");
    }
    let (recall, mrr) = (first as f64 / f64::from(asked), reciprocal / f64::from(asked));
    let now = format!(
        "# question\tsource\twords of the wanted passage\trank\n# {asked} questions, recall@1 {recall:.3}, MRR {mrr:.3}\n{rows}"
    );
    if std::env::var_os("IBID_BLESS").is_some() {
        std::fs::write(&file, &now).unwrap();
        return;
    }
    assert!(now == reviewed, "the ranking has changed; now it is\n{now}");
}
