//! For whom, in which language and with what context a call runs.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value as Json};

use super::Version;
use super::db::Db;
use super::error::{Fault, Outcome};
use super::rights::Role;

/// What a call knows besides its arguments.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "keys of Odoo's context, each on its own")]
pub(super) struct Env {
    pub(super) version: Version,
    pub(super) uid: i64,
    pub(super) role: Role,
    pub(super) lang: Option<String>,
    /// Named in the context.
    pub(super) tz: Option<String>,
    pub(super) active_test: bool,
    pub(super) noupdate: bool,
    /// `mode` of the context is `update`.
    pub(super) update: bool,
    pub(super) module: String,
    pub(super) inventory_mode: bool,
    pub(super) no_notes: bool,
    /// Products are named without their references (`display_default_code` is false).
    pub(super) short_names: bool,
    /// Contacts are named with their addresses below.
    pub(super) show_address: bool,
    /// New contacts are customers (`res_partner_search_mode`).
    pub(super) customers: bool,
    /// Stock of this warehouse only.
    pub(super) warehouse: Option<i64>,
    pub(super) defaults: Vec<(String, Json)>,
    /// When the call began, as Odoo writes times.
    pub(super) now: String,
    /// How many changing calls had ended when this one arrived.
    pub(super) arrived: u64,
}

impl Env {
    pub(super) fn new(
        db: &Db,
        uid: i64,
        role: Role,
        arrived: u64,
        context: &Map<String, Json>,
    ) -> Outcome<Self> {
        let text = |key: &str| {
            context
                .get(key)
                .and_then(Json::as_str)
                .filter(|text| !text.is_empty())
                .map(String::from)
        };
        let truthy = |key: &str| context.get(key).is_some_and(is_true);
        let lang = text("lang");
        if let Some(lang) = &lang {
            known_language(db, lang)?;
        }
        let companies = context.get("allowed_company_ids").and_then(Json::as_array);
        let ids = companies.into_iter().flatten().filter_map(Json::as_i64);
        let own = db.get("res.users", uid, "company_ids");
        if ids.into_iter().any(|id| !own.as_ids().contains(&id)) {
            return Err(Fault::access("Access to unauthorized or invalid companies."));
        }
        let warehouse = if db.version == Version::V14 { "warehouse" } else { "warehouse_id" };
        let defaults = context.iter().filter_map(|(key, value)| {
            Some((key.strip_prefix("default_")?.to_owned(), value.clone()))
        });
        Ok(Self {
            version: db.version,
            uid,
            role,
            lang,
            tz: text("tz"),
            active_test: context.get("active_test").is_none_or(is_true),
            noupdate: truthy("noupdate"),
            update: text("mode").as_deref() == Some("update"),
            module: text("module").unwrap_or_else(|| "__import__".into()),
            inventory_mode: truthy("inventory_mode"),
            no_notes: truthy("mail_create_nolog") || truthy("tracking_disable"),
            short_names: context.get("display_default_code").is_some_and(|value| !is_true(value)),
            show_address: truthy("show_address"),
            customers: text("res_partner_search_mode").as_deref() == Some("customer"),
            warehouse: context.get(warehouse).and_then(Json::as_i64),
            defaults: defaults.collect(),
            now: now(),
            arrived,
        })
    }

    /// As the server itself, to which nothing is forbidden.
    pub(super) fn system(db: &Db) -> Self {
        Self {
            version: db.version,
            uid: 1,
            role: Role::Admin,
            lang: None,
            tz: None,
            active_test: false,
            noupdate: false,
            update: false,
            module: "__import__".into(),
            inventory_mode: false,
            no_notes: true,
            short_names: false,
            show_address: false,
            customers: false,
            warehouse: None,
            defaults: Vec::new(),
            now: now(),
            arrived: db.commits,
        }
    }

    /// The zone in which this call reads times without one: the context's, else the user's.
    pub(super) fn zone(&self, db: &Db) -> Tz {
        let own = db.get("res.users", self.uid, "tz");
        let name = self.tz.as_deref().or(own.as_text()).unwrap_or("UTC");
        name.parse().unwrap_or(Tz::UTC)
    }

    /// A time of the call's zone, in UTC.
    pub(super) fn to_utc(&self, db: &Db, local: NaiveDateTime) -> NaiveDateTime {
        let zone = self.zone(db);
        zone.from_local_datetime(&local)
            .latest()
            .map_or(local, |time: DateTime<Tz>| time.with_timezone(&Utc).naive_utc())
    }
}

fn known_language(db: &Db, code: &str) -> Outcome<()> {
    let installed = db.ids("res.lang").into_iter().any(|id| {
        db.get("res.lang", id, "code").as_text() == Some(code)
            && db.get("res.lang", id, "active").truthy()
    });
    // 14 takes any language and answers untranslated; 19 refuses what is not installed.
    if installed || db.version == Version::V14 {
        return Ok(());
    }
    Err(Fault::user(format!("Invalid language code: {code}")))
}

/// Python's truth of a JSON value.
pub(super) fn is_true(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(yes) => *yes,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(items) => !items.is_empty(),
        Json::Object(members) => !members.is_empty(),
    }
}

/// The time, as Odoo writes it.
pub(super) fn now() -> String {
    Utc::now().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A time as Odoo writes it: with or without its time of day.
pub(super) fn parse_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.get(..19).unwrap_or(text);
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
        .ok()
        .or_else(|| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}
