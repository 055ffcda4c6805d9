//! How fast text is tagged with countries, beside a plain scan of the same bytes.

use divan::{Bencher, counter::BytesCount};
use ibid::tag::Tagger;
use std::path::Path;

fn main() {
    divan::main();
}

/// A country every few words, as in a communiqué.
const DENSE: &str =
    "The ministers of Pakistan and Uzbekistan met in Tashkent to speak of roads, rail and trade. ";
/// A country every few sentences, as in a report.
const USUAL: &str = "Officials reviewed the progress of the road and set up a working group on customs. It is to report before \
    the end of the year, once the survey of the northern valleys is complete. Funding has not been agreed, and several \
    members doubted that private lenders would come forward on the terms proposed. Exports of Kazakhstan rose by a tenth. ";

/// A megabyte of one of them.
fn text(sentence: &str) -> String {
    sentence.repeat(1_000_000 / sentence.len())
}

#[divan::bench(args = ["dense", "usual"])]
fn tag_text(bencher: Bencher, how: &str) {
    let text = text(if how == "dense" { DENSE } else { USUAL });
    let Ok(tagger) = Tagger::for_seeds(Path::new("no-such-folder")) else { return };
    bencher.counter(BytesCount::of_str(&text)).bench(|| tagger.tag_text(divan::black_box(&text)));
}

/// What reading the bytes at all costs.
#[divan::bench]
fn scan(bencher: Bencher) {
    let text = text(USUAL);
    let count = |text: &str| text.bytes().filter(|b| *b == b'.').count();
    bencher.counter(BytesCount::of_str(&text)).bench(|| count(divan::black_box(&text)));
}
