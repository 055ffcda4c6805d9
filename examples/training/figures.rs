//! Figures of how well entries are labelled.

use ibid::bibliography::references::Label;
use ibid::bibliography::references::token::Token;
use std::collections::BTreeMap;

/// The fields that are scored, with the labels that make them.
const FIELDS: [(&str, &[Label]); 5] = [
    ("authors", &[Label::Author]),
    ("issued", &[Label::Date]),
    ("title", &[Label::Title]),
    ("container", &[Label::Book, Label::Journal]),
    ("url", &[Label::Url]),
];

/// Words right, given and wanted by field; of a date, its years.
#[derive(Default)]
pub struct Figures {
    fields: [[usize; 3]; FIELDS.len()],
    right: usize,
    tokens: usize,
    confusions: BTreeMap<(Label, Label), usize>,
}

/// The years in the tokens that `has` picks.
fn years<'t>(tokens: &'t [Token<'_>], has: impl Fn(usize) -> bool) -> Vec<&'t str> {
    let year = |word: &'t str| {
        let at = word.as_bytes().windows(4).position(|w| w.iter().all(u8::is_ascii_digit))?;
        word.get(at..at + 4)
    };
    (0..tokens.len()).filter(|i| has(*i)).filter_map(|i| year(&tokens[i].word)).collect()
}

impl Figures {
    /// Adds an entry.
    pub fn count(&mut self, tokens: &[Token<'_>], gold: &[usize], got: &[Label]) {
        for (gold, got) in gold.iter().zip(got) {
            self.tokens += 1;
            if *gold == *got as usize {
                self.right += 1;
            } else {
                *self.confusions.entry((Label::ALL[*gold], *got)).or_default() += 1;
            }
        }
        for ((name, labels), row) in FIELDS.iter().zip(&mut self.fields) {
            let wanted = |i: usize| labels.iter().any(|l| *l as usize == gold[i]);
            let given = |i: usize| labels.contains(&got[i]);
            if *name == "issued" {
                let (mut want, have) = (years(tokens, wanted), years(tokens, given));
                want.sort();
                want.dedup();
                row[0] += usize::from(have.first().is_some_and(|year| want.contains(year)));
                row[1] += have.len().min(1);
                row[2] += want.len();
                continue;
            }
            for (i, token) in tokens.iter().enumerate() {
                let words = token.text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                let plain =
                    |w: &&str| !["", "and", "in", "retrieved", "from"].contains(&w.to_lowercase().as_str());
                let words = words.filter(plain).count();
                row[0] += if wanted(i) && given(i) { words } else { 0 };
                row[1] += if given(i) { words } else { 0 };
                row[2] += if wanted(i) { words } else { 0 };
            }
        }
    }

    /// Prints the figures and what is most often taken for what.
    pub fn print(&self) {
        println!("tokens     {:.4} right", self.right as f64 / self.tokens as f64);
        let mut sum = 0.0;
        for ((name, _), [right, given, wanted]) in FIELDS.iter().zip(&self.fields) {
            let (precision, recall) = (*right as f64 / *given as f64, *right as f64 / *wanted as f64);
            let f1 = 2.0 * precision * recall / (precision + recall);
            sum += f1;
            println!("{name:10} F1 {f1:.4}  P {precision:.4}  R {recall:.4}");
        }
        println!("mean       F1 {:.4}", sum / FIELDS.len() as f64);
        let mut confusions: Vec<_> = self.confusions.iter().collect();
        confusions.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for ((gold, got), count) in confusions.iter().take(12) {
            println!("           {gold:?} read as {got:?}: {count}");
        }
    }
}
