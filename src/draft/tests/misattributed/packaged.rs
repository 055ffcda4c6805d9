//! Drafts of word processors: DOCX and ODT with notes, DOCX with citation fields.

use super::*;
use crate::reader::made::package::{odt as odt_of, package};
use crate::reader::{Limits, read_draft};

fn made(bytes: &[u8], is_docx: bool, quoted: Vec<Quoted>, shown: String) -> Made {
    let (document, anchors) = read_draft(bytes, is_docx, &Limits::default()).unwrap();
    Made { draft: Draft::of_document(&document, &anchors), quoted, shown }
}

/// A run of Word.
fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// The same text in runs, as Word leaves it: parted anywhere, in a link, inserted, in a control.
fn runs(dice: &mut Dice, text: &str) -> String {
    let at = text.char_indices().map(|(i, _)| i).nth(dice.below(text.chars().count())).unwrap();
    let (a, b) = (run(&text[..at]), run(&text[at..]));
    match dice.below(6) {
        0 => format!("{a}<w:ins w:id=\"1\">{b}</w:ins>"),
        1 => format!("{a}<w:hyperlink w:anchor=\"x\">{b}</w:hyperlink>"),
        2 => format!("{a}<w:sdt><w:sdtPr/><w:sdtContent>{b}</w:sdtContent></w:sdt>"),
        3 => format!("{a}<w:del w:id=\"2\"><w:r><w:delText>gone</w:delText></w:r></w:del>{b}"),
        4 => format!("{a}<w:proofErr w:type=\"spellStart\"/>{b}"),
        _ => run(text),
    }
}

/// Where the mark `M` of a note may be by the closing mark.
const CLOSINGS: [[&str; 2]; 4] = [["”", "."], ["”.", ""], [".”", ""], ["", "”."]];

/// The body of a paragraph in the text, in a table, or in a text box.
fn placed(dice: &mut Dice, inside: &str) -> String {
    let paragraph = format!("<w:p>{inside}</w:p>");
    match dice.below(8) {
        0 => format!(
            "<w:tbl><w:tr><w:tc>{paragraph}</w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
            run("x")
        ),
        1 => format!(
            "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{paragraph}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
        ),
        _ => paragraph,
    }
}

pub fn docx(dice: &mut Dice, quoted: Vec<Quoted>) -> Made {
    let mut notes = [Notes::default(), Notes::default()];
    let (mut body, mut parts) = (String::new(), [String::new(), String::new()]);
    let both = dice.below(3) == 0;
    for q in &quoted {
        let kind = if both { dice.below(2) } else { 0 };
        let name = ["footnote", "endnote"][kind];
        let mut add = |words: &str, more: bool, number: usize| {
            let id = 40 - number;
            let more = if more {
                format!("<w:p>{}</w:p>", run("It goes on in another paragraph."))
            } else {
                String::new()
            };
            parts[kind].push_str(&format!(
                "<w:{name} w:id=\"{id}\"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p>{more}</w:{name}>",
                run(&format!(" {words}"))
            ));
            id
        };
        let remark = (dice.below(4) == 0).then(|| notes[kind].remark(dice));
        let before = remark.map(|words| add(&words, false, notes[kind].cited.len()));
        let words = notes[kind].next(dice, q);
        let id = add(&words, dice.below(4) == 0, notes[kind].cited.len());
        let custom = dice.below(8) == 0;
        let mark = |id: usize| match custom {
            true => {
                format!("<w:r><w:{name}Reference w:customMarkFollows=\"1\" w:id=\"{id}\"/><w:t>†</w:t></w:r>")
            }
            false => format!(
                "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:{name}Reference w:id=\"{id}\"/></w:r>"
            ),
        };
        let marks = before.map(mark).unwrap_or_default() + &mark(id);
        let [close, end] = *dice.one(&CLOSINGS);
        let area = if dice.below(3) == 0 { run("Over 16 km² it was so. ") } else { String::new() };
        let first = runs(dice, &format!("They hold that “{}{close}", q.words));
        let last = if end.is_empty() { String::new() } else { run(end) };
        body.push_str(&placed(dice, &format!("{area}{first}{marks}{last}{}", run(" It was so."))));
    }
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let footnotes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/></w:footnote>{}</w:footnotes>",
        parts[0]
    );
    let endnotes = format!("<w:endnotes>{}</w:endnotes>", parts[1]);
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/footnotes.xml", &footnotes),
        ("word/endnotes.xml", &endnotes),
    ]);
    made(&bytes, true, quoted, document + &footnotes + &endnotes)
}

