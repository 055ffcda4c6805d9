//! The `<meta>` and `<link>` tags of a page.

use super::entities::plain;
use super::page_date;
use crate::bibliography::Name;
use crate::bibliography::evidence::{Candidate, Credit, Origin, Value};

/// The longest title or name that is looked at, in bytes.
pub const LONGEST: usize = 1000;
/// How many tags of a page are looked at.
const MOST: usize = 2000;

/// The `<meta>` tags, by lower-case name.
pub struct Tags(Vec<(String, String)>);

impl Tags {
    /// Reads the tags. Some pages write `value` for `content`.
    pub fn of(dom: &dom_query::Document) -> Tags {
        let mut tags = Vec::new();
        for tag in dom.select("meta").iter().take(MOST) {
            let name = tag.attr("name").or_else(|| tag.attr("property")).or_else(|| tag.attr("itemprop"));
            if let (Some(name), Some(content)) = (name, tag.attr("content").or_else(|| tag.attr("value"))) {
                let content = plain(&content);
                for name in name.split_whitespace().take(4).filter(|_| !content.is_empty()) {
                    let name = name.to_ascii_lowercase();
                    let is_dublin_core =
                        ["dc:", "dcterm:", "dcterms:"].iter().any(|prefix| name.starts_with(prefix));
                    let name = if is_dublin_core {
                        name.replacen("dcterm:", "dcterms:", 1).replacen(':', ".", 1)
                    } else {
                        name
                    };
                    tags.push((name, content.clone()));
                }
            }
        }
        Tags(tags)
    }

    fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, c)| c.as_str())
    }

    /// The first of the tags of that name.
    pub fn first(&self, name: &str) -> Option<String> {
        self.all(name).next().map(str::to_owned)
    }

    /// The first tag that there is of several names.
    pub fn any(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.first(name))
    }

    /// All that the tags say of the work.
    pub fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        self.titles(&mut found);
        self.authors(&mut found);
        self.dates(&mut found);
        self.sites(&mut found);
        found
    }

    fn titles(&self, found: &mut Vec<Candidate>) {
        for (name, text) in self.0.iter().filter(|(_, text)| text.len() <= LONGEST) {
            let origin = match name.as_str() {
                "citation_title" => Origin::BibliographicTag,
                "og:title" | "twitter:title" => Origin::SharingTag,
                "dc.title" | "dcterms.title" | "title" | "headline" | "article:title" | "parsely-title"
                | "sailthru.title" | "cxenseparse:title" => Origin::MetaTag,
                _ => continue,
            };
            found.push(Candidate { value: Value::Title(text.clone()), origin });
        }
    }

    fn authors(&self, found: &mut Vec<Candidate>) {
        for name in ["citation_author", "dc.creator", "dcterms.creator"] {
            let names: Vec<Name> = self.all(name).flat_map(Name::parse_list).collect();
            let value = match name {
                "citation_author" => Value::Authors(names),
                // Papers write credits into them, with posts and places.
                _ => Value::Credits(credits(self.all(name))),
            };
            let origin = if name == "citation_author" { Origin::BibliographicTag } else { Origin::MetaTag };
            push_names(found, value, origin);
        }
        let mut done: Vec<&str> = Vec::new();
        for (name, _) in &self.0 {
            if is_author(name) && !done.contains(&name.as_str()) {
                done.push(name);
                push_names(found, Value::Credits(credits(self.all(name))), Origin::MetaTag);
            }
        }
    }

    fn dates(&self, found: &mut Vec<Candidate>) {
        for (name, text) in &self.0 {
            let Some(date) = page_date::read(text) else { continue };
            let origin = match name.starts_with("citation_")
                || name.starts_with("dc.")
                || name.starts_with("dcterms.")
            {
                true => Origin::BibliographicTag,
                false => Origin::MetaTag,
            };
            let value = match Day::of(name) {
                Some(Day::Published) => Value::Issued(date),
                Some(Day::Changed) => Value::Changed(date),
                None => continue,
            };
            found.push(Candidate { value, origin });
        }
    }

    fn sites(&self, found: &mut Vec<Candidate>) {
        for (name, text) in self.0.iter().filter(|(_, text)| text.len() <= LONGEST) {
            let (value, origin) = match name.as_str() {
                "citation_journal_title" | "citation_conference_title" => {
                    (Value::Container(text.clone()), Origin::BibliographicTag)
                }
                "citation_publisher" | "dc.publisher" | "dcterms.publisher" => {
                    (Value::Publisher(text.clone()), Origin::BibliographicTag)
                }
                // An account, `@name`: no name to print, but one that can confirm a name.
                "twitter:site" if text.starts_with('@') => (Value::Container(text.clone()), Origin::MetaTag),
                "og:site_name" => (Value::Container(text.clone()), Origin::SharingTag),
                "application-name"
                | "apple-mobile-web-app-title"
                | "publisher"
                | "al:ios:app_name"
                | "al:android:app_name"
                | "twitter:app:name:iphone"
                | "twitter:app:name:googleplay" => (Value::Container(text.clone()), Origin::MetaTag),
                _ => continue,
            };
            found.push(Candidate { value, origin });
        }
    }
}

fn push_names(found: &mut Vec<Candidate>, value: Value, origin: Origin) {
    if !value.to_string().is_empty() {
        found.push(Candidate { value, origin });
    }
}

fn credits<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Credit> {
    let texts = texts.filter(|text| text.len() <= LONGEST).take(40);
    // Several addresses of profiles in one tag.
    texts.map(|text| Credit { text: text.to_owned(), is_body: false }).collect()
}

/// `author`, `article:author`, `parsely-author`, `sailthru.author`, `article_author`, `byl`.
fn is_author(name: &str) -> bool {
    if name.starts_with("twitter") || name.starts_with("dc.") || name.starts_with("citation") {
        return false;
    }
    let last = name.rsplit([':', '.', '-', '_']).next().unwrap_or(name);
    matches!(last, "author" | "authors" | "byl" | "byline" | "authorname" | "authorname1")
        || matches!(name, "author_name" | "author-name")
}

/// What a tag's date is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The publication.
    Published,
    /// The last change.
    Changed,
}

impl Day {
    /// What a name of a tag, a class or an `itemprop` says that its date is of; `None` when it is of something else.
    pub fn of(name: &str) -> Option<Day> {
        let name: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let exact = [
            "date",
            "dcdate",
            "dctermsdate",
            "dcdateissued",
            "dctermsissued",
            "dctermscreated",
            "citationdate",
            "citationonlinedate",
            "pubdate",
            "pdate",
            "displaydate",
            "firstcreate",
            "sailthrudate",
            "creationdate",
            "datecreated",
            "articledateoriginal",
            "originaldate",
            "releasedate",
            "dateline",
            "posted",
            "posteddate",
            "dateposted",
            "postdate",
            "uploaddate",
        ];
        match () {
            () if has(&["modif", "updat", "lastmod", "revis", "changed"]) => Some(Day::Changed),
            () if has(&["expir", "valid", "unpubl", "event", "startdate", "enddate", "birth"]) => None,
            () if exact.contains(&name.as_str()) => Some(Day::Published),
            () if has(&["publi", "pubdate"]) && (has(&["date", "time"]) || name.ends_with("published")) => {
                Some(Day::Published)
            }
            () => None,
        }
    }
}
