//! The caption of a court's paper: the number of the case, the parties, the court.

use super::labels::is_court;
use super::lines::{is_capitals, join, rows, words};
use crate::bibliography::Date;
use crate::document::PrintedLine;

/// Lines of a caption at most; below them the text begins.
const REACH: usize = 24;
/// The distance of lines that name one party, in sizes of type.
const PITCH: f32 = 1.75;
/// Lines that name one party, at most.
const MOST_LINES: usize = 4;

/// What the caption says.
#[derive(Debug, Default)]
pub struct Caption {
    /// The parties and what is between them, as printed: `A`, `Vs`, `B`.
    pub parties: Option<[String; 3]>,
    /// `Civil Revision No. 01/2025`.
    pub case: Option<String>,
    /// `Islamabad High Court`.
    pub court: Option<String>,
    /// The date of the order in the table below the caption, or that of the decision.
    pub date: Option<Date>,
}

/// The caption on the first page; `None` when no court is named above its text.
pub fn caption(printed: &[PrintedLine]) -> Option<Caption> {
    let page: Vec<&PrintedLine> = printed.iter().filter(|line| line.page == 0).collect();
    let head = &page[..page.len().min(REACH)];
    let at = head.iter().position(|line| is_court(&line.text))?;
    let case = head.iter().find(|line| is_case_number(&line.text)).map(|line| case_number(&line.text));
    let versus = head.iter().position(|line| is_versus(&line.text)).filter(|versus| *versus > at);
    // Without a case or parties it is a letter from a court, or a work on one.
    if case.is_none() && versus.is_none() && !head.iter().any(|line| is_docket(&line.text)) {
        return None;
    }
    Some(Caption {
        parties: versus.and_then(|versus| parties(head, versus)).or_else(|| parties_in_row(head)),
        case,
        court: court_name(&head[at].text),
        date: date(&rows(printed, 0)),
    })
}

fn is_versus(text: &str) -> bool {
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    matches!(plain.as_str(), "vs" | "versus" | "v" | "v/s" | "against" | "против" | "contre" | "gegen")
}

/// Returns true if and only if a line is the number of a case: `W.P. No. 12 of 2020`, `Civil Revision No. 01/2025`.
fn is_case_number(text: &str) -> bool {
    let words = words(text);
    let number = words.windows(2).any(|pair| {
        matches!(pair[0].as_str(), "no" | "nos" | "number")
            && pair[1].starts_with(|c: char| c.is_ascii_digit())
    });
    let year = |w: &String| w.len() == 4 && (w.starts_with("19") || w.starts_with("20"));
    number && words.iter().any(year) && (3..=12).contains(&words.len()) && !text.trim_end().ends_with('.')
}

