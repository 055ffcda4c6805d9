//! The words of a quotation without mark-up.

mod markdown;
mod tex;
mod typst;

use super::parse::Syntax;

/// Stands in a quotation where a line ends behind a hyphen or a dash: the next line may go on with the same word, as
/// `socio-economic` or as `cooperation`, or with the next one. No text has this sign itself.
pub const JOINT: char = '\u{1f}';

/// The words of a quotation without mark-up, on one line.
pub fn plain(raw: &str, syntax: Syntax, block: bool) -> String {
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    let mut text = raw.replace(JOINT, " ").replace(unseen, "");
    if block && matches!(syntax, Syntax::Markdown | Syntax::Plain) {
        let lines = text.lines().map(|l| l.trim_start().trim_start_matches(['>', ' ']).to_owned());
        text = without_attribution(lines.collect());
    }
    let text = match syntax {
        Syntax::Markdown => markdown::words(&text),
        Syntax::Latex => tex::words(&text),
        Syntax::Typst => typst::words(&text),
        Syntax::Plain => text,
    };
    let text = one_line(&text);
    if !block {
        return text.trim().to_owned();
    }
    // What the citation behind the block leaves there.
    unmarked(text.trim_end_matches(['(', '-', '—', '–', ' '])).to_owned()
}

/// The words of a block without the bracket at its end that looks like a printed citation, `(Khan, 2021, p. 4)` or
/// `[khan2021:14]`. Whether it is one, or a part of the words, the sources tell.
pub fn uncited(text: &str) -> Option<String> {
    let words = without_citation(text);
    (words != text).then(|| unmarked(words).to_owned())
}

/// Without the quotation marks around the whole.
fn unmarked(text: &str) -> &str {
    let whole = |open: char, close: char| {
        text.strip_prefix(open)
            .and_then(|t| t.strip_suffix(close))
            .filter(|t| !t.contains(open) && !t.contains(close))
    };
    let inner = whole('“', '”').or(whole('"', '"')).or(whole('«', '»')).or(whole('‘', '’'));
    inner.unwrap_or(text).trim()
}

/// All white space as single spaces, but [`JOINT`] where a line ends behind a hyphen.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_whitespace() {
            line.push(c);
            continue;
        }
        let mut ends = c == '\n';
        while let Some(next) = chars.next_if(|c| c.is_whitespace()) {
            ends |= next == '\n';
        }
        let goes_on = chars.peek().is_some_and(|c| c.is_alphanumeric());
        let mut before = line.chars().rev();
        let hyphen = before.next().is_some_and(|c| "-‐‑–—".contains(c));
        let within = hyphen && before.next().is_some_and(|c| !c.is_whitespace());
        line.push(if ends && goes_on && within { JOINT } else { ' ' });
    }
    line
}

/// What a text with [`JOINT`]s may stand for, the likeliest first: with the hyphens kept, then all the other ways.
pub fn joined(text: &str) -> Vec<String> {
    /// More ways are not tried.
    const MOST: usize = 243;
    let mut parts = text.split(JOINT);
    let mut ways = vec![parts.next().unwrap_or_default().to_owned()];
    for part in parts {
        let more = ways.len() * 3 <= MOST;
        let kept = ways.iter().map(|way| format!("{way}{part}"));
        let mut next: Vec<String> = kept.collect();
        if more {
            next.extend(ways.iter().map(|way| format!("{}{part}", way.trim_end_matches('-'))));
            next.extend(ways.iter().map(|way| format!("{way} {part}")));
        }
        ways = next;
    }
    ways
}

/// The text with the hyphens at the ends of lines kept.
pub fn without_joints(text: &str) -> String {
    text.replace(JOINT, "")
}

/// The lines without a last one such as `— Khan (2021)`.
fn without_attribution(mut lines: Vec<String>) -> String {
    // A line of the words may begin with a dash too, but hardly with a name behind it.
    let named = |line: &String| {
        let name = line.trim_start_matches(['—', '–', '―', '-', ' ']);
        name.len() < line.len()
            && ["—", "–", "―", "--"].iter().any(|dash| line.starts_with(dash))
            && name.starts_with(|c: char| c.is_uppercase() || "@[(*_“\"".contains(c))
    };
    if lines.len() > 1 && lines.last().is_some_and(named) {
        lines.pop();
    }
    lines.join("\n")
}

fn without_citation(text: &str) -> &str {
    let closed = text.trim_end_matches(['.', ' ']);
    let round = closed.strip_suffix(')').and_then(|t| t.rsplit_once('('));
    let square = closed.strip_suffix(']').and_then(|t| t.rsplit_once('['));
    let Some((words, inside)) = round.or(square) else { return text };
    let digits = inside.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
    let marks = ["n.d.", "no date", "par. ", "para. ", " p. ", " pp. "];
    let printed = (digits || marks.iter().any(|m| inside.contains(m))) && inside.contains([' ', ',']);
    let number = inside.rsplit_once(':').filter(|(key, _)| !key.contains(' ')).map(|(_, number)| number);
    let id = number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let cites = id || printed && round.is_some();
    if cites { words.trim_end() } else { text }
}

/// What follows a bracket group at `at`, brackets nested; `at` itself when it does not close.
fn behind(chars: &[char], at: usize) -> usize {
    super::scan::closing(chars, at).map_or(at, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mark_up_is_no_part_of_the_words() {
        for (raw, syntax, words) in [
            (
                "_the_ **old** ~~bad~~ road\\_x 13^th^ snake_case",
                Syntax::Markdown,
                "the old bad road_x 13th snake_case",
            ),
            (
                "a [road](     ) and[^2] more^[See [@khan].] <em>so</em>&nbsp;on",
                Syntax::Markdown,
                "a road and more so on",
            ),
            ("he said [@khan, p. 3] so \\[…\\] [sic]", Syntax::Markdown, "he said so […] [sic]"),
            (
                "\\emph{the} \\textsc{old}\\footnote{See \\cite{a}.} caf\\'e, na\\\"{\\i}ve~road \\textellipsis{} 5\\,\\%",
                Syntax::Latex,
                "the old cafe\u{301}, nai\u{308}ve road … 5 %",
            ),
            (
                "he \\cite[12]{khan} said\\\\so \\ldots{} 13\\textsuperscript{th}",
                Syntax::Latex,
                "he said so … 13th",
            ),
            (
                "\\enquote{no} and \\foreignlanguage{german}{ja} str\"=tex co\\-op",
                Syntax::Latex,
                "‘no’ and ja str-tex coop",
            ),
            (
                "_the_ *old* #emph[road] is#footnote[No.] ~5 \\$ @khan[p. 3] on",
                Syntax::Typst,
                "the old road is 5 $ on",
            ),
        ] {
            assert_eq!(plain(raw, syntax, false), words, "{raw}");
        }
    }

    #[test]
    fn a_line_may_end_behind_a_hyphen() {
        let text = plain("the socio-\n  economic co-\noperation — and\nso on", Syntax::Plain, false);
        let ways = joined(&text);
        assert_eq!(ways.len(), 9, "{ways:?}");
        assert_eq!(ways[0], "the socio-economic co-operation — and so on");
        assert!(ways.contains(&"the socio-economic cooperation — and so on".to_owned()));
    }
}
