//! A file as the library's layout analysis asks for it, page by page, with a memory.
//!
//! The analysis asks several times for the same texts, widths and fonts, and the library looks them up anew each time.
//! Here the answers for a page are kept. What no passage needs is left out: links, colours of lines, marks of structure.

use super::rules::Rules;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use unpdf::parser::TextSpan;
use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, DocumentIntegrity, GlyphAdvance, PageBox,
    PageContent, PageId, PaintedXObject, PdfBackend, PdfMetadataRaw, RawBackend, RawOutlineItem, RawXObject,
    ResourceScope,
};
use unpdf::{Error, Result};

/// Operators that neither place text nor draw rules.
const LEFT_OUT: [&str; 18] = [
    "BMC", "BDC", "EMC", "MP", "DP", "BX", "EX", "gs", "d", "J", "j", "M", "i", "ri", "SC", "SCN", "RG", "K",
];

/// Texts remembered of a font; what repeats is short.
const LONGEST: usize = 24;

/// A file.
pub struct Source {
    raw: RawBackend,
    pages: BTreeMap<u32, PageId>,
    now: Mutex<Now>,
}

/// What is known of the page that is read.
#[derive(Default)]
struct Now {
    page: u32,
    rules: Rules,
    fonts: FxHashMap<ResourceScope, FxHashMap<Vec<u8>, Font>>,
}

#[derive(Default)]
struct Font {
    is_vertical: Option<bool>,
    texts: FxHashMap<Vec<u8>, DecodedText>,
    advances: FxHashMap<Vec<u8>, Option<Vec<GlyphAdvance>>>,
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read as a whole.
    pub fn open(bytes: &[u8]) -> Result<Source> {
        let raw = RawBackend::load_bytes(bytes)?;
        let pages = raw.pages();
        Ok(Source { raw, pages, now: Mutex::default() })
    }

    /// How many pages are found in it.
    pub fn page_count(&self) -> u32 {
        self.pages.len().try_into().unwrap_or(u32::MAX)
    }

    /// What is seen of a page, from 1.
    pub fn box_of(&self, page: u32) -> PageBox {
        self.pages.get(&page).map_or(PageBox::LETTER, |id| self.raw.crop_box(*id))
    }

    /// From now on a page is read, from 1: what was known of another is forgotten.
    pub fn turn_to(&self, page: u32) {
        *self.now() = Now { page, ..Now::default() };
    }

    /// Returns true if and only if rules drawn on the page can bound a table, given its texts.
    pub fn has_rules_around(&self, texts: &[TextSpan]) -> bool {
        self.now().rules.may_bound_a_table(texts)
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        // A page that failed leaves nothing half done here.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An answer about a font, from memory or else from the file.
    fn of_font<R>(
        &self,
        scope: ResourceScope,
        name: &[u8],
        known: impl Fn(&Font) -> Option<R>,
        ask: impl FnOnce() -> R,
        keep: impl FnOnce(&mut Font, &R),
    ) -> R {
        if let Some(answer) = self.now().fonts.get(&scope).and_then(|fonts| fonts.get(name)).and_then(known) {
            return answer;
        }
        let answer = ask();
        let mut now = self.now();
        let fonts = now.fonts.entry(scope).or_default();
        if !fonts.contains_key(name) {
            fonts.insert(name.to_vec(), Font::default());
        }
        if let Some(font) = fonts.get_mut(name) {
            keep(font, &answer);
        }
        answer
    }
}

impl PdfBackend for Source {
    fn pages(&self) -> BTreeMap<u32, PageId> {
        let page = self.now().page;
        self.pages.get(&page).map(|id| (page, *id)).into_iter().collect()
    }

    fn page_fonts(&self, scope: ResourceScope) -> Result<Vec<BackendFontInfo>> {
        self.raw.page_fonts(scope)
    }

    fn page_content(&self, page: PageId) -> Result<Vec<u8>> {
        self.raw.page_content(page)
    }

    fn page_content_with_losses(&self, page: PageId) -> Result<PageContent> {
        self.raw.page_content_with_losses(page)
    }

    fn decode_content(&self, data: &[u8]) -> Result<Vec<ContentOp>> {
        let mut operations = self.raw.decode_content(data)?;
        operations.retain(|operation| !LEFT_OUT.contains(&operation.operator.as_str()));
        self.now().rules.add(&operations);
        Ok(operations)
    }

    fn decode_text(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedText {
        let ask = || self.raw.decode_text(scope, font, bytes);
        if bytes.len() > LONGEST {
            return ask();
        }
        self.of_font(
            scope,
            font,
            |f| f.texts.get(bytes).cloned(),
            ask,
            |f, answer| {
                f.texts.insert(bytes.to_vec(), answer.clone());
            },
        )
    }

    fn decode_run(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedRun {
        self.raw.decode_run(scope, font, bytes)
    }

    fn glyph_advances(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> Option<Vec<GlyphAdvance>> {
        let ask = || self.raw.glyph_advances(scope, font, bytes);
        self.of_font(
            scope,
            font,
            |f| f.advances.get(bytes).cloned(),
            ask,
            |f, answer| {
                f.advances.insert(bytes.to_vec(), answer.clone());
            },
        )
    }

    fn is_vertical_font(&self, scope: ResourceScope, font: &[u8]) -> bool {
        let ask = || self.raw.is_vertical_font(scope, font);
        self.of_font(scope, font, |f| f.is_vertical, ask, |f, answer| f.is_vertical = Some(*answer))
    }

    fn metadata(&self) -> PdfMetadataRaw {
        self.raw.metadata()
    }

    fn page_box(&self, page: PageId) -> PageBox {
        self.raw.page_box(page)
    }

    fn crop_box(&self, page: PageId) -> PageBox {
        self.raw.crop_box(page)
    }

    fn page_rotation(&self, page: PageId) -> u16 {
        self.raw.page_rotation(page)
    }

    fn struck_out_areas(&self, page: PageId) -> Vec<PageBox> {
        self.raw.struck_out_areas(page)
    }

    fn outline(&self) -> Result<Vec<RawOutlineItem>> {
        Ok(Vec::new())
    }

    fn page_xobjects(&self, _page: PageId) -> Result<Vec<RawXObject>> {
        Err(Error::Other("pictures are not read".to_owned()))
    }

    fn xobject(&self, scope: ResourceScope, name: &[u8]) -> Option<PaintedXObject> {
        self.raw.xobject(scope, name)
    }

    fn integrity(&self) -> DocumentIntegrity {
        self.raw.integrity()
    }
}
