use super::super::made::package::{docx, odt, package, paragraph};
use super::*;
use crate::document::Role;

fn lines(document: &Document) -> Vec<(Role, &str)> {
    document.lines.iter().map(|l| (l.role, document.line_text(l))).collect()
}

#[test]
fn word_paragraphs_have_their_roles() {
    let body = r#"<w:document><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Transit &amp; Trade</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Routes</w:t></w:r></w:p>
<w:p><w:r><w:t>The road </w:t></w:r><w:del><w:r><w:delText>was</w:delText></w:r></w:del><w:r><w:t>is open.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Wheat</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Trade</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;
    let notes = r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>See the annex.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let core = "<c><dc:title>Transit</dc:title><dc:creator>Anna Kovalenko</dc:creator></c>";
    let bytes =
        package(&[("word/document.xml", body), ("word/footnotes.xml", notes), ("docProps/core.xml", core)]);
    let document = read_docx(&bytes, &Limits::default()).unwrap();
    assert_eq!(
        lines(&document),
        [
            (Role::Title, "Transit & Trade"),
            (Role::Heading(1), "Routes"),
            (Role::Paragraph, "The road is open.¹"),
            (Role::ListItem, "Wheat"),
            (Role::TableRow, "Year | Trade"),
            (Role::Footnote, "See the annex."),
        ]
    );
    assert_eq!(document.stated.authors[0].display(), "Anna Kovalenko");
}

#[test]
fn open_document_paragraphs_have_their_roles() {
    let body = r#"<office:text><text:h text:outline-level="2">Routes</text:h>
<text:p>The road<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See the annex.</text:p></text:note-body></text:note> is<text:s/>open.</text:p>
<text:list><text:list-item><text:p>Wheat</text:p></text:list-item></text:list></office:text>"#;
    let document = read_odt(&package(&[("content.xml", body)]), &Limits::default()).unwrap();
    assert_eq!(
        lines(&document),
        [
            (Role::Heading(2), "Routes"),
            (Role::Paragraph, "The road¹ is open."),
            (Role::Footnote, "See the annex."),
            (Role::ListItem, "Wheat"),
        ]
    );
}

#[test]
fn a_bomb_is_refused_and_a_broken_package_named() {
    let big = format!("<w:p><w:t>{}</w:t></w:p>", "a".repeat(100_000));
    let limits = Limits { inflated_bytes: 50_000, ..Limits::default() };
    let error = read_docx(&package(&[("word/document.xml", &big)]), &limits).unwrap_err();
    assert!(matches!(error, ReadError::Limit(_)));
    assert!(read_docx(b"PK\x03\x04nonsense", &Limits::default()).is_err());
}

fn docx_text(body: &str) -> Vec<String> {
    let document = read_docx(&docx(body), &Limits::default()).unwrap();
    document.lines.iter().map(|l| document.line_text(l).to_owned()).collect()
}

#[test]
fn the_main_part_is_found_by_its_relation() {
    let relations = r#"<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/Story/main.xml"/></Relationships>"#;
    let of_main = r#"<Relationships><Relationship Type="http://x/relationships/footnotes" Target="my%20notes.xml"/>
<Relationship Type="http://x/relationships/styles" TargetMode="External" Target="http://example.org/styles.xml"/></Relationships>"#;
    let body = format!("<document><body>{}</body></document>", paragraph("Strict text.").replace("w:", ""));
    let notes = format!("<w:footnotes>{}</w:footnotes>", paragraph("A note."));
    let bytes = package(&[
        ("_rels/.rels", relations),
        ("story/Main.xml", &body),
        ("Story/_rels/main.xml.rels", of_main),
        ("Story/my notes.xml", &notes),
    ]);
    let document = read_docx(&bytes, &Limits::default()).unwrap();
    assert_eq!(lines(&document), [(Role::Paragraph, "Strict text."), (Role::Footnote, "A note.")]);
}

#[test]
fn what_was_deleted_does_not_appear_and_what_was_inserted_does() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">The road </w:t></w:r><w:ins><w:r><w:t>is </w:t></w:r></w:ins><w:del><w:r><w:delText>was </w:delText><w:t>never</w:t></w:r></w:del><w:moveFrom><w:r><w:t>not</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>open</w:t></w:r></w:moveTo><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Two halves </w:t></w:r></w:p><w:p><w:r><w:t>are one.</w:t></w:r></w:p>
<w:tbl><w:tr><w:trPr><w:del w:id="2"/></w:trPr><w:tc><w:p><w:r><w:t>Gone</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    assert_eq!(docx_text(body), ["The road is open.", "Two halves are one."]);
}

#[test]
fn alternatives_are_read_once() {
    let content = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(text));
    let body = format!(
        "<w:p><w:r><w:t>Around.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wp:posOffset>914400</wp:posOffset>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r></w:p>
<w:p><mc:AlternateContent><mc:Fallback><w:r><w:t>Only this.</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
        content("In a box."),
        content("In a box.")
    );
    assert_eq!(docx_text(&body), ["In a box.", "Around.", "Only this."]);
}

#[test]
fn what_stands_within_a_line_is_read() {
    let body = r#"<w:p><w:hyperlink><w:r><w:t>Trade</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>in</w:t><w:br/><w:t>co</w:t><w:softHyphen/><w:t>operation</w:t><w:noBreakHyphen/><w:t>x </w:t></w:r><w:smartTag><w:r><w:t>Minsk</w:t></w:r></w:smartTag><w:sdt><w:sdtPr><w:placeholder/></w:sdtPr><w:sdtContent><w:r><w:t xml:space="preserve"> and </w:t></w:r></w:sdtContent></w:sdt><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr="REF x"><w:r><w:t> 7</w:t></w:r></w:fldSimple></w:p>
<w:sdt><w:sdtContent><w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Part &amp; parcel, R&D</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    assert_eq!(docx_text(body), ["Trade in cooperation-x Minsk and α 7", "Part & parcel, R&D"]);
}

