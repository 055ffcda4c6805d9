//! Names that are printed in capitals.

use super::name::is_initials;

/// The name in usual letters where it, or its family name, is all in capitals: `HASHMAT ULLAH KHAN`, `Anna LIND`.
/// Initials stay.
pub(super) fn recase(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let cased: Vec<&&str> = words.iter().filter(|w| !is_kept(w)).collect();
    let all =
        !words.is_empty() && words.iter().all(|w| is_capitals(w)) && cased.iter().any(|w| letters(w) >= 3);
    // One word in capitals beside others is an acronym unless it is long.
    let some = words.len() > 1 && cased.iter().any(|w| is_capitals(w) && letters(w) >= 4);
    let word = |w: &&str| match is_capitals(w) && !is_kept(w) && (all || some && letters(w) >= 3) {
        true => small(w),
        false => (*w).to_owned(),
    };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphabetic()).count()
}

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && word.chars().all(|c| !c.is_lowercase())
}

/// Initials, `JJ` and `III` are written in capitals by everybody.
fn is_kept(word: &str) -> bool {
    let vowel = |c: char| "AEIOUYÄÖÜÅØÆАЕИОУЫЭЮЯ".contains(c);
    word.contains('.')
        || letters(word) < 2
        || letters(word) <= 3 && is_initials(word) && !word.chars().any(vowel)
        || matches!(word.trim_matches(','), "II" | "III" | "IV")
}

/// `MCCARTHY` as `McCarthy`, `O'NEILL` as `O'Neill`, `SMITH-JONES` as `Smith-Jones`.
fn small(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        let after_mc = out.ends_with("Mc") && letters(word) > 4;
        if start || after_mc {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_get_usual_letters() {
        for (printed, usual) in [
            ("HASHMAT ULLAH KHAN", "Hashmat Ullah Khan"),
            ("Bill MCCARTHY", "Bill McCarthy"),
            ("SINEAD O'NEILL", "Sinead O'Neill"),
            ("J.R. SMITH-JONES", "J.R. Smith-Jones"),
            ("JJ LIND", "JJ Lind"),
            ("AL LIND", "Al Lind"),
            ("ИВАН ПЕТРОВ", "Иван Петров"),
            ("Anna Lind", "Anna Lind"),
            ("KT", "KT"),
            ("田中宏昌", "田中宏昌"),
        ] {
            assert_eq!(recase(printed), usual);
        }
    }
}
