//! A paper in two columns, with notes, a caption, a table, cut words and ligatures, reads as a person reads it.

use super::harness::Desk;
use super::made::{package, pdf};
use serde_json::Value;

/// Lines of the left column; `|` is the mark of a note set high, `\u{1}` the letters `fi` in one sign.
const LEFT: [&str; 11] = [
    "  In 1998 the governments of the valley agreed to open",
    "the crossing for traders on market days, and the \u{1}rst",
    "lorries went over the bridge on the same day.|1| The un-",
    "derstanding between both sides was good, and they",
    "spoke of a new beginning.",
    "  Traders who were interviewed said that the opening",
    "had changed their lives more than any law or treaty",
    "that was signed in the capital since independence.",
    "Women in particular, who carry most of the trade,",
    "could for the \u{1}rst time reach the markets on the other",
    "bank without a visa.|2|",
];

const RIGHT: [&str; 4] = [
    "  The second period began when the crossing was closed",
    "after the events of 2010, and lasted until the agreement",
    "of 2017. During these years trade went by way of the",
    "mountain road, which is open for \u{1}ve months only.",
];

/// A line of text at a place; marks smaller and higher, or only higher.
fn line(x: u32, y: u32, size: u32, text: &str, small_marks: bool) -> String {
    let mut content = format!("BT /F1 {size} Tf {x} {y} Td ");
    for (i, piece) in text.split('|').enumerate().filter(|(_, piece)| !piece.is_empty()) {
        let piece = piece.replace('(', "\\(").replace(')', "\\)");
        content += &match (i % 2, small_marks) {
            (0, _) => format!("({piece}) Tj "),
            (_, true) => format!("/F1 {} Tf 3 Ts ({piece}) Tj /F1 {size} Tf 0 Ts ", size * 6 / 10),
            (_, false) => format!("3 Ts ({piece}) Tj 0 Ts "),
        };
    }
    content + "ET\n"
}

fn column(x: u32, top: u32, lines: &[&str], small_marks: bool) -> String {
    let one = |(n, text): (u32, &&str)| {
        line(x + if text.starts_with(' ') { 10 } else { 0 }, top - 12 * n, 10, text.trim_start(), small_marks)
    };
    (0..).zip(lines).map(one).collect()
}

fn note(x: u32, y: u32, text: &str, small_marks: bool) -> String {
    line(x, y, 8, text, small_marks)
}

/// Three pages: the first with a title, the second with a caption and a table, notes on each.
fn paper(small_marks: bool) -> Vec<u8> {
    let rule = |x: u32, y: u32, width: u32| format!("0.5 w {x} {y} m {} {y} l S\n", x + width);
    let edges = |head: &str, number: &str| line(50, 760, 8, head, true) + &line(300, 36, 9, number, true);
    let body = |left: u32| column(50, left, &LEFT, small_marks) + &column(320, left, &RIGHT, small_marks);
    let first = edges("Journal of Border Studies", "217")
        + &line(200, 715, 16, "Trade and the Bridge", true)
        + &line(230, 690, 11, "Anna Petrova and Lee Wong", true)
        + &line(50, 655, 11, "1 Introduction", true)
        + &body(630)
        + &rule(50, 96, 90)
        + &note(50, 86, "|1| See Wong (2003), who was there.", small_marks)
        + &note(50, 77, "|2| Prices were collected by the author.", small_marks);
    let cells = |y: u32, cells: [&str; 3]| -> String {
        [320, 410, 490].into_iter().zip(cells).map(|(x, cell)| line(x, y, 9, cell, true)).collect()
    };
    let second = edges("Petrova and Wong", "218")
        + &body(720)
        + &line(320, 660, 8, "Figure 1. The bridge, seen from the road.", true)
        + &line(320, 620, 8, "Table 1. Traffic over the bridge, vehicles a year", true)
        + &rule(320, 612, 240)
        + &cells(602, ["Year", "Lorries", "Cars"])
        + &rule(320, 598, 240)
        + &cells(588, ["1998", "1,204", "310"])
        + &cells(576, ["2009", "8,755", "2,114"])
        + &rule(320, 570, 240)
        + &rule(50, 96, 90)
        + &note(50, 86, "|1| Ibid.", small_marks)
        + &note(50, 77, "|2| Ibid.", small_marks);
    let third = edges("Journal of Border Studies", "219")
        + &body(720)
        + &rule(50, 96, 90)
        + &note(50, 86, "|1| Ibid.", small_marks)
        + &note(50, 77, "|2| Ibid.", small_marks);
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >> >>";
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [4 0 R 6 0 R 8 0 R] /Count 3 >>".to_vec(),
        font.as_bytes().to_vec(),
    ];
    for (page, content) in [first, second, third].iter().enumerate() {
        let its = "/Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>";
        objects.push(format!("<< /Type /Page {its} /Contents {} 0 R >>", 5 + 2 * page).into_bytes());
        objects.push(pdf::stream("", content.as_bytes()));
    }
    pdf::assemble(&objects, "")
}

