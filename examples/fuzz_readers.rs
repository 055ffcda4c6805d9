//! Feeds spoilt documents to every reader, each in a process of its own, and keeps those that crash or hang it.
//!
//! `cargo run --release --example fuzz_readers SECONDS [SEED] [FOLDER]`
//!
//! Spoils the files of the folder, or small ones made here, for so many seconds. The same seed spoils the same way; it
//! is printed. Offending files are saved in `target/fuzz/`, and the program ends with code 1 when there was one: a panic
//! in this process, a hang, or any crash, time or memory beyond the limits in a reader of our own. A PDF on which the
//! library crashes in the process that is there for it is refused with a reason: it is contained, and only counted.

#[path = "../tests/made/mod.rs"]
mod made;

use ibid::document::Document;
use ibid::reader::{self, Limits, ReadError, isolation};
use made::{package, pdf};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A spoilt file of this size may take so long: sound ones of it take some hundredths of a second.
const LIMITS: Limits = Limits {
    file_bytes: 64 << 20,
    text_bytes: 64 << 20,
    paragraphs: 1_000_000,
    inflated_bytes: 64 << 20,
    memory_bytes: 512 << 20,
    seconds: 10,
};

/// Where offending files are kept.
const KEPT: &str = "target/fuzz";

/// Most files kept of one run: a mistake that is found is found again and again.
const MOST_KEPT: u64 = 50;

fn main() -> ExitCode {
    if let Some(exit) = isolation::serve() {
        return exit;
    }
    isolation::use_this_program();
    let mut args = std::env::args().skip(1);
    let Some(seconds) = args.next().and_then(|s| s.parse::<u64>().ok()) else {
        eprintln!("usage: fuzz_readers SECONDS [SEED] [FOLDER]");
        return ExitCode::from(2);
    };
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seed = args.next().and_then(|s| s.parse().ok()).unwrap_or_else(|| clock.map_or(1, |d| d.as_secs()));
    let files = args.next().map_or_else(built_in, |folder| of_folder(Path::new(&folder)));
    println!("seed {seed}, {} files", files.len());
    // What is looked for is reported by the readers; the messages of panics that they survive are not.
    std::panic::set_hook(Box::new(|_| {}));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (runs, read, found) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let contained = AtomicU64::new(0);
    let slowest = Mutex::new(Duration::ZERO);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (files, runs, read, found, slowest) = (&files, &runs, &read, &found, &slowest);
            let contained = &contained;
            scope.spawn(move || {
                let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (worker as u64 + 1));
                while Instant::now() < end && found.load(Ordering::Relaxed) < MOST_KEPT {
                    let (name, bytes) = &files[random.below(files.len())];
                    let spoilt = spoil(bytes, files, &mut random);
                    let started = Instant::now();
                    let verdict = examine(name, &spoilt);
                    let took = started.elapsed();
                    runs.fetch_add(1, Ordering::Relaxed);
                    read.fetch_add(u64::from(verdict == Ok(true)), Ordering::Relaxed);
                    if let Ok(mut slowest) = slowest.lock() {
                        *slowest = took.max(*slowest);
                    }
                    match verdict {
                        Err(_) if is_contained(&spoilt, took, &verdict) => {
                            contained.fetch_add(1, Ordering::Relaxed);
                        }
                        Err(what) => keep(name, &spoilt, &what, found.fetch_add(1, Ordering::Relaxed)),
                        Ok(_) => {}
                    }
                }
            });
        }
    });
    let (runs, read, found) = (runs.into_inner(), read.into_inner(), found.into_inner());
    let slowest = slowest.into_inner().unwrap_or_default();
    let contained = contained.into_inner();
    let slowest = slowest.as_millis();
    println!(
        "{runs} spoilt files: {read} read, {contained} contained, {found} offending, slowest {slowest} ms"
    );
    ExitCode::from(u8::from(found > 0))
}

/// Reads a spoilt file and cuts it into passages: true when it has text, false when it was refused.
///
/// # Errors
/// What went wrong: anything but a clean refusal.
fn examine(name: &str, bytes: &[u8]) -> Result<bool, String> {
    let cut = |document: &Document| ibid::passage::segment(document).passages.len();
    match std::panic::catch_unwind(|| reader::read(Path::new(name), bytes, &LIMITS)) {
        Err(_) => Err("panic while reading".to_owned()),
        Ok(Ok(document)) => match std::panic::catch_unwind(|| cut(&document)) {
            Ok(_) => Ok(true),
            Err(_) => Err("panic while cutting into passages".to_owned()),
        },
        Ok(Err(error @ (ReadError::TooSlow(_) | ReadError::Fault(_)))) => Err(error.to_string()),
        Ok(Err(error @ ReadError::Broken { .. })) if error.to_string().contains("its reader") => {
            Err(error.to_string())
        }
        Ok(Err(_)) => Ok(false),
    }
}

