//! The matcher: all names of a text in one pass.
//!
//! A name begins with a capital (or a letter without case, or a Cyrillic one of either case), so only words that do
//! are looked up, by their first word, in a table; the longest name that fits wins. That is faster than an automaton
//! over every byte, since nine words in ten of running text are passed over.

use super::CountryCode;
use super::gazetteer::{Gazetteer, NameSort};
use super::unspaced::Unspaced;
use crate::clean::script::is_unspaced;
use std::collections::HashMap;

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The country; `None` for a phrase that names none.
    pub code: Option<CountryCode>,
    /// What sort of name.
    pub sort: NameSort,
    /// Bytes of the text.
    pub start: usize,
    /// Bytes of the text.
    pub end: usize,
}

/// A name's words behind its first.
#[derive(Debug)]
struct Tail {
    /// Without the first word; a space or hyphen stands for any white space or hyphen.
    rest: String,
    code: Option<CountryCode>,
    sort: NameSort,
}

/// All names, by their first word.
#[derive(Debug)]
pub struct Matcher {
    first: HashMap<String, Vec<Tail>>,
    /// The first words by [`slot`], so that most capitalised words are passed over without hashing.
    known: Vec<bool>,
    unspaced: Unspaced,
}

/// A number for a word's beginning and length, the same in capitals: what [`Matcher::known`] is asked for.
fn slot(word: &[u8]) -> usize {
    let byte = |i: usize| usize::from(word.get(i).copied().unwrap_or(0) & 31);
    // Beyond ASCII a change of case may change any byte: those words share one slot.
    if word.iter().any(|b| !b.is_ascii()) {
        return 0;
    }
    byte(0) | byte(1) << 5 | byte(2) << 10 | (word.len() & 7) << 15
}

impl Matcher {
    /// The matcher of a gazetteer.
    pub fn new(gazetteer: &Gazetteer) -> Matcher {
        let mut first: HashMap<String, Vec<Tail>> = HashMap::with_capacity(gazetteer.names.len());
        let mut known = vec![false; 1 << 18];
        // Words with letters beyond ASCII are always looked up.
        known[0] = true;
        for (name, code, sort) in &gazetteer.names {
            let end = word_end(name, 0);
            let tail = Tail { rest: name[end..].to_owned(), code: *code, sort: *sort };
            if let Some(place) = known.get_mut(slot(&name.as_bytes()[..end])) {
                *place = true;
            }
            first.entry(name[..end].to_owned()).or_default().push(tail);
        }
        for tails in first.values_mut() {
            // Longest first; of equal length the surer sort.
            tails.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then(a.sort.cmp(&b.sort)));
        }
        Matcher { first, known, unspaced: Unspaced::new() }
    }

    /// Every name in the text, in order, none within another.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let bytes = text.as_bytes();
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            // Most bytes stand in words that begin small, or between words.
            while bytes.get(at).is_some_and(|b| PASSED[usize::from(*b)]) {
                at += 1;
            }
            let Some(&byte) = bytes.get(at) else { break };
            if byte.is_ascii_lowercase() || byte.is_ascii_digit() {
                at = word_end(text, at + 1);
                continue;
            }
            let next = text[at..].chars().next();
            if let Some(letter) = next.filter(|c| is_unspaced(*c)) {
                at += self.take_unspaced(text, at, &mut mentions).unwrap_or(letter.len_utf8());
                continue;
            }
            let end = word_end(text, at);
            if end == at {
                at += next.map_or(1, char::len_utf8);
                continue;
            }
            match self.match_at(text, at, end).or_else(|| self.match_behind_particle(text, at, end)) {
                Some(mention) => {
                    at = mention.end;
                    mentions.push(mention);
                }
                None => at = end,
            }
        }
        mentions
    }

    /// Adds the name that the letters at `at` begin with, once for each of its countries; how long it is.
    fn take_unspaced(&self, text: &str, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let (length, codes) = self.unspaced.begins(&text[at..])?;
        let mention = |code| Mention { code, sort: NameSort::Name, start: at, end: at + length };
        mentions.extend(codes.iter().copied().map(mention));
        Some(length)
    }

    /// The name in an Arabic word that begins with particles and the article: `وباكستان`, `الباكستانية`.
    fn match_behind_particle(&self, text: &str, start: usize, end: usize) -> Option<Mention> {
        const PARTICLES: [&str; 6] = ["و", "ف", "ب", "ل", "ك", "ال"];
        const FEWEST_LETTERS: usize = 4;
        let mut from = start;
        for _ in 0..3 {
            let rest = text.get(from..end)?;
            let particle = PARTICLES.iter().find(|particle| rest.starts_with(**particle))?;
            from += particle.len();
            if text.get(from..end)?.chars().count() < FEWEST_LETTERS {
                return None;
            }
            if let Some(mention) = self.match_at(text, from, end) {
                return Some(mention);
            }
        }
        None
    }

    /// The longest name that begins with the word from `start` to `end`.
    fn match_at(&self, text: &str, start: usize, end: usize) -> Option<Mention> {
        let word = &text[start..end];
        if !self.known.get(slot(word.as_bytes())).copied().unwrap_or(true) {
            return None;
        }
        let found = |tails: &Vec<Tail>, capitals: bool| {
            tails.iter().find_map(|tail| {
                let stop = fits(text, end, &tail.rest, capitals)?;
                Some(Mention { code: tail.code, sort: tail.sort, start, end: stop })
            })
        };
        if let Some(mention) = self.first.get(word).and_then(|tails| found(tails, false)) {
            return Some(mention);
        }
        // A headline in capitals: PAKISTAN, SOUTH KOREA. Short words in capitals are abbreviations of their own.
        let capitals = word.len() > 3 || word == "NEW" || word == "SRI" || word == "EL" || word == "SAN";
        if capitals && word.chars().all(|c| !c.is_lowercase()) {
            let title = title_case(word);
            return self.first.get(&title).and_then(|tails| found(tails, true));
        }
        None
    }
}

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}

