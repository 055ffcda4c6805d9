//! Documents of kinds that are easily misread, through the real program: what is body, what is not, and who wrote it.

use super::harness::Desk;
use super::made::pdf;
use serde_json::Value;

const TALKS: &str = "The two harbours agreed to share their pilots, and the captains signed a paper after three days of talks that both called useful.";
const ICE: &str = "On a clear morning in March two people walked onto the ice of the lake with a rake, as they had done every year before.";

/// Kinds and texts of the passages of one file.
fn passages(name: &str, bytes: impl AsRef<[u8]>) -> Vec<(String, String)> {
    let desk = Desk::new();
    let path = format!("seeds/{name}");
    desk.write(&path, bytes);
    let text = |passage: &Value, field: &str| passage[field].as_str().unwrap().to_owned();
    desk.jsonl(["passages", &path, "--jsonl"]).iter().map(|p| (text(p, "kind"), text(p, "text"))).collect()
}

fn kinds(passages: &[(String, String)]) -> Vec<&str> {
    passages.iter().map(|(kind, _)| kind.as_str()).collect()
}

fn texts_of<'p>(passages: &'p [(String, String)], kind: &str) -> Vec<&'p str> {
    passages.iter().filter(|(k, _)| k == kind).map(|(_, text)| text.as_str()).collect()
}

/// What is known of one file.
fn source(name: &str, bytes: impl AsRef<[u8]>) -> Value {
    let desk = Desk::new();
    desk.write(&format!("seeds/{name}"), bytes);
    let mut listed = desk.json(["sources", "--json"]);
    listed["sources"][0].take()
}

#[test]
fn a_brief_within_its_article_is_whole() {
    let page = format!(
        "<title>Visit</title><nav><a href=/>Home</a></nav><article><h1>Visit of the pilots</h1><p>They came to the pier on Monday.</p>\
         <p>{TALKS}</p><ul><li>ropes of the north<li>lamps of the south</ul><p>Nothing was said of fees.</p></article>"
    );
    let found = passages("a.html", page);
    assert_eq!(kinds(&found)[found.len() - 4..], ["body", "body", "list", "body"], "{found:?}");
}

#[test]
fn single_line_breaks_with_white_space_part_the_paragraphs_of_an_old_page() {
    let paragraphs = ["Oslo", "Turku", "Riga", "Gdynia"].map(|port| format!("{TALKS} They met in {port}."));
    let page = format!("<html><body><h1>Old page</h1>{}</body></html>", paragraphs.join("<br>\n<br> \n"));
    assert_eq!(texts_of(&passages("a.html", page), "body"), paragraphs);
}

#[test]
fn an_element_that_nobody_knows_is_within_its_line() {
    let page = format!(
        "<h1>Funds</h1><p>The largest owner was the <x-term>Sixth</x-term> <nobr>rope-fund</nobr>, which put <x-sum>US$40 \
         million</x-sum> into the pier.</p><p>{TALKS}</p>"
    );
    let found = passages("a.html", page);
    let expected = "The largest owner was the Sixth rope-fund, which put US$40 million into the pier.";
    assert_eq!(texts_of(&found, "body"), [expected, TALKS]);
}

#[test]
fn paragraphs_that_only_subscribers_see_are_the_article() {
    let more = ["in April", "in May", "in June"]
        .map(|month| format!("<p class=\"paywall\">{month} the rakes were put away, the beads were counted and the lake was closed to the boats of both towns.</p>"));
    let page = format!("<h1>Ice</h1><article><p>{ICE}</p>{}</article>", more.concat());
    assert_eq!(texts_of(&passages("a.html", page), "body").len(), 4);
}

