//! The mark-up of a title, CSL's `<i>`, `<b>`, `<sup>` and `<sub>`, in what the processor printed: it gets the words alone.

use crate::bibliography::Work;
use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, Formatted, Formatting};
use std::ops::Range;

/// A title with mark-up: its signs in small letters, and which of them stand in which elements.
pub struct MarkedTitle {
    signs: Vec<char>,
    marks: Vec<(Range<usize>, Mark)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Italic,
    Bold,
    Raised,
    Lowered,
    SmallCapitals,
}

impl MarkedTitle {
    /// Of a work whose title has mark-up; `None` for any other.
    pub fn of(work: &Work) -> Option<MarkedTitle> {
        let text = work.more.get("title")?.as_str()?;
        let mut title = MarkedTitle { signs: Vec::new(), marks: Vec::new() };
        let mut open: Vec<(usize, Option<Mark>)> = Vec::new();
        let mut rest = text;
        while let Some((before, tag, behind)) = next_tag(rest) {
            title.push(before);
            if tag.starts_with('/') {
                if let Some((start, Some(mark))) = open.pop() {
                    title.marks.push((start..title.signs.len(), mark));
                }
            } else {
                open.push((title.signs.len(), mark(tag)));
            }
            rest = behind;
        }
        title.push(rest);
        Some(title).filter(|title| !title.marks.is_empty() && !title.signs.is_empty())
    }

    fn push(&mut self, text: &str) {
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        self.signs.extend(text.chars().map(folded));
    }

    /// What was printed, with the title's mark-up.
    pub fn mark(&self, printed: &ElemChildren) -> ElemChildren {
        ElemChildren(printed.0.iter().flat_map(|child| self.mark_child(child)).collect())
    }

    fn mark_child(&self, child: &ElemChild) -> Vec<ElemChild> {
        match child {
            ElemChild::Elem(element) => {
                vec![ElemChild::Elem(Elem { children: self.mark(&element.children), ..element.clone() })]
            }
            ElemChild::Text(text) => self.mark_text(text),
            other => vec![other.clone()],
        }
    }

    fn mark_text(&self, text: &Formatted) -> Vec<ElemChild> {
        let signs: Vec<char> = text.text.chars().collect();
        let small: Vec<char> = signs.iter().copied().map(folded).collect();
        // A title that the processor cut short, or one within other words, is left as it is.
        let Some(at) = small.windows(self.signs.len()).position(|window| window == self.signs) else {
            return vec![ElemChild::Text(text.clone())];
        };
        let mut cuts: Vec<usize> =
            self.marks.iter().flat_map(|(range, _)| [at + range.start, at + range.end]).collect();
        cuts.extend([0, signs.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let piece = |start: usize, end: usize| {
            let is_in = |range: &Range<usize>| start >= at + range.start && end <= at + range.end;
            let marks = self.marks.iter().filter(|(range, _)| is_in(range)).map(|(_, mark)| *mark);
            let formatting = marks.fold(text.formatting, formatted);
            ElemChild::Text(Formatted { text: signs[start..end].iter().collect(), formatting })
        };
        cuts.iter().zip(cuts.iter().skip(1)).map(|(start, end)| piece(*start, *end)).collect()
    }
}

/// The processor changes capitals and curls apostrophes.
fn folded(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '”' | '“' => '"',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// What is before the next element's tag, what the tag says, and what is behind it.
fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('<')?;
    let end = start + text.get(start..)?.find('>')?;
    Some((&text[..start], &text[start + 1..end], &text[end + 1..]))
}

fn mark(tag: &str) -> Option<Mark> {
    match tag {
        "i" => Some(Mark::Italic),
        "b" => Some(Mark::Bold),
        "sup" => Some(Mark::Raised),
        "sub" => Some(Mark::Lowered),
        "sc" => Some(Mark::SmallCapitals),
        span if span.contains("small-caps") => Some(Mark::SmallCapitals),
        _ => None,
    }
}

/// Italics within italics are upright.
fn formatted(mut formatting: Formatting, mark: Mark) -> Formatting {
    match mark {
        Mark::Italic if formatting.font_style == FontStyle::Italic => {
            formatting.font_style = FontStyle::Normal
        }
        Mark::Italic => formatting.font_style = FontStyle::Italic,
        Mark::Bold => formatting.font_weight = FontWeight::Bold,
        Mark::Raised => formatting.vertical_align = VerticalAlign::Sup,
        Mark::Lowered => formatting.vertical_align = VerticalAlign::Sub,
        Mark::SmallCapitals => formatting.font_variant = FontVariant::SmallCaps,
    }
    formatting
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Work, WorkType};
    use crate::citation::Style;
    use crate::citation::markup::Markup;
    use crate::citation::render::{Item, render};
    use serde_json::json;

    /// The reference of a work with this title, in a style.
    fn reference(work_type: WorkType, title: &str, marked: &str, style: &str, markup: Markup) -> String {
        let more = [("title".to_owned(), json!(marked))].into();
        let container = Some("Survey".to_owned()).filter(|_| work_type == WorkType::ArticleJournal);
        let work = Work { work_type, title: Some(title.to_owned()), container, more, ..Work::default() };
        let item = Item { key: "k", work: &work, letter: None, locator: None };
        render(&Style::find(style).unwrap(), &item, markup).reference.unwrap_or_default()
    }

    #[test]
    fn titles_are_printed_in_the_markup_of_the_format() {
        let (plain, marked) = ("On Homo longus and H2O", "On <i>Homo longus</i> and H<sub>2</sub>O");
        let article = |style, markup| reference(WorkType::ArticleJournal, plain, marked, style, markup);
        assert!(article("apa", Markup::Plain).contains("On Homo longus and H2O"));
        let html = article("apa", Markup::Html);
        assert!(html.contains("On <i>Homo longus</i> and H<sub>2</sub>O"), "{html}");
        let markdown = article("apa", Markup::Markdown);
        assert!(markdown.contains("On *Homo longus* and H<sub>2</sub>O"), "{markdown}");
        // Also where the style changes capitals.
        let html = article("mla", Markup::Html);
        assert!(html.contains("On <i>Homo Longus</i> and H<sub>2</sub>"), "{html}");
        // In a title that is in italics, italics are upright.
        let book = reference(WorkType::Book, plain, marked, "apa", Markup::Html);
        assert!(book.contains("<i>On </i>Homo longus<i> and H</i>"), "{book}");
    }
}
