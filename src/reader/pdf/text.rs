//! The text of a paragraph: what its lines and runs mean together.

use super::super::superscript;
use unpdf::InlineContent;

/// The text of a paragraph: lines broken within it joined, words hyphenated at their ends too, and the marks of
/// footnotes set as superscripts so that they are not glued to the word.
pub fn paragraph_text(content: &[InlineContent]) -> String {
    let mut text = String::new();
    for piece in content {
        match piece {
            InlineContent::Text(run) if run.style.superscript && is_mark(&run.text) => {
                text.extend(run.text.trim().chars().map(superscript));
                if run.text.ends_with(' ') {
                    text.push(' ');
                }
            }
            InlineContent::Text(run) => text.push_str(&run.text),
            InlineContent::Link { text: label, .. } => text.push_str(label),
            InlineContent::LineBreak => text.push('\n'),
            InlineContent::Image { .. } => {}
        }
    }
    rejoin(&text.replace('\u{AD}', ""))
}

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Joins words that a line end cut within a paragraph, left by the library as `under- standing`. A hyphen before
/// `and` or `or` is the author's: `short- and long-term`.
fn rejoin(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("- ") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let word: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
        let cut = before.ends_with(|c: char| c.is_lowercase())
            && word.chars().next().is_some_and(char::is_lowercase)
            && !matches!(word.as_str(), "and" | "or" | "to" | "und" | "et");
        joined.push_str(before);
        joined.push_str(if cut { "" } else { "- " });
        rest = after;
    }
    joined.push_str(rest);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_words_are_joined_and_hanging_hyphens_stay() {
        assert_eq!(
            rejoin("under- standing of short- and long-term trade"),
            "understanding of short- and long-term trade"
        );
    }
}
