//! Lines of a title page that say what the paper is rather than what it is called: names of forms and kinds of
//! documents, section headings, dates, addresses, the name of the body that issued it.

use super::lines::{is_capitals, words};
use crate::bibliography::Date;
use crate::bibliography::date::month_number;

/// Names of forms and kinds of documents, and of sections: no title when they are all that a line says.
const LABELS: &str = "order sheet|judgment sheet|judgement sheet|judicial department|judgment|judgement|order|proposed rules|\
    rules and regulations|notices|presidential documents|markup|hearing|hearings|summary|executive summary|\
    abstract|contents|table of contents|inside this issue|in this issue|introduction|overview|background|\
    preface|foreword|acknowledgments|acknowledgements|note|notes|editorial|article|articles|\
    original article|original articles|original research|original paper|research article|research paper|\
    research note|review|review article|short communication|brief report|case report|letter|letters|\
    letter to the editor|comment|commentary|news|news release|press release|for immediate release|\
    media release|media advisory|memorandum|memo|agenda|minutes|draft|final draft|confidential|unclassified|\
    restricted|legal sidebar|in focus|insight|policy brief|issue brief|working paper|working papers|\
    discussion paper|technical note|technical report|technical memorandum|final report|report|fact sheet|\
    factsheet|newsletter|update|updates|appendix|annex|attachment|exhibit|enclosure|testimony|statement|\
    statement by|statement of|remarks by|transcript|thesis|dissertation|proceedings|index|cover|page|date|\
    to|from|subject|re|by|before the|of the|on|in the|check one|home|open access|special issue|research|\
    opinion|opinions|analysis|chapter|section|part|title|untitled|keywords|key words|author information|\
    authors|author|references|bibliography|form|application form|not for publication|unreported|reportable|\
    резюме|аннотация|содержание|оглавление|введение|статья|реферат|зміст|вступ|résumé|sommaire|\
    zusammenfassung|inhalt|resumen|índice|özet|giriş";

/// Beginnings of such lines.
const BEGINNINGS: &str = "form no|omb no|omb control|approved for|page |vol |volume |issue |no |serial no|section |chapter |\
    figure |table |doi |issn |isbn |http|www |to cite this|cite this|available online|\
    contents lists available|received |accepted |submitted |downloaded from|abstract |keywords |key words |\
    copyright |printed for|printed on|order code|report no|document no|docket no|case no|s no |tel |phone |\
    fax |email |e mail |dear |attn |sincerely|image |see discussions|this article was|provided by|\
    brought to you|view metadata";

/// Nouns that name bodies: a line that ends with one, or begins `Ministry of …`, is a letterhead.
const BODIES: &str = "academy|administration|agency|assembly|association|authority|board|bureau|cabinet|center|centre|chamber|\
    college|commission|commissioner|committee|company|corporation|council|court|department|\
    directorate|division|embassy|faculty|federation|foundation|government|hospital|institute|institution|\
    laboratory|laboratories|library|ministry|office|organisation|organization|parliament|representatives|\
    school|secretariat|senate|service|services|society|squadron|subcommittee|survey|tribunal|union|\
    university|министерство|посольство|институт|университет|академия|комитет|агентство|ministère|université|\
    institut|ministerium|universität|ministerio|universidad|bakanlığı|üniversitesi";

fn is_among(list: &str, text: &str) -> bool {
    list.split('|').any(|item| item == text)
}

/// What a series of papers is called after.
const KINDS: &str = "abstract|abstracts|working paper|working papers|policy brief|policy paper|issue brief|discussion paper|\
    occasional paper|technical report|research report|research brief|research paper|newsletter|bulletin|fact sheet|backgrounder|\
    briefing paper|case study|white paper|data brief";

/// Words with which the name of a body does not begin.
const OPENERS: &str = "for|of|by|to|in|on|at|from|with|an|a|about|before|under|dear";

/// Returns true if and only if a line is a label, a date, an address or the like, and so no title.
pub fn is_label(text: &str) -> bool {
    let text = text.trim();
    // `(JUDICIAL DEPARTMENT)`, `1. Introduction`, `SUMMARY.`
    let words = words(text);
    let bare: Vec<&str> =
        words.iter().map(String::as_str).skip_while(|w| w.chars().all(char::is_numeric)).collect();
    let plain = bare.join(" ");
    let starts = BEGINNINGS.split('|').any(|start| format!("{plain} ").starts_with(start));
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    plain.is_empty()
        || starts
        || is_among(LABELS, &plain)
        || 2 * letters < signs
        || bare.first() == Some(&"case") && words.len() > 1 && text.contains(|c: char| c.is_ascii_digit())
        || text.contains('@')
        || text.contains("://")
        || text.contains("....")
        || is_date_line(text)
        || is_court_district(&words)
        || is_court(text)
        || is_volume_line(text)
}

