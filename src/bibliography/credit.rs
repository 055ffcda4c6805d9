//! Credits of web pages: `By AMINA KHAN, Staff Reporter`, `Von Anna Berg und Jo Lind, Frankfurt`, `Автор: Иван Петров`.
//!
//! A credit is a text that the page marks as naming its authors. What of it is no name (posts, places, agencies'
//! addresses, accounts) is kept apart with the reason.

mod words;

use self::words::{CJK_ROLES, JOINERS, LEADS, NOBODY, OTHER_ROLES, POSTS, UNSURE, WEAK_JOINERS, WEEKDAYS};
use super::Name;
use super::capitals::recase;
use super::month_number;
use super::name::{is_body, is_cjk, is_initials, is_particle, is_suffix};

/// Why a text is refused that may be a name of the same credit: the page ties nothing to the names before it.
pub(super) const APART: &str = "set apart from the names";
/// Why a text is refused that says what somebody does: `Staff Reporter`, `News Desk`.
pub(super) const POST: &str = "a post or an office";

/// What a credit holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// Persons, in order.
    pub persons: Vec<Name>,
    /// Bodies, in order.
    pub bodies: Vec<Name>,
    /// What is neither, and why.
    pub refused: Vec<(String, &'static str)>,
}

/// Reads a credit. Its lines are what the page sets apart; `is_body` says that the page names a body.
pub(super) fn read(text: &str, is_body: bool) -> Reading {
    let mut reading = Reading::default();
    if is_body && !text.contains("://") && !text.contains('@') {
        reading.bodies.extend(Some(Name::literal(&fold(text))).filter(|n| n.literal.as_deref() != Some("")));
        return reading;
    }
    let mut joined = true;
    for line in text.split(['\n', '|', '·', '•', ';', '\u{2022}', '／']) {
        let (line, leads) = if is_unsure(line).is_some() { (line.trim(), false) } else { without_lead(line) };
        if line.is_empty() {
            // `Writer` after a name is his post.
            joined |= leads && reading.is_empty();
            continue;
        }
        // After the first names only what a comma or a joining word ties to them is a name.
        let tied = joined || leads || starts_joined(line);
        read_line(line, tied, &mut reading);
        joined = reading.is_empty() || ends_joined(line);
    }
    reading
}

impl Reading {
    fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.bodies.is_empty()
    }
}

fn starts_joined(line: &str) -> bool {
    line.starts_with([',', '、', '，', '&'])
        || line.split_whitespace().next().is_some_and(|w| JOINERS.contains(&w))
}

fn ends_joined(line: &str) -> bool {
    line.ends_with([',', '、', '，', '&'])
        || line.split_whitespace().last().is_some_and(|w| JOINERS.contains(&w))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line without the words that say that authors follow; whether there were any.
fn without_lead(line: &str) -> (&str, bool) {
    let trim = |text: &'_ str| -> usize {
        text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || "*_–—-:,[【(".contains(c)).len()
    };
    let mut line = &line[trim(line)..];
    let mut found = false;
    // `Reporting by:`, then `By`.
    for _ in 0..3 {
        let Some(rest) = after_lead(line) else { break };
        line = &rest[trim(rest)..];
        found = true;
    }
    (line.trim(), found)
}

/// `Von Miller`: a lead that is a word of names too with one word after it.
fn is_unsure(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let first = words.first().map(|w| w.to_lowercase())?;
    (words.len() == 2 && UNSURE.contains(&first.as_str())).then_some(line)
}

fn after_lead(line: &str) -> Option<&str> {
    if let Some(rest) = CJK_ROLES.iter().find_map(|role| line.strip_prefix(role)) {
        return Some(rest.trim_start_matches(['：', ':', '／', '/', ' ', '　']));
    }
    LEADS.iter().find_map(|lead| {
        let front = line.get(..lead.len())?;
        let rest = line.get(lead.len()..)?;
        let ends = rest.is_empty() || rest.starts_with([' ', ':', '\u{a0}', '：']);
        // `Writer Anna Lind` says a post; `Writer: Anna Lind` says who wrote it.
        let role = matches!(
            *lead,
            "writer" | "reporter" | "correspondent" | "contributor" | "interview" | "text" | "texte"
        );
        let whole = !role || rest.is_empty() || rest.trim_start().starts_with([':', '：']);
        (front.to_lowercase() == **lead && ends && whole).then_some(rest)
    })
}

