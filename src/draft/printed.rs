//! Printed citations: `(Khan, 2021)`, `(see Khan 2021, p. 4; Akram, 2020)`, `Khan and Ali (2019, para. 3) write`.
//!
//! What is cited is told by surnames and year. Words that might be a citation count as one when they lead to a source, or
//! when they can hardly be anything else.

use super::fold::fold;
use super::parse::{Citation, locator};
use super::scan::slice;
use crate::bibliography::{Name, Work};
use crate::index::StoredSource;
use std::ops::Range;

/// How many words before a bracket may belong to the names in running text.
const MOST_WORDS: usize = 9;
/// Lower-case words that may stand inside names.
const INSIDE: &str =
    " and & et al. al of in for the on de van von der den del di da du la le ul ur bin al- y und ";
/// What leads into a citation and is no part of it.
const LEADS: [&str; 13] = [
    "see also ",
    "see, e.g., ",
    "see e.g. ",
    "see for example ",
    "see ",
    "cf. ",
    "e.g., ",
    "e.g. ",
    "for example, ",
    "for example ",
    "also ",
    "compare ",
    "quoted from ",
];
/// What parts the original from the source it was read in.
const THROUGH: [&str; 4] = ["as cited in ", "cited in ", "quoted in ", "qtd. in "];
/// Words that are capitalised before a year and name nobody.
const NOBODY: &str = " january february march april may june july august september october november december spring \
    summer autumn fall winter monday tuesday wednesday thursday friday saturday sunday table figure chapter section \
    article no part volume since until by in from between around circa before after during early late mid fig tab \
    vol see accessed retrieved updated published copyright dated est ";
/// Verbs with which an author is made to speak.
const SPEAKING: &str = " argues argue argued notes note noted writes write wrote claims claim claimed states state stated \
    finds find found shows show showed suggests suggest suggested observes observe observed contends contend maintains \
    points point concludes conclude concluded says say said reports report reported explains explain explained calls \
    describes describe described adds warns asserts holds puts quotes ";

/// A source as printed citations name it.
pub struct Cited<'s> {
    key: &'s str,
    work: &'s Work,
    letter: Option<char>,
    /// Folded surnames, each with and without its particle; bodies also by their initials.
    names: Vec<Vec<String>>,
    /// As the default style prints it, without brackets.
    bare: String,
}

impl<'s> Cited<'s> {
    /// What `source` is called.
    pub fn new(source: &'s StoredSource) -> Cited<'s> {
        let work = &source.work;
        let people = [&work.authors, &work.editors].into_iter().find(|p| !p.is_empty());
        let named = |n: &&Name| n.literal.as_deref() != Some("et al.");
        let names = people.map(|p| p.iter().filter(named).map(forms).collect()).unwrap_or_default();
        let bare = source.citation.bare.trim_start_matches('(').trim_end_matches(')');
        Cited {
            key: source.key.as_str(),
            work,
            letter: source.year_letter,
            names,
            bare: fold(bare).to_lowercase(),
        }
    }

    /// Returns true if and only if `who` in `year` (`None`: not given) is this source.
    fn is(&self, who: &str, year: Option<&Year>) -> bool {
        let dated = match year {
            None => true,
            Some(year) => {
                self.work.issued.map(|d| d.year) == year.number
                    && (year.letter.is_none() || year.letter == self.letter)
            }
        };
        dated && (self.is_named(who) || self.is_titled(who))
    }

    fn is_named(&self, who: &str) -> bool {
        let (pieces, others) = people(who);
        let fits = pieces.iter().zip(&self.names).all(|(piece, forms)| forms.contains(piece));
        // A body with `and` in its name is one author.
        let whole =
            self.names.len() == 1 && self.names.iter().flatten().any(|f| *f == fold(who).to_lowercase());
        let enough = if others { pieces.len() < self.names.len() } else { pieces.len() == self.names.len() };
        whole || (!pieces.is_empty() && fits && enough)
    }

    /// Works without author go by their title, shortened perhaps, or by the newspaper they stood in.
    fn is_titled(&self, who: &str) -> bool {
        if !self.names.is_empty() {
            return false;
        }
        let bare = |text: &str| {
            let text = fold(text).to_lowercase();
            text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
        };
        let who = bare(who);
        let title = self.work.title.as_deref().map(bare).unwrap_or_default();
        let short = who.split(' ').count() >= 2 && title.starts_with(&format!("{who} "));
        let container = self.work.container.as_deref().map(bare);
        !who.is_empty() && (title == who || short || container.as_deref() == Some(who.as_str()))
    }
}

/// What a name may be printed as, folded.
fn forms(name: &Name) -> Vec<String> {
    let folded = |text: &str| fold(text).to_lowercase();
    if let Some(body) = &name.literal {
        let letters: String =
            body.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
        let mut forms = vec![folded(body)];
        if letters.chars().count() >= 2 {
            forms.push(letters.to_lowercase());
        }
        return forms;
    }
    let family = name.family.clone().unwrap_or_default();
    let mut forms = vec![folded(&family)];
    forms.extend(name.particle.as_ref().map(|p| folded(&format!("{p} {family}"))));
    forms
}

/// The surnames of `Khan, Ali, & Raza`, `H. Khan et al.`, folded; and whether more are meant.
fn people(who: &str) -> (Vec<String>, bool) {
    let folded = fold(who).to_lowercase();
    let mut text = folded.trim_end_matches("'s").trim_end_matches([',', ' ']).to_owned();
    let mut others = false;
    for more in ["et al.", "et al", "and others", "and colleagues"] {
        if let Some(rest) = text.strip_suffix(more) {
            others = true;
            text = rest.trim_end_matches([',', ' ']).to_owned();
            break;
        }
    }
    let text = text.replace(" & ", ", ").replace(" and ", ", ");
    let initial = |word: &&str| word.ends_with('.') && word.chars().count() <= 3;
    let pieces =
        text.split(',').map(|p| p.split(' ').filter(|w| !w.is_empty() && !initial(w)).collect::<Vec<_>>());
    (pieces.map(|p| p.join(" ")).filter(|p| !p.is_empty()).collect(), others)
}

/// A year as printed: `2021b`, `n.d.`, `n.d.-a`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    number: Option<i32>,
    letter: Option<char>,
}

