//! `kill -9` in the middle of writing: what was acknowledged is there, and the file is whole.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use super::*;
use crate::store::suite::{file, key, mail_id, new_mail, opening};

const PATH: &str = "POSTORDER_TEST_CRASH_STORE";
const FROM: &str = "POSTORDER_TEST_CRASH_FROM";
const SELF: &str = "store::sqlite::tests::crash::writes_until_it_is_killed";

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
        .args([SELF, "--exact", "--nocapture"])
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
