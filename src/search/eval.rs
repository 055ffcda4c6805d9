//! The retrieval self-test: a collection in BEIR layout, through the indexing, analysis and ranking of `search`.

use super::{SearchRequest, search};
use crate::bibliography::Work;
use crate::citation::StoredCitation;
use crate::document::Format;
use crate::index::analysis::Terms;
use crate::index::{
    Budget, FileEntry, FileTable, Index, IndexWriter, Lengths, PreparedPassage, Stat, StoredPassage,
    StoredSource,
};
use crate::passage::{Citekey, Kind, Ordinal, Repairs};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Hits of a query that are judged and written.
const DEPTH: usize = 200;

/// Why a collection cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file cannot be read.
    #[error("{path}: {source}; a collection has corpus.jsonl, queries.jsonl and qrels.tsv")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line is not what the layout wants.
    #[error("{path}: line {line}: {what}")]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The index in memory failed.
    #[error(transparent)]
    Index(#[from] crate::index::Error),
}

/// The figures, means over the judged queries.
#[derive(Debug, Clone, Default)]
pub struct EvalReport {
    /// Judged queries.
    pub queries: usize,
    /// Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002, linear gains).
    pub ndcg_at_10: f64,
    /// Share of the relevant passages among the first hundred.
    pub recall_at_100: f64,
    /// Mean average precision over the first two hundred.
    pub map: f64,
    /// Mean reciprocal rank of the first relevant passage.
    pub mrr: f64,
    /// For each query its hits and their scores, best first.
    pub run: Vec<(String, Vec<(String, f64)>)>,
}

impl EvalReport {
    /// Writes the hits as a TREC run: `query Q0 document rank score ibid`.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_run(&self, out: &mut impl Write) -> std::io::Result<()> {
        for (query, hits) in &self.run {
            for (i, (id, score)) in hits.iter().enumerate() {
                writeln!(out, "{query} Q0 {id} {} {score:.6} ibid", i + 1)?;
            }
        }
        Ok(())
    }
}

/// A document of a collection, or a query.
#[derive(Deserialize, Default)]
pub(super) struct Text {
    #[serde(rename = "_id")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) text: String,
}

impl Text {
    /// The title, where there is one, and the text.
    pub(super) fn whole(&self) -> String {
        if self.title.is_empty() { self.text.clone() } else { format!("{}\n{}", self.title, self.text) }
    }
}

/// Relevant documents of a query, with their grade.
type Judged = HashMap<String, u32>;

/// Indexes the collection in memory, answers its judged queries, and compares.
///
/// # Errors
/// [`EvalError`].
pub fn evaluate(dir: &Path) -> Result<EvalReport, EvalError> {
    let corpus: Vec<Text> = read_lines(&dir.join("corpus.jsonl"))?;
    let queries: Vec<Text> = read_lines(&dir.join("queries.jsonl"))?;
    let judged = read_judgements(&dir.join("qrels.tsv"))?;
    let index = index_corpus(&corpus)?;
    let mut report = EvalReport::default();
    for query in &queries {
        let Some(relevant) = judged.get(&query.id) else { continue };
        let request = SearchRequest { limit: DEPTH, ..SearchRequest::new(&query.text) };
        let response = search(&index, &request)?;
        let mut hits: Vec<(String, f64)> = Vec::new();
        for hit in &response.hits {
            let folded = hit.also_in.iter().map(|a| &a.id.ordinal);
            for ordinal in std::iter::once(&hit.passage.ordinal).chain(folded) {
                if let Ordinal::Paragraph { number, .. } = ordinal
                    && let Some(text) = corpus.get(*number as usize - 1)
                {
                    hits.push((text.id.clone(), hit.score));
                }
            }
        }
        judge(&mut report, relevant, &hits);
        report.run.push((query.id.clone(), hits));
    }
    let n = report.queries.max(1) as f64;
    for figure in [&mut report.ndcg_at_10, &mut report.recall_at_100, &mut report.map, &mut report.mrr] {
        *figure /= n;
    }
    Ok(report)
}

