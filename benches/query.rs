//! Warm queries beside raw tantivy's BM25 over the same index and the same terms: p50, p95 and p99 of each sort of
//! query and of all of them together.
//!
//! ```sh
//! cargo bench --bench query                            # 1,000 and 100,000 passages, made up
//! IBID_BENCH_PASSAGES=1500000 cargo bench --bench query
//! IBID_BENCH_SEEDS=DIR cargo bench --bench query       # your own texts; they are not changed
//! ```
//!
//! Raw tantivy runs the forms of the query's words, looked up beforehand, as one BM25 union and fetches ten records; for
//! phrases its phrase query, for prefixes the same words that ibid takes. The made-up text has a vocabulary of 60,000
//! words, as frequent as Zipf's law has it, and a country in every seventh passage.

use ibid::bibliography::Work;
use ibid::citation::StoredCitation;
use ibid::document::Format;
use ibid::index::analysis::{Terms, stemmed_term, tokens};
use ibid::index::{
    Budget, FileEntry, FileTable, Index, IndexWriter, Lengths, PreparedPassage, StoredPassage, StoredSource,
};
use ibid::passage::{Citekey, Kind, Ordinal, Repairs};
use ibid::search::{SearchRequest, search};
use ibid::tag::{CountryCode, CountryTag, Evidence};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};

/// Passages of one source.
const PER_SOURCE: u32 = 150;
/// Words of the vocabulary.
const VOCABULARY: u64 = 60_000;
/// Queries of each sort.
const RUNS: u64 = 150;
/// Sorts of queries.
const SORTS: [&str; 7] =
    ["rare word", "three words", "long question", "common phrase", "prefix", "fuzzy", "country filter"];

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

/// A paragraph of ninety words.
fn paragraph(chance: &mut Chance) -> String {
    let words: Vec<String> = (0..90).map(|_| word(chance.rank())).collect();
    words.join(" ")
}

fn kazakhstan() -> CountryTag {
    let code = CountryCode::new("KZ").expect("a code");
    CountryTag { code, evidence: Evidence::Named, about: true, because: Vec::new() }
}

fn build(dir: &Path, passages: u32) {
    let writer = IndexWriter::build(dir, Budget { threads: 2, memory: 400_000_000 }).expect("a writer");
    let mut chance = Chance(1);
    let mut entries = Vec::new();
    for document in 0..passages.div_ceil(PER_SOURCE) {
        let (mut prepared, mut sections) = (Vec::new(), Vec::new());
        let count = PER_SOURCE.min(passages - document * PER_SOURCE);
        for number in 1..=count {
            let text = paragraph(&mut chance);
            sections.push(Terms::of(text.split(' ').next().unwrap_or_default()));
            let passage = StoredPassage {
                ordinal: Ordinal::Paragraph { number, part: 1 },
                kind: Kind::Body,
                text,
                section: number - 1,
                lines: None,
                pages: (0, 0),
                countries: if number % 7 == 0 { vec![kazakhstan()] } else { Vec::new() },
                cites: Vec::new(),
                parsed: None,
            };
            prepared.push(PreparedPassage::new(number, &passage));
        }
        let lengths = Lengths::of(&prepared, &sections);
        writer.add_passages(document.into(), prepared, &sections).expect("a passage is added");
        writer.add_source(&source(document, count)).expect("a source is added");
        let document = Some(u64::from(document));
        entries.push(FileEntry { document, passages: count, lengths, ..FileEntry::default() });
    }
    writer.commit(&FileTable { entries, ..FileTable::default() }).expect("a commit");
}

