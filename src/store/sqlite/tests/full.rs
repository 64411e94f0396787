//! A disk without room, on a file system of a few MiB of our own.

use std::fs;
use std::process::Command;

use super::*;
use crate::store::suite::{file, new_mail, opening};

/// A small file system; unmounted when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None` where we may not mount; says so.
    fn mount(size: &str) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .output();
        if mounted.is_ok_and(|done| done.status.success()) {
            return Some(Self(folder));
        }
        crate::store::suite::loudly(
            "SKIPPED: a full disk cannot be tried here, since mounting tmpfs needs root",
        );
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn without_room_nothing_is_lost_and_it_goes_on_by_itself() {
    let Some(disk) = SmallDisk::mount("6m") else { return };
    let path = disk.0.path().join("postorder.db");
    let ballast = disk.0.path().join("ballast");
    let store = SqliteStore::open(&path).unwrap();
    store.set_reserve(0);
    fs::write(&ballast, vec![0; 3 << 20]).unwrap();

    let mut taken = 0;
    let full = loop {
        let mut mail = new_mail(taken, "a@example.com");
        mail.raw = vec![b'x'; 100_000];
        match store.take_in(mail).await {
            Ok(_) => taken += 1,
            Err(error) => break error,
        }
        assert!(taken < 100, "3 MiB took {taken} mails of 100 kB");
    };
    assert!(matches!(full, StoreError::Full(_)), "{full}");
    assert!(taken > 3, "{taken}");
    // Everything that was acknowledged is there, and nothing else.
    assert_eq!(store.counts().await.unwrap().mails, taken);

    fs::remove_file(&ballast).unwrap();
    assert_eq!(store.take_in(new_mail(taken, "a@example.com")).await.unwrap(), TakenIn::New);
    drop(store);
    let store = SqliteStore::open(&path).unwrap();
    store.set_reserve(0);
    assert_eq!(store.counts().await.unwrap().mails, taken + 1);
}

#[tokio::test]
async fn a_mail_that_does_not_fit_stops_no_other_in_its_group() {
    let Some(disk) = SmallDisk::mount("6m") else { return };
    let path = disk.0.path().join("postorder.db");
    let store = SqliteStore::open(&path).unwrap();
    store.set_reserve(0);
    let mut large = new_mail(1, "a@example.com");
    large.raw = vec![b'x'; 20 << 20];
    let (small, large, recorded) = tokio::join!(
        store.take_in(new_mail(2, "a@example.com")),
        store.take_in(large),
        store.record(opening(3, "a@example.com", vec![file(3)]))
    );
    assert!(matches!(large, Err(StoreError::Full(_))), "{large:?}");
    assert_eq!((small.unwrap(), recorded.unwrap().version), (TakenIn::New, 1));
}

#[tokio::test]
async fn taking_in_leaves_room_to_record_what_was_begun() {
    let (store, _folder) = empty();
    store.set_reserve(u64::MAX);
    let full = store.take_in(new_mail(1, "a@example.com")).await.unwrap_err();
    assert!(matches!(full, StoreError::Full(_)) && full.passes(), "{full}");
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
}
