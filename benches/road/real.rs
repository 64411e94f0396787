//! 500 waiting mails on a real Odoo 19, beside what the server takes at all and beside a client
//! that makes one call at a time. All in one run, each on a fresh database.

use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

use super::child::{Place, Server};
use super::rpc::Rpc;
use super::sink::Sink;
use super::{Done, mails, naive};

const MAILS: usize = 500;
const NAIVE: usize = 30;
const BATCH: usize = 20;

type Wrong = Box<dyn std::error::Error + Send + Sync>;

pub(crate) async fn run() -> Done {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/real-odoo");
    let up = Command::new(script).args(["up", "19"]).status()?;
    if up.code() == Some(75) {
        println!("NOT RUN: this machine cannot have a real Odoo 19");
        return Ok(());
    }
    if !up.success() {
        return Err("Odoo 19 does not start".into());
    }
    for (confirm, rounds) in [(false, 1), (true, 3)] {
        let what = if confirm { "confirmed orders" } else { "drafts" };
        let (mut ours, mut ratios) = (0.0, Vec::new());
        // Odoo begins a confirmation anew where two reserve the same product at once: a round has
        // luck with that, or not.
        for _ in 0..rounds {
            let server = ready().await?;
            let raw = rate(raw(&server, confirm)).await?;
            println!("{what}: the server takes {raw:.1} orders/s (`load` of {BATCH}, two clients)");
            let server = ready().await?;
            let (rate, calls) = self::ours(&server, confirm).await?;
            println!("{what}: postorder {rate:.1} mails/s = {:.2} of that; {calls}", rate / raw);
            ours = rate;
            ratios.push(rate / raw);
        }
        if rounds > 1 {
            ratios.sort_by(f64::total_cmp);
            println!(
                "{what}: {:.2} of what the server takes, median of {rounds}",
                ratios[rounds / 2]
            );
        }
        if !confirm {
            let server = ready().await?;
            let sink = Sink::start().await?;
            let rpc = Rpc::new(&server, "user").ok_or("no log-in")?;
            let start = Instant::now();
            naive::run(&rpc, sink.port, NAIVE).await.map_err(|e| e.to_string())?;
            #[expect(clippy::cast_precision_loss, reason = "counts are small")]
            let naive = NAIVE as f64 / start.elapsed().as_secs_f64();
            println!(
                "{what}: one call at a time {naive:.1} mails/s; postorder {:.0} times that",
                ours / naive
            );
        }
    }
    Ok(())
}

async fn rate(work: impl Future<Output = Result<(), Wrong>>) -> Result<f64, String> {
    let start = Instant::now();
    work.await.map_err(|error| error.to_string())?;
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let rate = MAILS as f64 / start.elapsed().as_secs_f64();
    Ok(rate)
}

/// A fresh database with enough in stock, its registry loaded by both workers.
async fn ready() -> Result<Value, Box<dyn std::error::Error>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/real-odoo");
    let name = format!("bench_{}_{}", std::process::id(), fastrand::u32(..));
    let fresh = Command::new(script).args(["fresh", "19", &name]).output()?;
    if !fresh.status.success() {
        return Err(String::from_utf8_lossy(&fresh.stderr).into_owned().into());
    }
    let server: Value = serde_json::from_slice(&fresh.stdout)?;
    let admin = Rpc::new(&server, "admin").ok_or("no log-in")?;
    stock(&admin).await.map_err(|error| error.to_string())?;
    let warm = (0..8).map(|_| {
        let admin = admin.clone();
        tokio::spawn(async move {
            admin.call("res.partner", "search_count", json!([[]]), json!({})).await
        })
    });
    for task in warm.collect::<Vec<_>>() {
        task.await?.map_err(|error| error.to_string())?;
    }
    Ok(server)
}

async fn stock(admin: &Rpc) -> Result<(), Wrong> {
    let place = admin
        .call(
            "stock.location",
            "search",
            json!([[["usage", "=", "internal"]]]),
            json!({"limit": 1}),
        )
        .await?;
    let quants: Vec<Value> = mails::PRODUCTS
        .iter()
        .map(|id| json!({"product_id": id, "location_id": place[0], "inventory_quantity": 100_000}))
        .collect();
    let mode = json!({"context": {"inventory_mode": true}});
    let made = admin.call("stock.quant", "create", json!([quants]), mode).await?;
    admin.call("stock.quant", "action_apply_inventory", json!([made]), json!({})).await?;
    Ok(())
}

