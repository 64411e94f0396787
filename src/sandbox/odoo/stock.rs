//! What lies in the warehouse, and what confirmed orders have reserved of it.

use super::Version;
use super::db::Db;
use super::env::Env;
use super::value::{Val, rounded};

/// How much there is of a product, in its own unit.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Level {
    /// In the warehouse.
    pub(super) on_hand: f64,
    /// Of that, promised to confirmed orders.
    pub(super) reserved: f64,
    /// What confirmed orders want in all, whether there or not.
    pub(super) outgoing: f64,
}

/// Quantities have no more digits than this.
const DIGITS: i32 = 5;

/// What a move holds of its product: named differently by the versions.
pub(super) fn reserved_field(version: Version) -> &'static str {
    match version {
        Version::V14 => "reserved_availability",
        Version::V19 => "quantity",
    }
}

/// The product's level now.
pub(super) fn level(db: &Db, product: i64) -> Level {
    if let Some(level) = db.stock.get(&product) {
        return *level;
    }
    let mut level = Level::default();
    for quant in db.by("stock.quant", "product_id", product) {
        level.on_hand += db.get("stock.quant", quant, "quantity").number();
    }
    for shift in db.by("stock.move", "product_id", product) {
        if is_open(db, shift) {
            level.reserved += db.get("stock.move", shift, reserved_field(db.version)).number();
            level.outgoing += db.get("stock.move", shift, "product_uom_qty").number();
        }
    }
    level
}

fn is_open(db: &Db, shift: i64) -> bool {
    let state = db.get("stock.move", shift, "state");
    matches!(state.as_text(), Some("waiting" | "confirmed" | "partially_available" | "assigned"))
}

/// The level, kept from now on: what follows changes the rows that it would be summed from.
fn cached(db: &mut Db, product: i64) -> Level {
    let level = level(db, product);
    db.stock.insert(product, level);
    level
}

fn change(db: &mut Db, product: i64, by: impl FnOnce(&mut Level)) {
    let mut level = level(db, product);
    by(&mut level);
    for number in [&mut level.on_hand, &mut level.reserved, &mut level.outgoing] {
        *number = rounded(*number, DIGITS);
    }
    db.stock.insert(product, level);
}

/// The product is counted.
pub(super) fn is_tracked(db: &Db, product: i64) -> bool {
    match db.version {
        Version::V14 => db.get("product.product", product, "type").as_text() == Some("product"),
        Version::V19 => db.get("product.product", product, "is_storable").truthy(),
    }
}

/// Sets what lies in the warehouse.
pub(super) fn set_on_hand(db: &mut Db, product: i64, quantity: f64) {
    let location = db.get("stock.warehouse", 1, "lot_stock_id");
    match db.by("stock.quant", "product_id", product).first() {
        Some(quant) => db.update("stock.quant", *quant, &[("quantity", Val::Num(quantity))]),
        None => {
            db.insert(
                "stock.quant",
                &[
                    ("product_id", product.into()),
                    ("location_id", location),
                    ("quantity", quantity.into()),
                ],
            );
        }
    }
    db.stock.remove(&product);
    cached(db, product);
}

/// A count of the warehouse: what was counted is what lies there.
pub(super) fn count(db: &mut Db, quant: i64) {
    let get = |field: &str| db.get("stock.quant", quant, field);
    let Some(product) = get("product_id").as_id() else { return };
    let others = level(db, product).on_hand - get("quantity").number();
    let counted = get("inventory_quantity").number();
    db.update("stock.quant", quant, &[("quantity", Val::Num(counted - others))]);
    db.stock.remove(&product);
    cached(db, product);
}

/// Makes the delivery of a confirmed order and reserves what there is for it.
pub(super) fn launch(db: &mut Db, env: &Env, order: i64) {
    let lines = db.by("sale.order.line", "order_id", order);
    let goods: Vec<i64> = lines.into_iter().filter(|line| is_goods(db, *line)).collect();
    if goods.is_empty() {
        return;
    }
    let number = db.next("stock.picking");
    let name = db.get("sale.order", order, "name");
    let wished = db.get("sale.order", order, "commitment_date");
    let deadline = wished.clone();
    let when = if wished.truthy() { wished.clone() } else { Val::text(env.now.as_str()) };
    let picking = db.insert(
        "stock.picking",
        &[
            ("name", format!("WH/OUT/{number:05}").into()),
            ("state", "confirmed".into()),
            ("origin", name.clone()),
            ("partner_id", db.get("sale.order", order, "partner_shipping_id")),
            ("scheduled_date", when.clone()),
            ("priority", "0".into()),
            ("sale_id", order.into()),
            ("create_date", env.now.as_str().into()),
            ("write_date", env.now.as_str().into()),
        ],
    );
    for line in goods {
        ship(db, env, line, picking, &name, (&when, &deadline));
    }
    settle(db, picking);
}

