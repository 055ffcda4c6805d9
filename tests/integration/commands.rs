//! `show`, `cite`, `sources`, `countries`, `passages`, `tag`, `refs` on the seeds.

use super::harness::Desk;
use super::made::package;

const TAJIKISTAN: &str = "seeds/004_56c17d5bf4847eda.txt";

#[test]
fn sources_are_listed_with_what_is_known() {
    let desk = Desk::with_project_seeds();
    let listed = desk.json(["sources", "--json"]);
    let sources = listed["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 5);
    let khan = sources.iter().find(|s| s["path"] == TAJIKISTAN).unwrap();
    assert_eq!(khan["title"], "Historical overview of Pakistan-Central Asian republics relations");
    assert_eq!(khan["authors"], serde_json::json!(["Hashmat Ullah Khan", "Yan Zhen"]));
    assert!(khan["missing"].as_array().unwrap().contains(&"issued".into()));
    let countries: Vec<&str> =
        khan["countries"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
    assert!(["PK", "TJ", "TM", "UZ", "KG", "KZ"].iter().all(|c| countries.contains(c)), "{countries:?}");
}

#[test]
fn sources_export_reads_back_as_the_library() {
    let desk = Desk::with_project_seeds();
    let exported = desk.run(["sources", "--format", "biblatex"]).expect_code(0).stdout;
    let before = desk.json(["sources", "--json"]);
    desk.write("seeds/library.bib", &exported);
    desk.run(["ingest"]).expect_code(0);
    let after = desk.json(["sources", "--json"]);
    for (a, b) in before["sources"].as_array().unwrap().iter().zip(after["sources"].as_array().unwrap()) {
        for field in ["key", "title", "authors", "issued", "path"] {
            assert_eq!(a[field], b[field], "{field}");
        }
    }
}

#[test]
fn passages_hold_every_word_once_without_an_index() {
    let desk = Desk::with_project_seeds();
    // A running head within a sentence stands behind it: hence letters in any order.
    let letters = |t: &str| {
        let mut letters: Vec<char> = t.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters.into_iter().collect::<String>()
    };
    for name in
        ["000_4b9742454827f352", "001_25abecbbab1b4f3c", "002_1c29400f0bab3aa4", "003_ba11e397face5f67"]
    {
        let file = format!("seeds/{name}.txt");
        let passages = desk.jsonl(["passages", &file, "--jsonl"]);
        let joined: String = passages.iter().map(|p| p["text"].as_str().unwrap()).collect();
        let text = std::fs::read_to_string(desk.path().join(&file)).unwrap();
        assert_eq!(letters(&joined), letters(&text), "{file}");
    }
    assert!(!desk.path().join("index").exists());
}

#[test]
fn references_are_parsed() {
    let desk = Desk::with_project_seeds();
    let passages = desk.jsonl(["passages", TAJIKISTAN, "--jsonl"]);
    let entry = passages.iter().find(|p| p["text"].as_str().unwrap().starts_with("Knabloch")).unwrap();
    assert_eq!(entry["kind"], "reference");
    assert_eq!(entry["parsed"]["title"], "Monuments of Central Asia");
    assert_eq!(entry["parsed"]["issued"], "2001");
}

#[test]
fn a_passage_is_shown_and_cited() {
    let desk = Desk::with_project_seeds();
    let hit = desk.json(["search", "Khorugh", "--json"])["hits"][0].clone();
    let id = hit["id"].as_str().unwrap();
    desk.run(["show", id]).expect_code(0).expect_stdout("a Khorugh\n    Wakhan Corridor").expect_stdout(id);
    desk.run(["cite", id])
        .expect_code(0)
        .expect_stdout("(Khan & Zhen, n.d., para. ")
        .expect_stdout("Khan, H. U., & Zhen, Y. (n.d.).");
    let pandoc = desk.run(["cite", id, "--format", "pandoc"]).expect_code(0).stdout;
    assert!(pandoc.starts_with("[@") && pandoc.contains(", para. "), "{pandoc}");
    desk.run(["cite", id, "--style", "harvard"]).expect_code(0).expect_stdout("Khan and Zhen");
    desk.run(["cite", id, "--style", "no-such-style"]).expect_code(2).expect_stderr("no-such-style");
}

#[test]
fn countries_are_counted() {
    let desk = Desk::with_project_seeds();
    let counted = desk.json(["countries", "--json"]);
    let rows = counted["countries"].as_array().unwrap();
    assert_eq!(rows[0]["code"], "PK");
    assert!(rows.iter().any(|r| r["code"] == "BY" && r["sources"].as_u64().unwrap() >= 3), "{rows:?}");
    desk.run(["countries", "--csv", "--by", "source"])
        .expect_code(0)
        .expect_stdout("code,name,passages,sources");
    desk.run(["countries"]).expect_code(0).expect_stdout("Kazakhstan");
}

#[test]
fn any_text_is_tagged() {
    let desk = Desk::new();
    let story = r#"{"id":"a","text":"Tashkent has supported Islamabad in its fight against terrorism."}"#;
    let run = desk.run_with_input(["tag"], story).expect_code(0);
    let tagged: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let codes: Vec<&str> =
        tagged["countries"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
    assert_eq!(tagged["id"], "a");
    assert!(codes.contains(&"UZ") && codes.contains(&"PK"), "{codes:?}");
    desk.run_with_input(["tag"], "{oops").expect_code(2).expect_stderr("line 1");
}

#[test]
fn a_sound_index_passes_the_doctor() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest"]).expect_code(0);
    desk.run(["doctor"]).expect_code(0);
    assert_eq!(desk.json(["doctor", "--json"])["ok"], true);
}

#[test]
fn a_draft_is_checked() {
    let desk = Desk::with_project_seeds();
    let hit = desk.json(["search", "Khorugh", "--json"])["hits"][0].clone();
    let key = hit["source"]["key"].as_str().unwrap();
    desk.write(
        "report.md",
        format!(
            "He recalls that \"an agreement was signed on trade and economic cooperation\" [@{key}].\n\n\
             But \"an agreement was never signed on trade and economic cooperation\" [@{key}] is not in it, \
             and [@nobody1999] is unknown.\n"
        ),
    );
    let run = desk.run(["check", "report.md"]).expect_code(1);
    let run = run.expect_stdout("report.md:1:").expect_stdout("verbatim").expect_stdout("altered");
    run.expect_stdout("never").expect_stdout("nobody1999");
    desk.run(["bib", "report.md"]).expect_code(1).expect_stdout(key).expect_stderr("nobody1999");
    let paragraphs = [
        "A report.".to_owned(),
        format!("He recalls that “an agreement was signed on trade and economic cooperation” [@{key}]."),
        format!("But “an agreement was never signed on trade and economic cooperation” [@{key}]."),
    ];
    let body: String = paragraphs.iter().map(|text| package::paragraph(text)).collect();
    desk.write("report.docx", package::docx(&body));
    let run = desk.run(["check", "report.docx"]).expect_code(1);
    run.expect_stdout("report.docx:2:17: verbatim").expect_stdout("report.docx:3:5: altered");
    desk.run(["whence", "an agreement was signed on trade and economic cooperation"])
        .expect_code(0)
        .expect_stdout(hit["id"].as_str().unwrap());
}
