//! Repair and segmentation of plain text against a plain scan of its bytes, by layout.
//!
//! `cargo bench --bench segment`. The corpus is made from a short list of words, the same in every run.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use ibid::document::{Document, Format, Role};
use ibid::passage::segment;
use std::time::{Duration, Instant};

const WORDS: &[&str] = &[
    "the",
    "trade",
    "of",
    "ministers",
    "agreement",
    "and",
    "corridor",
    "Kabul",
    "in",
    "Tashkent",
    "signed",
    "transit",
    "a",
    "regional",
    "economic",
    "cooperation",
    "between",
    "pipeline",
    "with",
    "President",
    "visited",
    "energy",
    "to",
    "border",
    "Pak-Afghan",
    "security",
    "talks",
    "on",
    "connectivity",
    "’99",
    "(Khan, 2017)",
    "railway",
];
const LAYOUTS: [&str; 4] = ["lines", "blocks", "wrapped", "indented"];
const PARAGRAPHS: usize = 2000;

fn main() {
    divan::main();
    for layout in LAYOUTS {
        let document = document(layout);
        let scan = fastest(|| scan(&document.text));
        let segment = fastest(|| segment(&document).passages.len());
        let rate = document.text.len() as f64 / segment.as_secs_f64() / 1e6;
        let ratio = segment.as_secs_f64() / scan.as_secs_f64();
        println!("{layout:9} {rate:5.0} MB/s, {ratio:.1} times a scan of the bytes");
    }
}

#[divan::bench(args = LAYOUTS)]
fn scan_bytes(bencher: Bencher, layout: &str) {
    let document = document(layout);
    bencher.counter(BytesCount::of_str(&document.text)).bench(|| scan(black_box(&document.text)));
}

#[divan::bench(args = LAYOUTS)]
fn segment_text(bencher: Bencher, layout: &str) {
    let document = document(layout);
    bencher.counter(BytesCount::of_str(&document.text)).bench(|| segment(black_box(&document)));
}

/// Counts line ends one byte at a time, as the simplest reader of the text would.
fn scan(text: &str) -> usize {
    text.bytes().map(black_box).filter(|b| *b == b'\n').count()
}

fn fastest<T>(mut run: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    };
    (0..15).map(time).min().unwrap_or_default()
}

/// A document of [`PARAGRAPHS`] paragraphs set in that layout.
fn document(layout: &str) -> Document {
    let mut numbers = Numbers(20_210_908);
    let mut document = Document::new(Format::Text);
    for page in 0..PARAGRAPHS / 8 {
        for _ in 0..8 {
            set(&paragraph(&mut numbers), layout, &mut document);
        }
        if layout == "wrapped" {
            document.breaks.push(document.lines.len());
            push(&mut document, &format!("{page}          Studies of the Region"));
            push(&mut document, "");
        }
    }
    document
}

fn set(paragraph: &str, layout: &str, document: &mut Document) {
    match layout {
        "lines" => push(document, paragraph),
        "blocks" => push(document, paragraph),
        _ => wrap(paragraph, if layout == "indented" { "    " } else { "" }, document),
    }
    if matches!(layout, "blocks" | "wrapped") {
        push(document, "");
    }
}

/// Sets in 72 columns, every twelfth line with its last word cut.
fn wrap(paragraph: &str, indent: &str, document: &mut Document) {
    let mut line = indent.to_owned();
    for word in paragraph.split(' ') {
        if line.len() + word.len() > 72 {
            let cut = document.lines.len().is_multiple_of(12) && word.is_ascii() && word.len() > 6;
            let (head, tail) = if cut { word.split_at(3) } else { ("", word) };
            push(document, &if cut { format!("{line} {head}-") } else { line });
            line = tail.to_owned();
        } else {
            if !line.trim().is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    push(document, &line);
}

fn push(document: &mut Document, text: &str) {
    let number = document.lines.len() as u32 + 1;
    document.push(text, Role::Raw, number, 0);
}

fn paragraph(numbers: &mut Numbers) -> String {
    let sentences = 3 + numbers.next() % 5;
    let sentence = |_| {
        let length = 8 + numbers.next() % 16;
        let words: Vec<&str> = (0..length).map(|_| WORDS[numbers.next() % WORDS.len()]).collect();
        format!("The {}.", words.join(" "))
    };
    (0..sentences).map(sentence).collect::<Vec<_>>().join(" ")
}

/// A linear congruential generator (Knuth's MMIX constants): the same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize
    }
}
