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
/// (section 8.18, 8.20); works by `A. Khan` and `H. Khan` of one year look alike and get letters too.
pub fn year_group(work: &Work) -> u64 {
    let form = shown(work).nfkc().collect::<String>().to_lowercase().replace(['’', '‘'], "'");
    let mut eight = [0; 8];
    eight.copy_from_slice(&blake3::hash(form.as_bytes()).as_bytes()[..8]);
    // 0 is taken for "none".
    u64::from_le_bytes(eight) | 1
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
}
