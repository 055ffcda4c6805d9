//! Printed names: `Khan, M. U. H.`, `Fazal ur Rahman`, `Waheed Z. et al.`, `Embassy of Pakistan in Kazakhstan`.

use super::Name;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Titles of courtesy and rank in front of a name, which are no part of it.
const HONORIFICS: [&str; 23] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "hon",
    "amb",
    "ambassador",
    "gen",
    "general",
    "col",
    "maj",
    "brig",
    "lt",
    "capt",
    "engr",
    "rev",
];

/// Lower-case words that belong to the family name behind them.
const PARTICLES: [&str; 29] = [
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ten",
    "ter", "zu", "zur", "af", "av", "bin", "ibn", "al", "el", "ul", "ur", "uz", "y", "und",
];

/// Words that name bodies rather than persons, lower-case.
const BODY_WORDS: &str = " academy administration agency alliance assembly association authority bank board bureau \
    cabinet center centre chamber college commission committee company conference congress consortium corporation \
    council court department development directorate division embassy enterprise federation forum foundation fund \
    gazette government group house inc initiative institute institution international journal laboratory league \
    library limited llc ltd media ministry mission monitor nations network news observatory office organisation \
    organization party press programme program project radio report research review secretariat senate service \
    services society staff station team times tribune trust union unit university world министерство посольство \
    институт университет центр ministère université société comité école institut ministerio universidad \
    ministerium universität agencia agence agentur gmbh verlag verein verband ";

/// Returns true if and only if `text` reads as the name of a body: an office, a newspaper, a ministry.
pub(crate) fn is_body(text: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| BODY_WORDS.split_whitespace().collect());
    let mut words = 0;
    let body = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).any(|word| {
        words += 1;
        let lower = word.to_lowercase();
        known.contains(lower.as_str()) || (words > 1 && matches!(lower.as_str(), "of" | "for" | "the"))
    });
    body || text.starts_with("The ")
}

/// Returns true if and only if `word` is initials: `M.`, `M.-P.`, `J.R.`, `JRR`.
pub(crate) fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let others = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '‐' | '’' | '\''));
    let upper = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let stops = word.contains('.');
    others && upper && (1..=4).contains(&letters) && (stops || letters <= 3)
        || others && stops && letters <= 2 && word.chars().next().is_some_and(char::is_uppercase)
}

pub(crate) fn is_suffix(word: &str) -> bool {
    matches!(word.trim_matches(['.', ',']), "Jr" | "Sr" | "jr" | "sr" | "II" | "III" | "IV")
}

/// Returns true if and only if `text` is written in Chinese, Japanese or Korean signs, whose names are not taken apart:
/// which part is the family name, and whether there are parts, is not certain.
pub(crate) fn is_cjk(text: &str) -> bool {
    let sign =
        |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    text.chars().any(sign)
}

pub(crate) fn is_particle(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase) && PARTICLES.contains(&word)
}

/// Returns true if and only if `text` says that there are more authors than are named.
pub(crate) fn is_et_al(text: &str) -> bool {
    let plain = text.trim_matches(|c: char| c.is_whitespace() || ",.;()".contains(c)).to_lowercase();
    matches!(
        plain.as_str(),
        "et al" | "et. al" | "and others" | "others" | "и др" | "u. a" | "u.a" | "et alii"
    )
}

/// Takes titles of rank off the front of a name and marks off its ends.
fn bare(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || ",;:*†‡§¶".contains(c));
    while let Some((first, rest)) = text.split_once(char::is_whitespace) {
        let word = first.trim_end_matches('.').to_lowercase();
        if !HONORIFICS.contains(&word.as_str()) || rest.trim().is_empty() {
            break;
        }
        text = rest.trim_start();
    }
    text
}

