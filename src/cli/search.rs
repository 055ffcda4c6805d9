//! `ibid search`: ranked passages with citations.

mod json_output;
mod text_output;

use super::Exit;
use super::workspace::Workspace;
use anyhow::{Context, bail};
use clap::Args;
use ibid::citation::{Style, render_styled};
use ibid::index::{Freshness, Index, StoredSource};
use ibid::ingest::quick_freshness;
use ibid::search::query::{FieldName, Filters};
use ibid::search::{Advice, Hit, SearchRequest, SearchResponse, search};
use json_output::write_search_json;
use std::io::Write;
use std::rc::Rc;
use text_output::write_hits;

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
    #[arg(value_name = "QUERY", allow_hyphen_values = false)]
    query: Vec<String>,
    /// Only passages with this country: code, name or adjective; repeat for all of them, commas for any of them, ! excludes
    #[arg(short, long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// Only passages of this source; repeat or commas for any of them
    #[arg(short, long, value_name = "CITEKEY")]
    source: Vec<String>,
    /// Only sources of this year or range: 2019, 2015..2021, ..2021
    #[arg(long, value_name = "YEARS")]
    year: Option<String>,
    /// Only passages of this kind: body, abstract, list, table, caption, footnote, reference, front, boilerplate
    #[arg(short, long, value_name = "KIND")]
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

/// What is shown of a search, with what it takes to show it.
struct Answer<'a> {
    workspace: &'a Workspace,
    args: &'a SearchArgs,
    index: &'a Index,
    response: &'a SearchResponse,
    currency: &'a Currency,
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
    let shown: Vec<&StoredSource> = response.hits.iter().map(|h| &*h.source).collect();
    let currency = Currency { freshness: quick_freshness(index, &workspace.seeds, &shown)? };
    tell(workspace, &response, &currency);
    let found = !response.hits.is_empty() || (args.count && response.total.unwrap_or(0) > 0);
    let answer = Answer { workspace, args, index, response: &response, currency: &currency };
    let mut out = workspace.stdout();
    if args.count {
        writeln!(out, "{}", response.total.unwrap_or(0))?;
    } else if args.json || args.jsonl {
        write_search_json(&mut out, &answer)?;
    } else {
        write_hits(&mut out, &answer)?;
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
    let filters = filters(args)?;
    if args.query.is_empty() && filters.is_empty() {
        bail!("what is to be found? Give words, or a filter such as --country KZ");
    }
    Ok(SearchRequest {
        query: args.query.join(" "),
        filters,
        limit: if args.count { 0 } else { args.limit },
        offset: args.offset,
        near: !args.no_near,
        count: args.count || args.json,
    })
}

/// The flags as filters.
fn filters(args: &SearchArgs) -> anyhow::Result<Filters> {
    let mut filters = Filters::default();
    let year: Vec<String> = args.year.iter().cloned().collect();
    for (flag, field, values) in [
        ("--country", FieldName::Country, &args.country),
        ("--source", FieldName::Source, &args.source),
        ("--year", FieldName::Year, &year),
        ("--kind", FieldName::Kind, &args.kind),
    ] {
        for value in values {
            filters.add(Filters::of(field, value).with_context(|| flag)?);
        }
    }
    Ok(filters)
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
    match args.query.is_empty() {
        true => workspace.say("no passage fits the filters"),
        false => workspace.say(&format!("nothing found for `{}`", args.query.join(" "))),
    }
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

impl Currency {
    fn has_changed(&self, hit: &Hit) -> bool {
        let path = &hit.source.path;
        self.freshness.changed.contains(path) || self.freshness.removed.contains(path)
    }
}
