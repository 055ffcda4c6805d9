//! How fast text is tagged with countries.

use divan::{Bencher, counter::BytesCount};
use ibid::tag::Tagger;
use std::path::Path;

fn main() {
    divan::main();
}

/// A megabyte of prose with a country every few words.
#[divan::bench]
fn tag_text(bencher: Bencher) {
    let sentence =
        "The ministers of Pakistan and Uzbekistan met in Tashkent to speak of roads, rail and trade. ";
    let text = sentence.repeat(1_000_000 / sentence.len());
    let Ok(tagger) = Tagger::for_seeds(Path::new("no-such-folder")) else { return };
    bencher.counter(BytesCount::of_str(&text)).bench(|| tagger.tag_text(divan::black_box(&text)));
}
