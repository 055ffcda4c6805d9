//! Author lines: `By Mr. Khalid Akram, Executive Director, …`, `Maryam Raza1, Palwasha Nawaz2`, `KHAN*`.

use crate::bibliography::Name;
use crate::bibliography::capitals::recase;
use crate::bibliography::date::month_number;
use crate::bibliography::name::{is_body, is_initials, is_particle, split_names};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Words of posts and degrees, which are no names.
const POSTS: &str = " director executive professor associate assistant scholar researcher research fellow analyst \
    editor correspondent reporter student lecturer senior junior visiting chairman chairperson president vice head \
    phd ph.d mphil md msc ma ba llm dphil candidate retired retd minister secretary officer adviser advisor expert \
    writer author authors columnist staff special independent member founder coordinator manager consultant \
    diplomat ambassador ";

/// Words in front of the names.
const LEADS: [&str; 10] = [
    "written by",
    "authored by",
    "reported by",
    "by:",
    "by",
    "authors:",
    "author:",
    "author",
    "от",
    "автор:",
];

/// The names of an author line; posts, places and dates behind them are passed over.
pub(crate) fn names(line: &str) -> Vec<Name> {
    let line = without_lead(line);
    let mut names = Vec::new();
    for part in line.split(['|', '·', '•', '\n', ';']) {
        for piece in pieces(part) {
            match name(&piece) {
                Some(name) => names.push(name),
                // Behind the first words that are no name only posts and places follow.
                None if names.is_empty() => {}
                None => break,
            }
        }
    }
    names
}

/// The names of a line that holds nothing but names with their posts, degrees and marks; empty for any other line.
pub(super) fn only_names(line: &str) -> Vec<Name> {
    let mut names = Vec::new();
    for piece in line.split(['|', '·', '•', '\n', ';']).flat_map(pieces) {
        let post = piece.split_whitespace().any(is_post) || is_degree(&piece);
        match name(&piece) {
            _ if post && !names.is_empty() => {}
            Some(name) => names.push(name),
            None => return Vec::new(),
        }
    }
    names
}

/// Returns true if and only if a piece is letters of a degree or an office: `MD`, `Ph.D.`, `ABPP`.
fn is_degree(piece: &str) -> bool {
    let letters: String = piece.chars().filter(|c| c.is_alphabetic()).collect();
    let signs = piece.chars().all(|c| c.is_alphabetic() || c == '.');
    signs && (2..=6).contains(&letters.len()) && letters.chars().filter(|c| c.is_uppercase()).count() >= 2
}

fn without_lead(line: &str) -> &str {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "*_–—-".contains(c));
    let lead = |lead: &&&str| {
        let front = line.get(..lead.len());
        front.is_some_and(|f| f.to_lowercase() == **lead) && line[lead.len()..].starts_with([' ', ':'])
            || lead.ends_with(':') && front.is_some_and(|f| f.to_lowercase() == **lead)
    };
    match LEADS.iter().find(lead) {
        Some(lead) => line[lead.len()..].trim_start_matches([' ', ':']),
        None => line,
    }
}

/// The parts of a line that commas and `and` cut.
fn pieces(part: &str) -> Vec<String> {
    let marked = |c: char| c.is_numeric() || "*†‡§¶#⁎∗".contains(c);
    // A mark or figure that hangs on a name ends it, as a comma does.
    let mut plain = String::with_capacity(part.len());
    for word in part.split_whitespace() {
        let bare = word.trim_end_matches(|c: char| marked(c) || c == ',');
        let hung = bare.len() < word.len() && bare.chars().any(char::is_alphabetic);
        if hung {
            plain.push_str(bare);
            plain.push(',');
        } else if word.chars().all(|c| marked(c) || c == ',') {
            plain.push(',');
        } else {
            plain.push_str(word);
        }
        plain.push(' ');
    }
    let initials = |p: &&str| p.contains('.') && p.split_whitespace().all(is_initials);
    let parts: Vec<&str> = plain.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    // `Straus, Jacob R.`: every other part is a family name alone.
    let alone = |p: &&str| p.split_whitespace().filter(|w| !is_particle(w)).count() == 1 && !initials(p);
    if parts.len() == 2 && parts.first().is_some_and(alone) && !parts.iter().any(|p| is_post(p)) {
        return vec![parts.join(", ")];
    }
    match parts.iter().skip(1).any(initials) {
        true => split_names(&plain),
        false => plain
            .split(',')
            .flat_map(|p| {
                p.split(" and ").flat_map(|p| p.split(" & ")).map(|p| p.trim().to_owned()).collect::<Vec<_>>()
            })
            .map(|p| p.strip_prefix("and ").unwrap_or(&p).to_owned())
            .filter(|p| !p.is_empty())
            .collect(),
    }
}

/// Returns true if and only if a word is a post or a degree.
fn is_post(word: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let word = word.trim_matches(|c: char| ".,()".contains(c)).to_lowercase();
    KNOWN.get_or_init(|| POSTS.split_whitespace().collect()).contains(word.as_str())
}

/// The name that a piece is, unless it reads as a post, a place, a body or a date.
fn name(piece: &str) -> Option<Name> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let honorific =
        words.first().is_some_and(|w| w.ends_with('.') || *w == "Ambassador" || *w == "Professor");
    let first = usize::from(honorific && words.len() > 2);
    let shaped = words.iter().all(|w| {
        let capital = w
            .trim_start_matches(['(', '\'', '’', '"'])
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic());
        capital || is_particle(w)
    });
    let bad = piece.chars().any(|c| c.is_ascii_digit() || "@:/".contains(c))
        || words.iter().skip(first).any(|w| is_post(w))
        || words.iter().any(|w| month_number(w).is_some() && words.len() == 1)
        || is_body(piece);
    if !(1..=6).contains(&words.len()) || !shaped || bad {
        return None;
    }
    Name::parse(&recase(piece))
}
