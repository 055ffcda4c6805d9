//! Warm queries beside raw tantivy's BM25 over the same index: p50, p95 and p99 of each sort of query.
//!
//! ```sh
//! cargo bench --bench query                            # 1,000 and 100,000 passages
//! IBID_BENCH_PASSAGES=1500000 cargo bench --bench query
//! ```
//!
//! Raw tantivy runs the query's content words as one BM25 union over the stemmed field and fetches ten records; for
//! phrases its phrase query. The text is made up: words of a vocabulary of 60,000, as frequent as Zipf's law has it.

use ibid::bibliography::Work;
use ibid::citation::StoredCitation;
use ibid::document::Format;
use ibid::index::analysis::{Terms, stemmed_term, tokens};
use ibid::index::{
    Budget, FileEntry, FileTable, Index, IndexWriter, PreparedPassage, StoredPassage, StoredSource,
};
use ibid::passage::{Citekey, Kind, Ordinal, Repairs};
use ibid::search::{SearchRequest, search};
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};

/// Passages of one source.
const PER_SOURCE: u32 = 150;
/// Words of the vocabulary.
const VOCABULARY: u64 = 60_000;
/// Queries of each sort.
const RUNS: u64 = 200;

/// A small generator (Vigna's SplitMix64), so that every run has the same text.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The rank of a word: rank r is about as frequent as 1/r.
    fn rank(&mut self) -> u64 {
        let share = self.next() as f64 / u64::MAX as f64;
        (VOCABULARY as f64).powf(share) as u64
    }
}

/// A word that can be pronounced, another one for each rank.
fn word(rank: u64) -> String {
    let mut word = String::from("k");
    let mut n = rank + 7;
    while n > 0 {
        word.push(char::from(b"bdfgklmnprstvz"[(n % 14) as usize]));
        word.push(char::from(b"aeiou"[(n / 14 % 5) as usize]));
        n /= 70;
    }
    word
}

fn build(dir: &Path, passages: u32) -> Index {
    let writer = IndexWriter::build(dir, Budget { threads: 2, memory: 400_000_000 }).expect("a writer");
    let mut chance = Chance(1);
    let mut entries = Vec::new();
    for document in 0..passages.div_ceil(PER_SOURCE) {
        let count = PER_SOURCE.min(passages - document * PER_SOURCE);
        for number in 1..=count {
            let text: Vec<String> = (0..90).map(|_| word(chance.rank())).collect();
            let passage = StoredPassage {
                ordinal: Ordinal::Paragraph { number, part: 1 },
                kind: Kind::Body,
                text: text.join(" "),
                section: 0,
                lines: None,
                pages: (0, 0),
                countries: Vec::new(),
                cites: Vec::new(),
                parsed: None,
            };
            let prepared = PreparedPassage::new(number, &passage);
            let sections = [Terms::of(&text[0])];
            writer.add_passages(document.into(), &[prepared], &sections).expect("a passage is added");
        }
        writer.add_source(&source(document, count)).expect("a source is added");
        let document = Some(u64::from(document));
        entries.push(FileEntry { document, passages: count, ..FileEntry::default() });
    }
    writer.commit(&FileTable { entries, ..FileTable::default() }).expect("a commit");
    Index::open(dir).expect("the index opens")
}

fn source(document: u32, passages: u32) -> StoredSource {
    StoredSource {
        document: document.into(),
        key: Citekey::new(&format!("source{document}")).expect("a citekey"),
        path: String::new(),
        format: Format::Text,
        work: Work::default(),
        citation: StoredCitation::default(),
        year_letter: None,
        sections: vec![Vec::new()],
        pages: Vec::new(),
        passages,
        countries: Vec::new(),
        repairs: Repairs::default(),
        doubts: Vec::new(),
    }
}

/// The `n`th query of a sort.
fn query(sort: &str, n: u64) -> String {
    let common = |i: u64| word(3 + (n * 7 + i * 3) % 40);
    let usual = |i: u64| word(100 + (n * 131 + i * 977) % 4000);
    match sort {
        "rare word" => word(20_000 + n * 101),
        "three words" => format!("{} {} {}", usual(0), usual(1), usual(2)),
        "long question" => (0..12).map(usual).collect::<Vec<_>>().join(" "),
        "common phrase" => format!("\"{} {}\"", common(0), common(1)),
        "prefix" => usual(0).chars().take(5).collect::<String>() + "*",
        _ => usual(0) + "~",
    }
}

/// The same in raw tantivy.
fn raw(index: &tantivy::Index, searcher: &tantivy::Searcher, text: &str) -> usize {
    let schema = index.schema();
    let (body, exact) =
        (schema.get_field("body").expect("a field"), schema.get_field("exact").expect("a field"));
    let words: Vec<String> = tokens(text).map(|t| t.folded.into_owned()).collect();
    let query: Box<dyn Query> = if text.starts_with('"') && words.len() > 1 {
        Box::new(PhraseQuery::new(words.iter().map(|w| Term::from_field_text(exact, w)).collect()))
    } else {
        let terms = words.iter().filter_map(|w| stemmed_term(w));
        let clauses = terms.map(|stem| {
            let term = Term::from_field_text(body, &stem);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>)
        });
        Box::new(BooleanQuery::new(clauses.collect()))
    };
    let found = searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).expect("tantivy searches");
    found.iter().filter(|(_, at)| searcher.doc::<TantivyDocument>(*at).is_ok()).count()
}

fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let at = ((times.len() - 1) as f64 * share).round() as usize;
    times[at].as_secs_f64() * 1000.0
}

fn measure(passages: u32) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("index");
    std::fs::create_dir(&path).expect("a folder");
    let ours = build(&path, passages);
    let bare = tantivy::Index::open_in_dir(&path).expect("tantivy opens the index");
    let searcher = bare.reader().expect("a reader").searcher();
    println!("{passages} passages, milliseconds     p50     p95     p99");
    for sort in ["rare word", "three words", "long question", "common phrase", "prefix", "fuzzy"] {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for n in 0..RUNS {
            let text = query(sort, n);
            let start = Instant::now();
            search(&ours, &SearchRequest::new(&text)).expect("ibid searches");
            a.push(start.elapsed());
            let start = Instant::now();
            std::hint::black_box(raw(&bare, &searcher, &text));
            b.push(start.elapsed());
        }
        for (name, times) in [("ibid", &mut a), ("tantivy", &mut b)] {
            let [p50, p95, p99] = [0.5, 0.95, 0.99].map(|share| percentile(times, share));
            println!("{sort:16} {name:8} {p50:14.3} {p95:7.3} {p99:7.3}");
        }
    }
}

fn main() {
    match std::env::var("IBID_BENCH_PASSAGES").ok().and_then(|n| n.parse().ok()) {
        Some(passages) => measure(passages),
        None => [1_000, 100_000].into_iter().for_each(measure),
    }
}
