//! The metadata of an e-book's package file (OPF 2 and 3): who did what, and which date is the work's.

use super::xml::{self, Element, Node};
use crate::bibliography::{Date, Name, Work, WorkType};

/// An element of the metadata with its text.
struct Entry {
    element: Element,
    text: String,
}

impl Entry {
    fn value(&self, attribute: &str) -> &str {
        self.element.attribute(attribute).unwrap_or_default()
    }
}

/// What the metadata state of the work.
pub fn stated(opf: &str) -> Work {
    let entries = entries(opf);
    let mut work = Work { work_type: WorkType::Book, ..Work::default() };
    let texts = |name: &'static str| {
        let named = move |e: &&Entry| e.element.name == name && !e.text.is_empty();
        entries.iter().filter(named)
    };
    work.title = title(&entries, texts("title"));
    work.publisher = texts("publisher").next().map(|e| e.text.clone());
    work.language = texts("language").next().map(|e| e.text.clone());
    work.isbn = texts("identifier").find_map(|e| isbn(&e.text));
    work.issued = issued(&entries);
    for person in texts("creator").chain(texts("contributor")) {
        let roles = roles(&entries, person);
        let is = |role: &str| roles.contains(&role);
        let field = match () {
            () if is("aut") || roles.is_empty() && person.element.name == "creator" => &mut work.authors,
            () if is("trl") => &mut work.translators,
            () if is("edt") => &mut work.editors,
            // Illustrators, narrators, producers of the file.
            () => continue,
        };
        field.extend(names(&entries, person));
    }
    work
}

/// The elements below `metadata`, in order.
fn entries(opf: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let (mut inside, mut open) = (false, false);
    // What could be read of them is used.
    let _ = xml::read(opf, |node| match node {
        Node::Open(element) if element.name == "metadata" => inside = true,
        Node::Close(name) if name == "metadata" => (inside, open) = (false, false),
        Node::Open(element) if inside => {
            open = true;
            entries.push(Entry { element, text: String::new() });
        }
        Node::Close(_) => open = false,
        Node::Text(text) if open => {
            if let Some(entry) = entries.last_mut() {
                entry.text.push_str(&text);
            }
        }
        _ => {}
    });
    for entry in &mut entries {
        entry.text = entry.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    entries
}

/// What `meta` elements say of another element: `<meta refines="#id" property="role">aut</meta>`.
fn refinements<'e>(entries: &'e [Entry], of: &Entry, property: &str) -> impl Iterator<Item = &'e str> {
    let id = of.value("id");
    let refines = move |e: &&Entry| {
        !id.is_empty() && e.value("refines").strip_prefix('#') == Some(id) && e.value("property") == property
    };
    entries.iter().filter(refines).map(|e| e.text.as_str()).collect::<Vec<_>>().into_iter()
}

/// The MARC relator codes of a person: by attribute in OPF 2, by refinement in OPF 3.
fn roles<'e>(entries: &'e [Entry], person: &'e Entry) -> Vec<&'e str> {
    let own = Some(person.value("role")).filter(|role| !role.is_empty());
    own.into_iter().chain(refinements(entries, person, "role")).map(str::trim).collect()
}

/// The names of an entry; the form that it is filed under shows which is the family name.
fn names(entries: &[Entry], person: &Entry) -> Vec<Name> {
    let own = Some(person.value("file-as")).filter(|form| !form.is_empty());
    let filed = own.or_else(|| refinements(entries, person, "file-as").next());
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters
    };
    let same = |form: &&str| form.matches(',').count() == 1 && letters(form) == letters(&person.text);
    match filed.filter(same).and_then(Name::parse) {
        Some(name) => vec![name],
        None => Name::parse_list(&person.text),
    }
}

/// The main title, with the subtitle that is given beside it.
fn title<'e>(entries: &'e [Entry], titles: impl Iterator<Item = &'e Entry>) -> Option<String> {
    let titles: Vec<&Entry> = titles.collect();
    let kind = |e: &&&Entry, kind: &str| refinements(entries, e, "title-type").any(|k| k == kind);
    let main = titles.iter().find(|e| kind(e, "main")).or(titles.first())?;
    let subtitle = titles.iter().find(|e| kind(e, "subtitle")).filter(|s| !main.text.contains(&s.text));
    Some(match subtitle {
        Some(subtitle) => format!("{}: {}", main.text, subtitle.text),
        None => main.text.clone(),
    })
}