/// Returns true if and only if a line holds a date and little else: `Updated April 10, 2026`, `November 2006`.
pub fn is_date_line(text: &str) -> bool {
    const BESIDE: &str = "updated|revised|dated|date|published|posted|issued|released|on|of|the|st|nd|rd|th|monday|\
        tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|г|года|spring|\
        summer|autumn|fall|winter|last|effective|publication|approved|version|as";
    let words = words(text);
    let number = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    // `2nd`, `v1`
    let numbered = |word: &str| {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        ordinal.or(word.strip_prefix('v')).is_some_and(number)
    };
    let is_of_date = |word: &String| {
        number(word) || numbered(word) || month_number(word).is_some() || is_among(BESIDE, word)
    };
    !words.is_empty() && words.len() <= 9 && words.iter().all(is_of_date) && Date::parse(text).is_some()
}

/// Returns true if and only if a line gives the volume of a journal.
pub fn is_volume_line(text: &str) -> bool {
    let words = words(text);
    let volume = words.windows(2).any(|pair| {
        matches!(pair[0].as_str(), "vol" | "volume" | "issue" | "no" | "том" | "выпуск")
            && pair[1].starts_with(|c: char| c.is_ascii_digit())
    });
    volume && (Date::parse(text).is_some() || words.len() <= 6)
}

/// Returns true if and only if words say for which part of a country a court sits: `For the First Circuit`.
fn is_court_district(words: &[String]) -> bool {
    let district = |word: &String| matches!(word.as_str(), "circuit" | "district" | "division");
    let starts = words.first().is_some_and(|word| word == "for");
    starts && words.len() <= 7 && words.iter().any(district)
        || words.len() <= 3 && words.last().is_some_and(district)
}

/// Returns true if and only if a line names the court whose paper this is: `IN THE ISLAMABAD HIGH COURT, ISLAMABAD`,
/// `United States Court of Appeals`.
pub fn is_court(text: &str) -> bool {
    let words = words(text);
    let named = words.iter().any(|word| word == "court" || word == "tribunal");
    let leads = words.first().is_some_and(|w| w == "in") && words.get(1).is_some_and(|w| w == "the");
    named && words.len() <= 9 && (leads || is_capitals(text) || is_body_name(text))
}

/// Returns true if and only if a line is the name of a body and nothing else.
pub fn is_body_name(text: &str) -> bool {
    let text = text.split('(').next().unwrap_or_default().trim();
    let name = text.split(',').next().unwrap_or_default().trim().trim_end_matches(['*', '†', '.']);
    let words: Vec<&str> = name.split_whitespace().collect();
    let noun = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        is_among(BODIES, &word) || word.strip_suffix('s').is_some_and(|word| is_among(BODIES, word))
    };
    let joins = |word: &&str| {
        matches!(word.to_lowercase().as_str(), "of" | "on" | "for" | "and" | "the" | "&" | "de" | "at")
    };
    let capitals = words.iter().all(|w| joins(w) || w.starts_with(|c: char| !c.is_lowercase()));
    let head = words.iter().take(4).zip(words.iter().skip(1)).any(|(w, next)| noun(w) && joins(next));
    let tail = words.last().is_some_and(|w| noun(w));
    let opener = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let starts = text.starts_with(char::is_uppercase) && !is_among(OPENERS, &opener);
    (2..=10).contains(&words.len())
        && starts
        && capitals
        && (head || tail)
        && !name.contains([':', '?', ';', '“', '"'])
}

/// Returns true if and only if a text ends with a kind of document, as the name of a series does: `Research Abstract`.
pub fn ends_with_kind(text: &str) -> bool {
    let words = words(text);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let two = words.len().checked_sub(2).map(|at| words[at..].join(" ")).unwrap_or_default();
    is_among(KINDS, last) || is_among(KINDS, &two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_dates_and_bodies_are_told_from_titles() {
        for label in [
            "ORDER SHEET.",
            "(JUDICIAL DEPARTMENT)",
            "Form No: HCJD/C-121",
            "Proposed Rules",
            "1. Introduction",
            "Updated April 10, 2026",
            "26 March 2010",
            "November - 2015",
            "Volume 1, Issue 2",
            "(",
            "2.40",
            "IN THE LAHORE HIGH COURT, LAHORE",
            "https://example.org/a",
            "JOURNAL OF PORTS, VOL. 11, NO. 2, 2005",
        ] {
            assert!(is_label(label), "{label}");
        }
        for title in [
            "Ports of the North",
            "Part 1308—Schedules of Goods",
            "Orders of the Sea",
            "Updated Guidelines for Pilots",
            "Owners of Ships in 2009",
            "May Days",
        ] {
            assert!(!is_label(title), "{title}");
        }
        for body in [
            "Congressional Research Service",
            "Ministry of Foreign Affairs",
            "U.S. Department of Fisheries",
            "UNIVERSITY OF LIMA",
            "The Law Library of Congress",
            "Oslo Institute, Norway",
        ] {
            assert!(is_body_name(body), "{body}");
        }
        for other in [
            "Methods of Analysis by the Harbour Survey in Northern Waters: A Handbook",
            "Ada Linden",
            "Trade with the East",
        ] {
            assert!(!is_body_name(other), "{other}");
        }
    }
}
