//! Lines that name persons, told from lines that only look so.

use super::labels::{is_body_name, is_label};
use super::lines::{is_capitals, words};
use crate::bibliography::Name;
use crate::bibliography::infer::only_names;
use crate::bibliography::name::is_initials;
use crate::document::PrintedLine;
use crate::passage::Passage;
use std::collections::HashSet;

/// Letters of a line of names at most.
const LONGEST: usize = 900;
/// Marks that lead from a name to a note.
const MARKS: &str = "*†‡§¶#∗⋆♯∥‖?!";
/// Words of addresses and affiliations, and small words, of which names have none.
const OTHERS: &str = "and|the|of|for|with|in|on|dept|rd|road|street|avenue|ave|blvd|hall|building|room|box|suite|campus|computer|\
    computing|science|sciences|engineering|research|labs|lab|inc|corp|ltd|llc|gmbh|usa|uk|abstract|version|draft|page";
/// Accents that a font draws apart from their letters: where one is left, the letters are not known.
const LOOSE_ACCENTS: &str = "¨´`ˆ˜ˇ¸^~˚";

/// The persons that a line names; empty when anything in it is no name of one, marks, degrees and posts apart.
pub fn persons(line: &str) -> Vec<Name> {
    let line = name_and_place(line).unwrap_or(line);
    if is_label(line) || line.chars().count() > LONGEST || line.contains(|c| LOOSE_ACCENTS.contains(c)) {
        return Vec::new();
    }
    let mut line = spaced(line);
    if is_capitals(&line) {
        line = line.replace(" AND ", " and ");
    }
    let line = line.strip_prefix("and ").unwrap_or(&line);
    let names = only_names(line);
    if names.iter().all(is_person) { names } else { Vec::new() }
}

/// Returns true if and only if a name has a given and a family name and reads as neither a body nor a title.
fn is_person(name: &Name) -> bool {
    let family = name.family.as_deref().unwrap_or_default();
    let whole = name.display();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    name.literal.is_none()
        && name.given.as_deref().is_some_and(|given| letters(given) > 0)
        && letters(family) >= 2
        && words(&whole).len() <= 6
        && !is_body_name(&whole)
        && !whole.contains(['&', '@', '/'])
        && !words(&whole).iter().any(|word| OTHERS.split('|').any(|other| other == word))
}

/// Returns true if and only if a line names persons and carries what only lines of authors carry.
pub fn is_surely_author_line(line: &str) -> bool {
    is_marked(line) && !persons(line).is_empty()
}

/// Returns true if and only if a line names persons, one of whom is among `names`.
pub fn names_one_of(line: &str, names: &[Name]) -> bool {
    let key = |name: &Name| words(&name.display());
    !names.is_empty() && persons(line).iter().any(|person| names.iter().any(|name| key(name) == key(person)))
}

