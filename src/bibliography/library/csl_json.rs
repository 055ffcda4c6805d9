//! `library.json`: CSL-JSON as Zotero exports it, an item at a time so that a broken one costs only itself.

use super::{Draft, Lines, attachment, bare_doi, bibtex::language_tag, tidy};
use crate::bibliography::{Date, Name, Work, WorkType};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The types of CSL 1.0.2, appendix III.
const TYPES: &str = " article article-journal article-magazine article-newspaper bill book broadcast chapter classic \
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview \
    legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance \
    periodical personal_communication personal-communication post post-weblog regulation report review review-book \
    software song speech standard thesis treaty webpage ";

/// Reads all items of `text`; what is wrong goes to `complaints` with its line.
pub(super) fn read(text: &str, complaints: &mut Vec<(u32, String)>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let (items, whole) = items(text);
    let numbers = Lines::of(text);
    for (start, end) in items {
        let line = numbers.at(start);
        match serde_json::from_str::<Value>(&text[start..end]) {
            Ok(item) => drafts.push(draft(&item, line, complaints)),
            Err(error) => {
                let inner = u32::try_from(error.line()).unwrap_or(1).saturating_sub(1);
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                complaints.push((line + inner, format!("item is left out: {message}")));
            }
        }
    }
    if !whole {
        let message =
            "expected a JSON array of CSL items that ends with `]`: it stops early or has another form";
        complaints.push((numbers.at(text.trim_end().len()), message.to_owned()));
    }
    drafts
}

/// The byte ranges of the objects of the topmost array (which may be the value of `items`), and whether the
/// array is there and closed.
fn items(text: &str) -> (Vec<(usize, usize)>, bool) {
    let mut ranges = Vec::new();
    let Some(open) = text.find('[') else { return (ranges, text.trim().is_empty()) };
    let (mut depth, mut start, mut quoted, mut escaped) = (0usize, 0, false, false);
    for (at, byte) in text.bytes().enumerate().skip(open + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            b']' if depth == 0 => return (ranges, true),
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    ranges.push((start, at + 1));
                }
            }
            _ => {}
        }
    }
    // An unclosed item is reported by its own error.
    if depth > 0 {
        ranges.push((start, text.len()));
    }
    (ranges, depth > 0)
}

/// Text of a string or number.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => tidy(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn draft(item: &Value, line: u32, complaints: &mut Vec<(u32, String)>) -> Draft {
    let text = |name: &str| item.get(name).and_then(string);
    let note = item.get("note").and_then(Value::as_str).unwrap_or_default();
    let pinned = note.lines().find_map(pinned_key).map(str::to_owned);
    let key = text("citation-key").or_else(|| text("citekey")).or(pinned);
    let key = key.or_else(|| text("id").map(|id| short(&id))).unwrap_or_default();
    let mut files = Vec::new();
    let places = [item.get("file"), item.get("custom").and_then(|c| c.get("file"))];
    for value in places.into_iter().flatten() {
        match value {
            Value::String(field) => files.extend(attachment::paths(field)),
            Value::Array(list) => files.extend(list.iter().filter_map(string)),
            _ => {}
        }
    }
    for attachment in item.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        files.extend(attachment.get("path").and_then(string));
    }
    let is_file = |line: &str| line.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("file:"));
    files.extend(note.lines().filter(|l| is_file(l)).flat_map(|l| attachment::paths(l[5..].trim())));
    let note: Vec<&str> = note.lines().filter(|l| !is_file(l) && pinned_key(l).is_none()).collect();

    let mut complain = |message: String| complaints.push((line, format!("`{key}`: {message}")));
    let mut work = work(item, &mut complain);
    work.note = tidy(&note.join(" "));
    Draft { key: key.clone(), work, files, line }
}

/// The citekey that Better BibTeX keeps in a line of Zotero's field “Extra”: `Citation Key: cruz2020`, before `bibtex: cruz2020`.
fn pinned_key(line: &str) -> Option<&str> {
    let (label, key) = line.split_once(':')?;
    let label = label.trim().trim_end_matches('*').to_lowercase();
    let key = key.trim();
    let is_key = !key.is_empty() && !key.contains(char::is_whitespace);
    (is_key
        && ["citation key", "citationkey", "citekey", "bibtex", "biblatexcitekey"].contains(&label.as_str()))
    .then_some(key)
}

