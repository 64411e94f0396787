//! How often a target is called, and how often it may be after an outage.

use std::time::Duration;

use tokio::time::Instant;

/// The normal rate is an average over about this time.
const MEMORY: Duration = Duration::from_secs(600);
/// What is known of less time than this is no average yet.
const LITTLE: f64 = 60.0;
/// Calls a second that count as normal for a target that is hardly ever called.
const FLOOR: f64 = 1.0;
/// After an outage, at most so many times the normal rate.
const FACTOR: f64 = 2.0;
/// How long is looked at how much of that is used.
const WINDOW: Duration = Duration::from_secs(10);

/// Calls a second while the target answers; outages do not count.
#[derive(Debug, Default)]
pub(super) struct Rate {
    /// Calls, the older the less they weigh.
    calls: f64,
    /// Seconds, weighed likewise.
    seconds: f64,
    at: Option<Instant>,
}

impl Rate {
    /// A call begins.
    pub(super) fn called(&mut self, now: Instant) {
        self.advance(now);
        self.calls += 1.0;
    }

    /// The last call was none after all.
    pub(super) fn not_called(&mut self) {
        self.calls = (self.calls - 1.0).max(0.0);
    }

    /// Time does not count until the next call.
    pub(super) fn pause(&mut self) {
        self.at = None;
    }

    /// Calls a second.
    fn normal(&self) -> f64 {
        (self.calls / self.seconds.max(LITTLE)).max(FLOOR)
    }

    fn advance(&mut self, now: Instant) {
        let passed = self.at.map_or(0.0, |at| now.saturating_duration_since(at).as_secs_f64());
        let kept = (-passed / MEMORY.as_secs_f64()).exp();
        self.calls *= kept;
        self.seconds = self.seconds * kept + MEMORY.as_secs_f64() * (1.0 - kept);
        self.at = Some(now);
    }
}

/// Calls keep a distance until what piled up is done.
#[derive(Debug)]
pub(super) struct Ramp {
    gap: Duration,
    next: Instant,
    window: Instant,
    used: u32,
}

impl Ramp {
    /// From now on no more than a multiple of what was normal.
    pub(super) fn begin(rate: &Rate, now: Instant) -> Self {
        let gap = Duration::from_secs_f64(1.0 / (FACTOR * rate.normal()));
        Self { gap, next: now + gap, window: now, used: 0 }
    }

    /// Leave for one call, or how long to wait for it.
    pub(super) fn enter(&mut self, now: Instant) -> Result<(), Duration> {
        if now < self.next {
            return Err(self.next - now);
        }
        self.next = now + self.gap;
        self.used += 1;
        Ok(())
    }

    /// The last call was none after all.
    pub(super) fn unused(&mut self, now: Instant) {
        self.next = now;
        self.used = self.used.saturating_sub(1);
    }

    /// Nothing presses any more: less than half of what may be called is called.
    pub(super) fn is_over(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.window);
        if passed < WINDOW {
            return false;
        }
        let over = self.gap * (self.used * 2) < passed;
        (self.window, self.used) = (now, 0);
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_rate_is_that_of_the_last_minutes() {
        let (mut rate, start) = (Rate::default(), Instant::now());
        assert!((rate.normal() - FLOOR).abs() < 1e-9, "nothing is known yet");
        for tenth in 0..9000_u32 {
            rate.called(start + Duration::from_millis(100) * tenth);
        }
        assert!((9.0..11.0).contains(&rate.normal()), "{} instead of 10", rate.normal());
        for second in 0..3600_u32 {
            rate.called(start + Duration::from_secs(900) + Duration::from_millis(500) * second);
        }
        assert!((1.8..2.8).contains(&rate.normal()), "{} instead of 2", rate.normal());
    }

    #[test]
    fn a_night_without_an_answer_does_not_count() {
        let (mut rate, start) = (Rate::default(), Instant::now());
        for second in 0..1800_u32 {
            rate.called(start + Duration::from_millis(250) * second);
        }
        let before = rate.normal();
        rate.pause();
        rate.called(start + Duration::from_secs(8 * 3600));
        assert!((rate.normal() - before).abs() < 0.1, "{} was {before}", rate.normal());
    }
}
