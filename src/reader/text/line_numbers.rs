//! Numbers before the lines of transcripts and bills, which are set apart so that the lines can be joined.

use crate::clean::wording::{End, end_of};
use crate::document::{Document, Role};

/// That many numbered lines at least show that the numbers count lines.
const LEAST: usize = 12;
/// The widest numbered line, in bytes; longer ones are paragraphs or verses with a number.
const WIDEST: usize = 120;

/// Takes the numbers that count lines out of the lines; they follow at the end of the text, as what is not the author's.
pub fn set_apart(document: &mut Document) {
    let Some(numbered) = numbered_lines(document) else { return };
    let mut numbers = String::new();
    for (i, digits, words) in numbered {
        let line = &mut document.lines[i];
        let start = line.range.start;
        numbers.push_str(&document.text[start + digits.0..start + digits.1]);
        numbers.push(' ');
        line.range.start = start + words;
    }
    document.push(numbers.trim_end(), Role::Boilerplate, 0, 0);
    document.doubts.push("numbers before its lines set apart".to_owned());
}

/// A line's index, where its number begins and ends, and where its words begin.
type Numbered = (usize, (usize, usize), usize);

/// The lines with numbers, when these count the lines: most lines have one, they run on or begin again with 1, and
/// sentences go on from one numbered line to the next.
fn numbered_lines(document: &Document) -> Option<Vec<Numbered>> {
    let mut found = Vec::new();
    let (mut lines, mut runs, mut open) = (0usize, 0usize, 0usize);
    let mut last: Option<u32> = None;
    for (i, line) in document.lines.iter().enumerate() {
        let text = document.line_text(line);
        if text.trim().is_empty() {
            continue;
        }
        lines += 1;
        if let Some((number, digits, words)) = number(text) {
            runs += usize::from(last.is_none_or(|last| number == last + 1) || number == 1);
            open += usize::from(matches!(end_of(text.trim_end()), End::Open | End::Hyphen));
            last = Some(number);
            found.push((i, digits, words));
        }
        // Most texts are known to have no numbers by their first lines.
        if lines == 100 && found.len() < 25 {
            return None;
        }
    }
    let counts = found.len() >= LEAST && found.len() * 10 >= lines * 6;
    (counts && runs * 10 >= found.len() * 9 && open * 2 >= found.len()).then_some(found)
}

/// The number that a line begins with, its place, and where the words begin: behind two blanks or a tab, or one blank.
fn number(text: &str) -> Option<(u32, (usize, usize), usize)> {
    let start = text.len() - text.trim_start().len();
    let bare = &text[start..];
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &bare[digits..];
    let is_set_off = rest.is_empty() || rest.starts_with([' ', '\t']);
    if !(1..=4).contains(&digits) || !is_set_off || text.len() > WIDEST {
        return None;
    }
    let words = start + digits + (rest.len() - rest.trim_start().len());
    Some((bare[..digits].parse().ok()?, (start, start + digits), words))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::document::Format;
    use crate::passage::{Kind, segment};

    #[test]
    fn numbers_of_lines_are_set_apart_and_lines_joined() {
        let words = [
            "The ports of the north shall be open to the",
            "ships of all nations in summer and in win-",
            "ter, as the treaty of the two parties has",
            "it, and no fee shall be taken from the own-",
            "ers of the ships that call at them.",
            "The roads that lead to the ports shall be",
            "built by the two parties together, and no",
            "fee shall be taken from those who use them",
        ];
        let page: String = words.iter().enumerate().map(|(i, w)| format!("{:>5}   {w}\n", i + 1)).collect();
        let document = read(format!("{page}\n{page}").as_bytes(), Format::Text).unwrap();
        let segmented = segment(&document);
        let body: Vec<&str> =
            segmented.passages.iter().filter(|p| p.kind == Kind::Body).map(|p| p.text.as_str()).collect();
        assert!(
            body[0].starts_with(
                "The ports of the north shall be open to the ships of all nations in summer and in winter, as"
            ),
            "{body:?}"
        );
        assert!(
            segmented.passages.iter().any(|p| p.kind == Kind::Boilerplate && p.text.starts_with("1 2 3 4"))
        );
        assert_eq!(document.lines[1].number, 2);
    }

    #[test]
    fn years_and_numbered_paragraphs_stay() {
        let years: String =
            (1950..1980).map(|y| format!("{y} was a year of peace for the ports.\n")).collect();
        let items: String = (1..30).map(|n| format!("{n} ships called at the port.\n")).collect();
        for text in [years, items] {
            let document = read(text.as_bytes(), Format::Text).unwrap();
            assert!(document.doubts.is_empty());
        }
    }
}
