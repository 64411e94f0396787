//! Whether the engine's loops still turn.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The last beat of every loop. Monotonic time: a clock that jumps changes nothing.
#[derive(Debug, Clone, Default)]
pub struct Pulse {
    beats: Arc<Mutex<Vec<(&'static str, Instant)>>>,
}

impl Pulse {
    /// A loop turned.
    pub(super) fn beat(&self, name: &'static str) {
        let mut beats = self.beats.lock().unwrap_or_else(PoisonError::into_inner);
        match beats.iter_mut().find(|(known, _)| *known == name) {
            Some((_, at)) => *at = Instant::now(),
            None => beats.push((name, Instant::now())),
        }
    }

    /// A loop has ended in good order and will not beat again.
    pub(super) fn stop(&self, name: &'static str) {
        let mut beats = self.beats.lock().unwrap_or_else(PoisonError::into_inner);
        beats.retain(|(known, _)| *known != name);
    }

    /// The loop that has stood still for longest beyond `limit`, if any.
    #[must_use]
    pub fn stalled(&self, limit: Duration) -> Option<(&'static str, Duration)> {
        let beats = self.beats.lock().unwrap_or_else(PoisonError::into_inner);
        let still = beats.iter().map(|(name, at)| (*name, at.elapsed()));
        still.filter(|(_, since)| *since > limit).max_by_key(|(_, since)| *since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_loop_that_stands_still_is_named_and_one_that_ended_is_not() {
        let pulse = Pulse::default();
        pulse.beat("reader");
        pulse.beat("letters");
        assert_eq!(pulse.stalled(Duration::from_secs(60)), None);
        tokio::time::sleep(Duration::from_millis(5)).await;
        pulse.beat("letters");
        let (name, since) = pulse.stalled(Duration::from_millis(4)).unwrap();
        assert!(name == "reader" && since >= Duration::from_millis(5), "{name} {since:?}");
        pulse.stop("reader");
        pulse.beat("letters");
        assert_eq!(pulse.stalled(Duration::from_secs(1)), None);
    }
}
