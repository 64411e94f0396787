//! `postorder parse` of one mail, from start to end of the process.

use std::process::Command;
use std::time::{Duration, Instant};

use super::{Done, child, mails};

pub(crate) fn run() -> Done {
    let dir = tempfile::tempdir()?;
    let mail = dir.path().join("mail.eml");
    std::fs::write(&mail, mails::mail("parse", 1))?;
    let catalog = concat!(env!("CARGO_MANIFEST_DIR"), "/maildir-fixtures/catalog.json");
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..60 {
        let start = Instant::now();
        let run = Command::new(child::binary())
            .args(["parse", "--catalog", catalog, "--json"])
            .arg(&mail)
            .output()?;
        times.push(start.elapsed());
        if !run.status.success() || !String::from_utf8_lossy(&run.stdout).contains("\"order\"") {
            return Err("parse did not understand the mail".into());
        }
    }
    times.sort();
    println!("postorder parse, with start: median {:.1} ms of 60", ms(times[30]));
    Ok(())
}

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
