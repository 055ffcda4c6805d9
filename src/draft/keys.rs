//! Citations by citekey, in the syntax of each sort of draft.

use super::latex_code::{end_of_volume, takes_volume};
use super::parse::{Citation, Locator, Syntax, locator};
use super::scan::{at, closing, find, slice};
use std::ops::Range;

fn by_key(key: String, locator: Option<Locator>, span: Range<usize>, at: usize, narrative: bool) -> Citation {
    Citation { key, locator, span, at, narrative, ..Citation::default() }
}

fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || "_-:.+/#$%&?~".contains(c)
}

fn read_key(chars: &[char], from: usize, typst: bool) -> (String, usize) {
    if !typst && chars.get(from) == Some(&'{') {
        return closing(chars, from)
            .map_or((String::new(), from), |end| (slice(chars, from + 1, end), end + 1));
    }
    let good = |c: char| if typst { c.is_alphanumeric() || "_-:.".contains(c) } else { is_key_char(c) };
    let mut end = from;
    while chars.get(end).is_some_and(|c| good(*c)) {
        end += 1;
    }
    // Punctuation inside a key is only its own when more of the key follows.
    while end > from && chars.get(end - 1).is_some_and(|c| !c.is_alphanumeric() && *c != '_') {
        end -= 1;
    }
    (slice(chars, from, end), end)
}

pub fn citations(chars: &[char], syntax: Syntax) -> Vec<Citation> {
    let mut found = match syntax {
        Syntax::Markdown => at_keys(chars, false),
        Syntax::Typst => {
            let mut found = at_keys(chars, true);
            found.extend(typst_cites(chars));
            found
        }
        Syntax::Latex => latex_cites(chars),
        Syntax::Plain => Vec::new(),
    };
    found.sort_by_key(|c| c.at);
    found
}

fn at_keys(chars: &[char], typst: bool) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut bracket: Option<Range<usize>> = None;
    let mut i = 0;
    while i < chars.len() {
        if chars.get(i) == Some(&'[') && bracket.as_ref().is_none_or(|b| i >= b.end) {
            bracket = closing(chars, i).filter(|e| e - i < 2000).map(|e| i..e + 1);
        }
        let before = i.checked_sub(1).and_then(|p| chars.get(p));
        let starts = before.is_none_or(|c| !c.is_alphanumeric() && *c != '\\' && *c != '@');
        if chars.get(i) != Some(&'@') || !starts {
            i += 1;
            continue;
        }
        let (key, end) = read_key(chars, i + 1, typst);
        if key.is_empty() {
            i += 1;
            continue;
        }
        let inside = bracket.clone().filter(|b| !typst && b.contains(&i));
        let (span, suffix) = if let Some(b) = inside {
            let stop = (end..b.end - 1).find(|j| chars.get(*j) == Some(&';')).unwrap_or(b.end - 1);
            (b, slice(chars, end, stop))
        } else {
            let open = if chars.get(end) == Some(&' ') && !typst { end + 1 } else { end };
            let close = (chars.get(open) == Some(&'[')).then(|| closing(chars, open)).flatten();
            match close.map(|c| (c, slice(chars, open + 1, c))) {
                Some((close, inner)) if !inner.contains('@') => (i..close + 1, inner),
                // `@khan2021, para. 14` in a note: not what pandoc reads, but what is meant.
                _ => (i..end, if typst { String::new() } else { place_behind(chars, end) }),
            }
        };
        let narrative = !typst && chars.get(span.start) != Some(&'[');
        found.push(by_key(key, locator(&suffix), span, i, narrative));
        i = end;
    }
    found
}

/// `, para. 14` behind a key without brackets; a bare number may be anything.
fn place_behind(chars: &[char], end: usize) -> String {
    let behind = slice(chars, end, end + 24);
    let Some(rest) = behind.strip_prefix(',').map(str::trim_start) else { return String::new() };
    let words = ["p.", "pp.", "page ", "pages ", "para", "¶"];
    if words.iter().any(|w| rest.starts_with(w)) { rest.to_owned() } else { String::new() }
}

