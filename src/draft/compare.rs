//! Finding a quotation in one source: exactly, or by aligning words.

use super::fold::{Piece, bare, fold, pieces};
use crate::index::StoredPassage;
use crate::passage::{Kind, Ordinal};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Stands between texts that no quotation may run across.
const BREAK: &str = " \u{1e} ";
/// Longest quotation, in words, that is aligned as a whole.
const LONGEST: usize = 800;
/// Words of the source before and behind the guessed place that an alignment looks at.
const MARGIN: usize = 12;
/// How many tries an elided quotation has.
const TRIES: usize = 20_000;

/// The folded text of a source.
pub struct SourceText {
    text: String,
    starts: Vec<(usize, usize)>,
    /// The passages, in document order.
    pub passages: Vec<StoredPassage>,
    words: Vec<Range<usize>>,
    places: HashMap<String, Vec<usize>>,
}

/// An approximate place of a quotation.
#[derive(Debug, Clone)]
pub struct Near {
    /// Share of the quotation's words that stand there.
    pub similarity: f64,
    /// Byte in the source text where it starts.
    pub at: usize,
    /// Runs that differ: words of the source, words of the quotation.
    pub differences: Vec<(String, String)>,
}

impl SourceText {
    /// Running text first, so that quotations may run over passages; then notes, headings and the rest, each alone.
    pub fn new(passages: Vec<StoredPassage>) -> SourceText {
        let running =
            |p: &StoredPassage| matches!(p.kind, Kind::Body | Kind::Abstract | Kind::List | Kind::Table);
        let mut text = String::new();
        let mut starts = Vec::new();
        for wanted in [true, false] {
            for (index, passage) in passages.iter().enumerate().filter(|(_, p)| running(p) == wanted) {
                text.push_str(if wanted { " " } else { BREAK });
                starts.push((text.len(), index));
                text.push_str(&fold(&passage.text));
            }
        }
        let mut words = Vec::new();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        let mut at = 0;
        for word in text.split(' ') {
            if !word.is_empty() {
                places.entry(bare(word)).or_default().push(words.len());
                words.push(at..at + word.len());
            }
            at += word.len() + 1;
        }
        SourceText { text, starts, passages, words, places }
    }

    /// The passage at a byte of the folded text.
    pub fn passage_at(&self, at: usize) -> Option<&StoredPassage> {
        let after = self.starts.partition_point(|(start, _)| *start <= at);
        let (_, index) = self.starts.get(after.checked_sub(1)?)?;
        self.passages.get(*index)
    }

