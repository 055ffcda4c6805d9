//! The answer as JSON.

use super::Answer;
use crate::cli::workspace::{write_json, write_jsonl};
use ibid::index::Index;
use ibid::output::json;
use ibid::passage::{Citekey, Ordinal};
use ibid::search::Hit;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

#[derive(Serialize)]
struct SearchJson<'a> {
    version: u32,
    query: &'a str,
    interpreted: &'a str,
    total: u64,
    index: IndexJson,
    notices: &'a [String],
    hits: Vec<HitJson<'a>>,
}

#[derive(Serialize)]
struct IndexJson {
    documents: u64,
    passages: u64,
    stale: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<String>,
}

#[derive(Serialize)]
struct HitJson<'a> {
    rank: usize,
    score: f64,
    #[serde(flatten)]
    passage: json::Passage<'a>,
    highlights: &'a [(usize, usize)],
    citation: json::Citation<'a>,
    also_in: Vec<AlsoInJson>,
    changed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<BTreeMap<&'static str, f64>>,
}

#[derive(Serialize)]
struct AlsoInJson {
    id: String,
    similarity: f64,
}

/// Writes the whole answer, or its hits a line each.
pub(super) fn write_search_json(out: &mut impl Write, answer: &Answer<'_>) -> anyhow::Result<()> {
    let Answer { workspace, args, index, response, currency } = *answer;
    let cited = Cited::of(index, &response.hits)?;
    let hits: Vec<HitJson<'_>> = response
        .hits
        .iter()
        .enumerate()
        .map(|(i, hit)| HitJson {
            rank: args.offset + i + 1,
            score: hit.score,
            passage: json::passage(
                &hit.source,
                workspace.source_path(&hit.source.path),
                &hit.passage,
                |ordinal| cited.text(&hit.source.key, ordinal),
            ),
            highlights: &hit.highlights,
            citation: json::citation(&hit.source, &hit.passage, &args.style),
            also_in: hit
                .also_in
                .iter()
                .map(|a| AlsoInJson {
                    id: a.id.to_string(),
                    similarity: (a.similarity * 1000.0).round() / 1000.0,
                })
                .collect(),
            changed: currency.has_changed(hit),
            parts: args.explain.then(|| hit.parts.named().into_iter().collect()),
        })
        .collect();
    if args.jsonl {
        return hits.iter().try_for_each(|hit| write_jsonl(out, hit));
    }
    let (documents, passages) = index.counts()?;
    let fresh = &currency.freshness;
    let changed = [&fresh.added, &fresh.changed, &fresh.removed].into_iter().flatten().cloned().collect();
    let index = IndexJson { documents, passages, stale: !fresh.is_fresh(), changed };
    let query = args.query.join(" ");
    write_json(
        out,
        &SearchJson {
            version: json::VERSION,
            query: &query,
            interpreted: &response.interpreted,
            total: response.total.unwrap_or(hits.len() as u64),
            index,
            notices: &response.notices,
            hits,
        },
    )
}

/// The texts of the reference entries and notes that hits cite.
struct Cited(BTreeMap<(Citekey, Ordinal), String>);

impl Cited {
    fn of(index: &Index, hits: &[Hit]) -> anyhow::Result<Cited> {
        let mut wanted: BTreeMap<&Citekey, BTreeSet<Ordinal>> = BTreeMap::new();
        for hit in hits {
            let cited = hit.passage.cites.iter().filter_map(|c| c.reference);
            cited.for_each(|ordinal| {
                wanted.entry(&hit.source.key).or_default().insert(ordinal);
            });
        }
        let mut texts = BTreeMap::new();
        for (key, ordinals) in wanted {
            let passages = index.passages_of(key)?.into_iter().filter(|p| ordinals.contains(&p.ordinal));
            texts.extend(passages.map(|p| ((key.clone(), p.ordinal), p.text)));
        }
        Ok(Cited(texts))
    }

    fn text(&self, key: &Citekey, ordinal: Ordinal) -> Option<String> {
        self.0.get(&(key.clone(), ordinal)).cloned()
    }
}
