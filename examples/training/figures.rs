//! Figures of how well entries are labelled.

use ibid::bibliography::references::Label;
use ibid::bibliography::references::token::Token;
use ibid::passage::ParsedReference;
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

/// A field as text.
fn field(parsed: &ParsedReference, name: &str) -> String {
    match name {
        "authors" => parsed.authors.join(" "),
        "issued" => parsed.issued.clone().unwrap_or_default(),
        "title" => parsed.title.clone().unwrap_or_default(),
        "container" => parsed.container.clone().unwrap_or_default(),
        _ => parsed.url.clone().unwrap_or_default(),
    }
}

/// How often each word stands in a text; joining words aside.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        let word = word.to_lowercase();
        if !["", "and", "in", "retrieved", "from"].contains(&word.as_str()) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

/// The first years of a text, each once.
fn years(text: &str, most: usize) -> BTreeMap<String, usize> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4);
    digits.take(most).map(|year| (year.to_owned(), 1)).collect()
}

impl Figures {
    /// Adds an entry.
    pub fn count(&mut self, tokens: &[Token<'_>], gold: &[usize], got: &[Label], parsed: &ParsedReference) {
        for (gold, got) in gold.iter().zip(got) {
            self.tokens += 1;
            if *gold == *got as usize {
                self.right += 1;
            } else {
                *self.confusions.entry((Label::ALL[*gold], *got)).or_default() += 1;
            }
        }
        for ((name, labels), row) in FIELDS.iter().zip(&mut self.fields) {
            let wanted =
                tokens.iter().zip(gold).filter(|(_, gold)| labels.iter().any(|l| *l as usize == **gold));
            let wanted: Vec<&str> = wanted.map(|(token, _)| token.text).collect();
            let given = field(parsed, name);
            let (wanted, given) = match *name {
                "issued" => (years(&wanted.join(" "), usize::MAX), years(&given, 1)),
                _ => (words(&wanted.join(" ")), words(&given)),
            };
            row[0] += wanted.iter().map(|(word, n)| n.min(given.get(word).unwrap_or(&0))).sum::<usize>();
            row[1] += given.values().sum::<usize>();
            row[2] += wanted.values().sum::<usize>();
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
