//! Search, read and `fields_get`.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json, json};

use super::Version;
use super::compute::{display_name, value, visible};
use super::db::Db;
use super::domain::Domain;
use super::env::Env;
use super::error::{Fault, Outcome};
use super::rights::{Op, Role, allowed, check, field_refusal};
use super::schema::{Field, Kind, Model, Source};
use super::value::Val;

/// How a search is cut.
#[derive(Debug, Default)]
pub(super) struct Window<'a> {
    pub(super) offset: usize,
    pub(super) limit: Option<usize>,
    pub(super) order: Option<&'a str>,
}

/// The ids of the records that match, in order.
pub(super) fn search(
    db: &Db,
    env: &Env,
    model: &Model,
    domain: &Json,
    window: &Window<'_>,
) -> Outcome<Vec<i64>> {
    check(env.role, Op::Read, model, env.version)?;
    let domain = Domain::parse(db, model, domain)?;
    let mut ids = domain.candidates(db, model).unwrap_or_else(|| db.ids(model.name));
    if !domain.mentions("active") {
        ids = visible(db, env, model.name, ids);
    }
    let readable =
        |id: i64| model.name != "ir.attachment" || attachment_is_readable(db, env.role, id);
    let no_order = window.order.is_none_or(|order| order == "id" || order == "id asc");
    let wanted = window.limit.map(|limit| limit.saturating_add(window.offset));
    let mut found = Vec::new();
    for id in ids {
        if domain.matches(db, env, model, id) && readable(id) {
            found.push(id);
        }
        // Ids come in ascending order: where that is the order asked for, the rest is not needed.
        if no_order && window.order.is_some() && wanted.is_some_and(|most| found.len() >= most) {
            break;
        }
    }
    sort(db, env, model, &mut found, window.order.unwrap_or(model.order))?;
    let limit = window.limit.unwrap_or(usize::MAX);
    Ok(found.into_iter().skip(window.offset).take(limit).collect())
}

/// Who may not read a record may not see what is attached to it.
fn attachment_is_readable(db: &Db, role: Role, id: i64) -> bool {
    let on = db.get("ir.attachment", id, "res_model");
    on.as_text().is_none_or(|on| allowed(role, Op::Read, on, db.version))
}

fn sort(db: &Db, env: &Env, model: &Model, ids: &mut [i64], order: &str) -> Outcome<()> {
    let mut keys = Vec::new();
    for part in order.split(',') {
        let mut words = part.split_whitespace();
        let Some(name) = words.next() else { continue };
        let descending = words.next().is_some_and(|word| word.eq_ignore_ascii_case("desc"));
        match model.field(name) {
            Some(field) => keys.push((field, descending)),
            None if name == "priority" => {}
            None => {
                return Err(Fault::value(format!("Invalid field '{name}' on '{}'", model.name)));
            }
        }
    }
    let mut rows: Vec<(Vec<Val>, i64)> = ids
        .iter()
        .map(|id| {
            (keys.iter().map(|(field, _)| sort_key(db, env, model, field, *id)).collect(), *id)
        })
        .collect();
    rows.sort_by(|(a, a_id), (b, b_id)| {
        let by_key = keys.iter().zip(a.iter().zip(b)).map(|((_, descending), (a, b))| {
            let order = compare(a, b);
            if *descending { order.reverse() } else { order }
        });
        by_key.fold(Ordering::Equal, Ordering::then).then(a_id.cmp(b_id))
    });
    for (place, (_, id)) in ids.iter_mut().zip(rows) {
        *place = id;
    }
    Ok(())
}

fn sort_key(db: &Db, env: &Env, model: &Model, field: &Field, id: i64) -> Val {
    let own = value(db, env, model, field, id);
    match (field.kind, own.as_id()) {
        // A partner sorts by name; other relations by age, which is near enough to Odoo.
        (Kind::Many2one("res.partner"), Some(other)) => {
            Val::text(display_name(db, env, "res.partner", other))
        }
        _ => own,
    }
}

/// PostgreSQL sorts nothing after something.
fn compare(a: &Val, b: &Val) -> Ordering {
    match (a, b) {
        (Val::Null, Val::Null) => Ordering::Equal,
        (Val::Null, _) => Ordering::Greater,
        (_, Val::Null) => Ordering::Less,
        (Val::Text(a), Val::Text(b)) => a.cmp(b),
        (a, b) => a.number().partial_cmp(&b.number()).unwrap_or(Ordering::Equal),
    }
}

