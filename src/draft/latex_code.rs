//! Code in LaTeX: what is printed as it is typed, and cites and quotes nothing.

use super::scan::{at, blank, closing, find};

/// Environments whose content is code or left out: of LaTeX, fancyvrb, listings, minted and comment.
const ENVIRONMENTS: [&str; 10] = [
    "verbatim",
    "verbatim*",
    "Verbatim",
    "BVerbatim",
    "LVerbatim",
    "SaveVerbatim",
    "lstlisting",
    "minted",
    "comment",
    "filecontents",
];
/// Commands for code within a line, `\verb|…|`, by the number of their arguments before the code.
const COMMANDS: [(&str, usize); 5] =
    [("\\verb", 0), ("\\Verb", 0), ("\\lstinline", 0), ("\\mintinline", 1), ("\\mint", 1)];

/// Turns code to spaces.
pub fn mask(chars: &mut [char]) {
    for name in ENVIRONMENTS {
        let close = format!("\\end{{{name}}}");
        let mut from = 0;
        while let Some(start) = find(chars, from, &format!("\\begin{{{name}}}")) {
            from = start + 1;
            if !is_in_comment(chars, start) {
                from = find(chars, start, &close).unwrap_or(chars.len());
                blank(chars, start, from);
            }
        }
    }
    for (command, arguments) in COMMANDS {
        let mut from = 0;
        while let Some(start) = find(chars, from, command) {
            from = start + command.len();
            if let Some(end) = end_of_code(chars, from, arguments).filter(|_| !is_in_comment(chars, start)) {
                blank(chars, start, end);
                from = end;
            }
        }
    }
}

/// Returns true if and only if a `%` before the place, in its line, makes it a comment.
fn is_in_comment(chars: &[char], place: usize) -> bool {
    let before = chars.get(..place).unwrap_or_default();
    let line = before.iter().rposition(|c| *c == '\n').map_or(0, |end| end + 1);
    (line..place).any(|i| at(chars, i, "%") && (i == 0 || !at(chars, i - 1, "\\")))
}

/// Where the code ends of which the command's name ends at `from`; none where another command is meant or the code has
/// no end in its line.
fn end_of_code(chars: &[char], from: usize, arguments: usize) -> Option<usize> {
    let mut open = from + usize::from(chars.get(from) == Some(&'*'));
    if chars.get(open).is_some_and(|c| c.is_alphabetic()) {
        return None;
    }
    if chars.get(open) == Some(&'[') {
        open = closing(chars, open)? + 1;
    }
    for _ in 0..arguments {
        open = closing(chars, open).filter(|_| chars.get(open) == Some(&'{'))? + 1;
    }
    let mark = *chars.get(open).filter(|c| !c.is_whitespace())?;
    if mark == '{' {
        return closing(chars, open).map(|end| end + 1);
    }
    let rest = chars.get(open + 1..)?;
    let end = rest.iter().take_while(|c| **c != '\n').position(|c| *c == mark)?;
    Some(open + 1 + end + 1)
}

/// Returns true if and only if `name` stands at a command that takes a volume before its keys: `\volcite{2}[45]{key}`.
pub fn takes_volume(name: &str) -> bool {
    name.trim_end_matches('s').ends_with("volcite")
}

/// Where the volume ends that stands, with what may be before it, at `from`: `[see]{2}`.
pub fn end_of_volume(chars: &[char], from: usize) -> Option<usize> {
    let open = match chars.get(from) {
        Some('[') => closing(chars, from)? + 1,
        _ => from,
    };
    (at(chars, open, "{")).then(|| closing(chars, open)).flatten().map(|end| end + 1)
}