fn is_goods(db: &Db, line: i64) -> bool {
    let get = |field: &str| db.get("sale.order.line", line, field);
    let product = get("product_id").as_id();
    get("product_uom_qty").number() > 0.0
        && product.is_some_and(|product| {
            db.get("product.product", product, "type").as_text() != Some("service")
        })
}

fn ship(
    db: &mut Db,
    env: &Env,
    line: i64,
    picking: i64,
    origin: &Val,
    (when, deadline): (&Val, &Val),
) {
    let wanted = db.get("sale.order.line", line, "product_uom_qty").number();
    let Some(product) = db.one("sale.order.line", line, "product_id") else { return };
    let before = cached(db, product);
    let there = if is_tracked(db, product) {
        (before.on_hand - before.reserved).clamp(0.0, wanted)
    } else {
        wanted
    };
    let there = rounded(there, DIGITS);
    let state = if there >= wanted {
        "assigned"
    } else if there > 0.0 {
        "partially_available"
    } else {
        "confirmed"
    };
    db.insert(
        "stock.move",
        &[
            ("name", db.get("sale.order.line", line, "name")),
            ("product_id", product.into()),
            ("product_uom_qty", wanted.into()),
            ("product_uom", db.get("product.product", product, "uom_id")),
            ("state", state.into()),
            ("sequence", 10.into()),
            ("origin", origin.clone()),
            ("date", when.clone()),
            ("date_deadline", deadline.clone()),
            ("picking_id", picking.into()),
            ("sale_line_id", line.into()),
            ("location_id", db.get("stock.warehouse", 1, "lot_stock_id")),
            (
                "location_dest_id",
                db.by("stock.location", "usage", "customer")
                    .first()
                    .copied()
                    .map_or(Val::Null, Val::Int),
            ),
            ("warehouse_id", 1.into()),
            (reserved_field(db.version), there.into()),
            ("create_date", env.now.as_str().into()),
            ("write_date", env.now.as_str().into()),
        ],
    );
    if is_tracked(db, product) {
        change(db, product, |level| {
            level.reserved += there;
            level.outgoing += wanted;
        });
    }
}

/// Gives a delivery the state that its moves have together.
fn settle(db: &mut Db, picking: i64) {
    let moves = db.by("stock.move", "picking_id", picking);
    let state = |shift: &i64| db.get("stock.move", *shift, "state");
    let all = |wanted: &str| moves.iter().all(|shift| state(shift).as_text() == Some(wanted));
    let any = |wanted: &str| moves.iter().any(|shift| state(shift).as_text() == Some(wanted));
    let state = if all("cancel") {
        "cancel"
    } else if all("assigned") || any("assigned") || any("partially_available") {
        // Odoo delivers in parts ('as soon as possible').
        "assigned"
    } else {
        "confirmed"
    };
    db.update("stock.picking", picking, &[("state", state.into())]);
}

/// Cancels the deliveries of an order; what they held is free again.
pub(super) fn release(db: &mut Db, order: i64) {
    for picking in db.by("stock.picking", "sale_id", order) {
        for shift in db.by("stock.move", "picking_id", picking) {
            drop_move(db, shift);
        }
        settle(db, picking);
    }
}

fn drop_move(db: &mut Db, shift: i64) {
    if !is_open(db, shift) {
        return;
    }
    let field = reserved_field(db.version);
    let held = db.get("stock.move", shift, field).number();
    let wanted = db.get("stock.move", shift, "product_uom_qty").number();
    let product = db.one("stock.move", shift, "product_id");
    if let Some(product) = product {
        cached(db, product);
    }
    db.update("stock.move", shift, &[("state", "cancel".into()), (field, Val::Num(0.0))]);
    if let Some(product) = product.filter(|product| is_tracked(db, *product)) {
        change(db, product, |level| {
            level.reserved -= held;
            level.outgoing -= wanted;
        });
    }
}
