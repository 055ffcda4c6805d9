//! Quotations of a draft: blocks set off, and words between quotation marks.

use super::fold::word_count;
use super::parse::{Citation, Quotation, Syntax};
use super::plain::plain;
use super::scan::{at, closing, find, slice};
use std::ops::Range;

/// Fewest words between straight single marks that are a quotation.
const SHORTEST: usize = 4;
/// LaTeX's environments for block quotations.
const ENVIRONMENTS: [&str; 5] = ["quote", "quotation", "displayquote", "displaycquote", "quoting"];
/// LaTeX's commands for quotations, and how many arguments stand before the words.
const COMMANDS: [(&str, usize); 8] = [
    ("\\enquote", 0),
    ("\\textquote", 0),
    ("\\blockquote", 0),
    ("\\foreignquote", 1),
    ("\\foreigntextquote", 1),
    ("\\textcquote", 1),
    ("\\blockcquote", 1),
    ("\\hyphenquote", 1),
];

/// The block quotations, and those that a command makes.
pub fn blocks(chars: &[char], syntax: Syntax, citations: &[Citation]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut add = |from: usize, to: usize, span: Range<usize>, block: bool| {
        // The citation inside a block ends its words.
        let to = citations.iter().filter(|c| block && c.span.start >= from && c.span.end <= to);
        let stop =
            to.map(|c| c.span.start).find(|s| *s > from).unwrap_or(span.end.min(chars.len())).min(span.end);
        let raw = slice(chars, from, stop);
        let text = plain(&raw, syntax, block);
        if !text.is_empty() && found.last().is_none_or(|q| q.span.end <= span.start) {
            found.push(Quotation { text, span, block });
        }
    };
    match syntax {
        Syntax::Markdown => {
            let mut at = 0;
            let mut open: Option<usize> = None;
            for line in slice(chars, 0, chars.len()).split('\n') {
                let quoted = line.trim_start().starts_with('>') && line.len() - line.trim_start().len() < 4;
                let rest = line.trim_start().trim_start_matches(['>', ' ']);
                let goes_on = quoted && !rest.is_empty();
                match (open, goes_on) {
                    (None, true) => open = Some(at),
                    (Some(start), false) => {
                        add(start, at.saturating_sub(1), start..at.saturating_sub(1), true);
                        open = None;
                    }
                    _ => {}
                }
                at += line.chars().count() + 1;
            }
            if let Some(start) = open {
                add(start, chars.len(), start..chars.len(), true);
            }
        }
        Syntax::Latex => {
            let mut from = 0;
            while let Some(start) = find(chars, from, "\\") {
                from = start + 1;
                for name in ENVIRONMENTS {
                    let open = format!("\\begin{{{name}}}");
                    if at(chars, start, &open)
                        && let Some(end) = find(chars, start, &format!("\\end{{{name}}}"))
                    {
                        let inner = behind_options(chars, start + open.chars().count());
                        add(inner, end, inner..end, true);
                        from = end;
                    }
                }
                for (name, arguments) in COMMANDS {
                    let mut open = start + name.chars().count();
                    if !at(chars, start, name) {
                        continue;
                    }
                    if chars.get(open) == Some(&'*') {
                        open += 1;
                    }
                    open = behind_options(chars, open);
                    for _ in 0..arguments {
                        if let Some(end) = closing(chars, open).filter(|_| chars.get(open) == Some(&'{')) {
                            open = behind_options(chars, end + 1);
                        }
                    }
                    if chars.get(open) == Some(&'{')
                        && let Some(end) = closing(chars, open)
                    {
                        add(open + 1, end, open + 1..end, false);
                        from = end;
                    }
                }
            }
        }
        Syntax::Typst => {
            let mut from = 0;
            while let Some(start) = find(chars, from, "#quote") {
                from = start + 6;
                let mut open = from;
                if chars.get(open) == Some(&'(') {
                    open = closing(chars, open).map_or(open, |e| e + 1);
                }
                if chars.get(open) == Some(&'[')
                    && let Some(end) = closing(chars, open)
                {
                    add(open + 1, end, open + 1..end, true);
                    from = end;
                }
            }
        }
        Syntax::Plain => {}
    }
    found
}

/// Behind what stands in square brackets there.
fn behind_options(chars: &[char], mut from: usize) -> usize {
    while chars.get(from) == Some(&'[')
        && let Some(end) = closing(chars, from)
    {
        from = end + 1;
    }
    from
}

/// Quotation marks of one sort.
struct Marks {
    close: &'static [&'static str],
    /// Characters of the opening mark.
    width: usize,
    /// The closing mark may be an apostrophe.
    single: bool,
    /// Opening and closing mark are the same sign, which is more often an apostrophe.
    straight: bool,
}

