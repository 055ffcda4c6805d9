//! The index's own vocabulary: forms of a word, words with a prefix, near spellings. A word that only deleted passages
//! have stays in it until its segment is rewritten, so that every word is asked for its live passages.

use super::slip::OneSlip;
use super::statistics::Statistics;
use crate::index::analysis::{begins_all_forms, stemmed_term};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::Term;
use tantivy::schema::Field;

/// Letters from which a word is long enough to have near spellings: below that most words are near some other.
const SHORTEST: usize = 5;
/// Near spellings of a word that are used at most.
const MOST: usize = 8;

/// Words of the vocabulary of `field` that are [`OneSlip`] away from `word`, the most frequent first.
pub fn near_spellings(statistics: &Statistics<'_>, field: Field, word: &str) -> tantivy::Result<Vec<String>> {
    let is_name = word.chars().count() >= SHORTEST && !word.chars().any(char::is_numeric);
    let Some(slip) = OneSlip::of(word).filter(|_| is_name) else { return Ok(Vec::new()) };
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for segment in statistics.searcher().segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().search(&slip).into_stream()?;
        while stream.advance() {
            if let Some(other) = std::str::from_utf8(stream.key()).ok().filter(|other| *other != word) {
                *found.entry(other.to_owned()).or_default() += u64::from(stream.value().doc_freq);
            }
        }
    }
    let mut found = most_frequent_first(statistics, field, found)?;
    found.truncate(MOST);
    Ok(found)
}

/// The words of the vocabularies of `fields` that have the stem: the forms under which a word is indexed.
pub fn forms(statistics: &Statistics<'_>, fields: &[Field], stem: &str) -> tantivy::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for field in fields {
        let mut some: BTreeMap<String, u64> = BTreeMap::new();
        visit_prefix(statistics, *field, begins_all_forms(stem), &mut |word, frequency| {
            if let Some(known) = some.get_mut(word) {
                *known += frequency;
            } else if stemmed_term(word).is_some_and(|s| s == stem) {
                some.insert(word.to_owned(), frequency);
            }
        })?;
        found.extend(most_frequent_first(statistics, *field, some)?);
    }
    Ok(found)
}

/// Words of the vocabulary of `field` that begin with `prefix`, the most frequent first, at most `most`, and
/// whether there are more.
pub fn with_prefix(
    statistics: &Statistics<'_>,
    field: Field,
    prefix: &str,
    most: usize,
) -> tantivy::Result<(Vec<String>, bool)> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    visit_prefix(statistics, field, prefix, &mut |word, frequency| {
        *found.entry(word.to_owned()).or_default() += frequency;
    })?;
    let mut found = most_frequent_first(statistics, field, found)?;
    let more = found.len() > most;
    found.truncate(most);
    Ok((found, more))
}

/// Those of the words that live passages have, given with their frequency by the vocabulary, the most frequent first and
/// of equal ones in the order of the alphabet.
fn most_frequent_first(
    statistics: &Statistics<'_>,
    field: Field,
    words: BTreeMap<String, u64>,
) -> tantivy::Result<Vec<String>> {
    let has_deletes = statistics.searcher().segment_readers().iter().any(|segment| segment.has_deletes());
    let mut counted = Vec::with_capacity(words.len());
    for (word, mut frequency) in words {
        if has_deletes {
            frequency = statistics.frequency(&Term::from_field_text(field, &word))?;
        }
        if frequency > 0 {
            counted.push((std::cmp::Reverse(frequency), word));
        }
    }
    counted.sort();
    Ok(counted.into_iter().map(|(_, word)| word).collect())
}

/// Calls `take` with every word of the field that begins with `prefix` and its frequency, deleted passages included, segment
/// by segment.
fn visit_prefix(
    statistics: &Statistics<'_>,
    field: Field,
    prefix: &str,
    take: &mut dyn FnMut(&str, u64),
) -> tantivy::Result<()> {
    for segment in statistics.searcher().segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while stream.advance() {
            let Some(word) = std::str::from_utf8(stream.key()).ok().filter(|w| w.starts_with(prefix)) else {
                break;
            };
            take(word, u64::from(stream.value().doc_freq));
        }
    }
    Ok(())
}
