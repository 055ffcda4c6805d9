//! What belongs between the end of one line of a paragraph and the beginning of the next: a blank, nothing, or the
//! other half of a word.

use super::hyphen::{Cut, Mend, Vocabulary, begins_with_conjunction, cut_between};
use super::wording::last_word;

/// Signs that cut a word at a line end: the hyphens, the soft hyphen, and the sign that some fonts have in its place.
pub const HYPHENS: [char; 4] = ['-', '\u{2010}', '\u{AD}', '\u{AC}'];

/// The word cut between the lines `before` and `after`; `None` when no word is cut. An address has hyphens of its own.
pub fn cut_word<'t>(before: &'t str, after: &'t str) -> Option<Cut<'t>> {
    if before.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric)
        || !before.ends_with(HYPHENS)
        || last_word(before).contains("://")
    {
        return None;
    }
    cut_between(before, after)
}

/// Readies `text`, which ends with the line `before`, for the line `after`. Returns true if and only if a cut word was
/// made whole.
pub fn close(text: &mut String, before: &str, after: &str, vocabulary: &Vocabulary) -> bool {
    let Some(cut) = cut_word(before, after) else {
        if !joins_tightly(text, after) {
            text.push(' ');
        }
        return false;
    };
    let soft = before.ends_with(['\u{AD}', '\u{AC}']);
    let is_whole = soft || vocabulary.mend(cut) == Mend::Join;
    if is_whole {
        text.truncate(text.trim_end_matches(HYPHENS).len());
    }
    is_whole
}

/// Returns true if and only if no blank belongs between `text` and `next`: an address that was cut, or a
/// script that has no blanks.
fn joins_tightly(text: &str, next: &str) -> bool {
    if text.as_bytes().last().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b',' | b'.')) {
        return false;
    }
    let Some(last) = text.chars().next_back() else { return true };
    if last == ' ' {
        return true;
    }
    if matches!(last, '/' | '-' | '_' | '=' | '&' | '?' | '%') && last_word(text).contains("://") {
        return true;
    }
    // A range or compound cut at its hyphen: `1955-` / `57`, `Pak-` / `Afghan`.
    if last == '-' && !text.ends_with(" -") {
        return !begins_with_conjunction(next);
    }
    has_no_blanks(last) && next.chars().next().is_some_and(has_no_blanks)
}

/// Chinese characters, kana and their punctuation.
fn has_no_blanks(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(before: &str, after: &str, document: &str) -> String {
        let cuts: Vec<Cut<'_>> = cut_word(before, after).into_iter().collect();
        let vocabulary = Vocabulary::of(&cuts, document.lines());
        let mut text = before.to_owned();
        close(&mut text, before, after, &vocabulary);
        text + after
    }

    #[test]
    fn every_hyphen_cuts_a_word() {
        for hyphen in HYPHENS {
            assert_eq!(joined(&format!("an agree{hyphen}"), "ment on", ""), "an agreement on");
        }
    }

    #[test]
    fn names_numbers_and_addresses_keep_theirs() {
        assert_eq!(joined("the Pak-", "Afghan border", ""), "the Pak-Afghan border");
        assert_eq!(joined("twenty-", "five districts", ""), "twenty-five districts");
        assert_eq!(joined("in 1955-", "57 they", ""), "in 1955-57 they");
        assert_eq!(joined("http://x.org/a-", "b.html", ""), "http://x.org/a-b.html");
        assert_eq!(joined("both short-", "and long-term", ""), "both short- and long-term");
    }

    #[test]
    fn other_lines_are_parted_by_a_blank() {
        assert_eq!(joined("one", "two", ""), "one two");
        assert_eq!(joined("東京", "都", ""), "東京都");
    }
}
