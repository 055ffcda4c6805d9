//! Citing passages and sources in a style and a format.

use super::card::tex_escaped;
use super::export::{self, export};
use super::markup::Markup;
use super::render::{Item, render};
use super::style::Style;
use crate::bibliography::Work;
use crate::passage::Citekey;

/// Where in a work: a CSL locator and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// Paragraph number.
    Paragraph(String),
    /// Page or pages: `217`, `217–218`.
    Page(String),
    /// Section heading.
    Section(String),
}

impl Locator {
    /// Its value.
    pub fn value(&self) -> &str {
        match self {
            Locator::Paragraph(v) | Locator::Page(v) | Locator::Section(v) => v,
        }
    }

    /// As pandoc and Typst users write it: `para. 14`, `p. 217`, `pp. 217–218`, `sec. Findings`.
    pub fn short(&self) -> String {
        match self {
            Locator::Paragraph(v) => format!("para. {v}"),
            Locator::Page(v) if v.contains(['-', '–', ',']) => format!("pp. {v}"),
            Locator::Page(v) => format!("p. {v}"),
            Locator::Section(v) => format!("sec. {v}"),
        }
    }
}

/// What a citation is to be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// A pandoc citation: `[@key, para. 14]`.
    Pandoc,
    /// A Typst citation: `#cite(<key>, supplement: [para. 14])`.
    Typst,
    /// A command of biblatex: `\autocite[para.~14]{key}`.
    Latex,
    /// An entry for a library.
    Library(export::Format),
}

/// A citation, ready to paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// For the running text; empty for an entry of a library.
    pub in_text: String,
    /// For the reference list, or the entry; `None` where the format leaves that to another program or the style has
    /// no list.
    pub reference: Option<String>,
}

/// Cites a work, at a place in it or as a whole.
pub fn cite(
    style: &Style,
    format: Format,
    (key, work, letter): (&Citekey, &Work, Option<char>),
    locator: Option<&Locator>,
) -> Cited {
    let markup = match format {
        Format::Text => Markup::Plain,
        Format::Markdown => Markup::Markdown,
        Format::Html => Markup::Html,
        Format::Pandoc => return Cited { in_text: pandoc(key, locator), reference: None },
        Format::Typst => return Cited { in_text: typst(key, locator), reference: None },
        Format::Latex => return Cited { in_text: latex(key, locator), reference: None },
        Format::Library(format) => {
            let entry = export(format, &[(key, work, &[])]);
            return Cited { in_text: String::new(), reference: Some(entry) };
        }
    };
    let rendered = render(style, &Item { key: key.as_str(), work, letter, locator }, markup);
    Cited { in_text: rendered.in_text, reference: rendered.reference }
}

/// `[@key, para. 14]`; a key that is no plain word stands in braces, as pandoc has it.
fn pandoc(key: &Citekey, locator: Option<&Locator>) -> String {
    let key = key.as_str();
    let plain = key.chars().all(|c| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c))
        && key.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && key.ends_with(|c: char| c.is_alphanumeric());
    let key = if plain { format!("@{key}") } else { format!("@{{{key}}}") };
    match locator {
        Some(locator) => format!("[{key}, {}]", locator.short()),
        None => format!("[{key}]"),
    }
}

/// `\autocite[para.~14]{key}`; LaTeX's own signs in a section's heading are escaped, and brackets kept together by braces.
fn latex(key: &Citekey, locator: Option<&Locator>) -> String {
    let Some(locator) = locator else { return format!("\\autocite{{{key}}}") };
    let place = tex_escaped(&locator.short()).replacen(". ", ".~", 1);
    let place = if place.contains(['[', ']']) { format!("{{{place}}}") } else { place };
    format!("\\autocite[{place}]{{{key}}}")
}

/// `@key[para. 14]` for a key that Typst takes as a label, else the long form.
fn typst(key: &Citekey, locator: Option<&Locator>) -> String {
    let key = key.as_str();
    let plain = key.chars().all(|c| c.is_alphanumeric() || "_-.:".contains(c)) && !key.ends_with(['.', ':']);
    match (plain, locator) {
        (true, Some(locator)) => format!("#cite(<{key}>, supplement: [{}])", locator.short()),
        (true, None) => format!("#cite(<{key}>)"),
        (false, Some(locator)) => format!("#cite(label(\"{key}\"), supplement: [{}])", locator.short()),
        (false, None) => format!("#cite(label(\"{key}\"))"),
    }
}

/// The passage id or citekey of a pandoc citation: `khan:14` for `[@khan, para. 14]`, `khan` for `@khan`. All else stays as
/// it is, also a citation of several works or by page, which names no passage.
pub fn id_of_pandoc(text: &str) -> String {
    let bare = text.trim();
    let bare = bare.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(bare);
    let Some(cited) = bare.trim_start_matches('-').strip_prefix('@').filter(|t| !t.contains(';')) else {
        return text.to_owned();
    };
    let (key, place) = cited.split_once(',').unwrap_or((cited, ""));
    let key = key.strip_prefix('{').and_then(|k| k.strip_suffix('}')).unwrap_or(key);
    let words: Vec<&str> = place.split_whitespace().collect();
    match words.as_slice() {
        [] => key.to_owned(),
        ["para." | "par." | "paragraph" | "¶", number] => format!("{key}:{number}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pandoc_and_typst_take_the_key_and_the_place() {
        let key = Citekey::new("khan2021").unwrap();
        let place = Locator::Paragraph("14".into());
        assert_eq!(pandoc(&key, Some(&place)), "[@khan2021, para. 14]");
        assert_eq!(typst(&key, Some(&place)), "#cite(<khan2021>, supplement: [para. 14])");
        assert_eq!(latex(&key, Some(&place)), "\\autocite[para.~14]{khan2021}");
        let section = Locator::Section("R&D [draft]".into());
        assert_eq!(latex(&key, Some(&section)), "\\autocite[{sec.~R\\&D [draft]}]{khan2021}");
        assert_eq!(Locator::Page("217–218".into()).short(), "pp. 217–218");
        assert_eq!(pandoc(&Citekey::new("o'hara!").unwrap(), None), "[@{o'hara!}]");
    }

    #[test]
    fn a_citation_copied_from_a_draft_names_its_passage() {
        for (text, id) in [
            ("[@khan, para. 9]", "khan:9"),
            ("@khan", "khan"),
            ("[-@{o'hara!}]", "o'hara!"),
            ("khan:9", "khan:9"),
            ("[@khan, p. 9]", "[@khan, p. 9]"),
            ("[@khan; @zhen]", "[@khan; @zhen]"),
        ] {
            assert_eq!(id_of_pandoc(text), id);
        }
    }
}
