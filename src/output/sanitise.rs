//! Escaping of what a terminal would obey rather than show.

use std::borrow::Cow;

/// `text` with every character that a terminal would act on made visible: control characters (C0, DEL, C1)
/// other than the line feed and tab, and the bidirectional controls of Unicode (UAX #9, "Trojan Source"),
/// each as `\u{1b}`. Everything else stays byte for byte.
///
/// Applied to pipes too: `ibid … | less -R` obeys escapes as a terminal does. JSON escapes by itself.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hostile(c) {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Returns true if and only if a terminal would act on `c` rather than show it.
fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_visible_and_text_stays() {
        assert_eq!(sanitise("\u{1b}[31mred\u{7}\u{9b}2J"), "\\u{1b}[31mred\\u{7}\\u{9b}2J");
        assert_eq!(sanitise("abc\u{202e}cba"), "abc\\u{202e}cba");
        assert!(matches!(sanitise("Лукашенко – “Dostarym”\n\tپاکستان"), Cow::Borrowed(_)));
    }
}
