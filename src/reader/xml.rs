//! XML as a stream of what the office readers look at: elements by local name, text, attributes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements within each other beyond which a file is hostile.
const DEEPEST: usize = 2_000;

/// What stands next in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element opens.
    Open(Element),
    /// An element closes; its local name.
    Close(String),
    /// Text, entities resolved.
    Text(String),
}

/// An element's local name and attributes, by local name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Without prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// An attribute by its local name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Calls `take` with every node of the file; an empty element opens and closes.
///
/// # Errors
/// What is wrong, in the parser's words; everything before was taken.
pub fn read(text: &str, mut take: impl FnMut(Node)) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Eof => return Ok(()),
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err("elements nest too deeply".to_owned());
                }
                take(Node::Open(element(&start)));
            }
            Event::Empty(start) => {
                let element = element(&start);
                let name = element.name.clone();
                take(Node::Open(element));
                take(Node::Close(name));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(local(end.name().as_ref())));
            }
            Event::Text(text) => take(Node::Text(text.to_string())),
            Event::CData(data) => take(Node::Text(data.to_string())),
            Event::GeneralRef(reference) => take(Node::Text(resolve(&reference))),
            _ => {}
        }
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten().map(|a| {
        let value = a.value.as_ref();
        (local(a.key.as_ref()), unescape(value))
    });
    Element { name: local(start.name().as_ref()), attributes: attributes.collect() }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

/// The character of `&name;` or `&#n;`; the reference itself when it is unknown.
fn resolve(reference: &str) -> String {
    let number = reference.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    if let Some(c) = number.and_then(char::from_u32) {
        return c.to_string();
    }
    match reference {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        "nbsp" => "\u{A0}".to_owned(),
        other => format!("&{other};"),
    }
}

/// References within an attribute's value.
fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        match rest[at..].find(';') {
            Some(end) => {
                text.push_str(&resolve(&rest[at + 1..at + end]));
                rest = &rest[at + end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    text.push_str(rest);
    text
}
