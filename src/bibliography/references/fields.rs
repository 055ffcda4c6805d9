//! Labelled tokens put together to the fields of a [`ParsedReference`].

use super::label::Label;
use super::token::{Shape, Token, is_quote};
use crate::bibliography::name::split_names;
use crate::passage::ParsedReference;

/// The fields that the tokens of an entry make with those labels.
pub(super) fn assemble(tokens: &[Token<'_>], labels: &[Label]) -> ParsedReference {
    let runs = runs(tokens, labels);
    let (volume, issue) = volume(&all(&runs, &[Label::Volume]));
    ParsedReference {
        authors: authors(&all(&runs, &[Label::Author])),
        issued: issued(&runs),
        title: tidy(&strip_quotes(&all(&runs, &[Label::Title]))),
        container: container(&all(&runs, &[Label::Journal, Label::Book])),
        publisher: tidy(&all(&runs, &[Label::Publisher])),
        volume,
        issue,
        pages: pages(&all(&runs, &[Label::Pages])),
        url: url(tokens, labels),
        doi: doi(tokens, labels),
        same_as: None,
    }
}

/// Neighbouring tokens of one label, joined.
struct Run {
    label: Label,
    text: String,
}

fn runs(tokens: &[Token<'_>], labels: &[Label]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut end = 0;
    for (token, label) in tokens.iter().zip(labels) {
        let start = token.text.as_ptr() as usize;
        match runs.last_mut() {
            Some(run) if run.label == *label => {
                // Parts of one word that the tokenizer cut apart belong together again.
                if start != end {
                    run.text.push(' ');
                }
                run.text.push_str(token.text);
            }
            _ => runs.push(Run { label: *label, text: token.text.to_owned() }),
        }
        end = start + token.text.len();
    }
    runs
}

/// The text of all runs of these labels.
fn all(runs: &[Run], labels: &[Label]) -> String {
    let texts: Vec<&str> =
        runs.iter().filter(|r| labels.contains(&r.label)).map(|r| r.text.as_str()).collect();
    texts.join(" ")
}

/// Without emphasis marks, marks at the ends that belong to the style, and doubled spaces.
fn tidy(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",;:*_/".contains(c));
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ".,;:*_".contains(c));
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || ".,;:*_".contains(c));
    let text = unbracket(text).replace("* ", " ").replace(" *", " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().any(char::is_alphanumeric).then_some(text)
}

/// Without brackets around the whole, or a bracket whose partner is missing.
fn unbracket(text: &str) -> &str {
    let text = text.trim();
    for (open, close) in [('(', ')'), ('[', ']')] {
        let (opens, closes) = (text.matches(open).count(), text.matches(close).count());
        if opens == 1 && closes == 1 {
            if let Some(inner) = text.strip_prefix(open).and_then(|t| t.strip_suffix(close)) {
                return inner.trim();
            }
        } else if opens > closes {
            return text.strip_prefix(open).unwrap_or(text).trim();
        } else if closes > opens {
            return text.strip_suffix(close).unwrap_or(text).trim();
        }
    }
    text
}

/// Without quotation marks around the whole.
fn strip_quotes(text: &str) -> String {
    let edge = |c: char| c.is_whitespace() || ".,;:*_/".contains(c);
    let text = text.trim_start_matches(edge).trim_end_matches(edge);
    let quote = |c: char| is_quote(c) && c != '\'';
    let starts =
        text.starts_with(quote) || text.starts_with('\'') && text.trim_end_matches(edge).ends_with('\'');
    if !starts {
        return text.to_owned();
    }
    let inner = text.trim_start_matches(is_quote);
    // A mark inside the quotation marks (`Title,”`) goes with them; one quotation inside the title stays.
    let opened = inner.matches(['“', '«', '„']).count();
    let closed = inner.matches(['”', '»']).count();
    if closed <= opened && opened > 0 {
        return inner.to_owned();
    }
    inner.trim_end_matches(|c: char| edge(c) || is_quote(c)).to_owned()
}

fn authors(text: &str) -> Vec<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",;:/".contains(c));
    let text = match text.split_once(char::is_whitespace) {
        Some((by, rest)) if by.eq_ignore_ascii_case("by") => rest,
        _ => text,
    };
    let end = |name: &String| {
        // The stop of an initial belongs to the name, the one behind a whole name to the style.
        let last = name.rsplit([' ', '-']).next().unwrap_or_default();
        let initial = last.chars().filter(|c| c.is_alphabetic()).count() <= 2 && last.contains('.');
        let kept =
            initial || last.trim_end_matches('.').contains('.') || name == "et al." || name.ends_with("Jr.");
        if kept { name.clone() } else { name.trim_end_matches(['.', ',']).to_owned() }
    };
    split_names(text).iter().map(end).filter(|n| n.chars().any(char::is_alphanumeric)).collect()
}

/// A dash parts the areas of an entry and belongs to none.
fn is_dash_or_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '–' | '—' | '-')
}

