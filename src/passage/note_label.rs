//! Notes that say themselves that they are notes, as those of collections of laws do.

/// Words for a note, before a stop or a colon.
const LABELS: &[&str] = &["footnote", "сноска"];

/// Returns true if and only if `text` begins with the word for a note: `Footnote. See …`, `Note. In force …`. `Note:` may
/// begin a text of the author's, too.
pub fn begins(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (label, behind) = text.split_at(end);
    let is_label = label.len() <= 20 && LABELS.contains(&label.to_lowercase().as_str());
    is_label && behind.starts_with([':', '.']) || label == "Note" && behind.starts_with(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_needs_its_stop() {
        for note in
            ["Footnote. See the order of 3 May.", "Note. In force from May.", "Сноска. В редакции закона."]
        {
            assert!(begins(note), "{note}");
        }
        for text in ["Note that it was in force.", "Footnotes were few.", "Note: the author was there.", ""] {
            assert!(!begins(text), "{text}");
        }
    }
}