fn year(word: &str) -> Option<Year> {
    let word = word.trim_matches(|c: char| ",;:()[]".contains(c));
    if let Some(rest) = word.strip_prefix("n.d.").or((word == "n.d").then_some("")) {
        let letter = rest.strip_prefix('-').and_then(|l| l.chars().next());
        return (rest.is_empty() || letter.is_some()).then_some(Year { number: None, letter });
    }
    let word = word.trim_end_matches('.');
    let (digits, rest) = word.split_at_checked(4)?;
    let number = digits
        .parse()
        .ok()
        .filter(|n| digits.bytes().all(|b| b.is_ascii_digit()) && (1000..=2199).contains(n));
    let mut letters = rest.chars();
    let letter = letters.next();
    let good = letters.next().is_none() && letter.is_none_or(|l| l.is_ascii_lowercase());
    Some(Year { number: Some(number?), letter }).filter(|_| good)
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
fn split(part: &str) -> Option<(&str, Vec<Year>, &str)> {
    let lower = part.to_lowercase();
    if let Some(at) = lower.find("no date").filter(|_| lower.len() == part.len()) {
        let rest = part.get(at + 7..)?;
        return Some((
            part.get(..at)?.trim_end_matches([',', ' ']),
            vec![Year { number: None, letter: None }],
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

/// Finds printed citations: those in `brackets`, and names in running text before one that starts with a year.
pub fn citations(
    chars: &[char],
    brackets: &[(String, Range<usize>)],
    sources: &[Cited<'_>],
) -> Vec<Citation> {
    let mut found = Vec::new();
    for (content, span) in brackets {
        let first = content.split([',', ' ', ':']).next().unwrap_or_default();
        if year(first).is_some() {
            found.extend(narrative(chars, content, span, sources));
            continue;
        }
        let parts: Vec<&str> = content.split(';').collect();
        let mut offset = 0;
        for part in &parts {
            let at = span.start + content.get(..offset).map_or(0, |t| t.chars().count());
            let lead = part.chars().take_while(|c| c.is_whitespace()).count();
            found.extend(in_brackets(part, span, at + lead, parts.len() > 1, sources));
            offset += part.len() + 1;
        }
    }
    found
}

/// One part of a bracket.
fn in_brackets(
    part: &str,
    span: &Range<usize>,
    at: usize,
    among: bool,
    sources: &[Cited<'_>],
) -> Vec<Citation> {
    let part = without_lead(part.trim());
    let make = |keys: Vec<&str>, shown: &str, place: &str| {
        let key = keys.first().map_or(shown, |k| *k).to_owned();
        let also = keys.iter().skip(1).map(|k| (*k).to_owned()).collect();
        let printed = Some(shown.to_owned());
        Citation { key, also, printed, locator: locator(place), span: span.clone(), at, narrative: false }
    };
    // As the default style prints it, whatever that is.
    let folded = fold(part).to_lowercase();
    let exact = sources.iter().filter(|s| !s.bare.is_empty()).filter_map(|s| {
        let rest = folded.strip_prefix(s.bare.as_str())?;
        (rest.is_empty() || rest.starts_with(',')).then_some((s, rest.to_owned()))
    });
    if let Some((source, rest)) = exact.max_by_key(|(s, _)| s.bare.len()) {
        return vec![make(vec![source.key], part, &rest)];
    }
    let Some((who, years, rest)) = split(part) else {
        // MLA: `(Khan and Zhen 14)`. Only what leads somewhere is a citation.
        let cut = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (who, rest) = part.split_at_checked(cut).unwrap_or((part, ""));
        let who = who.trim_end_matches([' ', ',']).trim_end_matches("para.").trim_end_matches("par.");
        let rest_of = part.get(who.len()..).unwrap_or(rest);
        let keys = keys_of(sources, who.trim_matches([',', ' ']), None);
        return if keys.is_empty() { Vec::new() } else { vec![make(keys, part, rest_of)] };
    };
    let mut found = Vec::new();
    for year in &years {
        let keys = keys_of(sources, who, Some(year));
        if !keys.is_empty() || is_sure(who, part, among, !rest.trim().is_empty()) {
            found.push(make(keys, part, rest));
        }
    }
    found
}

fn keys_of<'s>(sources: &[Cited<'s>], who: &str, year: Option<&Year>) -> Vec<&'s str> {
    let fits = |s: &&Cited<'s>| who.len() > 1 && s.is(who, year);
    sources.iter().filter(fits).map(|s| s.key).collect()
}

/// Without what leads into a citation; of an original and the source it was read in, the source.
fn without_lead(part: &str) -> &str {
    let mut text = part;
    for through in THROUGH {
        if let Some(at) = text.find(through) {
            text = text.get(at + through.len()..).unwrap_or_default();
        }
    }
    while let Some(lead) =
        LEADS.iter().find(|lead| text.get(..lead.len()).is_some_and(|front| front.eq_ignore_ascii_case(lead)))
    {
        text = text.get(lead.len()..).unwrap_or_default().trim_start();
    }
    text
}

/// Returns true if and only if words before a year are a citation even when they lead to no source.
fn is_sure(who: &str, part: &str, among: bool, located: bool) -> bool {
    let words: Vec<&str> = who.split_whitespace().collect();
    let plain = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let inside = |w: &&str| INSIDE.contains(&format!(" {} ", w.to_lowercase()));
    let named = words.iter().all(|w| w.starts_with(char::is_uppercase) || inside(w));
    let nobody = words.iter().any(|w| NOBODY.contains(&format!(" {} ", plain(w))));
    let joined = [" and ", " & ", "et al"].iter().any(|j| who.contains(j));
    let comma = part.get(who.len()..).is_some_and(|r| r.starts_with(','));
    let short = (1..=8).contains(&words.len()) && who.chars().count() > 1;
    short
        && named
        && !nobody
        && words.first().is_some_and(|w| w.starts_with(char::is_uppercase))
        && !who.contains(|c: char| c.is_ascii_digit())
        && (comma || joined || among || located)
}

/// Names in running text with the year in a bracket behind them.
fn narrative(chars: &[char], content: &str, span: &Range<usize>, sources: &[Cited<'_>]) -> Vec<Citation> {
    let open = span.start.saturating_sub(1);
    let Some((_, years, rest)) = split(&format!("x {content}")).map(|(w, y, r)| (w, y, r.to_owned())) else {
        return Vec::new();
    };
    let starts = starts(chars, open);
    let make = |start: usize, keys: Vec<&str>, who: &str| {
        let shown = format!("{who} ({content})");
        let key = keys.first().map_or(shown.as_str(), |k| *k).to_owned();
        let also = keys.iter().skip(1).map(|k| (*k).to_owned()).collect();
        let span = start..span.end + 1;
        let locator = locator(&rest);
        Citation { key, also, printed: Some(shown), locator, span, at: start, narrative: true }
    };
    let who_at = |start: usize| slice(chars, start, open).trim().to_owned();
    let mut found = Vec::new();
    for year in &years {
        let hit = starts.iter().find_map(|start| {
            let who = who_at(*start);
            let bare = who.trim_end_matches("'s").trim_end_matches("’s").to_owned();
            let keys = keys_of(sources, &bare, Some(year));
            (!keys.is_empty()).then_some((*start, keys, who))
        });
        if let Some((start, keys, who)) = hit {
            found.push(make(start, keys, &who));
            continue;
        }
        let Some(first) = starts.first() else { continue };
        let who = who_at(*first);
        let behind = slice(chars, span.end + 1, span.end + 30);
        let next = behind.split_whitespace().next().unwrap_or_default();
        let speaks = SPEAKING.contains(&format!(" {} ", next.trim_matches(',')));
        let several = who.ends_with("et al.");
        if (speaks || several) && is_sure(&who, &who, true, true) {
            found.push(make(*first, Vec::new(), &who));
        }
    }
    found
}

/// Where names that end before the bracket may start, in characters, the farthest first.
fn starts(chars: &[char], open: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut end = open;
    for _ in 0..MOST_WORDS {
        while end > 0 && chars.get(end - 1).is_some_and(|c| c.is_whitespace()) {
            end -= 1;
        }
        let mut start = end;
        while start > 0 && chars.get(start - 1).is_some_and(|c| !c.is_whitespace() && !"(“\"‘".contains(*c))
        {
            start -= 1;
        }
        let word = slice(chars, start, end);
        let capital = word.starts_with(char::is_uppercase);
        let initial = word.chars().count() <= 3 && word.ends_with('.');
        let ends = word.ends_with(['.', ';', ':', '?', '!', ')', '”', '"']) && !initial && word != "al.";
        let inside = INSIDE.contains(&format!(" {} ", word.trim_end_matches(',')));
        if word.is_empty() || ends || !(capital || inside) {
            break;
        }
        if capital {
            starts.push(start);
        }
        end = start;
    }
    starts.reverse();
    starts
}
