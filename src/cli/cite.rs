//! `ibid cite`: citations and references.

use super::Exit;
use super::corpus::source_or_work;
use super::show::{self, Found};
use super::workspace::Workspace;
use anyhow::bail;
use clap::{Args, ValueEnum};
use ibid::citation::{self, Cited, Locator, Style, as_cited_in, card, cite, clipboard_sequence, export};
use ibid::index::{Index, StoredPassage, StoredSource};
use ibid::output::{cited_locator, sanitise};
use ibid::passage::{Citekey, Ordinal};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Cite passages and sources
///
/// Prints the citation for the running text and the entry for the reference list. A passage is cited by its printed
/// page where it has one, else by its paragraph.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ibid cite khan:14                          APA
  ibid cite khan:14 --style harvard          any CSL style, or a .csl file
  ibid cite khan:14 --format pandoc          [@khan, para. 14]
  ibid cite khan:14 --format latex           \\autocite[para.~14]{khan}
  ibid cite '[@khan, para. 14]'              as it stands in a draft
  ibid cite khan:14 --card                   quotation, place and citation in one piece
  ibid cite khan:11 --original               what the passage cites, as cited in it
  ibid cite khan:ref16 --format biblatex     an entry of its reference list")]
pub struct CiteArgs {
    /// Passages such as khan:14, or citekeys
    #[arg(required = true, value_name = "ID-or-CITEKEY")]
    ids: Vec<String>,
    /// Citation style: apa, harvard, chicago-author-date, mla, ieee or any other of CSL's, or a .csl file
    #[arg(long, value_name = "STYLE", default_value = "apa")]
    style: String,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What to cite a passage by
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<By>,
    /// Print the passage itself with its place and citation
    #[arg(long, conflicts_with = "original")]
    card: bool,
    /// Cite what the passage cites, as cited in its source
    #[arg(long)]
    original: bool,
    /// Copy to the clipboard, through the terminal
    #[arg(long)]
    copy: bool,
}

/// What a citation is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Html,
    Bibtex,
    Biblatex,
    Ris,
    CslJson,
    Hayagriva,
    Pandoc,
    Typst,
    Latex,
}

/// What a passage is cited by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Paragraph number
    Paragraph,
    /// Printed page
    Page,
    /// Section heading
    Section,
}

impl From<Format> for citation::Format {
    fn from(format: Format) -> citation::Format {
        match format {
            Format::Text => citation::Format::Text,
            Format::Markdown => citation::Format::Markdown,
            Format::Html => citation::Format::Html,
            Format::Pandoc => citation::Format::Pandoc,
            Format::Typst => citation::Format::Typst,
            Format::Latex => citation::Format::Latex,
            Format::Bibtex => citation::Format::Library(export::Format::Bibtex),
            Format::Biblatex => citation::Format::Library(export::Format::Biblatex),
            Format::Ris => citation::Format::Library(export::Format::Ris),
            Format::CslJson => citation::Format::Library(export::Format::CslJson),
            Format::Hayagriva => citation::Format::Library(export::Format::Hayagriva),
        }
    }
}

/// What an id of the command line names.
enum Named {
    Source(Box<StoredSource>),
    Passage(Box<Found>),
}

pub fn run(workspace: &Workspace, args: &CiteArgs) -> anyhow::Result<Exit> {
    let index = workspace.open_or_build_index()?;
    let style = Style::find(&args.style)?;
    let mut pieces: Vec<String> = Vec::new();
    for id in &args.ids {
        match named(&index, &workspace.seeds, &citation::id_of_pandoc(id))? {
            Named::Source(source) => pieces.push(cite_source(&style, args, &source, None)),
            Named::Passage(found) if args.original => pieces.extend(originals(args, &found)?),
            Named::Passage(found) => pieces.push(cite_passage(&style, args, &found)?),
        }
    }
    // Works cited twice need one reference, and exports one entry.
    let mut seen = std::collections::BTreeSet::new();
    pieces.retain(|p| seen.insert(p.clone()));
    let text = pieces.join("\n");
    let mut out = workspace.stdout();
    write!(out, "{}", sanitise(&text))?;
    if !text.ends_with('\n') {
        writeln!(out)?;
    }
    out.flush()?;
    if args.copy {
        copy(workspace, &text)?;
    }
    Ok(Exit::Success)
}

/// A citekey is looked for first: `doe:2020` may be one.
fn named(index: &Index, seeds: &Path, id: &str) -> anyhow::Result<Named> {
    if let Some(key) = Citekey::new(id)
        && let Some(source) = source_or_work(index, seeds, &key)?
    {
        return Ok(Named::Source(Box::new(source)));
    }
    match id.rsplit_once(':').map(|(_, n)| n.parse::<Ordinal>()) {
        Some(Ok(_)) => Ok(Named::Passage(Box::new(show::find(index, id)?))),
        _ => match Citekey::new(id) {
            Some(key) => Ok(Named::Source(Box::new(show::source(index, &key)?))),
            None => bail!("`{id}` is neither a citekey nor a passage id such as `khan2021:14`"),
        },
    }
}

