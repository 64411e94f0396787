//! `load`: Odoo's import, which makes a record once per external id.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::Version;
use super::crud;
use super::db::Db;
use super::env::{Env, is_true};
use super::error::{Fault, Outcome};
use super::import::{Importer, Trouble, plain};
use super::rights::{Role, field_refusal};
use super::schema::Model;
use super::table::{Path, Raw, RawRecord, extract, known_fields, path};

/// Odoo stops collecting after so many.
const MAX_ERRORS: usize = 10;

/// A record that was converted, on its way to be stored.
struct Ready {
    xid: Option<String>,
    id: Option<i64>,
    values: Map<String, Json>,
    /// First row, last row, number of the record: as messages name it.
    info: (usize, usize, usize),
}

/// What is collected while loading.
struct Loading<'a> {
    env: &'a Env,
    messages: Vec<Json>,
}

/// Runs `load`; takes back all where anything is wrong, and says so in the answer.
pub(super) fn load(
    db: &mut Db,
    env: &Env,
    model: &Arc<Model>,
    fields: &[String],
    rows: &[Json],
) -> Outcome<Json> {
    let paths: Vec<Path> = fields.iter().map(|name| path(name)).collect();
    known_fields(env.version, db, model, &paths)?;
    let savepoint = db.savepoint();
    let rows: Vec<&[Json]> =
        rows.iter().map(|row| row.as_array().map(Vec::as_slice).unwrap_or_default()).collect();
    if rows.iter().any(|row| row.len() < paths.len()) && !rows.is_empty() {
        return Err(Fault::index("list index out of range"));
    }
    let records = extract(db, model, &paths, &rows);
    let mut loading = Loading { env, messages: Vec::new() };
    let mut ready = Vec::with_capacity(records.len());
    for (number, (record, from, to)) in records.into_iter().enumerate() {
        ready.push(loading.convert_record(db, model, &record, (from, to, number)));
    }
    let ids = loading.store_all(db, model, ready);
    let failed = loading.messages.iter().any(|message| message["type"] == "error");
    if failed {
        db.roll_back(savepoint);
    }
    let ids = if failed { Json::Bool(false) } else { json!(ids) };
    Ok(json!({"ids": ids, "messages": loading.messages, "nextrow": 0}))
}

