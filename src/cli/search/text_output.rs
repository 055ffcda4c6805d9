//! The answer as a person reads it.

use super::Answer;
use ibid::index::{Index, StoredPassage};
use ibid::output::hits::{PassageView, write_passage};
use ibid::output::{Painter, Role, cited_locator};
use ibid::passage::PassageId;
use ibid::search::{Hit, SearchResponse};
use std::io::Write;

/// Writes the hits, and behind them the references of all.
pub(super) fn write_hits(out: &mut impl Write, answer: &Answer<'_>) -> anyhow::Result<()> {
    let Answer { args, response, .. } = *answer;
    let painter = answer.workspace.painter();
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
        write_hit(&painter, out, answer, (args.offset + i + 1, hit))?;
    }
    write_references(&painter, out, response)
}

fn write_hit(
    painter: &Painter,
    out: &mut impl Write,
    answer: &Answer<'_>,
    (rank, hit): (usize, &Hit),
) -> anyhow::Result<()> {
    let Answer { args, index, currency, .. } = *answer;
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
