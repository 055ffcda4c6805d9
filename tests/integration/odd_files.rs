//! Odd files of every sort, made here: each is read or refused with a reason, soon, and none stops the run.
//!
//! The sorts are those that the test suites of well-known readers keep: damaged and hostile files, and files that are
//! valid but unusual.

use super::harness::Desk;
use super::made::{crypt, package, pdf};
use std::time::{Duration, Instant};

/// What must come of a file.
pub enum Want {
    /// This text is in its passages.
    Read(&'static str),
    /// This is in the reason.
    Refused(&'static str),
    /// Either, but soon.
    Answer,
}

use Want::{Answer, Read, Refused};

/// Name, content, and what must come of it.
pub type Odd = (String, Vec<u8>, Want);

/// Longest that one file may take, in a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(20);

pub const PROSE: &str =
    "The ministers of both countries met in Minsk and spoke of transit, wheat and the price of gas.";

/// Gives each file to `ibid passages`, then all of them to one ingest.
pub fn check(files: Vec<Odd>) {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for (name, bytes, want) in &files {
        desk.write(&format!("seeds/{name}"), bytes);
        let started = Instant::now();
        let run = desk.run(["passages", &format!("seeds/{name}"), "--jsonl"]);
        let took = started.elapsed();
        let fine = match want {
            Read(text) => run.code == Some(0) && run.stdout.contains(text),
            Refused(reason) => run.code == Some(2) && run.stderr.contains(reason),
            Answer => match run.code {
                Some(0) => !run.stdout.is_empty(),
                Some(2) => !run.stderr.is_empty() && !run.stderr.contains("panicked"),
                _ => false,
            },
        };
        if !fine || took > SOON {
            let start = |text: &str| text.chars().take(400).collect::<String>();
            wrong.push(format!(
                "{name}: {:?} in {took:?}\n{}{}",
                run.code,
                start(&run.stdout),
                start(&run.stderr)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), files.len(), wrong.join("\n"));
    let run = desk.run(["ingest", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let skipped = report["skipped"].as_array().unwrap();
    assert_eq!(report["read"].as_u64().unwrap() as usize + skipped.len(), files.len(), "{}", run.stdout);
    for file in skipped {
        assert!(!file["reason"].as_str().unwrap().is_empty(), "{file}");
    }
    assert_eq!(run.code, Some(if skipped.is_empty() { 0 } else { 2 }));
}

pub fn odd(name: &str, bytes: impl Into<Vec<u8>>, want: Want) -> Odd {
    (name.to_owned(), bytes.into(), want)
}

pub fn text_page() -> String {
    (0..4).map(|n| pdf::show(72, 720 - 40 * n, 11, PROSE)).collect()
}

pub fn sound() -> Vec<u8> {
    pdf::pages(&[text_page(), text_page()], "", "")
}

/// A sound file with a piece of it replaced; cross-references may point astray, as in files that people edited.
fn with(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = file.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
    [&file[..at], to.as_bytes(), &file[at + from.len()..]].concat()
}

/// Copies cut short at many places, and copies with single bits changed.
pub fn spoilt(name: &str, file: &[u8]) -> Vec<Odd> {
    let mut files = Vec::new();
    for n in 1..12 {
        let cut = file[..file.len() * n / 12].to_vec();
        files.push(odd(&format!("cut{n}-{name}"), cut, Answer));
        let mut flipped = file.to_vec();
        for i in 0..n {
            let at = (n * 7919 + i * 104_729) % flipped.len();
            flipped[at] ^= 1 << (i % 8);
        }
        files.push(odd(&format!("flipped{n}-{name}"), flipped, Answer));
    }
    files
}

#[test]
fn damaged_pdf_files() {
    let file = sound();
    let mut files = spoilt("a.pdf", &file);
    let table = file.windows(6).position(|w| w == b"xref\n0").unwrap();
    files.extend([
        odd("empty.pdf", "", Refused("empty")),
        odd("zeros.pdf", vec![0; 10_000], Refused("NUL")),
        odd("text.pdf", PROSE, Read("ministers")),
        odd("pdf.txt", file.clone(), Read("ministers")),
        odd("header.pdf", "%PDF-1.7\n", Refused("broken PDF")),
        odd("no-table.pdf", &file[..table], Read("ministers")),
        odd("junk-before.pdf", [b"HTTP/1.1 200 OK\r\n\r\n", file.as_slice()].concat(), Read("ministers")),
        odd(
            "junk-behind.pdf",
            [file.as_slice(), &[0; 3000], b"<html>more</html>"].concat(),
            Read("ministers"),
        ),
        odd("version.pdf", with(&file, "%PDF-1.7", "%PDF-9.9"), Answer),
        odd("start.pdf", with(&file, "startxref\n", "startxref\n99999999999999999999"), Read("ministers")),
        odd("length.pdf", with(&file, "/Length ", "/Length 99999999"), Read("ministers")),
        odd("negative.pdf", with(&file, "/Length ", "/Length -"), Read("ministers")),
        odd("count.pdf", with(&file, "/Count 2", "/Count 1000000"), Read("ministers")),
        odd(
            "previous.pdf",
            with(&file, "trailer <<", &format!("trailer << /Prev {table}")),
            Read("ministers"),
        ),
        odd("no-font.pdf", with(&file, "/F1 3 0 R", "/F1 99 0 R"), Answer),
    ]);
    check(files);
}

#[test]
fn hostile_pdf_files() {
    let file = sound();
    let deep = |open: &str| with(&file, "/Count 2", &format!("/Count 2 /X {}", open.repeat(100_000)));
    let form = |content: &str| {
        pdf::assemble(
            &[
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 6 0 R /Resources << /Font << /F1 4 0 R >> /XObject << /X 5 0 R >> >> >>".to_vec(),
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
                pdf::stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> /XObject << /X 5 0 R >> >>",
                    format!("{}{}", text_page(), "/X Do ".repeat(10)).as_bytes(),
                ),
                pdf::stream("", content.as_bytes()),
            ],
            "",
        )
    };
    check(vec![
        odd("arrays.pdf", deep("["), Refused("nest too deeply")),
        odd("dictionaries.pdf", deep("<< /A "), Refused("nest too deeply")),
        odd("kids-itself.pdf", with(&file, "/Kids [", "/Kids [2 0 R "), Read("ministers")),
        odd(
            "kids-only-itself.pdf",
            with(&file, "/Kids [4 0 R 6 0 R]", "/Kids [2 0 R 2 0 R]"),
            Refused("no text"),
        ),
        odd("kids-catalogue.pdf", with(&file, "/Kids [4 0 R", "/Kids [1 0 R"), Answer),
        odd(
            "kids-many.pdf",
            with(&file, "/Kids [", &format!("/Kids [{}", "4 0 R ".repeat(100_000))),
            Read("ministers"),
        ),
        odd(
            "contents-many.pdf",
            with(&file, "/Contents 5 0 R", &format!("/Contents [{}]", "5 0 R ".repeat(300))),
            Answer,
        ),
        odd("form-itself.pdf", form("/X Do"), Answer),
        odd(
            "saved-states.pdf",
            pdf::pages(&["q ".repeat(200_000) + &text_page()], "", ""),
            Read("ministers"),
        ),
        odd(
            "far-away.pdf",
            pdf::pages(&[pdf::show(2_147_483_647, 2_147_483_647, 9, PROSE) + &text_page()], "", ""),
            Answer,
        ),
        odd(
            "string.pdf",
            pdf::pages(&[format!("BT /F1 9 Tf {} Tj ET", "(".repeat(100_000))], "", ""),
            Answer,
        ),
        odd("operators.pdf", pdf::pages(&["[".repeat(100_000)], "", ""), Answer),
        odd("box.pdf", with(&file, "[0 0 612 792]", "[0 0 1e30 -1e30]"), Answer),
        odd("length-itself.pdf", with(&file, "/Length ", "/Length 5 0 R /L "), Read("ministers")),
        odd("objects.pdf", object_streams(true), Answer),
    ]);
}

/// A file whose objects stand in an object stream, as most programs write today; or in one that says it contains
/// itself.
fn object_streams(hostile: bool) -> Vec<u8> {
    let inside = [
        "<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /r >>] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    let (mut index, mut objects) = (String::new(), String::new());
    for (i, object) in inside.iter().enumerate() {
        index += &format!("{} {} ", i + 1, objects.len());
        objects += object;
        objects.push(' ');
    }
    let entries = format!("/Type /ObjStm /N {} /First {}", inside.len(), index.len());
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in [
        (5, pdf::stream("", text_page().as_bytes())),
        (6, pdf::stream(&entries, format!("{index}{objects}").as_bytes())),
    ] {
        offsets.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    let mut rows = vec![0u8, 0, 0, 255];
    for i in 0..4 {
        rows.extend([2, 0, 6, i]);
    }
    let offset = |n: usize| (offsets[n] as u16).to_be_bytes();
    rows.extend([1, offset(0)[0], offset(0)[1], 0]);
    let own = if hostile { [2, 0, 6, 0] } else { [1, offset(1)[0], offset(1)[1], 0] };
    rows.extend(own);
    rows.extend([1, (table >> 8) as u8, table as u8, 0]);
    file.extend(b"7 0 obj\n");
    file.extend(pdf::stream("/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R", &rows));
    file.extend(format!("\nendobj\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

#[test]
fn unusual_pdf_files() {
    let image = pdf::assemble(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>".to_vec(),
            pdf::stream("", b"q 612 0 0 792 0 0 cm /I Do Q"),
            pdf::stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"x"),
        ],
        "",
    );
    check(vec![
        odd("scan.pdf", image, Refused("OCR")),
        odd("no-password.pdf", crypt::locked(PROSE, ""), Read("ministers")),
        odd("password.pdf", crypt::locked(PROSE, "secret"), Refused("encrypted PDF")),
        odd("modern.pdf", object_streams(false), Read("ministers")),
        odd("labels.pdf", object_streams(false), Read("\"label\":\"i\"")),
        odd("turned.pdf", pdf::pages(&[text_page()], "", "/Rotate 90"), Read("ministers of both countries")),
        odd("no-letters.pdf", unmapped(None), Refused("do not tell which letters")),
        odd(
            "ligature.pdf",
            unmapped(Some(&["fi", "nal ", "o", "f", "fi", "ce ", "e", "f", "f", "o", "r", "t"])),
            Read("final office effort"),
        ),
        // Drawn from left to right, read from right to left.
        odd("hebrew.pdf", unmapped(Some(&["ם", "ל", "ו", "ע", " ", "ם", "ו", "ל", "ש"])), Read("שלום עולם")),
        odd("no-type.pdf", with(&sound(), "/Type /Page /Parent", "/Parent"), Read("ministers")),
        odd("kids-elsewhere.pdf", kids_elsewhere(), Read("ministers")),
    ]);
}

/// The list of pages is an object of its own.
fn kids_elsewhere() -> Vec<u8> {
    pdf::assemble(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids 6 0 R /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>".to_vec(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
            pdf::stream("", text_page().as_bytes()),
            b"[3 0 R]".to_vec(),
        ],
        "",
    )
}

/// A file whose font has numbers only; they mean these letters, or nobody knows what.
fn unmapped(letters: Option<&[&str]>) -> Vec<u8> {
    let count = letters.map_or(40, <[&str]>::len);
    let codes: String = (1..=count).map(|n| format!("{n:04X}")).collect();
    let hex = |text: &str| -> String { text.encode_utf16().map(|u| format!("{u:04X}")).collect() };
    let rows: Vec<String> = letters
        .unwrap_or_default()
        .iter()
        .enumerate()
        .map(|(i, letter)| format!("<{:04X}> <{}>", i + 1, hex(letter)))
        .collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange {} beginbfchar {} endbfchar endcmap end end",
        rows.len(),
        rows.join(" ")
    );
    let to_unicode = if letters.is_some() { "/ToUnicode 7 0 R" } else { "" };
    pdf::assemble(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 6 0 R /Resources << /Font << /F1 4 0 R >> >> >>".to_vec(),
            format!("<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+X /Encoding /Identity-H /DescendantFonts [5 0 R] {to_unicode} >>").into_bytes(),
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>".to_vec(),
            pdf::stream("", format!("BT /F1 12 Tf 72 720 Td <{codes}> Tj ET").as_bytes()),
            pdf::stream("", map.as_bytes()),
        ],
        "",
    )
}

#[test]
fn odd_packages() {
    let word = package::docx(&package::paragraph(PROSE));
    let open = package::odt(&format!("<text:p>{PROSE}</text:p>"));
    let chapter = format!("<html><body><p>{PROSE}</p></body></html>");
    let book = package::epub(&[&chapter]);
    let nested = |n: usize| {
        let open = "<w:tbl><w:tr><w:tc>".repeat(n);
        format!(
            "{}{open}{}{}",
            package::paragraph(PROSE),
            package::paragraph("x"),
            "</w:tc></w:tr></w:tbl>".repeat(n)
        )
    };
    let entities = format!(
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><w:document><w:body>{}</w:body></w:document>",
        package::paragraph(&format!("{PROSE} &b; &c;"))
    );
    let zeros = "0".repeat(300 << 20);
    let bomb = format!("<w:document><w:body>{}</w:body></w:document>", package::paragraph(&zeros));
    let outside = [
        ("../../outside.xml", "x"),
        ("/etc/passwd", "x"),
        ("word/document.xml", &*package::paragraph(PROSE)),
    ];
    let twice =
        with(&package::docx(&package::paragraph(PROSE)), "[Content_Types].xml", "word/document.xml\0\0");
    let mut files = spoilt("a.docx", &word);
    files.extend(spoilt("a.odt", &open));
    files.extend(spoilt("a.epub", &book));
    files.extend([
        odd("word.pdf", word.clone(), Read("ministers")),
        odd("book.zip", book.clone(), Read("ministers")),
        odd("open.docx", open.clone(), Read("ministers")),
        odd("archive.docx", package::package(&[("a.txt", "x")]), Refused("zip archive")),
        odd(
            "sheet.docx",
            package::package(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]),
            Refused("spreadsheet"),
        ),
        odd("no-main.docx", package::package(&[("[Content_Types].xml", "")]), Refused("word/document.xml")),
        odd(
            "no-content.odt",
            package::package(&[("mimetype", "application/vnd.oasis.opendocument.text")]),
            Refused("content.xml"),
        ),
        odd("nothing.docx", package::docx(""), Refused("empty")),
        odd("tables.docx", package::docx(&nested(10_000)), Read("ministers")),
        odd("tables-some.docx", package::docx(&nested(300)), Read("ministers")),
        odd("paragraphs.docx", package::docx(&"<w:p>".repeat(100_000)), Answer),
        odd("entities.docx", package::package(&[("word/document.xml", &entities)]), Read("ministers")),
        odd("outside.docx", package::package(&outside), Read("ministers")),
        odd("twice.docx", twice, Answer),
        odd("bomb.docx", package::package(&[("word/document.xml", &bomb)]), Refused("unpacks to more")),
        odd("bomb.epub", package::epub(&[&zeros]), Refused("unpacks to more")),
        odd(
            "not-xml.docx",
            package::of_bytes(&[("word/document.xml", &[0xFF, 0xFE, 0x00, 0xD8, 0x41])]),
            Answer,
        ),
        odd("no-chapters.epub", package::epub(&[]), Refused("empty")),
        odd("circle.epub", with_circle(), Read("ministers")),
        odd("deep.epub", package::epub(&[&format!("{}{PROSE}", "<div>".repeat(100_000))]), Read("ministers")),
    ]);
    check(files);
}

/// Relations of a book that lead back to themselves.
fn with_circle() -> Vec<u8> {
    let opf = r#"<package><manifest><item id="a" href="book.opf" media-type="application/xhtml+xml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="a"/></spine></package>"#;
    let chapter = format!("<html><body><p>{PROSE}</p></body></html>");
    package::package(&[("book.opf", opf), ("b.xhtml", &chapter)])
}

#[test]
fn odd_web_pages_and_texts() {
    let page = format!("<html><body><article><p>{PROSE}</p><p>{PROSE} Again.</p></article></body></html>");
    let reopened: String =
        (0..5_000).map(|n| format!("<b id=a{n}>")).chain((0..30_000).map(|_| "<p>x".to_owned())).collect();
    let lone: Vec<u8> = [0xFEFFu16, 0xD800, 0x41, 0xDC00]
        .into_iter()
        .chain(PROSE.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut mixed = format!("{PROSE}\n\n").repeat(10).into_bytes();
    mixed.extend(b"caf\xE9 na\xEFve\n");
    let mut files = spoilt("a.html", page.as_bytes());
    files.extend(spoilt("a.txt", PROSE.as_bytes()));
    files.extend([
        odd("deep.html", format!("{}{PROSE}", "<div>".repeat(100_000)), Read("ministers")),
        odd("deep-lists.html", format!("{}{PROSE}", "<ul><li>".repeat(50_000)), Read("ministers")),
        odd("deep-tables.html", format!("{}{PROSE}", "<table><tr><td>".repeat(30_000)), Read("ministers")),
        odd("reopened.html", format!("<html>{reopened}<p>{PROSE}"), Answer),
        odd("attributes.html", format!("<p {}>{PROSE}</p>", "a=1 ".repeat(100_000)), Read("ministers")),
        odd(
            "open-tag.html",
            format!("<html><body><p>{PROSE}</p><{}", "a".repeat(100_000)),
            Read("ministers"),
        ),
        odd(
            "comment.html",
            format!("<html><body><p>{PROSE}</p><!--{}", "-".repeat(100_000)),
            Read("ministers"),
        ),
        odd("entities.html", format!("<html><p>{PROSE} {}", "&amp".repeat(50_000)), Read("ministers")),
        odd("frames.html", "<html><frameset><frame src=a></frameset></html>", Answer),
        odd("nul.txt", format!("{PROSE}\0{PROSE}"), Refused("NUL")),
        odd("lone.txt", lone, Read("ministers")),
        odd("mixed.txt", mixed, Read("ministers")),
        odd("line.txt", "word ".repeat(1_000_000), Answer),
        odd("breaks.txt", "\n".repeat(1_000_000) + PROSE, Read("ministers")),
        odd("mark.txt", b"\xEF\xBB\xBF".to_vec(), Refused("empty")),
        odd("spaces.txt", " \n\t\u{a0}\u{feff}", Answer),
        odd("controls.txt", format!("\u{1b}[31m{PROSE}\u{7}\u{8}"), Read("ministers")),
        odd("marks.txt", format!("{PROSE} a{}", "\u{301}".repeat(100_000)), Answer),
        odd("deep.jsonl", format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)), Refused("JSON Lines")),
        odd("half.jsonl", format!("{{\"id\":\"a\",\"text\":\"{PROSE}\"}}\n{{\"id\":"), Read("ministers")),
        odd("matter.md", format!("---\ntitle: [[[[\nauthor: {{\n---\n\n{PROSE}"), Read("ministers")),
        odd("quotes.md", format!("{}{PROSE}", "> ".repeat(50_000)), Answer),
    ]);
    check(files);
}
