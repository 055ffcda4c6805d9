//! What of a style file is looked at before it is parsed: macros of a style may use each other in a circle or double at every
//! step, and its parser and processor follow them by recursion, as they follow elements within each other.

use std::collections::BTreeMap;

/// Bytes of a style file; the largest of the Citation Style Language project's has a tenth.
pub const MOST_BYTES: u64 = 2 << 20;

/// Attributes of an element.
const MOST_ATTRIBUTES: usize = 64;

/// Elements within each other, and macros that use each other in a row.
const DEEPEST: usize = 100;

/// Macros that are used to render a style once, when each use is counted.
const MOST_USES: u64 = 1_000_000;

/// A macro: the line it begins on, and those it uses.
#[derive(Default)]
struct Macro<'a> {
    line: usize,
    uses: Vec<&'a str>,
}

/// Looks a style file through.
///
/// # Errors
/// What is wrong, with the line.
pub fn check(xml: &str) -> Result<(), String> {
    let mut macros: BTreeMap<&str, Macro<'_>> = BTreeMap::new();
    let mut current: Option<&str> = None;
    let (mut depth, mut line, mut rest) = (0usize, 1, xml);
    while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
        line += memchr::memchr_iter(b'\n', &rest.as_bytes()[..start]).count();
        rest = &rest[start + 1..];
        let (tag, behind) = match rest.strip_prefix("!--") {
            Some(comment) => ("!", comment.split_once("-->").map_or("", |(_, behind)| behind)),
            None => tag(rest),
        };
        let attributes = attributes(tag);
        if attributes.len() > MOST_ATTRIBUTES {
            return Err(format!("line {line}: an element with more than {MOST_ATTRIBUTES} attributes"));
        }
        let value = |name| attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| *value);
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') => {}
            _ if tag.ends_with('/') => {}
            _ => depth += 1,
        }
        if depth > DEEPEST {
            return Err(format!("line {line}: more than {DEEPEST} elements within each other"));
        }
        match tag.split(|c: char| c.is_whitespace() || c == '/').next() {
            Some("macro") => {
                current = value("name");
                let entry = current.map(|name| macros.entry(name).or_default());
                if let Some(entry) = entry {
                    entry.line = line;
                }
            }
            _ if tag.starts_with("/macro") => current = None,
            _ => {}
        }
        if let (Some(used), Some(within)) = (value("macro"), current) {
            macros.entry(within).or_default().uses.push(used);
        }
        line += memchr::memchr_iter(b'\n', &rest.as_bytes()[..rest.len() - behind.len()]).count();
        rest = behind;
    }
    check_uses(&macros)
}

/// Macros that lead to themselves, to too many or too deep.
fn check_uses(macros: &BTreeMap<&str, Macro<'_>>) -> Result<(), String> {
    // How many uses a macro comes to, and how deep they go; settled when all that it uses are.
    let mut settled: BTreeMap<&str, (u64, usize)> = BTreeMap::new();
    let known = |name: &&&str| macros.contains_key(**name);
    loop {
        let before = settled.len();
        for (name, body) in macros {
            if settled.contains_key(name) {
                continue;
            }
            let used: Option<Vec<(u64, usize)>> =
                body.uses.iter().filter(known).map(|used| settled.get(used).copied()).collect();
            let Some(used) = used else { continue };
            let uses = used.iter().fold(1u64, |sum, (uses, _)| sum.saturating_add(*uses));
            let depth = 1 + used.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
            if uses > MOST_USES || depth > DEEPEST {
                return Err(format!("line {}: macro `{name}` comes to too many others", body.line));
            }
            settled.insert(name, (uses, depth));
        }
        if settled.len() == before {
            break;
        }
    }
    match macros.iter().find(|(name, _)| !settled.contains_key(*name)) {
        Some((name, body)) => Err(format!("line {}: macro `{name}` leads in a circle", body.line)),
        None => Ok(()),
    }
}

/// The inside of a tag whose `<` has been passed, and what is behind it. A `>` within quotation marks ends none.
fn tag(text: &str) -> (&str, &str) {
    let mut quoted = None;
    let end = text.bytes().position(|byte| match (quoted, byte) {
        (None, b'"' | b'\'') => {
            quoted = Some(byte);
            false
        }
        (Some(mark), _) if mark == byte => {
            quoted = None;
            false
        }
        (None, b'>') => true,
        _ => false,
    });
    match end {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, ""),
    }
}

/// The attributes of a tag; one more than there may be where there are too many.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    let mut rest = tag;
    while let Some((name, behind)) = rest.split_once('=') {
        let behind = behind.trim_start();
        let Some(mark) = behind.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
        let Some((value, next)) = behind[1..].split_once(mark) else { break };
        attributes.push((name.split_whitespace().next_back().unwrap_or_default(), value));
        if attributes.len() > MOST_ATTRIBUTES {
            break;
        }
        rest = next;
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(macros: &str) -> String {
        format!(
            "<style>\n<!-- <macro name=\"none\"> -->\n{macros}<citation><layout><text macro=\"a0\"/></layout></citation></style>"
        )
    }

    #[test]
    fn macros_that_use_others_are_well() {
        let macros = "<macro name=\"a0\"><text macro=\"b\"/><text macro='b' prefix=\">\"/></macro>\n<macro name=\"b\"><text variable=\"title\"/></macro>";
        assert_eq!(check(&style(macros)), Ok(()));
    }

    #[test]
    fn circles_and_macros_that_double_are_named_with_their_line() {
        let circle =
            "<macro name=\"a0\"><text macro=\"b\"/></macro>\n<macro name=\"b\"><text macro=\"a0\"/></macro>";
        assert_eq!(check(&style(circle)), Err("line 3: macro `a0` leads in a circle".to_owned()));
        let double = |i: u32| {
            format!("<macro name=\"a{i}\"><text macro=\"a{}\"/><text macro=\"a{0}\"/></macro>\n", i + 1)
        };
        let doubling = (0..60).map(double).collect::<String>();
        assert!(check(&style(&doubling)).unwrap_err().contains("too many others"));
        let row = |i: u32| format!("<macro name=\"a{i}\"><text macro=\"a{}\"/></macro>", i + 1);
        let long = (0..1000).map(row).collect::<String>();
        assert!(check(&style(&long)).unwrap_err().contains("too many others"));
    }

    #[test]
    fn elements_of_many_attributes_and_deep_ones_are_refused() {
        let many: String = (0..60_000).map(|i| format!(" a{i}=\"x\"")).collect();
        assert!(check(&format!("<style{many}/>")).unwrap_err().starts_with("line 1: an element with more"));
        assert!(check(&"<group>\n".repeat(200)).unwrap_err().starts_with("line 101: more than"));
        assert_eq!(check(&"<group/>\n".repeat(200)), Ok(()));
    }
}
