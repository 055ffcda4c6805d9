//! The dependency direction, and the fences around external crates, read from the sources.

use super::harness::{project, walk};
use std::fs;

/// Each module and the modules of this crate it may use, lowest first.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("seed_file", &[]),
    ("document", &["bibliography"]),
    ("clean", &["document", "passage"]),
    ("passage", &["document", "clean"]),
    ("bibliography", &["document", "clean", "passage", "seed_file"]),
    ("tag", &["bibliography", "clean", "passage", "document", "seed_file"]),
    ("reader", &["document", "bibliography", "clean"]),
    ("citation", &["bibliography", "passage", "seed_file"]),
    ("index", &["bibliography", "citation", "clean", "document", "passage", "tag", "reader"]),
    (
        "ingest",
        &["bibliography", "citation", "clean", "document", "index", "passage", "reader", "seed_file", "tag"],
    ),
    ("search", &["bibliography", "citation", "document", "index", "passage", "tag"]),
    (
        "draft",
        &["bibliography", "citation", "clean", "index", "passage", "search", "tag", "document", "reader"],
    ),
    (
        "output",
        &["bibliography", "citation", "document", "draft", "index", "ingest", "passage", "search", "tag"],
    ),
];

/// External crates and the only places that may name them.
const FENCES: [(&str, &[&str]); 11] = [
    ("tantivy", &["index", "search"]),
    ("hayagriva", &["citation", "bibliography"]),
    ("citationberg", &["citation", "bibliography"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli", "main.rs"]),
    ("unpdf", &["reader"]),
    ("zip", &["reader"]),
    ("dom_query", &["reader"]),
    ("quick_xml", &["reader"]),
    ("mail_parser", &["reader"]),
    ("encoding_rs", &["reader"]),
];

/// Source files of the project: path below `src/`, and text without comments and test modules.
fn sources() -> Vec<(String, String)> {
    let src = project().join("src");
    let files = walk(&src).into_iter().filter(|f| f.ends_with(".rs"));
    files
        .map(|file| {
            let text = fs::read_to_string(src.join(&file)).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            let lines = text.lines().filter(|l| !l.trim_start().starts_with("//"));
            let code = lines.collect::<Vec<_>>().join("\n");
            (file, code)
        })
        .collect()
}

/// The top-level module a file belongs to.
fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}

/// Returns true if and only if `code` names `path::`, not as the tail of a longer word.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(&format!("{path}::"))
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(m, _)| *m == module(&file)) else { continue };
        for (other, _) in MAY_USE.iter().filter(|(m, _)| *m != module(&file) && !allowed.contains(m)) {
            if names(&code, &format!("crate::{other}")) {
                wrong.push(format!("{file} uses {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn external_crates_stay_behind_their_fences() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        for (name, places) in FENCES {
            if names(&code, name) && !places.contains(&module(&file)) && !places.contains(&file.as_str()) {
                wrong.push(format!("{file} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_stay_short_enough_to_read() {
    let src = project().join("src");
    let long: Vec<String> = walk(&src)
        .into_iter()
        .filter(|f| f.ends_with(".rs"))
        .filter_map(|f| {
            let lines = fs::read_to_string(src.join(&f)).ok()?.lines().count();
            (lines > 550).then(|| format!("{f}: {lines} lines"))
        })
        .collect();
    assert!(long.is_empty(), "which concept is missing? {long:#?}");
}
