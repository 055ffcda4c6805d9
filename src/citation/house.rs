//! What the manuals ask for and neither the style's file nor the processor does: the work is put before the processor as
//! the manual sees it, and its text is mended afterwards.

use super::style::Style;
use crate::bibliography::{Work, WorkType};
use std::borrow::Cow;

/// The manual behind a style, where it has rules of its own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manual {
    /// *Publication Manual of the American Psychological Association*, 7th ed.
    Apa,
    /// *The Chicago Manual of Style*, 18th ed.
    Chicago,
    /// *MLA Handbook*, 9th ed.
    Mla,
    /// *Cite Them Right*, 12th ed.
    CiteThemRight,
    /// Any other.
    Other,
}

/// Prepositions that MLA writes small however long they are, and that the processor takes for words to
/// be capitalised, as Chicago's 18th edition has it (section 8.160).
const PREPOSITIONS: [&str; 36] = [
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "concerning",
    "despite",
    "during",
    "except",
    "inside",
    "outside",
    "regarding",
    "since",
    "through",
    "throughout",
    "toward",
    "towards",
    "under",
    "underneath",
    "until",
    "upon",
    "versus",
    "within",
    "without",
];

impl Manual {
    /// The manual of a style, told by its identifier.
    pub fn of(style: &Style) -> Manual {
        let id = style.csl.info.id.as_str();
        match id.rsplit('/').next().unwrap_or(id) {
            "apa" | "american-psychological-association" => Manual::Apa,
            name if name.starts_with("chicago-") => Manual::Chicago,
            name if name.starts_with("modern-language-association") => Manual::Mla,
            name if name.starts_with("harvard-cite-them-right") => Manual::CiteThemRight,
            _ => Manual::Other,
        }
    }

    /// The work as this manual would have it described.
    pub fn adapt(self, work: &Work) -> Cow<'_, Work> {
        let mut adapted = Cow::Borrowed(work);
        // Proceedings that a publisher brought out are a book, and a paper in them a chapter of it (APA, section 10.5).
        let in_a_book = work.work_type == WorkType::PaperConference
            && work.publisher.is_some()
            && work.volume.is_none()
            && work.issue.is_none();
        if in_a_book && matches!(self, Manual::Apa | Manual::Chicago | Manual::Mla) {
            adapted.to_mut().work_type = WorkType::Chapter;
        }
        // A site that is the author is not said twice (APA, section 10.16; Chicago's Quick Guide: Yale University).
        let of_site = work.work_type == WorkType::Webpage && is_author(work, work.container.as_deref());
        if of_site && matches!(self, Manual::Apa | Manual::Chicago | Manual::CiteThemRight) {
            adapted.to_mut().container = None;
        }
        if self == Manual::Apa {
            // Nor is a publisher (section 9.29).
            if is_author(work, work.publisher.as_deref()) {
                adapted.to_mut().publisher = None;
            }
            // Press releases have their day (section 10.4).
            let press = work.genre.as_ref().is_some_and(|g| g.eq_ignore_ascii_case("press release"));
            if press && work.work_type == WorkType::Report {
                adapted.to_mut().work_type = WorkType::Webpage;
            }
        }
        if self == Manual::Mla {
            // A body that is author and publisher, or whose site it is, is named once, in their place.
            if is_author(work, work.publisher.as_deref()) || of_site {
                adapted.to_mut().authors.clear();
            }
            if let Some(publisher) = work.publisher.as_deref().filter(|p| p.contains("University")) {
                let thesis = work.work_type == WorkType::Thesis;
                adapted.to_mut().publisher = Some(university(publisher, thesis));
            }
        }
        adapted
    }

    /// The rendered text with this manual's ways.
    pub fn mend(self, text: String, work: &Work) -> String {
        match self {
            Manual::Mla => {
                // The processor puts the address of a thesis before the university.
                let text = if work.work_type == WorkType::Thesis { address_last(text, work) } else { text };
                let titles = [&work.title, &work.container].into_iter().flatten();
                titles.fold(text, |text, title| with_small_prepositions(&text, title))
            }
            // The processor takes what the newspaper's name stands in for the author's for a work that nothing holds, whose
            // title is no longer quoted.
            Manual::Chicago if is_unsigned(work) => {
                work.title.as_ref().map_or(text.clone(), |title| quoted(&text, title))
            }
            // Volume and pages without an issue between them: `14:213–29`.
            Manual::Chicago if work.issue.is_none() => match &work.volume {
                Some(volume) => text.replacen(&format!("{volume} : "), &format!("{volume}:"), 1),
                None => text,
            },
            // A treaty's name, day and address are parted by commas (section 11.10).
            Manual::Apa if work.work_type == WorkType::Treaty => match &work.url {
                Some(url) => text.replacen(&format!(". {url}"), &format!(", {url}"), 1),
                None => text,
            },
            // The processor keeps the word although no editor follows it.
            Manual::CiteThemRight
                if work.work_type == WorkType::PaperConference && work.editors.is_empty() =>
            {
                text.replacen("’, in ", "’, ", 1)
            }
            _ => text,
        }
    }
}

