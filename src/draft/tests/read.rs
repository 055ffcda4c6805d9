//! What cites and how it is read: notes of documents by their ids, repeated citations, numbers, fields; and that nothing is
//! green beside what could not be read.

use super::citations::shelf;
use super::*;
use crate::reader::made::package::{odt, package, paragraph};
use crate::reader::{Limits, read_draft};

const KHAN: &str = "“Goods went over the high pass in winter”";
const ALI: &str = "“Nobody mended the road before the war began”";

fn of(text: &str, syntax: Syntax) -> Vec<Finding> {
    check(&Draft::parse(text, syntax), &shelf(), &Waivers::default()).unwrap()
}

/// The verdicts on the quotations.
fn quotes(found: &[Finding]) -> Vec<Verdict> {
    found.iter().filter(|f| f.quote.is_some()).map(|f| f.verdict).collect()
}

fn markdown(text: &str) -> Vec<Verdict> {
    quotes(&of(text, Syntax::Markdown))
}

/// A Word document of these paragraphs, footnotes and endnotes.
fn word(body: &str, footnotes: &[&str], endnotes: &[&str]) -> Vec<Finding> {
    let part = |name: &str, notes: &[&str]| {
        let notes = (11..).zip(notes).map(|(id, note)| {
            let paragraphs: String = note.split('|').map(paragraph).collect();
            format!("<w:{name} w:id=\"{id}\">{paragraphs}</w:{name}>")
        });
        format!("<w:{name}s>{}</w:{name}s>", notes.collect::<String>())
    };
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/footnotes.xml", &part("footnote", footnotes)),
        ("word/endnotes.xml", &part("endnote", endnotes)),
    ]);
    let (document, anchors) = read_draft(&bytes, true, &Limits::default()).unwrap();
    check(&Draft::of_document(&document, &anchors), &shelf(), &Waivers::default()).unwrap()
}

/// A paragraph of Word; `{F11}` and `{E11}` are the marks of notes.
fn marked(text: &str) -> String {
    let mut inside = String::new();
    for part in text.split(['{', '}']) {
        let id = part.get(1..).filter(|id| id.parse::<u32>().is_ok());
        inside.push_str(&match (part.chars().next(), id) {
            (Some('F'), Some(id)) => format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>"),
            (Some('E'), Some(id)) => format!("<w:r><w:endnoteReference w:id=\"{id}\"/></w:r>"),
            _ => format!("<w:r><w:t xml:space=\"preserve\">{part}</w:t></w:r>"),
        });
    }
    format!("<w:p>{inside}</w:p>")
}

#[test]
fn notes_are_bound_by_the_ids_of_the_file() {
    use Verdict::{Elsewhere, Unchecked, Verbatim};
    for (body, footnotes, endnotes, verdicts) in [
        // Side by side, with a remark.
        (
            format!("{KHAN}.{{F11}}{{F12}} {ALI}.{{F13}}"),
            vec!["Khan 2021, para. 1.", "A word more.", "Khan 2021, para. 1."],
            vec![],
            vec![Verbatim, Elsewhere],
        ),
        // In another order than in the file, and over an area of km².
        (
            format!("16 km² {KHAN}.{{F12}} {ALI}.{{F11}}"),
            vec!["Khan and Ali 2019, para. 1.", "Khan 2021, para. 1."],
            vec![],
            vec![Verbatim, Verbatim],
        ),
        // Two paragraphs, the second of which cites.
        (format!("{KHAN}.{{F11}}"), vec!["A word first.|See Khan (2021)."], vec![], vec![Verbatim]),
        // Foot- and endnotes.
        (
            format!("{KHAN}{{E11}}. {ALI}.{{F11}}"),
            vec!["Khan 2021."],
            vec!["Khan and Ali 2019."],
            vec![Elsewhere, Elsewhere],
        ),
        // A mark before the closing quotation mark.
        (
            format!("{}.{{F11}}” And so on.", ALI.trim_end_matches('”')),
            vec!["Khan 2021."],
            vec![],
            vec![Elsewhere],
        ),
        // A note that says nothing that could be read, and one that is not there.
        (format!("{KHAN}.{{F11}}"), vec!["Minister's diary, 1994, p. 3."], vec![], vec![Unchecked]),
        (format!("{KHAN}.{{F99}}"), vec![], vec![], vec![Unchecked]),
    ] {
        let found = word(&marked(&body), &footnotes, &endnotes);
        assert_eq!(quotes(&found), verdicts, "{body}: {found:#?}");
    }
    let lost = word(&marked(&format!("{KHAN}.{{F99}}")), &["Khan 2021."], &[]);
    let said: Vec<&str> = lost.iter().filter(|f| f.quote.is_none()).map(|f| f.message.as_str()).collect();
    assert!(said.contains(&"the note of this mark could not be found"), "{lost:#?}");
    assert!(said.contains(&"no mark in the text leads to this note"), "{lost:#?}");
}

