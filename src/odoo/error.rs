//! What went wrong, for the person who must act, and its class, decided here once.

use std::time::Duration;

use crate::flow::ErrorClass;

/// A call that did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct OdooError {
    /// How it is to be taken.
    pub class: ErrorClass,
    /// What happened and what to do, for the operator. Never holds a secret.
    pub message: String,
    /// How long the server asks us to wait (`Retry-After`).
    pub retry_after: Option<Duration>,
    /// Odoo's own code raised it while it worked on the records: where a call carries several,
    /// one of them may be to blame, and the others sound.
    pub(super) of_records: bool,
}

impl OdooError {
    /// An error of this class.
    #[must_use]
    pub fn new(class: ErrorClass, message: impl Into<String>) -> Self {
        Self { class, message: message.into(), retry_after: None, of_records: false }
    }

    /// The target is set up wrongly or refuses us: nothing works until a person acts.
    pub(super) fn setup(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::Credentials, message)
    }

    /// Passes by itself.
    pub(super) fn transient(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::Transient, message)
    }

    /// Sent, and no usable answer: it may have been done or not.
    pub(super) fn uncertain(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::Uncertain, message)
    }

    /// Will never work as it is.
    pub(super) fn permanent(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::Permanent, message)
    }

    /// Odoo answered with something that it never should.
    pub(super) fn odd(model: &str, method: &str, what: &str) -> Self {
        Self::uncertain(format!(
            "Odoo's answer to {model}.{method} is not understood ({what}); if it goes on, an \
             add-on may have changed that method"
        ))
    }

    pub(super) fn of_records(mut self) -> Self {
        self.of_records = true;
        self
    }
}

/// Which call an error answers, and as whom it was made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) model: &'a str,
    pub(super) method: &'a str,
    pub(super) login: &'a str,
    pub(super) database: &'a str,
}

/// An exception of Odoo's, the same over both protocols.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    /// Python's name of the class, with its module.
    pub(super) name: String,
    /// What it says.
    pub(super) text: String,
}

/// The class and the words of an exception that Odoo answered with.
pub(super) fn classify(fault: &Fault, asked: Asked<'_>) -> OdooError {
    let text = one_line(&fault.text);
    let kind = fault.name.rsplit('.').next().unwrap_or_default();
    let Asked { model, method, login, database } = asked;
    if let Some(error) = of_database(&text, database) {
        return error;
    }
    match kind {
        "AccessDenied" | "Unauthorized" => OdooError::setup(format!(
            "Odoo refuses the log-in of '{login}' ({text}): check the password or API key, and \
             whether the key has expired"
        )),
        "AccessError" => of_access(&text, asked),
        _ if is_passing(&text) => {
            OdooError::transient(format!("Odoo could not finish {model}.{method} just now: {text}"))
        }
        "SessionExpiredException"
        | "ConcurrencyError"
        | "TooManyRequests"
        | "ServiceUnavailable" => {
            OdooError::transient(format!("Odoo asks to try {model}.{method} later: {text}"))
        }
        _ if missing_model(&text) => OdooError::setup(format!(
            "database '{database}' has no {model}: install the module that brings it ({})",
            module_of(model)
        )),
        "UserError"
        | "ValidationError"
        | "RedirectWarning"
        | "MissingError"
        | "Warning"
        | "except_orm"
        | "UnprocessableEntity"
        | "BadRequest" => {
            OdooError::permanent(format!("Odoo refuses {model}.{method}: {text}")).of_records()
        }
        "NotFound" => OdooError::setup(format!(
            "Odoo has no {model}.{method} ({text}): its version or an add-on does not fit"
        )),
        // Law 4: what is not known is transient until its limit.
        _ => OdooError::transient(format!(
            "Odoo failed in {model}.{method}: {}: {text}; its log tells more",
            fault.name
        ))
        .of_records(),
    }
}

/// The class of what `load` says about a record.
pub(super) fn classify_load(text: &str, asked: Asked<'_>) -> OdooError {
    let text = one_line(text);
    let Asked { model, .. } = asked;
    if is_passing(&text) {
        return OdooError::transient(format!("Odoo could not store {model} just now: {text}"));
    }
    if is_missing_right(&text) {
        return of_access(&text, asked);
    }
    if text.contains("current transaction is aborted") || text.contains("Unknown database error") {
        // The record that broke the transaction is not named: halving finds it.
        return OdooError::transient(format!("Odoo could not store {model}: {text}")).of_records();
    }
    OdooError::permanent(format!("Odoo refuses the {}: {text}", noun(model))).of_records()
}

fn of_access(text: &str, asked: Asked<'_>) -> OdooError {
    let Asked { model, method, login, .. } = asked;
    if is_missing_right(text) {
        OdooError::setup(format!(
            "user '{login}' lacks a right for {model}.{method}: {text} Give the user {} in Odoo's \
             settings",
            right_of(model)
        ))
    } else {
        // A record rule hides one record: that case's trouble, not the target's.
        OdooError::permanent(format!("user '{login}' may not touch a record of {model}: {text}"))
            .of_records()
    }
}

