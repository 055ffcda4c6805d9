//! `library.bib`: BibLaTeX and BibTeX through the `biblatex` crate, an entry at a time so that a broken one
//! costs only itself.

mod guard;

use super::{Draft, Lines, TOO_DEEP, attachment, bare_doi, nests_too_deeply, tidy};
use crate::bibliography::{Date, Name, Work, WorkType};
use biblatex::{Bibliography, ChunksExt, Entry, EntryType, Person, RawBibliography, RawChunk};

/// Reads all entries of `text`; what is wrong goes to `complaints` with its line.
pub(super) fn read(text: &str, complaints: &mut Vec<(u32, String)>) -> Vec<Draft> {
    let mut whole =
        RawBibliography { preamble: String::new(), entries: Vec::new(), abbreviations: Vec::new() };
    let mut lines = Vec::new();
    let mut strings = guard::Strings::default();
    let numbers = Lines::of(text);
    for (start, end) in entry_ranges(text) {
        let chunk = &text[start..end];
        if nests_too_deeply(chunk) {
            complaints.push((numbers.at(start), format!("entry is left out: {TOO_DEEP}")));
            continue;
        }
        match RawBibliography::parse(chunk) {
            Ok(raw) => {
                for string in raw.abbreviations {
                    let line = numbers.at(start + string.key.span.start);
                    match strings.define(&string) {
                        Ok(()) => whole.abbreviations.push(string),
                        Err(why) => complaints.push((line, why)),
                    }
                }
                for entry in raw.entries {
                    let line = numbers.at(start + entry.span.start);
                    if !strings.fit(&entry.v) {
                        let why = "is left out: its @strings stand for too long a text";
                        complaints.push((line, format!("entry `{}` {why}", entry.v.key.v)));
                        continue;
                    }
                    lines.push(line);
                    whole.entries.push(entry);
                }
            }
            Err(error) => {
                // An entry that never closes is wrong at its start, not where the file ends.
                let open = error.kind == biblatex::ParseErrorKind::UnexpectedEof;
                let line = numbers.at(if open { start } else { start + error.span.start });
                complaints.push((line, format!("{}: {}", name_of(chunk), explain(&error.kind, chunk))));
            }
        }
    }
    let refused = guard::inheritance(&whole.entries);
    for ((entry, line), why) in whole.entries.iter_mut().zip(&lines).zip(refused) {
        if let Some(why) = why {
            entry.v.fields.retain(|field| !guard::is_inheritance(field));
            complaints.push((*line, format!("`{}`: {why}: that is left out", entry.v.key.v)));
        }
    }
    sound(whole, lines, complaints)
        .into_iter()
        .map(|(entry, line, files)| draft(&entry, line, files, complaints))
        .collect()
}

/// What to call a broken entry: `entry `khan2021``.
fn name_of(chunk: &str) -> String {
    let key = chunk.split_once('{').map_or("", |(_, rest)| rest);
    let key: String =
        key.trim_start().chars().take_while(|c| !c.is_whitespace() && *c != ',').take(60).collect();
    if key.is_empty() { "entry is left out".to_owned() } else { format!("entry `{key}` is left out") }
}

fn chunk_text<'s>(chunk: &biblatex::RawChunk<'s>) -> Option<&'s str> {
    match chunk {
        biblatex::RawChunk::Normal(text) => Some(text),
        biblatex::RawChunk::Abbreviation(_) => None,
    }
}

fn explain(kind: &biblatex::ParseErrorKind, chunk: &str) -> String {
    let dollars = chunk.matches('$').count() - chunk.matches("\\$").count();
    use biblatex::ParseErrorKind as Kind;
    match kind {
        Kind::UnexpectedEof if dollars % 2 == 1 => {
            "a `$` has no partner: write `\\$` for the sign".to_owned()
        }
        Kind::UnexpectedEof => "it is not closed: a `}` or `\"` is missing".to_owned(),
        Kind::UnknownAbbreviation(word) => {
            format!("`{word}` is no known @string: put it in braces or quotes")
        }
        other => other.to_string(),
    }
}

/// The byte ranges of the entries of a file: each starts with `@word{` at the start of a line and lasts to the
/// next such line. So a missing brace cannot swallow the entries behind it.
fn entry_ranges(text: &str) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        let word = bare.strip_prefix('@').map(|rest| rest.trim_start_matches(|c: char| c.is_alphanumeric()));
        if word.is_some_and(|rest| rest.trim_start().starts_with(['{', '('])) && !bare.starts_with("@{") {
            starts.push(at + line.len() - bare.len());
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts
        .into_iter()
        .zip(ends)
        .filter(|(start, end)| {
            let kind = text[*start + 1..*end].trim_start().get(..7).unwrap_or_default();
            !kind.eq_ignore_ascii_case("comment")
        })
        .collect()
}

