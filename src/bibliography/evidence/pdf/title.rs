//! The title as it is printed: the largest type at the top of the first page that is no label and no letterhead.

use super::labels::{ends_with_kind, is_body_name, is_date_line, is_label};
use super::lines::{
    Group, body_size, groups, has_cover, is_capitals, is_same_type, is_title_case, letters, words,
};
use super::persons::{is_surely_author_line, names_one_of};
use crate::bibliography::Name;
use crate::document::PrintedLine;

/// Size of a title's type against the running text from which the type alone tells it.
const LARGER: f32 = 1.12;
/// The gap within a title on a cover, in sizes of its type.
const LATER: f32 = 4.5;
/// The part of the page, from the top, within which a title begins.
const REACH: f32 = 0.66;
/// The same for a title that is told by bold type or capitals only.
const NEAR_REACH: f32 = 0.4;
/// Words of a title at most; a longer text in large type is a pull quote or an abstract.
const MOST_WORDS: usize = 48;
/// The distance to the text below, in sizes of type, that sets a first line apart as title.
const APART: f32 = 1.45;

/// A title as printed, and what else of the page depends on where it is.
#[derive(Debug, Clone)]
pub struct PrintedTitle {
    /// Its text, as printed.
    pub text: String,
    /// Its page (0 or 1) and the height of its last line, as a share of the page's height from the upper edge.
    pub end: (u32, f32),
    /// The height of its first line.
    pub top: f32,
    /// Size of its type in points.
    pub size: f32,
    /// Its type is larger than that of the running text.
    pub is_large: bool,
}

impl PrintedTitle {
    /// Returns true if and only if a line is set in the type of a title that is set larger than the text.
    pub fn is_type_of(&self, line: &PrintedLine) -> bool {
        self.is_large && (self.size - line.size).abs() < 0.04 * self.size
    }
}

/// The printed title; `None` when no lines are set apart as one. `stated_authors`, whom the file's fields give, tell lines of
/// authors in the title's type from the title.
pub fn find(printed: &[PrintedLine], stated_authors: &[Name]) -> Option<PrintedTitle> {
    let body = body_size(printed);
    let groups: Vec<Group<'_>> =
        groups(printed, 0).iter().filter_map(|group| cleaned(group, stated_authors)).collect();
    largest(&groups, body)
        .map(|group| after_series(group, &groups, body))
        .map(|group| with_later_lines(group, &groups, printed))
        .map(|group| with_subtitle(group, &groups))
        .or_else(|| set_off(&groups, printed, body))
        .or_else(|| first_line(printed))
        .map(|group| finished(&group, printed))
}

/// A group without lines that are labels, dates or names of bodies at its beginning, and labels or authors at its end;
/// `None` when nothing stays.
fn cleaned<'d>(group: &Group<'d>, stated_authors: &[Name]) -> Option<Group<'d>> {
    if is_body_name(&group.text()) {
        return None;
    }
    // A long title may name a body in one of its lines.
    let long = group.lines().len() > 3;
    group.trimmed(
        |line| is_label(line) || is_body_name(line) && !long,
        |line| is_label(line) || is_surely_author_line(line) || names_one_of(line, stated_authors),
    )
}

/// The group below the name of a series in larger type (`Harbour Office Research Abstract`), when that is set off too.
fn after_series<'d>(group: Group<'d>, groups: &[Group<'d>], body: f32) -> Group<'d> {
    let line = group.last();
    let below = groups.iter().find(|other| {
        let first = other.first();
        first.top > line.top && first.top - line.top < 4.0 * line.height
    });
    let is_title = |other: &&Group<'d>| {
        let (first, text) = (other.first(), other.text());
        (first.is_bold || first.size >= LARGER * body) && is_possible(&text) && is_title_case(&text)
    };
    match below.filter(is_title) {
        Some(title) if ends_with_kind(&group.text()) => title.clone(),
        _ => group,
    }
}

