//! The folded text of one source, and where a quotation stands in it word for word.

use super::fold::{Gap, Piece, bare, fold, is_unspaced, pieces};
use super::words::joined;
use crate::index::StoredPassage;
use crate::passage::{Kind, Ordinal};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// Stands between texts that no quotation may run across.
const BREAK: &str = " \u{1e} ";
/// How much of the source the writer's `[words]` may stand for, in bytes.
const INSERTION: usize = 60;
/// How many tries an elided quotation has.
const TRIES: usize = 20_000;

/// The folded text of a source.
pub struct SourceText {
    text: String,
    starts: Vec<(usize, usize)>,
    /// The passages, in document order.
    pub passages: Vec<StoredPassage>,
    words: OnceCell<Words>,
}

/// The words of a folded text, for alignments.
#[derive(Debug, Default)]
pub struct Words {
    /// Bytes of each word.
    pub ranges: Vec<Range<usize>>,
    /// Which words are this one, bare.
    pub places: HashMap<String, Vec<usize>>,
}

/// A place where a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// What the source has where the writer's ellipses and brackets stand.
    pub hidden: Vec<Hidden>,
}

/// Words of the source that a quotation does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// What the writer put there.
    pub gap: Gap,
    /// What the source has, folded; may be nothing.
    pub text: String,
}

