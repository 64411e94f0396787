//! What is to be done outside, in the imperative.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::case::{Customer, Item, Short};
use super::event::PlacedOrder;
use crate::mail::{Address, MailId};
use crate::reading::{Lang, Problem, Unknown};

/// The outside that an effect needs; each has its own workers, back-off and pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The ERP.
    Odoo,
    /// The mail server.
    Smtp,
    /// The maildir.
    Maildir,
}

/// Asks Odoo about a customer and products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUp {
    /// The mail whose earlier orders are looked for: what a lost database forgot, Odoo knows.
    pub mail: MailId,
    /// Who wrote.
    pub from: Address,
    /// Language of the product names in the answer.
    pub lang: Lang,
    /// Products and how many of each are wanted in all; stock is claimed for this case up to that.
    pub products: Vec<(i64, Decimal)>,
    /// Vendors are wanted too.
    pub vendors: bool,
}

/// A line of an order to place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// `product.product` id.
    pub product_id: i64,
    /// How many, in the product's own unit.
    pub quantity: Decimal,
}

/// An order to place: one delivery date and one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDraft {
    /// Key of its external id: the mail's id, `_`, and a digest of what tells the orders of one
    /// mail apart. Odoo makes one order per key, however often it is asked.
    pub key: String,
    /// The mail, for `origin`.
    pub mail: MailId,
    /// Delivery address, one line of text; `None`: the customer's own.
    pub address: Option<String>,
    /// Wished delivery date.
    pub date: Option<NaiveDate>,
    /// The customer's own order number.
    pub reference: Option<String>,
    /// Lines.
    pub lines: Vec<OrderLine>,
}

/// Places orders, confirms them, and reads back what Odoo made of them. Idempotent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// For whom; found by mail address or created.
    pub customer: Customer,
    /// The orders.
    pub orders: Vec<OrderDraft>,
    /// Confirm them, so that Odoo reserves the goods.
    pub confirm: bool,
}

/// Puts the original mail into the orders' chatter. Idempotent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotate {
    /// The mail.
    pub mail: MailId,
    /// `sale.order` ids.
    pub orders: Vec<i64>,
}

/// A Maildir++ folder that shows the state of the desk to any IMAP client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Folder {
    /// `.Done`: handled.
    Done,
    /// `.Review`: waits for a person.
    Review,
    /// `.Failed`: could not be handled at all.
    Failed,
    /// `.Ignored`: automatic, never answered.
    Ignored,
}

impl Folder {
    /// The folder's name in the maildir, with its leading dot.
    #[must_use]
    pub fn dir_name(self) -> &'static str {
        match self {
            Self::Done => ".Done",
            Self::Review => ".Review",
            Self::Failed => ".Failed",
            Self::Ignored => ".Ignored",
        }
    }
}

/// Puts a mail's file into a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The mail.
    pub mail: MailId,
    /// Where to.
    pub folder: Folder,
}

/// Kinds of letters; their names begin the letters' Message-IDs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// What was ordered.
    Confirmation,
    /// What is missing in an order.
    Incomplete,
    /// We do not make that.
    NotMade,
    /// What is short, with the choices 1, 2 and 3.
    Offer,
    /// To the customer who waits: the supplier has been asked.
    Replenishment,
    /// To the supplier: please send.
    Request,
    /// Cancelled.
    Cancelled,
    /// The answer to an offer was not clear.
    AskedAgain,
    /// No answer yet.
    Reminder,
    /// Closed without an answer.
    Expired,
    /// We have it, a colleague looks at it.
    Held,
}

impl LetterKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Confirmation,
        Self::Incomplete,
        Self::NotMade,
        Self::Offer,
        Self::Replenishment,
        Self::Request,
        Self::Cancelled,
        Self::AskedAgain,
        Self::Reminder,
        Self::Expired,
        Self::Held,
    ];

    /// As in Message-IDs, template names and logs: lower case, words joined by `-`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Incomplete => "incomplete",
            Self::NotMade => "not-made",
            Self::Offer => "offer",
            Self::Replenishment => "replenishment",
            Self::Request => "request",
            Self::Cancelled => "cancelled",
            Self::AskedAgain => "asked-again",
            Self::Reminder => "reminder",
            Self::Expired => "expired",
            Self::Held => "held",
        }
    }
}

/// What a letter says; the templates' data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The customer's own order number.
    pub reference: Option<String>,
    /// Orders that this letter tells of.
    pub orders: Vec<PlacedOrder>,
    /// Orders of the same case that stand, told of in earlier letters.
    pub earlier: Vec<PlacedOrder>,
    /// Short lines that wait for an answer (offer, asked again, reminder; a line with enough stock
    /// stands among them where nothing is to be placed in part), or lapse (cancelled, expired, and
    /// in a confirmation what choice 1 leaves out).
    pub short: Vec<Short>,
    /// Lines that wait for replenishment, or are asked of the supplier.
    pub items: Vec<Item>,
    /// What we do not make.
    pub unknown: Vec<Unknown>,
    /// What is wrong with the mail.
    pub problems: Vec<Problem>,
    /// Days until the supplier delivers, where known.
    pub lead_days: Option<u32>,
    /// When an unanswered question is closed.
    pub deadline: Option<NaiveDate>,
    /// A person of ours, not the customer, ended it.
    pub by_us: bool,
    /// The question that stays open is an offer; else an incomplete order.
    pub about_offer: bool,
    /// The orders are confirmed and their stock reserved; else they are quotations.
    pub confirmed: bool,
}

/// A letter to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// `<case key>-<number>`: with the kind it makes the Message-ID `<kind.token@domain>`, and it
    /// stands in the subject of what may be answered. The same letter has the same token for ever.
    pub token: String,
    /// Kind.
    pub kind: LetterKind,
    /// To whom.
    pub to: Address,
    /// In which language.
    pub lang: Lang,
    /// Subject of the case's first mail; empty for a supplier.
    pub subject: String,
    /// Message-ID that it answers.
    pub in_reply_to: Option<String>,
    /// The thread so far, oldest first.
    pub references: Vec<String>,
    /// What it says.
    pub content: Content,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Ask Odoo.
    LookUp(LookUp),
    /// Tell Odoo.
    Place(Place),
    /// Show the mail in Odoo.
    Annotate(Annotate),
    /// Tell the customer or the supplier.
    Send(Box<Letter>),
    /// File the mail.
    File(File),
}

impl Effect {
    /// One word for stores, stories and logs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LookUp(_) => "look_up",
            Self::Place(_) => "place",
            Self::Annotate(_) => "annotate",
            Self::Send(_) => "send",
            Self::File(_) => "file",
        }
    }

    /// The outside that it needs.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            Self::LookUp(_) | Self::Place(_) | Self::Annotate(_) => Target::Odoo,
            Self::Send(_) => Target::Smtp,
            Self::File(_) => Target::Maildir,
        }
    }
}
