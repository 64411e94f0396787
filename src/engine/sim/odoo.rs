//! Odoo: stock, orders with one external id each, and calls that end in all the ways that calls
//! end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use rust_decimal::Decimal;

use super::weather::Fault as Kind;
use super::world::{Inner, Liar, World};
use crate::engine::ports::{Erp, Fault, Fut};
use crate::flow::testing::placed_line;
use crate::flow::{
    Availability, ErrorClass, LookUp, LookedUp, Partner, Place, PlacedLine, PlacedOrder, Refused,
    Stock, Vendor,
};
use crate::mail::Address;
use crate::odoo::{CatalogPage, Note, Placement};
use crate::reading::Product;

/// What is sold: id, reference, name, and whether stock of it is kept.
pub(super) const PRODUCTS: [(i64, &str, &str, bool); 5] = [
    (1, "BLT-10", "Hex bolt 10 mm", true),
    (2, "NUT-20", "Wing nut 20 mm", true),
    (3, "HNG-30", "Gate hinge 30 cm", true),
    (4, "CHN-40", "Link chain 40 m", true),
    (5, "SRV-50", "Assembly service", false),
];

/// The client's own time-out, as far as a simulated call needs one.
const TIME_OUT: Duration = Duration::from_secs(60);

/// What Odoo holds.
#[derive(Debug)]
pub(super) struct Odoo {
    pub(super) free: BTreeMap<i64, Decimal>,
    /// All orders, in the order in which they were made.
    pub(super) orders: Vec<PlacedOrder>,
    /// Calls that timed out and are done later, at their true time.
    late: Vec<(DateTime<Utc>, Vec<Place>)>,
    partners: BTreeMap<String, i64>,
    pub(super) notes: Vec<Note>,
}

