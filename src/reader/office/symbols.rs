//! Symbols: letters that Word takes from a font whose codes are not Unicode.

/// What the font `Symbol` shows for the letters `A` to `Z` and `a` to `z`.
const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// What it shows for the signs that texts use.
const SIGNS: &[(u8, char)] = &[
    (0x2D, '−'),
    (0xA2, '′'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAE, '→'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xD6, '√'),
    (0xE5, '∑'),
];

/// The character that a symbol shows: its font and its code in hexadecimal, which may be moved to the private area.
/// `None` for pictures, which say nothing.
pub fn character(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    let moved = code.checked_sub(0xF000).filter(|c| *c < 0x100);
    if !font.eq_ignore_ascii_case("symbol") {
        return if moved.is_some() { None } else { char::from_u32(code).filter(|c| !c.is_control()) };
    }
    let byte = u8::try_from(moved.unwrap_or(code)).ok()?;
    match byte {
        b'A'..=b'Z' => CAPITALS.chars().nth(usize::from(byte - b'A')),
        b'a'..=b'z' => SMALL.chars().nth(usize::from(byte - b'a')),
        _ => SIGNS.iter().find(|(b, _)| *b == byte).map(|(_, c)| *c).or_else(|| {
            let plain = char::from(byte);
            (plain.is_ascii_graphic() || plain == ' ').then_some(plain)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_as_what_they_show() {
        assert_eq!(character("Symbol", "F061"), Some('α'));
        assert_eq!(character("Symbol", "F0B3"), Some('≥'));
        assert_eq!(character("Times New Roman", "2014"), Some('—'));
        assert_eq!(character("Wingdings", "F0E0"), None);
        assert_eq!(character("Symbol", "nonsense"), None);
    }
}
