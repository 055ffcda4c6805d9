//! Sources as printed citations name them: by surnames, by a body's initials, by a title.

use super::year::Year;
use crate::bibliography::{Name, Work};
use crate::draft::fold::fold;
use crate::index::StoredSource;

/// Words of a title that a note has at least.
const OPENING: usize = 2;

/// A source as printed citations name it.
pub struct Cited<'s> {
    pub key: &'s str,
    work: &'s Work,
    letter: Option<char>,
    /// Folded surnames, each with and without its particle; bodies also by their initials.
    names: Vec<Vec<String>>,
    /// The first words of its title, folded.
    opening: String,
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
            opening: work.title.as_deref().map(opening).unwrap_or_default(),
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
    pub fn is(&self, who: &Who, year: Option<&Year>) -> bool {
        let dated = match year {
            None => true,
            Some(year) => {
                self.work.issued.map(|d| d.year) == year.number
                    && (year.letter.is_none() || year.letter == self.letter)
            }
        };
        dated && (self.is_named(who) || self.is_titled(who))
    }

    /// What stands behind the beginning of its title, where folded text has that, and one of its authors before it.
    pub fn entry_in<'t>(&self, folded: &'t str) -> Option<&'t str> {
        if self.opening.is_empty() {
            return None;
        }
        let (before, behind) = folded.split_once(self.opening.as_str())?;
        let named = |names: &Vec<String>| names.iter().any(|n| before.contains(n.as_str()));
        (self.names.is_empty() || self.names.iter().any(named)).then_some(behind)
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
        Who { surnames, others, title: bare_title(text), folded }
    }
}

/// The words of a title that tell it from others, folded: notes shorten what follows. Nothing when it has fewer than two.
fn opening(title: &str) -> String {
    let title = bare_title(title);
    let words: Vec<&str> = title.split(' ').take(OPENING).collect();
    if words.len() < 2 { String::new() } else { words.join(" ") }
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
