//! The list of its printed pages that an e-book may have: in its navigation document (EPUB 3) or in its NCX (EPUB 2).

use super::package::join;
use super::xml::{self, Node};
use std::collections::HashMap;

/// Where pages begin: for each part of the book, the labels by the id of the element, or by no id for its beginning.
pub type PageList = HashMap<String, HashMap<String, String>>;

/// Adds the pages that a navigation document or an NCX, at `path` in the package, lists.
pub fn read(list: &mut PageList, path: &str, text: &str) {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut within, mut target, mut label) = (false, None, String::new());
    // What stands before a mistake is kept.
    let _ = xml::read(text, |node| match node {
        Node::Open(element) => match element.name.as_str() {
            "nav" => within = element.attribute("type").is_some_and(|t| t.contains("page-list")),
            "pageList" => within = true,
            "a" | "content" if within => {
                target = element.attribute("href").or(element.attribute("src")).map(str::to_owned);
                if element.name == "a" {
                    label.clear();
                }
            }
            "pageTarget" => label.clear(),
            _ => {}
        },
        Node::Text(text) if within => label.push_str(&text),
        Node::Text(_) => {}
        Node::Close(name) => match name.as_str() {
            "nav" | "pageList" => within = false,
            "a" | "pageTarget" => {
                if let Some(target) = target.take().filter(|_| within) {
                    let id = target.split_once('#').map_or("", |(_, id)| id).to_owned();
                    list.entry(join(folder, &target)).or_default().insert(id, label.trim().to_owned());
                }
            }
            _ => {}
        },
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_from_both_sorts_of_lists() {
        let nav = r#"<html><nav epub:type="toc"><a href="a.xhtml">One</a></nav>
<nav epub:type="page-list"><ol><li><a href="text/a.xhtml#p7">7</a></li></ol></nav></html>"#;
        let ncx = r#"<ncx><navMap><navPoint><navLabel><text>One</text></navLabel><content src="a.xhtml"/></navPoint></navMap>
<pageList><pageTarget><navLabel><text>8</text></navLabel><content src="text/a.xhtml#p8"/></pageTarget></pageList></ncx>"#;
        let mut list = PageList::new();
        read(&mut list, "OPS/nav.xhtml", nav);
        read(&mut list, "OPS/toc.ncx", ncx);
        assert_eq!(list.len(), 1, "{list:?}");
        let pages = &list["OPS/text/a.xhtml"];
        assert_eq!((pages["p7"].as_str(), pages["p8"].as_str()), ("7", "8"));
    }
}
