//! Where a page was saved from and when, as browsers and their extensions note it in a comment at the top of the file.

use super::page_date;
use crate::bibliography::Date;

/// Bytes of a file in which such a comment is looked for.
const TOP: usize = 8 << 10;

/// The address and the day of a saved copy, as far as they are known.
#[derive(Default)]
pub struct Saved {
    /// The page's address.
    pub url: Option<String>,
    /// The day on which it was saved.
    pub accessed: Option<Date>,
}

impl Saved {
    /// What the page's first comments say: `saved from url=(0027)https://…`, as Chrome, Edge and Internet Explorer write it,
    /// or `url: https://…` and `saved date: …` below `Page saved with SingleFile`.
    pub fn noted_in(page: &str) -> Saved {
        let mut end = page.len().min(TOP);
        while !page.is_char_boundary(end) {
            end -= 1;
        }
        page[..end].split("<!--").skip(1).find_map(comment).unwrap_or_default()
    }

    /// This one, with what it lacks from the other.
    pub fn or(self, other: Saved) -> Saved {
        Saved { url: self.url.or(other.url), accessed: self.accessed.or(other.accessed) }
    }
}

fn comment(rest: &str) -> Option<Saved> {
    let text = rest.split_once("-->")?.0.trim();
    if let Some(noted) = text.strip_prefix("saved from url=(") {
        let url = noted.split_once(')').map(|(_, url)| url.trim()).filter(|url| is_address(url))?;
        return Some(Saved { url: Some(url.to_owned()), accessed: None });
    }
    if !text.starts_with("Page saved with SingleFile") {
        return None;
    }
    let field = |name: &str| text.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    Some(Saved {
        url: field("url:").filter(|url| is_address(url)).map(str::to_owned),
        // `Tue Dec 01 2026 11:03:19 GMT+0000 (Coordinated Universal Time)`: the zone's name is nothing to read.
        accessed: field("saved date:").and_then(|day| page_date::read(day.split(" (").next().unwrap_or(day))),
    })
}

fn is_address(url: &str) -> bool {
    url.starts_with("http") && url.len() < 2000 && !url.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comments_of_browsers_and_extensions_are_read() {
        let noted = |page: &str| {
            let saved = Saved::noted_in(page);
            (saved.url.unwrap_or_default(), saved.accessed.map(|d| d.to_string()).unwrap_or_default())
        };
        let none = (String::new(), String::new());
        assert_eq!(
            noted("<!DOCTYPE html>\n<!-- saved from url=(0031)https://valley.example/a?b=1&c -->\n<html>"),
            ("https://valley.example/a?b=1&c".to_owned(), String::new())
        );
        let single = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://valley.example/ports \n \
                      saved date: Tue Dec 01 2026 11:03:19 GMT+0500 (Pakistan Standard Time)\n--><meta charset=utf-8>";
        assert_eq!(noted(single), ("https://valley.example/ports".to_owned(), "2026-12-01".to_owned()));
        for none_at_all in [
            "<!-- url: https://valley.example/ports -->",
            "<!-- saved from url=(0014)about:internet -->",
            "<!-- saved from url=(0022)file:///C:/a%20b.html -->",
            "<!-- saved from url=(0031)https://valley.example/a",
            "<p>saved from url=(0031)https://valley.example/a</p>",
        ] {
            assert_eq!(noted(none_at_all), none, "{none_at_all}");
        }
        let far = format!("<p>{}</p><!-- saved from url=(0031)https://valley.example/a -->", "ш".repeat(TOP));
        assert_eq!(noted(&far), none);
    }
}
