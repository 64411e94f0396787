//! Values as a reader sees them: translated, delegated, computed.

use super::Version;
use super::db::Db;
use super::env::Env;
use super::schema::{Field, Kind, Model, Source};
use super::stock::{is_tracked, level};
use super::value::Val;

/// A field's value for whoever asks.
pub(super) fn value(db: &Db, env: &Env, model: &Model, field: &Field, id: i64) -> Val {
    match field.source {
        Source::Stored(_) if field.translated => {
            db.term(model.name, field.name, id, env.lang.as_deref())
        }
        Source::Stored(_) => db.get(model.name, id, field.name),
        Source::Related(through, target) => {
            let other = db.one(model.name, id, through);
            let relation = model.field(through).and_then(|by| by.kind.relation());
            match (other, relation.and_then(|name| db.model(name))) {
                (Some(other), Some(relation)) => relation
                    .field(target)
                    .map_or(Val::Null, |field| value(db, env, &relation, field, other)),
                _ => Val::Null,
            }
        }
        Source::Computed => computed(db, env, model, field, id),
    }
}

fn computed(db: &Db, env: &Env, model: &Model, field: &Field, id: i64) -> Val {
    if let Kind::One2many(other, inverse) = field.kind {
        return Val::Ids(visible(db, env, other, db.by(other, inverse, id)).into());
    }
    match (model.name, field.name) {
        (_, "id") => Val::Int(id),
        (_, "display_name") => Val::text(display_name(db, env, model.name, id)),
        (name, "message_ids") => {
            let of_model =
                |message: &i64| db.get("mail.message", *message, "model").as_text() == Some(name);
            let mut messages = db.by("mail.message", "res_id", id);
            messages.retain(of_model);
            messages.reverse();
            Val::Ids(messages.into())
        }
        ("ir.attachment", "res_name") => {
            let (on, of) = (db.get(model.name, id, "res_model"), db.get(model.name, id, "res_id"));
            match (on.as_text(), of.as_id()) {
                (Some(on), Some(of)) if db.exists(on, of) => {
                    Val::text(display_name(db, env, on, of))
                }
                _ => Val::Null,
            }
        }
        ("res.partner", name) => partner(db, env, id, name),
        ("product.product", name) => stock_of(db, env, id, name),
        ("product.template", name) => template(db, env, id, name),
        ("sale.order", name) => order(db, id, name),
        ("sale.order.line", name) => order_line(db, env, id, name),
        _ => Val::Null,
    }
}

/// Those that a reader sees: without the archived ones, unless asked for.
pub(super) fn visible(db: &Db, env: &Env, model: &str, mut ids: Vec<i64>) -> Vec<i64> {
    let has_active = db.model(model).is_some_and(|model| model.slot("active").is_some());
    if env.active_test && has_active {
        ids.retain(|id| db.get(model, *id, "active").truthy());
    }
    ids
}

/// A record's name, as Odoo shows it where another record points to it.
pub(super) fn display_name(db: &Db, env: &Env, model: &str, id: i64) -> String {
    let text =
        |field: &str| db.term(model, field, id, env.lang.as_deref()).as_text().map(str::to_owned);
    let name = |field: &str| text(field).unwrap_or_default();
    match model {
        "res.partner" if env.show_address && db.version == Version::V19 => {
            with_address(db, env, id)
        }
        "res.partner" => partner_name(db, id),
        "product.product" | "product.template" => {
            let code = match model {
                "product.product" => db.get(model, id, "default_code"),
                _ => template(db, env, id, "default_code"),
            };
            match code.as_text().filter(|code| !code.is_empty() && !env.short_names) {
                Some(code) => format!("[{code}] {}", name("name")),
                None => name("name"),
            }
        }
        "product.pricelist" => {
            let currency = db.one(model, id, "currency_id").unwrap_or_default();
            format!("{} ({})", name("name"), display_name(db, env, "res.currency", currency))
        }
        "product.supplierinfo" => {
            let field = if db.version == Version::V14 { "name" } else { "partner_id" };
            db.one(model, id, field).map(|partner| partner_name(db, partner)).unwrap_or_default()
        }
        "sale.order.line" => {
            let order = db.one(model, id, "order_id").unwrap_or_default();
            let line = format!("{} - {}", display_name(db, env, "sale.order", order), name("name"));
            let partner = db.one("sale.order", order, "partner_id");
            match partner.filter(|_| db.version == Version::V19) {
                Some(partner) => format!("{line} ({})", partner_name(db, partner)),
                None => line,
            }
        }
        "stock.move" => {
            let product = db.one(model, id, "product_id").unwrap_or_default();
            let code = db.get("product.product", product, "default_code");
            let origin = name("origin");
            format!("{origin}/{}: Stock>Customers", code.as_text().unwrap_or_default())
        }
        "stock.location" => name("complete_name"),
        _ if db.model(model).is_some_and(|model| model.field("name").is_some()) => name("name"),
        _ => format!("{model},{id}"),
    }
}

fn partner_name(db: &Db, id: i64) -> String {
    let get = |field: &str| db.get("res.partner", id, field);
    let own = get("name").as_text().unwrap_or_default().to_owned();
    let is_company = get("is_company").truthy();
    let above = get("parent_id").as_id().map_or_else(
        || get("company_name").as_text().map(str::to_owned),
        |parent| db.get("res.partner", parent, "name").as_text().map(str::to_owned),
    );
    match above.filter(|name| !name.is_empty() && !is_company) {
        Some(above) if own.is_empty() => format!("{above}, {}", type_label(&get("type"))),
        Some(above) => format!("{above}, {own}"),
        None => own,
    }
}