fn join(words: &[&str]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

impl Name {
    /// A name that has no parts: a body, or a person of one name.
    pub fn literal(text: &str) -> Name {
        Name { literal: Some(text.to_owned()), ..Name::default() }
    }

    /// The name printed in `text`; `None` when there is no letter in it. A name with a comma is read as
    /// `Family, Given`; one that ends in initials as `Family G.`; else the last word is the family name,
    /// with the particles in front of it. Bodies and single words become literal names.
    pub fn parse(text: &str) -> Option<Name> {
        let text = bare(text);
        if !text.chars().any(char::is_alphabetic) {
            return None;
        }
        if is_et_al(text) || is_body(text) {
            return Some(Name::literal(text.trim_end_matches(',')));
        }
        if is_cjk(text) {
            return Some(Name::literal(text));
        }
        if let Some((family, given)) = text.split_once(',') {
            if is_suffix(given.trim()) && family.contains(char::is_whitespace) {
                let words: Vec<&str> = family.split_whitespace().collect();
                return Some(Name { suffix: Some(given.trim().to_owned()), ..direct(&words) });
            }
            return Some(inverted(family.trim(), given.trim()));
        }
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let suffix = match words.last() {
            Some(last) if words.len() > 2 && is_suffix(last) => words.pop(),
            _ => None,
        };
        let mut name = direct(&words);
        name.suffix = suffix.map(|s| s.trim_matches(',').to_owned());
        Some(name)
    }

    /// The names of a printed list of authors, in order: `Kazakova, M. and Komissina, I.`,
    /// `Maryam Raza, Palwasha Nawaz`, `Khan H; Zhen Y`.
    pub fn parse_list(text: &str) -> Vec<Name> {
        split_names(text).iter().filter_map(|name| Name::parse(name)).collect()
    }

    /// The word a reader would look the name up by: the family name, or the whole literal name.
    pub fn sort_word(&self) -> Option<&str> {
        self.family.as_deref().or(self.literal.as_deref())
    }
}

/// `Family, Given` or `Family, Given, Jr.`
fn inverted(family: &str, given: &str) -> Name {
    let (given, suffix) = match given.rsplit_once(',') {
        Some((given, suffix)) if is_suffix(suffix.trim()) => (given.trim(), Some(suffix.trim().to_owned())),
        _ => (given, None),
    };
    let words: Vec<&str> = family.split_whitespace().collect();
    let particles = words.iter().take_while(|w| is_particle(w)).count().min(words.len().saturating_sub(1));
    let (particle, family) = words.split_at(particles);
    Name {
        family: join(family),
        given: (!given.is_empty()).then(|| given.to_owned()),
        particle: join(particle),
        suffix,
        literal: None,
    }
}

/// A name in reading order, or a family name followed by initials.
fn direct(words: &[&str]) -> Name {
    let Some((last, front)) = words.split_last() else { return Name::default() };
    if front.is_empty() {
        return Name::literal(last);
    }
    let initials = words.iter().rev().take_while(|w| is_initials(w)).count();
    if initials > 0 && initials < words.len() && !is_initials(words[0]) {
        let (family, given) = words.split_at(words.len() - initials);
        return inverted(&family.join(" "), &given.join(" "));
    }
    let particles = front.iter().rev().take_while(|w| is_particle(w)).count();
    let (given, particle) = front.split_at(front.len() - particles);
    Name {
        family: Some((*last).to_owned()),
        given: join(given),
        particle: join(particle),
        suffix: None,
        literal: None,
    }
}

/// Cuts a printed list of names into one string a name. Semicolons and `and` cut always; commas cut unless
/// they stand between a family name and its given names.
pub(crate) fn split_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in cut_at_words(text) {
        if part.contains(';') {
            names.extend(part.split(';').map(tidy).filter(|n| !n.is_empty()));
        } else {
            split_commas(&part, &mut names);
        }
    }
    names
}

