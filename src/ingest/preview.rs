//! What ingest would make of a file, without an index.

use super::file_name::locate;
use super::prepare::{Kitchen, stored};
use super::{Error, walk};
use crate::index::{StoredPassage, StoredSource};
use crate::reader;
use crate::seed_file;
use std::path::Path;

/// What ingest would make of a file.
pub struct Preview {
    /// Its source record.
    pub source: StoredSource,
    /// Its passages and headings, in order.
    pub passages: Vec<StoredPassage>,
    /// For each of them the rules that joined, cut or classified it.
    pub rules: Vec<Vec<&'static str>>,
}

impl Preview {
    /// Reads a file, in or outside the seeds. The library file and gazetteer of `seeds` are used when there are
    /// such.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the reason, [`Error::Gazetteer`].
    pub fn of(path: &Path, seeds: &Path) -> Result<Preview, Error> {
        let mut kitchen = Kitchen::open(seeds)?;
        // Without a folder of seeds no file is attached to an entry by its path.
        if let Ok(walked) = walk(seeds, Path::new(""), false) {
            kitchen.library.attach(walked.files.keys().map(String::as_str));
        }
        let (folder, name) = place(path, seeds);
        Preview::under(&kitchen, path, &folder, &name)
    }

    /// The same of the file that an ingest has met under that path within the seeds, by which a link is not the file it
    /// leads to, with what ingest would prepare it with.
    pub(super) fn of_seed(kitchen: &Kitchen, relative: &str, seeds: &Path) -> Result<Preview, Error> {
        Preview::under(kitchen, &locate(seeds, relative), seeds, relative)
    }

    fn under(kitchen: &Kitchen, path: &Path, folder: &Path, name: &str) -> Result<Preview, Error> {
        let unreadable = |reason: String| Error::Unreadable { path: path.to_owned(), reason };
        let most = |head: &[u8]| reader::most_bytes(head, &kitchen.limits);
        let bytes =
            seed_file::read_by_head(path, reader::HEAD, most).map_err(|e| unreadable(e.to_string()))?;
        let bytes = bytes.map_err(|most| unreadable(reader::too_large(most).to_string()))?;
        let tagged = kitchen.tag(name, bytes, folder).map_err(|e| unreadable(e.to_string()))?;
        let rules = tagged.passages.iter().map(|t| t.passage.rules.clone()).collect();
        let passages = tagged.passages.into_iter().map(stored).collect();
        Ok(Preview { source: tagged.source, passages, rules })
    }
}

/// The folder and the path within it by which a library entry may name the file.
fn place(path: &Path, seeds: &Path) -> (std::path::PathBuf, String) {
    let inside = || {
        let (path, seeds) = (path.canonicalize().ok()?, seeds.canonicalize().ok()?);
        Some(path.strip_prefix(&seeds).ok()?.to_owned())
    };
    match inside() {
        Some(within) => {
            let parts: Vec<_> = within.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            (seeds.to_owned(), parts.join("/"))
        }
        None => (std::path::PathBuf::new(), path.display().to_string()),
    }
}
