//! [`SharedDirectory`]: an index folder that can be read where it cannot be written.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// tantivy's folder of memory-mapped files, save that a reader does without its lock where none can be made: on a
/// read-only file system, or in another person's folder. The lock keeps a writer from removing files while they are
/// opened; where nobody can write, nobody removes any, and elsewhere an open that meets that is tried again.
#[derive(Debug, Clone)]
pub(super) struct SharedDirectory(MmapDirectory);

impl SharedDirectory {
    /// The folder at `dir`.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(dir: &Path) -> Result<SharedDirectory, OpenDirectoryError> {
        MmapDirectory::open(dir).map(SharedDirectory)
    }
}

impl Directory for SharedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_read_only(&error) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(watch_callback)
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied)
}

/// Why a file cannot be written to the folder just now, if so: the disk is full, or the folder is read-only. tantivy says
/// of such errors in its threads only that there was one.
pub(super) fn why_not_writable(dir: &Path) -> Option<io::Error> {
    /// More than what a removed file may have left free.
    const PROBE: usize = 1 << 20;
    let path = dir.join(".tmp-probe");
    let written = std::fs::write(&path, vec![0; PROBE]);
    // What cannot be removed now is removed by the next ingest, as all that begins like this.
    let _ = std::fs::remove_file(&path);
    written.err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_readers_lock_is_done_without() {
        let denied = |kind| is_read_only(&io::Error::from(kind));
        assert!(denied(ErrorKind::ReadOnlyFilesystem) && denied(ErrorKind::PermissionDenied));
        assert!(!denied(ErrorKind::StorageFull) && !denied(ErrorKind::NotFound));
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_writable() {
        let dir = tempfile::tempdir().unwrap();
        assert!(why_not_writable(dir.path()).is_none());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        assert!(why_not_writable(&dir.path().join("gone")).is_some());
    }
}
