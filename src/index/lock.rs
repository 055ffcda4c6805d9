//! The lock: one ingest at a time. Readers never lock.

use super::Error;
use super::writer::LOCK;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Held by an ingest while it changes the index; released when dropped, or by the system when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why the lock was not got.
#[derive(Debug)]
pub enum LockError {
    /// Another process holds it; what it wrote of itself.
    Held(String),
    /// The lock file cannot be used.
    Index(Error),
}

impl Lock {
    /// Takes the lock of an index folder, which is made when it is missing. With `wait` this blocks while another
    /// process holds it, after calling `told` with the holder.
    ///
    /// # Errors
    /// [`LockError::Held`] without `wait`, [`LockError::Index`].
    pub fn take(dir: &Path, wait: bool, told: &mut dyn FnMut(&str)) -> Result<Lock, LockError> {
        let path = dir.join(LOCK);
        let io = |source| LockError::Index(Error::Io { path: path.clone(), source });
        std::fs::create_dir_all(dir).map_err(io)?;
        let options = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = options().map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = holder(&path);
                if !wait {
                    return Err(LockError::Held(holder));
                }
                told(&holder);
                file.lock().map_err(io)?;
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        let note = format!("process {}", std::process::id());
        // What the holder writes of itself is a courtesy: the lock holds without it.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(note.as_bytes()));
        Ok(Lock { _file: file })
    }
}

/// What the holder wrote of itself.
fn holder(path: &PathBuf) -> String {
    let mut note = String::new();
    let read = File::open(path).and_then(|f| f.take(100).read_to_string(&mut note));
    if read.is_ok() && !note.is_empty() { note } else { "another process".to_owned() }
}
