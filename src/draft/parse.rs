//! Quotations and citations of a draft, by the syntax it is written in.

use super::scan::{at, closing, find, masked, slice};
use std::ops::Range;
use std::path::Path;

/// What a draft is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Markdown with pandoc's citations.
    Markdown,
    /// LaTeX.
    Latex,
    /// Typst.
    Typst,
    /// Plain text, with citations as the sources' own style prints them.
    Plain,
}

impl Syntax {
    /// The syntax that a file's ending tells; plain text when it tells none.
    pub fn of(path: &Path) -> Syntax {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "md" | "markdown" | "qmd" | "rmd" => Syntax::Markdown,
            "tex" | "latex" | "ltx" => Syntax::Latex,
            "typ" => Syntax::Typst,
            _ => Syntax::Plain,
        }
    }
}

/// A place within a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// First and last paragraph.
    Paragraph(u32, u32),
    /// A page label or number, the first of a range.
    Page(String),
}

/// A citation of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The citekey as written.
    pub key: String,
    /// Where in the source.
    pub locator: Option<Locator>,
    /// Where it stands in the draft, in characters: the whole bracket, where several stand in one.
    pub span: Range<usize>,
    /// Where its key stands, in characters.
    pub at: usize,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without quotation marks and mark-up.
    pub text: String,
    /// Where it stands in the draft, in characters, marks included.
    pub span: Range<usize>,
    /// Set off as a block.
    pub block: bool,
}

/// A parsed draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The quotations in order.
    pub quotations: Vec<Quotation>,
    /// The citations by key in order.
    pub citations: Vec<Citation>,
    /// Round brackets that may be printed citations: their content and where it starts.
    pub(super) brackets: Vec<(String, Range<usize>)>,
    pub(super) chars: Vec<char>,
    lines: Vec<usize>,
}

impl Draft {
    /// Finds quotations and citations; takes any text.
    pub fn parse(text: &str, syntax: Syntax) -> Draft {
        let text = text.replace("\r\n", "\n");
        let chars = masked(&text, syntax);
        let mut lines = vec![0];
        lines.extend(chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(i, _)| i + 1));
        let citations = citations(&chars, syntax);
        let mut quotations = blocks(&chars, syntax, &citations);
        let taken: Vec<Range<usize>> = quotations.iter().map(|q| q.span.clone()).collect();
        quotations.extend(marked(&chars, syntax, &taken));
        quotations.sort_by_key(|q| q.span.start);
        let opens = chars.iter().enumerate().filter(|(_, c)| **c == '(').map(|(i, _)| i);
        let brackets = opens
            .filter_map(|open| closing(&chars, open).filter(|end| end - open < 400).map(|end| (open, end)))
            .map(|(open, end)| (slice(&chars, open + 1, end), open + 1..end))
            .collect();
        Draft { quotations, citations, brackets, chars, lines }
    }

    /// 1-based line and column, in characters, of a character.
    pub fn place(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(at - start + 1).unwrap_or(u32::MAX))
    }
}

/// Reads a locator such as `p. 3`, `pp. 3-4`, `para. 14`; a bare number is a page.
pub(super) fn locator(text: &str) -> Option<Locator> {
    let text = text.trim().trim_start_matches([',', ' ', '~', '\u{a0}', '{']).trim();
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (word, rest) = text.split_at_checked(split)?;
    let word = word.trim().trim_end_matches(['.', '~', '\u{a0}', ' ', '\\', ',']).to_lowercase();
    let label: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    match word.as_str() {
        "para" | "paras" | "paragraph" | "paragraphs" | "par" | "¶" | "¶¶" => {
            let first: u32 = label.parse().ok()?;
            let behind = rest.get(label.len()..)?.trim_start_matches(|c: char| "-–—".contains(c) || c == ' ');
            let last: String = behind.chars().take_while(char::is_ascii_digit).collect();
            let ranged = rest.get(label.len()..)?.trim_start().starts_with(['-', '–', '—']);
            let last = if ranged { last.parse().unwrap_or(first) } else { first };
            Some(Locator::Paragraph(first, last.max(first)))
        }
        "" | "p" | "pp" | "page" | "pages" => Some(Locator::Page(label)),
        _ => None,
    }
}

fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || "_-:.+/#$%&?~".contains(c)
}

