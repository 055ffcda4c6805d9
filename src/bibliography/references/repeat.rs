//! Entries that name no work of their own but one before: `Ibid., 47`, `Khan, op. cit., p. 12`, `Там же. С. 15`, and
//! those that put a dash for the author of the entry before.

use super::{is_year, start_of, year_at};
use crate::bibliography::Name;
use crate::passage::{Kind, Ordinal, ParsedReference, Passage};

/// Words at the beginning of an entry that stand for the work before: Latin, English, German, French, Italian,
/// Turkish, Russian, Belarusian, Ukrainian, Kazakh.
const SAME_WORK: [&str; 14] = [
    "ibidem",
    "ibid",
    "ib",
    "ebenda",
    "ebd",
    "там же",
    "там жа",
    "тамсама",
    "там само",
    "ivi",
    "aynı yer",
    "сонда",
    "id",
    "idem",
];

/// Words behind a name that stand for the work of that name cited before.
const NAMED_WORK: [&str; 21] = [
    "op. cit",
    "op.cit",
    "op cit",
    "opus cit",
    "loc. cit",
    "loc.cit",
    "ob. cit",
    "art. cit",
    "supra note",
    "supra n.",
    "supra,",
    "supra at",
    "a. a. o",
    "a.a.o",
    "указ. соч",
    "указ.соч",
    "указ. раб",
    "цит. соч",
    "вказ. прац",
    "цыт. тв",
    "аталған еңбек",
];

/// An entry with more words than this names a work.
const MOST_WORDS: usize = 14;

