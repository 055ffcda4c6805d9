//! Reading the characters of a draft: code, comments, front matter, URLs and e-mail addresses blanked, places kept.

use super::latex_code;
use super::parse::Syntax;

/// The characters of `text`, with those of code, comments and front matter turned to spaces; and the same with those of
/// URLs and e-mail addresses turned to spaces too, which hold no citations but may be quoted.
pub fn masked(text: &str, syntax: Syntax) -> (Vec<char>, Vec<char>) {
    let mut chars: Vec<char> = text.chars().collect();
    match syntax {
        Syntax::Markdown => {
            mask_front_matter(&mut chars);
            mask_between(&mut chars, "<!--", "-->");
            mask_code(&mut chars);
        }
        Syntax::Typst => {
            mask_code(&mut chars);
            mask_between(&mut chars, "/*", "*/");
            mask_typst(&mut chars);
        }
        Syntax::Latex => {
            latex_code::mask(&mut chars);
            mask_comments(&mut chars);
            mask_preamble(&mut chars);
        }
        Syntax::Plain => {}
    }
    let quotable = chars.clone();
    mask_addresses(&mut chars);
    (quotable, chars)
}

/// Returns true if and only if `what` stands at `at`.
pub fn at(chars: &[char], at: usize, what: &str) -> bool {
    what.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c))
}

/// The place of `what` from `from` on.
pub fn find(chars: &[char], from: usize, what: &str) -> Option<usize> {
    (from..chars.len()).find(|i| at(chars, *i, what))
}

/// The characters of a range as text.
pub fn slice(chars: &[char], from: usize, to: usize) -> String {
    chars.get(from..to.min(chars.len())).unwrap_or(&[]).iter().collect()
}

