//! Rendering by the CSL processor.

use super::cite::Locator;
use super::dates::Unprintable;
use super::house::Manual;
use super::item::processor_item;
use super::markup::{Markup, write};
use super::rich::MarkedTitle;
use super::style::Style;
use crate::bibliography::{Date, Work};
use hayagriva::citationberg::{self, taxonomy};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, LocatorPayload,
    SpecificLocator,
};

/// A work to be cited.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Its citekey.
    pub key: &'a str,
    /// What is known of it.
    pub work: &'a Work,
    /// Its year letter in the whole library.
    pub letter: Option<char>,
    /// Where in it.
    pub locator: Option<&'a Locator>,
}

/// A citation in running text and the entry of the reference list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// For the running text, or the text of the note in a style of notes.
    pub in_text: String,
    /// For the reference list; `None` in a style without one.
    pub reference: Option<String>,
}

/// Renders each work by itself, so that a citation is the same whatever else is cited. In a numeric style each
/// work is number 1: numbers belong to a whole document.
pub fn render(style: &Style, item: &Item<'_>, markup: Markup) -> Rendered {
    render_by(style, item, markup, style.is_bundled)
}

/// The same by the whole style, which takes longer than by what concerns the work.
#[cfg(test)]
pub fn render_whole(style: &Style, item: &Item<'_>, markup: Markup) -> Rendered {
    render_by(style, item, markup, false)
}

fn render_by(style: &Style, item: &Item<'_>, markup: Markup, specialised: bool) -> Rendered {
    let manual = Manual::of(style);
    let adapted = manual.adapt(item.work);
    let item = &Item { work: &adapted, ..*item };
    let entries = twins(style, item);
    let own = ordinal(style, item);
    let cut =
        specialised.then(|| style.specialised.get(&style.csl, &entries, item.locator.map(kind))).flatten();
    let csl = cut.as_deref().unwrap_or(&style.csl);
    let mut driver = BibliographyDriver::new();
    for entry in &entries {
        let locator = item.locator.map(|l| SpecificLocator(kind(l), LocatorPayload::Str(l.value())));
        let cited = vec![CitationItem::with_locator(entry, locator)];
        let request = CitationRequest::new(cited, csl, style.locale.clone(), &style.locales, None);
        driver.citation(request);
    }
    let rendered = driver.finish(BibliographyRequest::new(csl, style.locale.clone(), &style.locales));
    let title = MarkedTitle::of(item.work).filter(|_| markup != Markup::Plain);
    let write = |printed: &ElemChildren| match &title {
        Some(title) => write(&title.mark(printed), markup),
        None => write(printed, markup),
    };
    let in_text = rendered.citations.get(own).map(|c| write(&c.citation)).unwrap_or_default();
    let listed = rendered.bibliography.and_then(|b| b.items.into_iter().find(|i| i.key == item.key));
    let reference = listed.map(|entry| {
        let first = entry.first_field.map(|f| super::markup::write_child(&f, markup)).unwrap_or_default();
        let rest = write(&entry.content);
        if first.is_empty() { rest } else { format!("{first} {rest}") }
    });
    let date = Unprintable::of(item.work);
    let written_out = |text: String| {
        let text = names_mended(inner_quotes(&text), item.work);
        date.as_ref().map_or_else(|| text.clone(), |date| date.written_out(&text))
    };
    let (in_text, reference) = (written_out(in_text), reference.map(written_out));
    Rendered {
        in_text: manual.mend(bare_description(in_text, item.work), item.work),
        reference: reference
            .map(|r| bare_description(tidy(&r, item.work), item.work))
            .map(|r| manual.mend(r, item.work)),
    }
}

/// The work among others that look like it. The processor gives year letters, with the style's punctuation and where
/// the style has any, to works cited together that cannot be told apart, in their order; ours are the same in every
/// report, so that the work is cited as the one of its letter.
fn twins(style: &Style, item: &Item<'_>) -> Vec<citationberg::json::Item> {
    if letter(style, item).is_none() {
        return vec![processor_item(item.key, item.work)];
    }
    let own = ordinal(style, item);
    let id = |i: usize| if i == own { item.key.to_owned() } else { format!("{} twin {i}", item.key) };
    let mut entries: Vec<_> = (0..=own.max(1)).map(|i| processor_item(&id(i), item.work)).collect();
    if item.work.issued.is_none() {
        // The processor gives letters only when some work cited has a date.
        let issued = Some(Date { year: 2000, month: None, day: None });
        entries.push(processor_item("dated", &Work { issued, ..Work::default() }));
    }
    entries
}