/// The entries whose fields can be resolved, with their lines and raw `file` fields. Second entries of a key
/// are kept apart, for the library to complain of.
fn sound<'s>(
    whole: RawBibliography<'s>,
    lines: Vec<u32>,
    complaints: &mut Vec<(u32, String)>,
) -> Vec<(Entry, u32, String)> {
    let abbreviations = whole.abbreviations.clone();
    let raw =
        |entries| RawBibliography { preamble: String::new(), entries, abbreviations: abbreviations.clone() };
    let mut good = Vec::new();
    let mut keys = std::collections::BTreeSet::new();
    let mut alone = Vec::new();
    for (entry, line) in whole.entries.into_iter().zip(lines) {
        match Bibliography::from_raw(raw(vec![entry.clone()])) {
            Ok(parsed) => {
                let file = raw_file(&entry.v);
                alone.extend(parsed.into_iter().next().map(|parsed| (parsed, line, file)));
                if keys.insert(entry.v.key.v) {
                    good.push(entry);
                }
            }
            Err(error) => {
                let chunks = entry.v.fields.iter().flat_map(|field| &field.value.v);
                let words: String = chunks.filter_map(|chunk| chunk_text(&chunk.v)).collect();
                let why = explain(&error.kind, &words);
                let message = format!("entry `{}` is left out: {why}", entry.v.key.v);
                complaints.push((line, message));
            }
        }
    }
    // Together they see what they inherit by `crossref` and `xdata`.
    if let Ok(together) = Bibliography::from_raw(raw(good)) {
        for (entry, _, _) in &mut alone {
            let inherits = entry.get("crossref").is_some() || entry.get("xdata").is_some();
            if let Some(full) = together.get(&entry.key).filter(|_| inherits) {
                *entry = with_own(full.clone(), entry);
            }
        }
    }
    alone.retain(|(entry, _, _)| entry.entry_type != EntryType::XData);
    alone
}

/// An entry with what it inherits, and its own fields as they are: the parser lets the parent's date win, and puts the
/// parent's subtitle behind the child's title.
fn with_own(mut full: Entry, own: &Entry) -> Entry {
    let is_date = |name: &str| matches!(name, "date" | "year" | "month" | "day");
    if own.fields.keys().any(|name| is_date(name)) {
        full.fields.retain(|name, _| !is_date(name));
    }
    if own.fields.contains_key("title") {
        full.fields.retain(|name, _| !matches!(name.as_str(), "subtitle" | "titleaddon"));
    }
    full.fields.extend(own.fields.iter().map(|(name, value)| (name.clone(), value.clone())));
    full
}

/// The `file` field as it stands in the file: its backslashes are not TeX.
fn raw_file(entry: &biblatex::RawEntry<'_>) -> String {
    let field = entry.fields.iter().find(|f| f.key.v.eq_ignore_ascii_case("file") || f.key.v == "pdf");
    field.map_or(String::new(), |field| {
        let text = |chunk: &biblatex::Spanned<RawChunk<'_>>| match chunk.v {
            RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.to_owned(),
        };
        let text: String = field.value.v.iter().map(text).collect();
        // Protected underscores: `a{\_}b.pdf`.
        text.replace("{\\_}", "_").replace(['{', '}'], "")
    })
}

fn draft(entry: &Entry, line: u32, files: String, complaints: &mut Vec<(u32, String)>) -> Draft {
    let mut complain = |message: String| complaints.push((line, format!("`{}`: {message}", entry.key)));
    let work = work(entry, &mut complain);
    Draft { key: entry.key.clone(), work, files: attachment::paths(&files), line }
}

/// The plain text of the first of these fields that the entry has.
fn field(entry: &Entry, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| entry.get(name).and_then(|chunks| tidy(&chunks.format_verbatim())))
}

/// The first of these fields as an address: TeX's escapes are no part of it.
fn address(entry: &Entry, name: &str) -> Option<String> {
    let text = field(entry, &[name])?;
    let mut address = text
        .replace("{\\_}", "_")
        .replace("\\textunderscore", "_")
        .replace("\\~{}", "~")
        .replace("\\textasciitilde", "~");
    for sign in ["_", "%", "&", "#", "$", "{", "}", "~"] {
        address = address.replace(&format!("\\{sign}"), sign);
    }
    Some(address)
}

/// A title and its subtitle.
fn titled(entry: &Entry, title: &[&str], subtitle: &str) -> Option<String> {
    let title = field(entry, title)?;
    Some(match field(entry, &[subtitle]) {
        Some(subtitle) if title.ends_with(['?', '!', ':']) => format!("{title} {subtitle}"),
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    })
}

