//! What stands at the head and the foot of several pages: it is no part of the text, and neither begins nor ends a
//! paragraph.

use super::columns::Column;
use super::lines::Line;
use super::tables::Element;
use std::collections::{BTreeMap, HashMap};

/// Lines at the head and the foot of a page that are looked at.
const DEPTH: usize = 3;
/// Heights that are the same. In points.
const SAME: f32 = 2.5;
/// The distance of lines of one text, in sizes of type, at most.
const PITCH: f32 = 1.6;
/// The longest running head, in bytes.
const LONGEST: usize = 160;

/// Sets the lines that stand at one height on several pages into columns of their own.
pub fn part(pages: &mut BTreeMap<u32, Vec<Element>>) {
    let mut seen: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
    for (page, elements) in pages.iter() {
        for (key, y) in outermost(elements) {
            seen.entry(key).or_default().push((*page, y));
        }
    }
    for (page, elements) in pages.iter_mut() {
        let repeats = |key: &String, y: f32| {
            let places = seen.get(key).map_or(&[][..], Vec::as_slice);
            places.iter().any(|(other, height)| other != page && (height - y).abs() <= SAME)
        };
        let edges: Vec<(String, f32)> =
            outermost(elements).into_iter().filter(|(key, y)| repeats(key, *y)).collect();
        if !edges.is_empty() {
            let old = std::mem::take(elements);
            elements.extend(old.into_iter().flat_map(|element| without(element, &edges)));
        }
    }
}

/// The lines at the head and the foot of a page: what they have in common with those of others, and their heights.
fn outermost(elements: &[Element]) -> Vec<(String, f32)> {
    let columns = elements.iter().filter_map(|element| match element {
        Element::Column(column) => Some(column),
        _ => None,
    });
    let of_column =
        |column: &Column| (0..column.lines.len()).map(|at| outer_line(&column.lines, at)).collect::<Vec<_>>();
    let mut lines: Vec<Outer> = columns.flat_map(of_column).collect();
    lines.sort_by(|a, b| b.y.total_cmp(&a.y));
    let foot = lines.len().saturating_sub(DEPTH).max(DEPTH.min(lines.len()));
    let ends = lines[..DEPTH.min(lines.len())].iter().chain(&lines[foot..]);
    ends.filter(|line| !line.is_within_text && line.text.len() <= LONGEST)
        .map(|line| (key(&line.text), line.y))
        .collect()
}

/// A line that may be at the edge of a page.
struct Outer {
    text: String,
    y: f32,
    is_within_text: bool,
}

fn outer_line(lines: &[Line], at: usize) -> Outer {
    let goes_on = |above: Option<&Line>, below: Option<&Line>| {
        let (Some(above), Some(below)) = (above, below) else { return false };
        above.y - below.y <= PITCH * below.size
            && below.text.starts_with(char::is_lowercase)
            && !above.text.ends_with(['.', '!', '?', ':'])
    };
    let (line, before) = (&lines[at], at.checked_sub(1).and_then(|i| lines.get(i)));
    let is_within_text = goes_on(Some(line), lines.get(at + 1)) || goes_on(before, Some(line));
    Outer { text: line.text.clone(), y: line.y, is_within_text }
}

/// What a line has in common with the same line on another page: numbers apart.
fn key(text: &str) -> String {
    let is_letter = |c: &char| !c.is_whitespace() && !c.is_ascii_digit();
    text.chars().filter(is_letter).flat_map(char::to_lowercase).collect()
}

/// The element, each of these lines in a column of its own.
fn without(element: Element, edges: &[(String, f32)]) -> Vec<Element> {
    let Element::Column(column) = element else { return vec![element] };
    let mut parts: Vec<(bool, Vec<Line>)> = Vec::new();
    for line in column.lines {
        let is_edge = edges.iter().any(|(text, y)| (line.y - y).abs() < 0.1 && *text == key(&line.text));
        match parts.last_mut() {
            Some((false, lines)) if !is_edge => lines.push(line),
            _ => parts.push((is_edge, vec![line])),
        }
    }
    let column = |(is_edge, lines)| Element::Column(Column { is_edge, ..Column::new(lines) });
    parts.into_iter().map(column).collect()
}
