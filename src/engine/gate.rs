//! One gate per target: open while it answers; while it does not, a few probes a minute go
//! through, so that an outage costs little and its end is no storm.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::ramp::{Ramp, Rate};
use crate::flow::{ErrorClass, Target};

/// So many calls that failed in a row close the gate.
const PATIENCE: u32 = 4;
/// First and longest wait between probes of a target that does not answer.
const PROBE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(20));
/// Wait between probes of a target that refuses our credentials.
const PAUSE: Duration = Duration::from_secs(60);
/// A shorter outage leaves too little behind to be drained with care.
const SHORT: Duration = Duration::from_secs(60);

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
    rate: Rate,
    /// What piled up during an outage is being drained.
    ramp: Option<Ramp>,
}

#[derive(Debug)]
struct Shut {
    since: Instant,
    wait: Duration,
    next: Instant,
    /// A probe is under way.
    probing: bool,
    /// It refuses us; else it does not answer.
    refused: bool,
    /// What was said of this outage already.
    alerts: Alerts,
}

#[derive(Debug, Clone, Copy, Default)]
struct Alerts {
    silent: bool,
    refused: bool,
}

/// Leave to work on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// It answers: one call may be made.
    Free,
    /// It answers again, and what piled up is worked off slowly: one call.
    Paced,
    /// It did not answer: one small piece of work may find out whether it does again.
    Probe,
    /// Come back in this time.
    Wait(Duration),
}

