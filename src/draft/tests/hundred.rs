//! A draft of quotations of known state, made out of the seeds.

use super::*;

const SEEDS: [&str; 5] = [
    include_str!("../../../seeds/000_4b9742454827f352.txt"),
    include_str!("../../../seeds/001_25abecbbab1b4f3c.txt"),
    include_str!("../../../seeds/002_1c29400f0bab3aa4.txt"),
    include_str!("../../../seeds/003_ba11e397face5f67.txt"),
    include_str!("../../../seeds/004_56c17d5bf4847eda.txt"),
];
/// Words of each quotation.
const LENGTH: usize = 16;

/// Sixteen plain words in a row of each passage that has them: the source, and the words.
fn stretches(corpus: &Memory) -> Vec<(String, Vec<String>)> {
    let mut stretches = Vec::new();
    for (s, passages) in &corpus.0 {
        for p in passages {
            let words: Vec<String> = p.text.split(' ').map(str::to_owned).collect();
            let clean = |w: &String| w.chars().all(|c| c.is_alphanumeric() || ",’'".contains(c));
            if let Some(w) = words.windows(LENGTH).find(|w| w.iter().all(clean)) {
                stretches.push((s.key.to_string(), w.to_vec()));
            }
        }
    }
    stretches
}

/// What is done to a quotation, and the verdict it must have.
fn treat(corpus: &Memory, how: usize, n: usize, w: &mut Vec<String>, key: &mut String) -> Verdict {
    match how {
        0 => Verdict::Verbatim,
        // Line-wrapped, with the indent of a list.
        1 => {
            w[4].insert_str(0, "\n   ");
            Verdict::Verbatim
        }
        // Elided.
        2 => {
            w.splice(5..9, [["[…]", "…", "...", "[...]"][n % 4].to_owned()]);
            Verdict::Verbatim
        }
        // A word put in.
        3 => {
            w.insert(6, "[sic]".to_owned());
            Verdict::Verbatim
        }
        4 => {
            w[7] = "zebra".to_owned();
            Verdict::Altered
        }
        5 => {
            w.insert(8, "not".to_owned());
            Verdict::Altered
        }
        6 => {
            w[9] = "77123".to_owned();
            Verdict::Altered
        }
        7 => {
            w.remove(6);
            Verdict::Altered
        }
        8 => {
            // The seeds share some sentences: a source that does not have this one.
            let quote = w.join(" ");
            let has = |passages: &[StoredPassage]| {
                !source_text::SourceText::new(passages.to_vec()).verbatim(&quote).is_empty()
            };
            let other = corpus.0.iter().find(|(_, passages)| !has(passages));
            *key = other.map(|(s, _)| s.key.to_string()).unwrap();
            Verdict::Elsewhere
        }
        _ => {
            *w = (0..12).map(|k| format!("blorb{k}{n}x")).collect();
            Verdict::Missing
        }
    }
}

#[test]
fn a_draft_of_a_hundred_quotations_from_each_seed() {
    let corpus = Memory(SEEDS.iter().enumerate().map(|(i, t)| source(&format!("s{i}"), t)).collect());
    let stretches = stretches(&corpus);
    let sources: std::collections::BTreeSet<&str> = stretches.iter().map(|(k, _)| k.as_str()).collect();
    assert_eq!(sources.len(), 5, "every seed is quoted: {sources:?}");
    let (mut text, mut expected) = (String::new(), Vec::new());
    let marks = [("“", "”"), ("\"", "\""), ("‘", "’"), ("«", "»"), ("„", "“")];
    for (n, (key, words)) in stretches.iter().enumerate() {
        for how in 0..10 {
            let (mut w, mut key) = (words.clone(), key.clone());
            let verdict = treat(&corpus, how, n, &mut w, &mut key);
            let (open, close) = marks[(n + how) % marks.len()];
            // Curly for straight quotes and the other way round.
            let mut quote = w.join(" ");
            quote = if n % 2 == 0 { quote.replace('’', "'") } else { quote.replace('\'', "’") };
            expected.push(verdict);
            text.push_str(&format!("One says {open}{quote}{close} [@{key}].\n\n"));
        }
    }
    assert!(expected.len() >= 100, "{}", expected.len());
    let findings = check(&Draft::parse(&text, Syntax::Markdown), &corpus, &Waivers::default()).unwrap();
    let quotes: Vec<&Finding> = findings.iter().filter(|f| f.quote.is_some()).collect();
    assert_eq!(quotes.len(), expected.len());
    for (finding, verdict) in quotes.iter().zip(expected) {
        assert_eq!(finding.verdict, verdict, "{finding:?}");
    }
}

/// The negations of the seeds, dropped one by one, and their numbers, changed one by one.
#[test]
fn no_dropped_negation_and_no_changed_number_passes() {
    let corpus = Memory(SEEDS.iter().enumerate().map(|(i, t)| source(&format!("s{i}"), t)).collect());
    let (mut text, mut cases) = (String::new(), 0);
    for (s, passages) in &corpus.0 {
        for p in passages {
            let words: Vec<&str> = p.text.split(' ').collect();
            for (i, word) in words.iter().enumerate() {
                let (from, to) = (i.saturating_sub(6), (i + 7).min(words.len()));
                if to - from < 10
                    || words[from..to].iter().any(|w| w.contains(['"', '“', '”', '[', ']', '‘', '…']))
                {
                    continue;
                }
                let mut quote: Vec<String> = words[from..to].iter().map(|w| (*w).to_owned()).collect();
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                if matches!(bare, "not" | "no" | "never" | "without") {
                    quote.remove(i - from);
                } else if bare.len() > 1 && bare.bytes().all(|b| b.is_ascii_digit()) {
                    let digit = if bare.ends_with('7') { "8" } else { "7" };
                    let changed = format!("{}{digit}", &bare[..bare.len() - 1]);
                    quote[i - from] = word.replace(bare, &changed);
                } else {
                    continue;
                }
                cases += 1;
                text.push_str(&format!("One says “{}” [@{}].\n\n", quote.join(" "), s.key));
            }
        }
    }
    assert!(cases > 50, "{cases}");
    let findings = check(&Draft::parse(&text, Syntax::Markdown), &corpus, &Waivers::default()).unwrap();
    for finding in findings.iter().filter(|f| f.quote.is_some()) {
        assert_eq!(finding.verdict, Verdict::Altered, "{finding:?}");
    }
}
