//! What the company decides about its orders.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::mail::Address;
use crate::reading::Lang;

/// What happens to the available lines of an order while others are short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Partial {
    /// They are ordered at once.
    #[default]
    Split,
    /// They wait: nothing is placed while a line is short.
    Together,
}

/// Rules that [`step`](super::step) decides by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Available lines beside short ones.
    pub partial: Partial,
    /// Orders are confirmed in Odoo, so that it reserves the goods. Without, they stay quotations,
    /// and letters promise nothing.
    pub confirm: bool,
    /// An unanswered question or offer is repeated after this time.
    pub remind_after: TimeDelta,
    /// … and closed after this time, counted from the same moment.
    pub expire_after: TimeDelta,
    /// How often a case that waits for replenishment looks at the stock.
    pub stock_check_every: TimeDelta,
    /// A case that waited this long for replenishment is held for a person.
    pub stock_wait_limit: TimeDelta,
    /// Who is asked for replenishment where Odoo knows no vendor.
    pub supplier: Option<Address>,
    /// No more letters than this to one case's customer.
    pub letters_per_case: u32,
    /// No more letters than this to one address within an hour.
    pub letters_per_sender_hour: u32,
    /// No more requests than this to complete an order, one after the other; then a person helps.
    pub questions_per_case: u32,
    /// A mail that orders more lines than this is held for a person.
    pub lines_per_mail: usize,
    /// No more offers than this in one case.
    pub offers_per_case: u32,
    /// Language of letters where neither the mail nor Odoo tells the customer's.
    pub default_lang: Lang,
    /// Days that letters name are of this zone.
    pub time_zone: chrono_tz::Tz,
}

impl Policy {
    /// The day on which an unanswered question is closed that was asked at this time.
    #[must_use]
    pub fn last_day(&self, asked: DateTime<Utc>) -> NaiveDate {
        self.day(asked + self.expire_after)
    }

    /// The day that this time belongs to, for the company.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.time_zone).date_naive()
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            partial: Partial::Split,
            confirm: true,
            remind_after: TimeDelta::days(3),
            expire_after: TimeDelta::days(10),
            stock_check_every: TimeDelta::minutes(15),
            stock_wait_limit: TimeDelta::days(90),
            supplier: None,
            letters_per_case: 20,
            letters_per_sender_hour: 60,
            questions_per_case: 3,
            lines_per_mail: 500,
            offers_per_case: 5,
            default_lang: Lang::En,
            time_zone: chrono_tz::UTC,
        }
    }
}
