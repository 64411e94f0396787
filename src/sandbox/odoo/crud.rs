//! Create, write and unlink.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::Version;
use super::convert::convert;
use super::db::Db;
use super::env::Env;
use super::error::{Fault, Outcome};
use super::query::restricted;
use super::rights::{Op, check};
use super::schema::{Field, Kind, Model, Source};
use super::value::Val;
use super::{partner, sale};

/// The model of that name, or Odoo's own complaint.
pub(super) fn model(db: &Db, name: &str) -> Outcome<Arc<Model>> {
    db.model(name).ok_or_else(|| Fault::user(format!("Object {name} doesn't exist")))
}

/// Creates a record of these values; whatever was made before an error stays for the caller to
/// take back.
pub(super) fn create(
    db: &mut Db,
    env: &Env,
    model: &Arc<Model>,
    values: &Map<String, Json>,
) -> Outcome<i64> {
    check(env.role, Op::Create, model, env.version)?;
    let attached = values.get("datas").and_then(Json::as_str).map_or(0, str::len);
    if !db.has_room(attached) {
        return Err(Fault::user("The sandbox is full: start a new one."));
    }
    let mut values = values.clone();
    for (name, value) in &env.defaults {
        if model.field(name).is_some() && !values.contains_key(name) {
            values.insert(name.clone(), value.clone());
        }
    }
    let (own, children) = split(db, env, model, &values, true)?;
    let mut row: Vec<(&str, Val)> = own;
    before_create(db, env, model, &mut row)?;
    for (name, value) in defaults(db, env, model, &row) {
        row.push((name, value));
    }
    row.push(("create_date", env.now.as_str().into()));
    row.push(("create_uid", env.uid.into()));
    row.push(("write_date", env.now.as_str().into()));
    required(db, model, &row)?;
    let id = db.insert(model.name, &row);
    for (field, commands) in children {
        apply(db, env, field, id, &commands)?;
    }
    after_change(db, env, model, id, &values, true);
    Ok(id)
}

/// Changes records.
pub(super) fn write(
    db: &mut Db,
    env: &Env,
    model: &Arc<Model>,
    ids: &[i64],
    values: &Map<String, Json>,
) -> Outcome<()> {
    check(env.role, Op::Write, model, env.version)?;
    if let Some(gone) = ids.iter().find(|id| !db.exists(model.name, **id)) {
        return Err(Fault::missing(model.name, &[*gone], env.uid));
    }
    for id in ids {
        let (own, children) = split(db, env, model, values, false)?;
        let mut row = own;
        row.push(("write_date", env.now.as_str().into()));
        for (name, value) in &row {
            let wanted = model.field(name).filter(|field| field.required && !value.truthy());
            if let Some(field) = wanted.filter(|field| !matches!(field.kind, Kind::Float)) {
                return Err(Fault::required(model, field, env.version == Version::V14));
            }
        }
        db.update(model.name, *id, &row);
        for (field, commands) in children {
            apply(db, env, field, *id, &commands)?;
        }
        after_change(db, env, model, *id, values, false);
    }
    Ok(())
}

/// Removes records, and what belongs to them.
pub(super) fn unlink(db: &mut Db, env: &Env, model: &Arc<Model>, ids: &[i64]) -> Outcome<()> {
    // 14 looks at the orders' state before it looks at rights, 19 the other way round.
    if model.name == "sale.order" && env.version == Version::V14 {
        sale::may_unlink(db, ids)?;
    }
    check(env.role, Op::Unlink, model, env.version)?;
    if model.name == "sale.order" {
        sale::may_unlink(db, ids)?;
    }
    for id in ids {
        remove(db, model.name, *id);
    }
    Ok(())
}

/// Removes a record with its lines, messages, attachments and external ids.
pub(super) fn remove(db: &mut Db, model: &str, id: i64) {
    if model == "sale.order" {
        for line in db.by("sale.order.line", "order_id", id) {
            remove(db, "sale.order.line", line);
        }
    }
    for data in db.by("ir.model.data", "res_id", id) {
        if db.get("ir.model.data", data, "model").as_text() == Some(model) {
            db.delete("ir.model.data", data);
        }
    }
    for (other, field) in [("mail.message", "model"), ("ir.attachment", "res_model")] {
        for attached in db.by(other, "res_id", id) {
            if db.get(other, attached, field).as_text() == Some(model) {
                db.delete(other, attached);
            }
        }
    }
    db.delete(model, id);
}

/// A record's own values, and the commands for what it contains.
type Split<'a> = (Vec<(&'a str, Val)>, Vec<(&'a Field, Json)>);

fn split<'a>(
    db: &Db,
    env: &Env,
    model: &'a Model,
    values: &Map<String, Json>,
    creating: bool,
) -> Outcome<Split<'a>> {
    let (mut own, mut children) = (Vec::new(), Vec::new());
    for (name, json) in values {
        let Some(field) = model.field(name) else {
            return Err(unknown_field(env, model, name, creating));
        };
        restricted(env, model, field)?;
        match field.kind {
            Kind::One2many(..) => children.push((field, json.clone())),
            _ if matches!(field.source, Source::Computed) => {}
            kind => own.push((field.name, convert(db, model, field, kind, json)?)),
        }
    }
    Ok((own, children))
}

