//! Tests of [`segment`] on whole small documents of common makes: a paper out of a PDF, a news page, Markdown.

use super::segment_tests::plain;
use super::{Kind, Segmented, segment};
use crate::document::{Document, Format, Page};

/// Each passage as `kind: text`, headings and all.
fn outline(segmented: &Segmented) -> Vec<String> {
    let text = |text: &str| text.replace('\n', " / ");
    segmented.passages.iter().map(|p| format!("{}: {}", p.kind.as_str(), text(&p.text))).collect()
}

/// A PDF of these pages, without blank lines, as its reader gives it.
fn pdf(text: &str) -> Document {
    let mut document = plain(text);
    document.format = Format::Pdf;
    document.pages = vec![Page::default(); document.breaks.len() + 1];
    for (i, line) in document.lines.iter_mut().enumerate() {
        line.page = document.breaks.iter().filter(|b| **b <= i).count() as u32;
    }
    document
}

const PAPER: &str = "\
Journal of Regional Studies, Vol. 12, No. 3, 2019, 41-55
Trade and Transit in Inner Asia: The Case of the
Northern Railway
Anna B. Writer and Carl D. Author
Department of Economics, University of Somewhere
Abstract
This paper studies the northern railway and its effects on the trade of the
region over three decades. It finds that transit rose faster than trade.
Keywords: railway, transit, trade
1. Introduction
The railway was opened in 1991 after a long dispute over its gauge.1 It joined
two networks that had been apart for eighty years, and its builders had ex-
pected that goods would flow at once. They did not.
Several reasons have been given for this. The first is the border itself, where
wagons waited for eleven days on average.
1 Writer, Railways of the Steppe, p. 12.
41
\u{C}Journal of Regional Studies
The second reason is the tariff, which was raised four times between 1992 and
1999 and which no government would lower alone.
2. Data and Method
2.1 Sources
The data come from the customs offices of three states. They cover all wagons
that crossed the border between 1991 and 2010, with
their weight, their origin, and the days they
Table 1. Wagons by year
42
\u{C}Journal of Regional Studies
waited. Missing years were filled by hand from the yearbooks of the railway,
which are kept in the capital.
The following fields were used:
• weight of the load in tons;
• days of waiting at the border.
3. Conclusion
Transit needs open borders more than it needs rails. The paper has shown it
for one line.
References
Khan, A. (2001). Borders and trade. Journal of Asian Trade, 3(2), 11-20.
Noor, M. and Raza, S. (2007). Tariffs of the north and of the
south. Islamabad: State Press.
43";

#[test]
fn a_paper_without_blank_lines() {
    let segmented = segment(&pdf(PAPER));
    let outline = outline(&segmented);
    for expected in [
        "front: Trade and Transit in Inner Asia: The Case of the Northern Railway",
        "front: Anna B. Writer and Carl D. Author",
        "abstract: This paper studies the northern railway and its effects on the trade of the region over three \
         decades. It finds that transit rose faster than trade.",
        "front: Keywords: railway, transit, trade",
        "heading: 1. Introduction",
        "body: The railway was opened in 1991 after a long dispute over its gauge.1 It joined two networks that had \
         been apart for eighty years, and its builders had expected that goods would flow at once. They did not.",
        "footnote: 1 Writer, Railways of the Steppe, p. 12.",
        "boilerplate: Journal of Regional Studies",
        "body: The data come from the customs offices of three states. They cover all wagons that crossed the border \
         between 1991 and 2010, with their weight, their origin, and the days they waited. Missing years were filled \
         by hand from the yearbooks of the railway, which are kept in the capital.",
        "caption: Table 1. Wagons by year",
        "list: The following fields were used: / • weight of the load in tons; / • days of waiting at the border.",
        "heading: References",
        "reference: Khan, A. (2001). Borders and trade. Journal of Asian Trade, 3(2), 11-20.",
        "reference: Noor, M. and Raza, S. (2007). Tariffs of the north and of the south. Islamabad: State Press.",
    ] {
        assert!(outline.iter().any(|line| line == expected), "{expected}\nis not in {outline:#?}");
    }
    assert_eq!(segmented.printed_pages, [Some("41".into()), Some("42".into()), Some("43".into())]);
    assert_eq!(segmented.repairs.words_rejoined, 1);
    let table = segmented.passages.iter().find(|p| p.kind == Kind::Caption).unwrap();
    assert_eq!(segmented.sections[table.section as usize], ["2. Data and Method", "2.1 Sources"]);
}

