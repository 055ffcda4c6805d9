//! Who wrote it: credits in tags, structured data and marked elements, read and compared.

use super::site::Site;
use super::{from, key};
use crate::bibliography::credit::{self, Reading};
use crate::bibliography::evidence::{Candidate, Origin, Value};
use crate::bibliography::name::{is_body, is_cjk};
use crate::bibliography::{Name, Work};

/// Places of credits, the most reliable first.
const ORDER: [Origin; 5] =
    [Origin::BibliographicTag, Origin::JsonLd, Origin::MetaTag, Origin::MarkedElement, Origin::Text];

/// What one place of the page says.
struct Credited {
    persons: Vec<Name>,
    bodies: Vec<Name>,
    /// What nothing ties to the names before it: names, or places and posts.
    apart: Vec<String>,
    /// It says what the author does, as `Staff reporter`.
    has_post: bool,
    origin: Origin,
}

/// Believes the persons that the most reliable place names, all of a list where another place names more of it; a body
/// only where nobody names a person.
pub(super) fn weigh(work: &mut Work, candidates: &[Candidate], site: &Site) {
    let mut said: Vec<Credited> = Vec::new();
    for candidate in ORDER.iter().flat_map(|origin| from(candidates, *origin)) {
        if let Some(credited) = credited(work, candidate, candidates, site) {
            said.push(credited);
        }
    }
    tie(work, &mut said);
    let Some(first) = first(&said) else {
        return bodies(work, &said);
    };
    let more = said.iter().filter(|c| {
        c.origin != Origin::Text && c.persons.len() > first.persons.len() && holds(&c.persons, &first.persons)
    });
    let best = more.max_by_key(|c| c.persons.len()).unwrap_or(first);
    for other in said.iter().filter(|c| !holds(&best.persons, &c.persons)) {
        work.set_aside(
            &Value::Authors(other.persons.clone()),
            other.origin,
            "other names than in a better place",
        );
    }
    for other in &said {
        work.set_aside(
            &Value::Authors(other.bodies.clone()),
            other.origin,
            "a body, where persons are named",
        );
    }
    work.believe(Value::Authors(best.persons.clone()), best.origin);
}

/// The first place that names persons; after one of the tags that no other place agrees with, one that has support.
fn first(said: &[Credited]) -> Option<&Credited> {
    let persons = || said.iter().filter(|c| !c.persons.is_empty());
    let supported = |c: &&Credited| persons().any(|o| !std::ptr::eq(*c, o) && holds(&o.persons, &c.persons));
    let first = persons().next()?;
    match first.origin == Origin::MetaTag && !supported(&first) {
        true => persons().find(supported).or(Some(first)),
        false => Some(first),
    }
}

fn is_office(name: &Name) -> bool {
    name.literal.as_deref().is_some_and(is_body)
}

/// Believes the bodies of the most reliable place; none where that place only says what the author does: a body that another
/// place names is then an agency, or what the page is about.
fn bodies(work: &mut Work, said: &[Credited]) {
    let mut named = said.iter().filter(|c| c.has_post || !c.bodies.is_empty());
    let Some(best) = named.next() else { return };
    if !best.bodies.is_empty() {
        work.believe(Value::Authors(best.bodies.clone()), best.origin);
        return;
    }
    for other in named {
        work.set_aside(
            &Value::Authors(other.bodies.clone()),
            other.origin,
            "a body, where a better place names a post",
        );
    }
}

/// Ties to the names of each place what is set apart there and named as a person elsewhere on the page; sets the rest aside.
fn tie(work: &mut Work, said: &mut [Credited]) {
    let known: Vec<Name> = said.iter().flat_map(|c| &c.persons).cloned().collect();
    for credited in said {
        for text in std::mem::take(&mut credited.apart) {
            let persons = credit::read(&text, false).persons;
            match <[Name; 1]>::try_from(persons) {
                Ok([name]) if known.iter().any(|known| same(known, &name)) => {
                    if !credited.persons.iter().any(|own| same(own, &name)) {
                        credited.persons.push(name);
                    }
                }
                _ => work.set_aside(
                    &Value::Authors(vec![Name::literal(&text)]),
                    credited.origin,
                    credit::APART,
                ),
            }
        }
    }
}

