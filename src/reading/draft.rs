//! What a form was read as, before the catalogue, units and cross-checks settle it: the one
//! shape that all forms give.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::reading::catalog::Catalog;
use crate::reading::dates::{Calendar, When};
use crate::reading::text::numbers::Number;
use crate::reading::text::units::Unit;
use crate::reading::types::{Evidence, Lang, Problem, Read};

/// What all forms read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk<'a> {
    /// The products.
    pub(super) catalog: &'a Catalog,
    /// The sender's mail domain.
    pub(super) domain: &'a str,
    /// Language of the mail, where it can be told.
    pub(super) lang: Option<Lang>,
    /// The day that the mail was written.
    pub(super) today: Option<NaiveDate>,
    /// The mail answers an offer of ours.
    pub(super) answers: bool,
}

impl Desk<'_> {
    /// How dates are read.
    pub(super) fn calendar(&self) -> Calendar {
        Calendar { lang: self.lang, today: self.today }
    }
}

/// What something reads at a desk that knows these products, by code and name.
#[cfg(test)]
pub(super) fn at_desk<R>(products: &[(&str, &str)], read: impl FnOnce(&Desk<'_>) -> R) -> R {
    let product = |(id, (code, name)): (i64, &(&str, &str))| serde_json::json!({"id": id, "default_code": code, "name": name, "uom": "Units"});
    let products: Vec<_> = (1..).zip(products).map(product).collect();
    let file = serde_json::json!({ "products": products }).to_string();
    let catalog = super::catalog::CatalogFile::parse(&file).expect("a catalogue").catalog;
    let today = NaiveDate::from_ymd_opt(2025, 4, 7);
    read(&Desk { catalog: &catalog, domain: "buyer.example", lang: None, today, answers: false })
}

/// How a wish was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Labelled fields.
    Block,
    /// A row of a table.
    Table,
    /// Running text or a list.
    Prose,
}

/// What words say about the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// This one, by its place in the catalogue.
    One(u32),
    /// It can be each of these.
    Several(Vec<u32>),
    /// Two parts of the words name different products.
    Contradiction,
    /// None of ours.
    Unknown,
    /// No words at all.
    Nothing,
}

/// What words say about the quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// So many of a unit.
    Of {
        /// How many.
        number: Number,
        /// Of what; the product's own unit where it is not said.
        unit: Option<Unit>,
        /// How many a package holds, where it is said.
        content: Option<Decimal>,
    },
    /// Words that are no sure quantity.
    Bad,
}

/// A date with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    /// What the words say; `None` where they say that no day is wished ('as soon as possible').
    pub(super) when: Option<When>,
    /// The words.
    pub(super) evidence: Evidence,
}

impl Dated {
    /// Whether it is a certain day that none of some lines has.
    pub(super) fn is_of_none(&self, lines: &[Wish]) -> bool {
        let same = |line: &Wish| line.delivery.as_ref().is_some_and(|own| own.when == self.when);
        self.when.is_some_and(|when| when.day().is_some()) && !lines.iter().any(same)
    }
}

/// One line as it was written down.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    /// Number of its block, row or line, from 1.
    pub(super) block: u32,
    /// How it was written.
    pub(super) form: Form,
    /// The product.
    pub(super) named: Named,
    /// The product's words.
    pub(super) product_words: Option<Evidence>,
    /// The quantity; `None` where none is said.
    pub(super) amount: Option<Amount>,
    /// The quantity's words.
    pub(super) amount_words: Option<Evidence>,
    /// Wished delivery date.
    pub(super) delivery: Option<Dated>,
    /// Its own delivery address.
    pub(super) address: Option<Read<String>>,
    /// Unit price as stated.
    pub(super) price: Option<Read<Decimal>>,
    /// How certain, in percent.
    pub(super) certainty: u8,
}

impl Wish {
    /// A wish without any content.
    pub(super) fn new(block: u32, form: Form) -> Self {
        Self {
            block,
            form,
            named: Named::Nothing,
            product_words: None,
            amount: None,
            amount_words: None,
            delivery: None,
            address: None,
            price: None,
            certainty: 99,
        }
    }
}

/// What one text or file was read as.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// The lines.
    pub(super) wishes: Vec<Wish>,
    /// Order dates.
    pub(super) order_dates: Vec<Dated>,
    /// Delivery dates for all lines without their own.
    pub(super) deliveries: Vec<Dated>,
    /// Delivery addresses.
    pub(super) addresses: Vec<Read<String>>,
    /// The customer's order numbers.
    pub(super) references: Vec<Read<String>>,
    /// What is wrong beyond single fields.
    pub(super) problems: Vec<Problem>,
    /// Words that look like part of an order and were not understood.
    pub(super) loose: Vec<Evidence>,
}

impl Draft {
    /// Takes another draft's content in behind its own.
    pub(super) fn append(&mut self, mut other: Draft) {
        let offset = self.wishes.iter().map(|w| w.block).max().unwrap_or(0);
        for wish in &mut other.wishes {
            wish.block += offset;
        }
        self.wishes.append(&mut other.wishes);
        self.order_dates.append(&mut other.order_dates);
        self.deliveries.append(&mut other.deliveries);
        self.addresses.append(&mut other.addresses);
        self.references.append(&mut other.references);
        self.problems.append(&mut other.problems);
        self.loose.append(&mut other.loose);
    }
}
