//! Filters as conditions on passages.

use super::plan::Condition;
use super::query::{FieldName, Filters};
use super::run::Search;
use super::vocabulary::forms;
use crate::index::analysis::{is_content_word, stem, tokens};
use crate::index::{Error, StoredSource};
use crate::tag;
use std::collections::BTreeSet;
use tantivy::schema::Field;

impl Search<'_> {
    /// The conditions that filters come to; what cannot be met for want of a source is said.
    pub(super) fn conditions(
        &self,
        filters: &Filters,
        notices: &mut Vec<String>,
    ) -> Result<Vec<Condition>, Error> {
        let mut conditions = Vec::new();
        for group in &filters.countries.groups {
            conditions.push(Condition::Any(group.iter().copied().map(country).collect()));
        }
        for code in &filters.countries.excluded {
            conditions.push(Condition::Not(Box::new(country(*code))));
        }
        if !filters.kinds.is_empty() {
            let kinds = filters.kinds.iter().map(|kind| Condition::Kind(kind.as_str().to_owned()));
            conditions.push(Condition::Any(kinds.collect()));
        }
        if !filters.sources.is_empty() {
            let mut documents = Vec::new();
            for key in &filters.sources {
                match self.index.source(key)? {
                    Some(source) => documents.extend(self.texts_of(&source)?),
                    None => notices.push(format!("no source `{key}` in the index")),
                }
            }
            documents.sort_unstable();
            documents.dedup();
            conditions.push(Condition::Documents(documents));
        }
        if let Some(years) = &filters.years {
            conditions.push(Condition::Documents(self.index.documents_issued(years)?));
        }
        let fields = self.index.fields();
        if !filters.title.is_empty() {
            let words = self.words_of(&filters.title, fields.title)?;
            conditions.push(Condition::Documents(self.index.documents_titled(&words)?));
        }
        if !filters.section.is_empty() {
            conditions.push(Condition::Section(self.words_of(&filters.section, fields.heading)?));
        }
        Ok(conditions)
    }

    /// The documents of a source: its own and those of the further texts of its work.
    fn texts_of(&self, source: &StoredSource) -> Result<Vec<u64>, Error> {
        let mut documents = vec![source.document];
        for key in &source.texts {
            documents.extend(self.index.source(key)?.map(|text| text.document));
        }
        Ok(documents)
    }

    /// The words of the texts, each in all forms that the field has of it; stop words only where there are no others.
    fn words_of(&self, texts: &[String], field: Field) -> Result<Vec<BTreeSet<String>>, Error> {
        let words: Vec<String> =
            texts.iter().flat_map(|text| tokens(text)).map(|token| token.folded.into_owned()).collect();
        let has_content = words.iter().any(|word| is_content_word(word));
        let wanted = words.iter().filter(|word| !has_content || is_content_word(word));
        let forms_of = |word: &String| match is_content_word(word) {
            true => forms(&self.statistics, &[field], &stem(word)).map_err(|e| self.damaged(&e)),
            false => Ok(BTreeSet::from([word.clone()])),
        };
        wanted.map(forms_of).collect()
    }

    /// `field:value` within an alternative or a negation as a condition, or why it cannot be one.
    pub(super) fn resolve(&self, field: FieldName, value: &str) -> Result<Condition, String> {
        let filters = Filters::of(field, value).map_err(|e| e.to_string())?;
        let mut notices = Vec::new();
        let conditions = self.conditions(&filters, &mut notices).map_err(|e| e.to_string())?;
        match notices.pop() {
            Some(notice) => Err(notice),
            None => Ok(Condition::All(conditions)),
        }
    }
}

/// That a passage has the country, or a former state that is found with it.
fn country(code: tag::CountryCode) -> Condition {
    let codes: Vec<Condition> = tag::with_former(code).map(|c| Condition::Country(c.to_string())).collect();
    Condition::Any(codes)
}
