//! `ibid show`: whole passages.

use super::Exit;
use super::workspace::{Workspace, write_json};
use anyhow::bail;
use clap::Args;
use ibid::index::{Index, StoredPassage, StoredSource};
use ibid::output::hits::{PassageView, write_passage};
use ibid::output::{Role, cited_locator, json};
use ibid::passage::{Citekey, Kind, Ordinal, PassageId};
use serde::Serialize;
use std::io::Write;

/// Show whole passages with their place, citation and neighbours
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid show khan:14
  ibid show khan:14 -C 1        with a passage before and after
  ibid show khan:ref16          an entry of its reference list")]
pub struct ShowArgs {
    /// Passages, such as khan:14
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Show N neighbouring passages before and after
    #[arg(short = 'C', long, value_name = "N", default_value_t = 0)]
    context: usize,
    /// Print JSON
    #[arg(long, conflicts_with = "context")]
    json: bool,
}

#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    passages: Vec<ShownPassage<'a>>,
}

#[derive(Serialize)]
struct ShownPassage<'a> {
    #[serde(flatten)]
    passage: json::Passage<'a>,
    citation: json::Citation<'a>,
}

pub fn run(workspace: &Workspace, args: &ShowArgs) -> anyhow::Result<Exit> {
    let index = workspace.open_or_build_index()?;
    let found = args.ids.iter().map(|id| find(&index, id)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut out = workspace.stdout();
    if args.json {
        let passages = found
            .iter()
            .map(|f| ShownPassage {
                passage: json::passage(
                    &f.source,
                    workspace.source_path(&f.source.path),
                    f.passage(),
                    |ordinal| f.text(ordinal),
                ),
                citation: json::citation(&f.source, f.passage(), "apa"),
            })
            .collect();
        write_json(&mut out, &Shown { version: json::VERSION, passages })?;
    } else {
        for (i, f) in found.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            write_with_neighbours(workspace, &mut out, f, args.context)?;
        }
    }
    out.flush()?;
    Ok(Exit::Success)
}

/// A passage among all those of its source.
pub struct Found {
    /// Its source.
    pub source: StoredSource,
    /// All passages of the source, in document order.
    pub passages: Vec<StoredPassage>,
    at: usize,
}

impl Found {
    /// The passage that was asked for.
    pub fn passage(&self) -> &StoredPassage {
        &self.passages[self.at]
    }

    /// The text of another passage of the source.
    fn text(&self, ordinal: Ordinal) -> Option<String> {
        self.passages.iter().find(|p| p.ordinal == ordinal).map(|p| p.text.clone())
    }
}

/// The passage of an id.
///
/// # Errors
/// When the id is none, or the index has no such source or passage; the message says what there is.
pub fn find(index: &Index, id: &str) -> anyhow::Result<Found> {
    let id: PassageId = id.parse()?;
    let source = source(index, &id.key)?;
    let passages = index.passages_of(&id.key)?;
    match passages.iter().position(|p| p.ordinal == id.ordinal && p.kind != Kind::Heading) {
        Some(at) => Ok(Found { source, passages, at }),
        None => bail!("{id}: {} has {} citable passages, no such one", id.key, source.passages),
    }
}

/// The source of a citekey; an unknown one is an error that suggests near ones.
pub fn source(index: &Index, key: &Citekey) -> anyhow::Result<StoredSource> {
    if let Some(source) = index.source(key)? {
        return Ok(source);
    }
    let keys: Vec<String> = index.sources()?.iter().map(|s| s.key.to_string()).collect();
    let near = nearest(key.as_str(), &keys);
    let hint = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
    bail!("no source `{key}` in the index{hint}; `ibid sources` lists the citekeys there are")
}

/// The name that begins like `name`, or shares most of its beginning with it.
fn nearest<'a>(name: &str, names: &'a [String]) -> Option<&'a str> {
    let shared =
        |other: &str| name.chars().zip(other.chars()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let best = names.iter().max_by_key(|n| (shared(n), std::cmp::Reverse(n.len())))?;
    (shared(best) >= 3).then_some(best)
}

fn write_with_neighbours(
    workspace: &Workspace,
    out: &mut impl Write,
    found: &Found,
    context: usize,
) -> anyhow::Result<()> {
    let painter = workspace.painter();
    let citable: Vec<usize> =
        (0..found.passages.len()).filter(|&i| found.passages[i].kind.is_citable() || i == found.at).collect();
    let here = citable.iter().position(|&i| i == found.at).unwrap_or(0);
    let shown = here.saturating_sub(context)..(here + context + 1).min(citable.len());
    for (n, &i) in citable[shown].iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        let passage = &found.passages[i];
        let in_text = cited_locator(&found.source.citation, &found.source, passage);
        let view = PassageView {
            rank: None,
            source: &found.source,
            passage,
            highlights: &[],
            extract: &[],
            in_text: &in_text,
            also_in: &[],
            changed: false,
        };
        write_passage(out, &painter, &view)?;
    }
    writeln!(
        out,
        "{}",
        painter.wrap(&painter.paint(Role::Citation, &found.source.citation.reference), "    ")
    )?;
    Ok(())
}