/// `load` in batches from two clients, and the confirmation of the same batches.
async fn raw(server: &Value, confirm: bool) -> Result<(), Wrong> {
    let rpc = Rpc::new(server, "user").ok_or("no log-in")?;
    let partner = rpc
        .call(
            "res.partner",
            "create",
            json!([{"name": "Raw", "email": "raw@raw.example"}]),
            json!({}),
        )
        .await?;
    let mut clients = Vec::new();
    for client in 0..2 {
        let (rpc, partner) = (rpc.clone(), partner.clone());
        clients.push(tokio::spawn(async move {
            let mine: Vec<usize> = (0..MAILS).filter(|n| n % 2 == client).collect();
            for batch in mine.chunks(BATCH) {
                load(&rpc, &partner, batch, confirm).await?;
            }
            Ok::<(), Wrong>(())
        }));
    }
    for client in clients {
        client.await??;
    }
    Ok(())
}

async fn load(rpc: &Rpc, partner: &Value, batch: &[usize], confirm: bool) -> Result<(), Wrong> {
    let fields =
        json!(["id", "partner_id/.id", "order_line/product_id/.id", "order_line/product_uom_qty"]);
    let mut rows = Vec::new();
    for n in batch {
        for (at, (product, quantity)) in mails::lines(*n).into_iter().enumerate() {
            let (id, partner) = if at == 0 {
                (format!("bench.order_{n}"), partner.to_string())
            } else {
                (String::new(), String::new())
            };
            rows.push(json!([id, partner, product.to_string(), quantity.to_string()]));
        }
    }
    let context = json!({"context": {"noupdate": true, "mode": "update", "tz": "UTC"}});
    let made = rpc.call("sale.order", "load", json!([fields, rows]), context).await?;
    if made["ids"].as_array().map(Vec::len) != Some(batch.len()) {
        return Err(format!("load: {made}").into());
    }
    if confirm {
        confirmed(rpc, &made["ids"]).await?;
    }
    Ok(())
}

/// Odoo gives up after five tries where two reserve the same product; a client asks again then.
async fn confirmed(rpc: &Rpc, ids: &Value) -> Result<(), Wrong> {
    const TRIES: usize = 5;
    let mut done = Ok(Value::Null);
    for _ in 0..TRIES {
        done = rpc.call("sale.order", "action_confirm", json!([ids]), json!({})).await;
        if !done.as_ref().is_err_and(|error| error.to_string().contains("serialize")) {
            break;
        }
    }
    done.map(|_| ())
}

/// postorder with two workers: from its start to the last letter. The mails wait already.
async fn ours(server: &Value, confirm: bool) -> Result<(f64, String), Box<dyn std::error::Error>> {
    let text = |path: &str| {
        server.pointer(path).and_then(Value::as_str).map(str::to_owned).unwrap_or_default()
    };
    let access = Server {
        url: text("/url"),
        database: text("/database"),
        login: text("/user/login"),
        secret: text("/user/api_key"),
        key: true,
    };
    let mut sink = Sink::start().await?;
    let place = Place::new(&access, sink.port, confirm)?;
    for n in 0..MAILS {
        mails::deliver(&place.maildir, &format!("{n:06}.real"), &mails::mail("real", n))?;
    }
    tokio::time::sleep(mails::SETTLED).await;
    let start = Instant::now();
    let child = place.start("run")?;
    sink.until(MAILS as u64).await.map_err(|e| format!("{e}\n{}", place.log()))?;
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let rate = MAILS as f64 / start.elapsed().as_secs_f64();
    let admin = Rpc::new(server, "admin").ok_or("no log-in")?;
    let orders = admin
        .call("sale.order", "search_count", json!([[["origin", "like", "postorder"]]]), json!({}))
        .await
        .map_err(|error| error.to_string())?;
    if orders != json!(MAILS) {
        return Err(format!("{orders} orders for {MAILS} mails").into());
    }
    let memory = child.peak_memory().unwrap_or_default();
    Ok((rate, format!("{orders} orders, resident memory at most {memory:.0} MiB")))
}
