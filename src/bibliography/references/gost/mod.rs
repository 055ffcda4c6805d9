//! Entries after GOST R 7.0.5-2008 and R 7.0.100-2018, and after the ISBD, from which these come: the words before
//! ` / ` are the title, those after it say who made the work; what holds it is after `//`; the areas that follow are
//! parted by `. –` or, in short form, by stops: `Вестник. – 2015. – Т. 3, № 5. – С. 12–24`.
//!
//! The form is fixed and its signs are plain, so that such entries are read by rule, not by the model.

mod areas;
mod names;

use super::fields;
use super::label::Label;
use super::token::tokenize;
use crate::passage::ParsedReference;
use areas::Areas;

/// Words with which the address of a page, an identifier or a note on the medium begins.
const TAILS: [&str; 22] = [
    "http://",
    "https://",
    "www.",
    "URL",
    "Url:",
    "Режим доступа",
    "Рэжым доступу",
    "Режим доступу",
    "DOI",
    "doi",
    "Doi",
    "EDN",
    "ISBN",
    "ISSN",
    "(дата обращения",
    "дата обращения",
    "Дата доступа",
    "Дата обращения",
    "(дата доступа",
    "Mode of access",
    "Access mode",
    "Қолжетімділік",
];

/// Reads an entry of that form; `None` when it is in another.
pub(super) fn parse(entry: &str) -> Option<ParsedReference> {
    let text = entry.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = super::bare(&text);
    let body = before_tail(text);
    let parts = Parts::of(body)?;
    let (named, rest) = names::heading(parts.head);
    let (body, rest) = if named.is_empty() { names::body(rest) } else { (None, rest) };
    let (named, rest) = match rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
        // `Торкунов А. В. (ред.)`: not the author.
        Some((role, rest)) if role.contains("ред") || role.contains("ed") => (Vec::new(), rest),
        _ => (named.into_iter().chain(body).collect(), rest),
    };
    let (title, made_by) = split_at_slash(rest);
    let title = clean_title(title);
    if !title.chars().any(char::is_alphabetic) {
        return None;
    }
    let areas = Areas::read(parts.rest, parts.holder.is_none());
    let tokens = tokenize(entry);
    let labels = vec![Label::Other; tokens.len()];
    let (title, year) = without_year(&title);
    Some(ParsedReference {
        authors: names::authors(named, made_by),
        issued: areas.issued.or(year),
        title: Some(title),
        container: parts.holder.map(holder_name).filter(|h| h.chars().any(char::is_alphabetic)),
        publisher: areas.publisher,
        volume: areas.volume,
        issue: areas.issue,
        pages: areas.pages,
        url: fields::url(&tokens, &labels),
        doi: fields::doi(&tokens, &labels),
        same_as: None,
    })
}

/// An entry cut at its main signs.
struct Parts<'t> {
    /// Authors, title and who made it.
    head: &'t str,
    /// What holds the work.
    holder: Option<&'t str>,
    /// The areas with place, publisher, year, volume, pages.
    rest: &'t str,
}

impl<'t> Parts<'t> {
    /// `None` when the entry has not the signs of the form.
    fn of(text: &'t str) -> Option<Parts<'t>> {
        let cyrillic = text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
        let slashes = double_slash(text);
        let dashes = areas::count_dashes(text);
        if !(cyrillic && (slashes.is_some() || dashes > 0) || dashes > 1 || dashes > 0 && slashes.is_some()) {
            let medium =
                || text.contains("лектронный ресурс").then_some(Parts { head: text, holder: None, rest: "" });
            return if cyrillic { Parts::short_book(text).or_else(medium) } else { None };
        }
        match slashes {
            Some(at) => {
                let head = areas::split_at_dash(&text[..at]).map_or(&text[..at], |(head, _)| head);
                let host = text[at + 2..].trim_start();
                let end = areas::start(host);
                Some(Parts { head, holder: Some(&host[..end]), rest: &host[end..] })
            }
            None => match areas::split_at_dash(text) {
                // `Название. Журнал № 4. 2019. – С. 29`: nothing shows where the title ends.
                Some((head, _)) if areas::has_issue(head) => None,
                Some((head, rest)) => Some(Parts { head, holder: None, rest }),
                None => Parts::short_book(text),
            },
        }
    }

    /// `Лукин А. В. Название. М.: Наука, 2015. 792 с.`
    fn short_book(text: &'t str) -> Option<Parts<'t>> {
        let at = areas::imprint(text)?;
        Some(Parts { head: &text[..at], holder: None, rest: &text[at..] })
    }
}

/// Where the `//` before the holder is, that of an address aside.
fn double_slash(text: &str) -> Option<usize> {
    text.match_indices("//").map(|(at, _)| at).find(|at| !text[..*at].ends_with(':'))
}

/// The text before addresses, identifiers and notes on access.
fn before_tail(text: &str) -> &str {
    let starts_word = |at: &usize| text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let ends = TAILS.iter().filter_map(|tail| text.match_indices(tail).map(|(at, _)| at).find(starts_word));
    let end = ends.filter(|at| *at > 0).min().unwrap_or(text.len());
    text[..end].trim_end_matches(|c: char| c.is_whitespace() || "–—-([,;".contains(c))
}

/// Title and statement of responsibility.
fn split_at_slash(text: &str) -> (&str, Option<&str>) {
    match text.split_once(" / ").or_else(|| text.split_once("/ ")) {
        Some((title, made_by)) => (title, Some(made_by.trim())),
        None => (text, None),
    }
}

/// Without notes on the medium in brackets, and marks at the ends.
fn clean_title(text: &str) -> String {
    let mut title = text.to_owned();
    while let Some(open) = title.find('[') {
        let Some(close) = title[open..].find(']') else { break };
        let note = title[open..=open + close].to_lowercase();
        if !["ресурс", "текст", "resource", "text", "сайт", "интернет", "online"]
            .iter()
            .any(|w| note.contains(w))
        {
            break;
        }
        title.replace_range(open..=open + close, "");
    }
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_matches(|c: char| c.is_whitespace() || ".,;:/–—".contains(c));
    title
        .strip_prefix(['«', '“'])
        .and_then(|t| t.strip_suffix(['»', '”']))
        .filter(|t| !t.contains(['«', '“']))
        .unwrap_or(title)
        .to_owned()
}

/// `(2015). Название`: the title and the year before it.
fn without_year(title: &str) -> (String, Option<String>) {
    let year =
        title.strip_prefix('(').and_then(|t| t.split_once(')')).filter(|(year, _)| super::is_year(year));
    match year {
        Some((year, rest)) => (rest.trim_start_matches(['.', ',', ' ']).to_owned(), Some(year.to_owned())),
        None => (title.to_owned(), None),
    }
}

/// The name of what holds the work, without who made that.
fn holder_name(text: &str) -> String {
    clean_title(split_at_slash(text).0)
}

#[cfg(test)]
mod tests;
