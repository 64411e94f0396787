//! The case and its states.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::effect::OrderDraft;
use super::event::{MailRead, PlacedOrder};
use crate::mail::{Address, MailId};
use crate::reading::{Lang, Problem, ProductRef, Reading, Unknown};

/// Name of a case: the first 16 hexadecimal digits of its first mail's [`MailId`].
///
/// It derives from the mail, so that a lost database gives the same names again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseKey(String);

impl CaseKey {
    /// The key of the case that this mail begins.
    #[must_use]
    pub fn of(mail: &MailId) -> Self {
        Self(mail.as_str().chars().take(16).collect())
    }

    /// Reads a key back from its 16 hexadecimal digits; `None` if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let ok = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ok.then(|| Self(text.to_owned()))
    }

    /// The 16 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whom a case is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Who wrote.
    pub from: Address,
    /// Where letters go: `Reply-To` where the mail has one, else `from`.
    pub reply_to: Address,
    /// Language of the letters.
    pub lang: Lang,
    /// A mail told the language; else Odoo's choice for the partner goes before the default.
    pub lang_from_mail: bool,
    /// Odoo's `res.partner` id, once known.
    pub partner_id: Option<i64>,
}

/// One order conversation, from its first mail to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its name.
    pub key: CaseKey,
    /// Whom it is about.
    pub customer: Customer,
    /// Subject of its first mail.
    pub subject: String,
    /// Message-IDs of the thread, oldest first, newest last; at most 20.
    pub thread: Vec<String>,
    /// Where it stands.
    pub state: State,
    /// Orders placed for it so far.
    pub orders: Vec<PlacedOrder>,
    /// How many letters it has caused, to anyone; numbers their tokens.
    pub letters: u32,
    /// How often the customer was asked to complete an order since the last was understood.
    #[serde(default)]
    pub questions: u32,
    /// How many offers it has made.
    pub offers: u32,
    /// The customer's own order number.
    pub reference: Option<String>,
    /// Mails that came while Odoo was being asked; each waits its turn. At most
    /// [`Case::MAX_DEFERRED`].
    pub deferred: Vec<MailRead>,
    /// A mail too many came: the case is held as soon as Odoo has answered.
    pub overflowed: bool,
}

impl Case {
    /// How many mails may wait for one case; further ones hold it for a person.
    pub const MAX_DEFERRED: usize = 8;
    /// How many Message-IDs of a thread are kept.
    pub const MAX_THREAD: usize = 20;

    /// A case before its first event.
    #[must_use]
    pub fn new(key: CaseKey) -> Self {
        Self {
            key,
            customer: Customer::default(),
            subject: String::new(),
            thread: Vec::new(),
            state: State::New,
            orders: Vec::new(),
            letters: 0,
            questions: 0,
            offers: 0,
            reference: None,
            deferred: Vec::new(),
            overflowed: false,
        }
    }
}

/// A line that is wanted: what [`Reading`] says, without its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// What.
    pub product: ProductRef,
    /// How many, in the product's own unit.
    pub quantity: Decimal,
    /// Wished delivery date.
    pub date: Option<NaiveDate>,
    /// Delivery address, one line of text.
    pub address: Option<String>,
}

/// A wanted line with the product's name, for letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The line.
    pub wanted: Wanted,
    /// The product's name in the customer's language.
    pub name: String,
    /// Its unit.
    pub uom: String,
}

/// A line of which Odoo has too little.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    /// What was wanted.
    pub item: Item,
    /// How many there are now; less than wanted, never negative.
    pub available: Decimal,
}

/// What one mail asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The mail; the external ids of its orders derive from it.
    pub mail: MailId,
    /// Lines.
    pub lines: Vec<Wanted>,
    /// What we do not make.
    pub unknown: Vec<Unknown>,
    /// The customer's own order number.
    pub reference: Option<String>,
}

/// Why Odoo is being asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To place an order, as far as there is stock.
    Order(Request),
    /// Choice 1 alone: to order what there is of the short lines.
    TakeAvailable {
        /// The mail that chose.
        mail: MailId,
        /// The lines offered.
        short: Vec<Short>,
    },
    /// Choice 2: to find the suppliers of the short lines.
    Wait {
        /// The mail that chose.
        mail: MailId,
        /// The lines offered.
        short: Vec<Short>,
    },
    /// To see whether replenishment has come.
    Replenished(Awaiting),
    /// To learn whether we know the sender of a mail that a person must look at.
    Introduce {
        /// The mail.
        mail: MailId,
        /// Why a person must look at it.
        reason: HoldReason,
        /// What approval would place, if anything.
        request: Option<Request>,
    },
}

/// Orders on their way into Odoo, and what is to be told once they are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placing {
    /// The mail that they derive from.
    pub mail: MailId,
    /// The orders.
    pub orders: Vec<OrderDraft>,
    /// Short lines, to be offered in the same letter.
    pub short: Vec<Short>,
    /// What we do not make.
    pub unknown: Vec<Unknown>,
    /// What the customer, by choice 1, does not get.
    pub lapsed: Vec<Short>,
    /// Lines that go on waiting for replenishment.
    pub awaiting: Option<Awaiting>,
    /// A person has accepted the orders as Odoo has them: they are told as they are.
    pub accepted: bool,
}