impl Loading<'_> {
    fn convert_record(
        &mut self,
        db: &Db,
        model: &Model,
        record: &RawRecord,
        info: (usize, usize, usize),
    ) -> Ready {
        let cell = |wanted: &str| {
            record.iter().find(|(name, _)| name == wanted).and_then(|(_, raw)| match raw {
                Raw::Cell(cell) if is_true(cell) => Some(plain(cell)),
                _ => None,
            })
        };
        let xid = cell("id").map(|name| {
            if name.contains('.') { name } else { format!("{}.{name}", self.env.module) }
        });
        let mut id = None;
        if let Some(text) = cell(".id") {
            id = text.parse().ok().filter(|id| db.exists(model.name, *id));
            if id.is_none() {
                let message = format!("Unknown database identifier '{text}'");
                self.complain(info, Some(".id"), None, &message, None);
            }
        }
        let mut values = Map::new();
        for (name, raw) in record.iter().filter(|(name, _)| name != "id" && name != ".id") {
            let Some(field) = model.field(name) else { continue };
            match (Importer { env: self.env }).convert(db, model, field, raw, field.label) {
                Ok(value) => drop(values.insert(name.clone(), value)),
                Err(Trouble { message, more }) => {
                    self.complain(info, Some(field.name), Some(field.label), &message, more);
                }
            }
        }
        Ready { xid, id, values, info }
    }

    fn complain(
        &mut self,
        info: (usize, usize, usize),
        field: Option<&str>,
        label: Option<&str>,
        message: &str,
        more: Option<Json>,
    ) {
        let (from, to, record) = info;
        let mut about = json!({
            "rows": {"from": from, "to": to},
            "type": "error",
            "record": record,
            "message": message,
        });
        if let Some(about) = about.as_object_mut() {
            if let Some(field) = field {
                about.insert("field".into(), field.into());
            }
            if let Some(label) = label.filter(|_| self.env.version == Version::V19) {
                about.insert("field_name".into(), label.into());
            }
            if let Some(more) = more {
                about.insert("moreinfo".into(), more);
            }
        }
        self.messages.push(about);
    }

    /// Stores record by record; the caller takes back all of it where one fails.
    fn store_all(&mut self, db: &mut Db, model: &Arc<Model>, ready: Vec<Ready>) -> Vec<i64> {
        let mut ids = Vec::with_capacity(ready.len());
        let mut errors = 0;
        for (count, record) in ready.into_iter().enumerate() {
            let savepoint = db.savepoint();
            let info = record.info;
            match self.store(db, model, record) {
                Ok(id) => ids.push(id),
                Err(fault) => {
                    db.roll_back(savepoint);
                    errors += 1;
                    self.complain_of(info, &fault);
                }
            }
            if errors >= MAX_ERRORS && errors >= count.div_ceil(10) {
                self.messages.push(json!({
                    "type": "warning",
                    "message": "Found more than 10 errors and more than one error per 10 records, \
                                interrupted to avoid showing too many errors.",
                }));
                break;
            }
        }
        ids
    }

    fn complain_of(&mut self, info: (usize, usize, usize), fault: &Fault) {
        let known = matches!(
            fault.name,
            "odoo.exceptions.UserError"
                | "odoo.exceptions.AccessError"
                | "odoo.exceptions.ValidationError"
                | "odoo.exceptions.MissingError"
        );
        let database = fault.field.is_some() || fault.name == "odoo.exceptions.ValidationError";
        if database
            || known && self.env.version == Version::V19
            || fault.name.starts_with("psycopg2.")
        {
            self.complain(info, fault.field, None, &fault.message, None);
        } else {
            let class = fault.name.strip_prefix("builtins.").unwrap_or(fault.name);
            let message =
                format!("Unknown error during import: <class '{class}'>: {}", fault.message);
            let more = Json::from("Resolve other errors first");
            self.complain(info, None, None, &message, Some(more));
        }
    }

    /// Makes the record, or finds that its external id has one.
    fn store(&self, db: &mut Db, model: &Arc<Model>, ready: Ready) -> Outcome<i64> {
        let env = self.env;
        let Some(xid) = ready.xid else {
            if let Some(id) = ready.id {
                crud::write(db, env, model, &[id], &ready.values)?;
                return Ok(id);
            }
            if env.update {
                return Err(match env.version {
                    Version::V14 => Fault::key("'record'"),
                    Version::V19 => Fault::validation(
                        "Cannot update a record without specifying its id or xml_id",
                    ),
                });
            }
            self.forbidden(model, &ready.values)?;
            return crud::create(db, env, model, &ready.values);
        };
        if let Some((of, id)) = lookup(db, &xid) {
            if of == model.name && db.exists(model.name, id) {
                let data = db.by("ir.model.data", "complete_name", xid.as_str());
                let data = data.first().copied().unwrap_or_default();
                overlapping(db, env, data)?;
                let kept = db.get("ir.model.data", data, "noupdate").truthy();
                if !(env.update && kept) {
                    crud::write(db, env, model, &[id], &ready.values)?;
                }
                return Ok(id);
            }
            if env.version == Version::V19 && of != model.name {
                return Err(Fault::validation(format!(
                    "For external id {xid} when trying to create/update a record of model {} found \
                     record of different model {of} ({id})",
                    model.name
                )));
            }
            for data in db.by("ir.model.data", "complete_name", xid.as_str()) {
                db.delete("ir.model.data", data);
            }
        }
        self.forbidden(model, &ready.values)?;
        let id = crud::create(db, env, model, &ready.values)?;
        name_it(db, env, model.name, id, &xid);
        Ok(id)
    }

    /// On 19 a contact that is loaded with its company makes Odoo look at the company's credit
    /// limit, which a plain sales user may not see.
    fn forbidden(&self, model: &Model, values: &Map<String, Json>) -> Outcome<()> {
        let with_parent = values.get("parent_id").is_some_and(is_true);
        let limited = self.env.version == Version::V19 && self.env.role != Role::Admin;
        if model.name == "res.partner" && with_parent && limited {
            return Err(field_refusal("credit_limit", model, self.env.uid));
        }
        Ok(())
    }
}

/// The record of an external id.
pub(super) fn lookup(db: &Db, xid: &str) -> Option<(String, i64)> {
    let data = *db.by("ir.model.data", "complete_name", xid).first()?;
    let model = db.get("ir.model.data", data, "model").as_text()?.to_owned();
    Some((model, db.get("ir.model.data", data, "res_id").as_id()?))
}

fn name_it(db: &mut Db, env: &Env, model: &str, id: i64, xid: &str) {
    let (module, name) = xid.split_once('.').unwrap_or(("__import__", xid));
    let made_at = i64::try_from(db.commits + 1).unwrap_or(i64::MAX);
    db.insert(
        "ir.model.data",
        &[
            ("module", module.into()),
            ("name", name.into()),
            ("complete_name", xid.into()),
            ("model", model.into()),
            ("res_id", id.into()),
            ("noupdate", env.noupdate.into()),
            ("made_at", made_at.into()),
        ],
    );
}

/// A load that began before another one of the same id had ended loses half of the time, as it does
/// in PostgreSQL; the other half it waited long enough to see the winner's record.
fn overlapping(db: &mut Db, env: &Env, data: i64) -> Outcome<()> {
    let made = db.get("ir.model.data", data, "made_at").as_id();
    let made = made.and_then(|made| u64::try_from(made).ok()).unwrap_or_default();
    if made > env.arrived && db.commits >= made && db.next("conflicts") % 2 == 1 {
        return Err(Fault::conflict());
    }
    Ok(())
}
