//! A bound on the nesting of a page, laid on its source: building the tree takes time that grows with the square
//! of the depth, since a start tag looks through all elements that are open.

use std::borrow::Cow;

/// Elements within each other beyond which tags are left out; pages that people write stay below a hundred.
const DEEPEST: usize = 5_000;

/// Elements of formatting that may stand open: each paragraph opens all of them again, which takes time and memory that
/// grow with the product of both.
const MOST_FORMATTING: usize = 64;

/// Elements that are opened again in the next paragraph unless they were closed.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that have no end tag, or that a page may leave open.
const NEVER_COUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "optgroup", "rt", "rp", "tr", "td", "th", "thead", "tbody",
    "tfoot", "colgroup",
];

/// The page without the start tags that stand deeper than [`DEEPEST`]; its text is all there.
pub fn shallow(page: &str) -> Cow<'_, str> {
    let bytes = page.as_bytes();
    let mut kept: Option<String> = None;
    let mut open: Vec<&[u8]> = Vec::new();
    let mut formatting = 0usize;
    let mut from = 0usize;
    for at in memchr::memchr_iter(b'<', bytes) {
        let closes = bytes.get(at + 1) == Some(&b'/');
        let name = name_at(bytes, at + 1 + usize::from(closes));
        if name.is_empty() || NEVER_COUNTED.iter().any(|n| n.as_bytes().eq_ignore_ascii_case(name)) {
            continue;
        }
        if closes {
            // An end tag without its start tag closes nothing.
            let recent = open.iter().rev().take(8).position(|o| o.eq_ignore_ascii_case(name));
            let gone = open.drain(open.len() - recent.map_or(0, |above| above + 1)..);
            formatting -= gone.filter(|name| is_formatting(name)).count();
        } else if open.len() < DEEPEST && !(formatting >= MOST_FORMATTING && is_formatting(name)) {
            // Within drawings and formulas, and only there, `<path/>` is closed by its slash.
            let drawn = || open.iter().rev().take(64).any(|o| matches!(*o, b"svg" | b"math"));
            if !(drawn() && bytes.get(tag_end(bytes, at).wrapping_sub(2)) == Some(&b'/')) {
                open.push(name);
                formatting += usize::from(is_formatting(name));
            }
        } else if at >= from {
            kept.get_or_insert_default().push_str(page.get(from..at).unwrap_or_default());
            from = tag_end(bytes, at);
        }
    }
    match kept {
        None => Cow::Borrowed(page),
        Some(mut kept) => {
            kept.push_str(page.get(from..).unwrap_or_default());
            Cow::Owned(kept)
        }
    }
}

fn is_formatting(name: &[u8]) -> bool {
    FORMATTING.iter().any(|f| f.as_bytes().eq_ignore_ascii_case(name))
}

/// Where the text behind the tag at `at` begins.
fn tag_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |length| at + length + 1)
}

/// The name that begins at `at`; empty when there is none.
fn name_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().take(24).take_while(|b| b.is_ascii_alphanumeric()).count();
    if rest.first().is_some_and(u8::is_ascii_alphabetic) { &rest[..length] } else { &[] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_tags_go_and_text_stays() {
        let page = format!("{}<b>kept</b><br>é{}", "<div>".repeat(6_000), "</div>".repeat(6_000));
        let shallow = shallow(&page);
        assert_eq!(shallow.matches("<div>").count(), DEEPEST);
        assert!(shallow.contains("kept</b><br>é"));
        assert!(!shallow.contains("<b>"));
    }

    #[test]
    fn stray_end_tags_do_not_hide_the_depth_and_drawings_add_none() {
        let page = "<div></i>".repeat(6_000);
        assert_eq!(shallow(&page).matches("<div>").count(), DEEPEST);
        let drawing = format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(6_000));
        assert!(matches!(shallow(&drawing), Cow::Borrowed(_)));
    }

    #[test]
    fn formatting_that_stays_open_is_bounded() {
        let page: String = (0..500).map(|n| format!("<b id={n}>")).collect();
        assert_eq!(shallow(&page).matches("<b").count(), MOST_FORMATTING);
        let closed: String = (0..500).map(|n| format!("<B id={n}>x</B>")).collect();
        assert!(matches!(shallow(&closed), Cow::Borrowed(_)));
    }

    #[test]
    fn pages_that_leave_paragraphs_open_are_not_touched() {
        let page = "<P>One<br>two <b>three</b>".repeat(10_000);
        assert!(matches!(shallow(&page), Cow::Borrowed(_)));
    }
}
