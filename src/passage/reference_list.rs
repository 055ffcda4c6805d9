//! Reference lists, once all pieces of a document are known: lists without a heading, and entries that were cut.

use super::assemble::{Piece, Seam};
use super::block::Source;
use super::kind::Kind;
use super::reference_cue::{begins_entry, begins_with_author, has_year, is_entry};
use crate::clean::wording::{End, Start, end_of, enumerator, last_word, start_of};
use crate::document::Format;

/// A list without a heading has at least so many entries.
const FEWEST: usize = 5;

/// The longest text that may be an entry.
const LONGEST: usize = 1200;

/// Finds lists without a heading and joins the parts of entries.
pub(super) fn settle(source: Source<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    if source.document.format == Format::Jsonl {
        return pieces;
    }
    let listed = pieces.iter().any(|piece| piece.kind == Kind::Reference);
    let pieces = if listed { pieces } else { without_heading(source, pieces) };
    join_entries(source, pieces)
}

fn first_text<'d>(source: Source<'d>, piece: &Piece) -> &'d str {
    piece.parts.first().map_or("", |(_, lines)| source.text(lines))
}

fn last_text<'d>(source: Source<'d>, piece: &Piece) -> &'d str {
    piece.parts.last().map_or("", |(_, lines)| source.text(lines))
}

/// Pieces that do not end a run of entries: running heads, notes.
fn is_aside(piece: &Piece) -> bool {
    matches!(piece.kind, Kind::Boilerplate | Kind::Footnote | Kind::Caption)
}

/// Makes a run of entries at the end of the document a reference list when nearly all of its pieces are surely
/// entries.
fn without_heading(source: Source<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let looks: Vec<usize> = pieces.iter().map(|piece| entries_in(source, piece)).collect();
    let Some(run) = last_run(&pieces, &looks) else { return pieces };
    let mut settled = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.into_iter().enumerate() {
        let in_list = run.contains(&at) && matches!(piece.kind, Kind::Body | Kind::List);
        if !in_list {
            settled.push(piece);
        } else if piece.kind == Kind::List && looks[at] > 1 {
            settled.extend(items(piece));
        } else {
            settled.push(entry(piece));
        }
    }
    settled
}

/// How many entries a piece surely is: more than one for a list of them.
fn entries_in(source: Source<'_>, piece: &Piece) -> usize {
    let is_item = |(_, lines): &&(Seam, std::ops::Range<usize>)| is_entry(&joined(source.text(lines)));
    match piece.kind {
        Kind::List => {
            let entries = piece.parts.iter().filter(is_item).count();
            if entries * 5 >= piece.parts.len() * 4 { entries } else { 0 }
        }
        Kind::Body if first_text(source, piece).len() <= LONGEST => {
            usize::from(is_entry(&joined(first_text(source, piece))))
        }
        _ => 0,
    }
}

/// Lines of an entry as one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last run of pieces of which four in five are entries, when little follows it.
fn last_run(pieces: &[Piece], looks: &[usize]) -> Option<std::ops::Range<usize>> {
    let end = looks.iter().rposition(|entries| *entries > 0)? + 1;
    let follows = pieces[end..].iter().filter(|piece| !is_aside(piece)).count();
    let (mut start, mut entries, mut others, mut best) = (end, 0, 0, None);
    while start > 0 {
        start -= 1;
        match (looks[start], is_aside(&pieces[start])) {
            (0, true) => {}
            (0, false) if pieces[start].kind == Kind::Heading && entries < FEWEST => return None,
            (0, false) => others += 1,
            (count, _) => entries += count,
        }
        if looks[start] > 0 && others * 4 <= entries {
            best = Some((start, entries));
        }
        if others * 4 > entries + FEWEST {
            break;
        }
    }
    let (start, entries) = best?;
    (entries >= FEWEST && follows * 5 <= entries.max(10)).then_some(start..end)
}

fn entry(mut piece: Piece) -> Piece {
    piece.kind = Kind::Reference;
    piece.rules.push("run of entries");
    piece
}

/// The items of a list as entries of their own.
fn items(piece: Piece) -> impl Iterator<Item = Piece> {
    let rules = piece.rules.clone();
    piece.parts.into_iter().map(move |(_, lines)| {
        entry(Piece {
            parts: vec![(Seam::Blank, lines)],
            kind: Kind::Reference,
            front: None,
            rank: 0,
            rules: rules.clone(),
        })
    })
}