fn source(document: u32, passages: u32) -> StoredSource {
    StoredSource {
        text_of: None,
        texts: Vec::new(),
        attached: None,
        stat: Default::default(),
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

/// The words of a collection: what queries are made of.
struct Vocabulary {
    /// Content words, the most frequent first.
    words: Vec<String>,
    /// All words, with their frequency.
    counts: BTreeMap<String, u64>,
    /// The words of each stem.
    forms: BTreeMap<String, Vec<String>>,
    /// Some of the paragraphs, for phrases.
    paragraphs: Vec<String>,
}

impl Vocabulary {
    fn of(paragraphs: impl Iterator<Item = String>) -> Vocabulary {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut kept = Vec::new();
        for (i, paragraph) in paragraphs.enumerate() {
            for token in tokens(&paragraph) {
                match counts.get_mut(&*token.folded) {
                    Some(n) => *n += 1,
                    None => drop(counts.insert(token.folded.into_owned(), 1)),
                }
            }
            if i % 101 == 0 {
                kept.push(paragraph);
            }
        }
        let mut forms: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut ranked: Vec<(&String, u64)> = Vec::new();
        for (word, n) in &counts {
            if let Some(stem) = stemmed_term(word) {
                forms.entry(stem.into_owned()).or_default().push(word.clone());
                ranked.push((word, *n));
            }
        }
        ranked.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let words = ranked.into_iter().filter(|(_, n)| *n > 2).map(|(word, _)| word.clone()).collect();
        Vocabulary { words, counts, forms, paragraphs: kept }
    }

    /// The words that have the stem of `word`.
    fn forms(&self, word: &str) -> Vec<&String> {
        let stem = stemmed_term(word);
        stem.and_then(|stem| self.forms.get(&*stem)).into_iter().flatten().collect()
    }

    /// The 64 most frequent words that begin so.
    fn with_prefix(&self, prefix: &str) -> Vec<&String> {
        let from = self.counts.range(prefix.to_owned()..);
        let mut found: Vec<_> = from.take_while(|(word, _)| word.starts_with(prefix)).collect();
        found.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        found.into_iter().take(64).map(|(word, _)| word).collect()
    }

    /// The `n`th query of a sort.
    fn query(&self, sort: &str, n: u64) -> String {
        let word = |rank: u64| self.words[rank as usize % self.words.len()].clone();
        let usual = |i: u64| word(100 + (n * 131 + i * 977) % 4000);
        match sort {
            "rare word" => word(self.words.len() as u64 / 2 + n * 101),
            "three words" | "country filter" => format!("{} {} {}", usual(0), usual(1), usual(2)),
            "long question" => (0..12).map(usual).collect::<Vec<_>>().join(" "),
            "common phrase" => {
                let paragraph = &self.paragraphs[(n * 37) as usize % self.paragraphs.len()];
                let words: Vec<String> = tokens(paragraph).map(|t| t.folded.into_owned()).collect();
                let at = (n * 13) as usize % words.len().saturating_sub(1).max(1);
                format!("\"{}\"", words[at..words.len().min(at + 2)].join(" "))
            }
            "prefix" => usual(0).chars().take(5).collect::<String>() + "*",
            _ => usual(0) + "~",
        }
    }
}

/// A query as raw tantivy is asked it.
fn raw_query(index: &tantivy::Index, vocabulary: &Vocabulary, sort: &str, text: &str) -> Box<dyn Query> {
    let schema = index.schema();
    let field = |name| schema.get_field(name).expect("a field");
    let words: Vec<String> = tokens(text).map(|t| t.folded.into_owned()).collect();
    let term = |word: &String| Term::from_field_text(field("words"), word);
    if sort == "common phrase" && words.len() > 1 {
        return Box::new(PhraseQuery::new(words.iter().map(term).collect()));
    }
    let forms: Vec<&String> = match sort {
        "prefix" => vocabulary.with_prefix(&words[0]),
        _ => words.iter().flat_map(|word| vocabulary.forms(word)).collect(),
    };
    let clause = |form| {
        let query = TermQuery::new(term(form), IndexRecordOption::WithFreqs);
        (Occur::Should, Box::new(query) as Box<dyn Query>)
    };
    let union = BooleanQuery::new(forms.into_iter().map(clause).collect());
    if sort != "country filter" {
        return Box::new(union);
    }
    let country = TermQuery::new(Term::from_field_text(field("country"), "KZ"), IndexRecordOption::Basic);
    let country = ConstScoreQuery::new(Box::new(country), 0.0);
    Box::new(BooleanQuery::intersection(vec![Box::new(country), Box::new(union)]))
}

/// Ten hits of raw tantivy, their records fetched.
fn raw(searcher: &tantivy::Searcher, query: &dyn Query) -> usize {
    let found = searcher.search(query, &TopDocs::with_limit(10).order_by_score()).expect("tantivy searches");
    found.iter().filter(|(_, at)| searcher.doc::<TantivyDocument>(*at).is_ok()).count()
}

fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let at = ((times.len() - 1) as f64 * share).round() as usize;
    times[at].as_secs_f64() * 1000.0
}

/// The lines of all files in a folder and those in it.
fn lines(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => found.append(&mut lines(&path)),
            path => found.extend(std::fs::read_to_string(path).expect("a text").lines().map(str::to_owned)),
        }
    }
    found
}

