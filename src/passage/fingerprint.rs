//! The fingerprint of a passage: the same words have the same one, whatever became of their setting.

use unicode_normalization::UnicodeNormalization;

/// Eight hex digits of the BLAKE3 hash of the letters and digits of `text` under Unicode NFKC, in small
/// letters.
///
/// White space, punctuation and hyphens are left out, so that a passage keeps its fingerprint when its
/// lines are wrapped anew or a word is cut elsewhere.
pub fn fingerprint(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    if text.is_ascii() {
        letters.extend(
            text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())),
        );
    } else {
        letters.extend(text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
    let mut hex = blake3::hash(letters.as_bytes()).to_hex().to_string();
    hex.truncate(8);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_does_not_matter_and_words_do() {
        let print = fingerprint("The Pak-Afghan “treaty” of ﬁfty-two.");
        assert_eq!(print, fingerprint("the  pakafghan\n\"treaty\" of fifty-two"));
        assert_ne!(print, fingerprint("The Pak-Afghan “treaty” of fifty-three."));
        assert!(print.len() == 8 && print.bytes().all(|b| b.is_ascii_hexdigit()));
    }
}
