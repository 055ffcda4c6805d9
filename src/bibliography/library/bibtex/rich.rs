//! Titles: TeX's mark-up in them, what their braces protect, and the capitals of English titles.
//!
//! By convention BibLaTeX has English titles with capitals on all words of weight, and in braces those that keep theirs; styles
//! that want sentence case lower the others. CSL has titles in sentence case. As pandoc does it, only titles in English, or of
//! no stated language, are turned. Unlike pandoc's, a title that is in sentence case already is left as it is, and names of
//! countries, peoples and cities, and what another title of the file has in braces, keep their capitals without braces.

use biblatex::{Chunk, Spanned};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A part of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    text: String,
    /// Its capitals stay as they are.
    is_protected: bool,
    /// CSL's element around it: `i`, `b`, `sup`, `sub`; empty for none.
    tag: &'static str,
}

/// A title as CSL has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Title {
    runs: Vec<Run>,
}

/// TeX's commands for mark-up, and CSL's elements.
const MARKUP: [(&str, &str); 12] = [
    ("emph", "i"),
    ("textit", "i"),
    ("mkbibemph", "i"),
    ("mkbibitalic", "i"),
    ("textsl", "i"),
    ("textbf", "b"),
    ("mkbibbold", "b"),
    ("textsuperscript", "sup"),
    ("mkbibsuperscript", "sup"),
    ("textsubscript", "sub"),
    ("mkbibsubscript", "sub"),
    ("textsc", "sc"),
];

impl Title {
    /// Reads the parts of a field.
    pub(super) fn of(chunks: &[Spanned<Chunk>]) -> Title {
        let mut title = Title::default();
        for chunk in chunks {
            match &chunk.v {
                Chunk::Normal(text) => title.read(text, false, ""),
                Chunk::Verbatim(text) => title.read(text, true, ""),
                Chunk::Math(text) => title.read_math(text),
            }
        }
        title
    }

    /// Reads text with commands in it.
    fn read(&mut self, text: &str, is_protected: bool, tag: &'static str) {
        let mut rest = text;
        while let Some(at) = rest.find('\\') {
            let (before, command) = rest.split_at(at);
            self.push(before, is_protected, tag);
            let name: &str =
                command[1..].split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
            let behind = &command[1 + name.len()..];
            if name.is_empty() {
                self.push("\\", is_protected, tag);
                rest = behind;
                continue;
            }
            let (argument, behind) = argument(behind);
            let known = MARKUP.iter().find(|(command, _)| *command == name).map(|(_, tag)| *tag);
            match (argument, known, name) {
                (Some(argument), Some(own), _) => self.read(argument, true, own),
                (Some(argument), None, "enquote" | "mkbibquote") => {
                    self.push("“", is_protected, tag);
                    self.read(argument, is_protected, tag);
                    self.push("”", is_protected, tag);
                }
                // `\href{address}{words}`: the words follow.
                (Some(_), None, "href" | "textcolor" | "hspace" | "vspace") => {}
                (Some(argument), None, _) => self.read(argument, is_protected, tag),
                (None, ..) => {}
            }
            rest = if argument.is_none() { behind.trim_start() } else { behind };
            if argument.is_none() && behind.starts_with(' ') && self.ends_in_word() {
                self.push(" ", is_protected, tag);
            }
        }
        self.push(rest, is_protected, tag);
    }

    fn ends_in_word(&self) -> bool {
        self.runs.last().is_some_and(|run| !run.text.ends_with(char::is_whitespace))
    }

    /// `$_2$` and `$^{st}$` are lowered and raised letters; other mathematics stays as it is written.
    fn read_math(&mut self, text: &str) {
        let inside = |sign: char| {
            let rest = text.trim().strip_prefix(sign)?;
            let bare = rest.strip_prefix('{').and_then(|r| r.strip_suffix('}')).unwrap_or(rest);
            (bare.chars().all(char::is_alphanumeric)
                && (bare.len() < rest.len() || bare.chars().count() == 1))
                .then_some(bare)
        };
        match (inside('_'), inside('^')) {
            (Some(lowered), _) => self.push(lowered, true, "sub"),
            (_, Some(raised)) => self.push(raised, true, "sup"),
            _ => self.push(text, true, ""),
        }
    }

    fn push(&mut self, text: &str, is_protected: bool, tag: &'static str) {
        let text = text.replace("``", "“").replace("''", "”").replace(" `", " ‘");
        match self.runs.last_mut() {
            _ if text.is_empty() => {}
            Some(run) if run.is_protected == is_protected && run.tag == tag => run.text.push_str(&text),
            _ => self.runs.push(Run { text, is_protected, tag }),
        }
    }

