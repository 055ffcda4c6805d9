//! JSON-LD of schema.org: the article among what a page describes, and what it says of the work.

use super::entities::plain;
use super::page_date;
use super::tags::LONGEST;
use crate::bibliography::evidence::{Candidate, Credit, Origin, Value as Field};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Objects within each other that are looked at.
const DEEPEST: usize = 6;
/// How many authors are taken.
const MOST_AUTHORS: usize = 60;

type Object = Map<String, Value>;

/// What the scripts of a page describe.
#[derive(Default)]
pub struct Described {
    /// The objects, in order, without those that only hang on others.
    objects: Vec<Object>,
    /// Objects by their `@id`.
    by_id: HashMap<String, Object>,
}

/// What the article says.
#[derive(Default)]
pub struct Stated {
    /// Title, authors, dates, publisher.
    pub candidates: Vec<Candidate>,
    /// The article is news.
    pub is_news: bool,
}

impl Described {
    /// Reads the scripts; one that cannot be read even after repair is passed over.
    pub fn of(dom: &dom_query::Document) -> Described {
        let mut described = Described::default();
        for script in dom.select("script").iter() {
            let is_json_ld = script.attr("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
            if is_json_ld {
                for value in values(&script.text()) {
                    described.take(&value, 0);
                }
            }
        }
        described
    }

    fn take(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(values) if depth < DEEPEST => values.iter().for_each(|v| self.take(v, depth + 1)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.take(graph, depth + 1);
                }
                self.remember(value, 0);
                for key in ["mainEntity", "mainEntityOfPage"] {
                    if let Some(inner @ Value::Object(_)) = object.get(key)
                        && depth < DEEPEST
                    {
                        self.take(inner, depth + 1);
                    }
                }
                if object.contains_key("@type") {
                    self.objects.push(object.clone());
                }
            }
            _ => {}
        }
    }

    /// Keeps objects that have a name under their `@id`, which others refer to.
    fn remember(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Object(object) if depth < DEEPEST => {
                if let (Some(Value::String(id)), Some(_)) = (object.get("@id"), object.get("name")) {
                    self.by_id.entry(id.clone()).or_insert_with(|| object.clone());
                }
                object.values().for_each(|v| self.remember(v, depth + 1));
            }
            Value::Array(values) if depth < DEEPEST => {
                values.iter().for_each(|v| self.remember(v, depth + 1))
            }
            _ => {}
        }
    }

    /// What the page's article states. `titles` are the other titles of the page: of several articles the one that has
    /// one of them is meant.
    pub fn article(&self, titles: &[String]) -> Stated {
        let mut articles: Vec<&Object> = self.objects.iter().filter(|o| kind(o) == Kind::Article).collect();
        let heads = |o: &&Object| {
            text_of(o.get("headline").or_else(|| o.get("name"))).is_some_and(|t| likely(&t, titles))
        };
        if let Some(at) = articles.iter().position(heads) {
            articles.swap(0, at);
        }
        let mut stated = Stated::default();
        if let Some(article) = articles.first() {
            stated.is_news = types(article).any(|t| t.contains("News"));
            self.describe(article, &mut stated.candidates);
        }
        for object in &self.objects {
            match kind(object) {
                Kind::Page => self.dates(object, &mut stated.candidates),
                Kind::Site => {
                    push_text(&mut stated.candidates, text_of(object.get("name")), Field::Container)
                }
                _ => {}
            }
            if kind(object) == Kind::Page {
                self.holder(object, &mut stated.candidates);
            }
        }
        stated
    }

    fn describe(&self, article: &Object, found: &mut Vec<Candidate>) {
        for key in ["headline", "name", "alternativeHeadline"] {
            push_text(found, text_of(article.get(key)), Field::Title);
        }
        let mut credits = Vec::new();
        for key in ["author", "creator"] {
            if let Some(value) = article.get(key)
                && credits.is_empty()
            {
                self.credits(value, &mut credits);
            }
        }
        if !credits.is_empty() {
            found.push(Candidate { value: Field::Credits(credits), origin: Origin::JsonLd });
        }
        self.dates(article, found);
        self.holder(article, found);
    }

    fn dates(&self, object: &Object, found: &mut Vec<Candidate>) {
        for key in ["datePublished", "dateCreated", "uploadDate", "dateModified"] {
            let Some(date) = text_of(object.get(key)).as_deref().and_then(page_date::read) else { continue };
            let value = if key == "dateModified" { Field::Changed(date) } else { Field::Issued(date) };
            found.push(Candidate { value, origin: Origin::JsonLd });
        }
    }

    /// Publisher, and the site or periodical that the article is part of.
    fn holder(&self, object: &Object, found: &mut Vec<Candidate>) {
        for key in ["publisher", "isPartOf", "sourceOrganization", "provider"] {
            let Some(value) = object.get(key) else { continue };
            let whole = self.resolved(value);
            let is_page = whole.is_some_and(|o| matches!(kind(o), Kind::Page | Kind::Article));
            if !is_page {
                let name = whole.map_or_else(|| text_of(Some(value)), |o| text_of(o.get("name")));
                push_text(found, name, Field::Container);
            }
        }
    }

    /// The object that a value is or refers to; the first of a list.
    fn resolved<'v>(&'v self, value: &'v Value) -> Option<&'v Object> {
        match value {
            Value::Array(values) => values.first().and_then(|v| self.resolved(v)),
            Value::Object(object) if object.contains_key("name") => Some(object),
            Value::Object(object) => match object.get("@id") {
                Some(Value::String(id)) => self.by_id.get(id).or(Some(object)),
                _ => Some(object),
            },
            _ => None,
        }
    }

    fn credits(&self, value: &Value, credits: &mut Vec<Credit>) {
        match value {
            _ if credits.len() >= MOST_AUTHORS => {}
            Value::Array(values) => values.iter().for_each(|v| self.credits(v, credits)),
            Value::String(_) => {
                credits.extend(text_of(Some(value)).map(|text| Credit { text, is_body: false }))
            }
            Value::Object(_) => {
                let Some(object) = self.resolved(value) else { return };
                let is_body = types(object).any(|t| t.contains("Organization") || t.contains("Corporation"));
                match object.get("name") {
                    Some(Value::Array(names)) => credits.extend(
                        names.iter().filter_map(|n| text_of(Some(n))).map(|text| Credit { text, is_body }),
                    ),
                    name => credits.extend(text_of(name).map(|text| Credit { text, is_body })),
                }
            }
            _ => {}
        }
    }
}

