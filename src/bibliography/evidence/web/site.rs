//! The site that holds a page: what it is called, and which texts are only its name.

use super::{from, key};
use crate::bibliography::evidence::{Candidate, Origin, Value};
use crate::bibliography::{Work, WorkType};

/// What cuts the name of a site, or of a section, from a title.
pub(super) const SEPARATORS: [&str; 21] = [
    " | ", " - ", " – ", " — ", " − ", " :: ", " : ", " » ", " « ", " › ", " ‹ ", " · ", " • ", " / ", " ~ ",
    "｜", " － ", "：", ": ", "_", "|",
];

/// Networks and programs that put their own name on the pages of others.
const HOUSES: [&str; 22] = [
    "facebook",
    "twitter",
    "x",
    "instagram",
    "youtube",
    "linkedin",
    "google",
    "pinterest",
    "whatsapp",
    "telegram",
    "wordpress",
    "wordpresscom",
    "blogger",
    "drupal",
    "joomla",
    "wix",
    "squarespace",
    "ghost",
    "tumblr",
    "yoast",
    "yoastseo",
    "elementor",
];

/// Words that a site may call a part of itself, but not the whole.
const GENERIC: [&str; 24] = [
    "home",
    "homepage",
    "news",
    "blog",
    "magazine",
    "website",
    "site",
    "main",
    "article",
    "articles",
    "opinion",
    "politics",
    "startseite",
    "aktuell",
    "nachrichten",
    "accueil",
    "inicio",
    "portada",
    "noticias",
    "главная",
    "новости",
    "www",
    "index",
    "undefined",
];

/// The site's names and its host.
pub(super) struct Site {
    /// Keys of the names that the page gives its site.
    names: Vec<String>,
    /// Without an address the account that the site has on a network, which is often spelt as its host is: `@valleypost`.
    host: Option<Host>,
}

/// The host of a page's address, by what of it can be a name.
struct Host {
    text: String,
    /// All of it: `newstimescom`.
    whole: String,
    /// Its labels without `www` and the ending: `newstimes`.
    labels: Vec<String>,
}

impl Host {
    fn of(text: &str) -> Host {
        let text = text.to_lowercase();
        let text = text.strip_prefix("www.").unwrap_or(&text).to_owned();
        let mut labels: Vec<&str> = text.split('.').collect();
        labels.pop();
        // `co.uk`, `com.pk`, `ad.jp`.
        if labels.len() > 1 && labels.last().is_some_and(|label| label.len() <= 3) {
            labels.pop();
        }
        let labels =
            labels.into_iter().filter(|l| !matches!(*l, "www" | "m" | "amp" | "mobile")).map(key).collect();
        Host { whole: key(&text), text, labels }
    }

    /// An account `@name`, as if it were a host of that name.
    fn account(text: &str) -> Host {
        Host { text: text.to_owned(), whole: String::new(), labels: vec![key(text)] }
    }

    /// Returns true if and only if the host is called by the first word of a name: `valley.org` of Valley of the Sciences.
    fn is_first_word_of(&self, name: &str) -> bool {
        let first = name.split_whitespace().next().map(key).unwrap_or_default();
        first.chars().count() > 4 && self.labels.last() == Some(&first)
    }

