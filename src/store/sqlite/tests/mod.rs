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

/// A folder with room for a store, and the store's path.
fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("postorder.db");
    (folder, path)
}

fn empty() -> (SqliteStore, TempDir) {
    let (folder, path) = place();
    (SqliteStore::open(&path).unwrap(), folder)
}

suite!(empty());
