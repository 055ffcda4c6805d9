//! The areas of an entry after its title: place, publisher, year, volume, issue, pages.

use crate::bibliography::date::month_number;

/// What an area says by the word it begins with.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Volume,
    Issue,
    Pages,
}

/// The words before a volume, an issue, pages: Russian, Belarusian, Ukrainian, Kazakh, English, German, French.
const MARKS: [(Field, &str); 3] = [
    (Field::Volume, "т. том т vol. vol volume bd. band том. tome t. v."),
    (Field::Issue, "№ no. no n n. nr. вып. вып выпуск вип. issue iss. is. # n° nº h. heft"),
    (Field::Pages, "с. с стр. стр б. б p. p pp. pp s. р. бб. c."),
];

/// What was read of the areas.
#[derive(Default)]
pub(super) struct Areas {
    pub(super) issued: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) volume: Option<String>,
    pub(super) issue: Option<String>,
    pub(super) pages: Option<String>,
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '-' | '‒' | '−')
}

/// The first dash that parts two areas: its place and the end of the blank after it. Such a dash is behind a stop or
/// a closing bracket, or before the sign of an area.
fn dash(text: &str) -> Option<(usize, usize)> {
    text.char_indices().filter(|(_, c)| is_dash(*c)).find_map(|(at, c)| {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let closed = before.trim_end().ends_with(['.', ')', ']', '»', '!', '?']);
        let apart = before.ends_with([' ', '.']) && after.starts_with(' ');
        let word = after.split_whitespace().next().unwrap_or_default();
        let signed = is_year(word) || field(word).is_some();
        let glued = before.trim_end().ends_with('.') && signed;
        (apart && (closed || signed && before.ends_with(' ')) || glued)
            .then(|| (at, text.len() - after.trim_start().len()))
    })
}

/// How many dashes that part areas follow a stop.
pub(super) fn count_dashes(text: &str) -> usize {
    let (mut count, mut rest) = (0, text);
    while let Some((at, end)) = dash(rest) {
        count += usize::from(rest[..at].trim_end().ends_with('.'));
        rest = &rest[end..];
    }
    count
}

/// The text before and after the first such dash.
pub(super) fn split_at_dash(text: &str) -> Option<(&str, &str)> {
    dash(text).map(|(at, end)| (text[..at].trim_end(), &text[end..]))
}

/// `2015`, `2015.`, `2015,`.
fn is_year(word: &str) -> bool {
    let bare = word.trim_end_matches(|c: char| ".,;)йг".contains(c)).trim_start_matches('(');
    bare.len() == 4
        && bare.bytes().all(|b| b.is_ascii_digit())
        && (bare.starts_with("1") || bare.starts_with("20"))
}

/// The field that a word begins, with what is glued to its sign: `№`, `№4`, `Б.61-67`.
fn field(word: &str) -> Option<(Field, &str)> {
    let word = word.trim_start_matches(|c: char| is_dash(c) || c == '(');
    let end = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
    let sign = word[..end].trim_end_matches([',', ';', ':']).to_lowercase();
    let known = |(_, signs): &&(Field, &str)| !sign.is_empty() && signs.split(' ').any(|s| s == sign);
    MARKS.iter().find(known).map(|(field, _)| (*field, &word[end..]))
}

/// Where the areas begin in the text behind `//`.
pub(super) fn start(text: &str) -> usize {
    let dashed = dash(text).map(|(at, _)| at);
    let limit = dashed.unwrap_or(text.len());
    let words = || words(&text[..limit]);
    // A year within a dashed entry belongs to the name of the holder, unless it is the last word of that.
    let year = words()
        .filter(|(at, word)| is_year(word) && is_date_of_issue(text, *at, word))
        .find(|(at, word)| dashed.is_none() || text[at + word.len()..limit].trim().is_empty());
    let year = year.map(|(at, _)| at);
    let signed = words().filter(|(at, _)| *at > 0).find(|(at, word)| {
        let next = text[at + word.len()..].trim_start();
        field(word)
            .is_some_and(|(_, glued)| !glued.is_empty() || next.starts_with(|c: char| c.is_ascii_digit()))
    });
    let first = [year, signed.map(|(at, _)| at), Some(limit)].into_iter().flatten().min().unwrap_or(limit);
    before_imprint(text, first)
}

