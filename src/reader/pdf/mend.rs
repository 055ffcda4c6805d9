//! A page tree that the library does not follow, written anew: lists of pages that are objects of their own, and pages
//! that do not say that they are pages. Both are valid or common enough.

use std::collections::HashSet;
use std::io::Write;
use unpdf::parser::raw::RawDocument;
use unpdf::parser::raw::tokenizer::{PdfDict, PdfObject};

/// Pages beyond which a tree is hostile.
const MOST_PAGES: usize = 100_000;

/// Values within each other beyond which a file is hostile.
const DEEPEST: usize = 200;

type Id = (u32, u16);

/// The file with a flat page tree; `None` when no more pages are found than the library finds.
pub fn page_tree(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = RawDocument::load(bytes).ok()?;
    let root = file.catalog().ok()?.get(&b"Pages"[..])?;
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let mut reached = HashSet::new();
    collect(&file, root, &PdfDict::new(), 0, &mut |id| seen.insert(id), &mut |page, id| {
        if id.is_some_and(|id| !reached.insert(id)) || pages.len() >= MOST_PAGES {
            return;
        }
        pages.push(page);
    });
    (pages.len() > file.page_count() as usize).then(|| write(&file, &pages, reached)).flatten()
}

/// Finds the pages below a node, with what they inherit.
fn collect(
    file: &RawDocument,
    node: &PdfObject,
    inherited: &PdfDict,
    depth: usize,
    is_new: &mut dyn FnMut(Id) -> bool,
    found: &mut dyn FnMut(PdfDict, Option<Id>),
) {
    let id = node.as_reference();
    if depth > DEEPEST || id.is_some_and(|id| !is_new(id)) {
        return;
    }
    let Some(dict) = file.resolve(node).as_dict() else { return };
    let mut known = inherited.clone();
    for key in [&b"Resources"[..], b"MediaBox", b"CropBox", b"Rotate"] {
        if let Some(value) = dict.get(key) {
            known.insert(key.to_vec(), value.clone());
        }
    }
    if let Some(kids) = dict.get(&b"Kids"[..]).and_then(|k| file.resolve(k).as_array()) {
        for kid in kids {
            collect(file, kid, &known, depth + 1, is_new, found);
        }
    } else if depth > 0 {
        let mut page = known;
        page.extend(dict.iter().map(|(k, v)| (k.clone(), v.clone())));
        found(page, id);
    }
}

/// Writes the pages, and the objects that they lead to.
fn write(file: &RawDocument, pages: &[PdfDict], mut done: HashSet<Id>) -> Option<Vec<u8>> {
    let mut out = b"%PDF-1.7\n".to_vec();
    // Numbers that the file does not use, below the largest that the library reads.
    let free = 8_000_000u32;
    let mut open: Vec<Id> = Vec::new();
    let mut catalogue = file.catalog().ok()?.clone();
    for key in [&b"Outlines"[..], b"AcroForm", b"StructTreeRoot", b"Names", b"Dests"] {
        catalogue.remove(key);
    }
    catalogue.insert(b"Pages".to_vec(), PdfObject::Reference(free + 1, 0));
    put_object(&mut out, (free, 0), &PdfObject::Dict(catalogue), &mut open).ok()?;
    let kids = (0..pages.len() as u32).map(|i| PdfObject::Reference(free + 2 + i, 0)).collect();
    let tree = [
        (b"Type".to_vec(), PdfObject::Name(b"Pages".to_vec())),
        (b"Kids".to_vec(), PdfObject::Array(kids)),
        (b"Count".to_vec(), PdfObject::Integer(pages.len() as i64)),
    ];
    put_object(&mut out, (free + 1, 0), &PdfObject::Dict(tree.into_iter().collect()), &mut Vec::new())
        .ok()?;
    for (page, number) in pages.iter().zip(free + 2..) {
        let mut page = page.clone();
        page.insert(b"Type".to_vec(), PdfObject::Name(b"Page".to_vec()));
        page.insert(b"Parent".to_vec(), PdfObject::Reference(free + 1, 0));
        for key in [&b"Annots"[..], b"B", b"StructParents"] {
            page.remove(key);
        }
        put_object(&mut out, (number, 0), &PdfObject::Dict(page), &mut open).ok()?;
    }
    // The new tree is written; nothing of it is to be followed.
    done.extend((0..pages.len() as u32 + 2).map(|i| (free + i, 0)));
    while let Some(id) = open.pop() {
        if done.insert(id)
            && let Some(object) = file.get_object(id)
        {
            put_object(&mut out, id, object, &mut open).ok()?;
        }
    }
    // Without a table of its own the file is read object by object.
    write!(out, "trailer << /Root {free} 0 R >>\n%%EOF\n").ok()?;
    Some(out)
}

fn put_object(
    out: &mut Vec<u8>,
    (number, generation): Id,
    object: &PdfObject,
    open: &mut Vec<Id>,
) -> Result<(), ()> {
    writeln!(out, "{number} {generation} obj").map_err(drop)?;
    put(out, object, 0, open)?;
    out.extend(b"\nendobj\n");
    Ok(())
}

/// Writes a value and notes the objects that it names.
fn put(out: &mut Vec<u8>, value: &PdfObject, depth: usize, open: &mut Vec<Id>) -> Result<(), ()> {
    if depth > DEEPEST {
        return Err(());
    }
    match value {
        PdfObject::Null => out.extend(b"null"),
        PdfObject::Bool(yes) => out.extend(yes.to_string().bytes()),
        PdfObject::Integer(n) => out.extend(n.to_string().bytes()),
        PdfObject::Real(n) => out.extend(n.to_string().bytes()),
        PdfObject::Name(name) => put_name(out, name),
        PdfObject::Str(bytes) => {
            let hex: String = bytes.iter().map(|b| format!("{b:02X}")).collect();
            out.extend(format!("<{hex}>").bytes());
        }
        PdfObject::Array(values) => {
            out.push(b'[');
            for value in values {
                put(out, value, depth + 1, open)?;
                out.push(b' ');
            }
            out.push(b']');
        }
        PdfObject::Dict(dict) => put_dict(out, dict, depth, open)?,
        PdfObject::Stream(stream) => {
            let mut dict = stream.dict.clone();
            dict.insert(b"Length".to_vec(), PdfObject::Integer(stream.raw_data.len() as i64));
            put_dict(out, &dict, depth, open)?;
            out.extend(b"\nstream\n");
            out.extend(&stream.raw_data);
            out.extend(b"\nendstream");
        }
        PdfObject::Reference(number, generation) => {
            open.push((*number, *generation));
            out.extend(format!("{number} {generation} R").bytes());
        }
    }
    Ok(())
}

fn put_dict(out: &mut Vec<u8>, dict: &PdfDict, depth: usize, open: &mut Vec<Id>) -> Result<(), ()> {
    out.extend(b"<<");
    for (key, value) in dict {
        put_name(out, key);
        out.push(b' ');
        put(out, value, depth + 1, open)?;
    }
    out.extend(b">>");
    Ok(())
}

fn put_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'+' | b'.' => out.push(*byte),
            other => out.extend(format!("#{other:02X}").bytes()),
        }
    }
}
