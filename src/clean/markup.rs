//! Stray mark-up and typography in plain text: what `\$`, `<sup>`, `*emphasis*`, `[text](url)`, `<url>`,
//! ligatures and odd blanks stand for.
//!
//! Resolving keeps every word that a reader of the printed page would see, and drops only the signs.

use unicode_normalization::UnicodeNormalization;

/// What to do with the address of a link whose words are not the address itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// Leave them out, as print does.
    Drop,
    /// Write them behind the words, for entries of reference lists.
    Keep,
}

/// The longest `<…>` looked for, so that hostile text costs no more than its length.
const LONGEST_TAG: usize = 500;

/// Names of inline HTML elements that turn up in text files; other `<…>` are left as they are.
const ELEMENTS: &[&str] = &[
    "a", "b", "br", "center", "cite", "div", "em", "font", "h1", "h2", "h3", "h4", "hr", "i", "img", "li",
    "mark", "p", "s", "small", "span", "strong", "sub", "sup", "table", "td", "th", "tr", "u", "ul", "ol",
];

/// Character references worth knowing in text files.
const REFERENCES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
];

/// `text` without its mark-up. `positions`, ascending byte offsets into `text`, become offsets into
/// the result.
pub fn resolve(text: &str, positions: &mut [u32], addresses: Addresses) -> String {
    let mut scan = Scan {
        text,
        out: String::with_capacity(text.len()),
        at: 0,
        positions,
        next: 0,
        emphasis: emphasis(text),
        addresses,
    };
    while let Some(offset) =
        scan.rest().bytes().position(|b| matches!(b, b'\\' | b'*' | b'_' | b'<' | b'[' | b'&'))
    {
        scan.copy(offset);
        scan.sign();
    }
    let rest = scan.rest().len();
    scan.copy(rest);
    scan.settle(text.len() + 1);
    scan.out
}

struct Scan<'t, 'p> {
    text: &'t str,
    out: String,
    at: usize,
    positions: &'p mut [u32],
    next: usize,
    /// Start and length of the runs of `*` and `_` that are emphasis, descending.
    emphasis: Vec<(usize, usize)>,
    addresses: Addresses,
}

