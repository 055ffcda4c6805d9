//! `ibid search`: ranked passages with citations.

use super::Exit;
use super::filter;
use super::workspace::{Workspace, write_json, write_jsonl};
use anyhow::{Context, bail};
use clap::Args;
use ibid::citation::{Style, render_styled};
use ibid::index::{Freshness, Index, StoredPassage};
use ibid::ingest::quick_freshness;
use ibid::output::hits::{PassageView, write_passage};
use ibid::output::{Painter, Role, cited_locator, json};
use ibid::passage::{Citekey, Kind, Ordinal, PassageId};
use ibid::search::{Advice, Hit, SearchRequest, SearchResponse, search};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::rc::Rc;

/// The style that is rendered at ingest and stored.
const DEFAULT_STYLE: &str = "apa";

/// Search the passages
///
/// Prints ranked passages, each with its place, its countries and the citation that goes into the report.
/// Builds the index first when there is none. Any text is a query; quotes, OR, -not, prefix* and
/// field:value narrow it, see docs/query-syntax.md.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid search Wakhan corridor
  ibid search '\"joint working groups\"' --country belarus
  ibid search -c KZ -c PK 'military training'       about both
  ibid search -c TJ,KG 'transit trade' --year 2015..2021
  ibid search Komissina --kind reference            in the reference lists
  ibid search --json 'trade turnover' | jq .hits[0].citation")]
pub struct SearchArgs {
    /// What to look for
    #[arg(required = true, value_name = "QUERY", allow_hyphen_values = false)]
    query: Vec<String>,
    /// Only passages with this country: code, name or adjective; repeat for all of them, commas for any of them, ! excludes
    #[arg(short, long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// Only passages of this source; repeat or commas for any of them
    #[arg(short, long, value_name = "CITEKEY", value_delimiter = ',')]
    source: Vec<String>,
    /// Only sources of this year or range: 2019, 2015..2021, ..2021
    #[arg(long, value_name = "YEARS", value_parser = filter::years)]
    year: Option<(i32, i32)>,
    /// Only passages of this kind: body, abstract, list, table, caption, footnote, reference, front, boilerplate
    #[arg(short, long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// Number of hits
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Hits to leave out at the top
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Show N neighbouring passages before and after each hit
    #[arg(short = 'C', long, value_name = "N", default_value_t = 0)]
    context: usize,
    /// Show whole passages instead of their best sentences
    #[arg(long)]
    full: bool,
    /// Citation style: apa, harvard, chicago-author-date, mla or any other of CSL's, or a .csl file
    #[arg(long, value_name = "STYLE", default_value = DEFAULT_STYLE)]
    style: String,
    /// Print one JSON object
    #[arg(long, conflicts_with_all = ["jsonl", "count", "full", "context"])]
    json: bool,
    /// Print one JSON object a hit
    #[arg(long, conflicts_with_all = ["count", "full", "context"])]
    jsonl: bool,
    /// Print only the number of passages that match
    #[arg(long)]
    count: bool,
    /// Say how the query was understood and what each hit's score is made of
    #[arg(long)]
    explain: bool,
    /// Look for the words exactly as typed, without near spellings
    #[arg(long)]
    no_near: bool,
    /// Bring the index in step with the seeds first
    #[arg(long)]
    refresh: bool,
}

/// What the seeds look like beside the index.
struct Currency {
    freshness: Freshness,
}

pub fn run(workspace: &Workspace, args: &SearchArgs) -> anyhow::Result<Exit> {
    let request = request(args)?;
    if args.refresh {
        super::ingest::bring_in_step(workspace)?;
    }
    // Never closed: the process ends soon, and to take an index down piece by piece is a part of what a search costs.
    let index: &Index = Box::leak(Box::new(workspace.open_or_build_index()?));
    let mut response = search(index, &request)?;
    restyle(&mut response, &args.style)?;
    let shown: Vec<&str> = response.hits.iter().map(|h| h.source.path.as_str()).collect();
    let currency = Currency { freshness: quick_freshness(index, &workspace.seeds, &shown)? };
    tell(workspace, &response, &currency);
    let found = !response.hits.is_empty() || (args.count && response.total.unwrap_or(0) > 0);
    let mut out = workspace.stdout();
    if args.count {
        writeln!(out, "{}", response.total.unwrap_or(0))?;
    } else if args.json || args.jsonl {
        write_search_json(workspace, &mut out, args, index, &response, &currency)?;
    } else {
        write_hits(workspace, &mut out, args, index, &response, &currency)?;
    }
    out.flush()?;
    if !found && let Some(advice) = &response.advice {
        give_advice(workspace, args, advice);
    }
    Ok(Exit::found(found))
}

