//! KZ-1048 and PT154: two encodings of Kazakh that have other letters than windows-1251 at some places and are taken
//! for it otherwise.

use encoding_rs::WINDOWS_1251;

/// An encoding as its differences from windows-1251.
struct Variant {
    name: &'static str,
    /// Bytes and what they are.
    letters: &'static [(u8, char)],
}

/// STRK 1048-2002, as registered with IANA (KZ-1048).
const KZ_1048: Variant = Variant {
    name: "KZ-1048",
    letters: &[
        (0x8D, 'Қ'),
        (0x8E, 'Һ'),
        (0x9D, 'қ'),
        (0x9E, 'һ'),
        (0xA1, 'Ұ'),
        (0xA2, 'ұ'),
        (0xA3, 'Ә'),
        (0xA5, 'Ө'),
        (0xAA, 'Ғ'),
        (0xAF, 'Ү'),
        (0xB4, 'ө'),
        (0xBA, 'ғ'),
        (0xBC, 'ә'),
        (0xBD, 'Ң'),
        (0xBE, 'ң'),
        (0xBF, 'ү'),
    ],
};

/// ParaType 154, as registered with IANA (PTCP154, Asian Cyrillic).
const PT154: Variant = Variant {
    name: "PT154",
    letters: &[
        (0x80, 'Җ'),
        (0x81, 'Ғ'),
        (0x82, 'Ӯ'),
        (0x83, 'ғ'),
        (0x86, 'Ҷ'),
        (0x87, 'Ү'),
        (0x88, 'Ҳ'),
        (0x89, 'ү'),
        (0x8A, 'Ҡ'),
        (0x8B, 'Ӣ'),
        (0x8C, 'Ң'),
        (0x8D, 'Қ'),
        (0x8E, 'Һ'),
        (0x8F, 'Ҹ'),
        (0x90, 'җ'),
        (0x98, 'ҳ'),
        (0x99, 'ҷ'),
        (0x9A, 'ҡ'),
        (0x9B, 'ӣ'),
        (0x9C, 'ң'),
        (0x9D, 'қ'),
        (0x9E, 'һ'),
        (0x9F, 'ҹ'),
        (0xA4, 'Ө'),
        (0xA5, 'Ҙ'),
        (0xA6, 'Ұ'),
        (0xAA, 'Ә'),
        (0xAD, 'ӯ'),
        (0xAF, 'Ҝ'),
        (0xB1, 'ұ'),
        (0xB4, 'ҙ'),
        (0xB5, 'ө'),
        (0xBA, 'ә'),
        (0xBD, 'Ҫ'),
        (0xBE, 'ҫ'),
        (0xBF, 'ҝ'),
    ],
};

/// The letters that Kazakh has besides those of Russian.
const KAZAKH: &str = "әғқңөұүһіӘҒҚҢӨҰҮҺІ";
/// `қ`, which the two encodings share; `ы`, which no other language has whose letters windows-1251 has at these places
/// but Belarusian and Russian; and `і`.
const QA: [u8; 2] = [0x9D, 0x8D];
const Y: u8 = 0xFB;

/// The text of bytes that were taken for windows-1251, when they are Kazakh in another encoding, and its name.
pub fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    let mut counts = [0usize; 256];
    bytes.iter().for_each(|b| counts[usize::from(*b)] += 1);
    let best = [&KZ_1048, &PT154].into_iter().max_by_key(|variant| kazakh_letters(variant, &counts).0)?;
    let (count, kinds) = kazakh_letters(best, &counts);
    let letters: usize = counts[0xC0..].iter().sum();
    // Belarusian has `ў` and `і` there, Macedonian and Serbian have no `ы`, Ukrainian words in Russian text are few.
    let is_kazakh = QA.iter().any(|b| counts[usize::from(*b)] > 0)
        && counts[usize::from(Y)] > 0
        && kinds >= 2
        && count * 100 >= letters;
    is_kazakh.then(|| (text(best, bytes), best.name))
}

/// How many letters of Kazakh alone there are under an encoding, and how many different ones.
fn kazakh_letters(variant: &Variant, counts: &[usize; 256]) -> (usize, usize) {
    let own = variant.letters.iter().filter(|(_, letter)| KAZAKH.contains(*letter));
    let found: Vec<usize> = own.map(|(byte, _)| counts[usize::from(*byte)]).filter(|n| *n > 0).collect();
    // What only another language has at these places speaks against it.
    let foreign = variant.letters.iter().filter(|(_, letter)| !KAZAKH.contains(*letter));
    let against: usize = foreign.map(|(byte, _)| counts[usize::from(*byte)]).sum();
    (found.iter().sum::<usize>().saturating_sub(against), found.len())
}

fn text(variant: &Variant, bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    let own = |byte: u8| variant.letters.iter().find(|(b, _)| *b == byte).map(|(_, letter)| *letter);
    for run in bytes.chunk_by(|a, b| own(*a).is_none() && own(*b).is_none()) {
        match run {
            [byte] if own(*byte).is_some() => out.extend(own(*byte)),
            plain => out.push_str(&WINDOWS_1251.decode_without_bom_handling(plain).0),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::decode as decode_any;
    use super::*;

    const TEXT: &str = "Қазақстан порттары солтүстіктің барлық кемелеріне ашық. Сауда көлемі өткен жылы өсті, ал жолдар \
        әлі салынбаған. Ұлттық экономика дамып келеді, ғалымдар осылай дейді.\n\nҮкімет келісімге қол қойды.\n";

    fn encoded(variant: &Variant, text: &str) -> Vec<u8> {
        let byte = |c: char| match variant.letters.iter().find(|(_, letter)| *letter == c) {
            Some((byte, _)) => vec![*byte],
            None => WINDOWS_1251.encode(&c.to_string()).0.into_owned(),
        };
        text.chars().flat_map(byte).collect()
    }

    #[test]
    fn kazakh_is_read_in_both_encodings() {
        for variant in [&KZ_1048, &PT154] {
            let bytes = encoded(variant, TEXT);
            let (text, name) = decode_any(&bytes).unwrap();
            assert_eq!((text.as_ref(), name), (TEXT, Some(variant.name)));
        }
    }

    #[test]
    fn other_languages_stay_windows_1251() {
        for text in [
            "Порты севера открыты для всех судов, но дороги ещё не построены. Київ и Львів названы в подъезде.",
            "Парты поўначы адкрытыя для ўсіх караблёў, але дарогі яшчэ не пабудаваныя, і гандаль расце.",
            "Порти півночі відкриті для всіх кораблів, її дороги ще не збудовані, є й ґанок.",
            "Пристаништата се отворени за сите бродови, но патиштата ќе ги нема, ѕидовите и ѓубрето, куќата и ноќта.",
        ] {
            let (bytes, _, unmappable) = WINDOWS_1251.encode(text);
            assert!(!unmappable);
            assert_eq!(decode(&bytes), None, "{text}");
        }
    }
}