    /// The title, a colon where it does not end in a sign of its own, and the subtitle.
    pub(super) fn with_subtitle(mut self, subtitle: Option<Title>) -> Title {
        let Some(subtitle) = subtitle.filter(|subtitle| !subtitle.plain().is_empty()) else { return self };
        let between = if self.plain().ends_with(['?', '!', ':']) { " " } else { ": " };
        self.push(between, false, "");
        self.runs.extend(subtitle.runs);
        self
    }

    /// The words that stand in braces one or a few at a time, with capitals: names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let few = self.runs.iter().filter(|run| run.is_protected && run.text.split_whitespace().count() <= 3);
        few.flat_map(|run| run.text.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| is_capitalised(word) && word.chars().count() > 3)
    }

    /// The title with the capitals of a sentence, where it has those of a title.
    pub(super) fn in_sentence_case(mut self, names: &BTreeSet<String>) -> Title {
        if !self.is_in_title_case() {
            return self;
        }
        let phrases: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        let mut begins = true;
        // A word that goes on over several runs, as in `{I}slam`, is protected as a whole.
        let ends: Vec<bool> = self.runs.iter().map(|run| run.text.ends_with(char::is_alphanumeric)).collect();
        let starts: Vec<bool> =
            self.runs.iter().map(|run| run.text.starts_with(char::is_alphanumeric)).collect();
        let protected: Vec<bool> = self.runs.iter().map(|run| run.is_protected).collect();
        for (i, run) in self.runs.iter_mut().enumerate() {
            let joined_before = starts[i] && i.checked_sub(1).is_some_and(|b| ends[b] && protected[b]);
            let joined_behind = ends[i] && starts.get(i + 1).is_some_and(|s| *s) && protected[i + 1];
            let text = std::mem::take(&mut run.text);
            let words: Vec<&str> = pieces(&text).collect();
            for (at, word) in words.iter().enumerate() {
                let is_joined = at == 0 && joined_before || at + 1 == words.len() && joined_behind;
                let keeps = run.is_protected
                    || begins
                    || is_joined
                    || names.contains(*word)
                    || is_name(word, &phrases);
                if is_capitalised(word) && !keeps && (word.chars().count() > 1 || *word == "A") {
                    run.text.extend(word.chars().flat_map(char::to_lowercase));
                } else {
                    run.text.push_str(word);
                }
                match word.trim() {
                    "" => {}
                    _ if word.contains(char::is_alphanumeric) => begins = false,
                    sign => {
                        begins |= sign.contains([':', '?', '!', '.']) && word.ends_with([' ', '“', '‘', '"'])
                    }
                }
            }
        }
        self
    }

    /// Returns true if and only if the words of weight have capitals, save those in braces: a title in English many of whose
    /// words of four letters and more are small is in sentence case already.
    fn is_in_title_case(&self) -> bool {
        let (mut capital, mut small, mut is_latin, mut before) = (0, 0, true, "");
        for run in &self.runs {
            for word in pieces(&run.text).filter(|_| !run.is_protected) {
                let is_small =
                    word.chars().all(char::is_lowercase) && !JOINING.contains(&format!(" {word} "));
                // Behind a hyphen words are small in many titles; `{I}slam` is no word that begins small.
                let begins = !before.ends_with(|c: char| c == '-' || c.is_alphanumeric());
                capital += usize::from(word.len() > 3 && is_capitalised(word));
                small += usize::from(word.len() > 3 && is_small && begins);
                is_latin &= !word.chars().any(|c| c.is_alphabetic() && u32::from(c) > 0x24f);
                before = word;
            }
            before = &run.text;
        }
        is_latin && capital > 0 && small * 4 <= capital
    }

    /// Without mark-up.
    pub(super) fn plain(&self) -> String {
        let text: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        super::tidy(&text).unwrap_or_default()
    }

    /// In CSL's mark-up, where there is any.
    pub(super) fn marked_up(&self) -> Option<String> {
        self.runs.iter().any(|run| !run.tag.is_empty()).then(|| {
            let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let run = |run: &Run| match run.tag {
                "" => escaped(&run.text),
                "sc" => format!("<span style=\"font-variant: small-caps;\">{}</span>", escaped(&run.text)),
                tag => format!("<{tag}>{}</{tag}>", escaped(&run.text)),
            };
            let text: String = self.runs.iter().map(run).collect();
            super::tidy(&text).unwrap_or_default()
        })
    }
}

/// Words of four letters and more that are small in titles (Chicago Manual of Style, 17th ed., section 8.159).
const JOINING: &str = " about above across after against along amid among around before behind below beneath beside besides \
    between beyond despite down during except from inside into like near onto over past since than that through throughout \
    till toward towards under underneath until upon versus when while with within without ";