fn read_key(chars: &[char], from: usize, typst: bool) -> (String, usize) {
    if !typst && chars.get(from) == Some(&'{') {
        return closing(chars, from)
            .map_or((String::new(), from), |end| (slice(chars, from + 1, end), end + 1));
    }
    let good = |c: char| if typst { c.is_alphanumeric() || "_-:.".contains(c) } else { is_key_char(c) };
    let mut end = from;
    while chars.get(end).is_some_and(|c| good(*c)) {
        end += 1;
    }
    // Punctuation inside a key is only its own when more of the key follows.
    while end > from && chars.get(end - 1).is_some_and(|c| !c.is_alphanumeric() && *c != '_') {
        end -= 1;
    }
    (slice(chars, from, end), end)
}

fn citations(chars: &[char], syntax: Syntax) -> Vec<Citation> {
    let mut found = match syntax {
        Syntax::Markdown => at_keys(chars, false),
        Syntax::Typst => {
            let mut found = at_keys(chars, true);
            found.extend(typst_cites(chars));
            found
        }
        Syntax::Latex => latex_cites(chars),
        Syntax::Plain => Vec::new(),
    };
    found.sort_by_key(|c| c.at);
    found
}

fn at_keys(chars: &[char], typst: bool) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut bracket: Option<Range<usize>> = None;
    let mut i = 0;
    while i < chars.len() {
        if chars.get(i) == Some(&'[') && bracket.as_ref().is_none_or(|b| i >= b.end) {
            bracket = closing(chars, i).filter(|e| e - i < 2000).map(|e| i..e + 1);
        }
        let before = i.checked_sub(1).and_then(|p| chars.get(p));
        let starts = before.is_none_or(|c| !c.is_alphanumeric() && *c != '\\' && *c != '@');
        if chars.get(i) != Some(&'@') || !starts {
            i += 1;
            continue;
        }
        let (key, end) = read_key(chars, i + 1, typst);
        if key.is_empty() {
            i += 1;
            continue;
        }
        let inside = bracket.clone().filter(|b| !typst && b.contains(&i));
        let (span, suffix) = if let Some(b) = inside {
            let stop = (end..b.end - 1).find(|j| chars.get(*j) == Some(&';')).unwrap_or(b.end - 1);
            (b, slice(chars, end, stop))
        } else {
            let open = if chars.get(end) == Some(&' ') && !typst { end + 1 } else { end };
            let close = (chars.get(open) == Some(&'[')).then(|| closing(chars, open)).flatten();
            match close.map(|c| (c, slice(chars, open + 1, c))) {
                Some((close, inner)) if !inner.contains('@') => (i..close + 1, inner),
                _ => (i..end, String::new()),
            }
        };
        found.push(Citation { key, locator: locator(&suffix), span, at: i });
        i = end;
    }
    found
}

fn typst_cites(chars: &[char]) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find(chars, from, "<") {
        from = start + 1;
        let call = slice(chars, start.saturating_sub(40), start);
        let named =
            call.rsplit_once("cite(").map(|(_, r)| r).or(call.rsplit_once("attribution:").map(|(_, r)| r));
        if named.is_none_or(|r| !r.trim().is_empty()) {
            continue;
        }
        let (key, end) = read_key(chars, start + 1, true);
        if key.is_empty() || chars.get(end) != Some(&'>') {
            continue;
        }
        let stop = (end..chars.len()).take(200).find(|j| chars.get(*j) == Some(&')')).unwrap_or(end);
        let rest = slice(chars, end, stop);
        let inner =
            rest.split_once("supplement:").and_then(|(_, r)| r.trim().strip_prefix('[')).unwrap_or("");
        let inner = inner.split(']').next().unwrap_or("");
        found.push(Citation { key, locator: locator(inner), span: start..stop + 1, at: start });
    }
    found
}

fn latex_cites(chars: &[char]) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find(chars, from, "\\") {
        from = start + 1;
        let mut end = from;
        while chars.get(end).is_some_and(|c| c.is_ascii_alphabetic()) {
            end += 1;
        }
        let name = slice(chars, from, end).to_lowercase();
        if !name.contains("cite")
            || name.starts_with("citestyle")
            || name.contains("citet") && name.contains("text")
        {
            continue;
        }
        if chars.get(end) == Some(&'*') {
            end += 1;
        }
        let mut options = Vec::new();
        while chars.get(end) == Some(&'[') {
            let Some(close) = closing(chars, end) else { break };
            options.push(slice(chars, end + 1, close));
            end = close + 1;
        }
        let Some(close) = (chars.get(end) == Some(&'{')).then(|| closing(chars, end)).flatten() else {
            continue;
        };
        let place = options.last().and_then(|o| locator(o));
        let mut at = end + 1;
        for part in slice(chars, end + 1, close).split(',') {
            let key = part.trim().to_owned();
            let lead = part.chars().take_while(|c| c.is_whitespace()).count();
            if !key.is_empty() && key != "*" {
                found.push(Citation { key, locator: place.clone(), span: start..close + 1, at: at + lead });
            }
            at += part.chars().count() + 1;
        }
        from = close + 1;
    }
    found
}

