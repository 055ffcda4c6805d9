//! `library.bib`: BibLaTeX and BibTeX through the `biblatex` crate, an entry at a time so that a broken one
//! costs only itself.

mod dates;
mod guard;
mod more;
mod rich;

use super::{Draft, Lines, TOO_DEEP, attachment, bare_doi, nests_too_deeply, tidy};
use crate::bibliography::{Name, Work, WorkType};
use biblatex::{Bibliography, ChunksExt, Entry, EntryType, Person, RawBibliography, RawChunk};
pub(super) use dates::state;
use rich::Title;
use serde_json::json;
use std::collections::BTreeSet;

/// Reads all entries of `text`; what is wrong goes to `complaints` with its line.
pub(super) fn read(text: &str, complaints: &mut Vec<(u32, String)>) -> Vec<Draft> {
    let mut whole =
        RawBibliography { preamble: String::new(), entries: Vec::new(), abbreviations: Vec::new() };
    let mut lines = Vec::new();
    let mut strings = guard::Strings::default();
    let numbers = Lines::of(text);
    let text = &in_braces(text);
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
    let sound = sound(whole, lines, complaints);
    let titles = sound.iter().flat_map(|(entry, ..)| ["title", "booktitle"].map(|name| entry.get(name)));
    let names = titles.flatten().flat_map(|chunks| {
        let title = Title::of(chunks);
        title.names().map(str::to_owned).collect::<Vec<_>>()
    });
    let names: BTreeSet<String> = names.collect();
    sound.into_iter().map(|(entry, line, files)| draft(&entry, &names, line, files, complaints)).collect()
}

/// The text with `@book(…)` as `@book{…}`, which the parser knows alone; all else stays where it is.
fn in_braces(text: &str) -> String {
    let mut braced = text.to_owned();
    for (start, end) in entry_ranges(text) {
        let entry = &text[start..end];
        let open = entry.find(['{', '(']).filter(|at| entry[*at..].starts_with('('));
        let close = entry.rfind(')').filter(|close| entry[close + 1..].trim().is_empty());
        if let (Some(open), Some(close)) = (open, close) {
            braced.replace_range(start + close..=start + close, "}");
            braced.replace_range(start + open..=start + open, "{");
        }
    }
    braced
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
    let known: BTreeSet<String> = abbreviations.iter().map(|string| string.key.v.to_lowercase()).collect();
    for (mut entry, line) in whole.entries.into_iter().zip(lines) {
        for name in take_undefined(&mut entry.v, &known) {
            let message =
                format!("`{}`: `{name}` is no known @string and is taken as it is written", entry.v.key.v);
            complaints.push((line, message));
        }
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

/// Makes words of the abbreviations of an entry that no `@string` defines, and names them.
fn take_undefined<'s>(entry: &mut biblatex::RawEntry<'s>, known: &BTreeSet<String>) -> Vec<&'s str> {
    let mut undefined = Vec::new();
    for chunk in entry.fields.iter_mut().flat_map(|field| &mut field.value.v) {
        if let RawChunk::Abbreviation(name) = chunk.v
            && !known.contains(&name.to_lowercase())
            && !guard::is_month(name)
        {
            chunk.v = RawChunk::Normal(name);
            undefined.push(name);
        }
    }
    undefined
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

fn draft(
    entry: &Entry,
    names: &BTreeSet<String>,
    line: u32,
    files: String,
    complaints: &mut Vec<(u32, String)>,
) -> Draft {
    let mut complain = |message: String| complaints.push((line, format!("`{}`: {message}", entry.key)));
    let work = work(entry, names, &mut complain);
    Draft { key: entry.key.clone(), work, files: attachment::paths(&files), line }
}

/// The words of the first of these fields that the entry has, without TeX's commands.
fn field(entry: &Entry, names: &[&str]) -> Option<String> {
    let words =
        |name: &&str| entry.get(name).map(|chunks| Title::of(chunks).plain()).filter(|text| !text.is_empty());
    names.iter().find_map(words)
}

/// The first of these fields that the entry has, as it stands.
fn verbatim(entry: &Entry, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| entry.get(name).and_then(|chunks| tidy(&chunks.format_verbatim())))
}

