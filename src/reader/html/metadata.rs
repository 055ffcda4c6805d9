//! What a page says of itself, with the place of each value: [`tags`](super::tags), [`json_ld`](super::json_ld),
//! [`marked`](super::marked) elements, its `<title>` and its address. None of it is believed here.

use super::entities::plain;
use super::json_ld::Described;
use super::tags::{LONGEST, Tags};
use super::{Saved, marked, page_date};
use crate::bibliography::evidence::{self, Candidate, Origin, Value};
use crate::bibliography::{Date, Work, WorkType};
use crate::document::Document;

/// Days from publication to the last change from which a reader should know of it.
const LONG: i64 = 90;

/// Reads a page's metadata into [`Document::stated`] and [`Document::candidates`].
pub fn read(dom: &dom_query::Document, saved: Saved, document: &mut Document) {
    let tags = Tags::of(dom);
    let from_tags = tags.candidates();
    let page_title = page_title(dom);
    let mut titles: Vec<String> = from_tags.iter().filter_map(title_of).collect();
    titles.extend(page_title.clone());
    let described = Described::of(dom).article(&titles);
    titles.extend(described.candidates.iter().filter_map(title_of));
    let url = canonical(dom).or_else(|| tags.first("og:url")).filter(|u| u.starts_with("http"));
    let url = url.or(saved.url);
    let mut candidates = described.candidates;
    candidates.extend(from_tags);
    candidates.extend(marked::candidates(dom, &titles));
    candidates.extend(page_title.map(|t| Candidate { value: Value::Title(t), origin: Origin::PageTitle }));
    candidates.extend(url.as_deref().map(in_address).unwrap_or_default());
    document.stated = Work { url, accessed: saved.accessed, ..stated(dom, &tags, described.is_news) };
    document.candidates = candidates;
    document.doubts.extend(doubt_of_date(document));
}

/// The fields that nothing contradicts.
fn stated(dom: &dom_query::Document, tags: &Tags, is_news: bool) -> Work {
    let pages = match (tags.first("citation_firstpage"), tags.first("citation_lastpage")) {
        (Some(first), Some(last)) => Some(format!("{first}-{last}")),
        (first, _) => first,
    };
    let doi = tags.any(&["citation_doi", "dc.identifier"]).filter(|d| d.contains("10."));
    Work {
        work_type: match is_news {
            _ if tags.first("citation_journal_title").is_some() => WorkType::ArticleJournal,
            _ if tags.first("citation_conference_title").is_some() => WorkType::PaperConference,
            true => WorkType::ArticleNewspaper,
            false => WorkType::Webpage,
        },
        volume: tags.first("citation_volume"),
        issue: tags.first("citation_issue"),
        pages,
        doi: doi.map(|d| d.find("10.").map_or(d.clone(), |at| d[at..].to_owned())),
        language: dom.select("html").attr("lang").map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()),
        ..Work::default()
    }
}

fn title_of(candidate: &Candidate) -> Option<String> {
    match &candidate.value {
        Value::Title(title) => Some(title.clone()),
        _ => None,
    }
}

/// The host and the day that the page's address holds.
fn in_address(url: &str) -> Vec<Candidate> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = (host.len() <= 250 && host.contains('.')).then(|| Value::Container(host.to_owned()));
    let day = page_date::in_address(url).map(Value::Issued);
    [host, day].into_iter().flatten().map(|value| Candidate { value, origin: Origin::FileName }).collect()
}

fn canonical(dom: &dom_query::Document) -> Option<String> {
    dom.select("link[rel=\"canonical\"]").attr("href").map(|h| h.trim().to_owned())
}

fn page_title(dom: &dom_query::Document) -> Option<String> {
    let title = dom.select("title").first().text().to_string();
    Some(title).filter(|t| t.len() <= LONGEST).map(|t| plain(&t)).filter(|t| !t.is_empty())
}

/// What a person should know of the date: the page was changed long after, or only its change is dated.
fn doubt_of_date(document: &Document) -> Option<String> {
    let issued = evidence::of_page(document).issued?;
    let days = |published: bool| {
        let dates = document.candidates.iter().filter_map(move |c| match c.value {
            Value::Issued(date) if published => Some(date),
            Value::Changed(date) if !published => Some(date),
            _ => None,
        });
        dates.collect::<Vec<Date>>()
    };
    let changed = days(false).into_iter().max()?;
    if days(true).is_empty() {
        return Some(format!("no date of publication is given: cited as of its last change, {issued}"));
    }
    (changed.days() - issued.days() >= LONG).then(|| format!("changed on {changed}, cited as of {issued}"))
}
