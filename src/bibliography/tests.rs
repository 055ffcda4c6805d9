//! The project's own seeds: what is known of each, and where every citation of theirs leads.

use super::library::Library;
use super::*;
use crate::document::{Format, Role};
use crate::passage::{Ordinal, segment};
use std::path::{Path, PathBuf};

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn library() -> Library {
    let mut library = Library::read(&seeds());
    let files = std::fs::read_dir(seeds()).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
    let files: Vec<String> = files.collect();
    library.attach(files.iter().map(String::as_str));
    library
}

fn read(file: &str) -> (Document, Segmented) {
    let text = std::fs::read_to_string(seeds().join(file)).unwrap();
    let mut document = Document::new(Format::Text);
    for (i, line) in text.lines().enumerate() {
        document.push(line, Role::Raw, i as u32 + 1, 0);
    }
    let mut segmented = segment(&document);
    complete(&mut segmented);
    (document, segmented)
}

/// Every citation in the order of the text, with the first words of the entry it leads to.
fn citations(segmented: &Segmented) -> Vec<(String, String)> {
    let entry = |cited: Ordinal| segmented.passages.iter().find(|p| p.ordinal == cited);
    let start = |n| entry(n).map_or("", |p| &p.text).chars().take(60).collect::<String>();
    let cites = segmented.passages.iter().flat_map(|p| &p.cites);
    cites.map(|c| (c.in_text.clone(), c.reference.map_or("unresolved".to_owned(), start))).collect()
}

#[test]
fn the_library_names_all_seeds_without_a_mistake() {
    let library = library();
    assert_eq!(library.errors, []);
    for (file, key, title, issued) in [
        ("000_4b9742454827f352.txt", "razanawaz", Some("Reinvigorating Pakistan-Belarus"), None),
        (
            "001_25abecbbab1b4f3c.txt",
            "akram2021",
            Some("Enhancing regional engagements: Exploring grounds"),
            Some("2021-09-08"),
        ),
        ("002_1c29400f0bab3aa4.txt", "businessrecorder2024", None, Some("2024-11-16")),
        ("003_ba11e397face5f67.txt", "kazakhstan", None, None),
        (
            "004_56c17d5bf4847eda.txt",
            "khanzhen",
            Some("Historical overview of Pakistan-Central Asian republics"),
            None,
        ),
    ] {
        let entry = library.lookup(file).unwrap().entry;
        assert_eq!(entry.key.as_str(), key);
        let stated = entry.work.title.as_deref();
        assert_eq!(stated.is_some(), title.is_some(), "{file}");
        assert!(stated.unwrap_or_default().starts_with(title.unwrap_or_default()), "{file}");
        assert_eq!(entry.work.issued.map(|d| d.to_string()).as_deref(), issued, "{file}");
    }
}

#[test]
fn the_texts_alone_show_what_the_library_states() {
    let library = library();
    for (file, fields) in [
        ("000_4b9742454827f352.txt", vec![Field::Title, Field::Authors, Field::Language]),
        ("001_25abecbbab1b4f3c.txt", vec![Field::Title, Field::Authors, Field::Issued, Field::Language]),
        ("002_1c29400f0bab3aa4.txt", vec![Field::Issued, Field::Language, Field::Type]),
        ("003_ba11e397face5f67.txt", vec![Field::Language]),
        ("004_56c17d5bf4847eda.txt", vec![Field::Title, Field::Authors, Field::Language]),
    ] {
        let (document, segmented) = read(file);
        let work = describe(None, &document, &segmented);
        let stated = &library.lookup(file).unwrap().entry.work;
        assert_eq!(work.inferred.iter().copied().collect::<Vec<_>>(), fields, "{file}");
        // The library has titles with the capitals of a sentence.
        let small = |title: &Option<String>| title.as_ref().map(|title| title.to_lowercase());
        assert_eq!(
            (small(&work.title), &work.authors, work.issued),
            (small(&stated.title), &stated.authors, stated.issued)
        );
    }
}