fn unknown_field(env: &Env, model: &Model, name: &str, creating: bool) -> Fault {
    match (env.version, creating) {
        (Version::V14, _) => {
            Fault::value(format!("Invalid field '{name}' on model '{}'", model.name))
        }
        (Version::V19, true) => Fault::value(format!("Invalid field '{name}' in '{}'", model.name)),
        (Version::V19, false) => {
            Fault::value(format!("Invalid field '{name}' on '{}'", model.name))
        }
    }
}

/// Carries out one2many commands.
fn apply(db: &mut Db, env: &Env, field: &Field, id: i64, commands: &Json) -> Outcome<()> {
    let Kind::One2many(other, inverse) = field.kind else { return Ok(()) };
    let child = model(db, other)?;
    for command in commands.as_array().into_iter().flatten() {
        let parts = command.as_array().map(Vec::as_slice).unwrap_or_default();
        let code = parts.first().and_then(Json::as_i64);
        let target = parts.get(1).and_then(Json::as_i64).unwrap_or_default();
        let values = parts.get(2).and_then(Json::as_object);
        match (code, values) {
            (Some(0), Some(values)) => {
                let mut values = values.clone();
                values.insert(inverse.into(), Json::from(id));
                create(db, env, &child, &values)?;
            }
            (Some(1), Some(values)) => write(db, env, &child, &[target], values)?,
            (Some(2 | 3), _) => unlink(db, env, &child, &[target])?,
            (Some(5), _) => unlink(db, env, &child, &db.by(other, inverse, id))?,
            _ => {}
        }
    }
    Ok(())
}

/// What must be right before a record can be stored.
fn before_create(db: &mut Db, env: &Env, model: &Model, row: &mut Vec<(&str, Val)>) -> Outcome<()> {
    match model.name {
        "sale.order" => sale::before_order(db, env, row),
        "sale.order.line" => sale::before_line(db, env, row),
        "res.partner" => partner::before_create(db, env, row),
        "ir.attachment" => super::chatter::before_attachment(db, env, row),
        "product.product" => template_of(db, env, row),
        _ => Ok(()),
    }
}

/// A variant that is made by itself brings its template.
fn template_of(db: &mut Db, env: &Env, row: &mut Vec<(&str, Val)>) -> Outcome<()> {
    if row.iter().any(|(name, _)| *name == "product_tmpl_id") {
        return Ok(());
    }
    let template = model(db, "product.template")?;
    let mut own: Vec<(&str, Val)> =
        row.iter().filter(|(name, _)| template.slot(name).is_some()).cloned().collect();
    if let Some((_, price)) = row.iter().find(|(name, _)| *name == "lst_price") {
        own.push(("list_price", price.clone()));
    }
    own.extend(defaults(db, env, &template, &own));
    required(db, &template, &own)?;
    own.push(("create_date", env.now.as_str().into()));
    own.push(("write_date", env.now.as_str().into()));
    let id = db.insert("product.template", &own);
    row.push(("product_tmpl_id", id.into()));
    Ok(())
}

/// What a new record gets where nothing else was said.
fn defaults(db: &Db, env: &Env, model: &Model, row: &[(&str, Val)]) -> Vec<(&'static str, Val)> {
    let company = db.get("res.users", env.uid, "company_id");
    let mut found: Vec<(&'static str, Val)> = match model.name {
        "product.product" | "product.template" => vec![
            ("active", true.into()),
            ("sale_ok", true.into()),
            ("type", "consu".into()),
            ("uom_id", 1.into()),
            ("uom_po_id", 1.into()),
            ("tracking", "none".into()),
            ("currency_id", db.get("res.company", 1, "currency_id")),
            ("taxes_id", Val::ids([1])),
        ],
        "product.supplierinfo" => {
            vec![("sequence", 1.into()), ("delay", 1.into()), ("company_id", company)]
        }
        "stock.warehouse" => vec![("active", true.into()), ("company_id", company)],
        _ if model.slot("active").is_some() => vec![("active", true.into())],
        _ => Vec::new(),
    };
    found.retain(|(name, _)| !row.iter().any(|(given, _)| given == name));
    found
}

fn required(db: &Db, model: &Model, row: &[(&str, Val)]) -> Outcome<()> {
    let old = db.version == Version::V14;
    let set = |field: &Field| {
        let given = row.iter().rev().find(|(name, _)| *name == field.name);
        given.is_some_and(|(_, value)| *value != Val::Null)
    };
    let wanted = |field: &&Field| field.required && field.slot().is_some();
    match model.fields.iter().filter(wanted).find(|field| !set(field)) {
        Some(field) => Err(Fault::required(model, field, old)),
        None => Ok(()),
    }
}

/// What follows from a change.
fn after_change(
    db: &mut Db,
    env: &Env,
    model: &Model,
    id: i64,
    values: &Map<String, Json>,
    created: bool,
) {
    match model.name {
        "res.partner" => partner::after_change(db, id, values, created),
        "sale.order" => sale::after_order(db, env, id, created),
        "sale.order.line" => sale::after_line(db, id),
        // From 15 on a count is applied by a call of its own.
        "stock.quant" if env.inventory_mode && env.version == Version::V14 => {
            super::stock::count(db, id);
        }
        _ => {}
    }
}
