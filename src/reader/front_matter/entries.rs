//! The keys of a front matter with their values, read line by line.
//!
//! What people write between the two lines is often not the YAML that its standard wants (a title with a colon in it, a
//! tab, an `@`), and of a block with one such line a strict parser gives nothing. Here each key is read for itself, in
//! one pass; there is no nesting to run into and no alias that could expand.

/// A key, in small letters and with `-` between its words, and its values: one, or the items of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Its values, none of them empty.
    pub values: Vec<String>,
}

impl Entry {
    pub(in super::super) fn new(key: &str, values: Vec<String>) -> Entry {
        let words = key.split([' ', '_', '-']).filter(|w| !w.is_empty()).map(str::to_lowercase);
        let values = values.into_iter().filter(|value| !value.is_empty());
        Entry { key: words.collect::<Vec<_>>().join("-"), values: values.collect() }
    }
}

/// The entries of a YAML block.
pub fn yaml(block: &str) -> Vec<Entry> {
    let lines: Vec<&str> = block.lines().collect();
    let belongs = |line: &&&str| line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#', ']', '}']);
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some((key, inline)) = split_key(line) else { continue };
        let nested = lines[at..].iter().take_while(belongs).count();
        entries.push(Entry::new(key, values(inline, &lines[at..at + nested])));
        at += nested;
    }
    entries
}

/// The entries of a TOML block, as far as they stand before its first table.
pub fn toml(block: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut lines = block.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with('[') {
            break;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let mut value = value.trim().to_owned();
        while is_open_in_toml(&value) {
            let Some(next) = lines.next() else { break };
            value.push(' ');
            value.push_str(next.trim());
        }
        let value = value.replace("\"\"\"", "\"").replace("'''", "'");
        let values = if value.starts_with('[') { flow_items(&value) } else { vec![scalar(&value)] };
        entries.push(Entry::new(key.trim().trim_matches(['"', '\'']), values));
    }
    entries
}

/// Returns true if and only if a TOML value goes on in the next line.
fn is_open_in_toml(value: &str) -> bool {
    let quoted = ["\"\"\"", "'''"].iter().any(|q| value.starts_with(q) && value.matches(q).count() == 1);
    quoted || value.starts_with('[') && !value.ends_with(']') && value.len() < 4_000
}

/// `key: value` at the start of a line; a key may have blanks before its colon, or stand in quotes.
pub fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let bare = ['"', '\''].iter().find_map(|q| key.strip_prefix(*q)?.strip_suffix(*q)).unwrap_or(key);
    let is_word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    let is_key = bare.split(' ').count() <= 3 && bare.split(' ').all(is_word);
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (bare, value.trim()))
}