#[test]
fn notes_of_an_open_document_stand_at_their_marks() {
    let note = |id: &str, words: &str| {
        format!(
            "<text:note text:id=\"{id}\" text:note-class=\"footnote\"><text:note-citation>{id}</text:note-citation><text:note-body><text:p>{words}</text:p></text:note-body></text:note>"
        )
    };
    let body = format!(
        "<text:p>{KHAN}.{}{} {ALI}{}.</text:p>",
        note("2", "A word more."),
        note("4", "Khan 2021, para. 1."),
        note("24", "Ibid.")
    );
    let (document, anchors) = read_draft(&odt(&body), false, &Limits::default()).unwrap();
    let found = check(&Draft::of_document(&document, &anchors), &shelf(), &Waivers::default()).unwrap();
    assert_eq!(quotes(&found), [Verdict::Verbatim, Verdict::Elsewhere], "{found:#?}");
}

#[test]
fn repeated_citations_lead_to_the_work_they_repeat() {
    let note =
        |one: &str, two: &str| markdown(&format!("{KHAN}.[^1] {ALI}.[^2]\n\n[^1]: {one}\n[^2]: {two}\n"));
    for repeated in [
        "Ibid.",
        "*Ibid.*, para. 1.",
        "Khan, op. cit., para. 1.",
        "Khan (n 1) para 1",
        "Khan, supra note 1.",
        "Там же.",
    ] {
        assert_eq!(
            note("Khan 2021, para. 1.", repeated),
            [Verdict::Verbatim, Verdict::Elsewhere],
            "{repeated}"
        );
    }
    for repeated in ["Ibid.", "Khan and Ali (n 1)", "Khan and Ali, supra note 1, para. 1.", "Ali, op. cit."] {
        let found = note("Khan & Ali, 2019, para. 1.", repeated);
        assert_eq!(found, [Verdict::Elsewhere, Verdict::Verbatim], "{repeated}");
    }
    // What Ibid. repeats was not understood.
    assert_eq!(note("The minister's diary, 1994, p. 3.", "Ibid."), [Verdict::Unchecked, Verdict::Unchecked]);
    assert_eq!(note("A remark.", "Raza, op. cit."), [Verdict::Unchecked, Verdict::Unchecked]);
    for text in ["KHAN (Khan, 2021). And ALI (ibid., para. 1).", "KHAN [@khan2021]. And ALI (Ibid.)."] {
        let text = text.replace("KHAN", KHAN).replace("ALI", ALI);
        assert_eq!(markdown(&text), [Verdict::Verbatim, Verdict::Elsewhere], "{text}");
    }
    assert_eq!(markdown(&format!("{KHAN} (ibid.).")), [Verdict::Unchecked]);
}

#[test]
fn short_titles_in_notes_lead_to_works() {
    for (words, verdict) in [
        ("Raza, “Road,” para. 1.", Verdict::Verbatim),
        ("Raza, *Road Works at the Pass*, para. 1.", Verdict::Verbatim),
        ("Raza, “Road repairs in winter,” para. 1.", Verdict::Unchecked),
        ("Khan, “Road,” para. 1.", Verdict::Unchecked),
    ] {
        assert_eq!(markdown(&format!("{KHAN}.[^1]\n\n[^1]: {words}\n")), [verdict], "{words}");
    }
}

#[test]
fn numbers_lead_to_the_drafts_own_list() {
    let list = "References\n\n[1] M. Raza, “Road works at the pass.”\n[2] A. Khan and B. Ali, 2019.\n";
    let plain = |text: &str| quotes(&of(&format!("{text}\n\n{list}"), Syntax::Plain));
    assert_eq!(plain(&format!("{KHAN} [1]. {ALI} [2, p. 3].")), [Verdict::Verbatim, Verdict::Verbatim]);
    assert_eq!(plain(&format!("{KHAN} [2]. {ALI} [1, para. 1].")), [Verdict::Elsewhere, Verdict::Elsewhere]);
    assert_eq!(plain(&format!("{KHAN} [7].")), [Verdict::Unchecked]);
    assert_eq!(quotes(&of(&format!("{KHAN} [1]."), Syntax::Plain)), [Verdict::Unchecked]);
    assert_eq!(quotes(&of(&format!("{KHAN}.³"), Syntax::Plain)), [Verdict::Unchecked]);
    assert_eq!(markdown(&format!("{KHAN}[^7].")), [Verdict::Unchecked]);
}

