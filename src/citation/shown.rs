//! How a work is shown in running text by author and date, and which works look alike there.

use crate::bibliography::{Name, Work};
use unicode_normalization::UnicodeNormalization;

/// `Kazakova & Komissina, 2001`: authors and year as APA has them in brackets (7th ed., sections 8.14 to 8.17): one or
/// two surnames, from three on the first with `et al.`; the editors, else the title, where there is no author.
pub fn shown(work: &Work) -> String {
    let people = [&work.authors, &work.editors, &work.translators].into_iter().find(|p| !p.is_empty());
    let who = people.map_or_else(|| titled(work), |people| surnames(people));
    let year = work.issued.map_or("n.d.".to_owned(), |d| d.year.to_string());
    format!("{who}, {year}")
}

fn titled(work: &Work) -> String {
    work.title.as_ref().map_or("[Untitled]".to_owned(), |t| format!("“{t}”"))
}

fn surnames(people: &[Name]) -> String {
    let surname = |n: &Name| {
        let whole = n.literal.clone().or_else(|| n.family.clone()).unwrap_or_else(|| n.display());
        [n.particle.clone().unwrap_or_default(), whole].join(" ").trim().to_owned()
    };
    let names: Vec<String> =
        people.iter().filter(|n| n.literal.as_deref() != Some("et al.")).map(surname).collect();
    let others = names.len() < people.len();
    match names.as_slice() {
        [] => "[Unnamed] et al.".to_owned(),
        [one] if !others => one.clone(),
        [one, two] if !others => format!("{one} & {two}"),
        [first, ..] => format!("{first} et al."),
    }
}

/// A number that is equal for works that look alike in running text, which year letters tell apart: the same names
/// and year as shown there (APA, 7th ed., section 8.19), undated works included.
///
/// Each citation is rendered by itself, so that no citation has initials or further names to tell it from another
/// (section 8.18, 8.20); works by `A. Khan` and `H. Khan` of one year look alike and get letters too, those of each
/// person one behind the other ([`letter_order`]).
pub fn year_group(work: &Work) -> u64 {
    let form = shown(work).nfkc().collect::<String>().to_lowercase().replace(['’', '‘'], "'");
    let mut eight = [0; 8];
    eight.copy_from_slice(&blake3::hash(form.as_bytes()).as_bytes()[..8]);
    // 0 is taken for "none".
    u64::from_le_bytes(eight) | 1
}

/// How many bytes of authors and of a title decide about the order of letters; whatever is the same so far is ordered by
/// citekeys.
const ORDERED: usize = 80;

/// What year letters are ordered by: all authors, so that those of each person stand together, then the title without
/// the article before it (APA, 7th ed., section 9.47).
pub fn letter_order(work: &Work) -> String {
    let people = [&work.authors, &work.editors, &work.translators].into_iter().find(|p| !p.is_empty());
    let names = people.map(|p| p.iter().map(in_order).collect::<Vec<_>>().join(";")).unwrap_or_default();
    let title = folded(work.title.as_deref().unwrap_or_default());
    let bare = ["the ", "a ", "an "].iter().find_map(|article| title.strip_prefix(article)).unwrap_or(&title);
    format!("{}|{}", cut(&names), cut(bare))
}

/// A name by its surname and the initials of the given names.
fn in_order(name: &Name) -> String {
    let surname = name.literal.as_deref().or(name.family.as_deref()).unwrap_or_default();
    let given = name.given.as_deref().unwrap_or_default();
    let initials: String = given.split([' ', '.', '-']).filter_map(|word| word.chars().next()).collect();
    folded(&format!("{surname},{initials}"))
}

fn folded(text: &str) -> String {
    let words: String =
        text.nfkc().filter(|c| c.is_alphanumeric() || c.is_whitespace() || *c == ',').collect();
    words.to_lowercase().trim().to_owned()
}

fn cut(text: &str) -> &str {
    let end = (0..=ORDERED.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::Date;

    fn work(authors: &[&str], year: Option<i32>) -> Work {
        Work {
            title: Some("A road".into()),
            authors: authors.iter().filter_map(|a| Name::parse(a)).collect(),
            issued: year.map(|year| Date { year, month: None, day: None }),
            ..Work::default()
        }
    }

    #[test]
    fn works_look_alike_by_surnames_and_year_as_shown() {
        let alike = |a: &Work, b: &Work| year_group(a) == year_group(b);
        let khan = work(&["Khan, A."], Some(2021));
        assert!(alike(&khan, &work(&["Khan, Hashmat"], Some(2021))));
        assert!(!alike(&khan, &work(&["Khan, A."], Some(2020))));
        assert!(!alike(&khan, &work(&["Khan, A.", "Ali, B."], Some(2021))));
        assert!(!alike(&khan, &work(&["Khan, A."], None)));
        assert!(alike(&work(&["Khan, A."], None), &work(&["Khan, B."], None)));
        let three = work(&["Khan, A.", "Ali, B.", "Zhen, Y."], Some(2021));
        assert!(alike(&three, &work(&["Khan, A.", "Raza, M.", "Nawaz, P."], Some(2021))));
        assert!(!alike(&three, &work(&["Khan, A.", "Ali, B."], Some(2021))));
    }

    #[test]
    fn editors_and_titles_stand_for_missing_authors() {
        let mut edited = work(&[], Some(2007));
        edited.editors = vec![Name::parse("Rahman, Fazal").unwrap()];
        assert_eq!(shown(&edited), "Rahman, 2007");
        let (one, mut other) = (work(&[], None), work(&[], None));
        assert_eq!(year_group(&one), year_group(&other));
        other.title = Some("Another road".into());
        assert_ne!(year_group(&one), year_group(&other));
    }

    #[test]
    fn letters_go_by_person_then_by_title_without_its_article() {
        let titled = |author: &str, title: &str| {
            letter_order(&Work { title: Some(title.into()), ..work(&[author], Some(2017)) })
        };
        let energy = titled("Malik, A.", "The energy of Asia");
        assert!(titled("Malik, Ali", "Belarus") < energy);
        assert!(energy < titled("Malik, A.", "“Farms”"));
        assert!(energy < titled("Malik, B.", "Apples"));
    }
}
