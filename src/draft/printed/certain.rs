//! Which words before a year are surely a citation, so that a person must hear when it leads nowhere.
//!
//! `(Akram, 2020)` is one, as are all with two names, `et al.`, or a place in the work. `(Minsk, 2015)` says where and
//! when something happened, `(Paris Agreement, 2015)` what: these count only when they lead to a source, when they have
//! a page or paragraph, or when the name is that of an author in the library.

use super::cited::{Cited, Who};
use super::{INSIDE, year};
use crate::tag;

/// Words that are capitalised before a year and name nobody.
const NOBODY: &str = " january february march april may june july august september october november december spring \
    summer autumn fall winter monday tuesday wednesday thursday friday saturday sunday table figure chapter section \
    article no part volume since until by in from between around circa before after during early late mid fig tab \
    vol see accessed retrieved updated published copyright dated est born died founded ratified signed ";
/// Words of the names of events and agreements.
const EVENTS: &str = " accord accords act agenda agreement agreements charter coalition cup expo festival forum games \
    horizon offensive plan strategy vision conference congress convention coup \
    crisis declaration election elections games law massacre meeting memorandum olympics pact plenum protocol \
    referendum resolution revolution session summit treaty war ";
/// Places where meetings are held and papers are signed, beside those of the gazetteer.
const PLACES: &str = " davos geneva kyoto rio bretton woods camp david dayton doha helsinki lausanne locarno maastricht \
    nice oslo potsdam rambouillet san francisco schengen sochi tehran teheran utrecht versailles westphalia yalta ";
/// Fewest letters of a place: short ones are codes and initials of bodies.
const LETTERS: usize = 4;

/// Words before a year and how they stand there.
pub struct Before<'w> {
    pub who: &'w str,
    /// A comma parts them from the year.
    pub comma: bool,
    /// Other citations stand in the same bracket.
    pub among: bool,
    /// A page or paragraph follows.
    pub located: bool,
}

/// Returns true if and only if words before a year are a citation even when they lead to no source.
pub fn is_certain(before: &Before<'_>, sources: &[Cited<'_>]) -> bool {
    let who = before.who;
    let words: Vec<&str> = who.split_whitespace().collect();
    let is = |list: &str, w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        !w.is_empty() && list.contains(&format!(" {w} "))
    };
    let capital = |w: &&str| w.trim_start_matches(['“', '"', '‘', '\'', '«']).starts_with(char::is_uppercase);
    let inside = |w: &&str| INSIDE.contains(&format!(" {} ", w.to_lowercase()));
    let joined = [" and ", " & ", "et al"].iter().any(|j| who.contains(j));
    let names = (1..=8).contains(&words.len())
        && who.chars().count() > 1
        && words.iter().all(|w| capital(w) || inside(w))
        && words.first().is_some_and(capital)
        && !words.iter().any(|w| is(NOBODY, w))
        // `London: Routledge` publishes.
        && !who.contains(|c: char| c.is_ascii_digit() || c == ':');
    // `(World Bank 2019)`
    let several = words.len() > 1;
    if !names || !(before.comma || joined || several || before.among || before.located) {
        return false;
    }
    let happened = words.iter().any(|w| is(EVENTS, w)) || is_place(who);
    !happened || before.located || is_author(who, sources)
}

/// Returns true if and only if a bracket has the shape of a citation, names with a year or a page, and is not surely
/// something else. Behind a quotation it is taken for one, though nobody knows of what.
pub fn is_shaped(content: &str, sources: &[Cited<'_>]) -> bool {
    let digit = |t: &str| t.find(|c: char| c.is_ascii_digit());
    let end = ["forthcoming", "in press", "n.d.", "no date"].iter().find_map(|w| content.find(w));
    let Some(end) = end.or_else(|| digit(content)).filter(|_| content.len() < 150) else { return false };
    let Some(who) = content.get(..end) else { return false };
    let who = ["paras.", "para.", "pp.", "p."]
        .iter()
        .fold(who.trim(), |w, place| w.trim_end_matches(place).trim_end());
    let who = who.trim_end_matches([',', ' ']);
    is_certain(&Before { who, comma: true, among: false, located: false }, sources)
}

/// Returns true if and only if all of the words are places: `Minsk`, `Islamabad, Pakistan`, `Minsk and Moscow`.
fn is_place(who: &str) -> bool {
    let who = who.replace(" and ", ", ").replace(" & ", ", ");
    let mut names =
        who.split([',', '/']).map(str::trim).filter(|n| !n.is_empty() && year::year(n).is_none()).peekable();
    names.peek().is_some()
        && names.all(|name| {
            let listed = PLACES.contains(&format!(" {} ", name.to_lowercase()));
            name.chars().count() >= LETTERS && (listed || tag::lookup(name).is_ok())
        })
}

/// Returns true if and only if an author of the library has the first of the names.
fn is_author(who: &str, sources: &[Cited<'_>]) -> bool {
    let who = Who::new(who);
    who.surnames.first().is_some_and(|name| sources.iter().any(|s| s.has_author(name)))
}
