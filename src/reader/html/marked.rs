//! What a page marks in its text: headings, bylines, dates; found by walking it once.
//!
//! Marks in menus, asides, teasers and comments are passed over. A byline or a date counts when it is near the
//! headline, or when the page has only one of the kind.

mod hints;
mod lines;

use self::hints::Hints;
use self::lines::{lines, starts_credit};
use super::page_date;
use super::tags::Day;
use crate::bibliography::Date;
use crate::bibliography::evidence::{Candidate, Credit, Origin, Value};
use dom_query::{NodeId, NodeRef};
use std::collections::HashSet;

/// Elements within each other beyond which nothing is looked for.
const DEEPEST: usize = 200;
/// Bytes of text from the headline within which a byline or a date is the article's: after and before it.
const NEAR: (usize, usize) = (2500, 1200);
/// Bytes between marks of one byline, which have the same classes.
const BESIDE: usize = 100;
/// The longest byline, in bytes.
const LONG_BYLINE: usize = 300;
/// How many headings and marks of a kind are looked at.
const MOST: usize = 300;

/// A mark: what was found, and where in the text of the page.
struct Mark<T> {
    from: usize,
    to: usize,
    by: By,
    /// The classes of its element.
    signature: String,
    what: T,
}

/// What marks something, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// Nothing but its place, or the address of a link.
    Place,
    /// A class.
    Class,
    /// `rel`, `itemprop`, `pubdate`.
    Statement,
}

/// All marks of a page, in order.
#[derive(Default)]
struct Marks {
    headings: Vec<Mark<String>>,
    /// Where any heading begins, in order.
    sections: Vec<usize>,
    headlines: Vec<Mark<String>>,
    logos: Vec<String>,
    bylines: Vec<Mark<String>>,
    lines: Vec<Mark<String>>,
    days: Vec<Mark<(Day, Date)>>,
    shown_days: Vec<Mark<(Day, Date)>>,
}

/// What the page marks, the nearest to the headline first. `titles` are its titles in tags and structured data.
pub fn candidates(dom: &dom_query::Document, titles: &[String]) -> Vec<Candidate> {
    let titles: Vec<String> = titles.iter().map(|t| super::letters(t)).filter(|t| !t.is_empty()).collect();
    let around_headline = around_headline(dom, &titles);
    let mut walk = Walk { marks: Marks::default(), at: 0, around_headline, titles };
    walk.children(
        &dom.root(),
        Place {
            depth: 0,
            is_apart: false,
            is_aside: false,
            is_cell: false,
            is_caption: false,
            is_read: false,
        },
    );
    let (marks, titles) = (walk.marks, walk.titles);
    let mut found = Vec::new();
    let place = headline(&marks, &titles);
    for mark in &marks.headings {
        found.push(Candidate { value: Value::Title(mark.what.clone()), origin: Origin::Heading });
    }
    for mark in &marks.headlines {
        found.push(Candidate { value: Value::Title(mark.what.clone()), origin: Origin::MarkedElement });
    }
    for logo in marks.logos.iter().take(3) {
        found.push(Candidate {
            value: Value::Container(logo.replace('\n', " ")),
            origin: Origin::MarkedElement,
        });
    }
    bylines(&marks.bylines, &marks.sections, place, Origin::MarkedElement, &mut found);
    bylines(&marks.lines, &marks.sections, place, Origin::Text, &mut found);
    days(&marks.days, place, &mut found);
    shown_day(&marks.shown_days, place, &mut found);
    found
}

/// Where the headline is in the text of the page.
fn headline(marks: &Marks, titles: &[String]) -> Option<(usize, usize)> {
    let agrees = |mark: &&Mark<String>| agrees(&mark.what, titles);
    let first = marks.headings.iter().find(agrees).or_else(|| marks.headlines.iter().find(agrees));
    first.or(marks.headings.first()).map(|mark| (mark.from, mark.to))
}

/// Returns true if and only if a heading is in one of the titles, or holds one.
fn agrees(heading: &str, titles: &[String]) -> bool {
    let own = super::letters(heading);
    own.len() > 3 && titles.iter().any(|t| t.contains(&own) || own.contains(t.as_str()))
}

