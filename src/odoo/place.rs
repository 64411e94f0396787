//! Placing: customers, addresses, one `load` of all orders, one confirmation, one reading back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::bisect::bisect;
use super::error::OdooError;
use super::load::{Group, Record};
use super::partner::{Found, deliveries, find_or_make};
use super::placed::{MODULE, Wanted, confirm, origin, read_back, states};
use super::rpc::Call;
use super::shop::Shop;
use super::wire::{clean, number};
use super::{Placement, odd_count};
use crate::flow::{ErrorClass, OrderDraft, Place, Refused};

/// Most jobs that share calls; `load` cuts their orders further.
const MOST_JOBS: usize = 50;

/// What became of one job so far.
type Outcome<T> = Result<T, OdooError>;

/// Places the orders of all jobs, in their order.
pub(super) async fn place(shop: &Shop, jobs: &[Place]) -> Vec<Outcome<Placement>> {
    let mut outcomes = Vec::with_capacity(jobs.len());
    for part in jobs.chunks(MOST_JOBS) {
        outcomes.extend(part_of(shop, part).await);
    }
    outcomes
}

async fn part_of(shop: &Shop, jobs: &[Place]) -> Vec<Outcome<Placement>> {
    let customers = customers(shop, jobs).await;
    let addresses = addresses(shop, jobs, &customers).await;
    let stored = store(shop, jobs, &customers, &addresses).await;
    let ready: Vec<(usize, Vec<i64>)> = stored
        .iter()
        .enumerate()
        .filter_map(|(index, outcome)| Some((index, outcome.as_ref().ok()?.clone())))
        .collect();
    let confirmed = confirm_all(shop, jobs, &ready).await;
    let placed = read_all(shop, jobs, &ready).await;
    let mut outcomes = Vec::with_capacity(jobs.len());
    let mut placed = placed.into_iter();
    let mut confirmed = confirmed.into_iter();
    for (customer, stored) in customers.into_iter().zip(stored) {
        let outcome = stored.and_then(|_| {
            confirmed.next().unwrap_or_else(|| Err(odd_count("confirm")))?;
            let orders = placed.next().unwrap_or_else(|| Err(odd_count("read")))?;
            Ok(Placement::Placed { partner_id: customer?.id, orders })
        });
        outcomes.push(refusal(outcome));
    }
    outcomes
}

/// What Odoo refuses for good is an answer.
fn refusal(outcome: Outcome<Placement>) -> Outcome<Placement> {
    match outcome {
        Err(error) if error.class == ErrorClass::Permanent => {
            Ok(Placement::Refused(Refused { message: error.message }))
        }
        other => other,
    }
}

/// The customer of each job.
async fn customers(shop: &Shop, jobs: &[Place]) -> Vec<Outcome<Found>> {
    let found = bisect(jobs, MOST_JOBS, async |part: &[Place]| {
        let customers: Vec<_> = part.iter().map(|job| &job.customer).collect();
        find_or_make(shop, &customers).await
    });
    found.await.into_iter().map(Result::flatten).collect()
}

/// Delivery contacts, by job and address line.
type Addresses = BTreeMap<(usize, String), Outcome<i64>>;

async fn addresses(shop: &Shop, jobs: &[Place], customers: &[Outcome<Found>]) -> Addresses {
    let mut wanted: BTreeSet<(usize, &str)> = BTreeSet::new();
    for (index, job) in jobs.iter().enumerate() {
        wanted
            .extend(job.orders.iter().filter_map(|order| Some((index, order.address.as_deref()?))));
    }
    let wanted: Vec<(usize, &str)> = wanted.into_iter().collect();
    let asked: Vec<(usize, &Found, &str)> = wanted
        .into_iter()
        .filter_map(|(index, line)| Some((index, customers.get(index)?.as_ref().ok()?, line)))
        .collect();
    let found = bisect(&asked, MOST_JOBS, async |part: &[(usize, &Found, &str)]| {
        let part: Vec<(&Found, &str)> =
            part.iter().map(|(_, found, line)| (*found, *line)).collect();
        deliveries(shop, &part).await
    });
    let found = found.await.into_iter().map(Result::flatten);
    asked.iter().zip(found).map(|((job, _, line), id)| ((*job, (*line).to_owned()), id)).collect()
}