/// Cites the hits in another style than the stored one: only then is a processor needed.
fn restyle(response: &mut SearchResponse, style: &str) -> anyhow::Result<()> {
    if style == DEFAULT_STYLE {
        return Ok(());
    }
    let style = Style::find(style)?;
    for hit in &mut response.hits {
        let source = Rc::make_mut(&mut hit.source);
        source.citation = render_styled(&style, &source.work, source.year_letter);
    }
    Ok(())
}

fn request(args: &SearchArgs) -> anyhow::Result<SearchRequest> {
    let key = |k: &String| Citekey::new(k.trim()).with_context(|| format!("--source: `{k}` is no citekey"));
    Ok(SearchRequest {
        query: args.query.join(" "),
        countries: filter::countries(&args.country)?,
        sources: args.source.iter().map(key).collect::<anyhow::Result<_>>()?,
        years: args.year,
        kinds: args.kind.iter().map(|k| kind(k)).collect::<anyhow::Result<_>>()?,
        limit: if args.count { 0 } else { args.limit },
        offset: args.offset,
        near: !args.no_near,
        count: args.count || args.json,
    })
}

fn kind(name: &str) -> anyhow::Result<Kind> {
    let kinds = || {
        Kind::ALL.iter().filter(|k| **k != Kind::Heading).map(|k| k.as_str()).collect::<Vec<_>>().join(", ")
    };
    match Kind::from_name(name.trim()).filter(|k| *k != Kind::Heading) {
        Some(kind) => Ok(kind),
        None => bail!("--kind: no kind `{name}`; there are {}", kinds()),
    }
}

/// What has to be said on stderr: what was not honoured, and that the seeds have changed.
fn tell(workspace: &Workspace, response: &SearchResponse, currency: &Currency) {
    for notice in &response.notices {
        workspace.say(notice);
    }
    if !currency.freshness.is_fresh() {
        let what = currency.freshness.describe(5);
        workspace.say(&format!("the seeds have changed since the last ingest ({what}): run `ibid ingest`, or search with --refresh"));
    }
}

fn give_advice(workspace: &Workspace, args: &SearchArgs, advice: &Advice) {
    workspace.say(&format!("nothing found for `{}`", args.query.join(" ")));
    for word in &advice.unknown {
        let near: Vec<&str> =
            advice.near.iter().filter(|(w, _)| w == word).map(|(_, n)| n.as_str()).collect();
        if near.is_empty() {
            workspace.say(&format!("`{word}` is in no passage"));
        } else {
            workspace.say(&format!("`{word}` is in no passage; did you mean {}?", near.join(", ")));
        }
    }
    if advice.without_filters > 0 {
        workspace.say(&format!("without the filters {} passages match", advice.without_filters));
    }
}

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