impl<'t> Scan<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Gives every position up to source offset `until` its place in the output so far.
    fn settle(&mut self, until: usize) {
        while let Some(position) = self.positions.get_mut(self.next)
            && (*position as usize) < until
        {
            *position = self.out.len() as u32;
            self.next += 1;
        }
    }

    /// Copies `len` bytes as they stand.
    fn copy(&mut self, len: usize) {
        while let Some(position) = self.positions.get_mut(self.next)
            && (*position as usize) < self.at + len
        {
            *position = (self.out.len() + (*position as usize).saturating_sub(self.at)) as u32;
            self.next += 1;
        }
        self.out.push_str(self.text.get(self.at..self.at + len).unwrap_or(""));
        self.at += len;
    }

    /// Writes `words` for the next `len` bytes of the source.
    fn replace(&mut self, len: usize, words: &str) {
        self.settle(self.at + len);
        self.out.push_str(words);
        self.at += len;
    }

    /// Deals with the sign at the present place.
    fn sign(&mut self) {
        let rest = self.rest();
        match rest.as_bytes().first() {
            Some(b'\\') => match rest.as_bytes().get(1) {
                Some(b) if b.is_ascii_punctuation() => {
                    self.replace(1, "");
                    self.copy(1);
                }
                _ => self.copy(1),
            },
            Some(b'*' | b'_') => {
                while self.emphasis.last().is_some_and(|run| run.0 + run.1 <= self.at) {
                    self.emphasis.pop();
                }
                match self.emphasis.last() {
                    Some(&(start, len)) if start <= self.at => self.replace(start + len - self.at, ""),
                    _ => self.copy(1),
                }
            }
            Some(b'<') => self.angle(rest),
            Some(b'[') => self.link(rest),
            Some(b'&') => match REFERENCES.iter().find(|(name, _)| rest.starts_with(name)) {
                Some((name, words)) => self.replace(name.len(), words),
                None => self.copy(1),
            },
            _ => self.copy(rest.chars().next().map_or(0, char::len_utf8)),
        }
    }

    /// `<sup>`, `<br>`, `<https://…>`.
    fn angle(&mut self, rest: &str) {
        let Some(close) = rest.bytes().take(LONGEST_TAG).position(|b| b == b'>') else { return self.copy(1) };
        let inside = &rest[1..close];
        if inside.contains("://") && !inside.contains([' ', '<']) || is_mail(inside) {
            self.replace(1, "");
            self.copy(inside.len());
            return self.replace(1, "");
        }
        let name = inside.trim_start_matches('/');
        let name = &name[..name.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if !ELEMENTS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return self.copy(1);
        }
        if name.eq_ignore_ascii_case("sup") && self.note_mark(rest, close) {
            return;
        }
        let blank = matches!(name, "br" | "p" | "div" | "td" | "tr" | "li");
        let words = if blank && !self.out.ends_with(char::is_whitespace) { " " } else { "" };
        self.replace(close + 1, words);
    }

    /// `word<sup>3</sup>` is the mark of a note: `word[3]`, so that it does not run into the word.
    fn note_mark(&mut self, rest: &str, close: usize) -> bool {
        let inside = &rest[close + 1..];
        let Some(end) = find_within(inside, "</", 40) else { return false };
        let mark = &inside[..end];
        let is_number = !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit() || b == b',');
        let behind_word = self.out.chars().next_back().is_some_and(|c| !c.is_numeric() && !c.is_whitespace());
        let Some(tail) = find_within(&inside[end..], ">", 20) else { return false };
        if !is_number || !behind_word {
            return false;
        }
        self.replace(close + 1, "[");
        self.copy(end);
        self.replace(tail + 1, "]");
        true
    }

    /// `[text](address)`, `![alternative](address)` and `[^note]`.
    fn link(&mut self, rest: &str) {
        if rest.starts_with("[^") && rest.bytes().take(12).any(|b| b == b']') {
            self.copy(1);
            return self.replace(1, "");
        }
        let Some(middle) = find_within(rest, "](", 1200) else { return self.copy(1) };
        let words = &rest[1..middle];
        let Some(len) = address_len(&rest[middle + 2..]) else { return self.copy(1) };
        let address = &rest[middle + 2..middle + 2 + len];
        let address = address.split(" \"").next().unwrap_or(address).trim();
        if words.contains('[') || !is_address(address) {
            return self.copy(1);
        }
        if self.out.ends_with('!') {
            self.out.pop();
        }
        let whole = middle + 2 + len + 1;
        let plain = resolve(words, &mut [], Addresses::Drop);
        if same_letters(&plain, address) {
            return self.replace(whole, address);
        }
        let with_address = self.addresses == Addresses::Keep && address.contains("://");
        let written = if with_address { format!("{plain} {address}") } else { plain };
        self.replace(whole, &written);
    }
}

fn find_within(text: &str, what: &str, limit: usize) -> Option<usize> {
    let found =
        memchr::memmem::find(text.as_bytes().get(..limit).unwrap_or(text.as_bytes()), what.as_bytes());
    found.filter(|&at| text.is_char_boundary(at))
}