/// The place of the work among its twins.
fn ordinal(style: &Style, item: &Item<'_>) -> usize {
    letter(style, item).map_or(0, |l| usize::from(l as u8 - b'a'))
}

/// The work's year letter, where the style has letters.
fn letter(style: &Style, item: &Item<'_>) -> Option<char> {
    item.letter.filter(|l| l.is_ascii_lowercase() && style.csl.citation.disambiguate_add_year_suffix)
}

fn kind(locator: &Locator) -> taxonomy::Locator {
    match locator {
        Locator::Paragraph(_) => taxonomy::Locator::Paragraph,
        Locator::Page(_) => taxonomy::Locator::Page,
        Locator::Section(_) => taxonomy::Locator::Section,
    }
}

/// A description in brackets is no title: it is not quoted.
fn bare_description(mut text: String, work: &Work) -> String {
    if work.title.as_ref().is_some_and(|t| !(t.starts_with('[') && t.ends_with(']'))) {
        return text;
    }
    for (open, close) in [('“', '”'), ('‘', '’')] {
        for (from, to) in [
            (format!("{open}["), "["),
            (format!("{open}\\["), "\\["),
            (format!("]{close}"), "]"),
            (format!("],{close}"), "],"),
            (format!("].{close}"), "]."),
        ] {
            text = text.replace(&from, to);
        }
    }
    text
}

/// What the processor makes of names that it does not know how to print: `and et al.`, and the initials of a given name with a
/// small letter behind its hyphen, `C.-chieh`.
fn names_mended(mut text: String, work: &Work) -> String {
    let people = || work.authors.iter().chain(&work.editors).chain(&work.translators);
    if people().any(|name| name.literal.as_deref() == Some("et al.")) {
        for joiner in ["&", "and", "und", "et", "y", "и", "та", "ve"] {
            text = text.replace(&format!(" {joiner} et al."), " et al.");
        }
    }
    for given in people().filter_map(|name| name.given.as_deref()) {
        for (first, second) in given.split_whitespace().filter_map(|word| word.split_once('-')) {
            let (Some(one), Some(two)) = (first.chars().next(), second.chars().next()) else { continue };
            if two.is_lowercase() {
                text = text.replace(&format!("{one}.-{second}."), &format!("{one}.-{two}."));
                text = text.replace(&format!("{one}.- {second}"), &format!("{one}.-{two}."));
            }
        }
    }
    text
}

/// Quotation marks within quotation marks as single ones: the processor leaves those of a title as they are. Where `“`
/// closes, as in German, or marks do not come in pairs, nothing is changed.
fn inner_quotes(text: &str) -> String {
    if text.contains('„') || text.matches('“').count() != text.matches('”').count() {
        return text.to_owned();
    }
    let mut depth = 0u32;
    let turned = text.chars().map(|c| match c {
        '“' => {
            depth += 1;
            if depth > 1 { '‘' } else { c }
        }
        '”' => {
            depth = depth.saturating_sub(1);
            if depth > 0 { '’' } else { c }
        }
        _ => c,
    });
    turned.collect()
}

