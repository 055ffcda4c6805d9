//! The scanner: a query's text cut into signs and words. Whatever is no sign is text.

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text up to the next white space or sign.
    Text(String),
    /// What stands between quotation marks, and the number behind `~`.
    Quoted {
        /// The text between.
        text: String,
        /// `"…"~5`.
        slop: Option<u32>,
        /// `field:` before it, as typed.
        field: Option<String>,
    },
    /// `-` before something.
    Minus,
    /// `(`, when a `)` comes later.
    Open,
    /// `)`, when a `(` came before.
    Close,
    /// `OR`.
    Or,
    /// `AND`.
    And,
    /// `NOT`.
    Not,
}

/// Quotation marks: opening, and the marks that may close it.
const QUOTES: [(char, &[char]); 8] = [
    ('"', &['"', '”', '“']),
    ('“', &['”', '“', '"']),
    ('”', &['”']),
    ('„', &['“', '”', '"']),
    ('«', &['»']),
    ('»', &['«']),
    ('「', &['」']),
    ('《', &['》']),
];

/// Cuts a query into pieces.
pub fn scan(text: &str) -> Vec<Piece> {
    let mut scanner = Scanner { rest: text, pieces: Vec::new(), open: 0 };
    while scanner.step() {}
    // A bracket that nothing closes is text, which here means nothing.
    scanner.pieces
}

struct Scanner<'a> {
    rest: &'a str,
    pieces: Vec<Piece>,
    open: usize,
}

impl Scanner<'_> {
    fn step(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        let Some(first) = self.rest.chars().next() else { return false };
        if self.quoted(None) {
            return true;
        }
        let behind = &self.rest[first.len_utf8()..];
        match first {
            '(' => {
                self.rest = behind;
                // Depth is bounded, so that a page of brackets cannot exhaust the stack of the parser.
                if self.open < 32 && behind.contains(')') {
                    self.open += 1;
                    self.pieces.push(Piece::Open);
                }
            }
            ')' => {
                self.rest = behind;
                if self.open > 0 {
                    self.open -= 1;
                    self.pieces.push(Piece::Close);
                }
            }
            '-' if behind.starts_with(|c: char| c.is_alphanumeric() || "(=".contains(c) || opens(c)) => {
                self.rest = behind;
                self.pieces.push(Piece::Minus);
            }
            _ => self.text(),
        }
        true
    }

    /// A quotation, when one starts here and ends.
    fn quoted(&mut self, field: Option<String>) -> bool {
        let mut chars = self.rest.chars();
        let Some(first) = chars.next() else { return false };
        let Some((_, closing)) = QUOTES.iter().find(|(open, _)| *open == first) else { return false };
        let inside = chars.as_str();
        let Some(end) = inside.find(*closing) else {
            // Unbalanced: the mark is text, which means nothing by itself.
            self.rest = inside;
            return field.is_none();
        };
        let closer = inside[end..].chars().next().map_or(0, char::len_utf8);
        self.rest = &inside[end + closer..];
        let slop = self.slop();
        self.pieces.push(Piece::Quoted { text: inside[..end].to_owned(), slop, field });
        true
    }

    /// `~5` behind a quotation.
    fn slop(&mut self) -> Option<u32> {
        let behind = self.rest.strip_prefix('~')?;
        let digits = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.rest = &behind[digits..];
        Some(behind[..digits].parse().unwrap_or(1))
    }

    /// Text up to white space, a bracket or a quotation mark.
    fn text(&mut self) {
        let end = self.rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')' || opens(c));
        let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        if let Some(field) = text.strip_suffix(':')
            && super::FieldName::from_name(field).is_some()
            && self.quoted(Some(field.to_owned()))
        {
            return;
        }
        self.pieces.push(match text {
            "OR" | "||" => Piece::Or,
            "AND" | "&&" => Piece::And,
            "NOT" => Piece::Not,
            _ => Piece::Text(text.to_owned()),
        });
    }
}

fn opens(c: char) -> bool {
    QUOTES.iter().any(|(open, _)| *open == c)
}
