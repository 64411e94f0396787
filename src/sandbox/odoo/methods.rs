//! The methods that may be called from outside, and how their arguments are bound.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::Version;
use super::crud;
use super::db::Db;
use super::domain::Domain;
use super::env::{Env, is_true};
use super::error::{Fault, Outcome};
use super::query::{self, Window};
use super::rights::{self, Op, Role};
use super::schema::Model;
use super::value::Val;
use super::{chatter, compute, load, sale, stock};

/// How a call came in: the two protocols bind and answer a little differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    JsonRpc,
    Json2,
}

/// A call as it came in, its context taken out.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) protocol: Protocol,
    pub(super) model: String,
    pub(super) method: String,
    /// Positional arguments; with JSON-2 at most the ids.
    pub(super) args: Vec<Json>,
    pub(super) named: Map<String, Json>,
}

/// A method: on records or on the model, its parameters, those that must be given, and whether it
/// takes any name.
struct Method {
    on_records: bool,
    params: &'static [&'static str],
    mandatory: usize,
    open: bool,
}

const fn on_model(params: &'static [&'static str], mandatory: usize) -> Method {
    Method { on_records: false, params, mandatory, open: false }
}

const fn on_records(params: &'static [&'static str], mandatory: usize) -> Method {
    Method { on_records: true, params, mandatory, open: false }
}

fn find(model: &str, name: &str, version: Version) -> Option<Method> {
    let old = version == Version::V14;
    Some(match (model, name) {
        (_, "search") if old => on_model(&["args", "offset", "limit", "order", "count"], 1),
        (_, "search") => on_model(&["domain", "offset", "limit", "order"], 1),
        (_, "search_read") if old => on_model(&["domain", "fields", "offset", "limit", "order"], 0),
        (_, "search_read") => {
            on_model(&["domain", "fields", "offset", "limit", "order", "load"], 0)
        }
        (_, "search_count") if old => on_model(&["args"], 1),
        (_, "search_count") => on_model(&["domain", "limit"], 1),
        (_, "create") => on_model(&["vals_list"], 1),
        (_, "load") => on_model(&["fields", "data"], 2),
        (_, "fields_get") => on_model(&["allfields", "attributes"], 0),
        (_, "name_search") if old => on_model(&["name", "args", "operator", "limit"], 0),
        (_, "name_search") => on_model(&["name", "domain", "operator", "limit"], 0),
        (_, "check_access_rights") => on_model(&["operation", "raise_exception"], 1),
        (_, "has_access") if !old => on_records(&["operation"], 1),
        (_, "read") => on_records(&["fields", "load"], 0),
        (_, "write") => on_records(&["vals"], 1),
        (_, "unlink" | "get_external_id") | ("sale.order", "action_confirm" | "action_cancel") => {
            on_records(&[], 0)
        }
        ("res.users", "context_get") | ("res.lang", "get_installed") => on_model(&[], 0),
        ("res.users", "has_group") if old => on_model(&["group_ext_id"], 1),
        ("res.users", "has_group") => on_records(&["group_ext_id"], 1),
        ("res.partner", "address_get") => on_records(&["adr_pref"], 0),
        ("res.partner", "name_get") if old => on_records(&[], 0),
        ("sale.order", "copy") => on_records(&["default"], 0),
        ("stock.quant", "action_apply_inventory") if !old => on_records(&[], 0),
        ("sale.order" | "res.partner", "message_post") => {
            Method { on_records: true, params: &[], mandatory: 0, open: true }
        }
        _ => return None,
    })
}

/// Arguments, bound to their names.
struct Args {
    named: Map<String, Json>,
}

impl Args {
    fn get(&self, name: &str) -> Option<&Json> {
        self.named.get(name).filter(|value| !value.is_null())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::as_str)
    }

    fn size(&self, name: &str) -> Option<usize> {
        self.get(name).and_then(Json::as_u64).and_then(|size| usize::try_from(size).ok())
    }

    fn texts(&self, name: &str) -> Option<Vec<String>> {
        let list = self.get(name)?.as_array()?;
        Some(list.iter().filter_map(Json::as_str).map(str::to_owned).collect())
    }

    /// The domain, which 14 names otherwise.
    fn domain(&self) -> &Json {
        const NONE: &Json = &Json::Null;
        self.get("domain").or_else(|| self.get("args")).unwrap_or(NONE)
    }

    fn window(&self) -> Window<'_> {
        Window {
            offset: self.size("offset").unwrap_or_default(),
            // Zero is no limit, as in Odoo.
            limit: self.size("limit").filter(|limit| *limit > 0),
            order: self.text("order").filter(|order| !order.trim().is_empty()),
        }
    }
}