/// How far a mark is from the headline; `None` when it is too far.
fn distance<T>(mark: &Mark<T>, headline: (usize, usize)) -> Option<usize> {
    if mark.from >= headline.0 {
        Some(mark.from.saturating_sub(headline.1)).filter(|d| *d <= NEAR.0)
    } else {
        // What is above a headline is more often of something else.
        Some(headline.0.saturating_sub(mark.to)).filter(|d| *d <= NEAR.1).map(|d| d + 400)
    }
}

/// Adds the nearest bylines; where none is near, what it marks alike everywhere. Between the names of one byline no
/// heading begins, as between those of teasers.
fn bylines(
    marks: &[Mark<String>],
    sections: &[usize],
    headline: Option<(usize, usize)>,
    origin: Origin,
    found: &mut Vec<Candidate>,
) {
    let mut groups: Vec<(usize, Vec<&Mark<String>>)> = Vec::new();
    let mut last: Option<&Mark<String>> = None;
    let beside = |one: &Mark<String>, next: &Mark<String>| {
        let is_named = !one.signature.is_empty() || one.by == By::Statement;
        let is_parted =
            sections.partition_point(|at| *at < one.to) < sections.partition_point(|at| *at < next.from);
        is_named
            && one.by == next.by
            && one.signature == next.signature
            && next.from <= one.to + BESIDE
            && !is_parted
    };
    for mark in marks {
        let Some(far) = headline.and_then(|h| distance(mark, h)) else { continue };
        match groups.last_mut() {
            Some((_, group)) if last.is_some_and(|last| beside(last, mark)) => group.push(mark),
            _ => groups.push((far, vec![mark])),
        }
        last = Some(mark);
    }
    groups.sort_by_key(|(far, _)| *far);
    if groups.is_empty() && origin == Origin::MarkedElement {
        let alike = |mark: &Mark<String>| super::letters(&mark.what) == super::letters(&marks[0].what);
        if let Some(first) = marks.first().filter(|first| first.by > By::Place && marks.iter().all(alike)) {
            groups.push((0, vec![first]));
        }
    }
    for (_, group) in groups.into_iter().take(2) {
        let credits = group.iter().map(|mark| Credit { text: mark.what.clone(), is_body: false }).collect();
        found.push(Candidate { value: Value::Credits(credits), origin });
    }
}

/// Adds the dates near the headline, those that the page states by its own word first; else the only one.
fn days(marks: &[Mark<(Day, Date)>], headline: Option<(usize, usize)>, found: &mut Vec<Candidate>) {
    let mut near: Vec<(usize, &Mark<(Day, Date)>)> =
        marks.iter().filter_map(|mark| Some((headline.and_then(|h| distance(mark, h))?, mark))).collect();
    near.sort_by_key(|(far, mark)| (std::cmp::Reverse(mark.by), *far));
    let mut taken: Vec<&Mark<(Day, Date)>> = near.into_iter().map(|(_, mark)| mark).take(3).collect();
    if taken.is_empty()
        && let Some(first) = marks.first()
        && marks.iter().all(|mark| mark.what == first.what)
    {
        taken.push(first);
    }
    for mark in taken {
        let (day, date) = mark.what;
        let value = if day == Day::Changed { Value::Changed(date) } else { Value::Issued(date) };
        found.push(Candidate { value, origin: Origin::MarkedElement });
    }
}

/// Adds the date that is printed right below or above the headline without any mark.
fn shown_day(marks: &[Mark<(Day, Date)>], headline: Option<(usize, usize)>, found: &mut Vec<Candidate>) {
    let close = |mark: &&Mark<(Day, Date)>| {
        let outside = headline.is_some_and(|(from, to)| mark.from < from || mark.from >= to);
        outside && headline.and_then(|h| distance(mark, h)).is_some_and(|far| far <= 500)
    };
    if let Some(mark) = marks.iter().filter(close).min_by_key(|mark| headline.and_then(|h| distance(mark, h)))
    {
        let (day, date) = mark.what;
        let value = if day == Day::Changed { Value::Changed(date) } else { Value::Issued(date) };
        found.push(Candidate { value, origin: Origin::Text });
    }
}

