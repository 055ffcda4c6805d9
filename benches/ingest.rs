//! Ingest as a whole process against bare tantivy indexing the same passages already cut, against `find` for a run
//! without changes, and the size of the index against the text. Run with:
//!
//! ```sh
//! cargo bench --bench ingest                        # 2,000 documents, about 40 MB
//! IBID_BENCH_FILES=10000 cargo bench --bench ingest
//! IBID_BENCH_SEEDS=DIR cargo bench --bench ingest   # your own texts, one paragraph a line; they are not changed
//! ```
//!
//! Without a folder the corpus is made from a small word list, the same at every run. The bare program is this executable itself,
//! started again with `--bare`: one text field with tantivy's English analysis and positions, the text stored.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

/// Paragraphs of a document.
const PARAGRAPHS: usize = 150;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, flag, corpus, index] = args.as_slice()
        && flag == "--bare"
    {
        bare(Path::new(corpus), Path::new(index));
        return;
    }
    let files: usize = std::env::var("IBID_BENCH_FILES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let own = std::env::var_os("IBID_BENCH_SEEDS").map(PathBuf::from);
    let seeds = own.clone().unwrap_or_else(|| dir.path().join("seeds"));
    if own.is_none() {
        write_corpus(&seeds, files);
    }
    let texts = texts(&seeds);
    let bytes: u64 = texts.iter().filter_map(|path| path.metadata().ok()).map(|m| m.len()).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{} documents, {megabytes:.0} MB of text", texts.len());

    let me = std::env::current_exe().expect("the path of this program");
    let (index, bare_index) = (dir.path().join("index"), dir.path().join("bare"));
    let ibid = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
        command.arg("--seeds").arg(&seeds).arg("--index").arg(&index).arg("-q").args(args);
        command
    };
    std::fs::create_dir(&bare_index).expect("a folder");
    let full = timed(&mut ibid(&["ingest"]));
    let reference = timed(Command::new(&me).arg("--bare").arg(&seeds).arg(&bare_index));
    let ratio = reference.as_secs_f64() / full.as_secs_f64();
    println!("full ingest     {:8.2} MB/s", megabytes / full.as_secs_f64());
    println!(
        "bare tantivy    {:8.2} MB/s   ingest has {ratio:.2} of its throughput",
        megabytes / reference.as_secs_f64()
    );
    println!("index           {:8.2} of the text's size", size(&index) as f64 / bytes as f64);

    let find = || {
        let mut command = Command::new("find");
        command.arg(&seeds).args(["-type", "f", "-printf", "%s %T@\n"]);
        command
    };
    let unchanged = median((0..9).map(|_| timed(&mut ibid(&["ingest"]))));
    let walked = median((0..9).map(|_| timed(&mut find())));
    println!(
        "no change       {:8.2} ms     {:.2} times `find`",
        unchanged.as_secs_f64() * 1e3,
        unchanged.as_secs_f64() / walked.as_secs_f64()
    );
    if own.is_some() {
        return;
    }
    let one = median((0..5).map(|i| {
        std::fs::write(seeds.join("d0/000000.txt"), format!("One changed document, {i}.\n"))
            .expect("a write");
        timed(&mut ibid(&["ingest"]))
    }));
    println!(
        "one changed     {:8.2} ms     {:.2} % of the full ingest",
        one.as_secs_f64() * 1e3,
        one.as_secs_f64() / full.as_secs_f64() * 100.0
    );
}

/// All files in a folder and those in it.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => found.append(&mut texts(&path)),
            path => found.push(path),
        }
    }
    found
}

/// Writes the corpus.
fn write_corpus(seeds: &Path, files: usize) {
    let words: Vec<String> = (0..20_000u32).map(word).collect();
    let mut state = 7u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // A few words are common and most are rare, roughly as Zipf found.
        let x = ((state >> 33) as f64 / (1u64 << 31) as f64).powi(4);
        (x * n as f64) as usize
    };
    for file in 0..files {
        let mut text = String::new();
        for _ in 0..PARAGRAPHS {
            let length = 12 + next(30);
            for i in 0..length {
                let word = &words[next(words.len())];
                let _ = if i == 0 { write!(text, "The {word}") } else { write!(text, " {word}") };
            }
            text.push_str(".\n\n");
        }
        let folder = seeds.join(format!("d{}", file % 20));
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{file:06}.txt")), text).expect("a write");
    }
}

/// The n-th word of an invented language.
fn word(n: u32) -> String {
    const SYLLABLES: [&str; 20] = [
        "ka", "ro", "mi", "ten", "sul", "da", "ver", "po", "lin", "ga", "shi", "tor", "be", "nau", "rik",
        "zo", "mal", "fe", "dur", "yan",
    ];
    let mut n = n + 20;
    let mut word = String::new();
    while n > 0 {
        word.push_str(SYLLABLES[(n % 20) as usize]);
        n /= 20;
    }
    word
}

/// Bare tantivy: every non-empty line of every file is a document.
fn bare(corpus: &Path, dir: &Path) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    let index = tantivy::Index::create_in_dir(dir, schema.build()).expect("an index");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut writer: tantivy::IndexWriter =
        index.writer_with_num_threads(threads, 64_000_000 * threads).expect("a writer");
    for path in texts(corpus) {
        let content = std::fs::read_to_string(path).expect("a document");
        for line in content.lines().filter(|l| !l.is_empty()) {
            let mut document = tantivy::TantivyDocument::default();
            document.add_text(text, line);
            writer.add_document(document).expect("an addition");
        }
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges");
}

fn timed(command: &mut Command) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let time = start.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    time
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn size(dir: &Path) -> u64 {
    let files = std::fs::read_dir(dir).into_iter().flatten().flatten();
    files.filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum()
}
