//! The language of a text, told by letters that only one language of its script has, else by its commonest words.

use crate::bibliography::references::start_of;
use crate::passage::Segmented;
use std::collections::HashMap;
use std::sync::OnceLock;

/// How many bytes of text are looked at.
const SAMPLE: usize = 3000;
/// How many letters must be seen before anything is said.
const LEAST: usize = 150;

/// Commonest words of languages in Latin letters.
const WORDS: [(&str, &str); 9] = [
    (
        "en",
        " the of and to is that for with was as by are this be have it from which has not their been were ",
    ),
    ("fr", " les des est dans pour que qui une sur pas avec par au sont cette aux mais leur été ses "),
    ("de", " der die und den das ist nicht mit dem von für auf ein eine sich auch werden wird zu im "),
    ("es", " los las del por con una para es como más pero sus sobre este entre fue han también "),
    ("it", " il di che gli della per sono nel alla dei con più anche delle questo ha dal nella "),
    ("pt", " os não uma dos das pelo pela são mais ao também foi seu sua entre até às "),
    ("nl", " het een van niet zijn voor met aan ook door naar maar worden bij deze heeft "),
    ("tr", " ve bir bu için ile olarak daha olan gibi çok kadar sonra ancak türkiye "),
    ("pl", " nie się że jest przez oraz jako dla tym które był była ich także od "),
];

/// The BCP 47 tag of the language of the document's citable passages; `None` when it is short or unsure.
pub(super) fn language(segmented: &Segmented) -> Option<String> {
    let mut sample = String::new();
    for passage in segmented.passages.iter().filter(|p| p.kind.is_citable()) {
        let room = SAMPLE.saturating_sub(sample.len());
        sample.push_str(start_of(&passage.text, room));
        sample.push(' ');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    of_text(&sample).map(str::to_owned)
}

fn of_text(text: &str) -> Option<&'static str> {
    let (mut latin, mut cyrillic, mut arabic, mut han, mut kana, mut hangul) =
        (0usize, 0usize, 0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{4e00}'..='\u{9fff}' => han += 1,
            '\u{ac00}'..='\u{d7af}' => hangul += 1,
            _ => {}
        }
    }
    let most = latin.max(cyrillic).max(arabic).max(3 * han).max(hangul);
    if most < LEAST {
        return None;
    }
    match most {
        m if m == latin => by_words(text),
        m if m == cyrillic => Some(of_cyrillic(text, cyrillic)),
        m if m == arabic => Some(of_arabic(text)),
        m if m == hangul => Some("ko"),
        _ if kana * 10 > han => Some("ja"),
        _ => Some("zh"),
    }
}

/// Each of the commonest words with the languages it is common in, a bit each.
fn lexicon() -> &'static HashMap<&'static str, u16> {
    static LEXICON: OnceLock<HashMap<&'static str, u16>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut lexicon = HashMap::new();
        for (bit, (_, words)) in WORDS.iter().enumerate() {
            for word in words.split_whitespace() {
                *lexicon.entry(word).or_default() |= 1 << bit;
            }
        }
        lexicon
    })
}

/// The language whose commonest words are most of the text's, by far.
fn by_words(text: &str) -> Option<&'static str> {
    let lexicon = lexicon();
    let mut counts = [0usize; WORDS.len()];
    let mut total = 0usize;
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        total += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let Some(languages) = lexicon.get(lower.as_str()) else { continue };
        for (bit, count) in counts.iter_mut().enumerate() {
            *count += usize::from(languages >> bit & 1);
        }
    }
    let ranked = counts.iter().enumerate().max_by_key(|(i, count)| (**count, std::cmp::Reverse(*i)));
    let (best, top) = ranked.map(|(i, count)| (i, *count))?;
    let second = counts.iter().enumerate().filter(|(i, _)| *i != best).map(|(_, c)| *c).max().unwrap_or(0);
    let sure = top * 12 >= total && top >= 2 * second && top >= 5;
    WORDS.get(best).filter(|_| sure).map(|(tag, _)| *tag)
}

fn count(text: &str, letters: &str) -> usize {
    text.chars().filter(|c| c.to_lowercase().any(|l| letters.contains(l))).count()
}

fn of_cyrillic(text: &str, all: usize) -> &'static str {
    let often = |letters: &str| count(text, letters) * 200 > all;
    match () {
        () if often("ӣӯҷ") => "tg",
        () if often("ұәһі") && often("қғң") => "kk",
        () if often("ң") || often("үө") => "ky",
        () if often("ў") && often("қҳғ") => "uz",
        () if often("ў") => "be",
        () if often("їєґ") => "uk",
        () => "ru",
    }
}

fn of_arabic(text: &str) -> &'static str {
    match () {
        () if count(text, "ٹڈڑےں") > 3 => "ur",
        () if count(text, "ښړټډۍ") > 3 => "ps",
        () if count(text, "پچژگ") > 3 => "fa",
        () => "ar",
    }
}
