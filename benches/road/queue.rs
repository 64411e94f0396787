//! 20,000 mails that wait when postorder starts, with an Odoo that answers at once and shares our
//! two cores.

use std::time::Instant;

use postorder::sandbox::odoo::{OdooOptions, OdooStandIn};

use super::child::Place;
use super::latency::{plenty, server};
use super::sink::Sink;
use super::{Done, mails};

pub(crate) async fn run() -> Done {
    let count: usize =
        std::env::var("BENCH_MAILS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let odoo = OdooStandIn::start(&plenty(), OdooOptions::default()).await?;
    let mut sink = Sink::start().await?;
    let place = Place::new(&server(&odoo), sink.port, true)?;
    for n in 0..count {
        mails::deliver(&place.maildir, &format!("{n:06}.queue"), &mails::mail("queue", n))?;
    }
    tokio::time::sleep(mails::SETTLED).await;
    let start = Instant::now();
    let child = place.start("run")?;
    sink.until(count as u64).await.map_err(|e| format!("{e}\n{}", place.log()))?;
    let time = start.elapsed().as_secs_f64();
    let memory = child.peak_memory().unwrap_or_default();
    let cpu = child.processor_time().unwrap_or_default();
    let orders = odoo.order_count();
    let calls: u64 = odoo.calls().values().sum();
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let n = count as f64;
    println!(
        "{count} waiting mails: {:.0} mails/s, resident memory at most {memory:.0} MiB, \
         {:.2} ms of our processor time a mail",
        n / time,
        cpu * 1000.0 / n
    );
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let per_mail = calls as f64 / n;
    println!(
        "{orders} orders, {} letters, {} files left in new/, {per_mail:.3} calls a mail",
        sink.taken(),
        place.left(),
    );
    if orders != count || sink.taken() != count as u64 || place.left() != 0 {
        return Err("lost or doubled".into());
    }
    Ok(())
}