/// Zotero's plain export has addresses as ids: `http://zotero.org/users/1/items/AB12CD34`.
fn short(id: &str) -> String {
    match id.contains("://") {
        true => id.rsplit('/').next().unwrap_or(id).to_owned(),
        false => id.to_owned(),
    }
}

fn date(value: Option<&Value>, complain: &mut impl FnMut(String)) -> Option<Date> {
    let value = value.filter(|value| !value.as_object().is_some_and(is_literal))?;
    let number = |v: &Value| v.as_i64().or_else(|| v.as_str().and_then(|s| s.trim().parse().ok()));
    let parts = value.get("date-parts").and_then(|p| p.get(0)).and_then(Value::as_array);
    let read = match parts {
        Some(parts) => {
            let part = |i: usize| parts.get(i).and_then(number);
            let small = |i: usize, most: u8| {
                part(i).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=most).contains(n))
            };
            let fits = |i: usize, most: u8| parts.get(i).is_none() || small(i, most).is_some();
            let year = part(0).and_then(|y| i32::try_from(y).ok()).filter(|_| fits(1, 12) && fits(2, 31));
            year.map(|year| Date { year, month: small(1, 12), day: small(2, 31) })
        }
        None => {
            let text = ["raw", "literal"]
                .iter()
                .find_map(|n| value.get(*n).and_then(string))
                .or_else(|| string(value));
            Date::parse(&text?)
        }
    };
    if read.is_none() {
        complain(format!("date {value} cannot be read: write it as {{\"date-parts\": [[2021, 9, 8]]}}"));
    }
    read
}

fn name(value: &Value) -> Option<Name> {
    let part = |name: &str| value.get(name).and_then(string);
    let literal =
        part("literal").or_else(|| if value.get("given").is_none() { part("family") } else { None });
    if literal.is_some() && part("given").is_none() {
        return literal.map(|l| Name { literal: Some(l), ..Name::default() });
    }
    let particle = part("non-dropping-particle").or_else(|| part("dropping-particle"));
    let (particle, family) = match (particle, part("family")) {
        (None, Some(family)) => with_particle(family),
        given => given,
    };
    let name = Name { family, given: part("given"), particle, suffix: part("suffix"), literal: None };
    (name != Name::default()).then_some(name)
}

/// The small words that a family name begins with, and the rest: `ul Haq`, `van der Beek`.
pub(super) fn with_particle(family: String) -> (Option<String>, Option<String>) {
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let length: usize = family.split_inclusive(' ').take_while(is_small).map(str::len).sum();
    match family.split_at(length) {
        (particle, rest) if !particle.is_empty() && !rest.is_empty() => {
            (tidy(particle), Some(rest.to_owned()))
        }
        _ => (None, Some(family)),
    }
}

fn work(item: &Value, complain: &mut impl FnMut(String)) -> Work {
    let text = |name: &str| item.get(name).and_then(string);
    let names = |role: &str| -> Vec<Name> {
        item.get(role).and_then(Value::as_array).into_iter().flatten().filter_map(name).collect()
    };
    for role in ["author", "editor", "translator"] {
        if item.get(role).is_some_and(|value| !value.is_array() && !value.is_null()) {
            let shape = r#"[{"family": "Khan", "given": "H."}]"#;
            complain(format!("`{role}` is no list of names and is left out: write it as {shape}"));
        }
    }
    let kind = text("type").unwrap_or_default();
    if !kind.is_empty() && !TYPES.contains(&format!(" {kind} ")) {
        complain(format!("`{kind}` is no type of CSL: the work is taken for a document"));
    }
    Work {
        work_type: work_type(&kind),
        title: text("title").map(|title| without_markup(&title)),
        authors: names("author"),
        editors: names("editor"),
        translators: names("translator"),
        issued: date(item.get("issued"), complain),
        container: text("container-title"),
        publisher: text("publisher"),
        publisher_place: text("publisher-place"),
        event: text("event-title").or_else(|| text("event")),
        collection_title: text("collection-title"),
        volume: text("volume"),
        issue: text("issue"),
        number: text("number"),
        edition: text("edition"),
        pages: text("page"),
        url: text("URL"),
        doi: text("DOI").map(|d| bare_doi(&d).unwrap_or(d)),
        isbn: text("ISBN"),
        issn: text("ISSN"),
        accessed: date(item.get("accessed"), complain),
        language: text("language").map(|l| language_tag(&l)),
        genre: text("genre"),
        archive: text("archive"),
        note: None,
        abstract_text: text("abstract"),
        keywords: text("keyword").map(|k| k.split([',', ';']).filter_map(tidy).collect()).unwrap_or_default(),
        more: more(item, &kind),
        ..Work::default()
    }
}

