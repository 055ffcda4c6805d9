//! `ibid countries`: passages per country, and the coverage table.

use super::Exit;
use super::workspace::{Workspace, write_json};
use clap::{Args, ValueEnum};
use ibid::index::{Index, StoredSource};
use ibid::output::json;
use ibid::output::table::{Align, lay_out};
use ibid::passage::Citekey;
use ibid::tag::{self, CountryCode};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Count the passages of each country
///
/// A passage counts for a country when it is about it or mentions it. `--by` shows what your sources
/// cover: a row a country, a column a source or a year.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid countries
  ibid countries --by year --csv > coverage.csv")]
pub struct CountriesArgs {
    /// Break the counts down
    #[arg(long, value_name = "WHAT", value_enum)]
    by: Option<By>,
    /// Only passages that are about the country, not mere mentions
    #[arg(long)]
    about: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print comma-separated values
    #[arg(long)]
    csv: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// A column a source
    Source,
    /// A column a year of publication
    Year,
}

/// The column for sources without a year.
const NO_YEAR: &str = "n.d.";

/// What the index has on one country.
#[derive(Default)]
struct Coverage {
    passages: u32,
    sources: BTreeSet<Citekey>,
    columns: BTreeMap<String, u32>,
}

type Table = BTreeMap<CountryCode, Coverage>;

pub fn run(workspace: &Workspace, args: &CountriesArgs) -> anyhow::Result<Exit> {
    let index = workspace.open_or_build_index()?;
    let table = count(&index, args)?;
    let mut rows: Vec<(CountryCode, Coverage)> = table.into_iter().collect();
    rows.sort_by(|a, b| b.1.passages.cmp(&a.1.passages).then(a.0.cmp(&b.0)));
    let columns: BTreeSet<String> = rows.iter().flat_map(|(_, c)| c.columns.keys().cloned()).collect();
    let columns: Vec<String> = columns.into_iter().collect();
    let mut out = workspace.stdout();
    if args.json {
        write_countries_json(&mut out, &rows)?;
    } else if args.csv {
        write_csv(&mut out, &rows, &columns)?;
    } else {
        write_table(&mut out, &rows, &columns, workspace.painter().width())?;
    }
    out.flush()?;
    Ok(Exit::found(!rows.is_empty()))
}

fn count(index: &Index, args: &CountriesArgs) -> anyhow::Result<Table> {
    let mut table = Table::new();
    for source in index.sources()? {
        for passage in index.passages_of(&source.key)?.iter().filter(|p| p.kind.is_citable()) {
            for country in passage.countries.iter().filter(|c| c.about || !args.about) {
                let coverage = table.entry(country.code).or_default();
                coverage.passages += 1;
                coverage.sources.insert(source.work_key().clone());
                if let Some(by) = args.by {
                    *coverage.columns.entry(column(by, &source)).or_default() += 1;
                }
            }
        }
    }
    Ok(table)
}

fn column(by: By, source: &StoredSource) -> String {
    match by {
        By::Source => source.work_key().to_string(),
        By::Year => source.work.issued.map_or(NO_YEAR.to_owned(), |d| d.year.to_string()),
    }
}

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    passages: u32,
    sources: usize,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    by: &'a BTreeMap<String, u32>,
}

#[derive(Serialize)]
struct Countries<'a> {
    version: u32,
    countries: Vec<Row<'a>>,
}

fn write_countries_json(out: &mut impl Write, rows: &[(CountryCode, Coverage)]) -> anyhow::Result<()> {
    let countries = rows
        .iter()
        .map(|(code, c)| Row {
            code: code.as_str(),
            name: tag::name(*code),
            passages: c.passages,
            sources: c.sources.len(),
            by: &c.columns,
        })
        .collect();
    write_json(out, &Countries { version: json::VERSION, countries })
}

fn write_csv(
    out: &mut impl Write,
    rows: &[(CountryCode, Coverage)],
    columns: &[String],
) -> anyhow::Result<()> {
    let mut line = |cells: Vec<String>| {
        let quoted: Vec<String> = cells.iter().map(|c| csv_cell(c)).collect();
        // RFC 4180 ends its lines with CR LF.
        write!(out, "{}\r\n", quoted.join(","))
    };
    let head = ["code", "name", "passages", "sources"].map(str::to_owned);
    line(head.into_iter().chain(columns.iter().cloned()).collect())?;
    for (code, c) in rows {
        let fixed = [
            code.to_string(),
            tag::name(*code).to_owned(),
            c.passages.to_string(),
            c.sources.len().to_string(),
        ];
        let counts = columns.iter().map(|k| c.columns.get(k).copied().unwrap_or(0).to_string());
        line(fixed.into_iter().chain(counts).collect())?;
    }
    Ok(())
}

/// A cell of RFC 4180: quoted when it holds a comma, a quotation mark or a line end.
fn csv_cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn write_table(
    out: &mut impl Write,
    rows: &[(CountryCode, Coverage)],
    columns: &[String],
    width: usize,
) -> anyhow::Result<()> {
    /// Columns of the longest bar.
    const BAR: u32 = 24;
    let most = rows.iter().map(|(_, c)| c.passages).max().unwrap_or(1).max(1);
    let mut cells = vec![["", "country", "passages", "sources"].map(str::to_owned).to_vec()];
    cells[0].extend(columns.iter().cloned());
    for (code, c) in rows {
        let name = tag::name(*code).to_owned();
        let mut row = vec![code.to_string(), name, c.passages.to_string(), c.sources.len().to_string()];
        if columns.is_empty() {
            row.push("█".repeat((c.passages * BAR).div_ceil(most) as usize));
        }
        row.extend(columns.iter().map(|k| match c.columns.get(k) {
            Some(n) => n.to_string(),
            None => "·".to_owned(),
        }));
        cells.push(row);
    }
    let mut align = vec![Align::Left, Align::Left, Align::Right, Align::Right];
    let rest = if columns.is_empty() { Align::Left } else { Align::Right };
    align.extend(std::iter::repeat_n(rest, columns.len().max(1)));
    // A coverage table keeps all its columns: a person scrolls, nothing is cut.
    let width = if columns.is_empty() { width } else { usize::MAX };
    write!(out, "{}", lay_out(&cells, &align, width))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn csv_cells_are_quoted_when_they_must_be() {
        assert_eq!(csv_cell("Korea, \"South\""), "\"Korea, \"\"South\"\"\"");
        assert_eq!(csv_cell("Kazakhstan"), "Kazakhstan");
    }
}
