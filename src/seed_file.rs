//! Opening files that other people or programs put into the seeds: a name there may belong to a pipe, a device or a link
//! that leads elsewhere, and a file may be larger than memory. All that is asked before a byte is read.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Opens a regular file, through links. What is a pipe or a device, or has become one since it was seen, is an error and is
/// never waited for.
///
/// # Errors
/// Those of the system, and [`io::ErrorKind::InvalidInput`] for what is no regular file.
pub fn open(path: &Path) -> io::Result<(File, Metadata)> {
    let no_file = || io::Error::new(io::ErrorKind::InvalidInput, NO_FILE);
    // A device may do something when it is opened.
    if !std::fs::metadata(path)?.is_file() {
        return Err(no_file());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    wait_for_nobody(&mut options);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(no_file()) }
}

/// The reason given for what is no regular file.
pub const NO_FILE: &str = "not a regular file";

/// The reason given for links to what lies elsewhere.
pub const LEADS_OUT: &str = "a link that leads out of the seeds";

/// Opening a pipe whose other end nobody holds would wait for somebody (`O_NONBLOCK` of POSIX).
#[cfg(unix)]
fn wait_for_nobody(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    const NONBLOCK: i32 = if cfg!(any(target_os = "linux", target_os = "android")) { 0o4000 } else { 4 };
    options.custom_flags(NONBLOCK);
}

#[cfg(not(unix))]
fn wait_for_nobody(_: &mut OpenOptions) {}

/// The bytes of a file of at most `most` bytes; `None` for a larger one, of which none is read that is known to be so.
///
/// # Errors
/// As [`open`], and those of reading.
pub fn read(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let read = read_by_head(path, 0, |_| most)?;
    Ok(read.ok())
}

/// The bytes of a file of at most so many bytes as `most` gives for its first `head` bytes; as an error within, that
/// number, for a larger one.
///
/// # Errors
/// As [`open`], and those of reading.
pub fn read_by_head(
    path: &Path,
    head: usize,
    most: impl Fn(&[u8]) -> u64,
) -> io::Result<Result<Vec<u8>, u64>> {
    let (mut file, metadata) = open(path)?;
    let mut bytes = Vec::with_capacity(head);
    file.by_ref().take(head as u64).read_to_end(&mut bytes)?;
    let most = most(&bytes);
    if metadata.len() > most {
        return Ok(Err(most));
    }
    // It may have grown, and some file systems give no size.
    let size = usize::try_from(metadata.len()).unwrap_or(0);
    let more = size.saturating_sub(bytes.len()).saturating_add(1);
    bytes.try_reserve_exact(more).map_err(|_| io::ErrorKind::OutOfMemory)?;
    file.take((most - most.min(bytes.len() as u64)).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 <= most { Ok(bytes) } else { Err(most) })
}

/// The bytes of a file at the top of a folder that says something about the files in it; `None` when there is none.
///
/// # Errors
/// Why it is not read, for its user: no regular file, a link that leads out, larger than `most` bytes, or what the system says.
pub fn read_beside(folder: &Path, name: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
    let path = folder.join(name);
    let said = |error: io::Error| error.to_string();
    let is_link = match path.symlink_metadata() {
        Ok(metadata) => metadata.is_symlink(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(said(error)),
    };
    if is_link {
        let real = path.canonicalize().map_err(said)?;
        if !real.starts_with(folder.canonicalize().map_err(said)?) {
            return Err(LEADS_OUT.to_owned());
        }
    }
    match read(&path, most) {
        Ok(Some(bytes)) => Ok(Some(bytes)),
        Ok(None) => Err(format!("larger than {} MB", most >> 20)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(said(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit_and_what_is_none_is_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a"), "words").unwrap();
        assert_eq!(read(&folder.path().join("a"), 5).unwrap().as_deref(), Some(&b"words"[..]));
        assert_eq!(read(&folder.path().join("a"), 4).unwrap(), None);
        let by_head = |head| read_by_head(&folder.path().join("a"), head, |head| head.len() as u64).unwrap();
        assert_eq!((by_head(4), by_head(9)), (Err(4), Ok(b"words".to_vec())));
        assert_eq!(read_beside(folder.path(), "b", 5), Ok(None));
        assert!(read_beside(folder.path(), "a", 4).unwrap_err().contains("larger"));
        assert_eq!(read(folder.path(), 5).unwrap_err().to_string(), NO_FILE);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_devices_and_links_that_lead_out_are_not_opened() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        std::fs::write(other.path().join("x"), "secret").unwrap();
        std::fs::write(folder.path().join("y"), "open").unwrap();
        for (name, target) in
            [("device", Path::new("/dev/zero")), ("out", &other.path().join("x")), ("in", Path::new("y"))]
        {
            std::os::unix::fs::symlink(target, folder.path().join(name)).unwrap();
        }
        let read = |name: &str| read_beside(folder.path(), name, 99);
        assert_eq!(read("pipe"), Err(NO_FILE.to_owned()));
        assert_eq!(read("device"), Err(LEADS_OUT.to_owned()));
        assert_eq!(read("out"), Err(LEADS_OUT.to_owned()));
        assert_eq!(read("in"), Ok(Some(b"open".to_vec())));
    }
}