/// Where the bracket opened at `open` closes; the brackets may be nested.
pub fn closing(chars: &[char], open: usize) -> Option<usize> {
    let left = *chars.get(open)?;
    let right = match left {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    let mut depth = 0usize;
    // No bracket of a citation or a quotation is longer; the bound keeps hostile text quick.
    for (i, c) in chars.iter().enumerate().skip(open).take(20_000) {
        if *c == left {
            depth += 1;
        } else if *c == right {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}

/// Turns a range to spaces; lines stay lines.
pub fn blank(chars: &mut [char], from: usize, to: usize) {
    let end = to.min(chars.len());
    for c in chars.get_mut(from..end).unwrap_or(&mut []) {
        if *c != '\n' {
            *c = ' ';
        }
    }
}

/// The block of YAML at the start of a draft.
fn mask_front_matter(chars: &mut [char]) {
    if !at(chars, 0, "---\n") {
        return;
    }
    let end = find(chars, 3, "\n---\n").or_else(|| find(chars, 3, "\n...\n"));
    if let Some(end) = end {
        blank(chars, 0, end + 4);
    }
}

/// What stands before the document itself.
fn mask_preamble(chars: &mut [char]) {
    if at(chars, find(chars, 0, "\\documentclass").unwrap_or(chars.len()), "\\documentclass")
        && let Some(start) = find(chars, 0, "\\begin{document}")
    {
        blank(chars, 0, start);
    }
}

/// Comments and code of Typst: lines that set, show, import or bind something, and strings between the brackets of a
/// call; content in square brackets stays.
fn mask_typst(chars: &mut [char]) {
    let mut i = 0;
    while i < chars.len() {
        if at(chars, i, "//") && i.checked_sub(1).is_none_or(|b| chars.get(b) != Some(&':')) {
            let end = find(chars, i, "\n").unwrap_or(chars.len());
            blank(chars, i, end);
            i = end;
            continue;
        }
        let escaped = i > 0 && chars.get(i - 1) == Some(&'\\');
        if chars.get(i) != Some(&'#') || escaped {
            i += 1;
            continue;
        }
        let word = |w: &str| at(chars, i + 1, w);
        if ["import ", "include ", "let ", "set ", "show "].iter().any(|w| word(w)) {
            let mut end = i;
            // A call may run over several lines.
            while end < chars.len() && chars.get(end) != Some(&'\n') {
                end = closing(chars, end).map_or(end + 1, |close| close + 1);
            }
            blank(chars, i, end);
            i = end;
            continue;
        }
        let mut open = i + 1;
        while chars.get(open).is_some_and(|c| c.is_alphanumeric() || "_-.".contains(*c)) {
            open += 1;
        }
        i = open.max(i + 1);
        if chars.get(open) == Some(&'(')
            && let Some(close) = closing(chars, open)
        {
            mask_strings(chars, open + 1, close);
        }
    }
}

/// The strings of a call, outside of its content.
fn mask_strings(chars: &mut [char], from: usize, to: usize) {
    let mut i = from;
    while i < to {
        match chars.get(i) {
            Some('[') => i = closing(chars, i).filter(|end| *end < to).unwrap_or(i) + 1,
            Some('"') => {
                let end = find(chars, i + 1, "\"").filter(|end| *end < to).unwrap_or(to - 1);
                mask_string(chars, i, end + 1);
                i = end + 1;
            }
            _ => i += 1,
        }
    }
}

/// A string in a call: its marks become spaces; the words of a short one stay, `supplement: "p. 3"`.
fn mask_string(chars: &mut [char], from: usize, to: usize) {
    if to - from > 40 {
        blank(chars, from, to);
    }
    blank(chars, from, from + 1);
    blank(chars, to.saturating_sub(1), to);
}

fn mask_between(chars: &mut [char], open: &str, close: &str) {
    let mut from = 0;
    while let Some(start) = find(chars, from, open) {
        let end = find(chars, start, close).unwrap_or(chars.len());
        blank(chars, start, end);
        from = end.max(start + 1);
    }
}

fn mask_comments(chars: &mut [char]) {
    let mut i = 0;
    while i < chars.len() {
        if chars.get(i) == Some(&'%') && (i == 0 || chars.get(i - 1) != Some(&'\\')) {
            let end = find(chars, i, "\n").unwrap_or(chars.len());
            blank(chars, i, end);
            i = end;
        }
        i += 1;
    }
}

/// Fenced blocks and code spans: runs of backticks that another run as long closes.
fn mask_code(chars: &mut [char]) {
    let mut i = 0;
    let mut misses = 0;
    while i < chars.len() {
        let run = chars.iter().skip(i).take_while(|c| **c == '`').count();
        if run == 0 {
            i += 1;
            continue;
        }
        let mut end = None;
        let mut j = i + run;
        // A span ends within its paragraph, a fence anywhere; many open runs are no code.
        while j < chars.len() && misses < 200 {
            if run < 3 && at(chars, j, "\n\n") {
                break;
            }
            let other = chars.iter().skip(j).take_while(|c| **c == '`').count();
            if other == run || (run >= 3 && other > run) {
                end = Some(j + other);
                break;
            }
            j += other.max(1);
        }
        if let Some(end) = end {
            blank(chars, i, end);
            i = end;
        } else {
            misses += 1;
            i += run;
        }
    }
}

fn mask_addresses(chars: &mut [char]) {
    let mut i = 0;
    while i < chars.len() {
        let start = i;
        // A key in braces may be an address, as pandoc reads it: `@{https://example.org}`.
        if at(chars, i, "@{")
            && let Some(end) = closing(chars, i + 1)
        {
            i = end + 1;
            continue;
        }
        while chars.get(i).is_some_and(|c| !c.is_whitespace() && !"()[]{}<>\"“”".contains(*c)) {
            i += 1;
        }
        let word = chars.get(start..i).unwrap_or(&[]);
        let url = (0..word.len().min(12)).any(|k| at(word, k, "://")) || at(word, 0, "www.");
        let mail = word.iter().position(|c| *c == '@').is_some_and(|p| {
            p > 0
                && word.get(p - 1).is_some_and(|c| c.is_alphanumeric())
                && word.iter().skip(p).any(|c| *c == '.')
        });
        if url || mail {
            blank(chars, start, i);
        }
        i = i.max(start + 1);
    }
}
