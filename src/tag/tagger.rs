//! [`Tagger`]: the countries of a text, of a document's passages and of the document itself.

use super::gazetteer::{self, Entry, GazetteerError, NameKind};
use super::matcher::{Matcher, Mention};
use super::{CountryCode, CountryTag, Evidence, context};
use crate::bibliography::Work;
use crate::passage::{Kind, Segmented};
use std::path::Path;
use std::sync::OnceLock;

/// Raised when the rules (not the data) tag otherwise than before.
const RULES: u64 = 1;

/// From this score on a text is about a country.
const ABOUT: f32 = 2.0;

/// Tags texts with countries. The names are laid out at the first use.
pub struct Tagger {
    own: Vec<Entry<'static>>,
    matcher: OnceLock<Matcher>,
}

/// The countries of a document.
pub struct DocumentTags {
    /// For each passage of the document, in order.
    pub passages: Vec<Vec<CountryTag>>,
    /// Of the source as a whole.
    pub source: Vec<CountryTag>,
}

/// What a text says of one country.
struct Count {
    code: CountryCode,
    score: f32,
    times: u32,
    by_name: bool,
    because: Vec<String>,
}

impl Tagger {
    /// The embedded gazetteer and the user's own `gazetteer.tsv` in the seeds, if there is one.
    ///
    /// # Errors
    /// A line of the user's gazetteer that cannot be read, with its number.
    pub fn for_seeds(seeds: &Path) -> Result<Tagger, GazetteerError> {
        Ok(Tagger { own: gazetteer::read_own(seeds)?, matcher: OnceLock::new() })
    }

    /// Digest of all that tags depend on.
    pub fn digest(&self) -> u64 {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&RULES.to_le_bytes());
        hasher.update(gazetteer::table().as_bytes());
        for entry in &self.own {
            hasher.update(format!("{entry:?}").as_bytes());
        }
        let mut eight = [0; 8];
        hasher.finalize_xof().fill(&mut eight);
        u64::from_le_bytes(eight)
    }

    /// The countries a text names, those it is about first.
    pub fn tag_text(&self, text: &str) -> Vec<CountryTag> {
        tags(self.count(text), ABOUT)
    }

    /// The countries of a document and of its passages: named, or else inherited from the heading, or else from
    /// the source.
    pub fn tag_document(&self, work: &Work, segmented: &Segmented) -> DocumentTags {
        let title = self.codes(work.title.as_deref().unwrap_or(""));
        let mut passages: Vec<Vec<CountryTag>> =
            segmented.passages.iter().map(|p| self.tag_text(&p.text)).collect();
        let source = self.source(&title, segmented, &passages);
        let subject: Vec<&CountryTag> = source.iter().filter(|t| t.about).collect();
        let sections: Vec<Vec<CountryTag>> =
            segmented.sections.iter().map(|path| self.section(path)).collect();
        let none = Vec::new();
        for (passage, tags) in segmented.passages.iter().zip(&mut passages) {
            if matches!(passage.kind, Kind::Reference | Kind::Boilerplate | Kind::Heading) {
                continue;
            }
            let section = sections.get(passage.section as usize).unwrap_or(&none);
            let both = speaks_of_two(&passage.text);
            if !tags.is_empty() && !(both && tags.len() < 2) {
                continue;
            }
            let inherited: Vec<CountryTag> = if section.is_empty() || (both && section.len() < 2) {
                let section = section.iter().cloned();
                section.chain(subject.iter().map(|t| inherit(t, Evidence::Source))).collect()
            } else {
                section.clone()
            };
            for tag in inherited {
                if tags.iter().all(|t| t.code != tag.code) {
                    tags.push(tag);
                }
            }
        }
        DocumentTags { passages, source }
    }

    /// The countries of the nearest heading that names any.
    fn section(&self, path: &[String]) -> Vec<CountryTag> {
        let named = path.iter().rev().map(|heading| self.tag_text(heading)).find(|tags| !tags.is_empty());
        let tags = named.unwrap_or_default();
        tags.iter().map(|t| CountryTag { about: true, ..inherit(t, Evidence::Section) }).collect()
    }

    /// The countries of the source: about those of its title, and those that dominate its text.
    fn source(
        &self,
        title: &[CountryCode],
        segmented: &Segmented,
        passages: &[Vec<CountryTag>],
    ) -> Vec<CountryTag> {
        let mut counts: Vec<(CountryCode, u32, Vec<String>)> = Vec::new();
        let body = segmented.passages.iter().zip(passages).filter(|(p, _)| p.kind.is_citable());
        for tag in body.flat_map(|(_, tags)| tags) {
            let words = tag.because.iter().take(1).cloned();
            match counts.iter_mut().find(|c| c.0 == tag.code) {
                Some(c) => c.1 += 1,
                None => counts.push((tag.code, 1, words.collect())),
            }
        }
        for code in title.iter().filter(|code| counts.iter().all(|c| c.0 != **code)).collect::<Vec<_>>() {
            counts.push((*code, 1, vec![gazetteer::name(*code).to_owned()]));
        }
        counts.sort_by(|a, b| {
            (!title.contains(&a.0), std::cmp::Reverse(a.1), a.0).cmp(&(
                !title.contains(&b.0),
                std::cmp::Reverse(b.1),
                b.0,
            ))
        });
        let most = counts.iter().map(|c| c.1).max().unwrap_or(0);
        let dominates = |c: &(CountryCode, u32, Vec<String>)| title.is_empty() && c.1 * 2 >= most;
        let tag = |c: (CountryCode, u32, Vec<String>)| CountryTag {
            code: c.0,
            evidence: Evidence::Named,
            about: title.contains(&c.0) || dominates(&c),
            because: c.2,
        };
        counts.into_iter().map(tag).collect()
    }

    fn codes(&self, text: &str) -> Vec<CountryCode> {
        self.count(text).iter().map(|c| c.code).collect()
    }

    fn mentions(&self, text: &str) -> Vec<Mention> {
        let matcher = self.matcher.get_or_init(|| {
            let mut entries = gazetteer::entries();
            entries.extend(self.own.iter().cloned());
            Matcher::new(&entries)
        });
        let mut mentions = matcher.find(text);
        context::settle(text, &mut mentions);
        mentions
    }

    fn count(&self, text: &str) -> Vec<Count> {
        let mut counts: Vec<Count> = Vec::new();
        let lead = Lead::of(text);
        for mention in self.mentions(text) {
            let words = text[mention.at.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            for code in mention.codes.into_iter().flatten() {
                let at = counts.iter().position(|c| c.code == code).unwrap_or_else(|| {
                    counts.push(Count { code, score: 0.0, times: 0, by_name: false, because: Vec::new() });
                    counts.len() - 1
                });
                let count = &mut counts[at];
                count.times += 1;
                count.by_name |= mention.kind <= NameKind::Capital;
                count.score += lead.weight(&mention);
                if !count.because.contains(&words) {
                    count.because.push(words.clone());
                }
            }
        }
        counts
    }
}