fn tidy(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",;:".contains(c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts at ` and `, ` & `, `;`-like words and before `et al.`, which becomes an element of its own.
/// A body such as `Ministry of Trade and Industry` is not cut.
fn cut_at_words(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut parts: Vec<String> = Vec::new();
    let mut part: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let bare = word.trim_matches(|c: char| ",()".contains(c));
        let next = words.get(at + 1).map(|w| w.trim_matches(|c: char| ",.;()".contains(c)));
        let more = |n: &str| match bare {
            "et" => n.eq_ignore_ascii_case("al"),
            "and" | "&" => matches!(n, "others" | "colleagues"),
            "и" => n == "др",
            _ => false,
        };
        if next.is_some_and(more) {
            parts.push(part.join(" "));
            part.clear();
            parts.push("et al.".to_owned());
            at += 2;
            continue;
        }
        let joiner = matches!(bare, "and" | "&" | "et" | "und" | "и" | "y");
        if joiner && !is_body(&part.join(" ")) && !part.is_empty() {
            parts.push(part.join(" "));
            part.clear();
        } else if !(joiner && part.is_empty()) {
            part.push(word);
        }
        at += 1;
    }
    parts.push(part.join(" "));
    parts.retain(|p| !p.trim().is_empty());
    parts
}

/// Cuts one part at those commas that end a name.
fn split_commas(part: &str, names: &mut Vec<String>) {
    let pieces: Vec<&str> = part.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    if is_body(part) && pieces.iter().all(|p| !p.split_whitespace().all(is_initials)) {
        names.push(tidy(part));
        return;
    }
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let mut name = tidy(piece);
        at += 1;
        let one_word = piece.split_whitespace().filter(|w| !is_particle(w)).count() == 1;
        if let Some(next) = pieces.get(at) {
            let given = next.split_whitespace().all(is_initials)
                || (one_word && next.split_whitespace().count() <= 3 && pieces.len().is_multiple_of(2));
            let was_given = piece.split_whitespace().all(is_initials);
            if given && !was_given {
                name = format!("{name}, {}", tidy(next));
                at += 1;
            }
        }
        if let Some(next) = pieces.get(at)
            && is_suffix(next)
        {
            name = format!("{name}, {}", tidy(next));
            at += 1;
        }
        if !name.is_empty() {
            names.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &Name) -> String {
        if let Some(literal) = &name.literal {
            return format!("[{literal}]");
        }
        let part = |p: &Option<String>| p.clone().unwrap_or_default();
        format!(
            "{}|{}|{}|{}",
            part(&name.particle),
            part(&name.family),
            part(&name.given),
            part(&name.suffix)
        )
    }

    #[test]
    fn printed_names_are_read() {
        for (text, parts) in [
            ("Khan, M. U. H.", "|Khan|M. U. H.|"),
            ("Hashmat Ullah Khan*", "|Khan|Hashmat Ullah|"),
            ("Yan Zhen†", "|Zhen|Yan|"),
            ("Fazal ur Rahman", "ur|Rahman|Fazal|"),
            ("van der Berg, Jan", "van der|Berg|Jan|"),
            ("Ludwig van Beethoven", "van|Beethoven|Ludwig|"),
            ("Waheed Z.", "|Waheed|Z.|"),
            ("Peters OA", "|Peters|OA|"),
            ("J. R. Smith Jr.", "|Smith|J. R.|Jr."),
            ("King, Martin Luther, Jr.", "|King|Martin Luther|Jr."),
            ("P. A. Moore, Jr.", "|Moore|P. A.|Jr."),
            ("嶋田 健志", "[嶋田 健志]"),
            ("Mr. Khalid Taimur Akram,", "|Akram|Khalid Taimur|"),
            ("Embassy of Pakistan in Kazakhstan", "[Embassy of Pakistan in Kazakhstan]"),
            ("Xinhua", "[Xinhua]"),
            ("et al.", "[et al.]"),
        ] {
            assert_eq!(Name::parse(text).as_ref().map(shown).as_deref(), Some(parts), "{text}");
        }
        assert_eq!(Name::parse(" 12 "), None);
    }

    #[test]
    fn lists_are_cut_into_names() {
        for (text, names) in [
            ("Kazakova, M. and Komissina, I.", vec!["Kazakova, M.", "Komissina, I."]),
            ("Maryam Raza, Palwasha Nawaz", vec!["Maryam Raza", "Palwasha Nawaz"]),
            ("Waheed Z. et al.", vec!["Waheed Z.", "et al."]),
            ("Romero, C., Paunesku, D., & Dweck, C.", vec!["Romero, C.", "Paunesku, D.", "Dweck, C."]),
            ("A. Cau, R. Kuiper, and W.-P. de Roever", vec!["A. Cau", "R. Kuiper", "W.-P. de Roever"]),
            ("Arias A, de la Macorra JC, Peters OA", vec!["Arias A", "de la Macorra JC", "Peters OA"]),
            ("Ministry of Trade and Industry", vec!["Ministry of Trade and Industry"]),
            ("Khan H; Zhen Y", vec!["Khan H", "Zhen Y"]),
            ("Иванов и др.", vec!["Иванов", "et al."]),
            ("Khan and others", vec!["Khan", "et al."]),
            ("Rahman, Fazal", vec!["Rahman, Fazal"]),
        ] {
            assert_eq!(split_names(text), names, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = Name::parse(&text);
            let _ = Name::parse_list(&text);
        }
    }
}