/// Columns of an order's row; a row of each further line leaves the order's own empty.
const COLUMNS: [&str; 5] =
    ["id", "partner_id/.id", "origin", "client_order_ref", "commitment_date"];
const LINE_COLUMNS: [&str; 2] = ["order_line/product_id/.id", "order_line/product_uom_qty"];

/// Loads the orders of all jobs; each job's stand or fall together. Ids in the order asked.
async fn store(
    shop: &Shop,
    jobs: &[Place],
    customers: &[Outcome<Found>],
    addresses: &Addresses,
) -> Vec<Outcome<Vec<i64>>> {
    let mut outcomes: Vec<Outcome<Vec<i64>>> = Vec::with_capacity(jobs.len());
    // An empty cell would mean 'no delivery address', not 'Odoo's choice': two tables.
    let (mut plain, mut with_site) = (Vec::new(), Vec::new());
    for (index, (job, customer)) in jobs.iter().zip(customers).enumerate() {
        let ships = match customer {
            Ok(_) if job.orders.iter().any(|order| order.lines.is_empty()) => {
                Err(OdooError::permanent("an order without lines"))
            }
            Ok(customer) => ships(shop, index, job, customer, addresses).await,
            Err(error) => Err(error.clone()),
        };
        match (customer, ships) {
            (Ok(customer), Ok(ships)) => {
                let table =
                    if ships.iter().any(Option::is_some) { &mut with_site } else { &mut plain };
                table.push((index, group(shop, job, customer, &ships)));
                outcomes.push(Err(odd_count("load")));
            }
            (Err(error), _) => outcomes.push(Err(error.clone())),
            (_, Err(error)) => outcomes.push(Err(error)),
        }
    }
    for (table, with_address) in [(plain, false), (with_site, true)] {
        if table.is_empty() {
            continue;
        }
        let mut columns = COLUMNS.to_vec();
        columns.extend(with_address.then_some("partner_shipping_id/.id"));
        columns.push("company_id/.id");
        columns.extend(shop.warehouse.map(|_| "warehouse_id/.id"));
        columns.extend(LINE_COLUMNS);
        let (indices, groups): (Vec<usize>, Vec<Group>) = table.into_iter().unzip();
        // Our own note stands in the place of 'Sales Order created'; it is a quarter of the call.
        let context = [("mail_create_nolog", Value::Bool(true))];
        let loaded = shop.rpc.load("sale.order", &columns, &groups, &context).await;
        for (index, outcome) in indices.into_iter().zip(loaded) {
            if let Some(slot) = outcomes.get_mut(index) {
                *slot = outcome;
            }
        }
    }
    outcomes
}

/// Where each order of a job goes; all `None` where no order says so.
async fn ships(
    shop: &Shop,
    index: usize,
    job: &Place,
    customer: &Found,
    addresses: &Addresses,
) -> Outcome<Vec<Option<i64>>> {
    let stated = job.orders.iter().filter(|order| order.address.is_some()).count();
    if stated == 0 {
        return Ok(vec![None; job.orders.len()]);
    }
    let usual =
        if stated == job.orders.len() { customer.id } else { usual(shop, customer).await? };
    let mut ships = Vec::with_capacity(job.orders.len());
    for order in &job.orders {
        ships.push(Some(match &order.address {
            None => usual,
            Some(line) => addresses
                .get(&(index, line.clone()))
                .cloned()
                .unwrap_or_else(|| Err(odd_count("address")))?,
        }));
    }
    Ok(ships)
}

/// Where Odoo itself would deliver to.
async fn usual(shop: &Shop, customer: &Found) -> Outcome<i64> {
    let call =
        Call::on("res.partner", "address_get", &[customer.id]).arg("adr_pref", vec!["delivery"]);
    let answer = shop.rpc.call(call).await?;
    Ok(answer.get("delivery").and_then(Value::as_i64).unwrap_or(customer.id))
}

fn group(shop: &Shop, job: &Place, customer: &Found, ships: &[Option<i64>]) -> Group {
    job.orders.iter().zip(ships).map(|(order, site)| record(shop, order, customer, *site)).collect()
}

