use super::*;
use crate::document::{Format, Role};
use crate::passage::segment;

/// A line of a made page: its height on the page in points from above, left edge in points, size (`b`: bold), text.
type Made<'t> = (f32, f32, f32, bool, &'t str);

const RUNNING: &str =
    "the ports of the north have been open to ships of all nations since the middle of the century";

/// Lines of a page of 600 by 800 points.
fn page(number: u32, lines: &[Made]) -> Vec<PrintedLine> {
    let line = |(top, left, size, is_bold, text): &Made| PrintedLine {
        text: (*text).to_owned(),
        page: number,
        size: *size,
        is_bold: *is_bold,
        is_italic: false,
        left: left / 600.0,
        right: (left + text.chars().count() as f32 * size * 0.5) / 600.0,
        top: top / 800.0,
        height: size / 800.0,
    };
    lines.iter().map(line).collect()
}

/// Ten lines of running text from a height on.
fn text(number: u32, from: f32, size: f32) -> Vec<PrintedLine> {
    let lines: Vec<Made> =
        (0..10).map(|n| (from + n as f32 * size * 1.2, 60.0, size, false, RUNNING)).collect();
    page(number, &lines)
}

fn document(printed: Vec<PrintedLine>) -> Document {
    let mut document = Document::new(Format::Pdf);
    document.printed = printed;
    document.push(RUNNING, Role::Paragraph, 0, 0);
    document
}

fn weighed(document: &Document) -> Work {
    weigh(document, &segment(document))
}

/// A first page with these lines above running text.
fn front(lines: &[Made]) -> Work {
    weighed(&document([page(0, lines), text(0, 400.0, 10.0), text(1, 100.0, 10.0)].concat()))
}

fn authors(work: &Work) -> Vec<String> {
    work.authors.iter().map(Name::display).collect()
}

#[test]
fn the_title_is_the_largest_type_that_is_no_label_and_no_letterhead() {
    let work = front(&[
        (60.0, 150.0, 26.0, true, "Ministry of Fisheries"),
        (100.0, 250.0, 30.0, true, "WORKING PAPER"),
        (150.0, 100.0, 20.0, true, "Harbours of the North: a Sur-"),
        (174.0, 120.0, 20.0, true, "vey of their Trade"),
        (230.0, 100.0, 12.0, true, "Introduction"),
    ]);
    assert_eq!(work.title.as_deref(), Some("Harbours of the North: a Survey of their Trade"));
    assert_eq!(work.publisher.as_deref(), Some("Ministry of Fisheries"));
    assert_eq!(work.origins.get(&Field::Title), Some(&Origin::Printed));
    assert!(work.inferred.contains(&Field::Title));
}

#[test]
fn a_page_without_a_title_gets_none() {
    for lines in [
        vec![(60.0, 250.0, 14.0, true, "ORDER SHEET"), (90.0, 60.0, 10.0, false, "Dear Sir,")],
        vec![(60.0, 60.0, 18.0, true, "1.1 A simple case")],
        vec![(60.0, 60.0, 18.0, true, "_yv{x}yv!y’yx|ty")],
        vec![(60.0, 60.0, 10.0, false, "the ships that came in the spring of that year were few.")],
    ] {
        assert_eq!(front(&lines).title, None, "{lines:?}");
    }
}

#[test]
fn the_first_line_of_a_typescript_may_be_its_title() {
    let mut lines = page(
        0,
        &[(80.0, 60.0, 12.0, false, "Ministers Agree on Fewer Ships"), (110.0, 60.0, 12.0, false, "OSLO")],
    );
    lines.extend(text(0, 140.0, 12.0));
    let work = weighed(&document(lines));
    assert_eq!(work.title.as_deref(), Some("Ministers Agree on Fewer Ships"));
    assert!(work.authors.is_empty());
}

