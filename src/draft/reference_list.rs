//! The draft's own list of references: titles in quotation marks there are no quotations, and its entries cite nothing.

use super::parse::Syntax;
use super::scan::{at, find, slice};
use std::ops::Range;

/// What such a list is headed by.
const HEADINGS: [&str; 16] = [
    "references",
    "reference list",
    "list of references",
    "bibliography",
    "select bibliography",
    "selected bibliography",
    "works cited",
    "literature cited",
    "literature",
    "sources cited",
    "literatur",
    "literaturverzeichnis",
    "bibliographie",
    "références",
    "bibliografía",
    "список литературы",
];

/// The entries of the list.
#[derive(Debug, Clone, Default)]
pub struct Entries(Vec<Range<usize>>);

impl Entries {
    /// Returns true if and only if the character belongs to an entry.
    pub fn hold(&self, at: usize) -> bool {
        self.0.iter().any(|entry| entry.contains(&at))
    }

    /// Where they stand.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.0
    }
}

/// Finds the entries: the paragraphs behind the heading that have a year, up to the next heading.
pub fn entries(chars: &[char], syntax: Syntax) -> Entries {
    let mut entries = Vec::new();
    let mut inside = false;
    // The paragraph that is being read, and whether it is an entry.
    let mut paragraph: Option<(usize, bool)> = None;
    let mut start = 0;
    while start < chars.len() {
        let end = find(chars, start, "\n").unwrap_or(chars.len());
        let line = slice(chars, start, end);
        let heading = heading(&line, syntax);
        if heading.is_some() || line.trim().is_empty() {
            entries.extend(paragraph.take().filter(|(_, is)| *is).map(|(from, _)| from..start));
        } else if inside {
            let (from, is) = paragraph.unwrap_or((start, false));
            paragraph = Some((from, is || is_entry(&line)));
        }
        if let Some(heading) = heading {
            inside = HEADINGS.contains(&heading.as_str());
        }
        start = end + 1;
    }
    entries.extend(paragraph.filter(|(_, is)| *is).map(|(from, _)| from..chars.len()));
    if syntax == Syntax::Latex
        && let Some(open) = find(chars, 0, "\\begin{thebibliography}")
    {
        entries.push(open..find(chars, open, "\\end{thebibliography}").unwrap_or(chars.len()));
    }
    Entries(entries)
}

/// The words of a heading, in lower case. Plain text marks none: there only the heading of such a list is one.
fn heading(line: &str, syntax: Syntax) -> Option<String> {
    let line = line.trim();
    let words = match syntax {
        Syntax::Markdown => line.strip_prefix('#').map(|l| l.trim_matches('#')).or_else(|| {
            let bold = line.strip_prefix("**").and_then(|l| l.strip_suffix("**"));
            bold.filter(|l| HEADINGS.contains(&plain(l).as_str()))
        }),
        Syntax::Typst => line.strip_prefix('=').map(|l| l.trim_start_matches('=')),
        Syntax::Latex => {
            let chars: Vec<char> = line.chars().collect();
            let is = ["\\section", "\\subsection", "\\chapter", "\\part"].iter().any(|c| at(&chars, 0, c));
            line.split_once('{').filter(|_| is).map(|(_, l)| l.trim_end_matches('}'))
        }
        Syntax::Plain => Some(line).filter(|l| HEADINGS.contains(&plain(l).as_str())),
    };
    words.map(plain)
}

/// Without numbers and marks around it: `7. References:`.
fn plain(text: &str) -> String {
    let text = text.split('{').next().unwrap_or(text);
    text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase()
}

fn is_entry(line: &str) -> bool {
    let years = line.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
    years || ["n.d.", "no date", "Available at", "Retrieved"].iter().any(|word| line.contains(word))
}
