//! What a person must be told of changed or hidden words: negations, numbers, dates, names.

use super::fold::bare;
use super::source_text::Hidden;
use crate::bibliography::month_number;

/// Words that turn a sentence round, without apostrophes.
const NEGATIONS: [&str; 21] = [
    "not", "no", "never", "nor", "none", "neither", "without", "cannot", "nobody", "nothing", "nowhere",
    "hardly", "barely", "scarcely", "rarely", "seldom", "nicht", "kein", "keine", "не", "нет",
];
/// Words that are capitalised at the start of a sentence and are no names.
const COMMON: &str = " the a an this that these those it its he she they we i you his her their our in on at by for \
    from to of with as and but or if when while where there after before since although though because however \
    moreover thus hence also all some most many much both each such one two three during under over into upon ";
/// Words that are numbers, or say how large the number before them is.
const NUMBERS: &str = " two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands \
    million millions billion billions trillion trillions lakh lakhs crore crores dozen dozens first second third fourth \
    fifth sixth seventh eighth ninth tenth half quarter twice thrice double triple ";
/// Prefixes that negate what they stand before, and how long that must be so that they are not a part of it: `income`.
const NEGATING: [(&str, usize); 7] =
    [("un", 4), ("dis", 4), ("non", 4), ("in", 5), ("im", 5), ("il", 5), ("ir", 5)];
/// Words beside the cut that an ellipsis makes.
const BESIDE: usize = 2;
/// More words than this are more than brackets usually stand for.
const FEW: usize = 4;

/// Returns true if and only if the folded word negates.
pub fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&bare(word).as_str()) || word.to_lowercase().contains("n't")
}

fn is_month(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && month_number(&bare(word)).is_some()
}

fn is_number(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// Returns true if and only if the word is a number in figures or in words, `twenty-five`.
fn is_count(word: &str) -> bool {
    let named = |part: &str| !part.is_empty() && NUMBERS.contains(&format!(" {part} "));
    is_number(word) || word.to_lowercase().split('-').any(|part| named(&bare(part)))
}

fn is_name(word: &str) -> bool {
    let plain = word.trim_start_matches(['\'', '(', '[']);
    plain.starts_with(char::is_uppercase)
        && !is_month(word)
        && !is_negation(word)
        && !COMMON.split_whitespace().any(|c| c == bare(word))
}

/// Tells words of one sort.
type Test = fn(&str) -> bool;

fn of(text: &str, test: Test) -> Vec<String> {
    text.split(' ').filter(|w| test(w)).map(bare).collect()
}

/// Returns true if and only if one of the words is the other with a negating prefix: `possible`, `impossible`.
fn turned_round(old: &str, new: &str) -> bool {
    let (old, new) = (bare(old), bare(new));
    let (short, long) = if old.len() < new.len() { (old, new) } else { (new, old) };
    let length = short.chars().count();
    NEGATING
        .iter()
        .any(|(prefix, least)| length >= *least && long.strip_prefix(prefix) == Some(short.as_str()))
}

/// What must be said of runs of words that the source has and the draft has instead.
pub fn grave(differences: &[(String, String)]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for (old, new) in differences {
        let tests: [(&str, Test); 4] =
            [("a negation", is_negation), ("a number", is_count), ("a date", is_month), ("a name", is_name)];
        for (what, test) in tests {
            let (before, after) = (of(old, test), of(new, test));
            // A word that is only capitalised differently is no other name.
            let recased = what == "a name" && bare(old) == bare(new);
            let turned = what == "a negation" && turned_round(old, new);
            if (before == after || recased) && !turned {
                continue;
            }
            let verb = match (before.is_empty(), after.is_empty()) {
                _ if turned && before == after && old.len() > new.len() => "dropped",
                _ if turned && before == after => "added",
                (_, true) => "dropped",
                (true, _) => "added",
                _ => "changed",
            };
            let line = format!("{what} was {verb}");
            if !said.contains(&line) {
                said.push(line);
            }
        }
    }
    said
}

/// What a place hides: what makes its quotation an altered one, and what a person should know all the same.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Concealed {
    /// Changes of meaning.
    pub grave: Vec<String>,
    /// Worth a look.
    pub notes: Vec<String>,
}

/// What the ellipses and brackets of a quotation hide at a place.
pub fn concealed(hidden: &[Hidden]) -> Concealed {
    let mut concealed = Concealed::default();
    for Hidden { gap, text } in hidden {
        let words: Vec<&str> = text.split(' ').filter(|w| !bare(w).is_empty()).collect();
        let negations = words.iter().filter(|w| is_negation(w)).count();
        if gap.ellipsis && gap.words.is_empty() {
            let edge = words.iter().take(BESIDE).chain(words.iter().rev().take(BESIDE));
            if negations > 0 && words.len() <= BESIDE {
                concealed.grave.push(format!("the ellipsis leaves out a negation, “{text}”"));
            } else if edge.into_iter().any(|w| is_negation(w)) {
                concealed.notes.push(format!("a negation stands beside the cut: “{}”", ends(&words)));
            }
            continue;
        }
        let own = of(&gap.words, is_negation).len();
        if negations > own {
            concealed.grave.push(format!("the brackets hide a negation, “{text}”"));
        } else if own > negations {
            concealed.notes.push(format!("the brackets add a negation, “{}”", gap.words));
        }
        let numbers = of(&gap.words, is_number);
        if of(text, is_number).iter().any(|n| !numbers.contains(n)) {
            concealed.grave.push(format!("the brackets hide a number, “{text}”"));
        }
        if words.len() > FEW && !gap.ellipsis {
            concealed.notes.push(format!("the brackets stand for {} words, “{text}”", words.len()));
        }
    }
    concealed
}

/// The first and last words of a run.
fn ends(words: &[&str]) -> String {
    if words.len() <= 2 * BESIDE {
        return words.join(" ");
    }
    let (first, rest) = words.split_at(BESIDE);
    let last = rest.get(rest.len() - BESIDE..).unwrap_or_default();
    format!("{} … {}", first.join(" "), last.join(" "))
}
