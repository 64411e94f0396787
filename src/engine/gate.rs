//! One gate per target: open while it answers; while it does not, a few probes a minute go
//! through, so that an outage costs little and its end is no storm.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::flow::{ErrorClass, Target};

/// So many failures in a row close the gate.
const PATIENCE: u32 = 4;
/// First and longest wait between probes of a target that does not answer.
const PROBE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(20));
/// Wait between probes of a target that refuses our credentials.
const PAUSE: Duration = Duration::from_secs(60);

/// The breaker of one target.
#[derive(Debug)]
pub(super) struct Gate {
    target: Target,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    shut: Option<Shut>,
}

#[derive(Debug)]
struct Shut {
    wait: Duration,
    next: Instant,
    alerted: bool,
}

/// Leave to work on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// It answers.
    Free,
    /// It did not answer: one small piece of work may find out whether it does again.
    Probe,
    /// Come back in this time.
    Wait(Duration),
}

impl Gate {
    pub(super) fn new(target: Target) -> Self {
        Self { target, state: Mutex::default() }
    }

    /// Asks to go through.
    pub(super) fn enter(&self, now: Instant) -> Pass {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(shut) = &mut state.shut else { return Pass::Free };
        if now < shut.next {
            return Pass::Wait(shut.next - now);
        }
        // Whoever probes has until the next probe to report.
        shut.next = now + shut.wait;
        Pass::Probe
    }

    /// The probe found no work to try: the next who asks may have some.
    pub(super) fn unused(&self, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shut) = &mut state.shut {
            shut.next = now;
        }
    }

    /// A target that is shut gets no counted tries.
    pub(super) fn is_shut(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).shut.is_some()
    }

    /// It answered, whatever it said.
    pub(super) fn answered(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures = 0;
        if state.shut.take().is_some() {
            tracing::info!(target_system = ?self.target, "answers again");
        }
    }

    /// It did not answer, or refuses us altogether.
    pub(super) fn failed(
        &self,
        class: ErrorClass,
        message: &str,
        retry_after: Option<Duration>,
        now: Instant,
    ) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures = state.failures.saturating_add(1);
        let refused = class == ErrorClass::Credentials;
        if !refused && state.failures < PATIENCE && state.shut.is_none() {
            return;
        }
        let before = state.shut.take();
        let wait = match &before {
            _ if refused => PAUSE,
            Some(shut) => (shut.wait * 2).clamp(PROBE.0, PROBE.1),
            None => PROBE.0,
        };
        let wait = retry_after.map_or(wait, |asked| asked.clamp(wait, PAUSE * 10));
        let alerted = before.is_some_and(|shut| shut.alerted);
        if !alerted {
            alert(self.target, refused, message);
        }
        state.shut = Some(Shut { wait, next: now + jittered(wait), alerted: true });
    }
}

fn alert(target: Target, refused: bool, message: &str) {
    if refused {
        tracing::error!(target_system = ?target, reason = message, "paused: it refuses us; mails are taken in and wait");
    } else {
        tracing::warn!(target_system = ?target, reason = message, "does not answer; work waits and is tried a few times a minute");
    }
}

/// Within a quarter of the time, so that many do not come at once.
pub(super) fn jittered(wait: Duration) -> Duration {
    wait.mul_f64(0.875 + fastrand::f64() / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_target_costs_a_few_probes_a_minute_and_opens_at_its_first_answer() {
        let gate = Gate::new(Target::Odoo);
        let mut now = Instant::now();
        for _ in 0..PATIENCE {
            assert_eq!(gate.enter(now), Pass::Free);
            gate.failed(ErrorClass::Transient, "refused", None, now);
        }
        let mut probes = 0;
        let end = now + Duration::from_secs(600);
        while now < end {
            match gate.enter(now) {
                Pass::Probe => {
                    probes += 1;
                    gate.failed(ErrorClass::Transient, "refused", None, now);
                }
                Pass::Wait(wait) => now += wait,
                Pass::Free => panic!("a target that never answered is open"),
            }
        }
        assert!((20..60).contains(&probes), "{probes} probes in ten minutes");
        gate.answered();
        assert_eq!(gate.enter(now), Pass::Free);
    }

    #[test]
    fn wrong_credentials_pause_at_once() {
        let gate = Gate::new(Target::Smtp);
        let now = Instant::now();
        gate.failed(ErrorClass::Credentials, "535", None, now);
        assert!(matches!(gate.enter(now), Pass::Wait(wait) if wait > Duration::from_secs(45)));
    }

    #[test]
    fn one_probe_at_a_time() {
        let gate = Gate::new(Target::Smtp);
        let now = Instant::now();
        gate.failed(ErrorClass::Credentials, "535", None, now);
        let later = now + PAUSE * 2;
        assert_eq!(gate.enter(later), Pass::Probe);
        assert!(matches!(gate.enter(later), Pass::Wait(_)));
        gate.unused(later);
        assert_eq!(gate.enter(later), Pass::Probe, "whoever had no work takes nobody's turn");
    }
}