impl Odoo {
    pub(super) fn new(rng: &mut Rng) -> Self {
        let stock = |rng: &mut Rng| Decimal::from([0, 3, 10, 40][rng.usize(0..4)]);
        let free = PRODUCTS.iter().filter(|product| product.3).map(|p| (p.0, stock(rng))).collect();
        Self {
            free,
            orders: Vec::new(),
            late: Vec::new(),
            partners: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// The customer is known before their first order.
    pub(super) fn know(&mut self, email: &str) {
        let next = i64::try_from(self.partners.len()).unwrap() + 70;
        self.partners.entry(email.to_owned()).or_insert(next);
    }

    /// Something that timed out is still to be done.
    pub(super) fn is_late(&self) -> bool {
        !self.late.is_empty()
    }

    fn look(&self, job: &LookUp) -> LookedUp {
        let stock = |(id, _): &(i64, Decimal)| {
            let (_, _, name, _) = PRODUCTS.iter().find(|product| product.0 == *id)?;
            let availability = match self.free.get(id) {
                Some(free) => Availability::Stock(*free),
                None => Availability::Untracked,
            };
            let address = Address { name: "Foundry".into(), email: "dispo@foundry.example".into() };
            let vendor = Vendor { address, lang: None, lead_days: Some(5) };
            let vendor = (job.vendors && *id != 4).then_some(vendor);
            let (name, uom) = ((*name).to_owned(), "Units".to_owned());
            Some((*id, Stock { availability, name, uom, vendor }))
        };
        let prefix = format!("{}_", job.mail);
        let already = self.orders.iter().filter(|order| order.key.starts_with(&prefix));
        let partner = self.partners.get(&job.from.email).map(|id| Partner { id: *id, lang: None });
        LookedUp {
            partner,
            stock: job.products.iter().filter_map(stock).collect(),
            already: already.cloned().collect(),
        }
    }

    /// Places orders: each external id once.
    fn place(&mut self, job: &Place, doubles: bool) -> (i64, Vec<PlacedOrder>) {
        self.know(&job.customer.from.email);
        let mut placed = Vec::new();
        for draft in &job.orders {
            let known = self.orders.iter().find(|order| order.key == draft.key).cloned();
            placed.push(known.filter(|_| !doubles).unwrap_or_else(|| {
                let lines = draft.lines.iter();
                let lines =
                    lines.map(|line| self.reserve(line.product_id, line.quantity)).collect();
                let id = i64::try_from(self.orders.len()).unwrap() + 1;
                let order = PlacedOrder {
                    delivery_date: draft.date,
                    address: draft.address.clone(),
                    reference: draft.reference.clone(),
                    ..order(&draft.key, id, lines)
                };
                self.orders.push(order.clone());
                order
            }));
        }
        (self.partners[&job.customer.from.email], placed)
    }

    /// Nothing of the newest order is reserved in truth.
    fn betray(&mut self) {
        for line in self.orders.last_mut().into_iter().flat_map(|order| &mut order.lines) {
            line.reserved = Some(Decimal::ZERO);
        }
    }

    fn reserve(&mut self, product_id: i64, quantity: Decimal) -> PlacedLine {
        let reserved = match self.free.get_mut(&product_id) {
            Some(free) => {
                let reserved = quantity.min((*free).max(Decimal::ZERO));
                *free -= reserved;
                reserved
            }
            None => quantity,
        };
        placed_line(product_id, quantity, reserved)
    }
}

fn order(key: &str, id: i64, lines: Vec<PlacedLine>) -> PlacedOrder {
    let total = lines.iter().map(|line| line.subtotal).sum();
    PlacedOrder {
        key: key.into(),
        id,
        number: format!("S{id:05}"),
        confirmed: true,
        cancelled: false,
        lines,
        untaxed: total,
        tax: Decimal::ZERO,
        total,
        currency: "EUR".into(),
        delivery_date: None,
        address: None,
        reference: None,
    }
}

impl Inner {
    /// Does what timed out and whose time has come.
    pub(super) fn ripen(&mut self) {
        let now = self.now();
        let (ripe, late): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.odoo.late).into_iter().partition(|(at, _)| *at <= now);
        self.odoo.late = late;
        for job in ripe.into_iter().flat_map(|(_, jobs)| jobs) {
            let (_, orders) = self.odoo.place(&job, false);
            for order in orders {
                self.note(format_args!("late: order {} {}", order.number, order.key));
            }
        }
    }

    /// Some of it is sold, or comes, elsewhere.
    pub(super) fn trade(&mut self) {
        let product = PRODUCTS[self.rng.usize(0..4)].0;
        if self.strikes(Kind::StockTaken) {
            let free = self.odoo.free.get_mut(&product).unwrap();
            let taken = (*free).min(self.rng.u32(1..6).into());
            *free -= taken;
            self.oversold |= taken > Decimal::ZERO;
            self.note(format_args!("{taken} of {product} are sold elsewhere"));
        }
        if self.strikes(Kind::StockComes) {
            let come = Decimal::from(self.rng.u32(1..30));
            *self.odoo.free.entry(product).or_default() += come;
            self.note(format_args!("{come} of {product} come"));
        }
    }
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Well,
    /// Not done, for this reason.
    Not(ErrorClass, &'static str),
    /// Done, and reported so.
    Lost(ErrorClass, &'static str),
    /// Done later.
    Late,
    /// Odoo does not like it.
    Invalid,
}

fn fault(class: ErrorClass, what: &str) -> Fault {
    Fault::new(class, what)
}

/// Odoo, as the engine sees it.
pub(super) struct SimErp(pub(super) Arc<World>);

impl SimErp {
    /// A call begins: how will it end?
    async fn call(&self, what: &'static str) -> End {
        self.0.step(what).await;
        let (end, wait, panics) = {
            let mut world = self.0.lock();
            world.ripen();
            let wait = if world.strikes(Kind::OdooSlow) {
                Duration::from_secs(world.rng.u64(5..120))
            } else {
                Duration::from_millis(world.rng.u64(2..400))
            };
            let panics = world.strikes(Kind::OdooPanic);
            let end = end(&mut world);
            let wait = if matches!(end, End::Late | End::Lost(..)) { TIME_OUT } else { wait };
            (end, wait, panics)
        };
        tokio::time::sleep(wait).await;
        if panics {
            std::panic::resume_unwind(Box::new("the client breaks"));
        }
        self.0.step(what).await;
        end
    }
}

fn end(world: &mut Inner) -> End {
    let now = world.now();
    if world.strikes(Kind::OdooCredentials) {
        let healed = now + world.seconds(20..400);
        world.odoo_shut = Some(healed);
    }
    if world.odoo_shut.is_some_and(|healed| now < healed) {
        End::Not(ErrorClass::Credentials, "access denied")
    } else if world.strikes(Kind::OdooRefused) {
        End::Not(ErrorClass::Transient, "connection refused")
    } else if world.strikes(Kind::OdooBroken) {
        let (class, what) = (ErrorClass::Transient, "502");
        if world.rng.bool() { End::Not(class, what) } else { End::Lost(class, what) }
    } else if world.strikes(Kind::OdooAnswerLost) {
        End::Lost(ErrorClass::Uncertain, "no answer")
    } else if world.strikes(Kind::OdooLateCommit) {
        End::Late
    } else if world.strikes(Kind::OdooInvalid) {
        End::Invalid
    } else {
        End::Well
    }
}

impl Erp for SimErp {
    fn catalog(&self, _: Option<DateTime<Utc>>) -> Fut<'_, Result<CatalogPage, Fault>> {
        Box::pin(async move {
            match self.call("catalog").await {
                End::Not(class, what) | End::Lost(class, what) => Err(fault(class, what)),
                End::Late => Err(fault(ErrorClass::Uncertain, "timed out")),
                End::Invalid => Err(fault(ErrorClass::Permanent, "invalid")),
                End::Well => {
                    let as_of = self.0.lock().now();
                    let products = catalog();
                    Ok(CatalogPage { products, inactive: Vec::new(), as_of })
                }
            }
        })
    }

    fn look_up(&self, jobs: Vec<LookUp>) -> Fut<'_, Vec<Result<LookedUp, Fault>>> {
        Box::pin(async move {
            let end = self.call("look_up").await;
            let world = self.0.lock();
            let answer = |job| match end {
                End::Not(class, what) | End::Lost(class, what) => Err(fault(class, what)),
                End::Late => Err(fault(ErrorClass::Uncertain, "timed out")),
                End::Invalid => Err(fault(ErrorClass::Permanent, "invalid")),
                End::Well => Ok(world.odoo.look(job)),
            };
            jobs.iter().map(answer).collect()
        })
    }

    fn place(&self, jobs: Vec<Place>) -> Fut<'_, Vec<Result<Placement, Fault>>> {
        Box::pin(async move {
            let end = self.call("place").await;
            let doubles = self.0.liar == Some(Liar::OdooDoubles);
            let mut world = self.0.lock();
            if end == End::Late {
                let at = world.now() + world.seconds(1..900);
                world.odoo.late.push((at, jobs.clone()));
            }
            let mut answers = Vec::new();
            for job in &jobs {
                answers.push(match end {
                    End::Not(class, what) => Err(fault(class, what)),
                    End::Late => Err(fault(ErrorClass::Uncertain, "timed out")),
                    End::Invalid => Ok(Placement::Refused(Refused { message: "invalid".into() })),
                    End::Lost(class, what) => {
                        place(&mut world, job, doubles);
                        Err(fault(class, what))
                    }
                    End::Well => Ok(place(&mut world, job, doubles)),
                });
            }
            drop(world);
            if answers.iter().any(Result::is_ok) && self.0.lies(Liar::OdooPromises) {
                self.0.lock().odoo.betray();
            }
            answers
        })
    }

