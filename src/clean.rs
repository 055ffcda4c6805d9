//! Repair of text that came out of PDFs and web pages, with positions kept.
//!
//! This module sees single lines and the gaps between them, not paragraphs: what shape a line has
//! ([`shape`]), how its words begin and end ([`wording`]), whether an archive's date stands before the
//! first words ([`dateline`]), which lines are running heads and page numbers ([`furniture`]), whether a hyphen at
//! a line end is the author's ([`hyphen`]), what belongs between two lines ([`line_end`]), what mark-up stands for ([`markup`]), digits set
//! high ([`superscript`]), and scripts without spaces ([`script`]).

pub mod dateline;
pub mod furniture;
pub mod hyphen;
pub mod line_end;
pub mod markup;
pub mod script;
pub mod shape;
pub mod superscript;
pub mod wording;
