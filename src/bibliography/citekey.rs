//! Citekeys for sources that the library file does not name: `khan2021historical`.
//!
//! A derived key is made of what the document itself says, never of its path, so that it survives renaming:
//! family name of the first author, year, first telling word of the title. What is missing is left out;
//! without author and title the first telling words of the text serve. It depends on no other source.
//!
//! Where two sources come to the same key, the one issued first (then the one with the lesser digest) keeps it
//! and each other gets a `-` and four signs of its own digest; so no key depends on the order of reading or
//! changes with a source that has another name. Keys of the library always win and never change.

use super::date::month_number;
use super::{Name, Work};
use crate::clean::wording::head;
use crate::passage::{Citekey, Segmented};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Words too common to tell titles apart.
const COMMON: &str = " a an and are as at by for from how in into is it its of on or that the their this to was \
    were what when where which who why with die der das ein eine und le la les des du et el los las y в и на о по \
    с из за для ";

/// A source that wants a citekey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The key it should have: [`derive()`]d.
    pub key: Citekey,
    /// The date of the work, which settles who keeps a key that two derive.
    pub issued: Option<super::Date>,
    /// A hash of the document's content.
    pub digest: [u8; 32],
    /// Its path, which only settles between two files of the same content.
    pub path: String,
}

/// The key of a source without library entry: a function of what the document says and nothing else.
pub fn derive(work: &Work, segmented: &Segmented) -> Citekey {
    let who = work.authors.first().or(work.editors.first()).and_then(family);
    let year = work.issued.map(|d| d.year.to_string()).unwrap_or_default();
    let titled =
        work.title.as_deref().map(|t| telling_words(t).take(2).collect::<Vec<_>>()).unwrap_or_default();
    let key = match (who, titled.as_slice()) {
        (Some(family), [word, ..]) => format!("{family}{year}{word}"),
        (Some(family), []) if !year.is_empty() => format!("{family}{year}"),
        (Some(family), []) => join(std::iter::once(family).chain(first_words(segmented).into_iter().take(2))),
        (None, [_, ..]) => format!("{}{year}", titled.concat()),
        (None, []) => {
            let year = Some(year).filter(|y| !y.is_empty());
            join(first_words(segmented).into_iter().chain(year))
        }
    };
    Citekey::new(&key).or_else(|| Citekey::new("untitled")).unwrap_or_else(|| unreachable_key(work))
}

/// `Citekey::new` accepts every word without white space; this keeps the function total all the same.
fn unreachable_key(work: &Work) -> Citekey {
    let digits = work.issued.map_or(0, |d| d.year).to_string();
    Citekey::new(&digits).unwrap_or_else(|| unreachable_key(&Work::default()))
}

/// Gives every claim its key, in the order of `claims`; `taken` are the keys of the library. All keys given are
/// different from each other and from `taken`.
pub fn assign_keys(claims: &[Claim], taken: &BTreeSet<Citekey>) -> Vec<Citekey> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    let rank = |i: &usize| claims.get(*i).map(|c| (c.issued.is_none(), c.issued, c.digest, &c.path));
    order.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let mut given: BTreeMap<usize, Citekey> = BTreeMap::new();
    let mut used = taken.clone();
    for index in order {
        let Some(claim) = claims.get(index) else { continue };
        let mut key = claim.key.clone();
        let mut signs = 4;
        let mut copy = 1;
        while used.contains(&key) {
            // After all signs of the digest the content is the same: then it is a copy, and numbered.
            let mut name = format!("{}-{}", claim.key, signs_of(&claim.digest, signs));
            if signs >= DIGEST_SIGNS {
                copy += 1;
                name = format!("{}-{}-{copy}", claim.key, signs_of(&claim.digest, 4));
            }
            signs += 4;
            if let Some(next) = Citekey::new(&name) {
                key = next;
            }
        }
        used.insert(key.clone());
        given.insert(index, key);
    }
    given.into_values().collect()
}

/// How many signs a digest gives at most before copies are numbered.
const DIGEST_SIGNS: usize = 16;

/// The first `count` signs of a digest, five bits each, without look-alikes (Crockford's base 32).
fn signs_of(digest: &[u8; 32], count: usize) -> String {
    const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    digest.iter().take(count).map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect()
}

/// The family name, or the telling words of a body's name, ready for a key.
fn family(name: &Name) -> Option<String> {
    let text = match (&name.family, &name.literal) {
        (Some(family), _) => plain(family),
        (None, Some(literal)) => telling_words(literal).take(2).collect(),
        (None, None) => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

/// The first telling words of the text, from its first passages that have any.
fn first_words(segmented: &Segmented) -> Vec<String> {
    // A table of numbers may go on for long.
    let citable = segmented.passages.iter().filter(|p| p.kind.is_citable()).take(1000);
    let mut words = Vec::new();
    for passage in citable {
        // Numbers, months and the word `date` are a dateline's.
        let told = |w: &String| {
            !w.contains(|c: char| c.is_ascii_digit()) && w != "date" && month_number(w).is_none()
        };
        words.extend(telling_words(head(&passage.text, 10_000)).filter(told).take(3 - words.len()));
        if words.len() >= 3 {
            break;
        }
    }
    words
}

fn join(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join("-")
}

/// The words of `text` that tell something, ready for a key.
fn telling_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|word| {
            let word = word.to_lowercase();
            !COMMON.split_whitespace().any(|common| common == word)
        })
        .map(|word| plain(word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word)))
        // The letters of `U.S.` tell nothing one by one.
        .filter(|word| word.len() > 1)
}