#[test]
fn stated_fields_count_when_they_are_printed() {
    let mut file = document(
        [
            page(
                0,
                &[
                    (80.0, 60.0, 10.0, true, "Ports and their Keepers"),
                    (110.0, 60.0, 10.0, false, "Ada Linden, PhD"),
                ],
            ),
            text(0, 300.0, 10.0),
        ]
        .concat(),
    );
    file.stated.title = Some("Ports and their Keepers".to_owned());
    file.stated.authors = vec![Name::parse("Ada Linden").unwrap()];
    let work = weighed(&file);
    assert_eq!(
        (work.title.as_deref(), authors(&work)),
        (Some("Ports and their Keepers"), vec!["Ada Linden".to_owned()])
    );
    assert!(work.set_aside.is_empty(), "{:?}", work.set_aside);

    file.stated.title = Some("Kings and Oil".to_owned());
    file.stated.authors = vec![Name::parse("Tomas Reyes").unwrap(), Name::literal("CT-6")];
    let work = weighed(&file);
    assert_eq!(
        (work.title.as_deref(), authors(&work)),
        (Some("Ports and their Keepers"), vec!["Ada Linden".to_owned()])
    );
    let aside: Vec<&str> = work.set_aside.iter().map(|aside| aside.value.as_str()).collect();
    assert_eq!(aside, ["Kings and Oil", "Tomas Reyes; CT-6"]);
}

#[test]
fn a_stated_title_of_which_more_is_printed_is_taken_whole() {
    let mut file = document(
        [
            page(
                0,
                &[
                    (80.0, 60.0, 18.0, true, "Methods of Counting"),
                    (104.0, 60.0, 18.0, true, "Ships in Northern Waters"),
                ],
            ),
            text(1, 80.0, 10.0),
        ]
        .concat(),
    );
    file.stated.title = Some("METHODS OF COUNTING".to_owned());
    assert_eq!(weighed(&file).title.as_deref(), Some("Methods of Counting Ships in Northern Waters"));
}

#[test]
fn the_caption_of_a_court_gives_parties_date_and_court() {
    let lines = [
        (60.0, 250.0, 14.0, true, "ORDER SHEET"),
        (80.0, 160.0, 16.0, true, "IN THE HARBOUR HIGH COURT, OSLO"),
        (110.0, 230.0, 13.0, true, "W.P. No.12 of 2021"),
        (135.0, 250.0, 13.0, false, "Ada Linden."),
        (152.0, 280.0, 13.0, false, "Vs."),
        (169.0, 200.0, 13.0, false, "Port Authority of the North"),
        (200.0, 60.0, 11.0, true, "S. No. of order"),
        (200.0, 200.0, 11.0, true, "Date of order"),
        (220.0, 60.0, 11.0, false, "01"),
        (220.0, 90.0, 11.0, false, "15.01.2021 Mr. Reyes, Advocate"),
    ];
    let mut file = document([page(0, &lines), text(0, 300.0, 12.0)].concat());
    file.stated.authors = vec![Name::parse("Abdul Clerk").unwrap()];
    let work = weighed(&file);
    assert_eq!(work.title.as_deref(), Some("Ada Linden Vs. Port Authority of the North"));
    assert_eq!(work.issued.map(|date| date.to_string()).as_deref(), Some("2021-01-15"));
    assert_eq!(work.publisher.as_deref(), Some("Harbour High Court"));
    assert!(work.authors.is_empty());

    let bare = [
        (80.0, 160.0, 16.0, true, "IN THE HARBOUR HIGH COURT"),
        (110.0, 200.0, 13.0, true, "CIVIL REFERENCE NO. 01 OF 2025"),
    ];
    assert_eq!(front(&bare).title.as_deref(), Some("Civil Reference No. 01 of 2025"));

    let slip = [
        (80.0, 160.0, 15.0, true, "SUPREME COURT OF THE NORTH"),
        (130.0, 200.0, 11.0, false, "NORTHERN WATER DISTRICT v."),
        (145.0, 250.0, 11.0, false, "LINDEN ET AL."),
        (180.0, 180.0, 9.0, false, "No. 11–889. Argued April 23, 2013—Decided June 13, 2013"),
    ];
    let work = front(&slip);
    assert_eq!(work.title.as_deref(), Some("Northern Water District v. Linden et al."));
    assert_eq!(work.issued.map(|date| date.to_string()).as_deref(), Some("2013-06-13"));

    let appeal = [
        (80.0, 160.0, 24.0, true, "Northern Court of Appeals"),
        (110.0, 200.0, 18.0, true, "For the First Circuit"),
        (150.0, 60.0, 12.0, false, "No. 20-1507"),
        (190.0, 240.0, 12.0, false, "ADA LINDEN,"),
        (220.0, 230.0, 12.0, false, "Plaintiff, Appellant,"),
        (235.0, 290.0, 12.0, false, "v."),
        (250.0, 260.0, 12.0, false, "TOMAS REYES,"),
    ];
    assert_eq!(front(&appeal).title, None);
}

