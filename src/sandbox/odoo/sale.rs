//! Orders: what Odoo fills in, what they cost, confirming and cancelling.

use super::Version;
use super::chatter;
use super::compute::display_name;
use super::db::Db;
use super::env::Env;
use super::error::{Fault, Outcome};
use super::partner::address_of;
use super::rights::{Op, Role, refusal};
use super::stock;
use super::value::{Val, rounded};

type Row<'a> = Vec<(&'a str, Val)>;

fn given(row: &Row<'_>, name: &str) -> Option<Val> {
    row.iter().rev().find(|(field, _)| *field == name).map(|(_, value)| value.clone())
}

fn fill(row: &mut Row<'_>, name: &'static str, value: Val) {
    if given(row, name).is_none_or(|value| value == Val::Null) {
        row.retain(|(field, _)| *field != name);
        row.push((name, value));
    }
}

/// Completes an order that is to be made.
pub(super) fn before_order(db: &mut Db, env: &Env, row: &mut Row<'_>) -> Outcome<()> {
    if given(row, "date_order") == Some(Val::Null) {
        // The number's sequence wants a date as soon as the field is named.
        return Err(Fault::assertion("Datetime instance expected"));
    }
    let number = db.next("sale.order");
    fill(row, "name", Val::text(format!("S{number:05}")));
    fill(row, "state", "draft".into());
    fill(row, "date_order", env.now.as_str().into());
    fill(row, "user_id", env.uid.into());
    let company = db.get("res.users", env.uid, "company_id");
    fill(row, "company_id", company.clone());
    fill(row, "warehouse_id", 1.into());
    fill(row, "pricelist_id", 1.into());
    fill(row, "currency_id", db.get("res.company", company.as_id().unwrap_or(1), "currency_id"));
    fill(row, "require_signature", true.into());
    match env.version {
        Version::V14 => fill(row, "picking_policy", "direct".into()),
        Version::V19 => {
            fill(row, "locked", false.into());
            let until = chrono::Utc::now().date_naive() + chrono::TimeDelta::days(30);
            fill(row, "validity_date", until.to_string().into());
        }
    }
    for field in ["amount_untaxed", "amount_tax", "amount_total"] {
        row.push((field, 0.0.into()));
    }
    if let Some(partner) = given(row, "partner_id").as_ref().and_then(Val::as_id) {
        fill(row, "partner_invoice_id", address_of(db, partner, "invoice").into());
        fill(row, "partner_shipping_id", address_of(db, partner, "delivery").into());
    }
    Ok(())
}

/// Completes a line that is to be made.
pub(super) fn before_line(db: &mut Db, env: &Env, row: &mut Row<'_>) -> Outcome<()> {
    let unit = if env.version == Version::V14 { "product_uom" } else { "product_uom_id" };
    let tax = if env.version == Version::V14 { "tax_id" } else { "tax_ids" };
    fill(row, "sequence", 10.into());
    if given(row, "product_uom_qty").is_none() {
        row.push(("product_uom_qty", 1.0.into()));
    }
    fill(row, "product_uom_qty", 0.0.into());
    fill(row, "discount", 0.0.into());
    fill(row, "qty_delivered", 0.0.into());
    fill(row, "customer_lead", 0.0.into());
    let product = given(row, "product_id").as_ref().and_then(Val::as_id);
    if let Some(product) = product {
        let get = |field: &str| db.get("product.product", product, field);
        let order = given(row, "order_id").as_ref().and_then(Val::as_id).unwrap_or_default();
        let partner = db.one("sale.order", order, "partner_id").unwrap_or_default();
        let lang = db.get("res.partner", partner, "lang");
        let reader = Env { lang: lang.as_text().map(str::to_owned), ..env.clone() };
        let name = display_name(db, &reader, "product.product", product);
        fill(row, "name", Val::text(name));
        fill(row, unit, get("uom_id"));
        let taxes = get("taxes_id");
        fill(row, tax, if taxes == Val::Null { Val::ids([]) } else { taxes });
        fill(row, "price_unit", Val::Num(get("list_price").number()));
    } else if !given(row, "display_type").is_some_and(|kind| kind.truthy()) {
        return Err(Fault::validation(match env.version {
            Version::V14 => "Missing required value for the field 'name'".to_owned(),
            Version::V19 => "Missing required value for the field 'Order Reference' (name).\n\
                             Model: Unknown\n- create/update: a mandatory field is not set\n\
                             - delete: another model requires the record being deleted, you can \
                             archive it instead\n"
                .to_owned(),
        }));
    }
    fill(row, "price_unit", 0.0.into());
    Ok(())
}

/// Works out a line's amounts.
pub(super) fn after_line(db: &mut Db, id: i64) {
    let get = |field: &str| db.get("sale.order.line", id, field);
    let tax_field = if db.version == Version::V14 { "tax_id" } else { "tax_ids" };
    let price = get("price_unit").number() * (1.0 - get("discount").number() / 100.0);
    let untaxed = rounded(price * get("product_uom_qty").number(), 2);
    let taxes = get(tax_field);
    let tax: f64 = taxes
        .as_ids()
        .iter()
        .map(|tax| rounded(untaxed * db.get("account.tax", *tax, "amount").number() / 100.0, 2))
        .sum();
    let order = get("order_id").as_id();
    db.update(
        "sale.order.line",
        id,
        &[
            ("price_subtotal", untaxed.into()),
            ("price_tax", rounded(tax, 2).into()),
            ("price_total", rounded(untaxed + tax, 2).into()),
        ],
    );
    if let Some(order) = order {
        total(db, order);
    }
}

