//! Markdown without its marks.

use super::behind;
use crate::draft::scan::{at, find, slice};

/// Inline elements of HTML whose tags are left out.
const TAGS: &str = " em strong b i u s sup sub span mark small cite q br ";
/// Entities that stand in prose.
const ENTITIES: [(&str, &str); 13] = [
    ("&nbsp;", " "),
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&hellip;", "…"),
    ("&shy;", ""),
];

/// The words, with emphasis, links, notes, citations, tags and entities resolved.
pub fn words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut words = String::with_capacity(text.len());
    let mut i = 0;
    while let Some(c) = chars.get(i).copied() {
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let before = words.chars().next_back();
        match c {
            '\\' if next.is_ascii_punctuation() => {
                words.push(next);
                i += 2;
            }
            '^' if next == '[' && behind(&chars, i + 1) > i + 1 => i = behind(&chars, i + 1),
            '[' if next == '^' && behind(&chars, i) > i => i = behind(&chars, i),
            '[' if behind(&chars, i) > i => {
                let end = behind(&chars, i);
                let inside = slice(&chars, i + 1, end - 1);
                if chars.get(end) == Some(&'(') && behind(&chars, end) > end {
                    words.push_str(&self::words(&inside));
                    i = behind(&chars, end);
                } else if is_citation(&inside) {
                    words.truncate(words.trim_end().len());
                    i = end;
                } else {
                    words.push('[');
                    i += 1;
                }
            }
            '*' => i += 1,
            '_' => {
                let within = before.is_some_and(char::is_alphanumeric) && next.is_alphanumeric();
                if within {
                    words.push('_');
                }
                i += 1;
            }
            '~' if next == '~' => i += 2,
            // Super- and subscripts: no space between the two marks.
            '^' | '~' => {
                let end = (i + 1..chars.len())
                    .find(|j| chars.get(*j).is_some_and(|x| *x == c || x.is_whitespace()));
                match end.filter(|e| *e > i + 1 && chars.get(*e) == Some(&c)) {
                    Some(end) => {
                        words.push_str(&slice(&chars, i + 1, end));
                        i = end + 1;
                    }
                    None => {
                        words.push(c);
                        i += 1;
                    }
                }
            }
            // `<https://x.org>`
            '<' if is_address(&chars, i) => i += 1,
            '>' if words.rsplit(' ').next().is_some_and(|w| w.contains("://")) => i += 1,
            '<' => match tag(&chars, i) {
                Some((end, is_break)) => {
                    words.push_str(if is_break { " " } else { "" });
                    i = end;
                }
                None => {
                    words.push('<');
                    i += 1;
                }
            },
            '&' => match ENTITIES.iter().find(|(name, _)| at(&chars, i, name)) {
                Some((name, sign)) => {
                    words.push_str(sign);
                    i += name.chars().count();
                }
                None => {
                    words.push('&');
                    i += 1;
                }
            },
            c => {
                words.push(c);
                i += 1;
            }
        }
    }
    words
}

/// Returns true if and only if what stands in square brackets cites by key.
fn is_citation(inside: &str) -> bool {
    inside.split(|c: char| c.is_whitespace() || c == ';').any(|word| {
        let key = word.trim_start_matches('-').strip_prefix('@');
        key.is_some_and(|k| k.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '{'))
    })
}

fn is_address(chars: &[char], open: usize) -> bool {
    at(chars, open + 1, "http://") || at(chars, open + 1, "https://") || at(chars, open + 1, "mailto:")
}

/// Where an inline tag at `open` ends, and whether it breaks the line.
fn tag(chars: &[char], open: usize) -> Option<(usize, bool)> {
    let end = find(chars, open, ">").filter(|end| end - open < 200)?;
    let inside = slice(chars, open + 1, end);
    let name = inside.trim_start_matches('/').split([' ', '/', '\n']).next()?.to_lowercase();
    TAGS.contains(&format!(" {name} ")).then_some((end + 1, name == "br"))
}
