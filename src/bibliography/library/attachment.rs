//! The `file` field of a BibLaTeX entry, and where in the seeds folder the file it names stands.

use std::path::{Component, Path};

/// Cuts `text` at each `mark` that has no backslash before it.
fn cut(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == mark && !escaped {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

/// Takes the backslash from escaped signs; a backslash before a letter stays (`C:\docs`).
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match signs.peek() {
            Some(next) if c == '\\' && !next.is_alphanumeric() && !next.is_whitespace() => {
                out.push(*next);
                signs.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// The paths that a `file` field names, as written: `path`, `path;path`, `description:path:mime`, `:path:PDF`.
pub(super) fn paths(field: &str) -> Vec<String> {
    let mut found = Vec::new();
    for one in cut(field, ';') {
        let parts = cut(one.trim(), ':');
        let drive = |p: &str| p.len() == 1 && p.chars().all(|c| c.is_ascii_alphabetic());
        let path = match parts.as_slice() {
            // `C:\docs\a.pdf` is a path, not a description of one.
            [letter, rest] if drive(letter) => format!("{letter}:{}", unescape(rest)),
            [path] => unescape(path),
            [_, path] => unescape(path),
            [_, letter, path, _] if drive(letter) => format!("{letter}:{}", unescape(path)),
            [_, middle @ .., _] => unescape(&middle.join(":")),
            [] => String::new(),
        };
        let path = path.trim();
        if !path.is_empty() {
            found.push(path.to_owned());
        }
    }
    found
}

/// The path of `written` relative to `seeds`, `/` between parts, when there is such a file; else that of the
/// longest tail of it that is there.
pub(super) fn find(seeds: &Path, written: &str) -> Option<String> {
    let plain = written.replace('\\', "/");
    let inside = Path::new(&plain).strip_prefix(seeds).ok().and_then(Path::to_str);
    let parts: Vec<&str> = Path::new(inside.unwrap_or(&plain))
        .components()
        .filter_map(|c| match c {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    // A path that climbs out of the folder (`../a.pdf`) is only its parts here, and so found by its tail.
    (0..parts.len()).find_map(|skip| {
        let tail = parts.get(skip..)?.join("/");
        seeds.join(&tail).is_file().then_some(tail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_fields_of_zotero_and_jabref_are_read() {
        for (field, expected) in [
            ("a.pdf", vec!["a.pdf"]),
            ("files/12/a b.pdf;notes/b.html", vec!["files/12/a b.pdf", "notes/b.html"]),
            (":papers/a.pdf:PDF", vec!["papers/a.pdf"]),
            ("Full Text:papers/a.pdf:application/pdf", vec!["papers/a.pdf"]),
            ("A\\: B:x\\;y.pdf:PDF;:c.txt:Text", vec!["x;y.pdf", "c.txt"]),
            ("Snapshot:C\\:\\\\Users\\\\me\\\\a.pdf:application/pdf", vec!["C:\\Users\\me\\a.pdf"]),
            ("C:\\docs\\a.pdf", vec!["C:\\docs\\a.pdf"]),
            ("d:with\\:colon.txt:", vec!["with:colon.txt"]),
            ("my\\_file.txt", vec!["my_file.txt"]),
            (" ; ", vec![]),
        ] {
            assert_eq!(paths(field), expected, "{field}");
        }
    }

    #[test]
    fn a_path_outside_is_found_by_its_tail() {
        let seeds = tempfile::tempdir().unwrap();
        std::fs::create_dir(seeds.path().join("sub")).unwrap();
        std::fs::write(seeds.path().join("sub/a.txt"), "x").unwrap();
        let whole = seeds.path().join("sub/a.txt");
        for written in
            ["sub/a.txt", "./sub/a.txt", "/home/me/sub/a.txt", "C:\\me\\sub\\a.txt", "../sub/a.txt"]
        {
            assert_eq!(find(seeds.path(), written).as_deref(), Some("sub/a.txt"), "{written}");
        }
        assert_eq!(find(seeds.path(), whole.to_str().unwrap()).as_deref(), Some("sub/a.txt"));
        assert_eq!(find(seeds.path(), "a.txt"), None);
        assert_eq!(find(seeds.path(), "sub"), None);
    }
}
