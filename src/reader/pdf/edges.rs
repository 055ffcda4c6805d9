//! What stands at the head and the foot of several pages: it is no part of the text, and neither begins nor ends a
//! paragraph.

use super::columns::Column;
use super::tables::Element;
use std::collections::{BTreeMap, HashMap};

/// Lines at the head and the foot of a page that are looked at.
const DEPTH: usize = 3;
/// Heights that are the same. In points.
const SAME: f32 = 2.5;
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
    let mut lines: Vec<(&str, f32)> =
        columns.flat_map(|column| &column.lines).map(|line| (line.text.as_str(), line.y)).collect();
    lines.sort_by(|a, b| b.1.total_cmp(&a.1));
    let foot = lines.len().saturating_sub(DEPTH).max(DEPTH.min(lines.len()));
    let ends = lines[..DEPTH.min(lines.len())].iter().chain(&lines[foot..]);
    ends.filter(|(text, _)| text.len() <= LONGEST).map(|(text, y)| (key(text), *y)).collect()
}

/// What a line has in common with the same line on another page: numbers apart.
fn key(text: &str) -> String {
    let is_letter = |c: &char| !c.is_whitespace() && !c.is_ascii_digit();
    text.chars().filter(is_letter).flat_map(char::to_lowercase).collect()
}

/// The element, each of these lines in a column of its own.
fn without(element: Element, edges: &[(String, f32)]) -> Vec<Element> {
    let Element::Column(column) = element else { return vec![element] };
    let mut parts: Vec<(bool, Vec<super::lines::Line>)> = Vec::new();
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