    /// Where the quotation stands verbatim: all places, in order, as ranges of the folded text.
    pub fn verbatim(&self, quote: &str) -> Vec<Range<usize>> {
        let folded = fold(quote);
        // Closing punctuation may be the writer's: American style puts it within the quotation marks.
        let cut = folded.trim_end_matches('\'').strip_suffix([',', '.']).unwrap_or(&folded).trim_end();
        let mut forms = vec![folded.as_str()];
        if cut != folded && !cut.ends_with('.') {
            forms.push(cut);
        }
        for form in &forms {
            let whole = [Piece::Text((*form).to_owned())];
            for parts in [whole.to_vec(), pieces(form)] {
                let found = self.find_pieces(&parts);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn find_pieces(&self, parts: &[Piece]) -> Vec<Range<usize>> {
        let parts: &[Piece] = match parts {
            [Piece::Gap(_), rest @ ..] => rest,
            all => all,
        };
        if !parts.iter().any(|p| matches!(p, Piece::Text(_))) {
            return Vec::new();
        }
        let needle = |p: &Piece| match p {
            Piece::Text(text) => vec![text.clone()],
            Piece::Letter(c) => vec![c.to_lowercase().to_string(), c.to_uppercase().to_string()],
            Piece::Gap(_) => Vec::new(),
        };
        // A changed letter and the word it begins are one needle in two cases.
        let mut steps: Vec<(Vec<String>, usize)> = Vec::new();
        let mut gap = 0;
        let mut letter: Option<Vec<String>> = None;
        for part in parts {
            match part {
                Piece::Gap(n) => gap = gap.max(*n),
                Piece::Letter(_) => letter = Some(needle(part)),
                Piece::Text(text) => {
                    let forms = match letter.take() {
                        Some(letters) => letters.into_iter().map(|l| l + text).collect(),
                        None => needle(part),
                    };
                    // Behind words without a gap stands only the space.
                    steps.push((forms, gap.max(2)));
                    gap = 0;
                }
            }
        }
        let mut found = Vec::new();
        let mut tries = TRIES;
        let Some((first, rest)) = steps.split_first() else { return found };
        for form in &first.0 {
            for (at, _) in self.text.match_indices(form.as_str()) {
                let end = at + form.len();
                if self.is_whole(at, end)
                    && let Some(end) = self.follow(end, rest, &mut tries)
                {
                    found.push(at..end);
                }
            }
        }
        found.sort_by_key(|r| r.start);
        found
    }

    fn follow(&self, from: usize, steps: &[(Vec<String>, usize)], tries: &mut usize) -> Option<usize> {
        let Some(((forms, gap), rest)) = steps.split_first() else { return Some(from) };
        for form in forms {
            let mut limit = (from + gap + form.len()).min(self.text.len());
            while !self.text.is_char_boundary(limit) {
                limit -= 1;
            }
            let window = self.text.get(from..limit)?;
            let window = window.split('\u{1e}').next().unwrap_or(window);
            for (at, _) in window.match_indices(form.as_str()) {
                *tries = tries.checked_sub(1)?;
                let (start, end) = (from + at, from + at + form.len());
                if self.is_whole(start, end)
                    && let Some(end) = self.follow(end, rest, tries)
                {
                    return Some(end);
                }
            }
        }
        None
    }

    /// Returns true if and only if the range cuts no word.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let cuts = |at: usize| {
            let (before, after) = (self.text.get(..at), self.text.get(at..));
            letter(before.and_then(|t| t.chars().next_back())) && letter(after.and_then(|t| t.chars().next()))
        };
        !cuts(start) && !cuts(end)
    }

    /// The place that is likest to the quotation, if at least three of its words stand together anywhere.
    pub fn nearest(&self, quote: &str) -> Option<Near> {
        let folded = fold(quote);
        let mut words: Vec<&str> = Vec::new();
        let mut gaps = vec![0usize];
        let parts = pieces(&folded);
        for part in &parts {
            match part {
                Piece::Text(text) => {
                    for word in
                        text.split(' ').filter(|w| !w.is_empty()).take(LONGEST.saturating_sub(words.len()))
                    {
                        words.push(word);
                        gaps.push(0);
                    }
                }
                Piece::Gap(n) => {
                    if let Some(gap) = gaps.last_mut() {
                        *gap = n / 6;
                    }
                }
                Piece::Letter(_) => {}
            }
        }
        let mut votes: BTreeMap<i64, f64> = BTreeMap::new();
        for (i, word) in words.iter().enumerate() {
            let Some(places) = self.places.get(&bare(word)) else { continue };
            let weight = 1.0 / (places.len() as f64).sqrt();
            for place in places {
                let bucket = (*place as i64 - i as i64).div_euclid(8);
                *votes.entry(bucket).or_default() += weight;
                *votes.entry(bucket + 1).or_default() += weight;
            }
        }
        let mut ranked: Vec<(i64, f64)> = votes.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let slack: usize = gaps.iter().sum::<usize>() + MARGIN;
        let near = ranked.iter().take(3).filter_map(|(bucket, _)| {
            let start = usize::try_from((bucket * 8 - 8 - slack as i64).max(0)).unwrap_or(0);
            let end = (start + words.len() + 2 * slack + 24).min(self.words.len());
            self.align(&words, &gaps, start.min(end)..end)
        });
        near.fold(None, |best: Option<Near>, n| match best {
            Some(b) if b.similarity >= n.similarity => Some(b),
            _ => Some(n),
        })
    }

    fn word(&self, index: usize) -> &str {
        self.words.get(index).and_then(|r| self.text.get(r.clone())).unwrap_or("")
    }

    /// Aligns words with a stretch of the source: edit distance over words, free at both ends of the stretch and
    /// at the gaps (Sellers 1980).
    fn align(&self, words: &[&str], gaps: &[usize], stretch: Range<usize>) -> Option<Near> {
        let (n, m) = (words.len(), stretch.len());
        let keys: Vec<String> = words.iter().map(|w| bare(w)).collect();
        let source: Vec<String> = stretch.clone().map(|i| bare(self.word(i))).collect();
        let width = m + 1;
        let mut cost = vec![0u32; (n + 1) * width];
        let get = |cost: &[u32], i: usize, j: usize| cost.get(i * width + j).copied().unwrap_or(u32::MAX / 2);
        let step = |i: usize, j: usize| -> u32 {
            match (keys.get(i), source.get(j)) {
                (Some(a), Some(b)) if a == b => {
                    u32::from(words.get(i) != Some(&self.word(stretch.start + j)))
                }
                _ => 3,
            }
        };
        let skip = |i: usize| if gaps.get(i).is_some_and(|g| *g > 0) { 0 } else { 4 };
        for i in 1..=n {
            for j in 0..=m {
                let mut best = get(&cost, i - 1, j) + 4;
                if j > 0 {
                    best = best.min(get(&cost, i - 1, j - 1) + step(i - 1, j - 1));
                    best = best.min(get(&cost, i, j - 1) + skip(i));
                }
                if let Some(cell) = cost.get_mut(i * width + j) {
                    *cell = best;
                }
            }
        }
        let mut j = (0..=m).min_by_key(|j| get(&cost, n, *j))?;
        let mut i = n;
        // From the end back: pairs of (word of the source, word of the quotation).
        let mut pairs: Vec<(Option<usize>, Option<usize>)> = Vec::new();
        while i > 0 {
            let here = get(&cost, i, j);
            if j > 0 && here == get(&cost, i - 1, j - 1) + step(i - 1, j - 1) {
                pairs.push((Some(j - 1), Some(i - 1)));
                (i, j) = (i - 1, j - 1);
            } else if j > 0 && here == get(&cost, i, j - 1) + skip(i) {
                if skip(i) > 0 {
                    pairs.push((Some(j - 1), None));
                }
                j -= 1;
            } else {
                pairs.push((None, Some(i - 1)));
                i -= 1;
            }
        }
        pairs.reverse();
        let mut differences: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
        let mut same = 0;
        let mut open = false;
        for (there, here) in pairs {
            let old = there.map(|j| self.word(stretch.start + j));
            let new = here.and_then(|i| words.get(i).copied());
            if let (Some(a), Some(b)) = (old, new)
                && bare(a) == bare(b)
            {
                same += 1;
            }
            if old == new {
                open = false;
                continue;
            }
            if !open {
                differences.push((Vec::new(), Vec::new()));
                open = true;
            }
            if let Some((a, b)) = differences.last_mut() {
                a.extend(old);
                b.extend(new);
            }
        }
        let at = self.words.get(stretch.start + j).map_or(0, |r| r.start);
        let differences = differences.into_iter().map(|(a, b)| (a.join(" "), b.join(" "))).collect();
        (same >= 3).then(|| Near { similarity: f64::from(same) / n.max(1) as f64, at, differences })
    }

    /// The paragraph number of the passage at a byte.
    pub fn paragraph_at(&self, at: usize) -> Option<u32> {
        match self.passage_at(at)?.ordinal {
            Ordinal::Paragraph { number, .. } => Some(number),
            _ => None,
        }
    }
}

/// What a person must be told of changed words: negations, numbers, dates, names.
pub fn grave(differences: &[(String, String)]) -> Vec<String> {
    const NEGATIONS: [&str; 14] = [
        "not", "no", "never", "nor", "none", "neither", "without", "cannot", "nobody", "nothing", "hardly",
        "nicht", "kein", "не",
    ];
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let of = |text: &str, test: &dyn Fn(&str) -> bool| -> Vec<String> {
        text.split(' ').filter(|w| test(w)).map(bare).collect()
    };
    let negation = |w: &str| NEGATIONS.contains(&bare(w).as_str()) || w.to_lowercase().contains("n't");
    let month = |w: &str| MONTHS.contains(&bare(w).as_str()) && w.starts_with(char::is_uppercase);
    let number = |w: &str| w.chars().any(char::is_numeric);
    let name = |w: &str| {
        w.trim_start_matches(['\'', '(']).starts_with(char::is_uppercase) && !month(w) && !negation(w)
    };
    let mut said = Vec::new();
    for (old, new) in differences {
        type Test<'a> = (&'a str, &'a dyn Fn(&str) -> bool);
        let tests: [Test<'_>; 4] = [
            ("a negation", &|w| negation(&w.replace('’', "'"))),
            ("a number", &number),
            ("a date", &month),
            ("a name", &name),
        ];
        for (what, test) in tests {
            let (before, after) = (of(old, test), of(new, test));
            // A word that is only capitalised differently is no other name.
            let recased = what == "a name" && bare(old) == bare(new);
            if before == after || recased {
                continue;
            }
            let verb = if after.is_empty() {
                "dropped"
            } else if before.is_empty() {
                "added"
            } else {
                "changed"
            };
            let line = format!("{what} was {verb}");
            if !said.contains(&line) {
                said.push(line);
            }
        }
    }
    said
}