    /// How well a name and the host go together: 2 where one spells the other, as `The News Times`, `NewsTimes.com` and
    /// `newstimes.com`, or shortens it, `nt.org`; 1 where one is most of the other; 0 where they have nothing in common.
    fn agreement(&self, name: &str) -> u8 {
        let full = key(name);
        let bare = full.strip_prefix("the").filter(|rest| rest.len() > 2).unwrap_or(&full);
        let spelled = key(&name.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"));
        let words: Vec<String> =
            name.split(|c: char| !c.is_alphanumeric()).map(key).filter(|w| !w.is_empty()).collect();
        let spells = |label: &String| !full.is_empty() && [bare, &full, &spelled].contains(&label.as_str());
        let shortened = |label: &String| words.len() > 1 && is_shortened(label, &words);
        if full == self.whole || self.labels.iter().any(spells) || self.labels.iter().any(shortened) {
            return 2;
        }
        let most = |own: &str, label: &str| {
            let (short, long) = if own.len() < label.len() { (own, label) } else { (label, own) };
            short.len() >= 4 && long.contains(short) && short.len() * 2 >= long.len()
        };
        u8::from(self.labels.iter().any(|label| most(bare, label) || most(&spelled, label)))
    }
}

/// Returns true if and only if `label` is made of beginnings of all of `words`, or of all but a first `The`, in order:
/// `nytimes` of New York Times, `bbc`.
fn is_shortened(label: &str, words: &[String]) -> bool {
    let words = match words {
        [the, rest @ ..] if the == "the" && rest.len() > 1 => rest,
        all => all,
    };
    // Where in the label the words so far may end.
    let mut ends = vec![0];
    for word in words.iter().take(8) {
        let mut next: Vec<usize> = Vec::new();
        for end in ends {
            let rest = label.get(end..).unwrap_or_default();
            let common = word.chars().zip(rest.chars()).take_while(|(one, other)| one == other);
            let mut at = end;
            for (letter, _) in common {
                at += letter.len_utf8();
                next.push(at);
            }
        }
        next.sort_unstable();
        next.dedup();
        ends = next;
    }
    words.len() <= 8 && ends.contains(&label.len())
}

impl Site {
    /// The site as the page names it.
    pub(super) fn of(candidates: &[Candidate]) -> Site {
        let mut names = Vec::new();
        let mut host = None;
        let mut account = None;
        for candidate in candidates {
            match &candidate.value {
                Value::Container(text) if candidate.origin == Origin::FileName => host = Some(Host::of(text)),
                Value::Container(text) if text.starts_with('@') => account = Some(Host::account(text)),
                // A logo is the site's where the page's title has it too.
                Value::Container(text) if candidate.origin == Origin::MarkedElement => {
                    names.extend(Some(key(text)).filter(|own| is_part_of_title(own, candidates)));
                }
                // A program's name for the page's place on a home screen may be the title.
                Value::Container(text)
                    if candidate.origin != Origin::SharingTag && is_stated(text, candidates) => {}
                Value::Container(text) | Value::Publisher(text) => names.push(key(text)),
                _ => {}
            }
        }
        let names = names.into_iter().filter(|name| name.chars().count() >= 2).collect();
        Site { names, host: host.or(account) }
    }

    /// The name as the page writes it, of one that is the site's.
    pub(super) fn spelled(&self, name: &str, candidates: &[Candidate]) -> String {
        let own = key(name);
        let spelled = candidates.iter().find_map(|c| match &c.value {
            Value::Container(text) if text.starts_with('@') => None,
            Value::Container(text) | Value::Publisher(text) if key(text) == own => Some(text.clone()),
            _ => None,
        });
        spelled.unwrap_or_else(|| name.to_owned())
    }

    /// Returns true if and only if `text` is nothing but a name of the site, as the page gives it or as its host has it.
    pub(super) fn is_called(&self, text: &str) -> bool {
        let key = key(text);
        let bare = key.strip_prefix("the").unwrap_or(&key);
        let same = |name: &String| *name == key || name.strip_prefix("the").unwrap_or(name) == bare;
        !key.is_empty() && (self.names.iter().any(same) || self.agrees(text))
    }

    /// Returns true if and only if `text` is a name of the site, exactly.
    pub(super) fn is_named(&self, text: &str) -> bool {
        self.names.contains(&key(text)) || self.agreement(text) == 2
    }

    /// Returns true if and only if a short text goes together with the host.
    fn agrees(&self, text: &str) -> bool {
        self.agreement(text) > 0
    }

    /// How well a short text goes together with the host, see [`Host::agreement`].
    fn agreement(&self, text: &str) -> u8 {
        let is_short = text.split_whitespace().count() <= 6;
        self.host.as_ref().filter(|_| is_short).map_or(0, |host| host.agreement(text))
    }

    /// Returns true if and only if a short text at the end of a title begins with what the host is called.
    fn begins_alike(&self, tail: &str) -> bool {
        let is_short = tail.split_whitespace().count() <= 4;
        self.host.as_ref().is_some_and(|host| is_short && host.is_first_word_of(tail))
    }

    /// Believes the best name of the site as container, unless a journal is one already, and the stated publisher.
    pub(super) fn weigh(&self, work: &mut Work, candidates: &[Candidate]) {
        let publisher = candidates.iter().find(|c| matches!(c.value, Value::Publisher(_)));
        if let Some(journal) =
            from(candidates, Origin::BibliographicTag).find(|c| matches!(c.value, Value::Container(_)))
        {
            work.believe(journal.value.clone(), journal.origin);
        } else if let Some((name, origin)) = self.best_name(work, candidates) {
            work.believe(Value::Container(name), origin);
        }
        if let Some(publisher) = publisher {
            let name = publisher.value.to_string();
            if work.work_type == WorkType::ArticleJournal && work.container.is_some() {
                work.set_aside(
                    &publisher.value,
                    publisher.origin,
                    "a journal is cited without its publisher",
                );
            } else if self.is_plain_name(&name)
                && work.container.as_deref().is_none_or(|own| key(own) != key(&name))
            {
                work.believe(Value::Publisher(name), publisher.origin);
            }
        }
    }

