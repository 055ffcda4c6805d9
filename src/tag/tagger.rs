//! [`Tagger`]: the countries of texts and documents, with the evidence for each.

use super::about::{Parts, about};
use super::context::settle;
use super::gazetteer::{self, Gazetteer, GazetteerError};
use super::matcher::{Matcher, Mention};
use super::{CountryCode, CountryTag, Evidence};
use crate::bibliography::Work;
use crate::passage::{Kind, Passage, Segmented};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// Tags texts.
#[derive(Debug)]
pub struct Tagger {
    own: Vec<(String, CountryCode)>,
    /// Built when the first text is tagged: an ingest that finds nothing to read needs only the digest.
    matcher: OnceLock<Matcher>,
    digest: u64,
}

/// The countries of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentTags {
    /// Of each passage, in the order of [`Segmented::passages`].
    pub passages: Vec<Vec<CountryTag>>,
    /// Of the source as a whole.
    pub source: Vec<CountryTag>,
}

/// Share of a source's passages that name a country from which the source is about it.
const SUBJECT: f64 = 0.25;

/// Countries of a heading or a source beyond which none is inherited.
const MOST_INHERITED: usize = 3;

/// Headings that must name a country for the source to be about it.
const HEADED: usize = 2;

/// Words by which a text speaks of two countries without naming them.
const BOTH: &[&str] = &[
    "both countries",
    "both nations",
    "both states",
    "both sides",
    "both governments",
    "both parties",
    "both leaders",
    "both presidents",
    "two countries",
    "two nations",
    "two states",
    "two sides",
    "two republics",
    "two governments",
    "two leaders",
    "each other",
    "bilateral",
    "mutual",
];

impl Tagger {
    /// The tagger of the built-in gazetteer and of the user's `gazetteer.tsv` in `seeds`.
    ///
    /// # Errors
    /// [`GazetteerError`].
    pub fn for_seeds(seeds: &Path) -> Result<Tagger, GazetteerError> {
        let own = gazetteer::read_own(seeds)?;
        Ok(Tagger { digest: gazetteer::digest(&own), own, matcher: OnceLock::new() })
    }

    /// Hash of all that its tags depend on: tables and rules.
    pub fn digest(&self) -> u64 {
        /// Raised when the rules come out otherwise for the same tables.
        const RULES: u64 = 2;
        self.digest ^ RULES
    }

    /// The countries a text names, and which of them it is about.
    pub fn tag_text(&self, text: &str) -> Vec<CountryTag> {
        let mentions = self.mentions(text);
        let about = about(&Parts::of(text), &mentions);
        tags(text, &mentions, &about, Evidence::Named)
    }

    /// The countries of every passage of a document and of the source. A passage has those it names; where it names
    /// none those of the heading it stands under, and where that names none those the source is about. One that
    /// names a single country and speaks of "both countries" has the other from there.
    pub fn tag_document(&self, work: &Work, segmented: &Segmented) -> DocumentTags {
        let own: Vec<Vec<CountryTag>> = segmented.passages.iter().map(|p| self.named(p)).collect();
        let sections: Vec<Vec<CountryTag>> =
            segmented.sections.iter().map(|path| self.section(path)).collect();
        let source = self.source(work, segmented, &own);
        let passages = segmented.passages.iter().zip(own);
        let passages = passages
            .map(|(passage, named)| {
                if matches!(passage.kind, Kind::Heading | Kind::Reference | Kind::Front | Kind::Boilerplate) {
                    return named;
                }
                let section = sections.get(passage.section as usize).map_or(&[][..], Vec::as_slice);
                inherit(&passage.text, named, section, &source)
            })
            .collect();
        DocumentTags { passages, source }
    }

    fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut mentions =
            self.matcher.get_or_init(|| Matcher::new(&Gazetteer::with_own(&self.own))).find(text);
        if !mentions.is_empty() {
            settle(text, &mut mentions);
        }
        mentions
    }

    fn named(&self, passage: &Passage) -> Vec<CountryTag> {
        let text = &passage.text;
        let mentions = self.mentions(text);
        if mentions.is_empty() {
            return Vec::new();
        }
        // A paragraph has neither headline nor dateline.
        let parts = Parts { headline: 0, dateline: (0, 0), lead: Parts::of(text).lead };
        let about = about(&parts, &mentions);
        tags(text, &mentions, &about, Evidence::Named)
    }

    /// The countries of the innermost heading that names any.
    fn section(&self, path: &[String]) -> Vec<CountryTag> {
        let named = path.iter().rev().map(|heading| {
            let mentions = self.mentions(heading);
            let all: Vec<CountryCode> = mentions.iter().filter_map(|m| m.code).collect();
            tags(heading, &mentions, &all, Evidence::Section)
        });
        named.into_iter().find(|tags| !tags.is_empty()).unwrap_or_default()
    }

    /// What the source is about: the countries of its title when that names two or more; else also those that a quarter
    /// of its passages name, or several of its headings.
    fn source(&self, work: &Work, segmented: &Segmented, own: &[Vec<CountryTag>]) -> Vec<CountryTag> {
        let title = work.title.as_deref().unwrap_or_default();
        let all = |text: &str| {
            let mentions = self.mentions(text);
            let codes: Vec<CountryCode> = mentions.iter().filter_map(|m| m.code).collect();
            tags(text, &mentions, &codes, Evidence::Source)
        };
        let titled = all(title);
        let mut counts: BTreeMap<CountryCode, Count> = BTreeMap::new();
        for tag in segmented.sections.iter().filter_map(|path| path.last()).flat_map(|heading| all(heading)) {
            counts.entry(tag.code).or_default().headings += 1;
        }
        let citable = segmented.passages.iter().zip(own).filter(|(p, _)| p.kind.is_citable());
        let mut passages = 0;
        for (_, tags) in citable {
            passages += 1;
            for tag in tags {
                let count = counts.entry(tag.code).or_default();
                count.passages += 1;
                for word in tag.because.iter().take(1) {
                    if count.because.len() < 3 && !count.because.contains(word) {
                        count.because.push(word.clone());
                    }
                }
            }
        }
        let much = (SUBJECT * f64::from(passages)).max(1.0);
        let is_subject = |count: &Count| f64::from(count.passages) >= much || count.headings >= HEADED;
        let mut ranked: Vec<(u32, CountryTag)> = Vec::new();
        for tag in &titled {
            ranked.push((counts.get(&tag.code).map_or(0, |c| c.passages), tag.clone()));
        }
        for (code, count) in counts.into_iter().filter(|(code, _)| !titled.iter().any(|t| t.code == *code)) {
            let about = titled.len() < 2 && is_subject(&count);
            let tag = CountryTag { code, evidence: Evidence::Source, about, because: count.because };
            ranked.push((count.passages, tag));
        }
        ranked.sort_by(|a, b| (b.1.about, b.0).cmp(&(a.1.about, a.0)).then(a.1.code.cmp(&b.1.code)));
        ranked.into_iter().map(|(_, tag)| tag).collect()
    }
}

/// How much of a source speaks of a country.
#[derive(Default)]
struct Count {
    passages: u32,
    headings: usize,
    because: Vec<String>,
}

/// One tag a country, in the order of first mention.
fn tags(text: &str, mentions: &[Mention], about: &[CountryCode], evidence: Evidence) -> Vec<CountryTag> {
    let mut tags: Vec<CountryTag> = Vec::new();
    for mention in mentions {
        let Some(code) = mention.code else { continue };
        let word = &text[mention.start..mention.end];
        match tags.iter_mut().find(|t| t.code == code) {
            Some(tag) if tag.because.iter().any(|w| w == word) => {}
            Some(tag) => tag.because.push(word.to_owned()),
            None => tags.push(CountryTag {
                code,
                evidence,
                about: about.contains(&code),
                because: vec![word.to_owned()],
            }),
        }
    }
    tags
}

/// What a passage has beside the countries it names. What it names of its heading's countries (or, without such, of
/// its source's) it is about; where it speaks of "both countries" and these are a pair, it has the two.
fn inherit(
    text: &str,
    mut named: Vec<CountryTag>,
    section: &[CountryTag],
    source: &[CountryTag],
) -> Vec<CountryTag> {
    let subjects = || source.iter().filter(|t| t.about).cloned().collect::<Vec<_>>();
    let mut context = if section.is_empty() { subjects() } else { section.to_vec() };
    // A source about many countries passes none of them on: "both countries" of six says nothing.
    if context.len() > MOST_INHERITED {
        context.clear();
    }
    for tag in named.iter_mut().filter(|t| context.iter().any(|c| c.code == t.code)) {
        tag.about = true;
    }
    if named.is_empty() || (context.len() == 2 && speaks_of_both(text)) {
        context.retain(|c| !named.iter().any(|t| t.code == c.code));
        named.append(&mut context);
    }
    named
}

fn speaks_of_both(text: &str) -> bool {
    let lower = text.to_lowercase();
    BOTH.iter().any(|words| lower.contains(words))
}
