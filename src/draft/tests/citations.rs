//! Citations by key and as they are printed, and which of them a quotation belongs to.

use super::*;
use crate::bibliography::{Date, Name};

/// Works by Khan (2021), Khan & Ali (2019), three authors (2020), two of Raza's in 2018, and a newspaper's (2024).
pub fn shelf() -> Memory {
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
    let mut titled = with("works", "Goods went over the high pass in winter.", &["Raza, M."], None, None);
    titled.0.work.title = Some("Road works at the pass".into());
    Memory(vec![
        titled,
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
    for text in [
        "They met at the summit (Minsk, 2015; Moscow, 2016) and again (Geneva, 2017).",
        "They signed (Islamabad, Pakistan, 2019) what they had agreed (Minsk and Moscow, 2018).",
        "So they said (Paris Agreement, 2015; Treaty of Almaty, 1994).",
        "It came out early (London: Routledge, 2015).",
    ] {
        assert_eq!(cited(text), [], "{text}");
    }
    for (text, shown) in [
        ("So it was (Minsk, 2015, p. 4).", "Minsk, 2015, p. 4"),
        ("So it was (Minsk et al., 2015).", "Minsk et al., 2015"),
        ("So it was (Rahman, 2015).", "Rahman, 2015"),
        ("So it was (World Bank, 2015).", "World Bank, 2015"),
    ] {
        assert_eq!(cited(text), [(Verdict::Unknown, shown.to_owned())], "{text}");
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

#[test]
fn a_citation_in_a_note_belongs_to_its_mark() {
    let one = "“Goods went over the high pass in winter”";
    let two = "“Nobody mended the road before the war began”";
    for (text, syntax) in [
        (
            format!("{one}.[^1] {two}.[^b]\n\n[^1]: See @khan2021, para. 1.\n[^b]: [@khanali2019]\n"),
            Syntax::Markdown,
        ),
        (format!("{one}^[So [@khan2021, para. 1].] and {two}.^[See Khan & Ali, 2019.]"), Syntax::Markdown),
        (format!("{one}.¹ And {two}²\n\n¹ Khan, 2021, para. 1\n² See Khan and Ali (2019).\n"), Syntax::Plain),
        (format!("{one} [1]. And {two} [2].\n\n[1] (Khan, 2021)\n[2] (Khan and Ali, 2019)\n"), Syntax::Plain),
        (
            format!(
                "{one}.\\footnote{{At length. See \\cite[para.~1]{{khan2021}}.}} {two}\\footcite{{khanali2019}}"
            ),
            Syntax::Latex,
        ),
        (
            format!("{one}#footnote[So @khan2021[para. 1].] but {two} #cite(<khanali2019>, form: \"prose\")"),
            Syntax::Typst,
        ),
        (
            "> Goods went over the high pass in winter[^1]\n\n[^1]: @khan2021, para. 1.\n".to_owned(),
            Syntax::Markdown,
        ),
    ] {
        let found = findings(&text, syntax);
        assert!(found.iter().all(|f| f.verdict.is_good()), "{text}: {found:#?}");
        assert!(found.iter().all(|f| !f.message.contains("no citation")), "{text}: {found:#?}");
    }
    let wrong = findings(&format!("{one}.[^1]\n\n[^1]: @khan2021, para. 2.\n"), Syntax::Markdown);
    assert_eq!(wrong[0].verdict, Verdict::Elsewhere);
    let inside = findings(
        &format!("It is so.[^1]\n\n[^1]: Cf. {two} (Khan & Ali, 2019), not @khan2021.\n"),
        Syntax::Markdown,
    );
    assert!(inside.iter().all(|f| f.verdict.is_good()), "{inside:?}");
}

#[test]
fn passage_ids_and_all_keys_of_a_command_are_citations() {
    let known = |text: &str, syntax| -> Vec<(Verdict, String)> {
        findings(text, syntax).into_iter().map(|f| (f.verdict, f.source.unwrap_or_default())).collect()
    };
    let (good, bad) = ((Verdict::Known, "khan2021".to_owned()), (Verdict::BadLocator, "khan2021".to_owned()));
    assert_eq!(known("So [khan2021:2], not khan2021:7.", Syntax::Plain), [good.clone(), bad.clone()]);
    assert_eq!(known("So [@khan2021:2; @khan2021:9].", Syntax::Markdown), [good, bad]);
    let block = "\\begin{displaycquote}[para. 1]{khan2021}\nGoods went over the high pass in winter\n\\end{displaycquote}";
    assert_eq!(known(block, Syntax::Latex).iter().filter(|(v, _)| v.is_good()).count(), 2);
    let keys = known("\\autocites(see)()[para. 2]{khan2021}[12]{nobody}", Syntax::Latex);
    assert_eq!(keys.iter().map(|(v, _)| *v).collect::<Vec<_>>(), [Verdict::Known, Verdict::Unknown]);
}

#[test]
fn a_citation_within_the_words_quoted_is_the_sources_own() {
    let corpus =
        Memory(vec![source("akram", "Goods went over the pass (Rahman, 2007), and came back by sea.")]);
    let of = |text: &str| check(&Draft::parse(text, Syntax::Markdown), &corpus, &Waivers::default()).unwrap();
    let quoted = of(
        "“Goods went over the pass (Rahman, 2007), and came back” [@akram].\n\n> Goods went over the pass (Rahman, 2007)\n\n[@akram]",
    );
    assert!(quoted.iter().all(|f| f.verdict.is_good()), "{quoted:?}");
    let own = of("“Goods went over the pass” (Rahman, 2007) [@akram].");
    assert!(own.iter().any(|f| f.verdict == Verdict::Unknown), "{own:?}");
}

#[test]
fn code_and_the_drafts_own_references_hold_no_quotations() {
    for (text, syntax) in [
        (
            "---\ntitle: \"Envoys meet in the old town hall\"\n---\n\nText. <!-- “one two three four five” -->\n",
            Syntax::Markdown,
        ),
        (
            "# References\n\nKhan, H. (2021). “The long and winding road home.” *Roads*, 3.\n\n# Annex\n",
            Syntax::Markdown,
        ),
        (
            "Text.\n\nReferences:\nRaza, M. (2020) ‘The long and winding\nroad home’, Roads, 3.\n",
            Syntax::Plain,
        ),
        (
            "#import \"@preview/charged:0.1.0\": all\n#set text(font: \"one two three four five\")\n// “a b c d e”\n#figure(image(\"one two three four five.png\"))\n",
            Syntax::Typst,
        ),
        (
            "\\documentclass{article}\\title{``One two three four five''}\n\\begin{document}\n\\end{document}",
            Syntax::Latex,
        ),
    ] {
        assert_eq!(findings(text, syntax), [], "{text}");
    }
    let behind =
        findings("# References\n\nKhan (2021).\n\n# Annex\n\n“one two three four five”", Syntax::Markdown);
    assert_eq!(behind.len(), 1, "{behind:?}");
}

#[test]
fn titles_attributions_and_items_stand_by_themselves() {
    let title = findings("In “Road Works at the Pass,” Raza (n.d.) says so.", Syntax::Markdown);
    assert!(title.iter().all(|f| f.verdict.is_good()), "{title:?}");
    let block =
        "Raza (2018a) wrote.\n\n> Goods went over the high pass in winter\n>\n> --- Khan (2021, para. 1)\n";
    let found = findings(block, Syntax::Markdown);
    assert!(found.iter().all(|f| f.verdict.is_good()) && found.len() == 3, "{found:#?}");
    let items = "* “The first bridge was built of larch” (Raza, 2018a)\n* The tax was 45 % (Khan, 2021)\n";
    let strange = findings(items, Syntax::Markdown).into_iter().find(|f| !f.verdict.is_good());
    assert_eq!(strange.unwrap().message, "the figure 45 % is not in khan2021");
}

#[test]
fn a_bracket_at_the_end_of_a_block_is_a_part_of_it_unless_it_cites() {
    let corpus = Memory(vec![source(
        "akram",
        "The president came twice in those years (2015 and 2016). He went home.",
    )]);
    let of = |text: &str, syntax| {
        let found = check(&Draft::parse(text, syntax), &corpus, &Waivers::default()).unwrap();
        found.into_iter().find(|f| f.quote.is_some()).unwrap().verdict
    };
    for (year, verdict) in [("2016", Verdict::Verbatim), ("2046", Verdict::Altered)] {
        let words = format!("The president came twice in those years (2015 and {year})");
        for text in [
            format!("> {words}\n\n[@akram]\n"),
            format!("> {words} [@akram]\n"),
            format!("> {words}[^1]\n\n[^1]: See @akram.\n"),
        ] {
            assert_eq!(of(&text, Syntax::Markdown), verdict, "{text}");
        }
        assert_eq!(of(&format!("#quote[{words}]#footnote[@akram]"), Syntax::Typst), verdict);
        assert_eq!(
            of(&format!("\\begin{{quote}}{words}\\end{{quote}} \\cite{{akram}}"), Syntax::Latex),
            verdict
        );
    }
}

#[test]
fn every_part_of_a_block_is_checked() {
    let block = "> Goods went over the high pass in winter [@khan2021, para. 1]. The tax was 50 per cent, or $3.5 billion. [@khan2021]\n";
    let found = findings(block, Syntax::Markdown);
    let verdicts: Vec<Verdict> = found.iter().filter(|f| f.quote.is_some()).map(|f| f.verdict).collect();
    assert_eq!(verdicts, [Verdict::Verbatim, Verdict::Altered], "{found:#?}");
}

/// The keys that a draft cites, with their places.
fn keys(text: &str, syntax: Syntax) -> Vec<(String, Option<Locator>)> {
    Draft::parse(text, syntax).citations.into_iter().map(|c| (c.key, c.locator)).collect()
}

#[test]
fn a_key_in_braces_may_be_an_address() {
    let page = |number: &str| Some(Locator::Page(number.to_owned()));
    let cited = "So it is [see @{https://ports.example/a(b)?c=1}, p. 4; @{www.ports.example}] and @{x y}.";
    assert_eq!(
        keys(cited, Syntax::Markdown),
        [
            ("https://ports.example/a(b)?c=1".to_owned(), page("4")),
            ("www.ports.example".to_owned(), None),
            ("x y".to_owned(), None),
        ]
    );
    assert_eq!(keys("See https://ports.example/@lind and {lind@ports.example}.", Syntax::Markdown), []);
}

#[test]
fn code_within_a_line_of_latex_cites_nothing() {
    for code in [
        r"\verb|\cite{khan2021}|",
        r"\verb*+\cite{khan2021}+",
        r"\lstinline{\cite{khan2021}}",
        r"\lstinline[language=TeX]!\cite{khan2021}!",
        r"\mintinline{tex}|\cite{khan2021}|",
        "\\begin{minted}{tex}\n\\cite{khan2021}\n\\end{minted}",
        "\\begin{comment}\n\\cite{khan2021}\n\\end{comment}",
        "\\begin{verbatim*}\n\\cite{khan2021}\n\\end{verbatim*}",
    ] {
        let text = format!("See {code} and \\cite{{many2020}}.");
        assert_eq!(keys(&text, Syntax::Latex), [("many2020".to_owned(), None)], "{code}");
    }
    // A command of another name, code without end in its line, and a percent sign in code hide nothing.
    for text in [
        r"\verbatiminput{a.tex} \cite{many2020}",
        "\\verb|open \\cite{many2020}\n|",
        "\\verb|50 %| \\cite{many2020}",
        "% \\begin{verbatim}\n\\cite{many2020}",
    ] {
        assert_eq!(keys(text, Syntax::Latex), [("many2020".to_owned(), None)], "{text}");
    }
}

#[test]
fn commands_for_volumes_take_the_volume_before_the_key() {
    let page = |number: &str| Some(Locator::Page(number.to_owned()));
    for (text, places) in [
        (r"\volcite{2}{many2020}", vec![("many2020", None)]),
        (r"\pvolcite[see]{2}[45]{many2020}", vec![("many2020", page("45"))]),
        (r"\Tvolcite{II}[45]{many2020}", vec![("many2020", page("45"))]),
        (
            r"\ftvolcites(see)(){2}[4]{many2020}{3}[5]{khan2021}",
            vec![("many2020", page("4")), ("khan2021", page("5"))],
        ),
    ] {
        let places: Vec<_> = places.into_iter().map(|(key, place)| (key.to_owned(), place)).collect();
        assert_eq!(keys(text, Syntax::Latex), places, "{text}");
    }
}
