//! The parser: pieces to a tree. Never fails; what cannot be honoured is said.

use super::scan::{Piece, scan};
use super::{FieldName, Filters, Form, MOST_WORDS, Node, Query};
use crate::index::analysis::tokens;

/// Parses what a person typed.
pub fn parse(text: &str) -> Query {
    let mut parser = Parser { pieces: scan(text), at: 0, words: 0, notices: Vec::new() };
    let root = parser.group();
    let mut notices = parser.notices;
    if parser.words > MOST_WORDS {
        notices.push(format!("only the first {MOST_WORDS} words of the query are used"));
    }
    let (mut filters, mut typed_filters) = (Filters::default(), Vec::new());
    let root = take_filters(root, &mut filters, &mut typed_filters, &mut notices);
    Query { root, filters, typed_filters, notices }
}

/// Moves each `field:value`, and each `-country:value`, that stands beside the words out of the tree; those within `OR`,
/// `AND` and other negations are conditions of theirs and stay.
fn take_filters(node: Node, filters: &mut Filters, typed: &mut Vec<Node>, notices: &mut Vec<String>) -> Node {
    let (field, value) = match &node {
        Node::Group(_) => {
            let Node::Group(nodes) = node else { return node };
            let words: Vec<Node> = nodes
                .into_iter()
                .map(|node| take_filters(node, filters, typed, notices))
                .filter(|node| *node != Node::Group(Vec::new()))
                .collect();
            return Node::Group(words);
        }
        Node::Field { field, value } => (*field, value.clone()),
        Node::Not(inner) => match &**inner {
            Node::Field { field: FieldName::Country, value } => {
                let names = value.split(',').map(|name| format!("!{}", name.trim())).collect::<Vec<_>>();
                (FieldName::Country, names.join(","))
            }
            _ => return node,
        },
        _ => return node,
    };
    match Filters::of(field, &value) {
        Ok(filter) => {
            filters.add(filter);
            typed.push(node);
        }
        Err(error) => notices.push(format!("{error}: `{node}` was left out")),
    }
    Node::Group(Vec::new())
}

struct Parser {
    pieces: Vec<Piece>,
    at: usize,
    words: usize,
    notices: Vec<String>,
}

impl Parser {
    fn next(&mut self) -> Option<Piece> {
        let piece = self.pieces.get(self.at).cloned();
        self.at += 1;
        piece
    }

    /// Everything up to the closing bracket or the end.
    fn group(&mut self) -> Node {
        let mut nodes: Vec<Node> = Vec::new();
        let mut joint = None;
        while let Some(piece) = self.next() {
            match piece {
                Piece::Close => break,
                Piece::Or | Piece::And => {
                    if nodes.is_empty() || joint.is_some() {
                        self.notices.push("an operator without two sides was left out".to_owned());
                    } else {
                        joint = Some(piece);
                    }
                }
                _ => {
                    if let Some(node) = self.unit(piece) {
                        match joint.take() {
                            Some(joint) => join(&mut nodes, &joint, node),
                            None => nodes.push(node),
                        }
                    }
                }
            }
        }
        if joint.is_some() {
            self.notices.push("an operator without two sides was left out".to_owned());
        }
        match nodes.len() {
            1 => nodes.remove(0),
            _ => Node::Group(nodes),
        }
    }

    /// One unit: a word, a phrase, a bracket, a negation.
    fn unit(&mut self, piece: Piece) -> Option<Node> {
        match piece {
            Piece::Minus | Piece::Not => {
                // `NOT NOT x`: bounded by the pieces, one level a piece.
                let mut next = self.next()?;
                while matches!(next, Piece::Minus | Piece::Not) {
                    next = self.next()?;
                }
                if matches!(next, Piece::Or | Piece::And | Piece::Close) {
                    self.at -= 1;
                    self.notices.push("a negation of nothing was left out".to_owned());
                    return None;
                }
                self.unit(next).map(|node| Node::Not(Box::new(node)))
            }
            Piece::Open => Some(self.group()).filter(|n| *n != Node::Group(vec![])),
            Piece::Quoted { text, slop, field: Some(field) } => {
                if let Some(slop) = slop {
                    self.notices.push(format!(
                        "`{field}:\"{text}\"~{slop}`: only words of passages are looked for near each other"
                    ));
                }
                FieldName::from_name(&field).map(|field| Node::Field { field, value: text.trim().to_owned() })
            }
            Piece::Quoted { text, slop, field: None } => self.phrase(&text, slop.unwrap_or(0)),
            Piece::Text(text) => self.text(&text),
            Piece::Or | Piece::And | Piece::Close => None,
        }
    }