/// The values of a key: on its line, or in the lines that belong to it.
fn values(inline: &str, nested: &[&str]) -> Vec<String> {
    let inline = without_properties(inline);
    let whole = || {
        let lines = nested.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        std::iter::once(inline).chain(lines).collect::<Vec<_>>().join(" ")
    };
    match inline.chars().next() {
        Some('|' | '>') if is_block_header(inline) => {
            vec![nested.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")]
        }
        Some('[') => flow_items(&whole()),
        Some('{') => vec![of_map(&flow_pairs(&whole()))],
        Some('"' | '\'') => vec![scalar(&whole())],
        None | Some('#') => block_values(nested),
        Some(_) => vec![plain_lines(inline, nested)],
    }
}

/// A value without its tag (`!!str`) and anchor (`&name`).
fn without_properties(value: &str) -> &str {
    let mut value = value.trim();
    for _ in 0..2 {
        if value.starts_with(['!', '&']) {
            value = value.split_once(' ').map_or("", |(_, rest)| rest.trim());
        }
    }
    value
}

/// `|`, `>-`, `|2+`, with a comment or without.
fn is_block_header(inline: &str) -> bool {
    let header = inline.split(" #").next().unwrap_or(inline).trim_end();
    header[1..].chars().all(|c| matches!(c, '-' | '+' | '1'..='9'))
}

/// A plain value and the lines that go on with it.
fn plain_lines(first: &str, nested: &[&str]) -> String {
    let goes_on = |line: &&&str| !line.trim().starts_with(['-', '#']) && split_key(line.trim()).is_none();
    let lines = nested.iter().take_while(goes_on).map(|line| line.trim()).filter(|line| !line.is_empty());
    std::iter::once(scalar(first)).chain(lines.map(scalar)).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The values in lines of their own: a list, a map, or a text.
fn block_values(nested: &[&str]) -> Vec<String> {
    let lines: Vec<&str> =
        nested.iter().copied().filter(|l| !l.trim().is_empty() && !l.trim().starts_with('#')).collect();
    let Some(first) = lines.first() else { return Vec::new() };
    let depth = |line: &str| line.len() - line.trim_start().len();
    if dash(first).is_none() {
        let pairs: Vec<(String, String)> = lines.iter().filter_map(|line| pair(line)).collect();
        return vec![if pairs.is_empty() { plain_lines("", &lines) } else { of_map(&pairs) }];
    }
    let mut items: Vec<Vec<&str>> = Vec::new();
    for line in &lines {
        match (dash(line).filter(|_| depth(line) == depth(first)), items.last_mut()) {
            (Some(rest), _) => items.push(vec![rest.trim()]),
            (None, Some(item)) => item.push(line.trim()),
            (None, None) => {}
        }
    }
    items.iter().map(|item| item_value(item)).collect()
}

/// What follows the dash of an item.
fn dash(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// An item of a list: a text or a map.
fn item_value(lines: &[&str]) -> String {
    let first = lines.first().map_or("", |line| without_properties(line));
    if first.starts_with('{') {
        return of_map(&flow_pairs(&lines.join(" ")));
    }
    let quoted = first.starts_with(['"', '\'']) && pair(first).is_none();
    let pairs: Vec<(String, String)> = lines.iter().filter_map(|line| pair(line)).collect();
    match () {
        () if quoted => scalar(&lines.join(" ")),
        () if pair(first).is_some() => of_map(&pairs),
        () => plain_lines(first, lines.get(1..).unwrap_or_default()),
    }
}

fn pair(line: &str) -> Option<(String, String)> {
    let (key, value) = split_key(line.trim())?;
    Some((key.to_lowercase(), scalar(value)))
}

/// The name that a map holds: whole, or in its parts; the value of a map with one key only.
fn of_map(pairs: &[(String, String)]) -> String {
    let get = |keys: &[&str]| {
        let found = pairs.iter().find(|(key, value)| keys.contains(&key.as_str()) && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    };
    if let Some(whole) = get(&["name", "literal", "full_name", "fullname", "full-name"]) {
        return whole.to_owned();
    }
    let given = get(&["given", "given-names", "given_name", "first", "firstname", "first_name", "forename"]);
    match (get(&["family", "family-names", "family_name", "last", "lastname", "last_name", "surname"]), given)
    {
        (Some(family), Some(given)) => format!("{family}, {given}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if pairs.len() == 1 => pairs[0].1.clone(),
        (None, None) => String::new(),
    }
}

/// The items of `[a, "b, c", {name: d}]`.
fn flow_items(text: &str) -> Vec<String> {
    let inner = text.trim().strip_prefix('[').unwrap_or(text);
    let item = |item: &str| match item.trim() {
        map if map.starts_with('{') => of_map(&flow_pairs(map)),
        text => scalar(text),
    };
    split_flow(inner).into_iter().map(item).collect()
}

/// The pairs of `{name: a, email: b}`.
fn flow_pairs(text: &str) -> Vec<(String, String)> {
    let inner = text.trim().strip_prefix('{').unwrap_or(text);
    split_flow(inner).into_iter().filter_map(pair).collect()
}

/// The parts between the commas of a list or map, up to the bracket that closes it.
fn split_flow(inner: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    let mut quote: Option<char> = None;
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            // An apostrophe within a word opens nothing.
            (None, '"' | '\'')
                if inner[start..at].trim_end_matches([' ', '{']).ends_with(':')
                    || inner[start..at].trim_matches([' ', '{']).is_empty() =>
            {
                quote = Some(c)
            }
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 0 => {
                parts.push(&inner[start..at]);
                return parts;
            }
            (None, ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    parts
}

/// A value without quotes, escapes and the comment after it.
fn scalar(value: &str) -> String {
    let value = without_properties(value);
    if let Some(inner) = value.strip_prefix('\'') {
        let end = inner.rfind('\'').unwrap_or(inner.len());
        return inner[..end].replace("''", "'").trim().to_owned();
    }
    if let Some(inner) = value.strip_prefix('"') {
        return unescaped(inner).trim().to_owned();
    }
    let plain = value.split(" #").next().unwrap_or(value).trim();
    // An alias gives back what stands elsewhere; none of the fields here needs one.
    let is_alias = plain.strip_prefix('*').is_some_and(|name| !name.contains(['*', ' ']));
    let is_null = matches!(plain, "~" | "null" | "Null" | "NULL");
    if is_alias || is_null { String::new() } else { plain.to_owned() }
}

/// The text up to the quotation mark that closes it, its escapes resolved (YAML 1.2.2, 5.7).
fn unescaped(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n' | 't' | 'r' | 'N' | '_' | ' ') => out.push(' '),
                Some(sign @ ('x' | 'u' | 'U')) => {
                    let digits = match sign {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let code: String = chars.by_ref().take(digits).collect();
                    out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(block: &str) -> Vec<String> {
        yaml(block).into_iter().next().unwrap().values
    }

    #[test]
    fn values_are_read_in_every_form() {
        for (block, expected) in [
            ("title : Ports", vec!["Ports"]),
            ("title: Ports: a survey # draft", vec!["Ports: a survey"]),
            ("title: \"Ports \\\"and\\\" Roads \\u00e9\" # x", vec!["Ports \"and\" Roads é"]),
            ("title: 'It''s open'", vec!["It's open"]),
            ("title: >-\n  Ports\n  and Roads\n", vec!["Ports and Roads"]),
            ("title: |2 # comment\n    Ports\n\n    and Roads", vec!["Ports and Roads"]),
            ("title: Ports\n  and Roads", vec!["Ports and Roads"]),
            ("title: \"Ports\n  and Roads\"", vec!["Ports and Roads"]),
            ("title:\n  Ports and Roads", vec!["Ports and Roads"]),
            ("title: !!str &t Ports", vec!["Ports"]),
            ("title: *t", vec![]),
            ("title: ~", vec![]),
            ("\"title\": Ports", vec!["Ports"]),
            ("author: [Ada Linden, \"Reyes, Tomas\"]", vec!["Ada Linden", "Reyes, Tomas"]),
            ("author: [\n  Ada Linden,\n  Tomas O'Reyes\n]", vec!["Ada Linden", "Tomas O'Reyes"]),
            ("author: {name: Ada Linden, email: a@b.org}", vec!["Ada Linden"]),
            ("author:\n  name: Ada Linden\n  email: a@b.org", vec!["Ada Linden"]),
            ("author:\n- Ada Linden # one\n\n- 'Tomas Reyes'", vec!["Ada Linden", "Tomas Reyes"]),
            (
                "author:\n  - name: Ada Linden\n    role: x\n  - {given: Tomas, family: Reyes}\n  - given: Ingrid\n    family: Solheim",
                vec!["Ada Linden", "Reyes, Tomas", "Solheim, Ingrid"],
            ),
        ] {
            assert_eq!(value(block), expected, "{block}");
        }
        assert_eq!(yaml("Publication Date: 2020")[0].key, "publication-date");
    }

    #[test]
    fn toml_is_read_up_to_its_first_table() {
        let found = toml(
            "title = \"Ports = Roads\"\ndate = 2021-09-08T10:00:00Z\nauthors = [\n \"Ada Linden\",\n 'T. Reyes'\n]\n[params]\ntitle = \"No\"",
        );
        let shown: Vec<(&str, Vec<String>)> =
            found.iter().map(|e| (e.key.as_str(), e.values.clone())).collect();
        let strings = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            shown,
            [
                ("title", strings(&["Ports = Roads"])),
                ("date", strings(&["2021-09-08T10:00:00Z"])),
                ("authors", strings(&["Ada Linden", "T. Reyes"])),
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn no_block_panics(block in "([ \t\\-#a:=\"'\\[\\]{},&*!|>~\\\\xu0é]{0,12}\n){0,8}") {
            yaml(&block);
            toml(&block);
        }
    }
}