#[test]
fn menus_and_numbers_are_no_authors_and_an_ambiguous_day_gives_its_year() {
    let page = format!(
        "<title>Pilots | Harbour News</title><div class=top><div><span>Letters</span> <span>Events</span></div><div>Latest</div>\
         <div>Ada Linden</div></div><h1>Pilots of the two harbours meet at last</h1><div class=meta>By <a href=/p>Tomas \
         Reyes</a> Published on 06/01/2026</div><div><p>{TALKS}</p><p>{ICE}</p></div>"
    );
    let work = source("a.html", page);
    assert_eq!(work["authors"].to_string(), "[\"Tomas Reyes\"]", "{work}");
    assert_eq!(work["issued"], "2026", "{work}");
    let aside = work["set_aside"].as_array().unwrap();
    assert!(!aside.iter().any(|a| a["value"] == "2026" && a["field"] == "authors"), "{aside:?}");
}

#[test]
fn a_saved_page_has_the_words_and_the_address_of_the_page() {
    let page = format!(
        "From: <Saved by Browser>\r\nSnapshot-Content-Location: https://harbour.example/pilots\r\nSubject: Pilots\r\n\
         Date: Tue, 4 May 2021 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; \
         boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://harbour.example/pilots\r\n\r\n<head><title>Pilots meet</title><meta name=3D\"author\" \
         content=3D\"Ada Linden\"><meta property=3D\"article:published_time\" content=3D\"2020-03-01\"></head><h1>Pilots \
         meet</h1><p>{} vol=\r\nume.</p>\r\n--B--\r\n",
        TALKS
    );
    let work = source("a.mhtml", &page);
    assert_eq!(work["title"], "Pilots meet", "{work}");
    assert_eq!(work["authors"].to_string(), "[\"Ada Linden\"]", "{work}");
    // The day on which it was saved is not that of the page.
    assert_eq!(work["issued"], "2020-03-01", "{work}");
    assert_eq!(work["url"], "https://harbour.example/pilots", "{work}");
    assert_eq!(texts_of(&passages("a.mhtml", &page), "body"), [format!("{TALKS} volume.")]);
}

#[test]
fn headings_that_are_underlined_open_sections() {
    let text = "First Title\n===========\n\nA paragraph about the pier.\n\nRopes and lamps\n---------------\n\nA paragraph \
                about the ropes and their price.\n";
    assert_eq!(kinds(&passages("a.md", text)), ["front", "body", "heading", "body"]);
}

#[test]
fn the_indented_lines_of_a_footnote_belong_to_it() {
    let text = "# Heading\n\nA paragraph about the pier.[^1]\n\n[^1]: A note about the ropes, Linden 2019.\n    Its second \
                line about the lamps.\n\nThe last paragraph ends here.\n";
    let found = passages("a.md", text);
    let notes = texts_of(&found, "footnote");
    assert_eq!(notes.len(), 1, "{found:?}");
    assert!(notes[0].ends_with("about the lamps."), "{notes:?}");
}

#[test]
fn front_matter_may_have_space_before_its_colons() {
    let text =
        format!("---\ntitle : Ropes In The Valley\nauthor : Ada Linden\ndate : 2025-09-17\n---\n\n{TALKS}\n");
    let work = source("a.md", text);
    assert_eq!((&work["title"], &work["issued"]), (&"Ropes In The Valley".into(), &"2025-09-17".into()));
}

#[test]
fn the_header_of_an_archive_names_the_work() {
    let text = format!(
        "The Project Gutenberg EBook of A Voyage, by Ada Linden\n\nTitle: A Voyage\n\nAuthor: Ada Linden\n\nLanguage: \
         English\n\n*** START OF THIS PROJECT GUTENBERG EBOOK A VOYAGE ***\n\n{TALKS}\n"
    );
    let work = source("a.txt", &text);
    assert_eq!(
        (&work["title"], work["authors"].to_string()),
        (&"A Voyage".into(), "[\"Ada Linden\"]".into())
    );
    assert_eq!(texts_of(&passages("a.txt", &text), "body"), [TALKS]);
}

