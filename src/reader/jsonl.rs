//! JSON Lines: `{"id","title","text"}`, passages that somebody has cut already.

use super::{ReadError, encoding};
use crate::document::{Document, Format, Role};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// Reads a paragraph a record, under its title as heading where that changes.
///
/// # Errors
/// [`ReadError::Broken`] when no line is a record; single bad lines are doubts.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let (text, _) = encoding::decode(bytes)?;
    let mut document = Document::new(Format::Jsonl);
    let mut heading = String::new();
    let mut first_error = None;
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let number = i as u32 + 1;
        match serde_json::from_str::<Record>(line) {
            Ok(Record { title, text: Some(text) }) if !text.trim().is_empty() => {
                if let Some(title) = title.filter(|t| !t.trim().is_empty() && *t != heading) {
                    document.push(&one_line(&title), Role::Heading(1), number, 0);
                    heading = title;
                }
                document.push(&one_line(&text), Role::Paragraph, number, 0);
            }
            Ok(_) => document.doubts.push(format!("line {number}: no \"text\"")),
            Err(error) => {
                let what = format!("line {number}: {error}");
                document.doubts.push(what.clone());
                first_error.get_or_insert(what);
            }
        }
    }
    if document.lines.is_empty() {
        let what = first_error.unwrap_or_else(|| "no line has a \"text\"".to_owned());
        return Err(ReadError::broken("JSON Lines", what));
    }
    Ok(document)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_become_paragraphs_and_bad_lines_doubts() {
        let bytes = b"{\"id\":1,\"title\":\"T\",\"text\":\"One.\\ntwo\"}\nnope\n{\"id\":2,\"title\":\"T\",\"text\":\"Three.\"}\n";
        let document = read(bytes).unwrap();
        let text: Vec<&str> = document.lines.iter().map(|l| document.line_text(l)).collect();
        assert_eq!(text, ["T", "One. two", "Three."]);
        assert_eq!(document.doubts.len(), 1);
        assert!(read(b"nope").is_err());
    }
}
