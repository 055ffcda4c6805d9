//! Digits that are set high, as the marks of notes are.

/// The superscript of a digit; other characters as they are.
pub fn superscript(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + digit as u32 - '0' as u32).unwrap_or(digit),
        other => other,
    }
}

/// Returns true if and only if `c` is a superscript digit.
pub fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// The value of a superscript digit; `None` for any other character.
pub fn superscript_value(c: char) -> Option<u32> {
    (0..10).find(|digit| char::from_digit(*digit, 10).map(superscript) == Some(c))
}
