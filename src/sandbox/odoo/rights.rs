//! Who may do what: the access lists of the two ordinary users that the stand-in knows, as real
//! servers answer them.

use super::Version;
use super::error::{Fault, Outcome};
use super::schema::Model;

/// What kind of user calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// An administrator.
    Admin,
    /// Sales (all leads) and contacts: what postorder needs.
    Sales,
    /// An ordinary employee, who may not sell.
    Low,
}

/// An operation on records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Read,
    Write,
    Create,
    Unlink,
}

impl Op {
    /// As `check_access_rights` and `has_access` name it.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "read" => Self::Read,
            "write" => Self::Write,
            "create" => Self::Create,
            "unlink" => Self::Unlink,
            _ => return None,
        })
    }

    fn letter(self) -> char {
        match self {
            Self::Read => 'r',
            Self::Write => 'w',
            Self::Create => 'c',
            Self::Unlink => 'u',
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Read => "access",
            Self::Write => "modify",
            Self::Create => "create",
            Self::Unlink => "delete",
        }
    }
}

/// What a user with sales and contacts may do, and what any employee may.
fn letters(model: &str, version: Version) -> (&'static str, &'static str) {
    let old = version == Version::V14;
    match model {
        "res.partner" => ("rwcu", "r"),
        "sale.order" | "stock.move" | "stock.picking" => ("rwc", ""),
        "sale.order.line" => ("rwcu", ""),
        "product.packaging" => ("rwc", "r"),
        "ir.attachment" | "mail.message" => ("rwcu", "rwcu"),
        "mail.message.subtype" if old => ("rwcu", "rwcu"),
        "ir.module.module" if old => ("", ""),
        "ir.model.data" => {
            if old {
                ("rc", "rc")
            } else {
                ("", "")
            }
        }
        "purchase.order" | "purchase.order.line" => ("", ""),
        _ => ("r", "r"),
    }
}

/// The role may do that with records of the model.
pub(super) fn allowed(role: Role, op: Op, model: &str, version: Version) -> bool {
    let (sales, low) = letters(model, version);
    match role {
        Role::Admin => true,
        Role::Sales => sales.contains(op.letter()),
        Role::Low => low.contains(op.letter()),
    }
}

/// As [`allowed`], with Odoo's own words where it is not.
pub(super) fn check(role: Role, op: Op, model: &Model, version: Version) -> Outcome<()> {
    if allowed(role, op, model.name, version) {
        return Ok(());
    }
    Err(refusal(op, model.label, model.name, version))
}

/// The refusal in Odoo's words.
pub(super) fn refusal(op: Op, label: &str, model: &str, version: Version) -> Fault {
    let groups = match (model, version) {
        ("res.partner", Version::V14) => "Extra Rights/Contact Creation\n\t- Sales/Administrator",
        ("res.partner", Version::V19) => "Contact/Creation\n\t- Sales/Administrator",
        ("ir.module.module", _) => "Administration/Settings",
        ("ir.model.data", _) => "Access Rights",
        ("purchase.order.line" | "purchase.order", _) => {
            "Purchase/Administrator\n\t- Purchase/User"
        }
        ("stock.move" | "stock.picking" | "stock.quant", _) => {
            "Inventory/Administrator\n\t- Inventory/User"
        }
        _ => "Sales/Administrator\n\t- Sales/User: Own Documents Only",
    };
    Fault::access(format!(
        "You are not allowed to {} '{label}' ({model}) records.\n\n\
         This operation is allowed for the following groups:\n\t- {groups}\n\n\
         Contact your administrator to request access if necessary.",
        op.verb()
    ))
}

/// The refusal of a field that only accountants may touch.
pub(super) fn field_refusal(field: &str, model: &Model, uid: i64) -> Fault {
    Fault::access(format!(
        "You do not have enough rights to access the field \"{field}\" on {} ({}). \
         Please contact your system administrator.\n\nOperation: read\nUser: {uid}\n\
         Groups: allowed for groups 'Show Accounting Features - Readonly', \
         'Accounting / Invoicing'",
        model.label, model.name
    ))
}
