//! Every quotation is looked at, and nothing else is called a finding.

use super::citations::shelf;
use super::*;

fn of(text: &str) -> Vec<Finding> {
    check(&Draft::parse(text, Syntax::Markdown), &shelf(), &Waivers::default()).unwrap()
}

fn quotes(text: &str) -> Vec<Verdict> {
    of(text).iter().filter(|f| f.quote.is_some()).map(|f| f.verdict).collect()
}

#[test]
fn all_paragraphs_of_a_quotation_are_checked() {
    for (open, close) in [("“", "”"), ("\"", "\""), ("«", "»")] {
        let text = |first: &str| {
            format!(
                "Khan (2021) writes:\n\n{open}{first}\n\n{open}The tax was 40 per cent{close} and so on.\n"
            )
        };
        assert_eq!(
            quotes(&text("Goods went over the high pass in winter.")),
            [Verdict::Verbatim; 2],
            "{open}"
        );
        assert_eq!(
            quotes(&text("Goods went over the low pass in winter.")),
            [Verdict::Altered, Verdict::Verbatim],
            "{open}"
        );
    }
}

#[test]
fn a_few_words_are_looked_up_where_they_are_cited() {
    assert_eq!(quotes("It is a “high pass” [@khan2021, para. 1]."), [Verdict::Verbatim]);
    assert_eq!(quotes("It is a “high pass” [@khan2021, para. 2]."), [Verdict::Elsewhere]);
    assert_eq!(quotes("It is a “steep pass” [@khan2021, para. 1]."), [Verdict::Missing]);
    assert_eq!(quotes("His “best friend” came, and a “yes” was heard (Khan, 2021)."), []);
}

#[test]
fn citations_in_the_sentence_with_a_page_are_named_when_they_lead_nowhere() {
    for text in
        ["Hasan (2019, p. 44) had warned of it.", "Hasan (2019) wrote so.", "It was so (World Bank 2019)."]
    {
        let found = of(text);
        assert_eq!(
            found.iter().map(|f| f.verdict).collect::<Vec<_>>(),
            [Verdict::Unknown],
            "{text}: {found:?}"
        );
    }
    for text in
        ["It was so (World Cup 2018).", "It was so (March 2021).", "It was so (Paris Agreement 2015)."]
    {
        assert_eq!(of(text), [], "{text}");
    }
}

#[test]
fn numbers_in_words_are_called_out_and_differences_are_said() {
    let said = |text: &str| of(text).remove(0).message;
    let number = said("“Trade between them grew within five short years” [@many2020].");
    assert_eq!(
        number,
        "differs from many2020:1: a number was changed; the source has “three”, you have “five”"
    );
    let billion = said("“The tax was 40 per cent, or $3.5 million” [@khan2021].");
    assert!(billion.contains("a number was changed"), "{billion}");
    // The sentence may go on where the quotation ends.
    let word = said("“Lorries waited for nine days at a border,” [@adb].");
    assert_eq!(word, "differs from adb:1; the source has “the”, you have “a”");
}

#[test]
fn pages_of_a_copy_without_pages_are_not_wrong() {
    let found = of("So it was (Khan, 2021, p. 5).").remove(0);
    assert_eq!(found.verdict, Verdict::Known);
    assert!(found.message.ends_with("its page cannot be checked"), "{}", found.message);
    let mut shelf = shelf();
    shelf.0.iter_mut().for_each(|(s, _)| s.work.pages = Some("213–229".into()));
    let of = |text: &str| {
        check(&Draft::parse(text, Syntax::Markdown), &shelf, &Waivers::default()).unwrap().remove(0).verdict
    };
    assert_eq!(of("So it was (Khan, 2021, p. 215)."), Verdict::Known);
    assert_eq!(of("So it was (Khan, 2021, p. 5)."), Verdict::BadLocator);
}

#[test]
fn two_years_are_no_pages() {
    for text in ["So it was (Khan, 1984–1990).", "So it was (Khan, 1989/1997)."] {
        assert_eq!(of(text)[0].verdict, Verdict::Unknown, "{text}");
    }
    assert_eq!(of("So it was (Khan, 2021/2024).")[0].verdict, Verdict::Known);
}

#[test]
fn sections_are_checked_when_they_are_known() {
    let mut shelf = shelf();
    for (source, passages) in shelf.0.iter_mut().filter(|(s, _)| s.key.as_str() == "khan2021") {
        source.sections = vec![vec!["1. Over the pass".into()], vec!["2. Taxes".into()]];
        passages[1].section = 1;
    }
    let of = |text: &str| {
        let found = check(&Draft::parse(text, Syntax::Markdown), &shelf, &Waivers::default()).unwrap();
        found.iter().map(|f| f.verdict).collect::<Vec<_>>()
    };
    let quote = "“Goods went over the high pass in winter”";
    assert_eq!(of(&format!("{quote} [@khan2021, §1].")), [Verdict::Verbatim, Verdict::Known]);
    assert_eq!(of(&format!("{quote} [@khan2021, sec. 2].")), [Verdict::Elsewhere, Verdict::Known]);
    assert_eq!(of(&format!("{quote} [@khan2021, §7].")), [Verdict::Elsewhere, Verdict::BadLocator]);
    assert_eq!(
        of("“The first bridge was built of larch” [@raza2018a, §3]."),
        [Verdict::Verbatim, Verdict::Known]
    );
}

#[test]
fn the_title_of_a_callout_is_no_part_of_its_words() {
    assert_eq!(
        quotes("> [!quote] Khan\n> Goods went over the high pass in winter\n\n[@khan2021]\n"),
        [Verdict::Verbatim]
    );
    assert_eq!(quotes("> [!note] Mind this\n> Nobody should read too much into it.\n"), []);
}

#[test]
fn titles_in_notes_and_behind_words_for_texts_are_no_findings() {
    for text in [
        "So it was.[^1]\n\n[^1]: Anna Berg, “A Long Road Through the Winter Hills,” *Roads* 3 (2011): 5.\n",
        "So it was.[^1]\n\n[^1]: Raza, ‘Road works at the pass’, para. 1.\n",
        "See the news story “Envoys of five states sign new accords” in *Dawn*.",
    ] {
        let found = of(text);
        assert!(found.iter().all(|f| f.quote.is_none()), "{text}: {found:#?}");
    }
}

#[test]
fn a_waiver_that_waives_nothing_is_named() {
    let waivers =
        Waivers::parse("penguins dance on marble floors\n@nobody # settled\n@somebody # gone\n# a comment\n");
    let draft = Draft::parse("“penguins dance on marble floors” [@nobody].", Syntax::Markdown);
    assert_eq!(check(&draft, &shelf(), &waivers).unwrap(), []);
    assert_eq!(waivers.idle(), ["@somebody # gone"]);
}
