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

fn bodies(work: &mut Work, said: &[Credited]) {
    if let Some(best) = said.iter().find(|c| !c.bodies.is_empty()) {
        work.believe(Value::Authors(best.bodies.clone()), best.origin);
    }
}

/// What one candidate says; what of it is no name is set aside.
fn credited(work: &mut Work, candidate: &Candidate, all: &[Candidate], site: &Site) -> Option<Credited> {
    let origin = candidate.origin;
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
    // The site's own name read as a person: `Lesotho Times`.
    let (sites, persons): (Vec<Name>, Vec<Name>) =
        persons.into_iter().partition(|name| site.is_named(&name.display()));
    let sites = sites.into_iter().map(|name| Name::literal(&site.spelled(&name.display(), all)));
    let mut credited = Credited { persons: Vec::new(), bodies: Vec::new(), origin };
    for (names, into) in
        [(persons, &mut credited.persons), (bodies.into_iter().chain(sites).collect(), &mut credited.bodies)]
    {
        for name in names {
            if !into.iter().any(|known| same(known, &name)) {
                into.push(name);
            }
        }
    }
    (!credited.persons.is_empty() || !credited.bodies.is_empty()).then_some(credited)
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
