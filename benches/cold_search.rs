//! A cold `search` as a whole process, against a bare tantivy program on the same index, and against `rg -c`
//! over the same files where `rg` is installed. Run with:
//!
//! ```sh
//! cargo bench --bench cold_search                       # the five seeds
//! IBID_BENCH_SEEDS=DIR cargo bench --bench cold_search  # any folder
//! ```
//!
//! The bare program is this executable itself, started again with `--bare`: it opens the index, runs the
//! query's words, as they are typed, as one BM25 union and fetches the ten best records. Runs alternate, so that a change in the
//! machine's speed meets all alike. Both programs are copied first, as by an installation: the pages that a linker wrote
//! one by one are mapped one by one too, which makes a start of a large program 0.4 ms slower until the file is read anew.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, TokenStream};
use tantivy::{ReloadPolicy, TantivyDocument, Term};

/// Runs of each program.
const RUNS: usize = 200;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, flag, index, query] = args.as_slice()
        && flag == "--bare"
    {
        bare(Path::new(index), query);
        return;
    }
    let seeds = std::env::var_os("IBID_BENCH_SEEDS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds"), PathBuf::from);
    let query = std::env::var("IBID_BENCH_QUERY").unwrap_or_else(|_| "Wakhan corridor".to_owned());
    let dir = tempfile::tempdir().expect("a temporary folder");
    let index = dir.path().join("index");
    let copy = |program: &Path, name: &str| {
        let copied = dir.path().join(name);
        std::fs::copy(program, &copied).expect("a copy of the program");
        copied
    };
    let program = copy(Path::new(env!("CARGO_BIN_EXE_ibid")), "ibid");
    let me = copy(&std::env::current_exe().expect("the path of this program"), "bare");
    let ibid = || {
        let mut command = Command::new(&program);
        command.arg("--seeds").arg(&seeds).arg("--index").arg(&index);
        command
    };
    assert!(ibid().args(["-q", "ingest"]).status().expect("ingest runs").code() != Some(1));

    let search = || timed(ibid().args(["-q", "search", &query]));
    let bare = || timed(Command::new(&me).arg("--bare").arg(&index).arg(&query));
    let word = query.split(' ').next().unwrap_or_default();
    let rg = || timed(Command::new("rg").arg("-c").arg(word).arg(&seeds));
    let has_rg = Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_ok();

    let (mut a, mut b, mut c) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        a.push(search());
        b.push(bare());
        if has_rg {
            c.push(rg());
        }
    }
    println!("cold search of {query:?} in {}, {RUNS} runs each", seeds.display());
    let reference = median(&mut b);
    for (name, times) in [("ibid search", &mut a), ("bare tantivy", &mut b.clone()), ("rg -c", &mut c)] {
        if !times.is_empty() {
            let time = median(times);
            let ratio = time.as_secs_f64() / reference.as_secs_f64();
            println!("{name:14} median {:7.3} ms  {ratio:5.2} of bare tantivy", time.as_secs_f64() * 1e3);
        }
    }
}

/// The wall time of a whole process, output thrown away.
fn timed(command: &mut Command) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    command.status().expect("the program starts");
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// What the index itself costs: open it, run the words, fetch ten records.
fn bare(dir: &Path, query: &str) {
    let index = tantivy::Index::open_in_dir(dir).expect("an index");
    let words = index.schema().get_field("words").expect("a field of words");
    let mut analyser = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build();
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut stream = analyser.token_stream(query);
    while stream.advance() {
        let term = Term::from_field_text(words, &stream.token().text);
        clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
    }
    let reader =
        index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().expect("a reader of the index");
    let searcher = reader.searcher();
    let hits = searcher
        .search(&BooleanQuery::new(clauses), &TopDocs::with_limit(10).order_by_score())
        .expect("a search");
    for (score, address) in hits {
        let document: TantivyDocument = searcher.doc(address).expect("a record");
        println!("{score} {}", document.len());
    }
}