/// The variables that the fields of a work hold, and keys of an item that are no variables.
const HELD: [&str; 36] = [
    "id",
    "citation-key",
    "citekey",
    "file",
    "custom",
    "attachments",
    "note",
    "type",
    "title",
    "author",
    "editor",
    "translator",
    "issued",
    "accessed",
    "container-title",
    "publisher",
    "publisher-place",
    "event",
    "event-title",
    "collection-title",
    "volume",
    "issue",
    "number",
    "edition",
    "page",
    "URL",
    "DOI",
    "ISBN",
    "ISSN",
    "language",
    "genre",
    "archive",
    "abstract",
    "keyword",
    "categories",
    "annote",
];

/// What the fields of a work cannot hold of an item.
fn more(item: &Value, kind: &str) -> BTreeMap<String, Value> {
    let given = |value: &Value| match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Number(_) => true,
        Value::Array(names) => !names.is_empty() && names.iter().all(Value::is_object),
        Value::Object(date) => date.contains_key("date-parts") || date.contains_key("literal"),
        _ => false,
    };
    let variables = item.as_object().into_iter().flatten();
    let others = variables.filter(|(key, value)| !HELD.contains(&key.as_str()) && given(value));
    let mut more: BTreeMap<String, Value> = others.map(|(key, value)| (key.clone(), value.clone())).collect();
    let is_beyond = |name: &str| match item.get(name) {
        Some(Value::Array(names)) => {
            names.iter().any(|n| ["dropping-particle", "comma-suffix"].iter().any(|p| n.get(p).is_some()))
        }
        Some(Value::Object(date)) => {
            let is_range =
                date.get("date-parts").and_then(Value::as_array).is_some_and(|parts| parts.len() > 1);
            is_range || ["season", "circa"].iter().any(|p| date.contains_key(*p)) || is_literal(date)
        }
        _ => false,
    };
    for name in ["author", "editor", "translator", "issued", "accessed"] {
        if let Some(value) = item.get(name).filter(|_| is_beyond(name)) {
            more.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(title) = item.get("title").and_then(string).filter(|title| without_markup(title) != *title) {
        more.insert("title".to_owned(), json!(title));
    }
    let held = serde_json::to_value(work_type(kind)).ok();
    if TYPES.contains(&format!(" {kind} "))
        && held.as_ref().and_then(Value::as_str) != Some(&kind.replace('_', "-"))
    {
        more.insert("type".to_owned(), json!(kind));
    }
    more
}

/// A title without the mark-up that CSL-JSON allows in it: italics, bold, small capitals, raised and lowered letters, words
/// that keep their case, and `&amp;`.
fn without_markup(title: &str) -> String {
    let mut plain = title.to_owned();
    for tag in ["i", "b", "sup", "sub", "sc", "span"] {
        plain = plain.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), "");
    }
    while let Some(start) = plain.find("<span ")
        && let Some(length) = plain.get(start..).and_then(|rest| rest.find('>'))
    {
        plain.replace_range(start..=start + length, "");
    }
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A date in words without a year: `forthcoming`.
fn is_literal(date: &Map<String, Value>) -> bool {
    let words = date.get("literal").and_then(Value::as_str);
    !date.contains_key("date-parts")
        && words.is_some_and(|words| Date::parse(words).is_none() && !words.trim().is_empty())
}

fn work_type(kind: &str) -> WorkType {
    // Types beyond the model get the nearest of it.
    let kind = match kind {
        "article" | "pamphlet" | "broadcast" | "motion_picture" | "graphic" | "map" => "document",
        "paper-conference" => "paper-conference",
        "bill" | "regulation" | "legal_case" => "legislation",
        "entry-dictionary" | "entry-encyclopedia" => "entry",
        "review" | "review-book" => "article-journal",
        "personal_communication" => "personal-communication",
        "post" => "post",
        "software" => "dataset",
        other => other,
    };
    serde_json::from_value(Value::String(kind.to_owned())).unwrap_or_default()
}