/// How the entries of a list are written.
struct Manner {
    /// Most have a number.
    numbered: bool,
    /// Nearly all begin with a name.
    named: bool,
    /// Nearly all end with a stop.
    stopped: bool,
}

impl Manner {
    fn of(texts: &[&str]) -> Manner {
        let most = |test: &dyn Fn(&str) -> bool, tenths: usize| {
            texts.len() >= 4 && texts.iter().filter(|text| test(text)).count() * 10 >= texts.len() * tenths
        };
        Manner {
            numbered: most(&|text| enumerator(text).is_some(), 5),
            named: most(&begins_entry, 7),
            stopped: most(&|text| end_of(text) == End::Stop, 6),
        }
    }
}

/// Joins pieces of a list that are the second and third part of an entry.
fn join_entries(source: Source<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let texts: Vec<&str> =
        pieces.iter().filter(|p| p.kind == Kind::Reference).map(|p| first_text(source, p)).collect();
    if texts.len() < 2 {
        return pieces;
    }
    let manner = Manner::of(&texts);
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        let seam = match joined.last() {
            Some(last) if last.kind == Kind::Reference && piece.kind == Kind::Reference => {
                seam(last_text(source, last), first_text(source, &piece), &manner)
            }
            _ => None,
        };
        match (seam, joined.last_mut()) {
            (Some(seam), Some(last)) => {
                piece.parts[0].0 = seam;
                last.parts.append(&mut piece.parts);
                last.rules.push("entry goes on");
            }
            _ => joined.push(piece),
        }
    }
    joined
}

/// Words with which an entry goes on and none begins.
const GOING_ON: &[&str] = &[
    "doi:",
    "doi.org",
    "DOI",
    "Available at",
    "Available from",
    "Available:",
    "Retrieved from",
    "Retrieved on",
    "Accessed ",
    "(accessed",
    "(Accessed",
    "(дата обращения",
    "дата обращения",
    "Режим доступа",
    "pp. ",
    "Vol. ",
    "vol. ",
    "ISBN",
    "ISSN",
];

/// Words with which the name of a journal begins.
const JOURNALS: &[&str] =
    &["Journal ", "International Journal", "Proceedings", "Annals ", "Transactions ", "Bulletin "];

/// What joins `after` to the entry `before`; `None` when `after` is an entry of its own.
fn seam(before: &str, after: &str, manner: &Manner) -> Option<Seam> {
    let last = last_word(before);
    let cut_address =
        last.contains("http") && before.trim_end().ends_with(['/', ':', '-', '_', '=', '&', '?']);
    if cut_address && (after.starts_with("//") || start_of(after) == Start::Lower) {
        return Some(Seam::Nothing);
    }
    let address = ["http://", "https://", "www.", "URL "].iter().any(|word| after.starts_with(word));
    if GOING_ON.iter().any(|word| after.starts_with(word))
        || address && !before.contains("://") && before.contains(' ')
    {
        return Some(Seam::Blank);
    }
    if enumerator(after).is_some() || begins_with_author(after) {
        return None;
    }
    let closed = last.contains("://") || last.contains("10.") || last.contains("www.");
    let open = matches!(end_of(before), End::Open | End::Hyphen | End::Colon) && !closed;
    let hanging = before.trim_end().ends_with([',', '&', '(']) || last == "and";
    // Names of parts of the list, `Internet sources`, have neither numbers nor a stop.
    let sentence = after.bytes().any(|b| b.is_ascii_digit()) || end_of(after) == End::Stop;
    let dated = has_year(after, 100);
    let goes_on = manner.numbered && (open && manner.stopped || !dated)
        || manner.named && manner.stopped && open
        || manner.named && !dated && JOURNALS.iter().any(|word| after.starts_with(word));
    let small = open && start_of(after) == Start::Lower && !dated;
    (goes_on && sentence || small || hanging).then_some(Seam::Blank)
}

#[cfg(test)]
mod tests {
    use super::super::segment_tests::plain;
    use super::super::{Passage, segment};
    use super::*;

    /// Kinds by their first letters, and the texts of the entries.
    fn entries(text: &str) -> (String, Vec<String>) {
        let passages = segment(&plain(text)).passages;
        let letter = |p: &Passage| p.kind.as_str().chars().next();
        let kinds = passages.iter().filter_map(letter).collect();
        (kinds, passages.into_iter().filter(|p| p.kind == Kind::Reference).map(|p| p.text).collect())
    }