/// The length of a link's address up to the bracket that closes it; brackets may be nested in it.
fn address_len(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, b) in text.bytes().enumerate().take(LONGEST_TAG) {
        match b {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn is_address(text: &str) -> bool {
    let begins = text.contains("://") || text.starts_with(['/', '#', '.']) || text.starts_with("mailto:");
    !text.contains(' ') && (begins || text.starts_with("www.") || text.contains(".htm"))
}

fn is_mail(text: &str) -> bool {
    text.len() < 100 && text.contains('@') && text.contains('.') && !text.contains(' ')
}

fn same_letters(a: &str, b: &str) -> bool {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let (a, b) = (letters(a), letters(b));
    a == b
        || b.strip_prefix("https").or(b.strip_prefix("http")).or(b.strip_prefix("mailto")) == Some(a.as_str())
}

/// Where the runs of `*` and `_` are emphasis: an opening run before a word has a closing run of the
/// same sign behind a word. Sorted from the last to the first.
fn emphasis(text: &str) -> Vec<(usize, usize)> {
    struct Run {
        start: usize,
        left: usize,
        sign: u8,
    }
    let bytes = text.as_bytes();
    let mut open: Vec<Run> = Vec::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr2(b'*', b'_', &bytes[at..]) {
        let start = at + offset;
        let sign = bytes[start];
        let len = bytes[start..].iter().take_while(|&&b| b == sign).count();
        at = start + len;
        if start > 0 && bytes[start - 1] == b'\\' {
            continue;
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let mut left = len;
        if !is_blank(before) && !in_word(after) {
            while left > 0 && open.last().is_some_and(|run| run.sign == sign) {
                let Some(run) = open.last_mut() else { break };
                let shared = run.left.min(left);
                run.left -= shared;
                found.push((run.start + run.left, shared));
                found.push((start + len - left, shared));
                left -= shared;
                if run.left == 0 {
                    open.pop();
                }
            }
        }
        if left > 0 && !in_word(before) && !is_blank(after) && open.len() < 64 {
            open.push(Run { start: start + len - left, left, sign });
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found
}

/// Appends `words` to `out` with ligatures taken apart, soft hyphens and control characters left out
/// and every run of white space made one blank.
pub fn push_folded(out: &mut String, words: &str) {
    let mut pending = false;
    for c in words.chars() {
        if c.is_whitespace() {
            pending = true;
            continue;
        }
        if c.is_control() || is_invisible(c) {
            continue;
        }
        if pending {
            out.push(' ');
            pending = false;
        }
        match c {
            '\u{FB00}'..='\u{FB06}' => out.extend(c.nfkc()),
            _ => out.push(c),
        }
    }
    if pending {
        out.push(' ');
    }
}

/// Soft hyphen, zero-width blanks and marks of direction, which are not seen and break words for search.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        resolve(text, &mut [], Addresses::Drop)
    }

    #[test]
    fn signs_go_and_words_stay() {
        for (text, expected) in [
            (r"about \$50 million, a\_b", "about $50 million, a_b"),
            ("the 13<sup>th</sup> summit of H<sub>2</sub>O", "the 13th summit of H2O"),
            ("trade.<sup>12</sup> Next", "trade.[12] Next"),
            ("10<sup>6</sup> tons", "106 tons"),
            ("**Keywords:** *a, b*, ***c***", "Keywords: a, b, c"),
            ("snake_case_name and 2*3*4 and Khan*", "snake_case_name and 2*3*4 and Khan*"),
            ("see [the treaty](https://x.org/a_(b)) now", "see the treaty now"),
            ("see <https://x.org/a_b>.", "see https://x.org/a_b."),
            (r"[https://x.org/a\\_b](https://x.org/a_b)", "https://x.org/a_b"),
            ("text[^3] and [1](2003) and x < y > z", "text[3] and [1](2003) and x < y > z"),
            ("R&amp;D line<br>next", "R&D line next"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_are_kept_for_references() {
        let text = "[Title](https://x.org/t)";
        assert_eq!(resolve(text, &mut [], Addresses::Keep), "Title https://x.org/t");
    }

    #[test]
    fn positions_move_with_the_text() {
        let text = r"a **b** \$c";
        let mut positions = [0, 4, 9];
        assert_eq!(resolve(text, &mut positions, Addresses::Drop), "a b $c");
        assert_eq!(positions, [0, 2, 4]);
    }

    #[test]
    fn typography_is_folded() {
        let mut out = String::new();
        push_folded(&mut out, "e\u{FB03}cient  co\u{AD}operation\u{A0}\there");
        assert_eq!(out, "efficient cooperation here");
    }
}
