//! XMP: what the metadata stream of a file states of the work.
//!
//! Adobe, XMP Specification Part 1 (ISO 16684-1), with the Dublin Core, PDF and PRISM properties.

use super::super::xml::{self, Element, Node};
use super::objects::Objects;
use crate::bibliography::{Date, Name, Work};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unpdf::parser::raw::stream;

/// Bytes beyond which nobody wrote the metadata for a reader.
const LONGEST: usize = 4 << 20;

/// What the metadata of the file states; empty when there are none that can be read.
pub fn read(objects: &Objects) -> Work {
    let Some(catalogue) = objects.catalogue() else { return Work::default() };
    let metadata = objects.entry(&catalogue, b"Metadata");
    let text = metadata.as_stream().and_then(|s| stream::decompress(s).ok()).filter(|t| t.len() <= LONGEST);
    text.map(|text| stated(&super::super::package::decode(&text))).unwrap_or_default()
}

/// The values of the properties that are looked at, by their local names.
#[derive(Default)]
struct Properties {
    values: HashMap<String, Vec<String>>,
    /// The property that is open, and the value within it.
    open: Option<String>,
    value: String,
    /// Elements that are open within the property.
    within: usize,
}

/// Properties of the work; those of the file (its tools, its history) stay out.
const LOOKED_AT: [&str; 22] = [
    "title",
    "creator",
    "date",
    "publisher",
    "language",
    "subject",
    "identifier",
    "Keywords",
    "CreateDate",
    "ModifyDate",
    "publicationName",
    "publicationDate",
    "coverDate",
    "coverDisplayDate",
    "doi",
    "volume",
    "number",
    "issn",
    "isbn",
    "url",
    "startingPage",
    "endingPage",
];

impl Properties {
    fn take(&mut self, node: Node) {
        match node {
            Node::Open(element) if self.open.is_none() => self.open(element),
            Node::Open(_) => {
                self.within += 1;
                self.value.clear();
            }
            Node::Text(text) if self.open.is_some() => self.value.push_str(&text),
            Node::Text(_) => {}
            Node::Close(name) => self.close(&name),
        }
    }

    fn open(&mut self, element: Element) {
        // Simple properties may be attributes of their description.
        if element.name == "Description" {
            for name in LOOKED_AT {
                if let Some(value) = element.attribute(name) {
                    self.put(name, value);
                }
            }
        } else if LOOKED_AT.contains(&element.name.as_str()) {
            self.open = Some(element.name);
            self.within = 0;
            self.value.clear();
        }
    }

    fn close(&mut self, name: &str) {
        let Some(open) = self.open.clone() else { return };
        let value = std::mem::take(&mut self.value);
        if name == "li" || self.within == 0 {
            self.put(&open, &value);
        }
        if self.within == 0 {
            self.open = None;
        }
        self.within = self.within.saturating_sub(1);
    }

    fn put(&mut self, name: &str, value: &str) {
        let value: String = value.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        if !value.is_empty() {
            self.values.entry(name.to_owned()).or_default().push(value);
        }
    }

    fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).first().cloned())
    }

    /// The date of the work. One that is a time of the file, to the second, is no date of issue.
    fn issued(&self) -> Option<Date> {
        let of_file =
            |date: &String| self.all("CreateDate").contains(date) || self.all("ModifyDate").contains(date);
        let of_issue = self.first(&["publicationDate", "coverDate", "coverDisplayDate"]);
        let date = of_issue.or_else(|| self.first(&["date"]).filter(|date| !of_file(date)))?;
        // Without the time of day.
        Date::parse(date.split('T').next()?)
    }
}

