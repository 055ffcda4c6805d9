//! YAML front matter, as pandoc and static-site tools have it: the block between two `---` lines at the start.
//!
//! Only what bibliographies need is read, by hand: `key: value`, quoted values, `[a, b]`, lists of `- item` and of
//! `- name: item`. Anything else in the block is left alone and said to be a doubt when it stands under a key
//! that matters.

use crate::bibliography::{Date, Name, Work};

/// What a front matter says, and where the text behind it starts.
pub struct FrontMatter {
    /// What it states.
    pub stated: Work,
    /// Byte offset of the text behind it.
    pub end: usize,
    /// Values that could not be read.
    pub doubts: Vec<String>,
}

/// Reads the front matter at the start of a text, if there is one.
pub fn read(text: &str) -> Option<FrontMatter> {
    let rest = text.strip_prefix("---")?.trim_start_matches([' ', '\t']);
    let block_start = text.len() - rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'))?.len();
    let mut at = block_start;
    for line in text[block_start..].split_inclusive('\n') {
        let next = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let block = &text[block_start..at];
            return has_key(block).then(|| interpret(block, next));
        }
        at = next;
    }
    None
}

/// Returns true if and only if the block begins with a key: two rules with prose between are no front matter.
fn has_key(block: &str) -> bool {
    let first = block.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#'));
    first.and_then(split_key).is_some()
}

fn interpret(block: &str, end: usize) -> FrontMatter {
    let mut matter = FrontMatter { stated: Work::default(), end, doubts: Vec::new() };
    let lines: Vec<&str> = block.lines().collect();
    let mut i = 0;
    while i < lines.len() {
        let Some((key, value)) = split_key(lines[i]) else {
            i += 1;
            continue;
        };
        let start = i + 1;
        i = start;
        while i < lines.len() && (lines[i].starts_with([' ', '\t', '-']) || lines[i].is_empty()) {
            i += 1;
        }
        let values = values(value, &lines[start..i]);
        state(&mut matter, &key.to_ascii_lowercase(), values);
    }
    matter
}

/// `key: value` at the start of a line.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    (plain && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key, value.trim()))
}

/// The values of a key: on its line, or in the indented lines behind it.
fn values(inline: &str, block: &[&str]) -> Vec<String> {
    if let Some(list) = inline.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        return list.split(',').map(unquote).filter(|v| !v.is_empty()).collect();
    }
    let folded = matches!(inline, ">" | "|" | ">-" | "|-");
    if !inline.is_empty() && !folded {
        return vec![unquote(inline)];
    }
    if folded {
        let text = block.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ");
        return vec![text];
    }
    let item = |line: &&str| {
        let item = line.trim().strip_prefix("- ")?.trim();
        let item = item.strip_prefix("name:").unwrap_or(item);
        Some(unquote(item)).filter(|i| !i.is_empty())
    };
    block.iter().filter_map(item).collect()
}

/// A YAML scalar without its quotes and trailing comment.
fn unquote(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            let end = inner.rfind(quote).unwrap_or(inner.len());
            return inner[..end].replace("\\\"", "\"").replace("''", "'");
        }
    }
    value.split(" #").next().unwrap_or(value).trim().to_owned()
}

fn state(matter: &mut FrontMatter, key: &str, values: Vec<String>) {
    let work = &mut matter.stated;
    let first = values.first().filter(|v| !v.is_empty()).cloned();
    match key {
        "title" => work.title = first,
        "subtitle" => {
            if let (Some(title), Some(subtitle)) = (&mut work.title, first) {
                *title = format!("{title}: {subtitle}");
            }
        }
        "author" | "authors" => work.authors = values.iter().flat_map(|v| Name::parse_list(v)).collect(),
        "date" | "issued" | "published" => match first.as_deref().map(|d| (d, Date::parse(d))) {
            Some((_, Some(date))) => work.issued = Some(date),
            Some((text, None)) => matter.doubts.push(format!("front matter: `{text}` is no date")),
            None => {}
        },
        "publisher" | "institution" => work.publisher = first,
        "journal" | "container-title" | "publication" => work.container = first,
        "url" | "link" => work.url = first,
        "doi" => work.doi = first,
        "lang" | "language" => work.language = first,
        "keywords" | "tags" => work.keywords = values,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pandoc_front_matter_is_read() {
        let text = "---\ntitle: 'Trade: a survey'\nauthor:\n- Anna Kovalenko\n- name: Fazal ur Rahman\ndate: 2021-09-08\nlang: en-GB\n---\nText.\n";
        let matter = read(text).unwrap();
        assert_eq!(matter.stated.title.as_deref(), Some("Trade: a survey"));
        assert_eq!(matter.stated.authors.len(), 2);
        assert_eq!(matter.stated.issued.unwrap().to_string(), "2021-09-08");
        assert_eq!(&text[matter.end..], "Text.\n");
    }

    #[test]
    fn rules_with_prose_between_are_no_front_matter() {
        assert!(read("---\n\nSome prose.\n\n---\n").is_none());
        assert!(read("---\ntitle: open").is_none());
        assert!(read("Text").is_none());
    }
}
