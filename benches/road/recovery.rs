//! A hundred thousand mails that wait when a killed postorder starts again, and a flood of mails
//! from one sender before another's.

use std::time::{Duration, Instant};

use postorder::sandbox::odoo::{OdooOptions, OdooStandIn};

use super::child::Place;
use super::latency::{plenty, server};
use super::sink::Sink;
use super::{Done, mails};

/// Killed with `BENCH_WAITING` mails in its database, and started again.
pub(crate) async fn run() -> Done {
    let count = number("BENCH_WAITING", 100_000);
    let odoo = OdooStandIn::start(&plenty(), OdooOptions::default()).await?;
    let mut sink = Sink::start().await?;
    let place = Place::new(&server(&odoo), sink.port, true)?;
    for n in 0..count {
        mails::deliver(&place.maildir, &format!("{n:06}.wait"), &mails::mail("wait", n))?;
    }
    // While Odoo is away mails are taken in, and nothing else can be done.
    let config = std::fs::read_to_string(&place.config)?;
    std::fs::write(&place.config, config.replace(&odoo.url(), "http://127.0.0.1:9"))?;
    let start = Instant::now();
    let child = place.start("run")?;
    until("all mails taken in", 900, || place.left() == 0).await?;
    println!(
        "{count} mails taken in while Odoo is away: {:.0} a second, resident memory at most {:.0} MiB",
        rate(count, start.elapsed()),
        child.peak_memory().unwrap_or_default(),
    );
    drop(child);
    std::fs::write(&place.config, config)?;
    let start = Instant::now();
    let child = place.start("run")?;
    sink.until(1).await.map_err(|e| format!("{e}\n{}", place.log()))?;
    println!(
        "killed, and started again: the first letter after {:.1} s",
        start.elapsed().as_secs_f64()
    );
    let look = Duration::from_secs(60);
    tokio::time::sleep(look.saturating_sub(start.elapsed())).await;
    println!(
        "after a minute: {} letters, resident memory at most {:.0} MiB, {} open files",
        sink.taken(),
        child.peak_memory().unwrap_or_default(),
        child.open_files().unwrap_or_default(),
    );
    Ok(())
}

/// 5,000 mails of one sender, and then one of another.
pub(crate) async fn flood() -> Done {
    let count = number("BENCH_FLOOD", 5_000);
    let odoo = OdooStandIn::start(&plenty(), OdooOptions::default()).await?;
    let sink = Sink::start().await?;
    let place = Place::new(&server(&odoo), sink.port, true)?;
    let _child = place.start("run")?;
    let flood =
        |n| mails::mail("flood", n).replace(&mails::sender("flood", n), "flood@flood.example");
    for n in 0..count {
        mails::deliver(&place.maildir, &format!("{n:06}.flood"), &flood(n))?;
    }
    let start = Instant::now();
    mails::deliver(&place.maildir, "999999.other", &mails::mail("other", 1))?;
    let done = place.maildir.join(".Done/cur");
    let other = || {
        let mut files = std::fs::read_dir(&done).into_iter().flatten().flatten();
        files.any(|file| file.file_name().to_string_lossy().starts_with("999999.other"))
    };
    until("the other's mail", 600, other).await?;
    println!(
        "behind {count} mails of one sender: another's is answered after {:.1} s, with {} of the flood still in new/",
        start.elapsed().as_secs_f64(),
        place.left(),
    );
    Ok(())
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

async fn until(what: &str, seconds: u64, mut done: impl FnMut() -> bool) -> Done {
    let start = Instant::now();
    while !done() {
        if start.elapsed() > Duration::from_secs(seconds) {
            return Err(format!("{what}: not within {seconds} s").into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}