#[test]
fn the_urdu_full_stop_ends_a_paragraph() {
    let paragraphs = [
        "دونوں بندرگاہوں نے تین دن کی بات چیت کے بعد ایک معاہدے پر دستخط کیے جسے سب نے مفید قرار دیا۔",
        "کپتانوں نے اگلے سال دوبارہ ملنے کا فیصلہ کیا۔",
        "جھیل پر برف باقی تھی۔",
    ];
    assert_eq!(texts_of(&passages("a.txt", paragraphs.join("\n\n")), "body"), paragraphs);
}

#[test]
fn a_text_in_a_kazakh_encoding_is_read() {
    // KZ-1048: the letters that windows-1251 has otherwise.
    let mut bytes = Vec::new();
    for letter in "Қазақ теңізінде екі кеме жүзді, өзен көлге құйды, ұлттық жол ашылды.".chars()
    {
        bytes.push(match letter {
            'Қ' => 0x8D,
            'қ' => 0x9D,
            'ң' => 0xBE,
            'і' => 0xB3,
            'ү' => 0xBF,
            'ө' => 0xB4,
            'ұ' => 0xA2,
            'ғ' => 0xBA,
            c if c.is_ascii() => c as u8,
            c => u8::try_from(u32::from(c) - 0x410 + 0xC0).unwrap(),
        });
    }
    let found = passages("a.txt", bytes);
    assert!(found[0].1.contains("Қазақ теңізінде") && found[0].1.contains("құйды"), "{found:?}");
}

#[test]
fn pages_without_text_among_pages_with_text_are_a_doubt() {
    let page: String = (0..6).map(|n| pdf::show(72, 720 - 40 * n, 11, &TALKS[..90])).collect();
    let blank = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \u{7f} EI Q".to_owned();
    let desk = Desk::new();
    desk.write("seeds/a.pdf", pdf::pages(&[page.clone(), blank.clone(), blank, page], "", ""));
    desk.run(["ingest"]).expect_code(0).expect_stderr("scanned pages").expect_stderr("2–3");
    desk.run(["ingest", "--strict", "--rebuild"]).expect_code(2);
}

#[test]
fn what_is_at_one_height_on_several_pages_is_no_part_of_a_paragraph() {
    let lines = [
        "The captains met in the old town and spoke of ropes and lamps,",
        "of pilots and of the price that the carriers pay for all three,",
    ];
    let page = |n: usize| {
        let body: String = (0..2).map(|i| pdf::show(72, 700 - 13 * i, 10, lines[i as usize])).collect();
        pdf::show(72, 713, 10, "Annals of the Harbour")
            + &body
            + &pdf::show(72, 674, 10, &format!("and signed paper {n}."))
    };
    let found = passages("a.pdf", pdf::pages(&[page(1), page(2), page(3)], "", ""));
    let bodies = texts_of(&found, "body");
    assert_eq!(bodies.len(), 3, "{found:?}");
    assert!(bodies.iter().all(|text| text.starts_with("The captains")), "{bodies:?}");
    assert_eq!(texts_of(&found, "boilerplate"), ["Annals of the Harbour"; 3]);
}

#[test]
fn a_paragraph_that_ends_several_pages_is_a_paragraph() {
    let clause = [
        "The ferry of the northern harbour is open to the ships of both sides",
        "from May to October, and nobody pays for it.",
    ];
    let words = [["Ropes", "Lamps", "Masts"], ["Nets", "Oars", "Sails"], ["Tar", "Salt", "Hemp"]];
    let page = |words: &[&str; 3]| {
        let line = |(word, i): (&&str, u32)| {
            pdf::show(
                72,
                700 - 40 * i,
                10,
                &format!("{word} were sold at the pier by those who had come over the ice."),
            )
        };
        let body: String = words.iter().zip(0..).map(line).collect();
        body + &pdf::show(72, 500, 10, clause[0]) + &pdf::show(72, 487, 10, clause[1])
    };
    let found = passages("a.pdf", pdf::pages(&words.each_ref().map(page), "", ""));
    assert!(!kinds(&found).contains(&"boilerplate"), "{found:?}");
}