#[test]
fn a_table_of_one_cell_is_layout() {
    let cell = format!("<w:tc>{}{}</w:tc>", paragraph("First paragraph."), paragraph("Second paragraph."));
    assert_eq!(
        docx_text(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>")),
        ["First paragraph.", "Second paragraph."]
    );
}

#[test]
fn earlier_properties_do_not_count() {
    let body = r#"<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>Plain.</w:t></w:r></w:p>"#;
    let document = read_docx(&docx(body), &Limits::default()).unwrap();
    assert_eq!(lines(&document), [(Role::Paragraph, "Plain.")]);
}

#[test]
fn a_flat_document_is_read_and_a_locked_one_named() {
    let flat = r#"<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:title>Routes</dc:title></office:meta>
<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>
<office:body><office:text><text:p text:style-name="P1">Routes</text:p><text:p>A pic<draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image>ture.</text:p></office:text></office:body></office:document>"#;
    let document = read_odt(flat.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(lines(&document), [(Role::Title, "Routes"), (Role::Paragraph, "A picture.")]);
    assert_eq!(document.stated.title.as_deref(), Some("Routes"));
    let manifest = r#"<m><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></m>"#;
    let locked = package(&[("META-INF/manifest.xml", manifest), ("content.xml", "noise")]);
    assert_eq!(read_odt(&locked, &Limits::default()).unwrap_err(), ReadError::Encrypted("ODT".into()));
    assert!(read_odt(&odt("<text:p>Text.</text:p>"), &Limits::default()).is_ok());
}

#[test]
fn parts_in_other_encodings_are_read() {
    let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><w:p><w:t>Дорога открыта.</w:t></w:p>";
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let wide: Vec<u8> =
        text.replace("windows-1251", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [cyrillic.into_owned(), wide] {
        let bytes = super::super::made::package::of_bytes(&[("word/document.xml", &bytes)]);
        let document = read_docx(&bytes, &Limits::default()).unwrap();
        assert_eq!(lines(&document), [(Role::Paragraph, "Дорога открыта.")]);
    }
}

#[test]
fn numbers_set_high_are_note_marks() {
    let raised = |text: &str| {
        format!(r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{text}</w:t></w:r>"#)
    };
    let plain = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let body =
        [plain("Ports grew until 2021."), raised("219"), plain(" The 13"), raised("th"), plain(" did not.")];
    let marks = "<w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let paragraphs = [
        format!("<w:p>{}</w:p>", body.concat()),
        format!("<w:p>{}{marks}</w:p>", plain("Roads did.")),
        format!("<w:p>{}{}</w:p>", raised("219"), plain(" Linden, Ports of the North, p. 3.")),
    ];
    let document = read_docx(&docx(&paragraphs.concat()), &Limits::default()).unwrap();
    assert_eq!(
        lines(&document),
        [
            (Role::Paragraph, "Ports grew until 2021.²¹⁹ The 13th did not."),
            (Role::Paragraph, "Roads did.¹ ²"),
            (Role::Footnote, "²¹⁹ Linden, Ports of the North, p. 3."),
        ]
    );
    let styles = r#"<w:styles><w:style w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>"#;
    let styled = r#"<w:p><w:r><w:t>Open.</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Mark"/></w:rPr><w:t>7</w:t></w:r></w:p>"#;
    let bytes = package(&[("word/document.xml", styled), ("word/styles.xml", styles)]);
    assert_eq!(lines(&read_docx(&bytes, &Limits::default()).unwrap()), [(Role::Paragraph, "Open.⁷")]);
    let open = r#"<x><style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T2"><style:text-properties style:text-position="0% 100%"/></style:style>
<text:p>Open in 2021.<text:span text:style-name="T1">7</text:span> It grew to <text:span text:style-name="T2">12</text:span>.</text:p></x>"#;
    let document = read_odt(&package(&[("content.xml", open)]), &Limits::default()).unwrap();
    assert_eq!(lines(&document), [(Role::Paragraph, "Open in 2021.⁷ It grew to 12.")]);
}

#[test]
fn a_clause_in_heading_style_is_text() {
    let styled = |text: &str| {
        format!(r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let sentence = "The ports shall be open to the ships of both parties on all days of the year.";
    let long = "Ports and roads, ".repeat(12);
    let body = [
        styled("Ports."),
        styled(sentence),
        styled("What is a port, and who may call at it in winter, and why?"),
    ];
    let document = read_docx(&docx(&(body.concat() + &styled(&long))), &Limits::default()).unwrap();
    let roles: Vec<Role> = document.lines.iter().map(|line| line.role).collect();
    assert_eq!(roles, [Role::Heading(2), Role::Paragraph, Role::Heading(2), Role::Paragraph]);
}

#[test]
fn fields_with_references_in_them_are_whole() {
    let core = "<c><dc:title>Linden&apos;s Ports &amp; Roads</dc:title></c>";
    let bytes = package(&[("word/document.xml", &paragraph("Text.")), ("docProps/core.xml", core)]);
    let title = read_docx(&bytes, &Limits::default()).unwrap().stated.title;
    assert_eq!(title.as_deref(), Some("Linden's Ports & Roads"));
}