/// `#cite(<key>, supplement: [p. 3], form: "prose")`, and `attribution: <key>` of a quotation.
fn typst_cites(chars: &[char]) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find(chars, from, "<") {
        from = start + 1;
        let opens = |call: &str| {
            let near = start.saturating_sub(40)..start;
            let open = near.rev().find(|i| at(chars, *i, call))?;
            slice(chars, open + call.chars().count(), start).trim().is_empty().then_some(open)
        };
        let call = opens("#cite(").or_else(|| opens("cite("));
        let Some(open) = call.or_else(|| opens("attribution:").map(|_| start)) else { continue };
        let (key, end) = read_key(chars, start + 1, true);
        if key.is_empty() || chars.get(end) != Some(&'>') {
            continue;
        }
        let stop = (end..chars.len()).take(200).find(|j| chars.get(*j) == Some(&')')).unwrap_or(end);
        let rest = slice(chars, end, stop);
        let inner = rest.split_once("supplement:").map_or("", |(_, r)| r.trim().trim_start_matches('['));
        let inner = inner.split([']', ',']).next().unwrap_or("");
        // The marks of strings are blanked.
        let prose = rest.split_once("form:").is_some_and(|(_, r)| r.trim_start().starts_with("prose"));
        let stop = if call.is_some() { stop } else { end };
        found.push(by_key(key, locator(inner), open..stop + 1, start, prose));
    }
    found
}

fn latex_cites(chars: &[char]) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find(chars, from, "\\") {
        from = start + 1;
        let mut end = from;
        while chars.get(end).is_some_and(|c| c.is_ascii_alphabetic()) {
            end += 1;
        }
        let mut name = slice(chars, from, end).to_lowercase();
        if name == "begin" && at(chars, end, "{displaycquote}") {
            end += "{displaycquote}".len();
            name = "displaycquote".to_owned();
        }
        // `\\textcquote[12]{key}{…}` cites what it quotes.
        if !(name.contains("cite") || name.ends_with("cquote"))
            || name.starts_with("citestyle")
            || name.contains("citet") && name.contains("text")
        {
            continue;
        }
        if chars.get(end) == Some(&'*') {
            end += 1;
        }
        let narrative = matches!(
            name.as_str(),
            "textcite" | "textcites" | "citet" | "citeauthor" | "tvolcite" | "tvolcites"
        );
        let several = name.ends_with("cites");
        // `\\autocites(see)()[12]{key}[3]{other}`: what stands before and behind all of them.
        while several && chars.get(end) == Some(&'(') {
            let Some(close) = closing(chars, end) else { break };
            end = close + 1;
        }
        let mut group = Vec::new();
        while let Some((citations, close)) = volume_and_keys(chars, end, &name, narrative) {
            group.extend(citations);
            end = close;
            if !several {
                break;
            }
        }
        for citation in &mut group {
            citation.span = start..end;
        }
        found.extend(group);
        from = end.max(from);
    }
    found
}

/// The citations at `from`, behind the volume where the command takes one, and where they end.
fn volume_and_keys(
    chars: &[char],
    from: usize,
    name: &str,
    narrative: bool,
) -> Option<(Vec<Citation>, usize)> {
    let from = if takes_volume(name) { end_of_volume(chars, from)? } else { from };
    latex_keys(chars, from, narrative)
}

/// The citations of `[see][12]{key,other}` at `from`, and where it ends.
fn latex_keys(chars: &[char], from: usize, narrative: bool) -> Option<(Vec<Citation>, usize)> {
    let mut end = from;
    let mut options = Vec::new();
    while chars.get(end) == Some(&'[') {
        let close = closing(chars, end)?;
        options.push(slice(chars, end + 1, close));
        end = close + 1;
    }
    let close = (chars.get(end) == Some(&'{')).then(|| closing(chars, end)).flatten()?;
    let place = options.last().and_then(|o| locator(o));
    let mut found = Vec::new();
    let mut at = end + 1;
    for part in slice(chars, end + 1, close).split(',') {
        let key = part.trim().to_owned();
        let lead = part.chars().take_while(|c| c.is_whitespace()).count();
        if !key.is_empty() && key != "*" {
            found.push(by_key(key, place.clone(), from..close + 1, at + lead, narrative));
        }
        at += part.chars().count() + 1;
    }
    Some((found, close + 1))
}