#[test]
fn what_has_the_shape_of_a_citation_makes_a_quotation_unchecked() {
    assert_eq!(markdown(&format!("{KHAN} (Hasan 2019).")), [Verdict::Unchecked]);
    assert_eq!(markdown(&format!("{KHAN} (Hasan 44).")), [Verdict::Unchecked]);
    assert_eq!(markdown(&format!("{KHAN} (Hasan, 2019, p. 4).")), [Verdict::Elsewhere]);
    // An explanation is none.
    assert_eq!(
        markdown(&format!("Khan (2021) says {KHAN}.[^1]\n\n[^1]: He was an old man then.\n")),
        [Verdict::Verbatim]
    );
    assert_eq!(markdown(&format!("{KHAN}.")), [Verdict::Verbatim]);
}

#[test]
fn a_number_within_the_words_quoted_is_the_sources_own() {
    let corpus = Memory(vec![source("akram", "Goods went over the pass [1], and came back by sea [2].")]);
    let of = |text: &str| {
        let found = check(&Draft::parse(text, Syntax::Markdown), &corpus, &Waivers::default()).unwrap();
        quotes(&found)
    };
    assert_eq!(
        of("> Goods went over the pass \\[1\\], and came back by sea \\[2\\].\n\n[@akram]\n"),
        [Verdict::Verbatim]
    );
    assert_eq!(of("“Goods went over the pass [1], and came back” [@akram]."), [Verdict::Verbatim]);
    assert_eq!(of("“and came back by sea [3]”"), [Verdict::Unchecked]);
}

#[test]
fn fields_are_read_before_what_they_show() {
    let sign = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let field = |code: &str, shown: &str| {
        let code = code.replace('"', "&quot;");
        let show = format!("<w:r><w:t>{shown}</w:t></w:r>");
        format!(
            "{}<w:r><w:instrText>{code}</w:instrText></w:r>{}{show}{}",
            sign("begin"),
            sign("separate"),
            sign("end")
        )
    };
    let check = |code: &str, shown: &str| {
        let body =
            format!("<w:p><w:r><w:t xml:space=\"preserve\">{KHAN} </w:t></w:r>{}</w:p>", field(code, shown));
        quotes(&word(&body, &[], &[]))
    };
    let zotero = |item: &str| format!(" ADDIN ZOTERO_ITEM CSL_CITATION {{\"citationItems\":[{item}]}} ");
    let raza = r#"{"itemData":{"title":"Road Works at the Pass","author":[{"family":"Raza","given":"M."}]},"locator":"1","label":"paragraph"}"#;
    let khan = r#"{"itemData":{"citation-key":"khanali2019"}}"#;
    assert_eq!(check(&zotero(raza), "[3]"), [Verdict::Verbatim]);
    assert_eq!(check(&zotero(&raza.replace("\"1\"", "\"7\"")), "[3]"), [Verdict::Elsewhere]);
    assert_eq!(check(&zotero(khan), "(Khan, 2021)"), [Verdict::Elsewhere]);
    assert_eq!(check("CITATION khanali2019 \\l 1033", "(Khan, 2021)"), [Verdict::Elsewhere]);
    assert_eq!(check("CITATION khanali2019 \\l 1033 \\m khan2021", "(1)"), [Verdict::Verbatim]);
    assert_eq!(check("ADDIN Mendeley Citation{a-b}", "(1)"), [Verdict::Unchecked]);
    // `{"citationItems":[{"itemData":{"citation-key":"khanali2019"}}]}`
    let tag = "eyJjaXRhdGlvbkl0ZW1zIjpbeyJpdGVtRGF0YSI6eyJjaXRhdGlvbi1rZXkiOiJraGFuYWxpMjAxOSJ9fV19";
    let control = format!(
        "<w:sdt><w:sdtPr><w:tag w:val=\"MENDELEY_CITATION_v3_{tag}\"/></w:sdtPr><w:sdtContent><w:r><w:t>[1]</w:t></w:r></w:sdtContent></w:sdt>"
    );
    let body = format!("<w:p><w:r><w:t xml:space=\"preserve\">{KHAN} </w:t></w:r>{control}</w:p>");
    assert_eq!(quotes(&word(&body, &[], &[])), [Verdict::Elsewhere]);
    assert_eq!(check("CITATION Kha19 \\l 1033", "(Khan &amp; Ali, 2019)"), [Verdict::Elsewhere]);
}
