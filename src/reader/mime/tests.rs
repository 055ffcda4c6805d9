//! Saved pages and messages, with invented texts.

use super::{detect, read};
use crate::document::{Document, Format, Role};
use crate::reader::Limits;

const PAGE: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.org/ferry.html\r\n\
Subject: =?utf-8?Q?The_ferry_=E2=80=93_again?=\r\nDate: Tue, 4 May 2021 23:30:00 +0200\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--B\"\r\n\r\n\
----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
Content-Location: https://ads.example.org/frame.html\r\n\r\n<p>Buy a boat.</p>\r\n\
----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
Content-Location: https://www.example.org/ferry.html\r\n\r\n\
<html><head></head><body><p>The ferry of M=C3=BCritz crossed the lake on Mon=\r\n\
day, for the first time since the ice had gone, with forty lorries on it.</p></body></html>\r\n\
----B\r\nContent-Type: text/css\r\nContent-Location: cid:css-1\r\n\r\np { margin: 0 }\r\n----B--\r\n";

fn texts(document: &Document, role: Role) -> Vec<&str> {
    document.lines.iter().filter(|l| l.role == role).map(|l| document.line_text(l)).collect()
}

fn message(headers: &str, body: &str) -> Document {
    let text = format!(
        "From: {headers}\r\nTo: news@example.org\r\nSubject: Ferry\r\n runs again\r\nDate: Mon, 3 Jun 2019 08:00:00 +0600\r\n\
         MIME-Version: 1.0\r\n{body}"
    );
    assert_eq!(detect("", text.as_bytes()), Some(Format::Mail));
    read(text.as_bytes(), Format::Mail, &Limits::default()).unwrap()
}

#[test]
fn a_saved_page_is_read_as_the_page_that_it_is() {
    assert_eq!(detect("", PAGE.as_bytes()), Some(Format::Mhtml));
    let document = read(PAGE.as_bytes(), Format::Mhtml, &Limits::default()).unwrap();
    let text = "The ferry of Müritz crossed the lake on Monday, for the first time since the ice had gone, with forty lorries on it.";
    assert_eq!(texts(&document, Role::Paragraph), [text]);
    assert_eq!(document.lines.len(), 1);
    assert_eq!(document.format, Format::Html);
    let stated = &document.stated;
    assert_eq!(stated.url.as_deref(), Some("https://www.example.org/ferry.html"));
    assert_eq!(stated.title.as_deref(), Some("The ferry – again"));
    assert_eq!(stated.accessed.unwrap().to_string(), "2021-05-04");
}

#[test]
fn a_page_without_a_named_character_set_is_decoded_as_it_declares() {
    let page = "<meta charset=windows-1251><p>\u{CF}\u{E0}\u{F0}\u{EE}\u{EC} \u{EF}\u{E5}\u{F0}\u{E5}\u{F1}\u{B8}\u{EA} \u{EE}\u{E7}\u{E5}\u{F0}\u{EE}</p>";
    let mut bytes = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".to_vec();
    bytes.extend(page.chars().map(|c| c as u8));
    bytes.extend(b"\r\n--B--\r\n");
    let document = read(&bytes, Format::Mhtml, &Limits::default()).unwrap();
    assert_eq!(document.text.trim(), "Паром перес\u{451}к озеро");
}

#[test]
fn a_message_has_its_subject_sender_day_and_text() {
    let body = "Content-Type: multipart/mixed; boundary=M\r\n\r\n--M\r\nContent-Type: multipart/alternative; boundary=A\r\n\r\n\
        --A\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIGZlcnJ5IHJ1bnMu\r\n\
        --A\r\nContent-Type: text/html\r\n\r\n<p>The ferry <b>runs</b>.</p>\r\n--A--\r\n\
        --M\r\nContent-Type: application/pdf; name=\"tolls.pdf\"\r\nContent-Disposition: attachment; filename=\"tolls.pdf\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--M--\r\n";
    let document = message("\"Linden, Ada\" <ada@example.org>", body);
    assert_eq!(document.format, Format::Mail);
    assert_eq!(document.stated.title.as_deref(), Some("Ferry runs again"));
    assert_eq!(document.stated.authors[0].display(), "Ada Linden");
    assert_eq!(document.stated.issued.unwrap().to_string(), "2019-06-03");
    assert_eq!(texts(&document, Role::Raw), ["The ferry runs."]);
    assert_eq!(document.doubts, ["attached and not read: tolls.pdf"]);
}

#[test]
fn a_sender_may_be_an_office_or_only_an_address() {
    let office = message(
        "Press Service of the Ministry of Ports <press@example.org>",
        "Content-Type: text/plain\r\n\r\nThe ferry runs.\r\n",
    );
    assert_eq!(office.stated.authors[0].literal.as_deref(), Some("Press Service of the Ministry of Ports"));
    let address = message("press@example.org", "Content-Type: text/plain\r\n\r\nThe ferry runs.\r\n");
    assert!(address.stated.authors.is_empty());
}

#[test]
fn a_formatted_message_without_plain_text_is_read() {
    let document = message(
        "Ada Linden <a@example.org>",
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p>The ferry runs.</p><p>Tolls are due.</p>\r\n",
    );
    assert_eq!(texts(&document, Role::Paragraph), ["The ferry runs.", "Tolls are due."]);
}

#[test]
fn texts_that_begin_like_letters_are_texts() {
    for text in [
        "From: the harbour master\nTo: the county\nSubject: the pier\n\nThe pier is old.",
        "Title: The Pier\n\nIt is old.",
        "The pier: a history\nof wood\n",
        "",
    ] {
        assert_eq!(detect("txt", text.as_bytes()), None, "{text}");
    }
    assert_eq!(detect("eml", b"From: a@example.org\nSubject: Pier\n\nIt is old."), Some(Format::Mail));
    assert_eq!(detect("mht", b"<html><p>Pier"), None);
}

#[test]
fn what_is_broken_or_nested_without_end_is_refused() {
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(5_000);
    let error = read(format!("MIME-Version: 1.0\r\n{nested}").as_bytes(), Format::Mail, &Limits::default());
    assert!(error.unwrap_err().to_string().contains("messages within it"));
    let empty = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B--\r\n";
    assert!(read(empty.as_bytes(), Format::Mhtml, &Limits::default()).is_err());
    assert!(read(empty.as_bytes(), Format::Mail, &Limits::default()).is_err());
    for end in (0..PAGE.len()).step_by(7) {
        let _ = read(&PAGE.as_bytes()[..end], Format::Mhtml, &Limits::default());
        let _ = read(&PAGE.as_bytes()[..end], Format::Mail, &Limits::default());
    }
}

#[test]
fn parts_within_parts_are_no_trouble() {
    let mut text = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n".to_owned();
    for depth in 1..3_000 {
        let outer = depth - 1;
        text += &format!("--b{outer}\r\nContent-Type: multipart/mixed; boundary=b{depth}\r\n\r\n");
    }
    let _ = read(text.as_bytes(), Format::Mail, &Limits::default());
}
