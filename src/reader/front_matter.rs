//! Front matter, as pandoc and static-site tools have it: YAML between two `---` lines, or TOML between two `+++` lines,
//! at the start of a text. [`entries`] reads its keys; here is what they state of the work.

mod entries;

pub use entries::Entry;

use crate::bibliography::{Date, Name, Work, byline_names};
use entries::split_key;

/// A longer block is no front matter, in bytes.
const LONGEST: usize = 1 << 16;

/// What a front matter says, and where the text after it starts.
pub struct FrontMatter {
    /// What it states.
    pub stated: Work,
    /// Byte offset of the text after it.
    pub end: usize,
    /// Values that could not be read.
    pub doubts: Vec<String>,
}

/// Reads the front matter at the start of a text, if there is one.
pub fn read(text: &str) -> Option<FrontMatter> {
    let is_toml = text.starts_with("+++");
    let rest = text.strip_prefix(if is_toml { "+++" } else { "---" })?.trim_start_matches([' ', '\t']);
    let start = text.len() - rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'))?.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let next = at + line.len();
        let closes = |signs: &[&str]| signs.contains(&line.trim_end());
        if closes(if is_toml { &["+++"] } else { &["---", "..."] }) {
            let block = &text[start..at];
            let entries = if is_toml { entries::toml(block) } else { entries::yaml(block) };
            let (stated, doubts) = stated(&entries);
            let is_matter = if is_toml { !entries.is_empty() } else { has_key(block) };
            return is_matter.then_some(FrontMatter { stated, end: next, doubts });
        }
        if next - start > LONGEST {
            return None;
        }
        at = next;
    }
    None
}

/// Returns true if and only if the block begins with a key of one word: two rules with prose between are no front matter.
fn has_key(block: &str) -> bool {
    let first = block.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#'));
    first.and_then(split_key).is_some_and(|(key, _)| !key.contains(' '))
}

/// What keys and values state of a work, and the values that could not be read. Of two keys for one field the first
/// counts.
pub fn stated(entries: &[Entry]) -> (Work, Vec<String>) {
    let (mut work, mut doubts) = (Work::default(), Vec::new());
    let mut subtitle = None;
    for Entry { key, values } in entries {
        let Some(first) = values.first() else { continue };
        let names = || values.iter().flat_map(|v| Name::parse_list(v)).collect::<Vec<_>>();
        match key.as_str() {
            "subtitle" => subtitle = Some(first),
            "author" | "authors" | "creator" | "creators" | "writer" | "writers"
                if work.authors.is_empty() =>
            {
                work.authors = names();
            }
            "byline" | "by" if work.authors.is_empty() => {
                work.authors = values.iter().flat_map(|v| byline_names(v)).collect();
            }
            "editor" | "editors" => work.editors = names(),
            "translator" | "translators" => work.translators = names(),
            "keywords" | "tags" => work.keywords.clone_from(values),
            key if is_date_of_issue(key) => match Date::parse(first) {
                Some(date) => work.issued = work.issued.or(Some(date)),
                None => doubts.push(format!("front matter: `{first}` is no date")),
            },
            "accessed" | "accessdate" | "access-date" | "date-accessed" | "retrieved" => {
                work.accessed = Date::parse(first);
            }
            key => {
                if let Some(field) = text_field(&mut work, key, first) {
                    field.get_or_insert_with(|| first.clone());
                }
            }
        }
    }
    if let (Some(title), Some(subtitle)) = (&mut work.title, subtitle) {
        *title = format!("{title}: {subtitle}");
    }
    (work, doubts)
}

/// Days on which the text was changed or read are none.
fn is_date_of_issue(key: &str) -> bool {
    matches!(
        key,
        "date"
            | "issued"
            | "published"
            | "published-at"
            | "published-on"
            | "publish-date"
            | "publishdate"
            | "pubdate"
            | "pub-date"
            | "date-published"
            | "datepublished"
            | "publication-date"
            | "date-of-publication"
    )
}

