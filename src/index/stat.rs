//! [`Stat`]: what the system says of a file, by which ingest knows whether it must be read.

use serde::{Deserialize, Serialize};

/// Size and times of a file: when they are as remembered, it is taken as unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stat {
    /// Bytes.
    pub size: u64,
    /// Time of the last change, nanoseconds since 1970 (negative before).
    pub modified: i64,
    /// Time of the last change of contents or state, likewise, which no program can set; 0 on systems that have none.
    pub changed: i64,
}

impl Stat {
    /// Of a file's metadata.
    pub fn of(metadata: &std::fs::Metadata) -> Stat {
        let since = |t: std::time::SystemTime| match t.duration_since(std::time::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_nanos()).unwrap_or(i64::MAX),
        };
        Stat {
            size: metadata.len(),
            modified: metadata.modified().map_or(0, since),
            changed: changed(metadata),
        }
    }

    /// Returns true if and only if size and time are the same: only reading can show whether the file is.
    pub fn is_like(&self, other: &Stat) -> bool {
        self.size == other.size && self.modified == other.modified
    }
}

/// The time of the last change of state, nanoseconds since 1970 (`st_ctime` of POSIX).
#[cfg(unix)]
fn changed(metadata: &std::fs::Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &std::fs::Metadata) -> i64 {
    0
}
