//! Searches over a small index in memory.

use super::eval::{Text, index_corpus};
use super::matching::{Matched, Matcher};
use super::occurrences::{OccurrenceReader, Occurrences};
use super::plan::Plan;
use super::run::Search;
use super::{SearchRequest, search};
use crate::index::Index;
use proptest::prelude::*;
use std::sync::LazyLock;
use tantivy::{DocAddress, DocId};

/// Section path and text.
const PASSAGES: [(&str, &str); 9] = [
    ("", "The Wakhan corridor is a narrow strip; corridors like it are few."),
    (
        "Trade",
        "Trade turnover fell. Traders trading in cotton said trade in textiles, and turnover of trade, rose.",
    ),
    ("Trading partners", "Встреча Лукашенко в Минске: Lukashenko met Лукашенко's guests."),
    ("Co-operation", "Co-operation and cooperation of the U.S. and us, U.S.-led; US$50.2 million."),
    ("", "Will the wills of the willing be willed? Dying men die, and lie lying."),
    ("Energy", "Energies, energy, energetic: the energy of the trade of energy turnover"),
    ("", "中国传媒大学 and Türkmenistan’s “Wakan” corridor, самолёт и самолет"),
    ("", "… !"),
    ("Possibility", "Possibilities are possible; possibly a possibility, aging agencies age."),
];

/// What queries are made of, words of the passages and signs that mean something.
const PIECES: [&str; 40] = [
    "wakhan",
    "corridor",
    "trade",
    "Trading",
    "turnover",
    "Лукашенко",
    "lukashenka~",
    "energ*",
    "die",
    "lying",
    "will",
    "possible",
    "aging",
    "the",
    "of",
    "=trade",
    "\"trade turnover\"",
    "\"turnover trade\"~3",
    "\"energy of\"~1",
    "\"",
    "“",
    "(",
    ")",
    "-",
    "-trade",
    "OR",
    "AND",
    "NOT",
    "country:kz",
    "kind:body",
    "section:energy",
    "title:",
    "year:2010..",
    "source:x",
    "*",
    "~5",
    "самолет",
    "中国",
    "U.S.",
    "\u{1b}[31m",
];

/// The passages, each under its section path as title.
static CORPUS: LazyLock<Vec<Text>> = LazyLock::new(|| {
    let text =
        |(title, text): (&str, &str)| Text { title: title.into(), text: text.into(), ..Text::default() };
    PASSAGES.into_iter().map(text).collect()
});

static INDEX: LazyLock<Index> = LazyLock::new(|| index_corpus(&CORPUS).expect("an index"));

/// What the postings tell of every passage is what reading its text tells.
fn check_postings_against_texts(query: &str) {
    let request = SearchRequest::new(query);
    let fields = INDEX.fields();
    let plan = Search::new(&INDEX, &request).and_then(|s| s.plan(fields.words)).expect("a plan");
    let reader = OccurrenceReader::new(&plan, fields.words, fields);
    let matcher = Matcher::new(&plan);
    let mut compared = 0;
    for (number, segment) in (0..).zip(INDEX.searcher().segment_readers()) {
        let documents = INDEX.documents_of(number).expect("a column");
        // The source and the file table are no passages.
        let all: Vec<DocId> = (0..segment.max_doc()).filter(|doc| documents.first(*doc).is_some()).collect();
        for (doc, found) in all.iter().zip(reader.read(segment, &all).expect("postings")) {
            let (_, passage) = INDEX
                .passage_at(DocAddress::new(number, *doc), documents.first(*doc).unwrap_or_default())
                .expect("a passage");
            let section = &CORPUS[passage.section as usize - 1].title;
            compare(query, &plan, &found, &matcher.find(&passage.text), &matcher.find(section));
            compared += 1;
        }
    }
    assert_eq!(compared, PASSAGES.len());
}

fn compare(query: &str, plan: &Plan, found: &Occurrences, text: &Matched, section: &Matched) {
    let slots: Vec<usize> = text.words.iter().map(|m| m.slot).collect();
    assert_eq!(found.words.iter().map(|o| o.slot).collect::<Vec<_>>(), slots, "{query}");
    for (i, count) in found.phrases.iter().enumerate() {
        let places = text.phrases.iter().filter(|p| p.phrase == i).count();
        assert_eq!(*count as usize, places, "{query}");
    }
    for (i, _) in plan.slots.iter().enumerate().filter(|(_, s)| s.is_in_headings()) {
        let stands = section.words.iter().any(|m| m.slot == i);
        assert_eq!(found.headings[i] > 0.0, stands, "{query}");
    }
}

proptest! {
    #[test]
    fn any_query_is_answered(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..7)) {
        let query = pieces.join(" ");
        check_postings_against_texts(&query);
        let response = search(&INDEX, &SearchRequest { count: true, ..SearchRequest::new(&query) }).expect("an answer");
        prop_assert!(response.hits.len() as u64 <= response.total.unwrap_or(0), "{}", query);
        prop_assert!(response.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        for hit in &response.hits {
            let characters = hit.passage.text.chars().count();
            prop_assert!(hit.highlights.iter().all(|(from, to)| from < to && *to <= characters), "{}", query);
        }
    }
}

#[test]
fn near_words_are_found_in_any_order_and_no_farther_than_asked() {
    for (query, found) in [
        ("\"trade turnover\"", 1),
        ("\"turnover trade\"", 0),
        ("\"cotton turnover\"~6", 1),
        ("\"strip wakhan\"~5", 1),
        ("\"strip wakhan\"~4", 1),
        ("\"strip wakhan\"~3", 0),
        ("\"wakhan strip\"~4", 1),
        ("\"wakhan strip\"~3", 0),
        ("\"strip narrow wakhan\"~3", 1),
        ("\"strip narrow wakhan\"~2", 0),
    ] {
        let response = search(&INDEX, &SearchRequest::new(query)).expect("an answer");
        assert_eq!(response.hits.len(), found, "{query}");
        assert!(response.hits.iter().all(|hit| hit.parts.phrases > 0.0), "{query}");
        check_postings_against_texts(query);
    }
}

#[test]
fn a_form_counts_for_the_word_and_the_word_itself_more() {
    let best = |query: &str| {
        let response = search(&INDEX, &SearchRequest::new(query)).expect("an answer");
        response.hits.into_iter().map(|hit| hit.passage.text).collect::<Vec<_>>()
    };
    assert!(best("wills").iter().all(|text| text.starts_with("Will the wills")));
    // What one of two equal Russian spellings finds the other finds.
    assert_eq!(best("самолёт"), best("самолет"));
    assert_eq!(best("=dying").len(), 1);
    assert_eq!(best("\"Wakan\""), best("=wakan"));
    assert_eq!(best("Lukashenko"), best("Лукашенко"));

    let response = search(&INDEX, &SearchRequest::new("energies")).expect("an answer");
    assert!(response.expansions[0].ends_with("forms energies, energy"), "{:?}", response.expansions);
}
