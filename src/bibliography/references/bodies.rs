//! Bodies as authors: `Ministry of Foreign Affairs of the Republic of Belarus (2021, March 4).` The model has seen
//! few of them, and their names look much like titles.

use super::label::Label;
use super::token::{Mark, Shape, Token, tokenize};

/// Words of which one is among the first of a body's name.
const BODIES: &str = "ministry ministries embassy consulate government parliament senate assembly council commission \
    committee department directorate agency authority office bureau secretariat court bank fund union federation \
    league association organization organisation institute institution university academy centre center board \
    administration service cabinet chamber mission delegation republic kingdom commonwealth society foundation \
    corporation inspectorate registry treasury ministère ministerio ministério ambassade embajada gouvernement \
    gobierno governo conseil consejo comité bundesministerium ministerium botschaft regierung \
    auswärtiges bundesamt министерство посольство правительство парламент комитет совет комиссия департамент \
    агентство управление служба банк федерация администрация суд министрлігі міністэрства міністерство пасольства \
    bakanlığı vazirligi вазорати вазирлиги";

/// Offices that people hold: a body only with `of` and what they are at the head of.
const OFFICES: &str = "president chancellor governor minister premier king queen emir sultan président präsident \
    presidente президент прэзідэнт";

/// Small words within names.
const SMALL: &str = "of the and for de la le les du des del do da dos das di et y e und für der die den in on to at \
    von zu s & и по";

/// A body's name has at most this many words.
const MOST: usize = 24;

fn is_one_of(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|known| known == word)
}

/// What ends the words at the beginning of an entry.
#[derive(Clone, Copy, PartialEq)]
enum Close {
    /// A date in brackets, or a year of its own.
    Date,
    /// An opening quotation mark.
    Quote,
    /// A stop.
    Stop,
}

/// Gives the words at the beginning of the entry the label of an author when they name a body.
pub(super) fn mark(tokens: &[Token<'_>], labels: &mut [Label]) {
    let start = labels.iter().take_while(|label| **label == Label::Number).count();
    let Some((end, close)) = head(tokens, start) else { return };
    let name = &tokens[start..end];
    let titled = || labels[end..].contains(&Label::Title);
    if names_body(name) && (close != Close::Stop || titled()) {
        labels[start..end].fill(Label::Author);
    }
}

/// Returns true if and only if all of `text` is the name of a body.
pub(super) fn is_named_in(text: &str) -> bool {
    names_body(&tokenize(text))
}

/// Where the words at the beginning end, and with what.
fn head(tokens: &[Token<'_>], start: usize) -> Option<(usize, Close)> {
    for (at, token) in tokens.iter().enumerate().skip(start + 1).take(MOST) {
        let before = tokens.get(at - 1)?;
        let next = tokens.get(at + 1);
        let year = |t: &Token<'_>| t.shape == Shape::Year;
        let bracketed = token.start == Mark::Bracket
            && (year(token)
                || token.shape == Shape::Month
                || token.word.starts_with("n.d")
                || next.is_some_and(year));
        if bracketed || year(token) && before.end != Mark::None {
            return Some((at, Close::Date));
        }
        if token.start == Mark::Quote && before.end != Mark::None {
            return Some((at, Close::Quote));
        }
        let stop = before.end == Mark::Stop && !before.is_initial() && before.word.chars().count() > 2;
        if stop {
            return Some((at, Close::Stop));
        }
    }
    None
}

/// Returns true if and only if these words name a body: a noun for one is among the first, and every word has a
/// capital or joins others.
fn names_body(name: &[Token<'_>]) -> bool {
    let Some(first) = name.first() else { return false };
    let capital = |token: &Token<'_>| {
        let letter = token.text.chars().find(|c| c.is_alphabetic());
        letter.is_some_and(char::is_uppercase)
    };
    let cyrillic = first.word.chars().any(|c| ('а'..='я').contains(&c));
    let small = |token: &Token<'_>| is_one_of(&token.word, SMALL) || token.text == "&" || cyrillic;
    let plain = |token: &Token<'_>| {
        !matches!(token.end, Mark::Colon | Mark::Question | Mark::Slashes) && token.start != Mark::Quote
    };
    let in_office = is_one_of(&first.word, OFFICES)
        && name
            .get(1)
            .is_some_and(|t| cyrillic || matches!(t.word.as_str(), "of" | "de" | "du" | "der" | "des"));
    // Russian names begin with the noun; English ones may have words before it: `The State Statistics Committee`.
    let near = if cyrillic { 1 } else { 5 };
    let body = name.iter().take(near).any(|t| is_one_of(&t.word, BODIES));
    let tied = name.len() <= 2 || name.iter().any(|t| matches!(t.end, Mark::None)) && !has_initials(name);
    capital(first) && (body || in_office) && tied && name.iter().all(|t| plain(t) && (capital(t) || small(t)))
}

/// Returns true if and only if a person's initials are among the words: `Court, A. B.`
fn has_initials(name: &[Token<'_>]) -> bool {
    name.windows(2)
        .any(|pair| pair[0].end == Mark::Comma && pair[1].is_initial() && pair[1].text.contains('.'))
}