fn stated(text: &str) -> Work {
    let mut found = Properties::default();
    // What stands before a mistake is kept.
    let _ = xml::read(text, |node| found.take(node));
    let doi = found.first(&["doi", "identifier"]);
    let doi = doi.as_deref().and_then(|d| d.find("10.").map(|at| d[at..].to_owned()));
    let pages = match (found.first(&["startingPage"]), found.first(&["endingPage"])) {
        (Some(first), Some(last)) if first != last => Some(format!("{first}–{last}")),
        (first, _) => first,
    };
    let keywords = match found.all("subject") {
        [] => found.all("Keywords"),
        subjects => subjects,
    };
    let words = |text: &String| text.split([',', ';']).map(|w| w.trim().to_owned()).collect::<Vec<_>>();
    Work {
        title: found.first(&["title"]),
        authors: found.all("creator").iter().flat_map(|names| Name::parse_list(names)).collect(),
        issued: found.issued(),
        container: found.first(&["publicationName"]),
        publisher: found.first(&["publisher"]),
        volume: found.first(&["volume"]),
        issue: found.first(&["number"]).filter(|_| !found.all("publicationName").is_empty()),
        pages,
        url: found.first(&["url"]).filter(|u| u.starts_with("http")),
        doi: doi.filter(|d| d.contains('/') && !d.contains(' ')),
        issn: found.first(&["issn"]),
        isbn: found.first(&["isbn"]),
        language: found.first(&["language"]).filter(|l| l != "x-unknown" && l.len() <= 20),
        keywords: keywords.iter().flat_map(words).filter(|w| !w.is_empty()).collect(),
        ..Work::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::made::pdf as made;
    use super::*;

    const PACKET: &str = r#"<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
<rdf:Description rdf:about="" prism:publicationName="Central Asian Review" xmp:CreateDate="2020-01-02T10:00:00Z">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Rails and
 Rivers</rdf:li><rdf:li xml:lang="fr">Rails et rivières</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Anna Petrova</rdf:li><rdf:li>Lee Wong</rdf:li></rdf:Seq></dc:creator>
<dc:date><rdf:Seq><rdf:li>2019-05-06</rdf:li></rdf:Seq></dc:date>
<dc:subject><rdf:Bag><rdf:li>rail</rdf:li><rdf:li>water</rdf:li></rdf:Bag></dc:subject>
<prism:doi>10.1000/182</prism:doi><prism:volume>7</prism:volume><prism:number>2</prism:number>
<prism:startingPage>217</prism:startingPage><prism:endingPage>230</prism:endingPage>
<xmpMM:History><rdf:Seq><rdf:li><rdf:Description stEvt:action="saved"/></rdf:li></rdf:Seq></xmpMM:History>
</rdf:Description></rdf:RDF></x:xmpmeta>"#;

    #[test]
    fn the_work_is_read_from_the_packet() {
        let work = stated(PACKET);
        assert_eq!(work.title.as_deref(), Some("Rails and Rivers"));
        assert_eq!(work.authors.len(), 2);
        assert_eq!(work.issued.map(|d| d.to_string()).as_deref(), Some("2019-05-06"));
        assert_eq!(work.container.as_deref(), Some("Central Asian Review"));
        assert_eq!(work.doi.as_deref(), Some("10.1000/182"));
        assert_eq!((work.volume.as_deref(), work.issue.as_deref()), (Some("7"), Some("2")));
        assert_eq!(work.pages.as_deref(), Some("217–230"));
        assert_eq!(work.keywords, ["rail", "water"]);
    }

    #[test]
    fn the_time_of_the_file_is_no_date_of_the_work() {
        let packet = PACKET.replace("2019-05-06", "2020-01-02T10:00:00Z");
        assert_eq!(stated(&packet).issued, None);
    }

    #[test]
    fn the_packet_is_the_one_of_the_catalogue() {
        let mut objects = vec![
            b"<< /Type /Catalog /Pages 2 0 R /Metadata 3 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec(),
            made::stream("/Type /Metadata /Subtype /XML", PACKET.as_bytes()),
        ];
        let read = |objects: &[Vec<u8>]| super::read(&Objects::open(&made::assemble(objects, "")).unwrap());
        assert_eq!(read(&objects).title.as_deref(), Some("Rails and Rivers"));
        // That of a picture in the file says nothing of the work.
        objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
        assert_eq!(read(&objects), Work::default());
    }
}