    const TEXT: &str = "The ports of the north were closed for years, and the ferries that had served them were sold to the south, where they still run.";
    const LIST: [&str; 5] = [
        "Haugen, T. (2001). Fishing Rights. Nordic Studies, 5(11), 1–24.",
        "Mensah, Z. (2020). Trade. Tartu: Trade Institute.",
        "Okafor, B. (2011). Quays of the south. Accra: University Press.",
        "Rahm, F. (2007). Evolving Relations. Uppsala: North Sea Publishers.",
        "Silva, R. (2009). Ports. Journal of Quays, 3(2), 17–29.",
    ];

    #[test]
    fn a_list_without_heading_is_found_at_the_end() {
        let text = format!("{TEXT}\n\n{TEXT} So it was.\n\n{}\n", LIST.join("\n\n"));
        assert_eq!(entries(&text).1, LIST);
        let few = format!("{TEXT}\n\n{}\n", LIST[..3].join("\n\n"));
        assert_eq!(entries(&few).1.len(), 0);
        let before = format!("{}\n\n{}", LIST.join("\n\n"), [TEXT; 8].join("\n\n"));
        assert_eq!(entries(&before).1.len(), 0);
    }

    #[test]
    fn headings_of_many_kinds_open_a_list() {
        for heading in [
            "BIBLIOGRAPHY",
            "Reference",
            "Works cited",
            "Литература",
            "Әдебиеттер",
            "Kaynakça",
            "References / Литература",
        ] {
            let text = format!("{TEXT}\n\n{heading}\n\n{}\n", LIST[..2].join("\n\n"));
            assert_eq!(entries(&text).1, LIST[..2], "{heading}");
            let first = format!("{heading}\n\n{}\n", LIST[..2].join("\n\n"));
            assert_eq!(entries(&first).1, LIST[..2], "{heading} as first line");
        }
    }

    #[test]
    fn a_list_ends_where_an_appendix_begins() {
        for heading in
            ["Appendix A: Ports and their ferries", "Annex 1", "About the author", "Survey of the ports"]
        {
            let text =
                format!("{TEXT}\n\nReferences\n\n{}\n\n{heading}\n\n{TEXT} {TEXT}\n", LIST.join("\n\n"));
            let (kinds, found) = entries(&text);
            assert_eq!(found, LIST, "{heading}");
            assert!(kinds.ends_with("hb"), "{heading}: {kinds}");
        }
    }

    #[test]
    fn parts_of_a_list_stay_in_it() {
        let text = format!(
            "{TEXT}\n\n# References\n\n## Books\n\n{}\n\n## Articles\n\n{}\n",
            LIST[..2].join("\n\n"),
            LIST[2..].join("\n\n")
        );
        assert_eq!(entries(&text).1, LIST);
    }

    #[test]
    fn the_parts_of_an_entry_are_joined() {
        let whole = format!(
            "{}\n\n{}",
            LIST[..4].join("\n\n"),
            "Silva, R. (2009). “Ports.”\n\nJournal of Quays, 3(2), 17–29.\n\nhttps://example.org/quays"
        );
        let (_, found) = entries(&format!("{TEXT}\n\nReferences\n\n{whole}\n"));
        assert_eq!(found.len(), 5);
        assert_eq!(
            found[4],
            "Silva, R. (2009). “Ports.” Journal of Quays, 3(2), 17–29. https://example.org/quays"
        );
        let numbered = "1. Haugen, T. Fishing Rights. Oslo, 2001.\n\n2. Mensah, Z. Trade and\n\nTransit of the North. Tartu: Trade Institute.\n\n3. Okafor, B. Quays. Accra, 2011.\n\n4. Rahm, F. Relations. Oslo, 2007.";
        let (_, found) = entries(&format!("{TEXT}\n\nReferences\n\n{numbered}\n"));
        assert_eq!(found.len(), 4, "{found:?}");
        let initials =
            [&LIST[..4], &["Rahm, F. Arrays. (Oslo, 1996),", "P. Yang and J. Chern, Quays. Lima, 1998."]]
                .concat();
        let (_, found) = entries(&format!("{TEXT}\n\nReferences\n\n{}\n", initials.join("\n\n")));
        assert_eq!(found.len(), 6);
        let body = "Embassy of Norway in Chile. “Relations”. Retrieved from: https://example.org/a";
        let (_, found) = entries(&format!("{TEXT}\n\nReferences\n\n{}\n\n{body}\n", LIST.join("\n\n")));
        assert_eq!(found.len(), 6);
    }
}
