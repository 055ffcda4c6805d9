use super::*;
use crate::passage::Ordinal;

fn passage(kind: Kind, ordinal: Ordinal, text: &str) -> Passage {
    Passage {
        ordinal,
        kind,
        front: None,
        text: text.to_owned(),
        section: 0,
        origins: Vec::new(),
        rules: Vec::new(),
        cites: Vec::new(),
        parsed: None,
    }
}

/// A reference list of these entries.
pub(crate) fn list(entries: &[&str]) -> Vec<Passage> {
    let entry = |(i, text): (usize, &&str)| passage(Kind::Reference, Ordinal::Reference(i as u32 + 1), text);
    entries.iter().enumerate().map(entry).collect()
}

/// What the text cites, given these entries: `words -> number`.
fn cites(text: &str, references: &[&str]) -> Vec<String> {
    let mut passages = vec![passage(Kind::Body, Ordinal::Paragraph { number: 1, part: 1 }, text)];
    passages.extend(list(references));
    resolve(&mut passages);
    let shown = |c: &InTextCitation| {
        format!("{} -> {}", c.in_text, c.reference.map_or("?".into(), |entry| entry.to_string()))
    };
    passages[0].cites.iter().map(shown).collect()
}

const HARVARD: [&str; 9] = [
    "Haugen, T. and Brandt, L. (2001) Fishing Rights in Cold Waters. Nordic Studies, 5(11): 1-24.",
    "Embassy of Norway in Chile. \"Bilateral Relations\". Retrieved from: https://example.org/a",
    "Embassy of Ghana in Japan. (2020a). \"Bilateral relations\". Retrieved from: https://example.org/b",
    "Embassy of Ghana in Japan (2020). \"Political consultations\". Retrieved from: https://example.org/c",
    "“Harbour to provide arms to islands, says mayor at signing”. Oslo Post, June 2, 2021.",
    "“Mayor in Lima to attend harbour summit”. Oslo Post, September 16, 2021.",
    "Rahm, F. U. (2007). Evolving Relations. Uppsala: North Sea Publishers.",
    "Mensah Z. et al. (2020). Opportunities for Trade. Tartu, Estonia: Trade Institute.",
    "Rahm, F. U. (2009). Further Relations. Uppsala: North Sea Publishers.",
];

#[test]
fn names_titles_and_bodies_lead_to_their_entries() {
    for (text, expected) in [
        ("a highway (Haugen and Brandt, 2001).", vec!["(Haugen and Brandt, 2001) -> ref1"]),
        ("a highway (Haugen & Brandt 2001: 12).", vec!["(Haugen & Brandt 2001: 12) -> ref1"]),
        ("strong (Embassy of Norway in Chile).", vec!["(Embassy of Norway in Chile) -> ref2"]),
        ("strong (Embassy of Ghana in Japan, 2020a).", vec!["(Embassy of Ghana in Japan, 2020a) -> ref3"]),
        ("strong (Embassy of Ghana in Japan, 2020).", vec!["(Embassy of Ghana in Japan, 2020) -> ref4"]),
        ("strong (Embassy of Ghana in Japan, 2020b).", vec!["(Embassy of Ghana in Japan, 2020b) -> ?"]),
        (
            "(\"Harbour to Provide Arms to Islands\", 2021)",
            vec!["(\"Harbour to Provide Arms to Islands\", 2021) -> ref5"],
        ),
        (
            "(“Mayor in Lima to attend harbour summit,” 2021)",
            vec!["(“Mayor in Lima to attend harbour summit,” 2021) -> ref6"],
        ),
        (
            "(Mayor in Lima to attend harbour summit, 2021)",
            vec!["(Mayor in Lima to attend harbour summit, 2021) -> ref6"],
        ),
        ("almost 11% (Mensah et al. 2020).", vec!["(Mensah et al. 2020) -> ref8"]),
        (
            "both (see Rahm, 2007; Mensah et al., 2020, p. 4)",
            vec!["see Rahm, 2007 -> ref7", "Mensah et al., 2020, p. 4 -> ref8"],
        ),
        ("both (Rahm, 2007, 2009)", vec!["(Rahm, 2007, 2009) -> ref7", "(Rahm, 2007, 2009) -> ref9"]),
        (
            "so (Rahm, 2007, as cited in Haugen and Brandt, 2001)",
            vec![
                "(Rahm, 2007, as cited in Haugen and Brandt, 2001) -> ref7",
                "(Rahm, 2007, as cited in Haugen and Brandt, 2001) -> ref1",
            ],
        ),
        (
            "in the style of [Rahm, 2007; Haugen and Brandt, 2001]",
            vec![
                "[Rahm, 2007; Haugen and Brandt, 2001] -> ref7",
                "[Rahm, 2007; Haugen and Brandt, 2001] -> ref1",
            ],
        ),
        ("no such work (Okafor, 2013).", vec!["(Okafor, 2013) -> ?"]),
        ("not that year (Rahm, 1999).", vec!["(Rahm, 1999) -> ?"]),
    ] {
        assert_eq!(cites(text, &HARVARD), expected, "{text}");
    }
}

