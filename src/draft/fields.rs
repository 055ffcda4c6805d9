//! Citation fields that reference managers leave in a word processor's document: what they say of the works they cite.
//!
//! Zotero (`ADDIN ZOTERO_ITEM CSL_CITATION {json}`, or the reference mark `ZOTERO_ITEM CSL_CITATION {json} RND…` of
//! LibreOffice), Mendeley (`ADDIN CSL_CITATION {json}`, or a content control with the same) and Word
//! itself (`CITATION key \p 5 \m other`). The JSON is that of citeproc: items with their data, locator and label.

use super::fold::fold;
use super::parse::{Locator, locator};
use super::printed::year;
use crate::bibliography::{Name, Work};
use serde_json::Value;

/// A work as a field cites it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The reference manager's key for it.
    pub key: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Surnames of its authors, or the names of bodies.
    pub authors: Vec<String>,
    /// Its year.
    pub year: Option<i32>,
    /// Its DOI.
    pub doi: Option<String>,
    /// The place in it.
    pub locator: Option<Locator>,
}

/// The works that a field cites; none when its instruction cannot be read.
pub fn items(instruction: &str) -> Vec<Item> {
    let text = instruction.trim();
    let text = text.strip_prefix("ADDIN").map_or(text, str::trim_start);
    if let Some(rest) = text.strip_prefix("CITATION ") {
        return of_word(rest);
    }
    text.find('{').and_then(|at| text.get(at..)).map(of_json).unwrap_or_default()
}

/// The items of citeproc's JSON; what stands behind it is passed over.
fn of_json(text: &str) -> Vec<Item> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let Some(Ok(citation)) = values.next() else { return Vec::new() };
    let items = citation.get("citationItems").and_then(Value::as_array);
    items.map(|items| items.iter().map(of_item).collect()).unwrap_or_default()
}

fn of_item(item: &Value) -> Item {
    let data = item.get("itemData").unwrap_or(&Value::Null);
    let text = |value: &Value, name: &str| {
        let text = value.get(name)?;
        let text = text.as_str().map(str::to_owned).or_else(|| text.as_i64().map(|n| n.to_string()));
        text.filter(|t| !t.trim().is_empty())
    };
    let name = |name: &Value| text(name, "family").or_else(|| text(name, "literal"));
    let people = |role: &str| data.get(role).and_then(Value::as_array).into_iter().flatten();
    let mut authors: Vec<String> = people("author").filter_map(name).collect();
    if authors.is_empty() {
        authors = people("editor").filter_map(name).collect();
    }
    let place = text(item, "locator");
    let label = text(item, "label").unwrap_or_else(|| "page".to_owned());
    Item {
        key: text(data, "citation-key").or_else(|| text(data, "id").filter(|id| id.parse::<u64>().is_err())),
        title: text(data, "title"),
        authors,
        year: issued(data),
        doi: text(data, "DOI"),
        locator: place.and_then(|place| locator(&format!("{label} {place}"))),
    }
}

/// The year of `issued`, in parts or as text.
fn issued(data: &Value) -> Option<i32> {
    let issued = data.get("issued")?;
    let part = issued.pointer("/date-parts/0/0");
    let number = |v: &Value| v.as_i64().and_then(|n| i32::try_from(n).ok());
    let text = |v: &Value| v.as_str().and_then(|t| year(t.get(..4)?)).and_then(|y| y.number);
    let loose = issued.get("raw").or_else(|| issued.get("literal"));
    part.and_then(|p| number(p).or_else(|| text(p))).or_else(|| loose.and_then(text))
}

/// `akram2021 \p 5 \l 1033 \m khan2021 \p "3-4"`.
fn of_word(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    let mut expects_key = true;
    while let Some(word) = words.next() {
        let value = || words.clone().next().map(|w| w.trim_matches('"').to_owned());
        match word {
            "\\m" => expects_key = true,
            "\\p" => {
                if let (Some(item), Some(place)) = (items.last_mut(), value()) {
                    item.locator = locator(&place);
                }
            }
            _ if expects_key => {
                items.push(Item { key: Some(word.trim_matches('"').to_owned()), ..Item::default() });
                expects_key = false;
            }
            _ => {}
        }
    }
    items
}

impl Item {
    /// Returns true if and only if the work may be this one, by its DOI, or by its title and its authors or year.
    pub fn is(&self, work: &Work) -> bool {
        let doi = |text: &Option<String>| text.as_deref().map(|d| d.trim().to_lowercase());
        if let (Some(own), Some(other)) = (doi(&self.doi), doi(&work.doi)) {
            return own.ends_with(&other) || other.ends_with(&own);
        }
        let (Some(own), Some(other)) = (self.title.as_deref(), work.title.as_deref()) else {
            // A work without title goes by its authors and its year.
            return self.title.is_none()
                && !self.authors.is_empty()
                && self.shares_author(work)
                && self.year == issued_in(work);
        };
        let (own, other) = (main_title(own), main_title(other));
        own == other && (self.shares_author(work) || self.authors.is_empty() || work.authors.is_empty())
    }

    /// Returns true if and only if what it says of the work contradicts that it is this one.
    pub fn contradicts(&self, work: &Work) -> bool {
        let titled = match (&self.title, &work.title) {
            (Some(own), Some(other)) => main_title(own) != main_title(other),
            _ => false,
        };
        let named = !self.authors.is_empty() && !work.authors.is_empty() && !self.shares_author(work);
        let dated = matches!((self.year, issued_in(work)), (Some(a), Some(b)) if a != b);
        named || titled && dated
    }

    fn shares_author(&self, work: &Work) -> bool {
        let folded = |text: &str| fold(text).to_lowercase();
        let name =
            |name: &Name| name.family.as_deref().or(name.literal.as_deref()).map(folded).unwrap_or_default();
        let people = work.authors.iter().chain(&work.editors).map(name);
        people.filter(|n| !n.is_empty()).any(|n| self.authors.iter().any(|a| folded(a).ends_with(&n)))
    }
}

fn issued_in(work: &Work) -> Option<i32> {
    work.issued.map(|date| date.year)
}

/// A title without subtitle, capitals and the signs around it.
fn main_title(title: &str) -> String {
    let folded = fold(title).to_lowercase();
    let main = folded.split(": ").next().unwrap_or_default();
    main.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}
