//! The day on which somebody looked at a page: `Accessed 12 April 2019`, `(дата обращения: 12.03.2019)`. It is no
//! date of the work.

use super::label::Label;
use super::token::{Mark, Shape, Token};

/// Words after which a date is one of access: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish,
/// Turkish, Russian, Belarusian, Ukrainian, Kazakh, Uzbek.
const VERBS: &str = "accessed access retrieved retrieval abgerufen aufgerufen zugegriffen zugriff abruf eingesehen \
    consulté consultée consultés accédé visité consultado consultada consulta recuperado acesso acessado consultato \
    consultata geraadpleegd geopend dostęp dostępu erişim erişildi обращения доступа просмотра обращение доступу \
    звярнення звернення перегляду күні sanasi санаси";

/// Words that may as well belong to a title: a day and a month, or square brackets, must follow.
const WEAK_VERBS: &str = "viewed visited seen checked cited consulted downloaded read last";

/// Words that may be between the verb and the date, or belong to it.
const FILLERS: &str =
    "on at the of date am vom den le la el em il op dnia z de tarihi от на last accessed and";

/// Words before the verb that belong to it.
const LEADS: &str = "last date page site дата дате data fecha letzter zuletzt page қаралған жүгінген murojaat \
    мурожаат on of";

fn is_one_of(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|known| known == word)
}

/// Gives dates of access, with the words around them, the label of a note, and addresses among words their own.
pub(super) fn mark(tokens: &[Token<'_>], labels: &mut [Label]) {
    for at in 0..tokens.len() {
        let word = tokens[at].word.as_str();
        let weak = is_one_of(word, WEAK_VERBS);
        if !weak && !is_one_of(word, VERBS) {
            continue;
        }
        let Some(end) = date_after(tokens, at + 1) else { continue };
        let bracketed = tokens[at].text.starts_with(['[', '(']);
        if weak && !bracketed && !is_full(&tokens[at + 1..end]) {
            continue;
        }
        let leads = tokens[..at].iter().rev().take(3).take_while(|t| is_one_of(&t.word, LEADS)).count();
        labels[at - leads..end].fill(Label::Note);
    }
    after_address(tokens, labels);
    let wordy =
        |label: Label| matches!(label, Label::Title | Label::Book | Label::Journal | Label::Publisher);
    for (token, label) in tokens.iter().zip(labels.iter_mut()) {
        if token.shape == Shape::Url && wordy(*label) {
            *label = Label::Url;
        }
    }
}

/// Where the date ends that begins at `from`, words between aside; `None` when none begins there.
fn date_after(tokens: &[Token<'_>], from: usize) -> Option<usize> {
    let mut end = from;
    let mut dated = false;
    for (at, token) in tokens.iter().enumerate().skip(from).take(9) {
        if is_part_of_date(token) {
            (dated, end) = (true, at + 1);
            let closed = matches!(token.end, Mark::Bracket | Mark::BracketStop | Mark::BracketComma);
            let whole = token.shape == Shape::Year || is_number_date(token.text);
            if closed || whole && matches!(token.end, Mark::Stop | Mark::Semicolon) {
                break;
            }
        } else if !(is_one_of(&token.word, FILLERS) || token.word.is_empty()) {
            break;
        }
    }
    dated.then_some(end)
}

/// `12`, `3rd`, `April`, `2019`, `12.04.2019`, `2019-04-12`.
fn is_part_of_date(token: &Token<'_>) -> bool {
    let day = token.word.trim_end_matches(|c: char| c.is_alphabetic());
    let is_day =
        (1..=2).contains(&day.len()) && day.bytes().all(|b| b.is_ascii_digit()) && token.word.len() <= 4;
    matches!(token.shape, Shape::Year | Shape::Month) || is_day || is_number_date(token.text)
}

/// A date all of numbers, such as `12.04.2019`.
fn is_number_date(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = bare.split(['.', '/', '-', '–']).collect();
    parts.len() == 3
        && parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()))
        && parts.iter().any(|p| p.len() != 4)
}

fn is_full(date: &[Token<'_>]) -> bool {
    date.iter().any(|t| t.shape == Shape::Month) || date.iter().any(|t| is_number_date(t.text))
}

/// A whole date in brackets right after an address says when that was looked at.
fn after_address(tokens: &[Token<'_>], labels: &mut [Label]) {
    for at in 1..tokens.len() {
        let opens = tokens[at].text.starts_with(['[', '(']);
        if !opens || !matches!(tokens[at - 1].shape, Shape::Url | Shape::Doi) || !is_part_of_date(&tokens[at])
        {
            continue;
        }
        let Some(end) = date_after(tokens, at).filter(|end| is_full(&tokens[at..*end])) else { continue };
        if tokens[end - 1].text.contains([']', ')']) {
            labels[at..end].fill(Label::Note);
        }
    }
}
