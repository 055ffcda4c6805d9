//! Odd web pages, saved pages and messages: each is read or refused with a reason, in time.

use super::odd_files::Want::{Answer, Read, Refused};
use super::odd_files::{PROSE, check, odd, spoilt};

#[test]
fn odd_saved_pages_and_messages() {
    let saved = format!(
        "From: <Saved>\r\nSubject: Pier\r\nDate: Tue, 4 May 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/\r\n\r\n<p>{PROSE}</p>\r\n--B--\r\n"
    );
    let message = format!(
        "From: Ada Linden <a@example.org>\r\nTo: b@example.org\r\nSubject: Pier\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{PROSE}\r\n"
    );
    let head = "From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n";
    let parts: String =
        (0..20_000).map(|_| format!("--B\r\nContent-Type: text/plain\r\n\r\n{PROSE}\r\n")).collect();
    let levels: String = (0..10_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    let messages = "Content-Type: message/rfc822\r\n\r\n".repeat(20_000);
    let mut files = spoilt("a.mhtml", saved.as_bytes());
    files.extend(spoilt("a.eml", message.as_bytes()));
    files.extend([
        odd("sound.mht", saved.clone(), Read("ministers")),
        odd("sound.eml", message.clone(), Read("ministers")),
        odd("unnamed", message, Read("ministers")),
        odd("no-end.mhtml", saved.replace("--B--", ""), Read("ministers")),
        odd("no-page.mhtml", saved.replace("text/html", "image/png"), Refused("no page")),
        odd(
            "parts.eml",
            format!("{head}Content-Type: multipart/mixed; boundary=B\r\n\r\n{parts}"),
            Read("ministers"),
        ),
        odd("levels.eml", format!("{head}{levels}Content-Type: text/plain\r\n\r\n{PROSE}"), Answer),
        odd("messages.eml", format!("{head}{messages}{PROSE}"), Refused("messages within it")),
        odd("long-header.eml", format!("From: {}\r\n\r\n{PROSE}", "a, ".repeat(500_000)), Answer),
        odd("words.eml", format!("Subject: {}\r\n\r\n{PROSE}", "=?utf-8?Q?=41?= ".repeat(100_000)), Answer),
    ]);
    check(files);
}

#[test]
fn odd_elements() {
    check(vec![
        odd("unknown.html", format!("{}{PROSE}", "<x-a>".repeat(100_000)), Read("ministers")),
        odd("line.html", format!("{}{PROSE}", "<x-a>b</x-a>".repeat(100_000)), Read("ministers")),
        odd("scripts.html", format!("{}{PROSE}", "<noscript>".repeat(50_000)), Answer),
        odd("breaks.html", format!("{}{PROSE}", "<br> &nbsp;".repeat(200_000)), Read("ministers")),
        odd(
            "rows.html",
            format!("<table>{}<tr><td>{PROSE}", "<tr><th>a<td><ul><li>b".repeat(20_000)),
            Read("ministers"),
        ),
        odd("cells.html", format!("{}{PROSE}", "<table><tr><th>".repeat(30_000)), Read("ministers")),
        odd(
            "classes.html",
            format!("<p class='{}'>{PROSE}</p>", "menu a b c ".repeat(50_000)),
            Read("ministers"),
        ),
        odd("many.html", format!("{}<p>{PROSE}", "<div class='menu share' id=b>".repeat(50_000)), Answer),
        odd("marks.html", format!("<p>{PROSE}{}", "<sup>[1]</sup>".repeat(100_000)), Read("ministers")),
    ]);
}