/// A date field, or `year`, `month` and `day`; one that cannot be read is complained of.
fn date(entry: &Entry, prefix: &str, complain: &mut impl FnMut(String)) -> Option<Date> {
    let written = field(entry, &[&format!("{prefix}date")]).or_else(|| {
        let year = field(entry, &[&format!("{prefix}year")])?;
        let month = field(entry, &[&format!("{prefix}month")]).unwrap_or_default();
        let day = field(entry, &[&format!("{prefix}day")]).unwrap_or_default();
        let written = match month.parse::<u8>() {
            Ok(month) if day.is_empty() => format!("{year}-{month:02}"),
            Ok(month) => format!("{year}-{month:02}-{day:0>2}"),
            Err(_) => format!("{day} {month} {year}"),
        };
        tidy(&written)
    })?;
    let first = written.split('/').next().unwrap_or(&written);
    let first = padded(first.trim_end_matches(['~', '?', '%']));
    let iso_like = first.chars().all(|c| c.is_ascii_digit() || c == '-') && first.contains('-');
    let is_read = |date: &Date| !iso_like || date.to_string() == first;
    match Date::parse(&first).filter(is_read) {
        Some(date) => Some(date),
        None if matches!(written.to_lowercase().as_str(), "n.d." | "nd" | "forthcoming" | "in press") => None,
        None => {
            let year = year_of(&written);
            let what = if year.is_some() { "is read for its year only" } else { "cannot be read" };
            complain(format!("date `{written}` {what}: write it as 2021, 2021-09 or 2021-09-08"));
            year
        }
    }
}

/// `1995-10-4` with two digits for months and days.
fn padded(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [year, rest @ ..] if year.len() == 4 && !rest.is_empty() && parts.iter().all(digits) => {
            rest.iter().fold((*year).to_owned(), |date, part| format!("{date}-{part:0>2}"))
        }
        _ => date.to_owned(),
    }
}

/// The only number of four digits in a date that cannot be read, as its year.
fn year_of(written: &str) -> Option<Date> {
    let numbers = written.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    let years: Vec<i32> = numbers.filter_map(|n| n.parse().ok()).collect();
    match years.as_slice() {
        [year] => Some(Date { year: *year, month: None, day: None }),
        _ => None,
    }
}

fn names(entry: &Entry, fields: &[&str], complain: &mut impl FnMut(String)) -> Vec<Name> {
    for name in fields {
        match entry.get_as::<Vec<Person>>(name) {
            Ok(persons) => return persons.iter().filter_map(person).collect(),
            Err(biblatex::RetrievalError::Missing(_)) => {}
            Err(error) => complain(format!("field `{name}` cannot be read: {error}")),
        }
    }
    Vec::new()
}

fn person(person: &Person) -> Option<Name> {
    let family = tidy(&person.name)?;
    let rest = [tidy(&person.given_name), tidy(&person.prefix), tidy(&person.suffix)];
    if rest.iter().all(Option::is_none) {
        let literal = if family == "others" { "et al.".to_owned() } else { family };
        return Some(Name { literal: Some(literal), ..Name::default() });
    }
    let [given, particle, suffix] = rest;
    // `Ministry of Foreign Affairs` without braces: no person has `of` or `for` before the surname.
    let of_body = |p: &String| p.split(' ').any(|w| matches!(w, "of" | "for" | "on" | "and" | "the"));
    if particle.as_ref().is_some_and(of_body) && suffix.is_none() {
        let words = [given, particle, Some(family)].into_iter().flatten().collect::<Vec<_>>();
        return Some(Name { literal: Some(words.join(" ")), ..Name::default() });
    }
    Some(Name { family: Some(family), given, particle, suffix, literal: None })
}

fn work(entry: &Entry, complain: &mut impl FnMut(String)) -> Work {
    let pages = field(entry, &["pages"]).map(|p| p.replace("--", "–"));
    let doi = address(entry, "doi");
    Work {
        work_type: work_type(entry),
        title: titled(entry, &["title"], "subtitle"),
        authors: names(entry, &["author"], complain),
        editors: names(entry, &["editor"], complain),
        translators: names(entry, &["translator"], complain),
        issued: date(entry, "", complain),
        container: titled(entry, &["journaltitle", "journal"], "journalsubtitle")
            .or_else(|| titled(entry, &["booktitle", "maintitle"], "booksubtitle"))
            .or_else(|| online_container(entry)),
        publisher: field(entry, &["publisher", "institution", "school", "organization"]),
        publisher_place: field(entry, &["location", "address"]),
        event: titled(entry, &["eventtitle"], "eventtitleaddon"),
        collection_title: field(entry, &["series"]),
        volume: field(entry, &["volume"]),
        issue: field(entry, &["issue"]).or_else(|| field(entry, &["number"]).filter(|_| is_article(entry))),
        number: field(entry, &[if is_article(entry) { "eid" } else { "number" }]),
        edition: field(entry, &["edition"]),
        pages,
        url: address(entry, "url"),
        doi: doi.as_deref().and_then(bare_doi).or(doi),
        isbn: field(entry, &["isbn"]),
        issn: field(entry, &["issn"]),
        accessed: date(entry, "url", complain),
        language: field(entry, &["langid", "language"]).map(|l| language_tag(&l)),
        genre: field(entry, &["type"]).as_deref().or(thesis_sort(entry)).map(genre),
        archive: field(entry, &["library"]),
        note: field(entry, &["note", "addendum"]),
        abstract_text: field(entry, &["abstract"]),
        keywords: field(entry, &["keywords"])
            .map(|k| k.split([',', ';']).filter_map(tidy).collect())
            .unwrap_or_default(),
        more: Default::default(),
        inferred: Default::default(),
        origins: Default::default(),
        set_aside: Vec::new(),
    }
}

