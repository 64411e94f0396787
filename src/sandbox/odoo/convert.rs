//! Values from the wire, as fields store them.

use serde_json::Value as Json;

use super::Version;
use super::db::Db;
use super::env::is_true;
use super::error::{Fault, Outcome};
use super::schema::{Field, Kind, Model};
use super::value::Val;

/// A JSON value as the field stores it.
pub(super) fn convert(
    db: &Db,
    model: &Model,
    field: &Field,
    kind: Kind,
    json: &Json,
) -> Outcome<Val> {
    let wrong = || Fault::value(format!("Wrong value for {}.{}: {json}", model.name, field.name));
    Ok(match kind {
        Kind::Bool => Val::Bool(is_true(json)),
        _ if !is_true(json) && !json.is_number() => Val::Null,
        Kind::Int | Kind::Many2one(_) if json.as_i64().is_some() => match (kind, json.as_i64()) {
            (Kind::Many2one(_), Some(0)) => Val::Null,
            (_, id) => Val::one(id),
        },
        Kind::Many2one(_) => match json.as_array().map(Vec::as_slice) {
            Some([Json::Number(id), ..]) => Val::one(id.as_i64()),
            _ => return Err(wrong()),
        },
        Kind::Int => match json.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "Python's int() cuts as well")]
            Some(number) => Val::Int(number as i64),
            None => Val::Int(json.as_str().and_then(|t| t.trim().parse().ok()).ok_or_else(wrong)?),
        },
        Kind::Float | Kind::Money => match json {
            Json::String(text) => Val::Num(text.trim().parse().map_err(|_| wrong())?),
            other => Val::Num(other.as_f64().ok_or_else(wrong)?),
        },
        Kind::Many2many(_) => Val::ids(set_of(json)),
        Kind::Selection(choices) => {
            let text = json.as_str().ok_or_else(wrong)?;
            let known = choices.iter().any(|(value, _)| *value == text)
                || choices.is_empty() && (db.version == Version::V19 || language(db, text));
            if !known {
                return Err(Fault::value(format!(
                    "Wrong value for {}.{}: '{text}'",
                    model.name, field.name
                )));
            }
            Val::from(text)
        }
        Kind::Html if db.version == Version::V19 || field.name == "body" => {
            Val::text(as_html(json.as_str().ok_or_else(wrong)?))
        }
        _ => match json {
            Json::String(text) => Val::from(text.as_str()),
            other => Val::text(other.to_string()),
        },
    })
}

/// Text that is no HTML becomes a paragraph.
pub(super) fn as_html(text: &str) -> String {
    if text.trim_start().starts_with('<') { text.to_owned() } else { format!("<p>{text}</p>") }
}

/// The language is installed.
pub(super) fn language(db: &Db, code: &str) -> bool {
    db.ids("res.lang").into_iter().any(|id| {
        let get = |field: &str| db.get("res.lang", id, field);
        get("active").truthy() && get("code").as_text() == Some(code)
    })
}

/// The ids that many2many commands leave on a new record.
fn set_of(json: &Json) -> Vec<i64> {
    let mut ids = Vec::new();
    for command in json.as_array().into_iter().flatten() {
        match command.as_array().map(Vec::as_slice) {
            Some([Json::Number(code), second, rest @ ..]) => match code.as_i64() {
                Some(6) => {
                    let list = rest.first().and_then(Json::as_array);
                    ids = list.into_iter().flatten().filter_map(Json::as_i64).collect();
                }
                Some(4) => ids.extend(second.as_i64()),
                Some(3) => ids.retain(|id| Some(*id) != second.as_i64()),
                _ => {}
            },
            Some([Json::Number(code)]) if code.as_i64() == Some(5) => ids.clear(),
            _ => ids.extend(command.as_i64()),
        }
    }
    ids
}
