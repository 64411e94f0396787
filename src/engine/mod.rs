//! The engine: takes mails in, reads them, lets [`flow`](crate::flow) decide, records, and does
//! outside what was decided.
//!
//! Every lane of work looks at the store: wake-ups only make it look sooner. What must not be done
//! twice is idempotent at its target, so a lease that was lost is simply taken again.

mod adapters;
mod aside;
mod asking;
mod bounced;
mod catalog;
mod claims;
mod daemon;
mod decide;
mod echo;
mod gate;
mod in_hand;
mod inbox;
pub mod intake;
mod lanes;
mod model;
mod opener;
mod ports;
mod pulse;
mod ramp;
mod reader;
mod recent;
mod settings;
mod timers;

#[cfg(test)]
mod sim;
#[cfg(test)]
mod tests;
mod work;

use std::sync::Arc;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use adapters::{OdooErp, SmtpPost};
pub use daemon::{Daemon, Drained};
pub use model::{Model, ModelSettings};
pub use opener::{Opener, READ_FILE};
pub use ports::{Clock, Desk, Erp, Fault, Fut, Post, SystemClock};
pub use pulse::Pulse;
pub use settings::{Ports, Settings};

use decide::Shared;
use lanes::Lane;

use crate::flow::Target;
use crate::store::StoreError;

/// The running engine's parts, before and while they run.
pub struct Engine {
    shared: Arc<Shared>,
}

/// How often a draining looks whether it is over.
const LOOK: std::time::Duration = std::time::Duration::from_millis(20);

/// What a drained store has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Effects that wait for a later try.
    pub waiting: usize,
    /// Mails that could not be read yet, since the catalogue is not here.
    pub unread: usize,
}

impl Engine {
    /// An engine over these ports.
    #[must_use]
    pub fn new(ports: Ports, settings: Settings) -> Self {
        Self { shared: Arc::new(Shared::new(ports, settings)) }
    }

    /// Tells whether every loop of the engine still turns; for the watchdog.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        self.shared.pulse.clone()
    }

    /// To be called when a mail was taken in: the reader looks at once.
    pub fn mail_arrived(&self) -> impl Fn() + Send + Sync + 'static {
        let shared = Arc::clone(&self.shared);
        move || shared.wakes.reader.notify_one()
    }

    /// Runs until `shutdown`, then finishes what is in flight, at most for
    /// [`Settings::stop_within`]; what is left is taken up by the next start.
    ///
    /// # Errors
    /// A [`StoreError`] after which nothing could be relied on: the process must end.
    pub async fn run(&self, shutdown: CancellationToken) -> Result<(), StoreError> {
        let shared = &self.shared;
        if !self.take_up(&shutdown).await? {
            return Ok(());
        }
        let mut loops = JoinSet::new();
        loops.spawn(catalog::run(Arc::clone(shared), shutdown.clone()));
        loops.spawn(reader::run(Arc::clone(shared), shutdown.clone()));
        loops.spawn(timers::run(Arc::clone(shared), shutdown.clone()));
        for lane in lanes(shared) {
            loops.spawn(lanes::run(Arc::clone(shared), lane, shutdown.clone()));
        }
        let ended = tokio::select! {
            biased;
            () = shutdown.cancelled() => Ok(()),
            fatal = shared.fatal() => Err(fatal),
        };
        shutdown.cancel();
        let all = async { while loops.join_next().await.is_some() {} };
        if tokio::time::timeout(shared.settings.stop_within, all).await.is_err() {
            tracing::warn!(
                "stopped before all work in flight had ended; the next start takes it up"
            );
        }
        ended
    }

    /// Takes up what the last run left, once the store has room and nobody keeps it locked; false
    /// if it is time to stop.
    async fn take_up(&self, shutdown: &CancellationToken) -> Result<bool, StoreError> {
        let shared = &self.shared;
        loop {
            match shared.store.release_all(shared.now(), shared.settings.longest_wait).await {
                Ok(voided) => {
                    // Whatever the clock was when the last run ended.
                    shared.store.set_back(shared.now(), shared.settings.longest()).await?;
                    if voided > 0 {
                        tracing::info!(
                            effects = voided,
                            "taking up what the last run left unfinished"
                        );
                    }
                    claims::restore(shared).await?;
                    return Ok(true);
                }
                Err(error) if error.passes() => {
                    tracing::error!(%error, "waiting for the store before any work begins");
                    tokio::select! {
                        biased;
                        () = shutdown.cancelled() => return Ok(false),
                        () = tokio::time::sleep(decide::ROOM) => {}
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits until nothing is left that could be done now, or `shutdown`.
    ///
    /// # Errors
    /// As the store has them.
    pub async fn drained(&self, shutdown: &CancellationToken) -> Result<Left, StoreError> {
        loop {
            let (left, busy) = self.shared.left().await?;
            if !busy || shutdown.is_cancelled() {
                return Ok(left);
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// The lanes of work: what waits for what, and how much of it at once.
fn lanes(shared: &Shared) -> Vec<Lane> {
    let s = &shared.settings;
    let lease = s.lease;
    let odoo = |name, kinds, batch, parallel| Lane {
        name,
        target: Target::Odoo,
        kinds,
        batch,
        parallel,
        lease,
    };
    vec![
        odoo("look_up", &["look_up"], s.odoo_batch, s.odoo_workers),
        odoo("place", &["place"], s.odoo_batch, s.odoo_workers),
        odoo("annotate", &["annotate"], s.odoo_batch, 1),
        Lane {
            name: "letters",
            target: Target::Smtp,
            kinds: &["send"],
            batch: s.smtp_workers,
            // One more batch is ready while the first one's last letter is accepted.
            parallel: 2,
            lease: s.letter_lease,
        },
        Lane {
            name: "files",
            target: Target::Maildir,
            kinds: &["file"],
            batch: 64,
            parallel: 1,
            lease,
        },
    ]
}