/// Lower-case letters and digits, accents off Latin letters, Russian ones spelled in Latin.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match cyrillic(c) {
            Some(latin) => out.push_str(latin),
            None if c.is_ascii_alphanumeric() => out.push(c),
            None if c.is_alphanumeric() => {
                let base = c.nfkd().next().unwrap_or(c);
                match base {
                    'ß' => out.push_str("ss"),
                    'ø' => out.push('o'),
                    'ł' => out.push('l'),
                    'đ' => out.push('d'),
                    'æ' => out.push_str("ae"),
                    'ı' => out.push('i'),
                    base => out.push(base),
                }
            }
            None => {}
        }
    }
    out
}

/// A Cyrillic letter in Latin ones, after the BGN/PCGN romanisation without its marks.
fn cyrillic(c: char) -> Option<&'static str> {
    const LETTERS: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
    ];
    match c {
        'ё' => Some("yo"),
        'ў' => Some("u"),
        'і' => Some("i"),
        'а'..='я' => LETTERS.get((c as usize).checked_sub('а' as usize)?).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::Date;
    use crate::passage::{Kind, Ordinal, Passage};

    fn body(text: &str) -> Segmented {
        let passage = Passage {
            ordinal: Ordinal::Paragraph { number: 1, part: 1 },
            kind: Kind::Body,
            front: None,
            text: text.to_owned(),
            section: 0,
            origins: Vec::new(),
            rules: Vec::new(),
            cites: Vec::new(),
            parsed: None,
        };
        Segmented { passages: vec![passage], sections: vec![Vec::new()], ..Segmented::default() }
    }

    fn work(author: &str, year: Option<i32>, title: &str) -> Work {
        Work {
            authors: Name::parse(author).into_iter().collect(),
            issued: year.map(|year| Date { year, month: None, day: None }),
            title: (!title.is_empty()).then(|| title.to_owned()),
            ..Work::default()
        }
    }

    #[test]
    fn keys_say_who_when_and_what() {
        for (author, year, title, key) in [
            ("Hashmat Ullah Khan", Some(2021), "The Historical Overview", "khan2021historical"),
            ("Maryam Raza", None, "REINVIGORATING A PARTNERSHIP", "razareinvigorating"),
            ("Żółć, Ærø", Some(1999), "", "zolc1999"),
            ("", Some(2020), "On the Wakhan Corridor", "wakhancorridor2020"),
            ("Иванова, А.", Some(2001), "О торговле", "ivanova2001torgovle"),
            ("Embassy of Pakistan", None, "Relations", "embassypakistanrelations"),
            ("", Some(2026), "The U.S. Army's Tanks", "armytanks2026"),
            ("", None, "", "snow-fell-early"),
        ] {
            let derived = derive(&work(author, year, title), &body("The snow fell early in the pass."));
            assert_eq!(derived.as_str(), key);
        }
        assert_eq!(derive(&Work::default(), &Segmented::default()).as_str(), "untitled");
    }

    fn claim(key: &str, year: Option<i32>, digest: u8, path: &str) -> Claim {
        Claim {
            key: Citekey::new(key).unwrap(),
            issued: year.map(|year| Date { year, month: None, day: None }),
            digest: [digest; 32],
            path: path.to_owned(),
        }
    }

    #[test]
    fn clashes_are_settled_by_date_and_content_not_by_order() {
        let claims = [
            claim("a", None, 1, "x"),
            claim("a", Some(2020), 2, "y"),
            claim("b", None, 3, "z"),
            claim("a", Some(2021), 4, "w"),
            claim("lib", None, 5, "v"),
            claim("b", None, 3, "zz"),
        ];
        let taken = BTreeSet::from([Citekey::new("lib").unwrap()]);
        let keys = assign_keys(&claims, &taken);
        let names: Vec<_> = keys.iter().map(Citekey::as_str).collect();
        assert_eq!(names, ["a-1111", "a", "b", "a-4444", "lib-5555", "b-3333"]);
        let mut turned: Vec<_> = claims.to_vec();
        turned.reverse();
        let mut again = assign_keys(&turned, &taken);
        again.reverse();
        assert_eq!(keys, again);
        let fewer = assign_keys(&claims[1..4], &taken);
        assert_eq!(fewer, keys[1..4]);
    }

    #[test]
    fn many_copies_all_get_keys() {
        let claims: Vec<_> = (0..9).map(|i| claim("a", None, 7, &i.to_string())).collect();
        let keys: BTreeSet<_> = assign_keys(&claims, &BTreeSet::new()).into_iter().collect();
        assert_eq!(keys.len(), 9);
    }

    proptest::proptest! {
        #[test]
        fn any_work_gets_a_key(author in ".{0,20}", title in ".{0,30}", text in ".{0,60}") {
            let key = derive(&work(&author, None, &title), &body(&text));
            proptest::prop_assert!(Citekey::new(key.as_str()).is_some());
        }
    }
}
