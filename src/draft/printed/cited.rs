//! Sources as printed citations name them: by surnames, by a body's initials, by a title.

use super::year::Year;
use crate::bibliography::{Name, Work};
use crate::draft::fold::fold;
use crate::index::StoredSource;

/// Fewest words of a title by which a work is known that is named without its author.
const TELLING: usize = 4;
/// Fewest letters of a short title of one word.
const LETTERS: usize = 4;

/// A source as printed citations name it.
pub struct Cited<'s> {
    pub key: &'s str,
    work: &'s Work,
    letter: Option<char>,
    /// Folded surnames, each with and without its particle; bodies also by their initials.
    names: Vec<Vec<String>>,
    /// Its title, folded.
    title: String,
    /// Its newspaper, journal or site, folded.
    container: String,
    /// Folded title and container of a work without author.
    titles: [String; 2],
    /// As the default style prints it, without brackets.
    pub bare: String,
}

impl<'s> Cited<'s> {
    /// What `source` is called.
    pub fn new(source: &'s StoredSource) -> Cited<'s> {
        let work = &source.work;
        let people = [&work.authors, &work.editors].into_iter().find(|p| !p.is_empty());
        let named = |n: &&Name| n.literal.as_deref() != Some("et al.");
        let names: Vec<Vec<String>> =
            people.map(|p| p.iter().filter(named).map(forms).collect()).unwrap_or_default();
        let title = |text: &Option<String>| match text {
            Some(text) if names.is_empty() => bare_title(text),
            _ => String::new(),
        };
        let bare = source.citation.bare.trim_start_matches('(').trim_end_matches(')');
        Cited {
            key: source.key.as_str(),
            work,
            letter: source.year_letter,
            title: work.title.as_deref().map(bare_title).unwrap_or_default(),
            container: work.container.as_deref().map(bare_title).unwrap_or_default(),
            titles: [title(&work.title), title(&work.container)],
            names,
            bare: fold(bare).to_lowercase(),
        }
    }

    /// Returns true if and only if a surname of its authors is `name`, folded.
    pub fn has_author(&self, name: &str) -> bool {
        self.names.iter().flatten().any(|form| form == name)
    }

    /// Returns true if and only if `who` in `year` (`None`: not given) is this source.
    ///
    /// Which letter a year has is for others to judge: a report lettered by another program has its own. A work without
    /// one is not meant by a year with one.
    pub fn is(&self, who: &Who, year: Option<&Year>) -> bool {
        let dated = match year {
            None => true,
            Some(year) => {
                let own = self.work.issued.map(|d| d.year);
                (own == year.number || own.is_some() && own == year.other)
                    && (year.letter.is_none() || self.letter.is_some())
            }
        };
        dated && (self.is_named(who) || self.is_titled(who))
    }

    /// Returns true if and only if its letter in the library is that of the year.
    pub fn has_letter(&self, letter: char) -> bool {
        self.letter == Some(letter)
    }

    /// Returns true if and only if the initials before the first surname, where there are any, are those of its first
    /// author, as far as the given names are known.
    pub fn has_initials(&self, who: &Who) -> bool {
        let people = [&self.work.authors, &self.work.editors].into_iter().find(|p| !p.is_empty());
        let given = people.and_then(|p| p.first()).and_then(|name| name.given.as_deref());
        let Some(given) = given.map(|given| fold(given).to_lowercase()) else { return true };
        let words = given.split([' ', '.', '-']).filter_map(|word| word.chars().next());
        words.zip(&who.initials).all(|(own, said)| own == *said)
    }

    /// How many words of its title folded text has, from the first on, and what is behind them there. Notes shorten
    /// titles, to one word perhaps; one of its authors must be named before, unless the title tells enough.
    pub fn entry_in<'t>(&self, folded: &'t str) -> Option<(usize, &'t str)> {
        let whole = self.title.as_str();
        let short = ["the ", "a ", "an "].iter().find_map(|article| whole.strip_prefix(article));
        [Some(whole), short].into_iter().flatten().find_map(|title| self.title_in(title, folded))
    }

