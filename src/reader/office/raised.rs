//! Numbers set high in running text: the marks of notes, where the file does not say that they are any.

use crate::clean::superscript::{is_superscript, superscript};

/// The marks that came so far as numbers set high.
#[derive(Default)]
pub struct RaisedMarks {
    /// The mark before the present one.
    before: u32,
    /// The present one, as far as it was read: a program may cut a number into several runs.
    present: u32,
}

impl RaisedMarks {
    /// Appends text that is set high. Numbers become superscript characters, so that they do not run into the word or
    /// number before them; other text (`13th`) stays as it is.
    pub fn push(&mut self, out: &mut String, text: &str) {
        let is_sign = |c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '-' | '–' | ' ' | '\u{A0}');
        let is_number = text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(is_sign);
        if !is_number {
            out.extend(text.chars().filter(|c| *c != '\u{AD}'));
            return;
        }
        let number = text.trim().parse().unwrap_or(0);
        if !out.ends_with(is_superscript) {
            self.before = self.present;
            self.present = number;
        } else if self.is_next(number, text.trim().len()) {
            out.push(' ');
            self.before = self.present;
            self.present = number;
        } else {
            self.present = joined(self.present, number, text.trim().len());
        }
        out.extend(text.chars().map(superscript));
    }

    /// Returns true if and only if the number is a mark of its own rather than the end of the present one.
    fn is_next(&self, number: u32, digits: usize) -> bool {
        let runs_on = joined(self.present, number, digits) == self.before.saturating_add(1);
        self.present > 0 && number == self.present.saturating_add(1) && !runs_on
    }
}

fn joined(first: u32, second: u32, digits: usize) -> u32 {
    let shift = 10u32.saturating_pow(u32::try_from(digits).unwrap_or(u32::MAX));
    first.saturating_mul(shift).saturating_add(second)
}

/// Appends the mark of a note that the file itself has; a blank parts it from one right before it.
pub fn push_note_mark(out: &mut String, mark: &str) {
    if out.ends_with(is_superscript) {
        out.push(' ');
    }
    out.extend(mark.chars().map(superscript));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(before: &str, runs: &[&str]) -> String {
        let mut marks = RaisedMarks { before: 0, present: 58 };
        let mut out = before.to_owned();
        runs.iter().for_each(|run| marks.push(&mut out, run));
        out
    }

    #[test]
    fn marks_are_set_high_and_parted() {
        assert_eq!(pushed("in 2021.", &["219"]), "in 2021.²¹⁹");
        assert_eq!(pushed("roads.", &["59", "60"]), "roads.⁵⁹ ⁶⁰");
        assert_eq!(pushed("roads.", &["5", "9"]), "roads.⁵⁹", "one mark in two runs");
        assert_eq!(pushed("roads.", &["59,60"]), "roads.⁵⁹,⁶⁰");
        assert_eq!(pushed("the 13", &["th"]), "the 13th");
        let mut out = "roads.⁵⁹".to_owned();
        push_note_mark(&mut out, "60");
        assert_eq!(out, "roads.⁵⁹ ⁶⁰");
    }
}
