//! Intake and engine together: all that runs.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::intake::{Intake, IntakeSettings, Taken};
use super::{Engine, Left, Ports, Pulse, Settings};
use crate::store::StoreError;

/// A whole postorder, before and while it runs.
pub struct Daemon {
    intake: Intake,
    engine: Engine,
}

/// What one draining did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drained {
    /// What became of the files that were found.
    pub taken: Taken,
    /// What could not be done now.
    pub left: Left,
}

impl Daemon {
    /// A daemon over these ports.
    #[must_use]
    pub fn new(ports: Ports, settings: Settings, intake: IntakeSettings) -> Self {
        let (store, clock) = (Arc::clone(&ports.store), Arc::clone(&ports.clock));
        let engine = Engine::new(ports, settings);
        let intake = Intake::new(store, clock, intake, engine.mail_arrived());
        Self { intake: intake.with_pulse(engine.pulse()), engine }
    }

    /// Tells whether every loop still turns; for the watchdog.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        self.engine.pulse()
    }

    /// Works until `shutdown`, and then until what is in flight has ended.
    ///
    /// # Errors
    /// A [`StoreError`] after which nothing could be relied on: the process must end.
    pub async fn run(&self, shutdown: CancellationToken) -> Result<(), StoreError> {
        let intake = async {
            let ended = self.intake.run(shutdown.clone()).await;
            shutdown.cancel();
            ended
        };
        let engine = async {
            let ended = self.engine.run(shutdown.clone()).await;
            shutdown.cancel();
            ended
        };
        let (taken, worked) = tokio::join!(intake, engine);
        taken.and(worked)
    }

    /// Does what can be done now: takes in what lies in the maildirs, and works until nothing is
    /// left but what has to wait.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub async fn once(&self, shutdown: CancellationToken) -> Result<Drained, StoreError> {
        let work = async {
            let taken = self.intake.drain(shutdown.clone()).await?;
            let left = self.engine.drained(&shutdown).await?;
            Ok(Drained { taken, left })
        };
        let engine = self.engine.run(shutdown.clone());
        let drain = async {
            let drained = work.await;
            shutdown.cancel();
            drained
        };
        let (drained, worked) = tokio::join!(drain, engine);
        worked.and(drained)
    }
}
