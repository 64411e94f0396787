//! The seams: what the engine asks of the outside.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::flow::{ErrorClass, Folder, Letter, LookUp, LookedUp, Place};
use crate::odoo::{CatalogPage, Note, OdooError, Placement};
use crate::store::MailRow;

/// What every operation of a port returns.
pub type Fut<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Something outside did not work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// How it is to be taken.
    pub class: ErrorClass,
    /// What happened, and what to do.
    pub message: String,
    /// How long the other side asks us to wait.
    pub retry_after: Option<Duration>,
}

impl Fault {
    /// A fault of this class.
    #[must_use]
    pub fn new(class: ErrorClass, message: impl Into<String>) -> Self {
        Self { class, message: message.into(), retry_after: None }
    }
}

impl From<OdooError> for Fault {
    fn from(error: OdooError) -> Self {
        Self { class: error.class, message: error.message, retry_after: error.retry_after }
    }
}

/// The ERP. Answers come in the order of the jobs, one for each.
pub trait Erp: Send + Sync {
    /// The catalogue, or what changed in it since.
    fn catalog(&self, since: Option<DateTime<Utc>>) -> Fut<'_, Result<CatalogPage, Fault>>;
    /// Stock, partners, and what a mail has ordered before.
    fn look_up(&self, jobs: Vec<LookUp>) -> Fut<'_, Vec<Result<LookedUp, Fault>>>;
    /// Places orders; idempotent.
    fn place(&self, jobs: Vec<Place>) -> Fut<'_, Vec<Result<Placement, Fault>>>;
    /// Shows mails in their orders' chatter; idempotent.
    fn annotate(&self, jobs: Vec<Note>) -> Fut<'_, Vec<Result<(), Fault>>>;
}

/// The mail server.
pub trait Post: Send + Sync {
    /// Sends a letter dated `at`; its Message-ID, without angle brackets.
    fn send(&self, letter: Letter, at: DateTime<Utc>) -> Fut<'_, Result<String, Fault>>;
}

/// The maildir's folders.
pub trait Desk: Send + Sync {
    /// Puts each mail's file into its folder, wherever it lies now; their new places, relative to
    /// the maildir, in the order of the mails. A file that is gone is no fault: the mail is
    /// recorded, and a person took the file.
    fn file(&self, mails: Vec<(MailRow, Folder)>) -> Fut<'_, Vec<Result<Option<String>, Fault>>>;
}

/// The time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The system's time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
