//! What a reading holds.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A language that postorder writes or reads.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// German.
    De,
    /// Italian.
    It,
    /// Spanish (read, not written).
    Es,
    /// Dutch (read, not written).
    Nl,
}

/// What a mail is meant as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Intent {
    /// Place it.
    Order,
    /// An answer to our offer.
    Choice,
    /// Meant as an order, but something required is missing, invalid or contradictory.
    Incomplete,
    /// A person must decide.
    Review,
    /// No letter may answer it.
    Ignore,
}

/// The answer to an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Choice {
    /// 1: change the order, or take what is available.
    Available,
    /// 2: wait for replenishment.
    Wait,
    /// 3: cancel.
    Cancel,
}

impl From<Choice> for u8 {
    fn from(choice: Choice) -> u8 {
        match choice {
            Choice::Available => 1,
            Choice::Wait => 2,
            Choice::Cancel => 3,
        }
    }
}

impl TryFrom<u8> for Choice {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::Available),
            2 => Ok(Self::Wait),
            3 => Ok(Self::Cancel),
            other => Err(format!("{other} is no choice: 1, 2 or 3")),
        }
    }
}

/// Where in a mail words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The subject.
    Subject,
    /// `Mail::text.full`.
    Text,
    /// `Mail::html_text.full`.
    Html,
    /// The attachment with this index.
    Attachment(usize),
}

/// The words of the mail that a value came from, and the rule that took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where the words stand.
    pub part: Part,
    /// Byte offset of their first byte.
    pub start: usize,
    /// Byte offset after their last byte.
    pub end: usize,
    /// The words themselves, at most 200 characters.
    pub words: String,
    /// Name of the rule, such as `block.quantity`.
    pub rule: Cow<'static, str>,
}

/// A value with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read<T> {
    /// What was understood.
    pub value: T,
    /// From which words.
    pub evidence: Evidence,
}

/// Names a product of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRef {
    /// Odoo's `product.product` id.
    pub id: i64,
    /// Internal reference; empty where the product has none.
    pub default_code: String,
}

/// One ordered product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What.
    pub product: ProductRef,
    /// How many, in the product's own unit; positive.
    pub quantity: Decimal,
    /// Wished delivery date; `None` where none is asked.
    pub delivery_date: Option<NaiveDate>,
    /// Delivery address of this line, where it differs from the reading's; one line of text.
    pub address: Option<String>,
    /// Unit price as the customer states it, if stated.
    pub stated_price: Option<Decimal>,
    /// Words that the line came from.
    pub evidence: Vec<Evidence>,
    /// How certain, in percent.
    pub certainty: u8,
}

/// A line whose product we do not make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// The customer's words for the product, at most 80 characters.
    pub words: String,
    /// How many were asked for, as far as it is known.
    pub quantity: Option<Decimal>,
}

/// What is wrong with a mail, in one word. The codes are what scripts rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// A line without a quantity.
    MissingQuantity,
    /// A quantity without a product, or nothing that names a product.
    MissingProduct,
    /// Names no product of ours.
    UnknownProduct,
    /// Names several.
    AmbiguousProduct,
    /// Zero, negative, or no number.
    BadQuantity,
    /// No date, or one that does not exist.
    BadDate,
    /// A date that can mean two days.
    AmbiguousDate,
    /// Delivery before order date.
    DateOrder,
    /// A unit that does not fit the product.
    UomMismatch,
    /// Two statements that contradict each other.
    Conflict,
    /// Not meant as an order.
    NotAnOrder,
    /// Wants a placed order changed.
    ChangeRequest,
    /// An answer to an offer that is not clearly 1, 2 or 3.
    NoChoice,
    /// An attachment that may hold the order and could not be read.
    UnreadableAttachment,
    /// The same line twice.
    DuplicateLine,
}

/// The part of an order that a problem is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Product id, reference, barcode or name.
    Product,
    /// Quantity or its unit.
    Quantity,
    /// Wished delivery date.
    DeliveryDate,
    /// Order date.
    OrderDate,
    /// Delivery address.
    Address,
    /// The answer 1, 2 or 3.
    Choice,
    /// An attached file.
    Attachment,
}

/// Something wrong, for the person who must act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What.
    pub code: ProblemCode,
    /// One English sentence: block, field, words, and what was expected. Letters do not use it:
    /// they write their own sentence from the other fields, in the customer's language.
    pub message: String,
    /// The customer's own words, at most 80 characters; empty where something is missing.
    pub words: String,
    /// Which order block or line, counted from 1, where the mail has several.
    pub block: Option<u32>,
    /// Which field.
    pub field: Option<Field>,
}

/// What a mail means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What it is meant as.
    pub intent: Intent,
    /// For `Order`, and `Choice::Available` with new lines: what is ordered.
    pub lines: Vec<Line>,
    /// Lines whose product we do not make, beside sound ones or alone.
    pub unknown: Vec<Unknown>,
    /// As stated.
    pub order_date: Option<Read<NaiveDate>>,
    /// Delivery address for the whole mail, on one line.
    pub address: Option<Read<String>>,
    /// The customer's own order number.
    pub reference: Option<Read<String>>,
    /// For `Choice`.
    pub choice: Option<Read<Choice>>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Language that the mail is written in, where it can be told.
    pub lang: Option<Lang>,
    /// How certain the reading is as a whole, in percent.
    pub certainty: u8,
}

impl Reading {
    /// A reading without any content.
    #[must_use]
    pub fn empty(intent: Intent) -> Self {
        Self {
            intent,
            lines: Vec::new(),
            unknown: Vec::new(),
            order_date: None,
            address: None,
            reference: None,
            choice: None,
            problems: Vec::new(),
            lang: None,
            certainty: 100,
        }
    }
}
