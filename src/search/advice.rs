//! Why nothing was found, and what to try.

use super::query::Node;
use super::run::Search;
use super::vocabulary::near_spellings;
use crate::index::Error;
use tantivy::Term;

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Advice {
    /// Words of the query that the index does not have.
    pub unknown: Vec<String>,
    /// Near spellings that it has, with the word they are near to.
    pub near: Vec<(String, String)>,
    /// Passages that the query finds without the filters.
    pub without_filters: u64,
}

impl Advice {
    /// Looks for reasons.
    pub(super) fn find(search: &Search<'_>) -> Result<Advice, Error> {
        let mut advice = Advice::default();
        let mut words = Vec::new();
        collect_words(&search.query.root, &mut words);
        for field in search.fields() {
            for word in words.iter().take(32) {
                let term = Term::from_field_text(field, word);
                let frequency = search.statistics.frequency(&term).map_err(|e| search.damaged(&e))?;
                if frequency > 0 || advice.unknown.contains(word) {
                    continue;
                }
                advice.unknown.push(word.clone());
                let near = near_spellings(&search.statistics, field, word).map_err(|e| search.damaged(&e))?;
                advice.near.extend(near.into_iter().take(3).map(|other| (word.clone(), other)));
            }
            if !search.filters.is_empty() {
                let plan = search.plan(field)?;
                let compiled = search.compiler(field).compile(&plan, &[]).map_err(|e| search.damaged(&e))?;
                if let Some(compiled) = compiled {
                    advice.without_filters += compiled.count(search.index, &search.statistics)?;
                }
            }
        }
        Ok(advice)
    }
}

fn collect_words(node: &Node, words: &mut Vec<String>) {
    match node {
        Node::Word { text, .. } => words.push(text.clone()),
        Node::Phrase { words: some, .. } => words.extend(some.iter().cloned()),
        Node::Or(nodes) | Node::And(nodes) | Node::Group(nodes) => {
            nodes.iter().for_each(|n| collect_words(n, words));
        }
        Node::Not(_) | Node::Field { .. } => {}
    }
}
