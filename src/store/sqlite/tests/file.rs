//! Who may open the file, and what may be wrong with it.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

use super::*;
use crate::store::suite::{at, ending, file, key, new_mail, opening};

/// Something in every table.
async fn fill(store: &SqliteStore, mails: u64) {
    for number in 0..mails {
        let mut mail = new_mail(number, "a@example.com");
        mail.raw = vec![b'x'; 5000];
        store.take_in(mail).await.unwrap();
        let mut decision = opening(number, "a@example.com", vec![file(number)]);
        decision.reads = Some(crate::store::suite::mail_id(number));
        store.record(decision).await.unwrap();
    }
}

#[tokio::test]
async fn what_was_recorded_is_there_after_closing() {
    let (_folder, path) = place();
    let store = SqliteStore::open(&path).unwrap();
    fill(&store, 3).await;
    drop(store);
    // Closed in good order: all of it lies in the one file.
    assert!(!path.with_extension("db-wal").exists());
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.counts().await.unwrap().mails, 3);
    assert_eq!(store.events(key(2)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn only_its_user_may_read_it() {
    let (_folder, path) = place();
    let store = SqliteStore::open(&path).unwrap();
    fill(&store, 1).await;
    for name in ["postorder.db", "postorder.db-wal", "postorder.db-shm", "postorder.db.lock"] {
        let mode = fs::metadata(path.with_file_name(name)).unwrap().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}

#[test]
fn a_second_owner_is_refused() {
    let (_folder, path) = place();
    let first = SqliteStore::open(&path).unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Taken(_)), "{error}");
    assert!(error.to_string().contains(&format!("(process {})", std::process::id())), "{error}");
    drop(first);
    SqliteStore::open(&path).unwrap();
}

#[tokio::test]
async fn a_guest_decides_while_the_owner_runs() {
    let (_folder, path) = place();
    let missing = SqliteStore::guest(&path).unwrap_err();
    assert!(matches!(missing, StoreError::Missing(_)), "{missing}");
    assert!(!path.exists());

    let owner = SqliteStore::open(&path).unwrap();
    owner.record(opening(1, "a@example.com", Vec::new())).await.unwrap();
    let guest = SqliteStore::guest(&path).unwrap();
    assert_eq!(guest.case(key(1)).await.unwrap().unwrap().version, 1);
    let mut decision = ending(1, 1, at(5));
    decision.effects = vec![file(1)];
    guest.record(decision).await.unwrap();
    drop(guest);

    let found = owner.lease(Target::Maildir, &[], 10, at(6), Duration::from_secs(60)).await;
    assert_eq!(found.unwrap().len(), 1);
    let late = owner.record(ending(1, 1, at(7))).await;
    assert!(matches!(late, Err(StoreError::Conflict { .. })), "{late:?}");
    // The guest's going has not taken the owner's lock with it.
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Taken(_))));
}

#[tokio::test]
async fn owner_and_guest_write_at_once() {
    let (_folder, path) = place();
    let owner = SqliteStore::open(&path).unwrap();
    let guest = SqliteStore::guest(&path).unwrap();
    let write = async |store: &SqliteStore, from: u64| {
        for number in from..from + 60 {
            store.record(opening(number, "a@example.com", vec![file(number)])).await.unwrap();
        }
    };
    tokio::join!(write(&owner, 0), write(&guest, 1000));
    assert_eq!(owner.waiting(None, 1000).await.unwrap().len(), 120);
}

fn set_schema(path: &Path, number: i64) {
    let conn = Connection::open(path).unwrap();
    conn.pragma_update(None, "user_version", number).unwrap();
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let (_folder, path) = place();
    drop(SqliteStore::open(&path).unwrap());
    set_schema(&path, 99);
    let before = fs::read(&path).unwrap();
    for opened in [SqliteStore::open(&path), SqliteStore::guest(&path)] {
        let error = opened.unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, known: 1 }), "{error}");
    }
    assert!(fs::read(&path).unwrap() == before, "the file was changed");
}

#[test]
fn a_guest_does_not_change_the_schema_under_an_older_owner() {
    let (_folder, path) = place();
    let _owner = SqliteStore::open(&path).unwrap();
    set_schema(&path, 0);
    let error = SqliteStore::guest(&path).unwrap_err();
    assert!(matches!(error, StoreError::Older { found: 0, known: 1 }), "{error}");
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let (_folder, path) = place();
    fs::write(&path, "From: somebody\n\nno database at all".repeat(300)).unwrap();
    let before = fs::read(&path).unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    assert!(fs::read(&path).unwrap() == before, "the file was changed");

    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(error.to_string().contains("another program's"), "{error}");

    let nowhere = path.with_file_name("missing").join("postorder.db");
    let error = SqliteStore::open(&nowhere).unwrap_err().to_string();
    assert!(error.contains("make the folder"), "{error}");
    let error = SqliteStore::open(path.parent().unwrap()).unwrap_err();
    assert!(matches!(error, StoreError::Unusable(_)), "{error}");
}

#[tokio::test]
async fn a_damaged_file_is_noticed_and_written_no_more() {
    let (_folder, path) = place();
    let store = SqliteStore::open(&path).unwrap();
    fill(&store, 200).await;
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    bytes.get_mut(3 * 4096..).unwrap().fill(0xA5);
    fs::write(&path, bytes).unwrap();

    // Whether opening meets the damage depends on which page it needs.
    let error = match SqliteStore::open(&path) {
        Err(error) => error,
        Ok(store) => {
            let first = store.take_in(new_mail(900, "a@example.com")).await.unwrap_err();
            let after = store.take_in(new_mail(901, "a@example.com")).await.unwrap_err();
            assert!(matches!(after, StoreError::Damaged(_)), "{after}");
            first
        }
    };
    assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    assert!(error.ends_process());
}

#[tokio::test]
async fn a_file_that_goes_away_ends_the_process() {
    for replace in [false, true] {
        let (_folder, path) = place();
        let store = SqliteStore::open(&path).unwrap();
        fill(&store, 1).await;
        let copy = path.with_file_name("copy");
        fs::copy(&path, &copy).unwrap();
        if replace {
            fs::rename(&copy, &path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        for number in [7, 8] {
            let error = store.take_in(new_mail(number, "a@example.com")).await.unwrap_err();
            assert!(matches!(error, StoreError::Fatal(_)), "{error}");
        }
    }
}

#[test]
fn a_folder_without_rights_is_named() {
    let (folder, path) = place();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(folder.path().join("probe"), "").is_ok() {
        crate::store::suite::loudly("SKIPPED: we may write everywhere (root)");
        return;
    }
    let error = SqliteStore::open(&path).unwrap_err().to_string();
    assert!(error.contains("postorder.db") && error.contains("denied"), "{error}");
}
