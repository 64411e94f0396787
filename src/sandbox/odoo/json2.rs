//! `/json/2/<model>/<method>`: 19 and later.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::{Map, Value as Json};

use super::error::{Fault, Outcome};
use super::http::{answer, page};
use super::methods::{Call, Protocol};
use super::{Caller, Shared};

/// Answers a call.
pub(super) fn answer_to(
    shared: &Shared,
    model: &str,
    method: &str,
    headers: &HeaderMap,
    body: &[u8],
    arrived: u64,
) -> Response {
    // What is wrong before Odoo knows the kind of request is answered with a page.
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let database = text("x-odoo-database");
    let alone = database.is_none() && !shared.options.several_databases;
    if !alone && database != Some(&shared.options.database) {
        return page(
            404,
            "Not Found",
            "No database is selected and the requested URL was not found in the server-wide \
             controllers.",
        );
    }
    let kind = text(header::CONTENT_TYPE.as_str()).unwrap_or_default();
    if !body.is_empty() && !kind.starts_with("application/json") {
        return page(
            415,
            "Unsupported Media Type",
            "Please verify the Content-Type request header and try again.",
        );
    }
    let bearer = text(header::AUTHORIZATION.as_str()).and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    });
    match outcome(shared, model, method, bearer, body, arrived) {
        Ok(result) => answer(200, &result.unwrap_or(Json::Null)),
        Err(fault) => answer(fault.status, &fault.json()),
    }
}

/// What a client sees when PostgreSQL gives way to a concurrent transaction.
pub(super) fn conflict() -> Response {
    let fault = Fault::conflict();
    answer(fault.status, &fault.json())
}

/// Any other path below `/json/2`.
pub(super) fn not_found() -> Response {
    let fault = Fault::http(404, "Did you mean POST /json/2/<model>/<method>?");
    answer(fault.status, &fault.json())
}

fn outcome(
    shared: &Shared,
    model: &str,
    method: &str,
    bearer: Option<&str>,
    body: &[u8],
    arrived: u64,
) -> Outcome<Option<Json>> {
    let Some(key) = bearer else {
        let message = "User not authenticated, use an API Key with a Bearer Authorization header.";
        return Err(Fault::http(401, message));
    };
    let caller = Caller::by(|known| known.api_key == key)
        .ok_or_else(|| Fault::http(401, "Invalid apikey"))?;
    let mut named = match serde_json::from_slice(body) {
        Ok(Json::Object(named)) => named,
        Ok(_) => Map::new(),
        Err(_) if body.is_empty() => Map::new(),
        Err(error) => {
            return Err(Fault::http(400, format!("could not parse the body as json: {error}")));
        }
    };
    let context = match named.remove("context") {
        Some(Json::Object(context)) => context,
        _ => Map::new(),
    };
    let args = named.remove("ids").into_iter().collect();
    let call = Call {
        protocol: Protocol::Json2,
        model: model.to_owned(),
        method: method.to_owned(),
        args,
        named,
    };
    shared.execute(caller, arrived, &context, &call)
}