/// Runs a call; the caller commits or rolls back.
pub(super) fn call(db: &mut Db, env: &Env, call: &Call) -> Outcome<Option<Json>> {
    let protocol = call.protocol;
    let model = db.model(&call.model).ok_or_else(|| match protocol {
        Protocol::JsonRpc => Fault::user(format!("Object {} doesn't exist", call.model)),
        Protocol::Json2 => Fault::http(404, format!("the model '{}' does not exist", call.model)),
    })?;
    let name = call.method.as_str();
    if name.starts_with('_') || name == "check_access" && env.version == Version::V19 {
        return Err(Fault::access(format!(
            "Private methods (such as '{}.{name}') cannot be called remotely.",
            model.name
        )));
    }
    let Some(method) = find(model.name, name, env.version) else {
        let message = format!("The method '{}.{name}' does not exist", model.name);
        return Err(match (protocol, env.version) {
            (Protocol::Json2, _) => Fault::http(404, message),
            (_, Version::V19) => Fault::attribute(message),
            (_, Version::V14) => {
                Fault::attribute(format!("type object '{}' has no attribute '{name}'", model.name))
            }
        });
    };
    let (ids, args) = bind(&model, name, &method, call, env.version)?;
    run(db, env, &model, name, &ids, &args, protocol)
}

fn bind(
    model: &Model,
    name: &str,
    method: &Method,
    call: &Call,
    version: Version,
) -> Outcome<(Vec<i64>, Args)> {
    let json2 = call.protocol == Protocol::Json2;
    let refuse = |message: String| {
        if json2 { Fault::http(422, message) } else { Fault::type_error(message) }
    };
    let mut positional = call.args.as_slice();
    let mut ids = Vec::new();
    if method.on_records {
        let (first, rest) = match positional.split_first() {
            Some((first, rest)) => (Some(first), rest),
            None => (None, positional),
        };
        if first.is_none() && !json2 {
            return Err(Fault::index("list index out of range"));
        }
        positional = rest;
        ids = match first {
            Some(Json::Array(list)) => list.iter().filter_map(Json::as_i64).collect(),
            Some(one) => one.as_i64().into_iter().collect(),
            None => Vec::new(),
        };
    } else if json2 && call.args.first().is_some_and(is_true) {
        let message = format!("cannot call {}.{name} with ids", model.name);
        return Err(Fault::http(422, message));
    } else if json2 {
        positional = &[];
    }
    if positional.len() > method.params.len() {
        return Err(refuse(format!("{name}() takes fewer arguments than were given")));
    }
    let mut named = call.named.clone();
    for (param, value) in method.params.iter().zip(positional) {
        named.insert((*param).to_owned(), value.clone());
    }
    if let Some(extra) =
        named.keys().find(|key| !method.open && !method.params.contains(&key.as_str()))
    {
        return Err(refuse(match (json2, version) {
            (true, _) => format!("got an unexpected keyword argument '{extra}'"),
            (_, Version::V14) => format!("{name}() got an unexpected keyword argument '{extra}'"),
            (_, Version::V19) => {
                format!("BaseModel.{name}() got an unexpected keyword argument '{extra}'")
            }
        }));
    }
    let mandatory = method.params.iter().take(method.mandatory);
    if let Some(missing) = mandatory.into_iter().find(|param| !named.contains_key(**param)) {
        return Err(refuse(if json2 {
            format!("missing a required argument: '{missing}'")
        } else {
            format!("{name}() missing 1 required positional argument: '{missing}'")
        }));
    }
    Ok((ids, Args { named }))
}