impl Gate {
    pub(super) fn new(target: Target) -> Self {
        Self { target, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks to go through with one call.
    pub(super) fn enter(&self, now: Instant) -> Pass {
        let mut state = self.state();
        if let Some(shut) = &mut state.shut {
            if now < shut.next {
                return Pass::Wait(shut.next - now);
            }
            // Whoever probes has until the next probe to report.
            shut.next = now + shut.wait;
            shut.probing = true;
            return Pass::Probe;
        }
        if state.ramp.as_mut().is_some_and(|ramp| ramp.is_over(now)) {
            state.ramp = None;
            tracing::info!(target_system = ?self.target, "what had piled up is done");
        }
        if let Some(ramp) = &mut state.ramp {
            return ramp.enter(now).map_or_else(Pass::Wait, |()| Pass::Paced);
        }
        state.rate.called(now);
        Pass::Free
    }

    /// Whoever entered found no work to try: the next who asks may have some.
    pub(super) fn unused(&self, now: Instant) {
        let mut state = self.state();
        if let Some(shut) = &mut state.shut {
            (shut.next, shut.probing) = (now, false);
        } else if let Some(ramp) = &mut state.ramp {
            ramp.unused(now);
        } else {
            state.rate.not_called();
        }
    }

    /// Whatever is decided may be done at once: nothing has piled up.
    pub(super) fn is_open(&self) -> bool {
        let state = self.state();
        state.shut.is_none() && state.ramp.is_none()
    }

    /// A target that is shut gets no counted tries.
    pub(super) fn is_shut(&self) -> bool {
        self.state().shut.is_some()
    }

    /// It answered, whatever it said.
    pub(super) fn answered(&self, now: Instant) {
        let mut state = self.state();
        state.failures = 0;
        let Some(shut) = state.shut.take() else { return };
        let away = now.saturating_duration_since(shut.since);
        if away >= SHORT || state.ramp.is_some() {
            state.ramp = Some(Ramp::begin(&state.rate, now));
        }
        tracing::info!(target_system = ?self.target, away = ?away, "answers again");
    }

    /// One call was not answered, or refused altogether.
    pub(super) fn failed(
        &self,
        class: ErrorClass,
        message: &str,
        retry_after: Option<Duration>,
        now: Instant,
    ) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.shut.is_none() && state.ramp.is_none() {
            // What fails is no measure of what is normal.
            state.rate.not_called();
        }
        let refused = class == ErrorClass::Credentials;
        if !refused && state.failures < PATIENCE && state.shut.is_none() {
            return;
        }
        // Calls that had begun before the gate was shut say nothing new.
        let nothing_new = |shut: &Shut| !shut.probing && (shut.refused || !refused);
        if state.shut.as_ref().is_some_and(nothing_new) {
            return;
        }
        let before = state.shut.take();
        let wait = match &before {
            _ if refused => PAUSE,
            Some(shut) => (shut.wait * 2).clamp(PROBE.0, PROBE.1),
            None => PROBE.0,
        };
        let wait = retry_after.map_or(wait, |asked| asked.clamp(wait, PAUSE * 10));
        let since = before.as_ref().map_or(now, |shut| shut.since);
        let mut alerts = before.map(|shut| shut.alerts).unwrap_or_default();
        alerts.raise(self.target, refused, message);
        let next = now + jittered(wait);
        state.shut = Some(Shut { since, wait, next, probing: false, refused, alerts });
        state.rate.pause();
    }
}

impl Alerts {
    /// One alert an outage, and one more where it turns out that it is about us.
    fn raise(&mut self, target: Target, refused: bool, message: &str) {
        let said = if refused { &mut self.refused } else { &mut self.silent };
        if std::mem::replace(said, true) {
            return;
        }
        if refused {
            tracing::error!(target_system = ?target, reason = message, "paused: it refuses us; mails are taken in and wait");
        } else {
            tracing::warn!(target_system = ?target, reason = message, "does not answer; work waits and is tried a few times a minute");
        }
    }
}

/// Within a quarter of the time, so that many do not come at once.
pub(super) fn jittered(wait: Duration) -> Duration {
    wait.mul_f64(0.875 + fastrand::f64() / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn fail(gate: &Gate, class: ErrorClass, now: Instant) {
        gate.failed(class, "refused", None, now);
    }

    /// A shut gate of a target that refuses to talk.
    fn shut(gate: &Gate, now: Instant) {
        for _ in 0..PATIENCE {
            fail(gate, ErrorClass::Transient, now);
        }
    }

    /// Whoever has endless work, until `end`: when it was let through.
    fn press(gate: &Gate, mut now: Instant, end: Instant, answers: bool) -> Vec<Instant> {
        let mut calls = Vec::new();
        while now < end {
            match gate.enter(now) {
                Pass::Wait(wait) => now += wait.min(Duration::from_secs(1)),
                Pass::Free | Pass::Paced | Pass::Probe if answers => {
                    calls.push(now);
                    gate.answered(now);
                    now += Duration::from_millis(1);
                }
                Pass::Free | Pass::Paced | Pass::Probe => {
                    calls.push(now);
                    fail(gate, ErrorClass::Transient, now);
                }
            }
        }
        calls
    }

    /// Calls as a quiet day has them: one every `every`, each answered.
    fn quiet(gate: &Gate, start: Instant, every: Duration, calls: u32) -> Instant {
        for n in 0..calls {
            assert_eq!(gate.enter(start + every * n), Pass::Free, "call {n} of a quiet day waits");
            gate.answered(start + every * n);
        }
        start + every * calls
    }

    #[test]
    fn eight_hours_without_an_answer_cost_a_few_probes_a_minute() {
        let gate = Gate::new(Target::Odoo);
        let start = Instant::now();
        let calls = press(&gate, start, start + HOUR * 8, false);
        let minutes = 8 * 60;
        assert!(calls.len() > minutes, "{} probes: it would be noticed too late", calls.len());
        assert!(calls.len() < minutes * 5, "{} probes in eight hours", calls.len());
    }

    #[test]
    fn the_end_of_an_outage_is_no_storm() {
        let gate = Gate::new(Target::Odoo);
        // Five calls a second, as long as the sun shines.
        let every = Duration::from_millis(200);
        let noon = quiet(&gate, Instant::now(), every, 3000);
        let evening = noon + HOUR * 8;
        press(&gate, noon, evening, false);
        let calls = press(&gate, evening, evening + HOUR, true);
        let minute = |call: &Instant| (*call - evening).as_secs() / 60;
        for minute in calls.chunk_by(|one, next| minute(one) == minute(next)) {
            // One more at its edge.
            assert!(minute.len() <= 2 * 5 * 60 + 1, "{} calls in one minute", minute.len());
        }
        assert!(calls.len() > 5 * 3600, "{} calls in an hour: it is never drained", calls.len());
    }

    #[test]
    fn what_is_drained_is_free_again() {
        let gate = Gate::new(Target::Smtp);
        let noon = quiet(&gate, Instant::now(), Duration::from_secs(2), 600);
        let evening = noon + HOUR;
        press(&gate, noon, evening, false);
        let drained = evening + HOUR;
        press(&gate, evening, drained, true);
        // Less than half of the two calls a second that are allowed: as on any other day.
        let mut now = drained;
        for _ in 0..20 {
            now += Duration::from_millis(1500);
            while let Pass::Wait(wait) = gate.enter(now) {
                now += wait;
            }
        }
        assert_eq!(press(&gate, now, now + Duration::from_millis(50), true).len(), 50);
    }

    #[test]
    fn a_short_break_slows_nothing_down() {
        let gate = Gate::new(Target::Smtp);
        let now = Instant::now();
        shut(&gate, now);
        let later = now + Duration::from_secs(30);
        assert_eq!(gate.enter(later), Pass::Probe);
        gate.answered(later);
        assert_eq!(press(&gate, later, later + Duration::from_millis(50), true).len(), 50);
    }

    #[test]
    fn calls_that_were_under_way_do_not_push_the_first_probe_back() {
        let gate = Gate::new(Target::Odoo);
        let now = Instant::now();
        shut(&gate, now);
        for _ in 0..10 {
            fail(&gate, ErrorClass::Uncertain, now + Duration::from_millis(100));
        }
        assert_eq!(gate.enter(now + PROBE.0 * 2), Pass::Probe);
    }

    #[test]
    fn wrong_credentials_pause_at_once() {
        let gate = Gate::new(Target::Smtp);
        let now = Instant::now();
        fail(&gate, ErrorClass::Credentials, now);
        assert!(matches!(gate.enter(now), Pass::Wait(wait) if wait > Duration::from_secs(45)));
    }

    #[test]
    fn one_alert_an_outage_and_one_when_it_refuses_us() {
        let gate = Gate::new(Target::Smtp);
        let now = Instant::now();
        let alerts = |gate: &Gate| gate.state().shut.as_ref().map(|shut| shut.alerts);
        shut(&gate, now);
        assert!(matches!(alerts(&gate), Some(Alerts { silent: true, refused: false })));
        fail(&gate, ErrorClass::Credentials, now);
        assert!(matches!(alerts(&gate), Some(Alerts { silent: true, refused: true })));
        assert!(matches!(gate.enter(now), Pass::Wait(wait) if wait > Duration::from_secs(45)));
        gate.answered(now);
        fail(&gate, ErrorClass::Credentials, now);
        assert!(matches!(alerts(&gate), Some(Alerts { silent: false, refused: true })));
    }

    #[test]
    fn one_probe_at_a_time() {
        let gate = Gate::new(Target::Smtp);
        let now = Instant::now();
        fail(&gate, ErrorClass::Credentials, now);
        let later = now + PAUSE * 2;
        assert_eq!(gate.enter(later), Pass::Probe);
        assert!(matches!(gate.enter(later), Pass::Wait(_)));
        gate.unused(later);
        assert_eq!(gate.enter(later), Pass::Probe, "whoever had no work takes nobody's turn");
    }
}
