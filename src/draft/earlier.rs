//! What repeated citations mean: `Ibid.` what was cited last, `(n 5)` what note 5 cites, `Khan, op. cit.` the work of Khan
//! that was cited before. Where that cannot be told for sure, nothing is made of them.

use super::fold::fold;
use super::notes::Note;
use super::parse::{Citation, Draft};
use super::printed::{Cited, segments};
use super::repeated::{Repeated, Repeats, is_shaped, repeated};
use super::scan::slice;
use std::ops::Range;

/// Most characters behind `Ibid.` in running text that may be its place.
const PLACE: usize = 30;

/// The citations that came before.
pub struct Earlier<'d, 's> {
    draft: &'d Draft,
    sources: &'s [Cited<'s>],
}

impl<'d, 's> Earlier<'d, 's> {
    /// Of this draft, with these sources.
    pub fn new(draft: &'d Draft, sources: &'s [Cited<'s>]) -> Self {
        Earlier { draft, sources }
    }

    /// The citations with the repeated ones that could be resolved, in the order of their places.
    pub fn resolve(&self, mut all: Vec<Citation>) -> Vec<Citation> {
        for note in &self.draft.notes {
            for (place, text) in self.parts(note) {
                let cited = all.iter().any(|c| place.contains(&c.at) && c.at > note.body.start);
                let Some(repeats) = repeated(&text).filter(|_| !cited) else { continue };
                all.retain(|c| !(c.span == note.body && place.contains(&c.at)));
                for citation in self.meant(&repeats, Some((note, place.start)), &all) {
                    let locator = place_of(&repeats, &citation);
                    let printed = Some(text.trim().to_owned());
                    let span = note.body.clone();
                    all.push(Citation {
                        printed,
                        locator,
                        span,
                        at: place.start,
                        narrative: false,
                        ..citation
                    });
                }
            }
        }
        for (span, text) in self.in_text() {
            let known = all.iter().any(|c| c.span.start < span.end && span.start < c.span.end);
            let Some(repeats) = repeated(&text).filter(|_| !known) else { continue };
            for citation in self.in_text_meant(&repeats, span.start, &all) {
                let locator = place_of(&repeats, &citation);
                let printed = Some(text.trim().to_owned());
                let (span, at) = (span.clone(), span.start);
                all.push(Citation { printed, locator, span, at, narrative: false, ..citation });
            }
        }
        all.sort_by_key(|c| c.at);
        all
    }

    /// The parts of a note, with their places.
    fn parts(&self, note: &Note) -> Vec<(Range<usize>, String)> {
        let text = slice(&self.draft.chars, note.body.start, note.body.end);
        let parts = segments(&text).into_iter().map(|(at, part)| {
            let start = note.body.start + text.get(..at).map_or(0, |t| t.chars().count());
            (start..start + part.chars().count(), part.to_owned())
        });
        parts.collect()
    }

    /// What may repeat a citation in running text: brackets, and the word `Ibid.`
    fn in_text(&self) -> Vec<(Range<usize>, String)> {
        let draft = self.draft;
        let noted = |at: usize| draft.notes.iter().any(|n| n.body.contains(&at)) || draft.entries.hold(at);
        let mut found: Vec<(Range<usize>, String)> = Vec::new();
        found.extend(
            draft.brackets.iter().filter(|(_, s)| !noted(s.start)).map(|(t, s)| (s.clone(), t.clone())),
        );
        let chars = &draft.chars;
        for i in 0..chars.len() {
            let word = chars.get(i..i + 4).unwrap_or_default();
            let is = word.iter().flat_map(|c| c.to_lowercase()).eq("ibid".chars());
            let edge = i.checked_sub(1).and_then(|b| chars.get(b)).is_none_or(|c| !c.is_alphanumeric());
            if is && edge && !noted(i) && !found.iter().any(|(span, _)| span.contains(&i)) {
                let end = (i..chars.len())
                    .take(PLACE)
                    .find(|k| chars.get(*k).is_some_and(|c| "\n)];“\"".contains(*c)));
                let end = end.unwrap_or((i + PLACE).min(chars.len()));
                found.push((i..i + 4, slice(chars, i, end)));
            }
        }
        found.sort_by_key(|(span, _)| span.start);
        found
    }

    /// The citations that a part of a note repeats.
    fn meant(&self, repeats: &Repeated, at: Option<(&Note, usize)>, all: &[Citation]) -> Vec<Citation> {
        let Some((note, start)) = at else { return Vec::new() };
        match repeats.what {
            Repeats::Note(number) => self.of_note(number, note.place.is_endnote, &repeats.who, all),
            Repeats::Last => self.last_in_notes(note, start, all).into_iter().collect(),
            Repeats::Named if !repeats.who.contains(char::is_alphabetic) => {
                self.last_in_notes(note, start, all).into_iter().collect()
            }
            Repeats::Named => {
                self.named(&repeats.who, note.mark.start, Some(note), all).into_iter().collect()
            }
        }
    }

    /// The same in running text before the character `at`.
    fn in_text_meant(&self, repeats: &Repeated, at: usize, all: &[Citation]) -> Vec<Citation> {
        match repeats.what {
            Repeats::Note(number) => self.of_note(number, false, &repeats.who, all),
            Repeats::Named if repeats.who.contains(char::is_alphabetic) => {
                self.named(&repeats.who, at, None, all).into_iter().collect()
            }
            _ => self.last_in_text(at, all).into_iter().collect(),
        }
    }

    fn in_note<'c>(&self, note: &Note, all: &'c [Citation]) -> Vec<&'c Citation> {
        let body = note.body.clone();
        let mut inside: Vec<&Citation> = all.iter().filter(|c| body.contains(&c.at)).collect();
        inside.sort_by_key(|c| c.at);
        inside
    }

    /// What was cited last before a part of a note: in the same note, else in the nearest one before that cites anything.
    /// One that cites what could not be read hides what is before it.
    fn last_in_notes(&self, note: &Note, start: usize, all: &[Citation]) -> Option<Citation> {
        if let Some(own) = self.in_note(note, all).into_iter().rev().find(|c| c.at < start) {
            return Some(own.clone());
        }
        let same = |n: &&Note| n.place.is_endnote == note.place.is_endnote && n.mark.start < note.mark.start;
        for before in self.draft.notes.iter().rev().filter(same) {
            if let Some(last) = self.in_note(before, all).last() {
                return Some((*last).clone());
            }
            if self.is_source(before) {
                return None;
            }
        }
        let text = all.iter().filter(|c| c.span.start < note.mark.start && !self.is_noted(c.at));
        text.max_by_key(|c| c.span.start).cloned()
    }

    /// What was cited last in running text or by the mark of a note.
    fn last_in_text(&self, at: usize, all: &[Citation]) -> Option<Citation> {
        let text = all.iter().filter(|c| c.span.end <= at && !self.is_noted(c.at));
        let text = text.max_by_key(|c| (c.span.start, c.at));
        let place = text.map_or(0, |c| c.span.start);
        let marks = self.draft.notes.iter().rev().filter(|n| n.mark.start < at && n.mark.start > place);
        for note in marks {
            if let Some(last) = self.in_note(note, all).last() {
                return Some((*last).clone());
            }
            if self.is_source(note) {
                return None;
            }
        }
        // A number without an entry between them was cited later.
        let hidden = self.draft.numbered.iter().any(|n| n.span.start > place && n.span.end <= at);
        text.filter(|_| !hidden).cloned()
    }

    /// What the note with a number cites, of those that are `who`'s when names are given.
    fn of_note(&self, number: u32, is_endnote: bool, who: &str, all: &[Citation]) -> Vec<Citation> {
        let label = number.to_string();
        let mut bodies: Vec<&Note> = Vec::new();
        for note in self.draft.notes.iter().filter(|n| n.place.is_endnote == is_endnote) {
            let is = note.number == number || note.place.label.as_ref() == Some(&label);
            if is && !bodies.iter().any(|b| b.body == note.body) {
                bodies.push(note);
            }
        }
        // By its label another note than by its place.
        let [note] = bodies.as_slice() else { return Vec::new() };
        let all = self.in_note(note, all).into_iter();
        match who.contains(char::is_alphabetic) && repeated(who).is_none() && !is_lead(who) {
            true => all.filter(|c| self.is_by(c, who)).cloned().collect(),
            false => all.cloned().collect(),
        }
    }

    /// The only work cited before that is by `who`, and has the title named with him if one is.
    fn named(&self, who: &str, at: usize, note: Option<&Note>, all: &[Citation]) -> Option<Citation> {
        let is_before = |c: &&Citation| {
            let home = self.draft.notes.iter().find(|n| n.body.contains(&c.at));
            home.map_or(c.span.start < at, |n| n.mark.start < at && note.is_none_or(|own| own.body != n.body))
        };
        let mut works: Vec<&Citation> = Vec::new();
        for citation in all.iter().filter(is_before).filter(|c| self.is_by(c, who)) {
            works.retain(|c| c.key != citation.key);
            works.push(citation);
        }
        let folded = fold(who).to_lowercase();
        if works.len() > 1 {
            let titled = |c: &&Citation| self.source(&c.key).is_some_and(|s| s.entry_in(&folded).is_some());
            works.retain(titled);
        }
        // A note by the same author that was not understood may be what is meant.
        let surname = folded.split(|c: char| !c.is_alphanumeric()).find(|w| w.chars().count() > 2)?;
        let unknown =
            self.draft.notes.iter().filter(|n| n.mark.start < at && self.in_note(n, all).is_empty());
        let hidden = unknown.filter(|n| note.is_none_or(|own| own.body != n.body)).any(|n| {
            fold(&slice(&self.draft.chars, n.body.start, n.body.end)).to_lowercase().contains(surname)
        });
        match works.as_slice() {
            [only] if !hidden => Some((*only).clone()),
            _ => None,
        }
    }

    /// Returns true if and only if a citation is of a work by `who`.
    fn is_by(&self, citation: &Citation, who: &str) -> bool {
        let folded = fold(who).to_lowercase();
        let printed = || {
            let printed = fold(citation.printed.as_deref().unwrap_or_default()).to_lowercase();
            folded.split(|c: char| !c.is_alphanumeric()).any(|w| w.chars().count() > 2 && printed.contains(w))
        };
        self.source(&citation.key)
            .map_or_else(printed, |s| s.is_author_in(&folded) || s.container_in(&folded).is_some())
    }

    fn source(&self, key: &str) -> Option<&Cited<'s>> {
        self.sources.iter().find(|s| s.key == key)
    }

    fn is_noted(&self, at: usize) -> bool {
        self.draft.notes.iter().any(|n| n.body.contains(&at))
    }

    /// Returns true if and only if a note seems to say where something is from.
    fn is_source(&self, note: &Note) -> bool {
        let text = slice(&self.draft.chars, note.body.start, note.body.end);
        let folded = fold(&text).to_lowercase();
        is_shaped(&text) || self.sources.iter().any(|s| s.is_author_in(&folded))
    }
}

/// The place in the work: its own, else that of the citation that it repeats, if it repeats the last one or that very place.
fn place_of(repeats: &Repeated, citation: &Citation) -> Option<super::parse::Locator> {
    match repeats.what {
        Repeats::Last => repeats.locator.clone().or_else(|| citation.locator.clone()),
        _ => repeats.locator.clone(),
    }
}

/// Returns true if and only if words before a note's number name nobody: `See`, `as in`.
fn is_lead(who: &str) -> bool {
    who.split_whitespace()
        .all(|w| !w.starts_with(char::is_uppercase) || matches!(w, "See" | "Cf." | "As" | "Also"))
}
