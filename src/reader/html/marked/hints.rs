//! What an element says that it holds, by its classes, `rel`, `itemprop` and attributes for tests.

use super::super::tags::Day;
use dom_query::NodeRef;

/// Beginnings of words that mark credits.
const AUTHOR: [&str; 16] = [
    "author",
    "byline",
    "autor",
    "auteur",
    "writer",
    "reporter",
    "journalist",
    "penulis",
    "yazar",
    "verfasser",
    "redacteur",
    "skribent",
    "forfatter",
    "signature",
    "articleauthor",
    "postauthor",
];

/// Words beside those that say it is something else: what is written about an author, of a comment, a picture.
const NOT_AUTHOR: [&str; 49] = [
    "location",
    "place",
    "city",
    "comment",
    "comments",
    "commenter",
    "photo",
    "photographer",
    "image",
    "img",
    "picture",
    "pic",
    "avatar",
    "caption",
    "bio",
    "biography",
    "about",
    "description",
    "desc",
    "role",
    "position",
    "job",
    "title",
    "more",
    "related",
    "social",
    "twitter",
    "facebook",
    "follow",
    "date",
    "time",
    "timestamp",
    "email",
    "mail",
    "link_list",
    "icon",
    "logo",
    "archive",
    "rss",
    "prefix",
    "pre",
    "label",
    "dateline",
    "profile",
    "quote",
    "gravatar",
    "kicker",
    "reply",
    "search",
];

/// Words of what is not the article.
const APART: [&str; 46] = [
    "comment",
    "comments",
    "commentlist",
    "disqus",
    "related",
    "recommend",
    "recommended",
    "recommendations",
    "recirc",
    "recirculation",
    "sidebar",
    "promo",
    "promos",
    "teaser",
    "teasers",
    "trending",
    "popular",
    "mostread",
    "newsletter",
    "footer",
    "menu",
    "navigation",
    "navbar",
    "nav",
    "carousel",
    "readmore",
    "latest",
    "swiper",
    "slick",
    "modal",
    "popup",
    "advert",
    "advertisement",
    "sponsored",
    "outbrain",
    "taboola",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "consent",
    "mostviewed",
    "upnext",
    "morestories",
    "widget",
    "widgets",
    "respond",
];

/// Words that mark a date; others are known to [`Day::of`].
const DAY: [&str; 12] = [
    "date",
    "dateline",
    "datetime",
    "pubdate",
    "published",
    "posted",
    "timestamp",
    "datum",
    "fecha",
    "tanggal",
    "tarih",
    "publication",
];

/// Words of dates of other things: births, events, members of a forum.
const NOT_DAY: [&str; 10] =
    ["bday", "birth", "dtstart", "dtend", "event", "join", "joined", "comment", "deadline", "expires"];

/// What an element says of itself.
pub(super) struct Hints {
    element: String,
    /// Words of its classes and id, small.
    words: Vec<String>,
    rel: String,
    itemprop: String,
    /// A link to the page of a person.
    is_profile: bool,
}

