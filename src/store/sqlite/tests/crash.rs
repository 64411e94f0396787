//! `kill -9` in the middle of writing, and a disk that fails: what was acknowledged is there, and
//! the file is whole.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use super::*;
use crate::store::suite::{self, file, key, mail_id, new_mail, opening};

const PATH: &str = "POSTORDER_TEST_CRASH_STORE";
const FROM: &str = "POSTORDER_TEST_CRASH_FROM";
const ROOM: &str = "store::sqlite::tests::crash";

/// Not a test by itself: the process that is killed below.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_until_it_is_killed() {
    let (Ok(path), Ok(from)) = (std::env::var(PATH), std::env::var(FROM)) else { return };
    let first: u64 = from.parse().unwrap();
    let store = Arc::new(SqliteStore::open(Path::new(&path)).unwrap());
    let lanes: Vec<_> = (0..8)
        .map(|lane| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for number in (first + lane..).step_by(8) {
                    store.take_in(new_mail(number, "a@example.com")).await.unwrap();
                    println!("taken {number}");
                    let mut decision = opening(number, "a@example.com", vec![file(number)]);
                    decision.reads = Some(mail_id(number));
                    store.record(decision).await.unwrap();
                    println!("recorded {number}");
                }
            })
        })
        .collect();
    for lane in lanes {
        lane.await.unwrap();
    }
}

fn start(path: &Path, from: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([&format!("{ROOM}::writes_until_it_is_killed"), "--exact", "--nocapture"])
        .env(PATH, path)
        .env(FROM, from.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let (_folder, path) = place();
    let (mut taken, mut recorded) = (Vec::new(), Vec::new());
    for round in 0..4_u64 {
        let mut child = start(&path, round * 100_000);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // A different instant each time, without a clock.
        let stop = 150 + round * 333;
        let mut seen = 0;
        for line in lines.by_ref() {
            note(&line.unwrap(), &mut taken, &mut recorded);
            seen += 1;
            if seen == stop {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(seen >= stop, "the process ended by itself after {seen} lines");
    }
    let whole = Connection::open(&path).unwrap();
    let check: String = whole.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    drop(whole);

    let store = SqliteStore::open(&path).unwrap();
    for number in &taken {
        assert!(store.mail(mail_id(*number)).await.unwrap().is_some(), "mail {number} is lost");
    }
    for number in &recorded {
        assert!(store.case(key(*number)).await.unwrap().is_some(), "case {number} is lost");
        assert_eq!(store.waiting(Some(key(*number)), 10).await.unwrap().len(), 1);
    }
}

fn note(line: &str, taken: &mut Vec<u64>, recorded: &mut Vec<u64>) {
    let number = |rest: &str| rest.trim().parse::<u64>().ok();
    if let Some(rest) = line.strip_prefix("taken ") {
        taken.extend(number(rest));
    } else if let Some(rest) = line.strip_prefix("recorded ") {
        recorded.extend(number(rest));
    }
}

/// Not a test by itself: the process whose disk fails below.
#[tokio::test]
async fn writes_until_the_disk_fails() {
    let (Ok(path), Err(_)) = (std::env::var(PATH), std::env::var(FROM)) else { return };
    let store = SqliteStore::open(Path::new(&path)).unwrap();
    for number in 0.. {
        match store.take_in(new_mail(number, "a@example.com")).await {
            Ok(_) => println!("taken {number}"),
            Err(error) => {
                println!("failed {error:?}");
                break;
            }
        }
    }
    let after = store.record(opening(1, "a@example.com", vec![file(1)])).await;
    println!("after {after:?}");
}

#[tokio::test]
async fn after_a_failed_fsync_nothing_is_written_any_more() {
    let (folder, path) = place();
    let trace = folder.path().join("trace");
    let run = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=fsync,fdatasync,pwrite64"])
        .args(["-e", "inject=fsync,fdatasync:error=EIO:when=15+", "-o"])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args([&format!("{ROOM}::writes_until_the_disk_fails"), "--exact", "--nocapture"])
        .env(PATH, &path)
        .output();
    let trace = std::fs::read_to_string(&trace).unwrap_or_default();
    let Some((_, after)) = trace.split_once("(INJECTED)") else {
        suite::loudly("SKIPPED: a failing fsync cannot be tried here: strace cannot inject it");
        return;
    };
    let run = String::from_utf8_lossy(&run.unwrap().stdout).into_owned();
    let (mut taken, mut recorded) = (Vec::new(), Vec::new());
    run.lines().for_each(|line| note(line, &mut taken, &mut recorded));
    assert!(taken.len() > 5, "{run}");
    assert!(run.contains("failed Fatal(") && run.contains("after Err(Fatal("), "{run}");
    // Not even a second try of the same fsync, nor a checkpoint at the end.
    assert!(!after.contains("sync(") && !after.contains("pwrite64("), "{after}");

    let store = SqliteStore::open(&path).unwrap();
    for number in taken {
        assert!(store.mail(mail_id(number)).await.unwrap().is_some(), "mail {number} is lost");
    }
}
