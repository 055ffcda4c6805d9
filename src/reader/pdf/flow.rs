//! The paragraphs of a document in reading order, over the ends of columns and pages.

use super::columns::Column;
use super::edges;
use super::heads;
use super::lines::Line;
use super::notes::Notes;
use super::pages::Sheet;
use super::paragraphs::{self, Part, Setting};
use super::spacing::{Look, Spacing, look};
use super::tables::{self, Element};
use crate::clean::hyphen::{Cut, Vocabulary};
use crate::clean::line_end::{close, cut_word};
use crate::clean::wording::{End, bullet, enumerator, last_word};
use crate::document::{Document, Role};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Columns of one width, and edges at one place. In points.
const SAME_WIDTH: f32 = 6.0;
const SAME_PLACE: f32 = 2.0;
/// Lines below which a paragraph is too short to show that it goes on.
const FEWEST_LINES: usize = 2;

/// A paragraph, a note, a row, or something else that is printed for itself.
pub struct Paragraph {
    /// Its printed lines, each with its page, from 0.
    lines: Vec<(String, u32)>,
    kind: Kind,
    /// How it is set; `None` where the library read it.
    set: Option<Set>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A paragraph, or what only its words show to be none.
    Text,
    /// A line that is the author's, as in a program.
    Line,
    Row,
    Note,
    /// A running head, or numbers of lines.
    Head,
}

struct Set {
    first: Line,
    last: Line,
    /// How many lines it has.
    count: usize,
    /// Its first line is set in; its last is full.
    is_set_in: bool,
    is_full: bool,
    /// How wide its column is. In points.
    width: f32,
    /// The number of its column, over all pages.
    column: usize,
    /// It stands at the edge of several pages.
    is_edge: bool,
}

/// Appends all pages to the document; pages up to `count`, from 1, are there, whether they were read or not.
pub fn push(document: &mut Document, pages: &BTreeMap<u32, Sheet>, count: u32) {
    let mut elements: BTreeMap<u32, Vec<Element>> =
        pages.iter().map(|(page, sheet)| (*page, tables::elements(&sheet.content))).collect();
    edges::part(&mut elements);
    let columns = elements.values().flatten().filter_map(|element| match element {
        Element::Column(column) if !column.is_edge => Some(column),
        _ => None,
    });
    let spacing = Spacing::of(columns);
    let heads = heads::running(pages);
    let mut reading =
        Reading { spacing: &spacing, notes: Notes::default(), paragraphs: Vec::new(), column: 0 };
    for (page, elements) in elements {
        let from = reading.paragraphs.len();
        reading.take_page(page - 1, elements);
        let is_head = |p: &&mut Paragraph| {
            p.kind == Kind::Text && heads.contains(&(page, heads::letters(&p.text_for_itself())))
        };
        if let Some(head) = reading.paragraphs[from..].iter_mut().find(is_head) {
            head.kind = Kind::Head;
        }
        let numbers = pages.get(&page).map(|sheet| sheet.line_numbers.join(" ")).unwrap_or_default();
        if !numbers.is_empty() {
            let lines = vec![(numbers, page - 1)];
            reading.paragraphs.push(Paragraph { lines, kind: Kind::Head, set: None });
        }
    }
    let mut paragraphs = reading.paragraphs;
    join(&mut paragraphs, spacing.body);
    write(document, paragraphs, count);
}

/// What is read of the pages, one after another.
struct Reading<'s> {
    spacing: &'s Spacing,
    notes: Notes,
    paragraphs: Vec<Paragraph>,
    column: usize,
}