fn blocks(chars: &[char], syntax: Syntax, citations: &[Citation]) -> Vec<Quotation> {
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
                for name in ["quote", "quotation", "displayquote"] {
                    let open = format!("\\begin{{{name}}}");
                    if at(chars, start, &open)
                        && let Some(end) = find(chars, start, &format!("\\end{{{name}}}"))
                    {
                        let inner = start + open.chars().count();
                        add(inner, end, inner..end, true);
                        from = end;
                    }
                }
                for name in ["\\enquote", "\\textquote", "\\blockquote", "\\enquote*"] {
                    let open = start + name.chars().count();
                    if at(chars, start, name)
                        && chars.get(open) == Some(&'{')
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

/// The marks that close what `c` opens.
fn closers(chars: &[char], i: usize, syntax: Syntax) -> Option<(&'static [&'static str], usize)> {
    let before = i.checked_sub(1).and_then(|p| chars.get(p));
    let opens =
        before.is_none_or(|c| !c.is_alphanumeric()) && chars.get(i + 1).is_some_and(|c| !c.is_whitespace());
    match chars.get(i)? {
        '“' => Some((&["”"], 1)),
        '„' => Some((&["“", "”"], 1)),
        '«' => Some((&["»"], 1)),
        '»' if opens => Some((&["«"], 1)),
        '‹' => Some((&["›"], 1)),
        '"' if opens => Some((&["\""], 1)),
        '‘' if opens => Some((&["’"], 1)),
        '`' if syntax == Syntax::Latex && at(chars, i, "``") => Some((&["''", "\""], 2)),
        _ => None,
    }
}

fn marked(chars: &[char], syntax: Syntax, taken: &[Range<usize>]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if let Some(block) = taken.iter().find(|b| b.contains(&i)) {
            i = block.end;
            continue;
        }
        let Some((close, width)) = closers(chars, i, syntax) else {
            i += 1;
            continue;
        };
        let mut depth = 1;
        let mut j = i + width;
        let mut end = None;
        while j < chars.len() && j - i < 20_000 {
            if at(chars, j, "\n\n") || (chars.get(j) == Some(&'\n') && blank_line(chars, j + 1)) {
                break;
            }
            let apostrophe =
                chars.get(j) == Some(&'’') && chars.get(j + 1).is_some_and(|c| c.is_alphanumeric());
            if let Some(mark) = close.iter().find(|m| at(chars, j, m)).filter(|_| !apostrophe) {
                depth -= 1;
                if depth == 0 {
                    end = Some((j, j + mark.chars().count()));
                    break;
                }
            } else if chars.get(j) == chars.get(i) && chars.get(i) != Some(&'`') {
                depth += 1;
            }
            j += 1;
        }
        let Some((inner, outer)) = end else {
            i += width;
            continue;
        };
        let text = plain(&slice(chars, i + width, inner), syntax, false);
        if !text.is_empty() {
            found.push(Quotation { text, span: i..outer, block: false });
        }
        i = outer;
    }
    found
}

fn blank_line(chars: &[char], from: usize) -> bool {
    chars.iter().skip(from).find(|c| **c == '\n' || !c.is_whitespace()).is_none_or(|c| *c == '\n')
}

/// The words of a quotation without mark-up, on one line.
fn plain(raw: &str, syntax: Syntax, block: bool) -> String {
    let mut text = raw.to_owned();
    if block && syntax == Syntax::Markdown {
        let lines = text.lines().map(|l| l.trim_start().trim_start_matches(['>', ' ']).to_owned());
        text = lines.collect::<Vec<_>>().join("\n");
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
    let text = if block { text.trim_end_matches(['(', '-', '—', '–', ' ']) } else { text.as_str() };
    let whole = |open: char, close: char| {
        text.strip_prefix(open)
            .and_then(|t| t.strip_suffix(close))
            .filter(|t| !t.contains(open) && !t.contains(close))
    };
    let inner = block.then(|| whole('“', '”').or(whole('"', '"')).or(whole('«', '»'))).flatten();
    inner.unwrap_or(text).trim().to_owned()
}
