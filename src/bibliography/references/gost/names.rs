//! Names in entries after GOST: at the head (`Иванов, И. И.`) and in the statement of responsibility (`И. И. Иванов`).

use crate::bibliography::name::{is_body, is_initials};

/// Words that part names.
const AND: [&str; 4] = ["и", "and", "&", "және"];

/// What stands for further authors.
fn is_others(words: &[&str]) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| "[](),;.".contains(c)).to_lowercase();
    match words {
        [first, second, ..] => {
            matches!(
                (bare(first).as_str(), bare(second).as_str()),
                ("и", "др") | ("et", "al") | ("и", "другие") | ("және", "т.б")
            )
        }
        _ => false,
    }
}

/// Initials as they are in names: up to two letters and a stop each.
fn initials_of(word: &str) -> bool {
    let bare = word.trim_end_matches([',', ';']);
    bare.contains('.') && is_initials(bare)
}

fn family_of(word: &str) -> bool {
    let bare = word.trim_end_matches(',');
    bare.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && bare.chars().next().is_some_and(char::is_uppercase)
        && bare.chars().all(|c| c.is_alphabetic() || "-’'ʻ‘`‐".contains(c))
}

/// One name at the front of `words`: the name, family name first, and how many words it takes.
fn name(words: &[&str]) -> Option<(String, usize)> {
    family_first(words).or_else(|| initials_first(words))
}

/// `Иванов И. И.`, `Иванов, И.И.`, `Иванов, Иван Иванович.`
fn family_first(words: &[&str]) -> Option<(String, usize)> {
    let family = words.first().filter(|w| family_of(w))?;
    let mut initials = words[1..].iter().take(3).take_while(|w| initials_of(w)).count();
    if let Some(last) = words[1..=initials].iter().position(|w| w.ends_with([',', ';'])) {
        initials = last + 1;
    }
    // `Иван Иванович.`: one or two names, the last with a stop.
    let given = words[1..].iter().take(2).take_while(|w| family_of(w.trim_end_matches('.')));
    let whole = given.clone().position(|w| w.ends_with('.')).map_or(0, |at| at + 1);
    let written_out = family.ends_with(',') && whole > 0;
    let count = match initials {
        0 if written_out => whole,
        0 => return None,
        n => n,
    };
    let given = words[1..=count].join(" ");
    let given = given.trim_end_matches([',', ';']);
    let given = if initials == 0 { given.trim_end_matches('.') } else { given };
    Some((format!("{} {given}", family.trim_end_matches(',')), count + 1))
}

/// `И. И. Иванов`.
fn initials_first(words: &[&str]) -> Option<(String, usize)> {
    let initials = words.iter().take(3).take_while(|w| initials_of(w) && !w.ends_with([',', ';'])).count();
    let family =
        words.get(initials).filter(|w| initials > 0 && family_of(w.trim_end_matches(['.', ',', ';'])))?;
    let family = family.trim_end_matches(['.', ',', ';']);
    Some((format!("{family} {}", words[..initials].join(" ")), initials + 1))
}

/// The authors at the head of an entry, and what follows them.
pub(super) fn heading(text: &str) -> (Vec<String>, &str) {
    let words: Vec<&str> = text.split(' ').collect();
    let mut names = Vec::new();
    let mut at = 0;
    while let Some((name, count)) = name(&words[at..]) {
        // Initials before a family name must end a list of names: `И. И. Иванов.`, `И. И. Иванов,`.
        let last = words[at + count - 1];
        if !last.ends_with(['.', ',', ';']) {
            break;
        }
        names.push(name);
        at += count;
        if is_others(&words[at..]) {
            names.push("et al.".to_owned());
            at += 2;
            break;
        }
        let joined = words.get(at).is_some_and(|w| AND.contains(w));
        if joined {
            at += 1;
        } else if !last.ends_with([',', ';']) {
            break;
        }
    }
    let taken: usize = words[..at].iter().map(|w| w.len() + 1).sum();
    (names, text.get(taken..).unwrap_or_default().trim_start_matches(['–', '—', ' ']))
}

/// The body whose name is the first sentence of an entry, and what follows it.
pub(super) fn body(text: &str) -> (Option<String>, &str) {
    match text.split_once(". ") {
        Some((body, rest)) if super::super::bodies::is_named_in(body) && !rest.is_empty() => {
            (Some(body.to_owned()), rest)
        }
        _ => (None, text),
    }
}

/// The authors: those at the head or, when it names as many or more, those of the statement of responsibility.
pub(super) fn authors(heading: Vec<String>, made_by: Option<&str>) -> Vec<String> {
    let Some(made_by) = made_by else { return heading };
    let first = made_by.split(" ;").next().unwrap_or(made_by).split(';').next().unwrap_or(made_by).trim();
    let words: Vec<&str> = first.split(' ').collect();
    let mut names = Vec::new();
    let mut at = 0;
    while let Some((name, count)) = name(&words[at..]) {
        names.push(name);
        at += count;
        at += usize::from(words.get(at).is_some_and(|w| AND.contains(w) && !is_others(&words[at..])));
    }
    if is_others(&words[at..]) && !names.is_empty() {
        names.push("et al.".to_owned());
    } else if at < words.len() && !names.is_empty() {
        // Words that are no names: what the people before them did is not known.
        names.clear();
    }
    match names.len() >= heading.len() && !names.is_empty() {
        true => names,
        false if heading.is_empty() && is_body(first) => vec![first.trim_end_matches('.').to_owned()],
        false => heading,
    }
}
