//! Words and signs by which the kind of a block is known.

use super::heading::{is_month, looks_like_date};
use super::kind::FrontRole;
use super::note_label;
use crate::clean::wording::{End, end_of, head, is_prose};

pub use super::reference_cue::{begins_entry, may_name_reference_list, names_reference_list};

/// Names of sections that every paper may have, so that a line with one is no title.
const USUAL_SECTIONS: &[&str] = &[
    "abstract",
    "introduction",
    "background",
    "summary",
    "executive summary",
    "contents",
    "table of contents",
    "conclusion",
    "conclusions",
    "methodology",
    "methods",
    "results",
    "discussion",
    "findings",
    "literature review",
    "acknowledgements",
    "acknowledgments",
    "appendix",
    "annex",
    "about the author",
    "about the authors",
    "preface",
    "foreword",
    "аннотация",
    "введение",
    "заключение",
];

const ABSTRACTS: &[&str] = &["abstract", "аннотация", "резюме", "résumé", "zusammenfassung", "resumen"];

/// What web pages leave behind an article.
const LEFTOVERS: &[&str] = &[
    "next post",
    "previous post",
    "next article",
    "previous article",
    "comments are closed",
    "leave a comment",
    "leave a reply",
    "no comments",
    "add a comment",
    "post a comment",
    "read more",
    "read also",
    "also read",
    "related posts",
    "related articles",
    "related news",
    "related stories",
    "you may also like",
    "share this",
    "share this article",
    "share this post",
    "share on facebook",
    "share on twitter",
    "share",
    "tweet",
    "print",
    "email this",
    "follow us",
    "subscribe",
    "subscribe now",
    "sign up",
    "log in",
    "advertisement",
    "sponsored",
    "back to top",
    "skip to content",
    "skip to main content",
    "all rights reserved",
    "privacy policy",
    "terms of use",
    "cookie policy",
    "load more",
    "continue reading",
    "post navigation",
    "tags",
    "categories",
];

/// What stands before the colon of a line that points to another page.
const POINTERS: &[&str] =
    &["also read", "read also", "read more", "see also", "related", "more", "advertisement"];

/// The letters and digits of `text`, small.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A heading's words in small letters, without number, mark-up and punctuation.
pub fn plain_name(heading: &str) -> String {
    let bare = heading.trim_matches(|c: char| !c.is_alphanumeric());
    let numbered = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let bare = match bare.split_once(". ") {
        Some((label, rest)) if label.bytes().all(|b| b"IVXL".contains(&b)) => rest.trim(),
        _ => numbered,
    };
    bare.to_lowercase()
}

/// Returns true if and only if that heading stands over a section that every paper may have.
pub fn names_usual_section(heading: &str) -> bool {
    heading.len() <= 80 && USUAL_SECTIONS.contains(&plain_name(heading).as_str())
}

/// Returns true if and only if an abstract stands under that heading.
pub fn names_abstract(heading: &str) -> bool {
    heading.len() <= 40 && ABSTRACTS.contains(&plain_name(heading).as_str())
}

/// Returns true if and only if `text` begins with the word for abstract and a colon, stop or dash.
pub fn begins_abstract(text: &str) -> bool {
    let bare = text.trim_start_matches(['*', '_']);
    let Some(end) = bare.char_indices().find(|(_, c)| !c.is_alphabetic()).map(|(at, _)| at) else {
        return false;
    };
    let rest = bare[end..].trim_start_matches(['*', '_']);
    text.len() > 80 && rest.starts_with([':', '.', '—', '–']) && names_abstract(&bare[..end])
}

/// Returns true if and only if `text` is a line of keywords.
pub fn is_keywords(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "keywords",
        "key words",
        "key-words",
        "index terms",
        "ключевые слова",
        "mots-clés",
        "palabras clave",
    ];
    let bare = text.trim_start_matches(['*', '_', ' ']);
    let Some(end) = head(bare, 60).find([':', '—', '–']) else { return false };
    text.len() < 800 && NAMES.contains(&bare[..end].trim_matches(['*', '_', ' ']).to_lowercase().as_str())
}