/// Words that follow each other in the source, behind a gap.
struct Step {
    /// The words, in each case that their first letter may have.
    forms: Vec<String>,
    /// What stands before them; `None` for a space.
    gap: Option<Gap>,
    /// Their end is within a word.
    cuts: bool,
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
        SourceText { text, starts, passages, words: OnceCell::new() }
    }

    /// Its words, found when they are first asked for.
    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            let mut words = Words::default();
            let mut at = 0;
            for word in self.text.split(' ') {
                if !word.is_empty() && word != BREAK.trim() {
                    words.places.entry(bare(word)).or_default().push(words.ranges.len());
                    words.ranges.push(at..at + word.len());
                }
                at += word.len() + 1;
            }
            words
        })
    }

    /// The folded text.
    pub fn folded(&self) -> &str {
        &self.text
    }

    /// The passage at a byte of the folded text.
    pub fn passage_at(&self, at: usize) -> Option<&StoredPassage> {
        let after = self.starts.partition_point(|(start, _)| *start <= at);
        let (_, index) = self.starts.get(after.checked_sub(1)?)?;
        self.passages.get(*index)
    }

    /// Where the quotation stands verbatim: all places, in order.
    pub fn verbatim(&self, quote: &str) -> Vec<Place> {
        let ways = joined(&fold(quote)).into_iter();
        ways.map(|way| self.stands(&way)).find(|places| !places.is_empty()).unwrap_or_default()
    }

    fn stands(&self, folded: &str) -> Vec<Place> {
        // Closing punctuation may be the writer's: American style puts it within the quotation marks.
        let cut = folded.trim_end_matches('\'').strip_suffix([',', '.']).unwrap_or(folded).trim_end();
        let mut forms = vec![folded];
        if cut != folded && !cut.ends_with('.') {
            forms.push(cut);
        }
        // American and British style differ in where the comma stands beside the mark of a quotation within.
        let swapped = forms.iter().flat_map(|form| {
            let british = form.replace(",' ", "', ").replace(".' ", "'. ");
            [british, form.replace("', ", ",' ").replace("'. ", ".' ")]
        });
        let swapped: Vec<String> = swapped.filter(|form| form != folded).collect();
        forms.extend(swapped.iter().map(String::as_str));
        for form in &forms {
            let whole = vec![Piece::Text((*form).to_owned())];
            for parts in [whole, pieces(form)] {
                let found = self.find(&steps(&parts));
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn find(&self, steps: &[Step]) -> Vec<Place> {
        let mut found = Vec::new();
        let mut tries = TRIES;
        let Some((first, rest)) = steps.split_first() else { return found };
        for form in &first.forms {
            for (at, _) in self.text.match_indices(form.as_str()) {
                let end = at + form.len();
                let begins_inside = first.gap.as_ref().is_some_and(|g| g.cuts_behind);
                if (begins_inside || self.is_edge(at)) && (first.cuts || self.is_edge(end)) {
                    let mut hidden = Vec::new();
                    if let Some(end) = self.follow(end, rest, &mut hidden, &mut tries) {
                        hidden.reverse();
                        found.push(Place { range: at..end, hidden });
                    }
                }
            }
        }
        found.sort_by_key(|p| p.range.start);
        found
    }

    /// Where the steps end that follow on from `from`; what they hide is added to `hidden`, the last first.
    fn follow(
        &self,
        from: usize,
        steps: &[Step],
        hidden: &mut Vec<Hidden>,
        tries: &mut usize,
    ) -> Option<usize> {
        let Some((step, rest)) = steps.split_first() else { return Some(from) };
        for form in &step.forms {
            let mut limit = match &step.gap {
                Some(gap) if gap.ellipsis => self.reach(from),
                Some(_) => from + INSERTION + form.len(),
                // Behind words without a gap stands only the space.
                None => from + 2 + form.len(),
            };
            limit = limit.min(self.text.len());
            while !self.text.is_char_boundary(limit) {
                limit -= 1;
            }
            let window = self.text.get(from..limit)?;
            let window = window.split('\u{1e}').next().unwrap_or(window);
            for (at, _) in window.match_indices(form.as_str()) {
                *tries = tries.checked_sub(1)?;
                let (start, end) = (from + at, from + at + form.len());
                let begins_inside = step.gap.as_ref().is_some_and(|g| g.cuts_behind);
                if (begins_inside || self.is_edge(start))
                    && (step.cuts || self.is_edge(end))
                    && let Some(last) = self.follow(end, rest, hidden, tries)
                {
                    let text = window.get(..at).unwrap_or_default().trim().to_owned();
                    hidden.extend(step.gap.clone().map(|gap| Hidden { gap, text }));
                    return Some(last);
                }
            }
        }
        None
    }

    /// How far an ellipsis behind `from` may reach: to the end of the passage behind this one.
    fn reach(&self, from: usize) -> usize {
        let next = self.starts.partition_point(|(start, _)| *start < from);
        self.starts.get(next + 1).map_or(self.text.len(), |(start, _)| *start)
    }

    /// Returns true if and only if no word is cut there.
    fn is_edge(&self, at: usize) -> bool {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
        let (before, after) = (self.text.get(..at), self.text.get(at..));
        !(letter(before.and_then(|t| t.chars().next_back())) && letter(after.and_then(|t| t.chars().next())))
    }

    /// A word of the folded text.
    pub(super) fn word(&self, index: usize) -> &str {
        self.words().ranges.get(index).and_then(|r| self.text.get(r.clone())).unwrap_or("")
    }

    /// The paragraph number of the passage at a byte.
    pub fn paragraph_at(&self, at: usize) -> Option<u32> {
        match self.passage_at(at)?.ordinal {
            Ordinal::Paragraph { number, .. } => Some(number),
            _ => None,
        }
    }
}

/// The pieces as words to be found one after the other. What stands before the first word or behind the last is the
/// writer's own.
fn steps(parts: &[Piece]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut gap: Option<Gap> = None;
    // A changed letter and the word it begins are looked for together, in two cases.
    let mut letter: Option<char> = None;
    for part in parts {
        match part {
            Piece::Gap(next) => {
                if let Some(last) = steps.last_mut() {
                    last.cuts = next.cuts_before;
                }
                gap = Some(next.clone());
            }
            Piece::Letter(c) => letter = Some(*c),
            Piece::Text(text) => {
                let forms = match letter.take() {
                    Some(c) => {
                        vec![format!("{}{text}", c.to_lowercase()), format!("{}{text}", c.to_uppercase())]
                    }
                    None => vec![text.clone()],
                };
                steps.push(Step { forms, gap: gap.take(), cuts: false });
            }
        }
    }
    steps
}
