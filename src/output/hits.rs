//! Passages as a person reads them: search hits, and passages shown whole.

use super::painter::split_at_char;
use super::place::describe_place;
use super::{Painter, Role};
use crate::index::{StoredPassage, StoredSource};
use crate::passage::PassageId;
use crate::tag::{self, CountryTag, Evidence};
use std::io::{self, Write};

/// The indent of what belongs to a hit.
const INDENT: &str = "    ";

/// Other passages with the same text that are named.
const OTHERS: usize = 5;

/// A passage with all that is shown beside it.
#[derive(Debug, Clone)]
pub struct PassageView<'a> {
    /// 1-based rank, for a hit.
    pub rank: Option<usize>,
    /// Its source.
    pub source: &'a StoredSource,
    /// The passage.
    pub passage: &'a StoredPassage,
    /// Half-open ranges of Unicode scalar values of the text to paint as matches, ascending.
    pub highlights: &'a [(usize, usize)],
    /// Half-open ranges of Unicode scalar values of the text to show, ascending; all of it when empty.
    pub extract: &'a [(usize, usize)],
    /// The citation in running text.
    pub in_text: &'a str,
    /// Near-identical passages of other sources.
    pub also_in: &'a [PassageId],
    /// The file changed since it was indexed.
    pub changed: bool,
}

/// Writes a passage: head line, place, text, countries, citation.
///
/// # Errors
/// Those of `out`.
pub fn write_passage(out: &mut impl Write, painter: &Painter, view: &PassageView<'_>) -> io::Result<()> {
    let id = format!("{}:{}", view.source.key, view.passage.ordinal);
    let rank = view.rank.map_or(String::new(), |r| format!("{r}. "));
    let title = view.source.work.title.as_deref().unwrap_or(&view.source.path);
    let head = format!("{}{}  {}", rank, painter.paint(Role::Id, &id), painter.paint(Role::Title, title));
    writeln!(out, "{}", painter.wrap(&head, ""))?;
    let place = painter.paint(Role::Aside, &describe_place(view.source, view.passage));
    writeln!(out, "{}", painter.wrap(&place, INDENT))?;
    for paragraph in shown_text(painter, view).lines() {
        writeln!(out, "{}", painter.wrap(paragraph, INDENT))?;
    }
    let countries = describe_countries(&view.passage.countries);
    if !countries.is_empty() {
        writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &countries), INDENT))?;
    }
    writeln!(out, "{}", painter.wrap(&painter.paint(Role::Citation, view.in_text), INDENT))?;
    if !view.also_in.is_empty() {
        let named: Vec<String> = view.also_in.iter().take(OTHERS).map(PassageId::to_string).collect();
        let more = view.also_in.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let line = format!("also in {}{more}", named.join(", "));
        writeln!(out, "{}", painter.wrap(&painter.paint(Role::Aside, &line), INDENT))?;
    }
    if view.changed {
        let line = format!("{} has changed since it was indexed: run `ibid ingest`", view.source.path);
        writeln!(out, "{}", painter.wrap(&painter.paint(Role::Warning, &line), INDENT))?;
    }
    Ok(())
}

/// The text or its extract, matches painted; `[…]` stands for what is left out.
fn shown_text(painter: &Painter, view: &PassageView<'_>) -> String {
    let text = &view.passage.text;
    if view.extract.is_empty() {
        return painter.highlight(text, view.highlights);
    }
    let length = text.chars().count();
    let mut shown = String::new();
    let mut end = 0;
    for &(from, to) in view.extract {
        if from > end {
            shown.push_str(if end == 0 { "[…] " } else { " […] " });
        }
        let (piece, _) = split_at_char(split_at_char(text, from).1, to.saturating_sub(from));
        let inside = |&(a, b): &(usize, usize)| {
            (a < to && b > from).then(|| (a.max(from) - from, b.min(to).saturating_sub(from)))
        };
        let ranges: Vec<(usize, usize)> = view.highlights.iter().filter_map(inside).collect();
        shown.push_str(&painter.highlight(piece.trim_end(), &ranges));
        end = to;
    }
    if end < length {
        shown.push_str(" […]");
    }
    shown
}

/// `Tajikistan, Pakistan; mentions Afghanistan`; what was inherited says from where.
pub fn describe_countries(tags: &[CountryTag]) -> String {
    let list = |about: bool| {
        let describe = |t: &CountryTag| {
            let from = match t.evidence {
                Evidence::Named => "",
                Evidence::Section => " (by its section)",
                Evidence::Source => " (by its source)",
            };
            format!("{}{from}", tag::name(t.code))
        };
        tags.iter().filter(|t| t.about == about).map(describe).collect::<Vec<_>>().join(", ")
    };
    match (list(true), list(false)) {
        (about, mentions) if mentions.is_empty() => about,
        (about, mentions) if about.is_empty() => format!("mentions {mentions}"),
        (about, mentions) => format!("{about}; mentions {mentions}"),
    }
}