/// Reads the names of one line.
fn read_line(line: &str, tied: bool, reading: &mut Reading) {
    if let Some((label, _)) = line.split_once(':')
        && OTHER_ROLES.iter().any(|role| fold(label).to_lowercase().split([' ', '/']).any(|w| w == *role))
    {
        reading.refused.push((fold(line), "not in the role of an author"));
        return;
    }
    if let Some(rest) = is_unsure(line) {
        reading.refused.push((fold(rest), "not certain which word is the name"));
        return;
    }
    if let Some(why) = no_credit(line) {
        reading.refused.push((fold(line), why));
        return;
    }
    // `Interview: Anna Lind`, `Disko: Von Anna Lind`.
    let line = match line.split_once(": ") {
        Some((label, rest)) if label.split_whitespace().count() <= 2 => without_lead(rest).0,
        _ => line,
    };
    // After a dash comes an office or a place.
    let end = [" - ", " – ", " — "].iter().filter_map(|dash| line.find(dash)).min().unwrap_or(line.len());
    let (line, office) = line.split_at(end);
    if !office.is_empty() {
        reading.refused.push((fold(office.trim_start_matches([' ', '-', '–', '—'])), APART));
    }
    let mut ended = !tied;
    for piece in pieces(&without_brackets(line)) {
        let piece = without_place(&without_rest(&piece));
        match () {
            () if ended => reading.refused.push((piece, APART)),
            () if is_body(&piece) && !has_post(&piece) => reading.bodies.push(Name::literal(&piece)),
            () => match person(&piece) {
                // A single word after whole names is a place or an agency.
                Ok(name) if name.literal.is_some() && !is_cjk(&piece) && !reading.persons.is_empty() => {
                    ended = true;
                    reading.refused.push((piece, "a place or an agency"));
                }
                Ok(name) => reading.persons.push(name),
                // After posts and dates come offices and places.
                Err(why) => {
                    ended = !reading.is_empty();
                    reading.refused.push((piece, why));
                }
            },
        }
    }
}

/// `Anna Lind on June 29`, `Anna Lind @alind`, `Anna Lind 05.24.16 5:42 AM` without what comes after the name.
fn without_rest(piece: &str) -> String {
    const AFTER: [&str; 17] = [
        "on",
        "for",
        "at",
        "am",
        "le",
        "vor",
        "vom",
        "stand",
        "updated",
        "published",
        "posted",
        "last",
        "veröffentlicht",
        "aktualisiert",
        "publié",
        "mis",
        "publicado",
    ];
    let words: Vec<&str> = piece.split_whitespace().collect();
    let day = |w: &str| {
        let lower = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        WEEKDAYS.contains(&lower.as_str())
    };
    let ends = |at: usize| {
        let word = words[at];
        let next = words.get(at + 1);
        let dated =
            month_number(word).is_some() && next.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
        let month_last = month_number(word).is_some() && next.is_none() && at > 2;
        AFTER.contains(&word.to_lowercase().as_str())
            || word.starts_with(|c: char| c.is_ascii_digit() || c == '@' || c == '#')
            || dated
            || month_last
            || day(word)
            || !word.chars().any(char::is_alphanumeric)
    };
    let end = (2..words.len()).find(|at| ends(*at)).unwrap_or(words.len());
    let kept = words[..end].join(" ");
    // `Anna Lind@alind`.
    match kept.split_once('@') {
        Some((name, _)) if name.contains(' ') => name.to_owned(),
        _ => kept,
    }
}

/// `Anna Lind in Minsk` without the place.
fn without_place(piece: &str) -> String {
    let cut = [" in ", " à ", " aus "].iter().find_map(|word| piece.split_once(word));
    let is_place =
        |place: &str| place.split_whitespace().count() <= 3 && place.starts_with(char::is_uppercase);
    match cut {
        Some((name, place))
            if name.contains(' ')
                && is_place(place)
                && !is_body(name.split(' ').next().unwrap_or_default()) =>
        {
            name.to_owned()
        }
        _ => piece.to_owned(),
    }
}

/// Why a line is no credit at all.
fn no_credit(line: &str) -> Option<&'static str> {
    let lower = line.trim().to_lowercase();
    match () {
        () if lower.contains("://") || lower.starts_with("www.") => Some("the address of a page"),
        () if lower.starts_with('@') || lower.contains('@') && !lower.contains(' ') => Some("an account"),
        () if NOBODY.contains(&lower.as_str()) => Some("nobody's name"),
        () if lower.starts_with(['©', '(']) && lower.contains('©') => Some("the holder of a copyright"),
        () if line.chars().count() > 200 => Some("too long for names"),
        () => None,
    }
}