/// The date of publication. The days on which the file was made or changed are no dates of the work.
fn issued(entries: &[Entry]) -> Option<Date> {
    let date = |text: &str| text.get(..10).and_then(Date::parse).or_else(|| Date::parse(text));
    let with = |event: &str| {
        let dates = entries.iter().filter(|e| e.element.name == "date" && e.value("event") == event);
        dates.filter_map(|e| date(&e.text)).next()
    };
    let issued = || entries.iter().filter(|e| e.value("property") == "dcterms:issued");
    with("publication").or_else(|| with("")).or_else(|| issued().find_map(|e| date(&e.text)))
}

fn isbn(text: &str) -> Option<String> {
    let named = text.starts_with("978") || text.to_ascii_lowercase().contains("isbn");
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == 'X').collect();
    Some(digits).filter(|d| named && matches!(d.len(), 10 | 13))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(metadata: &str) -> Work {
        stated(&format!("<package><metadata>{metadata}</metadata><spine/></package>"))
    }

    fn shown(names: &[Name]) -> Vec<String> {
        names.iter().map(Name::display).collect()
    }

    #[test]
    fn everyone_comes_to_the_field_of_their_role() {
        let old = of(
            r#"<dc:creator opf:role="aut">Ada Linden</dc:creator><dc:creator opf:role="trl">Tomas Reyes</dc:creator>
<dc:contributor opf:role="edt">Ingrid Solheim</dc:contributor><dc:creator opf:role="ill">Olaf Berg</dc:creator><dc:contributor>A Shop</dc:contributor>"#,
        );
        let new = of(
            r##"<dc:creator id="a">Ada Linden</dc:creator><meta refines="#a" property="role" scheme="marc:relators">aut</meta>
<dc:creator id="b">Tomas Reyes</dc:creator><meta refines="#b" property="role">trl</meta><dc:contributor id="c">Ingrid Solheim</dc:contributor>
<meta refines="#c" property="role">edt</meta><dc:creator id="d">Olaf Berg</dc:creator><meta refines="#d" property="role">ill</meta>"##,
        );
        for work in [old, new] {
            assert_eq!(shown(&work.authors), ["Ada Linden"]);
            assert_eq!(shown(&work.translators), ["Tomas Reyes"]);
            assert_eq!(shown(&work.editors), ["Ingrid Solheim"]);
        }
        assert_eq!(shown(&of("<dc:creator>Ada Linden</dc:creator>").authors), ["Ada Linden"]);
        let filed = of(r#"<dc:creator opf:file-as="Linden Berg, Ada">Ada Linden Berg</dc:creator>"#);
        assert_eq!(filed.authors[0].family.as_deref(), Some("Linden Berg"));
    }

    #[test]
    fn only_a_publication_dates_the_work() {
        let date = |metadata: &str| of(metadata).issued.map(|d| d.to_string());
        let made = r#"<dc:date opf:event="creation">2020-01-01</dc:date><dc:date opf:event="modification">2022</dc:date>"#;
        assert_eq!(date(made), None);
        assert_eq!(date(r#"<meta property="dcterms:modified">2022-01-01T00:00:00Z</meta>"#), None);
        let published = r#"<dc:date opf:event="publication">2015-05-06</dc:date>"#;
        assert_eq!(date(&format!("{made}{published}")).as_deref(), Some("2015-05-06"));
        assert_eq!(date("<dc:date>2019-05-01T00:00:00Z</dc:date>").as_deref(), Some("2019-05-01"));
    }

    #[test]
    fn titles_are_whole() {
        let work = of(r##"<dc:title id="t">Ports &amp; Roads</dc:title><dc:title id="s">A Survey</dc:title>
<meta refines="#s" property="title-type">subtitle</meta><dc:identifier>urn:isbn:978-1-234-56789-7</dc:identifier>"##);
        assert_eq!(work.title.as_deref(), Some("Ports & Roads: A Survey"));
        assert_eq!(work.isbn.as_deref(), Some("9781234567897"));
    }
}
