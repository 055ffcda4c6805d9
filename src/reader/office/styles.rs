//! Styles: what the name of a paragraph's style says of the paragraph.

use super::super::xml::{self, Element, Node};
use crate::document::Role;
use std::collections::HashMap;

/// Styles that follow each other by inheritance; more is a circle.
const LONGEST_CHAIN: usize = 20;

/// What the styles of a document mean, by their identifiers.
#[derive(Default)]
pub struct Styles {
    known: HashMap<String, Style>,
}

#[derive(Default)]
struct Style {
    /// The name that a person sees, in English whatever the language of the program.
    name: String,
    parent: Option<String>,
    /// The role its own properties tell.
    role: Option<Role>,
    /// Its text is set high.
    raised: bool,
}

impl Styles {
    /// The styles of `word/styles.xml`.
    pub fn of_word(text: &str) -> Styles {
        let mut styles = Styles::default();
        let mut id = String::new();
        // What could be read of them is used.
        let _ = xml::read(text, |node| {
            let Node::Open(element) = node else { return };
            let value = || element.attribute("val").unwrap_or_default();
            if element.name == "style" {
                id = element.attribute("styleId").unwrap_or_default().to_owned();
                styles.known.insert(id.clone(), Style::default());
                return;
            }
            let Some(style) = styles.known.get_mut(&id) else { return };
            match element.name.as_str() {
                "name" => style.name = value().to_owned(),
                "basedOn" => style.parent = Some(value().to_owned()),
                "outlineLvl" => style.role = outline(value()),
                "vertAlign" => style.raised = value() == "superscript",
                "numPr" if style.role.is_none() => style.role = Some(Role::ListItem),
                _ => {}
            }
        });
        styles
    }

    /// The styles of `styles.xml` and `content.xml`.
    pub fn of_open_document(texts: &[&str]) -> Styles {
        let mut styles = Styles::default();
        for text in texts {
            let mut last = String::new();
            let _ = xml::read(text, |node| {
                let Node::Open(element) = node else { return };
                if element.name == "style"
                    && let Some(id) = element.attribute("name")
                {
                    styles.known.insert(id.to_owned(), Style::of_element(&element, id));
                    last = id.to_owned();
                } else if element.name == "text-properties"
                    && let Some(position) = element.attribute("text-position")
                    && let Some(style) = styles.known.get_mut(&last)
                {
                    style.raised = is_raised(position);
                }
            });
        }
        styles
    }

    /// The role of paragraphs of a style, by its identifier; by what the programs call it when it is not declared.
    pub fn role(&self, id: &str) -> Option<Role> {
        let mut next = Some(id);
        for _ in 0..LONGEST_CHAIN {
            let id = next?;
            let Some(style) = self.known.get(id) else { return role_of_name(id) };
            if let Some(role) = role_of_name(&style.name).or(style.role).or_else(|| role_of_name(id)) {
                return Some(role);
            }
            next = style.parent.as_deref();
        }
        None
    }

    /// Returns true if and only if text of that style, or of one that it is based on, is set high.
    pub fn is_raised(&self, id: &str) -> bool {
        let parents =
            std::iter::successors(self.known.get(id), |style| self.known.get(style.parent.as_deref()?));
        parents.take(LONGEST_CHAIN).any(|style| style.raised)
    }
}

/// A `style:text-position`: `super`, or how far the text is raised, before the size.
fn is_raised(position: &str) -> bool {
    let place = position.split(' ').next().unwrap_or_default();
    place == "super" || place.strip_suffix('%').and_then(|p| p.parse::<f32>().ok()).is_some_and(|p| p > 0.0)
}

impl Style {
    fn of_element(element: &Element, id: &str) -> Style {
        Style {
            name: element.attribute("display-name").unwrap_or(id).to_owned(),
            parent: element.attribute("parent-style-name").map(str::to_owned),
            role: None,
            raised: false,
        }
    }
}

/// The heading of an outline level, from 0.
pub fn outline(level: &str) -> Option<Role> {
    level.parse::<u8>().ok().filter(|l| *l < 6).map(|l| Role::Heading(l + 1))
}

/// The role that a style's name tells, in the names that the programs ship: `Heading 1`, `Title`, `Caption`.
fn role_of_name(name: &str) -> Option<Role> {
    // Identifiers of OpenDocument write a space so.
    let name = name.replace("_20_", "");
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let level = |prefix: &str| name.strip_prefix(prefix).and_then(|l| l.parse::<u8>().ok());
    if let Some(level) = level("heading").filter(|l| (1..10).contains(l)) {
        return Some(Role::Heading(level.min(6)));
    }
    if level("toc").or(level("contents")).is_some() {
        return Some(Role::Boilerplate);
    }
    match name.as_str() {
        "title" => Some(Role::Title),
        "subtitle" | "author" | "date" => Some(Role::Byline),
        "caption" | "figure" | "table" | "illustration" | "drawing" | "imagecaption" | "tablecaption" => {
            Some(Role::Caption)
        }
        "quote" | "intensequote" | "quotations" | "blocktext" => Some(Role::Quotation),
        "listparagraph" | "listbullet" | "listnumber" => Some(Role::ListItem),
        "footnotetext" | "endnotetext" | "footnote" | "endnote" => Some(Role::Footnote),
        "header" | "footer" | "tableoffigures" | "contentsheading" => Some(Role::Boilerplate),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_of_any_language_and_their_heirs_are_known() {
        let styles = Styles::of_word(
            r#"<w:styles><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="My part"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:styleId="Level"><w:name w:val="House style"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>"#,
        );
        assert_eq!(styles.role("berschrift2"), Some(Role::Heading(2)));
        assert_eq!(styles.role("Mine"), Some(Role::Heading(2)));
        assert_eq!(styles.role("Level"), Some(Role::Heading(1)));
        assert_eq!(styles.role("A"), None);
        assert_eq!(styles.role("Heading3"), Some(Role::Heading(3)));
    }

    #[test]
    fn styles_that_a_person_changed_are_known_by_their_parents() {
        let styles = Styles::of_open_document(&[
            r#"<s><style:style style:name="P1" style:parent-style-name="Heading_20_1"/></s>"#,
        ]);
        assert_eq!(styles.role("P1"), Some(Role::Heading(1)));
        assert_eq!(styles.role("Text_20_body"), None);
    }
}