/// What an entry repeats.
#[derive(Debug, PartialEq)]
enum Repeat<'t> {
    /// The work of the entry before.
    Previous,
    /// The work by the person of that name, or the entry of that number.
    Named { name: &'t str, number: Option<u32> },
    /// The authors of the entry before; the rest is a work of its own.
    Authors(&'t str),
}

/// Returns true if and only if the entry stands for a work named before it.
pub fn repeats_a_work(entry: &str) -> bool {
    matches!(repeat(super::bare(entry)), Some(Repeat::Previous | Repeat::Named { .. }))
}

/// The length of the first of `words` that `text` begins with, in any case, at a word's end.
fn begins_with(text: &str, words: &[&str]) -> Option<usize> {
    let front = start_of(text, 40).to_lowercase();
    let whole =
        |word: &&&str| front.strip_prefix(**word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    words.iter().find(whole).map(|word| word.len())
}

fn repeat(entry: &str) -> Option<Repeat<'_>> {
    let entry = entry.trim_start_matches(['*', '_', ' ']);
    let few = |text: &str| text.split_whitespace().count() <= MOST_WORDS && !text.contains("://");
    if let Some(length) = begins_with(entry, &SAME_WORK) {
        let rest = entry.get(length..)?.trim_start_matches(['.', ',', ':', ';', '*', '_', ' ']);
        let new_title =
            rest.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3).count();
        return match new_title {
            0..=2 => few(rest).then_some(Repeat::Previous),
            // `Idem. Further relations. Oslo: Press, 2009`: another work of the same person.
            _ if entry.to_lowercase().starts_with("id") => Some(Repeat::Authors(rest)),
            _ => None,
        };
    }
    let dashes = entry.chars().take_while(|c| matches!(c, '—' | '–' | '_' | '-' | '―')).count();
    if dashes >= 2 || entry.starts_with('—') {
        let rest = entry.trim_start_matches(|c: char| "—–_-― .,:".contains(c));
        return (rest.split_whitespace().count() > 2).then_some(Repeat::Authors(rest));
    }
    let lower = start_of(entry, 200).to_lowercase();
    let (at, sign) = NAMED_WORK.iter().filter_map(|sign| Some((lower.find(sign)?, *sign))).min()?;
    let before = entry.get(..at).filter(|b| b.ends_with([' ', '*', '_', '(', '.', ',']) && few(b))?;
    let after = entry.get(at + sign.len()..)?;
    let number = sign.starts_with("supra n").then(|| after.trim_start_matches([' ', '.', '*', '_']));
    let number = number.and_then(|n| n.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
    let name = before.trim_matches(|c: char| c.is_whitespace() || ",.;:(*_".contains(c));
    ((!name.is_empty() || number.is_some()) && few(after)).then_some(Repeat::Named { name, number })
}

/// Gives the entries of a document that repeat an earlier one what that one says.
pub fn follow(passages: &mut [Passage]) {
    let places: Vec<usize> = (0..passages.len()).filter(|i| passages[*i].kind == Kind::Reference).collect();
    let by_name = is_by_name(passages, &places);
    for (nth, place) in places.iter().enumerate() {
        let before = &places[..nth];
        let Some(repeat) = repeat(super::bare(&passages[*place].text)) else { continue };
        if matches!(repeat, Repeat::Authors(_)) && !by_name {
            continue;
        }
        let found = match repeat {
            Repeat::Previous | Repeat::Authors(_) => before.last().copied(),
            Repeat::Named { name, number } => {
                let labelled =
                    |p: &&usize| number.is_some() && super::label_of(&passages[**p].text) == number;
                let by_number = before.iter().rev().find(labelled);
                by_number.or_else(|| before.iter().rev().find(|p| names(&passages[**p], name))).copied()
            }
        };
        let own = match repeat {
            Repeat::Authors(rest) => {
                let authors = found.and_then(|p| passages[p].parsed.as_ref()).map(|p| p.authors.clone());
                ParsedReference { authors: authors.unwrap_or_default(), ..super::parse(rest) }
            }
            _ => found.and_then(|p| same(&passages[p])).unwrap_or_default(),
        };
        passages[*place].parsed = Some(own);
    }
}

/// Returns true if and only if the entries come in the order of their first authors, so that a dash stands for the one
/// before.
fn is_by_name(passages: &[Passage], places: &[usize]) -> bool {
    let first =
        |place: &usize| passages[*place].parsed.as_ref()?.authors.first().map(|name| name.to_lowercase());
    let names: Vec<String> =
        places.iter().filter_map(first).filter(|name| name.starts_with(char::is_alphabetic)).collect();
    let ordered = names.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    ordered * 5 >= names.len().saturating_sub(1) * 4
}

/// What an entry says, for one that repeats it.
fn same(passage: &Passage) -> Option<ParsedReference> {
    let parsed = passage.parsed.as_ref()?;
    let Ordinal::Reference(number) = passage.ordinal else { return None };
    if parsed.same_as.is_none() && repeats_a_work(&passage.text) {
        return None;
    }
    Some(ParsedReference { same_as: parsed.same_as.or(Some(number)), ..parsed.clone() })
}

/// Returns true if and only if the entry is one by the person whom these words name: `Khan`, `Khan, A. (2019)`.
fn names(passage: &Passage, words: &str) -> bool {
    let Some(parsed) = passage.parsed.as_ref().filter(|p| p.same_as.is_none()) else { return false };
    let year = year_at(words).and_then(|range| words.get(range));
    let dated =
        parsed.issued.as_deref().and_then(|i| i.split(|c: char| !c.is_alphanumeric()).find(|w| is_year(w)));
    if year.is_some() && year != dated {
        return false;
    }
    let of = |name: &str| Name::parse(name).and_then(|n| n.sort_word().map(str::to_lowercase));
    let lower = words.to_lowercase();
    let mut cited =
        lower.split(|c: char| !(c.is_alphanumeric() || "-’'".contains(c))).filter(|w| !w.is_empty());
    parsed
        .authors
        .first()
        .and_then(|first| of(first))
        .is_some_and(|family| family == lower || cited.any(|word| word == family))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::citations::tests::list;

    /// The number of the entry that each one repeats, 0 for those that are works.
    fn followed(entries: &[&str]) -> Vec<u32> {
        let mut passages = list(entries);
        passages.iter_mut().for_each(|p| p.parsed = Some(crate::bibliography::references::parse(&p.text)));
        follow(&mut passages);
        passages.iter().map(|p| p.parsed.as_ref().and_then(|p| p.same_as).unwrap_or(0)).collect()
    }

    const RAHM: &str = "Rahm, F. (2007). Evolving Relations. Uppsala: North Sea Publishers.";
    const SILVA: &str = "Silva, R. (2009). Ports. Lima: Press.";

    #[test]
    fn repeats_lead_to_the_work_before() {
        assert_eq!(followed(&[RAHM, "Ibid., 47.", "Ibid.", "Ibidem, pp. 3–4."]), [0, 1, 1, 1]);
        assert_eq!(followed(&[RAHM, SILVA, "Rahm, op. cit., p. 12.", "Там же. С. 15."]), [0, 0, 1, 1]);
        assert_eq!(
            followed(&[RAHM, SILVA, "F. Rahm, Evolving Relations, op. cit., p. 9", "Silva, loc. cit."]),
            [0, 0, 1, 2]
        );
        assert_eq!(
            followed(&[
                "1. Rahm, F. Relations. Oslo, 2007.",
                "2. Silva, R. Ports. Lima, 2009.",
                "3. Rahm, supra note 1, at 5."
            ]),
            [0, 0, 1]
        );
        assert_eq!(
            followed(&["Рамов Ф. Л. Связи. М.: Наука, 2007. 90 с.", SILVA, "Рамов Ф. Л. Указ. соч. С. 5."]),
            [0, 0, 1]
        );
        assert_eq!(followed(&[RAHM, "Id. at 12.", "Idem, p. 3.", "Ebd., S. 4."]), [0, 1, 1, 1]);
    }

    #[test]
    fn what_leads_nowhere_stays_alone() {
        assert_eq!(
            followed(&["Ibid., p. 3.", RAHM, "Okafor, op. cit., p. 2.", "Rahm (1999), op. cit."]),
            [0, 0, 0, 0]
        );
        assert!(repeats_a_work("4. Ibid., p. 3.") && !repeats_a_work(RAHM));
        assert!(!repeats_a_work("Ibidapo, K. (2007). Supra national courts. Lagos: Press."));
    }

    #[test]
    fn a_dash_stands_for_the_authors_before() {
        let mut passages = list(&[RAHM, "———. (2009). Further Relations. Uppsala: North Sea Publishers."]);
        passages.iter_mut().for_each(|p| p.parsed = Some(crate::bibliography::references::parse(&p.text)));
        follow(&mut passages);
        let parsed = passages[1].parsed.as_ref().unwrap();
        assert_eq!(
            (parsed.authors.as_slice(), parsed.issued.as_deref()),
            (&["Rahm, F.".to_owned()][..], Some("2009"))
        );
        assert_eq!((parsed.title.as_deref(), parsed.same_as), (Some("Further Relations"), None));
    }
}
