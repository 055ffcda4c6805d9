use super::*;
use crate::bibliography::{Field, Name, citekey, describe};
use crate::document::{Document, Format, Role};
use crate::passage::segment;

fn document(text: &str) -> Document {
    let mut document = Document::new(Format::Text);
    for (i, line) in text.lines().enumerate() {
        document.push(line, Role::Raw, i as u32 + 1, 0);
    }
    document
}

fn described(text: &str) -> Work {
    let document = document(text);
    describe(None, &document, &segment(&document))
}

fn authors(work: &Work) -> Vec<String> {
    let whole = |n: &Name| {
        let parts = [&n.given, &n.particle, &n.family, &n.literal];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    };
    work.authors.iter().map(whole).collect()
}

const BODY: &str = "The ports of the north have been open to the ships of all nations since the middle of the last \
    century, and the trade that passes through them has grown with every year that was not a year of war. The SCO \
    and the ports of Norway are among those that were asked.";

#[test]
fn front_matter_shows_title_and_authors() {
    let text = format!(
        "\nPORTS OF NORWAY AND THE SCO\n\nAda Linden*\n\nTomas van Reyes†\n\nAbstract\n\n{BODY}\n\nINTRODUCTION\n\n{BODY}\n"
    );
    let work = described(&text);
    assert_eq!(work.title.as_deref(), Some("Ports of Norway and the SCO"));
    assert_eq!(authors(&work), ["Ada Linden", "Tomas van Reyes"]);
    assert_eq!(work.issued, None);
    assert_eq!(work.language.as_deref(), Some("en"));
    assert!(work.inferred.contains(&Field::Title) && work.inferred.contains(&Field::Authors));
    assert!(!work.inferred.contains(&Field::Issued));
}

#[test]
fn a_byline_ends_where_posts_and_places_begin() {
    let text = format!(
        "Harbours and their Friends: Grounds for Joint Ventures\n\nBy Mr. Tomas Reyes, Executive Director,\nResearch Center for Ports, jointly with\nUniversity of Lima, Peru\n\nPublished on 8th September 2021\n\n{BODY}\n"
    );
    let work = described(&text);
    assert_eq!(authors(&work), ["Tomas Reyes"]);
    assert_eq!(work.issued.unwrap().to_string(), "2021-09-08");
}

#[test]
fn names_are_told_from_what_stands_beside_them() {
    for (line, expected) in [
        ("Maryam Linden, Palwa Reyes", vec!["Maryam Linden", "Palwa Reyes"]),
        ("Maryam Linden1, Palwa Reyes2", vec!["Maryam Linden", "Palwa Reyes"]),
        ("MARYAM LINDEN and PALWA REYES", vec!["Maryam Linden", "Palwa Reyes"]),
        ("By Ada Linden | March 3, 2020", vec!["Ada Linden"]),
        ("Dr. Ada Linden, PhD, Oslo Institute", vec!["Ada Linden"]),
        (
            "Written by Ada de la Linden, Tomas Reyes & Ingrid Solheim",
            vec!["Ada de la Linden", "Tomas Reyes", "Ingrid Solheim"],
        ),
        ("Linden, A., Reyes, T.", vec!["A. Linden", "T. Reyes"]),
        ("Linden, Ada B.", vec!["Ada B. Linden"]),
        ("Linden, Ada; van Reyes, Tomas", vec!["Ada Linden", "Tomas van Reyes"]),
        ("Executive Director", vec![]),
        ("Faculty of Law", vec![]),
        ("linden@example.org", vec![]),
    ] {
        let work = Work { authors: byline::names(line), ..Work::default() };
        assert_eq!(authors(&work), expected, "{line}");
    }
}

#[test]
fn lines_that_say_what_they_hold_are_believed() {
    let text = format!(
        "# Ports of the North\n\nReport No.: IF10753\n\nPublication Date: 04/16/2026\n\nAuthor(s): Linden, Ada B.\n\nTopics: Trade & Commerce\n\nSource: https://example.org/ports\n\n{BODY}\n"
    );
    let work = described(&text);
    assert_eq!(authors(&work), ["Ada B. Linden"]);
    assert_eq!(work.issued.map(|d| d.to_string()).as_deref(), Some("2026-04-16"));
    assert_eq!(work.url.as_deref(), Some("https://example.org/ports"));
}

