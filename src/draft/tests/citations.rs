//! Citations by key and as they are printed, and which of them a quotation belongs to.

use super::*;
use crate::bibliography::{Date, Name};

/// Works by Khan (2021), Khan & Ali (2019), three authors (2020), two of Raza's in 2018, and a newspaper's (2024).
fn shelf() -> Memory {
    let with = |key: &str, text: &str, authors: &[&str], year: Option<i32>, letter: Option<char>| {
        let (mut stored, passages) = source(key, text);
        stored.work.authors = authors.iter().filter_map(|a| Name::parse(a)).collect();
        stored.work.issued = year.map(|year| Date { year, month: None, day: None });
        stored.year_letter = letter;
        stored.citation = crate::citation::render_stored(&stored.work, letter);
        (stored, passages)
    };
    let mut news =
        with("recorder2024", "Envoys of both states met in the old town hall.", &[], Some(2024), None);
    news.0.work.title = Some("Envoys meet in Minsk".into());
    news.0.work.container = Some("Business Recorder".into());
    news.0.citation = crate::citation::render_stored(&news.0.work, None);
    Memory(vec![
        with(
            "khan2021",
            "Goods went over the high pass in winter.\n\nThe tax was 40 per cent, or $3.5 billion.",
            &["Khan, H. U."],
            Some(2021),
            None,
        ),
        with(
            "khanali2019",
            "Nobody mended the road before the war began.",
            &["Khan, A.", "Ali, B."],
            Some(2019),
            None,
        ),
        with(
            "many2020",
            "Trade between them grew within three short years.",
            &["van der Berg, J.", "Raza, M.", "Zhen, Y."],
            Some(2020),
            None,
        ),
        with("raza2018a", "The first bridge was built of larch.", &["Raza, M."], Some(2018), Some('a')),
        with("raza2018b", "The second bridge was built of stone.", &["Raza, M."], Some(2018), Some('b')),
        with("adb", "Lorries waited for nine days at the border.", &["Asian Development Bank"], None, None),
        news,
    ])
}

fn findings(text: &str, syntax: Syntax) -> Vec<Finding> {
    check(&Draft::parse(text, syntax), &shelf(), &Waivers::default()).unwrap()
}

fn cited(text: &str) -> Vec<(Verdict, String)> {
    let found = findings(text, Syntax::Plain).into_iter().filter(|f| f.quote.is_none());
    found.map(|f| (f.verdict, f.source.unwrap_or_default())).collect()
}

#[test]
fn printed_citations_lead_to_sources() {
    for (text, keys) in [
        ("So it was (Khan, 2021).", vec!["khan2021"]),
        ("So it was (Khan 2021).", vec!["khan2021"]),
        ("So it was (see Khan 2021, para. 2; Khan & Ali, 2019).", vec!["khan2021", "khanali2019"]),
        ("So it was (cf. Khan and Ali, 2019, para. 1).", vec!["khanali2019"]),
        ("So it was (van der Berg et al., 2020).", vec!["many2020"]),
        ("So it was (Berg, Raza, & Zhen, 2020).", vec!["many2020"]),
        ("So it was (Raza, 2018b).", vec!["raza2018b"]),
        ("So it was (Asian Development Bank, n.d.).", vec!["adb"]),
        ("So it was (ADB, n.d.).", vec!["adb"]),
        ("So it was (Asian Development Bank, no date).", vec!["adb"]),
        ("So it was (“Envoys Meet in Minsk,” 2024).", vec!["recorder2024"]),
        ("So it was (Business Recorder, 2024).", vec!["recorder2024"]),
        ("So it was (Komissina, 2001, as cited in Khan, 2021, para. 1).", vec!["khan2021"]),
        ("As Khan (2021) writes, it was so.", vec!["khan2021"]),
        ("Khan and Ali (2019, para. 1) write so.", vec!["khanali2019"]),
        ("In H. U. Khan’s (2021) words it was so.", vec!["khan2021"]),
        ("So it was (Khan and Ali).", vec!["khanali2019"]),
        ("So it was (Khan, 2021; Raza, 2018a).", vec!["khan2021", "raza2018a"]),
    ] {
        let found = cited(text);
        assert!(found.iter().all(|(v, _)| *v == Verdict::Known), "{text}: {found:?}");
        assert_eq!(found.iter().map(|(_, k)| k.as_str()).collect::<Vec<_>>(), keys, "{text}");
    }
}