/// Sums an order.
fn total(db: &mut Db, id: i64) {
    let lines = db.by("sale.order.line", "order_id", id);
    let sum = |field: &str| {
        let of_line = |line: &i64| db.get("sale.order.line", *line, field).number();
        rounded(lines.iter().map(of_line).sum::<f64>(), 2)
    };
    let (untaxed, tax) = (sum("price_subtotal"), sum("price_tax"));
    db.update(
        "sale.order",
        id,
        &[
            ("amount_untaxed", untaxed.into()),
            ("amount_tax", tax.into()),
            ("amount_total", rounded(untaxed + tax, 2).into()),
        ],
    );
}

/// What follows from an order's new values.
pub(super) fn after_order(db: &mut Db, env: &Env, id: i64, created: bool) {
    total(db, id);
    if created && !env.no_notes {
        chatter::log(db, env, "sale.order", id, chatter::CREATED);
    }
}

/// Confirms: the orders' goods are reserved as far as there are any.
pub(super) fn confirm(db: &mut Db, env: &Env, ids: &[i64]) -> Outcome<()> {
    if env.role == Role::Low {
        return Err(refusal(Op::Read, "Sales Order", "sale.order", env.version));
    }
    for id in ids {
        if !db.exists("sale.order", *id) {
            return Err(Fault::missing("sale.order", &[*id], env.uid));
        }
        let state = db.get("sale.order", *id, "state");
        let state = state.as_text().unwrap_or_default();
        match (env.version, state) {
            (Version::V14, "done" | "cancel") => {
                return Err(Fault::user(
                    "It is not allowed to confirm an order in the following states: done, cancel",
                ));
            }
            (Version::V19, "draft" | "sent") | (Version::V14, _) => {}
            (Version::V19, _) => {
                return Err(Fault::user("Some orders are not in a state requiring confirmation."));
            }
        }
    }
    for id in ids {
        // 14 runs a second time through an order that is confirmed already: its date moves on, but
        // what is on its way to the customer is not sent twice.
        let again = db.get("sale.order", *id, "state").as_text() == Some("sale");
        let changes = [
            ("state", "sale".into()),
            ("date_order", env.now.as_str().into()),
            ("write_date", env.now.as_str().into()),
        ];
        db.update("sale.order", *id, &changes);
        if !again {
            stock::launch(db, env, *id);
            chatter::log(db, env, "sale.order", *id, chatter::CONFIRMED);
        }
    }
    Ok(())
}

/// Cancels, and sets free what was reserved.
pub(super) fn cancel(db: &mut Db, env: &Env, ids: &[i64]) -> Outcome<()> {
    if env.role == Role::Low {
        return Err(refusal(Op::Read, "Sales Order", "sale.order", env.version));
    }
    for id in ids {
        if !db.exists("sale.order", *id) {
            return Err(Fault::missing("sale.order", &[*id], env.uid));
        }
        let delivers = !db.by("stock.picking", "sale_id", *id).is_empty();
        if delivers && env.version == Version::V19 && env.role != Role::Admin {
            let model = "purchase.order.line";
            let refused = refusal(Op::Read, "Purchase Order Line", model, env.version);
            return Err(Fault::access(format!(
                "Failed to read field stock.move.created_purchase_line_ids\n{}",
                refused.message
            )));
        }
    }
    for id in ids {
        stock::release(db, *id);
        let changes = [("state", "cancel".into()), ("write_date", env.now.as_str().into())];
        db.update("sale.order", *id, &changes);
    }
    Ok(())
}

/// Makes a quotation of the same customer, source and lines; the external id stays with the first.
pub(super) fn copy(db: &mut Db, env: &Env, id: i64) -> Outcome<i64> {
    if env.role == Role::Low {
        return Err(refusal(Op::Create, "Sales Order", "sale.order", env.version));
    }
    let copied = ["partner_id", "partner_shipping_id", "origin", "company_id", "warehouse_id"];
    let mut row: Row<'_> =
        copied.iter().map(|field| (*field, db.get("sale.order", id, field))).collect();
    before_order(db, env, &mut row)?;
    let copy = db.insert("sale.order", &row);
    for line in db.by("sale.order.line", "order_id", id) {
        let copied = ["product_id", "product_uom_qty", "price_unit", "discount", "display_type"];
        let mut row: Row<'_> =
            copied.iter().map(|field| (*field, db.get("sale.order.line", line, field))).collect();
        row.push(("order_id", copy.into()));
        before_line(db, env, &mut row)?;
        let line = db.insert("sale.order.line", &row);
        after_line(db, line);
    }
    after_order(db, env, copy, true);
    Ok(copy)
}

/// Only quotations and cancelled orders may be removed.
pub(super) fn may_unlink(db: &Db, ids: &[i64]) -> Outcome<()> {
    let open = |id: &i64| {
        !matches!(db.get("sale.order", *id, "state").as_text(), Some("draft" | "cancel") | None)
    };
    if ids.iter().any(open) {
        return Err(Fault::user(
            "You can not delete a sent quotation or a confirmed sales order. You must first \
             cancel it.",
        ));
    }
    Ok(())
}