    fn annotate(&self, jobs: Vec<Note>) -> Fut<'_, Vec<Result<(), Fault>>> {
        Box::pin(async move {
            let end = self.call("annotate").await;
            let mut world = self.0.lock();
            if matches!(end, End::Well | End::Lost(..) | End::Late) {
                world.odoo.notes.extend(jobs.iter().cloned());
            }
            let answer = |_| match end {
                End::Not(class, what) | End::Lost(class, what) => Err(fault(class, what)),
                End::Late => Err(fault(ErrorClass::Uncertain, "timed out")),
                End::Invalid => Err(fault(ErrorClass::Permanent, "invalid")),
                End::Well => Ok(()),
            };
            jobs.iter().map(answer).collect()
        })
    }
}

fn place(world: &mut Inner, job: &Place, doubles: bool) -> Placement {
    let before = world.odoo.orders.len();
    let (partner_id, orders) = world.odoo.place(job, doubles);
    let made = world.odoo.orders[before..].iter();
    let made: Vec<String> =
        made.map(|order| format!("order {} {}", order.number, order.key)).collect();
    for order in made {
        world.note(format_args!("{order}"));
    }
    Placement::Placed { partner_id, orders }
}

fn product((id, code, name, _): &(i64, &str, &str, bool)) -> Product {
    Product {
        id: *id,
        default_code: (*code).to_owned(),
        name: (*name).to_owned(),
        names: BTreeMap::new(),
        barcode: None,
        uom: "Units".into(),
        packagings: Vec::new(),
        customer_codes: BTreeMap::new(),
    }
}

/// How long after the last fault everything that Odoo still does is done.
pub(super) const LATEST: TimeDelta = TimeDelta::seconds(900);

/// Everything that is sold.
pub(super) fn catalog() -> Vec<Product> {
    PRODUCTS.iter().map(product).collect()
}