/// Kind, text and label of the page of every passage.
fn passages(bytes: Vec<u8>) -> Vec<(String, String, String)> {
    let desk = Desk::new();
    desk.write("paper.pdf", bytes);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let passages = desk.jsonl(["passages", "paper.pdf", "--jsonl"]);
    passages
        .iter()
        .map(|p| (word(&p["kind"]), word(&p["text"]), word(&p["locator"]["page"]["label"])))
        .collect()
}

#[test]
fn a_paper_in_two_columns_reads_as_a_person_reads_it() {
    for small_marks in [true, false] {
        let passages = passages(paper(small_marks));
        let of = |kind: &str, page: &str| -> Vec<&str> {
            passages
                .iter()
                .filter(|(k, _, p)| k == kind && p == page)
                .map(|(_, text, _)| text.as_str())
                .collect()
        };
        let body = of("body", "217");
        assert_eq!(body.len(), 3, "{passages:#?}");
        assert_eq!(
            body[0],
            "In 1998 the governments of the valley agreed to open the crossing for traders on market days, and the first lorries went over the bridge on the same day. The understanding between both sides was good, and they spoke of a new beginning."
        );
        assert!(body[1].ends_with("without a visa."), "{passages:#?}");
        assert!(body[2].starts_with("The second period") && body[2].contains("five months"), "{passages:#?}");
        assert_eq!(
            of("footnote", "217"),
            ["¹ See Wong (2003), who was there.", "² Prices were collected by the author."]
        );
        assert_eq!(of("footnote", "218"), ["¹ Ibid.", "² Ibid."], "{passages:#?}");
        assert_eq!(of("footnote", "219"), ["¹ Ibid.", "² Ibid."], "{passages:#?}");
        assert_eq!(
            of("caption", "218"),
            [
                "Figure 1. The bridge, seen from the road.",
                "Table 1. Traffic over the bridge, vehicles a year"
            ],
            "{passages:#?}"
        );
        assert_eq!(of("table", "218"), ["Year | Lorries | Cars\n1998 | 1,204 | 310\n2009 | 8,755 | 2,114"]);
        assert_eq!(of("boilerplate", "218"), ["Petrova and Wong"]);
        assert!(
            passages.contains(&("heading".into(), "1 Introduction".into(), "217".into())),
            "{passages:#?}"
        );
    }
}

#[test]
fn a_paragraph_of_a_book_over_two_printed_pages_names_both() {
    let chapter = r#"<html><body><span epub:type="pagebreak" title="11"/><p>The ministers of both countries met in Minsk
and spoke of transit, <span epub:type="pagebreak" title="12"/>wheat and the price of gas.</p><p>They met again in May, when
the crossing had been closed for a year.</p></body></html>"#;
    let desk = Desk::new();
    desk.write("book.epub", package::epub(&[chapter]));
    let shown = desk.run(["passages", "book.epub"]).expect_code(0).stdout;
    let places: Vec<&str> = shown.lines().filter(|line| line.contains("para. ")).collect();
    assert!(places[0].contains("11\u{2013}12") && !places[1].contains("11"), "{shown}");
}