#[test]
fn every_citation_of_the_overview_leads_where_it_should() {
    let (_, segmented) = read("004_56c17d5bf4847eda.txt");
    let found = citations(&segmented);
    let expected = [
        ("(Embassy of Tajikistan in Pakistan, 2020)", "Embassy of Tajikistan in Pakistan (2020)"),
        ("(Kazakova and Komissina, 2001)", "Kazakova, M."),
        ("(Kilavuz, 2011)", "Kilavuz, I. T."),
        ("(Syed and Khan, 2019)", "Syed, K. H. and Khan, I."),
        ("(Ministry of Foreign Affairs of Tajikistan, 2020)", "Ministry of Foreign Affairs of Tajikistan"),
        (
            "(\"Pakistan, Tajikistan agree to further deepen relations in diverse fields\", 2021)",
            "“Pakistan, Tajikistan agree",
        ),
        ("(PM Imran Khan in Tajikistan to attend SCO summit, 2021)", "“PM Imran Khan in Tajikistan"),
        // The list has 2020a and 2020, so that 2020b names no entry of it.
        ("(Embassy of Tajikistan in Pakistan, 2020b)", "unresolved"),
        ("(Rahman, 2007)", "Rahman, F. U. (2007)"),
        ("(Muzalevsky, 2011)", "Muzalevsky, R."),
        ("(\"Pakistan to Provide Arms to Tajikistan\", 2021)", "“Pakistan to provide arms to Tajikistan"),
        (
            "(\"Tajikistan assured of early completion of Casa-1000 project\", 2021)",
            "“Tajikistan assured of early",
        ),
        ("(Kazakova and Komissina, 2001)", "Kazakova, M."),
        ("(President Arif Alvi arrived Ashkhabad, 2021)", "“President Arif Alvi arrived"),
        ("(Rahman, 2007)", "Rahman, F. U. (2007)"),
        ("(Kazakova and Komissina, 2001)", "Kazakova, M."),
        ("(Khan, 2017)", "Khan, S. M. (2017)"),
        ("(Jaspal, 2017)", "Jaspal, Z. N."),
        ("(Amir, 2017)", "Amir, S. S."),
        ("(Kazakova and Komissina, 2001)", "Kazakova, M."),
        ("(Raza, 2021)", "Raza, S. I."),
        ("(Noor, 2017)", "Noor, M. A."),
        ("(Rahman, 2007)", "Rahman, F. U. (2007)"),
        ("(Rahman, 2007)", "Rahman, F. U. (2007)"),
        ("(Kazakova and Komissina, 2001)", "Kazakova, M."),
        ("(Javaid, 2016)", "Javaid, F."),
        ("(\"Gilani Visit to Kyrgyzstan,\" 2011)", "“Gilani Visit to Kyrgyzstan”"),
        ("(Fahim, 2020)", "Fahim, M."),
        ("(Rahman, 2007)", "Rahman, F. U. (2007)"),
        ("(Waheed et al. 2020)", "Waheed Z. et al."),
        ("(Embassy of Pakistan in Kazakhstan)", "Embassy of Pakistan in Kazakhstan."),
        ("(Farwa, 2018)", "Farwa, U."),
        ("(Rahman, 2007)", "Rahman, F. U. (2007)"),
        ("(Embassy of Kazakhstan in Pakistan)", "Embassy of Kazakhstan in Pakistan."),
        ("(Javaid, 2016)", "Javaid, F."),
        ("(Javaid, 2016)", "Javaid, F."),
        ("(Embassy of Kazakhstan in Pakistan)", "Embassy of Kazakhstan in Pakistan."),
        ("(Farwa, 2018)", "Farwa, U."),
        ("(Khan, 2020)", "Khan, M. U. H. (2020"),
    ];
    let words: Vec<&str> = found.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words, expected.map(|(words, _)| words));
    for ((words, entry), (_, start)) in found.iter().zip(expected) {
        assert!(entry.starts_with(start), "{words} leads to {entry}, not to {start}");
    }
}

#[test]
fn numbers_lead_into_the_list_of_the_same_work() {
    let (_, segmented) = read("000_4b9742454827f352.txt");
    let shown: Vec<_> = citations(&segmented).into_iter().map(|(w, e)| format!("{w} {}", &e[..11])).collect();
    assert_eq!(shown, ["[1] 1. Overview", "[1] 1. Overview", "[2] 2. Pakistan"]);
    for file in ["001_25abecbbab1b4f3c.txt", "002_1c29400f0bab3aa4.txt", "003_ba11e397face5f67.txt"] {
        assert_eq!(citations(&read(file).1), [], "{file}");
    }
}
