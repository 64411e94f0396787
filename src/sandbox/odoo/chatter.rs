//! Attachments, and what stands in a record's chatter.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};

use super::Version;
use super::convert::as_html;
use super::db::Db;
use super::env::Env;
use super::error::{Fault, Outcome};
use super::rights::{Op, allowed, refusal};
use super::value::Val;

/// Subtypes of messages, as both versions number them.
const NOTE: i64 = 2;
/// A system note of a new order, without a subtype.
pub(super) const CREATED: i64 = 0;
/// The note of a confirmation.
pub(super) const CONFIRMED: i64 = 11;

/// Completes an attachment that is to be made.
pub(super) fn before_attachment(db: &mut Db, env: &Env, row: &mut Vec<(&str, Val)>) -> Outcome<()> {
    let given = |row: &[(&str, Val)], name: &str| {
        row.iter().rev().find(|(field, _)| *field == name).map(|(_, value)| value.clone())
    };
    let on = given(row, "res_model");
    let on = on.as_ref().and_then(Val::as_text).unwrap_or_default().to_owned();
    let id = given(row, "res_id").as_ref().and_then(Val::as_id).unwrap_or_default();
    if !on.is_empty() {
        let may = allowed(env.role, Op::Write, &on, env.version);
        match env.version {
            Version::V14 if !may => {
                let label = db.model(&on).map_or("", |model| model.label);
                return Err(refusal(Op::Write, label, &on, env.version));
            }
            Version::V19 if !may || id != 0 && !db.exists(&on, id) => {
                return Err(Fault::access("Sorry, you are not allowed to access this document."));
            }
            _ => {}
        }
    }
    let datas = given(row, "datas");
    let datas = datas.as_ref().and_then(Val::as_text).unwrap_or_default();
    let content = STANDARD
        .decode(datas.as_bytes())
        .map_err(|_| Fault::value("Incorrect padding in the file's base64"))?;
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    row.push(("file_size", size.into()));
    row.push(("checksum", checksum(&content).into()));
    for (name, value) in [
        ("type", Val::from("binary")),
        ("mimetype", "application/octet-stream".into()),
        ("public", false.into()),
        ("company_id", db.get("res.users", env.uid, "company_id")),
    ] {
        if given(row, name).is_none() {
            row.push((name, value));
        }
    }
    Ok(())
}

/// Tells contents apart; Odoo's own is a SHA-1, of the same length.
fn checksum(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(20).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `message_post`: puts a message into the chatter. Returns its id.
pub(super) fn post(
    db: &mut Db,
    env: &Env,
    model: &str,
    id: i64,
    named: &Map<String, Json>,
) -> Outcome<i64> {
    if !db.exists(model, id) {
        return Err(Fault::missing(model, &[id], env.uid));
    }
    let label = db.model(model).map_or("", |model| model.label);
    if !allowed(env.role, Op::Write, model, env.version) {
        return Err(refusal(Op::Write, label, model, env.version));
    }
    let text = |name: &str| named.get(name).and_then(Json::as_str);
    let body = text("body").unwrap_or_default();
    let body = match env.version {
        Version::V14 => as_html(body),
        // Whatever comes over the wire is plain text to 19.
        Version::V19 => format!("<p>{}</p>", escaped(body)),
    };
    let subtype = match (text("subtype_xmlid"), env.version) {
        (Some("mail.mt_comment"), _) => Val::Int(1),
        (Some(_), _) | (None, Version::V19) => Val::Int(NOTE),
        (None, Version::V14) => Val::one(named.get("subtype_id").and_then(Json::as_i64)),
    };
    let attached = named.get("attachment_ids").and_then(Json::as_array);
    let attached: Vec<i64> = attached.into_iter().flatten().filter_map(Json::as_i64).collect();
    let kind = text("message_type").unwrap_or("notification");
    let subject = text("subject").map_or(Val::Null, Val::from);
    let message = insert(db, env, model, id, subtype, body);
    db.update(
        "mail.message",
        message,
        &[
            ("message_type", kind.into()),
            ("subject", subject),
            ("attachment_ids", Val::ids(attached)),
        ],
    );
    Ok(message)
}

/// A note that Odoo writes by itself.
pub(super) fn log(db: &mut Db, env: &Env, model: &'static str, id: i64, subtype: i64) {
    let body = if subtype == CREATED { "<p>Sales Order created</p>" } else { "" };
    let subtype = if subtype == CREATED { Val::Int(NOTE) } else { Val::Int(subtype) };
    insert(db, env, model, id, subtype, body.to_owned());
}

fn insert(db: &mut Db, env: &Env, model: &str, id: i64, subtype: Val, body: String) -> i64 {
    let author = db.one("res.users", env.uid, "partner_id").unwrap_or_default();
    let get = |field: &str| db.get("res.partner", author, field);
    let from = format!(
        "\"{}\" <{}>",
        get("name").as_text().unwrap_or_default(),
        get("email").as_text().unwrap_or_default()
    );
    db.insert(
        "mail.message",
        &[
            ("model", model.into()),
            ("res_id", id.into()),
            ("body", body.into()),
            ("message_type", "notification".into()),
            ("subtype_id", subtype),
            ("is_internal", false.into()),
            ("author_id", author.into()),
            ("email_from", from.into()),
            ("date", env.now.as_str().into()),
            ("create_date", env.now.as_str().into()),
            ("attachment_ids", Val::ids([])),
        ],
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
