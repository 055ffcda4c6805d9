//! LaTeX without its commands.

use super::behind;
use crate::draft::scan::{at, slice};

/// Commands that stand for a sign.
const SIGNS: [(&str, &str); 32] = [
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquotesingle", "'"),
    ("textasciitilde", "~"),
    ("textbackslash", "\\"),
    ("textdegree", "°"),
    ("textdollar", "$"),
    ("textsterling", "£"),
    ("pounds", "£"),
    ("texteuro", "€"),
    ("euro", "€"),
    ("copyright", "©"),
    ("S", "§"),
    ("quad", " "),
    ("qquad", " "),
    ("newline", " "),
    ("par", " "),
    ("ss", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("i", "i"),
];
/// Accents that combine with the letter behind them.
const ACCENTS: [(char, char); 13] = [
    ('`', '\u{300}'),
    ('\'', '\u{301}'),
    ('^', '\u{302}'),
    ('~', '\u{303}'),
    ('=', '\u{304}'),
    ('u', '\u{306}'),
    ('.', '\u{307}'),
    ('"', '\u{308}'),
    ('r', '\u{30a}'),
    ('H', '\u{30b}'),
    ('v', '\u{30c}'),
    ('c', '\u{327}'),
    ('k', '\u{328}'),
];
/// Commands whose argument is no part of the words.
const APART: &str = " footnote endnote sidenote marginpar label index todo footnotemark footnotetext vspace hspace ref \
    pageref ";
/// Commands whose first argument only says how the second is set.
const SETTING: &str = " foreignlanguage textcolor href foreignquote ";

/// The words, with commands, braces and escapes resolved.
pub fn words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut words = String::with_capacity(text.len());
    let mut i = 0;
    while let Some(c) = chars.get(i).copied() {
        match c {
            '\\' => i = command(&chars, i, &mut words),
            '{' | '}' => i += 1,
            '~' => {
                words.push(' ');
                i += 1;
            }
            // babel's hyphens: `"=` and `"~` are printed, `"-` and `""` only where the line ends.
            '"' if chars.get(i + 1).is_some_and(|c| "=~".contains(*c)) => {
                words.push('-');
                i += 2;
            }
            '"' if chars.get(i + 1) == Some(&'-') => i += 2,
            c => {
                words.push(c);
                i += 1;
            }
        }
    }
    words
}

/// Reads the command at `start`, adds what it stands for, and gives where the text goes on.
fn command(chars: &[char], start: usize, words: &mut String) -> usize {
    let Some(sign) = chars.get(start + 1).copied() else { return start + 1 };
    if !sign.is_ascii_alphabetic() {
        if let Some((_, accent)) = ACCENTS.iter().find(|(name, _)| *name == sign) {
            return accented(chars, start + 2, *accent, words);
        }
        match sign {
            // A place where the word may be parted, a correction of space.
            '-' | '/' | '!' => {}
            ',' | ';' | ':' | ' ' | '\n' | '\\' | '@' => words.push(' '),
            sign => words.push(sign),
        }
        return start + 2;
    }
    let mut end = start + 1;
    while chars.get(end).is_some_and(char::is_ascii_alphabetic) {
        end += 1;
    }
    let name = slice(chars, start + 1, end);
    let open = (end..chars.len()).find(|i| chars.get(*i) != Some(&' ')).unwrap_or(end);
    if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
        words.push_str(sign);
        // The spaces behind a command only end its name.
        return if at(chars, end, "{}") { end + 2 } else { open };
    }
    let mut letters = name.chars();
    if let (Some(first), None) = (letters.next(), letters.next())
        && let Some((_, accent)) = ACCENTS.iter().find(|(known, _)| *known == first)
    {
        return accented(chars, open, *accent, words);
    }
    let lower = name.to_lowercase();
    let apart = APART.contains(&format!(" {name} ")) || lower.contains("cite") && !lower.ends_with("text");
    let mut next = if chars.get(end) == Some(&'*') { end + 1 } else { end };
    if apart || SETTING.contains(&format!(" {name} ")) {
        while chars.get(next) == Some(&'[') && behind(chars, next) > next {
            next = behind(chars, next);
        }
        return if chars.get(next) == Some(&'{') { behind(chars, next).max(next + 1) } else { next };
    }
    if name == "enquote" && chars.get(next) == Some(&'{') && behind(chars, next) > next {
        let close = behind(chars, next);
        words.push_str(&format!("‘{}’", self::words(&slice(chars, next + 1, close - 1))));
        return close;
    }
    // `\emph{…}`, `\bfseries`: only how it looks.
    if chars.get(next) == Some(&'{') { next } else { open }
}

/// An accent with the letter behind it, which may stand in braces.
fn accented(chars: &[char], mut from: usize, accent: char, words: &mut String) -> usize {
    let braced = chars.get(from) == Some(&'{');
    from += usize::from(braced);
    if at(chars, from, "\\i") || at(chars, from, "\\j") {
        from += 1;
    }
    match chars.get(from).copied().filter(|c| c.is_alphabetic()) {
        Some(letter) => words.extend([letter, accent]),
        None => return from,
    }
    from + 1 + usize::from(braced && chars.get(from + 1) == Some(&'}'))
}
