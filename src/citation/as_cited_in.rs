//! Citing an original through the source that cites it.

use super::StoredCitation;
use super::shown::shown;
use crate::bibliography::Work;

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
    let in_text = format!("({}, as cited in {inside})", shown(original));
    AsCitedIn { in_text, reference: source.reference.clone() }
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
