//! Documents that were converted from pages (PDF, scans, pasted e-texts): their paragraphs are lines or pieces of
//! paragraphs. Such paragraphs are given on as raw lines, so that they get the repair that plain text has.

use super::super::text;
use crate::clean::wording::{End, Start, bullet, end_of, enumerator, start_of};
use crate::document::{Document, Role};

/// A paragraph shorter than this, in characters, may be a label that needs no stop,
const LABEL: usize = 60;
/// and what follows it an item of a list.
const ITEM: usize = 30;
/// That many paragraphs at least are cut in mid-sentence in a converted document,
const LEAST_CUTS: usize = 5;
/// and one in that many of all. In 1,000 paragraphs that a person wrote there are a few.
const SHARE: usize = 20;

/// Gives the paragraphs of a converted document the role of raw lines, with the empty ones and the page breaks between
/// them; takes empty paragraphs and page breaks out of any other document.
pub fn prepare(document: &mut Document) {
    if is_converted(document) {
        let paragraphs = document.lines.iter_mut().filter(|line| line.role == Role::Paragraph);
        paragraphs.for_each(|line| line.role = Role::Raw);
        let most = document.lines.len();
        document.breaks.retain(|at| *at < most);
        document.breaks.sort_unstable();
        document.breaks.dedup();
        text::read_header(document);
        document
            .doubts
            .push("its paragraphs are lines or pieces of pages: put together by their words".to_owned());
    } else {
        document.lines.retain(|line| !line.range.is_empty());
        document.breaks.clear();
    }
}

/// Returns true if and only if many paragraphs stop in mid-sentence and the next one goes on with a small letter.
fn is_converted(document: &Document) -> bool {
    let (mut pairs, mut cuts) = (0, 0);
    let mut last: Option<&str> = None;
    for line in &document.lines {
        let text = document.line_text(line);
        match line.role {
            Role::Paragraph => {
                if let Some(before) = last.filter(|before| before.chars().nth(LABEL).is_some()) {
                    pairs += 1;
                    cuts += usize::from(is_cut(before, text));
                }
                last = Some(text);
            }
            // Notes and running heads stand in the middle of cut paragraphs.
            Role::Footnote | Role::Boilerplate | Role::Raw => {}
            _ => last = None,
        }
    }
    cuts >= LEAST_CUTS && cuts * SHARE >= pairs
}

/// Returns true if and only if a sentence is cut between two paragraphs. Items of lists end with a comma or `and` too.
fn is_cut(before: &str, after: &str) -> bool {
    let in_list = before.ends_with([',', ';', ':']) || before.ends_with(" and") || before.ends_with(" or");
    let short = after.chars().nth(ITEM).is_none();
    let is_item = in_list || short || bullet(after).is_some() || enumerator(after).is_some();
    matches!(end_of(before), End::Open | End::Hyphen) && start_of(after) == Start::Lower && !is_item
}

#[cfg(test)]
mod tests {
    use super::super::super::{
        Limits,
        made::package::{docx, paragraph},
    };
    use super::super::read_docx;
    use super::*;
    use crate::passage::segment;

    /// A document that a program made of the pages of a PDF: each of its paragraphs is a piece of a page.
    #[test]
    fn pieces_of_pages_become_paragraphs_and_ordinary_paragraphs_stay() {
        let pieces: String = ["timber", "grain", "ore", "fish", "wool", "salt"]
            .map(|goods| {
                let page = [
                    format!("Ports of the North {}", goods.len()),
                    format!("sailed on to the islands, where the {goods} was weighed and sold to the mer-"),
                    format!("chants of the inner towns. No {goods} was left in spring."),
                    format!("All {goods} that the ships of the northern ports carried was bought by the fleet, and they"),
                ];
                page.map(|text| paragraph(&text)).concat() + r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#
            })
            .concat();
        let document = read_docx(&docx(&pieces), &Limits::default()).unwrap();
        assert!(document.lines.iter().all(|line| line.role == Role::Raw) && !document.breaks.is_empty());
        let texts: Vec<String> = segment(&document).passages.into_iter().map(|p| p.text).collect();
        let whole = "All ore that the ships of the northern ports carried was bought by the fleet, and they sailed on to the \
        islands, where the fish was weighed and sold to the merchants of the inner towns. No fish was left in spring.";
        assert!(texts.iter().any(|text| text == whole), "{texts:#?}");

        let items: String = [
            "The parties agree on the following",
            "timber",
            "grain and ore of the northern mines, and",
            "fish",
        ]
        .map(paragraph)
        .concat();
        let document = read_docx(&docx(&items.repeat(4)), &Limits::default()).unwrap();
        assert!(document.lines.iter().all(|line| line.role == Role::Paragraph));
    }
}