/// `2010. Northwestern U, PhD dissertation, https://…` for `2010, https://…. Northwestern U, PhD dissertation.`
fn address_last(text: String, work: &Work) -> String {
    let Some(address) = work.doi.as_ref().map(|d| format!("https://doi.org/{d}")).or(work.url.clone()) else {
        return text;
    };
    match text.split_once(&format!(", {address}. ")) {
        Some((before, behind)) => format!("{before}. {}, {address}.", behind.trim_end_matches('.')),
        None => text,
    }
}

/// Returns true if and only if the work is listed under the name of the newspaper or magazine it stood in.
fn is_unsigned(work: &Work) -> bool {
    matches!(work.work_type, WorkType::ArticleNewspaper | WorkType::ArticleMagazine)
        && [&work.authors, &work.editors, &work.translators].iter().all(|people| people.is_empty())
        && work.container.is_some()
}

/// The text with the title in it between quotation marks instead of in italics.
fn quoted(text: &str, title: &str) -> String {
    let Some((before, rest)) = position(text, title).and_then(|at| text.split_at_checked(at)) else {
        return text.to_owned();
    };
    let Some((shown, after)) = rest.split_at_checked(title.len()).filter(|_| !before.ends_with('“')) else {
        return text.to_owned();
    };
    let before = before.strip_suffix("<i>").or(before.strip_suffix('*')).unwrap_or(before);
    let after = after.strip_prefix("</i>").or(after.strip_prefix('*')).unwrap_or(after);
    match after.strip_prefix('.') {
        Some(after) => format!("{before}“{shown}.”{after}"),
        None => format!("{before}“{shown}”{after}"),
    }
}

/// Returns true if and only if the body named is the only author.
fn is_author(work: &Work, body: Option<&str>) -> bool {
    match work.authors.as_slice() {
        [one] => body.is_some() && one.literal.as_deref() == body,
        _ => false,
    }
}

/// `Oxford UP` for `Oxford University Press`, `U of Peshawar` where a thesis was written (MLA).
fn university(publisher: &str, thesis: bool) -> String {
    let press = publisher.contains("Press");
    if press {
        publisher.replace("University Press", "UP").replace("University", "U").replace("Press", "P")
    } else if thesis {
        publisher.replace("University", "U")
    } else {
        publisher.to_owned()
    }
}

/// Writes small those prepositions of a title in capitals that are small in `title` itself.
fn with_small_prepositions(text: &str, title: &str) -> String {
    let words: Vec<&str> = title.split(' ').collect();
    let Some(at) = position(text, title) else { return text.to_owned() };
    let (before, rest) = text.split_at(at);
    let mut mended = before.to_owned();
    let mut left = rest;
    for (i, word) in words.iter().enumerate() {
        let Some((shown, behind)) = left.split_at_checked(word.len()) else { break };
        // The first and last word and the one behind a colon are always capitalised.
        let inner = i > 0 && i + 1 < words.len() && !words.get(i - 1).is_some_and(|w| w.ends_with(':'));
        let small = inner && PREPOSITIONS.contains(word);
        mended.push_str(if small { word } else { shown });
        left = behind;
        if let Some(behind) = left.strip_prefix(' ') {
            mended.push(' ');
            left = behind;
        }
    }
    mended.push_str(left);
    mended
}

/// Where the title stands in the text, whatever its capitals. Only titles whose capitals are as long as their small
/// letters are looked for, so that the words keep their places.
fn position(text: &str, title: &str) -> Option<usize> {
    let mut starts = text.char_indices().map(|(at, _)| at);
    starts.find(|at| {
        text.get(*at..).and_then(|t| t.get(..title.len())).is_some_and(|t| t.eq_ignore_ascii_case(title))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prepositions_are_small_but_at_the_ends() {
        let text = "“Before the War: Through Fire and Through Water.”";
        let mended = with_small_prepositions(text, "Before the war: through fire and through water");
        assert_eq!(mended, "“Before the War: Through Fire and through Water.”");
        assert_eq!(with_small_prepositions("x Until", "Until"), "x Until");
        assert_eq!(with_small_prepositions("é", "long title"), "é");
    }

    #[test]
    fn presses_and_universities_are_shortened() {
        assert_eq!(university("University of Chicago Press", false), "U of Chicago P");
        assert_eq!(university("Oxford University Press", false), "Oxford UP");
        assert_eq!(university("Northwestern University", true), "Northwestern U");
        assert_eq!(university("Northwestern University", false), "Northwestern University");
    }
}