#[test]
fn authors_are_the_names_below_the_title() {
    let title = (80.0, 60.0, 18.0, true, "Harbours of the North");
    for (lines, names) in [
        (
            vec![
                (110.0, 60.0, 11.0, false, "Ada Linden,1 Tomas Reyes*"),
                (124.0, 60.0, 11.0, false, "and Ingrid Solheim2"),
            ],
            vec!["Ada Linden", "Tomas Reyes", "Ingrid Solheim"],
        ),
        (
            vec![
                (110.0, 60.0, 11.0, false, "Ada Linden"),
                (110.0, 300.0, 11.0, false, "Tomas Reyes"),
                (125.0, 60.0, 9.0, false, "University of Oslo"),
                (125.0, 300.0, 9.0, false, "Lima Institute"),
            ],
            vec!["Ada Linden", "Tomas Reyes"],
        ),
        (
            vec![
                (110.0, 60.0, 11.0, false, "Ada Linden"),
                (124.0, 60.0, 11.0, false, "University of Oslo"),
                (140.0, 60.0, 11.0, false, "Tomas Reyes"),
                (154.0, 60.0, 11.0, false, "University of Lima"),
            ],
            vec!["Ada Linden", "Tomas Reyes"],
        ),
        (
            vec![
                (110.0, 60.0, 11.0, false, "By Ada Linden, Tomas Reyes,"),
                (124.0, 60.0, 11.0, false, "and Ingrid Solheim"),
            ],
            vec!["Ada Linden", "Tomas Reyes", "Ingrid Solheim"],
        ),
        (
            vec![
                (110.0, 60.0, 11.0, false, "Prepared by"),
                (124.0, 60.0, 11.0, false, "A. B. Linden, T. Reyes"),
            ],
            vec!["A. B. Linden", "T. Reyes"],
        ),
        (vec![(110.0, 60.0, 11.0, false, "ADA LINDEN – OSLO")], vec!["Ada Linden"]),
        // Nothing tells that these are persons.
        (vec![(110.0, 60.0, 11.0, false, "Last Week"), (110.0, 300.0, 11.0, false, "Year Ago")], vec![]),
        (vec![(110.0, 60.0, 11.0, false, "Northern Waters")], vec![]),
    ] {
        let work = front(&[&[title], lines.as_slice()].concat());
        assert_eq!(authors(&work), names, "{lines:?}");
    }
}

