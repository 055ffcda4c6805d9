//! A parsed entry as a [`Work`], so that the original of an “as cited in” can be cited and exported.

use crate::bibliography::{Date, Name, Work, WorkType};
use crate::passage::ParsedReference;

impl From<&ParsedReference> for Work {
    fn from(parsed: &ParsedReference) -> Work {
        Work {
            work_type: work_type(parsed),
            title: parsed.title.clone(),
            authors: parsed.authors.iter().filter_map(|name| Name::parse(name)).collect(),
            issued: parsed.issued.as_deref().and_then(Date::parse),
            container: parsed.container.clone(),
            publisher: parsed.publisher.clone(),
            volume: parsed.volume.clone(),
            issue: parsed.issue.clone(),
            pages: parsed.pages.clone(),
            url: parsed.url.clone(),
            doi: parsed.doi.clone(),
            ..Work::default()
        }
    }
}

impl ParsedReference {
    /// The work the entry describes; its type is the nearest that the fields allow. `et al.` stays as a literal
    /// name, since the entry does not say who else wrote.
    pub fn to_work(&self) -> Work {
        Work::from(self)
    }
}

fn work_type(parsed: &ParsedReference) -> WorkType {
    let day = parsed.issued.as_deref().and_then(Date::parse).is_some_and(|d| d.day.is_some());
    let place = parsed.container.as_deref().unwrap_or_default().to_lowercase();
    let conference =
        ["proc", "conference", "symposium", "workshop", "congress"].iter().any(|w| place.contains(w));
    match (&parsed.container, &parsed.volume) {
        (Some(_), _) if conference => WorkType::PaperConference,
        (Some(_), Some(_)) => WorkType::ArticleJournal,
        (Some(_), None) if parsed.publisher.is_some() => WorkType::Chapter,
        (Some(_), None) if day => WorkType::ArticleNewspaper,
        (Some(_), None) if parsed.url.is_some() && parsed.pages.is_none() => WorkType::Webpage,
        (Some(_), None) => WorkType::ArticleJournal,
        (None, _) if parsed.publisher.is_some() => WorkType::Book,
        (None, _) if parsed.url.is_some() => WorkType::Webpage,
        (None, _) => WorkType::Document,
    }
}