/// A right on a whole model or field is missing, not on one record.
fn is_missing_right(text: &str) -> bool {
    [
        "allowed for the following groups",
        "No group currently allows this operation",
        "enough rights to access the field",
        "enough access rights",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// `psycopg2`'s words about the database itself.
fn of_database(text: &str, database: &str) -> Option<OdooError> {
    let lower = text.to_lowercase();
    if lower.contains("database") && lower.contains("does not exist") {
        return Some(OdooError::setup(format!(
            "Odoo has no database '{database}': check the name, it is case-sensitive"
        )));
    }
    None
}

/// PostgreSQL's ways to say 'not now'.
fn is_passing(text: &str) -> bool {
    [
        "could not serialize access",
        "deadlock detected",
        "could not obtain lock",
        "canceling statement due to",
        "lock timeout",
        "Connection refused",
        "connection pool is full",
        "Connection Pool Is Full",
        "connection slots are reserved",
        "too many clients already",
        "server closed the connection",
        "connection already closed",
        "cursor already closed",
        "terminating connection",
        "the database system is",
        "in a read-only transaction",
        "not fully loaded",
        // Two calls confirmed the same order at once: the loser's follower is there already.
        "cannot follow twice the same object",
    ]
    .iter()
    .any(|words| text.contains(words))
}

fn missing_model(text: &str) -> bool {
    (text.starts_with("Object ") && text.ends_with("doesn't exist"))
        || (text.starts_with("the model ") && text.ends_with("does not exist"))
}

/// Where a model comes from, for the operator.
fn module_of(model: &str) -> &'static str {
    match model {
        "sale.order" | "sale.order.line" => "Sales, sale_management",
        "stock.move" | "stock.warehouse" | "stock.quant" => "Inventory, stock and sale_stock",
        "product.supplierinfo" => "Products, product",
        _ => "look it up in Odoo's Apps",
    }
}

/// The group that gives the rights on a model, for the operator.
pub(super) fn right_of(model: &str) -> &'static str {
    match model {
        "res.partner" => "'Contact Creation' (base.group_partner_manager)",
        _ => "'Sales / User: All Documents' (sales_team.group_sale_salesman_all_leads)",
    }
}

fn noun(model: &str) -> &str {
    match model {
        "sale.order" => "order",
        "res.partner" => "contact",
        "ir.attachment" => "attached mail",
        "mail.message" => "note",
        other => other,
    }
}

/// Odoo's text on one line, at most 400 characters, for logs, letters to the desk and tables.
pub(super) fn one_line(text: &str) -> String {
    const MOST: usize = 400;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > 4 * MOST {
            break;
        }
    }
    if line.chars().count() > MOST {
        line = line.chars().take(MOST - 1).collect();
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Asked<'_> =
        Asked { model: "sale.order", method: "load", login: "desk", database: "shop" };

    fn class_of(name: &str, text: &str) -> ErrorClass {
        classify(&Fault { name: name.into(), text: text.into() }, ASKED).class
    }

    #[test]
    fn exceptions_have_their_class() {
        use ErrorClass::{Credentials, Permanent, Transient};
        for (name, text, class) in [
            ("odoo.exceptions.AccessDenied", "Access Denied", Credentials),
            ("odoo.exceptions.UserError", "You cannot do that", Permanent),
            ("odoo.exceptions.ValidationError", "Bad", Permanent),
            (
                "odoo.exceptions.MissingError",
                "Record does not exist or has been deleted.",
                Permanent,
            ),
            ("odoo.exceptions.UserError", "Object sale.order doesn't exist", Credentials),
            ("werkzeug.exceptions.NotFound", "the model 'sale.order' does not exist", Credentials),
            (
                "psycopg2.OperationalError",
                "FATAL:  database \"shop\" does not exist\n",
                Credentials,
            ),
            (
                "psycopg2.errors.SerializationFailure",
                "could not serialize access due to …",
                Transient,
            ),
            ("psycopg2.OperationalError", "FATAL:  the database system is starting up", Transient),
            (
                "psycopg2.OperationalError",
                "could not connect to server: Connection refused",
                Transient,
            ),
            ("builtins.KeyError", "'x'", Transient),
            (
                "odoo.exceptions.AccessError",
                "You are not allowed to access 'Sales Order' (sale.order) records.\n\n\
                 This operation is allowed for the following groups:\n\t- Sales/User",
                Credentials,
            ),
            (
                "odoo.exceptions.AccessError",
                "Uh-oh! Looks like you have stumbled upon some top-secret records.",
                Permanent,
            ),
        ] {
            assert_eq!(class_of(name, text), class, "{name}: {text}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let fault = |name: &str, text: &str| {
            classify(&Fault { name: name.into(), text: text.into() }, ASKED).message
        };
        let text = fault("psycopg2.OperationalError", "FATAL: database \"shop\" does not exist");
        assert!(text.contains("no database 'shop'"), "{text}");
        let text = fault("odoo.exceptions.UserError", "Object sale.order doesn't exist");
        assert!(text.contains("sale.order") && text.contains("sale_management"), "{text}");
        let text = fault(
            "odoo.exceptions.AccessError",
            "You are not allowed to access 'Sales Order' (sale.order) records. No group currently \
             allows this operation.",
        );
        assert!(
            text.contains("'desk'") && text.contains("group_sale_salesman_all_leads"),
            "{text}"
        );
    }

    #[test]
    fn load_messages_have_their_class() {
        let class = |text: &str| classify_load(text, ASKED).class;
        assert_eq!(
            class("could not serialize access due to concurrent update\n"),
            ErrorClass::Transient
        );
        assert_eq!(
            class("No matching record found for database id '9999' in field 'Customer'"),
            ErrorClass::Permanent
        );
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(one_line("a\n\n b\tc"), "a b c");
        assert_eq!(one_line(&"ä".repeat(10_000)).chars().count(), 400);
        assert_eq!(one_line(&"word ".repeat(10_000)).chars().count(), 400);
    }
}
