//! Front lines that say what they hold: `Author(s): …`, `Publication Date: …`, `Source: https://…`.

use crate::passage::Passage;

/// What a label in front of a colon announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Authors,
    Date,
    Publisher,
    Address,
    /// Something else: its value is neither names nor a date of the work.
    Else,
}

/// The label of a line and what stands behind it; `None` for a line without label.
pub(super) fn labelled(line: &str) -> Option<(Label, &str)> {
    let (label, value) = line.split_once(':')?;
    let label = label.trim_matches(|c: char| c.is_whitespace() || "*_-•".contains(c)).to_lowercase();
    let value = value.trim_matches(|c: char| c.is_whitespace() || "*_".contains(c));
    if label.is_empty() || label.split_whitespace().count() > 3 || label.contains("http") || value.is_empty()
    {
        return None;
    }
    let label = match label.as_str() {
        "author" | "authors" | "author(s)" | "by" | "written by" | "byline" | "автор" | "авторы" => {
            Label::Authors
        }
        "date"
        | "published"
        | "publication date"
        | "date published"
        | "date of publication"
        | "issued"
        | "posted"
        | "published on"
        | "release date"
        | "дата"
        | "дата публикации" => Label::Date,
        "publisher" | "published by" | "издатель" => Label::Publisher,
        "url" | "source" | "link" | "permalink" | "available at" | "available from" | "retrieved from" => {
            Label::Address
        }
        _ => Label::Else,
    };
    Some((label, value))
}

/// What the line holds of names: its value where its label announces authors, nothing where it announces
/// anything else, the line itself where it has none.
pub(super) fn names(passage: &Passage) -> &str {
    match labelled(&passage.text) {
        Some((Label::Authors, value)) => value,
        Some(_) => "",
        None => &passage.text,
    }
}