fn run(
    db: &mut Db,
    env: &Env,
    model: &Arc<Model>,
    name: &str,
    ids: &[i64],
    args: &Args,
    protocol: Protocol,
) -> Outcome<Option<Json>> {
    let done = Ok(Some(Json::Bool(true)));
    match name {
        "search" | "search_count" | "search_read" | "name_search" => {
            looking(db, env, model, name, args).map(Some)
        }
        "read" => {
            let names = args.named.get("load").is_none_or(is_true);
            let fields = args.texts("fields");
            query::read(db, env, model, ids, fields.as_deref(), names).map(Some)
        }
        "create" => creating(db, env, model, args, protocol).map(Some),
        "write" => {
            let nothing = Map::new();
            let values = args.get("vals").and_then(Json::as_object).unwrap_or(&nothing);
            crud::write(db, env, model, ids, values)?;
            done
        }
        "unlink" => {
            crud::unlink(db, env, model, ids)?;
            done
        }
        "load" => {
            let fields = args.texts("fields").unwrap_or_default();
            let rows = args.get("data").and_then(Json::as_array).cloned().unwrap_or_default();
            load::load(db, env, model, &fields, &rows).map(Some)
        }
        "fields_get" => {
            let (names, wanted) = (args.texts("allfields"), args.texts("attributes"));
            Ok(Some(query::fields_get(db, model, names.as_deref(), wanted.as_deref())))
        }
        "check_access_rights" | "has_access" => asking(env, model, name, args).map(Some),
        "has_group" => {
            let group = args.text("group_ext_id").unwrap_or_default();
            Ok(Some(Json::Bool(in_group(env.role, group))))
        }
        "context_get" => Ok(Some(json!({
            "lang": db.get("res.users", env.uid, "lang").json(),
            "tz": db.get("res.users", env.uid, "tz").json(),
            "uid": env.uid,
        }))),
        "get_installed" => Ok(Some(installed(db))),
        "get_external_id" | "address_get" | "name_get" => {
            rights::check(env.role, Op::Read, model, env.version)?;
            Ok(Some(telling(db, env, model.name, name, ids, args)))
        }
        _ => acting(db, env, model, name, ids, args),
    }
}

/// What moves orders and their records along.
fn acting(
    db: &mut Db,
    env: &Env,
    model: &Model,
    name: &str,
    ids: &[i64],
    args: &Args,
) -> Outcome<Option<Json>> {
    let done = Ok(Some(Json::Bool(true)));
    match name {
        "action_confirm" => {
            sale::confirm(db, env, ids)?;
            done
        }
        "action_cancel" => {
            sale::cancel(db, env, ids)?;
            done
        }
        "action_apply_inventory" => {
            rights::check(env.role, Op::Write, model, env.version)?;
            for id in ids {
                stock::count(db, *id);
            }
            Ok(None)
        }
        "message_post" => {
            let id = ids.first().copied().unwrap_or_default();
            let message = chatter::post(db, env, model.name, id, &args.named)?;
            Ok(Some(match env.version {
                Version::V14 => Json::from(message),
                Version::V19 => json!([message]),
            }))
        }
        "copy" => {
            let copies = ids.iter().map(|id| sale::copy(db, env, *id));
            let copies = copies.collect::<Outcome<Vec<i64>>>()?;
            Ok(Some(match env.version {
                Version::V14 => json!(copies.first()),
                Version::V19 => json!(copies),
            }))
        }
        _ => Ok(None),
    }
}

/// What records say about themselves.
fn telling(db: &Db, env: &Env, model: &str, name: &str, ids: &[i64], args: &Args) -> Json {
    match name {
        "get_external_id" => {
            let named = ids.iter().map(|id| {
                let of_model =
                    |data: &i64| db.get("ir.model.data", *data, "model").as_text() == Some(model);
                let data = db.by("ir.model.data", "res_id", *id).into_iter().find(of_model);
                let name = data.map(|data| db.get("ir.model.data", data, "complete_name"));
                let name = name.as_ref().and_then(Val::as_text).unwrap_or_default();
                (id.to_string(), Json::from(name))
            });
            Json::Object(named.collect())
        }
        "address_get" => {
            let partner = ids.first().copied().unwrap_or_default();
            let wanted = args.texts("adr_pref").unwrap_or_default().into_iter();
            let kinds = wanted.chain(["contact".to_owned()]);
            let found = kinds.map(|kind| {
                let id = super::partner::address_of(db, partner, &kind);
                (kind, Json::from(id))
            });
            Json::Object(found.collect())
        }
        _ => ids
            .iter()
            .map(|id| {
                let name = if env.show_address {
                    compute::with_address(db, env, *id)
                } else {
                    compute::display_name(db, env, model, *id)
                };
                json!([id, name])
            })
            .collect(),
    }
}