    fn phrase(&mut self, text: &str, slop: u32) -> Option<Node> {
        let words = self.folded(text);
        (!words.is_empty()).then_some(Node::Phrase { words, slop })
    }

    /// A piece of text: `field:value`, `=word`, `word*`, `word~`, or just words.
    fn text(&mut self, text: &str) -> Option<Node> {
        if has_other_wildcard(text) {
            self.notices.push(format!("`{text}`: only a * at the end of a word stands for letters"));
        }
        if let Some((field, value)) = text.split_once(':')
            && let Some(field) = FieldName::from_name(field)
            && value.chars().any(char::is_alphanumeric)
        {
            return Some(Node::Field { field, value: value.to_owned() });
        }
        let (body, form) = match (text.strip_prefix('='), text.strip_suffix('*'), text.strip_suffix('~')) {
            (Some(body), _, _) => (body, Form::Exact),
            (_, Some(body), _) => (body, Form::Prefix),
            (_, _, Some(body)) => (body, Form::Fuzzy),
            _ => (text, Form::Any),
        };
        let mut words = self.folded(body);
        if words.is_empty() {
            if form != Form::Any {
                self.notices.push(format!("`{text}` has no word to go with its sign"));
            }
            return None;
        }
        let last = words.pop()?;
        let word = Node::Word { text: last, form };
        if words.is_empty() {
            return Some(word);
        }
        let plain = |text| Node::Word { text, form: if form == Form::Exact { form } else { Form::Any } };
        Some(Node::Group(words.into_iter().map(plain).chain([word]).collect()))
    }

    /// The words of a text, folded; none beyond the most that are used.
    fn folded(&mut self, text: &str) -> Vec<String> {
        let words: Vec<String> = tokens(text).take(MOST_WORDS + 1).map(|t| t.folded.into_owned()).collect();
        let room = MOST_WORDS.saturating_sub(self.words);
        self.words += words.len();
        words.into_iter().take(room).collect()
    }
}

/// Returns true if and only if a piece has signs that stand for letters elsewhere: a `*` before or within a word, a `?`
/// within one, `[0-3]` at the end of one. An address has them for itself.
fn has_other_wildcard(text: &str) -> bool {
    let body = text.strip_suffix('*').unwrap_or(text);
    let letters: Vec<char> = body.chars().collect();
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
    let is_wild = |(at, sign): (usize, &char)| {
        let (before, after) = (is_word(at.checked_sub(1)), is_word(Some(at + 1)));
        match sign {
            '*' => after,
            '?' => before && after,
            '[' => before && after && letters[at..].contains(&']'),
            _ => false,
        }
    };
    !text.contains("://") && letters.iter().enumerate().any(is_wild)
}

