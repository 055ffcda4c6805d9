//! Where a passage stands, in words: `FINDINGS > Relations · para. 14 · lines 60–61`.

use crate::citation::StoredCitation;
use crate::index::{StoredPassage, StoredSource};
use crate::passage::Ordinal;

/// The citation of a passage in running text, in the default style: by the printed page where the source
/// has page labels, else by paragraph, else (reference entries, front matter) without a locator.
pub fn cited_locator(citation: &StoredCitation, source: &StoredSource, passage: &StoredPassage) -> String {
    let label = |page: u32| source.pages.get(page as usize).and_then(|p| p.label.as_deref());
    let (first, last) = passage.pages;
    match (label(first), label(last), passage.ordinal) {
        (Some(one), Some(other), _) if first == last || one == other => citation.page.replace("{}", one),
        (Some(from), Some(to), _) => citation.pages.replace("{}", &format!("{from}–{to}")),
        (_, _, Ordinal::Paragraph { number, .. }) => citation.paragraph.replace("{}", &number.to_string()),
        _ => citation.bare.clone(),
    }
}

/// The place of a passage for a person: section, paragraph, page, lines.
pub fn describe_place(source: &StoredSource, passage: &StoredPassage) -> String {
    let mut parts = Vec::new();
    if let Some(section) = source.sections.get(passage.section as usize).filter(|s| !s.is_empty()) {
        parts.push(section.join(" > "));
    }
    match passage.ordinal {
        Ordinal::Paragraph { number, part: 1 } => parts.push(format!("para. {number}")),
        Ordinal::Paragraph { number, part } => parts.push(format!("para. {number}, part {part}")),
        _ => parts.push(passage.kind.as_str().to_owned()),
    }
    parts.extend(describe_pages(source, passage.pages));
    match passage.lines {
        Some((first, last)) if first == last => parts.push(format!("line {first}")),
        Some((first, last)) => parts.push(format!("lines {first}–{last}")),
        None => {}
    }
    parts.join(" · ")
}

/// `p. 217 [PDF 219]`; `[PDF 219]` alone where no page number is printed.
fn describe_pages(source: &StoredSource, (first, last): (u32, u32)) -> Option<String> {
    let page = |index: u32| source.pages.get(index as usize);
    let (from, to) = (page(first)?, page(last)?);
    let indices =
        if first == last { format!("{}", first + 1) } else { format!("{}–{}", first + 1, last + 1) };
    let file = match source.format {
        crate::document::Format::Pdf => "PDF",
        _ => "file",
    };
    Some(match (&from.label, &to.label) {
        (Some(from), Some(to)) if from == to => format!("p. {from} [{file} {indices}]"),
        (Some(from), Some(to)) => format!("pp. {from}–{to} [{file} {indices}]"),
        _ => format!("[{file} {indices}]"),
    })
}
