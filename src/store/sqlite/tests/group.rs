//! What waits is committed together, and the log stays short.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::store::suite::{file, new_mail, opening};

/// Commits in a write-ahead log: frames that carry a database size (sqlite.org/fileformat2.html,
/// section 4.1).
fn commits(wal: &[u8]) -> usize {
    let frames = wal.get(32..).unwrap_or_default().chunks_exact(24 + 4096);
    frames.filter(|frame| frame[4..8] != [0; 4]).count()
}

#[tokio::test]
async fn what_waits_is_committed_together() {
    let (_folder, path) = place();
    let store = Arc::new(SqliteStore::open(&path).unwrap());
    let wal = path.with_extension("db-wal");
    let before = commits(&fs::read(&wal).unwrap_or_default());
    // Someone else writes: whatever comes meanwhile must wait.
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let waiting: Vec<_> = (0..100)
        .map(|number| {
            let (store, asked) = (Arc::clone(&store), Arc::clone(&asked));
            let decision = opening(number, "a@example.com", vec![file(number)]);
            tokio::spawn(async move {
                asked.fetch_add(1, Ordering::Relaxed);
                store.record(decision).await
            })
        })
        .collect();
    // One thread runs all of this, and there is room for all: who has asked is queued.
    while asked.load(Ordering::Relaxed) < 100 {
        tokio::task::yield_now().await;
    }
    other.execute_batch("ROLLBACK").unwrap();
    for one in waiting {
        one.await.unwrap().unwrap();
    }
    let made = commits(&fs::read(&wal).unwrap()) - before;
    assert!(made <= 2, "{made} commits for 100 decisions");
}

#[tokio::test]
async fn the_log_stays_short() {
    let (_folder, path) = place();
    let store = SqliteStore::open(&path).unwrap();
    let wal = path.with_extension("db-wal");
    let mut longest = 0;
    for number in 0..300 {
        let mut mail = new_mail(number, "a@example.com");
        mail.raw = vec![b'x'; 200_000];
        store.take_in(mail).await.unwrap();
        longest = longest.max(fs::metadata(&wal).unwrap().len());
    }
    assert!(longest < 16 << 20, "60 MB of mails made a log of {longest} bytes");
}
