//! Waiting for a store that has no room: said once, and once more when it is over.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::store::StoreError;

/// Whether the intake stands still.
#[derive(Debug, Default)]
pub(super) struct Pause {
    paused: AtomicBool,
}

impl Pause {
    /// The store could not take a mail: waits a while; false if it is time to stop.
    pub(super) async fn wait(
        &self,
        error: &StoreError,
        retry: Duration,
        stop: &CancellationToken,
    ) -> bool {
        if !self.paused.swap(true, Ordering::Relaxed) {
            tracing::error!(%error, "mails wait in their maildir until the store can take them");
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => false,
            () = tokio::time::sleep(retry) => true,
        }
    }

    /// The intake stands still.
    #[cfg(test)]
    pub(super) fn paused(&self) -> bool {
        self.paused.load(Ordering::Relaxed)
    }

    /// The store took a mail.
    pub(super) fn over(&self) {
        if self.paused.load(Ordering::Relaxed) && self.paused.swap(false, Ordering::Relaxed) {
            tracing::info!("the store takes mails again");
        }
    }
}
