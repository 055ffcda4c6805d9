//! Searches over a small index in memory.

use super::matching::Matcher;
use super::occurrences::OccurrenceReader;
use super::query::parse;
use super::run::Search;
use super::{SearchRequest, search};
use crate::bibliography::Work;
use crate::citation::StoredCitation;
use crate::document::Format;
use crate::index::analysis::Terms;
use crate::index::{
    Budget, FileEntry, FileTable, Index, IndexWriter, Lengths, PreparedPassage, StoredPassage, StoredSource,
};
use crate::passage::{Citekey, Kind, Ordinal, Repairs};
use proptest::prelude::*;
use std::sync::LazyLock;
use tantivy::DocId;

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

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let writer = IndexWriter::in_memory(Budget { threads: 1, memory: 15_000_000 }).expect("a writer");
    let sections: Vec<Terms> = PASSAGES.iter().map(|(section, _)| Terms::of(section)).collect();
    let prepared: Vec<PreparedPassage> =
        (0..).zip(PASSAGES).map(|(i, (_, text))| prepared(i, text)).collect();
    writer.add_passages(0, &prepared, &sections).expect("passages are added");
    let passages = PASSAGES.len() as u32;
    let source = StoredSource {
        document: 0,
        key: Citekey::new("x").expect("a citekey"),
        path: String::new(),
        format: Format::Text,
        work: Work::default(),
        citation: StoredCitation::default(),
        year_letter: None,
        sections: PASSAGES.iter().map(|(section, _)| vec![(*section).to_owned()]).collect(),
        pages: Vec::new(),
        passages,
        countries: Vec::new(),
        repairs: Repairs::default(),
        doubts: Vec::new(),
    };
    writer.add_source(&source).expect("a source is added");
    let lengths = Lengths::of(&prepared, &sections);
    let entry = FileEntry { document: Some(0), passages, lengths, ..FileEntry::default() };
    writer.into_index(&FileTable { entries: vec![entry], ..FileTable::default() }).expect("an index")
});

fn prepared(number: u32, text: &str) -> PreparedPassage {
    let passage = StoredPassage {
        ordinal: Ordinal::Paragraph { number: number + 1, part: 1 },
        kind: Kind::Body,
        text: text.to_owned(),
        section: number,
        lines: None,
        pages: (0, 0),
        countries: Vec::new(),
        cites: Vec::new(),
        parsed: None,
    };
    PreparedPassage::new(number, &passage)
}

/// What the postings tell of every passage is what reading its text tells.
fn check_postings_against_texts(query: &str) {
    let request = SearchRequest::new(query);
    let fields = INDEX.fields();
    let plan =
        Search::new(&INDEX, &request).and_then(|s| s.plan(&parse(query).root, fields.words)).expect("a plan");
    let segment = INDEX.searcher().segment_reader(0);
    let all: Vec<DocId> = (0..PASSAGES.len() as DocId).collect();
    let found = OccurrenceReader::new(&plan, fields.words, fields).read(segment, &all).expect("postings");
    let matcher = Matcher::new(&plan);
    for ((section, text), found) in PASSAGES.iter().zip(found) {
        let read = matcher.find(text);
        let slots: Vec<usize> = read.words.iter().map(|m| m.slot).collect();
        assert_eq!(found.words.iter().map(|o| o.slot).collect::<Vec<_>>(), slots, "{query}: {text}");
        for (i, count) in found.phrases.iter().enumerate() {
            let places = read.phrases.iter().filter(|p| p.phrase == i).count();
            assert_eq!(*count as usize, places, "{query}: {text}");
        }
        let headings = matcher.find(section).words;
        for (i, slot) in plan.slots.iter().enumerate().filter(|(_, s)| s.is_in_headings()) {
            let counted = headings.iter().filter(|m| m.slot == i).count();
            assert_eq!(found.headings[i] > 0.0, counted > 0 && slot.count > 0, "{query}: {section}");
        }
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