#[test]
fn printed_citations_that_lead_nowhere_are_named() {
    for (text, shown) in [
        ("So it was (Akram, 2020).", "Akram, 2020"),
        ("So it was (Khan, 2020).", "Khan, 2020"),
        ("So it was (Khan and Raza 2021).", "Khan and Raza 2021"),
        ("Akram (2020) argues that it was so.", "Akram (2020)"),
        ("Akram et al. (2020) met them.", "Akram et al. (2020)"),
        ("So it was (Raza, 2018c).", "Raza, 2018c"),
    ] {
        assert_eq!(cited(text), [(Verdict::Unknown, shown.to_owned())], "{text}");
    }
    for text in [
        "They met in Minsk (in 2021), in the spring (March 2021) and later (2019–2021).",
        "It rose (see Table 2, 2021) and fell (since 1994).",
        "The Treaty of Almaty (1994) ended it; the Second World War (1939) did not.",
        "They did (for the first time) what others had (and 14 more).",
    ] {
        assert_eq!(cited(text), [], "{text}");
    }
    assert_eq!(cited("So it was (Khan, 2021, para. 9)."), [(Verdict::BadLocator, "khan2021".to_owned())]);
    let ambiguous = findings("So it was (Raza, 2018).", Syntax::Plain).remove(0);
    assert_eq!(ambiguous.verdict, Verdict::Known);
    assert!(ambiguous.message.contains("raza2018a or raza2018b"), "{}", ambiguous.message);
}

#[test]
fn a_quotation_belongs_to_the_citation_of_its_sentence() {
    let one = "“Goods went over the high pass in winter”";
    let two = "“Nobody mended the road before the war began”";
    for text in [
        format!("Khan (2021) writes that {one}."),
        format!("Khan (2021) writes that {one}. Ali met Khan and Ali (2019)."),
        format!("Khan (2021) writes that {one}, while Khan and Ali (2019) say that {two}."),
        format!("{one} (Khan, 2021). {two} (Khan & Ali, 2019)."),
        format!("{one}, as Khan (2021) says. But {two}, write Khan and Ali (2019)."),
        format!("{one}. (Khan, 2021)\n\nKhan and Ali (2019) say so. {two}"),
        format!("@khan2021 writes that {one}; @khanali2019 [para. 1] that {two}."),
        format!("{one} [@khan2021, para. 1] and {two} [@khanali2019]."),
        format!("Both {one} and {two} are said (Khan, 2021; Khan & Ali, 2019)."),
        format!("> {}\n> (Khan, 2021, para. 1)\n", one.trim_matches(['“', '”'])),
    ] {
        let found = findings(&text, Syntax::Markdown);
        assert!(found.iter().all(|f| f.verdict.is_good()), "{text}: {found:#?}");
    }
    let wrong = findings(&format!("Khan (2021) writes that {two}."), Syntax::Markdown);
    assert!(wrong.iter().any(|f| f.verdict == Verdict::Elsewhere), "{wrong:?}");
}

#[test]
fn figures_are_looked_up_in_the_source_cited() {
    let strange = |text: &str| -> Vec<String> {
        let found = findings(text, Syntax::Plain).into_iter().filter(|f| !f.verdict.is_good());
        found.map(|f| f.message).collect()
    };
    assert_eq!(strange("The tax was 40% (Khan, 2021, para. 2)."), [""; 0]);
    assert_eq!(strange("It raised $3,500,000,000 in 2021 (Khan, 2021)."), [""; 0]);
    assert_eq!(strange("The tax was 45 % (Khan, 2021)."), ["the figure 45 % is not in khan2021"]);
    assert_eq!(
        strange("Khan (2021) puts the tax at 45 per cent."),
        ["the figure 45 per cent is not in khan2021"]
    );
    assert_eq!(strange("The tax was 45 %. It was high (Khan, 2021)."), [""; 0]);
    assert_eq!(strange("About 45 % in 17 states, section 4.5 (Khan, 2021, para. 1)."), [""; 0]);
}
