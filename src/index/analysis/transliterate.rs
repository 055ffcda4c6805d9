//! Cyrillic in Latin letters, as English-language writing on the region spells names.

/// The folded word in Latin letters when it has Cyrillic ones, by the BGN/PCGN 1947 romanisation of Russian
/// without its apostrophes, with the further letters of Belarusian, Ukrainian, Kazakh, Kyrgyz and Tajik:
/// `лукашенко` becomes `lukashenko`. `None` for a word without Cyrillic letters.
pub fn transliterate(folded: &str) -> Option<String> {
    let is_cyrillic = |c: char| ('\u{400}'..'\u{530}').contains(&c);
    if folded.is_ascii() || !folded.chars().any(is_cyrillic) {
        return None;
    }
    let mut latin = String::with_capacity(folded.len());
    for c in folded.chars() {
        match latin_letters(c) {
            Some(letters) => latin.push_str(letters),
            None if is_cyrillic(c) => {}
            None => latin.push(c),
        }
    }
    (!latin.is_empty()).then_some(latin)
}

fn latin_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'ё' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ӣ' => "i",
        'й' | 'ы' => "y",
        'ї' => "yi",
        'к' => "k",
        'қ' => "q",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'ң' => "ng",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' | 'ұ' | 'ү' | 'ӯ' => "u",
        'ф' => "f",
        'х' => "kh",
        'ҳ' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ҷ' | 'җ' => "j",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ә' => "a",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::transliterate;

    #[test]
    fn names_meet_their_latin_spelling() {
        for (cyrillic, latin) in
            [("лукашенко", "lukashenko"), ("ташкент", "tashkent"), ("назарбаев", "nazarbaev")]
        {
            assert_eq!(transliterate(cyrillic).as_deref(), Some(latin));
        }
        assert_eq!(transliterate("trade"), None);
        assert_eq!(transliterate("ъ"), None);
    }
}