/// Joins a node to the last one.
fn join(nodes: &mut Vec<Node>, joint: &Piece, node: Node) {
    let last = nodes.pop();
    let joined = match (joint, last) {
        (Piece::Or, Some(Node::Or(mut some))) | (Piece::And, Some(Node::And(mut some))) => {
            some.push(node);
            if *joint == Piece::Or { Node::Or(some) } else { Node::And(some) }
        }
        (Piece::Or, Some(last)) => Node::Or(vec![last, node]),
        (_, Some(last)) => Node::And(vec![last, node]),
        (_, None) => node,
    };
    nodes.push(joined);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What an analyst types, and how it is understood.
    const HARD: &[(&str, &str)] = &[
        ("Pakistan's", "pakistan"),
        ("Pakistan’s trade", "pakistan trade"),
        ("trade: 2021", "trade 2021"),
        ("Re: trade", "re trade"),
        ("10:30", "10 30"),
        ("http://www.mfa.tj/en?x=1&y=2", "http www mfa tj en x 1 y 2"),
        ("\"Pakistan: A Hard Country\"", "\"pakistan a hard country\""),
        ("“joint working groups”", "\"joint working groups\""),
        ("„Seidenstraße“", "\"seidenstrasse\""),
        ("«Великий шелковый путь»", "\"великий шелковый путь\""),
        ("\"unbalanced quote", "unbalanced quote"),
        ("unbalanced\" quote", "unbalanced quote"),
        ("don't", "don t"),
        ("trade and not aid", "trade and not aid"),
        ("cotton or wheat", "cotton or wheat"),
        ("cotton OR wheat", "cotton OR wheat"),
        ("cotton OR wheat OR rice", "cotton OR wheat OR rice"),
        ("Minsk AND Islamabad", "minsk AND islamabad"),
        ("tractors NOT textile", "tractors -textile"),
        ("tractors -textile", "tractors -textile"),
        ("tractors -\"leather goods\"", "tractors -\"leather goods\""),
        ("Pak-Afghan border", "(pak afghan) border"),
        ("co-operation", "cooperation"),
        ("tract*", "tract*"),
        ("lukashenka~", "lukashenka~"),
        ("=trade", "=trade"),
        ("\"trade turnover\"~5", "\"trade turnover\"~5"),
        ("country:kz transit", "country:kz transit"),
        ("country:\"South Korea\"", "country:\"South Korea\""),
        ("Country:KZ", "country:KZ"),
        ("year:2015..2021 summit", "year:2015..2021 summit"),
        ("title:corridor", "title:corridor"),
        ("country:", "country"),
        ("Article 5(2)(b)", "article 5 2 b"),
        ("(cotton OR wheat) exports", "(cotton OR wheat) exports"),
        (")(", ""),
        ("((((", ""),
        ("OR", ""),
        ("AND OR NOT", ""),
        ("NOT", ""),
        ("-", ""),
        ("*", ""),
        ("?!…", ""),
        ("", ""),
        ("🚜 tractors", "tractors"),
        ("پاکستان تجارت", "پاکستان تجارت"),
        ("Лукашенко", "лукашенко"),
        ("中国", "中国"),
        ("US$50.2 million", "(u.s 50.2) million"),
        ("$1,000", "1000"),
        ("U.S. policy", "u.s policy"),
        ("C++ & C#", "c c"),
        ("50%", "50"),
        ("a/b\\c", "a b c"),
        ("[1] {2} <3>", "1 2 3"),
    ];

    #[test]
    fn what_analysts_type_means_what_they_meant() {
        for (typed, understood) in HARD {
            assert_eq!(parse(typed).to_string(), *understood, "{typed}");
        }
    }

    #[test]
    fn fields_beside_the_words_are_filters() {
        let of = |text: &str| parse(text).filters;
        let flags = |values: &[(FieldName, &str)]| {
            let mut filters = Filters::default();
            values.iter().for_each(|(field, value)| filters.add(Filters::of(*field, value).unwrap()));
            filters
        };
        use FieldName::{Country, Kind, Section, Source, Title, Year};
        for (text, values) in [
            ("country:kz trade", vec![(Country, "kz")]),
            (
                "country:\"South Korea\" (steel country:pk,by)",
                vec![(Country, "South Korea"), (Country, "pk,by")],
            ),
            ("trade -country:kz,pk", vec![(Country, "!kz,!pk")]),
            ("country:!kz", vec![(Country, "!kz")]),
            (
                "year:2015..=2021 kind:body,list source:a,b",
                vec![(Year, "2015..2021"), (Kind, "body,list"), (Source, "a,b")],
            ),
            ("title:corridor section:\"Trade routes\"", vec![(Title, "corridor"), (Section, "Trade routes")]),
        ] {
            assert_eq!(of(text), flags(&values), "{text}");
        }
        // Within an alternative, or when it cannot be read, it is no filter.
        for text in
            ["country:kz OR cotton", "cotton AND country:kz", "-source:a", "kind:poem", "year:2021..2015"]
        {
            assert!(of(text).is_empty(), "{text}");
        }
        let left_out = parse("trade kind:poem");
        assert_eq!(left_out.to_string(), "trade");
        assert!(left_out.notices[0].ends_with("`kind:poem` was left out"), "{:?}", left_out.notices);
        assert!(!parse("country:\"South Korea\"~3").notices.is_empty());
    }

    #[test]
    fn what_is_not_honoured_is_said() {
        assert!(!parse("OR").notices.is_empty());
        assert!(!parse("*").notices.is_empty());
        assert!(!parse(&"word ".repeat(600)).notices.is_empty());
        for text in ["*weekly", "w?ekly", "title:*202[0-3]", "week*ly", "w?ekl*"] {
            assert!(parse(text).notices.iter().any(|notice| notice.contains(text)), "{text}");
        }
        for text in ["plain words", "week*", "why? [1] who", "http://a.org/b?c=1", "**bold**"] {
            let notices = parse(text).notices;
            assert!(notices.is_empty() || text.contains("**"), "{text}: {notices:?}");
        }
    }

    #[test]
    fn a_hundred_kilobytes_are_no_trouble() {
        for text in ["(".repeat(100_000), "\"".repeat(99_999), "a ".repeat(50_000), "-".repeat(100_000)] {
            let _ = parse(&text);
        }
    }

    proptest! {
        #[test]
        fn any_string_parses(text in "\\PC{0,80}") {
            let _ = parse(&text).root.to_string();
        }

        #[test]
        fn any_mix_of_signs_parses(text in "[-a\"“”()*~=: ONRATD1.]{0,60}") {
            let _ = parse(&text).root.to_string();
        }
    }
}
