//! What is rendered at ingest and stored with each source.

use super::cite::Locator;
use super::markup::Markup;
use super::render::{Item, render};
use super::style::Style;
use crate::bibliography::Work;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::VecDeque;

/// A source's citation in the default style (APA 7), rendered at ingest so that a search never pays for
/// a CSL processor. `{}` stands where the locator goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoredCitation {
    /// The entry of the reference list, plain text.
    pub reference: String,
    /// Without locator: `(Khan & Zhen, 2021)`.
    pub bare: String,
    /// With a paragraph: `(Khan & Zhen, 2021, para. {})`.
    pub paragraph: String,
    /// With one page: `(Khan & Zhen, 2021, p. {})`.
    pub page: String,
    /// With a range of pages: `(Khan & Zhen, 2021, pp. {})`.
    pub pages: String,
}

/// How many citations of works without a title are remembered.
const REMEMBERED: usize = 16;

/// The default style, decoded once a thread since that takes longer than a citation, and what it last made of works
/// without a title: many are the same, of which nothing is known.
struct Renderer {
    style: Option<Style>,
    untitled: VecDeque<(Work, Option<char>, StoredCitation)>,
}

thread_local! {
    static APA: RefCell<Renderer> = const { RefCell::new(Renderer { style: None, untitled: VecDeque::new() }) };
}

/// A work's citation in the default style.
pub fn render_stored(work: &Work, letter: Option<char>) -> StoredCitation {
    APA.with_borrow_mut(|renderer| renderer.render(work, letter))
}

impl Renderer {
    fn render(&mut self, work: &Work, letter: Option<char>) -> StoredCitation {
        if self.style.is_none() {
            self.style = Style::find("apa").ok();
        }
        let Some(style) = &self.style else { return StoredCitation::default() };
        if work.title.is_some() {
            return render_with(style, work, letter);
        }
        let same = |(w, l, _): &&(Work, Option<char>, StoredCitation)| *l == letter && w == work;
        if let Some((_, _, citation)) = self.untitled.iter().find(same) {
            return citation.clone();
        }
        let citation = render_with(style, work, letter);
        self.untitled.truncate(REMEMBERED - 1);
        self.untitled.push_front((work.clone(), letter, citation.clone()));
        citation
    }
}

/// A paragraph number that no title holds, to find the place of the locator by.
const MARK: &str = "987654321";

fn render_with(style: &Style, work: &Work, letter: Option<char>) -> StoredCitation {
    let locator = Locator::Paragraph(MARK.to_owned());
    let item = Item { key: "key", work, letter, locator: Some(&locator) };
    let rendered = render(style, &item, Markup::Plain);
    // The processor is asked once; the other forms differ from this one only in APA's word for the locator
    // (Publication Manual, 7th ed., section 8.13).
    let with = |word: &str| rendered.in_text.replace(&format!("para. {MARK}"), word);
    StoredCitation {
        reference: rendered.reference.unwrap_or_default(),
        bare: rendered.in_text.replace(&format!(", para. {MARK}"), ""),
        paragraph: with("para. {}"),
        page: with("p. {}"),
        pages: with("pp. {}"),
    }
}

