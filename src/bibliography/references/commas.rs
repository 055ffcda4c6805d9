//! Entries with commas throughout: `Marlow, J., 2012, Rural Credit, Working Paper, University of Lima`.

use super::label::Label;
use super::token::{Mark, Shape, Token};

/// Words before `paper` and its like that make it the name of a kind of work.
const KINDS: [&str; 10] = [
    "working",
    "discussion",
    "policy",
    "research",
    "staff",
    "technical",
    "occasional",
    "conference",
    "term",
    "white",
];

/// Repairs what the model read of an entry in which commas part everything: the kind of work is no part of the
/// title or of the publisher, and the words after the year are the title when the model saw none.
pub(super) fn mark(tokens: &[Token<'_>], labels: &mut [Label]) {
    let year =
        tokens.iter().position(|t| t.shape == Shape::Year && t.end == Mark::Comma && t.start == Mark::None);
    let Some(year) = year.filter(|year| *year > 0) else { return };
    if labels[year] != Label::Date {
        return;
    }
    let mut start = year + 1;
    let stretches = tokens[start..].iter().enumerate().filter(|(_, t)| ends(t)).map(|(i, _)| year + 2 + i);
    for end in stretches.collect::<Vec<_>>() {
        let stretch = start..end;
        start = end;
        if stretch.start > year + 1 && names_kind(&tokens[stretch.clone()]) {
            relabel(&mut labels[stretch.clone()], Label::Genre);
        }
    }
    let end = tokens[year + 1..].iter().position(ends).map_or(tokens.len(), |i| year + 2 + i);
    let more = labels.get(end..).unwrap_or_default();
    let held = more.iter().any(|l| matches!(l, Label::Publisher | Label::Journal | Label::Book));
    if !labels.contains(&Label::Title) && held && end - year > 2 {
        relabel(&mut labels[year + 1..end], Label::Title);
    }
}

fn ends(token: &Token<'_>) -> bool {
    matches!(token.end, Mark::Comma | Mark::CommaQuote | Mark::BracketComma)
}

/// `Working Paper`, `Discussion Paper No. 45`, `Ph.D. thesis`, `Mimeo`.
fn names_kind(stretch: &[Token<'_>]) -> bool {
    let words: Vec<&str> = stretch.iter().map(|t| t.word.as_str()).collect();
    let paper =
        words.windows(2).any(|pair| KINDS.contains(&pair[0]) && matches!(pair[1], "paper" | "papers"));
    let alone = matches!(
        words.as_slice(),
        ["mimeo" | "manuscript"] | ["unpublished", _] | [_, "thesis" | "dissertation"]
    );
    words.len() <= 8 && (paper || alone)
}

/// Gives the words that the model took for words of the title, the publisher or the holder another label.
fn relabel(labels: &mut [Label], to: Label) {
    let wordy = |label: &&mut Label| {
        matches!(
            **label,
            Label::Title
                | Label::Publisher
                | Label::Book
                | Label::Series
                | Label::Journal
                | Label::Other
                | Label::Volume
        )
    };
    labels.iter_mut().filter(wordy).for_each(|label| *label = to);
}
