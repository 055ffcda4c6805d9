//! Which blocks belong to notes: those indented below one, those under a heading of endnotes, and which numbers begin
//! none.

use super::{Assembly, Kind, Piece};
use crate::clean::superscript::is_superscript;
use crate::clean::wording::{Start, start_of};
use crate::passage::cue;
use crate::passage::layout::INDENT;
use std::ops::Range;

/// How many pieces back the number before is looked for.
const REACH: usize = 8;

/// Returns true if and only if notes are under that heading, of which `first` is the first: running text rather than
/// entries of a reference list.
pub(super) fn names_endnotes(heading: &str, first: &str) -> bool {
    let words = first.trim_start_matches(is_superscript);
    cue::plain_name(heading) == "endnotes"
        && !words.is_empty()
        && !cue::begins_entry(words)
        && start_of(words) != Start::Digit
}

impl Assembly<'_> {
    /// Returns true if and only if the block is a further paragraph of a Markdown footnote: indented below it.
    pub(super) fn is_in_note(&self, at: usize) -> bool {
        let first = |lines: &Range<usize>| self.source.shapes[lines.start].indent;
        let note = self.pieces.last().filter(|piece| piece.kind == Kind::Footnote);
        let begin = note.and_then(|piece| piece.parts.first()).map(|(_, lines)| lines);
        begin.is_some_and(|lines| {
            cue::defines_note(self.source.text(lines))
                && first(&self.blocks[at].lines) >= first(lines) + INDENT
        })
    }

    /// Returns true if and only if a number and a stop count headings or paragraphs of the text: the words behind them
    /// are in capitals, or the paragraph before has the number before.
    pub(super) fn counts_text(&self, text: &str, number: u32) -> bool {
        let Some(words) = text.strip_prefix(&format!("{number}.")) else { return false };
        let letters = || words.chars().filter(|c| c.is_alphabetic());
        let capitals = letters().count() >= 4 && letters().all(char::is_uppercase);
        let is_text = |piece: &&Piece| matches!(piece.kind, Kind::Body | Kind::List | Kind::Heading);
        let before = self.pieces.iter().rev().take(REACH).filter(is_text).find_map(|piece| {
            let (_, lines) = piece.parts.first()?;
            let text = self.source.text(lines);
            cue::note_number(text).filter(|n| text.starts_with(&format!("{n}.")))
        });
        capitals || number > 1 && before == Some(number - 1)
    }
}
