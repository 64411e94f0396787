//! What goes wrong in Odoo, with the names of Odoo's own exception classes.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::schema::{Field, Model};

/// An exception on its way to the client.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    /// The class, as Python names it.
    pub(super) name: &'static str,
    /// What it says.
    pub(super) message: String,
    /// HTTP status where the protocol uses one.
    pub(super) status: u16,
    /// The mandatory field that was not set, where that is what went wrong.
    pub(super) field: Option<&'static str>,
}

pub(super) type Outcome<T> = Result<T, Fault>;

impl Fault {
    fn new(name: &'static str, status: u16, message: impl Into<String>) -> Self {
        Self { name, message: message.into(), status, field: None }
    }

    /// The user did something that Odoo refuses.
    pub(super) fn user(message: impl Into<String>) -> Self {
        Self::new("odoo.exceptions.UserError", 422, message)
    }

    /// A constraint.
    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self::new("odoo.exceptions.ValidationError", 422, message)
    }

    /// A mandatory field that was not set; the message is what `load` says of it.
    pub(super) fn required(model: &Model, field: &Field, old: bool) -> Self {
        let mut message =
            format!("Missing required value for the field '{}' ({})", field.label, field.name);
        if !old {
            let _ = write!(
                message,
                ".\nModel: '{}' ({})\n- create/update: a mandatory field is not set\n\
                 - delete: another model requires the record being deleted, you can archive it \
                 instead\n",
                model.label, model.name
            );
        }
        Self { field: Some(field.name), ..Self::validation(message) }
    }

    /// A missing right.
    pub(super) fn access(message: impl Into<String>) -> Self {
        Self::new("odoo.exceptions.AccessError", 403, message)
    }

    /// Wrong credentials.
    pub(super) fn denied() -> Self {
        Self::new("odoo.exceptions.AccessDenied", 403, "Access Denied")
    }

    /// A record that is not there (any more).
    pub(super) fn missing(model: &str, ids: &[i64], uid: i64) -> Self {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let tuple = if ids.len() == 1 { "," } else { "" };
        Self::new(
            "odoo.exceptions.MissingError",
            404,
            format!(
                "Record does not exist or has been deleted.\n(Record: {model}({}{tuple}), User: {uid})",
                ids.join(", ")
            ),
        )
    }

    /// Python's `ValueError`.
    pub(super) fn value(message: impl Into<String>) -> Self {
        Self::new("builtins.ValueError", 500, message)
    }

    /// Python's `TypeError`.
    pub(super) fn type_error(message: impl Into<String>) -> Self {
        Self::new("builtins.TypeError", 500, message)
    }

    /// Python's `AttributeError`.
    pub(super) fn attribute(message: impl Into<String>) -> Self {
        Self::new("builtins.AttributeError", 500, message)
    }

    /// Python's `AssertionError`.
    pub(super) fn assertion(message: impl Into<String>) -> Self {
        Self::new("builtins.AssertionError", 500, message)
    }

    /// Python's `KeyError`.
    pub(super) fn key(key: &str) -> Self {
        Self::new("builtins.KeyError", 500, key)
    }

    /// Python's `IndexError`.
    pub(super) fn index(message: impl Into<String>) -> Self {
        Self::new("builtins.IndexError", 500, message)
    }

    /// Two transactions wanted the same at once.
    pub(super) fn conflict() -> Self {
        Self::new(
            "psycopg2.errors.SerializationFailure",
            500,
            "could not serialize access due to concurrent update\n",
        )
    }

    /// Any other Python exception.
    pub(super) fn exception(message: impl Into<String>) -> Self {
        Self::new("builtins.Exception", 500, message)
    }

    /// PostgreSQL has no such database, or does not answer.
    pub(super) fn database(name: &str) -> Self {
        Self::new(
            "psycopg2.OperationalError",
            500,
            format!("FATAL:  database \"{name}\" does not exist\n"),
        )
    }

    /// An error of the JSON-2 router, named as Python's web library names it.
    pub(super) fn http(status: u16, message: impl Into<String>) -> Self {
        let name = match status {
            400 => "werkzeug.exceptions.BadRequest",
            401 => "werkzeug.exceptions.Unauthorized",
            404 => "werkzeug.exceptions.NotFound",
            422 => "werkzeug.exceptions.UnprocessableEntity",
            _ => "werkzeug.exceptions.InternalServerError",
        };
        Self::new(name, status, message)
    }

    /// The same under another class.
    pub(super) fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// The object that both protocols put around an exception.
    pub(super) fn json(&self) -> Json {
        let class = self.name.rsplit('.').next().unwrap_or(self.name);
        let arguments = if self.name.starts_with("werkzeug.") {
            json!([self.message, self.status])
        } else {
            json!([self.message])
        };
        json!({
            "name": self.name,
            "message": self.message,
            "arguments": arguments,
            "context": {},
            "debug": format!(
                "Traceback (most recent call last):\n  (postorder's stand-in)\n{}: {}\n",
                if self.name.starts_with("builtins.") { class } else { self.name },
                self.message
            ),
        })
    }
}
