//! What customers write.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Days, Utc};

use super::odoo::PRODUCTS;
use crate::mail::{self, Limits, MailId};

/// What a mail says, as its writer means it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    /// An order.
    Order,
    /// An order without its quantity.
    Incomplete,
    /// The incomplete order, completed.
    Corrected,
    /// An order of what is not made.
    Unknown,
    /// 1, 2 or 3.
    Choice(u8),
    /// 1, with other lines.
    Others,
    /// Neither 1 nor 2 nor 3.
    Unclear,
    /// Out of office, by a machine.
    Away,
}

/// What a mail does to whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Harm {
    Breaks,
    Kills,
}

/// Lines: product and quantity.
pub(super) type Lines = BTreeMap<i64, u32>;

/// A mail that a customer wrote.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) id: MailId,
    pub(super) bytes: Vec<u8>,
    pub(super) message_id: String,
    pub(super) says: Says,
    /// What it orders.
    pub(super) lines: Lines,
    /// The first mail of its conversation.
    pub(super) thread: usize,
    pub(super) harm: Option<Harm>,
    /// When it reaches the maildir, truly.
    pub(super) due: DateTime<Utc>,
    pub(super) delivered: bool,
    /// The letter that it answers.
    pub(super) answers: Option<String>,
}

/// Whose mail it is, and what goes into its header.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) number: usize,
    pub(super) from: &'a str,
    pub(super) says: Says,
    pub(super) lines: Lines,
    pub(super) now: DateTime<Utc>,
    pub(super) answers: Option<&'a str>,
}

impl Draft<'_> {
    /// The mail, to be delivered now, as the first of its conversation.
    pub(super) fn write(self) -> Written {
        let message_id = format!("{}.{}", self.number, self.from);
        let mut text = String::new();
        let away = self.says == Says::Away;
        let returns = if away { "" } else { self.from };
        let _ = write!(
            text,
            "Return-Path: <{returns}>\nFrom: Buyer <{}>\nTo: orders@shop.example\nDate: {}\n\
             Message-ID: <{message_id}>\n",
            self.from,
            self.now.to_rfc2822(),
        );
        let subject = if self.answers.is_some() { "Re: Order" } else { "Order" };
        let _ = writeln!(text, "Subject: {subject}");
        if let Some(letter) = self.answers {
            let _ = writeln!(text, "In-Reply-To: <{letter}>\nReferences: <{letter}>");
        }
        if away {
            text.push_str("Auto-Submitted: auto-replied\n");
        }
        text.push_str("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n");
        text.push_str(&self.body());
        let bytes = text.into_bytes();
        Written {
            id: mail::head(&bytes, &Limits::default()).id,
            bytes,
            message_id,
            says: self.says,
            lines: self.lines,
            thread: self.number,
            harm: None,
            due: self.now,
            delivered: false,
            answers: self.answers.map(str::to_owned),
        }
    }

    fn body(&self) -> String {
        let quoted = "\n\nOn Mon, Mar 2, 2026 at 9:00 AM Shop <orders@shop.example> wrote:\n\n\
                      > Hello,\n> please answer with 1, 2 or 3.\n";
        match &self.says {
            Says::Order | Says::Corrected => self.order(true),
            Says::Incomplete => self.order(false),
            Says::Unknown => format!(
                "Hello,\n\nplease send us:\n\nProduct ID: ZZZ-99\nQuantity: 3\nDelivery Date: {}\n",
                self.day(20)
            ),
            Says::Choice(choice) => format!("{choice}{quoted}"),
            Says::Others => format!("1\n\n{}{quoted}", self.blocks(true)),
            Says::Unclear => format!("Thank you, I have to ask my colleague first.{quoted}"),
            Says::Away => "I am out of the office until Monday.\n".to_owned(),
        }
    }

    fn order(&self, whole: bool) -> String {
        format!("Hello,\n\nthis is our order:\n\n{}Kind regards\n", self.blocks(whole))
    }

    fn blocks(&self, whole: bool) -> String {
        let mut text = String::new();
        for (product, quantity) in &self.lines {
            let code = PRODUCTS.iter().find(|known| known.0 == *product).map_or("", |p| p.1);
            let quantity = if whole { quantity.to_string() } else { String::new() };
            let _ = write!(
                text,
                "Order Date: {}\nDelivery Date: {}\nProduct ID: {code}\nQuantity: {quantity}\n\n",
                self.day(0),
                self.day(20)
            );
        }
        text
    }

    fn day(&self, after: u64) -> String {
        (self.now.date_naive() + Days::new(after)).format("%-d %B %Y").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::OwnAddresses;
    use crate::reading::{self, Catalog, Choice, Intent};

    #[test]
    fn what_they_write_is_read_as_they_mean_it() {
        let catalog = Catalog::new(super::super::odoo::catalog());
        let now = DateTime::from_timestamp(1_772_442_000, 0).unwrap();
        let cases = [
            (Says::Order, Intent::Order, None),
            (Says::Corrected, Intent::Order, None),
            (Says::Incomplete, Intent::Incomplete, None),
            (Says::Unknown, Intent::Incomplete, None),
            (Says::Choice(1), Intent::Choice, Some(Choice::Available)),
            (Says::Choice(2), Intent::Choice, Some(Choice::Wait)),
            (Says::Choice(3), Intent::Choice, Some(Choice::Cancel)),
            (Says::Others, Intent::Choice, Some(Choice::Available)),
            (Says::Unclear, Intent::Review, None),
            (Says::Away, Intent::Ignore, None),
        ];
        for (says, intent, choice) in cases {
            let lines = Lines::from([(1, 4), (5, 1)]);
            let whole = matches!(says, Says::Order | Says::Corrected | Says::Others);
            let offered = matches!(says, Says::Choice(_) | Says::Others | Says::Unclear);
            let letter = "offer.0123456789abcdef-1@shop.example";
            let draft = Draft {
                number: 1,
                from: "ada@buyer.example",
                says: says.clone(),
                lines: lines.clone(),
                now,
                answers: offered.then_some(letter),
            };
            let written = draft.write();
            let own = OwnAddresses::new(["orders@shop.example"]);
            let mail = mail::parse(&written.bytes, &Limits::default(), &own);
            let context = reading::Context {
                offered,
                certainty_bar: 80,
                now: Some(now),
                max_lines: 500,
                house: own.house(),
            };
            let reading = reading::read(&mail, &catalog, &context);
            assert_eq!(reading.intent, intent, "{says:?}: {reading:?}");
            assert_eq!(reading.choice.map(|read| read.value), choice, "{says:?}");
            let read = reading.lines.iter().map(|l| (l.product.id, l.quantity));
            let read: Vec<_> = read.collect();
            let meant: Vec<_> = lines.iter().map(|(id, n)| (*id, (*n).into())).collect();
            assert_eq!(read == meant, whole, "{says:?}: {read:?}");
        }
    }
}
