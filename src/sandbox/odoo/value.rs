//! One field's value, as the stand-in keeps it.

use std::sync::Arc;

use serde_json::Value as Json;

/// A stored value. Dates and times are text in Odoo's own form (`2026-03-01 10:00:00`, UTC), which
/// sorts as it should.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Val {
    /// Nothing: `NULL` in Odoo's database, `false` on the wire.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number, or the id of a many2one.
    Int(i64),
    /// A number.
    Num(f64),
    /// Text, a date, a selection, base64.
    Text(Arc<str>),
    /// The ids of a many2many.
    Ids(Arc<[i64]>),
}

/// What an index holds: values that can be compared exactly.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Int(i64),
    Text(Arc<str>),
}

impl Val {
    pub(super) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// An id, or nothing.
    pub(super) fn one(id: Option<i64>) -> Self {
        id.map_or(Self::Null, Self::Int)
    }

    /// Ids, in the order given.
    pub(super) fn ids(ids: impl IntoIterator<Item = i64>) -> Self {
        Self::Ids(ids.into_iter().collect())
    }

    /// Python's truth of it.
    pub(super) fn truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(yes) => *yes,
            Self::Int(number) => *number != 0,
            Self::Num(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::Ids(ids) => !ids.is_empty(),
        }
    }

    pub(super) fn as_id(&self) -> Option<i64> {
        match self {
            Self::Int(id) => Some(*id),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number; 0 where there is none.
    #[expect(clippy::cast_precision_loss, reason = "quantities and ids far below 2^52")]
    pub(super) fn number(&self) -> f64 {
        match self {
            Self::Num(number) => *number,
            Self::Int(number) => *number as f64,
            Self::Bool(yes) => f64::from(u8::from(*yes)),
            _ => 0.0,
        }
    }

    pub(super) fn as_ids(&self) -> &[i64] {
        match self {
            Self::Ids(ids) => ids,
            _ => &[],
        }
    }

    pub(super) fn key(&self) -> Option<Key> {
        match self {
            Self::Int(number) => Some(Key::Int(*number)),
            Self::Text(text) => Some(Key::Text(text.clone())),
            _ => None,
        }
    }

    /// On the wire, for fields that need no look-up.
    pub(super) fn json(&self) -> Json {
        match self {
            Self::Null => Json::Bool(false),
            Self::Bool(yes) => Json::Bool(*yes),
            Self::Int(number) => Json::from(*number),
            Self::Num(number) => Json::from(*number),
            Self::Text(text) => Json::from(&**text),
            Self::Ids(ids) => Json::from(ids.to_vec()),
        }
    }
}

impl From<&str> for Val {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Val {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<i64> for Val {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<f64> for Val {
    fn from(number: f64) -> Self {
        Self::Num(number)
    }
}

impl From<bool> for Val {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

/// Rounded as Odoo rounds amounts: half away from zero, with a hair of tolerance for what binary
/// fractions lose.
pub(super) fn rounded(number: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    let scaled = number * scale;
    (scaled + scaled.signum() * scaled.abs() * f64::EPSILON).round() / scale
}
