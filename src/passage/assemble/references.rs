//! What becomes of the blocks of a reference list.

use super::super::cue;
use super::super::join;
use super::super::kind::Kind;
use super::super::reference_cue::{ends_reference_list, has_year, is_entry};
use super::{Assembly, Seam};
use crate::clean::wording::{End, Start, end_of, last_word, start_of};

impl Assembly<'_> {
    /// Returns true if and only if a reference list follows a paragraph that is its heading.
    pub(super) fn names_list(&self, at: usize, text: &str) -> bool {
        let next = self.next(at).map(|i| self.source.text(&self.blocks[i].lines));
        next.is_some_and(|next| cue::names_reference_list(text) || cue::may_name_reference_list(text, next))
    }

    /// Returns true if and only if a reference list is at its end before this block: an appendix begins, or another
    /// text under a heading of its own.
    pub(super) fn ends_list(&self, at: usize, text: &str) -> bool {
        if ends_reference_list(text) {
            return true;
        }
        let plain = text.len() <= 100
            && start_of(text) == Start::Upper
            && end_of(text) == End::Open
            && !text.contains([',', '(', '“', '"', '/'])
            && !text.bytes().any(|b| b.is_ascii_digit())
            && text.split_whitespace().count() >= 2;
        if !plain || self.blocks[at].lines.len() > 1 {
            return false;
        }
        let next = self.next(at).map_or("", |i| self.source.text(&self.blocks[i].lines));
        next.len() >= 200 && !cue::begins_entry(next) && !has_year(next, 150) && !is_entry(next)
    }

    pub(super) fn take_in_references(&mut self, at: usize, text: &str) {
        let block = &self.blocks[at];
        let named = cue::names_usual_section(text) || cue::names_reference_list(text);
        let capitals = self.source.is_capitals(&block.lines) && !text.bytes().any(|b| b.is_ascii_digit());
        if text.len() <= 60 && (capitals || named) {
            return self.push_heading(at, text, 10, "capitals");
        }
        if self.ends_list(at, text) {
            return self.push_heading(at, text, 10, "end of a list");
        }
        if cue::is_leftover(text) {
            self.push(at, Kind::Boilerplate, "notice");
            return;
        }
        self.take_reference(at, text);
    }

    pub(super) fn take_reference(&mut self, at: usize, text: &str) {
        if let Some(last) = self.open.filter(|&last| self.pieces[last].kind == Kind::Reference) {
            let before = self.tail(last);
            if join::entry_goes_on(before, text) {
                let is_address = last_word(before).contains("://");
                return self.append(
                    last,
                    at,
                    if is_address { Seam::Nothing } else { Seam::Blank },
                    "entry cut by a gap",
                );
            }
        }
        self.open = Some(self.push(at, Kind::Reference, "entry of a reference list"));
    }
}