/// Returns true if and only if `text` is left over from a web page or a notice of rights.
pub fn is_leftover(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let rights =
        text.contains('©') || text.trim_start().get(..9).is_some_and(|w| w.eq_ignore_ascii_case("copyright"));
    if rights && text.chars().any(|c| c.is_alphanumeric()) {
        return true;
    }
    let bare = head(text, 90).trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let pointer = || POINTERS.iter().any(|p| bare.strip_prefix(p).is_some_and(|rest| rest.starts_with(':')));
    text.len() <= 60 && (LEFTOVERS.contains(&bare.as_str()) || bare.ends_with("all rights reserved"))
        || text.len() <= 200 && pointer()
}

/// Returns true if and only if `text` is the caption of a figure or a table.
pub fn is_caption(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "figure",
        "fig",
        "table",
        "map",
        "chart",
        "graph",
        "photo",
        "plate",
        "box",
        "diagram",
        "exhibit",
        "рис",
        "рисунок",
        "таблица",
        "abbildung",
        "tabelle",
        "tableau",
    ];
    let bare = text.trim_start_matches(['*', '_', '(']);
    let end = bare.char_indices().find(|(_, c)| !c.is_alphabetic()).map_or(bare.len(), |(at, _)| at);
    if text.len() > 500 || !is_one_of(&bare[..end], NAMES) {
        return false;
    }
    if !bare.starts_with(char::is_uppercase) {
        return false;
    }
    let rest = bare[end..].trim_start_matches('.').trim_start();
    let label = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.' || *b == b'-').count();
    let label_text = &rest[..label];
    let is_label = label_text.bytes().next().is_some_and(|b| b.is_ascii_digit() || b"IVXLABC".contains(&b))
        && label <= 6;
    let behind = rest[label..].trim_start_matches(['*', '_']).trim_start();
    let set_off = label_text.ends_with('.')
        || behind.is_empty()
        || behind.starts_with([':', '.', '—', '–', '-', '|', ')']);
    is_label && (set_off || behind.starts_with(char::is_uppercase) && end_of(text) != End::Stop)
}

/// Returns true if and only if `word` is one of `names`, which are in small letters.
fn is_one_of(word: &str, names: &[&str]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(word))
        || (!word.is_ascii() && names.contains(&word.to_lowercase().as_str()))
}

/// Returns true if and only if `text` begins with the mark of a note: `[^1]:`, `†`, `\*`, a raised digit, or says that
/// it is one.
pub fn begins_note(text: &str) -> bool {
    if text.len() > 2000 {
        return false;
    }
    if note_label::begins(text) {
        return true;
    }
    if text.starts_with("[^") {
        return defines_note(text);
    }
    if let Some(rest) = text.strip_prefix("<sup>") {
        return rest.find("</sup>").is_some_and(|at| at <= 4);
    }
    let bare = text.strip_prefix('\\').unwrap_or(text);
    let mut chars = bare.chars();
    match chars.next() {
        Some('*') => {
            let rest = chars.as_str().trim_start_matches(['*', '\\']);
            rest.starts_with(|c: char| c.is_alphabetic()) && !rest.contains('*')
        }
        Some('†' | '‡' | '¶') => true,
        Some('¹' | '²' | '³' | '⁴'..='⁹') => true,
        Some('§') => chars.next().is_some_and(char::is_alphabetic),
        _ => false,
    }
}

/// Returns true if and only if `text` begins a footnote of Markdown: `[^1]: `, `[^linden2020]: `.
pub fn defines_note(text: &str) -> bool {
    text.strip_prefix("[^").is_some_and(|rest| head(rest, 40).find("]:").is_some_and(|at| at <= 32))
}

/// The number with which a note at the foot of a page begins: `12 See …`.
pub fn note_number(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits).filter(|d| (1..=3).contains(&d.len()))?.parse().ok()?;
    let rest = text[digits..].trim_start_matches('.');
    let words = rest.trim_start();
    let good = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
    (good && rest.len() - words.len() <= 2).then_some(number)
}

/// Returns true if and only if `text` looks like the tail of a reference list: an address, a date of
/// access, a number before an author.
pub fn is_reference_like(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains("doi") || text.contains("date of access")
}