/// The marks that a quotation opened at `i` has.
fn marks(chars: &[char], i: usize, syntax: Syntax) -> Option<Marks> {
    let before = i.checked_sub(1).and_then(|p| chars.get(p));
    let opens =
        before.is_none_or(|c| !c.is_alphanumeric()) && chars.get(i + 1).is_some_and(|c| !c.is_whitespace());
    let double = |close, width| Some(Marks { close, width, single: false, straight: false });
    let single = |close, straight| Some(Marks { close, width: 1, single: true, straight });
    // `’90s` that a word processor has turned the wrong way.
    let decade = || {
        (1..=2).all(|k| chars.get(i + k).is_some_and(char::is_ascii_digit)) && chars.get(i + 3) == Some(&'s')
    };
    match chars.get(i)? {
        '“' => double(&["”"], 1),
        '„' => double(&["“", "”"], 1),
        '«' => double(&["»"], 1),
        '»' if opens => double(&["«"], 1),
        '‹' => double(&["›"], 1),
        '「' => double(&["」"], 1),
        '『' => double(&["』"], 1),
        '"' if opens => double(&["\""], 1),
        '‘' if opens && !decade() => single(&["’"], false),
        '‚' if opens => single(&["‘", "’"], false),
        '\'' if opens && syntax != Syntax::Latex => single(&["'"], true),
        '`' if syntax == Syntax::Latex && at(chars, i, "``") => double(&["''", "\""], 2),
        '`' if syntax == Syntax::Latex && opens => single(&["'"], false),
        _ => None,
    }
}

/// Where the quotation opened at `i` ends: its words, and with the closing mark.
fn end_of(chars: &[char], i: usize, marks: &Marks) -> Option<(usize, usize)> {
    let mut depth = 1;
    let mut j = i + marks.width;
    while j < chars.len() && j - i < 20_000 {
        if chars.get(j) == Some(&'\n') && blank_line(chars, j + 1) {
            return None;
        }
        let mark = marks.close.iter().find(|m| at(chars, j, m));
        if let Some(mark) = mark.filter(|_| !marks.single || !is_apostrophe(chars, j, marks.close)) {
            depth -= 1;
            if depth == 0 {
                return Some((j, j + mark.chars().count()));
            }
        } else if mark.is_none() && chars.get(j) == chars.get(i) && chars.get(i) != Some(&'`') {
            depth += 1;
        }
        j += 1;
    }
    None
}

/// Returns true if and only if the mark at `j` is an apostrophe: within a word, or behind a plural, `the states’ trade`,
/// when the quotation is closed further on.
fn is_apostrophe(chars: &[char], j: usize, close: &[&str]) -> bool {
    let letter = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric());
    if letter(j + 1) {
        return true;
    }
    let plural = j > 0 && matches!(chars.get(j - 1), Some('s' | 'S'));
    let goes_on = chars.get(j + 1) == Some(&' ') && chars.get(j + 2).is_some_and(|c| c.is_lowercase());
    if !(plural && goes_on) {
        return false;
    }
    // Closed further on: before the paragraph ends and another quotation opens.
    for k in j + 1..chars.len().min(j + 2000) {
        let opening =
            chars.get(k - 1).is_some_and(|c| c.is_whitespace() || "([—".contains(*c)) && letter(k + 1);
        if chars.get(k) == Some(&'‘') || (opening && close.iter().any(|m| at(chars, k, m))) {
            return false;
        }
        if chars.get(k) == Some(&'\n') && blank_line(chars, k + 1) {
            return false;
        }
        if close.iter().any(|m| at(chars, k, m)) && !letter(k + 1) {
            return true;
        }
    }
    false
}

/// The quotations between quotation marks, outside of what is `taken`. Quotations within quotations are part of these.
pub fn marked(chars: &[char], syntax: Syntax, taken: &[Range<usize>]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if let Some(block) = taken.iter().find(|b| b.contains(&i)) {
            i = block.end;
            continue;
        }
        let Some(marks) = marks(chars, i, syntax) else {
            i += 1;
            continue;
        };
        let Some((inner, outer)) = end_of(chars, i, &marks) else {
            i += marks.width;
            continue;
        };
        let text = plain(&slice(chars, i + marks.width, inner), syntax, false);
        if marks.straight && word_count(&text) < SHORTEST {
            i += marks.width;
            continue;
        }
        if !text.is_empty() {
            found.push(Quotation { text, span: i..outer, block: false });
        }
        i = outer;
    }
    found
}

/// Returns true if and only if the line that starts at `from` is blank.
fn blank_line(chars: &[char], from: usize) -> bool {
    chars.iter().skip(from).find(|c| **c == '\n' || !c.is_whitespace()).is_none_or(|c| *c == '\n')
}