/// What an object describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Article,
    Page,
    Site,
    Else,
}

fn kind(object: &Object) -> Kind {
    let is = |t: &str| match t {
        t if t.ends_with("Article") || t.ends_with("Posting") => Kind::Article,
        "Report" | "Review" | "CriticReview" | "Thesis" | "Dataset" | "Chapter" | "Recipe"
        | "CreativeWork" => Kind::Article,
        "WebSite" | "NewsMediaOrganization" | "Periodical" | "Newspaper" | "Blog" => Kind::Site,
        t if t.ends_with("Page") => Kind::Page,
        _ => Kind::Else,
    };
    types(object).map(|t| is(&t)).find(|k| *k != Kind::Else).unwrap_or(Kind::Else)
}

/// The types of an object, without the address of their vocabulary.
fn types(object: &Object) -> impl Iterator<Item = String> + use<'_> {
    let values = match object.get("@type") {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().filter_map(Value::as_str).map(|t| t.rsplit(['/', ':', '#']).next().unwrap_or(t).to_owned())
}

/// The text of a value: itself, or its name, or of its first element.
fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if text.len() <= LONGEST => Some(plain(text)).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(fields) => text_of(fields.get("name").or_else(|| fields.get("@value"))),
        Value::Array(values) => text_of(values.first()),
        _ => None,
    }
}

fn push_text(found: &mut Vec<Candidate>, text: Option<String>, field: fn(String) -> Field) {
    if let Some(text) = text {
        found.push(Candidate { value: field(text), origin: Origin::JsonLd });
    }
}

/// Returns true if and only if one of `titles` begins with `headline`, or it with one of them.
fn likely(headline: &str, titles: &[String]) -> bool {
    let own = super::letters(headline);
    titles
        .iter()
        .map(|t| super::letters(t))
        .any(|t| !own.is_empty() && !t.is_empty() && (t.contains(&own) || own.contains(&t) && t.len() > 8))
}

/// The values of a script, after repair where it is broken.
fn values(script: &str) -> Vec<Value> {
    let script = script.trim();
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let repaired = repaired(script);
    serde_json::Deserializer::from_str(&repaired).into_iter::<Value>().map_while(Result::ok).collect()
}

/// JSON without what pages put around it (comments, CDATA marks, a semicolon), without commas before a closing
/// bracket, and with the control characters in its strings as spaces.
fn repaired(script: &str) -> String {
    let mut text = script.trim_start_matches('\u{feff}').to_owned();
    for mark in [
        "<!--",
        "-->",
        "//<![CDATA[",
        "// <![CDATA[",
        "/*<![CDATA[*/",
        "<![CDATA[",
        "//]]>",
        "// ]]>",
        "/*]]>*/",
        "]]>",
    ] {
        text = text.replace(mark, " ");
    }
    let text = text.trim().trim_end_matches(';');
    let mut out = String::with_capacity(text.len());
    let mut in_string = false;
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '"' if !escaped => in_string = !in_string,
            '}' | ']' if !in_string => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
            }
            _ => {}
        }
        escaped = in_string && c == '\\' && !escaped;
        out.push(if in_string && c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_scripts_are_repaired() {
        let broken = "<!-- {\"a\": \"one\ntwo \\\"x\\\"\", \"b\": [1, 2, ],\n} -->";
        assert_eq!(values(broken), [serde_json::json!({"a": "one two \"x\"", "b": [1, 2]})]);
        assert_eq!(values("//<![CDATA[\n{\"a\": 1};\n//]]>").len(), 1);
        assert_eq!(values("{\"a\": 1} {\"b\": 2}").len(), 2);
        assert!(values("{\"a\": ").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_script_panics(script in "[\\[\\]{}\",:\\\\a-c\n ]{0,60}") {
            let _ = values(&script);
        }
    }
}
