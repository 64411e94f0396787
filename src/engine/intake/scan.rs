//! Listing a directory of any size with bounded memory: the oldest files first, a slice at a time.

use std::collections::BinaryHeap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::inspect;

/// A file that was changed so lately may still be written to, unless the kernel said that it was
/// put there whole.
const SETTLED: Duration = Duration::from_secs(1);

/// Most oddities that one slice tells of.
const ODDITIES: usize = 100;

/// A file, and its place in the order: by time of its last change, then by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// Seconds and nanoseconds of the last change.
    pub(super) changed: (i64, i64),
    /// Name within its directory.
    pub(super) name: OsString,
    /// Bytes.
    pub(super) size: u64,
}

/// A part of a directory's files.
#[derive(Debug, Default)]
pub(super) struct Slice {
    /// The files, oldest first.
    pub(super) entries: Vec<Entry>,
    /// There are more behind the last of them.
    pub(super) more: bool,
    /// Files are left out that may still be written to: look again soon.
    pub(super) unsettled: bool,
    /// What is no plain file, and what it is; not all, where there are very many.
    pub(super) oddities: Vec<(OsString, &'static str)>,
}

/// The oldest `limit` files of a directory behind `after`, as far as `wanted` wants their names.
/// Hidden names are none of ours.
pub(super) fn slice(
    directory: &Path,
    after: Option<&Entry>,
    limit: usize,
    now: SystemTime,
    wanted: impl Fn(&OsStr) -> bool,
) -> io::Result<Slice> {
    let mut found = Slice::default();
    // The greatest on top, to be thrown out when a lesser one comes.
    let mut oldest: BinaryHeap<Entry> = BinaryHeap::with_capacity(limit + 1);
    for item in fs::read_dir(directory)? {
        let item = item?;
        let name = item.file_name();
        if name.as_bytes().starts_with(b".") || !wanted(&name) {
            continue;
        }
        // Gone since the directory was read, or not ours to look at: the next listing tells.
        let Ok(metadata) = item.metadata() else { continue };
        if let Err(inspect::Unfit::NotAFile(kind)) = inspect::plain(&metadata) {
            if after.is_none() && found.oddities.len() < ODDITIES {
                found.oddities.push((name, kind));
            }
            continue;
        }
        let entry = Entry {
            changed: (metadata.mtime(), metadata.mtime_nsec()),
            name,
            size: metadata.len(),
        };
        if after.is_some_and(|after| entry <= *after) {
            continue;
        }
        if unsettled(&metadata, now) {
            found.unsettled = true;
            continue;
        }
        if oldest.len() < limit {
            oldest.push(entry);
        } else {
            found.more = true;
            if oldest.peek().is_some_and(|greatest| entry < *greatest) {
                oldest.pop();
                oldest.push(entry);
            }
        }
    }
    found.entries = oldest.into_sorted_vec();
    Ok(found)
}

/// Changed so lately that it may still be written to. A time in the future tells nothing.
pub(super) fn unsettled(metadata: &fs::Metadata, now: SystemTime) -> bool {
    let changed = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    now.duration_since(changed).is_ok_and(|age| age < SETTLED)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use tempfile::TempDir;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
    }

    fn put(folder: &TempDir, name: &str, changed: u64) {
        let file = File::create(folder.path().join(name)).unwrap();
        file.set_modified(at(changed)).unwrap();
    }

    fn names(slice: &Slice) -> Vec<&str> {
        slice.entries.iter().map(|entry| entry.name.to_str().unwrap()).collect()
    }

    #[test]
    fn slices_come_oldest_first_and_together_hold_everything() {
        let folder = TempDir::new().unwrap();
        for number in 0..25_u64 {
            // The order of time is not the order of names.
            put(&folder, &format!("{number:02}"), (number * 7) % 25);
        }
        put(&folder, ".hidden", 0);
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let slice = slice(folder.path(), after.as_ref(), 10, at(1000), |_| true).unwrap();
            assert!(slice.entries.len() <= 10);
            all.extend(slice.entries.iter().map(|entry| entry.changed.0));
            after = slice.entries.last().cloned();
            if !slice.more {
                break;
            }
        }
        assert_eq!(all, (1_700_000_000..1_700_000_025).collect::<Vec<i64>>());
    }

    #[test]
    fn what_was_just_written_waits_and_the_future_does_not() {
        let folder = TempDir::new().unwrap();
        put(&folder, "old", 10);
        put(&folder, "young", 99);
        put(&folder, "future", 500);
        let slice = slice(folder.path(), None, 10, at(100) - Duration::from_millis(1), |_| true);
        let slice = slice.unwrap();
        assert_eq!(names(&slice), ["old", "future"]);
        assert!(slice.unsettled && !slice.more);
    }

    #[test]
    fn oddities_are_told_and_unwanted_names_are_not() {
        let folder = TempDir::new().unwrap();
        put(&folder, "mail", 1);
        put(&folder, "other", 1);
        fs::create_dir(folder.path().join("folder")).unwrap();
        let slice = slice(folder.path(), None, 10, at(100), |name| name != "other").unwrap();
        assert_eq!(names(&slice), ["mail"]);
        assert_eq!(slice.oddities, [(OsString::from("folder"), "a directory")]);
    }
}