#[test]
fn a_news_page_with_leftovers() {
    let text = "Minister to Visit Tashkent for Transit Talks\nBy Our Correspondent\nAugust 14, 2021\n\n\
        TASHKENT: The minister of transport is to visit the capital next week to sign\na transit agreement, \
        officials said.\n\n“We expect to sign on Tuesday,” an official said.\n\n\
        Also Read: Trade rises by ten per cent\n\nThe visit follows a meeting of the joint commission in July.\n\n\
        Related Stories\nTrade Rises\n© Business Daily, 2021\n";
    let kinds: Vec<Kind> = segment(&plain(text)).passages.iter().map(|p| p.kind).collect();
    use Kind::{Body, Boilerplate, Front};
    let expected =
        [Front, Front, Front, Body, Body, Boilerplate, Body, Boilerplate, Boilerplate, Boilerplate];
    assert_eq!(kinds, expected);
}

#[test]
fn markdown_with_lists_tables_and_notes() {
    let text = "# On Roads\n\n1. Introduction\n\nRoads are old.[^1] They are used by many people in the region.\n\n\
        ## Findings\n\nThe findings are these:\n\n1. Roads help trade.\n2. Roads cost money.\n\n\
        > Roads are the veins of a state, as an old saying of the region has it.\n\n\
        | Year | Km |\n|------|----|\n| 2001 | 12 |\n\n*Figure 1. The network in 2002*\n\n[^1]: See the yearbook.\n\n\
        ## Notes\n\n1. Khan, A. *Roads*. 1999.\n2. Noor, B. [Rails](https://x.org/r). 2001.\n";
    let expected = [
        "front: On Roads",
        "heading: 1. Introduction",
        "body: Roads are old.[1] They are used by many people in the region.",
        "heading: Findings",
        "list: The findings are these: / 1. Roads help trade. / 2. Roads cost money.",
        "body: Roads are the veins of a state, as an old saying of the region has it.",
        "table: Year | Km / 2001 | 12",
        "caption: Figure 1. The network in 2002",
        "footnote: [1]: See the yearbook.",
        "heading: Notes",
        "reference: 1. Khan, A. Roads. 1999.",
        "reference: 2. Noor, B. Rails https://x.org/r. 2001.",
    ];
    assert_eq!(outline(&segment(&plain(text))), expected);
}

#[test]
fn references_with_hanging_indents() {
    let text = "The two governments agreed in the spring of that year to build a road, a\n\
        railway and a gas pipeline from the northern plains to the southern sea.\n\nREFERENCES\n\n\
        Khan, A. (2001). Borders and trade. Journal of Asian Trade, 3(2),\n    11-20.\n\
        Noor, M. and Raza, S. (2007). Tariffs of the north and of the south.\n    Islamabad: State Press.\n    \
        https://x.org/long/address/that-\n    goes-on.html\n";
    let outline = outline(&segment(&plain(text)));
    assert_eq!(
        outline[2..],
        [
            "reference: Khan, A. (2001). Borders and trade. Journal of Asian Trade, 3(2), 11-20.",
            "reference: Noor, M. and Raza, S. (2007). Tariffs of the north and of the south. Islamabad: State Press. \
             https://x.org/long/address/that-goes-on.html",
        ]
    );
}

#[test]
fn a_title_the_file_states_is_found_in_its_lines() {
    let mut document =
        pdf("INSIGHT\nFood Safety and the Recall of Raw Milk\nin Inner Asia\nApril 20, 2026\n\
        The ministry announced on Monday that all raw milk of the northern plains was to be\nwithdrawn. It \
        gave no reason for this, and no date was set for its return to the shops.");
    document.stated.title = Some("Food Safety and the Recall of Raw Milk in Inner Asia".to_owned());
    let outline = outline(&segment(&document));
    assert_eq!(outline[1], "front: Food Safety and the Recall of Raw Milk in Inner Asia");
    assert_eq!(outline[2], "front: April 20, 2026");
}

#[test]
fn numbered_notes_that_cut_a_sentence_are_notes() {
    let text = "The ministry announced on Monday that the tariff, which had been raised four times, is\n\n\
        1 Writer, Railways of the Steppe, p. 12.\n\n2 Author, Rails.\n\nto be lowered at once.\n";
    let expected = [
        "body: The ministry announced on Monday that the tariff, which had been raised four times, is to be lowered at \
         once.",
        "footnote: 1 Writer, Railways of the Steppe, p. 12.",
        "footnote: 2 Author, Rails.",
    ];
    assert_eq!(outline(&segment(&plain(text))), expected);
}