#[test]
fn headings_labels_and_letterheads_name_nobody() {
    let statement = format!(
        "Ports of the North\n\nNon-Attribution Statement\n\nEconomic Instruments\n\n{BODY} The economic \
         instruments of the ports are many, and no attribution is made in this statement.\n\n{BODY}\n"
    );
    assert_eq!(authors(&described(&statement)), Vec::<String>::new());
    let letter = format!("Ada Linden\n\nTomas Reyes\n\nIngrid Solheim\n\nOlaf Berg\n\n{BODY}\n\n{BODY}\n");
    assert_eq!(described(&letter).title, None);
    let placed = format!("Ports of the North and their Trade\n\nAda Linden, Oslo\n\n{BODY}\n\n{BODY}\n");
    assert_eq!(authors(&described(&placed)), ["Ada Linden"]);
    let ordinary = format!(
        "Ports of the North and their Trade\n\nAda Linden\n\nBorn 26 June 1968\n\n{BODY}\n\n{BODY}\n"
    );
    let work = described(&ordinary);
    assert_eq!((authors(&work), work.issued), (vec!["Ada Linden".to_owned()], None));
}

#[test]
fn datelines_give_the_date_and_say_news() {
    for (text, date, news) in [
        ("date 2024-11-16 LIMA: The president is set to sail.", Some("2024-11-16"), true),
        ("OSLO, 3 May 2019 (Agency) – The fleet sailed.", Some("2019-05-03"), true),
        ("March 3, 2020 - The fleet sailed.", Some("2020-03-03"), false),
        ("The fleet sailed on 3 May 2019: nobody saw it.", None, false),
        ("OSLO: The fleet sailed in 2019.", None, false),
    ] {
        let found = dateline(text);
        assert_eq!(found.map(|d| d.date.to_string()).as_deref(), date, "{text}");
        assert_eq!(found.is_some_and(|d| d.place), news, "{text}");
    }
}

#[test]
fn the_library_wins_over_the_format_and_the_format_over_the_text() {
    let mut document =
        document(&format!("Ports of the North Sea\n\nAda Linden\n\nPublished on 8 May 2020\n\n{BODY}\n"));
    document.stated.title = Some("Stated Title".to_owned());
    document.stated.publisher = Some("Stated Press".to_owned());
    let segmented = segment(&document);
    let work = describe(None, &document, &segmented);
    assert_eq!(work.title.as_deref(), Some("Stated Title"));
    assert_eq!(work.publisher.as_deref(), Some("Stated Press"));
    assert!(!work.inferred.contains(&Field::Title) && work.inferred.contains(&Field::Authors));

    let entry = Work { title: Some("Library Title".to_owned()), ..Work::default() };
    let work = describe(Some(&entry), &document, &segmented);
    assert_eq!(work.title.as_deref(), Some("Library Title"));
    assert_eq!(work.publisher, None, "an entry is taken whole");
    assert_eq!(authors(&work), ["Ada Linden"]);
}

#[test]
fn a_text_without_front_matter_shows_nothing_but_its_language() {
    let work = described(&format!("{BODY}\n\n{BODY}\n\n{BODY}\n"));
    let plain = Work {
        language: work.language.clone(),
        inferred: work.inferred.clone(),
        origins: work.origins.clone(),
        ..Work::default()
    };
    assert_eq!(work, plain);
    assert_eq!(work.inferred.into_iter().collect::<Vec<_>>(), [Field::Language]);
    let document = document(BODY);
    let key = citekey::derive(&Work::default(), &segment(&document));
    assert_eq!(key.as_str(), "ports-north-have");
}

#[test]
fn languages_are_told_by_letters_and_words() {
    let russian = "Порты севера были открыты для кораблей всех стран с середины прошлого века, и торговля росла с каждым годом. ".repeat(3);
    let belarusian = "Парты поўначы былі адкрыты для караблёў усіх краін з сярэдзіны мінулага стагоддзя, і гандаль рос штогод. ".repeat(3);
    let urdu = "شمال کی بندرگاہیں پچھلی صدی کے وسط سے تمام ممالک کے جہازوں کے لیے کھلی ہیں اور تجارت ہر سال بڑھتی رہی ہے ".repeat(3);
    let french = "Les ports du nord sont ouverts aux navires de toutes les nations depuis le milieu du siècle dernier, et le commerce qui passe par eux est plus grand que dans les autres. ".repeat(2);
    for (text, tag) in [(BODY, "en"), (&russian, "ru"), (&belarusian, "be"), (&urdu, "ur"), (&french, "fr")] {
        let document = document(text);
        assert_eq!(language::language(&segment(&document)).as_deref(), Some(tag));
    }
    assert_eq!(language::language(&segment(&document("Ports."))), None);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "(.{0,60}\n){0,6}", line in ".{0,60}") {
        described(&text);
        byline::names(&line);
        dateline(&line);
        copyright(&line);
        publisher(&line);
        address(&line);
    }
}