/// A title that ends with a colon with the group that it announces.
fn with_subtitle<'d>(group: Group<'d>, groups: &[Group<'d>]) -> Group<'d> {
    let line = group.last();
    let below = groups.iter().find(|other| {
        let gap = (other.first().top - line.top) / line.height.max(1e-4);
        (0.3..3.0).contains(&gap)
    });
    match below.filter(|below| group.text().ends_with(':') && is_possible(&below.text())) {
        Some(below) => below.lines().iter().fold(group.clone(), |title, line| title.with(line)),
        None => group,
    }
}

/// On a cover, the title with further lines of its type below, though a gap parts them.
fn with_later_lines<'d>(group: Group<'d>, groups: &[Group<'d>], printed: &[PrintedLine]) -> Group<'d> {
    if !has_cover(printed) {
        return group;
    }
    let mut title = group;
    for other in groups.iter().filter(|other| other.first().top > title.last().top).collect::<Vec<_>>() {
        let (last, first) = (title.last(), other.first());
        if !is_same_type(last, first) || first.top - last.top > LATER * last.height {
            break;
        }
        for line in other.lines() {
            title = title.with(line);
        }
    }
    title
}

/// Returns true if and only if a text reads as a title may.
fn is_possible(text: &str) -> bool {
    let count = words(text).len();
    let first = text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    let hangs = text.ends_with([',', ';']) || text.to_lowercase().ends_with(" and");
    (2..=MOST_WORDS).contains(&count)
        && letters(text).len() >= 6
        && first.is_some_and(|c| !c.is_lowercase())
        && text.starts_with(|c: char| c.is_alphanumeric() || "“‘\"'(¿¡«[".contains(c))
        && !is_numbered_heading(text)
        && !is_sentence(text)
        && !names_a_periodical(text)
        && !is_garbled(text)
        && !hangs
        && !is_label(text)
        && !is_body_name(text)
}

/// Returns true if and only if a text is a sentence or more, as notices in large type are.
fn is_sentence(text: &str) -> bool {
    let count = words(text).len();
    let ends = text.ends_with('.') && !is_capitals(text) && count >= 10;
    ends || count >= 8 && text.split(". ").filter(|part| words(part).len() >= 4).count() > 2
}

/// Returns true if and only if a text begins with the number of a section: `1.1 A simple case`, `2. Methods`.
fn is_numbered_heading(text: &str) -> bool {
    let number = text.split_whitespace().next().unwrap_or_default();
    number.contains('.') && number.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Returns true if and only if a text is the name of a journal or a series.
fn names_a_periodical(text: &str) -> bool {
    const PERIODICALS: [&str; 7] = [
        "journal of ",
        "proceedings of ",
        "transactions on ",
        "transactions of ",
        "annals of ",
        "bulletin of ",
        "international journal ",
    ];
    let lower = text.to_lowercase();
    PERIODICALS.iter().any(|start| lower.starts_with(start))
}

/// Returns true if and only if signs are mixed into the words, as where a font does not say which letters it shows.
fn is_garbled(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let inside = chars
        .windows(3)
        .filter(|c| c[0].is_alphanumeric() && c[2].is_alphanumeric() && "?!*~;|{}<>=$%^_\\".contains(c[1]));
    let no_vowel = text.split_whitespace().any(|word| {
        let letters = word.chars().filter(|c| c.is_ascii_alphabetic()).count();
        letters >= 7 && !word.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])
    });
    let odd = chars.iter().filter(|c| "‹›ƒ†‡¶·•{}[]|~^_\\<>=".contains(**c)).count();
    inside.count() >= 2.min(text.split_whitespace().count()) || no_vowel || 12 * odd > chars.len()
}

/// The group in the largest type, of those in larger type than the running text.
fn largest<'d>(groups: &[Group<'d>], body: f32) -> Option<Group<'d>> {
    let mut best: Option<&Group<'d>> = None;
    for group in groups {
        let line = group.first();
        let text = group.text();
        let one_word = line.size >= 1.6 * body
            && letters(&text).len() >= 5
            && text.starts_with(char::is_uppercase)
            && text.chars().all(|c| c.is_lowercase() || c.is_uppercase() || "-–’'".contains(c))
            && !is_label(&text)
            && !names_a_periodical(&text)
            && !is_garbled(&text);
        if line.size < LARGER * body || line.top > REACH || !(is_possible(&text) || one_word) {
            continue;
        }
        let key = |g: &Group<'_>| ((g.first().size * 2.0).round() as i32, g.first().is_bold);
        if best.is_none_or(|b| key(group) > key(b)) {
            best = Some(group);
        }
    }
    best.cloned()
}

