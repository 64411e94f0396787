//! What has happened, in the past tense.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::effect::{Folder, LetterKind};
use crate::mail::{Address, MailId};
use crate::reading::{Lang, Reading};

/// How an error is to be taken; decided once, at the boundary (design: errors).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorClass {
    /// Passes by itself: try again later.
    Transient,
    /// No answer after sending: the same idempotent call again.
    Uncertain,
    /// Will never work as it is: the flow decides.
    Permanent,
    /// The whole target refuses us: pause it, alert once.
    Credentials,
    /// A panic or an impossible state: this case alone to the dead letters.
    Sick,
}

/// A mail was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRead {
    /// Which.
    pub mail: MailId,
    /// Its Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Its references, oldest first.
    pub references: Vec<String>,
    /// Who wrote it.
    pub from: Address,
    /// Where letters go.
    pub reply_to: Address,
    /// Its subject.
    pub subject: String,
    /// It answers a letter of ours, whether or not that letter's case could be found.
    pub answers_us: bool,
    /// What it means.
    pub reading: Reading,
    /// How many letters this sender got within the last hour.
    pub recent_letters: u32,
    /// The same words came from this sender a short while ago, in another mail.
    #[serde(default)]
    pub repeated: bool,
}

/// How much there is of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// So many, in its own unit; claimed for this case as far as it asked.
    Stock(Decimal),
    /// Not kept in stock (a service, a consumable): always there.
    Untracked,
    /// Archived, not for sale, or gone.
    Inactive,
}

/// What Odoo knows of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// How much there is.
    pub availability: Availability,
    /// Its name in the customer's language.
    pub name: String,
    /// Its unit.
    pub uom: String,
    /// Who supplies it.
    pub vendor: Option<Vendor>,
}

/// A supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendor {
    /// Where the request goes.
    pub address: Address,
    /// Their language, where Odoo knows it.
    pub lang: Option<Lang>,
    /// Days from request to delivery, as Odoo has them.
    pub lead_days: Option<u32>,
}

/// A customer as Odoo knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// `res.partner` id.
    pub id: i64,
    /// Their language, where postorder writes it.
    pub lang: Option<Lang>,
}

/// What Odoo answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedUp {
    /// The customer, where known.
    pub partner: Option<Partner>,
    /// Stock by `product.product` id; a product that is missing here is gone.
    pub stock: BTreeMap<i64, Stock>,
    /// Orders that this mail has already placed (a replay after the database was lost).
    pub already: Vec<PlacedOrder>,
}

/// A line as Odoo has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedLine {
    /// `product.product` id.
    pub product_id: i64,
    /// Internal reference.
    pub default_code: String,
    /// Name in the customer's language.
    pub name: String,
    /// How many.
    pub quantity: Decimal,
    /// Unit.
    pub uom: String,
    /// How many of them Odoo reserved; all of them for products not kept in stock; `None` where
    /// the order is not confirmed.
    pub reserved: Option<Decimal>,
    /// Unit price.
    pub unit_price: Decimal,
    /// Discount in percent.
    pub discount: Decimal,
    /// Line total without taxes.
    pub subtotal: Decimal,
    /// Names of the taxes.
    pub taxes: Vec<String>,
}

/// An order as Odoo has it. Amounts in the order's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedOrder {
    /// The key it was placed under; see [`OrderDraft::key`](super::OrderDraft::key).
    pub key: String,
    /// `sale.order` id.
    pub id: i64,
    /// Order number.
    pub number: String,
    /// Confirmed, so that stock is reserved.
    pub confirmed: bool,
    /// Cancelled in Odoo by a person.
    pub cancelled: bool,
    /// Lines.
    pub lines: Vec<PlacedLine>,
    /// Sum without taxes.
    pub untaxed: Decimal,
    /// Taxes.
    pub tax: Decimal,
    /// Sum with taxes.
    pub total: Decimal,
    /// ISO 4217 code.
    pub currency: String,
    /// Delivery date as Odoo has it.
    pub delivery_date: Option<NaiveDate>,
    /// Delivery address, on one line.
    pub address: Option<String>,
    /// The customer's own order number.
    pub reference: Option<String>,
}

/// Odoo refused an order for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// What Odoo says.
    pub message: String,
}

/// An effect that failed for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// How it failed.
    pub class: ErrorClass,
    /// What happened, and what to do.
    pub message: String,
}

/// What has happened to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A mail of this case was read.
    MailRead(Box<MailRead>),
    /// A mail could not be read at all, or reading it broke the reader.
    MailFailed {
        /// Which.
        mail: MailId,
        /// Who wrote it, as far as that can be told.
        from: Address,
        /// Its subject, as far as that can be told.
        subject: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Odoo answered a look-up.
    LookedUp(LookedUp),
    /// Odoo holds the orders.
    Placed {
        /// The customer's `res.partner` id.
        partner_id: i64,
        /// The orders, in the order asked.
        orders: Vec<PlacedOrder>,
    },
    /// Odoo refused the orders.
    PlaceRefused(Refused),
    /// A letter was accepted by the mail server.
    LetterSent {
        /// Kind.
        kind: LetterKind,
        /// Its Message-ID, without angle brackets.
        message_id: String,
        /// To whom.
        to: String,
    },
    /// A letter was refused for good.
    LetterFailed {
        /// Kind.
        kind: LetterKind,
        /// To whom.
        to: String,
        /// Why.
        failure: Failure,
    },
    /// A letter that had been accepted came back, or is late: the bounce that says so was read.
    LetterBounced {
        /// The bounce.
        mail: MailId,
        /// Kind of the letter.
        kind: LetterKind,
        /// Who could not be reached.
        to: String,
        /// It was given up; else it is still being tried.
        failed: bool,
        /// What the other server says.
        message: String,
    },
    /// The original mail stands in the orders' chatter.
    Annotated,
    /// The mail's file was put into a folder.
    Filed {
        /// Which mail.
        mail: MailId,
        /// Where.
        folder: Folder,
    },
    /// The time asked for in [`Transition::wake_at`](super::Transition::wake_at) has come.
    Due,
    /// A person approved a held case.
    Approved {
        /// Who.
        by: String,
    },
    /// A person rejected a held case.
    Rejected {
        /// Who.
        by: String,
        /// The customer is to be told.
        tell: bool,
    },
    /// An effect failed for good, other than as the events above say.
    EffectFailed {
        /// [`Effect::name`](super::Effect::name).
        effect: String,
        /// How.
        failure: Failure,
    },
}

impl Event {
    /// One word for stories, logs and the diagram.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::MailRead(_) => "mail_read",
            Self::MailFailed { .. } => "mail_failed",
            Self::LookedUp(_) => "looked_up",
            Self::Placed { .. } => "placed",
            Self::PlaceRefused(_) => "place_refused",
            Self::LetterSent { .. } => "letter_sent",
            Self::LetterFailed { .. } => "letter_failed",
            Self::LetterBounced { .. } => "letter_bounced",
            Self::Annotated => "annotated",
            Self::Filed { .. } => "filed",
            Self::Due => "due",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::EffectFailed { .. } => "effect_failed",
        }
    }
}
