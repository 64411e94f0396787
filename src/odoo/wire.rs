//! Odoo's JSON values, typed. `false` stands for 'nothing' in every field but booleans.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::error::OdooError;
use super::rpc::{Call, Rpc};

/// A record as read.
#[derive(Debug, Clone, Default)]
pub(super) struct Row(Map<String, Value>);

impl Row {
    /// Database id; 0, which no record has, where it is missing.
    pub(super) fn id(&self) -> i64 {
        self.0.get("id").and_then(Value::as_i64).unwrap_or_default()
    }

    /// A text that is not empty.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str().filter(|text| !text.is_empty())
    }

    /// A text, empty where there is none.
    pub(super) fn string(&self, field: &str) -> String {
        self.text(field).unwrap_or_default().to_owned()
    }

    pub(super) fn flag(&self, field: &str) -> bool {
        self.0.get(field).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn int(&self, field: &str) -> Option<i64> {
        self.0.get(field)?.as_i64()
    }

    /// A many2one: the record's id and its name (empty in a [`Query::bare`] one).
    pub(super) fn link(&self, field: &str) -> Option<(i64, &str)> {
        let pair = self.0.get(field)?;
        if let Some(id) = pair.as_i64() {
            return Some((id, ""));
        }
        Some((pair.get(0)?.as_i64()?, pair.get(1).and_then(Value::as_str).unwrap_or_default()))
    }

    /// A many2many or one2many.
    pub(super) fn links(&self, field: &str) -> Vec<i64> {
        let list = self.0.get(field).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_i64).collect()
    }

    /// A number; zero where there is none.
    pub(super) fn decimal(&self, field: &str) -> Decimal {
        self.0.get(field).and_then(decimal).unwrap_or_default()
    }

    /// A time; Odoo's are UTC and without a zone.
    pub(super) fn time(&self, field: &str) -> Option<DateTime<Utc>> {
        let text = self.text(field)?;
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok().map(|time| time.and_utc())
    }

    /// A day; of a time, its day in UTC.
    pub(super) fn day(&self, field: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(self.text(field)?.get(..10)?, "%Y-%m-%d").ok()
    }
}

/// A JSON number without the noise of binary fractions: its shortest form, at most 6 places.
pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    let Value::Number(number) = value else { return None };
    let text = number.to_string();
    let exact = Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text)).ok()?;
    Some(exact.round_dp(6).normalize())
}

/// A number as `load` reads it.
pub(super) fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A time as Odoo writes it.
pub(super) fn timestamp(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Text from outside as a field takes it: no control characters (PostgreSQL refuses NUL), spaces
/// joined, at most `most` characters.
pub(super) fn clean(text: &str, most: usize) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut line = String::new();
    for word in plain.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.char_indices().nth(most) {
        Some((end, _)) => line.get(..end).unwrap_or_default().to_owned(),
        None => line,
    }
}

/// A `search_read` in the making.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) model: &'static str,
    pub(super) fields: Vec<&'static str>,
    pub(super) domain: super::domain::Domain,
    pub(super) order: &'static str,
    /// At most so many; `None`: all that match, which the domain must bound.
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
    /// Language of translated fields; `None`: English.
    pub(super) lang: Option<String>,
    /// Links without the names of what they point to, where the server can leave them out.
    pub(super) bare: bool,
    /// Further context.
    pub(super) context: Vec<(&'static str, Value)>,
}

impl Query {
    pub(super) fn new(
        model: &'static str,
        fields: &[&'static str],
        domain: super::domain::Domain,
    ) -> Self {
        Self {
            model,
            fields: fields.to_vec(),
            domain,
            order: "id",
            limit: None,
            offset: 0,
            lang: None,
            bare: false,
            context: Vec::new(),
        }
    }

    pub(super) fn lang(mut self, lang: Option<&str>) -> Self {
        self.lang = lang.map(str::to_owned);
        self
    }

    pub(super) fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    pub(super) fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.context.push((key, value.into()));
        self
    }
}

impl Rpc {
    /// Reads records.
    pub(super) async fn read(&self, query: Query) -> Result<Vec<Row>, OdooError> {
        let model = query.model;
        let mut call = Call::new(model, "search_read")
            .arg("domain", query.domain.into_value())
            .arg("fields", query.fields)
            .arg("order", query.order)
            .arg("offset", query.offset);
        if let Some(limit) = query.limit {
            call = call.arg("limit", limit);
        }
        if query.bare && self.version.major >= 17 {
            call = call.arg("load", "");
        }
        if let Some(lang) = query.lang {
            call = call.with("lang", lang);
        }
        for (key, value) in query.context {
            call = call.with(key, value);
        }
        let answer = self.call(call).await?;
        let Value::Array(list) = answer else {
            return Err(OdooError::odd(model, "search_read", "no list"));
        };
        let rows = list.into_iter().map(|row| match row {
            Value::Object(map) if map.get("id").is_some_and(Value::is_i64) => Ok(Row(map)),
            _ => Err(OdooError::odd(model, "search_read", "a record without id")),
        });
        rows.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(value: Value) -> Row {
        let Value::Object(map) = value else { panic!("an object") };
        Row(map)
    }

    #[test]
    fn floats_lose_their_noise() {
        for (wire, expected) in [
            ("47.3", "47.3"),
            ("0.30000000000000004", "0.3"),
            ("51.129999999999995", "51.13"),
            ("1e-7", "0"),
            ("1.5e3", "1500"),
            ("240.0", "240"),
            ("-2.0", "-2"),
            ("7", "7"),
        ] {
            let value: Value = serde_json::from_str(wire).expect("JSON");
            assert_eq!(decimal(&value).expect("a number").to_string(), expected, "{wire}");
        }
        assert_eq!(decimal(&json!(false)), None);
        assert_eq!(decimal(&json!(1e300)), None);
    }

    #[test]
    fn false_is_nothing() {
        let row = row(json!({"id": 7, "a": false, "b": "", "c": [3, "Three"], "d": [1, 2]}));
        assert_eq!(row.text("a"), None);
        assert_eq!(row.text("b"), None);
        assert_eq!(row.link("a"), None);
        assert_eq!(row.link("c"), Some((3, "Three")));
        assert_eq!(row.links("a"), Vec::<i64>::new());
        assert_eq!(row.links("d"), vec![1, 2]);
        assert_eq!(row.day("a"), None);
        assert_eq!(row.decimal("a"), Decimal::ZERO);
        assert_eq!(row.id(), 7);
    }

    #[test]
    fn times_are_utc() {
        let row = row(json!({"id": 1, "t": "2026-12-01 12:00:00", "u": "2026-12-01 12:00:00.123"}));
        assert_eq!(row.time("t").map(timestamp).as_deref(), Some("2026-12-01 12:00:00"));
        assert_eq!(row.time("u").map(timestamp).as_deref(), Some("2026-12-01 12:00:00"));
        assert_eq!(row.day("t"), NaiveDate::from_ymd_opt(2026, 12, 1));
    }

    #[test]
    fn outside_text_is_cleaned() {
        assert_eq!(clean("a\u{0}b\r\nBcc: x\tc", 100), "a b Bcc: x c");
        assert_eq!(clean("äöü", 2), "äö");
    }
}