/// A work's citation in any style, with `{}` where the locator goes.
pub fn render_styled(style: &Style, work: &Work, letter: Option<char>) -> StoredCitation {
    let cited = |locator: Option<Locator>| {
        render(style, &Item { key: "key", work, letter, locator: locator.as_ref() }, Markup::Plain)
    };
    let with = |locator| cited(Some(locator)).in_text.replace(MARK, "{}");
    let range = format!("{MARK}–{MARK}");
    let bare = cited(None);
    StoredCitation {
        reference: bare.reference.unwrap_or_default(),
        bare: bare.in_text,
        paragraph: with(Locator::Paragraph(MARK.to_owned())),
        page: with(Locator::Page(MARK.to_owned())),
        pages: cited(Some(Locator::Page(range.clone()))).in_text.replace(&range, "{}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::{Date, Name, WorkType};

    fn work() -> Work {
        Work {
            work_type: WorkType::ArticleJournal,
            title: Some("Pakistan's policy towards Central Asia".into()),
            authors: vec![Name::parse("Khan, Shahid A.").unwrap(), Name::parse("Zhen, Yan").unwrap()],
            issued: Some(Date { year: 2009, month: None, day: None }),
            container: Some("Central Asia".into()),
            volume: Some("65".into()),
            issue: Some("2".into()),
            pages: Some("1-16".into()),
            ..Work::default()
        }
    }

    #[test]
    fn every_form_of_locator_has_its_place() {
        let stored = render_stored(&work(), None);
        assert_eq!(stored.bare, "(Khan & Zhen, 2009)");
        assert_eq!(stored.paragraph, "(Khan & Zhen, 2009, para. {})");
        assert_eq!(stored.pages, "(Khan & Zhen, 2009, pp. {})");
        let expected = "Khan, S. A., & Zhen, Y. (2009). Pakistan's policy towards Central Asia. Central Asia, 65(2), 1–16.";
        assert_eq!(stored.reference.replace('’', "'"), expected);
    }

    #[test]
    fn other_styles_have_their_places_too() {
        let style = Style::find("mla").unwrap();
        let stored = render_styled(&style, &work(), None);
        assert_eq!(stored.bare, "(Khan and Zhen)");
        assert!(
            stored.paragraph.contains("{}") && stored.page.contains("{}") && stored.pages.contains("{}"),
            "{stored:?}"
        );
    }

    #[test]
    fn year_letters_stand_in_text_and_reference() {
        let stored = render_stored(&work(), Some('b'));
        assert_eq!(stored.bare, "(Khan & Zhen, 2009b)");
        assert!(stored.reference.contains("(2009b)."), "{}", stored.reference);
    }

    #[test]
    fn works_without_a_date_have_letters_too() {
        let undated = Work { issued: None, ..work() };
        let stored = render_stored(&undated, Some('c'));
        assert_eq!(stored.bare, "(Khan & Zhen, n.d.-c)");
        assert_eq!(stored.pages, "(Khan & Zhen, n.d.-c, pp. {})");
        assert!(stored.reference.starts_with("Khan, S. A., & Zhen, Y. (n.d.-c). "), "{}", stored.reference);
    }

    #[test]
    fn a_year_in_the_title_gets_no_letter() {
        let authorless =
            Work { title: Some("The 2009 floods, n.d. 2009".into()), authors: Vec::new(), ..work() };
        let stored = render_stored(&authorless, Some('a'));
        assert!(stored.bare.contains("2009 Floods") && stored.bare.ends_with("” 2009a)"), "{}", stored.bare);
        assert!(stored.reference.contains("(2009a)"), "{}", stored.reference);
        assert_eq!(stored.reference.matches("2009a").count(), 1, "{}", stored.reference);
        let undated = render_stored(&Work { issued: None, ..authorless }, Some('b'));
        assert_eq!(undated.reference.matches("n.d.-b").count(), 1, "{}", undated.reference);
    }

    #[test]
    fn letters_are_for_styles_that_have_them() {
        for (style, with, letter) in [
            ("harvard", "2009b", true),
            ("chicago-author-date", "2009b", true),
            ("mla", "2009b", false),
            ("ieee", "2009b", false),
        ] {
            let style = Style::find(style).unwrap();
            let stored = render_styled(&style, &work(), Some('b'));
            assert_eq!(stored.reference.contains(with), letter, "{}", stored.reference);
        }
    }

    #[test]
    fn untitled_works_are_remembered_each_by_itself() {
        let style = Style::find("apa").unwrap();
        for round in 0..3 {
            for year in (0..40).map(|i| 1980 + (i + round) % 20) {
                let work = Work {
                    title: None,
                    issued: Some(Date { year, month: None, day: None }),
                    ..Work::default()
                };
                for letter in [None, Some('b')] {
                    assert_eq!(render_stored(&work, letter), render_with(&style, &work, letter));
                }
            }
        }
    }

    #[test]
    fn what_is_unknown_is_said_to_be() {
        let undated = Work { issued: None, ..work() };
        assert_eq!(render_stored(&undated, None).bare, "(Khan & Zhen, n.d.)");
        let nothing = render_stored(&Work::default(), None);
        assert_eq!(nothing.bare, "([Untitled Document], n.d.)");
    }
}