/// The library for PDF crashed or took too much memory in its own process, and soon.
fn is_contained(bytes: &[u8], took: Duration, verdict: &Result<bool, String>) -> bool {
    let in_library =
        verdict.as_ref().is_err_and(|what| what.contains("its reader") || what.contains("of memory"));
    let is_pdf = bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-");
    is_pdf && in_library && took.as_secs() < LIMITS.seconds
}

fn keep(name: &str, bytes: &[u8], what: &str, number: u64) {
    let path = PathBuf::from(KEPT).join(format!("{:08x}-{number}-{name}", std::process::id()));
    println!("{}: {what}", path.display());
    let saved = std::fs::create_dir_all(KEPT).and_then(|()| std::fs::write(&path, bytes));
    if let Err(error) = saved {
        eprintln!("{}: {error}", path.display());
    }
}

/// A generator of numbers that look random; not for secrets.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `bound`, which is not 0.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// A spoilt copy: of a package mostly its parts, since a spoilt archive is refused before anything is read.
fn spoil(bytes: &[u8], files: &[(String, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    if bytes.starts_with(b"PK")
        && random.below(4) > 0
        && let Some(mut parts) = unpacked(bytes)
    {
        let victim = random.below(parts.len());
        if random.below(20) == 0 {
            parts.remove(victim);
        } else {
            parts[victim].1 = mutated(&parts[victim].1, files, random);
        }
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        return package::of_bytes(&parts);
    }
    mutated(bytes, files, random)
}

fn unpacked(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let mut content = Vec::new();
        archive.by_index(i).ok()?.read_to_end(&mut content).ok()?;
        parts.push((archive.name_for_index(i)?.ok()?.into_owned(), content));
    }
    (!parts.is_empty()).then_some(parts)
}

/// Values at the edges of what a length, a count or an offset may be.
const NUMBERS: &[&str] = &[
    "0",
    "-1",
    "1",
    "65535",
    "65536",
    "2147483647",
    "4294967296",
    "9223372036854775807",
    "99999999999999999999",
];

/// Pieces of syntax that open, close or name something.
const TOKENS: &[&str] = &[
    "<",
    ">",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "/",
    "%",
    "&",
    ";",
    "\"",
    "\0",
    "obj",
    "endobj",
    "stream",
    "endstream",
    "R",
    "1 0 R",
    "<p>",
    "</p>",
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "<table>",
    "<b>",
    "<![CDATA[",
    "<!--",
    "/Kids",
    "/Type",
    "/Length",
    "xref",
    "trailer",
    "\u{feff}",
    "é",
    "\u{10ffff}",
    "BT",
    "ET",
    "Tj",
    "q",
    "Do",
];

fn mutated(bytes: &[u8], files: &[(String, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        let rest = bytes.len() - at;
        let longest = 1 << (1 + random.below(12));
        let length = random.below(rest.min(longest) + 1);
        match random.below(10) {
            0 if rest > 0 => bytes[at] ^= 1 << random.below(8),
            1 if rest > 0 => bytes[at] = random.next() as u8,
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let piece = bytes[at..at + length].to_vec();
                let most = if random.below(20) == 0 { 2_000 } else { 4 };
                let times = 1 + random.below(most);
                let piece = piece.repeat(times.min((1 << 20) / piece.len().max(1)));
                bytes.splice(at..at, piece);
            }
            4 => {
                let (_, other) = &files[random.below(files.len())];
                let from = random.below(other.len() + 1);
                let to = (from + length).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 if random.below(4) == 0 => bytes.truncate(at),
            6 => {
                // A number becomes another.
                let digit = bytes[at..].iter().position(u8::is_ascii_digit);
                if let Some(start) = digit.map(|d| at + d) {
                    let digits = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
                    let number = NUMBERS[random.below(NUMBERS.len())];
                    bytes.splice(start..start + digits, number.bytes());
                }
            }
            7 => drop(bytes.splice(at..at, TOKENS[random.below(TOKENS.len())].bytes())),
            8 => bytes[at..at + length].fill(if random.below(2) == 0 { 0 } else { 0xFF }),
            _ => {
                let to = random.below(bytes.len() + 1);
                let piece = bytes[at..at + length].to_vec();
                bytes.splice(to..to, piece);
            }
        }
    }
    bytes
}

/// The files of a folder, those of a megabyte or less.
fn of_folder(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter(|e| e.metadata().is_ok_and(|m| m.is_file() && m.len() <= 1 << 20))
        .filter_map(|e| Some((e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).ok()?)))
        .collect();
    files.sort();
    if files.is_empty() { built_in() } else { files }
}

/// A small sound file of every format.
fn built_in() -> Vec<(String, Vec<u8>)> {
    let prose =
        "The ministers met in Minsk.1 They spoke of transit, wheat and the price of gas; nothing was signed.";
    let page: String = (0..20).map(|n| pdf::show(72, 720 - 14 * n, 11, prose)).collect();
    let two_columns: String = (0..20)
        .flat_map(|n| {
            [pdf::show(60, 720 - 14 * n, 9, &prose[..45]), pdf::show(320, 720 - 14 * n, 9, &prose[45..])]
        })
        .collect();
    let labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 217 >>] >>";
    let word = r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Routes</w:t></w:r></w:p><w:p><w:r><w:t>The road</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Trade</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice></mc:AlternateContent></w:p>"#;
    let open = r#"<text:h text:outline-level="2">Routes</text:h><text:p>The road<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See the annex.</text:p></text:note-body></text:note> is open.</text:p><text:list><text:list-item><text:p>Wheat</text:p></text:list-item></text:list>"#;
    let chapter = r#"<?xml version="1.0"?><html><head><title/></head><body><h1>One</h1><p>First <b>words</b>&nbsp;<sup>1</sup>.</p><span epub:type="pagebreak" title="12"/><table><tr><td>a</td><td>b</td></tr></table></body></html>"#;
    let article = format!(
        "<!DOCTYPE html><html><head><title>T</title><meta name=author content='A B'></head><body><nav><a href=/>Home</a></nav><article><h1>T</h1><p>{prose}</p><ul><li>One<li>Two</ul><blockquote>{prose}</blockquote></article></body></html>"
    );
    let saved = format!(
        "From: <Saved>\r\nSubject: =?utf-8?B?VA==?=\r\nDate: Tue, 4 May 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>{prose}=\r\n</p>\r\n--B--\r\n"
    );
    let message = format!(
        "From: \"Kovalenko, Anna\" <a@example.org>\r\nTo: b@example.org\r\nSubject: T\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=M\r\n\r\n--M\r\nContent-Type: multipart/alternative; boundary=A\r\n\r\n--A\r\nContent-Type: text/plain\r\n\r\n{prose}\r\n--A\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+eDwvcD4=\r\n--A--\r\n--M\r\nContent-Type: message/rfc822\r\n\r\nSubject: U\r\n\r\n{prose}\r\n--M--\r\n"
    );
    let markdown = format!(
        "---\ntitle: Routes\nauthor:\n  - Anna Kovalenko\ndate: 2021-05-01\n---\n\n# One\n\n{prose}\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: A note.\n"
    );
    let (cyrillic, _, _) =
        encoding_rs::WINDOWS_1251.encode("Министры встретились в Минске. Ничего не подписано.\r\n");
    let wide: Vec<u8> = format!("\u{feff}{prose}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let records = format!("{{\"id\":\"a:1\",\"title\":\"T\",\"text\":\"{prose}\"}}\n").repeat(3);
    vec![
        ("one.pdf".to_owned(), pdf::pages(&[page.clone(), page], labels, "")),
        ("columns.pdf".to_owned(), pdf::pages(&[two_columns], "", "/Rotate 90")),
        ("a.docx".to_owned(), package::docx(word)),
        ("a.odt".to_owned(), package::odt(open)),
        ("a.epub".to_owned(), package::epub(&[chapter, chapter])),
        ("a.html".to_owned(), article.into_bytes()),
        ("a.mhtml".to_owned(), saved.into_bytes()),
        ("a.eml".to_owned(), message.into_bytes()),
        ("a.md".to_owned(), markdown.into_bytes()),
        ("cyrillic.txt".to_owned(), cyrillic.into_owned()),
        ("wide.txt".to_owned(), wide),
        ("a.jsonl".to_owned(), records.into_bytes()),
    ]
}