/// The first group in bold type or capitals where most of the page is in neither, with only labels and letterheads above.
fn set_off<'d>(groups: &[Group<'d>], printed: &[PrintedLine], body: f32) -> Option<Group<'d>> {
    let page = || printed.iter().filter(|line| line.page == 0);
    let letters_of = |bold: bool| -> usize {
        page().filter(|line| !bold || line.is_bold).map(|line| line.text.chars().count()).sum()
    };
    if 2 * letters_of(true) > letters_of(false) {
        return None;
    }
    let group = groups.iter().find(|group| !is_address(&group.text()))?;
    let line = group.first();
    let text = group.text();
    let is_set_off = (line.is_bold || is_capitals(&text)) && line.size >= 0.98 * body;
    (is_set_off && line.top <= NEAR_REACH && is_possible(&text) && is_title_case(&text))
        .then(|| group.clone())
}

/// The first line or two of a typescript: nothing in it is set otherwise, but a gap parts the title from the text.
fn first_line<'d>(printed: &'d [PrintedLine]) -> Option<Group<'d>> {
    let page: Vec<&PrintedLine> = printed.iter().filter(|line| line.page == 0).collect();
    let first = page.first()?;
    let alike = page.iter().filter(|line| (line.size - first.size).abs() < 0.1).count();
    if page.len() < 6 || 10 * alike < 9 * page.len() {
        return None;
    }
    let gap = |at: usize| Some((page.get(at + 1)?.top - page.get(at)?.top) / first.height.max(1e-4));
    let pitches: Vec<f32> = (2..page.len()).filter_map(|at| gap(at - 1)).filter(|g| *g > 0.5).collect();
    let pitch = pitches.iter().copied().fold(f32::MAX, f32::min);
    let lines = (1..=2).find(|n| gap(n - 1).is_some_and(|g| g > APART * pitch))?;
    let mut group = Group::of(first);
    if lines == 2 {
        group = group.with(page.get(1)?);
    }
    let text = group.text();
    let ends = text.ends_with(['.', ':', '!']) || text.contains(". ");
    let count = words(&text).len();
    ((4..=20).contains(&count) && is_possible(&text) && !ends && first.top < 0.2).then_some(group)
}

/// Returns true if and only if a line is part of a postal address or gives a telephone number.
fn is_address(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_ascii_digit()).count();
    let first = words(text).first().is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()));
    words(text).len() <= 8 && (digits >= 5 || first)
}

/// The title's text and place; an article that is set apart above it (`The` over a large name) is part of it.
fn finished(group: &Group<'_>, printed: &[PrintedLine]) -> PrintedTitle {
    let first = group.first();
    let above = printed.iter().rfind(|line| line.page == first.page && line.top < first.top);
    let article = above.filter(|line| {
        matches!(line.text.as_str(), "The" | "THE" | "A" | "An" | "AN")
            && first.top - line.top < 2.0 * first.height
    });
    let group = group.trimmed(is_date_line, is_date_line).unwrap_or_else(|| group.clone());
    let text = without_note_mark(&group.text());
    let text = article.map_or(text.clone(), |line| format!("{} {text}", line.text));
    PrintedTitle {
        text,
        end: (first.page, group.last().top),
        top: first.top,
        size: first.size,
        is_large: first.size >= LARGER * body_size(printed),
    }
}

/// A title without the mark of a note at its end: a sign, or a digit glued to a word.
fn without_note_mark(title: &str) -> String {
    // Marks within it, at the ends of lines, go too.
    let title = title.replace("* ", " ");
    let bare = title.trim_end_matches(|c: char| c.is_whitespace() || "*†‡∗⋆⁎✩☆:".contains(c));
    let word = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let letters = word.chars().rev().take_while(|c| c.is_lowercase()).count();
    if bare.len() - word.len() == 1 && letters >= 5 { word.to_owned() } else { bare.to_owned() }
}

/// Whether a stated title is printed: its letters are those of lines of the first two pages, whole lines of one type in a
/// row. Gives the place of the lines.
pub fn whole_lines(title: &str, printed: &[PrintedLine]) -> Option<PrintedTitle> {
    let wanted = letters(title);
    let pages: Vec<&PrintedLine> = printed.iter().filter(|line| line.page < 2).collect();
    (0..pages.len()).find_map(|start| {
        let mut rest = wanted.as_str();
        for line in pages.iter().skip(start).take(8).take_while(|line| is_same_type(line, pages[start])) {
            rest = rest.strip_prefix(letters(&line.text).as_str())?;
            if rest.is_empty() {
                let first = pages[start];
                return Some(PrintedTitle {
                    text: title.to_owned(),
                    end: (line.page, line.top),
                    top: first.top,
                    size: first.size,
                    is_large: first.size >= LARGER * body_size(printed),
                });
            }
        }
        None
    })
}
