//! What waits is committed together, and the log stays short.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::store::suite::{at, file, new_mail, opening};

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

/// Prints what grouping gives: `cargo test --lib store -- --ignored figures --nocapture`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "figures, not a test"]
async fn figures() {
    for callers in [1_u64, 8, 64] {
        let (store, _folder) = empty();
        let store = Arc::new(store);
        let each = if callers == 1 { 1000 } else { 8000 / callers };
        let begun = std::time::Instant::now();
        let all: Vec<_> = (0..callers)
            .map(|caller| {
                let store = Arc::clone(&store);
                tokio::spawn(async move {
                    for number in caller * each..(caller + 1) * each {
                        let from = format!("{}@example.com", number % 100);
                        let mut mail = new_mail(number, &from);
                        mail.raw = vec![b'x'; 3000];
                        let id = mail.id.clone();
                        store.take_in(mail).await.unwrap();
                        let mut decision = opening(number, &from, vec![file(number)]);
                        decision.reads = Some(id);
                        store.record(decision).await.unwrap();
                    }
                })
            })
            .collect();
        for one in all {
            one.await.unwrap();
        }
        let mails = f64::from(u32::try_from(callers * each).unwrap());
        let rate = mails / begun.elapsed().as_secs_f64();
        println!("{callers:3} callers: {rate:8.0} mails/s taken in and recorded");
    }
}

/// Prints what the hot operations cost with very much waiting.
#[tokio::test]
#[ignore = "figures, not a test"]
async fn figures_with_a_hundred_thousand_waiting() {
    let (_folder, path) = place();
    let opened = open::as_owner(&path).unwrap();
    let conn = opened.writer;
    conn.execute_batch("BEGIN").unwrap();
    for number in 0..100_000 {
        // One sender floods; a thousand others write now and then.
        let from = if number % 2 == 0 { "flood".into() } else { format!("{}", number % 2000) };
        mails::take_in(&conn, &new_mail(number, &format!("{from}@example.com"))).unwrap();
        let decision = opening(number, &from, vec![file(number)]);
        cases::Record::new(decision).unwrap().write(&conn).unwrap();
    }
    conn.execute_batch("COMMIT").unwrap();
    drop((conn, opened.lock));
    let begun = std::time::Instant::now();
    let store = SqliteStore::open(&path).unwrap();
    println!("open: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let minute = Duration::from_secs(60);
    let now = crate::store::suite::at(200_000);
    for round in 0..2 {
        let time = |what: &str, begun: std::time::Instant| {
            println!("{round} {what}: {:.2} ms", begun.elapsed().as_secs_f64() * 1e3);
            std::time::Instant::now()
        };
        let begun = std::time::Instant::now();
        store.unread(at(0), 64).await.unwrap();
        let begun = time("64 unread", begun);
        let leased = store.lease(Target::Maildir, &[], 20, now, minute).await.unwrap();
        let begun = time("20 leased", begun);
        let ids = leased.iter().map(|one| one.id).collect();
        store.retry(ids, now + minute, "away".into()).await.unwrap();
        let begun = time("20 retried", begun);
        store.next_wake().await.unwrap();
        let begun = time("next wake", begun);
        store.counts().await.unwrap();
        let begun = time("counts", begun);
        store.lease(Target::Maildir, &[], 10_000, now, minute).await.unwrap();
        let begun = time("10,000 leased", begun);
        store.release_all(now, minute).await.unwrap();
        let begun = time("released all", begun);
        store.take_in(new_mail(500_000 + round, "flood@example.com")).await.unwrap();
        time("taken in", begun);
    }
}
