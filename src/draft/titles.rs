//! Titles of works between quotation marks, which quote nothing: in notes and lists of references, and behind words such
//! as `the article`.

use super::beside::Beside;
use super::fold::{fold, word_count};
use super::library::Library;
use super::parse::{Citation, Draft, Quotation};
use super::scan::slice;
use std::ops::Range;

/// Most words of a title.
const LONGEST: usize = 25;
/// Words for a text that has a title.
const TEXTS: &str = " article story report paper essay book chapter study film documentary headline title titled entitled \
    editorial op-ed column poem song novel thesis dissertation speech lecture brief commentary piece interview podcast \
    series headlined called ";
/// Words that a name before a title may have in small letters.
const NAMES: &str = " and & et al. al of in for the de van von der den del di da du la le ul ur bin al- y und see also cf. e.g. \
    quoted cited as und и см. ";

/// The places where titles are.
pub struct Titles<'d> {
    draft: &'d Draft,
    /// Words that cite works: those of notes, and of entries.
    bodies: Vec<Range<usize>>,
    /// Folded titles of the works cited.
    cited: Vec<String>,
}

impl<'d> Titles<'d> {
    /// The titles of a draft.
    pub fn new(draft: &'d Draft, citations: &[Citation], library: &Library<'_>) -> Titles<'d> {
        let bodies =
            draft.notes.iter().map(|n| n.body.clone()).chain(draft.list.entries.values().cloned()).collect();
        let sources = citations.iter().filter_map(|c| library.sources.get(&c.key));
        let cited = sources.filter_map(|s| s.work.title.as_deref()).map(|t| fold(t).to_lowercase()).collect();
        Titles { draft, bodies, cited }
    }

    /// Returns true if and only if the quotation is a title in a note or an entry: that of a work that the draft cites,
    /// or one between the names of its authors and what follows a title.
    pub fn hold(&self, quotation: &Quotation) -> bool {
        let span = &quotation.span;
        let Some(body) = self.bodies.iter().find(|b| b.contains(&span.start)).filter(|_| !quotation.block)
        else {
            return false;
        };
        let folded = fold(&quotation.text).to_lowercase();
        let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
        let own = |title: &String| {
            let starts =
                title.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            starts && !words.is_empty()
        };
        if self.cited.iter().any(own) {
            return true;
        }
        let chars = &self.draft.chars;
        let before = slice(chars, body.start, span.start);
        let before = before.rsplit(';').next().unwrap_or_default().trim();
        let inside = quotation.text.trim_end().ends_with([',', '.', '?', '!']);
        let after = slice(chars, span.end, body.end);
        let goes_on = after.trim_start().starts_with([',', '(', '.', ';']) || after.trim().is_empty();
        is_title(&quotation.text) && is_names(before) && (inside || goes_on)
    }

    /// Returns true if and only if the words before the quotation say that it names a text, and nothing cites it.
    pub fn name_a_work(&self, quotation: &Quotation, beside: &Beside<'_>) -> bool {
        let start = quotation.span.start;
        let before = slice(&self.draft.chars, start.saturating_sub(40), start);
        let word = before.split_whitespace().next_back().unwrap_or_default().trim_matches(',').to_lowercase();
        let named = !word.is_empty() && TEXTS.contains(&format!(" {word} "));
        named && !quotation.block && !beside.is_adjacent && is_title(&quotation.text)
    }
}

/// Returns true if and only if words may be a title: few, without a sentence's end within, and not begun in small letters.
fn is_title(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let within = [". ", "! ", "; "].iter().any(|stop| text.contains(stop));
    word_count(text) <= LONGEST && !within && !text.starts_with(char::is_lowercase)
}

/// Returns true if and only if the words before are names, with what leads to them, and a comma or a colon.
fn is_names(before: &str) -> bool {
    let ends = before.is_empty() || before.ends_with([',', ':', '.']);
    let small = |w: &str| NAMES.contains(&format!(" {} ", w.trim_matches([',', ';']).to_lowercase()));
    ends && before
        .split_whitespace()
        .all(|w| small(w) || w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()))
}