impl Hints {
    pub(super) fn of(node: &NodeRef<'_>, element: &str) -> Hints {
        let mut words = Vec::new();
        let (mut rel, mut itemprop, mut is_profile) = (String::new(), String::new(), false);
        for attribute in node.attrs() {
            let value = &attribute.value;
            match &*attribute.name.local {
                "class" | "id" | "data-testid" | "data-qa" | "data-component" | "data-test" | "data-type"
                | "role" => {
                    cut(value.get(..value.len().min(400)).unwrap_or_default(), &mut words);
                }
                "rel" => rel = value.to_ascii_lowercase(),
                "href" if element == "a" => is_profile = is_profile_address(value),
                "itemprop" | "property" => itemprop = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        Hints { element: element.to_owned(), words, rel, itemprop, is_profile }
    }

    fn has(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }

    /// Menus, comments, teasers.
    pub(super) fn is_apart(&self) -> bool {
        matches!(self.element.as_str(), "nav" | "footer" | "form" | "menu" | "blockquote") || self.has(&APART)
    }

    /// Beside the article, where only what is marked as its author and date is of it.
    pub(super) fn is_aside(&self) -> bool {
        self.element == "aside"
    }

    /// Its classes and the like in one text: those of the authors of one byline are the same.
    pub(super) fn signature(&self) -> String {
        self.words.join(" ")
    }

    /// A credit, by the page's own word for it.
    pub(super) fn is_stated_author(&self) -> bool {
        let rel = self.rel.split_whitespace().any(|word| word == "author");
        let itemprop = self
            .itemprop
            .split_whitespace()
            .any(|word| matches!(word, "author" | "creator" | "schema:author"));
        rel || itemprop
    }

    /// A link to a person's page, without any other mark.
    pub(super) fn is_profile_link(&self) -> bool {
        self.is_profile && !self.is_author_class()
    }

    fn is_author_class(&self) -> bool {
        let named = |word: &String| AUTHOR.iter().any(|author| word.starts_with(author)) && word.len() < 20;
        self.words.iter().any(named) && !self.has(&NOT_AUTHOR)
    }

    /// A credit.
    pub(super) fn is_author(&self) -> bool {
        if matches!(
            self.element.as_str(),
            "body" | "html" | "main" | "article" | "img" | "input" | "meta" | "link"
        ) {
            return false;
        }
        self.is_stated_author() || self.is_profile || self.is_author_class()
    }

    /// A headline that is no `<h1>`.
    pub(super) fn is_headline(&self) -> bool {
        let itemprop = self.itemprop.split_whitespace().any(|word| word == "headline");
        let block = matches!(self.element.as_str(), "h2" | "h3" | "div" | "p" | "span");
        let class = self.has(&["headline"])
            || self.has(&["title"]) && self.has(&["post", "entry", "article", "story"]);
        itemprop || block && class
    }

    /// A date of publication or change.
    pub(super) fn day(&self, name: &str) -> Option<Day> {
        if let Some(day) = Day::of(&self.itemprop).filter(|_| !self.itemprop.is_empty()) {
            return Some(day);
        }
        if self.is_of_other_day() {
            return None;
        }
        let changed = self.words.iter().any(|w| Day::of(w) == Some(Day::Changed));
        let dated = name == "time" || self.has(&DAY);
        match (dated, changed) {
            (true, true) => Some(Day::Changed),
            (true, false) => Some(Day::Published),
            _ => None,
        }
    }

    /// The day of a birth, an event, a comment.
    pub(super) fn is_of_other_day(&self) -> bool {
        self.has(&NOT_DAY)
    }

    /// A date of publication, by the page's own word for it.
    pub(super) fn is_stated_day(&self, node: &NodeRef<'_>) -> bool {
        node.has_attr("pubdate") || self.itemprop.contains("datepublished")
    }
}

/// What a shown date says that it is of: `Published: …`, `Updated …`; `None` when it does not say, or says both.
pub(super) fn said_day(text: &str) -> Option<Day> {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let changed = has(&[
        "updat",
        "modif",
        "aktualis",
        "mis à jour",
        "actualiz",
        "обновл",
        "güncel",
        "aggiorn",
        "更新",
        "bijgewerkt",
    ]);
    let published = has(&["publi", "posted", "veröff", "erstellt", "опубл", "yayın", "公開"]);
    (changed && !published).then_some(Day::Changed)
}

/// Cuts a value of an attribute into small words at signs and at capitals within a word: `ArticleAuthor-name`.
fn cut(value: &str, words: &mut Vec<String>) {
    for part in value.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
        let mut word = String::new();
        let mut was_small = false;
        for c in part.chars() {
            if c.is_uppercase() && was_small && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            was_small = c.is_lowercase();
            word.extend(c.to_lowercase());
        }
        words.push(word);
    }
}

/// `/authors/anna-lind`, `/profile/anna-lind/`: the address of a person's page on a site.
fn is_profile_address(address: &str) -> bool {
    const FOLDERS: [&str; 22] = [
        "author",
        "authors",
        "autor",
        "autores",
        "autoren",
        "auteur",
        "auteurs",
        "people",
        "person",
        "profile",
        "profiles",
        "contributor",
        "contributors",
        "staff",
        "reporter",
        "reporters",
        "journalist",
        "journalists",
        "editors",
        "writer",
        "writers",
        "by",
    ];
    let path = address
        .split_once("//")
        .map_or(address, |(_, rest)| rest)
        .split(['?', '#'])
        .next()
        .unwrap_or_default();
    let mut segments = path.split('/').filter(|s| !s.is_empty()).rev();
    let is_name = segments.next().is_some_and(|s| s.len() > 3 && s.chars().any(char::is_alphabetic));
    is_name && segments.next().is_some_and(|folder| FOLDERS.contains(&folder.to_ascii_lowercase().as_str()))
}