impl Reading<'_> {
    fn take_page(&mut self, page: u32, elements: Vec<Element>) {
        let (mut columns, mut order) = (Vec::new(), Vec::new());
        for element in elements {
            match element {
                Element::Column(column) => {
                    order.push(None);
                    columns.push(column);
                }
                Element::Row(cells) => order.push(Some((Kind::Row, vec![cells]))),
                Element::Text(lines) => order.push(Some((Kind::Text, lines))),
                Element::Line(text) => order.push(Some((Kind::Line, vec![text]))),
            }
        }
        let notes = self.notes.find(&columns);
        let mut columns = columns.into_iter().zip(notes);
        for element in order {
            match element {
                Some((kind, lines)) => {
                    let lines = lines.into_iter().map(|line| (line, page)).collect();
                    self.paragraphs.push(Paragraph { lines, kind, set: None });
                }
                None => {
                    if let Some((column, notes)) = columns.next() {
                        self.take_column(page, column, notes);
                    }
                }
            }
        }
    }

    fn take_column(&mut self, page: u32, column: Column, notes: Option<std::ops::Range<usize>>) {
        self.column += 1;
        let Some(notes) = notes else { return self.take_text(page, &column) };
        let mut lines = column.lines;
        let below = lines.split_off(notes.end);
        let notes = lines.split_off(notes.start);
        self.take_text(page, &Column::new(lines));
        for note in self.notes.split(&notes) {
            let lines = note.lines.into_iter().map(|line| (line.text, page));
            let last = self.paragraphs.iter_mut().rfind(|p| p.kind == Kind::Note).filter(|_| note.goes_on);
            match last {
                Some(last) => last.lines.extend(lines),
                None => {
                    self.paragraphs.push(Paragraph { lines: lines.collect(), kind: Kind::Note, set: None });
                }
            }
        }
        self.take_text(page, &Column::new(below));
    }

    fn take_text(&mut self, page: u32, column: &Column) {
        if column.lines.is_empty() {
            return;
        }
        let setting = Setting::of(column, self.spacing);
        for part in paragraphs::parts(column, self.spacing) {
            match part {
                Part::Row(cells) => {
                    let text = cells.join(" | ");
                    self.paragraphs.push(Paragraph { lines: vec![(text, page)], kind: Kind::Row, set: None });
                }
                Part::Text(lines) if is_program(&lines) => {
                    for line in lines {
                        let lines = vec![(line.text, page)];
                        self.paragraphs.push(Paragraph { lines, kind: Kind::Line, set: None });
                    }
                }
                Part::Text(lines) => {
                    let Some(set) = Set::of(&lines, &setting, (self.column, column.is_edge)) else {
                        continue;
                    };
                    let lines = lines.into_iter().map(|line| (line.text, page)).collect();
                    self.paragraphs.push(Paragraph { lines, kind: Kind::Text, set: Some(set) });
                }
            }
        }
    }
}

/// Lines set in letters of one width whose ends are the author's, as those of programs are.
fn is_program(lines: &[Line]) -> bool {
    if !lines.iter().all(Line::is_typewritten) {
        return false;
    }
    let going_on = lines.windows(2).filter(|pair| look(&pair[0], &pair[1]) == Look::Within).count();
    lines.len() > 1 && going_on * 3 < lines.len() - 1
}

impl Set {
    fn is_sized(&self, size: f32) -> bool {
        (self.last.size - size).abs() <= 0.04 * size.max(self.last.size)
    }

    fn of(lines: &[Line], setting: &Setting<'_>, (column, is_edge): (usize, bool)) -> Option<Set> {
        let (first, last) = (lines.first()?, lines.last()?);
        Some(Set {
            first: first.clone(),
            last: last.clone(),
            count: lines.len(),
            is_set_in: setting.is_set_in(first),
            is_full: setting.is_full(last),
            width: setting.width(),
            column,
            is_edge,
        })
    }
}

impl Paragraph {
    fn page(&self) -> u32 {
        self.lines.first().map_or(0, |(_, page)| *page)
    }

