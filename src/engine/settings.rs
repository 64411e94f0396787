//! What the engine is given.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use super::model::Model;
use super::opener::Opener;
use super::ports::{Clock, Desk, Erp, Post};
use crate::flow::Policy;
use crate::mail::{Limits, OwnAddresses};
use crate::store::{Longest, Store};

/// The outside, behind traits, so that a simulation can stand in for any of it.
pub struct Ports {
    /// What is remembered.
    pub store: Arc<dyn Store>,
    /// The ERP.
    pub erp: Arc<dyn Erp>,
    /// The mail server for letters.
    pub post: Arc<dyn Post>,
    /// The maildir's folders.
    pub desk: Arc<dyn Desk>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// How the engine works.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the company decides about its orders.
    pub policy: Policy,
    /// Bounds on one mail.
    pub limits: Limits,
    /// Our own addresses: mails from them are never answered.
    pub own: OwnAddresses,
    /// A reading that is less certain, in percent, goes to a person.
    pub certainty_bar: u8,
    /// An order with more lines goes to a person.
    pub max_lines: usize,
    /// Opens PDFs and spreadsheets.
    pub opener: Opener,
    /// Asked about mails whose words we do not know.
    pub model: Option<Model>,
    /// Calls to the ERP at once, per kind of work.
    pub odoo_workers: usize,
    /// Cases that share one call.
    pub odoo_batch: usize,
    /// Letters on their way at once.
    pub smtp_workers: usize,
    /// Mails read in one go.
    pub read_batch: usize,
    /// How often each lane looks at the store though nothing woke it.
    pub poll: Duration,
    /// A worker's claim on an effect ends after this time.
    pub lease: Duration,
    /// … on a letter: longer than a mail server may take to accept one (RFC 5321 section 4.5.3.2),
    /// since a letter that is sent by two workers arrives twice.
    pub letter_lease: Duration,
    /// The longest wait between two tries of one effect.
    pub longest_wait: Duration,
    /// Effects that fail for so long are given up.
    pub give_up_after: Duration,
    /// How often the catalogue's changes are read.
    pub catalog_refresh: Duration,
    /// How long work in flight may take to end after a stop.
    pub stop_within: Duration,
}

impl Settings {
    /// The longest that anything waits by itself.
    pub(super) fn longest(&self) -> Longest {
        let policy = &self.policy;
        let time = |time: TimeDelta| time.to_std().unwrap_or_default();
        Longest {
            retry: self.longest_wait,
            lease: self.lease.max(self.letter_lease),
            stock: time(policy.stock_check_every),
            case: time(policy.expire_after.max(policy.remind_after)),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            limits: Limits::default(),
            own: OwnAddresses::default(),
            certainty_bar: 80,
            max_lines: 5000,
            opener: Opener::in_process(),
            model: None,
            odoo_workers: 2,
            odoo_batch: 25,
            smtp_workers: 4,
            read_batch: 64,
            poll: Duration::from_secs(1),
            lease: Duration::from_secs(300),
            letter_lease: Duration::from_secs(30 * 60),
            longest_wait: Duration::from_secs(300),
            give_up_after: Duration::from_secs(5 * 24 * 3600),
            catalog_refresh: Duration::from_secs(300),
            stop_within: Duration::from_secs(30),
        }
    }
}
