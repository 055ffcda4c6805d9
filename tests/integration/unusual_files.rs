//! Files that are valid but unusual, as the test suites of well-known readers keep them, are read as they are meant.

use super::made::{package, pdf};
use super::odd_files::Want::Read;
use super::odd_files::{PROSE, check, odd, sound, text_page};

#[test]
fn unusual_packages() {
    let word = |body: &str| package::docx(body);
    let prose = package::paragraph(PROSE);
    let run =
        |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let noted = package::package(&[
        ("word/document.xml", &format!("<w:document><w:body>{prose}</w:body></w:document>")),
        (
            "word/footnotes.xml",
            &format!(
                "<w:footnotes><w:footnote w:type=\"continuationNotice\">{}</w:footnote><w:footnote>{}</w:footnote></w:footnotes>",
                package::paragraph("Continued below"),
                package::paragraph("A note.")
            ),
        ),
    ]);
    let chapter = format!("<html><body><p>{PROSE}</p></body></html>");
    let rooted = package::package(&[
        ("META-INF/container.xml", r#"<container><rootfile full-path="/OPS/book.opf"/></container>"#),
        (
            "OPS/book.opf",
            r#"<package><manifest><item id="a" href="/OPS/a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>"#,
        ),
        ("OPS/a.xhtml", &chapter),
    ]);
    let listed = package::package(&[
        ("mimetype", "text/plain"),
        ("META-INF/container.xml", r#"<container><rootfile full-path="OPS/book.opf"/></container>"#),
        (
            "OPS/book.opf",
            r#"<package><manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="a%20b.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>"#,
        ),
        (
            "OPS/nav.xhtml",
            r##"<html><nav epub:type="page-list"><a href="a%20b.xhtml#p7">217</a></nav></html>"##,
        ),
        ("OPS/a b.xhtml", &chapter.replace("<p>", "<p id='p7'>")),
    ]);
    check(vec![
        odd(
            "field.docx",
            word(&format!(
                "{prose}<w:p><w:r><w:t>See page </w:t></w:r><w:fldSimple w:instr=\" PAGEREF x \">{}</w:fldSimple></w:p>",
                run("", "217")
            )),
            Read("See page 217"),
        ),
        odd(
            "smart.docx",
            word(&format!(
                "<w:p><w:smartTag>{}</w:smartTag><w:sdt><w:sdtPr><w:alias w:val=\"no\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
                run("", "The ministers of "),
                run("", "both countries met.")
            )),
            Read("The ministers of both countries met."),
        ),
        odd(
            "hidden.docx",
            word(&format!(
                "<w:p>{}{}</w:p>",
                run("<w:vanish/>", "Not shown. "),
                run("<w:vanish w:val=\"0\"/>", PROSE)
            )),
            Read("\"text\":\"The ministers"),
        ),
        odd("notes.docx", noted, Read("\"text\":\"A note.")),
        odd("chunk.docx", word(&format!("{prose}<w:altChunk r:id=\"x\"/>")), Read("ministers")),
        odd("rooted.epub", rooted, Read("ministers")),
        odd("listed.epub", listed, Read("\"label\":\"217\"")),
    ]);
}

#[test]
fn unusual_contents_of_pdf_files() {
    let text = text_page();
    let bold = format!(
        "{}{}",
        pdf::show(72, 700, 10, PROSE),
        pdf::show(72, 700, 10, PROSE).replace("72 700", "72.3 700")
    );
    let upright = format!("BT /F1 10 Tf 0 1 -1 0 300 72 Tm ({PROSE}) Tj ET");
    let mut updated = sound();
    let table = updated.len();
    updated.extend(b"5 0 obj\n");
    updated.extend(pdf::stream("", pdf::show(72, 700, 10, "Updated since.").as_bytes()));
    updated.extend(b"\nendobj\n");
    let end = updated.len();
    let before = memchr_last(&sound(), b"xref\n0");
    updated.extend(
        format!("xref\n5 1\n{table:010} 00000 n \ntrailer << /Size 8 /Root 1 0 R /Prev {before} >>\nstartxref\n{end}\n%%EOF\n")
            .bytes(),
    );
    check(vec![
        odd(
            "bold.pdf",
            pdf::pages(&[bold], "", ""),
            Read(
                "\"text\":\"The ministers of both countries met in Minsk and spoke of transit, wheat and the price of gas.\"",
            ),
        ),
        odd("upright.pdf", pdf::pages(&[upright], "", "/Rotate 90"), Read("ministers")),
        odd("updated.pdf", updated, Read("Updated since.")),
        odd("unseen.pdf", pdf::pages(&[format!("3 Tr {text}")], "", ""), Read("ministers")),
        odd(
            "remarks.pdf",
            pdf::pages(
                std::slice::from_ref(&text),
                "",
                "/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (A remark) >>]",
            ),
            Read("ministers"),
        ),
        odd(
            "marked.pdf",
            pdf::pages(&[format!("/P << /MCID 0 >> BDC {text} EMC")], "/MarkInfo << /Marked true >>", ""),
            Read("ministers"),
        ),
    ]);
}

fn memchr_last(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).rposition(|window| window == needle).unwrap()
}
