//! The citations that are the draft's own: by key, by passage id and printed, without those that are quoted words.

use super::Error;
use super::earlier::Earlier;
use super::fields::Item;
use super::fold::fold;
use super::library::Library;
use super::notes::lost_marks;
use super::numbered::Numbered;
use super::parse::{Citation, Draft, Locator, Syntax, Unread};
use super::printed::{self, Cited};
use super::repeated::{is_shaped, repeated};
use super::scan::slice;
use super::words::plain;
use crate::index::StoredSource;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words before a citation by which the quoted source is told from its writer.
const BEFORE: usize = 24;

impl Library<'_> {
    /// All citations of the draft, in order. A citation that stands within a quotation as the source has it is the
    /// source's: quoted words.
    ///
    /// # Errors
    /// [`Error::Corpus`].
    pub fn citations(&mut self, draft: &Draft) -> Result<Vec<Citation>, Error> {
        let mut all = draft.citations.clone();
        for citation in &mut all {
            self.resolve_id(citation);
        }
        let sources: Vec<Cited<'_>> = self.sources.values().map(Cited::new).collect();
        all.extend(draft.fields.iter().flat_map(|(shown, items)| self.of_field(draft, shown, items)));
        let mut found = self.ids(draft);
        found.extend(printed::citations(draft, &sources));
        found.extend(draft.numbered.iter().flat_map(|n| self.of_numbers(draft, n, &sources)));
        // `@khan2021 (2021)` is one citation.
        let apart =
            |p: &Citation| !all.iter().any(|c| c.span.start < p.span.end && p.span.start < c.span.end);
        found.retain(apart);
        let mut own = Vec::new();
        for citation in found {
            // Entries of its own list of references cite nothing, unless a note's mark leads there.
            let noted = draft.notes.iter().any(|n| n.body.contains(&citation.at));
            let listed = draft.entries.hold(citation.at) && !noted;
            if !listed && !self.is_quoted(draft, &citation)? {
                own.push(citation);
            }
        }
        all.append(&mut own);
        all.retain(|c| !is_reference(&c.key));
        all.sort_by_key(|c| c.at);
        let sources: Vec<Cited<'_>> = self.sources.values().map(Cited::new).collect();
        let mut all = Earlier::new(draft, &sources).resolve(all);
        for citation in unread(draft, &sources, &all) {
            // `[1]` in the words quoted is the source's.
            if !self.is_quoted(draft, &citation)? {
                all.push(citation);
            }
        }
        all.sort_by_key(|c| c.at);
        Ok(all)
    }

    /// `khan2021:14` where no source has this key: the passage.
    fn resolve_id(&self, citation: &mut Citation) {
        if self.sources.contains_key(&citation.key) {
            return;
        }
        if let Some((key, number)) = citation.key.rsplit_once(':')
            && let Some(source) = self.source_of(key)
            && let Ok(number) = number.parse()
        {
            citation.locator.get_or_insert(Locator::Paragraph(number, number));
            citation.key = source.work_key().to_string();
        }
    }

    /// Ids of passages in running text, `[khan2021:14]`.
    fn ids(&self, draft: &Draft) -> Vec<Citation> {
        let chars = &draft.chars;
        let part = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric() || "_-".contains(*c));
        let mut found = Vec::new();
        for (colon, _) in chars.iter().enumerate().filter(|(_, c)| **c == ':') {
            let mut end = colon + 1;
            while chars.get(end).is_some_and(char::is_ascii_digit) {
                end += 1;
            }
            let start = (0..colon).rev().take_while(|i| part(*i)).last().unwrap_or(colon);
            let marked = start.checked_sub(1).and_then(|b| chars.get(b)).is_some_and(|c| "@<{".contains(*c));
            let key = slice(chars, start, colon);
            if let Ok(number) = slice(chars, colon + 1, end).parse()
                && !part(end)
                && !marked
                && let Some(source) = self.source_of(&key)
            {
                let locator = Some(Locator::Paragraph(number, number));
                let key = source.work_key().to_string();
                found.push(Citation { key, locator, span: start..end, at: start, ..Citation::default() });
            }
        }
        found
    }

    /// The works that a field cites. One by a key alone that no source has is left to what the field shows.
    fn of_field(&self, draft: &Draft, shown: &Range<usize>, items: &[Item]) -> Vec<Citation> {
        let text = slice(&draft.chars, shown.start, shown.end);
        let only = items.len() == 1;
        let cited = items.iter().filter_map(|item| {
            let by_key = item.key.as_ref().and_then(|key| self.sources.get(key));
            let keyed = by_key.filter(|s| !item.contradicts(&s.work)).map(|s| s.key.as_str().to_owned());
            let described = || {
                let fits = self.sources.values().filter(|s| item.is(&s.work));
                fits.map(|s| s.key.as_str().to_owned()).collect::<Vec<String>>()
            };
            let mut keys = keyed.map(|key| vec![key]).unwrap_or_else(described).into_iter();
            let key = keys.next().or_else(|| item.title.clone())?;
            let shown_place = || {
                if only {
                    printed::last_place(&format!(" {}", text.trim_end_matches([')', ']'])))
                } else {
                    None
                }
            };
            Some(Citation {
                key,
                also: keys.collect(),
                printed: Some(text.clone()),
                locator: item.locator.clone().or_else(shown_place),
                span: shown.clone(),
                at: shown.start,
                ..Citation::default()
            })
        });
        let cited: Vec<Citation> = cited.collect();
        // Of several works all must be known, or what is shown may tell.
        if cited.len() == items.len() { cited } else { Vec::new() }
    }

    /// The works that numbers cite, by the draft's own list.
    fn of_numbers(&self, draft: &Draft, citation: &Numbered, sources: &[Cited<'_>]) -> Vec<Citation> {
        let works = citation.works.iter().filter_map(|(number, place)| {
            let entry = draft.list.entries.get(number)?;
            let text = slice(&draft.chars, entry.start, entry.end);
            let mut keys: Vec<String> = Vec::new();
            for found in printed::in_entry(&text, entry, sources) {
                keys.extend(found.keys().filter(|k| self.sources.contains_key(*k)).map(str::to_owned));
            }
            let by_key = draft.citations.iter().filter(|c| entry.contains(&c.at)).map(|c| c.key.clone());
            keys.extend(by_key);
            keys.dedup();
            let shown: String =
                text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
            let key = if keys.is_empty() { format!("[{number}] {shown}") } else { keys.remove(0) };
            Some(Citation {
                key,
                also: keys,
                printed: Some(slice(&draft.chars, citation.span.start, citation.span.end)),
                locator: place.clone(),
                span: citation.span.clone(),
                at: citation.span.start,
                ..Citation::default()
            })
        });
        works.collect()
    }

    /// Returns true if and only if a printed citation is a part of the words quoted.
    fn is_quoted(&mut self, draft: &Draft, citation: &Citation) -> Result<bool, Error> {
        let Some(quotation) = draft.quotations.iter().find(|q| q.span.contains(&citation.at)) else {
            return Ok(false);
        };
        if citation.printed.is_none() {
            return Ok(false);
        }
        let open = citation.span.start.saturating_sub(1);
        let from = match self.sources.contains_key(&citation.key) {
            // It may be the writer's, of a work that the source cites elsewhere.
            true => quotation.span.start.max(open.saturating_sub(BEFORE)),
            false => open,
        };
        let raw = slice(&draft.chars, from, citation.span.end + 1).replace("\n>", "\n");
        let words = fold(&plain(&raw, draft.syntax, false));
        // The first word may be cut.
        let words = match words.split_once(' ') {
            Some((_, rest)) if from < open => rest,
            _ => words.as_str(),
        };
        for key in self.candidates(&quotation.text, &[])? {
            if self.text(&key)?.folded().contains(words) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What cites and could not be read: fields, numbers without an entry, brackets behind quotations that have the shape of
/// a citation, marks whose note is lost.
fn unread(draft: &Draft, sources: &[Cited<'_>], known: &[Citation]) -> Vec<Citation> {
    let fields = draft.fields.iter().map(|(shown, _)| shown.clone());
    let numbers = draft.numbered.iter().map(|n| n.span.clone());
    let ends: Vec<usize> = draft.quotations.iter().map(|q| q.span.end).collect();
    let behind = |start: usize| {
        let next = ends.partition_point(|end| *end <= start);
        let end = next.checked_sub(1).and_then(|i| ends.get(i));
        end.is_some_and(|end| slice(&draft.chars, *end, start).trim().chars().count() <= 1)
    };
    let brackets = draft.brackets.iter().filter(|(content, span)| {
        repeated(content).is_some()
            || behind(span.start.saturating_sub(1)) && printed::is_shaped(content, sources)
    });
    let brackets = brackets.map(|(_, span)| span.clone());
    let marks = if draft.syntax == Syntax::Markdown { lost_marks(&draft.chars) } else { Vec::new() };
    let all = fields.chain(numbers).chain(brackets).chain(marks).chain(draft.lost.marks.iter().cloned());
    let overlaps = |a: &Range<usize>, b: &Range<usize>| {
        a.start < b.end.max(b.start + 1) && b.start < a.end.max(a.start + 1)
    };
    let new = all.filter(|span| !known.iter().any(|c| overlaps(&c.span, span) && !in_note(draft, c)));
    new.map(|span| unread_at(draft, span, Unread::Certain)).collect()
}

fn unread_at(draft: &Draft, span: Range<usize>, unread: Unread) -> Citation {
    let key = slice(&draft.chars, span.start, span.end).replace('\u{2060}', "");
    let printed = Some(key.clone());
    Citation { key, printed, at: span.start, span, unread: Some(unread), ..Citation::default() }
}

/// Returns true if and only if it spans the words of a note.
fn in_note(draft: &Draft, citation: &Citation) -> bool {
    draft.notes.iter().any(|n| n.body == citation.span)
}

/// The citations with those in notes a second time, where the mark of the note stands, in the order of their places. A
/// note that cites nothing which could be read is unread there.
pub fn placed(
    draft: &Draft,
    citations: &[Citation],
    sources: &BTreeMap<String, StoredSource>,
) -> Vec<Citation> {
    let sources: Vec<Cited<'_>> = sources.values().map(Cited::new).collect();
    let mut placed = citations.to_vec();
    for note in &draft.notes {
        let inside: Vec<&Citation> = citations.iter().filter(|c| note.body.contains(&c.at)).collect();
        if inside.iter().all(|c| c.unread.is_some()) {
            let text = slice(&draft.chars, note.body.start, note.body.end);
            let folded = fold(&text).to_lowercase();
            let named = || sources.iter().any(|s| s.is_author_in(&folded));
            let certain = !inside.is_empty() || is_shaped(&text) || named();
            let unread = if certain { Unread::Certain } else { Unread::Note };
            let key = text.split_whitespace().collect::<Vec<_>>().join(" ");
            // For quotations at its mark, and for those within it.
            for span in [note.mark.clone(), note.body.clone()] {
                placed.push(Citation { key: key.clone(), ..unread_at(draft, span, unread) });
            }
        }
        let known = inside.into_iter().filter(|c| c.unread.is_none());
        placed.extend(known.map(|c| Citation { span: note.mark.clone(), narrative: false, ..c.clone() }));
    }
    placed.sort_by_key(|c| (c.span.start, c.at));
    placed
}

/// Typst labels and cross references of pandoc share the sign of citations: those that name figures and the like are none.
fn is_reference(key: &str) -> bool {
    ["fig", "tbl", "tab", "sec", "eq", "lst"]
        .iter()
        .any(|p| key.strip_prefix(p).is_some_and(|r| r.starts_with([':', '-'])))
}