/// Returns true if and only if a line is the number of a case in a court's register: `No. 20-1507`, `Docket #: 17-3510`.
fn is_docket(text: &str) -> bool {
    let words = words(text);
    let numbered = words.get(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let first = words.first().map(String::as_str).unwrap_or_default();
    words.len() <= 16
        && numbered
        && matches!(first, "no" | "nos" | "docket" | "case")
        && text.contains(['-', '–', ':'])
}

/// Returns true if and only if a line says what the parties are to each other: `Plaintiff, Appellant,`.
fn is_role(text: &str) -> bool {
    const ROLES: &str = "plaintiff|plaintiffs|defendant|defendants|appellant|appellants|appellee|appellees|petitioner|petitioners|\
        respondent|respondents|applicant|applicants|and|cross|claimant|claimants|complainant";
    let words = words(text);
    !words.is_empty() && words.iter().all(|word| ROLES.split('|').any(|role| role == word))
}

/// `TARRANT WATER DISTRICT v.` and the line below it.
fn parties_in_row(head: &[&PrintedLine]) -> Option<[String; 3]> {
    let (at, first, versus) = head.iter().enumerate().find_map(|(at, line)| {
        let (first, versus) = line.text.rsplit_once(' ')?;
        (is_capitals(first) && matches!(versus, "v." | "vs." | "Vs." | "V.")).then_some((at, first, versus))
    })?;
    let second = head.get(at + 1)?;
    let near = second.top - head[at].top <= PITCH * second.height;
    (near && !is_role(&second.text)).then(|| [first.to_owned(), versus.to_owned(), party_name(&second.text)])
}

/// Without the label in front: `CASE NO. : COMPLAINT NO.01-2021`.
fn case_number(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    match text.split_once(':') {
        Some((label, number)) if words(label).len() <= 2 && is_case_number(number) => {
            number.trim().to_owned()
        }
        _ => text.trim().to_owned(),
    }
}

/// The lines above and below `versus`, as far as they are set close together on the middle of the caption.
fn parties(head: &[&PrintedLine], versus: usize) -> Option<[String; 3]> {
    let middle = |line: &PrintedLine| (line.left + line.right) / 2.0;
    let centre = middle(head[versus]);
    let is_name = |line: &PrintedLine| {
        let text = line.text.trim();
        (middle(line) - centre).abs() < 0.08
            && !is_case_number(text)
            && !is_court(text)
            && !text.contains(':')
            && !text.starts_with(['(', '['])
    };
    let mut above = party(&mut head[..versus].iter().rev().copied(), is_name);
    above.reverse();
    let below = party(&mut head[versus + 1..].iter().copied(), is_name);
    let name = |lines: &[&PrintedLine]| party_name(&join(lines.iter().map(|line| line.text.as_str())));
    let (above, below) = (name(&above), name(&below));
    if is_role(&above) || is_role(&below) {
        return None;
    }
    let versus = head[versus].text.trim();
    (words(&above).len() >= 2 && !below.is_empty()).then(|| [above, versus.to_owned(), below])
}

/// Without the stop or comma after it, but for that of `et al.`
fn party_name(text: &str) -> String {
    let bare = text.trim_end_matches(['.', ' ', ',']);
    if bare.to_lowercase().ends_with(" et al") { format!("{bare}.") } else { bare.to_owned() }
}

/// The lines next to `versus` that name one party.
fn party<'d>(
    lines: &mut dyn Iterator<Item = &'d PrintedLine>,
    is_name: impl Fn(&PrintedLine) -> bool,
) -> Vec<&'d PrintedLine> {
    let mut party: Vec<&PrintedLine> = Vec::new();
    for line in lines.take(MOST_LINES) {
        let near = party.last().is_none_or(|last| (line.top - last.top).abs() <= PITCH * line.height);
        if !near || !is_name(line) {
            break;
        }
        party.push(line);
    }
    party
}

/// `IN THE ISLAMABAD HIGH COURT, ISLAMABAD.` -> `ISLAMABAD HIGH COURT`.
fn court_name(text: &str) -> Option<String> {
    let name = text.split(',').next()?.trim().trim_end_matches('.');
    let lower = name.to_lowercase();
    let name = if lower.starts_with("in the ") { name.get(7..)? } else { name };
    // The court's name may go on in the next line; then what is here is a part of it.
    let is_whole = words(name).len() >= 2;
    is_whole.then(|| name.trim().to_owned())
}

/// The date of the decision or of the order, else that of the hearing, in the rows of the first page.
fn date(rows: &[String]) -> Option<Date> {
    let day = |text: &str| Date::parse(text).filter(|date| date.day.is_some());
    let labelled = |labels: &[&str]| {
        rows.iter().find_map(|row| {
            let lower = row.to_lowercase();
            let label = labels.iter().find(|label| lower.contains(*label))?;
            day(row.get(lower.find(label)? + label.len()..)?)
        })
    };
    const DECIDED: [&str; 8] = [
        "date of decision",
        "decided on",
        "announced on",
        "date of announcement",
        "date of judgment",
        "dated:",
        "decided ",
        "filed: ",
    ];
    labelled(&DECIDED).or_else(|| first_order(rows)).or_else(|| labelled(&["date of hearing", "heard on"]))
}

/// The date of the first order in a table `S. No. of order | Date of order / proceedings | Order`.
fn first_order(rows: &[String]) -> Option<Date> {
    let is_head = |row: &String| {
        let row = row.to_lowercase();
        row.contains("date of order") || row.contains("s. no. of") || row.ends_with("date of")
    };
    let table = rows.iter().position(is_head)?;
    rows.iter().skip(table + 1).take(9).find_map(|row| {
        // `01 04.02.2025 Mr. A, Advocate`, `(04) 17.03.2025 …`
        let cells: Vec<&str> = row.split_whitespace().take(2).collect();
        cells.iter().find_map(|cell| Date::parse(cell).filter(|date| date.day.is_some()))
    })
}