/// Mends what the processor leaves: `?.` and `!.` behind a title that asks, `..` behind an initial, and the comma behind
/// a year that has no day, `(2021,)`, `,.` where a field is missing, doubled spaces, a space before a semicolon. Addresses and ellipses stay as they are.
fn tidy(text: &str, work: &Work) -> String {
    let mend = |word: &str| {
        if word.contains("://") || word.contains("...") {
            return word.to_owned();
        }
        word.replace("?.", "?").replace("!.", "!").replace(",.", ".").replace(".”.", ".”").replace("..", ".")
    };
    let words = text.split(' ').filter(|word| !word.is_empty());
    let mut tidy = words.map(mend).collect::<Vec<_>>().join(" ").replace(" ;", ";");
    if let Some(year) = work.issued.map(|d| d.year.to_string()) {
        let letters = std::iter::once(String::new()).chain(('a'..='z').map(String::from));
        for letter in letters.filter(|_| text.contains(",)")) {
            tidy = tidy.replace(&format!("({year}{letter},)"), &format!("({year}{letter})"));
        }
    }
    tidy.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::{Name, WorkType};

    #[test]
    fn a_newspaper_dated_by_its_year_alone_has_no_stray_comma() {
        let work = Work {
            work_type: WorkType::ArticleNewspaper,
            title: Some("Envoys meet".into()),
            container: Some("Business Recorder".into()),
            issued: Some(Date { year: 2021, month: None, day: None }),
            ..Work::default()
        };
        let style = Style::find("apa").unwrap();
        for (letter, year) in [(None, "(2021)"), (Some('b'), "(2021b)")] {
            let item = Item { key: "k", work: &work, letter, locator: None };
            let reference = render(&style, &item, Markup::Plain).reference.unwrap();
            assert_eq!(reference, format!("Envoys meet. {year}. Business Recorder."));
        }
    }

    #[test]
    fn ends_of_sentences_are_single_and_addresses_whole() {
        let tidy = |t: &str| tidy(t, &Work::default());
        assert_eq!(tidy("Who pays?. A. B.. http://x.org/a..b?.c"), "Who pays? A. B. http://x.org/a..b?.c");
        assert_eq!(tidy("And then ... nothing"), "And then ... nothing");
    }

    #[test]
    fn vancouver_names_authors_and_capitals_are_english() {
        let mut work = Work {
            work_type: WorkType::ArticleJournal,
            title: Some("Die große Reise nach Samarkand".into()),
            container: Some("Reise und Welt".into()),
            authors: vec![crate::bibliography::Name::parse("Khan, Hashmat Ullah").unwrap()],
            language: Some("de".into()),
            ..Work::default()
        };
        let reference = |work: &Work, style: &str| {
            let item = Item { key: "k", work, letter: None, locator: None };
            render(&Style::find(style).unwrap(), &item, Markup::Plain).reference.unwrap()
        };
        assert!(
            reference(&work, "vancouver").contains("Khan HU. Die große"),
            "{}",
            reference(&work, "vancouver")
        );
        assert!(reference(&work, "mla").contains("“Die große Reise nach Samarkand.”"));
        work.language = None;
        assert!(reference(&work, "mla").contains("“Die Große Reise Nach Samarkand.”"));
        work.title = Some("Дорога в Самарканд".into());
        assert!(reference(&work, "mla").contains("“Дорога в Самарканд.”"));
    }

    #[test]
    fn names_are_printed_as_people_write_them() {
        let name = |family: &str, given: &str| Name {
            family: Some(family.into()),
            given: Some(given.into()),
            ..Name::default()
        };
        let others = Name { literal: Some("et al.".into()), ..Name::default() };
        for (authors, style, in_text, reference) in [
            (vec![name("Smith", "John"), others.clone()], "apa", "(Smith et al.)", "Smith, J., et al."),
            (
                vec![name("Smith", "John"), others],
                "modern-language-association",
                "(Smith et al.)",
                "Smith, John, et al.",
            ),
            (vec![name("Shan", "Chung-chieh")], "apa", "(Shan)", "Shan, C.-c."),
            (vec![name("Leung", "B.H.")], "apa", "(Leung)", "Leung, B. H."),
        ] {
            let work = Work { title: Some("Roads".into()), authors, ..Work::default() };
            let item = Item { key: "k", work: &work, letter: None, locator: None };
            let rendered = render(&Style::find(style).unwrap(), &item, Markup::Plain);
            assert_eq!(rendered.in_text.replace(", n.d.", ""), in_text);
            let printed = rendered.reference.unwrap_or_default();
            assert!(printed.starts_with(reference), "{printed}");
        }
    }

    #[test]
    fn only_pairs_of_english_marks_are_turned() {
        assert_eq!(inner_quotes("“A “b” c.” “D.”"), "“A ‘b’ c.” “D.”");
        for text in ["„A.“ In: „B“", "“A “b c.”", "A ”b” c"] {
            assert_eq!(inner_quotes(text), text);
        }
    }
}
