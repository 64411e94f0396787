//! Odoo: one client, two protocols, typed calls, every error classified once.

mod address;
mod annotate;
mod bisect;
mod catalog;
mod check;
mod domain;
mod error;
mod http;
mod load;
mod look_up;
mod partner;
mod place;
mod placed;
mod rpc;
mod schema;
mod settings;
mod shop;
mod wire;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::flow::{LookUp, LookedUp, Place, PlacedOrder, Refused};
use crate::mail::MailId;
use crate::reading::Product;

pub use error::OdooError;
pub use settings::{Credential, Protocol, Settings, StockKind};

/// A client of one Odoo database. Cheap to clone; clones share connections and limits.
#[derive(Debug, Clone)]
pub struct Odoo(Arc<shop::Shop>);

/// The catalogue, or what changed in it.
#[derive(Debug, Clone)]
pub struct CatalogPage {
    /// Products that we sell: all of them, or those changed since.
    pub products: Vec<Product>,
    /// Products that are archived or not for sale: all of them, or those changed since.
    pub inactive: Vec<Product>,
    /// Pass this as `since` next time. Odoo's clock, not ours.
    pub as_of: DateTime<Utc>,
}

/// What came of a [`Place`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// Odoo holds the orders.
    Placed {
        /// The customer's `res.partner` id.
        partner_id: i64,
        /// The orders, in the order asked.
        orders: Vec<PlacedOrder>,
    },
    /// Odoo refused them for good.
    Refused(Refused),
}

/// A mail to be shown in its orders' chatter.
#[derive(Debug, Clone)]
pub struct Note {
    /// The mail.
    pub mail: MailId,
    /// `sale.order` ids.
    pub orders: Vec<i64>,
    /// Its sender's address.
    pub from: String,
    /// Its subject.
    pub subject: String,
    /// Its bytes.
    pub raw: Vec<u8>,
}

/// A line of `postorder check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckItem {
    /// What was looked at.
    pub name: String,
    /// It is as it must be.
    pub ok: bool,
    /// What was found; where it is not ok, what to do.
    pub message: String,
}

impl Odoo {
    /// Finds out the version, logs in, and learns what the database calls things.
    pub async fn connect(settings: Settings) -> Result<Self, OdooError> {
        Ok(Self(Arc::new(shop::Shop::open(&settings).await?)))
    }

    /// Reads the catalogue; with `since`, only what changed from then on. A product that was
    /// deleted, or a name changed in 14.0's translation table alone, shows only in a whole reading.
    pub async fn catalog(&self, since: Option<DateTime<Utc>>) -> Result<CatalogPage, OdooError> {
        catalog::catalog(&self.0, since).await
    }

    /// Answers all jobs, in their order, with a handful of shared calls. Stock is as Odoo has it:
    /// what other cases in flight have claimed is the caller's to subtract.
    pub async fn look_up(&self, jobs: &[LookUp]) -> Vec<Result<LookedUp, OdooError>> {
        look_up::look_up(&self.0, jobs).await
    }

    /// Places the orders of all jobs, in their order, with a handful of shared calls; one bad job
    /// does not stop the others. The orders of one job are stored all or none. Idempotent.
    pub async fn place(&self, jobs: &[Place]) -> Vec<Result<Placement, OdooError>> {
        place::place(&self.0, jobs).await
    }

    /// Puts mails into their orders' chatter, in their order. Idempotent.
    pub async fn annotate(&self, notes: &[Note]) -> Vec<Result<(), OdooError>> {
        annotate::annotate(&self.0, notes).await
    }

    /// Looks at everything that postorder needs of an Odoo, for `postorder check`. Goes on after
    /// a fault as far as the next thing can still be looked at.
    pub async fn check(settings: &Settings) -> Vec<CheckItem> {
        check::check(settings).await
    }

    /// Calls made so far.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.0.rpc.http.calls()
    }

    /// The protocol in use: never [`Protocol::Auto`].
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.0.rpc.protocol()
    }

    /// The server's version, as it writes it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.rpc.version.text
    }
}

/// Shared calls that gave fewer outcomes than jobs: never success (law 4).
fn odd_count(what: &str) -> OdooError {
    OdooError::uncertain(format!("no outcome of '{what}' for this job; it is tried again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The engine's workers are spawned: what they await must be `Send`.
    #[test]
    fn calls_can_be_spawned() {
        fn sendable<T: Send>(_: impl FnOnce(Odoo) -> T) {}
        sendable(|odoo| async move { odoo.look_up(&[]).await });
        sendable(|odoo| async move { odoo.place(&[]).await });
        sendable(|odoo| async move { odoo.annotate(&[]).await });
        sendable(|odoo| async move { odoo.catalog(None).await });
        sendable(|_| async move { Odoo::connect(settings()).await });
        sendable(|_| async move { Odoo::check(&settings()).await });
    }

    fn settings() -> Settings {
        Settings::new("http://127.0.0.1:9", "x", "x", Credential::Password("x".into()))
    }
}