/// The site that an `@online` names in `organization` or `howpublished`, when it has no publisher besides.
fn online_container(entry: &Entry) -> Option<String> {
    let web = matches!(entry.entry_type, EntryType::Online | EntryType::Misc);
    field(entry, &["howpublished"]).filter(|how| web && !how.contains("://"))
}

fn is_article(entry: &Entry) -> bool {
    matches!(entry.entry_type, EntryType::Article | EntryType::SuppPeriodical | EntryType::Periodical)
}

fn work_type(entry: &Entry) -> WorkType {
    let subtype = field(entry, &["entrysubtype"]).unwrap_or_default().to_lowercase();
    match &entry.entry_type {
        EntryType::Article if subtype.contains("news") => WorkType::ArticleNewspaper,
        EntryType::Article if subtype.contains("magazine") => WorkType::ArticleMagazine,
        EntryType::Article | EntryType::SuppPeriodical | EntryType::Periodical => WorkType::ArticleJournal,
        EntryType::Book | EntryType::MvBook | EntryType::Collection | EntryType::MvCollection => {
            WorkType::Book
        }
        EntryType::Booklet | EntryType::Manual | EntryType::Proceedings | EntryType::MvProceedings => {
            WorkType::Book
        }
        EntryType::InBook | EntryType::BookInBook | EntryType::SuppBook => WorkType::Chapter,
        EntryType::InCollection | EntryType::SuppCollection => WorkType::Chapter,
        EntryType::InProceedings => WorkType::PaperConference,
        EntryType::Reference | EntryType::MvReference => WorkType::Book,
        EntryType::InReference => WorkType::Entry,
        EntryType::Report | EntryType::TechReport => WorkType::Report,
        EntryType::Thesis | EntryType::PhdThesis | EntryType::MastersThesis => WorkType::Thesis,
        EntryType::Online => WorkType::Webpage,
        EntryType::Unpublished => WorkType::Manuscript,
        EntryType::Dataset => WorkType::Dataset,
        EntryType::Unknown(word) => match word.to_lowercase().as_str() {
            "newsarticle" | "newspaper" => WorkType::ArticleNewspaper,
            "letter" => WorkType::PersonalCommunication,
            "legislation" | "legal" | "jurisdiction" => WorkType::Legislation,
            "electronic" | "www" => WorkType::Webpage,
            _ => WorkType::Document,
        },
        _ => WorkType::Document,
    }
}

/// The `type` that BibTeX's older entry types stand for.
fn thesis_sort(entry: &Entry) -> Option<&'static str> {
    match entry.entry_type {
        EntryType::PhdThesis => Some("phdthesis"),
        EntryType::MastersThesis => Some("mathesis"),
        _ => None,
    }
}

/// BibLaTeX's words for sorts of works, in full.
fn genre(word: &str) -> String {
    match word {
        "phdthesis" => "PhD thesis".to_owned(),
        "mathesis" => "Master’s thesis".to_owned(),
        "candthesis" => "Candidate thesis".to_owned(),
        "techreport" => "Technical report".to_owned(),
        "resreport" => "Research report".to_owned(),
        other => other.to_owned(),
    }
}

/// A BCP 47 tag for the names that babel gives languages; other words stay as they are.
pub(crate) fn language_tag(word: &str) -> String {
    let tag = match word.to_lowercase().as_str() {
        "english" | "american" | "usenglish" => "en",
        "british" | "ukenglish" => "en-GB",
        "russian" => "ru",
        "german" | "ngerman" => "de",
        "french" => "fr",
        "spanish" => "es",
        "arabic" => "ar",
        "persian" | "farsi" => "fa",
        "urdu" => "ur",
        "turkish" => "tr",
        "chinese" => "zh",
        "kazakh" => "kk",
        "kyrgyz" => "ky",
        "tajik" => "tg",
        "uzbek" => "uz",
        "turkmen" => "tk",
        "belarusian" => "be",
        "ukrainian" => "uk",
        _ => word,
    };
    tag.to_owned()
}