/// A contact's name with its address below, as 14 gives it by `name_get` and 19 everywhere.
pub(super) fn with_address(db: &Db, env: &Env, id: i64) -> String {
    let block = address(db, env, id, false);
    let lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
    std::iter::once(partner_name(db, id).as_str()).chain(lines).collect::<Vec<_>>().join("\n")
}

fn type_label(kind: &Val) -> &'static str {
    match kind.as_text() {
        Some("invoice") => "Invoice Address",
        Some("delivery") => "Delivery Address",
        Some("other") => "Other Address",
        _ => "Contact",
    }
}

fn partner(db: &Db, env: &Env, id: i64, field: &str) -> Val {
    match field {
        "company_type" => {
            let company = db.get("res.partner", id, "is_company").truthy();
            Val::from(if company { "company" } else { "person" })
        }
        "complete_name" => Val::text(partner_name(db, id)),
        "contact_address" => Val::text(address(db, env, id, true)),
        "contact_address_inline" => {
            let address = address(db, env, id, true);
            let parts = address.lines().map(str::trim).filter(|part| !part.is_empty());
            Val::text(parts.collect::<Vec<_>>().join(", "))
        }
        _ => Val::Null,
    }
}

/// The address block as the partner's country writes it, under the company's name where asked.
fn address(db: &Db, env: &Env, id: i64, with_company: bool) -> String {
    let text =
        |field: &str| db.get("res.partner", id, field).as_text().unwrap_or_default().to_owned();
    let country = db.one("res.partner", id, "country_id");
    let code = country.map(|country| db.get("res.country", country, "code"));
    let place = match code.as_ref().and_then(Val::as_text) {
        Some("CH" | "DE" | "FR" | "IT" | "AT" | "NL" | "BE" | "ES") => {
            format!("{} {}", text("zip"), text("city"))
        }
        _ => format!("{}  {}", text("city"), text("zip")),
    };
    let country = country.map(|id| display_name(db, env, "res.country", id)).unwrap_or_default();
    let commercial = db.one("res.partner", id, "commercial_partner_id").filter(|top| *top != id);
    let company = commercial
        .filter(|top| with_company && db.get("res.partner", *top, "is_company").truthy())
        .map(|top| format!("{}\n", partner_name(db, top)))
        .unwrap_or_default();
    format!("{company}{}\n{}\n{place}\n{country}", text("street"), text("street2"))
}

fn template(db: &Db, env: &Env, id: i64, field: &str) -> Val {
    let variants = db.by("product.product", "product_tmpl_id", id);
    let first = variants.first().copied();
    let of_variant = |field: &str| match variants.as_slice() {
        [only] => db.get("product.product", *only, field),
        _ => Val::Null,
    };
    match field {
        "default_code" | "barcode" => of_variant(field),
        "product_variant_id" => Val::one(first),
        "qty_available" | "virtual_available" => Val::Num(
            variants.iter().map(|variant| stock_of(db, env, *variant, field).number()).sum(),
        ),
        "uom_name" => db
            .one("product.template", id, "uom_id")
            .map_or(Val::Null, |unit| Val::text(display_name(db, env, "uom.uom", unit))),
        _ => Val::Null,
    }
}

fn stock_of(db: &Db, env: &Env, product: i64, field: &str) -> Val {
    // All stock lies in the first warehouse.
    let elsewhere = env.warehouse.is_some_and(|warehouse| warehouse != 1);
    if elsewhere || !is_tracked(db, product) {
        return Val::Num(0.0);
    }
    let level = level(db, product);
    match field {
        "qty_available" => Val::Num(level.on_hand),
        "free_qty" => Val::Num(level.on_hand - level.reserved),
        "virtual_available" => Val::Num(level.on_hand - level.outgoing),
        "outgoing_qty" => Val::Num(level.outgoing),
        "incoming_qty" => Val::Num(0.0),
        _ => Val::Null,
    }
}

fn order(db: &Db, id: i64, field: &str) -> Val {
    match field {
        "expected_date" => db.get("sale.order", id, "date_order"),
        "delivery_status" => {
            let open = db.by("stock.picking", "sale_id", id).into_iter().any(|picking| {
                db.get("stock.picking", picking, "state").as_text() != Some("cancel")
            });
            if open { Val::from("pending") } else { Val::Null }
        }
        _ => Val::Null,
    }
}

fn order_line(db: &Db, env: &Env, id: i64, field: &str) -> Val {
    let get = |field: &str| db.get("sale.order.line", id, field);
    let order = get("order_id").as_id().unwrap_or_default();
    let state = db.get("sale.order", order, "state");
    let Some(product) = get("product_id").as_id() else { return Val::Null };
    let draft = matches!(state.as_text(), Some("draft" | "sent"));
    match field {
        "qty_to_deliver" => {
            Val::Num(get("product_uom_qty").number() - get("qty_delivered").number())
        }
        "qty_available_today" if draft => stock_of(db, env, product, "qty_available"),
        "free_qty_today" if draft => stock_of(db, env, product, "free_qty"),
        "virtual_available_at_date" if draft => stock_of(db, env, product, "virtual_available"),
        "qty_available_today" | "free_qty_today" | "virtual_available_at_date" => Val::Num(0.0),
        "is_mto" => Val::Bool(false),
        _ => Val::Null,
    }
}
