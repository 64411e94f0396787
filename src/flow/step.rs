//! The state machine.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Case, Effect, Event, Policy};

/// What an event leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The case as it is from now on.
    pub case: Case,
    /// What is to be done outside, in this order.
    pub effects: Vec<Effect>,
    /// When [`Event::Due`] is wanted; `None`: not at all.
    pub wake_at: Option<DateTime<Utc>>,
}

/// An event that the case's state has no place for. It becomes a dead letter; the case stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("a case that is {state} cannot take the event {event}")]
pub struct Illegal {
    /// [`State::name`](super::State::name).
    pub state: String,
    /// [`Event::name`].
    pub event: String,
}

/// Decides what an event means for a case.
///
/// # Errors
/// [`Illegal`] where the case's state has no place for the event.
pub fn step(
    case: &Case,
    event: &Event,
    _policy: &Policy,
    _now: DateTime<Utc>,
) -> Result<Transition, Illegal> {
    Err(Illegal { state: case.state.name().into(), event: event.name().into() })
}