/// The field of plain text that a key states; an address is neither a journal nor a title.
fn text_field<'w>(work: &'w mut Work, key: &str, value: &str) -> Option<&'w mut Option<String>> {
    let is_address = value.contains("://");
    Some(match key {
        "title" | "headline" => &mut work.title,
        "source" | "url" | "link" | "permalink" | "source-url" | "original-url" | "canonical"
        | "canonical-url" | "canonicalurl"
            if is_address =>
        {
            &mut work.url
        }
        _ if is_address => return None,
        "publisher" | "institution" | "organization" | "organisation" => &mut work.publisher,
        "journal" | "container-title" | "publication" | "newspaper" | "magazine" | "site" | "site-name"
        | "sitename" | "website" | "source" => &mut work.container,
        "doi" => &mut work.doi,
        "lang" | "language" => &mut work.language,
        "isbn" => &mut work.isbn,
        "issn" => &mut work.issn,
        "volume" => &mut work.volume,
        "issue" => &mut work.issue,
        "pages" => &mut work.pages,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pandoc_front_matter_is_read() {
        let text = "---\ntitle: 'Trade: a survey'\nauthor:\n- Anna Kovalenko\n- name: Fazal ur Rahman\ndate: 2021-09-08\nlang: en-GB\n---\nText.\n";
        let matter = read(text).unwrap();
        assert_eq!(matter.stated.title.as_deref(), Some("Trade: a survey"));
        assert_eq!(matter.stated.authors.len(), 2);
        assert_eq!(matter.stated.issued.unwrap().to_string(), "2021-09-08");
        assert_eq!(&text[matter.end..], "Text.\n");
    }

    #[test]
    fn keys_of_many_tools_are_understood() {
        let text = "---\ntitle : Ports Of The North\nbyline: By Ada Linden, staff writer\ndate  : 2025-09-17 12:00:00 +0800\nlastmod: 2026-01-01\nsource: https://example.org/ports\nsite: Harbour News\nkeywords: [ports, \"ice, roads\"]\n---\nText.\n";
        let stated = read(text).unwrap().stated;
        assert_eq!(stated.title.as_deref(), Some("Ports Of The North"));
        assert_eq!(stated.authors[0].display(), "Ada Linden");
        assert_eq!(stated.issued.unwrap().to_string(), "2025-09-17");
        assert_eq!(stated.url.as_deref(), Some("https://example.org/ports"));
        assert_eq!(stated.container.as_deref(), Some("Harbour News"));
        assert_eq!(stated.keywords, ["ports", "ice, roads"]);
        let toml =
            read("+++\ntitle = 'Ports'\nauthors = ['Ada Linden', 'Tomas Reyes']\n+++\nText.\n").unwrap();
        assert_eq!((toml.stated.title.as_deref(), toml.stated.authors.len()), (Some("Ports"), 2));
        for (date, expected) in [
            ("17 September 2025", Some("2025-09-17")),
            ("Sept. 17, 2025", Some("2025-09-17")),
            ("2025-09-17T08:00:00+02:00", Some("2025-09-17")),
            ("soon", None),
        ] {
            let matter = read(&format!("---\ntitle: Ports\ndate: {date}\n---\n")).unwrap();
            assert_eq!(matter.stated.issued.map(|d| d.to_string()).as_deref(), expected, "{date}");
            assert_eq!(matter.doubts.len(), usize::from(expected.is_none()));
        }
    }

    #[test]
    fn hostile_blocks_cost_their_length() {
        let deep = format!("---\na: {}\ntitle: Ports\n---\n", "[".repeat(30_000));
        assert_eq!(read(&deep).unwrap().stated.title.as_deref(), Some("Ports"));
        let bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nauthor: [*b, *b]\n---\n";
        assert!(read(bomb).unwrap().stated.authors.is_empty(), "aliases are not expanded");
        assert!(read(&format!("---\ntitle: {}\n---\n", "a".repeat(LONGEST))).is_none());
    }

    #[test]
    fn rules_with_prose_between_are_no_front_matter() {
        assert!(read("---\n\nSome prose.\n\n---\n").is_none());
        assert!(read("---\ntitle: open").is_none());
        assert!(read("Text").is_none());
    }
}
