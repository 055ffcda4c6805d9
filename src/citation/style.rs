//! [`Style`]: a CSL style by name or file, with the locale it is rendered in.

use super::specialised::Specialised;
use super::{style_limits, substitute};
use crate::seed_file;
use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::taxonomy::{Locator, OtherTerm, Term};
use hayagriva::citationberg::{self, IndependentStyle, Locale, LocaleCode};
use std::path::Path;

/// The locales of the Citation Style Language project (CC BY-SA 3.0, https://citationstyles.org), in the binary form
/// of the crate hayagriva 0.10.1: decoding one takes a millisecond, decoding its archive of all takes fifty.
const LOCALES: [(&str, &[u8]); 9] = [
    ("en-US", include_bytes!("data/en-US.cbor")),
    ("en-GB", include_bytes!("data/en-GB.cbor")),
    ("de-DE", include_bytes!("data/de-DE.cbor")),
    ("es-ES", include_bytes!("data/es-ES.cbor")),
    ("fr-FR", include_bytes!("data/fr-FR.cbor")),
    ("ru-RU", include_bytes!("data/ru-RU.cbor")),
    ("tr-TR", include_bytes!("data/tr-TR.cbor")),
    ("uk-UA", include_bytes!("data/uk-UA.cbor")),
    ("zh-CN", include_bytes!("data/zh-CN.cbor")),
];

/// The short names of styles of another language that are printed with English terms: under their long names and as files
/// they have their own.
const ENGLISH: [&str; 1] = ["gost"];

/// Short names for styles that have longer ones.
const SHORT: &[(&str, &str)] = &[
    ("harvard", "harvard-cite-them-right"),
    ("chicago", "chicago-author-date"),
    ("mla", "modern-language-association"),
    ("apa", "american-psychological-association"),
    ("ieee", "institute-of-electrical-and-electronics-engineers"),
    ("gost", "gost-r-705-2008-numeric"),
];

/// Why a style cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StyleError {
    /// No style of that name.
    #[error("no citation style `{name}`{hint}; a file must end in .csl")]
    Unknown {
        /// As typed.
        name: String,
        /// `: did you mean …?`
        hint: String,
    },
    /// The file cannot be read.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no independent CSL style.
    #[error("{path}: {what}")]
    Broken {
        /// The file.
        path: String,
        /// What is wrong.
        what: String,
    },
}

/// A style, ready to render.
pub struct Style {
    /// As typed.
    pub name: String,
    pub(super) csl: IndependentStyle,
    pub(super) locales: Vec<Locale>,
    pub(super) locale: Option<LocaleCode>,
    pub(super) specialised: Specialised,
    /// One of those that come with the program, over all of which cut styles are tested. A user's own file is rendered whole.
    pub(super) is_bundled: bool,
}

impl Style {
    /// The style of a name, such as `apa`, `harvard` or any of CSL's names the crate bundles, or of a `.csl` file.
    ///
    /// # Errors
    /// [`StyleError`].
    pub fn find(name: &str) -> Result<Style, StyleError> {
        let is_bundled = !name.ends_with(".csl");
        let mut csl = if is_bundled { bundled(name)? } else { from_file(name)? };
        let own = csl.default_locale.as_ref().map_or("en-US", |locale| locale.0.as_str());
        let code = match name {
            _ if name.contains("harvard") => "en-GB",
            _ if ENGLISH.iter().any(|short| short.eq_ignore_ascii_case(name)) => "en-US",
            _ => own,
        };
        let locale = (code != own).then(|| LocaleCode(code.to_owned()));
        let mut locales = locales(code);
        locales.iter_mut().for_each(put_frequent_terms_first);
        substitute::inherit(&mut csl);
        let specialised = Specialised::default();
        Ok(Style { name: name.to_owned(), csl, locales, locale, specialised, is_bundled })
    }
}

/// The locale of a code, or another of its language, and behind it the English one, for what it lacks.
fn locales(code: &str) -> Vec<Locale> {
    let language = |code: &str| code.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let exact = LOCALES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
    let own = exact.or_else(|| LOCALES.iter().find(|(known, _)| language(known) == language(code)));
    let english = LOCALES.first().filter(|english| own.is_none_or(|own| own.0 != english.0));
    own.into_iter().chain(english).filter_map(|(_, bytes)| ciborium::from_reader(*bytes).ok()).collect()
}

