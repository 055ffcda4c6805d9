//! What a page says of itself: Highwire and Dublin Core tags, Open Graph, JSON-LD, `<time>`, `lang`.

use crate::bibliography::{Date, Name, Work, WorkType};
use serde_json::Value;

/// Reads a page's metadata. Tags made for bibliographies win over those made for sharing.
pub fn read(dom: &dom_query::Document) -> Work {
    let tags = Tags::of(dom);
    let linked = json_ld(dom);
    let said = |names: &[&str]| names.iter().find_map(|n| tags.first(n));
    let text = |key: &str| linked.as_ref().and_then(|v| v.get(key)).and_then(name_of);
    let title = said(&["citation_title", "dc.title", "dcterms.title"])
        .or_else(|| text("headline"))
        .or_else(|| said(&["og:title", "twitter:title"]))
        .or_else(|| page_title(dom));
    let mut work = Work { title, ..Work::default() };
    work.authors = authors(&tags, linked.as_ref());
    let dated =
        said(&["citation_publication_date", "citation_date", "dc.date", "dcterms.date", "dc.date.issued"])
            .or_else(|| text("datePublished"))
            .or_else(|| {
                said(&[
                    "article:published_time",
                    "og:article:published_time",
                    "date",
                    "pubdate",
                    "publish-date",
                ])
            })
            .or_else(|| time_element(dom));
    work.issued = dated.as_deref().and_then(date);
    let journal = said(&["citation_journal_title", "citation_conference_title"]);
    let site = linked
        .as_ref()
        .and_then(|v| v.get("publisher"))
        .and_then(name_of)
        .or_else(|| said(&["og:site_name"]));
    work.work_type = match (&journal, &linked) {
        (Some(_), _) => WorkType::ArticleJournal,
        (None, Some(v)) if type_of(v).contains("News") => WorkType::ArticleNewspaper,
        _ => WorkType::Webpage,
    };
    work.container = journal.or(site);
    work.publisher = said(&["citation_publisher", "dc.publisher"]);
    work.volume = said(&["citation_volume"]);
    work.issue = said(&["citation_issue"]);
    work.pages = match (said(&["citation_firstpage"]), said(&["citation_lastpage"])) {
        (Some(first), Some(last)) => Some(format!("{first}-{last}")),
        (first, _) => first,
    };
    work.doi = said(&["citation_doi", "dc.identifier"])
        .filter(|d| d.contains("10."))
        .map(|d| d.find("10.").map_or(d.clone(), |at| d[at..].to_owned()));
    work.url = canonical(dom).or_else(|| said(&["og:url"])).filter(|u| u.starts_with("http"));
    work.language = dom.select("html").attr("lang").map(|l| l.trim().to_owned()).filter(|l| !l.is_empty());
    work
}

/// The `<meta>` tags, by lower-case name.
struct Tags(Vec<(String, String)>);

impl Tags {
    fn of(dom: &dom_query::Document) -> Tags {
        let mut tags = Vec::new();
        for tag in dom.select("meta").iter() {
            let name = tag.attr("name").or_else(|| tag.attr("property")).or_else(|| tag.attr("itemprop"));
            if let (Some(name), Some(content)) = (name, tag.attr("content")) {
                let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
                if !content.is_empty() {
                    tags.push((name.trim().to_ascii_lowercase(), content));
                }
            }
        }
        Tags(tags)
    }

    fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, c)| c.as_str())
    }

    fn first(&self, name: &str) -> Option<String> {
        self.all(name).next().map(str::to_owned)
    }
}

fn authors(tags: &Tags, linked: Option<&Value>) -> Vec<Name> {
    for name in ["citation_author", "dc.creator", "dcterms.creator"] {
        let names: Vec<Name> = tags.all(name).flat_map(Name::parse_list).collect();
        if !names.is_empty() {
            return names;
        }
    }
    let people = match linked.and_then(|v| v.get("author")) {
        Some(Value::Array(people)) => people.iter().filter_map(name_of).collect(),
        Some(person) => name_of(person).into_iter().collect(),
        None => Vec::new(),
    };
    let said = if people.is_empty() { tags.all("author").map(str::to_owned).collect() } else { people };
    // An address of a profile page is no name.
    said.iter().filter(|a| !a.contains("://") && !a.contains('@')).flat_map(|a| Name::parse_list(a)).collect()
}

/// The text of a JSON-LD value: itself, or its name, or of its first element.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Object(fields) => fields.get("name").and_then(name_of),
        Value::Array(values) => values.first().and_then(name_of),
        _ => None,
    }
}

fn type_of(value: &Value) -> String {
    value.get("@type").map(|t| t.to_string()).unwrap_or_default()
}

/// The first JSON-LD object that is some sort of article.
fn json_ld(dom: &dom_query::Document) -> Option<Value> {
    let scripts = dom.select("script[type=\"application/ld+json\"]");
    scripts.iter().find_map(|script| article_in(serde_json::from_str(script.text().trim()).ok()?, 0))
}

fn article_in(value: Value, depth: usize) -> Option<Value> {
    let is_article = ["Article", "Report", "BlogPosting"].iter().any(|t| type_of(&value).contains(t));
    match value {
        value if is_article => Some(value),
        Value::Array(values) if depth < 4 => values.into_iter().find_map(|v| article_in(v, depth + 1)),
        Value::Object(mut fields) if depth < 4 => article_in(fields.remove("@graph")?, depth + 1),
        _ => None,
    }
}

/// The first ten characters of an ISO date with time, else whatever else reads as a date.
fn date(text: &str) -> Option<Date> {
    let day = text.get(..10).filter(|d| d.as_bytes()[4] == b'-' && d.as_bytes()[7] == b'-');
    Date::parse(&day.unwrap_or(text).replace('/', "-")).or_else(|| Date::parse(text))
}

fn time_element(dom: &dom_query::Document) -> Option<String> {
    dom.select("article time[datetime], main time[datetime], time[datetime][pubdate]")
        .attr("datetime")
        .map(|t| t.to_string())
}

fn canonical(dom: &dom_query::Document) -> Option<String> {
    dom.select("link[rel=\"canonical\"]").attr("href").map(|h| h.trim().to_owned())
}

fn page_title(dom: &dom_query::Document) -> Option<String> {
    let title = dom.select("title").first().text().split_whitespace().collect::<Vec<_>>().join(" ");
    Some(title).filter(|t| !t.is_empty())
}
