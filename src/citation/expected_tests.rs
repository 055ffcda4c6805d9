//! Rendered citations held against texts written from the style manuals: `tests/data/citations/README.md`.

use super::render::{Item, render};
use super::style::Style;
use crate::bibliography::library::Library;
use crate::passage::Citekey;

const WORKS: &str = include_str!("../../tests/data/citations/works.json");
const EXPECTED: &str = include_str!("../../tests/data/citations/expected.tsv");

const PUBLISHED_WORKS: &str = include_str!("../../tests/data/citations/published.json");
const PUBLISHED: &str = include_str!("../../tests/data/citations/published.tsv");

/// Works with more than the fields of the model hold.
const WHOLE_ITEMS: &str = include_str!("../../tests/data/citations/whole_items.json");
const WHOLE: &str = include_str!("../../tests/data/citations/whole_items.tsv");

fn library(works: &str) -> Library {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("library.json"), works).unwrap();
    let library = Library::read(dir.path());
    assert!(library.errors.is_empty(), "{:?}", library.errors);
    library
}

#[test]
fn citations_are_as_the_manuals_have_them() {
    compare(&library(WORKS), EXPECTED);
}

#[test]
fn citations_are_as_published_guides_have_them() {
    compare(&library(PUBLISHED_WORKS), PUBLISHED);
}

#[test]
fn citations_have_what_is_beyond_the_fields() {
    compare(&library(WHOLE_ITEMS), WHOLE);
}

#[test]
fn an_item_of_the_library_comes_out_as_it_came_in() {
    let library = library(WHOLE_ITEMS);
    let items: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(WHOLE_ITEMS).unwrap();
    for mut item in items {
        let id = item["id"].as_str().unwrap().to_owned();
        let work = &library.entry(&Citekey::new(&id).unwrap()).unwrap().work;
        // A small word before a family name is its particle.
        if id == "particle" {
            item["author"] = serde_json::json!([{
                "family": "Haq", "given": "Noor", "non-dropping-particle": "ul"
            }]);
        }
        assert_eq!(super::item::csl_json(&id, work), item);
    }
}

/// Renders the works and compares with the lines `style, key, citation, entry`; a `-` stands for no citation known.
fn compare(library: &Library, expected: &str) {
    let mut wrong = String::new();
    for line in expected.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [style, id, in_text, reference] = fields[..] else { panic!("not four fields: {line}") };
        let key = Citekey::new(id).unwrap();
        let work = &library.entry(&key).unwrap_or_else(|| panic!("no work {id}")).work;
        let style_found = Style::find(style).unwrap();
        let item = Item { key: id, work, letter: None, locator: None };
        let rendered = render(&style_found, &item, super::markup::Markup::Plain);
        let in_text = if in_text == "-" { rendered.in_text.as_str() } else { in_text };
        let got = (rendered.in_text.clone(), rendered.reference.unwrap_or_default());
        if (got.0.as_str(), got.1.as_str()) != (in_text, reference) {
            wrong.push_str(&format!(
                "{style} {id}\n  want {in_text}\n  got  {}\n  want {reference}\n  got  {}\n",
                got.0, got.1
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
