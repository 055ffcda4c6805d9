//! Which citations a quotation belongs to.

use super::parse::{Citation, Draft, Quotation};
use super::sentence::ends_within;

/// Farthest that a citation may stand from its quotation, in characters.
const FAR: usize = 600;

/// The citations a quotation belongs to: those within a block; those behind it in its sentence; a name before it there,
/// `Khan (2021) writes`; a name behind it there, `as Khan (2021) says`; else those before it in its sentence or paragraph,
/// else the next in its paragraph. A block may have them in the paragraph before or behind.
pub fn beside<'c>(
    draft: &Draft,
    index: usize,
    quotation: &Quotation,
    all: &'c [Citation],
) -> Vec<&'c Citation> {
    let span = &quotation.span;
    let next = draft.quotations.get(index + 1).map_or(usize::MAX, |q| q.span.start);
    let last = index.checked_sub(1).and_then(|i| draft.quotations.get(i)).map_or(0, |q| q.span.end);
    let between =
        |from: usize, to: usize| draft.chars.get(from..to).unwrap_or(&[]).iter().collect::<String>();
    let group = |c: &Citation| all.iter().filter(|o| o.span == c.span).collect::<Vec<_>>();
    if let Some(inside) = all.iter().find(|c| quotation.block && span.contains(&c.span.start)) {
        return group(inside);
    }
    let reachable =
        |text: &str| text.chars().count() < FAR && paragraphs(text) <= usize::from(quotation.block);
    let first_behind = |narrative: bool| {
        all.iter()
            .find(|c| c.span.start >= span.end && c.narrative == narrative)
            .map(|c| (c, between(span.end, c.span.start)))
            .filter(|(_, text)| reachable(text))
    };
    let behind = first_behind(false);
    // `“One” and “two” (Khan, 2021)`: both are his.
    let near = behind.as_ref().filter(|(c, text)| {
        let at_once = text.trim().chars().count() <= 2;
        let own = c.span.start < next || !text.contains('\n');
        own && (at_once || !ends_within(text))
    });
    let before = all.iter().rev().find(|c| c.span.end <= span.start).and_then(|c| {
        let text = between(c.span.end, span.start);
        let own = c.narrative || c.span.start >= last;
        (own && reachable(&text)).then_some((c, text))
    });
    let before_near = before.as_ref().filter(|(_, text)| !ends_within(text));
    let named = first_behind(true);
    let named_near = named.as_ref().filter(|(c, text)| c.span.start < next && !ends_within(text));
    let behind = behind.as_ref().filter(|(c, _)| c.span.start < next);
    let writes = before_near.filter(|(c, _)| c.narrative);
    let chosen = near.or(writes).or(named_near).or(before_near).or(before.as_ref()).or(behind);
    chosen.or(named.as_ref()).map(|(c, _)| group(c)).unwrap_or_default()
}

fn paragraphs(text: &str) -> usize {
    text.matches("\n\n").count()
}
