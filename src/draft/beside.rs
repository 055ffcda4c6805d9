//! Which citations a quotation belongs to.

use super::parse::{Citation, Draft, Quotation, Unread};
use super::scan::slice;
use super::sentence::ends_within;
use std::ops::Range;

/// Farthest that a citation may stand from its quotation, in characters.
const FAR: usize = 600;

/// The citations that a quotation belongs to.
#[derive(Debug, Default)]
pub struct Beside<'c> {
    /// All of one place.
    pub citations: Vec<&'c Citation>,
    /// They follow at once on the closing mark, or are the last thing before it.
    pub is_adjacent: bool,
}

/// A citation and the text between it and the quotation.
type Near<'c> = (&'c Citation, String);

/// The citations a quotation belongs to: those within a block; those before its closing mark; those behind it in its
/// sentence; a name before it there, `Khan (2021) writes`; a name behind it there, `as Khan (2021) says`; else those before
/// it in its sentence or paragraph, else the next in its paragraph. A block may have them in the paragraph before or
/// behind. A note that may only explain gives way to a citation in the sentence.
pub fn beside<'c>(draft: &Draft, index: usize, quotation: &Quotation, all: &'c [Citation]) -> Beside<'c> {
    let search = Search { draft, index, quotation, all };
    let found = search.run(|_| true, false);
    let explains = |c: &&Citation| c.unread == Some(Unread::Note);
    if !found.citations.iter().all(explains) {
        return found;
    }
    let others = search.run(|c| c.unread != Some(Unread::Note), true);
    if others.citations.is_empty() { found } else { others }
}

struct Search<'d, 'c> {
    draft: &'d Draft,
    index: usize,
    quotation: &'d Quotation,
    all: &'c [Citation],
}

impl<'c> Search<'_, 'c> {
    /// Of the citations that `may` be it; `strict`: only in the sentence.
    fn run(&self, may: impl Fn(&Citation) -> bool, strict: bool) -> Beside<'c> {
        let (quotation, draft) = (self.quotation, self.draft);
        let span = &quotation.whole;
        let all: Vec<&'c Citation> = self.all.iter().filter(|c| may(c)).collect();
        let within = |c: &Citation| quotation.span.contains(&c.span.start);
        if let Some(inside) = all.iter().find(|c| quotation.block && within(c)) {
            return Beside { citations: self.group(inside), is_adjacent: true };
        }
        let closes = |c: &&&Citation| {
            within(c) && !slice(&draft.chars, c.span.end, quotation.span.end).contains(char::is_alphanumeric)
        };
        if let Some(inside) = all.iter().find(closes) {
            return Beside { citations: self.group(inside), is_adjacent: true };
        }
        let next = draft.quotations.iter().skip(self.index + 1).find(|q| q.span.start >= span.end);
        let next = next.map_or(usize::MAX, |q| q.span.start);
        let first_behind = |narrative: bool| {
            let first = all.iter().find(|c| c.span.start >= span.end && c.narrative == narrative);
            first.map(|c| (*c, self.between(span.end..c.span.start))).filter(|(_, text)| self.reaches(text))
        };
        let behind = first_behind(false);
        let at_once = |text: &str| text.trim().chars().count() <= 2 && !text.contains("\n\n");
        // `“One” and “two” (Khan, 2021)`: both are his.
        let near = behind.as_ref().filter(|(c, text)| {
            let own = c.span.start < next || !text.contains('\n');
            own && (text.trim().chars().count() <= 2 || !ends_within(text))
        });
        let is_adjacent = near.is_some_and(|(_, text)| at_once(text));
        // Of a quotation within a note, what the whole note cites.
        let around = || all.iter().find(|c| c.span.start < span.start && span.end <= c.span.end).copied();
        let chosen = near.map(|(c, _)| *c).or_else(around);
        let chosen =
            chosen.or_else(|| self.elsewhere(&all, behind.as_ref(), first_behind(true), next, strict));
        Beside { citations: chosen.map(|c| self.group(c)).unwrap_or_default(), is_adjacent }
    }

    /// The citation of a quotation that none follows in its sentence.
    fn elsewhere(
        &self,
        all: &[&'c Citation],
        behind: Option<&Near<'c>>,
        named: Option<Near<'c>>,
        next: usize,
        strict: bool,
    ) -> Option<&'c Citation> {
        let span = &self.quotation.whole;
        let before = self.index.checked_sub(1).and_then(|i| self.draft.quotations.get(..=i));
        let last =
            before.into_iter().flatten().rev().find(|q| q.span.end <= span.start).map_or(0, |q| q.span.end);
        let before = all.iter().rev().find(|c| c.span.end <= span.start).and_then(|c| {
            let text = self.between(c.span.end..span.start);
            let own = c.narrative || c.span.start >= last;
            (own && self.reaches(&text)).then_some((*c, text))
        });
        let before_near = before.as_ref().filter(|(_, text)| !ends_within(text));
        let writes = before_near.filter(|(c, _)| c.narrative);
        let named_near = named.as_ref().filter(|(c, text)| c.span.start < next && !ends_within(text));
        let behind = behind.filter(|(c, _)| c.span.start < next);
        let in_sentence = writes.or(named_near).or(before_near);
        let chosen = match strict {
            true => in_sentence,
            false => in_sentence.or(before.as_ref()).or(behind).or(named.as_ref()),
        };
        chosen.map(|(c, _)| *c)
    }

    fn between(&self, place: Range<usize>) -> String {
        slice(&self.draft.chars, place.start, place.end)
    }

    fn reaches(&self, text: &str) -> bool {
        let set_off = self.quotation.block || self.quotation.whole != self.quotation.span;
        text.chars().count() < FAR && text.matches("\n\n").count() <= usize::from(set_off)
    }

    /// The citations of the same place: of one bracket, and those side by side, `¹ ²`.
    fn group(&self, first: &Citation) -> Vec<&'c Citation> {
        let mut place = first.span.clone();
        let mut group = Vec::new();
        let from = self.all.partition_point(|c| c.span.start < first.span.start);
        for citation in self.all.iter().skip(from) {
            if citation.span.start > place.end + 2 {
                break;
            }
            let gap = slice(&self.draft.chars, place.end, citation.span.start);
            let side_by_side = gap.chars().all(|c| c == ' ' || c == ',' || c == '\u{2060}');
            let both = !citation.narrative && !first.narrative;
            if citation.span == first.span || both && side_by_side {
                place.end = place.end.max(citation.span.end);
                group.push(citation);
            }
        }
        group
    }
}
