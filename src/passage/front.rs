//! The front matter of a document: title, authors, affiliations, dates, keywords, abstract, and what
//! stands before the title.

use super::block::{Block, Form, Source, is_title_case};
use super::cue;
use super::kind::FrontRole;
use crate::clean::wording::{End, Start, end_of, ends_hanging, is_prose, start_of};
use crate::document::{Format, Role};
use std::ops::Range;

/// How many blocks of a document are looked at.
const REACH: usize = 40;
/// How many blocks the front matter has at most behind the title.
const DEPTH: usize = 16;

/// What a block of the front matter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Front matter.
    Front(FrontRole),
    /// Before the title, and of another work.
    Foreign,
    /// The abstract, though no heading says so.
    Abstract,
}

/// The marks of the first blocks of a document; blocks behind the list and `None` are no front matter.
pub fn find(source: &Source<'_>, blocks: &[Block]) -> Vec<Option<Mark>> {
    let mut marks = vec![None; blocks.len().min(REACH)];
    if source.document.format == Format::Jsonl {
        return marks;
    }
    let guessed = || title(source, blocks).filter(|at| may_follow(source, &blocks[..*at]));
    match stated_title(source, blocks).or_else(|| guessed().map(|at| at..at + 1)) {
        Some(title) => mark_around_title(source, blocks, title, &mut marks),
        None => mark_without_title(source, blocks, &mut marks),
    }
    marks
}

/// Returns true if and only if a title may come after these blocks. A PDF begins with its own first page; a text from an
/// archive may begin with the end of the article before.
fn may_follow(source: &Source<'_>, before: &[Block]) -> bool {
    let texts = || before.iter().filter(|b| !is_set_aside(b)).map(|b| source.text(&b.lines));
    source.document.format != Format::Pdf || !texts().any(is_text)
}

fn is_text(text: &str) -> bool {
    is_prose(text) || start_of(text) == Start::Lower && text.contains(' ')
}

fn is_set_aside(block: &Block) -> bool {
    matches!(block.form, Form::Furniture | Form::Rule)
}

/// The blocks that make the title which the file itself states.
fn stated_title(source: &Source<'_>, blocks: &[Block]) -> Option<Range<usize>> {
    let title = cue::letters(source.document.stated.title.as_deref()?);
    if title.len() < 4 {
        return None;
    }
    // The title of a web page is before its article: after that, others name it.
    let is_article = |b: &Block| {
        let known = source.document.format == Format::Html && b.form == Form::Known(Role::Paragraph);
        known && is_running_text(source.text(&b.lines))
    };
    let first = blocks.iter().take(REACH).position(is_article).unwrap_or(blocks.len().min(REACH));
    (0..first).find_map(|start| {
        let mut rest = title.as_str();
        for (at, block) in blocks.iter().enumerate().take(first).skip(start).filter(|(_, b)| !is_set_aside(b))
        {
            rest = rest.strip_prefix(cue::letters(source.text(&block.lines)).as_str())?;
            if rest.is_empty() {
                return Some(start..at + 1);
            }
        }
        None
    })
}

/// The block that is the document's title.
fn title(source: &Source<'_>, blocks: &[Block]) -> Option<usize> {
    let mut fallback = None;
    let mut first_text = true;
    for (at, block) in blocks.iter().enumerate().take(REACH).filter(|(_, b)| !is_set_aside(b)) {
        let text = source.text(&block.lines);
        match block.form {
            Form::Known(Role::Title) => return Some(at),
            Form::Marked(level) if level <= 2 && !names_a_section(text) && is_alone(source, blocks, at) => {
                return Some(at);
            }
            Form::Known(Role::Heading(1)) if !names_a_section(text) && is_alone(source, blocks, at) => {
                return Some(at);
            }
            Form::Known(Role::Byline | Role::Boilerplate) => continue,
            Form::Text => {}
            Form::Bullet | Form::Enumerated if cue::is_reference_like(text) => continue,
            _ => break,
        }
        if names_a_section(text) {
            break;
        }
        let tail = cue::is_reference_like(text) || (first_text && start_of(text) == Start::Lower);
        if tail && !is_title_like(source, block, false) {
            first_text = false;
            continue;
        }
        if is_running_text(text) {
            break;
        }
        if is_title_like(source, block, first_text)
            && !goes_on(source, blocks, at)
            && is_followed_by_prose(source, blocks, at)
        {
            let role = cue::front_role(text);
            if source.is_capitals(&block.lines) || !matches!(role, FrontRole::Affiliation) {
                return Some(at);
            }
            fallback = fallback.or(Some(at));
        }
        first_text = false;
    }
    fallback
}