pub fn odt(dice: &mut Dice, quoted: Vec<Quoted>) -> Made {
    let mut notes = Notes::default();
    let mut body = String::new();
    for q in &quoted {
        let note = |words: &str, more: &str, number: usize| {
            format!(
                "<text:note text:id=\"ftn{number}\" text:note-class=\"footnote\"><text:note-citation>{number}</text:note-citation>\
                 <text:note-body><text:p>{words}</text:p>{more}</text:note-body></text:note>"
            )
        };
        let remark = (dice.below(4) == 0).then(|| notes.remark(dice));
        let before = remark.map(|words| note(&words, "", notes.cited.len())).unwrap_or_default();
        let words = notes.next(dice, q);
        let more = if dice.below(4) == 0 { "<text:p>It goes on in another paragraph.</text:p>" } else { "" };
        let marks = before + &note(&words, more, notes.cited.len());
        let [close, end] = *dice.one(&CLOSINGS);
        let words = q.words.replacen(' ', "<text:span text:style-name=\"T1\"> </text:span>", 1);
        let inside = format!("<text:p>They hold that “{words}{close}{marks}{end} It was so.</text:p>");
        body.push_str(&match dice.below(6) {
            0 => format!(
                "<table:table><table:table-row><table:table-cell>{inside}</table:table-cell><table:table-cell><text:p>x</text:p>\
                 </table:table-cell></table:table-row></table:table>"
            ),
            _ => inside,
        });
    }
    made(&odt_of(&body), false, quoted, body)
}

/// The JSON of a citation as Zotero and Mendeley write it, for an attribute or a text of XML.
fn csl(dice: &mut Dice, q: &Quoted) -> String {
    let work = q.shelved();
    let authors: Vec<serde_json::Value> = work
        .authors
        .iter()
        .map(|a| match a.strip_prefix('{') {
            Some(body) => serde_json::json!({ "literal": body.trim_end_matches('}') }),
            None => serde_json::json!({ "family": a.split(',').next(), "given": "X." }),
        })
        .collect();
    let mut data = serde_json::json!({ "id": 7, "title": work.title, "author": authors, "issued": { "date-parts": [[work.year]] } });
    if dice.below(2) == 0 {
        data["citation-key"] = work.key.into();
    }
    let item = serde_json::json!({ "id": 7, "itemData": data, "locator": q.paragraph.to_string(), "label": "paragraph" });
    let citation =
        serde_json::json!({ "citationID": "a", "properties": {}, "citationItems": [item] }).to_string();
    citation.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

pub fn fields(dice: &mut Dice, quoted: Vec<Quoted>) -> Made {
    let mut body = String::new();
    for (n, q) in quoted.iter().enumerate() {
        let work = q.shelved();
        let shown = match dice.below(3) {
            0 => format!("[{}]", n + 1),
            1 => format!("({}, {})", work.bracket.replace('&', "&amp;"), work.year),
            _ => "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>".to_owned(),
        };
        let shown = match shown.strip_prefix("<w:rPr>") {
            Some(_) => format!("<w:r>{shown}<w:t>{}</w:t></w:r>", n + 1),
            None => run(&shown),
        };
        let name = *dice.one(&["ADDIN ZOTERO_ITEM CSL_CITATION", "ADDIN CSL_CITATION"]);
        let code = format!(" {name} {} ", csl(dice, q));
        let sign = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let field = match dice.below(3) {
            0 => format!("<w:fldSimple w:instr=\"{code}\">{shown}</w:fldSimple>"),
            1 => {
                // Word parts long instructions into several runs.
                let at = code.len() / 2;
                let at = code[..at].rfind(' ').unwrap_or(0);
                let instruction = |text: &str| {
                    format!("<w:r><w:instrText xml:space=\"preserve\">{text}</w:instrText></w:r>")
                };
                let codes = instruction(&code[..at]) + &instruction(&code[at..]);
                format!("{}{codes}{}{shown}{}", sign("begin"), sign("separate"), sign("end"))
            }
            _ => {
                let code = format!("CITATION {} \\p para.{} \\l 1033", work.key, q.paragraph);
                format!(
                    "<w:sdt><w:sdtPr><w:citation/></w:sdtPr><w:sdtContent>{}<w:r><w:instrText>{code}</w:instrText></w:r>{}{shown}{}</w:sdtContent></w:sdt>",
                    sign("begin"),
                    sign("separate"),
                    sign("end")
                )
            }
        };
        let first = runs(dice, &format!("They hold that “{}”", q.words));
        body.push_str(&placed(dice, &format!("{first}{}{field}{}", run(" "), run(". It was so."))));
    }
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let bytes = package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)]);
    made(&bytes, true, quoted, document)
}
