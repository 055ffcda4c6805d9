//! Quotations of a draft: blocks set off, and words between quotation marks.

use super::fold::word_count;
use super::notes::Note;
use super::parse::{Citation, Quotation, Syntax};
use super::scan::{at, closing, find, slice};
use super::words::{plain, uncited};
use std::ops::Range;

/// Fewest words between straight single marks that are a quotation.
const SHORTEST: usize = 4;
/// Fewest words behind the citation in a block that are a quotation too.
const LONG: usize = 4;
/// LaTeX's environments for block quotations.
const ENVIRONMENTS: [&str; 5] = ["quote", "quotation", "displayquote", "displaycquote", "quoting"];
/// LaTeX's commands for quotations, and how many arguments stand before the words.
const COMMANDS: [(&str, usize); 9] = [
    ("\\say", 0),
    ("\\enquote", 0),
    ("\\textquote", 0),
    ("\\blockquote", 0),
    ("\\foreignquote", 1),
    ("\\foreigntextquote", 1),
    ("\\textcquote", 1),
    ("\\blockcquote", 1),
    ("\\hyphenquote", 1),
];

/// The block quotations, and those that a command makes. `quotable` are the same characters with addresses.
pub fn blocks(
    chars: &[char],
    quotable: &[char],
    syntax: Syntax,
    citations: &[Citation],
    notes: &[Note],
) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut add = |from: usize, to: usize, block: bool| {
        if found.iter().any(|q| q.span.start < to && from < q.span.end) {
            return;
        }
        // Citations inside a block part it; those in notes are no part of it.
        let inside = |c: &&Citation| {
            let noted = notes.iter().any(|n| n.body.contains(&c.at));
            block && c.span.start >= from && c.span.end <= to && !noted
        };
        let mut start = from;
        let mut parts: Vec<(Range<usize>, usize)> = Vec::new();
        for citation in citations.iter().filter(inside).filter(|c| c.span.start > from) {
            if citation.span.start >= start {
                parts.push((start..citation.span.start, citation.span.end));
                start = citation.span.end;
            }
        }
        parts.push((start..to, to));
        for (nth, (words, end)) in parts.into_iter().enumerate() {
            let raw = slice(quotable, words.start, words.end);
            let text = plain(&raw, syntax, block);
            // What follows a citation is a quotation of its own when it is more than its attribution.
            let goes_on = nth == 0 || word_count(&text) >= LONG;
            if !is_bracket(&text) && goes_on {
                let uncited = if block { uncited(&text) } else { None };
                let span = words.start..end;
                found.push(Quotation { text, uncited, span: span.clone(), block, whole: span });
            }
        }
    };
    match syntax {
        Syntax::Markdown | Syntax::Plain => {
            lines_set_off(chars, &mut add);
            if syntax == Syntax::Markdown {
                between(chars, "<blockquote>", "</blockquote>", &mut add);
            } else {
                indented(chars, &mut add);
            }
        }
        Syntax::Latex => {
            let mut from = 0;
            while let Some(start) = find(chars, from, "\\") {
                from = latex_block(chars, start, &mut add).unwrap_or(start + 1);
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
                    add(open + 1, end, true);
                    from = end;
                }
            }
        }
    }
    found.sort_by_key(|q| q.span.start);
    found
}

/// Returns true if and only if a block has no words but those in a bracket, which cites the block before.
fn is_bracket(text: &str) -> bool {
    let within =
        |open: char, close: char| text.starts_with(open) && text.trim_end_matches('.').ends_with(close);
    let one = text.matches(['(', '[']).count() == 1;
    !text.contains(char::is_alphanumeric) || one && (within('(', ')') || within('[', ']'))
}

/// Lines that start with `>`; an empty one parts two quotations, unless only who said it follows.
fn lines_set_off(chars: &[char], add: &mut impl FnMut(usize, usize, bool)) {
    let text = slice(chars, 0, chars.len());
    let lines: Vec<&str> = text.split('\n').collect();
    let quoted = |line: &str| line.trim_start().starts_with('>') && line.len() - line.trim_start().len() < 4;
    let words = |line: &str| line.trim_start().trim_start_matches(['>', ' ']).to_owned();
    let mut at = 0usize;
    let mut open: Option<usize> = None;
    // A callout that quotes nothing: `> [!note] Mind this`.
    let mut called_out = false;
    for (n, line) in lines.iter().enumerate() {
        let callout = if quoted(line) { callout(&words(line)) } else { None };
        called_out = callout.map_or(called_out && quoted(line), |quotes| !quotes);
        let attributed = || lines.get(n + 1).is_some_and(|l| quoted(l) && is_attribution(&words(l)));
        let goes_on = quoted(line) && (!words(line).is_empty() || open.is_some() && attributed());
        match (open, goes_on && !called_out && callout.is_none()) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                add(start, at.saturating_sub(1), true);
                open = None;
            }
            _ => {}
        }
        at += line.chars().count() + 1;
    }
    if let Some(start) = open {
        add(start, chars.len(), true);
    }
}

/// Whether a line that opens a callout, `[!quote] Khan`, says that it is a quotation; `None` when it opens none. Its
/// title is no part of the words.
fn callout(words: &str) -> Option<bool> {
    let (kind, _) = words.strip_prefix("[!")?.split_once(']')?;
    Some(matches!(kind.to_lowercase().split('|').next(), Some("quote" | "cite" | "quotation")))
}

