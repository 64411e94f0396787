//! One mail, from its rename into `new/` to its letter accepted, with an Odoo that answers at once.

use std::time::{Duration, Instant};

use postorder::sandbox::odoo::{OdooOptions, OdooStandIn, Seed};

use super::child::{Place, Server};
use super::parse::ms;
use super::sink::Sink;
use super::{Done, mails};

pub(crate) fn server(odoo: &OdooStandIn) -> Server {
    let user = odoo.user();
    Server {
        url: odoo.url(),
        database: odoo.database().to_owned(),
        login: user.login.to_owned(),
        secret: user.password.to_owned(),
        key: false,
    }
}

/// The fixtures' catalogue with more of everything than is ordered.
pub(crate) fn plenty() -> Seed {
    let mut seed = Seed::fixtures();
    for product in &mut seed.products {
        product.free_qty = 1_000_000.0;
    }
    seed
}

pub(crate) async fn run() -> Done {
    let odoo = OdooStandIn::start(&plenty(), OdooOptions::default()).await?;
    let mut sink = Sink::start().await?;
    let place = Place::new(&server(&odoo), sink.port, true)?;
    let child = place.start("run")?;
    let mut times: Vec<Duration> = Vec::new();
    for n in 0..220 {
        let start = Instant::now();
        mails::deliver(&place.maildir, &format!("{n}.latency"), &mails::mail("latency", n))?;
        sink.until(n as u64 + 1).await.map_err(|e| format!("{e}\n{}", place.log()))?;
        // The first ones find caches cold and the catalogue on its way.
        if n >= 20 {
            times.push(start.elapsed());
        }
        // The next mail comes when this one is filed: what is measured is one mail alone.
        for _ in 0..100 {
            if place.done() > n {
                break;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    times.sort();
    let at = |share: usize| ms(times[times.len() * share / 100]);
    println!(
        "one mail, rename to letter accepted: median {:.1} ms, 90 % {:.1} ms, 99 % {:.1} ms of {}",
        at(50),
        at(90),
        at(99),
        times.len()
    );
    if let Some(memory) = child.peak_memory() {
        println!("resident memory at most {memory:.0} MiB");
    }
    Ok(())
}
