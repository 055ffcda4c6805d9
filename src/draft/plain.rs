//! The words of a quotation without mark-up.

use super::parse::Syntax;

/// The words of a quotation without mark-up, on one line.
pub fn plain(raw: &str, syntax: Syntax, block: bool) -> String {
    let mut text = raw.to_owned();
    if block && syntax == Syntax::Markdown {
        let lines = text.lines().map(|l| l.trim_start().trim_start_matches(['>', ' ']).to_owned());
        text = without_attribution(lines.collect());
    }
    match syntax {
        Syntax::Markdown => {
            text = text
                .replace("\\[", "[")
                .replace("\\]", "]")
                .replace("\\'", "'")
                .replace("\\\"", "\"")
                .replace("\\*", "*");
            text = text.replace("**", "").replace("__", "");
            text = text.split('*').collect();
        }
        Syntax::Latex => {
            for (from, to) in [
                ("\\ldots{}", "..."),
                ("\\ldots", "..."),
                ("\\dots{}", "..."),
                ("\\dots", "..."),
                ("\\%", "%"),
                ("\\&", "&"),
                ("\\$", "$"),
                ("\\#", "#"),
                ("\\_", "_"),
                ("~", " "),
                ("\\,", " "),
                ("\\emph{", "{"),
                ("\\textit{", "{"),
                ("\\textbf{", "{"),
                ("{", ""),
                ("}", ""),
            ] {
                text = text.replace(from, to);
            }
        }
        Syntax::Typst => text = text.replace("\\", ""),
        Syntax::Plain => {}
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if block { without_citation(&text) } else { text.as_str() };
    let whole = |open: char, close: char| {
        text.strip_prefix(open)
            .and_then(|t| t.strip_suffix(close))
            .filter(|t| !t.contains(open) && !t.contains(close))
    };
    let inner =
        block.then(|| whole('“', '”').or(whole('"', '"')).or(whole('«', '»')).or(whole('‘', '’'))).flatten();
    inner.unwrap_or(text).trim().to_owned()
}

/// The lines without a last one such as `— Khan (2021)`.
fn without_attribution(mut lines: Vec<String>) -> String {
    let named = |line: &String| ["—", "–", "―", "--"].iter().any(|dash| line.starts_with(dash));
    if lines.len() > 1 && lines.last().is_some_and(named) {
        lines.pop();
    }
    lines.join("\n")
}

/// A block without the printed citation at its end, `(Khan, 2021, p. 4)`, and what its own citation leaves behind.
fn without_citation(text: &str) -> &str {
    let text = text.trim_end_matches(['(', '-', '—', '–', ' ']);
    let closed = text.trim_end_matches(['.', ' ']).strip_suffix(')');
    let Some((words, inside)) = closed.and_then(|t| t.rsplit_once('(')) else { return text };
    let digits = inside.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
    let cites = digits || inside.contains("n.d.") || inside.contains("no date");
    if cites && inside.contains([' ', ',']) { words.trim_end() } else { text }
}
