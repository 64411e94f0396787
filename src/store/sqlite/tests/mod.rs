//! The suite on `SQLite`, and what only a file can meet.

use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::store::suite::suite;

mod crash;
mod file;
mod full;
mod group;
mod plans;

/// A folder with room for a store, and the store's path. In memory where there is enough of it:
/// what these tests are about needs no disk.
fn place() -> (TempDir, PathBuf) {
    let memory = Path::new("/dev/shm");
    let roomy = rustix::fs::statvfs(memory).is_ok_and(|fs| fs.f_bavail * fs.f_frsize > 1 << 30);
    let folder = if roomy { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
    let path = folder.path().join("postorder.db");
    (folder, path)
}

fn empty() -> (SqliteStore, TempDir) {
    let (folder, path) = place();
    (SqliteStore::open(&path).unwrap(), folder)
}

suite!(empty());

/// The store that simulations run on behaves no other way.
mod inline {
    use super::{SqliteStore, suite};

    suite!((SqliteStore::in_memory(), ()));
}
