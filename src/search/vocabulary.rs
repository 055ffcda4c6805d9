//! The index's own vocabulary: forms of a word, words with a prefix, near spellings. A word that only deleted passages
//! have stays in it until its segment is rewritten, so that every word is asked for its live passages.

use super::statistics::Statistics;
use crate::index::analysis::{begins_all_forms, stemmed_term};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::Term;
use tantivy::schema::Field;

/// Letters from which a word is long enough to have near spellings: below that most words are near some other.
const SHORTEST: usize = 5;
/// Near spellings of a word that are used at most.
const MOST: usize = 8;

/// Words of the vocabulary of `field` that begin with the letter of `word` and are one insertion, deletion,
/// replacement or transposition away (Damerau 1964: four in five slips of spelling are one of these), the most
/// frequent first.
pub fn near_spellings(statistics: &Statistics<'_>, field: Field, word: &str) -> tantivy::Result<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST || letters.iter().any(|c| c.is_numeric()) {
        return Ok(Vec::new());
    }
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    let mut take = |other: &str, frequency: u64| {
        // The stem already brings a plural and the like together.
        if other != word && is_one_slip_away(&letters, other) {
            *found.entry(other.to_owned()).or_default() += frequency;
        }
    };
    if word.is_ascii() {
        visit_prefix(statistics, field, &word[..2], &mut take)?;
        for other in slips_of_second_letter(word) {
            take(&other, statistics.frequency(&Term::from_field_text(field, &other))?);
        }
    } else {
        visit_prefix(statistics, field, &word[..letters[0].len_utf8()], &mut take)?;
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

/// Those of the words that live passages have, given with their frequency by the vocabulary, the most frequent first and of equal ones in the order of the alphabet.
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

/// What one slip makes of an ASCII word of three letters or more that leaves its first letter and changes its second: with
/// these looked up one by one only the words that share two letters have to be gone through.
fn slips_of_second_letter(word: &str) -> Vec<String> {
    let ((first, rest), (_, tail)) = (word.split_at(1), word.split_at(2));
    let (second, third) = (&word[1..2], &word[2..3]);
    let mut slips = vec![format!("{first}{tail}"), format!("{first}{third}{second}{}", &word[3..])];
    for letter in ('a'..='z').chain('0'..='9') {
        slips.push(format!("{first}{letter}{tail}"));
        slips.push(format!("{first}{letter}{rest}"));
    }
    slips.retain(|slip| !slip.starts_with(&word[..2]));
    slips
}

/// Returns true if and only if one slip of spelling makes `other` of `word`.
fn is_one_slip_away(word: &[char], other: &str) -> bool {
    let mut buffer = ['\0'; 40];
    let mut length = 0;
    for c in other.chars() {
        if length == buffer.len() || length > word.len() + 1 {
            return false;
        }
        buffer[length] = c;
        length += 1;
    }
    let other = &buffer[..length];
    if word.len().abs_diff(length) > 1 {
        return false;
    }
    let same = word.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&word[same..], &other[same..]);
    match (a, b) {
        ([], _) | (_, []) => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([x, y, a @ ..], [v, w, b @ ..]) => x == w && y == v && a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_one_slip_away, slips_of_second_letter};

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        let near = |a: &str, b: &str| is_one_slip_away(&a.chars().collect::<Vec<_>>(), b);
        assert!(near("wakhan", "wakan") && near("wakan", "wakhan"));
        assert!(near("lukashenko", "lukashenka") && near("pakisatn", "pakistan"));
        assert!(!near("wakhan", "wagon") && !near("trade", "traders") && !near("corridor", "corridors x"));
    }

    proptest::proptest! {
        #[test]
        fn a_near_word_shares_two_letters_or_is_made_by_a_slip_of_the_second(word in "[abc]{5,7}", other in "[abc]{4,8}") {
            let letters: Vec<char> = word.chars().collect();
            if is_one_slip_away(&letters, &other) && other[..1] == word[..1] {
                let found = other[..2] == word[..2] || slips_of_second_letter(&word).contains(&other);
                proptest::prop_assert!(found, "{} {}", word, other);
            }
        }
    }
}