/// Returns true if and only if a line of a block says who is quoted: `— Khan (2021)`, `(Khan, 2021)`, `[@khan2021]`.
fn is_attribution(line: &str) -> bool {
    let cited = |open: char, close: char| {
        let inside = line.strip_prefix(open).and_then(|l| l.trim_end_matches('.').strip_suffix(close));
        inside.is_some_and(|l| l.contains('@') || l.chars().any(|c| c.is_ascii_digit()) || l.contains("n.d."))
    };
    ["—", "–", "―", "--", "@"].iter().any(|mark| line.starts_with(mark)) || cited('(', ')') || cited('[', ']')
}

fn between(chars: &[char], open: &str, close: &str, add: &mut impl FnMut(usize, usize, bool)) {
    let mut from = 0;
    while let Some(start) = find(chars, from, open) {
        from = start + open.chars().count();
        if let Some(end) = find(chars, from, close) {
            add(from, end, true);
            from = end;
        }
    }
}

/// Indented paragraphs of plain text that a colon announces.
fn indented(chars: &[char], add: &mut impl FnMut(usize, usize, bool)) {
    let text = slice(chars, 0, chars.len());
    let mut at = 0usize;
    let mut announced = false;
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let words = line.trim_start();
        let listed =
            words.starts_with(['-', '*', '•', '>']) || words.starts_with(|c: char| c.is_ascii_digit());
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        match open {
            Some(start) if words.is_empty() || !is_indented => {
                add(start, at.saturating_sub(1), true);
                open = None;
            }
            None if announced && is_indented && !words.is_empty() && !listed => open = Some(at),
            _ => {}
        }
        if !words.is_empty() {
            announced = open.is_none() && line.trim_end().ends_with(':');
        }
        at += line.chars().count() + 1;
    }
    if let Some(start) = open {
        add(start, chars.len(), true);
    }
}

/// The environment or command for quotations at `start`, if one is there, and where it ends.
fn latex_block(chars: &[char], start: usize, add: &mut impl FnMut(usize, usize, bool)) -> Option<usize> {
    for name in ENVIRONMENTS {
        let open = format!("\\begin{{{name}}}");
        if at(chars, start, &open)
            && let Some(end) = find(chars, start, &format!("\\end{{{name}}}"))
        {
            let mut inner = behind_options(chars, start + open.chars().count());
            // `{displaycquote}[12]{key}` cites what it quotes.
            if name.ends_with("cquote") && chars.get(inner) == Some(&'{') {
                inner = closing(chars, inner).map_or(inner, |close| close + 1);
            }
            add(inner, end, true);
            return Some(end);
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
            add(open + 1, end, false);
            return Some(end);
        }
    }
    None
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
        // babel's German marks.
        '"' if syntax == Syntax::Latex && chars.get(i + 1) == Some(&'`') => double(&["\"'"], 2),
        '"' if opens => double(&["\""], 1),
        '‘' if opens && !decade() => single(&["’"], false),
        '‚' if opens => single(&["‘", "’"], false),
        '\'' if opens && syntax != Syntax::Latex => single(&["'"], true),
        // Of Markdown, code is blanked by now.
        '`' if syntax != Syntax::Typst && at(chars, i, "``") => double(&["''", "\"", "´´"], 2),
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

/// Most paragraphs of one quotation.
const PARAGRAPHS: usize = 40;

/// The words of each paragraph of the quotation opened at `i`, and where it ends. Of several paragraphs each begins with
/// the opening mark and only the last has a closing one.
fn paragraphs(chars: &[char], i: usize, own: &Marks, syntax: Syntax) -> Option<(Vec<Range<usize>>, usize)> {
    let mut parts = Vec::new();
    let mut start = i;
    for _ in 0..PARAGRAPHS {
        if let Some((inner, outer)) = end_of(chars, start, own) {
            parts.push(start + own.width..inner);
            return Some((parts, outer));
        }
        if own.straight {
            return None;
        }
        let end = (start..chars.len()).find(|j| chars.get(*j) == Some(&'\n') && blank_line(chars, j + 1))?;
        parts.push(start + own.width..end);
        start = (end..chars.len()).find(|j| chars.get(*j).is_some_and(|c| !c.is_whitespace()))?;
        let again = marks(chars, start, syntax).is_some_and(|m| m.width == own.width);
        if chars.get(start) != chars.get(i) || !again {
            return None;
        }
    }
    None
}

/// Returns true if and only if the mark at `j` is an apostrophe: within a word, or behind a plural, `the states’ trade`,
/// when the quotation is closed further on.
fn is_apostrophe(chars: &[char], j: usize, close: &[&str]) -> bool {
    // The raised number of a note is none.
    let letter = |i: usize| chars.get(i).is_some_and(|c| c.is_alphabetic() || c.is_ascii_digit());
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
pub fn marked(chars: &[char], quotable: &[char], syntax: Syntax, taken: &[Range<usize>]) -> Vec<Quotation> {
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
        let Some((parts, outer)) = paragraphs(chars, i, &marks, syntax) else {
            i += marks.width;
            continue;
        };
        let words = |part: &Range<usize>| plain(&slice(quotable, part.start, part.end), syntax, false);
        if marks.straight && parts.iter().all(|part| word_count(&words(part)) < SHORTEST) {
            i += marks.width;
            continue;
        }
        for (n, part) in parts.iter().enumerate() {
            let text = words(part);
            if !text.is_empty() {
                let end = if n + 1 == parts.len() { outer } else { part.end };
                let span = part.start - marks.width..end;
                found.push(Quotation { text, uncited: None, span, block: false, whole: i..outer });
            }
        }
        i = outer;
    }
    found
}

/// Returns true if and only if the line that starts at `from` is blank.
fn blank_line(chars: &[char], from: usize) -> bool {
    chars.iter().skip(from).find(|c| **c == '\n' || !c.is_whitespace()).is_none_or(|c| *c == '\n')
}
