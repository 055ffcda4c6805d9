//! Texts of tags and structured data as a reader sees them: without character references and formatting tags.

/// How often a text may have been encoded.
const ROUNDS: usize = 3;
/// Bytes of the longest character reference that is looked at: `&CounterClockwiseContourIntegral;`.
const LONGEST: usize = 34;
/// Tags that are left in titles.
const FORMATTING: [&str; 12] =
    ["b", "br", "em", "i", "span", "strong", "sub", "sup", "p", "u", "mark", "wbr"];

/// The text with character references decoded, as often as they were encoded, without tags of formatting, and with
/// single spaces.
pub fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        match decoded(&text) {
            Some(decoded) => text = decoded,
            None => break,
        }
    }
    without_tags(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with one round of character references decoded; `None` when it has none.
fn decoded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut any = false;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let head = rest.as_bytes().iter().take(LONGEST).position(|b| *b == b';');
        let reference = head.and_then(|end| rest.get(..=end)).filter(|r| is_reference(r));
        match reference.and_then(|r| Some((r.len(), character(r)?))) {
            Some((length, sign)) => {
                out.push_str(&sign);
                rest = &rest[length..];
                any = true;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    any.then_some(out)
}

fn is_reference(text: &str) -> bool {
    let name = text.trim_start_matches('&').trim_end_matches(';').trim_start_matches('#');
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The sign that one reference means.
fn character(reference: &str) -> Option<String> {
    let sign = match reference {
        "&amp;" => "&".to_owned(),
        "&lt;" => "<".to_owned(),
        "&gt;" => ">".to_owned(),
        "&quot;" | "&#34;" => "\"".to_owned(),
        "&nbsp;" => " ".to_owned(),
        // The parser of pages has the table of all of them.
        _ => dom_query::Document::from(format!("<p>{reference}</p>")).select("p").text().to_string(),
    };
    (sign != reference).then_some(sign)
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag_length(rest) {
            Some(length) => rest = &rest[length..],
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Bytes of the formatting tag with which `text` begins.
fn tag_length(text: &str) -> Option<usize> {
    let name = text[1..].trim_start_matches('/');
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_known = FORMATTING.iter().any(|tag| name[..length].eq_ignore_ascii_case(tag));
    let end = text.as_bytes().iter().take(200).position(|b| *b == b'>')?;
    is_known.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_however_often_they_were_encoded() {
        for (encoded, plain_text) in [
            ("Jos&eacute; P&eacute;rez", "José Pérez"),
            ("Mayor&amp;#8217;s  office", "Mayor’s office"),
            ("&amp;amp;quot;Yes&amp;amp;quot;", "\"Yes\""),
            ("AT&T & Co; R&D", "AT&T & Co; R&D"),
            ("Tom &amp; Ann", "Tom & Ann"),
            ("A <em>great</em> day<br/>", "A great day"),
            ("if a < b and b > c", "if a < b and b > c"),
            ("&unknownthing;", "&unknownthing;"),
        ] {
            assert_eq!(plain(encoded), plain_text, "{encoded}");
        }
    }
}
