//! Waiting for what must come, up to a deadline: never for a fixed time.

use std::time::{Duration, Instant};

/// Long enough for anything on a busy machine; a test that waits so long has failed.
pub(crate) const LONG: Duration = Duration::from_secs(120);

/// Asks until there is an answer; panics with `what` when none came in time.
pub(crate) fn until<T>(what: &str, within: Duration, ask: impl FnMut() -> Option<T>) -> T {
    within_time(within, ask).unwrap_or_else(|| panic!("did not come within {within:?}: {what}"))
}

/// Asks until there is an answer, or the time is over.
pub(crate) fn within_time<T>(within: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + within;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= deadline {
            return None;
        }
        std::thread::park_timeout(Duration::from_millis(25));
    }
}