    fn text_for_itself(&self) -> String {
        self.lines.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Joins paragraphs that the end of a column or a page has cut in two. `body` is the size of the text.
fn join(paragraphs: &mut Vec<Paragraph>, body: f32) {
    let indents = first_lines_are_set_in(paragraphs);
    let mut joined: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    // The paragraph that may go on, and the column that has nothing more of it.
    let (mut open, mut done): (Option<usize>, usize) = (None, 0);
    for mut paragraph in paragraphs.drain(..) {
        let is_text = |set: &&Set| paragraph.kind == Kind::Text && !set.is_edge && set.is_sized(body);
        let Some(set) = paragraph.set.as_ref().filter(is_text) else {
            joined.push(paragraph);
            continue;
        };
        let (column, is_label) = (set.column, set.count == 1 && (!set.is_full || set.is_set_in));
        let before = open.filter(|_| column != done).and_then(|i| joined.get_mut(i));
        if let Some(before) = before
            && goes_on(before, &paragraph, indents)
        {
            before.lines.append(&mut paragraph.lines);
            if let (Some(before), Some(set)) = (&mut before.set, paragraph.set) {
                *before = Set { first: before.first.clone(), count: before.count + set.count, ..set };
            }
            done = column;
            continue;
        }
        // A short line at the head of a column may be no text: what is below it may go on still.
        if !is_label || column == done || open.is_none() {
            done = column;
            open = Some(joined.len());
        }
        joined.push(paragraph);
    }
    *paragraphs = joined;
}

/// Most paragraphs of several lines begin with a line that is set in.
fn first_lines_are_set_in(paragraphs: &[Paragraph]) -> bool {
    let sets = || paragraphs.iter().filter_map(|p| p.set.as_ref()).filter(|set| set.count > FEWEST_LINES);
    let set_in = sets().filter(|set| set.is_set_in).count();
    set_in * 2 > sets().count()
}

/// Returns true if and only if `after`, the first of its column, is the rest of `before`.
fn goes_on(before: &Paragraph, after: &Paragraph, indents: bool) -> bool {
    let (Some(above), Some(set)) = (&before.set, &after.set) else { return false };
    let (last, first) = (&above.last, &set.first);
    let alike = last.is_sized_as(first) && last.face == first.face && above.column != set.column;
    if !alike || last.set.is_heading || first.set.is_heading {
        return false;
    }
    if bullet(&first.text).is_some() || enumerator(&first.text).is_some() {
        return false;
    }
    match look(last, first) {
        Look::Within => above.is_full || above.count >= FEWEST_LINES,
        Look::Between if above.is_full && ends_in_initials(&last.text) => true,
        Look::Between => {
            let is_same_page = before.lines.last().is_some_and(|(_, page)| *page == after.page());
            let other_width = (above.width - set.width).abs();
            let is_beside = other_width <= if is_same_page { SAME_WIDTH } else { SAME_PLACE };
            let is_below = !is_same_page && (last.left - first.left).abs() <= SAME_PLACE;
            indents
                && (is_beside || is_below)
                && !set.is_set_in
                && above.is_full
                && above.count >= FEWEST_LINES
                && set.count >= FEWEST_LINES
        }
        // A name or a number behind the cut.
        Look::Open => {
            last.end == End::Open
                && above.is_full
                && above.count >= FEWEST_LINES
                && set.count >= FEWEST_LINES
                && !(indents && set.is_set_in)
        }
    }
}

/// A stop that may be one of initials: `the U.S.`
fn ends_in_initials(text: &str) -> bool {
    let word = last_word(text);
    let letters = word.strip_suffix('.').map(|word| word.split('.'));
    letters.is_some_and(|mut letters| {
        word.contains('.') && letters.all(|l| l.chars().count() == 1 && l.starts_with(char::is_uppercase))
    })
}

/// Appends the paragraphs to the document, with what their words say of the hyphens at line ends.
fn write(document: &mut Document, paragraphs: Vec<Paragraph>, count: u32) {
    let pairs = || paragraphs.iter().flat_map(|p| p.lines.windows(2));
    let cuts: Vec<Cut<'_>> = pairs().filter_map(|pair| cut_word(&pair[0].0, &pair[1].0)).collect();
    let lines = paragraphs.iter().flat_map(|p| &p.lines).map(|(text, _)| text.as_str());
    let vocabulary = Vocabulary::of(&cuts, lines);
    let mut before: Option<(Kind, u32)> = None;
    let mut pages = 0;
    for paragraph in &paragraphs {
        let page = paragraph.page();
        let runs_on = before.is_some_and(|(kind, last)| {
            kind == paragraph.kind && last == page && matches!(kind, Kind::Row | Kind::Line)
        });
        if let Some((_, last)) = before.filter(|_| !runs_on) {
            document.push("", Role::Raw, 0, last);
        }
        while pages < page {
            document.breaks.push(document.lines.len());
            pages += 1;
        }
        write_paragraph(document, paragraph, &vocabulary);
        before = Some((paragraph.kind, page));
    }
    if let Some((_, last)) = before {
        document.push("", Role::Raw, 0, last);
    }
    while pages + 1 < count {
        document.breaks.push(document.lines.len());
        pages += 1;
    }
}

fn write_paragraph(document: &mut Document, paragraph: &Paragraph, vocabulary: &Vocabulary) {
    let mut text = String::new();
    let mut turns: Vec<(usize, u32)> = Vec::new();
    let mut before: Option<&(String, u32)> = None;
    for line in &paragraph.lines {
        if let Some((last, page)) = before {
            close(&mut text, last, &line.0, vocabulary);
            if *page != line.1 {
                turns.push((text.len(), line.1));
            }
        }
        text.push_str(&line.0);
        before = Some(line);
    }
    let role = match paragraph.kind {
        Kind::Text | Kind::Line => Role::Raw,
        Kind::Row => Role::TableRow,
        Kind::Note => Role::Footnote,
        Kind::Head => Role::Boilerplate,
    };
    // Composed letters may be shorter: each page's part is written for itself.
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    let start = document.text.len();
    for (at, page) in turns {
        whole.extend(text[from..at].nfc());
        document.turns.push((start + whole.len(), page));
        from = at;
    }
    whole.extend(text[from..].nfc());
    if !whole.trim().is_empty() {
        document.push(&whole, role, 0, paragraph.page());
    }
}
