//! [`Painter`]: colour, escaping and wrapping of text for a person.

use super::sanitise;
use anstyle::{AnsiColor, Style};
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
        let mut chars = text.chars();
        let mut at = 0;
        for &(start, end) in ranges {
            let before: String = chars.by_ref().take(start.saturating_sub(at)).collect();
            let matched: String = chars.by_ref().take(end.saturating_sub(start.max(at))).collect();
            painted.push_str(&sanitise(&before));
            painted.push_str(&self.paint(Role::Match, &matched));
            at = end.max(at);
        }
        painted.push_str(&sanitise(chars.as_str()));
        painted
    }

    /// Wraps painted text to the width, each line after `indent`. Words are never hyphenated, since a
    /// hyphen put in here would be taken for the author's.
    pub fn wrap(&self, painted: &str, indent: &str) -> String {
        let options = Options::new(self.width)
            .initial_indent(indent)
            .subsequent_indent(indent)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        textwrap::fill(painted, options)
    }
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
}