/// Returns true if and only if the block may be a cut sentence rather than a title: what follows begins
/// with a small letter, or it ends with a word no title ends with, or it stands last on its page.
fn goes_on(source: &Source<'_>, blocks: &[Block], at: usize) -> bool {
    let text = source.text(&blocks[at].lines);
    let Some(next) = blocks[at + 1..].iter().find(|b| !is_set_aside(b)) else { return true };
    let paged =
        blocks[at + 1..].iter().take_while(|b| b.lines.start <= next.lines.start).any(|b| b.page_break);
    let sure = source.is_capitals(&blocks[at].lines) || is_title_case(text);
    let start = start_of(source.text(&next.lines));
    !source.is_capitals(&blocks[at].lines)
        && (start == Start::Lower || ends_hanging(text) || (paged && !sure))
        || !sure && start == Start::Digit
}

/// Returns true if and only if no other heading stands as high as the one at `at`, names of usual sections
/// apart: headings that come in rows are sections.
fn is_alone(source: &Source<'_>, blocks: &[Block], at: usize) -> bool {
    let form = blocks[at].form;
    !blocks.iter().skip(at + 1).any(|b| b.form == form && !names_a_section(source.text(&b.lines)))
}

fn names_a_section(text: &str) -> bool {
    cue::names_usual_section(text) || cue::names_reference_list(text) || cue::names_abstract(text)
}

fn is_title_like(source: &Source<'_>, block: &Block, is_first: bool) -> bool {
    let text = source.text(&block.lines);
    let words = text.split_whitespace().count();
    let closed =
        matches!(end_of(text), End::Stop | End::Colon | End::Hyphen) && !text.ends_with(['?', '!', '”', '"']);
    if !(10..=250).contains(&text.len())
        || words < 2
        || closed
        || text.contains(['@', '©'])
        || text.contains("://")
    {
        return false;
    }
    let role = cue::front_role(text);
    if matches!(role, FrontRole::Date | FrontRole::Keywords)
        || cue::is_leftover(text)
        || cue::is_masthead(text)
        || text.ends_with(',')
    {
        return false;
    }
    if text.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("by ")) || text.starts_with(['(', '[', '|']) {
        return false;
    }
    source.is_capitals(&block.lines) || is_title_case(text) || (is_first && start_of(text) == Start::Upper)
}

fn is_followed_by_prose(source: &Source<'_>, blocks: &[Block], at: usize) -> bool {
    blocks.iter().skip(at + 1).take(DEPTH).any(|b| {
        let is_text = matches!(b.form, Form::Text | Form::Known(Role::Paragraph));
        is_text && is_running_text(source.text(&b.lines))
    })
}

/// Returns true if and only if `text` is a paragraph rather than a long line of names and places.
fn is_running_text(text: &str) -> bool {
    is_prose(text)
        && (end_of(text) == End::Stop && text.len() >= 80 && !text.contains('@') || has_sentence_inside(text))
}

/// Returns true if and only if a word of three small letters or more is followed by a stop and a capital.
fn has_sentence_inside(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b". ").any(|at| {
        at >= 3
            && bytes[at - 3..at].iter().all(|b| b.is_ascii_lowercase() || *b >= 0x80)
            && text[at + 2..].trim_start().starts_with(|c: char| c.is_uppercase() || c == '“')
    })
}