/// Runs of letters and digits, and runs of what is between them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

/// One capital and small letters behind it.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(|c| !c.is_uppercase())
}

/// The argument in braces that a text begins with, if it does, and the rest.
fn argument(text: &str) -> (Option<&str>, &str) {
    let Some(inside) = text.strip_prefix('{') else { return (None, text) };
    let mut depth = 1;
    for (at, c) in text.char_indices().skip(1) {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return (Some(&text[1..at]), &text[at + 1..]);
        }
    }
    (Some(inside), "")
}

/// Names of countries, peoples, capitals and cities, from the table of the gazetteer.
static NAMES: LazyLock<(BTreeSet<&str>, Vec<&str>)> = LazyLock::new(|| {
    let rows = include_str!("../../../tag/data/countries.tsv").lines().filter(|line| !line.starts_with('#'));
    let names =
        rows.flat_map(|row| row.split('\t').skip(1).flat_map(|names| names.split(';'))).map(str::trim);
    let (phrases, words): (Vec<&str>, Vec<&str>) =
        names.chain(OTHER_NAMES.split(' ')).partition(|n| n.contains(' '));
    (words.into_iter().filter(|word| !COMMON.contains(&format!(" {word} "))).collect(), phrases)
});

/// Continents, months, days and languages.
const OTHER_NAMES: &str = "Asia Asian Europe European Africa African America American Arab Arabic Persian Eurasia Eurasian \
    Islam Islamic Muslim Christian Jewish January February April June July August September October November December Monday \
    Tuesday Wednesday Thursday Friday Saturday Sunday English Latin Caspian Pacific Atlantic Caucasus Pamir Silk";

/// Names of places that are words of the language too.
const COMMON: &str =
    " Nice Reading Split Bath Mobile Male Of Man Union Silk Buffalo Orange Phoenix Enterprise Corona ";

/// Returns true if and only if a word of a title is a name, or part of one that stands in the title whole.
fn is_name(word: &str, title: &str) -> bool {
    let bare = word.trim_end_matches("'s").trim_end_matches("’s");
    let in_phrase = |phrase: &&&str| phrase.split(' ').any(|part| part == bare) && title.contains(**phrase);
    NAMES.0.contains(bare) || NAMES.1.iter().find(in_phrase).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use biblatex::Bibliography;

    /// The title of an entry with this field, with sentence case, and its mark-up.
    fn read(field: &str) -> (String, Option<String>) {
        let bibliography = Bibliography::parse(&format!("@book{{k, title = {{{field}}}}}")).unwrap();
        let title = Title::of(bibliography.get("k").unwrap().get("title").unwrap());
        let title = title.in_sentence_case(&BTreeSet::from(["Wakhan".to_owned()]));
        (title.plain(), title.marked_up())
    }

    #[test]
    fn titles_get_the_capitals_of_sentences() {
        for (field, title) in [
            (
                "Roads between the {{North}} and the Sea: A History of NATO",
                "Roads between the North and the sea: A history of NATO",
            ),
            (
                "Trade and Transit in Pakistan's Wakhan Valley",
                "Trade and transit in Pakistan's Wakhan valley",
            ),
            ("Rail Links to Saudi Arabia", "Rail links to Saudi Arabia"),
            ("{Whole Title in Braces}", "Whole Title in Braces"),
            ("{I}slamabad and {M}erv Today", "Islamabad and Merv today"),
            ("Roads of Merv to the sea", "Roads of Merv to the sea"),
            ("A Road? The Second Part", "A road? The second part"),
            ("Дорога На Север", "Дорога На Север"),
            ("The pH of McArthur's Tea-Leaves", "The pH of McArthur's tea-leaves"),
        ] {
            assert_eq!(read(field).0, title);
        }
    }

    #[test]
    fn commands_become_markup_or_words() {
        for (field, title, marked) in [
            (
                "On \\emph{Homo longus} in 1\\textsuperscript{st} ``new'' roads",
                "On Homo longus in 1st “new” roads",
                Some("On <i>Homo longus</i> in 1<sup>st</sup> “new” roads"),
            ),
            ("H$_2$O \\& salt", "H2O & salt", Some("H<sub>2</sub>O &amp; salt")),
            ("\\enquote{Roads} \\relax of \\textrm{wheat}", "“Roads” of wheat", None),
            ("100\\% of {\\\"U}ber", "100% of Über", None),
        ] {
            assert_eq!(read(field), (title.to_owned(), marked.map(str::to_owned)), "{field}");
        }
    }
}