fn cite_source(style: &Style, args: &CiteArgs, source: &StoredSource, locator: Option<&Locator>) -> String {
    join(&cite(style, args.format.into(), (source.work_key(), &source.work, source.year_letter), locator))
}

fn join(cited: &Cited) -> String {
    match (&cited.reference, cited.in_text.is_empty()) {
        (Some(reference), true) => reference.clone(),
        (Some(reference), false) => format!("{}\n{reference}\n", cited.in_text),
        (None, _) => format!("{}\n", cited.in_text),
    }
}

fn cite_passage(style: &Style, args: &CiteArgs, found: &Found) -> anyhow::Result<String> {
    if let (Ordinal::Reference(_), Some(parsed)) = (found.passage().ordinal, &found.passage().parsed) {
        // An entry of a reference list is a work of its own.
        let key = Citekey::new(&format!("{}-{}", found.source.key, found.passage().ordinal));
        let key = key.unwrap_or_else(|| found.source.key.clone());
        return Ok(join(&cite(style, args.format.into(), (&key, &parsed.to_work(), None), None)));
    }
    let locator = locator(args, &found.source, found.passage())?;
    let format = args.format.into();
    let source = &found.source;
    let cited = cite(style, format, (source.work_key(), &source.work, source.year_letter), locator.as_ref());
    if !args.card {
        return Ok(join(&cited));
    }
    let section = found.source.sections.get(found.passage().section as usize);
    let place = section.filter(|s| !s.is_empty()).map(|s| s.join(" > ")).unwrap_or_default();
    // In a draft the place is a comment.
    let place = match args.format {
        _ if place.is_empty() => place,
        Format::Markdown | Format::Html | Format::Pandoc => {
            format!("<!-- {} -->\n", place.replace("--", "–"))
        }
        Format::Typst => format!("// {place}\n"),
        Format::Latex => format!("% {place}\n"),
        _ => format!("{place}\n\n"),
    };
    Ok(format!("{place}{}", card(&found.passage().text, &cited, format)))
}

/// The locator asked for, or the best there is: printed page, else paragraph.
fn locator(
    args: &CiteArgs,
    source: &StoredSource,
    passage: &StoredPassage,
) -> anyhow::Result<Option<Locator>> {
    let page = || {
        let label = |p: u32| source.pages.get(p as usize)?.label.clone();
        let (first, last) = (label(passage.pages.0)?, label(passage.pages.1)?);
        Some(Locator::Page(if first == last { first } else { format!("{first}–{last}") }))
    };
    let paragraph = match passage.ordinal {
        Ordinal::Paragraph { number, .. } => Some(Locator::Paragraph(number.to_string())),
        _ => None,
    };
    let section = || source.sections.get(passage.section as usize)?.last().cloned().map(Locator::Section);
    let id = format!("{}:{}", source.key, passage.ordinal);
    match args.by {
        None => Ok(page().or(paragraph)),
        Some(By::Paragraph) => Ok(paragraph),
        Some(By::Page) => match page() {
            Some(page) => Ok(Some(page)),
            None => bail!("{id} has no printed page: cite it by paragraph or section"),
        },
        Some(By::Section) => match section() {
            Some(section) => Ok(Some(section)),
            None => bail!("{id} stands under no heading: cite it by paragraph"),
        },
    }
}

/// What the passage cites, each as cited in the source.
fn originals(args: &CiteArgs, found: &Found) -> anyhow::Result<Vec<String>> {
    let passage = found.passage();
    let entries = passage.cites.iter().filter_map(|c| c.reference);
    let through = cited_locator(&found.source.citation, &found.source, passage);
    let mut pieces = Vec::new();
    for ordinal in entries {
        let entry = found.passages.iter().find(|p| p.ordinal == ordinal);
        let Some(parsed) = entry.and_then(|e| e.parsed.as_ref()) else { continue };
        let work = parsed.to_work();
        if let citation::Format::Library(format) = args.format.into() {
            let key = Citekey::new(&format!("{}-{ordinal}", found.source.key));
            let key = key.unwrap_or_else(|| found.source.key.clone());
            pieces.push(export::export(format, &[(&key, &work, &[])]));
            continue;
        }
        let cited = as_cited_in(&work, &through, &found.source.citation);
        pieces.push(format!("{}\n{}\n", cited.in_text, cited.reference));
    }
    if pieces.is_empty() {
        bail!("{}:{} cites nothing that its reference list has", found.source.key, passage.ordinal);
    }
    Ok(pieces)
}

/// Puts the text on the clipboard by way of the terminal, where there is one.
fn copy(workspace: &Workspace, text: &str) -> anyhow::Result<()> {
    let mut stderr = std::io::stderr().lock();
    if !stderr.is_terminal() {
        workspace.say("--copy needs a terminal: nothing was copied");
        return Ok(());
    }
    write!(stderr, "{}", clipboard_sequence(text.trim_end()))?;
    Ok(())
}