/// The ASCII letters and digits, by byte.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The bytes between words, by byte: ASCII that is neither letter nor digit.
const PASSED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = !IN_WORD[byte];
        byte += 1;
    }
    table
};

/// The end of the word that starts at `at`: letters and digits, and apostrophes between letters.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    loop {
        while bytes.get(end).is_some_and(|b| IN_WORD[usize::from(*b)]) {
            end += 1;
        }
        if bytes.get(end).is_none_or(u8::is_ascii) {
            return end;
        }
        match text[end..].chars().next() {
            Some(c) if !c.is_ascii() && !is_unspaced(c) && (c.is_alphanumeric() || c == 'ʻ') => {
                end += c.len_utf8()
            }
            _ => return end,
        }
    }
}

/// Where `rest` ends when it stands in the text from `at` on, and no letter follows. White space stands for white
/// space, line ends included; `-` for a hyphen of any sort.
fn fits(text: &str, at: usize, rest: &str, capitals: bool) -> Option<usize> {
    let mut here = text[at..].char_indices().peekable();
    let mut end = at;
    for want in rest.chars() {
        if want == ' ' {
            let mut any = false;
            while let Some((i, c)) = here.next_if(|(_, c)| c.is_whitespace()) {
                any = true;
                end = at + i + c.len_utf8();
            }
            if !any {
                return None;
            }
            continue;
        }
        let (i, have) = here.next()?;
        let same = have == want
            || (capitals && have.to_lowercase().eq(want.to_lowercase()))
            || (want == '-' && matches!(have, '‐' | '‑' | '–'))
            || (want == '\'' && have == '’');
        if !same {
            return None;
        }
        end = at + i + have.len_utf8();
    }
    let next = text[end..].chars().next();
    let goes_on = next.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    // `U.S.A` is not `U.S.`; `U.S` without its last point is met by its own row.
    (!goes_on).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let matcher = Matcher::new(&Gazetteer::with_own(&[]));
        let mentions = matcher.find(text);
        let named =
            mentions.iter().filter_map(|m| Some((m.code?.to_string(), text[m.start..m.end].to_owned())));
        named.collect()
    }

    fn codes(text: &str) -> Vec<String> {
        found(text).into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn names_are_met_as_they_are_written() {
        for (text, expected) in [
            ("Tashkent has supported Islamabad.", vec!["UZ", "PK"]),
            ("the Pak-Afghan border and Uzbek-Pakistani ties", vec!["PK", "AF", "UZ", "PK"]),
            ("PAKISTAN AND SOUTH KOREA SIGN", vec!["PK", "KR"]),
            ("Pakistan’s and Belarus's embassies", vec!["PK", "BY"]),
            ("South\nAfrica and Guinea-Bissau", vec!["ZA", "GW"]),
            ("Лукашенко и Беларусь", vec!["BY"]),
            ("Sino-Soviet talks", vec!["CN", "SU"]),
            ("it tells us of turkey and china cups", vec![]),
            ("Nigerians in Niger and Nigeria", vec!["NG", "NE", "NG"]),
            ("Papua New Guinea, Equatorial Guinea and Guinea", vec!["PG", "GQ", "GN"]),
            ("the U.S. and the US", vec!["US", "US"]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn names_are_met_with_their_endings_and_within_runs_of_letters() {
        for (text, expected) in [
            ("Президент Казахстана прибыл в Минск.", vec!["KZ", "BY"]),
            ("Торговля с Пакистаном и Узбекистаном выросла.", vec!["PK", "UZ"]),
            ("В Туркменистане и Кыргызстане, из Беларуси и России.", vec!["TM", "KG", "BY", "RU"]),
            ("Белорусско-пакистанские связи и российская сторона", vec!["BY", "PK", "RU"]),
            ("ТАДЖИКИСТАНА И ТУРЦИИ", vec!["TJ", "TR"]),
            ("в Южной Корее и США", vec!["KR", "US"]),
            ("у белорусов и узбеков", vec!["BY", "UZ"]),
            ("Прэзідэнт Беларусі наведаў Пакістан.", vec!["BY", "PK"]),
            ("Қазақстанның Пәкістанмен саудасы", vec!["KZ", "PK"]),
            ("巴基斯坦总理访问了哈萨克斯坦", vec!["PK", "KZ"]),
            ("讨论了中巴经济走廊", vec!["CN", "PK"]),
            ("印度尼西亚和Pakistan的关系", vec!["PK"]),
            ("رئيس باكستان يزور كازاخستان غدا", vec!["PK", "KZ"]),
            ("وباكستان والصين والحكومة الباكستانية", vec!["PK", "CN", "PK"]),
            ("киты кита, того куба и чад", vec![]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn phrases_that_name_no_country_are_passed_over() {
        for text in [
            "New Mexico",
            "the Indian Ocean",
            "South China Sea",
            "a Panama hat",
            "Latin American debt",
            "a Guinea pig",
        ] {
            assert_eq!(codes(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*") {
            let matcher = Matcher::new(&Gazetteer::with_own(&[]));
            for m in matcher.find(&text) {
                proptest::prop_assert!(text.get(m.start..m.end).is_some());
            }
        }
    }
}
