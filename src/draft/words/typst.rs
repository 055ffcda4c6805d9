//! Typst without its marks.

use super::behind;
use crate::draft::scan::slice;

/// Functions whose content is no part of the words.
const APART: &str = " footnote cite label ref ";

/// The words, with emphasis, functions, notes and citations resolved.
pub fn words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut words = String::with_capacity(text.len());
    let mut i = 0;
    while let Some(c) = chars.get(i).copied() {
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let before = words.chars().next_back();
        match c {
            '\\' => {
                // `\` alone ends the line.
                words.push(if next.is_whitespace() { ' ' } else { next });
                i += 2;
            }
            '*' | '_' => {
                if before.is_some_and(char::is_alphanumeric) && next.is_alphanumeric() {
                    words.push(c);
                }
                i += 1;
            }
            '~' => {
                words.push(' ');
                i += 1;
            }
            '@' if next.is_alphanumeric() => {
                let key = |c: &char| c.is_alphanumeric() || "_-:.".contains(*c);
                i += 1;
                while chars.get(i).is_some_and(key) {
                    i += 1;
                }
                if chars.get(i - 1) == Some(&'.') {
                    i -= 1;
                }
                if chars.get(i) == Some(&'[') {
                    i = behind(&chars, i).max(i + 1);
                }
            }
            '#' if next.is_alphabetic() => i = function(&chars, i, &mut words),
            c => {
                words.push(c);
                i += 1;
            }
        }
    }
    words
}

/// Reads `#name(…)[…]` at `start`, adds its content, and gives where the text goes on.
fn function(chars: &[char], start: usize, words: &mut String) -> usize {
    let mut end = start + 1;
    while chars.get(end).is_some_and(|c| c.is_alphanumeric() || "_-.".contains(*c)) {
        end += 1;
    }
    let name = slice(chars, start + 1, end);
    if chars.get(end) == Some(&'(') {
        end = behind(chars, end).max(end + 1);
    }
    if chars.get(end) == Some(&'[') && behind(chars, end) > end {
        let close = behind(chars, end);
        if !APART.contains(&format!(" {name} ")) {
            words.push_str(&self::words(&slice(chars, end + 1, close - 1)));
        }
        return close;
    }
    end
}
