//! Are passages on the pages that ibid says? Compared with what `pdftotext` finds on each page.
//!
//! `cargo run --release --example check_pages FOLDER [PASSAGES]`: takes that many passages (50), spread evenly over the
//! PDF files of the folder, and looks for the beginning of each on its first page and for its end on its last.

use ibid::ingest::Preview;
use ibid::passage::Kind;
use ibid::reader::isolation;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Letters of a passage's beginning or end that are looked for: about a line.
const PIECE: usize = 40;

fn main() -> ExitCode {
    if let Some(exit) = isolation::serve() {
        return exit;
    }
    isolation::use_this_program();
    let mut args = std::env::args().skip(1);
    let Some(folder) = args.next() else {
        eprintln!("usage: check_pages FOLDER [PASSAGES]");
        return ExitCode::from(2);
    };
    let wanted = args.next().and_then(|n| n.parse().ok()).unwrap_or(50);
    let passages = passages(Path::new(&folder));
    let count = wanted.min(passages.len());
    let chosen: Vec<&Found> = (0..count).map(|i| &passages[i * passages.len() / count]).collect();
    let wrong: Vec<&&Found> = chosen.iter().filter(|f| !f.is_right()).collect();
    for found in &wrong {
        let start: String = found.text.chars().take(70).collect();
        println!("{} pages {:?}: {start}", found.file.display(), found.pages);
    }
    println!("{} of {} passages are on the pages said", chosen.len() - wrong.len(), chosen.len());
    ExitCode::from(u8::from(!wrong.is_empty()))
}

/// A passage and where it is said to be.
struct Found {
    file: PathBuf,
    text: String,
    /// First and last page, from 1.
    pages: (u32, u32),
}

impl Found {
    fn is_right(&self) -> bool {
        let letters = letters(&self.text);
        let head: String = letters.iter().take(PIECE).collect();
        let tail: String = letters[letters.len().saturating_sub(PIECE)..].iter().collect();
        let stands = |piece: &str, page| page_text(&self.file, page).contains(piece);
        let (first, last) = self.pages;
        stands(&head, first) && stands(&tail, last) || first == last && self.has_its_words_here(first)
    }

    /// Where two readers take the cells of a table in another order: the words are on this page, and not so on the
    /// pages beside it.
    fn has_its_words_here(&self, page: u32) -> bool {
        let words: Vec<&str> = self.text.split_whitespace().filter(|w| w.len() > 3).collect();
        let share = |page: u32| {
            let raw = raw_page(&self.file, page);
            words.iter().filter(|w| raw.contains(**w)).count() * 10 / words.len().max(1)
        };
        share(page) >= 9 && share(page - 1) < 7 && share(page + 1) < 7
    }
}

/// The body passages of all PDF files of the folder that are long enough to be told apart.
fn passages(folder: &Path) -> Vec<Found> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "pdf"));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let preview = match Preview::of(&file, folder) {
            Ok(preview) => preview,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let long = preview.passages.into_iter().filter(|p| p.kind == Kind::Body && p.text.len() > 3 * PIECE);
        found.extend(long.map(|p| {
            let (first, last) = p.pages;
            Found { file: file.clone(), text: p.text, pages: (first + 1, last + 1) }
        }));
    }
    found
}

/// A page as `pdftotext` reads it; nothing before the first page.
fn raw_page(file: &Path, page: u32) -> String {
    if page == 0 {
        return String::new();
    }
    let page = page.to_string();
    let output = Command::new("pdftotext").args(["-f", &page, "-l", &page]).arg(file).arg("-").output();
    output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default()
}

/// The letters of a page as `pdftotext` reads it.
fn page_text(file: &Path, page: u32) -> String {
    letters(&raw_page(file, page)).into_iter().collect()
}

/// Letters only: spaces, hyphens and the marks of notes are set differently by every reader.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
