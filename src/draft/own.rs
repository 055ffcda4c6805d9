//! The citations that are the draft's own: by key, by passage id and printed, without those that are quoted words.

use super::Error;
use super::fold::fold;
use super::library::Library;
use super::parse::{Citation, Draft, Locator};
use super::printed::{self, Cited};
use super::scan::slice;
use super::words::plain;

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
        let mut found = self.ids(draft);
        let sources: Vec<Cited<'_>> = self.sources.values().map(Cited::new).collect();
        found.extend(printed::citations(draft, &sources));
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
        Ok(all)
    }

    /// `khan2021:14` where no source has this key: the passage.
    fn resolve_id(&self, citation: &mut Citation) {
        if self.sources.contains_key(&citation.key) {
            return;
        }
        if let Some((key, number)) = citation.key.rsplit_once(':')
            && self.sources.contains_key(key)
            && let Ok(number) = number.parse()
        {
            citation.locator.get_or_insert(Locator::Paragraph(number, number));
            citation.key = key.to_owned();
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
                && self.sources.contains_key(&key)
            {
                let locator = Some(Locator::Paragraph(number, number));
                let (also, printed, narrative) = (Vec::new(), None, false);
                found.push(Citation { key, also, printed, locator, span: start..end, at: start, narrative });
            }
        }
        found
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

/// The citations with those in notes a second time, where the mark of the note stands, in the order of their places.
pub fn placed(draft: &Draft, citations: &[Citation]) -> Vec<Citation> {
    let mut placed = citations.to_vec();
    for note in &draft.notes {
        let inside = citations.iter().filter(|c| note.body.contains(&c.at));
        placed.extend(inside.map(|c| Citation { span: note.mark.clone(), narrative: false, ..c.clone() }));
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