fn write_search_json(
    workspace: &Workspace,
    out: &mut impl Write,
    args: &SearchArgs,
    index: &Index,
    response: &SearchResponse,
    currency: &Currency,
) -> anyhow::Result<()> {
    let entries = Entries::of(index, &response.hits)?;
    let hits: Vec<HitJson<'_>> = response
        .hits
        .iter()
        .enumerate()
        .map(|(i, hit)| HitJson {
            rank: args.offset + i + 1,
            score: hit.score,
            passage: json::passage(&hit.source, workspace.source_path(&hit.source.path), &hit.passage, |n| {
                entries.text(&hit.source.key, n)
            }),
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

impl Currency {
    fn has_changed(&self, hit: &Hit) -> bool {
        let path = &hit.source.path;
        self.freshness.changed.contains(path) || self.freshness.removed.contains(path)
    }
}

/// The reference entries that hits cite.
struct Entries(BTreeMap<(Citekey, u32), String>);

impl Entries {
    fn of(index: &Index, hits: &[Hit]) -> anyhow::Result<Entries> {
        let mut entries = BTreeMap::new();
        let citing = hits.iter().filter(|h| h.passage.cites.iter().any(|c| c.reference.is_some()));
        let keys: std::collections::BTreeSet<&Citekey> = citing.map(|h| &h.source.key).collect();
        for key in keys {
            for passage in index.passages_of(key)? {
                if let Ordinal::Reference(n) = passage.ordinal {
                    entries.insert((key.clone(), n), passage.text);
                }
            }
        }
        Ok(Entries(entries))
    }

    fn text(&self, key: &Citekey, number: u32) -> Option<String> {
        self.0.get(&(key.clone(), number)).cloned()
    }
}

fn write_hits(
    workspace: &Workspace,
    out: &mut impl Write,
    args: &SearchArgs,
    index: &Index,
    response: &SearchResponse,
    currency: &Currency,
) -> anyhow::Result<()> {
    let painter = workspace.painter();
    if args.explain {
        writeln!(out, "{}", painter.wrap(&format!("understood as: {}", response.interpreted), ""))?;
        for line in &response.expansions {
            writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, line), "  "))?;
        }
        writeln!(out)?;
    }
    for (i, hit) in response.hits.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        write_hit(&painter, out, args, index, (args.offset + i + 1, hit), currency)?;
    }
    write_references(&painter, out, response)
}

fn write_hit(
    painter: &Painter,
    out: &mut impl Write,
    args: &SearchArgs,
    index: &Index,
    (rank, hit): (usize, &Hit),
    currency: &Currency,
) -> anyhow::Result<()> {
    let in_text = cited_locator(&hit.source.citation, &hit.source, &hit.passage);
    let also_in: Vec<PassageId> = hit.also_in.iter().map(|a| a.id.clone()).collect();
    let (before, after) = neighbours(index, hit, args.context)?;
    for passage in &before {
        write_neighbour(painter, out, hit, passage)?;
    }
    let view = PassageView {
        rank: Some(rank),
        source: &hit.source,
        passage: &hit.passage,
        highlights: &hit.highlights,
        extract: if args.full { &[] } else { &hit.extract },
        in_text: &in_text,
        also_in: &also_in,
        changed: currency.has_changed(hit),
    };
    write_passage(out, painter, &view)?;
    for passage in &after {
        write_neighbour(painter, out, hit, passage)?;
    }
    if args.explain {
        let parts: Vec<String> = hit.parts.named().iter().map(|(name, n)| format!("{name} {n:.3}")).collect();
        let line = format!("score {:.3}: {}", hit.score, parts.join(", "));
        writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &line), "    "))?;
    }
    Ok(())
}

/// The passages around a hit, `count` before and `count` after.
fn neighbours(
    index: &Index,
    hit: &Hit,
    count: usize,
) -> anyhow::Result<(Vec<StoredPassage>, Vec<StoredPassage>)> {
    if count == 0 {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut passages = index.passages_of(&hit.source.key)?;
    passages.retain(|p| p.kind.is_citable() || p.ordinal == hit.passage.ordinal);
    let Some(at) = passages.iter().position(|p| p.ordinal == hit.passage.ordinal) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let after = passages.split_off(at + 1).into_iter().take(count).collect();
    passages.truncate(at);
    let before = passages.split_off(at.saturating_sub(count));
    Ok((before, after))
}

fn write_neighbour(
    painter: &Painter,
    out: &mut impl Write,
    hit: &Hit,
    passage: &StoredPassage,
) -> anyhow::Result<()> {
    let line = format!("{}:{}  {}", hit.source.key, passage.ordinal, passage.text);
    writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &line), "  | "))?;
    Ok(())
}

/// The reference list of all hits, each source once, in the order of the list of a report.
fn write_references(
    painter: &Painter,
    out: &mut impl Write,
    response: &SearchResponse,
) -> anyhow::Result<()> {
    let mut references: Vec<&str> =
        response.hits.iter().map(|h| h.source.citation.reference.as_str()).collect();
    references.sort_unstable();
    references.dedup();
    if references.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", painter.paint(Role::Title, "References"))?;
    for reference in references {
        writeln!(out, "{}", painter.wrap(&painter.paint(Role::Citation, reference), "    "))?;
    }
    Ok(())
}