/// The terms of most citations.
const FREQUENT: [Term; 12] = [
    Term::Locator(Locator::Paragraph),
    Term::Locator(Locator::Page),
    Term::Locator(Locator::Section),
    Term::Other(OtherTerm::OpenQuote),
    Term::Other(OtherTerm::CloseQuote),
    Term::Other(OtherTerm::OpenInnerQuote),
    Term::Other(OtherTerm::CloseInnerQuote),
    Term::Other(OtherTerm::NoDate),
    Term::Other(OtherTerm::And),
    Term::Other(OtherTerm::EtAl),
    Term::Other(OtherTerm::Ad),
    Term::Other(OtherTerm::Bc),
];

/// The processor searches the hundreds of terms of a locale from the first on, each time anew.
fn put_frequent_terms_first(locale: &mut Locale) {
    let frequent = |term: Term| FREQUENT.iter().any(|f| f.is_lexically_same(term));
    if let Some(terms) = &mut locale.terms {
        terms.terms.sort_by_key(|t| !frequent(t.name));
    }
}

fn bundled(name: &str) -> Result<IndependentStyle, StyleError> {
    let long =
        SHORT.iter().find(|(short, _)| short.eq_ignore_ascii_case(name)).map_or(name, |(_, long)| long);
    let found = ArchivedStyle::by_name(long).or_else(|| ArchivedStyle::by_name(name));
    match found.map(|s| s.get()) {
        Some(citationberg::Style::Independent(style)) => Ok(style),
        Some(citationberg::Style::Dependent(dependent)) => {
            let parent = ArchivedStyle::by_id(&dependent.parent_link.href).map(|s| s.get());
            match parent {
                Some(citationberg::Style::Independent(style)) => Ok(style),
                _ => Err(unknown(name)),
            }
        }
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> StyleError {
    let mut names: Vec<&str> = ArchivedStyle::all().iter().flat_map(|s| s.names().iter().copied()).collect();
    names.extend(SHORT.iter().map(|(short, _)| short));
    names.sort_unstable();
    let wanted = name.to_ascii_lowercase();
    let near: Vec<&str> = names
        .into_iter()
        .filter(|n| {
            !wanted.is_empty() && (n.contains(&wanted) || wanted.contains(n) || shares_start(n, &wanted))
        })
        .take(5)
        .collect();
    let hint = if near.is_empty() { String::new() } else { format!(": did you mean {}?", near.join(", ")) };
    StyleError::Unknown { name: name.to_owned(), hint }
}

fn shares_start(a: &str, b: &str) -> bool {
    a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count() >= 3
}

fn from_file(path: &str) -> Result<IndependentStyle, StyleError> {
    let broken = |what: String| StyleError::Broken { path: path.to_owned(), what };
    let bytes = seed_file::read(Path::new(path), style_limits::MOST_BYTES)
        .map_err(|source| StyleError::File { path: path.to_owned(), source })?
        .ok_or_else(|| broken(format!("larger than {} MB", style_limits::MOST_BYTES >> 20)))?;
    let xml = String::from_utf8(bytes).map_err(|_| broken("not UTF-8 text".to_owned()))?;
    style_limits::check(&xml).map_err(broken)?;
    match citationberg::Style::from_xml(&xml) {
        Ok(citationberg::Style::Independent(style)) => Ok(style),
        Ok(citationberg::Style::Dependent(style)) => {
            let parent = &style.parent_link.href;
            match ArchivedStyle::by_id(parent).map(|s| s.get()) {
                Some(citationberg::Style::Independent(style)) => Ok(style),
                _ => Err(broken(format!(
                    "it only points to {parent}, which is not bundled: use that style's file"
                ))),
            }
        }
        Err(error) => Err(broken(format!("not a CSL 1.0 style: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_found_by_short_and_long_names() {
        for name in ["apa", "harvard", "chicago-author-date", "mla", "ieee", "vancouver", "chicago-notes"] {
            assert!(Style::find(name).is_ok(), "{name}");
        }
        let error = Style::find("harward").err().unwrap().to_string();
        assert!(error.contains("harvard"), "{error}");
        assert!(Style::find("missing.csl").is_err());
    }

    #[test]
    fn frequent_terms_first_are_the_same_terms() {
        for (_, bytes) in LOCALES {
            let locale: Locale = ciborium::from_reader(bytes).unwrap();
            let mut sorted = locale.clone();
            put_frequent_terms_first(&mut sorted);
            let first = sorted.terms.as_ref().unwrap().terms[0].name;
            assert!(FREQUENT.iter().any(|f| f.is_lexically_same(first)));
            let terms = &locale.terms.as_ref().unwrap().terms;
            for term in terms {
                assert_eq!(sorted.term(term.name, term.form), locale.term(term.name, term.form));
            }
        }
    }
}