#[test]
fn running_text_cites_too() {
    for (text, expected) in [
        ("As Rahm (2007) argues, ports", vec!["Rahm (2007) -> ref7"]),
        ("In Rahm's (2007, p. 3) view", vec!["Rahm's (2007, p. 3) -> ref7"]),
        ("Later Haugen and Brandt (2001) found", vec!["Haugen and Brandt (2001) -> ref1"]),
        ("But Mensah et al. (2020) hold", vec!["Mensah et al. (2020) -> ref8"]),
        ("while Okafor (2013) argues that", vec!["Okafor (2013) -> ?"]),
        ("visits of President Alvarez (2015) and", vec![]),
        ("the summit in Lima (2015).", vec![]),
    ] {
        assert_eq!(cites(text, &HARVARD), expected, "{text}");
    }
}

#[test]
fn brackets_that_cite_nothing_are_left_alone() {
    for text in [
        "the republics (CARs) and the Council (ICPS)",
        "the board (2015-2019) and the former government (1996-2001)",
        "the exhibition (IDEAS 2018), the fair (EXPO-2017)",
        "it fell (June 6, 1992) and rose (May 2015)",
        "a list [sic] of 20 [twenty] in [2015]",
        "unclosed (Rahm, 2007",
        "a paper (Annex B; Council Action No. 1542)",
        "he said [the Okafor government, 2013] so",
    ] {
        assert_eq!(cites(text, &HARVARD), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn numbers_lead_to_numbered_entries() {
    let numbered = [
        "1. Overview of Trade // Port of Durban. URL: https://example.org/a (date of access: 23.04.2021).",
        "2. Old friend in the south // Baltic Digest. URL: https://example.org/b (date of access: 23.04.2021).",
        "4. Third // Baltic Digest. URL: https://example.org/b (date of access: 23.04.2021).",
    ];
    assert_eq!(cites("cooperation [1]. And [2].", &numbered), ["[1] -> ref1", "[2] -> ref2"]);
    assert_eq!(cites("all [1, 3-4]", &numbered), ["[1, 3-4] -> ref1", "[1, 3-4] -> ?", "[1, 3-4] -> ref3"]);
    assert_eq!(cites("a page [2, p. 45]", &numbered), ["[2, p. 45] -> ref2"]);
    assert_eq!(cites("[1] but no list", &[]), Vec::<String>::new());
    let unnumbered = ["Rahm, F. (2007). Relations. Oslo: Press.", "Silva, R. (2009). Ports. Lima: Press."];
    assert_eq!(cites("by place [2]", &unnumbered), ["[2] -> ref2"]);
}

#[test]
fn numbers_that_are_no_citations_are_left_alone() {
    let numbered = [
        "[1] Rahm, F. Relations. Oslo: Press, 2007.",
        "[2] Silva, R. Ports. Lima: Press, 2009. Vol.",
        "21. Issue 2, 2004.",
        "[3] Okafor, B. Quays. Accra: Press, 2011.",
    ];
    assert_eq!(cites("as shown [3] and [21]", &numbered), ["[3] -> ref4", "[21] -> ?"]);
    for text in [
        "[2] The river rose in spring.",
        "[1] 0.53 0.22 0.11",
        "the value x[1] of",
        "from data$port[2] on",
        "in [2021] it",
    ] {
        assert_eq!(cites(text, &numbered), Vec::<String>::new(), "{text}");
    }
    assert_eq!(cites("[2] proposed a rule", &numbered), ["[2] -> ref2"]);
    // A list without numbers that the text does not cite by number has none.
    assert_eq!(cites("the first item [1] of a list", &HARVARD), Vec::<String>::new());
    let links = ["^ a b Rahm, F. Relations. Oslo: Press, 2007.", "^ Silva, R. Ports. Lima: Press, 2009."];
    assert_eq!(cites("rose[1] and fell.[2]", &links), ["[1] -> ref1", "[2] -> ref2"]);
}

#[test]
fn brackets_without_a_year_name_only_what_has_a_name() {
    let undated = [
        "A. Letters to the north. Oslo.",
        "Rahm, F. (forthcoming). Evolving Relations. Uppsala: Press.",
        "World Ferry Organization. Routes. https://example.org/a",
        "Forthcoming ports. https://example.org/b",
    ];
    for (text, expected) in [
        ("as in (a) and (A) or (tm, λ1)", vec![]),
        ("his book (forthcoming) says", vec![]),
        ("so (Rahm, forthcoming)", vec!["(Rahm, forthcoming) -> ref2"]),
        ("as Rahm (forthcoming) argues", vec!["Rahm (forthcoming) -> ref2"]),
        ("the World Ferry Organization (WFO) met", vec![]),
        ("many routes (World Ferry Organization)", vec!["(World Ferry Organization) -> ref3"]),
        ("many routes (World Ferry Organization, n.d.)", vec!["(World Ferry Organization, n.d.) -> ref3"]),
    ] {
        assert_eq!(cites(text, &undated), expected, "{text}");
    }
}

#[test]
fn a_repeated_work_is_found_by_its_own_entry() {
    let list = ["1. Rahm, F. (2007). Relations. Oslo: Press.", "2. Ibid., p. 4.", "3. Rahm, op. cit., p. 5."];
    assert_eq!(cites("so (Rahm, 2007) and [2]", &list), ["(Rahm, 2007) -> ref1", "[2] -> ref2"]);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[A-Za-zéß“”\"'()\\[\\]0-9,;:.& -]{0,80}", odd in ".{0,60}") {
        cites(&text, &[&odd, &text]);
        cites(&odd, &[&text]);
    }
}
