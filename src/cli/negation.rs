//! `ibid search cotton -textile`: a word with a hyphen before it is left out of the search, and is no cluster of options.

use std::ffi::OsString;

/// Letters of the options that a search has.
const OPTIONS: &str = "csknCqvhV";

/// The arguments of the search at `at` with its negated words at the end, after `--`, where none is read as an option;
/// `None` when there is no such word.
pub fn moved(args: impl IntoIterator<Item = OsString>, at: usize) -> Option<Vec<OsString>> {
    let mut kept = Vec::new();
    let mut negated = Vec::new();
    let mut args = args.into_iter().enumerate();
    for (i, arg) in args.by_ref() {
        if arg == "--" {
            negated.extend(args.map(|(_, arg)| arg));
            break;
        }
        match arg.to_str() {
            Some(word) if i > at && is_negation(word) => negated.push(arg),
            _ => kept.push(arg),
        }
    }
    if !negated.iter().any(|arg| arg.to_str().is_some_and(is_negation)) {
        return None;
    }
    kept.push("--".into());
    kept.extend(negated);
    Some(kept)
}

/// Returns true if and only if the argument is a hyphen and a word, and no option begins so.
fn is_negation(arg: &str) -> bool {
    let Some(word) = arg.strip_prefix('-') else { return false };
    let first = word.chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !OPTIONS.contains(c)) && word.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved_to(line: &str) -> Option<String> {
        let args = line.split(' ').map(OsString::from);
        let at = line.split(' ').position(|arg| arg == "search")?;
        let moved = moved(args, at)?;
        Some(moved.iter().filter_map(|arg| arg.to_str()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_letters_are_those_of_the_options() {
        use clap::CommandFactory;
        let mut command = crate::cli::Cli::command();
        command.build();
        let search = command.find_subcommand("search").unwrap();
        let mut letters: Vec<char> = search.get_arguments().filter_map(clap::Arg::get_short).collect();
        let mut known: Vec<char> = OPTIONS.chars().collect();
        letters.sort_unstable();
        known.sort_unstable();
        letters.dedup();
        assert_eq!(letters, known);
    }

    #[test]
    fn negated_words_come_last_and_options_stay() {
        for (line, expected) in [
            ("ibid search cotton -textile", Some("ibid search cotton -- -textile")),
            ("ibid search -textile cotton -n 3", Some("ibid search cotton -n 3 -- -textile")),
            ("ibid search cotton -хлопок -- -n", Some("ibid search cotton -- -хлопок -n")),
            ("ibid search cotton -x", None),
            ("ibid search cotton -cKZ --jso", None),
        ] {
            assert_eq!(moved_to(line).as_deref(), expected, "{line}");
        }
    }
}