/// Measures on texts of the user's.
fn measure_folder(seeds: &Path) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("index");
    let mut ingest = Command::new(env!("CARGO_BIN_EXE_ibid"));
    ingest.arg("--seeds").arg(seeds).arg("--index").arg(&path).args(["-q", "ingest"]);
    assert!(ingest.status().expect("ibid starts").success());
    compare(&path, &Vocabulary::of(lines(seeds).into_iter()));
}

/// Measures on made-up texts.
fn measure(passages: u32) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("index");
    std::fs::create_dir(&path).expect("a folder");
    build(&path, passages);
    let mut chance = Chance(1);
    compare(&path, &Vocabulary::of((0..passages.min(100_000)).map(|_| paragraph(&mut chance))));
}

fn compare(path: &Path, vocabulary: &Vocabulary) {
    let ours = Index::open(path).expect("the index opens");
    let bare = tantivy::Index::open_in_dir(path).expect("tantivy opens the index");
    let searcher = bare.reader().expect("a reader").searcher();
    let passages = ours.passage_count().expect("a count");
    println!("{passages} passages      p50 ms      tantivy   p95 ms      tantivy   p99 ms      tantivy");
    let (mut all_ours, mut all_raw) = (Vec::new(), Vec::new());
    for sort in SORTS {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for n in 0..RUNS {
            let text = vocabulary.query(sort, n);
            let mut request = SearchRequest::new(&text);
            if sort == "country filter" {
                request.filters.countries.groups.push(vec![CountryCode::new("KZ").expect("a code")]);
            }
            let start = Instant::now();
            search(&ours, &request).expect("ibid searches");
            a.push(start.elapsed());
            let query = raw_query(&bare, vocabulary, sort, &text);
            let start = Instant::now();
            std::hint::black_box(raw(&searcher, &*query));
            b.push(start.elapsed());
        }
        print(sort, &mut a, &mut b);
        all_ours.append(&mut a);
        all_raw.append(&mut b);
    }
    print("all", &mut all_ours, &mut all_raw);
}

/// Prints times of both, and how many times the other each is.
fn print(sort: &str, ours: &mut [Duration], raw: &mut [Duration]) {
    let columns = [0.5, 0.95, 0.99].map(|share| {
        let (a, b) = (percentile(ours, share), percentile(raw, share));
        format!("{a:8.3} {b:8.3} {:5.2}", a / b)
    });
    println!("{sort:15} {}", columns.join("  "));
}

fn main() {
    let passages = std::env::var("IBID_BENCH_PASSAGES").ok().and_then(|n| n.parse().ok());
    match (std::env::var_os("IBID_BENCH_SEEDS"), passages) {
        (Some(seeds), _) => measure_folder(Path::new(&seeds)),
        (None, Some(passages)) => measure(passages),
        (None, None) => [1_000, 100_000].into_iter().for_each(measure),
    }
}