/// The fields asked for, or all that the user may read.
pub(super) fn fields_to_read<'a>(
    env: &Env,
    model: &'a Model,
    names: Option<&[String]>,
) -> Outcome<Vec<&'a Field>> {
    let Some(names) = names.filter(|names| !names.is_empty()) else {
        let free = |field: &&Field| !field.restricted || env.role == Role::Admin;
        return Ok(model.fields.iter().filter(free).collect());
    };
    let mut fields = Vec::new();
    for name in names {
        let Some(field) = model.field(name) else {
            return Err(Fault::value(match env.version {
                Version::V14 => format!("Invalid field '{name}' on model '{}'", model.name),
                Version::V19 => format!("Invalid field '{name}' on '{}'", model.name),
            }));
        };
        restricted(env, model, field)?;
        fields.push(field);
    }
    Ok(fields)
}

/// Who may not see a field may not name it.
pub(super) fn restricted(env: &Env, model: &Model, field: &Field) -> Outcome<()> {
    if field.restricted && env.role != Role::Admin {
        return Err(field_refusal(field.name, model, env.uid));
    }
    Ok(())
}

/// Reads records; those that are gone are left out. `names`: relations as pairs of id and name.
pub(super) fn read(
    db: &Db,
    env: &Env,
    model: &Model,
    ids: &[i64],
    fields: Option<&[String]>,
    names: bool,
) -> Outcome<Json> {
    check(env.role, Op::Read, model, env.version)?;
    let fields = fields_to_read(env, model, fields)?;
    let mut records = Vec::with_capacity(ids.len());
    for id in ids.iter().filter(|id| db.exists(model.name, **id)) {
        let mut record = Map::with_capacity(fields.len() + 1);
        record.insert("id".into(), Json::from(*id));
        for field in &fields {
            if field.name != "id" {
                let own = value(db, env, model, field, *id);
                record.insert(field.name.to_owned(), on_the_wire(db, env, field.kind, &own, names));
            }
        }
        records.push(Json::Object(record));
    }
    Ok(Json::Array(records))
}

fn on_the_wire(db: &Db, env: &Env, kind: Kind, own: &Val, names: bool) -> Json {
    match (kind, own) {
        (Kind::Many2one(other), Val::Int(id)) if names => {
            json!([id, display_name(db, env, other, *id)])
        }
        (Kind::Float | Kind::Money, own) => Json::from(own.number()),
        (Kind::Int, Val::Null) => Json::from(0),
        (Kind::One2many(..) | Kind::Many2many(_), Val::Null) => json!([]),
        (_, own) => own.json(),
    }
}

/// What `fields_get` says.
pub(super) fn fields_get(
    db: &Db,
    model: &Model,
    names: Option<&[String]>,
    attributes: Option<&[String]>,
) -> Json {
    let mut all = Map::new();
    for field in &model.fields {
        if names.is_some_and(|names| !names.iter().any(|name| name == field.name)) {
            continue;
        }
        let readonly = matches!(field.source, Source::Computed) || field.name == "state";
        let mut about = json!({
            "type": field.kind.name(),
            "string": field.label,
            "required": field.required,
            "readonly": readonly,
            "store": field.slot().is_some(),
            "name": field.name,
        });
        if let Some(about) = about.as_object_mut() {
            if let Some(relation) = field.kind.relation() {
                about.insert("relation".into(), relation.into());
            }
            if let Some(choices) = choices(db, field) {
                about.insert("selection".into(), json!(choices));
            }
            about.retain(|name, _| {
                attributes.is_none_or(|wanted| wanted.iter().any(|wanted| wanted == name))
            });
        }
        all.insert(field.name.to_owned(), about);
    }
    Json::Object(all)
}

/// Values and labels of a selection; a partner's languages are those installed.
pub(super) fn choices(db: &Db, field: &Field) -> Option<Vec<(String, String)>> {
    let Kind::Selection(choices) = field.kind else { return None };
    if !choices.is_empty() {
        return Some(choices.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect());
    }
    let get = |id: i64, field: &str| {
        db.get("res.lang", id, field).as_text().unwrap_or_default().to_owned()
    };
    let installed = db.ids("res.lang").into_iter();
    let installed = installed.filter(|id| db.get("res.lang", *id, "active").truthy());
    Some(installed.map(|id| (get(id, "code"), get(id, "name"))).collect())
}