/// What one candidate says; what of it is no name is set aside.
fn credited(work: &mut Work, candidate: &Candidate, all: &[Candidate], site: &Site) -> Option<Credited> {
    let origin = candidate.origin;
    let mut credited =
        Credited { persons: Vec::new(), bodies: Vec::new(), apart: Vec::new(), has_post: false, origin };
    let (persons, bodies) = match &candidate.value {
        Value::Authors(names) => names.iter().cloned().partition(|name| !is_office(name)),
        Value::Credits(credits) => {
            let mut read = Reading::default();
            for credit in credits {
                let is_body = credit.is_body || site.is_named(&credit.text);
                let reading = credit::read(&credit.text, is_body);
                read.persons.extend(reading.persons);
                read.bodies.extend(reading.bodies);
                for (text, why) in reading.refused {
                    if why == credit::APART {
                        credited.apart.push(text);
                        continue;
                    }
                    credited.has_post |= why == credit::POST;
                    work.set_aside(&Value::Authors(vec![Name::literal(&text)]), origin, why);
                }
            }
            (read.persons, read.bodies)
        }
        _ => return None,
    };
    let (words, persons) = single_words(persons);
    let mut bodies = bodies;
    if persons.is_empty() && matches!(origin, Origin::JsonLd | Origin::BibliographicTag) {
        bodies.extend(words);
    } else {
        for word in words {
            work.set_aside(
                &Value::Authors(vec![word]),
                origin,
                "one word: an account, an agency or a section",
            );
        }
    }
    // The site's own name read as a person, or that of a part of it: `Lesotho Times`, `MDR Sachsen`.
    let is_site = |name: &Name| site.is_named(&name.display()) || is_part_of_site(name, site);
    let (sites, persons): (Vec<Name>, Vec<Name>) = persons.into_iter().partition(is_site);
    let sites = sites.into_iter().map(|name| Name::literal(&site.spelled(&name.display(), all)));
    for (names, into) in
        [(persons, &mut credited.persons), (bodies.into_iter().chain(sites).collect(), &mut credited.bodies)]
    {
        for name in names {
            if !into.iter().any(|known| same(known, &name)) {
                into.push(name);
            }
        }
    }
    let says = !credited.persons.is_empty()
        || !credited.bodies.is_empty()
        || !credited.apart.is_empty()
        || credited.has_post;
    says.then_some(credited)
}

/// Returns true if and only if a name begins with the site's in capitals, as those of its studios and desks do.
fn is_part_of_site(name: &Name, site: &Site) -> bool {
    let whole = name.display();
    let first = whole.split_whitespace().next().unwrap_or_default();
    let capitals = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
    capitals && first.len() < whole.len() && site.is_named(first)
}

/// Takes out persons of one word: where structured data names one alone it may be the name of a body or a person,
/// elsewhere such words are sections of a site, agencies, accounts. Names in Chinese, Japanese and Korean signs are no
/// such words.
fn single_words(persons: Vec<Name>) -> (Vec<Name>, Vec<Name>) {
    persons.into_iter().partition(|name| name.literal.as_deref().is_some_and(|l| !is_cjk(l)))
}

/// Returns true if and only if all of `few` are among `many`.
fn holds(many: &[Name], few: &[Name]) -> bool {
    few.iter().all(|name| many.iter().any(|other| same(name, other)))
}

/// Returns true if and only if two names may be one person's: the family names and the first letters agree.
fn same(one: &Name, other: &Name) -> bool {
    let first = |name: &Name| name.given.as_deref().and_then(|given| key(given).chars().next());
    let whole = key(&one.display()) == key(&other.display());
    let family =
        || one.family.as_deref().map(key).is_some_and(|f| other.family.as_deref().map(key) == Some(f));
    whole || family() && first(one) == first(other)
}
