//! The headline.

use super::key;
use super::site::{SEPARATORS, Site};
use crate::bibliography::Work;
use crate::bibliography::evidence::{Candidate, Origin, Value};

/// What pages are called that nobody named.
const NO_TITLES: [&str; 12] = [
    "untitled",
    "untitleddocument",
    "notitle",
    "title",
    "home",
    "homepage",
    "document",
    "index",
    "page",
    "loading",
    "startseite",
    "article",
];

/// A title without the site's name.
struct Headline {
    text: String,
    key: String,
    origin: Origin,
}

/// Believes the headline that is printed above the article where it agrees with what the page states; else the best
/// that is stated.
pub(super) fn weigh(work: &mut Work, candidates: &[Candidate], site: &Site) {
    let mut printed = Vec::new();
    let mut stated = Vec::new();
    for candidate in candidates {
        let Value::Title(text) = &candidate.value else { continue };
        let text = without_site(text, site);
        let key = key(&text);
        if site.is_called(&text) || key.is_empty() || NO_TITLES.contains(&key.as_str()) {
            work.set_aside(&candidate.value, candidate.origin, "the name of the site or no title");
            continue;
        }
        let headline = Headline { text, key, origin: candidate.origin };
        match candidate.origin {
            Origin::Heading | Origin::MarkedElement => printed.push(headline),
            _ => stated.push(headline),
        }
    }
    let cited = stated.iter().find(|h| h.origin == Origin::BibliographicTag);
    let best = above_article(&printed, &stated).or_else(|| {
        let stated = cited.or_else(|| agreed(&stated))?;
        Some((stated.text.clone(), stated.origin))
    });
    let Some((text, origin)) = best else { return };
    let own = key(&text);
    for other in stated.iter().filter(|h| h.key != own) {
        work.set_aside(&Value::Title(other.text.clone()), other.origin, "another headline of the page");
    }
    work.believe(Value::Title(text), origin);
}

/// The printed headline that agrees best with what is stated; where nothing is stated, the first.
fn above_article(printed: &[Headline], stated: &[Headline]) -> Option<(String, Origin)> {
    if stated.is_empty() {
        return printed.first().map(|h| (one_line(&h.text), h.origin));
    }
    // What the page is called in the window has the site's name in it, which a logo has too.
    let is_tagged = stated.iter().any(|h| h.origin != Origin::PageTitle);
    let grade = |h: &Headline| {
        let likeness = |s: &Headline| match likeness(h, s) {
            // Lower headings and classes are on parts of an article too.
            grade if h.origin == Origin::MarkedElement && grade < 3 && !s.key.starts_with(&h.key) => 0,
            grade if s.origin != Origin::PageTitle || !is_tagged => grade,
            3 if h.origin == Origin::Heading => 3,
            _ => 0,
        };
        stated.iter().map(likeness).max().unwrap_or(0)
    };
    // A main heading before lower ones, unless it has only words in common; of several that agree alike, the first.
    let rank = |h: &Headline| (h.origin == Origin::Heading && grade(h) > 1, grade(h));
    let best = printed.iter().rev().max_by_key(|h| rank(h)).filter(|h| grade(h) > 0)?;
    // A heading with the name of its section above it, or a line below, on lines of their own.
    let line = best
        .text
        .lines()
        .find(|line| stated.iter().any(|s| s.key == key(line) && s.origin != Origin::PageTitle));
    Some((line.map_or_else(|| one_line(&best.text), |line| line.trim().to_owned()), best.origin))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 3 for the same, 2 where one holds the other, 1 for common words, 0 for nothing in common.
fn likeness(printed: &Headline, stated: &Headline) -> u8 {
    let (one, other) = (&printed.key, &stated.key);
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if one == other {
        return 3;
    }
    if long.contains(short.as_str()) && short.len() * 5 >= long.len() * 2 {
        return 2;
    }
    u8::from(common(&printed.text, &stated.text) >= 0.4)
}

/// The share of the words of the shorter text that the longer has too; of pairs of signs where there are no spaces.
fn common(one: &str, other: &str) -> f64 {
    let (one, other) = (units(one), units(other));
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() < 3 {
        return 0.0;
    }
    short.iter().filter(|unit| long.contains(unit)).count() as f64 / short.len() as f64
}

fn units(text: &str) -> Vec<String> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).map(key).filter(|w| w.chars().count() > 2).collect();
    let spaced = text.is_ascii() || words.iter().all(|w| w.chars().count() < 14);
    match spaced {
        true => words,
        false => {
            let signs: Vec<char> = key(text).chars().collect();
            signs.windows(2).map(|pair| pair.iter().collect()).collect()
        }
    }
}

/// The first stated headline that another kind of place has too, the most trusted places first; else the first.
fn agreed(stated: &[Headline]) -> Option<&Headline> {
    let rank = |h: &Headline| match h.origin {
        Origin::JsonLd => 0,
        Origin::MetaTag => 1,
        Origin::SharingTag => 2,
        Origin::BibliographicTag => 3,
        _ => 4,
    };
    let mut ranked: Vec<&Headline> = stated.iter().filter(|h| !is_cut(&h.text)).collect();
    ranked.sort_by_key(|h| rank(h));
    let supported = |h: &&&Headline| stated.iter().any(|o| o.origin != h.origin && likeness(h, o) >= 2);
    ranked.iter().find(supported).or(ranked.first()).copied().or(stated.first())
}

fn is_cut(text: &str) -> bool {
    text.ends_with('…') || text.ends_with("...")
}

/// The title without the site's name after or before it.
fn without_site(title: &str, site: &Site) -> String {
    let mut text = title.trim();
    while let Some(rest) = cut(text, site) {
        text = rest;
    }
    text.to_owned()
}

fn cut<'t>(text: &'t str, site: &Site) -> Option<&'t str> {
    let mut cuts: Vec<(usize, usize)> =
        SEPARATORS.iter().flat_map(|s| text.match_indices(s).map(|(at, s)| (at, at + s.len()))).collect();
    cuts.sort_unstable();
    let parts = || {
        cuts.iter().filter_map(|(end, start)| Some((text.get(..*end)?.trim(), text.get(*start..)?.trim())))
    };
    parts()
        .find(|(head, tail)| site.is_called(tail) && !head.is_empty())
        .map(|(head, _)| without_section(head, text))
        .or_else(|| {
            parts().find(|(head, tail)| site.is_called(head) && !tail.is_empty()).map(|(_, tail)| tail)
        })
}

/// `title_section` of `title_section_site`: where lines cut the site's name off, they cut its sections off too.
fn without_section<'t>(head: &'t str, title: &str) -> &'t str {
    match title.get(head.len()..).is_some_and(|rest| rest.starts_with('_')) {
        true => head.split('_').next().unwrap_or(head),
        false => head,
    }
}
