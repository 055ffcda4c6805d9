//! Years as printed citations have them, and what stands before and behind.

/// A year as printed: `2021b`, `n.d.`, `n.d.-a`; two of them: `1984–1990`, `1989/1997`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    pub number: Option<i32>,
    pub letter: Option<char>,
    /// The second of two years: the last of several, or that of a later edition.
    pub other: Option<i32>,
}

/// Reads a year; `None` when the word is none.
pub fn year(word: &str) -> Option<Year> {
    let word = word.trim_matches(|c: char| ",;:()[]".contains(c));
    let undated = word.strip_prefix("n.d.").or(word.strip_prefix("N.d.")).or((word == "n.d").then_some(""));
    if let Some(rest) = undated {
        let letter = rest.strip_prefix('-').and_then(|l| l.chars().next());
        return (rest.is_empty() || letter.is_some()).then_some(Year { number: None, letter, other: None });
    }
    let word = word.trim_end_matches('.');
    if let Some((first, last)) = word.split_once(['-', '–', '—', '/']) {
        let first = year(first).filter(|y| y.number.is_some() && y.letter.is_none())?;
        // `1984–90`
        let full = if last.len() == 2 { format!("{}{last}", first.number? / 100) } else { last.to_owned() };
        let other = year(&full).and_then(|y| y.number).filter(|y| first.number.is_some_and(|f| f <= *y))?;
        return Some(Year { other: Some(other), ..first });
    }
    let (digits, rest) = word.split_at_checked(4)?;
    let number = digits
        .parse()
        .ok()
        .filter(|n| digits.bytes().all(|b| b.is_ascii_digit()) && (1000..=2199).contains(n));
    let mut letters = rest.chars();
    let letter = letters.next();
    let good = letters.next().is_none() && letter.is_none_or(|l| l.is_ascii_lowercase());
    Some(Year { number: Some(number?), letter, other: None }).filter(|_| good)
}

/// The words of a text with their places, in bytes.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_whitespace() || c == '~' || c == '\u{a0}') {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                words.extend(text.get(from..at).map(|w| (from, w)));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Who, which year (or years), and what follows; `no date` counts as a year.
pub fn split(part: &str) -> Option<(&str, Vec<Year>, &str)> {
    let lower = part.to_lowercase();
    if let Some(at) = lower.find("no date").filter(|_| lower.len() == part.len()) {
        let rest = part.get(at + 7..)?;
        return Some((
            part.get(..at)?.trim_end_matches([',', ' ']),
            vec![Year { number: None, letter: None, other: None }],
            rest,
        ));
    }
    let mut who = None;
    let mut years = Vec::new();
    let mut end = 0;
    for (at, word) in words(part) {
        match year(word) {
            Some(found) => {
                who.get_or_insert(at);
                years.push(found);
                end = at + word.len();
                // Behind `2019,` another year may follow; what follows `2019:` is a page.
                if !word.ends_with(',') {
                    break;
                }
            }
            None if who.is_some() => break,
            None => {}
        }
    }
    let who = part.get(..who?)?.trim_end_matches([',', ' ', ':']).trim();
    let rest = part.get(end..)?;
    Some((who, years, rest))
}