/// The elements around the main heading: they are not aside, whatever their class says.
fn around_headline(dom: &dom_query::Document, titles: &[String]) -> HashSet<NodeId> {
    let (first, lower) = (dom.select("h1"), dom.select("h2, h3"));
    let head = agreeing(&first, titles)
        .or_else(|| first.nodes().first().copied())
        .or_else(|| agreeing(&lower, titles));
    head.map(|node| node.ancestors_it(None).map(|n| n.id).collect()).unwrap_or_default()
}

/// The first of some headings that agrees with a title.
fn agreeing<'d>(heads: &dom_query::Selection<'d>, titles: &[String]) -> Option<NodeRef<'d>> {
    let agrees = |node: &&NodeRef<'d>| lines(node, 500).is_some_and(|text| agrees(&text, titles));
    heads.nodes().iter().take(MOST).find(agrees).copied()
}

#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    /// Within a menu, a teaser, a comment.
    is_apart: bool,
    /// Within an aside.
    is_aside: bool,
    /// Within a cell of a table, or an element of another date, where dates are of other things.
    is_cell: bool,
    /// Within a figure or its caption, where photographers are named.
    is_caption: bool,
    /// Within a byline that has been read.
    is_read: bool,
}

struct Walk {
    marks: Marks,
    /// Bytes of text before here.
    at: usize,
    around_headline: HashSet<NodeId>,
    /// Letters of the titles that the page states.
    titles: Vec<String>,
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>, place: Place) {
        for child in node.children_it(false) {
            if child.is_text() {
                let text = child.text();
                if !place.is_apart && !place.is_aside && !place.is_cell && !place.is_caption {
                    self.shown_day(text.trim());
                }
                if !place.is_apart && !place.is_aside && !place.is_caption && !place.is_read {
                    self.line(&child, text.trim_start());
                }
                self.at += text.split_whitespace().map(|word| word.len() + 1).sum::<usize>();
            } else if child.is_element() && place.depth < DEEPEST {
                self.element(&child, Place { depth: place.depth + 1, ..place });
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, mut place: Place) {
        let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
        if lines::UNSEEN.contains(&name.as_str()) {
            return;
        }
        let hints = Hints::of(node, &name);
        let is_around = self.around_headline.contains(&node.id);
        if matches!(name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            self.marks.sections.push(self.at);
        }
        place.is_apart |= hints.is_apart() && !is_around;
        place.is_cell |= matches!(name.as_str(), "td" | "th") || hints.is_of_other_day();
        place.is_caption |= matches!(name.as_str(), "figure" | "figcaption");
        place.is_aside |= hints.is_aside() && !is_around;
        let from = self.at;
        let headings = self.marks.headings.len();
        let byline = self.byline(node, &hints, place);
        place.is_read |= byline.is_some();
        self.children(node, place);
        let (to, at) = (self.at, from);
        if let Some(text) = byline {
            let by = match () {
                () if hints.is_stated_author() => By::Statement,
                () if hints.is_profile_link() => By::Place,
                () => By::Class,
            };
            self.marks.bylines.push(Mark { from: at, to, by, signature: hints.signature(), what: text });
        }
        if place.is_apart || place.is_aside && !hints.is_stated_day(node) {
            return;
        }
        let is_lower = matches!(name.as_str(), "h2" | "h3" | "h4");
        if name == "h1" || (is_lower || hints.is_headline()) && self.marks.headings.len() == headings {
            self.heading(node, &name, hints.is_headline(), from);
        }
        self.day(node, &name, &hints, from);
    }

    /// The text of a byline that begins with this element; long ones are looked for within it.
    fn byline(&self, node: &NodeRef<'_>, hints: &Hints, place: Place) -> Option<String> {
        let is_author = if place.is_aside { hints.is_stated_author() } else { hints.is_author() };
        let looks = !place.is_apart
            && !place.is_caption
            && !place.is_read
            && is_author
            && self.marks.bylines.len() < MOST;
        let text = looks.then(|| lines(node, LONG_BYLINE)).flatten()?;
        text.chars().any(char::is_alphabetic).then_some(text)
    }

    fn heading(&mut self, node: &NodeRef<'_>, name: &str, is_marked: bool, from: usize) {
        let Some(text) = lines(node, 600).filter(|t| t.chars().any(char::is_alphanumeric)) else { return };
        if name != "h1" && !is_marked && !agrees(&text, &self.titles) {
            return;
        }
        if is_logo(node) {
            self.marks.logos.push(text);
            return;
        }
        let mark = Mark { from, to: self.at, by: By::Class, signature: String::new(), what: text };
        let into = if name == "h1" { &mut self.marks.headings } else { &mut self.marks.headlines };
        if into.len() < 40 {
            into.push(mark);
        }
    }

    fn day(&mut self, node: &NodeRef<'_>, name: &str, hints: &Hints, from: usize) {
        if self.marks.days.len() >= MOST {
            return;
        }
        let Some(day) = hints.day(name) else { return };
        let title = || node.attr("title").filter(|_| name == "time");
        let stated = node.attr("datetime").or_else(|| node.attr("content")).or_else(title);
        let stated = stated.and_then(|text| page_date::read(&text)).filter(|d| d.day.is_some());
        let shown = || lines(node, 120);
        let Some(date) = stated.or_else(|| page_date::shown(&shown()?)) else { return };
        // `Updated: 3 May 2020` in an element that only says that it is a time.
        let day = match (day, shown().as_deref().and_then(hints::said_day)) {
            (Day::Published, Some(said)) => said,
            _ => day,
        };
        let by = if hints.is_stated_day(node) { By::Statement } else { By::Class };
        self.marks.days.push(Mark { from, to: self.at, by, signature: String::new(), what: (day, date) });
    }

    /// A text that is nothing but a date.
    fn shown_day(&mut self, text: &str) {
        let is_short = (8..=70).contains(&text.len()) && text.bytes().any(|b| b.is_ascii_digit());
        if !is_short || self.marks.shown_days.len() >= MOST || text.split_whitespace().count() > 9 {
            return;
        }
        if let Some(date) = page_date::shown(text) {
            let day = hints::said_day(text).unwrap_or(Day::Published);
            let (from, signature) = (self.at, String::new());
            self.marks.shown_days.push(Mark { from, to: from, by: By::Place, signature, what: (day, date) });
        }
    }

    /// A line of text that begins as credits do, `By Anna Lind`, without any mark.
    fn line(&mut self, node: &NodeRef<'_>, text: &str) {
        if self.marks.lines.len() >= MOST || !starts_credit(text) {
            return;
        }
        let Some(parent) = node.parent() else { return };
        // `<span>By</span> <a>Anna Lind</a>`: the names are in the element around that of the word.
        let holds_more =
            |line: &String| line.len() > text.trim().len() + 2 || text.split_whitespace().count() > 2;
        let own = lines(&parent, 200).filter(holds_more);
        let Some(line) = own.or_else(|| lines(&parent.parent()?, 200)) else { return };
        let line = line.lines().skip_while(|l| !starts_credit(l)).collect::<Vec<_>>().join("\n");
        if !line.is_empty() {
            self.marks.lines.push(Mark {
                from: self.at,
                to: self.at,
                by: By::Place,
                signature: String::new(),
                what: line,
            });
        }
    }
}

/// A heading that is a link to the first page of the site.
fn is_logo(heading: &NodeRef<'_>) -> bool {
    let link = heading
        .descendants_it()
        .take(8)
        .find(|n| n.has_name("a"))
        .or_else(|| heading.parent().filter(|n| n.has_name("a")));
    link.and_then(|a| a.attr("href")).is_some_and(|href| {
        let path =
            href.split_once("//").map_or(&*href, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        matches!(path.trim(), "" | "/" | "./" | "index.html" | "/index.html")
    })
}