/// The first of these fields as an address: TeX's escapes are no part of it.
fn address(entry: &Entry, name: &str) -> Option<String> {
    let text = verbatim(entry, &[name])?;
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

/// The first of these fields that the entry has, with its subtitle.
fn titled(entry: &Entry, title: &[&str], subtitle: &str) -> Option<Title> {
    let read = |name: &str| entry.get(name).map(Title::of).filter(|t| !t.plain().is_empty());
    title.iter().find_map(|name| read(name)).map(|title| title.with_subtitle(read(subtitle)))
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
    // Mendeley keeps abbreviated letters together with it: `G. \relax Yu.`.
    let part = |text: &str| tidy(&text.replace("\\relax", ""));
    let family = part(&person.name)?;
    let rest = [part(&person.given_name), part(&person.prefix), part(&person.suffix)];
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

/// Returns true if and only if the titles of an entry are in English, as far as it says.
fn is_english(entry: &Entry) -> bool {
    let language =
        field(entry, &["langid", "language", "hyphenation"]).map(|l| language_tag(&l).to_lowercase());
    language.is_none_or(|tag| {
        tag.starts_with("en") || ["australian", "canadian", "newzealand"].contains(&tag.as_str())
    })
}

fn work(entry: &Entry, names_of_file: &BTreeSet<String>, complain: &mut impl FnMut(String)) -> Work {
    let pages = field(entry, &["pages"]).map(|p| p.replace("--", "–"));
    let doi = address(entry, "doi");
    let english = is_english(entry);
    let cased = |title: Title| if english { title.in_sentence_case(names_of_file) } else { title };
    let plain = |title: Title| Some(title.plain()).filter(|title| !title.is_empty());
    let title = titled(entry, &["title"], "subtitle").map(cased);
    let book = titled(entry, &["booktitle"], "booksubtitle")
        .or_else(|| titled(entry, &["maintitle"], "mainsubtitle"));
    let issued = dates::date(entry, "", complain);
    let accessed = dates::date(entry, "url", complain);
    let mut work = Work {
        work_type: work_type(entry),
        authors: names(entry, &["author"], complain),
        editors: names(entry, &["editor"], complain),
        translators: names(entry, &["translator"], complain),
        issued: issued.date,
        container: titled(entry, &["journaltitle", "journal"], "journalsubtitle")
            .or_else(|| book.map(cased))
            .and_then(plain)
            .or_else(|| online_container(entry)),
        publisher: field(entry, &["publisher", "institution", "school"]).or_else(|| organization(entry)),
        publisher_place: field(entry, &["location", "address"]),
        event: titled(entry, &["eventtitle"], "eventtitleaddon").and_then(plain),
        collection_title: titled(entry, &["series"], "").and_then(plain),
        volume: field(entry, &["volume"]),
        issue: field(entry, &["issue"]).or_else(|| field(entry, &["number"]).filter(|_| is_article(entry))),
        number: field(entry, &[if is_article(entry) { "eid" } else { "number" }]),
        edition: field(entry, &["edition"]),
        pages,
        url: address(entry, "url").or_else(|| preprint_address(entry)),
        doi: doi.as_deref().and_then(bare_doi).or(doi),
        isbn: field(entry, &["isbn"]),
        issn: field(entry, &["issn"]),
        accessed: accessed.date,
        language: field(entry, &["langid", "language", "hyphenation"]).map(|l| language_tag(&l)),
        genre: field(entry, &["type"]).as_deref().or(thesis_sort(entry)).map(genre),
        archive: field(entry, &["library"]),
        note: field(entry, &["note", "addendum"]).filter(|note| dates::state(note).is_none()),
        abstract_text: field(entry, &["abstract"]),
        keywords: field(entry, &["keywords"])
            .map(|k| k.split([',', ';']).filter_map(tidy).collect())
            .unwrap_or_default(),
        ..Work::default()
    };
    work.more = more::of(entry, work.work_type, complain);
    if let Some(marked) = title.as_ref().and_then(Title::marked_up) {
        work.more.insert("title".to_owned(), json!(marked));
    }
    work.title = title.and_then(plain);
    let status =
        field(entry, &["pubstate"]).or_else(|| field(entry, &["note"])).and_then(|word| dates::state(&word));
    let literal = status.filter(|_| work.issued.is_none()).map(|status| json!({ "literal": status }));
    for (variable, date) in [("issued", issued.more.or(literal)), ("accessed", accessed.more)] {
        work.more.extend(date.map(|date| (variable.to_owned(), date)));
    }
    work.more.extend(status.map(|status| ("status".to_owned(), json!(status))));
    work
}

/// Where a preprint can be read that has no address.
fn preprint_address(entry: &Entry) -> Option<String> {
    let archive = field(entry, &["eprinttype", "archiveprefix"])?.to_lowercase();
    let number = field(entry, &["eprint"])?;
    match archive.as_str() {
        "arxiv" => Some(format!("https://arxiv.org/abs/{number}")),
        "jstor" => Some(format!("https://www.jstor.org/stable/{number}")),
        "hdl" => Some(format!("https://hdl.handle.net/{number}")),
        _ => None,
    }
}

/// The body that brought a work out; of a page on the web `organization` is the site.
fn organization(entry: &Entry) -> Option<String> {
    field(entry, &["organization"]).filter(|_| entry.entry_type != EntryType::Online)
}

/// The site that an `@online` names in `organization`, and what other works were published in (`howpublished`).
fn online_container(entry: &Entry) -> Option<String> {
    let site = field(entry, &["organization"]).filter(|_| entry.entry_type == EntryType::Online);
    site.or_else(|| field(entry, &["howpublished"]).filter(|how| !how.contains("://")))
}

fn is_article(entry: &Entry) -> bool {
    matches!(entry.entry_type, EntryType::Article | EntryType::SuppPeriodical | EntryType::Periodical)
}

fn work_type(entry: &Entry) -> WorkType {
    let subtype = field(entry, &["entrysubtype"]).unwrap_or_default().to_lowercase();
    match &entry.entry_type {
        EntryType::Online if subtype.contains("blog") => WorkType::PostWeblog,
        EntryType::Online if subtype == "post" => WorkType::Post,
        EntryType::Misc | EntryType::Unpublished if subtype == "interview" => WorkType::Interview,
        EntryType::Misc | EntryType::Unpublished if subtype == "speech" => WorkType::Speech,
        EntryType::Unknown(_) if subtype == "treaty" => WorkType::Treaty,
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
        EntryType::Unpublished if entry.get("eventtitle").is_some() => WorkType::Speech,
        EntryType::Unpublished => WorkType::Manuscript,
        EntryType::Dataset => WorkType::Dataset,
        EntryType::Unknown(word) => match word.to_lowercase().as_str() {
            "newsarticle" | "newspaper" => WorkType::ArticleNewspaper,
            "treaty" => WorkType::Treaty,
            "letter" => WorkType::PersonalCommunication,
            "legislation" | "legal" | "jurisdiction" => WorkType::Legislation,
            "software" => WorkType::Dataset,
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
        "english" => "en",
        "american" | "usenglish" => "en-US",
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
        "italian" => "it",
        "polish" => "pl",
        "portuguese" => "pt",
        "japanese" => "ja",
        "dutch" => "nl",
        _ => word,
    };
    tag.to_owned()
}