    /// The name that goes together with the host before the others, and those in the order in which they came.
    fn best_name(&self, work: &mut Work, candidates: &[Candidate]) -> Option<(String, Origin)> {
        let mut names: Vec<(String, Origin)> = Vec::new();
        for candidate in candidates.iter().filter(|c| c.origin != Origin::FileName) {
            let Value::Container(text) = &candidate.value else { continue };
            if text.starts_with('@') {
                continue;
            }
            let is_logo = candidate.origin == Origin::MarkedElement;
            if candidate.origin != Origin::SharingTag && is_stated(text, candidates)
                || is_logo && !is_part_of_title(&key(text), candidates)
            {
                continue;
            }
            let name = self.without_motto(text);
            match self.is_plain_name(&name) {
                true => names.push((name, candidate.origin)),
                false => work.set_aside(&candidate.value, candidate.origin, "no name of a site"),
            }
        }
        let tails = candidates.iter().filter(|c| matches!(c.origin, Origin::PageTitle | Origin::SharingTag));
        for candidate in tails {
            let Value::Title(text) = &candidate.value else { continue };
            let named = ends(text).filter(|end| self.agrees(end) && self.is_plain_name(end));
            names.extend(named.map(|end| (end.to_owned(), candidate.origin)));
            let last = parts(text).into_iter().skip(1).last();
            names.extend(
                last.filter(|l| self.begins_alike(l)).map(|last| (last.to_owned(), candidate.origin)),
            );
        }
        // Of several that agree with the host alike, the first.
        let agreeing =
            names.iter().rev().max_by_key(|(name, _)| self.agreement(name)).filter(|(n, _)| self.agrees(n));
        agreeing
            .or_else(|| names.iter().find(|(name, origin)| *origin != Origin::MetaTag && !is_generic(name)))
            .or_else(|| names.iter().find(|(name, _)| !is_generic(name)))
            .cloned()
            .or_else(|| self.own_address(candidates))
    }

    /// The host, where the page calls itself by its address.
    fn own_address(&self, candidates: &[Candidate]) -> Option<(String, Origin)> {
        let host = self.host.as_ref()?;
        let named = candidates.iter().find(|c| {
            let Value::Container(text) = &c.value else { return false };
            let bare = text.split("://").last().unwrap_or_default();
            c.origin != Origin::FileName && key(bare).trim_start_matches("www") == host.whole
        })?;
        Some((host.text.clone(), named.origin))
    }

    /// `Daily News - All that happens` without what is not the name, where the page's host shows which part is.
    fn without_motto(&self, text: &str) -> String {
        let parts: Vec<&str> = ends(text).collect();
        match parts.iter().find(|part| self.agrees(part)) {
            Some(part) => (*part).to_owned(),
            None => text.to_owned(),
        }
    }

    fn is_plain_name(&self, name: &str) -> bool {
        let key = key(name);
        let house = HOUSES.contains(&key.as_str()) && !self.agrees(name);
        !key.is_empty()
            && !house
            && !name.to_lowercase().starts_with("by ")
            && !name.contains("://")
            && !name.starts_with('@')
            && name.chars().count() <= 90
    }
}

/// Returns true if and only if separators cut a part out of the page's title that is that name.
fn is_part_of_title(name: &str, candidates: &[Candidate]) -> bool {
    let title = candidates.iter().find(|c| c.origin == Origin::PageTitle).map(|c| c.value.to_string());
    title.is_some_and(|title| parts(&title).iter().skip(1).any(|part| key(part) == name))
}

/// Returns true if and only if a name of four words and more is a printed headline of the page too.
fn is_stated(name: &str, candidates: &[Candidate]) -> bool {
    let own = key(name);
    let is_long = name.split_whitespace().count() > 3 || !name.is_ascii() && own.chars().count() > 12;
    let is_printed = |c: &Candidate| matches!(c.origin, Origin::Heading | Origin::JsonLd);
    is_long
        && candidates
            .iter()
            .any(|c| matches!(&c.value, Value::Title(text) if is_printed(c) && key(text) == own))
}

fn is_generic(name: &str) -> bool {
    GENERIC.contains(&key(name).as_str())
}

/// The first and the last part of a text that is cut by separators; nothing of one that is not cut.
fn ends(text: &str) -> impl Iterator<Item = &str> {
    let parts = parts(text);
    let both = if parts.len() > 1 { vec![parts[parts.len() - 1], parts[0]] } else { Vec::new() };
    both.into_iter()
}

/// The parts of a text that separators cut.
fn parts(text: &str) -> Vec<&str> {
    let mut cuts: Vec<(usize, usize)> =
        SEPARATORS.iter().flat_map(|s| text.match_indices(s).map(|(at, s)| (at, at + s.len()))).collect();
    cuts.sort_unstable();
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, end) in cuts.into_iter().chain([(text.len(), text.len())]) {
        if at >= from {
            parts.extend(text.get(from..at).map(str::trim).filter(|part| !part.is_empty()));
            from = end;
        }
    }
    parts
}