/// Where a text's headline, dateline and first sentence end.
struct Lead {
    headline: usize,
    dateline: usize,
    sentence: usize,
}

impl Lead {
    fn of(text: &str) -> Lead {
        let headline = text.find("\n\n").filter(|n| *n < 200 && n + 2 < text.len()).unwrap_or(0);
        let rest = &text[headline..];
        let dateline =
            rest.find(" - ").filter(|n| *n < 60 && headline > 0).map_or(headline, |n| headline + n);
        let body = &text[dateline..];
        let stop = body.match_indices(". ").chain(body.match_indices(".\n"));
        let sentence = stop.map(|(n, _)| n).filter(|n| *n > 60).min().map_or(text.len(), |n| dateline + n);
        Lead { headline, dateline, sentence }
    }

    fn weight(&self, mention: &Mention) -> f32 {
        let at = mention.at.start;
        let kind = match mention.kind {
            NameKind::Name | NameKind::Adjective => 1.0,
            NameKind::Capital => 0.9,
            NameKind::Place | NameKind::Body => 0.8,
            NameKind::Blocker => 0.0,
        };
        let place = if at < self.headline {
            3.0
        } else if at < self.dateline {
            2.0
        } else if at < self.sentence {
            2.0
        } else {
            0.7
        };
        kind * place
    }
}

/// The tags of counted countries, the highest score first.
fn tags(mut counts: Vec<Count>, threshold: f32) -> Vec<CountryTag> {
    let most = counts.iter().map(|c| c.score).fold(0.0, f32::max);
    counts.sort_by(|a, b| b.score.total_cmp(&a.score));
    let tag = |c: Count| CountryTag {
        code: c.code,
        evidence: Evidence::Named,
        about: c.score >= threshold.min(most).max(most * 0.15),
        because: c.because,
    };
    counts.into_iter().map(tag).collect()
}

fn inherit(tag: &CountryTag, evidence: Evidence) -> CountryTag {
    CountryTag { evidence, ..tag.clone() }
}

/// Whether a text speaks of two countries without naming them: `both sides`, `bilateral`.
fn speaks_of_two(text: &str) -> bool {
    const TWO: &[&str] = &[
        "both countries",
        "both nations",
        "both sides",
        "both states",
        "both the countries",
        "both the states",
        "both the nations",
        "two countries",
        "two nations",
        "two states",
        "two sides",
        "bilateral",
        "each other",
    ];
    let text = text.to_lowercase();
    TWO.iter().any(|words| text.contains(words))
}