/// Returns true if and only if `text` is the line of a journal or a series: volume, number, pages, ISSN.
pub fn is_masthead(text: &str) -> bool {
    const WORDS: &[&str] = &["vol", "volume", "no", "issue", "issn", "isbn", "doi", "pp", "том", "jahrgang"];
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let numbers = words().filter(|w| w.bytes().all(|b| b.is_ascii_digit())).count();
    let named = words().any(|w| WORDS.iter().any(|known| known.eq_ignore_ascii_case(w)));
    text.len() <= 250
        && numbers >= 1
        && (named && numbers + usize::from(text.contains(',')) >= 2 || numbers >= 4)
}

/// What part of the front matter a short block behind the title is.
pub fn front_role(text: &str) -> FrontRole {
    const PLACES: &[&str] = &[
        "university",
        "institute",
        "center",
        "centre",
        "college",
        "school",
        "department",
        "faculty",
        "academy",
        "ministry",
        "council",
        "foundation",
        "laboratory",
        "университет",
        "институт",
        "université",
        "universität",
    ];
    if is_keywords(text) {
        return FrontRole::Keywords;
    }
    if text.trim_start_matches(['*', '_']).get(..3).is_some_and(|w| w.eq_ignore_ascii_case("by ")) {
        return FrontRole::Author;
    }
    if is_date_line(text) {
        return FrontRole::Date;
    }
    if is_masthead(text) {
        return FrontRole::Other;
    }
    let small = text.to_lowercase();
    if text.contains('@') || PLACES.iter().any(|place| small.contains(place)) {
        return FrontRole::Affiliation;
    }
    if is_names(text) { FrontRole::Author } else { FrontRole::Other }
}

/// `Published on 8 September 2021`, `Received: …`, `March 2020`, `2021-09-08`.
pub fn is_date_line(text: &str) -> bool {
    const VERBS: &[&str] =
        &["published", "posted", "updated", "received", "accepted", "date", "dated", "last"];
    let first = text.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or("");
    let has_number = text.bytes().any(|b| b.is_ascii_digit());
    text.len() <= 120
        && has_number
        && !is_prose(text)
        && (looks_like_date(text) || VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(first)))
}

/// Names of people: words with capitals, initials, `and`, commas, note marks, and no digit but a note's.
fn is_names(text: &str) -> bool {
    let mut names = 0;
    for word in text.split([' ', ',', '&', '\\', '*', '†', '‡', '\n']).filter(|w| !w.is_empty()) {
        let small =
            matches!(word, "and" | "with" | "bin" | "ul" | "de" | "van" | "von" | "al" | "el" | "ur" | "и");
        let capital = word.starts_with(char::is_uppercase) && !is_month(word);
        let mark = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
        if capital {
            names += 1;
        } else if !small && !mark {
            return false;
        }
    }
    (2..=40).contains(&names) && end_of(text) != End::Colon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_name() {
        assert!(names_reference_list("## **5. REFERENCES**") && names_reference_list("V. Works cited:"));
        assert!(!names_reference_list("References to the treaty"));
        assert!(
            names_abstract("*Abstract*") && begins_abstract(&format!("Abstract: {}", "word ".repeat(30)))
        );
    }

    #[test]
    fn signs_of_kinds() {
        assert!(is_keywords("**Keywords:** *trade, transit*") && is_keywords("Key words: trade"));
        assert!(
            is_leftover("Next Post")
                && is_leftover("Copyright © The Centre")
                && !is_leftover("The next post was far.")
        );
        assert!(
            is_caption("Table 2. Trade by year")
                && is_caption("Figure 1: Map")
                && !is_caption("Table 2 shows that it rose.")
        );
        assert!(
            begins_note("\\*PhD scholar, School")
                && begins_note("†Professor")
                && !begins_note("*Emphasis* begins")
        );
        assert_eq!(note_number("12 See Khan"), Some(12));
        assert_eq!(note_number("1955 was a year"), None);
    }

    #[test]
    fn front_lines_are_told_apart() {
        for (text, role) in [
            ("Maryam Raza, Palwasha Nawaz", FrontRole::Author),
            ("By Mr. Khalid, Executive Director, Research Center", FrontRole::Author),
            ("Yan Zhen†", FrontRole::Author),
            ("School of Law, Islamabad", FrontRole::Affiliation),
            ("Published on 8th September 2021", FrontRole::Date),
            ("Keywords: trade; transit", FrontRole::Keywords),
            ("Working paper no. 7", FrontRole::Other),
        ] {
            assert_eq!(front_role(text), role, "{text}");
        }
    }
}
