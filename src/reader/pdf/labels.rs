//! Page labels: the numbers that the file gives its pages, from the number tree `/PageLabels` of its catalogue.

use super::objects::Objects;
use crate::document::Page;
use std::collections::{BTreeMap, HashSet};
use unpdf::parser::raw::tokenizer::{PdfDict, PdfObject};

/// Nodes of the tree that are looked at: real ones have one or a few.
const MOST_NODES: usize = 10_000;

/// Longest label, in characters; what is longer is no page number.
const LONGEST: usize = 40;

/// Labels the pages of the file; those that it says nothing of stay as they are.
pub fn set(pages: &mut [Page], objects: &Objects) {
    let Some(catalogue) = objects.catalogue() else { return };
    let Some(root) = catalogue.get(&b"PageLabels"[..]) else { return };
    let mut ranges = BTreeMap::new();
    collect(objects, root, &mut ranges);
    for (from, range) in &ranges {
        let end = ranges.range(from + 1..).next().map_or(pages.len(), |(next, _)| *next);
        let within = pages.iter_mut().take(end).skip(*from);
        for (page, nth) in within.zip(0..) {
            page.label = range.label(nth);
        }
    }
}

/// Pages that are numbered alike.
struct Range {
    style: Option<u8>,
    prefix: String,
    start: u64,
}

impl Range {
    fn read(objects: &Objects, dict: &PdfDict) -> Range {
        let start = objects.entry(dict, b"St").as_i64().and_then(|n| u64::try_from(n).ok());
        Range {
            style: objects.entry(dict, b"S").as_name().and_then(|n| n.first().copied()),
            prefix: objects.entry(dict, b"P").as_str_bytes().map(text).unwrap_or_default(),
            start: start.unwrap_or(1),
        }
    }

    /// The label of the `nth` page of the range, from 0; `None` when it is empty.
    fn label(&self, nth: u64) -> Option<String> {
        let number = self.start.saturating_add(nth);
        let number = match self.style {
            Some(b'D') => number.to_string(),
            Some(b'R') => roman(number)?,
            Some(b'r') => roman(number)?.to_lowercase(),
            Some(b'A') => letters(number)?,
            Some(b'a') => letters(number)?.to_lowercase(),
            _ => String::new(),
        };
        let label = format!("{}{number}", self.prefix).trim().to_owned();
        Some(label).filter(|l| !l.is_empty() && l.chars().count() <= LONGEST)
    }
}

/// The ranges of a number tree by their first page, from 0. Nodes that name each other are looked at once.
fn collect(objects: &Objects, root: &PdfObject, ranges: &mut BTreeMap<usize, Range>) {
    let mut seen = HashSet::new();
    let mut open = vec![root.clone()];
    while let Some(node) = open.pop() {
        if node.as_reference().is_some_and(|id| !seen.insert(id)) || seen.len() > MOST_NODES {
            continue;
        }
        let PdfObject::Dict(node) = objects.resolve(&node) else { continue };
        for pair in objects.entry(&node, b"Nums").as_array().unwrap_or_default().chunks_exact(2) {
            let page = objects.resolve(&pair[0]).as_i64().and_then(|n| usize::try_from(n).ok());
            if let (Some(page), PdfObject::Dict(dict)) = (page, objects.resolve(&pair[1])) {
                ranges.insert(page, Range::read(objects, &dict));
            }
        }
        open.extend(objects.entry(&node, b"Kids").as_array().unwrap_or_default().iter().cloned());
    }
}

/// Roman numerals; `None` for what nobody numbers so.
pub fn roman(mut number: u64) -> Option<String> {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    Some(text)
}

/// `A` to `Z`, then `AA` to `ZZ`, `AAA` to `ZZZ`.
fn letters(number: u64) -> Option<String> {
    let index = number.checked_sub(1)?;
    let times = usize::try_from(index / 26 + 1).ok().filter(|t| *t <= LONGEST)?;
    let letter = char::from(b'A' + (index % 26) as u8);
    Some(letter.to_string().repeat(times))
}

/// A text string: UTF-16 or UTF-8 with a byte order mark, or else PDFDocEncoding, which for labels is Latin-1.
fn text(bytes: &[u8]) -> String {
    let text: String = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned(),
        None => bytes.iter().map(|b| char::from(*b)).collect(),
    };
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_each_style() {
        let label = |style: &str, start, nth| {
            let range = Range { style: style.bytes().next(), prefix: String::new(), start };
            range.label(nth)
        };
        assert_eq!(label("D", 217, 2).as_deref(), Some("219"));
        assert_eq!(label("r", 1, 13).as_deref(), Some("xiv"));
        assert_eq!(label("R", 1999, 0).as_deref(), Some("MCMXCIX"));
        assert_eq!(label("a", 1, 26).as_deref(), Some("aa"));
        assert_eq!(label("A", 26, 0).as_deref(), Some("Z"));
        assert_eq!(label("", 1, 0), None);
        assert_eq!(label("r", u64::MAX, 5), None);
        assert_eq!(label("A", u64::MAX, 5), None);
    }
}