#[test]
fn authors_may_be_named_at_the_end() {
    let title = page(0, &[(80.0, 60.0, 18.0, true, "Harbours of the North")]);
    let notes = page(
        4,
        &[
            (80.0, 60.0, 14.0, true, "Author Information"),
            (110.0, 60.0, 10.0, false, "Ada Linden"),
            (110.0, 300.0, 10.0, false, "Tomas Reyes"),
            (124.0, 60.0, 10.0, false, "Analyst in Trade"),
            (124.0, 300.0, 10.0, false, "Reference Librarian"),
            (160.0, 60.0, 14.0, true, "Disclaimer"),
            (180.0, 60.0, 10.0, false, "This report was prepared by the Northern Research Service (NRS)."),
        ],
    );
    let work = weighed(&document([title.clone(), text(0, 300.0, 10.0), notes].concat()));
    assert_eq!(authors(&work), ["Ada Linden", "Tomas Reyes"]);
    assert_eq!(work.publisher.as_deref(), Some("Northern Research Service"));
    let signature = page(
        1,
        &[
            (80.0, 60.0, 10.0, false, "so it ends."),
            (104.0, 60.0, 10.0, false, "Ada Linden, Specialist in Trade"),
        ],
    );
    let work = weighed(&document([title, text(0, 300.0, 10.0), signature].concat()));
    assert_eq!(authors(&work), ["Ada Linden"]);
}

#[test]
fn dates_are_read_where_a_work_has_its_own() {
    let title = (80.0, 60.0, 18.0, true, "Harbours of the North");
    for (line, date) in [
        ((50.0, 400.0, 10.0, false, "Updated April 10, 2026"), Some("2026-04-10")),
        ((120.0, 60.0, 10.0, false, "November 2006"), Some("2006-11")),
        (
            (120.0, 60.0, 9.0, false, "Received 3 May 2004; accepted 4 June 2005; published 22 July 2005."),
            Some("2005-07-22"),
        ),
        ((30.0, 60.0, 9.0, false, "JOURNAL OF PORTS, VOL. 11, NO. 2, APRIL 1985"), Some("1985-04")),
        ((30.0, 60.0, 9.0, false, "Z. Hafenk. 54 a, 272-273 (1999)"), Some("1999")),
        ((120.0, 60.0, 10.0, false, "Received 3 May 2004"), None),
        ((30.0, 60.0, 9.0, false, "pp. 1488-1502, 12 December"), None),
        // The end of a paragraph.
        ((520.0, 60.0, 10.0, false, "March 24, 1997."), None),
    ] {
        let work = front(&[title, line]);
        assert_eq!(work.issued.map(|date| date.to_string()).as_deref(), date, "{line:?}");
    }
}

#[test]
fn journals_and_bodies_are_told_from_affiliations() {
    let title = (80.0, 60.0, 18.0, true, "Harbours of the North");
    let journal = front(&[title, (30.0, 60.0, 9.0, false, "JOURNAL OF PORTS, VOL. 11, 2005")]);
    assert_eq!(journal.container.as_deref(), Some("Journal of Ports"));
    let paper = front(&[
        title,
        (110.0, 60.0, 11.0, false, "Ada Linden1"),
        (124.0, 60.0, 9.0, false, "University of Oslo"),
    ]);
    assert_eq!(paper.publisher, None);
    let cover = page(
        0,
        &[
            title,
            (110.0, 60.0, 11.0, false, "By Ada Linden"),
            (700.0, 200.0, 12.0, false, "Ministry of Fisheries"),
        ],
    );
    let work = weighed(&document([cover, text(1, 80.0, 10.0)].concat()));
    assert_eq!(work.publisher.as_deref(), Some("Ministry of Fisheries"));
}

proptest::proptest! {
    /// Whatever a file prints, and wherever, something is made of it or nothing.
    #[test]
    fn no_lines_panic(
        lines in proptest::collection::vec(
            (0.0f32..800.0, 0.0f32..600.0, 0.0f32..40.0, proptest::bool::ANY, "(By |v\\. |No\\. |Vol\\. |© |\\(|COURT )?[\\PC]{0,24}( vs\\.|,| 2021| İ|-)?"),
            0..30,
        ),
        stated in "[\\PC]{0,20}",
    ) {
        let made: Vec<Made> = lines.iter().map(|(top, left, size, bold, text)| (*top, *left, *size, *bold, text.as_str())).collect();
        let mut file = document(page(0, &made));
        file.stated.title = Some(stated.clone());
        file.stated.authors = Name::parse_list(&stated);
        weighed(&file);
    }
}