/// The first date that holds a year, else the first there is.
fn issued(runs: &[Run]) -> Option<String> {
    let mut dates = runs.iter().filter(|r| r.label == Label::Date).map(|r| r.text.as_str());
    let with_year = |text: &&str| text.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
    let date = dates.clone().find(with_year).or_else(|| dates.next())?;
    let edge = |c: char| c.is_whitespace() || "()[].,;:".contains(c);
    let date = date
        .trim_start_matches(is_dash_or_blank)
        .trim_matches(edge)
        .replace("),", ",")
        .replace(['(', ')'], "");
    date.chars().any(char::is_alphanumeric).then_some(date)
}

fn container(text: &str) -> Option<String> {
    let mut text = text.trim_start_matches(|c: char| c.is_whitespace() || "/,.:*".contains(c));
    for word in ["In:", "in:", "In ", "in ", "Dans ", "dans ", "Im ", "//"] {
        if let Some(rest) = text.strip_prefix(word) {
            text = rest.trim_start();
            break;
        }
    }
    tidy(&strip_quotes(text))
}

/// Volume and issue of `11(1):`, `Vol. 39, No. 3`, `65(2)`.
fn volume(text: &str) -> (Option<String>, Option<String>) {
    let Some(text) = tidy_number(text) else { return (None, None) };
    if let Some((volume, issue)) = text.split_once('(') {
        return (tidy_number(volume), tidy_number(issue));
    }
    for mark in ["no.", "No.", "no ", "nr.", "Nr.", "issue ", "№", "n°"] {
        if let Some((volume, issue)) = text.split_once(mark) {
            return (tidy_number(volume), tidy_number(issue));
        }
    }
    (Some(text), None)
}

/// Without the words and marks around a number.
fn tidy_number(text: &str) -> Option<String> {
    let mut text = text.trim_matches(|c: char| is_dash_or_blank(c) || "(),.;:[]".contains(c));
    for word in ["vol.", "Vol.", "VOL.", "vol ", "Vol ", "volume ", "Volume ", "Bd.", "T.", "Т."] {
        text = text.strip_prefix(word).unwrap_or(text).trim_start();
    }
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn pages(text: &str) -> Option<String> {
    let text = text.trim_start_matches(is_dash_or_blank);
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || "(),.;:[]".contains(c));
    for word in ["pp.", "pp ", "p.", "pages ", "page ", "S.", "Pp.", "P.", "с.", "С.", "pp", "pages"] {
        if let Some(rest) = text.strip_prefix(word) {
            text = rest.trim_start();
            break;
        }
    }
    text.chars().any(|c| c.is_ascii_digit()).then(|| text.to_owned())
}

/// An address without the marks around it.
fn bare_address(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| "<([{*\"“".contains(c));
    let end = |c: char| ">]}*\"”.,;".contains(c);
    let mut text = text.trim_end_matches(end);
    // A closing bracket is the address's own only when it opens in it.
    while text.ends_with(')') && text.matches('(').count() < text.matches(')').count() {
        text = text[..text.len() - 1].trim_end_matches(end);
    }
    for word in ["URL:", "url:", "Url:"] {
        text = text.strip_prefix(word).unwrap_or(text);
    }
    text
}

/// The address: the token that looks like one, with what was torn off it at a line end.
pub(super) fn url(tokens: &[Token<'_>], labels: &[Label]) -> Option<String> {
    let is_address = |t: &Token<'_>| {
        matches!(t.shape, Shape::Url | Shape::Doi) && !t.word.starts_with("10.") && !t.word.starts_with("doi")
    };
    let named = |t: &Token<'_>| is_address(t) || t.text.contains('.') && t.text.contains('/');
    let labelled = tokens.iter().zip(labels).position(|(t, l)| *l == Label::Url && named(t));
    let at = labelled.or_else(|| tokens.iter().position(is_address))?;
    let mut address = bare_address(tokens.get(at)?.text).to_owned();
    let mut last = tokens.get(at)?.text;
    for (token, label) in tokens.iter().zip(labels).skip(at + 1) {
        // `https://example.org/a-long- title`: only a mark at the end says that it goes on.
        let torn = last.ends_with(['-', '/', '_', '=', '&', '?'])
            || last.ends_with("www.")
            || *label == Label::Url && !last.ends_with(['.', ',', '>', ')']);
        let plain = !matches!(token.shape, Shape::Url)
            && token.text.chars().all(|c| c.is_alphanumeric() || "-_/.=&?%#+~,>".contains(c));
        if !torn || !plain || *label != Label::Url {
            break;
        }
        if last.ends_with("www.") {
            address.push('.');
        }
        address.push_str(bare_address(token.text));
        last = token.text;
    }
    let address = unescape(&address);
    (address.len() > 4).then_some(address)
}

/// Markdown's backslashes in an address.
fn unescape(address: &str) -> String {
    address.replace("\\_", "_").replace("\\&", "&").replace("\\#", "#").replace("\\~", "~")
}

pub(super) fn doi(tokens: &[Token<'_>], labels: &[Label]) -> Option<String> {
    let named = tokens.iter().find(|t| t.shape == Shape::Doi);
    let labelled = tokens.iter().zip(labels).find(|(_, l)| **l == Label::Doi).map(|(t, _)| t);
    let text = named.or(labelled.filter(|t| t.text.contains("10.")))?.text;
    let text = bare_address(text);
    let at = text.find("10.")?;
    text.get(at..).filter(|d| d.contains('/')).map(str::to_owned)
}
