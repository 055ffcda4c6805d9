//! Which front lines name the authors: lines of capitalised words may as well be headings, labels, or the people on a
//! letterhead. How the text writes their words tells.

use super::{byline, labelled};
use crate::bibliography::Name;
use crate::passage::{Passage, Segmented};
use std::collections::HashSet;

/// More names than that without a word that says they are the authors' are a letterhead or a list.
const MOST: usize = 12;
/// How much of the text is looked at, in bytes.
const REACH: usize = 60_000;

/// Words of labels and headings, in small letters, that a short text may not use elsewhere.
const LABELS: &str = " abstract agenda annex appendix attribution chapter committee contents copyright document draft \
    embargo excellency executive figure foreword her his honourable introduction index instruments memorandum minutes \
    non note notes page part policy preface press press-release release report section speech statement subject summary table the \
    title transcript your ";

/// The authors that unlabelled lines of the front matter name.
pub(super) fn authors<'p>(lines: impl Iterator<Item = &'p Passage>, segmented: &Segmented) -> Vec<Name> {
    let lines: Vec<(bool, Vec<Name>)> = lines
        .map(|line| (has_lead(&line.text), byline::names(labelled::names(line))))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let written = Written::of(lines.iter().flat_map(|(_, names)| names), segmented);
    let led: Vec<Name> = lines.iter().filter(|(led, _)| *led).flat_map(|(_, names)| names.clone()).collect();
    if !led.is_empty() {
        return led;
    }
    let is_person = |name: &Name| !written.are_common(name) && has_parts(name);
    let plain = lines.into_iter().map(|(_, names)| names);
    // A line with one thing that is no person is no line of authors up to there.
    let named: Vec<Name> =
        plain.filter(|names| names.first().is_some_and(is_person)).flatten().filter(is_person).collect();
    if named.len() > MOST { Vec::new() } else { named }
}

/// Returns true if and only if the title consists of names only, none of whose words the text writes small, and other
/// lines of names stand below it: a letterhead.
pub(super) fn is_letterhead<'p>(
    title: &str,
    lines: impl Iterator<Item = &'p Passage>,
    segmented: &Segmented,
) -> bool {
    let others = lines.filter(|line| !has_lead(&line.text) && !byline::names(&line.text).is_empty()).count();
    let names = byline::names(title);
    if others < 2 || names.is_empty() || title.split_whitespace().count() > 6 {
        return false;
    }
    let written = Written::of(names.iter(), segmented);
    names.iter().all(|name| words(name).all(|word| !written.small.contains(&word)))
}

/// `By …`: the line itself says that it names the authors.
fn has_lead(text: &str) -> bool {
    let first =
        text.trim_start_matches(|c: char| !c.is_alphabetic()).split([' ', ':']).next().unwrap_or_default();
    ["by", "written", "authored", "reported", "author", "authors", "от", "автор", "авторы"]
        .contains(&first.to_lowercase().as_str())
}

/// A person's name has two parts in scripts with case.
fn has_parts(name: &Name) -> bool {
    let whole = name.display();
    whole.split_whitespace().count() > 1 || !whole.chars().any(|c| c.is_uppercase() || c.is_lowercase())
}

/// The words of a name that are no initials, in small letters.
fn words(name: &Name) -> impl Iterator<Item = String> {
    let parts = [&name.given, &name.family, &name.literal].into_iter().flatten();
    let words: Vec<String> = parts
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_lowercase)
        .collect();
    words.into_iter()
}

/// Which words of the names the running text writes in small letters.
struct Written {
    small: HashSet<String>,
}

impl Written {
    fn of<'n>(names: impl Iterator<Item = &'n Name>, segmented: &Segmented) -> Written {
        let mut wanted: HashSet<String> = names.flat_map(words).collect();
        let mut small = HashSet::new();
        let mut budget = REACH;
        for passage in segmented.passages.iter().filter(|p| p.kind.is_citable()) {
            let found = wanted.extract_if(|word| stands_in(&passage.text, word));
            small.extend(found);
            budget = budget.saturating_sub(passage.text.len());
            if budget == 0 {
                break;
            }
        }
        Written { small }
    }

    /// Returns true if and only if all words of the name are ordinary words: written small in the text, or of labels.
    fn are_common(&self, name: &Name) -> bool {
        let is_label = |word: &str| LABELS.split_whitespace().any(|label| label == word);
        let mut any = false;
        let all = words(name).all(|word| {
            any = true;
            self.small.contains(&word) || is_label(&word)
        });
        any && all
    }
}

/// Returns true if and only if `word` is in `text` as a whole word.
fn stands_in(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word).any(|at| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}