/// The line without what stands in brackets; all of it where that is all.
fn without_brackets(line: &str) -> String {
    let line = line.trim_matches(|c: char| c.is_whitespace() || "[]【】".contains(c));
    let mut out = String::with_capacity(line.len());
    let mut depth = 0usize;
    for c in line.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The parts that commas, dashes and joining words cut; `Family, Given` and suffixes stay whole.
fn pieces(line: &str) -> Vec<String> {
    let line = line.replace(['/', '、', '，', '،'], ", ");
    let commas: Vec<&str> = line.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    let alone = |p: &str| p.split_whitespace().filter(|w| !is_particle(w)).count() == 1 && !is_cjk(p);
    if let [family, given] = commas.as_slice()
        && alone(family)
        && given.split_whitespace().count() <= 2
        && !has_post(given)
        && !is_body(given)
        && given.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
    {
        return vec![format!("{family}, {given}")];
    }
    let mut pieces: Vec<String> = Vec::new();
    for part in commas {
        match pieces.last_mut() {
            Some(last) if is_suffix(part) => *last = format!("{last}, {part}"),
            _ => pieces.extend(cut_at_joiners(part)),
        }
    }
    pieces
}

/// `and`, and `AND` among capitals; `Dan` and `Et` are names.
fn is_joiner(word: &str) -> bool {
    let capitals = word.len() > 2 && word.chars().all(char::is_uppercase);
    JOINERS.contains(&word) || capitals && JOINERS.contains(&word.to_lowercase().as_str())
}

fn cut_at_joiners(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    if is_body(part) {
        return vec![words.join(" ")];
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        let weak = WEAK_JOINERS.contains(word) && at >= from + 2 && words.len() >= at + 3;
        let written_large = *word == "And" && at >= from + 2 && words.len() >= at + 3;
        if is_joiner(word) || weak || written_large {
            pieces.push(words[from..at].join(" "));
            from = at + 1;
        }
    }
    pieces.push(words[from..].join(" "));
    pieces.into_iter().map(|p| without_lead(&p).0.to_owned()).filter(|p| !p.is_empty()).collect()
}

fn has_post(piece: &str) -> bool {
    let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    piece
        .split([' ', '-', '\u{a0}'])
        .map(word)
        .any(|w| !w.is_empty() && POSTS.split_whitespace().any(|post| post == w))
}

/// A name that the page has twice without a space that can be seen, once.
fn once(words: &[&str]) -> String {
    let (front, back) = words.split_at(words.len() / 2);
    if front.len() > 1 && front == back { front.join(" ") } else { words.join(" ") }
}

/// The person that a piece names, or why it names none.
fn person(piece: &str) -> Result<Name, &'static str> {
    let piece = piece.trim_matches(|c: char| c.is_whitespace() || ",:;*†‡\"“”„«»<>-–—~".contains(c));
    let piece = CJK_ROLES.iter().find_map(|role| piece.strip_suffix(role)).unwrap_or(piece).trim();
    let words: Vec<&str> = piece.split_whitespace().collect();
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    let dated = piece.chars().any(|c| c.is_ascii_digit())
        || words.iter().any(|w| month_number(w).is_some()) && words.len() == 1;
    let small = |w: &str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let odd = words.iter().filter(|w| small(w) && !is_particle(w) && !is_suffix(w)).count();
    match () {
        () if letters < 2 || words.iter().all(|w| is_initials(w)) && !is_cjk(piece) && words.len() > 1 => {
            Err("no name")
        }
        () if NOBODY.contains(&piece.to_lowercase().as_str()) => Err("nobody's name"),
        () if has_post(piece) => Err(POST),
        () if dated => Err("a date or a number"),
        () if words.len() == 1 && odd == 1 => Err("an account or an agency"),
        () if is_cjk(piece) && (words.len() > 3 || piece.chars().count() > 16) => Err("too long for a name"),
        () if odd > 0 || words.len() > 6 || piece.contains(['@', '?', '!', '#', '_']) && !is_cjk(piece) => {
            Err("no name")
        }
        () => Name::parse(&recase(&once(&words))).ok_or("no name"),
    }
}

#[cfg(test)]
mod tests;
