//! [`Painter`]: colour, escaping and wrapping of text for a person.

use super::sanitise;
use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The id or rank of a hit.
    Id,
    /// A title or heading.
    Title,
    /// Words that matched.
    Match,
    /// What is said beside the text: places, countries.
    Aside,
    /// A citation.
    Citation,
    /// A warning.
    Warning,
}

impl Role {
    fn style(self) -> Style {
        match self {
            Role::Id => AnsiColor::Green.on_default().bold(),
            Role::Title => Style::new().bold(),
            Role::Match => AnsiColor::Red.on_default().bold(),
            Role::Aside => AnsiColor::BrightBlack.on_default(),
            Role::Citation => AnsiColor::Cyan.on_default(),
            Role::Warning => AnsiColor::Yellow.on_default(),
        }
    }
}

/// Paints text for a person: sanitised, coloured when wanted, wrapped to a width in columns.
#[derive(Debug, Clone, Copy)]
pub struct Painter {
    color: bool,
    width: usize,
}

impl Painter {
    /// A painter that colours (or not) and wraps to `width` columns.
    pub fn new(color: bool, width: usize) -> Painter {
        Painter { color, width }
    }

    /// Columns to fill.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether it colours.
    pub fn colors(&self) -> bool {
        self.color
    }

    /// `text`, sanitised, in the colour of its role.
    pub fn paint(&self, role: Role, text: &str) -> String {
        let text = sanitise(text);
        if !self.color || text.is_empty() {
            return text.into_owned();
        }
        let style = role.style();
        format!("{style}{text}{style:#}")
    }

    /// `text`, sanitised, with the given ranges (half-open, in Unicode scalar values, ascending) painted as
    /// matches.
    pub fn highlight(&self, text: &str, ranges: &[(usize, usize)]) -> String {
        let mut painted = String::with_capacity(text.len() + ranges.len() * 12);
        let (mut rest, mut at) = (text, 0);
        for &(start, end) in ranges {
            let (before, behind) = split_at_char(rest, start.saturating_sub(at));
            let (matched, behind) = split_at_char(behind, end.saturating_sub(start.max(at)));
            painted.push_str(&sanitise(before));
            painted.push_str(&self.paint(Role::Match, matched));
            (rest, at) = (behind, end.max(at));
        }
        painted.push_str(&sanitise(rest));
        painted
    }

    /// Wraps painted text to the width, each line after `indent`. Words are never hyphenated, since a
    /// hyphen put in here would be taken for the author's.
    pub fn wrap(&self, painted: &str, indent: &str) -> String {
        self.fill(painted, indent).unwrap_or_else(|| self.fill_and_break(painted, indent))
    }

    /// Fills lines with words as long as there is room. `None` when a word is wider than a line.
    fn fill(&self, painted: &str, indent: &str) -> Option<String> {
        let columns = self.width.saturating_sub(display_width(indent));
        let mut filled = String::with_capacity(painted.len() + painted.len() / 8);
        for (i, paragraph) in painted.split('\n').enumerate() {
            if i > 0 {
                filled.push('\n');
            }
            filled.push_str(indent);
            // The line that is being filled: where it starts, where its last word ends, the columns it takes.
            let (mut start, mut end, mut taken) = (0, 0, 0);
            let mut at = 0;
            while at < paragraph.len() {
                let rest = &paragraph[at..];
                let word = &rest[..rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len())];
                let width = columns_of(word);
                if width > columns {
                    return None;
                }
                if taken + width > columns && at > start {
                    filled.push_str(&paragraph[start..end]);
                    filled.push('\n');
                    filled.push_str(indent);
                    (start, taken) = (at, 0);
                }
                end = at + word.len();
                let spaces = paragraph[end..].bytes().take_while(|byte| *byte == b' ').count();
                taken += width + spaces;
                at = end + spaces;
            }
            filled.push_str(&paragraph[start..end]);
        }
        Some(filled)
    }

    /// The same for any text: what is wider than a line is broken.
    fn fill_and_break(&self, painted: &str, indent: &str) -> String {
        let options = Options::new(self.width)
            .initial_indent(indent)
            .subsequent_indent(indent)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        textwrap::fill(painted, options)
    }
}

/// `text` parted behind its first `count` Unicode scalar values.
pub(super) fn split_at_char(text: &str, count: usize) -> (&str, &str) {
    text.split_at(text.char_indices().nth(count).map_or(text.len(), |(at, _)| at))
}

/// Columns that a word takes.
fn columns_of(word: &str) -> usize {
    if word.bytes().all(|byte| byte.is_ascii_graphic()) { word.len() } else { display_width(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_count_characters_not_bytes() {
        let painter = Painter::new(true, 80);
        let painted = painter.highlight("“Dostarym” drill", &[(1, 9)]);
        assert_eq!(painted, format!("“{}” drill", painter.paint(Role::Match, "Dostarym")));
        assert_eq!(Painter::new(false, 80).highlight("a b", &[(0, 1), (5, 9)]), "a b");
    }

    #[test]
    fn wrapping_keeps_hyphenated_words_whole() {
        let painter = Painter::new(false, 20);
        assert_eq!(painter.wrap("the Pak-Afghan border region", "  "), "  the Pak-Afghan\n  border region");
    }

    proptest::proptest! {
        #[test]
        fn filling_is_what_breaking_comes_to_where_nothing_is_too_wide(
            words in proptest::collection::vec("[a-z]{1,12}| |  |\n|é|中文|\u{1b}\\[1m|\u{1b}\\[0m|\\t|[a-z]{15,30}", 0..40),
            separator in " ?",
            (width, indent) in (1..30usize, "( {0,4}|\\| )"),
        ) {
            let (painter, text) = (Painter::new(true, width), words.join(&separator));
            proptest::prop_assert_eq!(painter.wrap(&text, &indent), painter.fill_and_break(&text, &indent));
        }
    }
}