    fn title_in<'t>(&self, title: &str, folded: &'t str) -> Option<(usize, &'t str)> {
        let first = title.split([' ', ':']).next().filter(|word| !word.is_empty())?;
        let starts = folded.match_indices(first).map(|(at, _)| at);
        let found = starts.filter_map(|at| {
            let (before, behind) = folded.split_at_checked(at)?;
            if before.ends_with(char::is_alphanumeric) {
                return None;
            }
            let (words, length) = shared(title, behind);
            let whole = title.get(length..).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
            let rest = behind.get(length..)?;
            // A title that goes on otherwise is another title.
            let ends = rest.trim_start().chars().next().is_none_or(|c| !c.is_alphabetic()) || whole;
            let named = self.is_author_in(before);
            let enough = match (named, words) {
                (true, 1) => length >= LETTERS && !rest.starts_with(' '),
                (true, _) => true,
                (false, _) => whole && words >= TELLING,
            };
            (ends && enough).then_some((words, rest))
        });
        found.max_by_key(|(words, _)| *words)
    }

    /// Returns true if and only if folded words name one of its authors.
    pub fn is_author_in(&self, folded: &str) -> bool {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        self.names.iter().flatten().any(|name| {
            folded.match_indices(name.as_str()).any(|(at, _)| {
                let (before, behind) = (folded.get(..at), folded.get(at + name.len()..));
                edge(before.and_then(|t| t.chars().next_back()))
                    && edge(behind.and_then(|t| t.chars().next()))
            })
        })
    }

    /// What is behind the name of the newspaper or site with which folded words begin, of a work without author.
    pub fn container_in<'t>(&self, folded: &'t str) -> Option<&'t str> {
        let text = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = text.strip_prefix(self.container.as_str())?;
        let apart = !rest.starts_with(char::is_alphanumeric);
        (self.names.is_empty() && !self.container.is_empty() && apart).then_some(rest)
    }

    /// Returns true if and only if it has neither author nor title nor newspaper by which it could be named.
    pub fn is_nameless(&self) -> bool {
        self.names.is_empty() && self.title.is_empty() && self.container.is_empty()
    }

    /// When it was published.
    pub fn issued(&self) -> Option<crate::bibliography::Date> {
        self.work.issued
    }

    fn is_named(&self, who: &Who) -> bool {
        let fits = who.surnames.iter().zip(&self.names).all(|(name, forms)| forms.contains(name));
        // A body with `and` in its name is one author.
        let whole = self.names.len() == 1 && self.has_author(&who.folded);
        let (given, all) = (who.surnames.len(), self.names.len());
        let enough = if who.others { given < all } else { given == all };
        whole || (given > 0 && fits && enough)
    }

    /// Works without author go by their title, shortened perhaps, or by the newspaper they stood in.
    fn is_titled(&self, who: &Who) -> bool {
        let [title, container] = &self.titles;
        let rest = title.strip_prefix(who.title.as_str());
        let short = who.title.contains(' ') && rest.is_some_and(|rest| rest.starts_with(' '));
        !who.title.is_empty() && (rest == Some("") || short || *container == who.title)
    }
}

/// The words before a year, as names and as a title.
pub struct Who {
    /// Surnames, folded.
    pub surnames: Vec<String>,
    /// Those before the first surname, small.
    initials: Vec<char>,
    /// More authors are meant than are named.
    others: bool,
    folded: String,
    title: String,
}

impl Who {
    /// Reads `Khan, Ali, & Raza`, `H. Khan et al.`, `“Envoys meet,”`.
    pub fn new(text: &str) -> Who {
        let folded = fold(text).to_lowercase();
        let (surnames, others) = people(&folded);
        let first = folded.split_whitespace();
        let initials = first
            .take_while(|word| word.ends_with('.') && word.chars().count() <= 3)
            .filter_map(|word| word.chars().next())
            .collect();
        Who { surnames, initials, others, title: bare_title(text), folded }
    }
}

/// How many words from the first on are the same in both, and the bytes of them.
fn shared(title: &str, text: &str) -> (usize, usize) {
    let common = title.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    let is_edge = |text: &str, at: usize| {
        text.is_char_boundary(at)
            && !(text.get(..at).is_some_and(|t| t.ends_with(char::is_alphanumeric))
                && text.get(at..).is_some_and(|t| t.starts_with(char::is_alphanumeric)))
    };
    let end = (0..=common).rev().find(|at| is_edge(title, *at) && is_edge(text, *at)).unwrap_or(0);
    let words = title.get(..end).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric());
    (words.split(' ').filter(|w| !w.is_empty()).count(), words.len())
}

fn bare_title(text: &str) -> String {
    let text = fold(text).to_lowercase();
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
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

/// The surnames of folded words, and whether more are meant.
fn people(folded: &str) -> (Vec<String>, bool) {
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
