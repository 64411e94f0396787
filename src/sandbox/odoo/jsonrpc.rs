//! `/jsonrpc`: services `common`, `object` and `db`.

use axum::response::Response;
use serde_json::{Map, Value as Json, json};

use super::error::{Fault, Outcome};
use super::http::{answer, page, server_version};
use super::methods::{Call, Protocol};
use super::{Caller, Shared, Version};

/// A request, its envelope taken off.
#[derive(Debug)]
pub(super) struct Request {
    id: Json,
    service: String,
    method: String,
    args: Vec<Json>,
}

impl Request {
    pub(super) fn read(mut request: Map<String, Json>) -> Self {
        let id = request.remove("id").unwrap_or(Json::Null);
        let mut params = match request.remove("params") {
            Some(Json::Object(params)) => params,
            _ => Map::new(),
        };
        let mut text = |name: &str| match params.remove(name) {
            Some(Json::String(text)) => text,
            _ => String::new(),
        };
        let (service, method) = (text("service"), text("method"));
        let args = match params.remove("args") {
            Some(Json::Array(args)) => args,
            _ => Vec::new(),
        };
        Self { id, service, method, args }
    }

    /// The model's method, or the service's.
    pub(super) fn method_name(&self) -> String {
        let of_model = self.args.get(4).and_then(Json::as_str);
        of_model.filter(|_| self.service == "object").unwrap_or(&self.method).to_owned()
    }

    /// Under which name calls are counted.
    pub(super) fn counted_as(&self) -> String {
        match self.args.get(3).and_then(Json::as_str) {
            Some(model) if self.service == "object" => format!("{model}.{}", self.method_name()),
            _ => format!("{}.{}", self.service, self.method),
        }
    }
}

/// Answers a request, or says of it that a concurrent transaction was in its way.
pub(super) fn answer_to(
    shared: &Shared,
    request: &Request,
    arrived: u64,
    in_session: bool,
    conflict: bool,
) -> Response {
    let outcome = if conflict { Err(Fault::conflict()) } else { outcome(shared, request, arrived) };
    respond(shared, request, outcome, in_session)
}

fn respond(
    shared: &Shared,
    request: &Request,
    outcome: Outcome<Option<Json>>,
    in_session: bool,
) -> Response {
    let options = &shared.options;
    let mut body = json!({"jsonrpc": "2.0", "id": request.id});
    let (name, value) = match outcome {
        // A method without a result leaves it out altogether.
        Ok(None) => return answer(200, &body),
        Ok(Some(result)) => ("result", result),
        // 14 finds words for an error only where it knows a database before it begins: its only
        // one, or that of a session.
        Err(_) if options.version == Version::V14 && options.several_databases && !in_session => {
            return page(
                500,
                "Internal Server Error",
                "The server encountered an internal error and was unable to complete your request. \
                 Either the server is overloaded or there is an error in the application.",
            );
        }
        Err(fault) => {
            let code = if options.version == Version::V14 { 200 } else { 0 };
            let data = fault.json();
            ("error", json!({"code": code, "message": "Odoo Server Error", "data": data}))
        }
    };
    if let Some(body) = body.as_object_mut() {
        body.insert(name.to_owned(), value);
    }
    answer(200, &body)
}

fn outcome(shared: &Shared, request: &Request, arrived: u64) -> Outcome<Option<Json>> {
    match (request.service.as_str(), request.method.as_str()) {
        ("common", "version") => Ok(Some(server_version(shared.options.version))),
        ("common", "authenticate" | "login") => log_in(shared, &request.args),
        ("db", "list") => Ok(Some(json!([shared.options.database]))),
        ("db", "db_exist") => {
            let name = request.args.first().and_then(Json::as_str);
            Ok(Some(Json::Bool(name == Some(&shared.options.database))))
        }
        ("object", "execute" | "execute_kw") => execute(shared, request, arrived),
        ("object", other) => {
            Err(Fault::exception(format!("Method not available {other}"))
                .named("builtins.NameError"))
        }
        ("common" | "db", other) => Err(Fault::exception(format!("Method not found: {other}"))),
        (service, _) => Err(Fault::key(service)),
    }
}

fn database(shared: &Shared, args: &[Json]) -> Outcome<()> {
    let name = args.first().and_then(Json::as_str).unwrap_or_default();
    if name == shared.options.database { Ok(()) } else { Err(Fault::database(name)) }
}

/// The user's id, or `false`: a wrong password is no error here.
fn log_in(shared: &Shared, args: &[Json]) -> Outcome<Option<Json>> {
    database(shared, args)?;
    let text = |at: usize| args.get(at).and_then(Json::as_str).unwrap_or_default();
    let (login, password) = (text(1), text(2));
    let found = Caller::by(|known| {
        known.login == login && (known.password == password || known.api_key == password)
    });
    Ok(Some(found.map_or(Json::Bool(false), |caller| Json::from(caller.uid))))
}

fn execute(shared: &Shared, request: &Request, arrived: u64) -> Outcome<Option<Json>> {
    let args = &request.args;
    database(shared, args)?;
    let uid = args.get(1).and_then(Json::as_i64).unwrap_or_default();
    let password = args.get(2).and_then(Json::as_str).unwrap_or_default();
    if Caller::by(|known| known.uid == uid).is_none() {
        return Err(Fault::missing("res.users", &[uid], uid));
    }
    let caller = Caller::by(|known| {
        known.uid == uid && (known.password == password || known.api_key == password)
    });
    let caller = caller.ok_or_else(Fault::denied)?;
    let text = |at: usize| args.get(at).and_then(Json::as_str).unwrap_or_default().to_owned();
    let (positional, mut named) = if request.method == "execute" {
        (args.get(5..).unwrap_or_default().to_vec(), Map::new())
    } else {
        let positional = args.get(5).and_then(Json::as_array).cloned().unwrap_or_default();
        (positional, args.get(6).and_then(Json::as_object).cloned().unwrap_or_default())
    };
    let context = match named.remove("context") {
        Some(Json::Object(context)) => context,
        _ => Map::new(),
    };
    let call = Call {
        protocol: Protocol::JsonRpc,
        model: text(3),
        method: text(4),
        args: positional,
        named,
    };
    shared.execute(caller, arrived, &context, &call)
}
