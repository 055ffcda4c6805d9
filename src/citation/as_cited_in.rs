//! Citing an original through the source that cites it.

use super::StoredCitation;
use crate::bibliography::{Name, Work};

/// A citation of an original through a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsCitedIn {
    /// `(Kazakova & Komissina, 2001, as cited in Khan & Zhen, n.d., para. 11)`.
    pub in_text: String,
    /// The reference of the source: what was read is what stands in the list (APA 7th ed., section 8.6).
    pub reference: String,
}

/// Cites `original` through the source whose citation in running text, with its locator, is `through`.
pub fn as_cited_in(original: &Work, through: &str, source: &StoredCitation) -> AsCitedIn {
    let inside = through.trim_start_matches('(').trim_end_matches(')');
    let in_text = format!("({}, as cited in {inside})", short(original));
    AsCitedIn { in_text, reference: source.reference.clone() }
}

/// `Kazakova & Komissina, 2001`: authors and year as APA has them in brackets (7th ed., section 8.17).
fn short(work: &Work) -> String {
    let family = |n: &Name| {
        let whole = n.literal.clone().or_else(|| n.family.clone()).unwrap_or_else(|| n.display());
        [n.particle.clone().unwrap_or_default(), whole].join(" ").trim().to_owned()
    };
    let names: Vec<String> =
        work.authors.iter().filter(|n| n.literal.as_deref() != Some("et al.")).map(family).collect();
    let others = names.len() < work.authors.len();
    let who = match names.as_slice() {
        [] => work.title.as_ref().map_or("[Untitled]".to_owned(), |t| format!("“{t}”")),
        [one] if !others => one.clone(),
        [one, two] if !others => format!("{one} & {two}"),
        [first, ..] => format!("{first} et al."),
    };
    let year = work.issued.map_or("n.d.".to_owned(), |d| d.year.to_string());
    format!("{who}, {year}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::references::parse;

    #[test]
    fn the_original_is_named_and_the_source_is_listed() {
        let original = parse("Kazakova, M. and Komissina, I. (2001) Pakistan: Geo-economic Interests in Central Asia. Central Asia and Caucasus, 5(11): 1-24.").to_work();
        let source = StoredCitation { reference: "Khan, H. U. (n.d.).".into(), ..StoredCitation::default() };
        let cited = as_cited_in(&original, "(Khan & Zhen, n.d., para. 11)", &source);
        assert_eq!(cited.in_text, "(Kazakova & Komissina, 2001, as cited in Khan & Zhen, n.d., para. 11)");
        assert_eq!(cited.reference, "Khan, H. U. (n.d.).");
    }
}
