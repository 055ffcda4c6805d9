//! By a cut style every work is rendered as by the whole one.

use super::super::cite::Locator;
use super::super::markup::Markup;
use super::super::render::{Item, render, render_whole};
use super::super::style::Style;
use crate::bibliography::{Date, Name, Work, WorkType};
use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::IndependentStyle;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use std::cell::RefCell;
use std::collections::HashMap;

const TYPES: [WorkType; 20] = [
    WorkType::ArticleJournal,
    WorkType::ArticleMagazine,
    WorkType::ArticleNewspaper,
    WorkType::Book,
    WorkType::Chapter,
    WorkType::Dataset,
    WorkType::Document,
    WorkType::Entry,
    WorkType::Interview,
    WorkType::Legislation,
    WorkType::Manuscript,
    WorkType::PaperConference,
    WorkType::PersonalCommunication,
    WorkType::Post,
    WorkType::PostWeblog,
    WorkType::Report,
    WorkType::Speech,
    WorkType::Thesis,
    WorkType::Treaty,
    WorkType::Webpage,
];

const TITLES: &[&str] = &[
    "Roads to the north",
    "Who pays for the pipeline?",
    "“A new game”: trade, transit & trust",
    "The 2009 floods, n.d. 2009",
    "Notes...",
    "Notes on 'quoted' things.",
    "[Untitled]",
    "Дорога в Самарканд",
    "中亚的贸易",
    "طريق الحرير",
    "Die große Reise nach <i>Samarkand</i>!",
    "a",
    " ",
    "",
    "12",
    "K2: In the Shadow; or, Up! (2nd ed.)",
    "Trailing, comma,",
    "Café – ‘nested “deep” quotes’",
];

const WORDS: &[&str] = &[
    "Dawn",
    "Central Asia",
    "Business Recorder",
    "12",
    "3-4",
    "1–16",
    "iv",
    "2nd",
    "A12, B3",
    "12(3)",
    "Brill",
    "Oxford University Press",
    "Leiden",
    "Islamabad, Pakistan",
    "10.1000/182",
    "http://x.org/a..b?.c",
    "978-3-16-148410-0",
    "Working paper",
    "PhD thesis",
    "Ministry of Trade",
    " ",
    "",
    "0",
    "“Quoted.”",
    "En",
    "ru",
    "revised",
];

const LITERALS: &[&str] =
    &["Ministry of Trade", "et al.", "UNESCO", "The Office.", "", "Министерство торговли"];

fn name() -> impl Strategy<Value = Name> {
    let person = (
        select(vec!["Khan", "Zhen", "Beethoven", "de la Cruz", "Иванов", "王", "O’Neil", "", "lower"]),
        of(select(vec!["Shahid A.", "Yan", "L.", "Jean-Luc", "Иван", "明", ""])),
        of(select(vec!["van", "de", "ul"])),
        of(select(vec!["Jr.", "III"])),
        0..4_u8,
    );
    let person = person.prop_map(|(family, given, particle, suffix, plain)| Name {
        family: Some(family.to_owned()),
        given: given.map(str::to_owned),
        particle: particle.filter(|_| plain == 0).map(str::to_owned),
        suffix: suffix.filter(|_| plain == 1).map(str::to_owned),
        literal: None,
    });
    let body =
        select(LITERALS).prop_map(|literal| Name { literal: Some(literal.to_owned()), ..Name::default() });
    prop_oneof![3 => person, 1 => body]
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    prop_oneof![5 => vec(name(), 0..3), 1 => vec(name(), 3..24)]
}

fn date() -> impl Strategy<Value = Option<Date>> {
    let day = (select(vec![2021, 1999, 2009, 0, -44, 640]), of(1..13_u8), of(1..29_u8));
    of(day.prop_map(|(year, month, day)| Date { year, month, day: month.and(day) }))
}

/// A field that few works have, or one that most have.
fn word() -> impl Strategy<Value = Option<String>> {
    prop_oneof![3 => Just(None), 1 => select(WORDS).prop_map(|word| Some(word.to_owned()))]
}

fn work() -> impl Strategy<Value = Work> {
    let people = (
        names(),
        prop_oneof![3 => Just(Vec::new()), 1 => names()],
        prop_oneof![5 => Just(Vec::new()), 1 => names()],
    );
    let title = prop_oneof![1 => Just(None), 5 => select(TITLES).prop_map(|t| Some(t.to_owned()))];
    let kept = prop_oneof![1 => Just(0_u32), 1 => any::<u32>()];
    (select(TYPES.to_vec()), title, people, (date(), date()), vec(word(), 17), kept).prop_map(
        |(work_type, title, (authors, editors, translators), (issued, accessed), words, kept)| {
            let field =
                |i: usize| words.get(i).cloned().flatten().filter(|_| kept == 0 || kept >> i & 1 == 1);
            Work {
                work_type,
                title,
                authors,
                editors,
                translators,
                issued,
                accessed,
                container: field(0),
                publisher: field(1),
                publisher_place: field(2),
                event: field(3),
                collection_title: field(4),
                volume: field(5),
                issue: field(6),
                number: field(7),
                edition: field(8),
                pages: field(9),
                url: field(10),
                doi: field(11),
                isbn: field(12),
                issn: field(13),
                language: field(14),
                genre: field(15),
                archive: field(16),
                ..Work::default()
            }
        },
    )
}

fn locator() -> impl Strategy<Value = Option<Locator>> {
    let value = select(vec!["14", "217–218", "987654321", "Findings", "3, 5"]);
    of((value, 0..3_u8).prop_map(|(value, kind)| match kind {
        0 => Locator::Paragraph(value.to_owned()),
        1 => Locator::Page(value.to_owned()),
        _ => Locator::Section(value.to_owned()),
    }))
}

/// A style of all that styles may hold.
const ODD: &str = include_str!("odd.csl");

fn find(name: &str) -> Style {
    if name != "odd" {
        return Style::find(name).unwrap();
    }
    let csl = IndependentStyle::from_xml(ODD).unwrap();
    Style { name: name.to_owned(), csl, ..Style::find("apa").unwrap() }
}

/// All styles that come with the program; `PROPTEST_CASES` tries more works than usual.
fn bundled() -> Vec<&'static str> {
    ArchivedStyle::all().iter().filter_map(|style| style.names().first().copied()).collect()
}

thread_local! {
    static STYLES: RefCell<HashMap<&'static str, Style>> = RefCell::default();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn works_are_the_same_by_a_cut_style(
        work in work(),
        letter in prop_oneof![4 => Just(None), 1 => (b'a'..=b'd').prop_map(|l| Some(char::from(l)))],
        locator in locator(),
        style in prop_oneof![Just("apa"), Just("odd"), select(bundled())],
        markup in select(vec![Markup::Plain, Markup::Html]),
    ) {
        STYLES.with_borrow_mut(|styles| {
            let style = styles.entry(style).or_insert_with(|| find(style));
            let item = Item { key: "k", work: &work, letter, locator: locator.as_ref() };
            let (cut, whole) = (render(style, &item, markup), render_whole(style, &item, markup));
            assert_eq!(cut, whole, "{}", style.name);
        });
    }
}