/// Returns true if and only if an issue and a year are in the text.
pub(super) fn has_issue(text: &str) -> bool {
    let issue = |(at, word): (usize, &str)| {
        let next = text[at + word.len()..].trim_start();
        field(word).is_some_and(|(field, glued)| {
            field == Field::Issue && (!glued.is_empty() || next.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    words(text).any(issue) && words(text).any(|(_, word)| is_year(word))
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ').map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Returns true if and only if the year is not that of a day in a name: `5 мая 2015 года`.
fn is_date_of_issue(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].split_whitespace().next_back().unwrap_or_default();
    let after = text[at + word.len()..].split_whitespace().next().unwrap_or_default();
    month_number(before).is_none() && !matches!(after, "года" | "году" | "год," | "гг." | "years")
}

/// `end`, or where the place and the publisher begin that are right before it.
fn before_imprint(text: &str, end: usize) -> usize {
    let before = text[..end].trim_end();
    if !before.ends_with(',') {
        return end;
    }
    imprint_start(before).unwrap_or(end)
}

/// Where `М.: Наука,` or `Ташкент,` begins at the end of a text that goes on with a year.
fn imprint_start(before: &str) -> Option<usize> {
    let sentence = before.rfind(". ").map(|at| at + 2);
    let last = &before[sentence.unwrap_or(0)..];
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let place = last.trim_end_matches(',');
    let whole_word =
        before[..sentence.unwrap_or(0)].trim_end_matches(['.', ' ']).rsplit(' ').next().unwrap_or_default();
    let after_sentence = whole_word.chars().count() >= 4 || whole_word.ends_with([')', '»', ']', '"']);
    if sentence.is_some()
        && after_sentence
        && place.split(' ').count() <= 2
        && place.split(' ').all(capital)
        && !place.contains([':', ','])
    {
        return sentence;
    }
    // The place is before the last colon that a short name in capitals precedes.
    before.rmatch_indices(':').find_map(|(colon, _)| {
        let mut from = before[..colon].trim_end();
        loop {
            let at = from.trim_end_matches('.').rfind(". ").map_or(0, |at| at + 2);
            let place = before[at..colon].trim();
            if place.starts_with(';') {
                from = before[..at].trim_end();
                continue;
            }
            let good = place.chars().count() <= 45
                && capital(place)
                && place.split(' ').all(|w| capital(w) || w.len() <= 4 && !w.contains(','));
            return (good && place.split(' ').count() <= 6 && at > 0).then_some(at);
        }
    })
}

/// Where place, publisher and year begin in an entry without dashes, `Название. М.: Наука, 2015. 792 с.`
pub(super) fn imprint(text: &str) -> Option<usize> {
    words(text).filter(|(at, word)| is_year(word) && *at > 0).find_map(|(at, word)| {
        let before = text[..at].trim_end();
        let rest = text[at + word.len()..].trim_start();
        let ends = rest.is_empty() || word.ends_with('.') || rest.starts_with(['—', '–', '(']);
        (before.ends_with(',') && ends).then(|| imprint_start(before)).flatten()
    })
}

/// Returns true if and only if the word is a number or a part of one: `12–24.`, `(82)`, `XII`, `3/1`.
fn is_value(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| ".,;()".contains(c));
    let digits = bare.bytes().any(|b| b.is_ascii_digit());
    let roman = !bare.is_empty() && bare.bytes().all(|b| b"IVXLC".contains(&b));
    digits && bare.chars().filter(|c| c.is_alphabetic()).count() <= 2 || roman
}

impl Areas {
    /// Reads the areas; `alone`: no other work holds this one, so that a number of pages is its extent.
    pub(super) fn read(text: &str, alone: bool) -> Areas {
        let mut areas = Areas::default();
        let words: Vec<(usize, &str)> = words(text).filter(|(_, w)| !w.is_empty()).collect();
        let mut at = 0;
        while let Some((place, word)) = words.get(at).copied() {
            at += 1;
            if let Some((field, glued)) = field(word) {
                let (value, count) = value(glued, words.get(at..).unwrap_or_default(), word);
                at += count;
                areas.put(field, &value, alone);
            } else if areas.issued.is_none() && is_year(word) && is_date_of_issue(text, place, word) {
                areas.publisher = publisher(&text[..place]);
                areas.issued = Some(issued(word, words.get(at..).unwrap_or_default()));
            } else if is_range(word) && words.get(at).is_some_and(|(_, next)| is_pages_sign(next)) {
                areas.put(Field::Pages, word, alone);
                at += 1;
            }
        }
        areas
    }

    fn put(&mut self, field: Field, value: &str, alone: bool) {
        let value = value.trim_matches(|c: char| c.is_whitespace() || ".,;:".contains(c));
        let slot = match field {
            Field::Volume => &mut self.volume,
            Field::Issue => &mut self.issue,
            Field::Pages if alone && !is_range(value) => return,
            Field::Pages => &mut self.pages,
        };
        if slot.is_none() && value.chars().any(char::is_alphanumeric) {
            *slot = Some(value.to_owned());
        }
    }
}

/// The value of a field: what is glued to its sign, or the numbers that follow; and how many words it takes.
fn value(glued: &str, next: &[(usize, &str)], sign: &str) -> (String, usize) {
    let mut value = glued.to_owned();
    let mut count = 0;
    let mut open = glued.is_empty() || !sign.ends_with(['.', ',', ';']);
    while let Some((_, word)) = next.get(count).filter(|_| open) {
        let joins = word.chars().all(is_dash)
            && !value.is_empty()
            && next.get(count + 1).is_some_and(|(_, w)| is_value(w));
        let bracketed = value.is_empty() || word.starts_with('(') || value.ends_with(is_dash);
        if !(joins || bracketed && is_value(word))
            || is_year(word) && !value.is_empty() && !value.ends_with(is_dash)
        {
            break;
        }
        if !value.is_empty() && word.starts_with('(') {
            value.push(' ');
        }
        value.push_str(word);
        count += 1;
        open = !word.ends_with(['.', ',', ';']);
    }
    (value, count)
}

fn is_range(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| ".,;".contains(c));
    bare.contains(is_dash) && bare.chars().all(|c| c.is_ascii_digit() || is_dash(c))
}

fn is_pages_sign(word: &str) -> bool {
    let sign = word.trim_end_matches(['.', ',', ';']);
    matches!(sign, "с" | "c" | "б" | "p" | "pp" | "стр" | "бб" | "S")
}

/// The year, with the day and month that follow it: `2019. 4 июня.`
fn issued(year: &str, next: &[(usize, &str)]) -> String {
    let year: String = year.chars().filter(char::is_ascii_digit).collect();
    let next: Vec<&str> = next.iter().map(|(_, w)| *w).filter(|w| !w.chars().all(is_dash)).take(2).collect();
    let day = |w: &str| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit());
    match next.as_slice() {
        [first, second] if day(first) && month_number(second.trim_end_matches([',', ';'])).is_some() => {
            format!("{year}, {first} {}", second.trim_end_matches(['.', ',', ';']))
        }
        _ => year,
    }
}

/// The publisher of `Минск : БГУ,`, the last area before the year.
fn publisher(before: &str) -> Option<String> {
    let mut area = before;
    while let Some((_, rest)) = split_at_dash(area) {
        area = rest;
    }
    let from = imprint_start(area).unwrap_or(0);
    let (_, publisher) = area.get(from..)?.split_once(':')?;
    let publisher = publisher.trim_matches(|c: char| c.is_whitespace() || ",;:".contains(c));
    let publisher = publisher.split(" ; ").next().unwrap_or_default();
    publisher.chars().any(char::is_alphabetic).then(|| publisher.to_owned())
}