fn mark_around_title(source: &Source<'_>, blocks: &[Block], title: Range<usize>, marks: &mut [Option<Mark>]) {
    let at = title.start;
    let in_text = matches!(source.document.format, Format::Text | Format::Markdown);
    let is_aside = |b: &Block| is_set_aside(b) || in_text && b.form == Form::Known(Role::Boilerplate);
    for (i, block) in blocks.iter().enumerate().take(at).filter(|(_, b)| !is_aside(b)) {
        let text = source.text(&block.lines);
        let foreign = cue::is_reference_like(text) || is_text(text) || start_of(text) == Start::Lower;
        marks[i] = Some(if foreign { Mark::Foreign } else { Mark::Front(cue::front_role(text)) });
    }
    // A fragment among the entries of another work's list belongs to them.
    if marks[..at].contains(&Some(Mark::Foreign)) {
        let last = marks[..at].iter().rposition(|m| *m == Some(Mark::Foreign)).unwrap_or(0);
        marks[..last].iter_mut().filter(|m| m.is_some()).for_each(|m| *m = Some(Mark::Foreign));
    }
    let parts = blocks.iter().enumerate().take(title.end).skip(at).filter(|(_, b)| !is_set_aside(b));
    parts.for_each(|(i, _)| marks[i] = Some(Mark::Front(FrontRole::Title)));
    let mut next = title.end;
    while let Some(block) = blocks.get(next).filter(|b| b.gap == 0 && !b.page_break && b.form == Form::Text) {
        let same = source.is_capitals(&block.lines) && source.is_capitals(&blocks[at].lines);
        if !same || next >= marks.len() {
            break;
        }
        marks[next] = Some(Mark::Front(FrontRole::Title));
        next += 1;
    }
    mark_behind_title(source, blocks, next, marks);
}

fn mark_behind_title(source: &Source<'_>, blocks: &[Block], from: usize, marks: &mut [Option<Mark>]) {
    let zone = from..marks.len().min(from + DEPTH);
    let mut prose = Vec::new();
    let in_text = matches!(source.document.format, Format::Text | Format::Markdown);
    for i in zone {
        let block = &blocks[i];
        let text = source.text(&block.lines);
        match block.form {
            Form::Furniture | Form::Rule => continue,
            Form::Known(Role::Byline) => continue,
            Form::Known(Role::Boilerplate) if in_text => continue,
            Form::Text | Form::Known(Role::Paragraph) => {}
            _ => return,
        }
        if names_a_section(text) {
            return;
        }
        if cue::is_keywords(text) {
            // What stands between the names and the keywords is the abstract.
            prose.into_iter().for_each(|p| marks[p] = Some(Mark::Abstract));
            return;
        }
        // The reader of web pages leaves the lines of date and author out.
        let is_sentence = source.document.format == Format::Html && end_of(text) == End::Stop;
        if is_running_text(text) || is_sentence || !prose.is_empty() {
            if prose.len() == 4 {
                return;
            }
            prose.push(i);
        } else if text.len() <= 400 && !cue::begins_note(text) && !cue::is_leftover(text) {
            let role = cue::front_role(text);
            if role == FrontRole::Other && source.is_capitals(&block.lines) || end_of(text) == End::Colon {
                return;
            }
            if is_followed_by_prose(source, blocks, i) {
                marks[i] = Some(Mark::Front(role));
            }
        }
    }
}

/// Without a title only lines that can be nothing else are front matter.
fn mark_without_title(source: &Source<'_>, blocks: &[Block], marks: &mut [Option<Mark>]) {
    for (i, block) in blocks.iter().enumerate().take(6.min(marks.len())).filter(|(_, b)| !is_set_aside(b)) {
        let text = source.text(&block.lines);
        if block.form != Form::Text || is_running_text(text) || names_a_section(text) {
            return;
        }
        let by = text.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("by ")) && end_of(text) == End::Open;
        if by || cue::is_date_line(text) {
            marks[i] = Some(Mark::Front(cue::front_role(text)));
        }
    }
}
