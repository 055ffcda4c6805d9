//! The query language: a tree of our own, total over every string a person can type.

mod filters;
mod parse;
mod scan;

pub use filters::{CountryFilter, FilterError, Filters};
pub use parse::parse;

use crate::passage::Kind;
use std::fmt;

/// Words of a query that are used; a person's question has fewer, a pasted page more.
pub const MOST_WORDS: usize = 512;

/// A field that a query may name: `country:kazakhstan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldName {
    /// A country tag.
    Country,
    /// A citekey.
    Source,
    /// A kind of passage.
    Kind,
    /// Year of issue, or a range of years.
    Year,
    /// Words of the section path.
    Section,
    /// Words of the source's title.
    Title,
}

impl FieldName {
    /// The names, as typed.
    pub const ALL: [(&'static str, FieldName); 6] = [
        ("country", FieldName::Country),
        ("source", FieldName::Source),
        ("kind", FieldName::Kind),
        ("year", FieldName::Year),
        ("section", FieldName::Section),
        ("title", FieldName::Title),
    ];

    /// The field of that name, in any case.
    pub fn from_name(name: &str) -> Option<FieldName> {
        FieldName::ALL.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, f)| f)
    }

    fn as_str(self) -> &'static str {
        FieldName::ALL.into_iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }
}

/// How a word is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In all its forms, and near spellings when it is rare.
    Any,
    /// `=word`: as typed, case and diacritics aside.
    Exact,
    /// `word*`: everything that begins so.
    Prefix,
    /// `word~`: near spellings too, however common it is.
    Fuzzy,
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word: folded.
    Word {
        /// Folded, as in the index.
        text: String,
        /// How it is to be taken.
        form: Form,
    },
    /// Words next to each other and in order; with `slop`, that many words apart in either order.
    Phrase {
        /// Folded.
        words: Vec<String>,
        /// Words that may stand between.
        slop: u32,
    },
    /// A passage must not match this.
    Not(Box<Node>),
    /// A passage must match one of these.
    Or(Vec<Node>),
    /// A passage must match all of these: `a AND b`.
    And(Vec<Node>),
    /// The more of these match the better.
    Group(Vec<Node>),
    /// `field:value`.
    Field {
        /// The field.
        field: FieldName,
        /// As typed, without quotes.
        value: String,
    },
}

impl Node {
    /// Adds the kinds that `kind:value` names within alternatives.
    pub fn kinds(&self, kinds: &mut Vec<Kind>) {
        match self {
            Node::Or(nodes) | Node::And(nodes) | Node::Group(nodes) => {
                nodes.iter().for_each(|node| node.kinds(kinds));
            }
            Node::Field { field: FieldName::Kind, value } => {
                kinds.extend(Filters::of(FieldName::Kind, value).into_iter().flat_map(|filter| filter.kinds));
            }
            _ => {}
        }
    }
}

/// A parsed query and what of it could not be honoured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The words.
    pub root: Node,
    /// What `field:value` beside the words asks of every passage.
    pub filters: Filters,
    /// The same as typed.
    pub typed_filters: Vec<Node>,
    /// For stderr.
    pub notices: Vec<String>,
}

impl fmt::Display for Query {
    /// How it was understood, the filters first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = (self.root != Node::Group(Vec::new())).then_some(&self.root);
        for (i, node) in self.typed_filters.iter().chain(words).enumerate() {
            let space = if i > 0 { " " } else { "" };
            // Only where it has a filter beside it does a list of alternatives need its brackets.
            match node {
                Node::Or(_) | Node::And(_) if !self.typed_filters.is_empty() => write!(f, "{space}({node})")?,
                _ => write!(f, "{space}{node}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Node {
    /// How it was understood: reads back to the same tree.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str| {
            for (i, node) in nodes.iter().enumerate() {
                if i > 0 {
                    f.write_str(between)?;
                }
                match node {
                    Node::Group(_) | Node::Or(_) | Node::And(_) => write!(f, "({node})")?,
                    _ => write!(f, "{node}")?,
                }
            }
            Ok(())
        };
        match self {
            Node::Word { text, form: Form::Any } => f.write_str(text),
            Node::Word { text, form: Form::Exact } => write!(f, "={text}"),
            Node::Word { text, form: Form::Prefix } => write!(f, "{text}*"),
            Node::Word { text, form: Form::Fuzzy } => write!(f, "{text}~"),
            Node::Phrase { words, slop: 0 } => write!(f, "\"{}\"", words.join(" ")),
            Node::Phrase { words, slop } => write!(f, "\"{}\"~{slop}", words.join(" ")),
            Node::Not(node) => match **node {
                Node::Group(_) | Node::Or(_) | Node::And(_) => write!(f, "-({node})"),
                _ => write!(f, "-{node}"),
            },
            Node::Or(nodes) => list(f, nodes, " OR "),
            Node::And(nodes) => list(f, nodes, " AND "),
            Node::Group(nodes) => list(f, nodes, " "),
            Node::Field { field, value } if value.contains(char::is_whitespace) => {
                write!(f, "{}:\"{value}\"", field.as_str())
            }
            Node::Field { field, value } => write!(f, "{}:{value}", field.as_str()),
        }
    }
}
