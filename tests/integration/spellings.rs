//! Words that are spelt in several ways, and what of a query cannot be honoured.

use super::harness::Desk;

/// A desk with one source for each text.
fn desk(texts: &[&str]) -> Desk {
    let desk = Desk::new();
    for (at, text) in texts.iter().enumerate() {
        desk.write(&format!("seeds/{at}.txt"), text);
    }
    desk.run(["ingest"]).expect_code(0);
    desk
}

fn count(desk: &Desk, query: &str) -> String {
    desk.run(["search", "--no-near", "--count", "--", query]).stdout.trim().to_owned()
}

#[test]
fn arabic_letters_with_several_codes_meet() {
    let desk = desk(&[
        "یہ کتاب دونوں ممالک کے تجارتی راستوں کے بارے میں ہے جو پہاڑوں سے گزرتے ہیں۔",
        "صدر هذا الكتاب عن طرق الجبال في العام الماضي في المدينة القديمة.",
    ]);
    for query in ["كتاب", "کتاب", "تجارتي", "تجارتى", "تجارتی"] {
        assert_eq!(count(&desk, query), "1", "{query}");
    }
}

#[test]
fn the_apostrophes_of_uzbek_and_belarusian_words_meet() {
    let desk = desk(&[
        "The ferry of O'zbekiston crossed the lake in the morning.",
        "The ferry of O\u{2018}zbekiston crossed the lake at noon.",
        "The ferry of O\u{2019}zbekiston crossed the lake in the evening.",
        "The ferry of O\u{2BB}zbekiston crossed the lake at night.",
        "Паром і аб\u{2019}ява пра яго былі на возеры раніцай.",
    ]);
    for query in ["O'zbekiston", "O\u{2018}zbekiston", "O\u{2BB}zbekiston", "Ozbekiston"] {
        assert_eq!(count(&desk, query), "4", "{query}");
    }
    assert_eq!(count(&desk, "аб'ява"), "1");
}

#[test]
fn a_word_with_a_hyphen_before_it_is_left_out_without_quotes() {
    let desk = desk(&[
        "Cotton went over the pass to the mills of the textile town.",
        "Cotton went over the pass to the ships of the harbour.",
    ]);
    desk.run(["search", "--count", "cotton", "-textile"]).expect_code(0).expect_stdout("1");
    desk.run(["search", "-textile", "cotton", "-n", "1"]).expect_code(0).expect_stdout("harbour");
    desk.run(["search", "cotton", "-x"]).expect_code(2);
}

#[test]
fn signs_that_stand_for_letters_elsewhere_are_named() {
    let desk = desk(&["The weekly paper of the harbour wrote of the ferries and their captains."]);
    for query in ["*weekly", "w?ekly", "title:*202[0-3]"] {
        desk.run(["search", "--count", "--", query]).expect_stderr(query);
    }
    let run = desk.run(["search", "--count", "week*"]).expect_code(0);
    assert_eq!(run.stderr, "");
}
