//! Single objects of a file, read where they stand.
//!
//! The library reads all objects of a file at once, which is too dear for a few of them: the catalogue, the labels of the
//! pages, the metadata. Only where the table of the file cannot be trusted, or where everything is encrypted, is it asked.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use unpdf::parser::raw::tokenizer::{self, PdfDict, PdfObject};
use unpdf::parser::raw::xref::{self, XrefEntry, XrefTable};
use unpdf::parser::raw::{RawDocument, stream};

/// References from one to the next beyond which they lead nowhere.
const MOST_STEPS: usize = 10;

type Id = (u32, u16);

/// The objects of a file.
pub struct Objects<'b> {
    bytes: &'b [u8],
    source: Source,
}

enum Source {
    /// By the table of the file.
    Table {
        table: XrefTable,
        trailer: PdfDict,
        packed: RefCell<HashMap<u32, Rc<Packed>>>,
    },
    Whole(Box<RawDocument>),
}

/// The objects within a stream of objects: where each begins.
#[derive(Default)]
struct Packed {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl<'b> Objects<'b> {
    /// The objects of a file; `None` when it cannot be read at all.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let source = match xref::parse_xref_chain(bytes) {
            Ok((table, trailer)) if !trailer.contains_key(&b"Encrypt"[..]) && is_true(bytes, &table) => {
                Source::Table { table, trailer, packed: RefCell::default() }
            }
            _ => Source::Whole(Box::new(RawDocument::load(bytes).ok()?)),
        };
        Some(Objects { bytes, source })
    }

    /// The root of everything in the file.
    pub fn catalogue(&self) -> Option<PdfDict> {
        match &self.source {
            Source::Table { trailer, .. } => match self.resolve(trailer.get(&b"Root"[..])?) {
                PdfObject::Dict(dict) => Some(dict),
                _ => None,
            },
            Source::Whole(document) => document.catalog().ok().cloned(),
        }
    }

    /// What a value is, behind all references.
    pub fn resolve(&self, value: &PdfObject) -> PdfObject {
        let mut value = value.clone();
        for _ in 0..MOST_STEPS {
            let Some(id) = value.as_reference() else { return value };
            value = self.object(id).unwrap_or(PdfObject::Null);
        }
        PdfObject::Null
    }

    /// An entry of a dictionary, behind all references; nothing is `null`.
    pub fn entry(&self, dict: &PdfDict, key: &[u8]) -> PdfObject {
        dict.get(key).map_or(PdfObject::Null, |value| self.resolve(value))
    }

    fn object(&self, id: Id) -> Option<PdfObject> {
        let (table, packed) = match &self.source {
            Source::Table { table, packed, .. } => (table, packed),
            Source::Whole(document) => return document.get_object(id).cloned(),
        };
        match *table.entries.get(&id)? {
            XrefEntry::Uncompressed(offset) => {
                tokenizer::parse_object(self.bytes, offset).ok().map(|(object, _)| object)
            }
            XrefEntry::Compressed(number, index) => {
                let known = packed.borrow().get(&number).cloned();
                let within = known.unwrap_or_else(|| {
                    let read = Rc::new(self.unpack(table, number).unwrap_or_default());
                    packed.borrow_mut().insert(number, Rc::clone(&read));
                    read
                });
                let start = *within.starts.get(usize::try_from(index).ok()?)?;
                tokenizer::parse_object(&within.bytes, start).ok().map(|(object, _)| object)
            }
        }
    }

    /// Unpacks a stream of objects: their numbers and places, then the objects.
    fn unpack(&self, table: &XrefTable, number: u32) -> Option<Packed> {
        let XrefEntry::Uncompressed(offset) = *table.entries.get(&(number, 0))? else { return None };
        let (object, _) = tokenizer::parse_object(self.bytes, offset).ok()?;
        let packed = object.as_stream()?;
        let first = packed.dict.get(&b"First"[..])?.as_i64().and_then(|n| usize::try_from(n).ok())?;
        let bytes = stream::decompress(packed).ok()?;
        let head = String::from_utf8_lossy(bytes.get(..first)?).into_owned();
        let numbers = head.split_ascii_whitespace().map_while(|n| n.parse::<usize>().ok());
        let starts = numbers.skip(1).step_by(2).map(|start| first.saturating_add(start)).collect();
        Some(Packed { bytes, starts })
    }
}

/// Returns true if and only if every object stands where the table says.
fn is_true(bytes: &[u8], table: &XrefTable) -> bool {
    table.entries.iter().all(|((number, generation), entry)| match *entry {
        XrefEntry::Uncompressed(offset) => xref::object_header_at(bytes, offset, *number, *generation),
        XrefEntry::Compressed(..) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::made::pdf as made;
    use super::*;

    #[test]
    fn objects_are_found_with_and_without_a_table() {
        let whole = made::pages(&[made::show(72, 720, 12, "Text.")], "/Lang (en)", "");
        let mut broken = whole.clone();
        broken.truncate(memchr::memmem::rfind(&whole, b"xref\n0").unwrap());
        for bytes in [whole, broken] {
            let objects = Objects::open(&bytes).unwrap();
            let catalogue = objects.catalogue().unwrap();
            assert_eq!(objects.entry(&catalogue, b"Lang").as_str_bytes(), Some(&b"en"[..]));
            assert!(objects.entry(&catalogue, b"Pages").as_dict().is_some());
            assert_eq!(objects.entry(&catalogue, b"Names"), PdfObject::Null);
        }
    }

    #[test]
    fn references_in_a_circle_lead_nowhere() {
        let bytes = made::assemble(&[b"<< /A 2 0 R >>".to_vec(), b"2 0 R".to_vec()], "");
        let objects = Objects::open(&bytes).unwrap();
        let catalogue = objects.catalogue().unwrap();
        assert_eq!(objects.entry(&catalogue, b"A"), PdfObject::Null);
    }
}
