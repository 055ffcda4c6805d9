//! A wrong attribution is never green: drafts of every syntax, made at random, in which quotations are attributed to
//! another work or paragraph than they are from, by every kind of citation. `IBID_DRAFTS` sets how many are made.

mod packaged;
mod written;

use super::*;
use crate::bibliography::{Date, Name};

/// A pseudo-random sequence: the same drafts in every run (Knuth's MMIX constants).
pub struct Dice(u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    pub fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// A work of the test's library.
pub struct Shelved {
    pub key: &'static str,
    /// As a first note names its authors, and as a later one does.
    pub full: &'static str,
    pub short: &'static str,
    /// As a bracket names them.
    pub bracket: &'static str,
    pub title: &'static str,
    pub short_title: &'static str,
    pub year: i32,
    pub authors: &'static [&'static str],
}

pub const WORKS: [Shelved; 5] = [
    Shelved {
        key: "halvor2011",
        full: "Ingrid Halvor",
        short: "Halvor",
        bracket: "Halvor",
        title: "Ferries of the Northern Sound: A History",
        short_title: "Ferries",
        year: 2011,
        authors: &["Halvor, Ingrid"],
    },
    Shelved {
        key: "obi2016",
        full: "Chidi Obi and Lena Marsh",
        short: "Obi and Marsh",
        bracket: "Obi & Marsh",
        title: "Salt Roads and Their Keepers",
        short_title: "Salt Roads",
        year: 2016,
        authors: &["Obi, Chidi", "Marsh, Lena"],
    },
    Shelved {
        key: "tamm2009",
        full: "Juhan Tamm",
        short: "Tamm",
        bracket: "Tamm",
        title: "Grain, Guilds and Harbours",
        short_title: "Grain",
        year: 2009,
        authors: &["Tamm, Juhan"],
    },
    Shelved {
        key: "quispe2020",
        full: "Rosa Quispe",
        short: "Quispe",
        bracket: "Quispe",
        title: "Terraces above the Valley",
        short_title: "Terraces",
        year: 2020,
        authors: &["Quispe, Rosa"],
    },
    Shelved {
        key: "board2018",
        full: "Harbour Board",
        short: "Harbour Board",
        bracket: "Harbour Board",
        title: "Tonnage at the Outer Piers",
        short_title: "Tonnage",
        year: 2018,
        authors: &["{Harbour Board}"],
    },
];
const PARAGRAPHS: usize = 6;
const VOCABULARY: [&str; 40] = [
    "barges", "carried", "timber", "slowly", "towards", "winter", "markets", "beyond", "stone", "quays",
    "while", "keepers", "counted", "every", "barrel", "twice", "before", "evening", "lamps", "were", "lit",
    "along", "narrow", "channels", "where", "pilots", "waited", "for", "quiet", "weather", "and", "old",
    "ropes", "creaked", "under", "heavy", "sails", "that", "nobody", "trimmed",
];

/// The library: the same words in another order in each paragraph.
pub fn library() -> (Memory, Vec<Vec<Vec<&'static str>>>) {
    let mut dice = Dice(7);
    let mut texts = Vec::new();
    let mut shelf = Vec::new();
    for work in &WORKS {
        let paragraphs: Vec<Vec<&'static str>> =
            (0..PARAGRAPHS).map(|_| (0..24).map(|_| *dice.one(&VOCABULARY)).collect()).collect();
        let text: Vec<String> =
            paragraphs.iter().map(|words| format!("They saw {}.", words.join(" "))).collect();
        let (mut stored, passages) = source(work.key, &text.join("\n\n"));
        stored.work.authors = work
            .authors
            .iter()
            .map(|a| match a.strip_prefix('{') {
                Some(body) => {
                    Name { literal: Some(body.trim_end_matches('}').to_owned()), ..Name::default() }
                }
                None => Name::parse(a).unwrap(),
            })
            .collect();
        stored.work.title = Some(work.title.to_owned());
        stored.work.issued = Some(Date { year: work.year, month: None, day: None });
        stored.citation = crate::citation::render_stored(&stored.work, None);
        shelf.push((stored, passages));
        texts.push(paragraphs);
    }
    (Memory(shelf), texts)
}

/// What a quotation is said to be from, and what is true of it.
#[derive(Debug, Clone)]
pub struct Quoted {
    pub words: String,
    /// The work and the paragraph cited, from 0 and from 1 on.
    pub work: usize,
    pub paragraph: usize,
    pub right: bool,
}

impl Quoted {
    /// A quotation from anywhere, right or wrong.
    pub fn new(dice: &mut Dice, texts: &[Vec<Vec<&'static str>>], right: bool) -> Quoted {
        let (from, at) = (dice.below(WORKS.len()), dice.below(PARAGRAPHS));
        let words = &texts[from][at];
        let start = dice.below(words.len() - 10);
        let words = words[start..start + 7 + dice.below(3)].join(" ");
        let (mut work, mut paragraph) = (from, at);
        if !right && dice.below(4) == 0 {
            paragraph = (at + 1 + dice.below(PARAGRAPHS - 1)) % PARAGRAPHS;
        } else if !right {
            work = (from + 1 + dice.below(WORKS.len() - 1)) % WORKS.len();
        }
        Quoted { words, work, paragraph: paragraph + 1, right }
    }

    pub fn shelved(&self) -> &'static Shelved {
        &WORKS[self.work]
    }
}

