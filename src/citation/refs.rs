//! What the sources cite, who cites whom, and which cited works are themselves at hand.

use crate::bibliography::Work;
use crate::bibliography::references::repeats_a_work;
use crate::passage::{Citekey, ParsedReference};
use std::collections::BTreeMap;

/// A work that some source lists among its references.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedWork {
    /// As the first of them prints it.
    pub text: String,
    /// What could be read of it.
    pub work: Work,
    /// The entries that name it: source and number in its list.
    pub cited_by: Vec<(Citekey, u32)>,
    /// The source it is, when it is among the seeds.
    pub source: Option<Citekey>,
}

/// Brings the entries of all reference lists together: two are the same work when they share DOI or URL, or title and
/// year; an entry such as `Ibid.` is the work that it stands for, and none when it leads to none. Those cited most come
/// first, then by text.
pub fn cited_works(
    entries: &[(Citekey, u32, String, ParsedReference)],
    sources: &[(Citekey, Work)],
) -> Vec<CitedWork> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut works: Vec<CitedWork> = Vec::new();
    let mut of_entry: BTreeMap<(&Citekey, u32), usize> = BTreeMap::new();
    for (key, number, text, parsed) in entries {
        if let Some(same) = parsed.same_as {
            if let Some(place) = of_entry.get(&(key, same)).copied() {
                works[place].cited_by.push((key.clone(), *number));
            }
            continue;
        }
        if repeats_a_work(text) {
            continue;
        }
        let work = parsed.to_work();
        let names = identities(&work);
        let known = names.iter().find_map(|n| at.get(n)).copied();
        let place = known.unwrap_or_else(|| {
            let source = sources.iter().find(|(_, s)| identities(s).iter().any(|n| names.contains(n)));
            works.push(CitedWork {
                text: text.clone(),
                work,
                cited_by: Vec::new(),
                source: source.map(|(key, _)| key.clone()),
            });
            works.len() - 1
        });
        for name in names {
            at.entry(name).or_insert(place);
        }
        of_entry.insert((key, *number), place);
        works[place].cited_by.push((key.clone(), *number));
    }
    works.sort_by(|a, b| b.cited_by.len().cmp(&a.cited_by.len()).then_with(|| a.text.cmp(&b.text)));
    works
}

/// What tells that two descriptions are of one work.
fn identities(work: &Work) -> Vec<String> {
    let letters =
        |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let mut names = Vec::new();
    if let Some(doi) = &work.doi {
        names.push(format!("doi {}", doi.to_lowercase()));
    }
    if let Some(url) = &work.url {
        let bare =
            url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
        names.push(format!("url {}", bare.trim_end_matches('/').to_lowercase()));
    }
    // A title without a year is too little: several embassies have a page on "Bilateral Relations".
    if let (Some(title), Some(date)) =
        (work.title.as_deref().map(letters).filter(|t| t.len() >= 12), work.issued)
    {
        names.push(format!("title {title} {}", date.year));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::references::parse;

    #[test]
    fn an_entry_that_repeats_is_the_work_before() {
        let key = Citekey::new("a").unwrap();
        let rahm = parse("Rahm, F. (2007). Ties. Oslo: Press.");
        let same = ParsedReference { same_as: Some(1), ..rahm.clone() };
        let entry =
            |n: u32, text: &str, parsed: &ParsedReference| (key.clone(), n, text.to_owned(), parsed.clone());
        let entries = [
            entry(1, "Rahm, F. (2007). Ties. Oslo: Press.", &rahm),
            entry(2, "Ibid., 47.", &same),
            entry(3, "Okafor, op. cit., p. 3.", &ParsedReference::default()),
        ];
        let works = cited_works(&entries, &[]);
        assert_eq!(works.len(), 1);
        assert_eq!(works[0].cited_by, [(key.clone(), 1), (key, 2)]);
    }

    #[test]
    fn one_work_in_two_lists_is_one_work() {
        let entry =
            |key: &str, n: u32, text: &str| (Citekey::new(key).unwrap(), n, text.to_owned(), parse(text));
        let entries = [
            entry("a", 1, "Knabloch, E. (2001). Monuments of Central Asia. London: IB Tauris Publishers."),
            entry("b", 4, "Knabloch, E. (2001) Monuments of Central Asia. London: Tauris."),
            entry(
                "b",
                5,
                "Rahman, F. U. (2007). Pakistan's Evolving Relations. Sapporo: Hokkaido University.",
            ),
        ];
        let works = cited_works(&entries, &[]);
        assert_eq!(works.len(), 2);
        assert_eq!(works[0].cited_by.len(), 2);
        let undated = [
            entry(
                "a",
                1,
                "Embassy of Kazakhstan in Pakistan. \"Bilateral Relations\". Retrieved from: https://a.example/kz",
            ),
            entry(
                "a",
                2,
                "Embassy of Pakistan in Kazakhstan. \"Bilateral Relations\". Retrieved from: https://b.example/pk",
            ),
        ];
        assert_eq!(cited_works(&undated, &[]).len(), 2);
    }
}
