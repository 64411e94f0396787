//! What systemd is told, and what it tells: readiness, state, watchdog, signals. Nothing happens
//! where systemd did not start us.

use std::time::Duration;

use sd_notify::NotifyState;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::engine::Pulse;

/// A loop of the engine that has not turned for so long stands still: longer than any call to
/// Odoo or to the mail server, with its retries, can take.
const STILL: Duration = Duration::from_secs(600);

/// All is up: systemd starts what waits for us.
pub(super) fn ready() {
    tell(&[NotifyState::Ready]);
}

/// One line for `systemctl status`.
pub(super) fn status(line: &str) {
    tell(&[NotifyState::Status(line)]);
}

/// We are about to end, on purpose.
pub(super) fn stopping() {
    tell(&[NotifyState::Stopping, NotifyState::Status("finishing what is under way")]);
}

fn tell(states: &[NotifyState<'_>]) {
    // An empty or stale NOTIFY_SOCKET is no reason not to work.
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!(%error, "systemd cannot be told");
    }
}

/// Pets the watchdog as long as every loop of the engine turns. Ends with `shutdown`, when the
/// stop has its own time limit.
pub(super) async fn watchdog(pulse: Pulse, shutdown: CancellationToken) {
    let Some(limit) = sd_notify::watchdog_enabled() else { return };
    let mut told = false;
    while !shutdown.is_cancelled() {
        match pulse.stalled(STILL) {
            None => tell(&[NotifyState::Watchdog]),
            Some((name, since)) if !told => {
                told = true;
                let seconds = since.as_secs();
                tracing::error!(
                    name,
                    seconds,
                    "a part of postorder stands still: the watchdog restarts it"
                );
            }
            Some(_) => {}
        }
        tokio::select! {
            () = tokio::time::sleep(limit / 3) => {}
            () = shutdown.cancelled() => {}
        }
    }
}

/// The signals that ask us to end.
pub(super) struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// Listens from now on.
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next one; its name.
    pub(super) async fn asked(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

/// Says that SIGHUP changes nothing, instead of dying of it.
pub(super) async fn hang_ups() {
    let Ok(mut hang_up) = signal(SignalKind::hangup()) else { return };
    while hang_up.recv().await.is_some() {
        tracing::warn!(
            "SIGHUP: configuration and templates are read at the start; restart postorder"
        );
    }
}
