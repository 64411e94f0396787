//! The suite on `SQLite`, and what only a file can meet.

use tempfile::TempDir;

use super::*;
use crate::store::suite::suite;

fn empty() -> (SqliteStore, TempDir) {
    let folder = TempDir::new().unwrap();
    let store = SqliteStore::open(&folder.path().join("postorder.db")).unwrap();
    (store, folder)
}

suite!(empty());