/// The whole collection as one source: passage `N` is document `N` of the corpus, under its title as heading. The
/// title opens the text as well, as it does in a document.
pub(super) fn index_corpus(corpus: &[Text]) -> Result<Index, EvalError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let writer = IndexWriter::in_memory(Budget { threads, memory: 128_000_000 })?;
    let titles = corpus.iter().map(|text| Terms::of(&text.title));
    let sections: Vec<Terms> = std::iter::once(Terms::default()).chain(titles).collect();
    let mut prepared = Vec::with_capacity(corpus.len());
    for (i, text) in corpus.iter().enumerate() {
        let number = i as u32 + 1;
        let passage = StoredPassage {
            ordinal: Ordinal::Paragraph { number, part: 1 },
            kind: Kind::Body,
            text: text.whole(),
            section: number,
            lines: None,
            pages: (0, 0),
            countries: Vec::new(),
            cites: Vec::new(),
            parsed: None,
        };
        prepared.push(PreparedPassage::new(number, &passage));
    }
    let lengths = Lengths::of(&prepared, &sections);
    writer.add_passages(0, prepared, &sections)?;
    let titles = corpus.iter().map(|t| vec![t.title.clone()]);
    let key = Citekey::new("corpus").unwrap_or_else(|| unreachable!("a constant without white space"));
    writer.add_source(&StoredSource {
        text_of: None,
        texts: Vec::new(),
        attached: None,
        stat: Stat::default(),
        document: 0,
        key,
        path: String::new(),
        format: Format::Jsonl,
        work: Work::default(),
        citation: StoredCitation::default(),
        year_letter: None,
        sections: std::iter::once(Vec::new()).chain(titles).collect(),
        pages: Vec::new(),
        passages: corpus.len() as u32,
        countries: Vec::new(),
        repairs: Repairs::default(),
        doubts: Vec::new(),
    })?;
    let passages = corpus.len() as u32;
    let entry = FileEntry { document: Some(0), passages, lengths, ..FileEntry::default() };
    Ok(writer.into_index(&FileTable { entries: vec![entry], ..FileTable::default() })?)
}

fn judge(report: &mut EvalReport, relevant: &Judged, hits: &[(String, f64)]) {
    let grade = |id: &String| f64::from(relevant.get(id).copied().unwrap_or(0));
    let mut ideal: Vec<f64> = relevant.values().map(|g| f64::from(*g)).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let gain = |grades: &mut dyn Iterator<Item = f64>| {
        grades.take(10).enumerate().map(|(i, g)| g / (i as f64 + 2.0).log2()).sum::<f64>()
    };
    report.queries += 1;
    let best = gain(&mut ideal.iter().copied());
    if best > 0.0 {
        report.ndcg_at_10 += gain(&mut hits.iter().map(|(id, _)| grade(id))) / best;
    }
    let all = ideal.iter().filter(|g| **g > 0.0).count();
    if all == 0 {
        return;
    }
    let found = hits.iter().take(100).filter(|(id, _)| grade(id) > 0.0).count();
    report.recall_at_100 += found as f64 / all as f64;
    let ranks: Vec<usize> =
        hits.iter().enumerate().filter(|(_, (id, _))| grade(id) > 0.0).map(|(i, _)| i + 1).collect();
    report.map +=
        ranks.iter().enumerate().map(|(n, rank)| (n + 1) as f64 / *rank as f64).sum::<f64>() / all as f64;
    report.mrr += ranks.first().map_or(0.0, |rank| 1.0 / *rank as f64);
}

fn read(path: &Path) -> Result<String, EvalError> {
    std::fs::read_to_string(path).map_err(|source| EvalError::File { path: path.to_owned(), source })
}

fn read_lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>, EvalError> {
    let text = read(path)?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|e| EvalError::Line {
                path: path.to_owned(),
                line: i + 1,
                what: e.to_string(),
            })
        })
        .collect()
}

/// `query-id corpus-id score`, or TREC's four columns; a head line is passed over.
fn read_judgements(path: &Path) -> Result<BTreeMap<String, Judged>, EvalError> {
    let mut judged: BTreeMap<String, Judged> = BTreeMap::new();
    for (i, line) in read(path)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let (query, document, grade) = match columns.as_slice() {
            [query, document, grade] | [query, _, document, grade] => (query, document, grade),
            _ => {
                let what = "expected query, document and grade, split by tabs".to_owned();
                return Err(EvalError::Line { path: path.to_owned(), line: i + 1, what });
            }
        };
        match grade.parse::<i64>() {
            Ok(grade) => {
                let grade = u32::try_from(grade.max(0)).unwrap_or(u32::MAX);
                judged.entry((*query).to_owned()).or_default().insert((*document).to_owned(), grade);
            }
            Err(_) if i == 0 => {}
            Err(_) => {
                let what = format!("expected a number as grade, found `{grade}`");
                return Err(EvalError::Line { path: path.to_owned(), line: i + 1, what });
            }
        }
    }
    Ok(judged)
}