fn looking(db: &Db, env: &Env, model: &Model, name: &str, args: &Args) -> Outcome<Json> {
    match name {
        "search_count" => {
            let window = Window { limit: args.size("limit"), ..Window::default() };
            let found = query::search(db, env, model, args.domain(), &window)?;
            Ok(Json::from(found.len()))
        }
        "name_search" => {
            let wanted = args.text("name").unwrap_or_default().to_lowercase();
            let window = Window::default();
            let found = query::search(db, env, model, args.domain(), &window)?.into_iter();
            // A reference that fits exactly outdoes all names.
            let exact = db.by(model.name, "default_code", args.text("name").unwrap_or_default());
            let found: Vec<i64> =
                found.filter(|id| exact.is_empty() || exact.contains(id)).collect();
            let named =
                found.into_iter().map(|id| (id, compute::display_name(db, env, model.name, id)));
            let hits = named.filter(|(_, name)| name.to_lowercase().contains(&wanted));
            let limit = args.size("limit").unwrap_or(100);
            Ok(hits.take(limit).map(|(id, name)| json!([id, name])).collect())
        }
        "search" => {
            let found = query::search(db, env, model, args.domain(), &args.window())?;
            if args.get("count").is_some_and(is_true) {
                return Ok(Json::from(found.len()));
            }
            Ok(json!(found))
        }
        _ => {
            let fields = args.texts("fields");
            query::fields_to_read(env, model, fields.as_deref())?;
            Domain::parse(db, model, args.domain())?;
            let found = query::search(db, env, model, args.domain(), &args.window())?;
            let names = args.named.get("load").is_none_or(is_true);
            query::read(db, env, model, &found, fields.as_deref(), names)
        }
    }
}

fn creating(
    db: &mut Db,
    env: &Env,
    model: &Arc<Model>,
    args: &Args,
    protocol: Protocol,
) -> Outcome<Json> {
    // `load` says of a constraint only what it is; everywhere else Odoo puts this before it.
    let in_words = |fault: Fault| match (fault.name, env.version) {
        ("odoo.exceptions.ValidationError", Version::V19) => {
            Fault::validation(format!("The operation cannot be completed: {}", fault.message))
        }
        ("odoo.exceptions.ValidationError", Version::V14) if fault.field.is_some() => {
            Fault::validation(format!("The operation cannot be completed:\n{}", fault.message))
        }
        _ => fault,
    };
    match args.get("vals_list") {
        Some(Json::Object(values)) => {
            let id = crud::create(db, env, model, values).map_err(in_words)?;
            Ok(if protocol == Protocol::JsonRpc { Json::from(id) } else { json!([id]) })
        }
        Some(Json::Array(list)) => {
            let mut ids = Vec::with_capacity(list.len());
            for values in list.iter().filter_map(Json::as_object) {
                ids.push(crud::create(db, env, model, values).map_err(in_words)?);
            }
            Ok(json!(ids))
        }
        _ => Err(Fault::type_error("create() needs values")),
    }
}

fn asking(env: &Env, model: &Model, name: &str, args: &Args) -> Outcome<Json> {
    let operation = args.text("operation").unwrap_or_default();
    let op = Op::parse(operation)
        .ok_or_else(|| Fault::assertion(format!("Invalid access mode {operation}")))?;
    let raise = args.named.get("raise_exception").is_none_or(is_true);
    if name == "check_access_rights" && raise {
        rights::check(env.role, op, model, env.version)?;
    }
    Ok(Json::Bool(rights::allowed(env.role, op, model.name, env.version)))
}

fn in_group(role: Role, group: &str) -> bool {
    match role {
        Role::Admin => true,
        Role::Sales => matches!(
            group,
            "base.group_user"
                | "base.group_partner_manager"
                | "sales_team.group_sale_salesman"
                | "sales_team.group_sale_salesman_all_leads"
        ),
        Role::Low => group == "base.group_user",
    }
}

fn installed(db: &Db) -> Json {
    let get = |id: i64, field: &str| db.get("res.lang", id, field);
    let active = db.ids("res.lang").into_iter().filter(|id| get(*id, "active").truthy());
    active.map(|id| json!([get(id, "code").json(), get(id, "name").json()])).collect()
}
