//! Scripts that are written without spaces between words.

/// Returns true if and only if `c` is a Han, Kana or Hangul letter. Korean has spaces, but its endings are glued to names.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