fn record(shop: &Shop, order: &OrderDraft, customer: &Found, site: Option<i64>) -> Record {
    // Noon UTC is the same day everywhere that Odoo's users look from.
    let date = order.date.map(|date| format!("{date} 12:00:00")).unwrap_or_default();
    let mut head = vec![
        format!("{MODULE}.{}", order.key),
        customer.id.to_string(),
        origin(&order.mail),
        order.reference.as_deref().map(|text| clean(text, 200)).unwrap_or_default(),
        date,
    ];
    head.extend(site.map(|id| id.to_string()));
    head.push(shop.company.to_string());
    head.extend(shop.warehouse.map(|id| id.to_string()));
    let blank = vec![String::new(); head.len()];
    let mut heads = std::iter::once(head).chain(std::iter::repeat(blank));
    let row = |line: &crate::flow::OrderLine| {
        let mut row = heads.next().unwrap_or_default();
        row.extend([line.product_id.to_string(), number(line.quantity)]);
        row
    };
    order.lines.iter().map(row).collect()
}

/// Confirms the orders of the jobs that want it, unless they are; per ready job.
async fn confirm_all(shop: &Shop, jobs: &[Place], ready: &[(usize, Vec<i64>)]) -> Vec<Outcome<()>> {
    let wants = |index: usize| jobs.get(index).is_some_and(|job| job.confirm);
    let ids: Vec<i64> =
        ready.iter().filter(|(index, _)| wants(*index)).flat_map(|(_, ids)| ids.clone()).collect();
    if ids.is_empty() {
        return ready.iter().map(|_| Ok(())).collect();
    }
    // Confirming twice is an error on 19.0, and is done twice on 14.0: the state decides.
    let states = match states(shop, &ids).await {
        Ok(states) => states,
        Err(error) => return ready.iter().map(|_| Err(error.clone())).collect(),
    };
    let is_draft = |id: &i64| states.get(id).is_some_and(|(state, _)| unconfirmed(state));
    let drafts: Vec<Vec<i64>> = ready
        .iter()
        .map(|(index, ids)| {
            if wants(*index) { ids.iter().copied().filter(is_draft).collect() } else { Vec::new() }
        })
        .collect();
    let outcomes = bisect(&drafts, MOST_JOBS, async |part: &[Vec<i64>]| {
        let ids: Vec<i64> = part.iter().flatten().copied().collect();
        if !ids.is_empty() {
            match confirm(shop, &ids).await {
                // Somebody else may have confirmed it in the meantime.
                Err(error) if error.of_records && part.len() == 1 => {
                    still_draft(shop, &ids).await.map_or(Err(error.clone()), |still| {
                        if still { Err(error) } else { Ok(()) }
                    })?;
                }
                outcome => outcome?,
            }
        }
        Ok(vec![(); part.len()])
    });
    let named = outcomes.await.into_iter().zip(&drafts).map(|(outcome, ids)| {
        outcome.map_err(|mut error| {
            if error.of_records {
                let numbers: Vec<&str> = ids
                    .iter()
                    .filter_map(|id| states.get(id).map(|(_, name)| name.as_str()))
                    .collect();
                error.message = format!("{} is stored, but: {}", numbers.join(", "), error.message);
            }
            error
        })
    });
    named.collect()
}

fn unconfirmed(state: &str) -> bool {
    matches!(state, "draft" | "sent")
}

async fn still_draft(shop: &Shop, ids: &[i64]) -> Outcome<bool> {
    Ok(states(shop, ids).await?.values().any(|(state, _)| unconfirmed(state)))
}

/// Reads back the orders of the ready jobs.
async fn read_all(
    shop: &Shop,
    jobs: &[Place],
    ready: &[(usize, Vec<i64>)],
) -> Vec<Outcome<Vec<crate::flow::PlacedOrder>>> {
    let read = bisect(ready, MOST_JOBS, async |part: &[(usize, Vec<i64>)]| {
        let mut wanted = Vec::new();
        for (index, ids) in part {
            let Some(job) = jobs.get(*index) else { continue };
            for (order, id) in job.orders.iter().zip(ids) {
                let (key, lang) = (order.key.clone(), job.customer.lang);
                wanted.push(Wanted { id: *id, key, lang });
            }
        }
        let mut found = read_back(shop, &wanted).await?;
        let orders = part.iter().map(|(_, ids)| -> Outcome<Vec<_>> {
            let orders = ids.iter().map(|id| {
                found.remove(id).ok_or_else(|| {
                    OdooError::uncertain(format!("order {id} was stored and is gone again"))
                })
            });
            orders.collect()
        });
        Ok(orders.collect())
    });
    read.await.into_iter().map(Result::flatten).collect()
}