/// A question about an incomplete order that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incomplete {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// When the customer was asked.
    pub asked_at: DateTime<Utc>,
    /// When the reminder went out.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// An offer that waits for 1, 2 or 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The mail whose lines are offered.
    pub mail: MailId,
    /// The lines.
    pub short: Vec<Short>,
    /// When the offer was made; deadlines count from here.
    pub offered_at: DateTime<Utc>,
    /// When the reminder went out.
    pub reminded_at: Option<DateTime<Utc>>,
    /// An unclear answer has been asked back once.
    pub asked_again: bool,
    /// Choice 1 came with new lines that were incomplete: corrected lines are that choice.
    pub correcting: bool,
}

/// Lines that wait for replenishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaiting {
    /// The mail that chose to wait; external ids derive from it.
    pub mail: MailId,
    /// The lines.
    pub items: Vec<Item>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When the stock is looked at next.
    pub check_at: DateTime<Utc>,
}

/// Why a case waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum HoldReason {
    /// The mail needs a person's understanding.
    Review {
        /// What is unclear.
        problems: Vec<Problem>,
    },
    /// The mail cannot be read at all.
    Unreadable {
        /// What is wrong with it.
        message: String,
    },
    /// The answer to an offer stayed unclear after asking back.
    UnclearAnswer,
    /// An answer to an offer that we cannot find, or from another address.
    NoSuchOffer,
    /// A mail about a case that has ended.
    AfterEnd,
    /// Odoo placed the order but did not reserve all of it, or it holds other lines.
    NotReserved {
        /// Order numbers.
        orders: Vec<String>,
    },
    /// Odoo refused the order.
    Refused {
        /// What Odoo says.
        message: String,
    },
    /// Choice 2, and neither Odoo nor the configuration names a supplier.
    NoSupplier {
        /// References of the products.
        products: Vec<String>,
    },
    /// Replenishment has not come for too long.
    WaitedTooLong,
    /// A letter could not be delivered.
    LetterRefused {
        /// What the mail server says.
        message: String,
    },
    /// The cap on letters for this case or sender is reached.
    TooManyLetters,
    /// The cap on offers in this case is reached.
    TooManyOffers,
    /// The same words came again and were not understood: an answering machine, by all appearances.
    Repeated,
    /// The customer was asked often enough; a person is quicker.
    TooManyQuestions,
    /// More lines than anybody orders by mail.
    TooManyLines {
        /// How many.
        lines: usize,
    },
    /// More mails than may wait for one case.
    TooManyMails,
    /// Something outside failed for good.
    Failed {
        /// What was tried.
        what: String,
        /// What went wrong, and what to do.
        message: String,
    },
}

/// What goes on when a person approves or retries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resume {
    /// Ask Odoo again and go on from there.
    LookUp(Purpose),
    /// Place these orders.
    Place(Placing),
    /// Wait for the answer to this offer again.
    Offer(Offered),
    /// Wait for the corrected order again.
    Correct(Incomplete),
    /// Wait for stock again.
    Await(Awaiting),
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Ordered, and the customer told.
    Ordered,
    /// Cancelled by the customer.
    Cancelled,
    /// No answer by the deadline.
    Expired,
    /// Nothing of it is made here.
    NotMade,
    /// Rejected by a person.
    Rejected,
    /// Closed by a person who dealt with it by hand.
    Handled,
    /// An automatic mail: no letter, ever.
    Ignored,
}

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Before its first event.
    New,
    /// Odoo is being asked.
    LookingUp(Purpose),
    /// Odoo is being told.
    Placing(Placing),
    /// The customer was asked to complete the order.
    Incomplete(Incomplete),
    /// The customer was offered 1, 2 or 3.
    Offered(Offered),
    /// Stock is awaited.
    AwaitingStock(Awaiting),
    /// A person must decide.
    Held {
        /// Why.
        reason: HoldReason,
        /// What approval does; `None` where a person has to deal with it by hand.
        resume: Option<Resume>,
    },
    /// Over.
    Ended(Outcome),
}

impl State {
    /// One word for lists, logs and the diagram.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::LookingUp(_) => "looking_up",
            Self::Placing(_) => "placing",
            Self::Incomplete(_) => "incomplete",
            Self::Offered(_) => "offered",
            Self::AwaitingStock(_) => "awaiting_stock",
            Self::Held { .. } => "held",
            Self::Ended(_) => "ended",
        }
    }

    /// An answer from outside is under way; mails wait until it is here.
    #[must_use]
    pub fn in_flight(&self) -> bool {
        matches!(self, Self::LookingUp(_) | Self::Placing(_))
    }
}

impl Request {
    /// What a reading asks for.
    #[must_use]
    pub fn of(mail: &MailId, reading: &Reading) -> Self {
        let common = reading.address.as_ref().map(|read| read.value.clone());
        let lines = reading.lines.iter().map(|line| Wanted {
            product: line.product.clone(),
            quantity: line.quantity,
            date: line.delivery_date,
            address: line.address.clone().or_else(|| common.clone()),
        });
        Self {
            mail: mail.clone(),
            lines: lines.collect(),
            unknown: reading.unknown.clone(),
            reference: reading.reference.as_ref().map(|read| read.value.clone()),
        }
    }
}

impl Purpose {
    /// The mail that Odoo is asked about.
    #[must_use]
    pub fn mail(&self) -> &MailId {
        match self {
            Self::Order(request) => &request.mail,
            Self::TakeAvailable { mail, .. }
            | Self::Wait { mail, .. }
            | Self::Introduce { mail, .. } => mail,
            Self::Replenished(awaiting) => &awaiting.mail,
        }
    }
}
