//! A working postorder, put together from its configuration.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use super::Failed;
use crate::config::{Config, Secrets};
use crate::engine::intake::MaildirDesk;
use crate::engine::{self, Drained, Model, OdooErp, Ports, Pulse, SmtpPost, SystemClock};
use crate::letters::{Letters, Mailer};
use crate::store::sqlite::SqliteStore;
use crate::store::{Counts, Store, StoreError};

/// A postorder, before and while it runs.
pub(super) struct Daemon {
    /// What is remembered.
    pub(super) store: Arc<dyn Store>,
    works: engine::Daemon,
    retention: Duration,
}

/// How often old mails' texts are dropped.
const PRUNE_EVERY: Duration = Duration::from_secs(6 * 3600);

impl Daemon {
    /// Opens the store, loads the templates, and puts everything together. Connects to nothing.
    ///
    /// # Errors
    /// What the operator has to put right.
    pub(super) fn new(config: &Config, secrets: &Secrets) -> Result<Self, Failed> {
        let letters = Letters::load(config.letter_settings()).map_err(|faults| {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Failed(format!("templates that cannot be used:\n{}", lines.join("\n")))
        })?;
        let mailer = Mailer::smtp(config.smtp_settings(secrets))?;
        let store: Arc<dyn Store> = Arc::new(open(&config.store.path)?);
        let ports = Ports {
            store: Arc::clone(&store),
            erp: Arc::new(OdooErp::new(config.odoo_settings(secrets))),
            post: Arc::new(SmtpPost::new(Arc::new(letters), mailer)),
            desk: Arc::new(MaildirDesk),
            clock: Arc::new(SystemClock),
        };
        let opener = engine::Opener::of_this_program();
        let model = config.model_settings(secrets).map(Model::new).transpose().map_err(Failed)?;
        let settings = engine::Settings { opener, model, ..config.engine_settings() };
        let works = engine::Daemon::new(ports, settings, config.intake_settings());
        Ok(Self { store, works, retention: config.store.retention })
    }

    /// Tells whether every loop still turns.
    pub(super) fn pulse(&self) -> Pulse {
        self.works.pulse()
    }

    /// Works until `shutdown`, then finishes what is in flight.
    ///
    /// # Errors
    /// A fault of the store after which the process must end.
    pub(super) async fn run(&self, shutdown: CancellationToken) -> Result<(), StoreError> {
        let works = async {
            let ended = self.works.run(shutdown.clone()).await;
            shutdown.cancel();
            ended
        };
        tokio::join!(works, self.prune(shutdown.clone())).0
    }

    /// Takes in what lies in the maildirs, and works until nothing is left that could be done now.
    ///
    /// # Errors
    /// A fault of the store after which the process must end.
    pub(super) async fn once(&self, shutdown: CancellationToken) -> Result<Drained, StoreError> {
        self.works.once(shutdown).await
    }

    /// Drops the texts of mails whose time is over, until `shutdown`.
    async fn prune(&self, shutdown: CancellationToken) {
        let keep = TimeDelta::from_std(self.retention).unwrap_or(TimeDelta::MAX);
        while !shutdown.is_cancelled() {
            let before = Utc::now().checked_sub_signed(keep);
            let pruned = match before {
                Some(before) => self.store.prune(before).await,
                None => Ok(0),
            };
            match pruned {
                Ok(0) => {}
                Ok(mails) => tracing::info!(mails, "dropped the texts of old mails"),
                Err(error) => tracing::warn!(%error, "old mails cannot be dropped now"),
            }
            tokio::select! {
                () = tokio::time::sleep(PRUNE_EVERY) => {}
                () = shutdown.cancelled() => {}
            }
        }
    }
}

/// Opens the store as its owner; makes its folder's lack plain.
fn open(path: &Path) -> Result<SqliteStore, Failed> {
    SqliteStore::open(path)
        .map_err(|error| Failed(format!("store.path {}: {error}", path.display())))
}

/// The desk in one line: for `systemctl status`, and for the end of a run.
pub(super) fn in_one_line(counts: &Counts) -> String {
    let ended = counts.cases.get("ended").copied().unwrap_or_default();
    let held = counts.cases.get("held").copied().unwrap_or_default();
    let all: u64 = counts.cases.values().sum();
    let outbox: u64 = counts.outbox.values().sum();
    format!(
        "{} mails, {} cases open, {held} wait for a person, {outbox} steps to do, {} parked, {} \
         mails unread",
        counts.mails,
        all - ended,
        counts.dead_letters,
        counts.mails_received,
    )
}
