//! Whether a paragraph goes on behind a gap: a blank line, a page break, a running head.

use super::block::is_title_case;
use super::cue::note_number;
use super::heading::is_month;
use super::layout::{INDENT, Layout};
use crate::clean::wording::{
    End, Start, begins_caseless, bracket_spans, bullet, end_of, ends_hanging, enumerator, head, last_word,
    start_of,
};

/// A side of a gap.
#[derive(Debug, Clone, Copy)]
pub struct Side<'t> {
    /// The text, line ends in it.
    pub text: &'t str,
    /// Columns of white space before its first line.
    pub indent: u32,
}

/// What lies between the two sides.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// Blank lines.
    pub blank: u32,
    /// A page ends in it.
    pub page_break: bool,
    /// Something else stands in it: a running head, a footnote.
    pub interrupted: bool,
}

/// A text shorter than this may be a label, a name or a heading that needs no stop.
const LABEL: usize = 100;

/// The rule by which `after` goes on with the paragraph `before`; `None` when a new one begins.
pub fn why_goes_on(before: Side<'_>, after: Side<'_>, gap: Gap, layout: &Layout) -> Option<&'static str> {
    let (a, b) = (before.text, after.text);
    let (end, start) = (end_of(a), start_of(b));
    if end == End::Hyphen && start == Start::Lower {
        return Some("word cut by a gap");
    }
    let long = a.len() >= LABEL;
    if end == End::Open && long && begins_with_dash(b) {
        return Some("dash behind a gap");
    }
    if bullet(b).is_some() || enumerator(b).is_some() {
        return None;
    }
    let paged = gap.page_break || gap.interrupted;
    if long && bracket_spans(a, b) {
        return Some("bracket cut by a gap");
    }
    match (end, start) {
        (End::Open, Start::Lower) if a.len() >= 20 || paged => Some("sentence cut by a gap"),
        (End::Abbreviation, _) if long => Some("abbreviation before a gap"),
        // An address begins small, too.
        (End::Stop | End::Colon, Start::Lower)
            if long && !b.starts_with("http") && !b.starts_with("www.") =>
        {
            Some("small letter behind a gap")
        }
        (End::Open | End::Hyphen, Start::Upper | Start::Digit) => {
            let apart = gap.blank > 0 || paged;
            (apart && is_cut_before_capital(a, b, paged)).then_some("open sentence before a gap")
        }
        (End::Stop, Start::Upper | Start::Digit) => {
            let flush = layout.indented && after.indent < layout.base + INDENT;
            (flush && paged && long).then_some("no indent behind a page break")
        }
        _ => None,
    }
}

/// Returns true if and only if the sentence in which `a` ends goes on in `b`, though `b` begins with a
/// capital or a digit: a name or a number behind the cut. Headings, names and addresses need no stop
/// either and must not be taken for cut sentences.
fn is_cut_before_capital(a: &str, b: &str, paged: bool) -> bool {
    let closed = a.trim_end().ends_with([')', ']', '”', '"', '»']) || last_word(a).contains('/');
    // Without case only the gap tells: a blank line between headings and paragraphs is one.
    if b.len() < 20 && !paged || looks_like_note(b) || !paged && begins_caseless(b) {
        return false;
    }
    let hanging = ends_hanging(a);
    let number = start_of(b) == Start::Digit && !closed;
    let label = a.len() < LABEL && is_title_case(a);
    match (a.len(), paged) {
        (LABEL.., true) => true,
        (30.., true) => !label,
        (LABEL.., false) => hanging || number || (!closed && b.len() >= 40),
        (40.., false) => (hanging || number) && !label,
        _ => false,
    }
}

/// A number and a capital, as a note begins, but no date such as `26 April`.
fn looks_like_note(text: &str) -> bool {
    let second = text.split_whitespace().nth(1).unwrap_or("");
    note_number(text).is_some() && !is_month(second.trim_matches(|c: char| !c.is_alphabetic()))
}

/// A dash between blanks and a small letter: the sentence goes on behind it.
fn begins_with_dash(text: &str) -> bool {
    let rest = text.strip_prefix(['–', '—']).and_then(|rest| rest.strip_prefix(' '));
    rest.is_some_and(|rest| start_of(rest) == Start::Lower)
}

/// Returns true if and only if the reference entry `before` goes on in `after`: an address or a sentence
/// was cut and `after` does not look like an entry.
pub fn entry_goes_on(before: &str, after: &str) -> bool {
    let bare = before.trim_end().trim_end_matches('>');
    let cut_address = last_word(bare).contains("://") && bare.ends_with(['-', '/', '_', '=', '&', '?', '%']);
    if enumerator(after).is_some() {
        return false;
    }
    let has_year = head(after, 120)
        .split(|c: char| !c.is_ascii_digit())
        .any(|n| n.len() == 4 && n.starts_with(['1', '2']));
    match (end_of(bare), start_of(after)) {
        (_, Start::Lower | Start::Digit) if cut_address => !after.trim_start().contains(' ') || !has_year,
        (End::Hyphen, Start::Lower) => true,
        (End::Open, Start::Lower) => !has_year,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout { wrapped: false, width: 0, indented: false, base: 0, spaced: true };
    const BLANK: Gap = Gap { blank: 1, page_break: false, interrupted: false };

    fn rule(a: &str, b: &str) -> Option<&'static str> {
        why_goes_on(Side { text: a, indent: 0 }, Side { text: b, indent: 0 }, BLANK, &LAYOUT)
    }

    fn long(end: &str) -> String {
        format!(
            "The foreign ministers of both states met in the old capital and spoke of trade, transit and of customs in {end}"
        )
    }

    #[test]
    fn a_cut_sentence_goes_on() {
        assert!(rule(&long("the presence of Mr."), "Karimov, who had come late.").is_some());
        assert!(rule(&long("the city of Termez and"), "Peshawar, which lies far away from it.").is_some());
        assert!(rule(&long("April"), "26, 2018, in Islamabad, as the fourth round.").is_some());
        assert!(rule(&long("the war on"), "26 April 2018 in Islamabad, as the fourth round.").is_some());
        assert!(rule(&long("the end (Khan et al."), "2020). Later they met again.").is_some());
        assert!(rule(&long("the eco-"), "nomic order.").is_some());
    }

    #[test]
    fn a_whole_paragraph_does_not() {
        assert_eq!(rule(&long("the plan (the first report)"), &long("March.")), None);
        assert_eq!(rule(&long("the war on"), "2 Writer, Railways of the Steppe, page 12."), None);
        assert_eq!(rule(&long("June."), "Later they met again."), None);
        assert_eq!(rule(&long("the following order:"), "The first was trade."), None);
        assert_eq!(rule(&long("June and"), "b. the second item of the list"), None);
        assert_eq!(rule("Economic Ties", "the poem begins small"), None);
    }

    #[test]
    fn entries_go_on_only_when_plainly_cut() {
        assert!(entry_goes_on(
            "Noor, M. (2017). Retrieved from: <https://n.pk/25-years-of->",
            "pak-uzbek-relations"
        ));
        assert!(!entry_goes_on("Khan, A. Ties, 1990, pp. 3-4", "van Dam, P. (1990). Nested ties."));
        assert!(!entry_goes_on("[2] Ties. https://x.org/a-", "[26] Noor, M. Years, 1990."));
        assert!(!entry_goes_on("Khan, A. Ties. https://x.org/a", "Noor, M. 25 years."));
    }
}
