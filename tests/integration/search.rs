//! The main job: search on the seeds, text and JSON.

use super::harness::Desk;
use serde_json::Value;

fn hits(found: &Value) -> &Vec<Value> {
    found["hits"].as_array().unwrap()
}

fn codes(hit: &Value) -> Vec<&str> {
    hit["countries"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect()
}

#[test]
fn the_wakhan_corridor_under_both_spellings_comes_first() {
    let desk = Desk::with_project_seeds();
    let found = desk.json(["search", "Wakhan corridor", "--json"]);
    let first: Vec<&Value> = hits(&found).iter().take(3).collect();
    assert_eq!(first.len(), 3);
    for hit in &first {
        assert!(hit["text"].as_str().unwrap().contains("Wak"), "{hit}");
        assert_eq!(hit["source"]["path"], "seeds/004_56c17d5bf4847eda.txt");
        assert!(codes(hit).contains(&"TJ") && codes(hit).contains(&"PK"), "{hit}");
        assert!(!hit["locator"]["section"].as_array().unwrap().is_empty(), "{hit}");
        assert!(hit["locator"]["paragraph"].is_u64(), "{hit}");
        let in_text = hit["citation"]["in_text"].as_str().unwrap();
        assert!(in_text.contains("Khan & Zhen") && in_text.contains("para. "), "{in_text}");
    }
    assert!(first.iter().any(|h| h["text"].as_str().unwrap().contains("the Wakan corridor")));
    let later = hits(&found).iter().skip(3);
    assert!(later.clone().all(|h| !h["text"].as_str().unwrap().contains("Wakhan")));
}

#[test]
fn a_paragraph_cut_by_a_page_break_is_quoted_whole() {
    let desk = Desk::with_project_seeds();
    let found = desk.json(["search", "Khorugh highway", "--json"]);
    let hit = &hits(&found)[0];
    let text = hit["text"].as_str().unwrap();
    assert!(text.starts_with("From the very beginning, both countries have tried"), "{text}");
    assert!(text.contains("and a decision was made to build a Peshawar-Jalalabad"), "{text}");
    assert!(text.ends_with("(Kazakova and Komissina, 2001)."), "{text}");
    assert_eq!(hit["locator"]["lines"], serde_json::json!([45, 47]));
    assert_eq!(hit["cites"][0]["in_text"], "(Kazakova and Komissina, 2001)");
    assert!(hit["cites"][0]["text"].as_str().unwrap().starts_with("Kazakova, M."), "{hit}");
}

#[test]
fn the_news_story_is_cited_with_its_newspaper_and_day() {
    let desk = Desk::with_project_seeds();
    let found = desk.json(["search", "tractor manufacturing", "--json"]);
    let hit = &hits(&found)[0];
    assert!(hit["text"].as_str().unwrap().contains("tractor manufacturing sector"));
    let reference = hit["citation"]["reference"].as_str().unwrap();
    assert!(reference.contains("Business Recorder"), "{reference}");
    assert!(reference.contains("2024, November 16"), "{reference}");
}

#[test]
fn filters_by_country_hold() {
    let desk = Desk::with_project_seeds();
    let found = desk.json(["search", "--country", "belarus", "joint working groups", "--json"]);
    let text = hits(&found)[0]["text"].as_str().unwrap();
    assert!(text.contains("Industrial Cooperation, Agriculture Cooperation, and Science"), "{text}");

    let found = desk.json(["search", "--country", "KZ", "military training", "--json"]);
    assert!(hits(&found).iter().all(|h| codes(h).contains(&"KZ")));
    let listed = |h: &Value| h["text"].as_str().unwrap().contains("Special forces training");
    assert!(hits(&found).iter().any(listed), "the list names no country: its section does");

    let found = desk.json(["search", "-c", "!KZ", "cooperation", "--json"]);
    assert!(hits(&found).iter().all(|h| !codes(h).contains(&"KZ")));
}

#[test]
fn both_sources_that_tell_of_an_exercise_are_found() {
    let desk = Desk::with_project_seeds();
    let found = desk.json(["search", "Dostarym", "--json"]);
    let paths: Vec<&str> = hits(&found).iter().map(|h| h["source"]["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"seeds/003_ba11e397face5f67.txt"), "{paths:?}");
    assert!(paths.contains(&"seeds/004_56c17d5bf4847eda.txt"), "{paths:?}");
}

#[test]
fn highlights_are_the_words_that_matched() {
    let desk = Desk::with_project_seeds();
    let found = desk.json(["search", "Dostarym", "--json"]);
    for hit in hits(&found) {
        let text: Vec<char> = hit["text"].as_str().unwrap().chars().collect();
        let highlights = hit["highlights"].as_array().unwrap();
        assert!(!highlights.is_empty());
        for range in highlights {
            let (from, to) = (range[0].as_u64().unwrap() as usize, range[1].as_u64().unwrap() as usize);
            let word: String = text[from..to].iter().collect();
            assert!(word.contains("Dostarym"), "{word}");
        }
    }
}

#[test]
fn quotes_mean_exactly_that() {
    let desk = Desk::with_project_seeds();
    let found = desk.json(["search", "\"Wakhan\"", "--json"]);
    assert!(!hits(&found).is_empty());
    assert!(hits(&found).iter().all(|h| h["text"].as_str().unwrap().contains("Wakhan")));
}

#[test]
fn the_same_command_prints_the_same_bytes() {
    let desk = Desk::with_project_seeds();
    let first = desk.run(["search", "economic cooperation", "--json"]).expect_code(0);
    let second = desk.run(["search", "economic cooperation", "--json"]).expect_code(0);
    assert_eq!(first.stdout, second.stdout);
    let rebuilt = Desk::with_project_seeds();
    assert_eq!(rebuilt.run(["search", "economic cooperation", "--json"]).stdout, first.stdout);
}

#[test]
fn text_output_has_place_countries_and_citation() {
    let desk = Desk::with_project_seeds();
    let run = desk.run(["search", "Wakhan corridor"]).expect_code(0);
    let run = run.expect_stderr("no index in index yet");
    run.expect_stdout("Pakistan-Tajikistan Relations")
        .expect_stdout("para. ")
        .expect_stdout("Tajikistan")
        .expect_stdout("(Khan & Zhen, n.d., para. ");
}

#[test]
fn nothing_found_explains_itself() {
    let desk = Desk::with_project_seeds();
    let run = desk.run(["search", "zzyzx"]).expect_code(1);
    assert_eq!(run.stdout, "");
    run.expect_stderr("zzyzx");
    let run = desk.run(["search", "-c", "JP", "tractor manufacturing"]).expect_code(1);
    run.expect_stderr("without");
}

#[test]
fn limits_offsets_counts_and_lines() {
    let desk = Desk::with_project_seeds();
    let all = desk.jsonl(["search", "trade", "--jsonl", "-n", "6"]);
    let rest = desk.jsonl(["search", "trade", "--jsonl", "-n", "3", "--offset", "3"]);
    let ids = |hits: &[Value]| hits.iter().map(|h| h["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&all)[3..], ids(&rest)[..]);
    let count = desk.run(["search", "trade", "--count"]).expect_code(0).stdout;
    let total = desk.json(["search", "trade", "--json"])["total"].clone();
    assert_eq!(count.trim(), total.to_string());
}

#[test]
fn what_two_sources_say_in_the_same_words_is_one_hit() {
    let desk = Desk::with_project_seeds();
    let query = "regional integration helps countries overcome gaps and challenges";
    let found = desk.json(["search", query, "--json"]);
    assert_eq!(hits(&found)[0]["id"], "razanawaz:22");
    // Nine tenths of it stand in a longer paragraph of the other, which is no hit of its own.
    assert_eq!(hits(&found)[0]["also_in"][0]["id"], "akram2021:7");
    assert_eq!(hits(&found)[0]["also_in"][0]["similarity"], 0.927);
    assert!(hits(&found).iter().all(|hit| hit["id"] != "akram2021:7"));
    desk.run(["search", query, "-n", "1"]).expect_stdout("also in akram2021:7");
    // The longer comes first when the query is for more of it.
    let found = desk.json(["search", "regional integration culture, dialogue and scholarships", "--json"]);
    assert_eq!(hits(&found)[0]["id"], "akram2021:7");
    assert_eq!(hits(&found)[0]["also_in"][0]["id"], "razanawaz:22");
}

#[test]
fn what_stands_behind_many_copies_is_found() {
    let desk = Desk::new();
    for n in 0..150 {
        desk.write(&format!("seeds/copy{n}.txt"), "The tariff on cotton was lowered.\n");
    }
    desk.write(
        "seeds/other.txt",
        "A committee spoke, among much else that no report says anything of, of a tariff.\n",
    );
    let found = desk.json(["search", "tariff", "--json"]);
    assert_eq!(hits(&found).len(), 2);
    assert_eq!(hits(&found)[0]["also_in"].as_array().unwrap().len(), 149);
    assert_eq!(hits(&found)[1]["source"]["path"], "seeds/other.txt");
    desk.run(["search", "tariff"]).expect_stdout(" and 144 more");
}

#[test]
fn reference_entries_are_found_when_asked_for() {
    let desk = Desk::with_project_seeds();
    let found = desk.jsonl(["search", "Komissina", "--jsonl", "--kind", "reference"]);
    assert!(found[0]["id"].as_str().unwrap().contains(":ref"), "{found:?}");
    assert!(found.iter().all(|h| h["kind"] == "reference"));
}

#[test]
fn a_removed_source_is_never_returned() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest"]).expect_code(0);
    std::fs::remove_file(desk.path().join("seeds/002_1c29400f0bab3aa4.txt")).unwrap();
    let stale = desk.run(["search", "Wakhan", "--json"]).expect_code(0).expect_stderr("002_1c29400f0bab3aa4");
    assert!(stale.stdout.contains("\"stale\": true"));
    let found = desk.json(["search", "tractor manufacturing", "--json", "--refresh"]);
    assert_eq!(found["index"]["documents"], 4);
    assert!(hits(&found).iter().all(|h| h["source"]["path"] != "seeds/002_1c29400f0bab3aa4.txt"));
}
