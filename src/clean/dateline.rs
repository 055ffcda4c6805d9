//! A date that an archive has put before the first words of an article, on the same line:
//! `date 2024-11-16 ISLAMABAD: The president …`. It is not the author's and becomes a line of its own.

use crate::document::{Document, Line, Role};

/// `document` with the date before its first words on a line of its own, number and page as before;
/// `None` when there is no such date.
pub fn split(document: &Document) -> Option<Document> {
    let at = document.lines.iter().position(|line| !document.line_text(line).trim().is_empty())?;
    let line = document.lines.get(at).filter(|line| line.role == Role::Raw)?;
    let cut = line.range.start + date_len(document.line_text(line))?;
    let mut lines = document.lines.clone();
    lines[at].range.end = cut;
    lines.insert(at + 1, Line { range: cut..line.range.end, ..line.clone() });
    let breaks = document.breaks.iter().map(|&b| if b > at { b + 1 } else { b }).collect();
    Some(Document { lines, breaks, ..document.clone() })
}

/// The length of the label and date that `text` begins with, when an article follows on the line.
fn date_len(text: &str) -> Option<usize> {
    const LABELS: &[&str] = &["date", "dated", "published", "posted", "updated"];
    let lead = text.len() - text.trim_start().len();
    let label = text[lead..].split([' ', ':']).next()?;
    LABELS.iter().find(|known| known.eq_ignore_ascii_case(label))?;
    let from = lead + label.len();
    let rest = text[from..].trim_start_matches([' ', ':']);
    let date = rest.split(' ').next().filter(|word| is_numeric_date(word))?;
    let end = text.len() - rest.len() + date.len();
    let article = text[end..].trim_start();
    (article.len() >= 60 && article.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"'))
        .then_some(end)
}

/// `2024-11-16`, `16/11/2024`, `16.11.2024`.
fn is_numeric_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let numbers = parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    parts.len() == 3 && numbers && parts.iter().any(|p| p.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    #[test]
    fn only_a_date_before_an_article_is_split_off() {
        for (text, date) in [
            (
                " date 2024-11-16 KABUL: The president of the republic is set to visit the old town this month.",
                16,
            ),
            (
                "Published: 16/11/2024 The president of the republic is set to visit the old town this month.",
                21,
            ),
        ] {
            assert_eq!(date_len(text), Some(date), "{text}");
        }
        for text in [
            "date 2024-11-16",
            "Dated words follow here 2024-11-16 and so on and on for a long, long time",
            "2024-11-16 A",
        ] {
            assert_eq!(date_len(text), None, "{text}");
        }
    }

    #[test]
    fn breaks_move_with_the_lines() {
        let mut document = Document::new(Format::Text);
        document.push("", Role::Raw, 1, 0);
        document.push(&format!("date 2024-11-16 The {}", "long ".repeat(20)), Role::Raw, 2, 0);
        document.push("next", Role::Raw, 3, 0);
        document.breaks.push(2);
        let split = split(&document).expect("a date");
        assert_eq!(split.breaks, [3]);
        assert_eq!((split.line_text(&split.lines[1]), split.lines[2].number), ("date 2024-11-16", 2));
    }
}