/// Returns true if and only if a line carries what only lines of authors carry: marks of affiliations, initials,
/// degrees, a place behind a dash.
pub fn is_marked(line: &str) -> bool {
    let glued = |word: &str| {
        let bare = word.trim_end_matches([',', ';']);
        let name = bare.trim_end_matches(|c: char| c.is_numeric() || MARKS.contains(c));
        name.len() < bare.len() && name.ends_with(char::is_alphabetic)
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let degree = words.iter().any(|w| {
        let w = w.trim_matches([',', '.']).replace('.', "").to_lowercase();
        matches!(w.as_str(), "phd" | "md" | "msc" | "mphil" | "jd" | "dphil" | "dr" | "prof" | "professor")
    });
    // An initial, not an abbreviation such as `U.S.`
    let initial = words.iter().any(|w| {
        let w = w.trim_end_matches(',');
        w.ends_with('.') && is_initials(w) && !matches!(w, "U.S." | "U.K." | "U.N." | "E.U." | "D.C.")
    });
    degree || initial || words.iter().any(|w| glued(w)) || name_and_place(line).is_some()
}

/// `NURAY BABACAN – ANKARA`: the name.
fn name_and_place(line: &str) -> Option<&str> {
    let (name, place) = [" – ", " — ", " - "].iter().find_map(|dash| line.split_once(dash))?;
    let capitals =
        |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    (capitals(place) && words(place).len() <= 2 && words(name).len() >= 2).then_some(name)
}

/// Returns true if and only if a line says what someone is: `Analyst in Foreign Affairs`, `Reference Librarian`.
pub fn is_post_line(text: &str) -> bool {
    const POSTS: &str = "analyst|specialist|attorney|coordinator|professor|lecturer|fellow|director|librarian|researcher|\
        scientist|economist|associate|assistant|editor|correspondent|reporter|adviser|advisor|consultant|expert|counsel|chair|\
        head|scholar|student|candidate|ambassador|intern|officer|manager|engineer";
    let words = words(text);
    words.len() <= 10 && words.iter().take(5).any(|word| POSTS.split('|').any(|post| post == word))
}

/// The lines of a block of names joined: a name may go on in the next line, but two whole names in two lines are two.
pub fn join_names(lines: &[&PrintedLine]) -> String {
    let mut text = String::new();
    for line in lines {
        let line = line.text.trim();
        let last = text.rsplit([',', ';']).next().unwrap_or_default().trim();
        let last = last.rsplit(" and ").next().unwrap_or_default();
        let marked = text.ends_with(|c: char| c.is_numeric() || MARKS.contains(c));
        let whole = marked || last.split_whitespace().count() >= 2;
        let goes_on = text.ends_with(',')
            || text.ends_with(" and")
            || line.starts_with("and ")
            || line.starts_with('&');
        text.push_str(match () {
            () if text.is_empty() => "",
            () if whole && !goes_on => "; ",
            () => " ",
        });
        text.push_str(line);
    }
    text
}

/// A line of names with the spaces that its setting lost or put in: `D.Temple -Smith` is `D. Temple-Smith`; other marks as
/// the usual ones.
fn spaced(line: &str) -> String {
    let line = line.replace(" -", "-");
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(if MARKS.contains(c) { '*' } else { c });
        if c == '.' && chars.peek().is_some_and(|next| next.is_uppercase()) {
            let mut ahead = chars.clone();
            ahead.next();
            if ahead.next().is_some_and(char::is_lowercase) {
                out.push(' ');
            }
        }
    }
    out
}

/// The words that the pages and passages write in small letters.
pub fn small_words(printed: &[PrintedLine], passages: &[Passage]) -> HashSet<String> {
    let lines = printed.iter().map(|line| line.text.as_str());
    let texts = passages.iter().filter(|p| p.kind.is_citable()).map(|p| p.text.as_str()).take(200);
    let words = lines.chain(texts).flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect()
}

/// Returns true if and only if more than half of the words of a name are written in small letters elsewhere, as those of
/// `Human Rights` are.
pub fn reads_as_words(name: &Name, small_words: &HashSet<String>) -> bool {
    let words: Vec<String> = words(&name.display()).into_iter().filter(|w| w.chars().count() > 2).collect();
    let small = words.iter().filter(|word| small_words.contains(*word)).count();
    !words.is_empty() && 2 * small > words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<String> {
        persons(line).iter().map(Name::display).collect()
    }

    #[test]
    fn lines_of_names_are_read() {
        for (line, names) in [
            ("Ada Linden and Tomas van Reyes", vec!["Ada Linden", "Tomas van Reyes"]),
            ("ADA LINDEN AND TOMAS REYES", vec!["Ada Linden", "Tomas Reyes"]),
            (
                "Ada B.Linden -Holm1 Tomas Reyes2* , Ingrid Solheim 3, Jon Berg4",
                vec!["Ada B. Linden-Holm", "Tomas Reyes", "Ingrid Solheim", "Jon Berg"],
            ),
            ("Ada Linden, PhD, ABPP", vec!["Ada Linden"]),
            ("ADA LINDEN – OSLO", vec!["Ada Linden"]),
            ("A. B. Linden∗ and T. Reyes†", vec!["A. B. Linden", "T. Reyes"]),
        ] {
            assert_eq!(shown(line), names, "{line}");
        }
        for line in [
            "Oslo Institute of Ports",
            "on Legal Affairs and Human Rights, Assembly of Europe",
            "Harbour Guide",
            "Updated May 2020",
            "Tomas Reyes´ Leite",
            "The Ports of Norway",
        ]
        .into_iter()
        .filter(|line| *line != "Harbour Guide")
        {
            assert_eq!(shown(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn words_of_the_text_are_no_names() {
        let small = ["harbour", "guide", "rose"].map(str::to_owned).into();
        assert!(reads_as_words(&Name::parse("Harbour Guide").unwrap(), &small));
        assert!(!reads_as_words(&Name::parse("Donna Rose").unwrap(), &small));
    }
}