/// The words of notes, as their writer counts and shortens them.
#[derive(Default)]
pub struct Notes {
    /// The work that each note cites, and its paragraph; `None`: it cites nothing.
    pub cited: Vec<Option<(usize, usize)>>,
}

impl Notes {
    /// The words of the next note, which cites what the quotation is said to be from.
    pub fn next(&mut self, dice: &mut Dice, quoted: &Quoted) -> String {
        let (work, n) = (quoted.shelved(), quoted.paragraph);
        let before = self.cited.iter().position(|c| c.is_some_and(|(w, _)| w == quoted.work));
        let last = self.cited.iter().rev().flatten().next().copied();
        self.cited.push(Some((quoted.work, n)));
        let full = format!("{}, {}, {}, para. {n}.", work.full, work.title, work.year);
        let Some(first) = before else {
            return match dice.below(3) {
                0 => format!("See {} ({}, para. {n}).", work.bracket, work.year),
                1 => format!("{}, “{},” {}, para. {n}.", work.full, work.title, work.year),
                _ => full,
            };
        };
        let same = last.filter(|(w, _)| *w == quoted.work);
        match (dice.below(7), same) {
            (0 | 1, Some((_, p))) if p == n => "Ibid.".to_owned(),
            (0 | 1, Some(_)) => (*dice.one(&["Ibid., para. N.", "Ibid. para. N", "See ibid., para. N."]))
                .replace('N', &n.to_string()),
            (2, _) => format!("{} (n {}) para {n}", work.short, first + 1),
            (3, _) => format!("{}, supra note {}, para. {n}.", work.short, first + 1),
            (4, _) => format!("{}, op. cit., para. {n}.", work.short),
            (5, _) => format!("{}, “{},” para. {n}.", work.short, work.short_title),
            (6, _) => format!("{}, {}, para. {n}.", work.short, work.short_title),
            _ => full,
        }
    }

    /// A note that cites nothing.
    pub fn remark(&mut self, dice: &mut Dice) -> String {
        self.cited.push(None);
        (*dice.one(&[
            "A point that deserves more room than there is here.",
            "The weather was no better the year after.",
        ]))
        .to_owned()
    }
}

/// A draft, ready to be checked, and its quotations.
pub struct Made {
    pub draft: Draft,
    pub quoted: Vec<Quoted>,
    /// To be shown when it fails.
    pub shown: String,
}

/// Makes a draft of some quotations.
pub type Maker = fn(&mut Dice, Vec<Quoted>) -> Made;

const MAKERS: [(&str, Maker); 7] = [
    ("Markdown", written::markdown),
    ("LaTeX", written::latex),
    ("Typst", written::typst),
    ("plain text", written::plain),
    ("DOCX with notes", packaged::docx),
    ("ODT with notes", packaged::odt),
    ("DOCX with fields", packaged::fields),
];

#[test]
fn a_wrong_attribution_is_never_green() {
    let drafts = std::env::var("IBID_DRAFTS").ok().and_then(|n| n.parse().ok()).unwrap_or(280);
    let (corpus, texts) = library();
    let mut dice = Dice(2026);
    let (mut wrong, mut right, mut doubted) = (0, 0, 0);
    for n in 0..drafts {
        let (name, make) = MAKERS[n % MAKERS.len()];
        let count = 3 + dice.below(6);
        let mut quoted: Vec<Quoted> = Vec::new();
        for i in 0..count {
            let is_right = i != 0 && dice.below(3) > 0;
            let new = Quoted::new(&mut dice, &texts, is_right);
            let same = |q: &Quoted| q.words.contains(&new.words) || new.words.contains(&q.words);
            if !quoted.iter().any(same) {
                quoted.push(new);
            }
        }
        let swapped = dice.below(quoted.len());
        quoted.swap(0, swapped);
        let made = make(&mut dice, quoted);
        let findings = check(&made.draft, &corpus, &Waivers::default()).unwrap();
        for quoted in &made.quoted {
            let found =
                findings.iter().find(|f| f.quote.as_deref().is_some_and(|q| q.contains(&quoted.words)));
            let found = found.unwrap_or_else(|| {
                panic!("{name} {n}: {quoted:?} not found in\n{}\n{findings:#?}", made.shown)
            });
            if quoted.right {
                right += 1;
                doubted += usize::from(found.verdict != Verdict::Verbatim);
            } else {
                wrong += 1;
                assert_ne!(
                    found.verdict,
                    Verdict::Verbatim,
                    "{name} {n}: {quoted:?}\n{found:?}\n{}",
                    made.shown
                );
            }
            if std::env::var("IBID_DOUBTED").is_ok() && quoted.right && found.verdict != Verdict::Verbatim {
                println!("{name} {n}: {quoted:?}\n{found:?}\n{}", made.shown);
            }
        }
    }
    println!(
        "{drafts} drafts, {wrong} wrong attributions, none green; {right} right ones, {doubted} not green"
    );
    assert!(doubted * 50 <= right, "{doubted} of {right} right attributions are not green");
}
